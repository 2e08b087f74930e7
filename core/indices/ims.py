"""International market share."""

from core.indices.registry import index
from core.table import Floats


@index(fixed=("world",))
def ims(exports: Floats, world_exports: Floats) -> Floats:
    """X / W, the economy's share of the world's exports of the sector, as a fraction of 1."""
    return exports / world_exports
