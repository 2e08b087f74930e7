"""Additive revealed comparative advantage."""

from core.indices.registry import index
from core.table import Floats


@index()
def arca(exports: Floats, total_exports: Floats, world_exports: Floats, world_total_exports: Floats) -> Floats:
    """X_ik / X_i − W_k / W, neutral 0, 0 in sum over the sectors (Hoen and Oosterhaven 2006)."""
    return exports / total_exports - world_exports / world_total_exports
