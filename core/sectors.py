"""Sectors by the codes of trade classifications, with short names in both languages, and what means all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
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
    return name_key(text) in _total_names()


_LETTERED = "ebops"
"""The one classification whose codes mean nothing else; a lone "I" or "X" may be anything."""


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
