"""Growth of imports over the year before."""

from core.indices.growth_exports import growth
from core.indices.registry import index
from core.table import Floats


@index()
def growth_imports(imports: Floats, previous_imports: Floats) -> Floats:
    """M_t / M_{t−1} − 1 as a fraction of 1; a zero or negative base gives no value."""
    return growth(imports, previous_imports)
