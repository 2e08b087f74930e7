"""Jumps within a series: single cells out of line, breaks of the level that stay, and changes of the unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.joint import joint_growth
from core.checks.listing import more, worst
from core.checks.registry import limit, table_check
from core.checks.slips import tenfold
from core.checks.view import Positions, View, logs, number, percent, times
from core.table import Floats
from core.text import text

_KINDS = ("flow", "quantity", "macro")
_AROUND = 3
"""Periods on each side from which the level before and after a jump is taken."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump (log, beyond the common growth) of a series at a period; `spread` is what it usually moves by."""

    series: int
    before: int
    period: int
    size: float
    spread: float
    years: int = 1
    """How many years the step takes: tables may have each fifth year only."""
    back: int = -1
    """The period in which the series returned to its old level, −1 where it did not."""
    edge: bool = False
    """Whether the period is the first or last, so that only one neighbour speaks."""


@dataclass(frozen=True, eq=False, slots=True)
class Moves:
    """Logs of some series over the periods of a season with the common growth taken out, and their usual spread.

    `years` is how many each step takes, at least 1.
    """

    series: Positions
    season: Positions
    years: Positions
    levels: Floats
    steps: Floats
    spread: Floats


@table_check
def jumps(view: View) -> Iterator[Finding]:
    """Single cells out of line with their neighbours, lasting breaks, and jumps by a power of ten."""
    outliers: list[Jump] = []
    breaks: list[Jump] = []
    series = np.flatnonzero(view.measured(*_KINDS))
    if not view.seasons and view.periods >= 3 and len(series):
        what = text("Jumps within series were not looked for, because the table has days.")
        why = text("Numbers of single days vary by more than a mistake would change them.")
        yield Finding("not checked", (view.table.title,), what, Level.NOTE, why, text("Check them by hand."))
    cells = max(1, len(series) * view.periods)
    stricter = max(0.0, np.log10(cells / limit("many_cells")))
    for season in view.seasons:
        if len(season) < 3:
            continue
        for chunk in view.chunks(series):
            moves = _moves(view, chunk, season)
            found = _outliers(moves, stricter)
            outliers += found
            breaks += _breaks(moves, stricter, {(each.series, each.period) for each in found})
    yield from _outlier_findings(view, outliers, stricter)
    yield from _break_findings(view, breaks, stricter)


def _moves(view: View, series: Positions, season: Positions) -> Moves:
    values = np.array(view.table.periods.values, dtype=np.int64)[season]
    years = np.maximum(1, np.diff(values // {"quarter": 10, "month": 100}.get(view.table.periods.kind, 1)))
    common = view.season_growth(season) + joint_growth(view, season).of(series)
    levels = logs(view.matrix(series)[:, season])
    levels[:, 1:] -= np.cumsum(common, axis=1)
    steps = np.diff(levels, axis=1)
    known = np.isfinite(steps)
    count = known.sum(axis=1)
    kept = np.where(known, steps, 0.0)
    middle = _median(np.where(known, steps, np.inf), count)
    away = np.where(known, np.abs(kept - middle[:, None]), np.inf)
    spread = 1.4826 * _median(away, count)
    usual = 1.4826 * float(np.median(np.abs(steps[known]))) if known.any() else 0.0
    spread = np.where(
        count >= 4, np.maximum(spread, limit("shared_spread") * usual), max(usual, limit("unknown_spread"))
    )
    return Moves(series, season, years, levels, steps, np.maximum(spread, limit("least_spread")))


def _median(filled: Floats, count: Positions) -> Floats:
    """By row, of the first `count` of its sorted values; unknown ones are infinite."""
    ordered = np.sort(filled, axis=1)
    rows = np.arange(len(ordered))
    low, high = np.maximum(count - 1, 0) // 2, np.maximum(count, 1) // 2
    high = np.minimum(high, ordered.shape[1] - 1)
    with np.errstate(invalid="ignore"):
        middle: Floats = (ordered[rows, low] + ordered[rows, high]) / 2
    return np.where(count > 0, middle, 0.0)


def _outliers(moves: Moves, stricter: float) -> list[Jump]:
    """Cells that leave the level of their neighbours and whose neighbours have the same level."""
    steps, spread = moves.steps, moves.spread[:, None]
    found = []
    if steps.shape[1] >= 2:
        up, down = steps[:, :-1], -steps[:, 1:]
        size = (up + down) / 2
        least = np.where(np.sign(up) == np.sign(down), np.minimum(np.abs(up), np.abs(down)), 0.0)
        far = np.maximum(
            limit("outlier_size") * np.minimum(moves.years[:-1], moves.years[1:]),
            (limit("outlier_spread") + stricter) * spread,
        )
        with np.errstate(invalid="ignore"):
            for row, at in np.argwhere(least > far).tolist():
                found.append(_jump(moves, row, at, at + 1, float(size[row, at])))
    end = moves.steps.shape[1]
    for step, beside, before, at, sign in ((0, 1, 1, 0, -1.0), (end - 1, -2, end - 1, end, 1.0)):
        size = moves.steps[:, step]
        with np.errstate(invalid="ignore"):
            least = np.maximum(limit("end_size") * moves.years[step], (limit("end_spread") + stricter) * spread[:, 0])
            rows = np.flatnonzero(np.abs(size) > least).tolist()
        found += [
            replace(_jump(moves, row, before, at, sign * float(size[row])), edge=True)
            for row in rows
            if not _large_next(moves, row, beside)
        ]
    return found


def _large_next(moves: Moves, row: int, at: int) -> bool:
    """Whether the step beside the one at the end is large too, so that the cell between them is the odd one."""
    edge = moves.steps[row, 0 if at == 1 else -1]
    beside = moves.steps[row, at] if moves.steps.shape[1] > 1 else 0.0
    return bool(np.isfinite(beside) and np.sign(beside) == -np.sign(edge) and abs(beside) > abs(edge) / 2)


def _jump(moves: Moves, row: int, before: int, at: int, size: float) -> Jump:
    season = moves.season
    years = int(moves.years[min(before, at)])
    return Jump(int(moves.series[row]), int(season[before]), int(season[at]), size, float(moves.spread[row]), years)


def _breaks(moves: Moves, stricter: float, taken: set[tuple[int, int]]) -> list[Jump]:
    """Jumps after which the level stays, of a row with their return where there is one."""
    steps, levels, spread = moves.steps, moves.levels, moves.spread[:, None]
    with np.errstate(invalid="ignore"):
        large = np.abs(steps) > np.maximum(
            limit("break_note") * moves.years, (limit("break_spread") + stricter) * spread
        )
    found: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row, at in np.argwhere(large).tolist():
        before, after = levels[row, max(0, at + 1 - _AROUND) : at + 1], levels[row, at + 1 : at + 1 + _AROUND]
        before, after = before[np.isfinite(before)], after[np.isfinite(after)]
        if len(before) < 2 or len(after) < 2:
            continue
        jump, step = float(np.median(after) - np.median(before)), float(steps[row, at])
        here = {(int(moves.series[row]), int(moves.season[each])) for each in (at, at + 1)}
        if jump * step > 0 and abs(jump) >= limit("break_stays") * abs(step) and not here & taken:
            found[row].append((at + 1, step))
    lasting: list[Jump] = []
    for row, places in found.items():
        used: set[int] = set()
        for order, (at, step) in enumerate(places):
            if at in used:
                continue
            back = next((late for late, other in places[order + 1 :] if abs(other + step) < 0.5 * abs(step)), -1)
            used.add(back)
            period = int(moves.season[back]) if back >= 0 else -1
            lasting.append(replace(_jump(moves, row, at - 1, at, step), back=period))
    return lasting


def _power(jump: Jump) -> int:
    """The power of ten that a jump is within what the series usually moves by; 0 for none.

    No trade grows thirtyfold in a year and stays there, so beyond that a power that is only near is meant.
    """
    power = float(jump.size / np.log(10))
    if abs(jump.size) < limit("power_spread") * jump.spread:
        return 0
    if abs(jump.size) >= limit("beyond_growth") * jump.years and abs(power - round(power)) <= limit("power_near"):
        return round(power)
    return tenfold(float(np.exp(jump.size)), min(0.25, max(0.2, 3 * jump.spread)))


def _levels(
    view: View, found: list[Jump], sure: float, spreads: float, least: int, stricter: float, *, single: bool = False
) -> list[Level]:
    """How bad jumps are: powers of ten from `least` on are errors; what hardly weighs in its table is a note.

    `single` ones are those of one cell, where no trade goes up thirtyfold and back.
    """
    levels = []
    for jump in found:
        now = abs(view.table.value(jump.series, jump.period) * view.scale[jump.series])
        amount = max(now, now * float(np.exp(-jump.size)))
        own, all_ = view.weights(np.array([jump.series]), jump.period)
        slight = amount < limit("material_own") * own[0] or amount < limit("material_all") * all_[0]
        size = abs(jump.size)
        tenfolds = abs(_power(jump)) >= least
        beyond = single and not jump.edge and size >= limit("beyond_growth") * jump.years
        if not slight and (tenfolds or beyond) and size >= (limit("power_spread") + stricter) * jump.spread:
            levels.append(Level.ERROR)
        elif not slight and (
            (size >= sure * jump.years and size >= spreads * jump.spread)
            or (size >= limit("large_jump") * jump.years and size >= limit("large_spread") * jump.spread)
        ):
            levels.append(Level.WARNING)
        else:
            levels.append(Level.NOTE)
    return levels


def _outlier_findings(view: View, found: list[Jump], stricter: float) -> Iterator[Finding]:
    """One finding for the numbers of an economy and period that are many or the same power of ten away."""
    place = view.groups("reporter", "partner")
    many = Counter((int(place[jump.series]), jump.period) for jump in found)
    together: dict[tuple[int, ...], list[Jump]] = defaultdict(list)
    for jump in found:
        here, power = (int(place[jump.series]), jump.period), _power(jump)
        if many[here] > limit("few_notes"):
            together[here].append(jump)
        else:
            together[(*here, power, 0 if power else jump.series)].append(jump)
    groups = [sorted(group, key=lambda each: -abs(each.size)) for group in together.values()]
    first = [group[0] for group in groups]
    levels = _levels(
        view, first, limit("outlier_warning"), limit("outlier_spread"), 1, stricter, single=True
    )  # fmt: skip
    order = worst(levels, [abs(each.size) for each in first])
    most = int(limit("most_findings"))
    for at in order[:most]:
        jump, level = first[at], levels[at]
        value = view.table.value(jump.series, jump.period)
        power, count = _power(jump), len(groups[at])
        expected = number(float(f"{value * np.exp(-jump.size):.3g}"))
        advice = text("Compare the cell with the source: a digit, the decimal point or the unit may be wrong.")
        if count > 1 and len({_power(each) for each in groups[at]}) > 1:
            what = text("{count} numbers are out of line, as {value}: its neighbours suggest about {expected}.",
                        count=count, value=number(value), expected=expected)  # fmt: skip
            advice = text("Compare the period with the source: its numbers may be those of other series or periods.")
        elif power:
            factor = f"{10 ** abs(power):,}"
            size = text("too large") if power > 0 else text("too small")
            what = text("{value} is about {factor} times {size} beside its neighbours.",
                        value=number(value), factor=factor, size=size)  # fmt: skip
            if count > 1:
                what = text("{count} numbers are about {factor} times {size} beside their neighbours, as {value}.",
                            count=count, value=number(value), factor=factor, size=size)  # fmt: skip
        elif jump.edge:
            what = text("{value} is out of line: the number next to it suggests about {expected}.",
                        value=number(value), expected=expected)  # fmt: skip
            advice = text(
                "Compare the cell with the source. If it is right, a change of the level begins or ends here."
            )
        else:
            what = text("{value} is out of line: its neighbours suggest about {expected}.",
                        value=number(value), expected=expected)  # fmt: skip
        why = text(
            "Beyond the common growth it is {factor} times what stands beside it; usually the series moves by {usual}.",
            factor=times(jump.size),
            usual=percent(float(np.expm1(jump.spread))),
        )
        spots = tuple(view.spot(each.series, each.period) for each in groups[at])
        where = view.where_all(jump.series, jump.period) if count > 1 else view.where(jump.series, jump.period)
        yield Finding("outlier", where, what, level, why, advice, spots)
    if len(order) > most:
        yield from more(view, "outlier", levels[order[most]], len(order))


def _break_findings(view: View, found: list[Jump], stricter: float) -> Iterator[Finding]:
    """One finding for all series of an economy and partner that break in the same period."""
    together: dict[tuple[int, int, int, int], list[Jump]] = defaultdict(list)
    began = _beginnings(view, found)
    for jump in found:
        series = view.series
        place = int(series.reporter[jump.series]), int(series.partner[jump.series])
        together[(*place, began[jump], _power(jump))].append(jump)
    groups = [sorted(group, key=lambda each: -abs(each.size)) for group in together.values()]
    first = [group[0] for group in groups]
    levels = _levels(view, first, limit("break_warning"), limit("break_clear_spread"), 2, stricter)
    order = worst(levels, [abs(each.size) for each in first])
    most = int(limit("most_findings"))
    for at in order[:most]:
        yield _break_finding(view, groups[at], levels[at])
    if len(order) > most:
        yield from more(view, "break", levels[order[most]], len(order))


def _beginnings(view: View, found: list[Jump]) -> dict[Jump, int]:
    """The period in which each break began: those of the quarters or months of a year are one."""
    out: dict[Jump, int] = {}
    before: Jump | None = None
    for jump in sorted(found, key=lambda each: (each.series, each.period)):
        follows = (
            before is not None
            and before.series == jump.series
            and before.size * jump.size > 0
            and jump.period - out[before] < len(view.seasons)
        )
        out[jump] = out[before] if before is not None and follows else jump.period
        before = jump
    return out


def _break_finding(view: View, group: list[Jump], level: Level) -> Finding:
    table, jump = view.table, group[0]
    power = _power(jump)
    spots = tuple(view.spot(each.series, period) for each in group for period in _span(each))
    before, value = table.value(jump.series, jump.before), table.value(jump.series, jump.period)
    values = {"before": number(before), "value": number(value)}
    moved = {"factor": times(jump.size), "usual": percent(float(np.expm1(jump.spread)))}
    shares = _shares(view, jump)
    why = (
        text("Beyond the common growth it is {factor} times the level before; usually the series moves by {usual}.",
             **moved)
        if shares is None
        else text("Beyond the common growth it is {factor} times the level before; usually the series moves by "
                  "{usual}. Its share in all sectors goes from {first} to {second}.",
                  **moved, first=percent(shares[0]), second=percent(shares[1]))
    )  # fmt: skip
    where = view.where(jump.series, jump.period)
    if power:
        what = text("From {before} to {value}: a jump by about {factor}, as by a change of the unit.",
                    **values, factor=f"{10 ** abs(power):,}")  # fmt: skip
        advice = text("Check from which period on the source counts in another unit, and bring all to one.")
        return Finding("unit", where, what, level, why, advice, spots)
    if jump.back >= 0:
        what = text("The level jumps from {before} to {value} and returns in {back}.",
                    **values, back=view.period_name(jump.back))  # fmt: skip
    else:
        what = text("The level jumps from {before} to {value} and stays.", **values)
    advice = text("Look for a change of definition, coverage or source. Say so where you compare across it.")
    return Finding("break", where, what, level, why, advice, spots)


def _span(jump: Jump) -> range:
    return range(jump.period, jump.back if jump.back >= 0 else jump.period + 1)


def _shares(view: View, jump: Jump) -> tuple[float, float] | None:
    """The share in all sectors of the economy before and after; None where the table has no others."""
    series = view.series
    mine = np.flatnonzero(
        (series.reporter == series.reporter[jump.series])
        & (series.partner == series.partner[jump.series])
        & (series.measure == series.measure[jump.series])
    )
    totals = mine[view.has_role("sector", "total")[mine]]
    parts = mine[view.has_role("sector", "")[mine]]
    if jump.series in totals or len(parts) < 2:
        return None
    shares = []
    for period in (jump.before, jump.period):
        amounts = view.amounts(period)
        whole = float(amounts[totals[0]] if len(totals) else amounts[parts].sum())
        shares.append(float(amounts[jump.series]) / whole if whole else np.nan)
    return (shares[0], shares[1]) if np.isfinite(shares).all() else None
