"""Normalised revealed comparative advantage."""

from core.indices.registry import index
from core.table import Floats


@index(fixed=("world",))
def nrca_yu(exports: Floats, total_exports: Floats, world_exports: Floats, world_total_exports: Floats) -> Floats:
    """X_ik / W − W_k X_i / W², neutral 0, 0 in sum over sectors and over economies (Yu, Cai and Leung 2009)."""
    expected = (world_exports / world_total_exports) * (total_exports / world_total_exports)
    return exports / world_total_exports - expected
