"""From what an input is made of to the cells behind it: the largest parts, and what the others add up to."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.annual import fitting, positions, rule_of, values_of_year
from core.conversion import is_amount
from core.explain.behind import Behind
from core.explain.explanation import Cell, Part
from core.project import Project
from core.provenance import trace
from core.structure import Structure
from core.table import DIMENSIONS, Floats, Table
from core.text import Bilingual

MOST_PARTS = 12
"""Parts of a sum that are listed one by one; the others are said as one number."""


@dataclass(frozen=True, eq=False, slots=True)
class Made:
    """The parts of an input: the missing ones, then the largest; how many there are, and the sum of the others."""

    parts: tuple[Part, ...] = ()
    count: int = 0
    rest: float = 0.0


def made_of(project: Project, structure: Structure, behind: Sequence[Behind], year: int) -> Made:
    """What some series give to an input in a year."""
    found = [(each, table) for each in behind if (table := project.table(each.table)) is not None and len(each.series)]
    if not found:
        return Made()
    values = np.concatenate([_values(project, structure, each, table, year) for each, table in found])
    listed = _largest(values)
    varying = _varying(found)
    ends = np.cumsum([len(each.series) for each, _table in found])
    parts = []
    for place in listed.tolist():
        at = int(np.searchsorted(ends, place, side="right"))
        each, table = found[at]
        inside = place - (int(ends[at - 1]) if at else 0)
        series = int(each.series[inside])
        parts.append(
            Part(
                _names(table, series, varying),
                float(values[place]),
                structure.unit if is_amount(each.measure) else table.unit(series),
                float(each.factors[inside]),
                cells_of(project, table, series, year),
            )
        )
    others = np.delete(values, listed)
    return Made(tuple(parts), len(values), float(np.nansum(others)))


def _values(project: Project, structure: Structure, behind: Behind, table: Table, year: int) -> Floats:
    """The numbers of series in the unit of the input; NaN where they cannot be turned into it."""
    rule = rule_of(project, table)
    fits = fitting(table, rule, structure.own[behind.measure], behind.measure)
    read, _ = values_of_year(table, rule, year, behind.series, fits)
    known = np.isfinite(behind.factors)
    values: Floats = np.where(known, read * np.where(known, behind.factors, 1.0), np.nan)
    return values


def _largest(values: Floats) -> NDArray[np.int64]:
    """The places of the numbers that are listed: all of a few, else those that are missing and the largest."""
    weight = np.where(np.isnan(values), np.inf, np.abs(values))
    if len(values) > MOST_PARTS:
        most = np.argpartition(-weight, MOST_PARTS - 1)[: MOST_PARTS - 1]
        return most[np.argsort(-weight[most], kind="stable")]
    return np.argsort(-weight, kind="stable")


def cells_of(project: Project, table: Table, series: int, year: int) -> tuple[Cell, ...]:
    """The cells of which the value of a series in a year is made; none where its table does not have the year."""
    rule = rule_of(project, table)
    found = positions(table, rule, year)
    if rule == "last":
        filled = [at for at in found if not math.isnan(table.value(series, at))]
        found = tuple(filled[-1:]) or found[-1:]
    elif rule == "december":
        found = found[-1:]
    return tuple(cell_at(table, series, at) for at in found)


def cell_at(table: Table, series: int, period: int) -> Cell:
    """One cell; `period` is a position."""
    return Cell(
        table.id,
        table.key(series),
        table.periods.values[period],
        table.title,
        table.periods.name(period),
        table.value(series, period),
        table.unit(series),
        table.source(series),
        trace(table, series, period),
        table.marks.get((series, period)),
    )


def _varying(found: Sequence[tuple[Behind, Table]]) -> tuple[str, ...]:
    """The dimensions in which series differ; those of all where they differ in none."""
    differ = []
    for dimension in DIMENSIONS:
        codes = [table.series.codes(dimension)[each.series] for each, table in found]
        firsts = {table.label(dimension, int(each.series[0])) for each, table in found}
        if len(firsts) > 1 or any((each != each[0]).any() for each in codes):
            differ.append(dimension)
    return tuple(differ) or DIMENSIONS[:3]


def _names(table: Table, series: int, dimensions: Sequence[str]) -> tuple[Bilingual, ...]:
    labels = (table.label(dimension, series) for dimension in dimensions)
    return tuple(label.name if label is not None else Bilingual() for label in labels)
