"""Revealed competitive advantage: comparative advantage corrected for imports."""

from core.indices.rca import advantage
from core.indices.registry import index
from core.table import Floats


@index()
def ca(
    rca: Floats, imports: Floats, total_imports: Floats, world_imports: Floats, world_total_imports: Floats
) -> Floats:
    """RCA less the same ratio of imports, neutral 0; simple shares, unlike RTA."""
    return rca - advantage(imports, total_imports, world_imports, world_total_imports)
