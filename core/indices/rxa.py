"""Relative export advantage."""

import numpy as np

from core.indices.registry import index
from core.indices.rounding import difference
from core.table import Floats


@index(fixed=("world",))
def rxa(exports: Floats, total_exports: Floats, world_exports: Floats, world_total_exports: Floats) -> Floats:
    """Exports of the sector over those of all others, here against the rest of the world (Vollrath 1991)."""
    return relative_share(exports, total_exports, world_exports, world_total_exports)


def relative_share(flow: Floats, total: Floats, world: Floats, world_total: Floats) -> Floats:
    """[F_ik / (F_i − F_ik)] / [(F_k − F_ik) / ((F − F_k) − (F_i − F_ik))]: neither sector nor economy counts twice.

    Infinite, which the analysis reports as a zero base, where an economy or the rest of the world trades nothing else.
    """
    elsewhere = difference(total, flow)
    own = flow / elsewhere
    others = difference(world, flow) / difference(difference(world_total, world), elsewhere)
    ratio: Floats = np.where(np.isinf(own) | np.isinf(others), np.inf, own / others)
    return ratio
