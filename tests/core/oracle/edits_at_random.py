"""Random changes to a project that has numbers: what a person does in a table, in the study and in the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from core.annual import RULES
from core.edits import apply
from core.errors import UserError
from core.indices import indices
from core.options import composed_of, options
from core.project import Project
from core.table import Key, Label, Periods, Table, blocks_of
from core.text import Bilingual
from core.units import Unit
from tests.core.oracle.worlds import ROLES, Cells, World, random_world

MORE = ("output", "quantity_exports", "quantity_imports")


def rich_world(seed: int, bilateral: bool) -> World:
    """A random world with more measures and with settings of all kinds."""
    world, rng = random_world(seed, bilateral), np.random.default_rng([seed, 7])
    more: Cells = {}
    for key in list(world.cells):
        for measure in MORE:
            if key[3] == "exports" and key[2] and rng.random() < 0.3:
                more[(*key[:3], measure)] = {year: 2 * number for year, number in world.cells[key].items()}
                world.scales[(*key[:3], measure)] = world.scales.get(key)
    world.cells |= more
    for option in options().values():
        if rng.random() < 0.3:
            world.options[option.id] = _value(rng, world, option.id)
    world.options = {name: value for name, value in world.options.items() if value is not None}
    return world


def rich_project(seed: int, bilateral: bool) -> Project:
    """A rich world as a project; the table of every fourth one has quarters, mostly with a rule for their years."""
    project, rng = rich_world(seed, bilateral).project(), np.random.default_rng([seed, 17])
    if rng.random() > 0.25:
        return project
    table = project.tables[0]
    quarters = [(10 * year + n, column) for at, year in enumerate(table.periods.values) for n in (1, 2, 3, 4)
                for column in [table.column(at)]]  # fmt: skip
    kept = [each for each in quarters if rng.random() < 0.95]
    periods = Periods("quarter", tuple(period for period, _ in kept))
    parts = tuple(blocks_of(column * float(rng.integers(1, 4))) for _, column in kept)
    made = replace(table, periods=periods, values=parts)
    rule = RULES[int(rng.integers(len(RULES)))]
    analysis = replace(project.analysis, annual={table.id: rule} if rule else {})
    return replace(project, tables=(made, *project.tables[1:]), analysis=analysis)


def _value(rng: np.random.Generator, world: World | None, name: str) -> Any:
    option = options()[name]
    if option.kind == "choice":
        return option.choices[int(rng.integers(len(option.choices)))].value
    if option.kind == "number":
        return float(rng.choice([0.5, 1.0, 1.5, 3.0]))
    if option.kind == "sectors":
        return world.options.get(name) if world else ()
    chosen = rng.choice(sorted(composed_of()), 3, replace=False).tolist()
    return tuple((each, ("higher", "lower")[int(rng.integers(2))]) for each in chosen)


class Hands:
    """Makes one change after the other."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng([seed, 11])
        self.edits: tuple[Callable[[Project, Table], Project], ...] = (
            self.cells, self.cells, self.cells, self.clear_year, self.more_series, self.fewer_series, self.more_periods,
            self.fewer_periods, self.option, self.option, self.base_year, self.bindings, self.serving, self.unit,
            self.title, self.role, self.rule,
        )  # fmt: skip

    def change(self, project: Project) -> tuple[str, Project]:
        """The name of a change and the project after it; the same one where the change is refused."""
        made = self.edits[int(self.rng.integers(len(self.edits)))]
        table = project.tables[int(self.rng.integers(len(project.tables)))]
        try:
            return made.__name__, made(project, table)
        except UserError:
            return made.__name__, project

    def _keys(self, table: Table, most: int) -> tuple[Key, ...]:
        count = int(self.rng.integers(1, most + 1))
        found = self.rng.integers(len(table.series), size=count).tolist() if len(table.series) else []
        return tuple(dict.fromkeys(table.key(at) for at in found))

    def _number(self) -> float | None:
        return [None, 0.0, float(self.rng.integers(50)), -3.0][int(self.rng.choice(4, p=[0.2, 0.2, 0.55, 0.05]))]

    def cells(self, project: Project, table: Table) -> Project:
        keys, years = self._keys(table, 4), table.periods.values[-1:]
        numbers = tuple(tuple(self._number() for _ in years) for _ in keys)
        return apply(project, "set_cells", table=table.id, series=keys, periods=years, values=numbers)

    def clear_year(self, project: Project, table: Table) -> Project:
        keys, years = tuple(table.key(at) for at in range(len(table.series))), table.periods.values[:1]
        return apply(
            project, "set_cells", table=table.id, series=keys, periods=years, values=tuple((None,) for _ in keys)
        )

    def more_series(self, project: Project, table: Table) -> Project:
        reporter, partner, sector, measure = (self._keys(table, 1) or (("AAA", "", "10", "exports"),))[0]
        sector = ["10", "20", "77", "total", sector][int(self.rng.integers(5))]
        reporter = ["AAA", "NEW", "WLD", "GRP", reporter][int(self.rng.integers(5))]
        key = (reporter, partner, sector, measure)
        labels = {
            dimension: tuple(Label(each, Bilingual(each), ROLES.get(each, "")) for each in (name,) if each)
            for dimension, name in zip(("reporter", "partner", "sector", "measure"), key, strict=True)
        }
        numbers = (tuple(self._number() for _ in table.periods.values),)
        return apply(
            project, "set_cells", table=table.id, series=(key,), periods=table.periods.values, values=numbers,
            labels=labels,
        )  # fmt: skip

    def fewer_series(self, project: Project, table: Table) -> Project:
        return apply(project, "remove_series", table=table.id, series=self._keys(table, 3))

    def more_periods(self, project: Project, table: Table) -> Project:
        year = int(self.rng.integers(1999, 2005))
        period = year if table.periods.kind == "year" else 10 * year + 4
        return apply(project, "add_periods", table=table.id, periods=(period,))

    def rule(self, project: Project, table: Table) -> Project:
        return apply(project, "set_annual_rule", table=table.id, rule=RULES[int(self.rng.integers(len(RULES)))])

    def fewer_periods(self, project: Project, table: Table) -> Project:
        return apply(project, "remove_periods", table=table.id, periods=table.periods.values[:1])

    def option(self, project: Project, table: Table) -> Project:
        names = [each.id for each in options().values() if each.kind != "sectors"]
        name = names[int(self.rng.integers(len(names)))]
        if self.rng.random() < 0.2:
            sectors = [label.id for label in table.labels["sector"] if label.role != "total"]
            return apply(project, "set_option", name="universe", value=tuple(sectors[:2]))
        return apply(project, "set_option", name=name, value=_value(self.rng, None, name))

    def base_year(self, project: Project, table: Table) -> Project:
        year = [None, 1990, 2000, 2001, 2002, 2003][int(self.rng.integers(6))]
        return apply(project, "set_study", study=replace(project.study, base_year=year))

    def bindings(self, project: Project, table: Table) -> Project:
        measure = ["gdp", "imports", "population", "exports"][int(self.rng.integers(4))]
        bound = dict(project.study.bindings)
        if measure in bound:
            del bound[measure]
        else:
            bound[measure] = table.id
        return apply(project, "set_study", study=replace(project.study, bindings=bound))

    def serving(self, project: Project, table: Table) -> Project:
        own = [label.id for label in table.labels["measure"]]
        wanted = own[int(self.rng.integers(len(own)))] if own else ""
        return apply(project, "set_serving", table=table.id, measure="imports", own=wanted)

    def unit(self, project: Project, table: Table) -> Project:
        unit = [Unit("USD", 1e6), Unit("EUR", 1e9), Unit("USD", 1.0)][int(self.rng.integers(3))]
        return apply(project, "set_unit", table=table.id, unit=unit, series=self._keys(table, 3))

    def title(self, project: Project, table: Table) -> Project:
        return apply(project, "set_title", title=Bilingual(str(self.rng.integers(1000))))

    def role(self, project: Project, table: Table) -> Project:
        labels = table.labels["sector"]
        if not labels:
            return project
        label = labels[int(self.rng.integers(len(labels)))].id
        return apply(project, "set_label_role", dimension="sector", label=label, role="aggregate")


def some_indices(seed: int, count: int) -> tuple[str, ...]:
    """A few indices; over many seeds all of them."""
    return tuple(np.random.default_rng([seed, 13]).choice(sorted(indices()), count, replace=False).tolist())
