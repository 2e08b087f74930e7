"""Trade intensity in a sector."""

from core.indices.registry import index
from core.indices.rounding import difference
from core.indices.tii import intensity
from core.table import Floats


@index(only={"reporter_imports": ("tii_world", "less_reporter")})
def tii_sector(
    exports: Floats,
    reporter_exports: Floats,
    partner_imports: Floats,
    global_imports: Floats,
    reporter_imports: Floats | None = None,
    *,
    tii_world: str,
) -> Floats:
    """(x_ijk / X_ik) / (M_jk / M_wk), neutral 1; with `tii_world` "less_reporter" M_wk − M_ik stands for M_wk."""
    world = global_imports
    if tii_world == "less_reporter" and reporter_imports is not None:
        world = difference(world, reporter_imports)
    return intensity(exports, reporter_exports, partner_imports, world)
