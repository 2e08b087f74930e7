"""Similarity of what two economies export."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index(dimensions=("economy", "economy"))
def similarity(exports: Floats) -> Floats:
    """Σ_k min(s_ik, s_jk) with shares of all exports, from 0 to 1, the same both ways (Finger and Kreinin 1979)."""
    return shares_in_common(exports, exports)


def shares_in_common(rows: Floats, columns: Floats) -> Floats:
    """1 − ½ Σ_k |a_k − b_k| with shares a of each row and b of each column, which is Σ_k min(a_k, b_k).

    NaN with one whose sum is 0. Row by row, because all differences at once would be economies² × sectors.
    """
    ours, theirs = (flows / flows.sum(axis=1, keepdims=True) for flows in (rows, columns))
    apart = np.array([np.abs(theirs - each).sum(axis=1) for each in ours]).reshape(len(rows), len(columns))
    common: Floats = 1 - apart / 2
    return common
