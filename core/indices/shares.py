"""Parts of a whole: the shares of the sectors in the sum of a row, their squares and their number."""

import numpy as np
from numpy.typing import NDArray

from core.status import Marked, Status, Statuses
from core.table import Floats


def shares(flows: Floats) -> Floats:
    """Each part over the sum of its row; infinite where flows of both signs add up to nothing or less."""
    whole = flows.sum(axis=1, keepdims=True)
    traded = (flows != 0).any(axis=1, keepdims=True)
    parts: Floats = np.where(traded & (whole <= 0), np.inf, flows / whole)
    return parts


def squares(flows: Floats) -> Floats:
    """Σ s², rows × 1: between 1/n and 1 for flows of one sign."""
    total: Floats = np.square(shares(flows)).sum(axis=1, keepdims=True)
    return total


def number(flows: Floats, hhi_n: str) -> Floats:
    """How many parts a row has, rows × 1: all of the classification, or only those that are not zero."""
    counted = flows != 0 if hhi_n == "nonzero" else np.ones_like(flows, dtype=np.bool_)
    found: Floats = counted.sum(axis=1, keepdims=True).astype(np.float64)
    return found


def uncertainty(flows: Floats) -> Marked:
    """−Σ s ln s with 0 ln 0 = 0, rows × 1; a negative part has no logarithm."""
    parts = shares(flows)
    terms = np.where(parts == 0, 0.0, parts * np.log(parts))
    negative = (parts < 0).any(axis=1, keepdims=True)
    return Marked(-terms.sum(axis=1, keepdims=True), statuses_where(negative, Status.LOG_OF_ZERO))


def of_several(values: Floats, n: Floats) -> Marked:
    """Values that compare the parts with equal ones: a single part leaves nothing to compare."""
    return Marked(values, statuses_where(n == 1, Status.TOO_FEW))


def statuses_where(condition: NDArray[np.bool_] | np.bool_, status: Status) -> Statuses:
    """The status where the condition holds, 0 elsewhere."""
    return np.where(condition, np.uint8(status), np.uint8(0))
