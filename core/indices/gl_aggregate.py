"""Intra-industry trade of all sectors together."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index(dimensions=("reporter",))
def gl_aggregate(parts_exports: Floats, parts_imports: Floats) -> Floats:
    """1 − Σ |X_k − M_k| / Σ (X_k + M_k), the mean of the sectors' GL weighted by their trade."""
    trade = (parts_exports + parts_imports).sum(axis=1, keepdims=True)
    matched: Floats = 1 - np.abs(parts_exports - parts_imports).sum(axis=1, keepdims=True) / trade
    return matched
