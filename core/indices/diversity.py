"""How many sectors an economy is specialised in."""

import numpy as np

from core.complexity.network import advantage
from core.indices.registry import index
from core.table import Floats


@index(dimensions=("economy",))
def diversity(exports: Floats, *, threshold: float, threshold_side: str) -> Floats:
    """k_i = Σ_k M_ik over all sectors, connected or not (Hidalgo and Hausmann 2009); undefined without exports."""
    count = advantage(exports, threshold, threshold_side).sum(axis=1, keepdims=True)
    found: Floats = np.where((exports != 0).any(axis=1, keepdims=True), count, np.nan)
    return found
