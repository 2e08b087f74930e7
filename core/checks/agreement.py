"""Two ways to the same number, such as a total and the sum of its parts: where they differ, and which cell is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.checks.finding import Level
from core.checks.registry import limit
from core.checks.slips import is_slip
from core.checks.view import Mask, View, logs
from core.table import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Agreement:
    """Gaps between a stated number and the one computed beside it; all arrays have the same shape, NaN is unknown.

    `tolerance` is what the rounding of all numbers involved can explain, `size` what a gap is compared with.
    """

    gap: Floats
    tolerance: Floats
    size: Floats

    @property
    def known(self) -> Mask:
        return np.isfinite(self.gap)

    @property
    def relative(self) -> Floats:
        """Gaps as a share of the size; infinite where that is 0."""
        with np.errstate(divide="ignore", invalid="ignore"):
            shares: Floats = np.abs(self.gap) / np.abs(self.size)
        return np.where(np.isnan(shares), 0.0, shares)

    @property
    def exact(self) -> Mask:
        """No gap that rounding does not explain."""
        within: Mask = np.abs(self.gap) <= self.tolerance + 1e-9 * np.abs(self.size)
        return within & self.known

    @property
    def rounded(self) -> Mask:
        """A gap that is seen in the printed digits and explained by their rounding."""
        return self.exact & (np.abs(self.gap) > 1e-9 * np.abs(self.size) + 1e-3 * self.tolerance)

    @property
    def close(self) -> Mask:
        """No gap worth speaking of."""
        near: Mask = np.abs(self.gap) <= limit("near_total") * np.abs(self.size)
        return self.exact | (near & self.known)

    def usual(self, flags: Mask) -> bool:
        """Whether what the flags say holds for most of what is known, so that exceptions are faults."""
        known = int(self.known.sum())
        return known > 0 and int(flags.sum()) >= limit("usual") * known


def level_of(relative: float) -> Level:
    """How bad a gap is that rounding does not explain, by its share in the whole."""
    if relative >= limit("sum_error"):
        return Level.ERROR
    return Level.WARNING if relative >= limit("slight_gap") else Level.NOTE


def likeliest(view: View, cells: Sequence[tuple[int, int]], corrected: Sequence[float]) -> list[int]:
    """The order in which cells (series, period) are suspected: by how well the corrected value suits its neighbours.

    `corrected` is, for each cell in the unit of its series, what it would have to be for the numbers to agree.
    """
    scores = [suits(view, series, at, value) for (series, at), value in zip(cells, corrected, strict=True)]
    return sorted(range(len(cells)), key=lambda each: -scores[each])


def suits(view: View, series: int, at: int, corrected: float) -> float:
    """How much better a corrected value would suit the neighbours of a cell, in usual moves of its series."""
    row = view.table.row(series)
    current = float(row[at])
    if corrected <= 0 < current:
        return -np.inf
    season = next((each for each in view.seasons if at in each), None)
    bonus = 0.05 if is_slip(current, corrected, float(view.half[series])) else 0.0
    if season is None or len(season) < 2:
        return bonus
    place = int(np.flatnonzero(season == at)[0])
    levels, common = logs(row[season]), view.season_growth(season)
    near = []
    if place > 0:
        near.append(levels[place - 1] + common[place - 1])
    if place + 1 < len(season):
        near.append(levels[place + 1] - common[place])
    near = [each for each in near if np.isfinite(each)]
    if not near or current <= 0:
        return bonus
    expected = float(np.mean(near))
    moves = np.abs(np.diff(levels) - common)
    moves = moves[np.isfinite(moves)]
    spread = max(0.02, float(np.median(moves))) if len(moves) >= 3 else 0.1
    better = abs(np.log(current) - expected) - abs(np.log(corrected) - expected)
    return float(better) / spread + bonus
