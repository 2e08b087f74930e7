"""What a finding is: something doubtful in data or on the board, with its place and one plain sentence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from core.table import Key
from core.text import Bilingual, Text, text

Where = Text | Bilingual | str


class Level(StrEnum):
    """How bad a finding is: wrong by all that is known, doubtful, or only worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


LEVELS = tuple(Level)
"""From the worst on."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell that a finding is about: table id, label ids of the series, value of the period (None: all of them)."""

    table: str
    series: Key
    period: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: a kind for programs, where it is, from the large to the small, and what is to be known.

    `why` gives the numbers and the reason behind the judgement, `advice` what to do. The first of the `spots` is the
    likeliest culprit; the others are the cells it does not fit. What stands in `also` is no part of its `key`.
    """

    kind: str
    where: tuple[Where, ...]
    text: Text
    level: Level = Level.WARNING
    why: Text | None = None
    advice: Text | None = None
    spots: tuple[Spot, ...] = ()
    also: tuple[Finding, ...] = ()
    """Further findings that the same wrong cell explains, or that are like this one."""

    @property
    def signs(self) -> tuple[Finding, ...]:
        """The finding and those that it stands for."""
        return self, *self.also

    def line(self, language: str) -> str:
        """The finding in one line: "a.xlsx, B5: “n/a” is no number."."""
        return text("{where}: {what}", where=self.where, what=self.text).show(language)

    @property
    def key(self) -> str:
        """What stays the same while the same is doubtful at the same place with the same numbers."""
        place = [f"{spot.table}|{'|'.join(spot.series)}|{spot.period}" for spot in self.spots]
        said = "\n".join([self.kind, *(place or [text("{where}", where=self.where).show("en")]), self.text.show("en")])
        return hashlib.blake2s(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
