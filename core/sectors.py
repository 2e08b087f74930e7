"""Sectors by the codes of trade classifications, with short names in both languages, and what means all of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.economies import name_key
from core.places import DATA
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Sector:
    """A part of a classification. `code` is a text: "01" keeps its zero."""

    code: str
    name: Bilingual
    scheme: str

    @property
    def label(self) -> Bilingual:
        """Code and name, as a list shows them: "85 Electrical machinery and equipment"."""
        return Bilingual(f"{self.code} {self.name.en}", f"{self.code} {self.name.zh}")


def sector(code: str, scheme: str = "") -> Sector | None:
    """The sector with this code in a classification: "hs" (chapters), "hs_sections", "sitc" (sections) or "ebops".

    Without a scheme only codes with a letter are known ("SC"), for a number such as "01" has a meaning in many.
    """
    written = code.strip().upper()
    if scheme:
        return _sectors().get(scheme, {}).get(written)
    return _sectors()[_LETTERED].get(written)


def is_total_code(text: str) -> bool:
    """Whether a code of a classification stands for all of it: "TOTAL", "S" and "200" of services."""
    return text.strip().upper() in _table()["total"]["codes"]


def is_total_name(text: str) -> bool:
    """Whether a name says all products, such as "Total - all products" or "总额"."""
    known = _total_words()
    return all(word.casefold() in known for word in _LONG_WORD.findall(text)) and name_key(text) in _total_names()


def nested(codes: Iterable[str]) -> frozenset[str]:
    """The codes that a shorter one among them holds already: "8517" beside "85", "SC1" beside "SC".

    Where no code begins with 0, as those of SITC and ISIC do, they may only number a list: one digit, and one digit
    more, hold nothing then, so that "10" is no part of "1" and "100" none of "10".
    """
    known = {code for code in codes if _CODE.fullmatch(code)}
    padded = any(code[0] == "0" for code in known if len(code) > 1)
    return frozenset(code for code in known if any(code[:width] in known for width in range(*_widths(code, padded))))


def _widths(code: str, padded: bool) -> tuple[int, int]:
    """From and up to which width a code may have one that holds it."""
    if not code.isdigit():
        return 2, len(code)
    return (1, len(code)) if padded else (2, len(code) - 1)


_CODE = re.compile(r"[0-9]{1,12}|S[A-Z][0-9A-Z]*")
_LETTERED = "ebops"
"""The one classification whose codes mean nothing else; a lone "I" or "X" may be anything."""


_LONG_WORD = re.compile(r"(?<![\w'’.])[A-Za-z]{5,}(?![\w'’.])")
"""A word that is compared as it stands; one that no such name has spares the rest of the comparison."""


@cache
def _total_words() -> frozenset[str]:
    return frozenset(word for name in _total_names() for word in name.split())


@cache
def _total_names() -> frozenset[str]:
    return frozenset(name_key(name) for name in _table()["total"]["names"])


@cache
def _sectors() -> Mapping[str, Mapping[str, Sector]]:
    return {
        scheme: {code: Sector(code, Bilingual(*name), scheme) for code, name in entries.items()}
        for scheme, entries in _table()["schemes"].items()
    }


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((DATA / "sectors.toml").read_text(encoding="utf-8"))
