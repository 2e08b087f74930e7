"""What the indices say about a project: values with statuses, by table and year; derived, and only the newest kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.indices import indices
from core.panel import Axes, Mask, Statuses, Structure
from core.project import Project
from core.table import Floats, Label
from core.text import Bilingual, Text
from core.units import Unit


@dataclass(frozen=True, eq=False, slots=True)
class Computed:
    """One index in one year: the objects it was made from, and values and statuses of each component."""

    inputs: tuple[object, ...]
    parts: Mapping[str, tuple[Floats, Statuses]]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why an index cannot be computed for some series: `reporter` and `sector` are "" where it holds for all."""

    index: str
    reason: Text
    where: tuple[Bilingual, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """One index for one economy, partner and sector over the years of a table; NaN where a status says why."""

    index: str
    component: str
    table: str
    reporter: Label
    partner: Label
    sector: Label
    years: tuple[int, ...]
    values: Floats
    statuses: Statuses

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        """Ids that find the line again: index, component, table, reporter, partner, sector."""
        return self.index, self.component, self.table, self.reporter.id, self.partner.id, self.sector.id


@dataclass(frozen=True, eq=False, slots=True)
class TableResults:
    """All indices of one table."""

    table: str
    structure: Structure
    identity: tuple[Any, ...]
    """The objects behind `structure`, `available`, `lacking` and `variants`."""
    read: tuple[Any, ...]
    """The objects behind everything: the same again means the same results."""
    years: tuple[int, ...]
    computed: Mapping[tuple[str, int], Computed]
    available: Mapping[str, Mask]
    lacking: tuple[Lacking, ...]
    variants: Mapping[str, Mapping[str, str]]

    @property
    def axes(self) -> Axes:
        """The rows and sectors of every value."""
        return self.structure.axes

    @property
    def unit(self) -> Unit:
        """The unit of results that are money."""
        return self.structure.unit

    def lines(self, index: str, component: str = "") -> Iterator[Line]:
        """Every series for which the index has its inputs, one economy after the other, made as they are asked for."""
        mask = self.available.get(index)
        if mask is None:
            return
        parts = [self.computed[index, year].parts[component] for year in self.years]
        for row in np.flatnonzero(mask.any(axis=1)).tolist():
            reporter, partner = self.axes.rows[row]
            values = np.stack([values[row] for values, _ in parts], axis=1)
            statuses = np.stack([statuses[row] for _, statuses in parts], axis=1)
            for at in np.flatnonzero(mask[row]).tolist():
                sector = self.axes.sectors[at]
                yield Line(
                    index, component, self.table, reporter, partner, sector, self.years, values[at], statuses[at]
                )

    def line(self, index: str, component: str, row: int, sector: int) -> Line:
        """One series, whether or not it has its inputs."""
        parts = [self.computed[index, year].parts[component] for year in self.years]
        reporter, partner = self.axes.rows[row]
        return Line(
            index,
            component,
            self.table,
            reporter,
            partner,
            self.axes.sectors[sector],
            self.years,
            np.array([values[row, sector] for values, _ in parts], dtype=np.float64),
            np.array([statuses[row, sector] for _, statuses in parts], dtype=np.uint8),
        )


@dataclass(frozen=True, eq=False, slots=True)
class Results:
    """What the indices say about one project; only the newest is kept. Empty before the first analysis."""

    project: Project
    tables: Mapping[str, TableResults] = field(default_factory=dict)

    def lines(self, index: str) -> Iterator[Line]:
        """Every line of an index, table after table, component after component."""
        for each in self.tables.values():
            for component in indices()[index].components or ("",):
                yield from each.lines(index, component)

    def find(self, key: tuple[str, str, str, str, str, str]) -> Line | None:
        """The line with these ids (index, component, table, reporter, partner, sector), or None."""
        index, component, table, reporter, partner, sector = key
        found = self.tables.get(table)
        if found is None or (index, found.years[0] if found.years else 0) not in found.computed:
            return None
        row = next((n for n, (r, p) in enumerate(found.axes.rows) if (r.id, p.id) == (reporter, partner)), None)
        at = next((n for n, each in enumerate(found.axes.sectors) if each.id == sector), None)
        if row is None or at is None or component not in (indices()[index].components or ("",)):
            return None
        if indices()[index].dimensions == ("reporter",):
            at = 0
        return found.line(index, component, row, at)
