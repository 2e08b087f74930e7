"""The rows of a table below its header: where it ends, which are no data, and what stands for a missing value."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.files.cells import blank, part_of_year, period_of, words
from core.files.guessing.look import Look, is_gap
from core.files.mapping import SheetMapping
from core.measures import plain, role_words
from core.table import DIMENSIONS

_MOST_CELLS = 200_000
"""Cells of a long table in which signs of missing values are looked for."""
_MOST_HEADINGS = 5_000
_SENTINELS = (-9.0, -99.0, -999.0, -9999.0, -99999.0, 9999.0, 99999.0, 999999.0)
_LEAST = 3


def end_of(look: Look, found: SheetMapping) -> int:
    """The row after the last one with a number in a value column."""
    columns = [at for at, role in enumerate(found.columns) if role == "value"]
    for at in reversed(look.filled):
        if at < found.first:
            break
        numbers = any(look.holds_value(look.cell(at, column)) for column in columns)
        if (numbers and not _is_remark(look, at, found)) or _is_empty_series(look, at, found):
            return at + 1
    return found.first


def _is_remark(look: Look, row: int, found: SheetMapping) -> bool:
    """Whether a row with a number is none of the table: a source, a note, or a line without a period."""
    if "year" in found.columns:
        return period_of(look.cell(row, found.columns.index("year"))) is None and look.sheet.stream is None
    return look.is_margin(row) and not any(
        look.words(row, at) for at, role in enumerate(found.columns) if role in DIMENSIONS and at > 0
    )


def _is_empty_series(look: Look, row: int, found: SheetMapping) -> bool:
    """Whether a row without numbers belongs to the table: by its period, its labels, or a sign for "missing"."""
    if "year" in found.columns:
        return period_of(look.cell(row, found.columns.index("year"))) is not None
    cells = {at: cell for at in range(len(found.columns)) if not blank(cell := look.cell(row, at))}
    labels = [at for at in cells if found.columns[at].removesuffix("_code") in DIMENSIONS]
    gaps = any(found.columns[at] == "value" and is_gap(cell) for at, cell in cells.items())
    if len(labels) == 1 and is_gap(cells[labels[0]]):
        return False
    dimension = found.columns[labels[0]].removesuffix("_code") if labels else ""
    only = len(labels) == 1 and look.names.knows(dimension, words(cells[labels[0]]))
    return ((gaps and bool(labels)) or len(labels) >= 2 or only) and not look.is_margin(row)


def with_body(look: Look, found: SheetMapping) -> SheetMapping:
    """The mapping with the rows that are no data and the signs of missing values."""
    found = replace(found, missing=missing_marks(look, found))
    repeated = _repeated_headers(look, found)
    headings, kind = _headings(look, found, {*repeated})
    return replace(found, skipped=tuple(sorted({*repeated, *headings, *_sums_of_years(look, found)})), headings=kind)


def _sums_of_years(look: Look, found: SheetMapping) -> list[int]:
    """Rows such as "Jan. - Dec." among months, which are no months."""
    if "within_year" not in found.columns:
        return []
    at = found.columns.index("within_year")
    values = [column for column, role in enumerate(found.columns) if role == "value"]
    rows = (found.first + np.flatnonzero(look.mask[found.first : found.end, at])).tolist()
    odd = [row for row in rows[:_MOST_HEADINGS] if part_of_year(look.cell(row, at)) is None]
    return [row for row in odd if any(look.holds_value(look.cell(row, column)) for column in values)]


def missing_marks(look: Look, found: SheetMapping) -> tuple[str, ...]:
    """Texts and numbers in the value columns that stand for a missing value, as they are written."""
    columns = [at for at, role in enumerate(found.columns) if role == "value"]
    rows = np.arange(found.first, min(found.end, len(look.rows)))
    if not len(rows) or not columns:
        return ()
    rows = rows[:: max(1, len(rows) * len(columns) // _MOST_CELLS)]
    codes = np.unique(look.rows.texts[rows][:, columns])
    texts = [look.rows.strings[code - 1] for code in codes.tolist() if code]
    marks = [text for text in texts if _is_mark(text) and not blank(text)]
    return (*dict.fromkeys(text.strip() for text in marks), *_sentinels(look, rows, columns, texts))


def _is_mark(text: str) -> bool:
    """Whether a text stands for a missing value; an error of a formula is one of its own."""
    return _may_be_mark(text) and not text.strip().startswith("#")


def _may_be_mark(text: str) -> bool:
    """`is_gap` for texts of which most are numbers."""
    return not text[-1:].isdigit() and len(text) < 20 and is_gap(text)


def _sentinels(look: Look, rows: NDArray[np.int64], columns: list[int], texts: list[str]) -> list[str]:
    """Codes such as -99 that repeat in columns whose other numbers are all of another kind."""
    written, numbers = {text.strip() for text in texts}, look.rows.numbers[rows][:, columns]
    candidates = [
        value for value in _SENTINELS
        if f"{value:g}" in written or str(int(value)) in written or bool((numbers == value).any())
    ]  # fmt: skip
    if not candidates:
        return []
    cells = look.values(rows, columns)
    return [str(int(value)) for value in candidates if _is_sentinel(cells, value)]


def _is_sentinel(cells: NDArray[np.float64], value: float) -> bool:
    hits = cells == value
    if hits.sum() < _LEAST:
        return False
    others = np.where(hits, np.nan, cells)
    with_hits = hits.any(axis=0)
    low = np.array([np.nanmin(column) if np.isfinite(column).any() else np.nan for column in others.T[with_hits]])
    high = np.array([np.nanmax(column) if np.isfinite(column).any() else np.nan for column in others.T[with_hits]])
    alien = low >= 0 if value < 0 else high < value / 10
    known = np.isfinite(low)
    return bool(known.any()) and float(alien[known].mean()) > 0.6


def _repeated_headers(look: Look, found: SheetMapping) -> list[int]:
    """Rows below the header that say the same again, as at the top of each printed page."""
    columns = [at for at, role in enumerate(found.columns) if role == "value"]
    rows = slice(found.first, found.end)
    repeated: set[int] = set()
    for level in range(found.header, found.first):
        texts, numbers = look.rows.texts, look.rows.numbers
        if not look.mask[level, columns].any() or len(columns) < 2:
            continue
        same = (texts[rows][:, columns] == texts[level, columns]).all(axis=1)
        same &= np.array_equal(numbers[level, columns], numbers[level, columns], equal_nan=True)
        both = numbers[rows][:, columns]
        same &= ((both == numbers[level, columns]) | (np.isnan(both) & np.isnan(numbers[level, columns]))).all(axis=1)
        repeated |= {row for at in np.flatnonzero(same) if _says_the_same(look, row := found.first + int(at), level)}
    return sorted(repeated)


def _says_the_same(look: Look, row: int, level: int) -> bool:
    """Whether the first text of a row is that of the header: a row of data may hold the numbers 2018, 2019, 2020."""
    first, header = (next((words(cell) for cell in look.row(at) if not blank(cell)), "") for at in (row, level))
    return plain(first).startswith(plain(header)) or period_of(first) is not None


def _headings(look: Look, found: SheetMapping, repeated: set[int]) -> tuple[list[int], str]:
    """Rows with a label and no number: those that head the rows below (with the dimension), and those that are none."""
    if "year" in found.columns:
        return [], ""
    labels = [
        at for at, role in enumerate(found.columns) if role.removesuffix("_code") in DIMENSIONS or role == "within_year"
    ]
    rows = [at for at in _without_numbers(look, found) if at not in repeated][:_MOST_HEADINGS]
    if not labels or not rows:
        return [], ""
    lone = [at for at in rows if sum(bool(look.words(at, column)) for column in labels) == 1]
    texts = {at: next(text for column in labels if (text := look.words(at, column))) for at in lone}
    if not texts:
        return [], ""
    for kind in ("year", "measure"):
        heading = [at for at, text in texts.items() if not found.says(kind) and _names(look, kind, text)]
        if len(heading) >= max(1, len(texts) // 2):
            return [at for at in texts if at not in heading], kind
    return [at for at, text in texts.items() if _is_heading(look, found, at, text, labels)], ""


def _names(look: Look, kind: str, text: str) -> bool:
    return period_of(text) is not None if kind == "year" else look.names.knows("measure", text.strip(" :："))


def _is_heading(look: Look, found: SheetMapping, row: int, text: str, labels: list[int]) -> bool:
    """Whether a label without numbers only announces the rows below it and is no series without numbers."""
    if text.endswith((":", "：")) or plain(text) in role_words()["headings"]:
        return True
    where = next(at for at in labels if look.words(row, at))
    dimension = found.columns[where].removesuffix("_code")
    if dimension in {"reporter", "partner"} and len(labels) == 1:
        held = dict.fromkeys(look.texts(found.first - 1, where))
        known = sum(look.names.knows(dimension, each) for each in held)
        return known >= 0.3 * len(held) and not look.names.knows(dimension, text)
    indents = [_indent(look.cell(at, where)) for at in (row, row + 1)]
    return len(labels) > 1 or indents[1] > indents[0]


def _indent(cell: object) -> int:
    return len(cell) - len(cell.lstrip()) if isinstance(cell, str) else 0


def _without_numbers(look: Look, found: SheetMapping) -> list[int]:
    """Rows of the table whose value cells are all blank or signs of missing values."""
    rows = np.arange(found.first, min(found.end, len(look.rows)))
    rows = rows[look.mask[rows].any(axis=1)]
    strings = look.rows.strings
    for column in [at for at, role in enumerate(found.columns) if role == "value"]:
        codes, inverse = np.unique(look.rows.texts[rows, column], return_inverse=True)
        gaps = np.array([not code or _may_be_mark(strings[code - 1]) for code in codes.tolist()], dtype=np.bool_)
        rows = rows[gaps[inverse] & np.isnan(look.rows.numbers[rows, column])] if len(codes) else rows
    return [int(row) for row in rows]
