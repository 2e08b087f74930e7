"""Parts against stated totals: sectors against the total, economies and partners against the world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.checks.agreement import Agreement, level_of, likeliest
from core.checks.finding import Finding, Level
from core.checks.listing import more, strongest
from core.checks.registry import limit, table_check
from core.checks.slips import tenfold
from core.checks.view import Mask, Positions, View, number, percent
from core.measures import summable
from core.panel import inline
from core.sectors import nested
from core.table import Floats
from core.text import Text, text

WHOLES = (("sector", "total"), ("reporter", "world"), ("partner", "world"))


@dataclass(frozen=True, eq=False, slots=True)
class Sums:
    """Sums of parts beside stated wholes: groups × periods. `whole` is a series for each group."""

    view: View
    dimension: str
    whole: Positions
    part: Positions
    group_of_part: Positions
    agreement: Agreement
    sums: Floats

    def members(self, group: int) -> Positions:
        chosen: Positions = self.part[self.group_of_part == group]
        return chosen


@table_check
def parts_of_totals(view: View) -> Iterator[Finding]:
    """Sums of parts that differ from the total that the table states."""
    for dimension, role in WHOLES:
        sums = sums_of(view, dimension, role)
        if sums is None:
            continue
        measure = view.series.measure[sums.whole]
        for code in np.unique(measure):
            yield from _compare(_only(sums, measure == code))


def sums_of(view: View, dimension: str, role: str) -> Sums | None:
    """The wholes that have two or more parts in the table, with the sums of those; None where there are none."""
    whole, part = members(view, dimension, role)
    if not (len(whole) and len(part)):
        return None
    others = [each for each in ("reporter", "partner", "sector", "measure") if each != dimension]
    groups = view.groups(*others) * (len(view.table.units) + 1) + _bases(view)[view.series.unit]
    keys, first = np.unique(groups[whole], return_index=True)
    at = np.searchsorted(keys, groups[part])
    fits = (at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == groups[part])
    part, at = part[fits], at[fits]
    counts = np.bincount(at, minlength=len(keys))
    kept = np.flatnonzero(counts >= 2)
    if not len(kept):
        return None
    renumbered = np.full(len(keys), -1, dtype=np.int64)
    renumbered[kept] = np.arange(len(kept))
    part, group = part[renumbered[at] >= 0], renumbered[at][renumbered[at] >= 0]
    chosen = whole[first[kept]]
    shape = (len(kept), view.periods)
    sums, gap, tolerance, size = (np.empty(shape) for _ in range(4))
    half = view.half * view.scale
    rounding = np.bincount(group, weights=half[part], minlength=len(kept)) + half[chosen]
    for period in range(view.periods):
        view.tick()
        amounts = view.amounts(period)
        sums[:, period] = np.bincount(group, weights=amounts[part], minlength=len(kept))
        gap[:, period] = sums[:, period] - amounts[chosen]
        tolerance[:, period] = rounding
        size[:, period] = amounts[chosen]
    return Sums(view, dimension, chosen, part, group, Agreement(gap, tolerance, size), sums)


def members(view: View, dimension: str, role: str) -> tuple[Positions, Positions]:
    """The series of wholes, and those of parts: no groups, and no code that another one holds already."""
    adds = np.array([summable(label.id) for label in view.table.labels["measure"]], dtype=np.bool_)[view.series.measure]
    labels = view.table.labels[dimension]
    inside = nested(label.id for label in labels) if dimension == "sector" else frozenset()
    counted: Mask = np.array(
        [label.role == "" and label.id not in inside for label in labels] + [False], dtype=np.bool_
    )
    part = adds & counted[view.series.codes(dimension)]
    return np.flatnonzero(adds & view.has_role(dimension, role)), np.flatnonzero(part)


def _bases(view: View) -> Positions:
    """A number for each unit that is equal where two can be converted into each other."""
    bases = [unit.base for unit in view.table.units]
    return np.array([bases.index(base) for base in bases], dtype=np.int64)


def _only(sums: Sums, chosen: Mask) -> Sums:
    kept = np.flatnonzero(chosen)
    at = np.searchsorted(kept, sums.group_of_part)
    mine = (at < len(kept)) & (kept[np.minimum(at, len(kept) - 1)] == sums.group_of_part)
    old = sums.agreement
    agreement = Agreement(old.gap[kept], old.tolerance[kept], old.size[kept])
    return Sums(
        sums.view, sums.dimension, sums.whole[kept], sums.part[mine], at[mine], agreement, sums.sums[kept]
    )  # fmt: skip


def _compare(sums: Sums) -> Iterator[Finding]:
    """The findings of one measure."""
    agreement = sums.agreement
    if not agreement.known.any():
        return
    if agreement.usual(agreement.exact):
        yield from _rounding(sums)
        yield from _exceptions(sums, agreement.known & ~agreement.exact)
    elif agreement.usual(agreement.close):
        yield from _rounding(sums)
        yield from _exceptions(sums, agreement.known & ~agreement.close)
        yield _nearly(sums)
    elif not _is_signed(sums):
        yield from _systematic(sums)


def _rounding(sums: Sums) -> Iterator[Finding]:
    view, agreement = sums.view, sums.agreement
    groups, periods = np.nonzero(agreement.rounded)
    if not len(groups):
        return
    why = text("The numbers are printed rounded, and the gap is within what that can add up to.")
    advice = text("Nothing needs to be done. Sums of the parts and the stated total will differ in the last digit.")
    if len(groups) <= limit("few_notes"):
        for group, period in zip(groups.tolist(), periods.tolist(), strict=True):
            whole = int(sums.whole[group])
            what = text(
                "The parts add up to {sum}, the total says {whole}: rounding.",
                sum=number(sums.sums[group, period] / view.scale[whole]),
                whole=number(view.table.value(whole, period)),
            )
            spot = view.spot(whole, period)
            yield Finding("sum", view.where(whole, period), what, Level.NOTE, why, advice, (spot,))
        return
    largest = float(np.max(agreement.relative[groups, periods]))
    whole = int(sums.whole[groups[0]])
    what = text(
        "In {count} places the parts of {measure} do not quite add up to the total: rounding, at most {share}.",
        count=len(groups),
        measure=inline(view.name("measure", whole)),
        share=percent(largest),
    )
    listed = zip(groups[:50].tolist(), periods[:50].tolist(), strict=True)
    spots = tuple(view.spot(int(sums.whole[group]), period) for group, period in listed)
    yield Finding("sum", (view.table.title,), what, Level.NOTE, why, advice, spots)


def _exceptions(sums: Sums, off: Mask) -> Iterator[Finding]:
    view, agreement = sums.view, sums.agreement
    often = (off & (agreement.relative >= limit("slight_gap"))).sum(axis=1)
    throughout = (often >= limit("joint_constant")) & (often > limit("few_off") * agreement.known.sum(axis=1))
    for group in np.flatnonzero(throughout)[: int(limit("most_findings"))].tolist():
        yield _throughout(sums, group, off[group])
    groups, periods = np.nonzero(off & ~throughout[:, None])
    scores = agreement.relative[groups, periods]
    for at in strongest(scores).tolist():
        yield _exception(sums, int(groups[at]), int(periods[at]))
    yield from more(view, "sum", Level.WARNING, len(groups))


def _throughout(sums: Sums, group: int, off: Mask) -> Finding:
    """A group whose sum is wrong in many periods, while those of the others are right: one finding for all of them."""
    view, agreement, whole = sums.view, sums.agreement, int(sums.whole[group])
    relative = agreement.relative[group, off]
    what = text(
        "In {off} of {known} periods the parts do not add up to the total, by up to {share}.",
        off=int(off.sum()),
        known=int(agreement.known[group].sum()),
        share=percent(float(np.max(relative))),
    )
    why = text("Elsewhere in the table sums and totals agree, so a series is wrong here and not single cells.")
    suspect = wrong_throughout(sums, group)
    spots = [view.spot(whole), *(view.spot(part) for part in sums.members(group).tolist())]
    if suspect is None:
        advice = text("Look for a part that is missing, counted twice or in another unit.")
        where = view.where(whole)
    else:
        series, factor = suspect
        advice = _times_as_large(sums, series, factor)
        spots = [view.spot(series), *(each for each in spots if each != view.spot(series))]
        where = view.where(series)
    level = level_of(float(np.median(relative)))
    return Finding("sum", where, what, level, why, advice, tuple(spots[: int(limit("most_suspects"))]))


def _times_as_large(sums: Sums, series: int, factor: float) -> Text:
    return text(
        "Most likely “{name}” is wrong throughout: it would have to be {factor} times as large.",
        name=sums.view.name(sums.dimension, series),
        factor=f"{factor:,g}",
    )


def wrong_throughout(sums: Sums, group: int) -> tuple[int, float] | None:
    """The part that, taken twice or times a power of ten, closes the gaps of all periods, and that factor."""
    view, gap, rounding = sums.view, sums.agreement.gap[group], sums.agreement.tolerance[group]
    for part in sums.members(group).tolist():
        amounts = view.table.row(part) * view.scale[part]
        fine = np.isfinite(gap) & (amounts > limit("telling_digits") / 4 * view.half[part] * view.scale[part])
        if int(fine.sum()) < limit("joint_constant"):
            continue
        ratios = 1 - gap[fine] / amounts[fine]
        power = tenfold(float(np.median(ratios)))
        factor = 10.0**power if power else 2.0
        room = limit("near_total") * factor + (rounding[fine] + view.half[part] * view.scale[part]) / amounts[fine]
        if bool((np.abs(ratios - factor) <= room).all()):
            return part, factor
    return None


def _exception(sums: Sums, group: int, period: int) -> Finding:
    view, agreement = sums.view, sums.agreement
    whole, gap = int(sums.whole[group]), float(agreement.gap[group, period])
    parts = sums.members(group).tolist()
    cells = [(whole, period), *((part, period) for part in parts)]
    amounts = [agreement.size[group, period] + gap, *(view.amounts(period)[part] - gap for part in parts)]
    corrected = [float(each / view.scale[series]) for each, (series, _) in zip(amounts, cells, strict=True)]
    order = likeliest(view, cells, corrected)
    suspect = cells[order[0]][0]
    relative = float(agreement.relative[group, period])
    known = int(agreement.known.sum())
    what = text(
        "The parts add up to {sum}, the total says {whole}: {share} {direction}.",
        sum=number(sums.sums[group, period] / view.scale[whole]),
        whole=number(view.table.value(whole, period)),
        share=percent(relative),
        direction=text("too much") if gap > 0 else text("too little"),
    )
    why = text(
        "In {agreeing} of {known} places sum and total agree; rounding explains a gap of at most {tolerance} here.",
        agreeing=int((agreement.exact if agreement.usual(agreement.exact) else agreement.close).sum()),
        known=known,
        tolerance=number(agreement.tolerance[group, period] / view.scale[whole]),
    )
    advice = text(
        "Compare with the source. Most likely “{name}” is wrong: {value} would have to be about {corrected}.",
        name=view.name(sums.dimension, suspect),
        value=number(view.table.value(suspect, period)),
        corrected=number(corrected[order[0]]),
    )
    spots = tuple(view.spot(cells[each][0], period) for each in order[: int(limit("most_suspects"))])
    return Finding("sum", view.where(suspect, period), what, level_of(relative), why, advice, spots)


def _nearly(sums: Sums) -> Finding:
    view, agreement = sums.view, sums.agreement
    whole = int(sums.whole[0])
    what = text(
        "The parts of {measure} miss the total by up to {share}, more than rounding explains.",
        measure=inline(view.name("measure", whole)),
        share=percent(float(np.max(agreement.relative[agreement.close]))),
    )
    why = text("Such small gaps come about where a source fills or revises the total and the parts separately.")
    advice = text("Choose in the settings whether totals are the stated ones or the sums of the parts.")
    return Finding("sum", (view.table.title,), what, Level.NOTE, why, advice, (view.spot(whole),))


def _is_signed(sums: Sums) -> bool:
    """Whether a measure can be below zero, so that parts may be larger than their whole."""
    view = sums.view
    measure = view.table.labels["measure"][int(view.series.measure[sums.whole[0]])].id
    return measure == "stated_balance" or bool((sums.agreement.size < 0).any())


def _systematic(sums: Sums) -> Iterator[Finding]:
    """Groups in which sums and wholes differ everywhere: other units, something counted twice, or parts missing."""
    view, agreement = sums.view, sums.agreement
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = sums.sums / agreement.size
    with np.errstate(all="ignore"):
        typical = np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan for row in ratios])
    for group in strongest(np.nan_to_num(np.abs(np.log(np.maximum(typical, 1e-12))), nan=-1.0)).tolist():
        ratio, whole = float(typical[group]), int(sums.whole[group])
        spots = (view.spot(whole), *(view.spot(int(each)) for each in sums.members(group)[:6]))
        power = tenfold(ratio, 0.1)
        if power >= 2 or (power <= -2 and sums.dimension == "sector"):
            what = text("The parts add up to {factor} times the total.", factor=f"{10.0**power:g}")
            why = text("A factor of ten, a hundred or more between sum and total means that their units differ.")
            advice = text("Correct the unit of the total or of the parts.")
            yield Finding("unit", view.where(whole), what, Level.ERROR, why, advice, spots)
        elif ratio > 1 + limit("near_total") * 5:
            what = text("The parts add up to {share} more than the total.", share=percent(ratio - 1))
            why = text("Parts cannot hold more than the total: a group stands beside them, or the total is another.")
            advice = text("Say which labels are groups or totals, or use the sums of the parts instead of the total.")
            yield Finding("sum", view.where(whole), what, Level.WARNING, why, advice, spots)
        elif (suspect := wrong_throughout(sums, group)) is not None and suspect[1] > 2:
            what = text("The parts add up to {share} less than the total.", share=percent(1 - ratio))
            why = text(
                "One part closes the gap of all periods, if it is multiplied by a power of ten: its unit differs."
            )
            advice = _times_as_large(sums, *suspect)
            yield Finding(
                "unit", view.where(suspect[0]), what, Level.ERROR, why, advice, (view.spot(suspect[0]), *spots)
            )
        elif sums.dimension == "sector" and limit("nearly_complete") <= ratio < 1 - limit("near_total"):
            what = text("The parts add up to {share} less than the total.", share=percent(1 - ratio))
            why = text("Either a part is missing in the table, or the total counts more than the parts.")
            advice = text("Sums of the parts and the stated total give different indices. Choose one in the settings.")
            yield Finding("sum", view.where(whole), what, Level.NOTE, why, advice, spots)
