"""The catalogue of measures, and the words by which a clean import recognises dimensions and roles."""

from __future__ import annotations

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.places import DATA
from core.table import Label
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Measure:
    """What a series measures. Only a summable one may be added over sectors or economies."""

    id: str
    name: Bilingual
    summable: bool
    kind: str
    unit: str
    aliases: tuple[str, ...]


@cache
def measures() -> dict[str, Measure]:
    """All measures of data/measures.toml by id."""
    return {
        key: Measure(
            key,
            Bilingual.from_json(entry["name"]),
            bool(entry["summable"]),
            str(entry["kind"]),
            str(entry["unit"]),
            tuple(plain(alias) for alias in entry.get("aliases", ())),
        )
        for key, entry in _read("measures.toml").items()
    }


@cache
def role_words() -> dict[str, frozenset[str]]:
    """Words for "world", "total" and for the headers of dimensions, from data/roles.toml."""
    return {key: frozenset(plain(word) for word in words) for key, words in _read("roles.toml").items()}


def measure_label(text: str) -> Label:
    """The catalogue's measure that a header names, else a measure of the user's own (not summable)."""
    wanted = plain(text)
    for measure in measures().values():
        names = {measure.id, plain(measure.name.en), plain(measure.name.zh), *measure.aliases}
        if wanted in names:
            return Label(measure.id, measure.name)
    return Label(wanted, Bilingual(text.strip()))


def place_label(dimension: str, text: str) -> Label:
    """A reporter, partner or sector named in a file, with its role where the name is one of the known words."""
    wanted = plain(text)
    role = "total" if dimension == "sector" else "world"
    known = wanted in role_words()[role]
    if known:
        return Label("total" if dimension == "sector" else "WLD", Bilingual(text.strip()), role)
    return Label(wanted, Bilingual(text.strip()))


def summable(measure_id: str) -> bool:
    """True where the catalogue allows sums; a measure of the user's own is never summed."""
    measure = measures().get(measure_id)
    return measure is not None and measure.summable


def plain(text: str) -> str:
    """A text reduced for comparison: full-width forms, case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
