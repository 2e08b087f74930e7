"""Compound annual growth of imports since the base year."""

from core.indices.cagr_exports import compound
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index()
def cagr_imports(imports: Floats, base_imports: Floats, span: float) -> Marked:
    """(M_T / M_0)^(1/T) − 1 as a fraction of 1; a zero or negative base gives no value."""
    return compound(imports, base_imports, span)
