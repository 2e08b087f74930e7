"""Trade intensity."""

import numpy as np

from core.indices.registry import index
from core.indices.rounding import difference
from core.table import Floats


@index(dimensions=("reporter", "partner"), only={"reporter_total_imports": ("tii_world", "less_reporter")})
def tii(
    total_exports: Floats,
    reporter_total_exports: Floats,
    partner_total_imports: Floats,
    global_total_imports: Floats,
    reporter_total_imports: Floats | None = None,
    *,
    tii_world: str,
) -> Floats:
    """(x_ij / X_i) / (M_j / M_w), neutral 1; with `tii_world` "less_reporter" M_w − M_i stands for M_w."""
    world = global_total_imports
    if tii_world == "less_reporter" and reporter_total_imports is not None:
        world = difference(world, reporter_total_imports)
    return intensity(total_exports, reporter_total_exports, partner_total_imports, world)


def intensity(flow: Floats, exports: Floats, imports: Floats, world: Floats) -> Floats:
    """The partner's share in exports over its share in the world's imports.

    Infinite, which the analysis reports as a zero base, where others import while the world does not or less than that.
    """
    weight = imports / world
    ratio: Floats = np.where(np.isinf(weight) | (world < 0), np.inf, (flow / exports) / weight)
    return ratio
