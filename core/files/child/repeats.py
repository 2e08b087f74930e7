"""How far the cells of an .ods reach: a few bytes may repeat rows and cells a billion times."""

from __future__ import annotations

import re

from core.files.archive import Archive, Excessive
from core.files.gate import LAST_COLUMN, LAST_ROW, MOST_CELLS, xml_pieces

_ROW_END = b"</table:table-row>"
_ROW = re.compile(rb"<table:table-row(?=[\s/>])([^<>]*)>")
_CELL = re.compile(rb"<table:(?:covered-)?table-cell(?=[\s/>])([^<>]*)>")
_TABLE = re.compile(rb"<table:table(?=[\s/>])")
_DOWN = re.compile(rb"\btable:number-rows-repeated\s*=\s*[\"']\s*\+?(\d+)")
_ACROSS = re.compile(rb"\btable:number-columns-repeated\s*=\s*[\"']\s*\+?(\d+)")
_REPEATED = b"-repeated"
_FILLED = (b"office:value", b"<text:p")
_DIGITS = 9
_HELD = 64 * 2**20


def admit_repeats(archive: Archive) -> None:
    """Raises Excessive where the cells that hold something span more than a workbook may hold."""
    if "content.xml" not in archive.names:
        return
    reach, rest = _Reach(), b""
    for piece in xml_pieces(archive, "content.xml"):
        held = rest + piece
        cut = held.rfind(_ROW_END) + len(_ROW_END)
        if cut < len(_ROW_END):
            rest = held
            if len(rest) > _HELD:
                raise Excessive("a row without an end")
            continue
        reach.take(held[:cut])
        rest = held[cut:]
    reach.take(rest)


class _Reach:
    """Follows the rows of one table after the other."""

    def __init__(self) -> None:
        self._row = self._columns = 0

    def take(self, held: bytes) -> None:
        """The next rows; the last of them is complete."""
        for number, part in enumerate(_TABLE.split(held)):
            if number:
                self._row = self._columns = 0
            for row in part.split(_ROW_END):
                self._take_row(row)

    def _take_row(self, held: bytes) -> None:
        """What stands before the end of a row: perhaps empty rows without an end of their own, and the row."""
        if _REPEATED not in held:
            rows, filled = held.count(b"<table:table-row"), any(mark in held for mark in _FILLED)
            self._row += rows
            if rows and filled:
                self._reach(held.count(b"<table:table-cell") + held.count(b"<table:covered-table-cell"))
            return
        heads = list(_ROW.finditer(held))
        for head in heads:
            self._row += _times(_DOWN, head[1])
        if heads and any(mark in held for mark in _FILLED):
            self._reach(_width(held[heads[-1].end() :]))

    def _reach(self, columns: int) -> None:
        self._columns = max(self._columns, columns)
        if self._row > LAST_ROW or columns > LAST_COLUMN or self._row * self._columns > MOST_CELLS:
            raise Excessive(f"{self._row} × {self._columns}")


def _width(held: bytes) -> int:
    """Columns up to the last cell that holds something."""
    column = last = 0
    cells = list(_CELL.finditer(held))
    for at, cell in enumerate(cells):
        column += _times(_ACROSS, cell[1])
        end = cells[at + 1].start() if at + 1 < len(cells) else len(held)
        if any(mark in held[cell.start() : end] for mark in _FILLED):
            last = column
    return last


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return max(1, int(found[1][:_DIGITS])) if found else 1
