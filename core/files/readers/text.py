"""Reads text files with separators: finds out encoding and separator from the whole file, keeps every cell as text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from pathlib import Path

from core.errors import refuse
from core.files.grid import Cell, Row, Sheets, sheet_of
from core.files.readers import MOST_CELLS, Tick, reader, too_large, trimmed

ENCODINGS = ("utf-8", "gb18030", "cp1252", "utf-16")
"""What a person may choose instead of the encoding that was found."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = "\t;|,"
_SAMPLE = 200_000
_ESCAPED = re.compile(r"'[=+\-@\t\r＝]")


@reader("CSV", (".csv", ".tsv", ".txt"))
def read_text(path: Path, encoding: str, tick: Tick) -> Sheets:
    """One sheet, called after the file."""
    data = path.read_bytes()
    text, used = _decoded(data, encoding, path)
    if data.startswith((b"PK\x03\x04", b"%PDF")) or "\x00" in text:
        raise refuse("“{name}” is no text file. If it is a workbook, give it the suffix .xlsx.", name=path.name)
    if re.match(r"\s*<(!doctype|html|\?xml)", text[:200], re.IGNORECASE):
        raise refuse("“{name}” is a web page. Open it in Excel, save it as .xlsx and import that.", name=path.name)
    rows, left = [], MOST_CELLS
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))):
            left -= len(fields)
            if left < 0:
                raise too_large(path)
            if number % 2000 == 0:
                tick()
            rows.append(_row(fields))
    except csv.Error as error:
        raise refuse(
            "Line {line} of “{name}” cannot be split into cells. Look for a quotation mark that is never closed.",
            line=len(rows) + 1,
            name=path.name,
        ) from error
    while rows and not rows[-1]:
        rows.pop()
    return Sheets(path.name, (sheet_of(path.stem, rows),), used)


def _decoded(data: bytes, chosen: str, path: Path) -> tuple[str, str]:
    if chosen:
        try:
            return data.decode(chosen).removeprefix("\ufeff"), chosen
        except (UnicodeError, LookupError) as error:
            raise refuse(
                "“{name}” is not written in {encoding}. Choose another encoding.", name=path.name, encoding=chosen
            ) from error
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, path), encoding.removesuffix("-sig")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = "gb18030" if _is_chinese(data) else "cp1252"
        return _strict(data, encoding, path), encoding


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise refuse(
            "“{name}” is in no encoding that Balassa knows. Save it as UTF-8 and import that.", name=path.name
        ) from error


def _is_chinese(data: bytes) -> bool:
    """Whether the bytes beyond ASCII are mostly characters of the first level of GB 2312, or its punctuation.

    Western text rarely decodes as GB 18030 at all, and where it does, to rare characters.
    """
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    pairs = re.findall(rb"([\x81-\xfe])([\x30-\x39][\x81-\xfe][\x30-\x39]|[\x40-\xfe])", data)
    common = sum(1 for lead, trail in pairs if trail >= b"\xa1" and (b"\xb0" <= lead <= b"\xd7" or lead <= b"\xa3"))
    return common >= 0.7 * len(pairs) > 0


def _separator(text: str) -> str:
    """The separator under which most rows have the same number of fields, quotes honoured; else a comma."""
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    best, found = (0.0, 0), ","
    for separator in _SEPARATORS:
        try:
            rows = [row for row in csv.reader(io.StringIO(sample, newline=""), delimiter=separator) if any(row)]
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = count / len(rows), width
        if score > best:
            best, found = score, separator
    return found


def _row(fields: list[str]) -> Row:
    """Texts, without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    cells: list[Cell] = [field[1:] if _ESCAPED.match(field) else field or None for field in fields]
    return trimmed(cells)
