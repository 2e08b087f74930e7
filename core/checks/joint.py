"""What many series do at once: the collapse of a sector everywhere, or another unit for a whole period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.registry import limit, table_check
from core.checks.slips import tenfold
from core.checks.view import Positions, View, times
from core.table import Floats
from core.text import text

_MARKED = 50


@dataclass(frozen=True, eq=False, slots=True)
class Joint:
    """By sector (in the order of `sectors`) and step of a season: growth (log) beyond the common one, else 0."""

    sector: Positions
    sectors: Positions
    growth: Floats

    def of(self, series: Positions) -> Floats:
        """The growth of the sectors of some series; 0 for series that are no flows."""
        codes = self.sector[series]
        if not len(self.sectors):
            return np.zeros((len(series), self.growth.shape[1]))
        at = np.minimum(np.searchsorted(self.sectors, codes), len(self.sectors) - 1)
        return np.where((self.sectors[at] == codes)[:, None], self.growth[at], 0.0)


def joint_growth(view: View, season: Positions) -> Joint:
    """What the flows of each sector do together beyond the growth of all flows; 0 where they do not move together."""
    return view.once(("joint", season.tobytes()), lambda: _joint(view, season))


def _joint(view: View, season: Positions) -> Joint:
    flows = view.measured("flow")
    sector = np.where(flows, view.series.sector.astype(np.int64), -1)
    sectors, count = np.unique(sector[sector >= 0], return_counts=True)
    sectors = sectors[count >= limit("together_least")] if len(sectors) > 1 else sectors[:0]
    growth = np.zeros((len(sectors), max(0, len(season) - 1)))
    if not len(sectors):
        return Joint(sector, sectors, growth)
    common = view.season_growth(season)
    chosen = np.flatnonzero(np.isin(sector, sectors))
    place = np.searchsorted(sectors, sector[chosen])
    for step in range(growth.shape[1]):
        view.tick()
        before, after = (view.table.column(int(season[at]))[chosen] for at in (step, step + 1))
        with np.errstate(all="ignore"):
            steps = np.log(after / before) - common[step]
        known = np.isfinite(steps) & (before > 0)
        growth[:, step] = _medians(steps[known], place[known], len(sectors))
    return Joint(sector, sectors, growth)


def _medians(steps: Floats, place: Positions, count: int) -> Floats:
    """Medians by place; 0 where the steps are few, small or of different directions."""
    order = np.lexsort((steps, place))
    steps, place = steps[order], place[order]
    size = np.bincount(place, minlength=count)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    some = size >= limit("together_least")
    out = np.zeros(count)
    low, high = start + (size - 1) // 2, start + size // 2
    out[some] = (steps[low[some]] + steps[high[some]]) / 2
    follows = steps * np.sign(out[place]) >= np.abs(out[place]) / 2
    share = np.bincount(place, weights=follows, minlength=count) / np.maximum(size, 1)
    return np.where((np.abs(out) >= limit("together_size")) & (share >= limit("together_share")), out, 0.0)


@table_check
def together(view: View) -> Iterator[Finding]:
    """Jumps of all flows of a table, or of a sector in all economies: looked for once and not in each series."""
    for season in view.seasons:
        common = view.season_growth(season)
        flows = np.flatnonzero(view.measured("flow"))
        for step, back in _turns(common):
            yield _all_finding(view, flows, season, float(common[step]), step, back)
        joint = joint_growth(view, season)
        for row, step in np.argwhere(np.abs(joint.growth) >= limit("break_warning")).tolist():
            size = float(joint.growth[row, step])
            reverse = joint.growth[row, step - 1] if step else 0.0
            if abs(size + reverse) > abs(size) / 2:
                yield _sector_finding(view, joint, row, season, step)


def _turns(common: Floats) -> Iterator[tuple[int, bool]]:
    """The steps at which all flows jump, and whether the next step takes it back."""
    large = np.abs(common) >= limit("all_jump")
    taken = -1
    for step in np.flatnonzero(large).tolist():
        if step == taken:
            continue
        after = common[step + 1] if step + 1 < len(common) else 0.0
        back = abs(common[step] + after) < 0.5 * max(abs(common[step]), abs(after))
        taken = step + 1 if back else -1
        yield step, back


def _all_finding(view: View, flows: Positions, season: Positions, size: float, step: int, back: bool) -> Finding:
    period = int(season[step + 1])
    factor = times(size, 2)
    what = (
        text("All series are about {factor} times what they are before and after.", factor=factor)
        if back
        else text("All series change at once, to about {factor} times what they were.", factor=factor)
    )
    why = text(
        "Trade as a whole does not change so much in one period; a new unit, a new currency or high inflation does."
    )
    sure = bool(tenfold(float(np.exp(size)), 0.25)) or abs(size) >= limit("beyond_growth")
    advice = text("Check the unit and the currency of this period in the source.")
    spots = tuple(view.spot(int(each), period) for each in flows[:_MARKED])
    where = (view.table.title, view.period_name(period))
    return Finding(
        "unit", where, what, Level.ERROR if back else Level.WARNING if sure else Level.NOTE, why, advice, spots
    )


def _sector_finding(view: View, joint: Joint, row: int, season: Positions, step: int) -> Finding:
    period = int(season[step + 1])
    size = float(joint.growth[row, step] + view.season_growth(season)[step])
    series = np.flatnonzero(joint.sector == joint.sectors[row])
    what = text("All its series change at once, to about {factor} times what they were.", factor=times(size, 2))
    why = text("A crisis or a change of definition moves a sector everywhere; a wrong unit of its numbers does so too.")
    advice = text("Look for the reason in the source, and say so where you compare across it.")
    level = Level.WARNING if tenfold(float(np.exp(size)), 0.2) else Level.NOTE
    spots = tuple(view.spot(int(each), period) for each in series[:_MARKED])
    where = (view.table.title, view.name("sector", int(series[0])), view.period_name(period))
    return Finding("break" if level == Level.NOTE else "unit", where, what, level, why, advice, spots)
