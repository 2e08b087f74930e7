"""Pages written as files."""

from __future__ import annotations

import csv
import io
from html import escape
from pathlib import Path

import xlsxwriter

from tests.core.files.roundtrips.pages import Page
from tests.core.files.spreadsheets import ods, ods_cell

_TEXTS = {
    "csv": ("csv", ",", "utf-8"),
    "semicolon": ("txt", ";", "utf-8-sig"),
    "tsv": ("tsv", "\t", "utf-8"),
    "gb18030": ("csv", ",", "gb18030"),
    "utf-16": ("txt", "\t", "utf-16"),
}


def written(folder: Path, pages: list[Page], kind: str) -> Path:
    """The file; only a workbook has more than one page."""
    if kind == "xlsx":
        return _workbook(folder / "table.xlsx", pages)
    (page,) = pages
    if kind == "ods":
        body = "".join(
            f"<table:table-row>{''.join(ods_cell(escape(c, quote=False) if isinstance(c, str) else c) for c in row)}"
            "</table:table-row>"
            for row in page.rows
        )
        return ods(folder / "table.ods", body)
    if kind == "html":
        return _html(folder / "table.xls", page)
    ending, separator, encoding = _TEXTS[kind]
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=separator, lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in page.rows)
    path = folder / f"table.{ending}"
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def _text(cell: str | float | None) -> str:
    return f"{cell:.2f}".rstrip("0").rstrip(".") if isinstance(cell, float) else cell or ""


def _workbook(path: Path, pages: list[Page]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    shown = book.add_format()
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for at, row in enumerate(page.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(at, column, cell)
                elif cell is not None:
                    sheet.write_number(at, column, cell)
        for first, left, last, right in page.merged:
            sheet.merge_range(first, left, last, right, page.rows[first][left], shown)
        if page.hidden:
            sheet.hide()
    book.close()
    return path


def _html(path: Path, page: Page) -> Path:
    merged = {(first, left): right - left + 1 for first, left, _, right in page.merged}
    lines = []
    for at, row in enumerate(page.rows):
        cells, column = [], 0
        while column < len(row):
            span = merged.get((at, column), 1)
            attribute = f' colspan="{span}"' if span > 1 else ""
            cells.append(f"<td{attribute}>{escape(_text(row[column]))}</td>")
            column += span
        lines.append(f"<tr>{''.join(cells)}</tr>")
    body = f"<html><head><meta charset='utf-8'></head><body><table>{''.join(lines)}</table></body></html>"
    path.write_text(body, encoding="utf-8")
    return path
