"""Lafay index, the contribution of a sector to the trade balance."""

from core.indices.registry import index
from core.table import Floats


@index()
def lafay(exports: Floats, total_exports: Floats, imports: Floats, total_imports: Floats) -> Floats:
    """Balance of the sector beyond its part of the whole balance, per 100 of trade; 0 in sum over the sectors."""
    trade = total_exports + total_imports
    part = (exports + imports) / trade
    return 100 * ((exports - imports) / trade - (total_exports - total_imports) / trade * part)
