"""Why a result has no value, or one to be careful with; the policy of one table for all indices."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from core.text import Text, text

Statuses = NDArray[np.uint8]


class Status(IntEnum):
    """From 10 on the value is NaN: it is never 0 and never infinite instead."""

    OK = 0
    NEGATIVE_FLOW = 1
    ABOVE_WORLD = 2
    PARTIAL = 3
    NO_TRADE = 10
    ZERO_BASE = 11
    LOG_OF_ZERO = 12
    UNCONNECTED = 13
    TOO_FEW = 14
    MISSING = 20
    NO_EARLIER_YEAR = 21
    UNIT_MISMATCH = 22
    INCOMPLETE_YEAR = 23
    NO_YEAR_VALUE = 24


UNDEFINED = Status.NO_TRADE


@dataclass(frozen=True, eq=False, slots=True)
class Marked:
    """What an index returns where it knows more than its values say: a status for each, 0 where there is none."""

    values: NDArray[np.float64]
    statuses: Statuses


CODES = {
    Status.OK: "ok",
    Status.NEGATIVE_FLOW: "warning: negative flow",
    Status.ABOVE_WORLD: "warning: above the world",
    Status.PARTIAL: "warning: economies left out",
    Status.NO_TRADE: "undefined: no trade",
    Status.ZERO_BASE: "undefined: zero base",
    Status.LOG_OF_ZERO: "undefined: log of zero",
    Status.UNCONNECTED: "undefined: not connected",
    Status.TOO_FEW: "undefined: too few",
    Status.MISSING: "missing: input",
    Status.NO_EARLIER_YEAR: "missing: earlier year",
    Status.UNIT_MISMATCH: "undefined: unit mismatch",
    Status.INCOMPLETE_YEAR: "missing: incomplete year",
    Status.NO_YEAR_VALUE: "missing: no rule for years",
}
"""What files say; English always, so that programs can read it."""

_TEXTS = {
    Status.OK: text("fine"),
    Status.NEGATIVE_FLOW: text("computed from a negative flow"),
    Status.ABOVE_WORLD: text("the economy exceeds the world: the sources do not fit"),
    Status.PARTIAL: text("computed without the economies that lack an input"),
    Status.NO_TRADE: text("undefined: no trade at all (0/0)"),
    Status.ZERO_BASE: text("undefined: the base is zero or negative"),
    Status.LOG_OF_ZERO: text("undefined: the logarithm of zero or of a negative number"),
    Status.UNCONNECTED: text("undefined: outside the connected part of economies and sectors"),
    Status.TOO_FEW: text("undefined: too few economies or sectors"),
    Status.MISSING: text("an input is missing"),
    Status.NO_EARLIER_YEAR: text("there is no earlier year to compare with"),
    Status.UNIT_MISMATCH: text("the inputs have different currencies or units"),
    Status.INCOMPLETE_YEAR: text("a part of the year is missing in an input"),
    Status.NO_YEAR_VALUE: text("the rule by which years are made does not fit the measure of an input"),
}


def status_text(status: int) -> Text:
    """A status for people."""
    return _TEXTS[Status(status)]
