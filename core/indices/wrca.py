"""Revealed comparative advantage against the mean of the economy's sectors."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def wrca(exports: Floats, world_exports: Floats, parts_exports: Floats, world_parts_exports: Floats) -> Floats:
    """RCA over its mean of all sectors that the world trades, neutral 1 (Proudman and Redding 2000).

    The totals of RCA are the same in every sector of an economy and cancel, so that market shares are compared.
    """
    own = parts_exports / world_parts_exports
    traded = (parts_exports != 0) | (world_parts_exports != 0)
    mean = np.where(traded, own, 0.0).sum(axis=1, keepdims=True) / traded.sum(axis=1, keepdims=True)
    weighted: Floats = np.where(np.isinf(mean), np.inf, exports / world_exports / mean)
    return weighted
