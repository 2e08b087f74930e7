"""Jumps within a series: single cells out of line, breaks of the level that stay, and changes of the unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.listing import more, worst
from core.checks.registry import limit, table_check
from core.checks.slips import tenfold
from core.checks.view import Positions, View, logs, number, percent
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
    back: int = -1
    """The period in which the series returned to its old level, −1 where it did not."""


@dataclass(frozen=True, eq=False, slots=True)
class Moves:
    """Logs of some series over the periods of a season with the common growth taken out, and their usual spread."""

    series: Positions
    season: Positions
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
        why = text("Numbers of single days go up and down by more than a mistake does.")
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
    yield from _outlier_findings(view, outliers)
    yield from _break_findings(view, breaks)


def _moves(view: View, series: Positions, season: Positions) -> Moves:
    common = np.concatenate([[0.0], np.cumsum(view.season_growth(season))])
    levels = logs(view.matrix(series)[:, season]) - common
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
    return Moves(series, season, levels, steps, np.maximum(spread, limit("least_spread")))


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
        far = np.maximum(limit("outlier_size"), (limit("outlier_spread") + stricter) * spread)
        with np.errstate(invalid="ignore"):
            for row, at in np.argwhere(least > far).tolist():
                found.append(_jump(moves, row, at, at + 1, float(size[row, at])))
    with np.errstate(invalid="ignore"):
        far = np.maximum(limit("end_size"), (limit("end_spread") + stricter) * spread[:, 0])
        first, last = moves.steps[:, 0], moves.steps[:, -1]
        starts = [row for row in np.flatnonzero(np.abs(first) > far).tolist() if not _large_next(moves, row, 1)]
        ends = [row for row in np.flatnonzero(np.abs(last) > far).tolist() if not _large_next(moves, row, -2)]
    end = moves.steps.shape[1]
    found += [_jump(moves, row, 1, 0, -float(first[row])) for row in starts]
    found += [_jump(moves, row, end - 1, end, float(last[row])) for row in ends]
    return found


def _large_next(moves: Moves, row: int, at: int) -> bool:
    """Whether the step beside the one at the end is large too, so that the cell between them is the odd one."""
    edge = moves.steps[row, 0 if at == 1 else -1]
    beside = moves.steps[row, at] if moves.steps.shape[1] > 1 else 0.0
    return bool(np.isfinite(beside) and np.sign(beside) == -np.sign(edge) and abs(beside) > abs(edge) / 2)


def _jump(moves: Moves, row: int, before: int, at: int, size: float) -> Jump:
    season = moves.season
    return Jump(int(moves.series[row]), int(season[before]), int(season[at]), size, float(moves.spread[row]))


def _breaks(moves: Moves, stricter: float, taken: set[tuple[int, int]]) -> list[Jump]:
    """Jumps after which the level stays, of a row with their return where there is one."""
    steps, levels, spread = moves.steps, moves.levels, moves.spread[:, None]
    with np.errstate(invalid="ignore"):
        large = np.abs(steps) > np.maximum(limit("break_note"), (limit("break_spread") + stricter) * spread)
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

    No trade grows thirtyfold in a year and stays there, so beyond that the nearest power is meant.
    """
    if abs(jump.size) >= limit("beyond_growth"):
        return round(float(jump.size / np.log(10)))
    return tenfold(float(np.exp(jump.size)), min(0.35, max(0.2, 3 * jump.spread)))


def _levels(view: View, found: list[Jump], sure: float, spreads: float, least: int) -> list[Level]:
    """How bad jumps are: powers of ten from `least` on are errors; what hardly weighs in its table is a note."""
    levels = []
    for jump in found:
        now = abs(view.table.value(jump.series, jump.period) * view.scale[jump.series])
        amount = max(now, now * float(np.exp(-jump.size)))
        own, all_ = view.weights(np.array([jump.series]), jump.period)
        slight = amount < limit("material_own") * own[0] or amount < limit("material_all") * all_[0]
        size = abs(jump.size)
        if not slight and abs(_power(jump)) >= least and size >= limit("power_spread") * jump.spread:
            levels.append(Level.ERROR)
        elif not slight and (
            (size >= sure and size >= spreads * jump.spread)
            or (size >= limit("large_jump") and size >= limit("large_spread") * jump.spread)
        ):
            levels.append(Level.WARNING)
        else:
            levels.append(Level.NOTE)
    return levels


def _outlier_findings(view: View, found: list[Jump]) -> Iterator[Finding]:
    levels = _levels(view, found, limit("outlier_warning"), limit("outlier_spread"), 1)
    order = worst(levels, [abs(each.size) for each in found])
    most = int(limit("most_findings"))
    for at in order[:most]:
        jump, level = found[at], levels[at]
        value = view.table.value(jump.series, jump.period)
        power = _power(jump)
        expected = number(float(f"{value * np.exp(-jump.size):.3g}"))
        if power:
            factor = f"{10 ** abs(power):,}"
            size = text("too large") if power > 0 else text("too small")
            what = text("{value} is about {factor} times {size} beside its neighbours.",
                        value=number(value), factor=factor, size=size)  # fmt: skip
        else:
            what = text("{value} is out of line: its neighbours suggest about {expected}.",
                        value=number(value), expected=expected)  # fmt: skip
        why = text(
            "Beyond the common growth it is {factor} times what stands beside it; usually the series moves by {usual}.",
            factor=number(float(f"{np.exp(jump.size):.3g}")),
            usual=percent(float(np.expm1(jump.spread))),
        )
        advice = text("Compare the cell with the source: a digit, the decimal point or the unit may be wrong.")
        spot = view.spot(jump.series, jump.period)
        yield Finding("outlier", view.where(jump.series, jump.period), what, level, why, advice, (spot,))
    if len(order) > most:
        yield from more(view, "outlier", levels[order[most]], len(order))


def _break_findings(view: View, found: list[Jump]) -> Iterator[Finding]:
    """One finding for all series of an economy and partner that break in the same period."""
    together: dict[tuple[int, int, int, int], list[Jump]] = defaultdict(list)
    for jump in found:
        series = view.series
        place = int(series.reporter[jump.series]), int(series.partner[jump.series])
        together[(*place, jump.period, _power(jump))].append(jump)
    groups = [sorted(group, key=lambda each: -abs(each.size)) for group in together.values()]
    first = [group[0] for group in groups]
    levels = _levels(view, first, limit("break_warning"), limit("break_clear_spread"), 2)
    order = worst(levels, [abs(each.size) for each in first])
    most = int(limit("most_findings"))
    for at in order[:most]:
        yield _break_finding(view, groups[at], levels[at])
    if len(order) > most:
        yield from more(view, "break", levels[order[most]], len(order))


def _break_finding(view: View, group: list[Jump], level: Level) -> Finding:
    table, jump = view.table, group[0]
    factor, power = float(np.exp(jump.size)), _power(jump)
    spots = tuple(view.spot(each.series, period) for each in group for period in _span(each))
    before, value = table.value(jump.series, jump.before), table.value(jump.series, jump.period)
    values = {"before": number(before), "value": number(value)}
    moved = {"factor": number(float(f"{factor:.3g}")), "usual": percent(float(np.expm1(jump.spread)))}
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
