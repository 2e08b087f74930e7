"""Why the share in the world market has changed."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index(dimensions=("reporter",), components=("competitiveness", "structure", "adaptation"), fixed=("world",))
def share_decomposition(
    parts_exports: Floats,
    previous_parts_exports: Floats,
    world_parts_exports: Floats,
    previous_world_parts_exports: Floats,
) -> tuple[Floats, Floats, Floats]:
    """Σ w Δs, Σ s Δw and Σ Δs Δw, which add up to the change of the economy's share in the exports of all parts.

    s are the shares in each sector of the world and w the weights of the sectors in the world. Nobody has a share in
    a sector that the world does not trade; exports that its world does not have make every effect infinite.
    """
    share, weight = _share(previous_parts_exports, previous_world_parts_exports)
    new_share, new_weight = _share(parts_exports, world_parts_exports)
    before, after = _sum(share * weight), _sum(new_share * new_weight)
    competitiveness = _sum(weight * new_share) - before
    structure = _sum(share * new_weight) - before
    effects = competitiveness, structure, after - before - competitiveness - structure
    both = before + after
    beyond = (np.isinf(share) | np.isinf(new_share)).any(axis=1, keepdims=True) | np.isinf(both)
    # Without a share in one of the years there is no change, and no effect that could be a part of it.
    found: list[Floats] = [np.where(beyond, np.inf, np.where(np.isnan(both), np.nan, effect)) for effect in effects]
    return found[0], found[1], found[2]


def _share(flows: Floats, world: Floats) -> tuple[Floats, Floats]:
    """Shares in the sectors of the world and weights of these sectors."""
    shares = np.where((world == 0) & (flows == 0), 0.0, flows / world)
    return shares, world / world.sum(axis=1, keepdims=True)


def _sum(terms: Floats) -> Floats:
    total: Floats = terms.sum(axis=1, keepdims=True)
    return total
