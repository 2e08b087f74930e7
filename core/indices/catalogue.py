"""What people read about an index: names, formula, meaning, interpretation bands with their sources."""

from __future__ import annotations

import bisect
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from core.numbers import exact
from core.places import DATA
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Band:
    """One interval of a band set; `upper` is its end, infinite for the last."""

    upper: float
    name: Bilingual


@dataclass(frozen=True, slots=True)
class BandSet:
    """A named way to read an index, with its source.

    With `closed` "left" a value equal to a cut point belongs to the band above it, with "right" to the band below.
    """

    id: str
    name: Bilingual
    source: Bilingual
    closed: str
    bands: tuple[Band, ...]

    def find(self, value: float) -> Band | None:
        """The band of a value; None for NaN."""
        if math.isnan(value):
            return None
        cuts = [band.upper for band in self.bands[:-1]]
        place = bisect.bisect_right if self.closed == "left" else bisect.bisect_left
        return self.bands[place(cuts, value)]

    def intervals(self, percent: bool) -> tuple[str, ...]:
        """Each band as an interval, "[0.8, 1.25)": brackets say to which band a cut point belongs."""
        found, lower = [], -math.inf
        for band in self.bands:
            opening = "[" if self.closed == "left" and lower > -math.inf else "("
            closing = "]" if self.closed == "right" and band.upper < math.inf else ")"
            found.append(f"{opening}{cut_point(lower, percent)}, {cut_point(band.upper, percent)}{closing}")
            lower = band.upper
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Entry:
    """The catalogue entry of an index.

    `unit` is "" (ratio), "%" (shown as per cent) or "money". `aliases` are the names and symbols under which the field
    knows the same formula, in both languages. `symbols` says for each parameter of the function how it is written in
    `formula`; a parameter that stands there only in words has none. `latex` is the same formula as typeset mathematics.
    A `symmetric` index of two economies or sectors is the same for both orders of them.
    `better` is "higher" where a higher value is a stronger position, "" where values are read without such a verdict.
    """

    symbol: str
    name: Bilingual
    aliases: tuple[str, ...] = ()
    formula: str = ""
    latex: str = ""
    symbols: Mapping[str, str] = field(default_factory=dict)
    notes: Bilingual = Bilingual()
    components: Mapping[str, Bilingual] = field(default_factory=dict)
    unit: str = ""
    decimals: int = 4
    range: tuple[str, ...] = ()
    neutral: float | None = None
    family: str = ""
    meaning: Bilingual = Bilingual()
    caveats: Bilingual = Bilingual()
    references: tuple[str, ...] = ()
    bands: tuple[BandSet, ...] = ()
    order: int = 1000
    symmetric: bool = False
    better: str = ""


def cut_point(value: float, percent: bool) -> str:
    """A fixed value of an index as people read it, with a true minus; infinity is a sign."""
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    shown = exact(round(value * 100, 10)) + "%" if percent else exact(round(value, 4))
    return shown.replace("-", "−")


def read_entry(index: str) -> Entry:
    """The entry of data/indices/<index>.toml. Raises FileNotFoundError where there is none."""
    return parse_entry(tomllib.loads((DATA / "indices" / f"{index}.toml").read_text(encoding="utf-8")))


def parse_entry(data: dict[str, Any]) -> Entry:
    """An entry from its data."""
    return Entry(
        symbol=str(data["symbol"]),
        name=Bilingual.from_json(data["name"]),
        aliases=tuple(map(str, data.get("aliases", ()))),
        formula=str(data.get("formula", "")),
        latex=str(data.get("latex", "")),
        symbols={parameter: str(symbol) for parameter, symbol in data.get("symbols", {}).items()},
        notes=Bilingual.from_json(data.get("formula_notes", "")),
        components={id_: Bilingual.from_json(each["name"]) for id_, each in data.get("components", {}).items()},
        unit=str(data.get("unit", "")),
        decimals=int(data.get("decimals", 4)),
        range=tuple(str(end) for end in data.get("range", ())),
        neutral=float(data["neutral"]) if "neutral" in data else None,
        family=str(data.get("family", "")),
        meaning=Bilingual.from_json(data.get("meaning", "")),
        caveats=Bilingual.from_json(data.get("caveats", "")),
        references=tuple(map(str, data.get("references", ()))),
        bands=tuple(_band_set(each) for each in data.get("bands", ())),
        order=int(data.get("order", 1000)),
        symmetric=bool(data.get("symmetric", False)),
        better=str(data.get("better", "")),
    )


def _band_set(data: dict[str, Any]) -> BandSet:
    bands = tuple(Band(float(each.get("upper", math.inf)), Bilingual.from_json(each["name"])) for each in data["band"])
    if any(a.upper >= b.upper for a, b in pairwise(bands)) or bands[-1].upper != math.inf:
        raise ValueError(f"the bands of {data['id']} do not rise to the end")
    return BandSet(
        str(data["id"]),
        Bilingual.from_json(data["name"]),
        Bilingual.from_json(data["source"]),
        str(data.get("closed", "left")),
        bands,
    )
