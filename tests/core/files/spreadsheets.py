"""Tiny files of every format, written byte by byte where no library writes them; shared by the tests of the readers."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

Cell = str | float | None

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="{0}.sheet.main+xml"/>'
    '<Override PartName="/xl/book.xml" ContentType="{0}.sheet.main+xml"/></Types>'
).format("application/vnd.openxmlformats-officedocument.spreadsheetml")
BOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
)
LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def top(book: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return LINKS.format(f'<Relationship Id="r1" Target="xl/{book}" Type="{kind}"/>')


def packed(path: Path, parts: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


def parts_of(sheets: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """The parts of an xlsx, given the XML of its sheets by name."""
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/worksheet"/>'
        for n in range(1, len(sheets) + 1)
    )
    contents = {f"xl/worksheets/sheet{n}.xml": xml for n, xml in enumerate(sheets.values(), 1)}
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": top("workbook.xml"),
        "xl/workbook.xml": BOOK.format(listed),
        "xl/_rels/workbook.xml.rels": LINKS.format(links),
        **contents,
    }


def xlsx(path: Path, data: str | bytes, before: str = "", after: str = "") -> Path:
    """An xlsx with one sheet, given what stands between the tags of its data."""
    if isinstance(data, bytes):
        return packed(path, parts_of({"Data": data}))
    xml = f"<worksheet {MAIN}>{before}<sheetData>{data}</sheetData>{after}</worksheet>"
    return packed(path, parts_of({"Data": xml}))


def ods(path: Path, table: str) -> Path:
    """An OpenDocument spreadsheet, given what stands inside its table."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"))
    )
    calc = ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    content = (
        f"<office:document-content{names}{calc}><office:body><office:spreadsheet>"
        f'<table:table table:name="Data">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return packed(path, {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_cell(value: Cell) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, str):
        return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{value}"/>'


def ods_rows(rows: Sequence[Sequence[Cell]]) -> str:
    return "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)


# ---- xlsb (MS-XLSB 2.1.4: kind, length, content) ----


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(content)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(path: Path, rows: Sequence[Sequence[Cell | int]]) -> Path:
    """A binary workbook; an int is the code of an error."""
    cells = b""
    for at, row in enumerate(rows):
        cells += _record(0, struct.pack("<II", at, 0) + bytes(9))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                cells += _record(6, place + _wide(value))
            elif isinstance(value, float):
                cells += _record(5, place + struct.pack("<d", value))
            elif value is not None:
                cells += _record(3, place + bytes([value]))
    dimension = _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(map(len, rows), default=1) - 1))
    sheet = _record(129) + dimension + _record(145) + cells + _record(146) + _record(130)
    listed = _record(156, struct.pack("<II", 0, 1) + _wide("r1") + _wide("Data"))
    book = _record(131) + _record(143) + listed + _record(144) + _record(132)
    links = LINKS.format(
        '<Relationship Id="r1" Target="worksheets/sheet1.bin" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/worksheet"/>'
    )
    return packed(
        path,
        {
            "[Content_Types].xml": TYPES,
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": links,
            "xl/worksheets/sheet1.bin": sheet,
        },
    )


# ---- xls (MS-XLS records in a compound file, MS-CFB) ----


def _biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def xls(path: Path, rows: Sequence[Sequence[Cell | int]]) -> Path:
    """An old workbook; an int is the code of an error."""
    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(value, str):
                cells += _biff(0x204, place + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            elif isinstance(value, float):
                cells += _biff(0x203, place + struct.pack("<d", value))
            elif value is not None:
                cells += _biff(0x205, place + bytes([value, 1]))
    size = struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0)
    sheet = _biff(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + _biff(0x200, size) + cells + _biff(0x0A)
    top = _biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6)) + _biff(0x42, struct.pack("<H", 1200))
    name = "Data"
    about = struct.pack("<BB", len(name), 0) + name.encode()
    start = len(top) + len(_biff(0x85, bytes(6) + about)) + len(_biff(0x0A))
    stream = top + _biff(0x85, struct.pack("<IH", start, 0) + about) + _biff(0x0A) + sheet
    return compound(path, {"Workbook": stream})


def compound(path: Path, streams: Mapping[str, bytes]) -> Path:
    """An OLE file. Streams are padded beyond the size below which they would share sectors."""
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    padded = {name: content + bytes(-len(content) % 512) for name, content in padded.items()}

    def entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
        written = name.encode("utf-16-le")
        head = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written) + 2, kind, 1, none, right, child)
        return head + bytes(36) + struct.pack("<IQ", start, size)

    entries, chain, data, at = [entry("Root Entry", 5, 1, none, end, 0)], [end], b"", 2
    for number, (name, content) in enumerate(padded.items(), 1):
        count = len(content) // 512
        entries.append(entry(name, 2, none, number + 1 if number < len(padded) else none, at, len(content)))
        chain += [*range(at + 1, at + count), end]
        data += content
        at += count
    directory = b"".join(entries)[:512].ljust(512, b"\0")
    table = struct.pack("<128I", 0xFFFFFFFD, *chain, *([none] * (127 - len(chain))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0) + struct.pack("<109I", 0, *([none] * 108))
    path.write_bytes(header + table + directory + data)
    return path
