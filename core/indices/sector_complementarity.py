"""Trade complementarity in one sector."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def sector_complementarity(
    reporter_exports: Floats,
    reporter_total_exports: Floats,
    global_exports: Floats,
    global_total_exports: Floats,
    partner_imports: Floats,
    partner_total_imports: Floats,
    global_imports: Floats,
    global_total_imports: Floats,
) -> Floats:
    """RCA^X_ik · RCA^M_jk: export advantage of the reporter times import advantage of the partner."""
    sold = (reporter_exports / reporter_total_exports) / (global_exports / global_total_exports)
    bought = (partner_imports / partner_total_imports) / (global_imports / global_total_imports)
    product: Floats = np.where(np.isinf(sold) | np.isinf(bought), np.inf, sold * bought)
    return product
