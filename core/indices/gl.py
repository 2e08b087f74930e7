"""Intra-industry trade."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def gl(exports: Floats, imports: Floats) -> Floats:
    """1 − |X − M| / (X + M), between 0 and 1 for non-negative flows; NaN where there is no trade. Equals 1 − |TC|."""
    return 1 - np.abs(exports - imports) / (exports + imports)
