"""Unit value of exports against that of the world."""

from core.indices.registry import index
from core.table import Floats


@index()
def relative_unit_value(
    exports: Floats, quantity_exports: Floats, world_exports: Floats, world_quantity_exports: Floats
) -> Floats:
    """UV of the economy's exports over UV of the world's, neutral 1."""
    return (exports / quantity_exports) / (world_exports / world_quantity_exports)
