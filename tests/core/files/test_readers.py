"""Spreadsheets become plain grids; what cannot be read is refused in one plain sentence."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import UserError
from core.files.grid import TextStream
from core.files.progress import tick_at
from core.files.readers import glance, read, read_pasted, text
from tests.core.files.spreadsheets import packed


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    book.close()
    return path


def refusal(path: Path, encoding: str = "") -> str:
    with pytest.raises(UserError) as caught:
        read(path, encoding)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def text_file(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


# ---- workbooks ----


def test_a_workbook_gives_texts_and_numbers_as_they_stand(tmp_path: Path) -> None:
    rows = [
        ["007", "NA", 7, 0.1, None, True],
        [datetime.date(2009, 1, 1), datetime.datetime(2009, 1, 1, 12), "#DIV/0!", None, None, None],
        [],
        ["=1+1", " x "],
    ]
    (sheet,) = read(workbook(tmp_path / "a.xlsx", rows)).sheets
    assert sheet.name == "Sheet"
    assert sheet.rows == (
        ("007", "NA", 7.0, 0.1, None, "TRUE"),
        ("2009-01-01", "2009-01-01 12:00:00", "#DIV/0!"),
        (),
        (None, " x "),
    )


# ---- text ----


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_chinese_texts_are_read_in_their_encoding(tmp_path: Path, encoding: str) -> None:
    content = "年份,出口额（亿美元）,进口额\n2009,1435.7,1489.2\n合计,“引号”,、\n"
    found = read(text_file(tmp_path / "a.csv", content, encoding))
    assert found.sheets[0].rows[0] == ("年份", "出口额（亿美元）", "进口额")
    assert found.encoding == encoding.removesuffix("-sig")


@pytest.mark.parametrize(
    "content",
    [
        "pays;exportations\nCôte d’Ivoire;1\nSão Tomé e Príncipe;2\n",
        "Land;Wert\nÖsterreich;1\nTürkiye;2\nGröße;3\nMaß\xa0und Gewicht;4\n",
        "x\n\xa0stray\n",
        "España,1\nPerú,2\nMéxico,3\nAño,4\n",
    ],
)
def test_western_texts_are_not_taken_for_chinese(tmp_path: Path, content: str) -> None:
    found = read(text_file(tmp_path / "a.csv", content, "cp1252"))
    assert found.encoding == "cp1252"
    cells = [cell for row in found.sheets[0].rows for cell in row]
    assert "".join(map(str, cells)) == content.replace(";", "").replace(",", "").replace("\n", "")


def test_an_encoding_can_be_chosen_and_a_wrong_one_is_named(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "é,1\n", "cp1252")
    assert read(path, "cp1252").sheets[0].rows == (("é", "1"),)
    assert refusal(path, "utf-8") == "“a.csv” is not written in utf-8. Choose another encoding."


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_gives_constant_rows(tmp_path: Path, separator: str) -> None:
    lines = [["country", "2009", "2010"], ["China", "1,503", "2,000"], ["India; Rep.", "7", "8,9"]]
    quoted = [separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in lines]
    found = read(text_file(tmp_path / "a.txt", "\r\n".join(quoted)))
    assert found.sheets[0].rows == tuple(tuple(line) for line in lines)


def test_quotes_keep_separators_and_lines_together(tmp_path: Path) -> None:
    found = read(text_file(tmp_path / "a.csv", 'a,"b, c","d ""e""\nf"\n1,2,3\n\n'))
    assert found.sheets[0].rows == (("a", "b, c", 'd "e"\nf'), ("1", "2", "3"))


def test_codes_and_words_of_missing_stay_texts(tmp_path: Path) -> None:
    found = read(text_file(tmp_path / "a.csv", "code,value\n007,NA\n01,null\n'=x,'-1\n"))
    assert found.sheets[0].rows[1:] == (("007", "NA"), ("01", "null"), ("=x", "-1"))


def test_lines_may_end_as_on_an_old_mac(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "a.csv", "a,b\r1,2\r")).sheets[0].rows == (("a", "b"), ("1", "2"))


def test_a_quote_that_is_never_closed_is_named_with_its_line(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", 'a,b\n1,2\n"x,3\n4,5\n')
    assert refusal(path).startswith("Line 3 of “a.csv” cannot be split into cells.")


def test_a_stray_byte_far_behind_decides_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"name,1995\n" + b"China,1\n" * 200_000 + b"\xa0x,2\n")
    found = read(path)
    assert found.encoding == "cp1252"
    assert found.sheets[0].rows[200_001] == ("\xa0x", "2")


def test_bytes_that_windows_does_not_know_are_latin_1(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("é,1\n".encode("latin-1") + b"\x81\x8d,2\n")
    assert read(path).encoding == "latin-1"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_known_without_its_mark(tmp_path: Path, encoding: str) -> None:
    found = read(text_file(tmp_path / "a.csv", "name\tvalue\nCôte d’Ivoire\t1\n中国\t2\n", encoding))
    assert (found.encoding, found.separator) == (encoding, "\t")
    assert found.sheets[0].rows[2] == ("中国", "2")


def test_big5_is_read_where_it_is_chosen(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "臺灣,1\n", "big5")
    assert read(path, "big5").sheets[0].rows == (("臺灣", "1"),)


def test_a_separator_can_be_chosen(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "a.csv", "a~1,5\nb~2,5\n"), separator="~").sheets[0].rows[1] == ("b", "2,5")


def test_decimal_commas_do_not_separate(tmp_path: Path) -> None:
    found = read(text_file(tmp_path / "a.csv", "Land;2009;2010\nChina;1,5;2,5\nIndien;3,5;4,5\n"))
    assert found.separator == ";"


def test_of_a_long_text_only_the_first_rows_are_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_HELD", 50_000)
    path = text_file(tmp_path / "a.csv", "\ufeffi,v\n" + "中,1\n" * 20_000)
    (sheet,) = read(path).sheets
    assert len(sheet.rows) == text.HELD_ROWS
    assert sheet.stream == TextStream(path, "utf-8-sig", ",", path.stat().st_size)
    assert sheet.rows[0] == ("i", "v")


def test_a_text_of_too_many_cells_is_a_stream(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_CELLS", 10_000)
    (sheet,) = read(text_file(tmp_path / "a.csv", "1,2\n" * 6_000)).sheets
    assert sheet.stream is not None
    assert len(sheet.rows) == text.HELD_ROWS


@pytest.mark.parametrize("content", ["1," * 20_000, "x" * 120_000 + "\n" + "1," * 20_000])
def test_rows_that_no_sheet_could_hold_are_refused(tmp_path: Path, content: str) -> None:
    assert "has rows of more than 16,384 cells" in refusal(text_file(tmp_path / "a.csv", content))


def test_a_single_long_line_is_refused_before_it_is_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_HELD", 300_000)
    assert "has rows of more than" in refusal(text_file(tmp_path / "a.csv", "1;2 " * 100_000))


def test_a_copied_block_is_a_sheet() -> None:
    found = read_pasted("国家\t2009\r\nCN\t1,503\r\n\t\r\n", "Clipboard")
    assert found.sheets[0].rows == (("国家", "2009"), ("CN", "1,503"))
    assert read_pasted("a;b\n1;2\n", "Clipboard").sheets[0].rows == (("a", "b"), ("1", "2"))


def test_the_first_rows_of_a_long_text_are_seen_at_once(tmp_path: Path) -> None:
    path = text_file(tmp_path / "a.csv", "year,value\n" + "2009,é\n" * 400_000)
    found = glance(path)
    assert found is not None
    assert len(found.sheets[0].rows) == 200
    assert found.sheets[0].rows[1] == ("2009", "é")
    assert glance(text_file(tmp_path / "b.csv", "1,2\n")) is None


# ---- refusals ----


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "“a.csv” is empty."),
        ("a.xlsx", b"", "“a.xlsx” is empty."),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "is no Excel workbook, or it is damaged"),
        ("a.xls", OLE + bytes(100), "is no Excel workbook, or it is damaged"),
        ("a.ods", b"PK\x03\x04", "is no Excel workbook, or it is damaged"),
        ("a.csv", b"a\x00b", "is in no encoding that Balassa knows"),
        ("a.csv", b"\x81\x00\x00\xff\x8d", "is in no encoding that Balassa knows"),
        ("a.csv", b"\xff\xfe\x00", "is in no encoding that Balassa knows"),
        ("a.csv", b"\x81\x01\x02\x03", "is in no encoding that Balassa knows"),
        ("a.csv", b'"' + b"x" * 200_000, "Line 1 of “a.csv” cannot be split into cells"),
        ("a.xlsx", b"%PDF-1.7\n", "is a PDF, which holds no cells"),
        ("a.csv", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("a.csv.gz", b"\x1f\x8b\x08", "is packed. Unpack it"),
        ("a.xls", b"<!DOCTYPE html><html><body>Sign in</body></html>", "is a web page without a table"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "is an XML file"),
        ("a.parquet", b"PAR1" + bytes(20), "parquet file"),
        ("a.dta", b"<stata_dta><header>", "is no Stata file, or it is damaged"),
        ("a.dta", b"\x71\x02\x01\x00" + bytes(200), "is no Stata file, or it is damaged"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_file_is_what_it_contains_whatever_its_name_says(tmp_path: Path) -> None:
    assert read(text_file(tmp_path / "a.xlsx", "a;b\n1;2\n")).sheets[0].rows == (("a", "b"), ("1", "2"))
    assert read(workbook(tmp_path / "b.csv", [[7]])).sheets[0].rows == ((7.0,),)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.csv").startswith("There is no file “gone.csv” in “")
    assert refusal(tmp_path) == f"“{tmp_path.name}” is a folder. Choose a file in it."


@pytest.mark.parametrize("name", ["~$数据.xlsx", ".~lock.数据.xlsx#"])
def test_the_mark_of_an_open_file_leads_to_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\x05Zhang" + b" " * 49 + "Zhang".encode("utf-16-le").ljust(110, b"\0"))
    assert refusal(tmp_path / name) == (
        f"“{name}” only says that somebody has another file open. Choose the file “数据.xlsx” instead."
    )


@pytest.mark.parametrize("name", ["数据 表.XLSX", 'it\'s "so".Xlsx', "a%20b&c;$x.xls", "’–é.csv", "x" * 200 + ".xlsx"])
def test_any_name_a_file_may_have_is_read(tmp_path: Path, name: str) -> None:
    if sys.platform == "win32" and '"' in name:
        pytest.skip("Windows allows no such name")
    folder = tmp_path / "新 建 '文件夹'"
    folder.mkdir()
    found = read(workbook(tmp_path / "a.xlsx", [["国家", 7]]).rename(folder / name))
    assert (found.file, found.sheets[0].rows) == (name, (("国家", 7.0),))


class Watched:
    """A tick that wants to know how far the work is."""

    def __init__(self) -> None:
        self.reached: list[float] = []

    def __call__(self) -> None:
        """Goes on."""

    def reach(self, fraction: float) -> None:
        self.reached.append(fraction)


def test_reading_a_text_or_an_archive_tells_how_far_it_is(tmp_path: Path) -> None:
    content = "year,value\n" + "2009,1.5\n" * 100_000
    packed(tmp_path / "a.zip", {"a.csv": content})
    for path in (text_file(tmp_path / "a.csv", content), tmp_path / "a.zip"):
        watched = Watched()
        read(path, tick=watched)
        assert 0 <= min(watched.reached) < 0.5 < max(watched.reached) == 1
        assert len(watched.reached) > 10


def test_where_nobody_knows_how_much_is_left_no_fraction_is_told(tmp_path: Path) -> None:
    watched = Watched()
    read(workbook(tmp_path / "a.xlsx", [[1]]), tick=watched)
    tick_at(watched, 5, 0)
    assert watched.reached == []
    tick_at(watched, 7, 5)
    assert watched.reached == [1]


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    for path in (workbook(tmp_path / "a.xlsx", [[1]]), text_file(tmp_path / "a.csv", "1,2\n")):
        with pytest.raises(Stopped):
            read(path, tick=stop)


def test_commas_in_numbers_do_not_win_over_tabs(tmp_path: Path) -> None:
    rows = ["Trade of Gabon", "", "Annual statistics", "Customs basis", "Partner\tImports", "Cuba\t3,246,555.97"]
    found = read(text_file(tmp_path / "a.tsv", "\n".join([*rows, "Niger\t6,481,175.12", "Ecuador\t"])))
    assert found.separator == "\t"
    assert found.sheets[0].rows[6] == ("Niger", "6,481,175.12")
