"""Dates such as 02/01/2020 and quarters such as 2, of which only what stands around them tells what they are."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from core.files.cells import blank, words
from core.files.grid import Grid, Sheet
from core.files.guessing.look import decimal_of
from core.measures import plain, role_words

_DATE = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-]((?:18|19|20)\d\d)(?: 0?0:00(?::00)?)?\s*")
_MOST, _HEADS = 5_000, 12


def with_plain_dates(sheet: Sheet) -> Sheet:
    """The sheet with such dates written as 2020-01-02, where one order is certain; else the sheet as it is."""
    if sheet.stream is not None:
        return sheet
    found = {
        at: match
        for at, text in enumerate(sheet.rows.strings)
        if 8 <= len(text) < 30 and "0" <= text.strip()[:1] <= "9" and (match := _DATE.fullmatch(text)) is not None
    }
    days_first = _days_first([(int(match[1]), int(match[2]), int(match[3])) for match in found.values()])
    if days_first is None and found and decimal_of(sheet.rows.strings[:_MOST]) == ",":
        days_first = True
    if days_first is None:
        return sheet
    strings = list(sheet.rows.strings)
    for at, match in found.items():
        day, month = (int(match[1]), int(match[2])) if days_first else (int(match[2]), int(match[1]))
        try:
            strings[at] = datetime.date(int(match[3]), month, day).isoformat()
        except ValueError:
            return sheet
    return replace(sheet, rows=Grid(sheet.rows.numbers, sheet.rows.texts, tuple(strings)))


def with_plain_quarters(sheet: Sheet) -> Sheet:
    """The sheet with the numbers 1 to 4 below a header such as "Quarter" written as Q1 to Q4."""
    if sheet.stream is not None:
        return sheet
    for row in range(min(_HEADS, len(sheet.rows))):
        for at, cell in enumerate(sheet.rows[row]):
            if isinstance(cell, str) and plain(cell) in role_words()["quarter"]:
                held = {
                    words(below)
                    for line in range(row + 1, len(sheet.rows))
                    if not blank(below := sheet.rows.cell(line, at))
                }
                if held and held <= {"1", "2", "3", "4"}:
                    return _with_quarters(sheet, row, at)
    return sheet


def _with_quarters(sheet: Sheet, row: int, column: int) -> Sheet:
    grid = sheet.rows
    numbers, texts = grid.numbers.copy(), grid.texts.copy()
    for line in range(row + 1, len(grid)):
        cell = grid.cell(line, column)
        if not blank(cell):
            numbers[line, column], texts[line, column] = np.nan, len(grid.strings) + int(words(cell))
    return replace(sheet, rows=Grid(numbers, texts, (*grid.strings, "Q1", "Q2", "Q3", "Q4")))


def _days_first(dates: Iterable[tuple[int, int, int]]) -> bool | None:
    """Whether the first numbers are days; None where nothing tells.

    A number above 12 is a day. Of numbers that are all the first or all the last of a month the others are months.
    """
    found = {*dates}
    first, second = {a for a, _, _ in found}, {b for _, b, _ in found}
    if not found:
        return None
    if max(first) > 12 or max(second) > 12:
        return None if max(first) > 12 and max(second) > 12 else max(first) > 12
    if (first == {1}) != (second == {1}) and len(found) > 2:
        return first == {1}
    return None
