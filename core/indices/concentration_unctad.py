"""Concentration of exports as UNCTAD publishes it."""

import numpy as np

from core.indices.registry import index
from core.indices.shares import number, of_several, squares
from core.status import Marked
from core.table import Floats


@index(dimensions=("reporter",))
def concentration_unctad(parts_exports: Floats, *, hhi_n: str) -> Marked:
    """(√H − √(1/n)) / (1 − √(1/n)) with n parts, between 0 and 1; no value for a single one."""
    return concentration(parts_exports, hhi_n)


def concentration(flows: Floats, hhi_n: str) -> Marked:
    """The normalised root of the sum of squares of a row, rows × 1."""
    n = number(flows, hhi_n)
    equal = np.sqrt(1 / n)
    return of_several((np.sqrt(squares(flows)) - equal) / (1 - equal), n)
