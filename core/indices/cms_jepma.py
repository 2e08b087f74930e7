"""Constant market shares in two levels."""

import numpy as np
from numpy.typing import NDArray

from core.cms import complete, demand, effects, elsewhere, general_competitiveness, known_sales, pure_second_order
from core.indices.registry import index
from core.indices.rounding import difference
from core.table import Floats


@index(
    dimensions=("economy",),
    components=(
        "growth",
        "market",
        "commodity",
        "interaction",
        "general",
        "specific",
        "pure_second_order",
        "dynamic_residual",
        "new_markets",
        "other",
    ),
)
def cms_jepma(
    total_exports: Floats,
    previous_total_exports: Floats,
    flow_exports: Floats,
    previous_flow_exports: Floats,
    market_imports: Floats,
    previous_market_imports: Floats,
    reporters: NDArray[np.int64],
) -> tuple[Floats, ...]:
    """X₁ − X₀ by demand, its structure, competitiveness and their interaction (Jepma 1986, second level).

    In money; the parts add up to the change of all exports. `other` is what went to markets of
    unknown purchases and to other sectors. NaN for an economy all of whose markets are unknown.
    """
    sales = known_sales(
        flow_exports, previous_flow_exports, market_imports, previous_market_imports, reporters, len(total_exports)
    )
    first, held = effects(sales), demand(sales)
    market, commodity = difference(first.structural, held.by_sector), difference(first.structural, held.by_market)
    general, pure = general_competitiveness(sales), pure_second_order(sales, first.competitive)
    return complete(
        held.overall,
        market,
        commodity,
        difference(difference(held.by_sector, held.overall), commodity),
        general,
        difference(first.competitive, general),
        pure,
        difference(first.second_order, pure),
        first.new_markets,
        elsewhere(sales, total_exports, previous_total_exports),
    )
