"""Columns of a grid as codes into the few different things that stand in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.files.cells import words
from core.files.grid import Area, Cell, Grid

Rows = slice
Codes = NDArray[np.int32]
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, eq=False, slots=True)
class Column:
    """`codes` is 0 for an empty cell, else one more than the place of the cell in `cells`."""

    codes: Codes
    cells: tuple[Cell, ...]

    def map(self, meaning: Callable[[Cell], int], empty: int = -1) -> Codes:
        """What each row means, asked once for each different cell."""
        table = np.array([empty, *map(meaning, self.cells)], dtype=np.int32)
        found: Codes = table[self.codes]
        return found

    def words(self) -> list[str]:
        """The different cells as texts in one line."""
        return list(map(words, self.cells))


def read_column(grid: Grid, rows: Rows, at: int, merged: Sequence[Area] = ()) -> Column:
    """A column as codes. Cells of a merged area all hold what stands in its first row; blanks are empty cells."""
    if at >= grid.width:
        return Column(np.zeros(len(range(*rows.indices(len(grid)))), dtype=np.int32), ())
    texts, numbers = grid.texts[rows, at], grid.numbers[rows, at]
    codes = np.zeros(len(texts), dtype=np.int32)
    cells: list[Cell] = []
    used = _used(texts, len(grid.strings))
    table = np.zeros(len(grid.strings) + 1, dtype=np.int32)
    for code in used:
        text = grid.strings[code - 1]
        if text.strip():
            cells.append(text)
            table[code] = len(cells)
    np.take(table, texts, out=codes)
    plain = (texts == 0) & ~np.isnan(numbers)
    if plain.any():
        different, inverse = np.unique(numbers[plain], return_inverse=True)
        codes[plain] = inverse + len(cells) + 1
        cells += different.tolist()
    for first, left, last, right in merged:
        if left <= at <= right and last > first:
            start, end = max(first - rows.start, 0), min(last + 1 - rows.start, len(codes))
            if first >= rows.start and start < end:
                codes[start:end] = codes[start]
    return Column(codes, tuple(cells))


def pairs(a: Column, b: Column, meaning: Callable[[Cell, Cell], int]) -> Codes:
    """What two cells of a row mean together, asked once for each different pair."""
    both = a.codes.astype(np.int64) * (len(b.cells) + 1) + b.codes
    different, inverse = np.unique(both, return_inverse=True)
    found = [
        meaning(a.cells[at - 1] if (at := pair // (len(b.cells) + 1)) else None, b.cells[to - 1] if to else None)
        for pair, to in zip(different.tolist(), (different % (len(b.cells) + 1)).tolist(), strict=True)
    ]
    codes: Codes = np.array(found, dtype=np.int32)[inverse]
    return codes


def coalesced(columns: Sequence[Column]) -> Column:
    """Several columns as one: the cells of a row that are filled, one after the other, each text once."""
    result = columns[0]
    for other in columns[1:]:
        cells: dict[Cell, int] = {}

        def joined(a: Cell, b: Cell, cells: dict[Cell, int] = cells) -> int:
            texts = dict.fromkeys(text for text in (words(a), words(b)) if text)
            return cells.setdefault(" ".join(texts), len(cells) + 1) if texts else 0

        codes = pairs(result, other, joined)
        result = Column(codes, tuple(cells))
    return result


def or_else(column: Column, other: Column) -> Column:
    """A column, and where it is empty another one."""
    codes = np.where(column.codes > 0, column.codes, np.where(other.codes > 0, other.codes + len(column.cells), 0))
    return Column(codes.astype(np.int32), (*column.cells, *other.cells))


def _used(texts: Codes, count: int) -> list[int]:
    flags = np.zeros(count + 1, dtype=np.bool_)
    flags[texts] = True
    flags[0] = False
    return np.flatnonzero(flags).tolist()
