"""Where a number of a table comes from: file, sheet and cell, and what the import said about itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from core.codec import Malformed, decode, encode
from core.files.cells import address
from core.files.mapping import SheetMapping
from core.files.report import Report
from core.origin import Area, OriginSheet
from core.table import Table, frozen


@dataclass(frozen=True, slots=True)
class Trace:
    """The cell that a number was imported from; empty where numbers were added up, and `rows` says how many."""

    file: str
    sheet: str
    cell: str
    rows: int = 1


def trace(table: Table, series: int, period: int) -> Trace | None:
    """Where the number at these positions was imported from; None where it was not, or a person wrote another one."""
    place, value = int(table.series.place[series]), table.periods.values[period]
    if place < 0:
        return None
    for origin in reversed(table.origin):
        for area in reversed(origin.areas):
            found = area.find(place, value)
            if found is not None:
                row, column, count = found
                sheet = origin.sheets[area.sheet]
                cell = address(row, column) if row >= 0 and column >= 0 and count == 1 else ""
                return Trace(sheet.file, sheet.sheet, cell, count)
    return None


def report_of(table: Table) -> Report | None:
    """The closing report of the latest import into the table; None where there was none or it cannot be read."""
    for origin in reversed(table.origin):
        if origin.report:
            try:
                return decode(Report, origin.report)
            except Malformed:
                return None
    return None


def mappings_of(table: Table) -> tuple[tuple[str, str, SheetMapping], ...]:
    """File, sheet and mapping of all that the table was made of. A mapping of a newer version is passed over."""
    found = []
    for sheet in (sheet for origin in table.origin for sheet in origin.sheets):
        try:
            found.append((sheet.file, sheet.sheet, decode(SheetMapping, sheet.mapping)))
        except Malformed:
            continue
    return tuple(found)


def origin_sheet(file: str, sheet: str, mapping: SheetMapping) -> OriginSheet:
    """What a table keeps of a sheet and its mapping. Only the name of the file is kept, never a folder."""
    return OriginSheet(file.replace("\\", "/").rsplit("/", 1)[-1], sheet, encode(mapping))


def with_report(table: Table, report: Report) -> Table:
    """The table with the report of its latest import."""
    *before, last = table.origin
    return replace(table, origin=(*before, replace(last, report=encode(report))))


def with_origin_of(
    table: Table, new: Table, positions: NDArray[np.int64], kept: NDArray[np.bool_] | None = None
) -> Table:
    """A table that took numbers of `new`, with the origin of those as well.

    `positions` says where each series of `new` is in `table`, −1 for nowhere. `kept` (periods × series of `new`) is
    true where the number of `table` stayed. An origin that `table` has goes first.
    """
    if not new.origin:
        return table
    places = table.series.place.copy()
    used = positions >= 0
    unplaced = np.unique(positions[used & (places[positions] < 0)]) if used.any() else positions[:0]
    places[unplaced] = _first_free(table) + np.arange(len(unplaced))
    theirs = np.flatnonzero(used & (new.series.place >= 0))
    number = np.full(int(new.series.place.max(initial=-1)) + 1, -1, dtype=np.int32)
    number[new.series.place[theirs]] = places[positions[theirs]]
    without = _places_kept(new, places, positions, kept)
    added = tuple(
        replace(origin, areas=tuple(area for each in origin.areas if (area := _renumbered(each, number, without))))
        for origin in new.origin
    )
    nowhere = [period for period in new.periods.values if table.period(period) < 0]
    added = tuple(origin.without_periods(nowhere) for origin in added)
    series = replace(table.series, place=frozen(places))
    return replace(table, series=series, origin=(*table.origin, *added))


def _first_free(table: Table) -> int:
    """A place that no series has or had: those that were removed keep theirs."""
    most = [int(table.series.place.max(initial=-1))]
    most += [int(area.places.max(initial=-1)) for origin in table.origin for area in origin.areas]
    return max(most) + 1


def _places_kept(
    new: Table, places: NDArray[np.int32], positions: NDArray[np.int64], kept: NDArray[np.bool_] | None
) -> NDArray[np.int32]:
    if kept is None:
        return np.empty((0, 2), dtype=np.int32)
    period, series = np.nonzero(kept & (positions >= 0))
    values = np.array(new.periods.values, dtype=np.int32)
    return np.stack([places[positions[series]], values[period]], axis=1).astype(np.int32)


def _inside(without: NDArray[np.int32], places: NDArray[np.int32], periods: NDArray[np.int32]) -> NDArray[np.int32]:
    """What of a list of places and periods an area covers; it need not deny the rest."""
    return without[np.isin(without[:, 0], places) & np.isin(without[:, 1], periods)]


def _renumbered(area: Area, number: NDArray[np.int32], without: NDArray[np.int32]) -> Area | None:
    """The area under the places of another table; None where that has none of its series."""
    fits = area.places < len(number)
    places = (
        np.where(fits, number[np.where(fits, area.places, 0)], -1) if len(number) else np.full(len(area.places), -1)
    )
    order = np.argsort(places, kind="stable")
    order = order[places[order] >= 0]
    if not len(order):
        return None
    old = area.without
    own = old[np.isin(old[:, 0], area.places[order])].copy()
    own[:, 0] = number[own[:, 0]] if len(own) else own[:, 0]
    rows, columns, counts = (
        each[:, order] if each.shape[1] > 1 else each for each in (area.rows, area.columns, area.counts)
    )
    return Area(
        area.sheet,
        frozen(places[order].astype(np.int32)),
        area.periods,
        frozen(rows),
        frozen(columns),
        frozen(counts),
        frozen(np.concatenate([own, _inside(without, places[order], area.periods)])),
    )
