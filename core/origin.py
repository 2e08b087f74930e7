"""Where the numbers of a table stand in the files that they were imported from, in little more room than a row each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class OriginSheet:
    """A sheet that was imported: the name of its file without the folder, its own name, and its mapping as JSON."""

    file: str
    sheet: str
    mapping: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Area:
    """Cells of one sheet, for some series (by their places, rising) and some periods (by their values).

    `rows`, `columns` and `counts` are arrays of periods × series in which either axis may have the length 1, because
    one row holds all years or one column all economies. Rows and columns count from 0, −1 is no cell. `counts` says
    how many numbers were added up for a place. `without` lists (place, period) that are not from here after all.
    """

    sheet: int
    places: Numbers
    periods: Numbers
    rows: Numbers
    columns: Numbers
    counts: Numbers
    without: Numbers = field(default_factory=lambda: np.empty((0, 2), dtype=np.int32))

    def find(self, place: int, period: int) -> tuple[int, int, int] | None:
        """Row, column and count for a series and a period, or None."""
        series = int(np.searchsorted(self.places, place))
        if series == len(self.places) or self.places[series] != place:
            return None
        column = np.flatnonzero(self.periods == period)
        if not len(column) or bool(((self.without[:, 0] == place) & (self.without[:, 1] == period)).any()):
            return None
        found = (_at(each, int(column[0]), series) for each in (self.rows, self.columns, self.counts))
        row, cell, count = found
        return None if count == 0 or (row < 0 and count == 1) else (row, cell, count)


@dataclass(frozen=True, eq=False, slots=True)
class Origin:
    """One import: its sheets, where its numbers stand, and the closing report as JSON."""

    sheets: tuple[OriginSheet, ...]
    areas: tuple[Area, ...] = ()
    report: Mapping[str, Any] = field(default_factory=dict)

    def with_period(self, period: int, to: int) -> Origin:
        """The origin after a period of its table was given another value."""
        return replace(self, areas=tuple(_with_period(area, period, to) for area in self.areas))

    def without_periods(self, periods: Iterable[int]) -> Origin:
        """The origin of a table without these periods: one that comes again later is not from here."""
        areas = self.areas
        for period in periods:
            areas = tuple(_with_period(area, period, _GONE) for area in areas)
        return replace(self, areas=areas)

    def without_cells(self, cells: Numbers) -> Origin:
        """The origin after a person wrote other numbers: `cells` lists their (place, period)."""
        return replace(self, areas=tuple(_without_cells(area, cells) for area in self.areas))


_GONE = -np.iinfo(np.int32).max
"""The period of numbers whose period was removed."""


def compact(array: Numbers, free: NDArray[np.bool_] | None = None) -> Numbers:
    """An array of periods × series without an axis along which it says the same; where it is `free`, it may say more.

    Nothing else may: a number that a person writes where the file has none is not from there.
    """
    for axis in (0, 1):
        if array.shape[axis] > 1 and array.size:
            most = array.max(axis=axis, keepdims=True)
            same = array == most
            if bool((same if free is None else same | free).all()):
                array = most
                free = None if free is None else np.asarray(free.all(axis=axis, keepdims=True), dtype=np.bool_)
    result = np.ascontiguousarray(array, dtype=np.int32)
    result.setflags(write=False)
    return result


def _with_period(area: Area, period: int, to: int) -> Area:
    if period not in area.periods:
        return area
    without = area.without.copy()
    without[without[:, 1] == period, 1] = to
    periods = np.where(area.periods == period, to, area.periods).astype(np.int32)
    for array in (periods, without):
        array.setflags(write=False)
    return replace(area, periods=periods, without=without)


def _without_cells(area: Area, cells: Numbers) -> Area:
    inside = cells[np.isin(cells[:, 0], area.places) & np.isin(cells[:, 1], area.periods)]
    if not len(inside):
        return area
    without = np.concatenate([area.without, inside])
    without.setflags(write=False)
    return replace(area, without=without)


def _at(array: Numbers, period: int, series: int) -> int:
    return int(array[period if array.shape[0] > 1 else 0, series if array.shape[1] > 1 else 0])
