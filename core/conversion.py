"""In which unit the numbers of a table are compared: one currency for all money, one unit for each sector's goods."""

from __future__ import annotations

from itertools import chain

import numpy as np
from numpy.typing import NDArray

from core.economies import economy
from core.measures import measures
from core.table import Floats, Table
from core.units import Unit, is_known_unit

_LOCAL = "LCU"
_OF_SEVERAL = ("Rs",)
"""Currencies of several economies under one name: the rupees of India are not those of Pakistan."""


def is_amount(measure: str) -> bool:
    """Whether a measure is money."""
    known = measures().get(measure)
    return known is not None and known.unit == "money"


def common_unit(table: Table) -> Unit:
    """The unit to which all money of a table is converted: that of its first series in money.

    Where no series has a currency that is known, "LCU" and names of others do as well.
    """
    money = (table.units[code] for code in np.unique(table.series.unit).tolist() if table.units[code].is_money)
    amounts = [at for at, label in enumerate(table.labels["measure"]) if is_amount(label.id)]
    codes = np.unique(table.series.unit[np.isin(table.series.measure, amounts)]).tolist()
    others = (unit for unit in map(table.units.__getitem__, codes) if unit.base == _LOCAL or not is_known_unit(unit))
    found: Unit = next(chain(money, others), Unit())
    return found


def is_apart(table: Table, unit: Unit) -> bool:
    """Whether a unit can be of several currencies in a table of several economies; provinces share theirs."""
    if unit.base in {"", "%"} or (unit.is_money and unit.base.partition(" ")[0] not in _OF_SEVERAL):
        return False
    used = [table.labels["reporter"][code].id for code in np.unique(table.series.reporter).tolist() if code >= 0]
    return sum(1 for each in used if not unit.is_money or economy(each) is not None) > 1


def within_sectors(table: Table, units: NDArray[np.int32], column: NDArray[np.int64]) -> Floats:
    """Factors that bring quantities to the unit of the first of their sector: tonnes of one, pieces of another."""
    _, first, inverse = np.unique(column, return_index=True, return_inverse=True)
    references = units[first][inverse]
    factors = np.ones(len(units))
    for code in np.flatnonzero(units != references).tolist():
        found = table.units[int(units[code])].factor_to(table.units[int(references[code])])
        factors[code] = np.inf if found is None else found
    return factors
