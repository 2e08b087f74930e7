"""Concentration of exports on sectors, from 0 for equal parts to 1 for a single one."""

from core.indices.registry import index
from core.indices.shares import number, of_several, squares
from core.status import Marked
from core.table import Floats


@index(dimensions=("reporter",))
def hhi_normalised(parts_exports: Floats, *, hhi_n: str) -> Marked:
    """(H − 1/n) / (1 − 1/n) with n parts; no value for a single one."""
    n = number(parts_exports, hhi_n)
    return of_several((squares(parts_exports) - 1 / n) / (1 - 1 / n), n)
