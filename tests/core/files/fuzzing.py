"""Small files of every format, broken at random from a seed; shared by the tests and `bench.fuzz`."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import xlsxwriter

from core.errors import UserError
from core.files.grid import Sheets
from core.files.readers import glance, read
from tests.core.files import spreadsheets as made

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "import-samples"
_MOST_SAMPLE = 80_000
_WORDS = (
    b"1048576", b"XFD1048576", b"A0", b"-1", b"99999999999999999999", b"1e999", b"nan", b"<", b">", b"&", b"&#0;",
    b'"', b"'", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"]]>", b"<!--", b"<![CDATA[", b"<!DOCTYPE x>", b"/>",
    b't="e"', b't="s"', b"\r", b"\n", b"\t", b",,,,", b'"""', b"<c/>", b"<row/>", b"</sheetData>", b"../", b"\x80",
    b"\x1a", b"\xe4\xb8",
)  # fmt: skip


def seeds(folder: Path) -> list[bytes]:
    """A file of each format, and the small ones among the samples where they are at hand."""
    rows = [["国家", 2009.0, None, 0x07], ["b", 1.5, 0x2A, "z"], ["c", 2.5, None, "y"]]
    made.xls(folder / "a.xls", rows)
    made.xlsb(folder / "a.xlsb", rows)
    made.ods(folder / "a.ods", made.ods_rows([["x", 1.0], [None, 2.5]]))
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["国家", "2009", "2010", "2011"])
        for row in range(1, 12):
            sheet.write_row(row, 0, [f"name {row}", row, row / 7])
            sheet.write_formula(row, 3, "=1/0", None, "#DIV/0!")
        sheet.merge_range(14, 0, 15, 2, "note")
        sheet.set_row(3, None, None, {"hidden": True})
        book.add_worksheet("more").hide()
    with zipfile.ZipFile(folder / "a.xlsx") as file:
        parts = {name: file.read(name) for name in file.namelist()}
    wide = {name: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16") for name, xml in parts.items()}
    made.packed(folder / "wide.xlsx", wide)
    row = (
        '<ss:Row ss:Index="2"><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">国家</ss:Data></ss:Cell>'
        '<ss:Cell ss:Index="4"><ss:Data ss:Type="Number">2009</ss:Data></ss:Cell>'
        '<ss:Cell><ss:Data ss:Type="DateTime">2018-07-06T00:00:00</ss:Data></ss:Cell></ss:Row>'
    )
    old = (
        '<?xml version="1.0"?><ss:Workbook xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<ss:Worksheet ss:Name="Data"><ss:Table>{row}</ss:Table></ss:Worksheet></ss:Workbook>'
    )
    (folder / "old.xml").write_text(old, "utf-8")
    frame = pd.DataFrame({"iso": ["CHN", "USA"], "year": [1986.0, None]})
    for version in (114, 118):
        frame.to_stata(folder / f"{version}.dta", write_index=False, version=version)
    page = "<html><meta charset=utf-8><table><tr><td rowspan=2>a<td>1<tr><td x:num=2>2</table></html>"
    (folder / "a.htm").write_text(page, "utf-8")
    for encoding in ("utf-8-sig", "gb18030", "cp1252", "utf-16", "utf-16-le"):
        letters = "é’" if encoding == "cp1252" else "出口额"
        text = f'name;2009;"2010"\r\n{letters};1,5;"2\n3"\r\n' * 5
        (folder / f"{encoding}.csv").write_bytes(text.encode(encoding))
    made.packed(folder / "a.zip", {"a.csv": "a,b\n1,2\n", "b.xlsx": (folder / "a.xlsx").read_bytes()})
    files = sorted(folder.iterdir())
    if SAMPLES.is_dir():
        files += sorted(
            each for each in SAMPLES.iterdir() if each.stat().st_size < _MOST_SAMPLE and each.suffix != ".md"
        )
    return [each.read_bytes() for each in files]


def mutations(whole: list[bytes], count: int, seed: int) -> Iterator[bytes]:
    """Broken files, each from a seed of its own."""
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        data = whole[number % len(whole)]
        if data.startswith(b"PK") and rng.random() < 0.75:
            yield _repacked(data, rng)
        else:
            yield _broken(data, rng)


def _broken(data: bytes, rng: random.Random) -> bytes:
    changed = bytearray(data)
    for _time in range(rng.choice((1, 1, 2, 4, 16))):
        if not changed:
            break
        at, length = rng.randrange(len(changed)), rng.choice((1, 2, 8, 64, 1000))
        match rng.randrange(6):
            case 0:
                changed[at] = rng.randrange(256)
            case 1:
                changed[at] ^= 1 << rng.randrange(8)
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length] * rng.choice((1, 2, 50))
            case 4:
                changed[at:at] = rng.choice(_WORDS)
            case _:
                changed[at : at + length] = rng.randbytes(length)
    return bytes(changed[: rng.randrange(len(changed) + 1)]) if rng.random() < 0.15 else bytes(changed)


def _repacked(data: bytes, rng: random.Random) -> bytes:
    """The archive with a part changed, renamed, emptied, doubled or left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = rng.choice(sorted(parts))
    match rng.randrange(10):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[rng.choice(("../x", "xl/workbook.xml", "content.xml", "X" + name))] = parts.pop(name)
        case 3:
            parts[name] = parts[rng.choice(sorted(parts))]
        case 4 | 5:
            parts[name] = _broken(parts[name], rng)
        case _:
            parts[name] = _edited(parts[name], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED))) as file:
        for each, content in parts.items():
            file.writestr(each, content)
    return out.getvalue()


def _edited(xml: bytes, rng: random.Random) -> bytes:
    """XML that stays XML, mostly: values of attributes, names and texts take the place of others."""
    pieces = re.split(rb"(\"[^\"]*\"|<[/\w:]+|>[^<]+<)", xml)
    for _time in range(rng.choice((1, 2, 5))):
        at = rng.randrange(len(pieces))
        kind = pieces[at][:1]
        same = [piece for piece in pieces if piece[:1] == kind]
        word = rng.choice(_WORDS)
        wrapped = {b'"': b'"' + word + b'"', b">": b">" + word + b"<"}.get(kind, word)
        pieces[at] = rng.choice(same) if rng.random() < 0.5 else wrapped
    return b"".join(pieces)


def outcome(path: Path) -> str:
    """The sentence that refuses a file, empty where it is read. Anything else that happens is a failure."""
    try:
        found = read(path)
        assert isinstance(found, Sheets)
        for sheet in found.sheets:
            assert sheet.rows.cell(0, 0) is None or isinstance(sheet.rows.cell(0, 0), str | float)
            assert all(row >= 0 for row in sheet.hidden_rows)
        glance(path)
    except UserError as error:
        sentence = str(error)
        if not sentence.endswith(".") or "\n" in sentence or "{" in sentence:
            raise AssertionError(sentence) from error
        return sentence
    return ""
