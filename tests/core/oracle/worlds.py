"""Random projects for comparisons: a table of a few economies and sectors with everything that makes sums hard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from core.project import Analysis, Project, Study
from core.table import Key, Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

Cells = dict[Key, dict[int, Fraction]]
"""Numbers by (reporter, partner, sector, measure) and year; a year that is not there is missing."""
ECONOMIES, GROUP, WORLD = ("AAA", "BBB", "CCC", "DDD"), "GRP", "WLD"
ROLES = {GROUP: "aggregate", WORLD: "world", "together": "aggregate", "total": "total"}
SECTORS = ("10", "20", "2010", "2020", "30", "4010")
SIZES = (1.0, 1000.0, 0.001)
"""Scales of money beside that of the first series, which is millions."""


@dataclass
class World:
    """What a project says, as plain numbers: `cells` are those of the table, `other` those of the bound one.

    `scales` are the sizes of the units of series, relative to that of the first one in the table; None is another
    currency.
    """

    years: tuple[int, ...]
    cells: Cells
    other: Cells = field(default_factory=dict)
    other_years: tuple[int, ...] = ()
    scales: dict[Key, Fraction | None] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    base_year: int | None = None

    def project(self) -> Project:
        """The same as a project of one table, or two."""
        tables = [self._table("t", self.cells, self.years)]
        bindings = {}
        if self.other:
            tables.append(self._table("u", self.other, self.other_years))
            bindings = {key[3]: "u" for key in self.other}
        study = Study(base_year=self.base_year, bindings=bindings)
        return Project("p", study=study, tables=tuple(tables), analysis=Analysis(options=self.options))

    def _table(self, name: str, cells: Cells, years: tuple[int, ...]) -> Table:
        labels, columns = {}, {}
        for n, dimension in enumerate(("reporter", "partner", "sector", "measure")):
            names = list(dict.fromkeys(key[n] for key in cells if key[n]))
            labels[dimension] = [Label(each, Bilingual(each), ROLES.get(each, "")) for each in names]
            columns[dimension] = [names.index(key[n]) if key[n] else -1 for key in cells]
        units = list(dict.fromkeys(self._unit(key) for key in cells))
        columns["unit"] = [units.index(self._unit(key)) for key in cells]
        values = [[float(row.get(year, np.nan)) for row in cells.values()] for year in years]
        return new_table(name, Bilingual(name), labels, columns, Periods("year", years), values, units=tuple(units))

    def _unit(self, key: Key) -> Unit:
        if key[3] == "population":
            return Unit("", 1.0)
        scale = self.scales.get(key, Fraction(1))
        return Unit("EUR", 1e6) if scale is None else Unit("USD", 1e6 * float(scale))


def random_world(seed: int, bilateral: bool) -> World:
    """A world of that number; the same one each time."""
    return _Making(np.random.default_rng([seed, bilateral]), bilateral).world()


class _Making:
    def __init__(self, rng: np.random.Generator, bilateral: bool) -> None:
        self.rng, self.bilateral = rng, bilateral
        self.gaps = float(rng.choice([0.0, 0.0, 0.02, 0.1]))
        self.absent = float(rng.choice([0.0, 0.0, 0.0, 0.03]))
        self.negative = float(rng.choice([0.0, 0.0, 0.0, 0.05]))
        self.zeros = float(rng.choice([0.0, 0.1, 0.4]))

    def often(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def some(self, items: Iterable[str], least: int) -> list[str]:
        found = list(items)
        count = int(self.rng.integers(least, len(found) + 1))
        return [found[at] for at in sorted(self.rng.choice(len(found), count, replace=False).tolist())]

    def world(self) -> World:
        years = tuple(self.rng.choice([2000, 2001, 2002, 2003], 3 if self.often(0.7) else 1, replace=False).tolist())
        years = tuple(sorted(years))
        people = self.some(ECONOMIES, 1 if self.often(0.1) else 2)
        sectors = self.some(SECTORS, 2)
        if self.often(0.3):
            sectors.insert(int(self.rng.integers(len(sectors) + 1)), "together")
        whole = [["total"], [""], [], []][int(self.rng.integers(4))]
        measures = ["exports", "imports"] if self.often(0.8) else ["exports"]
        rows = self._rows(people)
        cells: Cells = {}
        for measure in measures:
            stated = self.often(0.8)
            for row in rows:
                own = [*sectors, *(whole if stated and not self.often(0.1) else [])]
                for sector in own:
                    if not self.often(self.absent):
                        cells[(*row, sector, measure)] = self._numbers(years, 40 if sector in sectors else 250)
        other: Cells = {}
        other_years = years if self.often(0.7) else years[:1]
        if len(measures) == 2 and self.often(0.15):
            other = {key: value for key, value in cells.items() if key[3] == "imports"}
            cells = {key: value for key, value in cells.items() if key[3] != "imports"}
        if self.often(0.6):
            outside = self.often(0.6)
            for each in people:
                for measure in ("gdp", "population"):
                    if not self.often(self.absent):
                        into = other if outside else cells
                        into[each, "", "", measure] = self._numbers(other_years if outside else years, 900)
        if other:
            for row in other.values():
                for year in set(row) - set(other_years):
                    del row[year]
        found = World(years, cells, other, other_years)
        self._scale(found)
        found.options = self._options(sectors)
        found.base_year = int(self.rng.choice(years)) if self.often(0.4) else (1999 if self.often(0.1) else None)
        return found

    def _rows(self, people: list[str]) -> list[tuple[str, str]]:
        reporters = [*people, *([GROUP] if self.often(0.3) else []), *([WORLD] if self.often(0.5) else [])]
        if not self.bilateral:
            self.rng.shuffle(reporters)
            return [(each, "") for each in reporters]
        everywhere = ["", WORLD][int(self.rng.integers(2))]
        partners = [*people, *([GROUP] if self.often(0.2) else [])]
        if self.often(0.2):
            partners.append("EEE")
        rows = [(i, j) for i in reporters for j in partners if i != j and not self.often(0.05)]
        if self.often(0.5):
            rows += [(i, everywhere) for i in reporters if not self.often(0.1)]
        return rows

    def _numbers(self, years: tuple[int, ...], most: int) -> dict[int, Fraction]:
        found = {}
        for year in years:
            number = 0 if self.often(self.zeros) else int(self.rng.integers(1, most))
            number = -number if self.often(self.negative) else number
            if not self.often(self.gaps):
                found[year] = Fraction(number)
        return found

    def _scale(self, world: World) -> None:
        mixed, currencies = self.often(0.2), self.often(0.05)
        first = next(iter(world.cells), None)
        for key in (*world.cells, *world.other):
            if key == first or key[3] == "population":
                continue
            if key in world.other:
                world.scales[key] = Fraction(1000)
            elif mixed:
                world.scales[key] = [Fraction(1), Fraction(1000), Fraction(1, 1000)][int(self.rng.integers(3))]
            if currencies and self.often(0.1):
                world.scales[key] = None

    def _options(self, sectors: list[str]) -> dict[str, Any]:
        choices: dict[str, list[Any]] = {
            "world": ["including", "excluding"],
            "world_rows": ["automatic", "stated", "sum"],
            "total": ["automatic", "stated", "sum"],
            "missing": ["propagate", "zero"],
            "mirror": ["automatic", "never"],
            "against": ["previous", "base"],
            "hhi_n": ["classification", "nonzero"],
            "tii_world": ["world", "less_reporter"],
        }
        found = {name: some[int(self.rng.integers(len(some)))] for name, some in choices.items() if self.often(0.5)}
        if self.often(0.25):
            chosen = self.some(sectors, 1)
            found["universe"] = tuple(each for each in chosen if not any(_holds(other, each) for other in chosen))
        return found


def _holds(code: str, other: str) -> bool:
    return code != other and other.startswith(code) and code.isdigit()
