"""A look at a sheet: its filled rows, what its cells say, and a sample of the rows below a header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.files.cells import blank, number_of, period_of, words
from core.files.grid import Cell, Row, Sheet
from core.files.mapping import Labels, Names
from core.files.margins import margin_key
from core.files.values import holds_number, read_value, read_values
from core.measures import plain
from core.table import DIMENSIONS

NEAR = 40
"""Filled rows in which the header is looked for, and rows below it that are looked at one by one."""
_FAR = 120
"""Rows of a long table, evenly spread, that are looked at besides the first ones."""
_TEXTS = 5_000
_GAPS = {"na", "n/a", "n.a.", "n.a", "nan", "null", "none", "nil", "无", "(x)", "x", "缺", "未公布"}
_DAY = re.compile(r"\s*\d{1,2}/\d{1,2}/(?:18|19|20)\d\d\s*")
_MONTH = re.compile(r"\s*(?:18|19|20)\d\d\.(?:0?[1-9]|1[0-2])\s*")
_FLAGGED = re.compile(r"[:.\-–—]+ ?[a-z]{1,2}")
"""A sign for "missing" with a flag behind it: ": c" is confidential."""


class Look:
    """A sheet with the questions that detection asks of it, each answered once."""

    def __init__(self, sheet: Sheet, known: Labels) -> None:
        """Raises UserError for a sheet without numbers."""
        self.sheet, self.rows = sheet, sheet.rows
        self.names = Names(known)
        self.mask = sheet.rows.filled()
        self.filled: list[int] = np.flatnonzero(self.mask.any(axis=1)).tolist()
        if not self.filled:
            raise refuse("The sheet “{sheet}” is empty.", sheet=sheet.name)
        self.columns: list[int] = np.flatnonzero(self.mask.any(axis=0)).tolist()
        self.width = self.columns[-1] + 1
        self.decimal = decimal_of(sheet.rows.strings[:_TEXTS])
        if not self._has_numbers():
            raise refuse("The sheet “{sheet}” holds no numbers.", sheet=sheet.name)
        self._rows: dict[int, Row] = {}
        self._below: dict[int, list[int]] = {}
        self._margins: dict[int, bool] = {}

    def _has_numbers(self) -> bool:
        if bool(np.isfinite(self.rows.numbers).any()):
            return True
        return any(number_of(text, self.decimal) is not None for text in self.rows.strings)

    @cached_property
    def numeric(self) -> list[int]:
        """The first rows with numbers; header levels, headings and footers are not among them."""
        return [at for at in self.filled[: 10 * NEAR] if self._is_numeric(at)]

    @cached_property
    def years_stated(self) -> bool:
        """Whether a line above says that all numbers are of one year; then numbers that look like years are none."""
        return any(margin_key(self.row(at)) == "year" for at in self.filled[:NEAR])

    def row(self, at: int) -> Row:
        """A row, without empty cells at its end."""
        if at not in self._rows:
            self._rows[at] = self.rows[at] if 0 <= at < len(self.rows) else ()
        return self._rows[at]

    def cell(self, row: int, column: int) -> Cell:
        """One cell; None outside the sheet."""
        cells = self.row(row)
        return cells[column] if column < len(cells) else None

    def words(self, row: int, column: int) -> str:
        """One cell as a text in one line."""
        return words(self.cell(row, column))

    def number(self, row: int, column: int) -> float | None:
        """The number of a cell."""
        return number_of(self.cell(row, column), self.decimal)

    def holds_value(self, cell: Cell) -> bool:
        """Whether a cell is a number, or what a cell of numbers says beside plain ones: "≈ 0", "12 b", "63.5/61.0"."""
        return isinstance(cell, float) or (isinstance(cell, str) and _says_number(cell, self.decimal))

    def below(self, row: int) -> list[int]:
        """Rows with numbers below a row: the first ones, and some of all the others."""
        if row not in self._below:
            near = [at for at in self.numeric if at > row][:NEAR]
            last = near[-1] if near else row
            far = self.filled[int(np.searchsorted(self.filled, last, side="right")) :]
            near += far[:: max(1, len(far) // _FAR)]
            self._below[row] = near
        return self._below[row]

    def near(self, row: int) -> list[int]:
        """The first rows with numbers below a row."""
        return [at for at in self.numeric if at > row][:NEAR]

    def texts(self, row: int, column: int) -> list[str]:
        """What a column says in the rows looked at, without signs of missing values."""
        return [words(cell) for at in self.below(row) if not is_gap(cell := self.cell(at, column), codes=True)]

    def is_margin(self, row: int) -> bool:
        """Whether a row says something of the whole table. "Sector | Name" right above a number is a header."""
        if row not in self._margins:
            key = margin_key(self.row(row))
            heads = key in DIMENSIONS and self.number(row + 1, 1) is not None and not margin_key(self.row(row + 1))
            self._margins[row] = bool(key) and not heads
        return self._margins[row]

    def _is_numeric(self, row: int) -> bool:
        return any(map(self.holds_value, self.row(row))) and not self.is_margin(row)

    def periods_below(self, row: int, column: int) -> bool:
        """Whether a column below a row is one of periods; months such as 202604 only where all of them are."""
        cells = [cell for at in self.near(row) if not blank(cell := self.cell(at, column))]
        found = [period_of(cell) for cell in cells]
        compact = any(isinstance(cell, float) and cell >= 100_000 for cell in cells)
        held = sum(each is not None or is_day(cell) for each, cell in zip(found, cells, strict=True))
        return bool(cells) and held >= (1 if compact else 0.8) * len(cells)

    def holds_numbers(self, row: int, column: int, share: float = 0.5) -> bool:
        """Whether numbers are at least that share of what a column holds; signs of missing values do not count."""
        cells = [cell for at in self.below(row) if not is_gap(cell := self.cell(at, column))]
        return sum(map(self.holds_value, cells)) >= share * len(cells) > 0

    def holds_gaps(self, row: int, column: int, *, signs: bool = False) -> bool:
        """Whether a column holds nothing but blanks and, `signs` says at least once, signs of missing values."""
        rows = [at for at in self.filled[: 10 * NEAR] if at > row and not self.is_margin(at)][:NEAR]
        cells = [self.cell(at, column) for at in rows]
        return all(map(is_gap, cells)) and not (signs and all(map(blank, cells)))

    def values(self, rows: NDArray[np.int64], columns: Iterable[int]) -> NDArray[np.float64]:
        """The numbers of columns; NaN where a cell holds none. Only for few rows: each text is read."""
        at = list(columns)
        numbers, texts = self.rows.numbers[rows][:, at].copy(), self.rows.texts[rows][:, at]
        used = np.unique(texts)
        read = np.full(len(self.rows.strings) + 1, np.nan)
        codes = [code for code in used.tolist() if code]
        if codes:
            found, kinds = read_values([self.rows.strings[code - 1] for code in codes], self.decimal)
            read[codes] = np.where(holds_number(kinds), found, np.nan)
        held: NDArray[np.float64] = np.where(texts > 0, read[texts], numbers)
        return held

    def header(self, top: int, row: int, column: int) -> str:
        """The lowest text of a header over a column."""
        texts = (self.words(at, column) for at in range(row, top - 1, -1))
        return next((text for text in texts if text), "")


def is_day(cell: Cell) -> bool:
    """Whether a cell is a date of which nothing says whether day or month comes first."""
    return isinstance(cell, str) and _DAY.fullmatch(cell) is not None


def is_gap(cell: Cell, *, codes: bool = False) -> bool:
    """Blank, or one of the signs that stand for a missing value: "..", "-", "n/a", "#N/A".

    Among `codes` "NA" is Namibia.
    """
    if not isinstance(cell, str):
        return cell is None
    text = plain(cell)
    if codes and text in {"na", "x"}:
        return False
    if text in _GAPS or text.startswith("#") or _FLAGGED.fullmatch(text):
        return True
    return not any(map(str.isalnum, text)) and not _near_zero(text)


def decimal_of(texts: Iterable[str]) -> str:
    """A comma where texts such as "74,4" occur and none with a decimal point does."""
    commas = points = twice = 0
    for text in texts:
        if text[-1:].isdigit() and ("," in text or "." in text):
            commas += number_of(text) is None and number_of(text, ",") is not None
            points += "." in text and number_of(text) is not None and not _grouped(text) and not _MONTH.fullmatch(text)
            twice += text.count(".") > 1 and "," not in text and _grouped(text)
    return "," if (commas or twice) and not points else "."


def _grouped(text: str) -> bool:
    """Whether points in a number may separate thousands: "1.503"."""
    groups = text.strip().lstrip("+-").split(".")
    return len(groups[0]) <= 3 and groups[0] != "0" and all(len(group) == 3 for group in groups[1:])


def _near_zero(text: str) -> bool:
    return read_value(text).kind == "near_zero"


@lru_cache(maxsize=65_536)
def _says_number(text: str, decimal: str) -> bool:
    return read_value(text, decimal).kind not in {"blank", "error", "text"}
