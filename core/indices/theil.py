"""Inequality of the sectors of exports."""

import numpy as np

from core.indices.registry import index
from core.indices.shares import number, uncertainty
from core.status import Marked
from core.table import Floats


@index(dimensions=("reporter",))
def theil(parts_exports: Floats, *, hhi_n: str) -> Marked:
    """Σ s_k ln(n s_k) = ln n − entropy, between 0 for n equal sectors and ln n for one (Theil 1967)."""
    found = uncertainty(parts_exports)
    return Marked(np.log(number(parts_exports, hhi_n)) - found.values, found.statuses)
