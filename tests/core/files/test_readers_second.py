"""Workbooks that are right, but written otherwise than Excel does, lose nothing: calamine or openpyxl reads them."""

from __future__ import annotations

import datetime
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from core.errors import UserError
from core.files import archive
from core.files.gate import inspect
from core.files.grid import Sheets
from core.files.readers import glance, glances, read
from core.places import ROOT
from tests.core.files import spreadsheets as made

Parts = dict[str, bytes]
ROWS = (("国家", "2009", "text"), ("a & b", 1.5, "#DIV/0!"), ("2018-07-06",), (), ("merged",))


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    """The parts of a workbook as XlsxWriter writes them."""
    with xlsxwriter.Workbook(tmp_path / "plain.xlsx") as book:
        sheet, date = book.add_worksheet("数据"), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, ["国家", "2009", "text"])
        sheet.write_row(1, 0, ["a & b", 1.5])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_datetime(2, 0, datetime.datetime(2018, 7, 6), date)
        sheet.merge_range(4, 0, 5, 1, "merged")
        sheet.set_row(2, None, None, {"hidden": True})
        book.add_worksheet("more").hide()
    with archive.opened(tmp_path / "plain.xlsx") as held:
        return {name: held.read(name) for name in held.names}


def everywhere(parts: Parts, change: Callable[[bytes], bytes], only: str = "") -> Parts:
    return {name: change(xml) if only in name else xml for name, xml in parts.items()}


def recoded(encoding: str) -> Callable[[bytes], bytes]:
    said = encoding.removesuffix("-le").removesuffix("-be").upper()
    return lambda xml: xml.decode().replace('encoding="UTF-8"', f'encoding="{said}"').encode(encoding)


def whole(found: Sheets) -> None:
    """Everything is as in the workbook that XlsxWriter wrote."""
    first, more = found.sheets
    assert (first.name, first.hidden, more.name, more.hidden) == ("数据", False, "more", True)
    assert first.rows == ROWS
    assert first.merged == ((4, 0, 5, 1),)
    assert first.hidden_rows == {2}


def is_odd(path: Path) -> bool:
    with archive.opened(path) as held:
        return inspect(held).odd


def test_strict_open_xml_is_read(tmp_path: Path, parts: Parts) -> None:
    """Its namespaces are those of ISO/IEC 29500-1 instead of -4; Excel offers it as a format of its own."""

    def strict(xml: bytes) -> bytes:
        for old, new in (
            (b"schemas.openxmlformats.org/spreadsheetml/2006/main", b"purl.oclc.org/ooxml/spreadsheetml/main"),
            (
                b"schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            xml = xml.replace(old, new)
        return xml

    path = made.packed(tmp_path / "a.xlsx", everywhere(parts, strict))
    assert not is_odd(path)
    whole(read(path))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("only", ["sheet1.xml", "sharedStrings", "xl/workbook.xml", ""])
def test_parts_in_utf_16_are_read(tmp_path: Path, parts: Parts, encoding: str, only: str) -> None:
    path = made.packed(tmp_path / "a.xlsx", everywhere(parts, recoded(encoding), only))
    assert is_odd(path)
    whole(read(path))


def test_a_part_in_latin_1_keeps_its_letters(tmp_path: Path) -> None:
    xml = f'<worksheet {made.MAIN}><sheetData><row r="1"><c r="A1" t="str"><v>é</v></c></row></sheetData></worksheet>'
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>' + xml.encode("latin-1")
    assert read(made.xlsx(tmp_path / "a.xlsx", data)).sheets[0].rows == (("é",),)


@pytest.mark.parametrize("encoding", ["utf-32", "utf-7", "gb18030"])
def test_encodings_in_which_parsers_do_not_agree_are_refused(tmp_path: Path, parts: Parts, encoding: str) -> None:
    with pytest.raises(UserError, match="is damaged"):
        read(made.packed(tmp_path / "a.xlsx", everywhere(parts, recoded(encoding), "sheet1.xml")))


@pytest.mark.parametrize(
    "value",
    [b"<v><!-- x -->1.5</v>", b"<v><![CDATA[1.5]]></v>", b"<v><?x y?>1.5</v>", b"<v>&#49;.5</v>", b"<v>&#x31;.5</v>"],
)
def test_a_value_between_comments_and_sections_is_not_lost(tmp_path: Path, parts: Parts, value: bytes) -> None:
    changed = everywhere(parts, lambda xml: xml.replace(b"<v>1.5</v>", value), "sheet1.xml")
    path = made.packed(tmp_path / "a.xlsx", changed)
    assert is_odd(path)
    whole(read(path))


def test_a_remark_before_the_cells_costs_nothing(tmp_path: Path, parts: Parts) -> None:
    changed = everywhere(parts, lambda xml: xml.replace(b"<sheetData>", b"<!-- made by x --><sheetData>"))
    path = made.packed(tmp_path / "a.xlsx", changed)
    assert not is_odd(path)
    whole(read(path))


def test_parts_may_have_other_names_than_excel_gives(tmp_path: Path, parts: Parts) -> None:
    named = {
        name.replace("xl/workbook.xml", "xl/book.xml").replace("workbook.xml.rels", "book.xml.rels"): xml.replace(
            b"xl/workbook.xml", b"xl/book.xml"
        )
        for name, xml in parts.items()
    }
    whole(read(made.packed(tmp_path / "a.xlsx", named)))
    without = {name: xml for name, xml in parts.items() if name != "_rels/.rels"}
    whole(read(made.packed(tmp_path / "b.xlsx", without)))


@pytest.mark.parametrize("dimension", [b'ref="A1"', b'ref="A1:XFD1048576"', b'ref="Z99:A1"'])
def test_the_second_reader_does_not_believe_a_dimension(tmp_path: Path, parts: Parts, dimension: bytes) -> None:
    changed = everywhere(parts, lambda xml: xml.replace(b'ref="A1:C6"', dimension), "sheet1.xml")
    assert changed != parts
    whole(read(made.packed(tmp_path / "a.xlsx", everywhere(changed, recoded("utf-16"), "sheet1.xml"))))


def test_the_gate_looks_through_utf_16_too(tmp_path: Path, parts: Parts) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    changed = everywhere(parts, lambda xml: xml.replace(b"</sheetData>", far), "sheet1.xml")
    with pytest.raises(UserError, match="is too large to import"):
        read(made.packed(tmp_path / "a.xlsx", everywhere(changed, recoded("utf-16"), "sheet1.xml")))


def test_a_sheet_that_the_second_reader_does_not_find_is_no_empty_sheet(tmp_path: Path, parts: Parts) -> None:
    lacking = {name: xml for name, xml in parts.items() if "sheet2.xml" not in name}
    with pytest.raises(UserError, match="is damaged"):
        read(made.packed(tmp_path / "a.xlsx", everywhere(lacking, recoded("utf-16"), "sheet1.xml")))


def test_openpyxl_parses_behind_defusedxml() -> None:
    code = "from core.files.child.second import openpyxl; print(openpyxl.DEFUSEDXML, openpyxl.LXML)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=50, check=True
    )
    assert done.stdout.split() == ["True", "False"]


def test_the_first_rows_of_a_sheet_in_utf_16_are_seen(
    tmp_path: Path, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glances, "_QUICK_XML", 0)
    found = glance(made.packed(tmp_path / "a.xlsx", everywhere(parts, recoded("utf-16"))))
    assert found is not None
    assert found.sheets[0].rows[:2] == ROWS[:2]


@pytest.mark.parametrize("epoch", [{}, {"date_1904": True}])
def test_both_readers_say_the_same_of_every_kind_of_cell(tmp_path: Path, epoch: dict[str, bool]) -> None:
    formats = ["yyyy-mm-dd", "yyyy/m/d h:mm", "h:mm:ss", '0.0"x"', "0%", "@", 'yyyy"年"m"月"', "[h]:mm", "[Red]0"]
    with xlsxwriter.Workbook(tmp_path / "plain.xlsx", epoch) as book:
        sheet = book.add_worksheet("Data")
        for row, each in enumerate(formats):
            shown = book.add_format({"num_format": each})
            sheet.write_row(row, 2, [43_287, 43_287.5, 0.25, 0], shown)
        sheet.write_row(10, 0, [True, False, "", "  indented", "two\nlines", "007", "<&>", 1e300, 2**53])
        sheet.write_rich_string(11, 0, "Ex", book.add_format({"bold": True}), "ports")
        sheet.write_formula(12, 0, "=TRUE", None, True)
        sheet.write_formula(12, 1, '="a"', None, "a")
        sheet.write_formula(12, 2, '=""', None, "")
    with archive.opened(tmp_path / "plain.xlsx") as held:
        parts = {name: held.read(name) for name in held.names}
    (first,) = read(tmp_path / "plain.xlsx").sheets
    path = made.packed(tmp_path / "wide.xlsx", everywhere(parts, recoded("utf-16"), "sheet1.xml"))
    assert is_odd(path)
    (second,) = read(path).sheets
    assert second.rows == first.rows
    assert second.uncalculated == first.uncalculated
