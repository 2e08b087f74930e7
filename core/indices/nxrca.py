"""Net export comparative advantage, the sector index of Michaely."""

from core.indices.registry import index
from core.table import Floats


@index()
def nxrca(exports: Floats, total_exports: Floats, imports: Floats, total_imports: Floats) -> Floats:
    """X_k / X − M_k / M, between −1 and 1, neutral 0, 0 in sum over the sectors."""
    return exports / total_exports - imports / total_imports
