"""Clean projects as trade statistics look, made from a seed.

Each has a table of several economies with exports and imports by sector, totals, the world, balances, sums and growth,
all rounded as printed, and a second table with some of its series from another source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.project import Project
from core.table import Floats, Key, Label, Periods, Source, Table, new_table
from core.text import Bilingual
from core.units import Unit

ECONOMIES = ("CHN", "IND", "IRL", "USA", "DEU", "BRA", "ZAF", "THA")
SECTORS = ("transport", "travel", "construction", "finance", "computing", "royalties")
FLOWS = ("exports", "imports")
MAIN, OTHER = "main", "other"


@dataclass(frozen=True, eq=False)
class Book:
    """The numbers of a table by key, before it becomes one: what a fault changes."""

    table: str
    years: tuple[int, ...]
    scale: float
    decimals: int
    rows: dict[Key, Floats]

    def changed(self, rows: dict[Key, Floats]) -> Book:
        return replace(self, rows={**self.rows, **rows})


@dataclass(frozen=True, eq=False)
class World:
    """A project in the making: its books and what else a fault may change."""

    books: dict[str, Book]
    vintages: dict[str, str]
    names: dict[str, str]

    def project(self) -> Project:
        return Project(id="planted", tables=tuple(map(self._table, filter(_has_rows, self.books.values()))))

    def _table(self, book: Book) -> Table:
        keys = list(book.rows)
        ids = {d: list(dict.fromkeys(key[at] for key in keys if key[at])) for at, d in enumerate(_DIMENSIONS)}
        roles = {"WLD": "world", "total": "total"}
        vintages = sorted({self.vintages.get("|".join(key), "2024") for key in keys})
        units = (Unit("USD", book.scale), Unit("%"))
        columns = {d: [ids[d].index(key[at]) if key[at] else -1 for key in keys] for at, d in enumerate(_DIMENSIONS)}
        columns["unit"] = [1 if "growth" in key[3] else 0 for key in keys]
        columns["source"] = [vintages.index(self.vintages.get("|".join(key), "2024")) for key in keys]
        labels = {
            d: [Label(each, Bilingual(self.names.get(each, each)), roles.get(each, "")) for each in ids[d]] for d in ids
        }
        values = np.array([book.rows[key] for key in keys]).T
        return new_table(
            book.table,
            Bilingual(f"Table {book.table}"),
            labels,
            columns,
            Periods("year", book.years),
            list(values),
            units=units,
            sources=tuple(Source(f"source {at}", vintage=each) for at, each in enumerate(vintages)),
        )


def _has_rows(book: Book) -> bool:
    return bool(book.rows)


_DIMENSIONS = ("reporter", "partner", "sector", "measure")


def clean(seed: int) -> World:
    """A project without a fault: random walks with common shocks, as in 2009 and 2020, and heavy tails."""
    rng = np.random.default_rng([seed, 1])
    first, count = int(rng.integers(2000, 2006)), int(rng.integers(14, 20))
    years = tuple(range(first, first + count))
    economies = ECONOMIES[: int(rng.integers(4, 9))]
    sectors = SECTORS[: int(rng.integers(3, 7))]
    scale, decimals = [(1e6, 0), (1e8, 1), (1e9, 3)][int(rng.integers(3))]
    world = rng.normal(0.05, 0.03, count)
    for year, shock in ((2009, -0.15), (2020, -0.12)):
        if year in years:
            world[years.index(year)] += shock
    volatility = rng.uniform(0.02, 0.13)
    level = {sector: rng.uniform(0.5, 3.0) for sector in sectors}
    flows: dict[tuple[str, str, str], Floats] = {}
    for economy in (*economies, "ROW"):
        size = 10 ** rng.uniform(9.8, 11.0) * (60 if economy == "ROW" else 1)
        drift, common = rng.normal(0.02, 0.02), rng.normal(0, 0.03, count)
        for sector in sectors:
            for flow in FLOWS:
                calm = volatility * (0.2 if economy == "ROW" else rng.uniform(0.6, 1.4))
                own = np.clip(rng.standard_t(5, count), -5, 5) * calm
                steps = world + (0.0 if economy == "ROW" else drift + common) + own
                path = np.cumsum(steps) + np.log(size * level[sector] * rng.uniform(0.6, 1.6))
                flows[economy, sector, flow] = np.exp(path) / scale
    rows: dict[Key, Floats] = {}
    for economy in (*economies, "WLD"):
        exact: dict[tuple[str, str], Floats] = {}
        for sector in sectors:
            for flow in FLOWS:
                members = (*economies, "ROW") if economy == "WLD" else (economy,)
                exact[sector, flow] = np.sum([flows[each, sector, flow] for each in members], axis=0)
        for flow in FLOWS:
            exact["total", flow] = np.sum([exact[each, flow] for each in sectors], axis=0)
        for sector in (*sectors, "total"):
            exports, imports = exact[sector, "exports"], exact[sector, "imports"]
            made = {
                "exports": exports,
                "imports": imports,
                "stated_balance": exports - imports,
                "stated_trade": exports + imports,
            }
            for measure, values in made.items():
                rows[economy, "", sector, measure] = np.round(values, decimals)
            growth = np.full(count, np.nan)
            growth[1:] = 100 * (exports[1:] / exports[:-1] - 1)
            rows[economy, "", sector, "stated_growth_exports"] = np.round(growth, 1)
    main = Book(MAIN, years, scale, decimals, rows)
    noise = float(rng.choice([0.0, 0.0005, 0.002, 0.004]))
    later = years[int(rng.integers(0, 4)) :]
    other_scale, other_decimals = (1e9, 3) if scale != 1e9 else (1e6, 0)
    others = {}
    for key, values in rows.items():
        if key[0] in economies[:3] and key[3] in FLOWS and key[2] in {"total", sectors[0], sectors[1]}:
            bumpy = values[-len(later) :] * np.exp(rng.normal(0, noise, len(later)))
            others[key] = np.round(bumpy * scale / other_scale, other_decimals)
    other = Book(OTHER, later, other_scale, other_decimals, others)
    return World({MAIN: main, OTHER: other}, {}, {})
