"""Dependence on exports."""

from core.indices.registry import index
from core.table import Floats


@index()
def export_dependence(exports: Floats, gdp: Floats) -> Floats:
    """X / GDP as a fraction of 1, which it may exceed."""
    return exports / gdp
