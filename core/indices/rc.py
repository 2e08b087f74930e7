"""Revealed competitiveness."""

import numpy as np

from core.indices.registry import index
from core.table import Floats


@index()
def rc(rxa: Floats, rmp: Floats) -> Floats:
    """Ln RXA − ln RMP, neutral 0; no value where exports or imports are zero or negative (Vollrath 1991)."""
    logs: Floats = np.where((rxa < 0) | (rmp < 0), np.inf, np.log(rxa) - np.log(rmp))
    return logs
