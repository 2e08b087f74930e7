"""Cells of label columns that say that there is no name: "NA", "n/a", the ".." of this file."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from core.files.building.columns import Column, read_column
from core.files.cells import words
from core.files.grid import Cell, Sheet
from core.files.mapping import SheetMapping

_DIMENSIONS = ("reporter", "partner", "sector")
_WORDS = frozenset({"na", "n/a", "n.a.", "#n/a", "nan", "<na>", "null"})
"""As R, pandas, databases and workbooks write that nothing is there."""


class Unnamed:
    """Knows the cells of one sheet that hold no name; "NA" is Namibia in a column of codes of two letters."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping) -> None:
        """Of a long text the first rows decide what kind of codes a column has."""
        self._sheet, self._mapping = sheet, mapping
        self.columns = {at: dimension for at, role in enumerate(mapping.columns) if (dimension := _dimension(role))}
        self._signs = {sign for sign in map(words, mapping.missing) if not any(map(str.isalnum, sign))}
        self._two_letters: dict[int, bool] = {}

    def holds(self, at: int, cell: Cell) -> bool:
        """Whether a cell of a column that is not empty says that there is no name."""
        if not isinstance(cell, str) or at not in self.columns:
            return False
        name = words(cell)
        if name in self._signs:
            return True
        if name.casefold() not in _WORDS or name in self._mapping.meant.get(self.columns[at], {}):
            return False
        return name.casefold() != "na" or not self._has_two_letters(at)

    def emptied(self, columns: dict[int, Column]) -> NDArray[np.bool_] | None:
        """Empties such cells, and says which rows have no name in a dimension because of them; None for no row."""
        found: dict[str, NDArray[np.bool_]] = {}
        for at, dimension in self.columns.items():
            wanting = [self.holds(at, cell) for cell in columns[at].cells]
            if any(wanting):
                there = np.array([False, *wanting])[columns[at].codes]
                columns[at] = Column(np.where(there, 0, columns[at].codes).astype(np.int32), columns[at].cells)
                found[dimension] = found.get(dimension, False) | there
        for at, dimension in self.columns.items():
            if dimension in found:
                found[dimension] = found[dimension] & (columns[at].codes == 0)
        return np.logical_or.reduce(list(found.values())) if found else None

    def _has_two_letters(self, at: int) -> bool:
        if at not in self._two_letters:
            rows = slice(self._mapping.first, max(self._mapping.first, min(self._mapping.end, len(self._sheet.rows))))
            self._two_letters[at] = _mostly_two_letters(read_column(self._sheet.rows, rows, at).words())
        return self._two_letters[at]


def _mostly_two_letters(names: Iterable[str]) -> bool:
    others = [name for name in names if name.casefold() not in _WORDS]
    return 2 * sum(len(name) == 2 and name.isascii() and name.isalpha() for name in others) >= len(others)


def _dimension(role: str) -> str:
    dimension = role.removesuffix("_code")
    return dimension if dimension in _DIMENSIONS else ""
