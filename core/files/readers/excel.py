"""Reads Excel workbooks: the values as Excel last saved them, macros and links ignored."""

from __future__ import annotations

import datetime
import math
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.errors import UserError, refuse
from core.files.archive import Archive, Damaged, Excessive, opened
from core.files.grid import Cell, Row, Sheet, Sheets, sheet_of
from core.files.readers import MOST_CELLS, Tick, reader, too_large, trimmed

_HONEST_BYTES, _HONEST_RATIO = 50 * 2**20, 200
"""Real workbooks unpack to 3 to 20 times their size, bombs to 1,000 times."""


@reader("Excel", (".xlsx", ".xlsm"))
def read_excel(path: Path, _encoding: str, tick: Tick) -> Sheets:
    """All sheets with cells; openpyxl's many kinds of failure all mean that the file is damaged."""
    try:
        with opened(path) as archive:
            _check(archive, path)
    except Excessive as error:
        raise too_large(path) from error
    except Damaged as error:
        raise _damaged(path) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's remarks about what it does not read
            return Sheets(path.name, tuple(_sheets(path, tick)))
    except (UserError, MemoryError):
        raise
    except (
        ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
        TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
    ) as error:  # fmt: skip
        raise _damaged(path) from error


def _check(archive: Archive, path: Path) -> None:
    if "[Content_Types].xml" not in archive.names:
        raise Damaged("no workbook")
    size = archive.bytes_inflated
    if size > _HONEST_BYTES and size > _HONEST_RATIO * path.stat().st_size:
        raise Excessive("ratio")


def _sheets(path: Path, tick: Tick) -> Iterable[Sheet]:
    from openpyxl import load_workbook

    left = MOST_CELLS
    with path.open("rb") as stream:
        workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        for sheet in workbook.worksheets:
            sheet.reset_dimensions()
            rows: list[Row] = []
            for number, values in enumerate(sheet.iter_rows(values_only=True)):
                left -= len(values)
                if left < 0:
                    raise too_large(path)
                if number % 500 == 0:
                    tick()
                rows.append(trimmed([_cell(value) for value in values]) if values else ())
            while rows and not rows[-1]:
                rows.pop()
            yield sheet_of(str(sheet.title), rows)


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        number = float(value)
        return number if math.isfinite(number) else str(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _damaged(path: Path) -> UserError:
    return refuse(
        "“{name}” is no Excel workbook, or it is damaged. Open it in Excel, save it again and import that.",
        name=path.name,
    )
