"""What is true: figures of trade drawn at random, before an office publishes them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from core.economies import economies, economy
from core.sectors import sector
from core.units import Unit

SHAPES = ("economies", "partners", "sectors", "bilateral", "detail", "country")
DIMENSIONS = ("reporter", "partner", "sector", "measure")
Place = tuple[str, str, str, str, int]
"""Ids of reporter, partner, sector and measure, "" where there is none; and the period, 0 for none."""


@dataclass(frozen=True)
class Item:
    """A name in both languages, and its code."""

    id: str
    en: str
    zh: str
    code: str = ""

    def name(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Truth:
    """Figures by place; `items` holds every dimension that the figures have, constants among them."""

    shape: str
    kind: str
    periods: tuple[int, ...]
    items: Mapping[str, tuple[Item, ...]]
    cells: Mapping[Place, float | None]
    unit: Unit
    sectors: str = ""

    def varying(self) -> list[str]:
        return [each for each in DIMENSIONS if len(self.items.get(each, ())) > 1]

    def constant(self) -> list[str]:
        return [each for each in DIMENSIONS if len(self.items.get(each, ())) == 1]


FLOWS = (
    Item("exports", "Exports", "出口"),
    Item("imports", "Imports", "进口"),
    Item("stated_balance", "Trade balance", "贸易差额"),
)
WORLD = Item("WLD", "World", "世界", "WLD")
TOTAL = Item("total", "Total", "总计", "TOTAL")
_FREE = (
    ("Agricultural products", "农产品"), ("Manufactures", "机电产品"), ("Iron and steel", "钢材"),
    ("Chemicals", "化学品"), ("Office and telecom equipment", "高新技术产品"), ("Textiles", "纺织品"),
    ("Clothing", "服装"), ("Fuels and mining products", "原油"), ("Automotive products", "汽车"),
)  # fmt: skip
_SERVICES = ("SA", "SB", "SC", "SD", "SE", "SF", "SG", "SH", "SI", "SJ", "SK", "SL")


@cache
def countries() -> tuple[Item, ...]:
    """All economies of ISO 3166 whose names mean only themselves."""
    found = [each for each in economies() if not each.role and len(each.id) == 3 and len(each.codes) > 1]
    return tuple(
        Item(each.id, each.name.en, each.name.zh, each.id)
        for each in found
        if economy(each.name.en) is each and economy(each.name.zh) is each and each.codes[1].isdigit()
    )


@cache
def _chapters() -> tuple[Item, ...]:
    found = [sector(f"{number:02d}", "hs") for number in range(1, 98)]
    return tuple(Item(each.code, each.name.en, each.name.zh, each.code) for each in found if each is not None)


@cache
def _services() -> tuple[Item, ...]:
    found = [sector(code, "ebops") for code in _SERVICES]
    return tuple(Item(each.code, each.name.en, each.name.zh, each.code) for each in found if each is not None)


def true_figures(
    seed: int, shape: str, kind: str, flows: int, aggregates: bool, unit: Unit, gaps: bool = True, size: int = 6
) -> Truth:
    """Figures of one shape. `aggregates` adds the world or all sectors, as the sum of the parts."""
    draw = random.Random(f"truth {seed}")
    chosen = draw.sample(countries(), k=size + 2)
    which = draw.choice(("hs", "services", "free"))
    pool = {"hs": _chapters(), "services": _services(), "free": tuple(Item(en.lower(), en, zh) for en, zh in _FREE)}
    sectors = sorted(draw.sample(pool[which], k=min(size, len(pool[which]))), key=lambda item: item.code)
    few = max(2, size // 2)
    items: dict[str, tuple[Item, ...]] = {}
    if shape in {"economies", "bilateral", "detail"}:
        items["reporter"] = tuple(chosen[: few if shape != "economies" else size])
    else:
        items["reporter"] = (chosen[-1],)
    if shape in {"partners", "bilateral"}:
        items["partner"] = tuple(chosen[: few + 1 if shape == "bilateral" else size])
    if shape in {"sectors", "detail"}:
        items["sector"] = tuple(sectors[: few if shape == "detail" else size])
    items["measure"] = FLOWS[:flows] if flows > 1 else (draw.choice(FLOWS[:2]),)
    added = {"economies": "reporter", "partners": "partner", "sectors": "sector"}.get(shape) if aggregates else None
    periods = _periods(draw, kind)
    cells = _cells(draw, items, periods, gaps)
    if added:
        extra = TOTAL if added == "sector" else WORLD
        cells |= _sums(cells, DIMENSIONS.index(added), extra)
        items[added] = (extra, *items[added]) if draw.random() < 0.5 else (*items[added], extra)
    return Truth(shape, kind, periods, items, cells, unit, which if "sector" in items else "")


def _periods(draw: random.Random, kind: str) -> tuple[int, ...]:
    first, count = draw.randint(1990, 2018), draw.randint(3, 7)
    if kind == "year":
        step = draw.choice((1, 1, 1, 2, 5))
        return tuple(year for year in range(first, first + step * count, step) if year <= 2025)
    if kind == "quarter":
        return tuple((first + at // 4) * 10 + at % 4 + 1 for at in range(count + 2))
    if kind == "month":
        return tuple((first + at // 12) * 100 + at % 12 + 1 for at in range(count + 8))
    return (first,)


def _cells(
    draw: random.Random, items: Mapping[str, tuple[Item, ...]], periods: tuple[int, ...], gaps: bool
) -> dict[Place, float | None]:
    ids = [[item.id for item in items.get(each, ())] or [""] for each in DIMENSIONS]
    size, digits = draw.choice((20, 900, 2000, 4e4, 6e6, 3e9)), draw.choice((0, 1, 2))
    found: dict[Place, float | None] = {}
    for reporter, partner, part, flow in itertools.product(*ids):
        if partner and reporter == partner:
            continue
        level = size * draw.lognormvariate(0, 1.2)
        level *= -1 if flow == "stated_balance" and draw.random() < 0.5 else 1
        for when in periods:
            value: float | None = round(level * draw.uniform(0.6, 1.6), digits)
            chance = draw.random()
            if gaps and chance < 0.06:
                value = None
            elif gaps and chance < 0.1:
                value = 0.0
            found[reporter, partner, part, flow, when] = value
    return found


def _sums(cells: Mapping[Place, float | None], at: int, extra: Item) -> dict[Place, float | None]:
    sums: dict[Place, float | None] = {}
    for place, value in cells.items():
        whole: Place = (*place[:at], extra.id, *place[at + 1 :])  # type: ignore[assignment]
        sums[whole] = round((sums.get(whole) or 0) + (value or 0), 2)
    return sums
