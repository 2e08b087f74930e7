"""Openness to trade."""

from core.indices.registry import index
from core.table import Floats


@index()
def openness(exports: Floats, imports: Floats, gdp: Floats) -> Floats:
    """(X + M) / GDP as a fraction of 1, which it may exceed."""
    return (exports + imports) / gdp
