"""What a source states beside exports and imports: their balance, their sum and their growth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.checks.agreement import Agreement, level_of, likeliest
from core.checks.finding import Finding, Level
from core.checks.listing import more, strongest
from core.checks.registry import limit, table_check
from core.checks.view import Positions, View, number, percent
from core.panel import inline
from core.table import Floats
from core.text import Text, text

_SUMS = (("stated_balance", -1.0), ("stated_trade", 1.0))
_GROWTH = ("exports", "imports", "trade")


@table_check
def stated_sums(view: View) -> Iterator[Finding]:
    """Columns of exports minus imports and of exports plus imports that are not what the two give."""
    for stated, sign in _SUMS:
        columns, exports, imports = aligned(view, stated, "exports", "imports")
        if len(columns):
            yield from _Column(view, columns, exports, imports, sign).findings()


@dataclass(frozen=True, eq=False)
class _Column:
    """A stated column beside exports and imports; series that belong together stand at the same position."""

    view: View
    stated: Positions
    exports: Positions
    imports: Positions
    sign: float

    def findings(self) -> Iterator[Finding]:
        view, half = self.view, self.view.half * self.view.scale
        tolerance = half[self.stated] + half[self.exports] + half[self.imports]
        shape = (len(self.stated), view.periods)
        gap, size = np.empty(shape), np.empty(shape)
        for period in range(view.periods):
            amounts = view.amounts(period)
            computed = amounts[self.exports] + self._signs * amounts[self.imports]
            gap[:, period] = amounts[self.stated] - computed
            size[:, period] = np.abs(amounts[self.exports]) + np.abs(amounts[self.imports])
        agreement = Agreement(gap, np.repeat(tolerance[:, None], view.periods, axis=1), size)
        if not agreement.known.any():
            return
        yield from self._rounding(agreement)
        if agreement.usual(agreement.exact):
            series, periods = np.nonzero(agreement.known & ~agreement.exact)
            for at in strongest(agreement.relative[series, periods]).tolist():
                yield self._exception(agreement, int(series[at]), int(periods[at]))
            yield from more(view, "stated", Level.WARNING, len(series))
        else:
            yield self._systematic(agreement)

    @cached_property
    def _signs(self) -> Floats:
        """How imports count: those that are printed as debits, below zero, have the minus already."""
        values = self.view.matrix(self.imports)
        debits = (values < 0).sum(axis=1) > 0.5 * np.isfinite(values).sum(axis=1)
        return np.where(debits, -self.sign, self.sign)

    def _computed(self, at: int, period: int) -> float:
        amounts = self.view.amounts(period)
        amount = amounts[self.exports[at]] + self._signs[at] * amounts[self.imports[at]]
        return float(amount / self.view.scale[self.stated[at]])

    def _what(self, at: int, period: int) -> tuple[str, str]:
        return number(self._computed(at, period)), number(self.view.table.value(int(self.stated[at]), period))

    def _formula(self) -> Text:
        return text("exports plus imports") if self.sign > 0 else text("exports minus imports")

    def _rounding(self, agreement: Agreement) -> Iterator[Finding]:
        view = self.view
        series, periods = np.nonzero(agreement.rounded)
        why = text("The numbers are printed rounded, and the gap is within what that can add up to.")
        advice = text("Nothing needs to be done. Indices are computed from exports and imports, not from this column.")
        places = list(zip(series.tolist(), periods.tolist(), strict=True))
        if len(places) > limit("few_notes"):
            what = text(
                "In {count} places “{column}” differs from {formula} by rounding.",
                count=len(places),
                column=view.name("measure", int(self.stated[0])),
                formula=self._formula(),
            )
            spots = tuple(view.spot(int(self.stated[at]), period) for at, period in places[:50])
            yield Finding("stated", (view.table.title,), what, Level.NOTE, why, advice, spots)
            return
        for at, period in places:
            computed, stated = self._what(at, period)
            what = text(
                "{formula}: {computed}, the table says {stated}: rounding.",
                formula=_capital(self._formula()),
                computed=computed,
                stated=stated,
            )
            spot = view.spot(int(self.stated[at]), period)
            where = view.where(int(self.stated[at]), period)
            yield Finding("stated", where, what, Level.NOTE, why, advice, (spot,))

    def _exception(self, agreement: Agreement, at: int, period: int) -> Finding:
        view = self.view
        series = [int(each[at]) for each in (self.stated, self.exports, self.imports)]
        gap = float(agreement.gap[at, period])
        amounts = view.amounts(period)
        needed = [amounts[series[0]] - gap, amounts[series[1]] + gap, amounts[series[2]] + self._signs[at] * gap]
        corrected = [float(each / view.scale[one]) for each, one in zip(needed, series, strict=True)]
        order = likeliest(view, [(each, period) for each in series], corrected)
        suspect = series[order[0]]
        computed, stated = self._what(at, period)
        what = text(
            "{formula}: {computed}, but the table says {stated}.",
            formula=_capital(self._formula()),
            computed=computed,
            stated=stated,
        )
        why = text(
            "The gap of {gap} is more than rounding explains ({tolerance}); {agreeing} of {known} places agree.",
            gap=number(abs(gap) / view.scale[series[0]]),
            tolerance=number(agreement.tolerance[at, period] / view.scale[series[0]]),
            agreeing=int(agreement.exact.sum()),
            known=int(agreement.known.sum()),
        )
        advice = text(
            "Compare with the source. Most likely “{name}” is wrong: {value} would have to be about {corrected}.",
            name=view.name("measure", suspect),
            value=number(view.table.value(suspect, period)),
            corrected=number(corrected[order[0]]),
        )
        spots = tuple(view.spot(series[each], period) for each in order)
        level = level_of(float(agreement.relative[at, period]))
        return Finding("stated", view.where(suspect, period), what, level, why, advice, spots)

    def _systematic(self, agreement: Agreement) -> Finding:
        view, off = self.view, agreement.known & ~agreement.exact
        what = text(
            "“{column}” differs from {formula} in {off} of {known} places, by up to {share}.",
            column=view.name("measure", int(self.stated[0])),
            formula=self._formula(),
            off=int(off.sum()),
            known=int(agreement.known.sum()),
            share=percent(float(np.max(agreement.relative[off]))),
        )
        why = text("A column that often does not fit was computed from other or revised numbers, or its unit differs.")
        advice = text("Check the unit of the column and what it counts.")
        rows = np.flatnonzero(off.any(axis=1))[:6]
        spots = tuple(view.spot(int(self.stated[each])) for each in rows)
        large = float(np.max(agreement.relative[off])) >= limit("sum_error")
        level = Level.WARNING if large else Level.NOTE
        return Finding("stated", (view.table.title,), what, level, why, advice, spots)


@table_check
def stated_growth(view: View) -> Iterator[Finding]:
    """Columns of growth that are not what the flows of this and the year before give."""
    for name in _GROWTH:
        flow = "stated_trade" if name == "trade" else name
        growth, flows = aligned(view, f"stated_growth_{name}", flow)
        if len(growth):
            for season in view.seasons:
                yield from _growth(view, growth, flows, season)


def _growth(view: View, growth: Positions, flows: Positions, season: Positions) -> Iterator[Finding]:
    values, stated = view.matrix(flows)[:, season], view.matrix(growth)[:, season]
    years = np.array(view.table.periods.values)[season]
    step = {"quarter": 10, "month": 100}.get(view.table.periods.kind, 1)
    follows = np.diff(years) == step
    half = view.half[flows][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = values[:, 1:] / values[:, :-1]
        spread = 100 * np.abs(ratio) * (half / np.abs(values[:, 1:]) + half / np.abs(values[:, :-1]))
    fine = np.isfinite(ratio) & (values[:, :-1] > 0) & follows
    gap: Floats = np.where(fine, stated[:, 1:] - 100 * (ratio - 1), np.nan)
    tolerance = np.where(fine, spread, 0.0) * 1.05 + view.half[growth][:, None]
    agreement = Agreement(gap, tolerance, np.full(gap.shape, 100.0))
    off = agreement.known & ~agreement.exact
    if not off.any():
        return
    if not agreement.usual(agreement.exact):
        first = int(growth[np.flatnonzero(off.any(axis=1))[0]])
        what = text(
            "“{column}” differs from the growth of the flows in {off} of {known} places, by up to {most} points.",
            column=view.name("measure", first),
            off=int(off.sum()),
            known=int(agreement.known.sum()),
            most=number(round(float(np.max(np.abs(gap[off]))), 1)),
        )
        why = text("Growth at constant prices, in another currency or of revised figures is not that of the flows.")
        advice = text("Use the growth that is computed from the flows, and say how the stated one was made.")
        rows = np.flatnonzero(off.any(axis=1))[:6]
        spots = tuple(view.spot(int(growth[each])) for each in rows)
        yield Finding("growth", (view.table.title,), what, Level.NOTE, why, advice, spots)
        return
    rows, columns = np.nonzero(off)
    for at in strongest(np.abs(gap[rows, columns])).tolist():
        row, column = int(rows[at]), int(columns[at])
        before, now = int(season[column]), int(season[column + 1])
        series, flow = int(growth[row]), int(flows[row])
        what = text(
            "Stated growth is {stated}%, but {measure} grew by {computed}%.",
            stated=number(stated[row, column + 1]),
            measure=inline(view.name("measure", flow)),
            computed=number(round(float(100 * (ratio[row, column] - 1)), 1)),
        )
        why = text(
            "From {before} to {now} the gap is {gap} points; rounding explains {tolerance}.",
            before=number(values[row, column]),
            now=number(values[row, column + 1]),
            gap=number(round(float(abs(gap[row, column])), 2)),
            tolerance=number(round(float(tolerance[row, column]), 2)),
        )
        advice = text("Compare the growth and the two numbers that it comes from with the source.")
        spots = (view.spot(series, now), view.spot(flow, now), view.spot(flow, before))
        yield Finding("growth", view.where(series, now), what, Level.WARNING, why, advice, spots)
    yield from more(view, "growth", Level.WARNING, len(rows))


def aligned(view: View, *wanted: str) -> tuple[Positions, ...]:
    """The series of some measures that have the same reporter, partner and sector."""
    codes = [view.table.code("measure", each) for each in wanted]
    if None in codes:
        return tuple(np.empty(0, dtype=np.int64) for _ in wanted)
    places = view.groups("reporter", "partner", "sector")
    found = [np.flatnonzero(view.series.measure == code) for code in codes]
    shared = places[found[0]]
    for each in found[1:]:
        shared = np.intersect1d(shared, places[each])
    order = [each[np.argsort(places[each], kind="stable")] for each in found]
    return tuple(each[np.isin(places[each], shared)] for each in order)


def _capital(formula: Text) -> Text:
    return text("Exports plus imports") if formula.message.endswith("plus imports") else text("Exports minus imports")
