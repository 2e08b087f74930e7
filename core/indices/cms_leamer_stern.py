"""Constant market shares in three effects."""

import numpy as np
from numpy.typing import NDArray

from core.cms import complete, demand, effects, elsewhere, known_sales
from core.indices.registry import index
from core.indices.rounding import difference
from core.table import Floats


@index(
    dimensions=("economy",),
    components=("growth", "commodity", "market", "competitiveness", "new_markets", "other"),
)
def cms_leamer_stern(
    total_exports: Floats,
    previous_total_exports: Floats,
    flow_exports: Floats,
    previous_flow_exports: Floats,
    market_imports: Floats,
    previous_market_imports: Floats,
    reporters: NDArray[np.int64],
    *,
    cms_order: str,
) -> tuple[Floats, ...]:
    """X₁ − X₀ by growth of demand, its sectors, its markets, and competitiveness as the rest (Leamer and Stern 1970).

    In money; the parts add up to the change of all exports; NaN for an economy all of whose markets are unknown. With
    `cms_order` "sector_first" the markets get Σ(r_kj − r_k)q₀, with "market_first" the sectors Σ(r_kj − r_j)q₀; r is
    the growth of what the markets bought.
    """
    sales = known_sales(
        flow_exports, previous_flow_exports, market_imports, previous_market_imports, reporters, len(total_exports)
    )
    first, held = effects(sales), demand(sales)
    if cms_order == "sector_first":
        commodity, market = difference(held.by_sector, held.overall), difference(first.structural, held.by_sector)
    else:
        commodity, market = difference(first.structural, held.by_market), difference(held.by_market, held.overall)
    return complete(
        held.overall,
        commodity,
        market,
        first.competitive + first.second_order,
        first.new_markets,
        elsewhere(sales, total_exports, previous_total_exports),
    )
