"""Why a result has no value, or one to be careful with; the policy of one table for all indices."""

from __future__ import annotations

from enum import IntEnum

from core.text import Text, text


class Status(IntEnum):
    """From 10 on the value is NaN: it is never 0 and never infinite instead."""

    OK = 0
    NEGATIVE_FLOW = 1
    ABOVE_WORLD = 2
    NO_TRADE = 10
    ZERO_BASE = 11
    MISSING = 20
    NO_EARLIER_YEAR = 21
    UNIT_MISMATCH = 22
    INCOMPLETE_YEAR = 23
    NO_YEAR_VALUE = 24


UNDEFINED = Status.NO_TRADE

CODES = {
    Status.OK: "ok",
    Status.NEGATIVE_FLOW: "warning: negative flow",
    Status.ABOVE_WORLD: "warning: above the world",
    Status.NO_TRADE: "undefined: no trade",
    Status.ZERO_BASE: "undefined: zero base",
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
    Status.NO_TRADE: text("undefined: no trade at all (0/0)"),
    Status.ZERO_BASE: text("undefined: the base is zero or negative"),
    Status.MISSING: text("an input is missing"),
    Status.NO_EARLIER_YEAR: text("there is no earlier year to compare with"),
    Status.UNIT_MISMATCH: text("the inputs have different currencies or units"),
    Status.INCOMPLETE_YEAR: text("a part of the year is missing in an input"),
    Status.NO_YEAR_VALUE: text("the rule by which years are made does not fit the measure of an input"),
}


def status_text(status: int) -> Text:
    """A status for people."""
    return _TEXTS[Status(status)]
