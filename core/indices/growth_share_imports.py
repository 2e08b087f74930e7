"""Share of a sector in the growth of all imports."""

from core.indices.growth_share_exports import growth_share
from core.indices.registry import index
from core.table import Floats


@index()
def growth_share_imports(
    imports: Floats, previous_imports: Floats, total_imports: Floats, previous_total_imports: Floats
) -> Floats:
    """Change of M_k over the change of M as a fraction of 1; no value where the total has not changed."""
    return growth_share(imports, previous_imports, total_imports, previous_total_imports)
