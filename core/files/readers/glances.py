"""The first rows of a large file, shown within a second while all of it is read elsewhere."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from core.files.archive import Archive, opened
from core.files.child.parts import sheet_parts
from core.files.gate import LAST_COLUMN, xml_pieces
from core.files.grid import Cell, Sheet, Sheets, sheet_of
from core.files.progress import Tick
from core.files.readers.parsed import read_parsed
from core.files.readers.text import read_text

ROWS = 200
_QUICK_TEXT, _QUICK_XML, _QUICK_PAGE, _QUICK_FRAME = 2 * 2**20, 8 * 2**20, 2**20, 2**20
"""Bytes that are read as a whole within half a second, inflated where the file is an archive."""
_SHEETS = 5
_MOST = 8 * 2**20
"""Inflated bytes that are looked at for one sheet, or for the texts that sheets share."""
_ADDRESS = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})$")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Built in: ECMA-376 18.8.30."""
_DATE_CODE = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_DAY_ZERO, _DAY_ZERO_MAC = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)


def first_rows(path: Path, encoding: str, separator: str, tick: Tick) -> Sheets | None:
    """The first rows of the first sheets; None where reading all is as quick, or the kind allows no shorter way."""
    from core.files.readers import kind_of_file

    kind, size = kind_of_file(path), path.stat().st_size
    if kind == "text" and size > _QUICK_TEXT:
        return read_text(path, encoding, separator, tick, ROWS)
    if kind == "html" and size > _QUICK_PAGE:
        return read_parsed(path, kind, tick, encoding, ROWS)
    if kind in {"stata", "parquet"} and size > _QUICK_FRAME:
        return read_parsed(path, kind, tick, rows=ROWS)
    if kind not in {"xlsx", "ods"}:
        return None
    with opened(path) as archive:
        if archive.bytes_inflated < _QUICK_XML:
            return None
        sheets = _first_of_xlsx(archive, tick) if kind == "xlsx" else _first_of_ods(archive, tick)
    return Sheets(path.name, tuple(sheets))


class Enough(Exception):
    """The rows that are wanted have been seen."""


def _fed(parser: expat.XMLParserType, pieces: Iterator[bytes], tick: Tick) -> None:
    """Parse until there is enough; what is broken behind that is the business of the whole reading."""
    seen = 0
    try:
        for piece in pieces:
            tick()
            parser.Parse(piece)
            seen += len(piece)
            if seen > _MOST:
                return
    except (Enough, expat.ExpatError):
        return


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    return parser


# ---- xlsx ----


def _first_of_xlsx(archive: Archive, tick: Tick) -> list[Sheet]:
    names = {name.casefold(): name for name in archive.names}
    found = []
    for name, part in list(sheet_parts(archive).items())[:_SHEETS]:
        rows = _Rows()
        _fed(rows.parser, xml_pieces(archive, part), tick)
        found.append((name, rows))
    last = max((rows.last_shared for _name, rows in found), default=-1)
    shared = _Shared(last)
    if last >= 0 and (part := names.get("xl/sharedstrings.xml", "")):
        _fed(shared.parser, xml_pieces(archive, part), tick)
    styles = _Styles()
    if part := names.get("xl/styles.xml", ""):
        _fed(styles.parser, xml_pieces(archive, part), tick)
    return [sheet_of(name, rows.cells(shared.texts, styles)) for name, rows in found]


class _Rows:
    """The cells of the first rows of a sheet: kind, style and content."""

    def __init__(self) -> None:
        self.last_shared = -1
        self._cells: dict[tuple[int, int], tuple[str, int, str]] = {}
        self._row, self._column = -1, -1
        self._kind, self._style, self._text, self._takes = "", 0, "", False
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            self._row = int(attributes["r"]) - 1 if attributes.get("r", "").isdecimal() else self._row + 1
            self._column = -1
            if self._row >= ROWS:
                raise Enough
        elif tag == "c":
            address = _ADDRESS.match(attributes.get("r", ""))
            self._column = _column(address[1]) if address else self._column + 1
            style = attributes.get("s", "0")
            self._kind, self._style = attributes.get("t", "n"), int(style) if style.isdecimal() else 0
            self._text = ""
        elif tag in {"v", "t"}:
            self._takes = True

    def _characters(self, text: str) -> None:
        if self._takes:
            self._text += text

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag in {"v", "t"}:
            self._takes = False
        elif tag == "c" and self._text and 0 <= self._column < LAST_COLUMN:
            self._cells[self._row, self._column] = self._kind, self._style, self._text
            if self._kind == "s" and self._text.isdecimal():
                self.last_shared = max(self.last_shared, int(self._text))

    def cells(self, shared: list[str], styles: _Styles) -> list[list[Cell]]:
        """The rows, with the texts that they share."""
        height = max((row for row, _ in self._cells), default=-1) + 1
        width = max((column for _, column in self._cells), default=-1) + 1
        rows: list[list[Cell]] = [[None] * width for _row in range(height)]
        for (row, column), (kind, style, content) in self._cells.items():
            rows[row][column] = _cell(kind, content, shared, styles if style in styles.dates else None)
        return rows


def _cell(kind: str, content: str, shared: list[str], dated: _Styles | None) -> Cell:
    if kind == "s":
        return shared[int(content)] if content.isdecimal() and int(content) < len(shared) else "…"
    if kind == "b":
        return "TRUE" if content.strip() == "1" else "FALSE"
    if kind != "n":
        return content
    try:
        number = float(content)
        if dated is None:
            return number
        moment = dated.day_zero + datetime.timedelta(days=round(number * 86_400) / 86_400)
    except (ValueError, OverflowError):
        return content
    return moment.date().isoformat() if moment.time() == datetime.time() else moment.isoformat(" ", "seconds")


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class _Shared:
    """The texts that cells share, up to the last that is needed."""

    def __init__(self, last: int) -> None:
        self.texts: list[str] = []
        self._last, self._text, self._takes, self._spoken = last, "", False, False
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "si":
            self._text = ""
        elif tag == "rPh":
            self._spoken = True
        self._takes = tag == "t" and not self._spoken

    def _characters(self, text: str) -> None:
        if self._takes:
            self._text += text

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._takes = False
        if tag == "rPh":
            self._spoken = False
        elif tag == "si":
            self.texts.append(self._text)
            if len(self.texts) > self._last:
                raise Enough


@dataclass(slots=True)
class _Styles:
    """Which styles of cells show dates."""

    dates: set[int] = field(default_factory=set)
    day_zero: datetime.datetime = _DAY_ZERO
    parser: expat.XMLParserType = field(default_factory=_parser)
    _formats: set[int] = field(default_factory=lambda: set(_DATE_FORMATS))
    _inside: bool = False
    _count: int = 0

    def __post_init__(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag, number = name.rpartition(" ")[2], attributes.get("numFmtId", "")
        if tag == "numFmt" and number.isdecimal():
            if _DATE_CODE.search(_QUOTED.sub("", attributes.get("formatCode", "").partition(";")[0])):
                self._formats.add(int(number))
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            if number.isdecimal() and int(number) in self._formats:
                self.dates.add(self._count)
            self._count += 1

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "cellXfs":
            self._inside = False


# ---- ods ----


def _first_of_ods(archive: Archive, tick: Tick) -> list[Sheet]:
    tables = _Tables()
    _fed(tables.parser, xml_pieces(archive, "content.xml"), tick)
    return [sheet_of(name, rows) for name, rows in tables.sheets]


class _Tables:
    """The first rows of the first table; those behind a large one lie too far away."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, list[list[Cell]]]] = []
        self._text, self._value, self._times = "", "", 1
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        tag = name.rpartition(" ")[2]
        if tag == "table":
            self.sheets.append((plain.get("name", ""), []))
        elif tag == "table-row" and self.sheets:
            if len(self.sheets[-1][1]) >= ROWS:
                raise Enough
            self.sheets[-1][1].append([])
        elif tag in {"table-cell", "covered-table-cell"}:
            times = plain.get("number-columns-repeated", "1")
            self._times = min(int(times), LAST_COLUMN) if times.isdecimal() else 1
            number = plain.get("value-type") in {"float", "percentage", "currency"}
            self._value = plain.get("value", "") if number else plain.get("date-value", "")
            self._text = ""

    def _characters(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag not in {"table-cell", "covered-table-cell"} or not (self.sheets and self.sheets[-1][1]):
            return
        try:
            cell: Cell = float(self._value)
        except ValueError:
            cell = self._value or self._text.strip() or None
        row = self.sheets[-1][1][-1]
        row.extend([cell] * min(self._times, LAST_COLUMN - len(row)))
