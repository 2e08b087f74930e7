"""Workbooks through openpyxl: slower than calamine, but it reads all that XML allows, in any encoding."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from core.files.archive import Archive, opened
from core.files.child.packing import Packed, Refused
from core.files.child.parts import sheet_parts
from core.files.gate import column_number, xml_pieces

os.environ["OPENPYXL_LXML"] = "False"  # else lxml takes the place of defusedxml
import openpyxl

_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^<>]*?\bref\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7}):([A-Za-z]{1,3})(\d{1,7})[\"']"
)
_SEAM = 200
_Area = tuple[int, int, int, int]


def read_second(path: Path, most_cells: int) -> dict[str, Packed]:
    """The sheets by name, of a workbook that the gate has let in; raises Refused where one cannot be found.

    What openpyxl says of a sheet's size is what the file claims, so it is forgotten and every row is looked at.
    """
    with opened(path) as archive:
        parts = sheet_parts(archive)
        merged = {name: _merged(archive, part) for name, part in parts.items()}
    with path.open("rb") as stream:  # of a path, the suffix would have to be right
        return _sheets(stream, parts, merged, most_cells)


def _sheets(
    stream: IO[bytes], parts: Mapping[str, str], merged: Mapping[str, list[_Area]], most_cells: int
) -> dict[str, Packed]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # remarks about parts that hold no cells
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    try:
        found = {}
        sheets: list[Any] = book.worksheets
        for sheet in sheets:
            sheet.reset_dimensions()
            packed = Packed(sheet.title, hidden=sheet.sheet_state != "visible", merged=merged.get(sheet.title, ()))
            rows = [list(row) for row in sheet.iter_rows(values_only=True)]
            while rows and not any(value is not None for value in rows[-1]):
                rows.pop()
            width = max(map(len, rows), default=0)
            most_cells -= len(rows) * width
            if most_cells < 0:
                raise Refused("large")
            packed.fill([row + [None] * (width - len(row)) for row in rows], width)
            found[packed.name] = packed
    finally:
        book.close()
    if not found or not found.keys() <= parts.keys() or len(found) + len(book.chartsheets) < len(parts):
        raise Refused("damaged", "sheets that openpyxl does not find")
    return found


def _merged(archive: Archive, part: str) -> list[_Area]:
    """Areas of merged cells, which openpyxl leaves out where it reads row by row."""
    areas: dict[_Area, None] = {}
    end = b""
    for piece in xml_pieces(archive, part):
        held = end + piece
        for left, top, right, bottom in _MERGED.findall(held):
            areas[int(top) - 1, column_number(left) - 1, int(bottom) - 1, column_number(right) - 1] = None
        end = held[-_SEAM:]
    return list(areas)
