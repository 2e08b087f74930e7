"""Concentration of imports as UNCTAD publishes it."""

from core.indices.concentration_unctad import concentration
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("reporter",))
def concentration_unctad_imports(parts_imports: Floats, *, hhi_n: str) -> Marked:
    """(√H − √(1/n)) / (1 − √(1/n)) of imports with n parts, between 0 and 1; no value for a single one."""
    return concentration(parts_imports, hhi_n)
