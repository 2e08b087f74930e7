"""Edits of whole tables: add, remove, title, note, layout, units, sources, labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.edits import edit, index_of
from core.errors import refuse
from core.project import Project, equal
from core.table import DIMENSIONS, LAYOUTS, Key, Label, Source, Table, frozen
from core.text import Bilingual, text
from core.units import Unit


def change_table(project: Project, table: str, change: Callable[[Table], Table]) -> Project:
    """The project with one table changed; the same object where the change returns the same table."""
    ids = tuple(each.id for each in project.tables)
    position = index_of(ids, table, text("The table"))
    before = project.tables[position]
    after = change(before)
    if after is before:
        return project
    return replace(project, tables=(*project.tables[:position], after, *project.tables[position + 1 :]))


def found_all(table: Table, keys: Sequence[Key]) -> NDArray[np.int64]:
    """The positions of series, or a UserError that names one that is not there."""
    positions = table.find_all(keys)
    for key, position in zip(keys, positions.tolist(), strict=True):
        if position < 0:
            raise refuse("The table has no series {series}.", series=" · ".join(part for part in key if part))
    return positions


@edit(text("Add table"))
def add_table(project: Project, table: Table, position: int | None = None) -> Project:
    """Put a table into the project, at the end unless a position is given."""
    if project.table(table.id) is not None:
        raise refuse("The project has a table with this id already.")
    at = len(project.tables) if position is None else position
    return replace(project, tables=(*project.tables[:at], table, *project.tables[at:]))


@edit(text("Import tables"))
def add_tables(project: Project, tables: tuple[Table, ...]) -> Project:
    """Put several tables at the end of the project as one step."""
    for table in tables:
        project = add_table(project, table)
    return project


@edit(text("Remove table"))
def remove_table(project: Project, table: str) -> Project:
    """Take a table out, and the settings that named it. Claims on the board keep naming it and say "no data"."""
    index_of(tuple(each.id for each in project.tables), table, text("The table"))
    study, analysis = project.study, project.analysis
    kept = {measure: bound for measure, bound in study.bindings.items() if bound != table}
    if len(kept) != len(study.bindings) or table in study.serving:
        serving = {each: chosen for each, chosen in study.serving.items() if each != table}
        study = replace(study, bindings=kept, serving=serving)
    if table in analysis.annual:
        analysis = replace(analysis, annual={each: rule for each, rule in analysis.annual.items() if each != table})
    tables = tuple(each for each in project.tables if each.id != table)
    return replace(project, tables=tables, study=study, analysis=analysis)


@edit(text("Move table"))
def move_table(project: Project, table: str, position: int) -> Project:
    """Change the order of the tables."""
    ids = tuple(each.id for each in project.tables)
    at = index_of(ids, table, text("The table"))
    rest = [*project.tables[:at], *project.tables[at + 1 :]]
    rest.insert(position, project.tables[at])
    return project if tuple(each.id for each in rest) == ids else replace(project, tables=tuple(rest))


@edit(text("Rename table"))
def set_table_title(project: Project, table: str, title: Bilingual) -> Project:
    """Give a table another title."""
    if not (title.en.strip() or title.zh.strip()):
        raise refuse("A table needs a title.")
    return change_table(project, table, lambda t: t if t.title == title else replace(t, title=title))


@edit(text("Edit note"))
def set_table_note(project: Project, table: str, note: Bilingual) -> Project:
    """Write the note of a table."""
    return change_table(project, table, lambda t: t if t.note == note else replace(t, note=note))


@edit(text("Change layout"))
def set_layout(project: Project, table: str, layout: str) -> Project:
    """Show the table in another layout."""
    if layout not in LAYOUTS:
        raise refuse("There is no layout “{layout}”.", layout=layout)
    return change_table(project, table, lambda t: t if t.layout == layout else replace(t, layout=layout))


@edit(text("Set unit"))
def set_unit(project: Project, table: str, unit: Unit, series: tuple[Key, ...] | None = None) -> Project:
    """State the unit of some series, or of the whole table. Numbers stay as they are: this corrects a label."""

    def change(before: Table) -> Table:
        if series is None:
            units: tuple[Unit, ...] = (unit,)
            codes = np.zeros(len(before.series), dtype=np.int32)
        else:
            units = before.units if unit in before.units else (*before.units, unit)
            codes = before.series.unit.copy()
            codes[found_all(before, series)] = units.index(unit)
        used = np.unique(codes)
        if not len(used):
            used = np.zeros(1, dtype=np.int32)
        renumbered = frozen(np.searchsorted(used, codes).astype(np.int32))
        after = tuple(units[code] for code in used.tolist())
        if after == before.units and np.array_equal(renumbered, before.series.unit):
            return before
        return replace(before, units=after, series=replace(before.series, unit=renumbered))

    return change_table(project, table, change)


@edit(text("Set source"))
def set_source(project: Project, table: str, source: Source, series: tuple[Key, ...] | None = None) -> Project:
    """State the source of some series, or of the whole table (then the table's first source is replaced)."""

    def change(before: Table) -> Table:
        if series is None:
            if equal(before.sources[0], source):
                return before
            return replace(before, sources=(source, *before.sources[1:]))
        known = [each.id for each in before.sources]
        sources = [*before.sources] if source.id in known else [*before.sources, source]
        at = known.index(source.id) if source.id in known else len(sources) - 1
        sources[at] = source
        codes = before.series.source.copy()
        codes[found_all(before, series)] = at
        codes.setflags(write=False)
        return replace(before, sources=tuple(sources), series=replace(before.series, source=codes))

    return change_table(project, table, change)


@edit(text("Rename"))
def rename_label(project: Project, dimension: str, label: str, name: Bilingual) -> Project:
    """Rename a reporter, partner, sector or measure in all tables; its id, and what refers to it, stays."""
    if dimension not in DIMENSIONS or not (name.en.strip() or name.zh.strip()):
        raise refuse("A name cannot be empty.")
    return _change_labels(project, dimension, label, lambda each: replace(each, name=name))


@edit(text("Set role"))
def set_label_role(project: Project, dimension: str, label: str, role: str) -> Project:
    """Say that a label is the world, a total, an aggregate, or none of these (empty)."""
    allowed = {"sector": {"", "total", "aggregate"}, "measure": {""}}.get(dimension, {"", "world", "aggregate"})
    if role not in allowed:
        raise refuse("A label cannot have the role “{role}” here.", role=role)
    return _change_labels(project, dimension, label, lambda each: replace(each, role=role))


def _change_labels(project: Project, dimension: str, label: str, new: Callable[[Label], Label]) -> Project:
    if project.label(dimension, label) is None:
        raise refuse("{what} is no longer there.", what=label)

    def change(table: Table) -> Table:
        before = table.labels[dimension]
        after = tuple(new(each) if each.id == label else each for each in before)
        if after == before:
            return table
        return replace(table, labels=MappingProxyType({**table.labels, dimension: after}))

    tables = tuple(change(table) for table in project.tables)
    same = all(map(lambda a, b: a is b, tables, project.tables))
    return project if same else replace(project, tables=tables)
