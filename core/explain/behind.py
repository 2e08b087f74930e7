"""The series behind one number of an input: the rows and columns that `core.scopes.Scopes.resolve` takes for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.indices.registry import Index, Input
from core.scopes import Scopes
from core.structure import Codes, is_whole
from core.table import Floats

_NONE: Codes = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False, slots=True)
class Behind:
    """Series of one measure of a table by their positions, and what the numbers of each are multiplied by.

    `measure` is what they serve as; a factor is negative where a number is taken off, infinite where it has another
    currency.
    """

    table: str
    measure: str
    series: Codes
    factors: Floats


def series_behind(scopes: Scopes, index: Index, each: Input, row: int, column: int) -> tuple[Behind, ...]:
    """What the number in a row and column of an input is made from; several measures where it is a ratio."""
    added, taken_off = _rows(scopes, index, each, row)
    found = []
    for source in scopes.structure.sources(each.what):
        cells = scopes.structure.cells[source]
        columns = _columns(scopes, index, each, column, source)
        inside = _marked(scopes.structure.shape[1], columns)[cells.column]
        plus = np.flatnonzero(inside & _marked(scopes.structure.shape[0], added)[cells.row])
        minus = np.flatnonzero(inside & _marked(scopes.structure.shape[0], taken_off)[cells.row])
        series = cells.series[np.concatenate([plus, minus])]
        factors = np.concatenate([cells.factor[plus], -cells.factor[minus]])
        found.append(Behind(scopes.structure.owner[source], source, series, factors))
    return tuple(found)


def _marked(size: int, places: Codes) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    mask = np.zeros(size, dtype=np.bool_)
    mask[places[places >= 0]] = True
    return mask


def _columns(scopes: Scopes, index: Index, each: Input, column: int, source: str) -> Codes:
    if each.part == "total" or is_whole(each.what):
        return scopes.total_columns(source)
    if each.part == "parts" or index.mixes_economies:
        return scopes.columns(index)[column : column + 1]
    return np.array([column], dtype=np.int64)


def _rows(scopes: Scopes, index: Index, each: Input, row: int) -> tuple[Codes, Codes]:
    """The rows whose numbers are added up, and those whose numbers are taken off."""
    of = scopes.structure
    aside = each.whose == "world" and scopes.excludes(index)
    if index.mixes_economies and each.whose not in {"flow", "market"}:
        own = scopes.rows_everywhere(each.what, int(of.economies[row])) if row < len(of.economies) else _NONE
        if each.whose in {"world", "global"}:
            return scopes.rows_global(each.what), own if aside else _NONE
        return own, _NONE
    if each.whose == "flow":
        return of.pairs[row : row + 1], _NONE
    if each.whose in {"market", "partner", "reporter"} or (each.whose == "" and scopes.is_of_reporter(each)):
        people = of.sender if each.whose in {"reporter", ""} else of.receiver
        person = int(people[of.pairs[row]] if each.whose == "market" else people[row])
        return scopes.rows_everywhere(each.what, person), _NONE
    if each.whose == "global":
        return scopes.rows_global(each.what), _NONE
    own = np.array([row], dtype=np.int64)
    if each.whose == "world":
        return scopes.rows_world(each.what, row), own if aside else _NONE
    return own, _NONE
