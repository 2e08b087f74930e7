"""Sheets as grids of cells in columns of numbers and texts: compact, fast to search, and read like rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from core.text import Text

Cell = str | float | None
Row = tuple[Cell, ...]
Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""


class Grid(Sequence[Row]):
    """Cells of a sheet. A sequence of rows, each a tuple that ends with its last filled cell.

    `numbers` is a float64 array of rows × columns with NaN where a cell holds no number. `texts` is an int32 array
    of the same shape: 0 where a cell holds no text, else one more than the place of the text in `strings`.
    """

    __slots__ = ("numbers", "strings", "texts")

    def __init__(self, numbers: NDArray[np.float64], texts: NDArray[np.int32], strings: tuple[str, ...]) -> None:
        """Takes the arrays as they are."""
        self.numbers, self.texts, self.strings = numbers, texts, strings

    @classmethod
    def of(cls, rows: Iterable[Sequence[Cell]]) -> Grid:
        """A grid of plain rows of any lengths. An empty text is an empty cell."""
        given = [list(row) for row in rows]
        width = max(map(len, given), default=0)
        numbers = np.full((len(given), width), np.nan)
        texts = np.zeros((len(given), width), dtype=np.int32)
        codes: dict[str, int] = {}
        for at, row in enumerate(given):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        texts[at, column] = codes.setdefault(cell, len(codes) + 1)
                elif cell is not None:
                    numbers[at, column] = cell
        return cls(numbers, texts, tuple(codes))

    @property
    def width(self) -> int:
        """Number of columns."""
        return int(self.numbers.shape[1])

    def cell(self, row: int, column: int) -> Cell:
        """One cell; None outside the grid."""
        if not (0 <= row < len(self) and 0 <= column < self.width):
            return None
        code = int(self.texts[row, column])
        if code:
            return self.strings[code - 1]
        number = float(self.numbers[row, column])
        return None if number != number else number

    def filled(self) -> NDArray[np.bool_]:
        """Rows × columns: where a cell holds a number or a text that is more than spaces."""
        blank = np.array([True, *(not text.strip() for text in self.strings)])
        filled: NDArray[np.bool_] = ~np.isnan(self.numbers) | ~blank[self.texts]
        return filled

    def __len__(self) -> int:
        """Number of rows."""
        return int(self.numbers.shape[0])

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Grid: ...
    def __getitem__(self, at: int | slice) -> Row | Grid:
        """A row, or some rows as a grid."""
        if isinstance(at, slice):
            return Grid(self.numbers[at], self.texts[at], self.strings)
        numbers, texts, strings = self.numbers[at].tolist(), self.texts[at].tolist(), self.strings
        cells: list[Cell] = [
            strings[code - 1] if code else None if number != number else number
            for number, code in zip(numbers, texts, strict=True)
        ]
        end = len(cells)
        while end and cells[end - 1] is None:
            end -= 1
        return tuple(cells[:end])

    def __eq__(self, other: object) -> bool:
        """Equal to any sequence of the same rows; for tests."""
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented
        return all(tuple(mine) == tuple(theirs) for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """By identity."""
        return id(self)


@dataclass(frozen=True, slots=True)
class TextStream:
    """A text file that is too long to be held: a sheet shows its first rows, an import reads it in pieces."""

    path: Path
    encoding: str
    """Python's name of it, "utf-8-sig" where the file begins with a mark."""
    separator: str
    size: int
    """Bytes."""


@dataclass(frozen=True, eq=False, slots=True)
class Sheet:
    """A grid as it stands in the file, and what a file can say beside its cells."""

    name: str
    rows: Grid
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Area, ...] = ()
    uncalculated: int = 0
    """Formulas for which the file has no value."""
    stream: TextStream | None = None
    """Where the rest is, if `rows` is only the beginning."""
    words: tuple[tuple[str, str], ...] = ()
    """What a format says about the whole sheet in so many words, such as labels of Stata variables by name."""
    file: str = ""
    """The name of the file, without its folder."""


def sheet_of(name: str, rows: Iterable[Sequence[Cell]]) -> Sheet:
    """A sheet of plain rows."""
    return Sheet(name, Grid.of(rows))


@dataclass(frozen=True, eq=False, slots=True)
class Sheets:
    """What a file holds: its name without the folder and its sheets; encoding and separator of a text file."""

    file: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    separator: str = ""
    notes: tuple[Text, ...] = ()
    """What was left out of the file and why: macros, charts, external links."""
