"""Share of a sector in the growth of all exports."""

import numpy as np

from core.indices.registry import index
from core.indices.rounding import difference
from core.table import Floats


@index()
def growth_share_exports(
    exports: Floats, previous_exports: Floats, total_exports: Floats, previous_total_exports: Floats
) -> Floats:
    """Change of X_k over the change of X as a fraction of 1; no value where the total has not changed."""
    return growth_share(exports, previous_exports, total_exports, previous_total_exports)


def growth_share(now: Floats, before: Floats, total: Floats, total_before: Floats) -> Floats:
    """Change over the change of the total; infinite where that is zero."""
    change = difference(total, total_before)
    share: Floats = np.where(change == 0, np.inf, (now - before) / change)
    return share
