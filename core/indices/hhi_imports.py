"""Concentration of imports on sectors."""

from core.indices.registry import index
from core.indices.shares import squares
from core.table import Floats


@index(dimensions=("reporter",))
def hhi_imports(parts_imports: Floats) -> Floats:
    """Σ (M_k / M)² over the parts of the total, between 1/n and 1."""
    return squares(parts_imports)
