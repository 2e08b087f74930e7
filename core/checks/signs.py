"""Flows that cannot be: below zero, above the world, above their total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.listing import more, strongest
from core.checks.parts import WHOLES, members
from core.checks.registry import limit, table_check
from core.checks.view import Positions, View, number, percent
from core.text import text

_MARKED = 200
"""So many series are named by one finding about many."""


@table_check
def negative_flows(view: View) -> Iterator[Finding]:
    """Exports and imports below zero: a whole series with the sign of a debit, or single cells."""
    cells: list[tuple[int, int]] = []
    turned: list[int] = []
    for chunk in view.chunks(np.flatnonzero(view.measured("flow", "quantity"))):
        values = view.matrix(chunk)
        negative = values < 0
        most = negative.sum(axis=1) > 0.5 * np.isfinite(values).sum(axis=1)
        turned += chunk[most].tolist()
        rows, periods = np.nonzero(negative & ~most[:, None])
        cells += zip(chunk[rows].tolist(), periods.tolist(), strict=True)
    together = _turned_together(view, turned)
    if together is not None:
        yield together
        turned = []
    for series in turned[: int(limit("most_findings"))]:
        first = int(np.flatnonzero(view.table.row(series) < 0)[0])
        what = text("{value} is below zero, as is most of the series.", value=number(view.table.value(series, first)))
        why = text("Balance-of-payments tables often print debits with a minus; indices need them without it.")
        advice = text("Reverse the signs of the series.")
        spots = (view.spot(series), view.spot(series, first))
        yield Finding("negative", view.where(series), what, Level.WARNING, why, advice, spots)
    yield from more(view, "negative", Level.WARNING, len(turned))
    sizes = np.array([-view.table.value(*cell) * view.scale[cell[0]] for cell in cells])
    for at in strongest(sizes).tolist():
        series, period = cells[at]
        value, row = view.table.value(series, period), view.table.row(series)
        near = np.delete(np.abs(row[max(0, period - 2) : period + 3]), min(period, 2))
        near = near[np.isfinite(near)]
        usual = float(np.median(near)) if len(near) else np.nan
        fits = bool(usual > 0 and abs(np.log(-value / usual)) < limit("sign_fits"))
        what = text("{value} is below zero.", value=number(value))
        why = (
            text("Its neighbours are about {usual}: only the sign does not fit.", usual=number(float(f"{usual:.4g}")))
            if fits
            else text("Exports and imports below zero exist only net of returns and refunds.")
        )
        advice = text("Compare with the source, and take the minus away where it was mistyped.")
        level = Level.ERROR if fits else Level.WARNING
        yield Finding("negative", view.where(series, period), what, level, why, advice, (view.spot(series, period),))
    yield from more(view, "negative", Level.WARNING, len(cells))


def _turned_together(view: View, turned: list[int]) -> Finding | None:
    """One finding where most series of a measure have the sign of a debit; None where only some have."""
    if len(turned) < limit("few_notes"):
        return None
    measure = view.series.measure
    if len(set(measure[turned].tolist())) > 1 or 2 * len(turned) <= int((measure == measure[turned[0]]).sum()):
        return None
    what = text(
        "{measure} are below zero in {count} series.", measure=view.name("measure", turned[0]), count=len(turned)
    )
    why = text("Balance-of-payments tables often print debits with a minus; indices need them without it.")
    advice = text("Reverse the signs of the series.")
    spots = tuple(view.spot(each) for each in turned[:_MARKED])
    return Finding("negative", (view.table.title,), what, Level.WARNING, why, advice, spots)


@table_check
def above_whole(view: View) -> Iterator[Finding]:
    """A reporter above the world, a sector above the total."""
    for dimension, role in WHOLES:
        whole, part = members(view, dimension, role)
        if not (len(whole) and len(part)):
            continue
        flow = view.measured("flow", "quantity")
        whole, part = whole[flow[whole]], part[flow[part]]
        others = [each for each in ("reporter", "partner", "sector", "measure") if each != dimension]
        groups = view.groups(*others) * len(view.table.units) + _base(view)
        keys, first = np.unique(groups[whole], return_index=True)
        if not len(keys):
            continue
        at = np.minimum(np.searchsorted(keys, groups[part]), len(keys) - 1)
        fits = keys[at] == groups[part]
        yield from _above(view, dimension, part[fits], whole[first[at[fits]]])


def _base(view: View) -> Positions:
    bases = [unit.base for unit in view.table.units]
    return np.array([bases.index(base) for base in bases], dtype=np.int64)[view.series.unit]


def _above(view: View, dimension: str, part: Positions, whole: Positions) -> Iterator[Finding]:
    half = view.half * view.scale
    found: list[tuple[float, int, int]] = []
    often = np.zeros(len(part), dtype=np.int64)
    for period in range(view.periods):
        view.tick()
        amounts = view.amounts(period)
        room = amounts[whole] * (1 + limit("near_total")) + half[part] + half[whole]
        over = np.flatnonzero((amounts[part] > room) & (amounts[whole] >= 0))
        often[over] += 1
        with np.errstate(divide="ignore"):
            found += [(float(amounts[part[each]] / amounts[whole[each]]), int(each), period) for each in over]
    kind = "above world" if dimension != "sector" else "above total"
    together: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    place = view.groups("reporter", "partner")
    for cell in found:
        together[int(place[part[cell[1]]])].append(cell)
    groups = [sorted(cells, reverse=True) for cells in together.values()]
    for at in strongest(np.array([cells[0][0] for cells in groups])).tolist():
        ratio, each, period = groups[at][0]
        series, larger = int(part[each]), int(whole[each])
        what = text(
            "{value} is more than {whole}, which stands for all of “{name}”.",
            value=view.with_unit(series, view.table.value(series, period)),
            whole=view.with_unit(larger, view.table.value(larger, period)),
            name=view.name(dimension, larger),
        )
        why = text(
            "A part is {share} of its whole here, and above it in {often} of {periods} periods.",
            share=percent(ratio) if np.isfinite(ratio) else "∞",
            often=int(often[each]),
            periods=view.periods,
        )
        if len(groups[at]) > 1:
            what = text("{count} numbers are more than their whole: {value} against {whole}, which stands for all of "
                        "“{name}”.", count=len(groups[at]), **what.values)  # fmt: skip
        advice = text("Compare both with the source: a digit, the unit or the coverage of one of them is wrong.")
        cells = [(int(row[each]), period) for _, each, period in groups[at][:_MARKED] for row in (part, whole)]
        spots = tuple(dict.fromkeys(view.spot(*cell) for cell in cells))
        yield Finding(kind, view.where(series, period), what, Level.ERROR, why, advice, spots)
    yield from more(view, kind, Level.ERROR, len(groups))
