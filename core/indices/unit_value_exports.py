"""Unit value of exports."""

from core.indices.registry import index
from core.table import Floats


@index()
def unit_value_exports(exports: Floats, quantity_exports: Floats) -> Floats:
    """Value over quantity in the units of both; no value without a quantity."""
    return exports / quantity_exports
