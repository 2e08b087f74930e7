"""The child's answer: a header of JSON and plain little-endian arrays, never pickles."""

from __future__ import annotations

import json
import math
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from math import isfinite
from typing import Any

MAGIC = b"balassa1"
_HEAD = 50


class Refused(Exception):
    """Why there is no answer, as a word of the protocol: damaged, large, locked, no-table, no-parquet."""


@dataclass(slots=True)
class Packed:
    """A sheet: numbers and codes of texts, column behind column, and what the format says beside."""

    name: str
    rows: int = 0
    columns: int = 0
    numbers: array[float] = field(default_factory=lambda: array("d"))
    texts: array[int] = field(default_factory=lambda: array("i"))
    codes: defaultdict[str, int] = field(default_factory=lambda: defaultdict(count(1).__next__, {"": 0}))
    """The texts of `texts`; no text is 0."""
    hidden: bool = False
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    merged: Iterable[Sequence[int]] = ()
    uncalculated: int = 0
    words: Iterable[Sequence[str]] = ()

    def fill(self, rows: Sequence[Sequence[object]], width: int) -> None:
        """Take rows of equal length as a parser gives them."""
        self.rows, self.columns = len(rows), width
        for column in zip(*rows, strict=True):
            self.add(column)

    def add(self, column: Sequence[Any]) -> None:
        """Take one more column; `rows` and `columns` are set already.

        Below their head columns are mostly numbers or mostly texts, and are taken at once.
        """
        head, body = column[:_HEAD], column[_HEAD:]
        self._mixed(head)
        kinds = set(map(type, body))
        if kinds == {float}:  # an infinite one becomes a text where the answer is taken apart
            self.numbers.extend(array("d", body))
            self.texts.extend(array("i", bytes(4 * len(body))))
        elif kinds == {str}:
            self.numbers.extend(array("d", [math.nan]) * len(body))
            self.texts.extend(array("i", map(self.codes.__getitem__, body)))
        else:
            self._mixed(body)

    def _mixed(self, column: Sequence[Any]) -> None:
        numbers, texts = array("d", bytes(8 * len(column))), array("i", bytes(4 * len(column)))
        for at, value in enumerate(column):
            if value.__class__ is float and isfinite(value):
                numbers[at] = value
            else:
                number, text = _cell(value)
                numbers[at], texts[at] = number, self.codes[text]
        self.numbers.extend(numbers)
        self.texts.extend(texts)

    def put(self, row: int, column: int, text: str) -> None:
        """Replace a cell by a text; nothing happens outside the sheet."""
        if 0 <= row < self.rows and 0 <= column < self.columns:
            at = column * self.rows + row
            self.numbers[at], self.texts[at] = math.nan, self.codes[text]

    def widen(self, rows: int, columns: int) -> None:
        """Grow, so that cells that the parser left out at the edges have a place."""
        rows, columns = max(rows, self.rows), max(columns, self.columns)
        if rows == self.rows and columns == self.columns:
            return
        numbers, texts = array("d"), array("i")
        for column in range(columns):
            part = slice(column * self.rows, (column + 1) * self.rows) if column < self.columns else slice(0, 0)
            lacking = rows - len(self.numbers[part])
            numbers += self.numbers[part] + array("d", [math.nan]) * lacking
            texts += self.texts[part] + array("i", [0]) * lacking
        self.rows, self.columns, self.numbers, self.texts = rows, columns, numbers, texts


def packed(sheets: Iterable[Packed]) -> list[bytes | array[float] | array[int]]:
    """The pieces of the answer, in the order in which they are written."""
    headers: list[dict[str, object]] = []
    blobs: list[bytes | array[float] | array[int]] = []
    for sheet in sheets:
        strings = json.dumps(list(sheet.codes)[1:], ensure_ascii=False).encode("utf-8", "replace")
        if sys.byteorder == "big":
            sheet.numbers.byteswap()
            sheet.texts.byteswap()
        headers.append({
            "name": sheet.name, "rows": sheet.rows, "columns": sheet.columns, "strings": len(strings),
            "hidden": sheet.hidden, "hidden_rows": sorted(sheet.hidden_rows), "words": [list(e) for e in sheet.words],
            "hidden_columns": sorted(sheet.hidden_columns), "merged": [list(area) for area in sheet.merged],
            "uncalculated": sheet.uncalculated,
        })  # fmt: skip
        blobs += [sheet.numbers, sheet.texts, strings]
    return [*_head({"sheets": headers}), *blobs]


def refusal(problem: str, detail: str = "") -> list[bytes]:
    """The answer where there are no sheets."""
    return _head({"problem": problem, "detail": detail[:500]})


def _head(content: object) -> list[bytes]:
    data = json.dumps(content).encode()
    data += b" " * (-len(data) % 8)  # so that the arrays behind it are aligned
    return [MAGIC, len(data).to_bytes(8, "little"), data]


def _cell(value: object) -> tuple[float, str]:
    """What a parser returns that is no float, as a number or a text."""
    if isinstance(value, str):
        return math.nan, value
    if value is None:
        return math.nan, ""
    if isinstance(value, bool):
        return math.nan, "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return (float(value), "") if isfinite(value) else (math.nan, str(value))
    if isinstance(value, datetime) and value.time() == time():
        return math.nan, value.date().isoformat()
    if isinstance(value, datetime):
        return math.nan, value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return math.nan, value.isoformat()
    return math.nan, str(value)
