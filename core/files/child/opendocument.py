"""A second look at the XML of an .ods, for the errors and hidden parts that calamine leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from core.files.archive import opened
from core.files.child.packing import Packed
from core.files.gate import MOST_CELLS, xml_pieces

_MARKS = (b'value-type="error"', b'visibility="collapse"', b'visibility="filter"', b'display="false"', b"Err:")


def look_ods(sheets: Mapping[str, Packed], path: Path) -> None:
    """Errors, hidden sheets, rows and columns, if their marks occur at all."""
    with opened(path) as archive:
        if not any(mark in piece for piece in xml_pieces(archive, "content.xml") for mark in _MARKS):
            return
        look = _Look()
        for piece in xml_pieces(archive, "content.xml"):
            look.parser.Parse(piece, False)
    for name, found in look.sheets.items():
        packed = sheets.get(name)
        if packed is None:
            continue
        rows = max((row + 1 for row, _column, _text in found.errors), default=0)
        columns = max((column + 1 for _row, column, _text in found.errors), default=0)
        if max(rows, packed.rows) * max(columns, packed.columns) <= MOST_CELLS:
            packed.widen(rows, columns)
        for error in found.errors:
            packed.put(*error)
        packed.hidden = packed.hidden or found.style in look.hidden_styles
        packed.hidden_rows = {row for row in found.hidden_rows if row < packed.rows}
        packed.hidden_columns = {column for column in found.hidden_columns if column < packed.columns}


class _Found:
    def __init__(self, style: str) -> None:
        self.style = style
        self.errors: list[tuple[int, int, str]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()


class _Look:
    """Follows rows and cells, which may be repeated."""

    def __init__(self) -> None:
        self.sheets: dict[str, _Found] = {}
        self.hidden_styles: set[str] = set()
        self._found = _Found("")
        self._row = self._column = self._head = 0
        self._row_repeats = self._times = 1
        self._style, self._text, self._error = "", "", False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match name:
            case "style:style":
                self._style = attributes.get("style:name", "")
            case "style:table-properties":
                if attributes.get("table:display") == "false":
                    self.hidden_styles.add(self._style)
            case "table:table":
                self._found = _Found(attributes.get("table:style-name", ""))
                self.sheets[attributes.get("table:name", "")] = self._found
                self._row = self._head = 0
            case "table:table-column":
                times = _times(attributes, "table:number-columns-repeated")
                if attributes.get("table:visibility", "visible") != "visible":
                    self._found.hidden_columns.update(range(self._head, self._head + times))
                self._head += times
            case "table:table-row":
                self._column, self._row_repeats = 0, _times(attributes, "table:number-rows-repeated")
                if attributes.get("table:visibility", "visible") != "visible":
                    self._found.hidden_rows.update(range(self._row, self._row + self._row_repeats))
            case "table:table-cell" | "table:covered-table-cell":
                self._error = attributes.get("calcext:value-type") == "error"
                self._text, self._times = "", _times(attributes, "table:number-columns-repeated")

    def _characters(self, text: str) -> None:
        self._text += text

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._row_repeats
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            text = self._text.strip()
            if self._error or text.startswith("Err:"):
                places = range(self._column, self._column + self._times)
                self._found.errors += [(self._row, column, text or "#ERROR") for column in places]
            self._column += self._times
            self._text = ""


def _times(attributes: dict[str, str], name: str) -> int:
    """How often a row or cell is repeated; never more than a sheet has columns."""
    try:
        return min(max(int(attributes.get(name, "1")), 1), 16_384 if "column" in name else 1_048_576)
    except ValueError:
        return 1
