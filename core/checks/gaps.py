"""Numbers that are not there: gaps within series, zeros that stand for missing numbers, periods left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.listing import more
from core.checks.registry import limit, table_check
from core.checks.view import Mask, Positions, View, number
from core.table import Floats
from core.text import Text, text

_MARKED = 200
"""So many places are named by one note about many."""


@table_check
def gaps(view: View) -> Iterator[Finding]:
    """Numbers missing inside a series, zeros that stand for missing ones, and periods that the table leaves out."""
    yield from _left_out(view)
    missing: list[tuple[int, int]] = []
    zero: list[tuple[int, int]] = []
    for chunk in view.chunks(np.arange(len(view), dtype=np.int64)):
        values = view.matrix(chunk)
        there = np.isfinite(values)
        inside = _between(there)
        enough = there.sum(axis=1, keepdims=True) > 0.5 * values.shape[1]
        rows, periods = np.nonzero(~there & inside & enough)
        missing += zip(chunk[rows].tolist(), periods.tolist(), strict=True)
        rows, periods = np.nonzero(_sunk(view, values, chunk))
        zero += zip(chunk[rows].tolist(), periods.tolist(), strict=True)
    why = text("Numbers stand before and after it. Growth and averages skip the gap or stop there.")
    advice = text("Fill it from the source, or say that the source has none.")
    if len(missing) > limit("few_notes"):
        what = text("In {count} places numbers are missing between others.", count=f"{len(missing):,}")
        spots = tuple(view.spot(*cell) for cell in missing[:_MARKED])
        yield Finding("gap", (view.table.title,), what, Level.NOTE, why, advice, spots)
    else:
        for series, period in missing:
            what = text("The number is missing.")
            spots = (view.spot(series, period),)
            yield Finding("gap", view.where(series, period), what, Level.NOTE, why, advice, spots)
    usual = _has_zeros(view)
    together: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    place = view.groups("reporter", "partner")
    for cell in zero:
        together[int(place[cell[0]]), cell[1]].append(cell)
    groups = list(together.values())
    if usual and len(groups) > limit("few_notes"):
        what = text("In {count} places 0 stands between other numbers.", count=f"{len(zero):,}")
        why_many = text("The table has many zeros, so most of these are true; some may stand for missing numbers.")
        spots = tuple(view.spot(*cell) for cell in zero[:_MARKED])
        yield Finding("gap", (view.table.title,), what, Level.NOTE, why_many, _zero_advice(), spots)
        return
    for cells in groups[: int(limit("most_findings"))]:
        series, period = cells[0]
        row = view.table.row(series)
        what = text(
            "0 stands between {before} and {after}.", before=number(row[period - 1]), after=number(row[period + 1])
        )
        if len(cells) > 1:
            what = text("{count} numbers are 0 between others, as between {before} and {after}.", count=len(cells),
                        before=number(row[period - 1]), after=number(row[period + 1]))  # fmt: skip
        why_zero = text("Trade of this size does not stop for one period: the zero probably means “missing”.")
        spots = tuple(view.spot(*cell) for cell in cells[:_MARKED])
        own, all_ = view.weights(np.array([series]), period - 1)
        amount = row[period - 1] * view.scale[series]
        slight = amount < limit("material_own") * own[0] or amount < limit("material_all") * all_[0]
        level = Level.NOTE if slight or usual else Level.WARNING
        where = view.where_all(series, period) if len(cells) > 1 else view.where(series, period)
        yield Finding("gap", where, what, level, why_zero, _zero_advice(), spots)
    yield from more(view, "gap", Level.NOTE, len(groups))


def _zero_advice() -> Text:
    return text("Clear the cell where the source has no number; zero and missing are computed differently.")


def _has_zeros(view: View) -> bool:
    """Whether zeros are common in the table, as in lists of partners or of products."""
    flows = np.flatnonzero(view.measured("flow"))
    zeros = known = 0
    for period in range(view.periods if len(flows) else 0):
        column = view.table.column(period)[flows]
        zeros, known = zeros + int((column == 0).sum()), known + int(np.isfinite(column).sum())
    return zeros > limit("zeros_usual") * known


def _between(there: Mask) -> Mask:
    """Which places have a number somewhere before and somewhere behind them."""
    before = np.maximum.accumulate(there, axis=1)
    behind = np.maximum.accumulate(there[:, ::-1], axis=1)[:, ::-1]
    both: Mask = before & behind
    return both


def _sunk(view: View, values: Floats, chunk: Positions) -> Mask:
    """Zeros between numbers that are many times what the last printed digit could hide."""
    out = np.zeros(values.shape, dtype=np.bool_)
    if values.shape[1] >= 3:
        floor = (limit("zero_between") * view.half[chunk])[:, None]
        lumpy = (values == 0).sum(axis=1, keepdims=True) > max(1.0, limit("lumpy") * values.shape[1])
        out[:, 1:-1] = ~lumpy & (values[:, 1:-1] == 0) & (values[:, :-2] > floor) & (values[:, 2:] > floor)
    return out & view.measured("flow", "macro")[chunk][:, None]


def _left_out(view: View) -> Iterator[Finding]:
    """Years that are missing in a table that has each year otherwise."""
    if view.table.periods.kind != "year" or view.periods < 4:
        return
    years = np.array(view.table.periods.values)
    steps = np.diff(years)
    if np.median(steps) != 1:
        return
    for at in np.flatnonzero(steps > 1).tolist():
        missing = tuple(str(each) for each in range(int(years[at]) + 1, int(years[at + 1])))[:10]
        what = text("The table leaves out {periods}.", periods=missing)
        why = text("It has each year otherwise. Growth from {first} to {second} is not that of one year.",
                   first=str(years[at]), second=str(years[at + 1]))  # fmt: skip
        advice = text("Add the missing periods, or read growth across the gap with care.")
        spots = (view.spot(0, at + 1),)
        yield Finding("gap", (view.table.title,), what, Level.NOTE, why, advice, spots)
