"""Marginal intra-industry trade."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def miit(exports: Floats, previous_exports: Floats, imports: Floats, previous_imports: Floats) -> Floats:
    """1 − |ΔX − ΔM| / (|ΔX| + |ΔM|) over one year, between 0 and 1; no value without change (Brülhart 1994, A)."""
    rise, other = exports - previous_exports, imports - previous_imports
    moved = np.abs(rise) + np.abs(other)
    shared: Floats = np.where(moved == 0, np.inf, 1 - np.abs(rise - other) / moved)
    return shared
