"""Trade competitiveness, the normalised trade balance."""

from core.indices.registry import index
from core.table import Floats


@index()
def tc(exports: Floats, imports: Floats) -> Floats:
    """(X − M) / (X + M), between −1 and 1 for non-negative flows; NaN where there is no trade (Balassa 1966)."""
    return (exports - imports) / (exports + imports)
