"""Every format gives its cells where they stand, with what the format says beside them."""

from __future__ import annotations

import datetime
import decimal
import importlib.util
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from core.errors import UserError
from core.files.child import frames
from core.files.child.answers import unpacked
from core.files.child.packing import Refused, packed
from core.files.readers import glance, glances, read
from tests.core.files import spreadsheets as made


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read(path)
    return str(caught.value)


# ---- xlsx ----


def test_empty_rows_and_columns_before_the_cells_are_kept(tmp_path: Path) -> None:
    (sheet,) = read(made.xlsx(tmp_path / "a.xlsx", '<row r="3"><c r="C3"><v>7</v></c></row>')).sheets
    assert sheet.rows == ((), (), (None, None, 7.0))


def test_errors_stay_texts_even_at_the_edge_of_the_sheet(tmp_path: Path) -> None:
    data = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        "<row r='2'><c t='e' r='D2'><v>#N/A</v></c></row>"
    )
    (sheet,) = read(made.xlsx(tmp_path / "a.xlsx", data)).sheets
    assert sheet.rows == ((1.0, "#DIV/0!"), (None, None, None, "#N/A"))


def test_formulas_without_a_value_are_counted_and_empty_texts_are_none(tmp_path: Path) -> None:
    data = (
        '<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1"><f t="shared" si="0"/><v/></c>'
        '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1"><f>1+1</f><v>2</v></c></row>'
    )
    (sheet,) = read(made.xlsx(tmp_path / "a.xlsx", data)).sheets
    assert sheet.uncalculated == 3
    assert sheet.rows == ((None, None, None, None, 2.0),)


def test_hidden_parts_and_merged_areas_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 5):
        sheet.append([f"{row}", row, row, row])
    sheet.merge_cells("A2:B3")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["C"].hidden = True
    book.create_sheet("notes").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    first, second = read(tmp_path / "a.xlsx").sheets
    assert (first.hidden, second.hidden) == (False, True)
    assert first.merged == ((1, 0, 2, 1),)
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {2})


def test_dates_have_a_time_only_where_there_is_one(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        date = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_row(0, 0, [43287, 43287.5], date)
    assert read(tmp_path / "a.xlsx").sheets[0].rows == (("2018-07-06", "2018-07-06 12:00:00"),)


def test_names_with_a_prefix_are_the_same_xml(tmp_path: Path) -> None:
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row r="1" '
        'hidden="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" t="e"><x:v>#REF!</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>"
    )
    (sheet,) = read(made.packed(tmp_path / "a.xlsx", made.parts_of({"Data": xml}))).sheets
    assert sheet.rows == ((1.0, "#REF!"),)
    assert sheet.hidden_rows == {0}


def test_cells_that_do_not_say_where_they_stand_follow_each_other(tmp_path: Path) -> None:
    data = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
    assert read(made.xlsx(tmp_path / "a.xlsx", data)).sheets[0].rows == ((1.0, 2.0), (3.0,))


def test_macros_links_and_charts_are_named_as_left_out(tmp_path: Path) -> None:
    parts = made.parts_of({"Data": f"<worksheet {made.MAIN}><sheetData/></worksheet>"})
    more = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<a/>", "xl/charts/chart1.xml": "<a/>"}
    notes = read(made.packed(tmp_path / "a.xlsm", {**parts, **more})).notes
    assert [str(note).split()[0] for note in notes] == ["The", "Links", "Charts,"]


def test_numbers_that_are_none_become_texts(tmp_path: Path) -> None:
    data = '<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>5</v></c></row>'
    assert read(made.xlsx(tmp_path / "a.xlsx", data)).sheets[0].rows == (("inf", 5.0),)


# ---- the other workbooks ----


ROWS = [["国家", 2009.0, None, 0x07], ["b", 1.5, 0x2A, "z"]]
READ = (("国家", 2009.0, None, "#DIV/0!"), ("b", 1.5, "#N/A", "z"))


def test_an_xls_keeps_its_errors(tmp_path: Path) -> None:
    assert read(made.xls(tmp_path / "a.xls", ROWS)).sheets[0].rows == READ


def test_an_xlsb_keeps_its_errors(tmp_path: Path) -> None:
    assert read(made.xlsb(tmp_path / "a.xlsb", ROWS)).sheets[0].rows == READ


def test_an_ods_keeps_its_errors_and_tells_hidden_rows(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:visibility="collapse"><table:table-cell office:value-type="string" '
        'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2018-07-06"/></table:table-row>'
    )
    (sheet,) = read(made.ods(tmp_path / "a.ods", made.ods_rows([["国家", 2009.0], [None, 1.5]]) + row)).sheets
    assert sheet.rows == (("国家", 2009.0), (None, 1.5), ("#DIV/0!", "2018-07-06"))
    assert sheet.hidden_rows == {2}


# ---- web pages ----


def test_tables_of_a_web_page_that_is_called_xls_are_sheets(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="gb2312"></head><body><table><caption>出口</caption>'
        '<tr><th rowspan="2">国家</th><th colspan="2">出口额<br>亿美元</th></tr><tr><th>2009<th>2010</tr>'
        '<tr><td>&nbsp;中国</td><td>1,503</td><td x:num="2000.5">2,001</td></tr></table><table>'
        "<tr><td>x</table></body></html>"
    )
    path = tmp_path / "a.xls"
    path.write_bytes(page.encode("gb18030"))
    found = read(path)
    first, second = found.sheets
    assert (first.name, second.name, found.encoding) == ("出口", "a 2", "gb18030")
    assert first.rows == (("国家", "出口额\n亿美元"), (None, "2009", "2010"), (" 中国", "1,503", 2000.5))
    assert first.merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert second.rows == (("x",),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "gb18030"])
def test_a_web_page_that_does_not_say_its_encoding_is_read_like_a_text(tmp_path: Path, encoding: str) -> None:
    letters = "Côte d’Ivoire" if encoding == "cp1252" else "国家与地区"
    path = tmp_path / "a.xls"
    path.write_bytes(f"<html><table><tr><td>{letters}</td></tr></table></html>".encode(encoding))
    assert read(path).sheets[0].rows == ((letters,),)


def test_a_page_with_bytes_of_no_encoding_but_latin_1_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes("<table><tr><td>é</td><td>".encode("latin-1") + b"\x81</td></tr></table>")
    assert read(path).sheets[0].rows == (("é", "\x81"),)


# ---- data frames ----


def test_a_stata_file_has_its_names_in_the_first_row_and_its_labels_as_words(tmp_path: Path) -> None:
    frame = pd.DataFrame({"iso": ["CHN", ""], "year": [1986.0, None], "when": [pd.Timestamp("2018-07-06"), pd.NaT]})
    frame["group"] = pd.Categorical(["high", "low"])
    for version in (114, 118):
        path = tmp_path / f"{version}.dta"
        labels = {"year": "Year of trade"}
        frame.to_stata(path, write_index=False, version=version, variable_labels=labels, data_label="Trade")
        (sheet,) = read(path).sheets
        assert sheet.rows == (
            ("iso", "year", "when", "group"),
            ("CHN", 1986.0, "2018-07-06", "high"),
            (None, None, None, "low"),
        )
        assert sheet.words == (("year", "Year of trade"), ("", "Trade"))


def test_parquet_is_read_where_pyarrow_is_and_refused_with_a_way_out_where_not(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    if importlib.util.find_spec("pyarrow") is None:
        path.write_bytes(b"PAR1" + bytes(20) + b"PAR1")
        assert refusal(path).endswith("needs the package pyarrow. Save it as .csv and import that.")
    else:
        pd.DataFrame({"k": ["01"], "v": [1.5]}).set_index("k").to_parquet(path)
        assert read(path).sheets[0].rows == (("v", "k"), (1.5, "01"))


def test_every_kind_of_column_of_a_data_frame_becomes_numbers_or_texts() -> None:
    frame = pd.DataFrame({
        "code": ["01", None], "count": pd.array([7, None], dtype="Int64"), "share": [0.5, float("nan")],
        "day": pd.to_datetime(["2018-07-06", None]), "when": [datetime.datetime(2018, 7, 6, 12, 30), None],
        "date": [datetime.date(2018, 7, 6), None], "kept": [True, False], "price": [decimal.Decimal("1.50"), None],
        "group": pd.Categorical(["high", None]), "year": pd.Categorical([2009, 2010]), 5: [b"old", None],
    })  # fmt: skip
    (sheet,) = unpacked(b"".join(bytes(piece) for piece in packed([frames._packed("a", frame, 1_000)]))).sheets
    assert sheet.rows == (
        ("code", "count", "share", "day", "when", "date", "kept", "price", "group", "year", "5"),
        ("01", 7.0, 0.5, "2018-07-06", "2018-07-06 12:30:00", "2018-07-06", "TRUE", 1.5, "high", 2009.0, "old"),
        (None, None, None, None, None, None, "FALSE", None, None, 2010.0),
    )
    with pytest.raises(Refused):
        frames._packed("a", frame, 30)


# ---- archives ----


def test_tables_in_a_zip_become_sheets_and_the_rest_is_named(tmp_path: Path) -> None:
    book = made.xlsx(tmp_path / "b.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>').read_bytes()
    archive = made.packed(
        tmp_path / "a.zip",
        {"API_x.csv": "Country;2009\nChina;1\n", "Metadata/Country.csv": "a,b\n", "b.xlsx": book, "readme.doc": "x"},
    )
    found = read(archive)
    assert [(sheet.name, sheet.file) for sheet in found.sheets] == [
        ("API_x", "a.zip"), ("Country", "a.zip"), ("b", "a.zip"),
    ]  # fmt: skip
    assert (found.encoding, found.separator) == ("utf-8", ";")
    assert "readme.doc" in str(found.notes[-1])


def test_a_name_that_chinese_windows_wrote_is_readable(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.writestr("XX.csv", "a,b\n")
    data = (tmp_path / "a.zip").read_bytes().replace(b"XX.csv", "出".encode("gbk") + b".csv")
    (tmp_path / "a.zip").write_bytes(data)
    assert read(tmp_path / "a.zip").sheets[0].name == "出"


def test_a_bad_member_is_left_out_and_said(tmp_path: Path) -> None:
    found = read(made.packed(tmp_path / "a.zip", {"a.csv": "a,b\n", "b.csv": b"", "c.xlsx": b"PK\3\4"}))
    assert [sheet.name for sheet in found.sheets] == ["a"]
    assert [str(note).startswith("“b.csv” was left out") for note in found.notes] == [True, False]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["Index/Document.iwa"], "was made by Numbers"),
        (["word/document.xml", "[Content_Types].xml"], "is a document, no spreadsheet"),
        (["a.jpg"], "holds no tables"),
        (["inner.zip"], "holds no tables"),
    ],
)
def test_other_archives_are_refused_with_a_way_out(tmp_path: Path, names: list[str], words: str) -> None:
    assert words in refusal(made.packed(tmp_path / "a.xlsx", dict.fromkeys(names, "x")))


@pytest.mark.parametrize(
    ("stream", "words"),
    [("EncryptedPackage", "is protected by a password"), ("WordDocument", "is a document, no spreadsheet")],
)
def test_what_hides_in_a_compound_file_is_told(tmp_path: Path, stream: str, words: str) -> None:
    assert words in refusal(made.compound(tmp_path / "a.xlsx", {stream: b"x"}))


# ---- the first rows ----


def test_the_first_rows_of_a_workbook_are_as_the_whole_reading_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glances, "_QUICK_XML", 0)
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet, date = book.add_worksheet("数据"), book.add_format({"num_format": 'yyyy"年"m"月"'})
        sheet.write_row(1, 1, ["国家", "x", True, 2.5])
        sheet.write_datetime(2, 0, datetime.datetime(2018, 7, 6, 12, 30), date)
        for row in range(3, 400):
            sheet.write_row(row, 0, [f"text {row}", row])
    whole, found = read(tmp_path / "a.xlsx").sheets[0], glance(tmp_path / "a.xlsx")
    assert found is not None
    assert found.sheets[0].name == "数据"
    assert found.sheets[0].rows == whole.rows[:200]


def test_the_first_rows_of_an_ods_and_of_a_stata_file_are_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(glances, "_QUICK_XML", 0)
    monkeypatch.setattr(glances, "_QUICK_FRAME", 0)
    rows = [["国家", 2009.0], *([f"text {row}", float(row)] for row in range(300))]
    found = glance(made.ods(tmp_path / "a.ods", made.ods_rows(rows)))
    assert found is not None
    assert found.sheets[0].rows == tuple(map(tuple, rows[:200]))
    with warnings.catch_warnings():
        pd.DataFrame({"year": range(500)}).to_stata(tmp_path / "a.dta", write_index=False)
    found = glance(tmp_path / "a.dta")
    assert found is not None
    assert len(found.sheets[0].rows) == 201


# ---- wrong names ----


@pytest.mark.parametrize(
    "name", ["a.xls", "a.xlsx", "a.xlsb", "a.ods", "a.csv", "a.htm", "a.dta", "a", "a.XLSX", "a.b"]
)
def test_the_content_decides_whatever_the_suffix(tmp_path: Path, name: str) -> None:
    rows, cells = [["国家", 2009.0]], '<row r="1"><c r="A1" t="str"><v>国家</v></c><c r="B1"><v>2009</v></c></row>'
    for path in (
        made.xls(tmp_path / "1", rows),
        made.xlsb(tmp_path / "2", rows),
        made.ods(tmp_path / "3", made.ods_rows(rows)),
        made.xlsx(tmp_path / "4", cells),
    ):
        assert read(path.replace(tmp_path / name)).sheets[0].rows == (("国家", 2009.0),)
