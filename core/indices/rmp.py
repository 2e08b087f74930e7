"""Relative import penetration."""

from core.indices.registry import index
from core.indices.rxa import relative_share
from core.table import Floats


@index(fixed=("world",))
def rmp(imports: Floats, total_imports: Floats, world_imports: Floats, world_total_imports: Floats) -> Floats:
    """Imports of the sector over those of all others, here against the rest of the world (Vollrath 1991)."""
    return relative_share(imports, total_imports, world_imports, world_total_imports)
