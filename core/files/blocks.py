"""Sheets that hold more than one table, and columns that hold more than one dimension, taken apart before a guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.files.cells import blank, period_of, words
from core.files.grid import Cell, Grid, Row, Sheet, Sheets, sheet_of
from core.files.guessing.dates import with_plain_dates, with_plain_quarters
from core.files.guessing.heads import roles_of
from core.files.guessing.look import is_gap
from core.files.margins import margin_key, measure_in
from core.files.values import read_value
from core.measures import plain, role_words

_TABLE = {"table", "tables", "表"}
_NUMBERED = re.compile(
    r"(?:table|panel|part|section)\s*[\divxa-c]|表\s*[\d一二三四五六七八九十]|[(（][\d一二三四五六七八九十]+[)）]"
)
_COMPOSITE = re.compile(r"[\w ]+(?:[,;|][\w ]+)+\\\w+")
_NO_NUMBER = {"blank", "error", "text"}
_MOST_ROWS = 20_000
"""A longer sheet is one list."""
_MOST_LINES = 9
"""Lines between the title of a table and its header."""


def sheets_of(found: Sheets) -> tuple[Sheet, ...]:
    """The sheets; one that lists or stacks several tables falls into one for each of them."""
    return tuple(part for sheet in found.sheets for part in taken_apart(sheet))


def taken_apart(sheet: Sheet) -> tuple[Sheet, ...]:
    """The tables of a sheet, each as a sheet; the sheet itself where it holds one."""
    sheet = with_plain_quarters(with_plain_dates(sheet))
    column = _table_column(sheet)
    return tuple(_stacked(_with_dimensions(sheet))) if column is None else _listed(sheet, column)


# ---- a column that names the table of each row, as an export of this application has it ----


def lists_tables(sheet: Sheet) -> bool:
    """Whether a column says of which table each row is; then each is a table whatever it has in common."""
    return _table_column(sheet) is not None


def _table_column(sheet: Sheet) -> int | None:
    names = [plain(words(cell)) for cell in (sheet.rows[0] if len(sheet.rows) else ())]
    valued = any(name in role_words()["value"] for name in names)
    return next((at for at, name in enumerate(names) if valued and name in _TABLE), None)


def _listed(sheet: Sheet, column: int) -> tuple[Sheet, ...]:
    header = sheet.rows[0]
    parts: dict[str, list[Row]] = {}
    for row in sheet.rows[1:]:
        if not all(map(blank, row)):
            title = words(row[column]) if column < len(row) else ""
            parts.setdefault(title, []).append(_without(row, column))
    top = _without(header, column)
    return tuple(sheet_of(title or sheet.name, (top, *rows)) for title, rows in parts.items())


def _without(row: Row, column: int) -> Row:
    return (*row[:column], *row[column + 1 :])


# ---- a column of several dimensions ----


def _with_dimensions(sheet: Sheet) -> Sheet:
    r"""The sheet with a column more for each dimension that the first one joins: "freq,partner,geo\TIME_PERIOD".

    They are put behind the others, so that all cells of the file keep their addresses.
    """
    header = words(sheet.rows.cell(0, 0))
    if sheet.stream is not None or not _COMPOSITE.fullmatch(header):
        return sheet
    sign = next(each for each in ",;|" if each in header)
    names = [each.strip() for each in header.partition("\\")[0].split(sign)]
    grid = sheet.rows
    split = [[each.strip() for each in text.split(sign)] for text in grid.strings]
    used = np.unique(grid.texts[1:, 0]).tolist()
    if any(code and len(split[code - 1]) != len(names) for code in used):
        return sheet
    strings, codes = list(grid.strings), {text: n + 1 for n, text in enumerate(grid.strings)}
    columns = []
    for n, name in enumerate(names):
        own = np.zeros(len(grid.strings) + 1, dtype=np.int32)
        for code in [each for each in used if each]:
            own[code] = _code(split[code - 1][n], codes, strings)
        column = own[grid.texts[:, 0]]
        column[0] = _code(name, codes, strings)
        columns.append(column)
    texts = np.column_stack([grid.texts, *columns])
    numbers = np.column_stack([grid.numbers, np.full((len(grid), len(names)), np.nan)])
    return replace(sheet, rows=Grid(numbers, texts, tuple(strings)))


def _code(text: str, codes: dict[str, int], strings: list[str]) -> int:
    if not text:
        return 0
    if text not in codes:
        strings.append(text)
        codes[text] = len(strings)
    return codes[text]


# ---- tables below each other ----


def _stacked(sheet: Sheet) -> list[Sheet]:
    """A sheet for each of the tables that stand below each other, each cell at its address.

    Only what has a title and a header of its own is a table of its own; a header that is repeated on each page is not.
    """
    if sheet.stream is not None or not 4 < len(sheet.rows) <= _MOST_ROWS:
        return [sheet]
    mask = sheet.rows.filled()
    filled = np.flatnonzero(mask.any(axis=1)).tolist()
    alone = np.flatnonzero(mask.sum(axis=1) == 1).tolist()
    above: dict[int, list[int]] = {}
    for at in alone:
        if isinstance(_lone(sheet, at), str) and (header := _header_below(sheet, filled, at)) is not None:
            above.setdefault(header, []).append(at)
    titles, headers = list[int](), list[int]()
    for header, lines in above.items():
        title = _title(sheet, lines, mask)
        if not headers or _is_own(sheet, title, header, headers[0], mask):
            titles.append(title)
            headers.append(header)
    if len(titles) < 2 or not _has_numbers(sheet, filled, headers[0], titles[1]):
        return [sheet]
    common = titles[0]
    ends = [*titles[1:], len(sheet.rows)]
    return [
        replace(sheet, name=f"{sheet.name}: {words(_lone(sheet, at))}"[:120], rows=_cut(sheet.rows, common, at, end))
        for at, end in zip(titles, ends, strict=True)
    ]


def _title(sheet: Sheet, lines: Sequence[int], mask: NDArray[np.bool_]) -> int:
    """Which of the lines above a header is its title: the last that counts tables or names a measure.

    Else the first below a blank row; notes of the table above may come before it.
    """
    texts = {at: words(_lone(sheet, at)) for at in lines}
    named = [at for at, text in texts.items() if _NUMBERED.match(plain(text)) or measure_in(text)]
    apart = [at for at in lines if at > 0 and not bool(mask[at - 1].any()) and not margin_key(sheet.rows[at])]
    return (named or apart[-1:] or list(lines))[-1 if named else 0]


def _lone(sheet: Sheet, row: int) -> Cell:
    return next((cell for cell in sheet.rows[row] if not blank(cell)), None)


def _header_below(sheet: Sheet, filled: Sequence[int], title: int) -> int | None:
    """The header that follows a title after at most a few lines of one cell; None where there is none."""
    place = int(np.searchsorted(filled, title)) + 1
    for n in range(place, min(place + _MOST_LINES, len(filled) - 1)):
        cells = [cell for cell in sheet.rows[filled[n]] if not blank(cell)]
        if len(cells) > 1 and not margin_key(sheet.rows[filled[n]]):
            rows = [row for at in filled[n + 1 : n + 3] if (row := sheet.rows[at])]
            below = rows[1] if len(rows) > 1 and sum(not blank(cell) for cell in rows[0]) == 1 else rows[0]
            numbers = [cell for cell in below[1:] if _is_number(cell) and period_of(cell) is None]
            return filled[n] if numbers and all(map(_may_head, cells)) else None
    return None


def _may_head(cell: Cell) -> bool:
    """Whether a cell can stand in a header: a name or a period."""
    if blank(cell) or is_gap(cell):
        return False
    return period_of(cell) is not None or not _is_number(cell)


def _is_number(cell: Cell) -> bool:
    """Whether a cell is a number, with a decimal point or comma."""
    return isinstance(cell, float) or (
        isinstance(cell, str) and any(read_value(cell, sign).kind not in _NO_NUMBER for sign in ".,")
    )


def _is_own(sheet: Sheet, title: int, header: int, first: int, mask: NDArray[np.bool_]) -> bool:
    """Whether a further title begins a table of its own, rather than heading some rows of the one above."""
    text = words(_lone(sheet, title))
    apart = title > 0 and not bool(mask[title - 1].any())
    if not (apart or _NUMBERED.match(plain(text)) or measure_in(text)):
        return False
    cells, old = sheet.rows[header], {words(cell) for cell in sheet.rows[first] if not blank(cell)}
    periods = sum(period_of(cell) is not None for cell in cells)
    same = sum(words(cell) in old for cell in cells if not blank(cell))
    named = any(roles_of(words(cell)) for cell in cells)
    return periods > 1 or same > 1 or (named and bool(_NUMBERED.match(plain(text))))


def _has_numbers(sheet: Sheet, filled: Sequence[int], header: int, end: int) -> bool:
    return any(any(map(_is_number, sheet.rows[at][1:])) for at in filled if header < at < end)


def _cut(grid: Grid, common: int, start: int, end: int) -> Grid:
    """The rows of one table and those above all of them; what lies between is left empty."""
    numbers, texts = grid.numbers[:end].copy(), grid.texts[:end].copy()
    numbers[common:start], texts[common:start] = np.nan, 0
    return Grid(numbers, texts, grid.strings)
