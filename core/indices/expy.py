"""The income that goes with an economy's basket of exports."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index(dimensions=("economy",))
def expy(exports: Floats, prody: Floats) -> Floats:
    """Σ_k PRODY_k X_ik / X_i with the total X_i summed (Hausmann, Hwang and Rodrik 2007)."""
    worth = np.where(exports == 0, 0.0, exports * prody)
    found: Floats = worth.sum(axis=1, keepdims=True) / exports.sum(axis=1, keepdims=True)
    return found
