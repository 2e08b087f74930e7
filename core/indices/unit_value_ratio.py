"""Unit value of exports against that of imports."""

from core.indices.registry import index
from core.table import Floats


@index()
def unit_value_ratio(exports: Floats, quantity_exports: Floats, imports: Floats, quantity_imports: Floats) -> Floats:
    """UV of exports over UV of imports, neutral 1 (Greenaway, Hine and Milner 1995)."""
    return (exports / quantity_exports) / (imports / quantity_imports)
