"""What a file is, by its content; its name only tells what the content cannot."""

from __future__ import annotations

import re
import struct
from pathlib import Path

from core.files.archive import Archive

HEAD = 4096

_STARTS = (
    (b"%PDF", "pdf"),
    (b"PAR1", "parquet"),
    (b"<stata_dta>", "stata"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"BM", "bitmap"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ\0", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\x28\xb5\x2f\xfd", "packed"),
    (b"{\\rtf", "document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00", re.DOTALL)
"""The first record of a bare workbook of Excel 2 to 5."""
_WEB = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|style|div|center|title)\b",
    re.DOTALL | re.IGNORECASE,
)
_XML = re.compile(rb"\s*<(\?xml|\w+:?Workbook)")


def kind_of(head: bytes) -> str:
    """The kind by the first bytes: a word, "zip" and "ole" among them, where more has to be looked at."""
    if head.startswith(b"PK") and head[2:4] in {b"\x03\x04", b"\x05\x06", b"\x07\x08"}:
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    for start, kind in _STARTS:
        if head.startswith(start) and (kind != "bitmap" or b"\0" in head[:16]):
            return "image" if kind == "bitmap" else kind
    if len(head) > 4 and 102 <= head[0] <= 115 and head[1] in {1, 2} and head[2] == 1 and head[3] == 0:
        return "stata"  # the header of versions 1 to 12: version, byte order, kind of file, nothing
    if _BIFF.match(head):
        return "xls"
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")):  # UTF-16
        bare = head.lstrip(b"\xff\xfe").replace(b"\0", b"")
    if _WEB.match(bare):
        return "html"
    if _XML.match(bare):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in bare or b"Excel.Sheet" in bare:
            return "spreadsheetml"
        return "xml" if not re.search(rb"<html\b", bare, re.IGNORECASE) else "html"
    return "text"


def kind_of_archive(archive: Archive) -> str:
    """What a zip file is, by its members."""
    names = {name.casefold() for name in archive.names}
    folders = {name.partition("/")[0] for name in names if "/" in name}
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith(("xl/workbook", "xl/worksheets/")) and name.endswith(".xml") for name in names):
        return "xlsx"
    if "content.xml" in names and ("mimetype" in names or "meta-inf/manifest.xml" in names):
        return "ods" if "spreadsheet" in _mime(archive) else "document"
    if "index" in folders or "index.zip" in names or any(name.endswith(".iwa") for name in names):
        return "numbers"
    if "[content_types].xml" in names or folders & {"word", "ppt", "meta-inf"}:
        return "document" if folders & {"word", "ppt", "meta-inf"} else "damaged"
    return "bundle"


def _mime(archive: Archive) -> str:
    if "mimetype" not in archive.names or archive.size("mimetype") > HEAD:
        return "spreadsheet"  # written by a tool that leaves it out; the parser decides
    return archive.read("mimetype").decode("ascii", "replace")


def kind_of_ole(path: Path) -> str:
    """What an OLE file is, by the names in its directory: xls, encrypted, document or damaged."""
    names = _directory(path)
    if names & {"Workbook", "Book"}:
        return "xls"
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        return "encrypted"
    return "document" if names else "damaged"


def _directory(path: Path) -> set[str]:
    """Names of the entries of an OLE file (MS-CFB 2.6), as far as its sectors can be followed."""
    names: set[str] = set()
    with path.open("rb") as stream:
        header = stream.read(512)
        if len(header) < 512:
            return names
        shift = struct.unpack_from("<H", header, 30)[0]
        size = 1 << shift if shift in {9, 12} else 512
        seen: set[int] = set()
        sector = struct.unpack_from("<I", header, 48)[0]
        tables = struct.unpack_from("<109I", header, 76)
        while sector < 0xFFFFFFFA and sector not in seen and len(seen) < 1_000:
            seen.add(sector)
            stream.seek((sector + 1) * size)
            data = stream.read(size)
            for at in range(0, len(data) - 127, 128):
                length = struct.unpack_from("<H", data, at + 64)[0]
                if 2 < length <= 64:
                    names.add(data[at : at + length - 2].decode("utf-16-le", "replace"))
            table, place = divmod(sector, size // 4)
            if table >= len(tables) or tables[table] >= 0xFFFFFFFA:
                break
            stream.seek((tables[table] + 1) * size + 4 * place)
            link = stream.read(4)
            sector = int.from_bytes(link, "little") if len(link) == 4 else 0xFFFFFFFE
    return names
