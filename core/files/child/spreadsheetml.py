"""XML Spreadsheet 2003: one XML file, which Excel and many databases write under the name .xls or .xml."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from core.files.archive import Damaged
from core.files.child.packing import Packed, Refused
from core.files.gate import LAST_COLUMN, LAST_ROW

_SHEET = "urn:schemas-microsoft-com:office:spreadsheet "
_OPTIONS = "urn:schemas-microsoft-com:office:excel "
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_PIECE = 2**20
_STARTS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


def read_spreadsheetml(path: Path, most_cells: int) -> list[Packed]:
    """The sheets; raises Damaged for document types, entities and broken XML, Refused beyond `most_cells`."""
    book = _Book(most_cells)
    try:
        for piece in _decoded(path):
            book.parser.Parse(piece, False)
        book.parser.Parse("", True)
    except (expat.ExpatError, UnicodeError, LookupError) as error:
        raise Damaged(str(error)) from error
    if not book.tables:
        raise Refused("damaged", "no sheets")
    sheets: dict[str, Packed] = {}
    for table in book.tables:
        if table.name in sheets:
            raise Refused("damaged", "two sheets of one name")
        sheets[table.name] = table.packed()
    return list(sheets.values())


def _decoded(path: Path) -> Iterator[str]:
    """The text in the encoding that the file says; expat knows only few."""
    with path.open("rb") as stream:
        head = stream.read(_PIECE)
        declared = _DECLARED.match(head[:300])
        said = declared[1].decode("ascii") if declared else "utf-8"
        encoding = next((name for start, name in _STARTS if head.startswith(start)), said)
        decoder = codecs.getincrementaldecoder(encoding)()
        while head:
            yield decoder.decode(head)
            head = stream.read(_PIECE)
        yield decoder.decode(b"", final=True)


class _Table:
    """The cells of a sheet, as they are met."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], object] = {}
        self.hidden, self.uncalculated = False, 0
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.rows = self.columns = 0

    def packed(self) -> Packed:
        """The sheet as it is answered."""
        sheet = Packed(self.name, hidden=self.hidden, uncalculated=self.uncalculated, merged=self.merged)
        grid: list[list[object]] = [[None] * self.columns for _row in range(self.rows)]
        for (row, column), value in self.cells.items():
            grid[row][column] = value
        sheet.fill(grid, self.columns)
        sheet.hidden_rows = {row for row in self.hidden_rows if row < self.rows}
        sheet.hidden_columns = {column for column in self.hidden_columns if column < self.columns}
        return sheet


class _Book:
    """Follows the tags. Rows and cells follow each other where they have no index of their own."""

    def __init__(self, most_cells: int) -> None:
        self.tables: list[_Table] = []
        self._left = most_cells
        self._row = self._column = self._next_column = self._next_head = self._next_row = 0
        self._kind, self._text, self._formula, self._comment = "", [""], False, False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.StartDoctypeDeclHandler = _refuse

    def _start(self, name: str, given: dict[str, str]) -> None:
        if name == _SHEET + "Worksheet":
            self.tables.append(_Table(given.get(_SHEET + "Name", "")))
            self._next_row = self._next_head = 0
        if not name.startswith(_SHEET) or not self.tables:
            return
        table = self.tables[-1]
        match name.removeprefix(_SHEET):
            case "Column":
                first = _index(given, self._next_head)
                self._next_head = first + 1 + _count(given, "Span")
                if given.get(_SHEET + "Hidden") == "1":
                    table.hidden_columns.update(range(first, min(self._next_head, LAST_COLUMN)))
            case "Row":
                self._row = _index(given, self._next_row)
                self._next_row, self._next_column = self._row + 1 + _count(given, "Span"), 0
                if given.get(_SHEET + "Hidden") == "1":
                    table.hidden_rows.update(range(self._row, min(self._next_row, LAST_ROW)))
            case "Cell":
                self._column = _index(given, self._next_column)
                across, down = _count(given, "MergeAcross"), _count(given, "MergeDown")
                self._next_column = self._column + 1 + across
                self._formula = _SHEET + "Formula" in given
                if across or down:
                    table.merged.append((self._row, self._column, self._row + down, self._column + across))
            case "Comment":
                self._comment = True
            case "Data" if not self._comment:
                self._kind, self._text = given.get(_SHEET + "Type", "String"), [""]

    def _characters(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        if name == _OPTIONS + "Visible" and self.tables:
            self.tables[-1].hidden = "".join(self._text).strip() != "SheetVisible"
        elif name == _SHEET + "Comment":
            self._comment = False
        elif name == _SHEET + "Data" and not self._comment and self.tables:
            self._take(self.tables[-1], _value(self._kind, "".join(self._text)))
            self._formula = False
        elif name == _SHEET + "Cell" and self.tables:
            self.tables[-1].uncalculated += self._formula
            self._formula = False
        if name.startswith(_OPTIONS) or name == _SHEET + "Data":
            self._text = [""]

    def _take(self, table: _Table, value: object) -> None:
        if value is None or value == "":
            return
        before = table.rows * table.columns
        table.rows, table.columns = max(table.rows, self._row + 1), max(table.columns, self._column + 1)
        self._left -= table.rows * table.columns - before
        if self._left < 0 or self._row >= LAST_ROW or self._column >= LAST_COLUMN:
            raise Refused("large")
        table.cells[self._row, self._column] = value


def _value(kind: str, text: str) -> object:
    """A number, or a text: dates are days unless they have a time."""
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        day, _, time = text.strip().partition("T")
        return f"{day} {time.partition('.')[0]}" if time.strip("0:.") else day
    return text


def _index(given: dict[str, str], following: int) -> int:
    """The place that is given, counted from 0, else the one that follows."""
    return max(_count(given, "Index") - 1, following) if _SHEET + "Index" in given else following


def _count(given: dict[str, str], name: str) -> int:
    text = given.get(_SHEET + name, "0")
    return int(text[:9]) if text.isdecimal() else 0


def _refuse(*_arguments: object) -> None:
    raise Damaged("document type")
