"""How many economies are specialised in a sector."""

import numpy as np

from core.complexity.network import advantage
from core.indices.registry import index
from core.table import Floats


@index(dimensions=("sector",))
def ubiquity(exports: Floats, *, threshold: float, threshold_side: str) -> Floats:
    """u_k = Σ_i M_ik over all economies, connected or not (Hidalgo and Hausmann 2009); undefined without exports."""
    count = advantage(exports, threshold, threshold_side).sum(axis=0, keepdims=True)
    found: Floats = np.where((exports != 0).any(axis=0, keepdims=True), count, np.nan)
    return found
