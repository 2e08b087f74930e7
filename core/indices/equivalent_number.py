"""How many equal sectors would concentrate exports as much as the given ones."""

import numpy as np

from core.indices.registry import index
from core.indices.shares import squares
from core.table import Floats


@index(dimensions=("reporter",))
def equivalent_number(parts_exports: Floats) -> Floats:
    """1 / Σ (X_k / X)², between 1 and the number of sectors."""
    concentration = squares(parts_exports)
    equal: Floats = np.where(np.isinf(concentration), np.inf, 1 / concentration)
    return equal
