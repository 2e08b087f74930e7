"""Units that are not stated or differ, and sizes that no unit explains."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.checks.finding import Finding, Level, Spot, Where
from core.checks.listing import more, strongest
from core.checks.registry import limit, table_check
from core.checks.stated import aligned
from core.checks.view import View, number
from core.measures import measures
from core.panel import inline, measure_name
from core.table import Floats, Table
from core.text import text
from core.units import Unit


def table_findings(table: Table, where: tuple[Where, ...] | None = None) -> Iterator[Finding]:
    """Those of the units of a table: not stated, or more than one currency for one measure."""
    where = (table.title,) if where is None else where
    for code, label in enumerate(table.labels["measure"]):
        mine = np.flatnonzero(table.series.measure == code)
        used, first = np.unique(table.series.unit[mine], return_index=True)
        units = [table.units[each] for each in used.tolist()]
        known = measures().get(label.id)
        if known is None or known.unit != "money":
            continue
        name = inline(measure_name(table, label.id))
        spots = tuple(Spot(table.id, table.key(int(mine[at]))) for at in first)
        if Unit() in units:
            yield Finding(
                "unit",
                where,
                text("The unit of {measure} is not stated.", measure=name),
                Level.WARNING,
                text("Without a unit the numbers cannot be compared with those of another table."),
                text("Look the unit up in the source and write it into the table."),
                tuple(each for each, unit in zip(spots, units, strict=True) if unit == Unit()),
            )
        bases = tuple(dict.fromkeys(unit.base for unit in units if unit.is_money))
        if len(bases) > 1:
            yield Finding(
                "unit",
                where,
                text("The units of {measure} differ: {units}.", measure=name, units=bases),
                Level.WARNING,
                text("Shares and sums need one currency; series in another one are left out."),
                text("Convert the series to one currency, or keep them in two tables."),
                spots,
            )


@table_check
def units(view: View) -> Iterator[Finding]:
    """Units not stated, several currencies, exports many times the gross domestic product."""
    yield from table_findings(view.table)
    yield from _far_apart(view)
    yield from _above_gdp(view)


def _far_apart(view: View) -> Iterator[Finding]:
    """Exports and imports that differ by hundreds of times throughout."""
    exports, imports = aligned(view, "exports", "imports")
    if len(exports) < limit("far_apart_series"):
        return
    ratios: list[Floats] = []
    for period in range(view.periods):
        amounts = view.amounts(period)
        quotient = amounts[exports] / amounts[imports]
        ratios.append(np.log10(quotient[np.isfinite(quotient) & (quotient > 0)]))
    known = np.concatenate(ratios)
    typical = float(np.median(known)) if len(known) else 0.0
    if abs(typical) < limit("far_apart"):
        return
    larger, smaller = (exports, imports) if typical > 0 else (imports, exports)
    what = text(
        "{larger} are about {factor} times {smaller} throughout.",
        larger=view.name("measure", int(larger[0])),
        smaller=inline(view.name("measure", int(smaller[0]))),
        factor=f"{10 ** round(abs(typical)):,}",
    )
    why = text("No group of economies or sectors trades hundreds of times more one way than the other.")
    spots = tuple(view.spot(int(each)) for each in (*larger[:10], *smaller[:10]))
    advice = text("Check the units of both series.")
    yield Finding("unit", (view.table.title,), what, Level.WARNING, why, advice, spots)


def _above_gdp(view: View) -> Iterator[Finding]:
    code = view.table.code("measure", "gdp")
    if code is None:
        return
    product = np.flatnonzero(view.series.measure == code)
    flows = np.flatnonzero(view.measured("flow"))
    bases = [unit.base for unit in view.table.units]
    base = np.array([bases.index(each) for each in bases])[view.series.unit]
    keys = view.series.reporter.astype(np.int64) * (len(bases) + 1) + base
    known, first = np.unique(keys[product], return_index=True)
    if not (len(known) and len(flows)):
        return
    at = np.minimum(np.searchsorted(known, keys[flows]), len(known) - 1)
    fits = known[at] == keys[flows]
    flows, product = flows[fits], product[first[at[fits]]]
    most, when = np.zeros(len(flows)), np.zeros(len(flows), dtype=np.int64)
    for period in range(view.periods):
        amounts = view.amounts(period)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.nan_to_num(amounts[flows] / amounts[product], nan=0.0, posinf=0.0)
        larger = ratio > most
        most[larger], when[larger] = ratio[larger], period
    found = np.flatnonzero(most > limit("above_gdp"))
    for each in strongest(most[found]).tolist():
        row = int(found[each])
        series, period = int(flows[row]), int(when[row])
        what = text(
            "{measure} are {factor} times the gross domestic product.",
            measure=view.name("measure", series),
            factor=number(float(f"{most[row]:.3g}")),
        )
        why = text("Even the largest ports trade only a few times what their economy produces.")
        advice = text("Check the units of both series.")
        spots = (view.spot(series, period), view.spot(int(product[row]), period))
        yield Finding("unit", view.where(series, period), what, Level.WARNING, why, advice, spots)
    yield from more(view, "unit", Level.WARNING, len(found))
