"""The gate before a workbook is parsed: what its XML may hold, and where its cells may lie.

A workbook of 4.6 kB with cells in A1 and XFD1048576 makes a parser reserve terabytes. So every XML part is searched as
bytes first, piece by piece, while it inflates.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from core.files.archive import Archive, Damaged, Excessive

MOST_BYTES = 100 * 2**20
"""Of a file that is no streamed text."""
MOST_CELLS = 5_000_000
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_HONEST_BYTES, _HONEST_RATIO = 20 * 2**20, 200
"""Real workbooks unpack to 3 to 20 times their size, bombs to 1,000 times."""
_HELD = 4 * 2**20
_XML = (".xml", ".rels", ".vml")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_PLAIN_ENCODINGS = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}
_OTHER_ENCODINGS = {b"iso-8859-1": "latin-1", b"latin1": "latin-1"}
_STARTS = (
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_ODD = (b"<!", b"<?", b"v>&#")
"""What calamine passes over together with the value around it: comments, sections, instructions, numbered letters."""
_OLD_MANIFEST = "META-INF/manifest.xml"
"""OpenOffice 2 names its document type in this part, which no parser of ours reads."""


@dataclass(slots=True)
class Look:
    """What a sheet of an xlsx says beside the values that a parser returns. Rows and columns count from 0."""

    rows: int = 0
    columns: int = 0
    counted: int = 0
    """Rows met so far; says where a row stands that does not say it itself."""
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    uncalculated: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    odd: bool = False
    """Whether the XML is right, but written in a way that calamine loses cells of."""


@dataclass(slots=True)
class Looks:
    """What is known of a workbook before it is parsed."""

    sheets: dict[str, Look] = field(default_factory=dict)
    """By part."""
    odd: bool = False
    """Whether some part needs the reader that knows all of XML."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """How the parts of a sheet are found, given the prefix of its XML names."""

    row_end: bytes
    formula_mark: bytes
    row: re.Pattern[bytes]
    cells: tuple[bytes, ...]
    any_cell: re.Pattern[bytes]
    filled: re.Pattern[bytes]
    error: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    column: re.Pattern[bytes]


@cache
def _patterns(prefix: bytes) -> _Patterns:
    def compiled(pattern: bytes) -> re.Pattern[bytes]:
        return re.compile(pattern.replace(b"~", re.escape(prefix)))

    formula = rb"<~f(?:\s[^<>]*)?(?:/>|>[^<]*</~f>)\s*"
    return _Patterns(
        b"</" + prefix + b"row>",
        b"<" + prefix + b"f",
        compiled(rb"<~row(?=[\s/>])([^<>]*)>"),
        tuple(b"<" + prefix + b"c" + end for end in (b" ", b">", b"\n", b"\t", b"\r")),
        compiled(rb"<~c[\s/>]"),
        compiled(
            rb"<~c\s[^<>]*?\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"'][^<>]*(?<!/)>\s*(?:" + formula + rb")?<~(?:v|is)\b"
        ),
        compiled(rb"<~c(\s[^<>]*?\bt\s*=\s*[\"']e[\"'][^<>]*)>\s*(?:" + formula + rb")?<~v(?:\s[^<>]*)?>([^<]*)</~v>"),
        compiled(rb"<~c((?:\s[^<>]*)?)>\s*" + formula + rb"(?:<~v\s*/>|<~v(?:\s[^<>]*)?>\s*</~v>)?\s*</~c>"),
        compiled(rb"<~col\s([^<>]*)>"),
    )


_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")
_COLUMNS, _ROWS = re.compile(rb' r="([A-Za-z]+)[0-9]'), re.compile(rb' r="[A-Za-z]+([0-9]+)"')
_LOOSE = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]+)([0-9]+)")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d{1,9})[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true|on)[\"']")
_FROM, _TO = re.compile(rb"\bmin\s*=\s*[\"'](\d{1,9})[\"']"), re.compile(rb"\bmax\s*=\s*[\"'](\d{1,9})[\"']")
_A_TEXT = re.compile(rb"\bt\s*=\s*[\"']str[\"']")


def admit(archive: Archive, path: Path) -> None:
    """Raises Excessive where an archive unpacks to more than honest ones do."""
    size = archive.bytes_inflated
    if size > _HONEST_BYTES and size > _HONEST_RATIO * path.stat().st_size:
        raise Excessive("ratio")


def inspect(archive: Archive) -> Looks:
    """Look through every XML part; returns what the sheets of an xlsx hold.

    Raises Damaged for entities, document types and encodings that hide them, Excessive where cells lie too far apart.
    """
    looks, left, recoded = Looks(), MOST_CELLS, set[str]()
    for name in archive.names:
        folded = name.casefold()
        if not folded.endswith(_XML) and not _opens_like_xml(archive, name):
            continue
        pieces = xml_pieces(archive, name, recoded)
        if folded.endswith((".rels", ".vml")) or "sharedstrings" in folded:
            for _piece in pieces:
                pass
            continue
        look = _looked(pieces)
        if look is None:
            continue
        if look.rows * look.columns > left:
            look.rows, look.columns = filled_area(archive, name, look)
        left -= look.rows * look.columns
        if left < 0 or look.rows > LAST_ROW or look.columns > LAST_COLUMN:
            raise Excessive(f"{name}: {look.rows} × {look.columns}")
        looks.sheets[name] = look
    looks.odd = bool(recoded) or any(look.odd for look in looks.sheets.values())
    return looks


def xml_pieces(archive: Archive, name: str, recoded: set[str] | None = None) -> Iterator[bytes]:
    """The pieces of a part in UTF-8; the name of one that was written otherwise is put into `recoded`.

    Raises Damaged where it has entities, a document type, or an encoding in which parsers do not agree.
    """
    pieces = archive.pieces(name)
    first = next(pieces, b"")
    encoding = _encoding(first, name)
    pieces = itertools.chain([first], pieces)
    if encoding:
        if recoded is not None:
            recoded.add(name)
        pieces = _recoded(pieces, encoding, name)
    end = b""
    for piece in pieces:
        seam = end + piece[:16]
        for word, allowed in ((b"<!ENTITY", False), (b"<!DOCTYPE", name == _OLD_MANIFEST)):
            if not allowed and (word in piece or word in seam):
                raise Damaged(f"{name}: document type")
        end = piece[-16:]
        yield piece


def _encoding(first: bytes, name: str) -> str:
    """Python's name of the encoding of a part, "" for UTF-8."""
    found = next((encoding for start, encoding in _STARTS if first.startswith(start)), "")
    if found and first[2:4] != b"\0\0":  # else UTF-32
        return found
    declared = _DECLARED.match(first[:300].removeprefix(codecs.BOM_UTF8))
    word = declared[1].lower() if declared else b"utf-8"
    if found or b"\0" in first[:8] or not (word in _PLAIN_ENCODINGS or word in _OTHER_ENCODINGS):
        raise Damaged(f"{name}: encoding")
    return _OTHER_ENCODINGS.get(word, "")


def _recoded(pieces: Iterator[bytes], encoding: str, name: str) -> Iterator[bytes]:
    """The same in UTF-8, without the declaration of another encoding."""
    decoder, start = codecs.getincrementaldecoder(encoding)(), True
    try:
        for piece in pieces:
            text = decoder.decode(piece)
            yield (_DECLARATION.sub("", text, count=1) if start else text).encode()
            start = False
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        raise Damaged(f"{name}: encoding") from error


def _opens_like_xml(archive: Archive, name: str) -> bool:
    start = next(archive.pieces(name), b"")[:8].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b"<", b"\xff\xfe", b"\xfe\xff", b"\0"))


def _in_rows(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, _Patterns]]:
    """A sheet in pieces that end where a row or at least a cell ends; nothing where the part is no sheet."""
    first = next(pieces, b"")
    root = _ROOT.search(first)
    if root is None:
        for _piece in pieces:  # which is checked while it inflates
            pass
        return
    patterns, rest = _patterns(root[1]), b""
    for piece in itertools.chain([first], pieces):
        held = rest + piece
        cut = max(held.rfind(patterns.row_end), held.rfind(patterns.cells[0]))
        rest = held[cut:] if cut > 0 and len(held) - cut < _HELD else b""
        yield held[:cut] if rest else held, patterns
    yield rest, patterns


def _looked(pieces: Iterator[bytes]) -> Look | None:
    look = None
    for held, patterns in _in_rows(pieces):
        if look is None:
            look = Look()
            _hidden_columns(held, patterns, look)
            data = held.find(b"sheetData")
            look.odd = any(held.find(mark, max(data, 0)) >= 0 for mark in _ODD)
        elif not look.odd:
            look.odd = any(mark in held for mark in _ODD)
        _area(held, patterns, look)
        _search(held, patterns, look)
    return look


def _area(held: bytes, patterns: _Patterns, look: Look) -> None:
    """Grow the area by the cells of a piece; cells that do not say where they stand are counted."""
    letters = _COLUMNS.findall(held)
    columns, rows, addresses = set(letters), set(_ROWS.findall(held)), len(letters)
    cells = sum(map(held.count, patterns.cells))
    if cells != addresses:  # written in another way than usual
        found = _LOOSE.findall(held)
        columns, rows, addresses = {each[0] for each in found}, {each[1] for each in found}, len(found)
        cells = len(patterns.any_cell.findall(held))
    look.columns = max(look.columns, max(map(column_number, columns), default=0))
    look.rows = max(look.rows, max((int(each[:9]) for each in rows), default=0))
    if cells > addresses:
        widths = [len(patterns.any_cell.findall(row)) for row in patterns.row.split(held)]
        look.columns = max(look.columns, *widths)
        look.counted += len(widths) // 2
        named = [int(each[1]) for each in _NUMBER.finditer(held)]
        look.rows = max(look.rows, look.counted, *named)


def column_number(letters: bytes) -> int:
    """The number of a column, "A" is 1."""
    number = 0
    for letter in letters.upper()[:6]:
        number = number * 26 + letter - 64
    return number


def filled_area(archive: Archive, name: str, look: Look) -> tuple[int, int]:
    """The area of the cells that hold something: formats are often laid out to the last row."""
    if look.counted:
        return look.rows, look.columns
    rows = columns = 0
    for held, patterns in _in_rows(xml_pieces(archive, name)):
        found = patterns.filled.findall(held)
        columns = max(columns, max(map(column_number, {each[0] for each in found}), default=0))
        rows = max(rows, max((int(each[:9]) for each in {each[1] for each in found}), default=0))
    return rows, columns


def _hidden_columns(held: bytes, patterns: _Patterns, look: Look) -> None:
    for attributes in patterns.column.findall(held):
        first, last = _FROM.search(attributes), _TO.search(attributes)
        if _HIDDEN.search(attributes) and first and last:
            look.hidden_columns.update(range(int(first[1]) - 1, min(int(last[1]), LAST_COLUMN)))


def _search(held: bytes, patterns: _Patterns, look: Look) -> None:
    """Hidden rows, cells with an error, formulas without a value. Most pieces have none, which is seen at once."""
    if b"hidden" in held:
        for attributes in patterns.row.findall(held):
            number = _NUMBER.search(attributes)
            if number and _HIDDEN.search(attributes):
                look.hidden_rows.add(int(number[1]) - 1)
    if b't="e"' in held or (b"'" in held and b"'e'" in held):
        for attributes, value in patterns.error.findall(held):
            place = _LOOSE.search(attributes)
            if place is None:
                look.uncalculated += 1
            else:
                text = value.decode("utf-8", "replace").strip() or "#ERROR"
                look.errors.append((int(place[2]) - 1, column_number(place[1]) - 1, text))
    if patterns.formula_mark in held:
        blank = sum(1 for attributes in patterns.formula.findall(held) if not _A_TEXT.search(attributes))
        look.uncalculated += blank
