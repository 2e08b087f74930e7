"""The income that goes with exporting a sector."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index(dimensions=("sector",), fixed=("total",))
def prody(exports: Floats, total_gdp_per_capita: Floats) -> Floats:
    """Σ_i y_i s_ik / Σ_i s_ik with s_ik = X_ik / X_i, the total X_i summed (Hausmann, Hwang and Rodrik 2007).

    An economy without exports has no weight, and one of unknown income is left out. A sector that nobody else exports
    is undefined.
    """
    total = exports.sum(axis=1, keepdims=True)
    known = ~np.isnan(total_gdp_per_capita)
    shares = np.where((exports == 0) | ~known, 0.0, exports / total)
    income = np.where(known, total_gdp_per_capita, 0.0)
    found: Floats = (income * shares).sum(axis=0, keepdims=True) / shares.sum(axis=0, keepdims=True)
    return found
