"""Trade complementarity in Drysdale's form."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index(dimensions=("economy", "economy"))
def drysdale(exports: Floats, imports: Floats, global_exports: Floats) -> Floats:
    """Σ_k (s_ik / s_wk) · m_jk, neutral 1: revealed advantage of the row in the mean of the column's imports.

    Shares of exports, of the world's exports and of imports (Drysdale 1967). Infinite where the column imports what
    the world does not export.
    """
    return mean_advantage(exports, global_exports, imports)


def mean_advantage(flows: Floats, world: Floats, weights: Floats) -> Floats:
    """The advantages of each economy in `flows` against the world, averaged by the shares of each one in `weights`.

    Economies of `flows` × economies of `weights`. A sector that the world does not trade leaves those alone who give
    it no weight; others are infinite, which the analysis reports as a zero base.
    """
    advantages = flows / flows.sum(axis=1, keepdims=True) / (world / world.sum(axis=1, keepdims=True))
    shares = weights / weights.sum(axis=1, keepdims=True)
    baseless = world[0] == 0
    means: Floats = np.where(baseless, 0.0, advantages) @ shares.T
    lost = (shares[:, baseless] != 0).any(axis=1)
    means[:, lost] = np.where(np.isnan(means[:, lost]), np.nan, np.inf)
    return means
