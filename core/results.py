"""What the indices say about a project: values with statuses, by table and year; derived, and only the newest kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.indices import indices
from core.project import Project
from core.structure import Mask, Statuses
from core.table import Floats, Label
from core.text import Bilingual, Text

if TYPE_CHECKING:
    from core.table_results import TableResults

LineKey = tuple[str, str, str, str, str, str]
"""Ids of index, component, table, reporter, partner and sector."""


@dataclass(frozen=True, eq=False, slots=True)
class Computed:
    """One index in one year: the objects it was made from, and values and statuses of each component."""

    inputs: tuple[object, ...]
    parts: Mapping[str, tuple[Floats, Statuses]]


@dataclass(frozen=True, slots=True)
class Lacking:
    """Why an index cannot be computed for some series: `where` names the economies, empty where it holds for all."""

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
    def key(self) -> LineKey:
        """Ids that find the line again: index, component, table, reporter, partner, sector."""
        return self.index, self.component, self.table, self.reporter.id, self.partner.id, self.sector.id


class Results:
    """What the indices say about one project; only the newest is kept. Empty before the first analysis."""

    def __init__(
        self, project: Project, tables: Mapping[str, TableResults] | None = None, before: Results | None = None
    ) -> None:
        """`before` are older results, whose numbers under other settings are taken over where they still hold."""
        self.project = project
        self.tables: Mapping[str, TableResults] = tables or {}
        self._others: dict[tuple[tuple[str, Any], ...], Results] = {}
        self._older = dict(before._others) if before is not None else {}

    def lines(self, index: str) -> Iterator[Line]:
        """Every line of an index, table after table, component after component."""
        for each in self.tables.values():
            for component in indices()[index].components or ("",):
                yield from each.lines(index, component)

    def find(self, key: LineKey) -> Line | None:
        """The line with these ids (index, component, table, reporter, partner, sector), or None."""
        index, component, table = key[:3]
        found = self.tables.get(table)
        if found is None or index not in indices() or component not in (indices()[index].components or ("",)):
            return None
        place = found.position(index, key)
        return None if place is None or index not in found.available else found.line(index, component, *place)

    def under(self, settings: Mapping[str, Any]) -> Results:
        """The results of the same project under other settings of its analysis, computed as they are asked for."""
        from core.analysis import analyse

        key = tuple(sorted((name, _plain(value)) for name, value in settings.items()))
        if key not in self._others:
            analysis = replace(self.project.analysis, options={**self.project.analysis.options, **settings})
            self._others[key] = analyse(replace(self.project, analysis=analysis), self._older.get(key))
        return self._others[key]

    def forget(self, wanted: Iterable[str]) -> None:
        """Let go of the numbers of some indices; they are computed again when asked for."""
        for each in self.tables.values():
            each.forget(wanted)


def _plain(value: Any) -> Any:
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


__all__ = ["Computed", "Lacking", "Line", "LineKey", "Mask", "Results"]
