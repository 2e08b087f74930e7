"""The same twice: labels of one name, series with the same numbers, periods copied from the one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.listing import more
from core.checks.registry import limit, table_check
from core.checks.view import Mask, Positions, View, number
from core.measures import plain
from core.sectors import nested
from core.table import DIMENSIONS, Floats
from core.text import LANGUAGES, text

_MARKED = 50
"""So many series or cells are named by one finding about many."""


@table_check
def same_names(view: View) -> Iterator[Finding]:
    """Two labels of a dimension that people cannot tell apart."""
    for dimension in DIMENSIONS:
        called: dict[str, list[int]] = defaultdict(list)
        for code, label in enumerate(view.table.labels[dimension]):
            for name in {plain(label.name.show(language)) for language in LANGUAGES} - {""}:
                called[name].append(code)
        groups = dict.fromkeys(tuple(codes) for codes in called.values() if len(codes) > 1)
        for codes in groups:
            used = [np.flatnonzero(view.series.codes(dimension) == code)[:1] for code in codes]
            series = [int(each[0]) for each in used if len(each)]
            if len(series) < 2:
                continue
            what = text("The name “{name}” stands twice.", name=view.table.labels[dimension][codes[0]].name)
            why = text("Both are counted as different ones, so sums hold the same trade twice if they are one.")
            advice = text("Give one of them another name, or merge the two.")
            spots = tuple(view.spot(each) for each in series)
            yield Finding("duplicate", (view.table.title,), what, Level.WARNING, why, advice, spots)


@table_check
def same_numbers(view: View) -> Iterator[Finding]:
    """Two series of a table with the same numbers in all periods, as a copied column has."""
    rng = np.random.default_rng(0)
    weights = rng.integers(1, 2**63, view.periods, dtype=np.uint64) | np.uint64(1)
    marks = np.zeros(len(view), dtype=np.uint64)
    telling = np.zeros(len(view), dtype=np.bool_)
    for chunk in view.chunks(np.flatnonzero(view.measured("flow", "quantity", "macro", "stated"))):
        values = view.matrix(chunk) + 0.0
        known = np.isfinite(values)
        size = np.where(known, np.abs(values), 0.0)
        large = size > limit("telling_digits") * view.half[chunk][:, None]
        ordered = np.sort(np.where(large, values, np.inf), axis=1)
        distinct = np.isfinite(ordered[:, :1]).sum(axis=1) + (
            (ordered[:, 1:] > ordered[:, :-1]) & np.isfinite(ordered[:, 1:])
        ).sum(axis=1)
        telling[chunk] = distinct >= limit("telling_values")
        bits = np.where(known, values, -1.5).view(np.uint64)
        mixed = bits ^ (bits >> np.uint64(29))
        marks[chunk] = (mixed * weights).sum(axis=1, dtype=np.uint64)
    series = np.flatnonzero(telling)
    order = series[np.argsort(marks[series], kind="stable")]
    same = marks[order[1:]] == marks[order[:-1]]
    place = view.groups("reporter", "partner", "measure")
    copies: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for at in np.flatnonzero(same).tolist():
        first, second = sorted((int(order[at]), int(order[at + 1])))
        if not _is_natural(view, first, second) and np.array_equal(
            view.table.row(first), view.table.row(second), equal_nan=True
        ):
            copies[int(place[first]), int(place[second])].append((first, second))
    for pairs in list(copies.values())[: int(limit("most_findings"))]:
        first, second = pairs[0]
        other = tuple(view.where(first)[1:])
        what = text("All numbers are the same as those of {other}.", other=other)
        if len(pairs) > 1:
            what = text("All numbers of {count} series are the same as those of others: here as those of {other}.",
                        count=len(pairs), other=other)  # fmt: skip
        why = text("Two true series do not agree in every digit of every period.")
        advice = text("Compare with the source: one of the two was probably copied over the other.")
        spots = tuple(view.spot(series) for pair in pairs[:_MARKED] for series in reversed(pair))
        yield Finding("duplicate", view.where(second), what, Level.WARNING, why, advice, spots)
    yield from more(view, "duplicate", Level.WARNING, len(copies))


def _is_natural(view: View, first: int, second: int) -> bool:
    """Whether two series may be the same: groups of the same members, or the two sides of one flow."""
    table = view.table
    labels = [(table.label(each, first), table.label(each, second)) for each in DIMENSIONS]
    if any(a != b and ((a and a.role) or (b and b.role)) for a, b in labels):
        return True
    one, two = table.key(first), table.key(second)
    if one[2] != two[2] and nested((one[2], two[2])):
        return True
    mirrored = one[0] == two[1] and one[1] == two[0] and one[1] != ""
    return mirrored and one[2] == two[2] and one[3] != two[3]


@table_check
def same_period(view: View) -> Iterator[Finding]:
    """All numbers of an economy the same as in the period before, as a copied column has."""
    flows = np.flatnonzero(view.measured("flow"))
    if view.periods < 2 or not len(flows):
        return
    group = view.groups("reporter", "partner")[flows]
    count = int(group.max()) + 1
    many = len(np.unique(group)) > 1
    single: list[tuple[int, int]] = []
    for period in range(1, view.periods):
        view.tick()
        before, now = view.table.column(period - 1)[flows], view.table.column(period)[flows]
        known = np.isfinite(before) & np.isfinite(now) & ((before != 0) | (now != 0))
        same: Mask = known & (before == now) & (np.abs(now) > limit("telling_digits") * view.half[flows])
        equal: Mask = known & (before == now)
        copies = np.bincount(group[same], minlength=count)
        repeats = np.bincount(group[equal], minlength=count)
        share = limit("copied_share")
        whole = (copies >= 3) & (repeats >= share * np.bincount(group[known], minlength=count))
        if many and same.sum() >= 3 and equal.sum() >= share * known.sum():
            yield _copied(view, flows[equal], period, everywhere=True)
            continue
        long = (np.abs(now) > limit("telling_repeat") * view.half[flows]) & _has_digits(now)
        single += [(int(flows[at]), period) for at in np.flatnonzero(same & long & ~whole[group])]
        for each in np.flatnonzero(whole)[: int(limit("most_findings"))]:
            yield _copied(view, flows[equal & (group == each)], period)
    for series, period in single[: int(limit("most_findings"))]:
        what = text("{value} is the same as in the period before.", value=number(view.table.value(series, period)))
        why = text("Numbers of so many digits rarely repeat; the last known one may have been carried forward.")
        advice = text("Check in the source whether the number is an estimate.")
        spots = (view.spot(series, period), view.spot(series, period - 1))
        yield Finding("repeated", view.where(series, period), what, Level.NOTE, why, advice, spots)
    yield from more(view, "repeated", Level.NOTE, len(single))


def _has_digits(values: Floats) -> Mask:
    """Which numbers have more than three digits before the zeros at their end; 640,000,000 has two."""
    size = np.abs(np.where(np.isfinite(values) & (values != 0), values, 1.0))
    leading = size / 10.0 ** (np.floor(np.log10(size)) - 2)
    many: Mask = np.abs(leading - np.rint(leading)) > 1e-6
    return many


def _copied(view: View, series: Positions, period: int, *, everywhere: bool = False) -> Finding:
    first = int(series[0])
    what = text(
        "All {count} numbers are the same as in {before}.",
        count=len(series),
        before=view.period_name(period - 1),
    )
    why = text("The numbers of one period were probably copied into the next.")
    advice = text("Fill the period from the source, or clear it.")
    spots = tuple(view.spot(int(each), at) for each in series[:50] for at in (period, period - 1))
    name = () if everywhere else (view.name("reporter", first),)
    where = (view.table.title, *name, view.period_name(period))
    return Finding("repeated", where, what, Level.WARNING, why, advice, spots)
