"""Computes the results of all indices for all tables; an edit computes again only the years that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from core.annual import positions, rule_of, without_years, years_of
from core.availability import availability, variant
from core.indices import indices
from core.indices.registry import Index, Input
from core.panel import MOST_PLACES, Mask, Panel, Statuses, Structure, structure_identity
from core.project import Project
from core.results import Computed, Lacking, Results, TableResults
from core.status import UNDEFINED, Status
from core.table import Floats, Table
from core.text import text


def analyse(project: Project, previous: Results | None = None) -> Results:
    """The results of a project; what `previous` computed from the same objects is taken over."""
    tables = {}
    for table in project.tables:
        before = previous.tables.get(table.id) if previous else None
        tables[table.id] = _Analysis(project, table, before).results()
    return Results(project, tables)


class _Analysis:
    """One table: what depends on keys is taken over with them, what depends on numbers year by year."""

    def __init__(self, project: Project, table: Table, before: TableResults | None) -> None:
        self.identity = structure_identity(project, table)
        if before is not None and not _same(self.identity, before.identity):
            before = None
        self.project, self.table, self.before = project, table, before
        self.structure = before.structure if before else Structure(project, table)
        self.years = years_of(table, rule_of(project, table))
        self.panels: dict[int, Panel] = {}
        self.done: dict[tuple[str, int], Computed] = {}

    def results(self) -> TableResults:
        owners = [self.project.table(owner) for owner in sorted({*self.structure.owner.values()})]
        read = (self.table, *owners, self.project.analysis.options, self.project.study.base_year)
        before = self.before
        if before is not None and _same(read, before.read):
            return before
        if before is not None:
            available, lacking, variants = before.available, before.lacking, before.variants
        else:
            available, lacking, variants = self._plan()
        for index in available:
            for year in self.years:
                self.compute(indices()[index], year)
        return TableResults(
            self.table.id,
            self.structure,
            self.identity,
            read,
            self.years,
            self.done,
            available,
            lacking,
            variants,
        )

    def _plan(self) -> tuple[dict[str, Mask], tuple[Lacking, ...], dict[str, dict[str, str]]]:
        """Which indices can be computed for what, why not the others, and by which rules."""
        if not self.years:
            return {}, tuple(Lacking(index, without_years(self.table)) for index in indices()), {}
        if self.structure.places > MOST_PLACES:
            reason = text(
                "needs a smaller table: this one has {count} places for results, of at most {most}",
                count=f"{self.structure.places:,}",
                most=f"{MOST_PLACES:,}",
            )
            return {}, tuple(Lacking(index, reason) for index in indices()), {}
        available: dict[str, Mask] = {}
        lacking: list[Lacking] = []
        variants = {}
        consecutive = any(year - 1 in self.years for year in self.years)
        for index in indices().values():
            mask, reasons = availability(index, self.structure)
            looks_back = any(when == "previous" for when, _ in index.reads)
            if mask is not None and looks_back and not consecutive:
                mask, reasons = None, [Lacking(index.id, text("needs two years in a row"))]
            lacking += reasons
            if mask is not None:
                available[index.id] = mask
                variants[index.id] = variant(index, self.structure) | self._annual(index)
        return available, tuple(lacking), variants

    def _annual(self, index: Index) -> dict[str, str]:
        """By which rule the years were made that an index reads: {"years": "sum"}; empty without."""
        owners = [self.project.table(self.structure.owner[measure]) for _, measure in sorted(index.reads)]
        rules = dict.fromkeys(rule_of(self.project, each) for each in owners if each is not None)
        said = "+".join(filter(None, rules))
        return {"years": said} if said else {}

    def compute(self, index: Index, year: int) -> Computed:
        key = (index.id, year)
        if key not in self.done:
            inputs = self._objects(index, year)
            old = self.before.computed.get(key) if self.before else None
            reusable = old is not None and _same(inputs, old.inputs)
            self.done[key] = old if reusable and old is not None else self._compute(index, year, inputs)
        return self.done[key]

    def _when(self, year: int, when: str) -> int:
        if when == "previous":
            return year - 1
        if when == "base":
            base = self.project.study.base_year
            return base if base is not None else min(self.years)
        return year

    def _objects(self, index: Index, year: int) -> tuple[object, ...]:
        """The blocks of numbers that this index reads in this year, and the options."""
        found: list[object] = [self.project.analysis.options]
        owners = {(when, self.structure.owner[measure]) for when, measure in index.reads}
        for when, owner in sorted(owners):
            table = self.project.table(owner)
            if table is not None:
                rule = rule_of(self.project, table)
                found.append(rule)
                found += [table.values[at] for at in positions(table, rule, self._when(year, when))]
            found.append(None)
        return tuple(found)

    def _panel(self, year: int) -> Panel:
        if year not in self.panels:
            self.panels[year] = Panel(self.structure, self.project, year)
        return self.panels[year]

    def _read(self, each: Input, year: int) -> tuple[Floats, Statuses]:
        wanted = self._when(year, each.when)
        if each.is_index:
            below = indices()[each.what]
            if wanted in self.years:
                return self.compute(below, wanted).parts[(below.components or ("",))[0]]
            shape = (len(self.structure.axes.rows), len(self.structure.axes.sectors))
            values, statuses = np.full(shape, np.nan), np.full(shape, Status.MISSING, dtype=np.uint8)
        else:
            values, statuses = self._panel(wanted).input(each.what, each.scope)
        if each.when == "previous" and wanted not in self.years:
            statuses = np.where(statuses == Status.MISSING, Status.NO_EARLIER_YEAR, statuses).astype(np.uint8)
        return values, statuses

    def _compute(self, index: Index, year: int, objects: tuple[object, ...]) -> Computed:
        read = {each.parameter: self._read(each, year) for each in index.inputs}
        arguments: dict[str, Any] = {parameter: values for parameter, (values, _) in read.items()}
        if index.reads_options:
            arguments["options"] = self.project.analysis.options
        with np.errstate(all="ignore"):
            answer = index.function(**arguments)
        components = index.components or ("",)
        answers = answer if index.components else (answer,)
        rows, sectors = len(self.structure.axes.rows), len(self.structure.axes.sectors)
        shape = (rows, sectors if "sector" in index.dimensions else 1)
        statuses = _input_statuses(read, index, (rows, sectors), shape)
        return Computed(
            objects,
            {
                name: _judged(np.broadcast_to(np.asarray(values, dtype=np.float64), shape), statuses)
                for name, values in zip(components, answers, strict=True)
            },
        )


def _input_statuses(
    read: Mapping[str, tuple[Floats, Statuses]], index: Index, full: tuple[int, int], shape: tuple[int, int]
) -> Statuses:
    worst = np.zeros(full, dtype=np.uint8)
    for each in index.inputs:
        values, statuses = read[each.parameter]
        worst = np.maximum(worst, statuses)
        if not each.is_index:
            worst = np.maximum(worst, np.where(values < 0, Status.NEGATIVE_FLOW, Status.OK))
        world = read.get("world_" + each.parameter)
        if world is not None:
            worst = np.maximum(worst, np.where(values > world[0], Status.ABOVE_WORLD, Status.OK))
    worst = worst.astype(np.uint8)
    return worst if shape == full else worst.max(axis=1, keepdims=True)


def _judged(values: Floats, inputs: Statuses) -> tuple[Floats, Statuses]:
    """Values with every infinity and NaN explained by a status, both read-only."""
    statuses = inputs.copy()
    fine = inputs < UNDEFINED
    statuses[fine & np.isnan(values)] = Status.NO_TRADE
    statuses[fine & np.isinf(values)] = Status.ZERO_BASE
    kept = np.where(statuses >= UNDEFINED, np.nan, values)
    kept.setflags(write=False)
    statuses.setflags(write=False)
    return kept, statuses


def _same(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    """The same objects; plain text and numbers may be equal instead."""
    return len(a) == len(b) and all(
        x is y or (isinstance(x, tuple | str | int) and _equal_plain(x, y)) for x, y in zip(a, b, strict=True)
    )


def _equal_plain(a: Any, b: Any) -> bool:
    if isinstance(a, tuple):
        return isinstance(b, tuple) and len(a) == len(b) and all(map(_equal_plain, a, b))
    return isinstance(a, str | int) and a == b
