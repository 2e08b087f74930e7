"""Entropy of the structure of exports."""

from core.indices.registry import index
from core.indices.shares import uncertainty
from core.status import Marked
from core.table import Floats


@index(dimensions=("reporter",))
def entropy(parts_exports: Floats) -> Marked:
    """−Σ s_k ln s_k with 0 ln 0 = 0, between 0 for one sector and ln n for n equal ones (Shannon 1948)."""
    return uncertainty(parts_exports)
