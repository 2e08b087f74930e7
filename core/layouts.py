"""Layouts: a table as rows and columns; each cell knows its series and period, each line its header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.headers import Names, Part
from core.table import BLOCK, DIMENSIONS, Floats, Key, Mark, Table
from core.text import Bilingual, text
from core.units import Unit

Numbers = NDArray[np.int64]
Runs = tuple[tuple[int, int], ...]
"""First and last position of each stretch of lines."""
Area = tuple[int, int, int, int]
"""Top row, left column, bottom row and right column, all included."""

PLACE = ("reporter", "partner", "sector")
KINDS = {
    "years_down": ("period", "series"),
    "years_across": ("series", "period"),
    "sectors_measures": ("place", "measure"),
}
"""What a row and what a column is in each layout; a place is a combination of reporter, partner and sector."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a row or a column stands for: a period, or the label ids that its series have in common."""

    key: Key = ("", "", "", "")
    period: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How the lines of one grid become those of another: runs that go (old positions), runs that come (new)."""

    removed_rows: Runs = ()
    inserted_rows: Runs = ()
    removed_columns: Runs = ()
    inserted_columns: Runs = ()

    @property
    def runs(self) -> int:
        """How many stretches of lines come or go; 0 where both grids have the same lines."""
        return sum(map(len, (self.removed_rows, self.inserted_rows, self.removed_columns, self.inserted_columns)))


class Grid:
    """A pure view of a table in one layout: nothing is copied, headers are made for the lines that are asked for."""

    def __init__(self, table: Table, period: int = -1, like: Grid | None = None) -> None:
        """`period` is the position shown by sectors × measures, the last one where there is no such position.

        What a former grid worked out is taken over where the keys of the series are the same objects.
        """
        self.table = table
        self.layout = table.layout
        self.row_kind, self.column_kind = KINDS[table.layout]
        count = len(table.periods.values)
        self.period = period if 0 <= period < count else count - 1
        same = like is not None and _same_keys(like.table, table)
        self._names: Names = like._names if like and same and like.table.labels is table.labels else Names(table)
        self._places: _Places | None = like._places if like and same else None
        if self._places is None and self.row_kind == "place":
            self._places = _Places(table)
        sizes = {"period": count, "series": len(table.series)}
        if self._places is not None:
            sizes |= {"place": len(self._places.first), "measure": len(self._places.measures)}
        self.rows, self.columns = sizes[self.row_kind], sizes[self.column_kind]

    def address(self, row: int, column: int) -> tuple[int, int]:
        """Positions of series and period of a cell; −1 where there is none (and both −1 outside the grid)."""
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            return -1, -1
        if self._places is not None and self.row_kind == "place":
            return self._places.series(row, column), self.period
        return (column, row) if self.row_kind == "period" else (row, column)

    def locate(self, series: int, period: int) -> tuple[int, int]:
        """Row and column of a series in a period; both −1 where this grid does not show it."""
        if not (0 <= series < len(self.table.series) and 0 <= period < len(self.table.periods.values)):
            return -1, -1
        if self._places is not None and self.row_kind == "place":
            if period != self.period:
                return -1, -1
            return int(self._places.row_of[series]), int(self._places.column_of[series])
        return (period, series) if self.row_kind == "period" else (series, period)

    def key(self, row: int, column: int) -> Key:
        """The key of a cell's series: of the one that is there, or of the one that a number would make."""
        rows, columns = self.row_line(row).key, self.column_line(column).key
        return (rows[0] or columns[0], rows[1] or columns[1], rows[2] or columns[2], rows[3] or columns[3])

    def row_line(self, row: int) -> Line:
        """What a row stands for."""
        return self._line(self.row_kind, row)

    def column_line(self, column: int) -> Line:
        """What a column stands for."""
        return self._line(self.column_kind, column)

    def _line(self, kind: str, at: int) -> Line:
        if kind == "period":
            return Line(period=self.table.periods.values[at])
        if kind == "series" or self._places is None:
            return Line(self.table.key(at))
        if kind == "place":
            reporter, partner, sector, _ = self.table.key(int(self._places.first[at]))
            return Line((reporter, partner, sector, ""))
        return Line(("", "", "", self.table.labels["measure"][int(self._places.measures[at])].id))

    def row_header(self, row: int) -> tuple[Part, ...]:
        """The levels of a row's header; dimensions that all series share are left out."""
        return self._header(self.row_kind, row)

    def column_header(self, column: int) -> tuple[Part, ...]:
        """The levels of a column's header."""
        return self._header(self.column_kind, column)

    def _header(self, kind: str, at: int) -> tuple[Part, ...]:
        if kind == "period":
            return (self.table.periods.name(at) or text("Value"),)
        if kind == "series" or self._places is None:
            return self._names.parts(at, self.shown_dimensions)
        if kind == "place":
            return self._names.parts(int(self._places.first[at]), self.shown_dimensions)
        return (self._names.of("measure")[int(self._places.measures[at])],)

    @cached_property
    def shown_dimensions(self) -> tuple[str, ...]:
        """The dimensions that the headers of series or places name, in their order."""
        places = self.row_kind == "place"
        allowed = PLACE if places else DIMENSIONS
        shown = tuple(dimension for dimension in allowed if dimension in self._names.varying)
        if shown:
            return shown
        for dimension in ("sector", "reporter", "partner") if places else ("measure",):
            if dimension in self._names.constant:
                return (dimension,)
        return ()

    @property
    def common(self) -> tuple[Bilingual, ...]:
        """Names of what all series share and no header says."""
        shown = {*self.shown_dimensions, *(["measure"] if self.row_kind == "place" else [])}
        return tuple(
            self._names.of(dimension)[code]
            for dimension, code in self._names.constant.items()
            if dimension not in shown
        )

    def row_unit(self, row: int) -> Unit | None:
        """The unit of a row where it has one and it is not the table's default."""
        return self._unit(self.row_kind, row)

    def column_unit(self, column: int) -> Unit | None:
        """The unit of a column where it has one and it is not the table's default."""
        return self._unit(self.column_kind, column)

    def _unit(self, kind: str, at: int) -> Unit | None:
        if kind == "series":
            code = int(self.table.series.unit[at])
        elif kind == "measure":
            code = int(self._measure_units[at])
        else:
            return None
        unit = self.table.units[max(code, 0)]
        return None if unit == self.table.units[0] else unit

    @cached_property
    def _measure_units(self) -> Numbers:
        """For each column of measures its unit's code, −1 where its series have several."""
        if self._places is None:
            return np.empty(0, dtype=np.int64)
        lowest = np.full(self.columns, len(self.table.units), dtype=np.int64)
        highest = np.full(self.columns, -1, dtype=np.int64)
        np.minimum.at(lowest, self._places.column_of, self.table.series.unit)
        np.maximum.at(highest, self._places.column_of, self.table.series.unit)
        return np.where(lowest == highest, lowest, -1)

    def values(self, area: Area) -> Floats:
        """The numbers of an area; NaN where there is none."""
        top, left, bottom, right = area
        if self._places is not None and self.row_kind == "place":
            series = self._places.many(np.arange(top, bottom + 1), np.arange(left, right + 1))
            column = self.table.column(self.period)
            return np.where(series >= 0, column[np.maximum(series, 0)], np.nan)
        if self.row_kind == "period":
            return np.array([self.table.column(row)[left : right + 1] for row in range(top, bottom + 1)])
        return np.array([self.table.column(at)[top : bottom + 1] for at in range(left, right + 1)]).T

    def series_of(self, area: Area) -> Numbers:
        """Positions of all series that an area shows, rising, each once."""
        top, left, bottom, right = area
        if self._places is not None and self.row_kind == "place":
            rows, columns = self._places.row_of, self._places.column_of
            inside = (rows >= top) & (rows <= bottom) & (columns >= left) & (columns <= right)
            return np.flatnonzero(inside)
        first, last = (left, right) if self.row_kind == "period" else (top, bottom)
        return np.arange(first, last + 1)

    def periods_of(self, area: Area) -> tuple[int, ...]:
        """The periods that an area shows."""
        top, left, bottom, right = area
        values = self.table.periods.values
        if self.row_kind == "place":
            return values[self.period : self.period + 1] if self.period >= 0 else ()
        return values[top : bottom + 1] if self.row_kind == "period" else values[left : right + 1]

    def same_shape(self, other: Grid) -> bool:
        """True where both have the same lines in the same order, so that only numbers and names can differ."""
        difference = self.difference(other)
        return difference is not None and difference.runs == 0

    def difference(self, after: Grid) -> Difference | None:
        """Which lines go and come; None where that does not say it all: another layout, another order."""
        if self.layout != after.layout:
            return None
        rows = self._runs(after, self.row_kind)
        columns = self._runs(after, self.column_kind)
        return None if rows is None or columns is None else Difference(*rows, *columns)

    def _runs(self, after: Grid, kind: str) -> tuple[Runs, Runs] | None:
        if kind == "period":
            old = np.array(self.table.periods.values, dtype=np.int64)
            new = np.array(after.table.periods.values, dtype=np.int64)
        elif _same_keys(self.table, after.table):
            return (), ()
        else:
            dimensions = {"series": DIMENSIONS, "place": PLACE, "measure": ("measure",)}[kind]
            old, new = _comparable(self.table, after.table, dimensions)
            if self._places is not None and after._places is not None and kind != "series":
                old, new = old[self._places.lines(kind)], new[after._places.lines(kind)]
        stays, stayed = np.isin(old, new), np.isin(new, old)
        if not np.array_equal(old[stays], new[stayed]):
            return None
        return _stretches(~stays), _stretches(~stayed)

    def changes(self, after: Grid) -> Iterator[Area]:
        """Areas with other numbers or marks in a grid of the same shape: the same block has not changed."""
        shown = list(zip(self._shown_periods, after._shown_periods, strict=True))
        years, others = self.table.periods.values, after.table.periods.values
        places = self.row_kind == "place"
        if places and (any(years[a] != others[b] for a, b in shown) or not _same_keys(self.table, after.table)):
            yield 0, 0, self.rows - 1, self.columns - 1
            return
        for period, other in shown:
            old, new = self.table.values[period], after.table.values[other]
            if old is not new:
                for number, (a, b) in enumerate(zip(old, new, strict=True)):
                    differs = np.flatnonzero((a != b) & ~(np.isnan(a) & np.isnan(b))) if a is not b else ()
                    if len(differs):
                        yield self._bounds(number * BLOCK + np.asarray(differs), period)
        if self.table.marks is not after.table.marks:
            for period, other in shown:
                for series in _other_marks(self.table, period, after.table, other):
                    row, column = self.locate(series, period)
                    yield row, column, row, column

    @property
    def _shown_periods(self) -> Sequence[int]:
        """Positions of the periods that the grid shows."""
        if self.row_kind == "place":
            return () if self.period < 0 else (self.period,)
        return range(len(self.table.periods.values))

    def _bounds(self, series: Numbers, period: int) -> Area:
        first, last = int(series[0]), int(series[-1])
        if self._places is not None and self.row_kind == "place":
            rows, columns = self._places.row_of[series], self._places.column_of[series]
            return int(rows.min()), int(columns.min()), int(rows.max()), int(columns.max())
        if self.row_kind == "period":
            return period, first, period, last
        return first, period, last, period


class _Places:
    """Rows and columns of sectors × measures. Look-ups by binary search, because most pairs may not exist."""

    def __init__(self, table: Table) -> None:
        number = np.zeros(len(table.series), dtype=np.int64)
        for dimension in PLACE:
            number = number * (len(table.labels[dimension]) + 1) + table.series.codes(dimension) + 1
        _, first, inverse = np.unique(number, return_index=True, return_inverse=True)
        order = np.argsort(first)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        self.first: Numbers = first[order].astype(np.int64)
        self.row_of: Numbers = rank[inverse]
        self.measures, column_of = np.unique(table.series.measure, return_inverse=True)
        self.column_of: Numbers = column_of.astype(np.int64)
        self.first_of_measure = np.unique(table.series.measure, return_index=True)[1]
        cells = self.row_of * len(self.measures) + self.column_of
        self._order = np.argsort(cells)
        self._cells = cells[self._order]

    def series(self, row: int, column: int) -> int:
        wanted = row * len(self.measures) + column
        at = int(self._cells.searchsorted(wanted))
        return int(self._order[at]) if at < len(self._cells) and self._cells[at] == wanted else -1

    def many(self, rows: Numbers, columns: Numbers) -> Numbers:
        wanted = rows[:, None] * len(self.measures) + columns[None, :]
        at = np.minimum(self._cells.searchsorted(wanted), len(self._cells) - 1)
        return np.where(self._cells[at] == wanted, self._order[at], -1)

    def lines(self, kind: str) -> Numbers:
        """A series of each row ("place") or of each column ("measure")."""
        return self.first if kind == "place" else self.first_of_measure


def _same_keys(a: Table, b: Table) -> bool:
    """The same series in the same order, decided by the identity of their codes and the ids of their labels."""
    if a.series is not b.series and any(a.series.codes(each) is not b.series.codes(each) for each in DIMENSIONS):
        return False
    return a.labels is b.labels or all(
        [label.id for label in a.labels[each]] == [label.id for label in b.labels[each]] for each in DIMENSIONS
    )


def _comparable(a: Table, b: Table, dimensions: Sequence[str]) -> tuple[Numbers, Numbers]:
    """One integer for each series of either table, equal exactly where the label ids are equal."""
    numbers = [np.zeros(len(table.series), dtype=np.int64) for table in (a, b)]
    for dimension in dimensions:
        ids = dict.fromkeys(label.id for table in (a, b) for label in table.labels[dimension])
        rank = {label_id: number for number, label_id in enumerate(ids, 1)}
        for at, table in enumerate((a, b)):
            codes = np.array([0, *(rank[label.id] for label in table.labels[dimension])], dtype=np.int64)
            numbers[at] = numbers[at] * (len(ids) + 1) + codes[table.series.codes(dimension) + 1]
    return numbers[0], numbers[1]


def _stretches(mask: NDArray[np.bool_]) -> Runs:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return tuple((int(first), int(end) - 1) for first, end in edges.reshape(-1, 2))


def _other_marks(a: Table, period: int, b: Table, other: int) -> Iterator[int]:
    """The series whose marks differ between a period of one table and one of the other."""
    old = {series: mark for (series, at), mark in a.marks.items() if at == period}
    new = {series: mark for (series, at), mark in b.marks.items() if at == other}
    nothing = Mark("")
    yield from (each for each in old.keys() | new.keys() if old.get(each, nothing) != new.get(each, nothing))
