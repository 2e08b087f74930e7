"""Distance between the structures of exports and of imports."""

from core.indices.diversification_unctad import distance
from core.indices.registry import index
from core.table import Floats


@index(dimensions=("reporter",))
def michaely(parts_exports: Floats, parts_imports: Floats) -> Floats:
    """½ Σ |X_k / X − M_k / M|, 0 for equal structures, 1 where no sector is both exported and imported."""
    return distance(parts_exports, parts_imports)
