"""Compound annual growth of exports since the base year."""

import numpy as np

from core.indices.registry import index
from core.indices.shares import statuses_where
from core.status import Marked, Status, Statuses
from core.table import Floats


@index()
def cagr_exports(exports: Floats, base_exports: Floats, span: float) -> Marked:
    """(X_T / X_0)^(1/T) − 1 as a fraction of 1; a zero or negative base gives no value."""
    return compound(exports, base_exports, span)


def compound(now: Floats, before: Floats, span: float) -> Marked:
    """Growth by the year over `span` years; without years between there is nothing earlier to compare with."""
    if span <= 0:
        nothing: Statuses = np.full(now.shape, Status.NO_EARLIER_YEAR, dtype=np.uint8)
        return Marked(np.full(now.shape, np.nan), nothing)
    rates = np.where(before <= 0, np.inf, (now / before) ** (1 / span) - 1)
    return Marked(rates, statuses_where((now < 0) & (before > 0), Status.LOG_OF_ZERO))
