"""Contribution of a sector to the growth of all exports, in points of that growth."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def contribution_exports(exports: Floats, previous_exports: Floats, previous_total_exports: Floats) -> Floats:
    """(X_k,t − X_k,t−1) / X_t−1 as a fraction of 1; a zero or negative base gives no value."""
    return contribution(exports, previous_exports, previous_total_exports)


def contribution(now: Floats, before: Floats, total_before: Floats) -> Floats:
    """Change over the total of the year before; infinite for a base that is not positive."""
    points: Floats = np.where(total_before <= 0, np.inf, (now - before) / total_before)
    return points
