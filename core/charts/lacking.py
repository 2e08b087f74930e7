"""Plain sentences for the series that an index cannot be computed for."""

from __future__ import annotations

from core.annual import without_years
from core.project import Project
from core.results import Results
from core.text import Text, text

_MOST_NAMES = 8


def computable(results: Results, index: str, project: Project | None = None) -> bool:
    """True where at least one series of some table of the project has the inputs of the index."""
    project = project or results.project
    tables = [found for found in results.tables.values() if project.table(found.table) is not None]
    return any(index in found.available and found.years for found in tables)


def lacking(results: Results, index: str, project: Project | None = None) -> tuple[Text, ...]:
    """One sentence for each table and reason, naming the economies: "…: needs imports (China, India)"."""
    project = project or results.project
    said: list[Text] = []
    for found in results.tables.values():
        table = project.table(found.table)
        if table is None:
            continue
        if not found.years:
            said.append(text("{table}: {reason}", table=table.title, reason=without_years(table)))
            continue
        for each in found.lacking(index):
            names, rest = each.where[:_MOST_NAMES], len(each.where) - _MOST_NAMES
            if not names:
                said.append(text("{table}: {reason}", table=table.title, reason=each.reason))
            elif rest <= 0:
                said.append(text("{table}: {reason} ({names})", table=table.title, reason=each.reason, names=names))
            else:
                said.append(
                    text(
                        "{table}: {reason} ({names} and {count} more)",
                        table=table.title,
                        reason=each.reason,
                        names=names,
                        count=rest,
                    )
                )
    return tuple(said)
