"""Import penetration of the home market."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def import_penetration(imports: Floats, output: Floats, exports: Floats) -> Floats:
    """M / (Y − X + M) as a fraction of 1; no value where re-exports leave no home demand."""
    demand = output - exports + imports
    share: Floats = np.where(demand <= 0, np.inf, imports / demand)
    return share
