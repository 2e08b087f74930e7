"""Concentration of exports on sectors."""

from core.indices.registry import index
from core.indices.shares import squares
from core.table import Floats


@index(dimensions=("reporter",))
def hhi(parts_exports: Floats) -> Floats:
    """Σ (X_k / X)² over the parts of the total, between 1/n and 1 (Hirschman 1945, Herfindahl 1950)."""
    return squares(parts_exports)
