"""The child's answer, taken apart with suspicion: every length and every code is checked before it is believed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np

from core.files.child.packing import MAGIC
from core.files.gate import MOST_CELLS
from core.files.grid import Grid, Sheet

_MOST_SHEETS = 5_000


class Nonsense(Exception):
    """The answer is not what the child was asked for."""


@dataclass(frozen=True, eq=False, slots=True)
class Answer:
    """Sheets, or the word of the protocol that says why there are none."""

    sheets: tuple[Sheet, ...]
    problem: str = ""
    detail: str = ""


def unpacked(data: bytes) -> Answer:
    """The answer in the bytes that the child wrote; raises Nonsense."""
    try:
        return _unpacked(data)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise Nonsense(str(error)) from error


def _unpacked(data: bytes) -> Answer:
    start = len(MAGIC) + 8
    length = int.from_bytes(data[len(MAGIC) : start], "little")
    if data[: len(MAGIC)] != MAGIC or start + length > len(data):
        raise Nonsense("header")
    header = json.loads(data[start : start + length])
    if "problem" in header:
        return Answer((), str(header["problem"]), str(header.get("detail", "")))
    sheets, at, left = [], start + length, MOST_CELLS
    if len(header["sheets"]) > _MOST_SHEETS:
        raise Nonsense("sheets")
    for about in header["sheets"]:
        rows, columns, strings = (_number(about[name], 2**31) for name in ("rows", "columns", "strings"))
        left -= rows * columns
        end = at + rows * columns * 12 + strings
        if left < 0 or end > len(data):
            raise Nonsense("cells")
        sheets.append(_sheet(about, _grid(data, at, rows, columns, strings)))
        at = end
    if at != len(data):
        raise Nonsense("length")
    return Answer(tuple(sheets))


def _grid(data: bytes, at: int, rows: int, columns: int, strings: int) -> Grid:
    """Columns stay contiguous; nothing is copied."""
    cells = rows * columns
    numbers = np.frombuffer(data, "<f8", cells, at) if at % 8 == 0 else np.array(np.frombuffer(data, "<f8", cells, at))
    texts = np.frombuffer(data, "<i4", cells, at + 8 * cells)
    words = json.loads(data[at + 12 * cells : at + 12 * cells + strings].decode())
    if not isinstance(words, list) or not all(isinstance(each, str) for each in words):
        raise Nonsense("strings")
    if cells and not 0 <= int(texts.min()) <= int(texts.max()) <= len(words):
        raise Nonsense("codes")
    if np.isinf(numbers).any():
        numbers, texts = numbers.copy(), texts.copy()
        for place in np.flatnonzero(np.isinf(numbers)).tolist():
            words.append(str(numbers[place]))
            numbers[place], texts[place] = np.nan, len(words)
    grid = Grid(numbers.reshape(columns, rows).T, texts.reshape(columns, rows).T, tuple(words))
    filled = grid.filled()
    down, across = np.flatnonzero(filled.any(axis=1)), np.flatnonzero(filled.any(axis=0))
    last_row, last_column = (int(found[-1]) + 1 if len(found) else 0 for found in (down, across))
    return Grid(grid.numbers[:last_row, :last_column], grid.texts[:last_row, :last_column], grid.strings)


def _sheet(about: dict[str, Any], rows: Grid) -> Sheet:
    return Sheet(
        name=str(about["name"]),
        rows=rows,
        hidden=bool(about["hidden"]),
        hidden_rows=frozenset(_number(each, 2**31) for each in about["hidden_rows"]),
        hidden_columns=frozenset(_number(each, 2**31) for each in about["hidden_columns"]),
        merged=tuple(_area(each) for each in about["merged"]),
        uncalculated=_number(about["uncalculated"], 2**31),
        words=tuple((str(name), str(label)) for name, label in about["words"]),
    )


def _area(given: Any) -> tuple[int, int, int, int]:
    top, left, bottom, right = (_number(each, 2**31) for each in given)
    return top, left, bottom, right


def _number(given: Any, most: int) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= most:
        raise Nonsense(f"{given!r} is no count")
    return given
