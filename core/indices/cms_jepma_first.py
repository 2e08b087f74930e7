"""Constant market shares, first level."""

import numpy as np
from numpy.typing import NDArray

from core.cms import complete, effects, elsewhere, known_sales
from core.indices.registry import index
from core.table import Floats


@index(dimensions=("economy",), components=("structural", "competitive", "second_order", "new_markets", "other"))
def cms_jepma_first(
    total_exports: Floats,
    previous_total_exports: Floats,
    flow_exports: Floats,
    previous_flow_exports: Floats,
    market_imports: Floats,
    previous_market_imports: Floats,
    reporters: NDArray[np.int64],
) -> tuple[Floats, ...]:
    """X₁ − X₀ = Σ s₀ΔQ + Σ Δs·Q₀ + Σ Δs·ΔQ + new markets + the rest, s = q / Q in each market and sector (Jepma 1986).

    In money; the parts add up to the change of all exports; NaN for an economy all of whose markets are unknown.
    """
    sales = known_sales(
        flow_exports, previous_flow_exports, market_imports, previous_market_imports, reporters, len(total_exports)
    )
    first = effects(sales)
    other = elsewhere(sales, total_exports, previous_total_exports)
    return complete(first.structural, first.competitive, first.second_order, first.new_markets, other)
