"""Dependence on imports."""

from core.indices.registry import index
from core.table import Floats


@index()
def import_dependence(imports: Floats, gdp: Floats) -> Floats:
    """M / GDP as a fraction of 1, which it may exceed."""
    return imports / gdp
