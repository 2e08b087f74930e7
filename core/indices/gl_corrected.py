"""Intra-industry trade of all sectors together, in the trade that is balanced over all."""

import numpy as np

from core.indices.registry import index
from core.indices.rounding import difference
from core.table import Floats


@index(dimensions=("reporter",))
def gl_corrected(parts_exports: Floats, parts_imports: Floats) -> Floats:
    """(Σ (X + M) − Σ |X − M|) / (Σ (X + M) − |ΣX − ΣM|); no value for trade in one direction only."""
    trade = (parts_exports + parts_imports).sum(axis=1, keepdims=True)
    unmatched = np.abs(parts_exports - parts_imports).sum(axis=1, keepdims=True)
    balanced = difference(trade, np.abs((parts_exports - parts_imports).sum(axis=1, keepdims=True)))
    matched: Floats = np.where((balanced == 0) & (trade != 0), np.inf, (trade - unmatched) / balanced)
    return matched
