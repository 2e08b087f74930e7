"""Computes results when they are first asked for; an edit computes again only the years that look at it."""

from __future__ import annotations

from collections.abc import Iterable

from core.project import Project
from core.results import Results
from core.scopes import Scopes
from core.structure import Structure, structure_identity
from core.table import Table
from core.table_results import TableResults, same

_LATEST = 2
"""Indices of large tables that are computed again after every change: those that were asked for last."""


def analyse(project: Project, previous: Results | None = None, wanted: Iterable[str] = ()) -> Results:
    """The results of a project; what `previous` computed from the same objects is taken over.

    What the board rests on, what was last asked of `previous`, and the `wanted` indices are computed at once,
    everything else when it is asked for.
    """
    tables = {}
    for table in project.tables:
        before = previous.tables.get(table.id) if previous else None
        found = _results(project, table, before)
        for index in dict.fromkeys((*_in_use(project, before, found), *wanted)):
            found.prepare(index)
        tables[table.id] = found
    return Results(project, tables, previous)


def _in_use(project: Project, before: TableResults | None, found: TableResults) -> list[str]:
    """What somebody will read at once: what costs little of all that was asked for, and of the rest the latest."""
    asked = list(before.asked) if before else []
    claimed = {
        each.claim.index for factor in project.board.factors for each in factor.evidence if each.claim is not None
    }
    latest = {*asked[-_LATEST:], *claimed}
    return [index for index in asked if index in latest or found.is_ready(index)]


def _results(project: Project, table: Table, before: TableResults | None) -> TableResults:
    identity = structure_identity(project, table)
    if before is not None and not same(identity, before.identity):
        before = None
    scopes = before.scopes if before else Scopes(Structure(project, table))
    owners = [project.table(owner) for owner in sorted({*scopes.structure.owner.values()})]
    read = (table, *owners, tuple(sorted(project.analysis.options.items())), project.study.base_year)
    if before is not None and same(read, before.read):
        return before
    return TableResults(project, table, scopes, identity, read, before)
