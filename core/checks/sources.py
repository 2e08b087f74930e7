"""Two tables that give the same series: other units, other numbers, single cells that differ, and joined series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from core.checks.agreement import suits
from core.checks.finding import Finding, Level, Spot
from core.checks.listing import more, strongest
from core.checks.registry import limit, project_check
from core.checks.slips import slip_of, tenfold
from core.checks.view import CHUNK, Mask, Positions, View, number, percent
from core.project import Project
from core.table import DIMENSIONS, Floats
from core.text import Text, text


@dataclass(frozen=True, eq=False, slots=True)
class Pair:
    """Two tables and the series that both have, position by position; periods likewise."""

    one: View
    two: View
    first: Positions
    second: Positions
    periods: tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Ratios:
    """Logs of the ratios of two tables (series × shared periods), and how they deviate from their usual level."""

    pair: Pair
    logs: Floats
    level: Floats
    rounding: Floats
    off: Mask
    noise: float

    @property
    def known(self) -> Mask:
        return np.isfinite(self.logs)


@project_check
def sources(views: Sequence[View], _project: Project) -> Iterator[Finding]:
    """The same series in two tables, compared wherever their units can be converted."""
    for one, two in combinations(views, 2):
        pair = shared(one, two)
        if pair is not None:
            yield from _compare(pair)


def shared(one: View, two: View) -> Pair | None:
    """What two tables have in common, the larger of them second; None where that is nothing."""
    if one.table.periods.kind != two.table.periods.kind:
        return None
    if len(one) * one.periods > len(two) * two.periods:
        one, two = two, one
    places = {value: at for at, value in enumerate(two.table.periods.values)}
    periods = tuple((at, places[v]) for at, v in enumerate(one.table.periods.values) if v in places)
    if not periods:
        return None
    known = np.ones(len(one), dtype=np.bool_)
    numbers = [np.zeros(len(view), dtype=np.int64) for view in (one, two)]
    for dimension in DIMENSIONS:
        ids = {label.id: code for code, label in enumerate(two.table.labels[dimension])}
        translated = np.array([*(ids.get(label.id, -2) for label in one.table.labels[dimension]), -1])
        codes = (translated[one.series.codes(dimension)], two.series.codes(dimension))
        known &= codes[0] > -2
        both = np.concatenate([n * (len(ids) + 3) + c + 2 for n, c in zip(numbers, codes, strict=True)])
        both = np.unique(both, return_inverse=True)[1].reshape(-1).astype(np.int64)
        numbers = [both[: len(one)], both[len(one) :]]
    mine = np.flatnonzero(known)
    _, at, second = np.intersect1d(numbers[0][mine], numbers[1], assume_unique=True, return_indices=True)
    first = mine[at]
    bases = [np.array([unit.base for unit in view.table.units])[view.series.unit] for view in (one, two)]
    kept = bases[0][first] == bases[1][second]
    return Pair(one, two, first[kept], second[kept], periods) if kept.any() else None


def _compare(pair: Pair) -> Iterator[Finding]:
    shifted: list[tuple[int, int]] = []
    cells: list[tuple[float, int, int, float]] = []
    joined: list[tuple[float, int, int, bool]] = []
    apart: list[tuple[float, int, float, float]] = []
    for start in range(0, len(pair.first), CHUNK):
        pair.one.tick()
        piece = Pair(
            pair.one, pair.two, pair.first[start : start + CHUNK], pair.second[start : start + CHUNK], pair.periods
        )
        ratios = _ratios(piece)
        restless = _median(np.abs(ratios.logs), ratios.known) >= limit("apart_warning")
        for row in np.flatnonzero(ratios.off.any(axis=1) | (ratios.level != 0) | restless).tolist():
            at = start + row
            power = tenfold(float(np.exp(ratios.level[row])), limit("tenfold_near"))
            if power:
                shifted.append((at, power))
                continue
            values, off, known = ratios.logs[row], ratios.off[row], ratios.known[row]
            split = _joint(values, known, ratios.rounding[row], ratios.noise)
            if split is not None:
                place, earlier, most = split
                joined.append((most, at, place, earlier))
            elif off.any() and off.sum() <= limit("few_off") * known.sum():
                cells += [(abs(values[p] - ratios.level[row]), at, p, values[p]) for p in np.flatnonzero(off).tolist()]
                if ratios.level[row] != 0:
                    calm = known & ~off
                    apart.append((float(np.median(np.abs(values[calm]))), at, *_range(values[calm])))
            else:
                apart.append((float(np.median(np.abs(values[known]))), at, *_range(values[known])))
    yield from _shifted_findings(pair, shifted)
    yield from _joined_findings(pair, joined)
    differing = len(joined) + len(apart)
    revised = differing > max(limit("few_notes"), limit("revised_share") * len(pair.first))
    yield from _cell_findings(pair, cells, revised)
    yield from _apart_findings(pair, apart)


def _range(values: Floats) -> tuple[float, float]:
    sizes = np.abs(np.expm1(values))
    return float(sizes.min()), float(sizes.max())


def _ratios(pair: Pair) -> Ratios:
    """`level` is 0 where the two usually agree; what rounding and the usual noise explain is not off."""
    one, two = pair.one, pair.two
    shape = (len(pair.first), len(pair.periods))
    ratio, rounding = np.full(shape, np.nan), np.zeros(shape)
    for at, (here, there) in enumerate(pair.periods):
        a, b = one.table.column(here)[pair.first], two.table.column(there)[pair.second]
        with np.errstate(divide="ignore", invalid="ignore"):
            quotient = a * one.scale[pair.first] / (b * two.scale[pair.second])
            printed = one.half[pair.first] / np.abs(a) + two.half[pair.second] / np.abs(b)
        fine = np.isfinite(quotient) & (quotient > 0)
        ratio[fine, at] = np.log(quotient[fine])
        rounding[:, at] = np.where(fine, np.minimum(printed, 0.5), 0.0)
    known = np.isfinite(ratio)
    middle = _median(ratio, known)
    steps = np.abs(np.diff(ratio, axis=1))
    noise = np.minimum(_median(steps, np.isfinite(steps)), _median(np.abs(ratio - middle[:, None]), known))
    several = known.sum(axis=1) >= 3
    usual = float(np.median(noise[several])) if several.any() else 0.0
    same = np.maximum(limit("same_source"), limit("source_noise") * 1.4826 * np.maximum(noise, usual))[:, None]
    allowed = same + rounding
    chance = 3 * noise / np.sqrt(np.maximum(known.sum(axis=1), 1))
    agrees = np.abs(middle) <= np.maximum(limit("same_source"), chance) + _median(rounding, known)
    level = np.where(agrees, 0.0, middle)
    with np.errstate(invalid="ignore"):
        off = known & (np.abs(ratio - level[:, None]) > allowed)
    return Ratios(pair, ratio, level, rounding, off, usual)


def _median(values: Floats, known: Mask) -> Floats:
    """Medians by row of what is known, 0 where nothing is."""
    out = np.zeros(len(values))
    some = known.any(axis=1) if values.shape[1] else np.zeros(len(values), dtype=np.bool_)
    if some.any():
        out[some] = np.nanmedian(np.where(known[some], values[some], np.nan), axis=1)
    return out


def _joint(ratios: Floats, known: Mask, rounding: Floats, usual: float) -> tuple[int, bool, float] | None:
    """Where a constant ratio ends: the position, whether it is constant before it, and how far the rest goes.

    None where the ratio is constant on neither side of any position. A side on which the two agree comes first.
    """
    places = np.flatnonzero(known)
    values, printed = ratios[places], rounding[places]
    least, rest = int(limit("joint_constant")), int(limit("joint_rest"))
    found: list[tuple[bool, int, int, bool, float]] = []
    for count in range(least, len(values) - rest + 1):
        for earlier in (True, False):
            cut = count if earlier else len(values) - count
            calm, other = (values[:cut], values[cut:]) if earlier else (values[cut:], values[:cut])
            room, far = (printed[:cut], printed[cut:]) if earlier else (printed[cut:], printed[:cut])
            middle = float(np.median(calm))
            noise = limit("joint_noise") * 1.4826 * max(float(np.median(np.abs(calm - middle))), usual)
            same = min(max(limit("same_source"), noise), limit("apart_warning"))
            away = other - middle
            beyond = np.abs(away) > same + far
            one_sided = abs(float(np.sign(away).sum())) >= limit("joint_share") * len(other)
            agrees = abs(middle) <= same
            if (
                (agrees or count > least)
                and bool((np.abs(calm - middle) <= same + room).all())
                and bool(beyond[0 if earlier else -1])
                and float(beyond.mean()) >= limit("joint_share")
                and one_sided
                and float(np.median(np.abs(away))) >= limit("apart_warning")
            ):
                most = float(np.max(np.abs(np.expm1(away))))
                found.append((agrees, count, int(places[cut]), earlier, most))
    if not found:
        return None
    _, _, place, earlier, most = max(found)
    return place, earlier, most


def _whole(pair: Pair, at: int) -> tuple[Spot, Spot]:
    return pair.one.spot(int(pair.first[at])), pair.two.spot(int(pair.second[at]))


def _shifted_findings(pair: Pair, shifted: list[tuple[int, int]]) -> Iterator[Finding]:
    for power in sorted({power for _, power in shifted}):
        mine = [at for at, each in shifted if each == power]
        what = text(
            "{count} series are {factor} times those of “{two}”.",
            count=len(mine),
            factor=f"{10.0**power:g}",
            two=pair.two.table.title,
        )
        why = text("A constant factor that is a power of ten comes from a wrong unit, such as millions for billions.")
        advice = text("Compare some cells with both sources, and correct the unit of the table that is wrong.")
        spots = tuple(spot for at in mine[:50] for spot in _whole(pair, at))
        where = pair.one.where(int(pair.first[mine[0]])) if len(mine) == 1 else (pair.one.table.title,)
        yield Finding("unit", where, what, Level.ERROR, why, advice, spots)


def _joined_findings(pair: Pair, joined: list[tuple[float, int, int, bool]]) -> Iterator[Finding]:
    for each in strongest(np.array([size for size, *_ in joined])).tolist():
        size, at, place, earlier = joined[each]
        one, two = pair.one, pair.two
        series, other = int(pair.first[at]), int(pair.second[at])
        changed = pair.periods[place:] if earlier else pair.periods[:place]
        name = one.period_name(pair.periods[place][0])
        message = (
            text("From {period} on the series leaves that of “{two}”, which it follows until then.",
                 period=name, two=two.table.title)
            if earlier
            else text("Only from {period} on the series follows that of “{two}”.", period=name, two=two.table.title)
        )  # fmt: skip
        why = text(
            "The ratio of the two is constant on one side; on the other it differs by up to {share}. {ratios}",
            share=percent(size),
            ratios=_listed(pair, at),
        )
        advice = text("Two sources were probably joined. Use one of them for all periods, or do not compare across it.")
        spots = tuple(view.spot(s, p[i]) for i, (view, s) in enumerate(((one, series), (two, other))) for p in changed)
        yield Finding("splice", one.where(series, pair.periods[place][0]), message, Level.WARNING, why, advice, spots)
    yield from more(pair.one, "splice", Level.WARNING, len(joined))


def _listed(pair: Pair, at: int) -> Text:
    shown = []
    for here, there in pair.periods:
        a = pair.one.amounts(here)[pair.first[at]]
        b = pair.two.amounts(there)[pair.second[at]]
        if np.isfinite(a) and np.isfinite(b) and b:
            shown.append(f"{pair.one.period_name(here)}: {a / b:.4f}")
    return text("Ratios: {ratios}.", ratios=tuple(shown[-12:]))


def _cell_findings(pair: Pair, cells: list[tuple[float, int, int, float]], revised: bool) -> Iterator[Finding]:
    for each in strongest(np.array([size for size, *_ in cells])).tolist():
        size, at, place, _ = cells[each]
        yield _cell_finding(pair, size, at, place, revised)
    yield from more(pair.one, "source", Level.WARNING, len(cells))


def _cell_finding(pair: Pair, size: float, at: int, place: int, revised: bool) -> Finding:
    """`revised` is where many series of the two tables differ, so that a digit may differ by a revision."""
    views = (pair.one, pair.two)
    series = (int(pair.first[at]), int(pair.second[at]))
    period = pair.periods[place]
    values = [view.table.value(s, p) for view, s, p in zip(views, series, period, strict=True)]
    there = [
        values[1] * pair.two.scale[series[1]] / pair.one.scale[series[0]],
        values[0] * pair.one.scale[series[0]] / pair.two.scale[series[1]],
    ]
    gains = [suits(view, s, p, float(v)) for view, s, p, v in zip(views, series, period, there, strict=True)]
    suspect = 1 if gains[1] > gains[0] + limit("suspect_lead") else 0
    view, other = views[suspect], views[1 - suspect]
    mine, its = values[suspect], float(there[suspect])
    half = max(
        float(view.half[series[suspect]]),
        float(other.half[series[1 - suspect]] * other.scale[series[1 - suspect]] / view.scale[series[suspect]]),
    )
    slip = slip_of(mine, its, half)
    shown = {
        "value": number(mine),
        "other": number(float(f"{its:.10g}")),
        "table": other.table.title,
        "share": percent(abs(float(np.expm1(size)))),
    }
    what = (
        text("{value} here, {other} in “{table}”: {share} apart. {slip}", slip=slip, **shown)
        if slip
        else text("{value} here, {other} in “{table}”: {share} apart.", **shown)
    )
    why = text("In the other periods the two usually agree within {share}. {ratios}",
               share=percent(_calm(pair, at, place)), ratios=_listed(pair, at))  # fmt: skip
    advice = text("Compare both cells with their sources, and correct the one that is wrong.")
    large = size >= limit("apart_warning")
    level = Level.ERROR if slip and large and not revised else Level.WARNING if large else Level.NOTE
    spots = (view.spot(series[suspect], period[suspect]), other.spot(series[1 - suspect], period[1 - suspect]))
    return Finding("source", view.where(series[suspect], period[suspect]), what, level, why, advice, spots)


def _calm(pair: Pair, at: int, place: int) -> float:
    """The median difference in the other periods."""
    sizes = []
    for each, (here, there) in enumerate(pair.periods):
        a, b = pair.one.amounts(here)[pair.first[at]], pair.two.amounts(there)[pair.second[at]]
        if each != place and np.isfinite(a) and np.isfinite(b) and b:
            sizes.append(abs(a / b - 1))
    return float(np.median(sizes)) if sizes else 0.0


def _apart_findings(pair: Pair, apart: list[tuple[float, int, float, float]]) -> Iterator[Finding]:
    for each in strongest(np.array([size for size, *_ in apart])).tolist():
        size, at, low, high = apart[each]
        spread = percent(high) if percent(low) == percent(high) else f"{percent(low)}–{percent(high)}"
        what = text("The series differs from that of “{two}” by {spread}.", two=pair.two.table.title, spread=spread)
        why = text("It differs throughout, not in single cells. {ratios}", ratios=_listed(pair, at))
        advice = text("The two count differently or are of another vintage. Do not mix them in one index.")
        level = Level.WARNING if size >= limit("apart_warning") else Level.NOTE
        where = pair.one.where(int(pair.first[at]))
        yield Finding("disagreement", where, what, level, why, advice, _whole(pair, at))
    yield from more(pair.one, "disagreement", Level.WARNING, len(apart))
