"""The entropy weight method: one score for each economy out of several indices, weighted by how much they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from core.indices.rounding import difference
from core.status import Marked, Status
from core.table import Floats

Directions = Sequence[tuple[str, str]]
"""Ids of indices, each with "higher" where more is better and "lower" where less is."""


def entropy_weights(matrix: Floats) -> Floats:
    """Weights w_j = (1 − e_j) / Σ (1 − e_j) of the columns of objects × indicators; axes may stand in front.

    e_j = −Σ p ln p / ln n is the entropy of a column of numbers ≥ 0 as parts p of its sum, with 0 ln 0 = 0. Objects
    with NaN do not count. A column that does not differ weighs 0; all weights are NaN where none differs and for
    fewer than two objects.
    """
    complete = ~np.isnan(matrix).any(axis=-1, keepdims=True)
    numbers = np.where(complete, matrix, 0.0)
    count = complete.sum(axis=-2)
    with np.errstate(all="ignore"):
        whole = numbers.sum(axis=-2, keepdims=True)
        parts = numbers / whole
        entropy = -np.where(parts > 0, parts * np.log(parts), 0.0).sum(axis=-2) / np.log(count)
        spread = np.where(whole[..., 0, :] == 0, 0.0, difference(np.ones_like(entropy), entropy))
        weights: Floats = np.where(count < 2, np.nan, spread / spread.sum(axis=-1, keepdims=True))
    return weights


def composite_scores(matrix: Floats, higher: Sequence[bool]) -> tuple[Floats, Floats]:
    """Scores of the objects and weights of the indicators of objects × indicators; axes may stand in front.

    Each indicator is brought to 0–1 between its lowest and its highest value, turned round where less is better. An
    object with NaN has no score and leaves the others as they are.
    """
    complete = ~np.isnan(matrix).any(axis=-1, keepdims=True)
    lowest = np.where(complete, matrix, np.inf).min(axis=-2, keepdims=True, initial=np.inf)
    highest = np.where(complete, matrix, -np.inf).max(axis=-2, keepdims=True, initial=-np.inf)
    with np.errstate(all="ignore"):
        span = difference(highest, lowest)
        risen = np.where(np.asarray(higher), matrix - lowest, highest - matrix)
        scaled = np.where(complete, np.where(span == 0, 0.0, risen / span), np.nan)
        weights = entropy_weights(scaled)
        scores: Floats = (scaled * weights[..., None, :]).sum(axis=-1)
    return scores, weights


def scores(chosen: Mapping[str, Floats], directions: Directions) -> Marked:
    """The score of every row in every sector; arrays are rows × sectors or rows × 1, each sector by itself."""
    used = _used(chosen, directions)
    stack = _stacked(chosen, used)
    found = composite_scores(stack, _higher(used))[0].T
    missing = np.isnan(stack).any(axis=-1).T
    statuses = np.where(missing, Status.MISSING, np.where(np.isnan(found), Status.TOO_FEW, Status.OK))
    return Marked(found, statuses.astype(np.uint8))


def weights(chosen: Mapping[str, Floats], directions: Directions) -> dict[str, Floats]:
    """The weight of each chosen index, one number for each sector."""
    used = _used(chosen, directions)
    found = composite_scores(_stacked(chosen, used), _higher(used))[1]
    return {index: found[:, at] for at, (index, _) in enumerate(used)}


def _used(chosen: Mapping[str, Floats], directions: Directions) -> Directions:
    """A project may name an index that this version does not have."""
    return [(index, direction) for index, direction in directions if index in chosen]


def _stacked(chosen: Mapping[str, Floats], directions: Directions) -> Floats:
    """Sectors × rows × indices."""
    arrays = np.broadcast_arrays(*(chosen[index] for index, _ in directions))
    stacked: Floats = np.stack([each.T for each in arrays], axis=-1)
    return stacked


def _higher(directions: Directions) -> tuple[bool, ...]:
    return tuple(direction == "higher" for _, direction in directions)
