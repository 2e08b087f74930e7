"""Revealed comparative advantage."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def rca(exports: Floats, total_exports: Floats, world_exports: Floats, world_total_exports: Floats) -> Floats:
    """(X_ik / X_i) / (W_k / W), neutral 1 (Balassa 1965)."""
    return advantage(exports, total_exports, world_exports, world_total_exports)


def advantage(flow: Floats, total: Floats, world: Floats, world_total: Floats) -> Floats:
    """The share of a sector in an economy's flows over its share in the world's.

    Infinite, which the analysis reports as a zero base, where the world trades the sector but in all nothing.
    """
    part = world / world_total
    ratio: Floats = np.where(np.isinf(part), np.inf, (flow / total) / part)
    return ratio
