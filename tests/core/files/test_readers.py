"""Spreadsheets become plain grids; what cannot be read is refused in one plain sentence."""

from __future__ import annotations

import datetime
import random
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.errors import UserError
from core.files import readers
from core.files.readers import read


def workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    book.close()
    return path


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
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


def test_a_wrong_dimension_does_not_hide_cells(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[1, 2, 3]] * 21)

    def lie(xml: bytes) -> bytes:
        assert b'<dimension ref="A1:C21"' in xml
        return xml.replace(b'<dimension ref="A1:C21"', b'<dimension ref="A1:A1"')

    (sheet,) = read(rewritten(path, "xl/worksheets/sheet1.xml", lie)).sheets
    assert sum(map(len, sheet.rows)) == 63


def test_a_cell_in_the_far_corner_is_read_without_the_cells_between(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[1]])

    def corner(xml: bytes) -> bytes:
        return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>')

    (sheet,) = read(rewritten(path, "xl/worksheets/sheet1.xml", corner)).sheets
    assert sheet.rows[0] == (1.0,)
    assert sheet.rows[-1][-1] == 2.0
    assert (len(sheet.rows), len(sheet.rows[-1])) == (1_048_576, 16_384)


def test_more_cells_than_the_limit_are_refused_before_memory_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.files.readers import excel, text

    monkeypatch.setattr(excel, "MOST_CELLS", 100)
    monkeypatch.setattr(text, "MOST_CELLS", 100)
    assert "is too large to import" in refusal(workbook(tmp_path / "a.xlsx", [[1] * 11] * 10))
    assert "is too large to import" in refusal(text_file(tmp_path / "a.csv", "1,2\n" * 51))


def test_a_workbook_that_inflates_beyond_reason_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [[1]])
    bomb = rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 60_000_000)
    assert "is too large to import" in refusal(bomb)


@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_entities_in_a_workbook_are_refused(tmp_path: Path, entity: bytes) -> None:
    path = workbook(tmp_path / "a.xlsx", [["x"]])
    evil = rewritten(path, "xl/worksheets/sheet1.xml", lambda xml: entity + xml)
    assert "is no Excel workbook, or it is damaged" in refusal(evil)


def test_every_damaged_workbook_is_read_or_refused_in_words(tmp_path: Path) -> None:
    path, rng = workbook(tmp_path / "a.xlsx", [["x", 1.5, 2009], ["y", None, 3]] * 5), random.Random(5)
    whole = path.read_bytes()
    parts = ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"]
    for number in range(250):
        path.write_bytes(whole)
        if number % 2:
            changed = bytearray(whole)
            for _ in range(rng.randint(1, 4)):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
            path.write_bytes(bytes(changed)[: rng.randint(1, len(changed))] if number % 5 == 0 else bytes(changed))
        else:

            def damage(xml: bytes) -> bytes:
                broken = bytearray(xml)
                for _ in range(rng.randint(1, 6)):
                    broken[rng.randrange(len(broken))] = rng.randrange(256)
                return bytes(broken)

            rewritten(path, rng.choice(parts), damage)
        try:
            read(path)
        except UserError as error:
            sentence = str(error)
        else:
            sentence = ""
        assert "\n" not in sentence


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


# ---- refusals ----


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.csv", b"", "“a.csv” is empty."),
        ("a.xlsx", b"", "“a.xlsx” is empty."),
        ("a.xlsx", b"just text", "is no Excel workbook, or it is damaged"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100), "is no Excel workbook, or it is damaged"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(100), "is an old Excel workbook (.xls) or protected by a password"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0" + bytes(100), "is an old Excel workbook (.xls) or protected by a password"),
        ("a.ods", b"PK\x03\x04", "is of a kind that Balassa does not read"),
        ("a", b"x", "is of a kind that Balassa does not read"),
        ("a.csv", b"PK\x03\x04abc", "is no text file"),
        ("a.csv", b"a\x00b", "is no text file"),
        ("a.csv", b"<!DOCTYPE html><html>", "is a web page"),
        ("a.csv", b"\x81\x00\xff\x8d", "is in no encoding that Balassa knows"),
        ("a.csv", b"\xff\xfe\x00", "is in no encoding that Balassa knows"),
        ("a.csv", b'"' + b"x" * 200_000, "Line 1 of “a.csv” cannot be split into cells"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.csv").startswith("There is no file “gone.csv” in “")
    assert refusal(tmp_path) == f"“{tmp_path.name}” is a folder. Choose a file in it."


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as file:
        file.writestr("x.txt", b"x")
    assert "is no Excel workbook" in refusal(tmp_path / "a.xlsx")


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    for path in (workbook(tmp_path / "a.xlsx", [[1]]), text_file(tmp_path / "a.csv", "1,2\n")):
        with pytest.raises(Stopped):
            read(path, tick=stop)


def test_a_reader_is_found_by_its_suffix_alone() -> None:
    assert {".xlsx", ".xlsm", ".csv", ".tsv", ".txt"} <= readers.readers().keys()
