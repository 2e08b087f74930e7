"""Revealed comparative advantage."""

from core.indices.registry import index
from core.table import Floats


@index()
def rca(exports: Floats, total_exports: Floats, world_exports: Floats, world_total_exports: Floats) -> Floats:
    """(X_ik / X_i) / (W_k / W), neutral 1 (Balassa 1965)."""
    return (exports / total_exports) / (world_exports / world_total_exports)
