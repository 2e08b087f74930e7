"""Growth of exports over the year before."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def growth_exports(exports: Floats, previous_exports: Floats) -> Floats:
    """X_t / X_{t−1} − 1 as a fraction of 1; a zero or negative base gives no value."""
    return growth(exports, previous_exports)


def growth(now: Floats, before: Floats) -> Floats:
    """Relative change; infinite for a base that is not positive, which the analysis reports as such."""
    change: Floats = np.where(before < 0, np.inf, now / before - 1)
    return change
