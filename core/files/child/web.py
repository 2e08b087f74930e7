"""Tables of web pages, which publishers save as .xls."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree, html

from core.files.child.packing import Packed, Refused

_SPACE = re.compile(r"[ \t\r\n\f]+")
_MOST_SPAN = 1_000
_NAMES = {"latin-1": "iso-8859-1", "utf-16-le": "utf-16le", "utf-16-be": "utf-16be"}
"""Python's names of encodings that libxml2 calls otherwise."""


def read_html(path: Path, encoding: str, most_cells: int, most_bytes: int) -> list[Packed]:
    """Every table that holds no other table, with cells that span several repeated as merged areas.

    `encoding` is used where the page does not say it. `most_bytes` cuts off a page of which only the top is wanted.
    """
    with path.open("rb") as stream:
        data = stream.read(most_bytes or -1)
    parser = html.HTMLParser(encoding=_NAMES.get(encoding, encoding) or None, huge_tree=False, no_network=True)
    try:
        page = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused("no-table", str(error)) from error
    found = []
    for table in page.iter("table"):
        if next(table.iterdescendants("table"), None) is None:
            sheet = _table(table, most_cells)
            if sheet.rows:
                most_cells -= sheet.rows * sheet.columns
                found.append(sheet)
    if not found:
        raise Refused("no-table")
    return found


def _table(table: Any, most_cells: int) -> Packed:
    caption = next(table.iter("caption"), None)
    sheet = Packed(_text(caption) if caption is not None else "")
    rows: list[dict[int, object]] = []
    taken: set[tuple[int, int]] = set()
    merged = []
    for at, row in enumerate(table.iter("tr")):
        cells: dict[int, object] = {}
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (at, column) in taken:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            if down * across > 1:
                merged.append((at, column, at + down - 1, column + across - 1))
                taken.update((at + y, column + x) for y in range(down) for x in range(across))
            cells[column] = _value(cell)
            column += across
            if column * (at + 1) > most_cells or len(taken) > most_cells:
                raise Refused("large")
        rows.append(cells)
    while rows and not any(rows[-1].values()):
        rows.pop()
    width = max((max(cells, default=-1) + 1 for cells in rows), default=0)
    if width * len(rows) > most_cells:
        raise Refused("large")
    sheet.fill([[cells.get(column) for column in range(width)] for cells in rows], width)
    sheet.merged = [(top, left, min(bottom, len(rows) - 1), right) for top, left, bottom, right in merged
                    if top < len(rows)]  # fmt: skip
    return sheet


def _value(cell: Any) -> object:
    """The number that Excel noted beside the text that it showed; else the text."""
    number = cell.get("x:num")
    if number:
        try:
            return float(number)
        except ValueError:
            pass
    return _text(cell)


def _text(element: Any) -> str:
    """As a browser shows it: runs of spaces are one, but those that must not break are kept in front."""
    for line in element.iter("br"):
        line.tail = "\n" + (line.tail or "")
    lines = [_SPACE.sub(" ", line).strip(" ") for line in element.text_content().split("\n")]
    return "\n".join(line for line in lines if line).replace("\xa0", " ").rstrip()


def _span(cell: Any, name: str) -> int:
    try:
        return min(max(int(cell.get(name, "1")), 1), _MOST_SPAN)
    except ValueError:
        return 1
