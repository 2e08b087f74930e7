"""Small files of many kinds, and what an import makes of them as plain data."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl

from core.files.importing import Answers, Detected, Imported, detect, import_part, known_labels
from core.files.mapping import Labels
from core.files.readers import read
from core.files.report import Report
from core.table import Table
from core.units import Unit
from tests.core.files.sheets import series_of

Key = tuple[str, str, str, str]
Numbers = list[float | None]
KNOWN: Labels = known_labels(None)
NO_ANSWERS = Answers()
NOT_STATED = Unit()
USD, MILLION, HUNDRED_MILLION = Unit("USD"), Unit("USD", 1e6), Unit("USD", 1e8)


@dataclass(frozen=True)
class Drawn:
    """A table as plain data: series by label ids, and only what differs from the usual is stated."""

    periods: tuple[int, ...]
    series: Mapping[Key, Numbers]
    unit: Unit | Mapping[Key, Unit] = NOT_STATED
    kind: str = "year"
    marks: Mapping[tuple[Key, int], tuple[str, str]] = field(default_factory=dict)


def drawn(table: Table) -> Drawn:
    """What a table says."""
    units = {table.key(at): table.unit(at) for at in range(len(table.series))}
    one = set(units.values())
    marks = {
        (table.key(at), table.periods.values[when]): (mark.kind, mark.raw) for (at, when), mark in table.marks.items()
    }
    return Drawn(
        table.periods.values, series_of(table), one.pop() if len(one) == 1 else units, table.periods.kind, marks
    )


@dataclass(frozen=True, eq=False)
class Found:
    """Files after detection and import."""

    detected: Detected
    imported: tuple[Imported, ...]

    @property
    def tables(self) -> list[Drawn]:
        """All tables; fails where one was refused."""
        problems = [str(each.problem) for each in self.imported if each.problem is not None]
        assert not problems, problems
        return [drawn(each.table) for each in self.imported if each.table is not None]

    @property
    def one(self) -> Table:
        """The only table."""
        assert len(self.imported) == 1, ([each.part.name for each in self.imported], self.left)
        table = self.imported[0].table
        assert table is not None, str(self.imported[0].problem)
        return table

    @property
    def table(self) -> Drawn:
        """The only table as plain data."""
        return drawn(self.one)

    @property
    def report(self) -> Report:
        """The report of the only table."""
        assert self.one
        report = self.imported[0].report
        assert report is not None
        return report

    @property
    def problem(self) -> str:
        """Why the only part became no table."""
        (only,) = self.imported
        assert only.table is None, drawn(only.table)
        return str(only.problem)

    @property
    def left(self) -> dict[str, str]:
        """Sheets that were left out, and why."""
        return {each.sheet.name: str(each.reason) for each in self.detected.left}


def found(*paths: Path, answers: Answers = NO_ANSWERS) -> Found:
    """Files, as they come in when a person presses Enter."""
    detected = detect([read(path) for path in paths], KNOWN, answers)
    return Found(detected, tuple(import_part(part, KNOWN) for part in detected.parts))


def text_file(path: Path, content: str, encoding: str = "utf-8") -> Path:
    """A text file without the empty line that begins a text in three quotes."""
    path.write_bytes(content.removeprefix("\n").encode(encoding))
    return path


def archive(path: Path, files: Mapping[str, str]) -> Path:
    """A zip with texts in it."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content.removeprefix("\n"))
    return path


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **settings: Any) -> Path:
    """A workbook. Settings: `merged` areas, `hidden` sheets, `hidden_rows` of all sheets."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for area in settings.get("merged", ()):
            sheet.merge_cells(area)
        for number in settings.get("hidden_rows", ()):
            sheet.row_dimensions[number].hidden = True
        if name in settings.get("hidden", ()):
            sheet.sheet_state = "hidden"
    book.save(path)
    book.close()
    return path


def ods(path: Path, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """An OpenDocument spreadsheet with one sheet, written by hand."""
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    body = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{office}office:1.0" '
        f'xmlns:table="{office}table:1.0" xmlns:text="{office}text:1.0" office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{office}manifest:1.0" '
        f'manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", kind)
        file.writestr("content.xml", content)
        file.writestr("META-INF/manifest.xml", manifest)
    return path


def _ods_cell(cell: str | float | None) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    value = f'office:value-type="float" office:value="{cell!r}"'
    return f"<table:table-cell {value}><text:p>{cell}</text:p></table:table-cell>"


def xlsb(path: Path, rows: Sequence[Sequence[str | float | None]]) -> Path:
    """A binary workbook with one sheet: records of [MS-XLSB], written by hand."""
    names = "http://schemas.openxmlformats.org/package/2006/"
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = (
        f'<Relationships xmlns="{names}relationships">'
        f'<Relationship Id="rId1" Type="{kinds}/%s" Target="%s"/></Relationships>'
    )
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    types = (
        f'<Types xmlns="{names}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{kind}"/>'
        '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
    )
    sheet = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Sheet1")
    book = _record(131) + _record(143) + _record(156, sheet) + _record(144) + _record(132)
    width = max(map(len, rows))
    cells = b"".join(
        _record(0, struct.pack("<IIHBBII", at, 0, 300, 0, 0, 0, 0) + b"\0")
        + b"".join(_xlsb_cell(column, cell) for column, cell in enumerate(row) if cell is not None)
        for at, row in enumerate(rows)
    )
    area = struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)
    data = _record(129) + _record(148, area) + _record(145) + cells + _record(146) + _record(130)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr("_rels/.rels", relation % ("officeDocument", "xl/workbook.bin"))
        file.writestr("xl/workbook.bin", book)
        file.writestr("xl/_rels/workbook.bin.rels", relation % ("worksheet", "worksheets/sheet1.bin"))
        file.writestr("xl/worksheets/sheet1.bin", data)
    return path


def _xlsb_cell(column: int, cell: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    return _record(6, place + _wide(cell)) if isinstance(cell, str) else _record(5, place + struct.pack("<d", cell))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes = b"") -> bytes:
    """A record: its kind in one or two bytes of seven bits, its length in up to four, its data."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + data
