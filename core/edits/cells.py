"""Edits inside a table: cells, periods and series. Each copies the blocks it changes and shares the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np

from core.edits import edit
from core.edits.tables import change_table, found_all
from core.errors import refuse
from core.origin import Origin
from core.project import Project
from core.table import (
    BLOCK,
    DIMENSIONS,
    SERIES_COLUMNS,
    Floats,
    Key,
    Label,
    Periods,
    Series,
    Table,
    blocks_of,
    codes_of,
    frozen,
    same_number,
)
from core.text import text

Labels = Mapping[str, tuple[Label, ...]]


@edit(text("Edit cells"))
def set_cells(
    project: Project,
    table: str,
    series: tuple[Key, ...],
    periods: tuple[int, ...],
    values: tuple[tuple[float | None, ...], ...],
    labels: Labels | None = None,
) -> Project:
    """Write a rectangle of numbers, one row of `values` for each series; None clears a cell.

    Series and periods that the table lacks are added first (their new labels are given in `labels`), so that
    a paste that grows the table is one step.
    """
    if len(values) != len(series) or any(len(row) != len(periods) for row in values):
        raise refuse("The block of numbers does not fit the cells.")
    if any(value is not None and not np.isfinite(value) for row in values for value in row):
        raise refuse("A cell takes a number or nothing.")

    def change(before: Table) -> Table:
        grown = _with_periods(_with_series(before, series, labels or {}), periods)
        rows = grown.find_all(series).tolist()
        columns = [grown.period(period) for period in periods]
        return _written(grown, rows, columns, values)

    return change_table(project, table, change)


@edit(text("Add periods"))
def add_periods(project: Project, table: str, periods: tuple[int, ...]) -> Project:
    """Add empty periods; those that exist are left alone."""
    return change_table(project, table, lambda before: _with_periods(before, periods))


@edit(text("Remove periods"))
def remove_periods(project: Project, table: str, periods: tuple[int, ...]) -> Project:
    """Remove periods with their numbers."""

    def change(before: Table) -> Table:
        kept = [at for at, value in enumerate(before.periods.values) if value not in periods]
        if len(kept) == len(before.values):
            return before
        moved = {old: new for new, old in enumerate(kept)}
        return replace(
            before,
            periods=replace(before.periods, values=tuple(before.periods.values[at] for at in kept)),
            values=tuple(before.values[at] for at in kept),
            marks=MappingProxyType({(s, moved[p]): mark for (s, p), mark in before.marks.items() if p in moved}),
            origin=tuple(each.without_periods(periods) for each in before.origin),
        )

    return change_table(project, table, change)


@edit(text("Change period"))
def set_period(project: Project, table: str, period: int, to: int) -> Project:
    """Correct a period, for example the year of a column."""

    def change(before: Table) -> Table:
        at = before.period(period)
        if at < 0:
            raise refuse("The table has no period {period}.", period=period)
        if to == period:
            return before
        if before.period(to) >= 0:
            raise refuse("The table has the period {period} already.", period=to)
        new = [*before.periods.values]
        new[at] = to
        order = sorted(range(len(new)), key=new.__getitem__)
        moved = {old: position for position, old in enumerate(order)}
        return replace(
            before,
            periods=Periods(_dated(before.periods.kind), tuple(new[old] for old in order)),
            values=tuple(before.values[old] for old in order),
            marks=MappingProxyType({(s, moved[p]): mark for (s, p), mark in before.marks.items()}),
            origin=tuple(each.with_period(period, to) for each in before.origin),
        )

    return change_table(project, table, change)


@edit(text("Add series"))
def add_series(
    project: Project, table: str, series: tuple[Key, ...], labels: Labels, unit: int = 0, source: int = 0
) -> Project:
    """Add empty series; `labels` holds the labels that are new. `unit` and `source` are codes of the table."""

    def change(before: Table) -> Table:
        if not (0 <= unit < len(before.units) and 0 <= source < len(before.sources)):
            raise refuse("The table has no such unit or source.")
        return _with_series(before, series, labels, unit, source)

    return change_table(project, table, change)


@edit(text("Remove series"))
def remove_series(project: Project, table: str, series: tuple[Key, ...]) -> Project:
    """Remove series with their numbers, and the labels that no other series of the table uses."""

    def change(before: Table) -> Table:
        gone = found_all(before, series)
        if not len(gone):
            return before
        removed = set(gone.tolist())
        kept = np.setdiff1d(np.arange(len(before.series)), gone)
        place = np.searchsorted(kept, np.arange(len(before.series)))
        columns = {name: before.series.codes(name)[kept] for name in SERIES_COLUMNS}
        labels = {}
        for dimension in DIMENSIONS:
            codes = columns[dimension]
            used = np.unique(codes[codes >= 0])
            columns[dimension] = np.where(codes >= 0, np.searchsorted(used, codes), -1).astype(np.int32)
            labels[dimension] = tuple(before.labels[dimension][code] for code in used.tolist())
        return replace(
            before,
            labels=MappingProxyType(labels),
            series=Series(**{name: frozen(codes) for name, codes in columns.items()}),
            values=tuple(blocks_of(before.column(at)[kept]) for at in range(len(before.values))),
            marks=MappingProxyType(
                {(int(place[s]), p): mark for (s, p), mark in before.marks.items() if s not in removed}
            ),
        )

    return change_table(project, table, change)


def _written(
    table: Table, rows: Sequence[int], columns: Sequence[int], values: Sequence[Sequence[float | None]]
) -> Table:
    periods = list(table.values)
    marks: dict[tuple[int, int], Any] | None = None
    written: list[tuple[int, int]] = []
    for column, at in enumerate(columns):
        blocks: dict[int, Floats] = {}
        for row, series in enumerate(rows):
            given = values[row][column]
            value = np.nan if given is None else float(given)
            if (series, at) in table.marks:
                marks = dict(table.marks) if marks is None else marks
                marks.pop((series, at), None)
            block, offset = divmod(series, BLOCK)
            if same_number(float(periods[at][block][offset]), value):
                continue
            if block not in blocks:
                blocks[block] = periods[at][block].copy()
            blocks[block][offset] = value
            written.append((series, at))
        if blocks:
            periods[at] = tuple(frozen(blocks[n]) if n in blocks else block for n, block in enumerate(periods[at]))
    if marks is None and all(map(lambda a, b: a is b, periods, table.values)):
        return table
    return replace(
        table,
        values=tuple(periods),
        marks=table.marks if marks is None else MappingProxyType(marks),
        origin=_without_written(table, written),
    )


def _without_written(table: Table, written: Sequence[tuple[int, int]]) -> tuple[Origin, ...]:
    """What a person writes is no longer from a file."""
    if not table.origin or not written:
        return table.origin
    series, at = np.array(written, dtype=np.int64).T
    cells = np.stack([table.series.place[series], np.array(table.periods.values, dtype=np.int32)[at]], axis=1)
    return tuple(each.without_cells(cells) for each in table.origin)


def _with_periods(table: Table, periods: Sequence[int]) -> Table:
    new = sorted({*table.periods.values, *periods})
    if len(new) == len(table.values):
        return table
    empty = blocks_of(np.full(len(table.series), np.nan))
    columns = dict(zip(table.periods.values, table.values, strict=True))
    moved = {old: new.index(value) for old, value in enumerate(table.periods.values)}
    return replace(
        table,
        periods=Periods(_dated(table.periods.kind), tuple(new)),
        values=tuple(columns.get(value, empty) for value in new),
        marks=MappingProxyType({(s, moved[p]): mark for (s, p), mark in table.marks.items()}),
    )


def _dated(kind: str) -> str:
    """A cross-section that is given a year has years from then on."""
    return "year" if kind == "none" else kind


def _with_series(table: Table, series: Sequence[Key], labels: Labels, unit: int = 0, source: int = 0) -> Table:
    absent = table.find_all(series) < 0
    new = list(dict.fromkeys(key for key, missing in zip(series, absent.tolist(), strict=True) if missing))
    if not new:
        return table
    all_labels = dict(table.labels)
    codes: dict[str, list[int]] = {name: [] for name in SERIES_COLUMNS}
    for key in new:
        for dimension, wanted in zip(DIMENSIONS, key, strict=True):
            known = [label.id for label in all_labels[dimension]]
            if wanted and wanted not in known:
                given = next((label for label in labels.get(dimension, ()) if label.id == wanted), None)
                if given is None:
                    raise refuse("The new series names “{label}”, which the table does not know.", label=wanted)
                all_labels[dimension] = (*all_labels[dimension], given)
                known.append(wanted)
            elif dimension == "measure" and not wanted:
                raise refuse("A series needs a measure.")
            codes[dimension].append(known.index(wanted) if wanted else -1)
        codes["unit"].append(unit)
        codes["source"].append(source)
        codes["place"].append(-1)
    added = np.full(len(new), np.nan)
    return replace(
        table,
        labels=MappingProxyType(all_labels),
        series=Series(
            **{name: frozen(np.concatenate([table.series.codes(name), codes_of(new)])) for name, new in codes.items()}
        ),
        values=tuple(blocks_of(np.concatenate([table.column(at), added])) for at in range(len(table.values))),
    )
