"""Years from quarters, months and days: by a rule that a person chose for the table, and never without one."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from core.measures import measure_label, measures
from core.periods import year_of
from core.project import Project
from core.status import Status
from core.table import Floats, Label, Table
from core.text import Text, text

RULES = ("", "sum", "last", "december")
"""No years; the sum of all quarters or months; the last value of the year; the value of the last quarter or month,
which is the year's where a measure is cumulative."""
_PARTS = {"month": 12, "quarter": 4}
_CUMULATIVE = re.compile(
    r"[,(]?\s*(?:累[计計积積][值额額]?|cumulative|cumulated|accumulated|year[ -]to[ -]date|\bytd\b)\s*\)?",
    re.IGNORECASE,
)

Statuses = NDArray[np.uint8]


def offered(table: Table) -> tuple[str, ...]:
    """The rules that a table can have; none where it has years or no periods at all."""
    if table.periods.kind in _PARTS:
        return RULES
    return ("", "last") if table.periods.kind == "date" else ()


def rule_of(project: Project, table: Table) -> str:
    """The rule chosen for a table; "" where none is, or where the table cannot have it."""
    rule = project.analysis.annual.get(table.id, "")
    return rule if rule in offered(table) else ""


def rule_text(rule: str, kind: str) -> Text:
    """A rule for people; `kind` is that of the table's periods."""
    of_quarters = kind == "quarter"
    return {
        "": text("not made"),
        "sum": text("sum of the four quarters") if of_quarters else text("sum of the twelve months"),
        "last": text("last value of the year"),
        "december": text("cumulative value of quarter 4") if of_quarters else text("cumulative value of December"),
    }[rule]


def years_of(table: Table, rule: str) -> tuple[int, ...]:
    """The years of a table as indices see it: empty where years are not made, and for a cross-section without one."""
    if table.periods.kind == "year":
        return table.periods.values
    if not rule:
        return ()
    return tuple(dict.fromkeys(year_of(table.periods.kind, value) for value in table.periods.values))


def positions(table: Table, rule: str, year: int) -> tuple[int, ...]:
    """The positions of the periods that make a year, in time; empty where it is none of `years_of`."""
    kind = table.periods.kind
    if kind != "year" and not rule:
        return ()
    return tuple(at for at, value in enumerate(table.periods.values) if year_of(kind, value) == year)


def values_of_year(
    table: Table, rule: str, year: int, series: NDArray[np.int64] | slice, fits: bool = True
) -> tuple[Floats, Status]:
    """Numbers of some series in a year, and why those are missing that are NaN.

    `fits` says whether the rule fits their measure.
    """
    found = positions(table, rule, year)
    if not found:
        return np.array(np.nan), Status.MISSING
    if not fits:
        return np.array(np.nan), Status.NO_YEAR_VALUE
    lacking = Status.MISSING
    if table.periods.kind == "year":
        values = table.column(found[0])[series]
    elif rule == "last":
        values = np.array(np.nan)
        for at in found:
            values = np.where(np.isnan(column := table.column(at)[series]), values, column)
    else:
        lacking, parts = Status.INCOMPLETE_YEAR, _PARTS[table.periods.kind]
        if rule == "december":
            found = tuple(at for at in found if table.periods.values[at] % (100 if parts == 12 else 10) == parts)
        values = np.array(np.nan)
        if len(found) == (parts if rule == "sum" else 1):
            values = np.sum([table.column(at)[series] for at in found], axis=0)
    return values, lacking


def fitting(table: Table, rule: str, own: str, measure: str) -> bool:
    """Whether a rule gives years for the measure `own` of a table, which serves as `measure`.

    Only what is counted over a span of time adds up: flows and quantities, but no stock, growth or share, and nothing
    that is cumulative already. Where a table has cumulative measures, only they have a value of the year in December.
    """
    if rule not in {"sum", "december"} or table.periods.kind == "year":
        return True
    cumulative = {label.id for label in table.labels["measure"] if is_cumulative(label)}
    if rule == "december":
        return own in cumulative or not cumulative
    known = measures().get(measure)
    if known is None or own in cumulative or known.unit == "percent":
        return False
    return known.kind in {"flow", "quantity"} or (known.summable and known.unit == "money")


def is_cumulative(measure: Label) -> bool:
    """Whether a measure counts from the beginning of its year, as its name says."""
    return any(_CUMULATIVE.search(each) for each in (measure.id, measure.name.en, measure.name.zh))


def cumulative_of(table: Table) -> dict[str, str]:
    """The measures of the catalogue of which a table has the cumulative values, and which of its own those are.

    "Cumulative exports" are the exports of a year in December.
    """
    found: dict[str, str] = {}
    for label in table.labels["measure"]:
        if is_cumulative(label):
            for name in (label.name.en, label.name.zh, label.id):
                measure = measure_label(_CUMULATIVE.sub("", name).strip(" ,")).id
                if measure in measures():
                    found.setdefault(measure, label.id)
    return found


def how(project: Project, table: Table) -> Text | None:
    """How the years of a table were made, for the small print; None where it has years of its own.

    For "last" it says how many periods fell into the years, because a last value of one is not a last value of many.
    """
    rule = rule_of(project, table)
    if not rule:
        return None
    said = rule_text(rule, table.periods.kind)
    if rule != "last":
        return text("Years of {table}: {rule}.", table=table.title, rule=said)
    counts = Counter(year_of(table.periods.kind, value) for value in table.periods.values).values()
    fewest, most = min(counts, default=0), max(counts, default=0)
    span = str(most) if fewest == most else f"{fewest}–{most}"
    return text("Years of {table}: {rule}, of {count} in a year.", table=table.title, rule=said, count=span)


def without_years(table: Table) -> Text:
    """Why indices see no year of a table, and what to do."""
    if table.periods.kind == "quarter":
        return text("choose how years are made of its quarters")
    if table.periods.kind == "month":
        return text("choose how years are made of its months")
    if table.periods.kind == "date":
        return text("choose how years are made of its days")
    return text("the table has no years")
