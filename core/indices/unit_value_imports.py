"""Unit value of imports."""

from core.indices.registry import index
from core.table import Floats


@index()
def unit_value_imports(imports: Floats, quantity_imports: Floats) -> Floats:
    """Value over quantity in the units of both; no value without a quantity."""
    return imports / quantity_imports
