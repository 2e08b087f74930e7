"""What is known about one value of an index: everything that a reader needs to compute it again and to judge it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from core.indices.catalogue import Band, BandSet, Entry
from core.provenance import Trace
from core.results import LineKey
from core.status import UNDEFINED, Status
from core.table import Key, Mark, Source
from core.text import Bilingual, Text
from core.units import Unit


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which number is to be explained, or was; `settings` are those that are not as in the project."""

    key: LineKey
    year: int
    settings: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """A number as it stands in a table. `period` is the value of its period, `key` the ids of its series."""

    table: str
    key: Key
    period: int
    title: Bilingual
    name: str
    value: float
    unit: Unit
    source: Source
    trace: Trace | None = None
    mark: Mark | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """What a series gives to an input, in `unit`; several cells where a year is made of months.

    `names` are economy, partner and sector; a part that is taken off has a negative `value`. `factor` is what its
    numbers are multiplied by: −0.01 for cells in another unit that are taken off.
    """

    names: tuple[Bilingual, ...]
    value: float
    unit: Unit
    factor: float
    cells: tuple[Cell, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Operand:
    """One input as one number. `parts` are the largest of `count`; those not listed sum up to `rest`.

    `how` says how they make the number, None for a single one as it stands.

    An input that is another index has no parts but `index`, the value that explains it.
    """

    parameter: str
    symbol: str
    words: Text
    value: float
    status: Status
    unit: Unit | None
    how: Text | None
    parts: tuple[Part, ...] = ()
    count: int = 0
    rest: float = 0.0
    index: Wanted | None = None

    @property
    def missing(self) -> bool:
        """Whether the value that is explained cannot be computed because of this input."""
        return self.status >= UNDEFINED or math.isnan(self.value)


@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """One row of a table of terms: a sector or an economy, its number in each column and what is behind that.

    That is the only cell, another value, or None where several series were added up.
    """

    name: Bilingual
    values: tuple[float, ...]
    behind: tuple[Cell | Wanted | None, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Terms:
    """Inputs that enter as many numbers at once, such as all sectors under a sum: the largest rows of `count`.

    `rest` and `sums` are those of the other rows and of all; NaN for results and ratios, which nobody adds up.
    """

    symbols: tuple[str, ...]
    words: tuple[Text, ...]
    unit: Unit | None
    rows: tuple[Term, ...]
    count: int
    rest: tuple[float, ...]
    sums: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one band set says of the value, and from where to where that band goes."""

    bands: BandSet
    band: Band
    interval: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where numbers come from: the table, what its series say of their source, its vintage, and files with sheets."""

    table: Bilingual
    text: Bilingual
    vintage: str
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Lack:
    """An input that is missing: why, and the cell to fill where there is one."""

    reason: Text
    cell: Cell | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Explanation:
    """One value of an index. `filled` is the right side of the formula with numbers, "" where they do not fit in it."""

    wanted: Wanted
    entry: Entry
    component: Bilingual
    economy: Bilingual
    partner: Bilingual
    sector: Bilingual
    table: Bilingual
    value: float
    shown: str
    unit: Unit | None
    status: Status
    filled: str
    operands: tuple[Operand, ...]
    terms: tuple[Terms, ...]
    basis: tuple[Text | Bilingual, ...]
    readings: tuple[Reading, ...]
    chosen: Reading | None
    neutral: Text | None
    standing: Text | None
    sources: tuple[Citation, ...]
    lacks: tuple[Lack, ...]
    advice: Text | None

    @property
    def year(self) -> int:
        """The year of the value."""
        return self.wanted.year

    @property
    def fine(self) -> bool:
        """Whether there is a value at all."""
        return math.isfinite(self.value)
