"""A second look at the binary formats of Excel, for the errors that calamine turns into empty cells."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from core.files.archive import Archive, Damaged, Excessive, opened
from core.files.child.packing import Packed
from core.files.gate import LAST_COLUMN, LAST_ROW, MOST_CELLS

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip
"""MS-XLS 2.5.10 and MS-XLSB 2.5.97.2."""

_XLS_ERROR = re.compile(
    rb"\x05\x02[\x07\x08]\x00.{6}[\x00-\x2b]\x01|\x06\x00.\x00.{6}\x02.[\x00-\x2b].{3}\xff\xff", re.DOTALL
)
_SMALL = 4 * 2**20
_ROW, _CELL_ERROR, _FORMULA_ERROR, _SHEET = 0, 3, 11, 156
_CELLS = range(2, 12)
"""Kinds of cells that hold something; 1 is one that only has a format."""


def look_xls(sheets: Mapping[str, Packed], path: Path) -> None:
    """Errors and hidden rows and columns of an .xls. Of a large one only if the bytes of an error occur in it."""
    if path.stat().st_size > _SMALL and not _XLS_ERROR.search(path.read_bytes()):
        return
    import xlrd

    try:
        book = xlrd.open_workbook(str(path), formatting_info=True, logfile=_Silent())
    except (xlrd.XLRDError, AssertionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError,
            NotImplementedError, struct.error):  # fmt: skip
        return  # what calamine has read stands; this look adds to it
    for sheet in book.sheets():
        packed = sheets.get(sheet.name)
        if packed is None:
            continue
        found = [
            (row, column, ERRORS.get(sheet.cell_value(row, column), "#ERROR"))
            for row in range(sheet.nrows)
            for column, kind in enumerate(sheet.row_types(row))
            if kind == xlrd.XL_CELL_ERROR
        ]
        _put(packed, found)
        packed.hidden_rows = [row for row, about in sheet.rowinfo_map.items() if about.hidden and row < packed.rows]
        packed.hidden_columns = [at for at, about in sheet.colinfo_map.items() if about.hidden and at < packed.columns]


def admit_records(archive: Archive) -> None:
    """Raises Excessive where the cells of an .xlsb lie too far apart.

    A sheet that takes megabytes is worth the memory that it asks for, and is left to the limits of the child.
    """
    for name in archive.names:
        if not name.casefold().startswith("xl/worksheets/") or archive.size(name) > _SMALL:
            continue
        row = rows = columns = 0
        for kind, start, length in _records(data := archive.read(name)):
            if kind == _ROW and length >= 4:
                row = int.from_bytes(data[start : start + 4], "little")
            elif kind in _CELLS and length >= 4:
                rows = max(rows, row + 1)
                columns = max(columns, int.from_bytes(data[start : start + 4], "little") + 1)
        if rows > LAST_ROW or columns > LAST_COLUMN or rows * columns > MOST_CELLS:
            raise Excessive(f"{name}: {rows} × {columns}")


def look_xlsb(sheets: Mapping[str, Packed], path: Path) -> None:
    """Errors of an .xlsb."""
    with opened(path) as archive:
        for name, part in _xlsb_parts(archive).items():
            packed, data = sheets.get(name), archive.read(part)
            if packed is None or not (b"\x03\x09" in data or b"\x0b" in data):
                continue
            row, found = 0, []
            for kind, start, length in _records(data):
                if kind == _ROW and length >= 4:
                    row = int.from_bytes(data[start : start + 4], "little")
                elif kind in {_CELL_ERROR, _FORMULA_ERROR} and length >= 9:
                    column = int.from_bytes(data[start : start + 4], "little")
                    found.append((row, column, ERRORS.get(data[start + 8], "#ERROR")))
            _put(packed, found)


def _put(packed: Packed, found: list[tuple[int, int, str]]) -> None:
    rows, columns = max((at[0] + 1 for at in found), default=0), max((at[1] + 1 for at in found), default=0)
    if max(rows, packed.rows) * max(columns, packed.columns) <= MOST_CELLS:
        packed.widen(rows, columns)
    for error in found:
        packed.put(*error)


def _xlsb_parts(archive: Archive) -> dict[str, str]:
    """Names of parts by name of the sheet."""
    names = {name.casefold(): name for name in archive.names}
    links = archive.read(names.get("xl/_rels/workbook.bin.rels", ""))
    targets = {}
    for link in re.findall(rb"<Relationship\s[^<>]*>", links):
        key, target = re.search(rb'\bId="([^"]*)"', link), re.search(rb'\bTarget="([^"]*)"', link)
        if key and target:
            place = target[1].decode("utf-8", "replace").lstrip("/")
            targets[key[1].decode("utf-8", "replace")] = place if place.casefold().startswith("xl/") else f"xl/{place}"
    book, parts = archive.read(names.get("xl/workbook.bin", "")), {}
    for kind, start, length in _records(book):
        if kind == _SHEET:
            record = book[start : start + length]
            link, end = _wide(record, 8)
            part = names.get(targets.get(link, "").casefold())
            if part is not None:
                parts[_wide(record, end)[0]] = part
    return parts


def _wide(record: bytes, at: int) -> tuple[str, int]:
    """A counted UTF-16 string and where it ends."""
    count = int.from_bytes(record[at : at + 4], "little")
    end = at + 4 + 2 * min(count, 1_000)
    return record[at + 4 : end].decode("utf-16-le", "replace"), end


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and length of each record: both are numbers of seven bits a byte."""
    at, end = 0, len(data)
    while at + 1 < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] << 7)
            at += 1
        length = shift = 0
        while at < end:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if at + length > end:
            raise Damaged("a record beyond the end")
        yield kind, at, length
        at += length


class _Silent:
    """Where xlrd writes its remarks."""

    def write(self, _text: str) -> None:
        """Nobody reads them."""
