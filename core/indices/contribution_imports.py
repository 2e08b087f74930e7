"""Contribution of a sector to the growth of all imports, in points of that growth."""

from core.indices.contribution_exports import contribution
from core.indices.registry import index
from core.table import Floats


@index()
def contribution_imports(imports: Floats, previous_imports: Floats, previous_total_imports: Floats) -> Floats:
    """(M_k,t − M_k,t−1) / M_t−1 as a fraction of 1; a zero or negative base gives no value."""
    return contribution(imports, previous_imports, previous_total_imports)
