"""Numbers that are not there: gaps within series, zeros that stand for missing numbers, periods left out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.listing import more
from core.checks.registry import limit, table_check
from core.checks.view import Mask, Positions, View, number
from core.table import Floats
from core.text import text


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
    why = text("Both its neighbours have numbers. Growth and averages skip the gap or stop there.")
    advice = text("Fill it from the source, or say that the source has none.")
    for series, period in missing[: int(limit("most_findings"))]:
        spot = view.spot(series, period)
        what = text("The number is missing.")
        yield Finding("gap", view.where(series, period), what, Level.NOTE, why, advice, (spot,))
    yield from more(view, "gap", Level.NOTE, len(missing))
    for series, period in zero[: int(limit("most_findings"))]:
        row = view.table.row(series)
        what = text(
            "0 stands between {before} and {after}.", before=number(row[period - 1]), after=number(row[period + 1])
        )
        why_zero = text("Trade of this size does not stop for one period: the zero probably means “missing”.")
        advice_zero = text("Clear the cell where the source has no number; zero and missing are computed differently.")
        spot = view.spot(series, period)
        own, _ = view.weights(np.array([series]), period - 1)
        slight = row[period - 1] * view.scale[series] < limit("material_own") * own[0]
        level = Level.NOTE if slight else Level.WARNING
        yield Finding("gap", view.where(series, period), what, level, why_zero, advice_zero, (spot,))
    yield from more(view, "gap", Level.NOTE, len(zero))


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
