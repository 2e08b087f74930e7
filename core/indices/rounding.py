"""Differences that do not take rounding for trade."""

import numpy as np

from core.table import Floats

_NOISE = 1e-12
"""Far above what sums of thousands of flows lose in float64, far below any digit that statistics print."""


def difference(whole: Floats, part: Floats) -> Floats:
    """The whole less a part: exactly 0 where only the rounding of sums is left, so that nothing is divided by it."""
    rest = whole - part
    kept: Floats = np.where(np.abs(rest) <= _NOISE * np.abs(whole), 0.0, rest)
    return kept
