"""What people read about an index: names, formula, meaning, interpretation bands with their sources."""

from __future__ import annotations

import bisect
import math
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Entry:
    """The catalogue entry of an index. `unit` is "" (ratio), "%" (shown as per cent) or "money"."""

    symbol: str
    name: Bilingual
    formula: str = ""
    notes: Bilingual = Bilingual()
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


def read_entry(index: str) -> Entry:
    """The entry of data/indices/<index>.toml. Raises FileNotFoundError where there is none."""
    return parse_entry(tomllib.loads((DATA / "indices" / f"{index}.toml").read_text(encoding="utf-8")))


def parse_entry(data: dict[str, Any]) -> Entry:
    """An entry from its data."""
    return Entry(
        symbol=str(data["symbol"]),
        name=Bilingual.from_json(data["name"]),
        formula=str(data.get("formula", "")),
        notes=Bilingual.from_json(data.get("formula_notes", "")),
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
