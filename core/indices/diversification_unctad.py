"""Distance of the structure of exports from that of the world."""

import numpy as np

from core.indices.registry import index
from core.indices.shares import shares
from core.table import Floats


@index(dimensions=("reporter",))
def diversification_unctad(parts_exports: Floats, world_parts_exports: Floats) -> Floats:
    """½ Σ |X_k / X − W_k / W|, 0 for the structure of the world, near 1 for one that shares nothing with it."""
    return distance(parts_exports, world_parts_exports)


def distance(flows: Floats, others: Floats) -> Floats:
    """Half the sum of the absolute differences between the shares of two rows, rows × 1."""
    own, other = shares(flows), shares(others)
    apart = np.where(np.isinf(own) | np.isinf(other), np.inf, np.abs(own - other))
    half: Floats = apart.sum(axis=1, keepdims=True) / 2
    return half
