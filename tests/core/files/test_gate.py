"""Hostile files are refused in words before they cost memory or time; the child that parses may die without harm."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from core.errors import UserError
from core.files import archive, gate
from core.files.child import binary, process, serve
from core.files.child.answers import Nonsense, unpacked
from core.files.child.binary import admit_records
from core.files.child.packing import MAGIC, Packed, packed, refusal
from core.files.child.repeats import admit_repeats
from core.files.grid import Sheets
from core.files.readers import read
from tests.core.files import spreadsheets as made

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
DAMAGED = "is no Excel workbook, or it is damaged"
LARGE = "is too large to import"


def outcome(path: Path) -> str | Sheets:
    """What a person gets: cells, or one sentence."""
    try:
        return read(path)
    except UserError as error:
        return str(error)


def refused(path: Path) -> str:
    found = outcome(path)
    assert isinstance(found, str)
    assert "\n" not in found
    return found


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>',
        f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://localhost/x.dtd">',
    ],
)
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_are_refused_in_every_part_and_encoding(declaration: str, part: str, encoding: str) -> None:
    xml = f'<?xml version="1.0"?>{declaration}<worksheet {made.MAIN}><sheetData/></worksheet>'.encode(encoding)
    with pytest.raises(archive.Damaged):
        list(gate.xml_pieces(_Held({part: [xml]}), part))


class _Held(archive.Archive):
    """An archive whose pieces are given."""

    def __init__(self, pieces: dict[str, list[bytes]]) -> None:
        self._pieces = pieces

    def pieces(self, name: str):  # type: ignore[no-untyped-def]
        return iter(self._pieces[name])


def test_a_document_type_is_found_across_the_pieces_of_a_part() -> None:
    with pytest.raises(archive.Damaged):
        list(gate.xml_pieces(_Held({"a.xml": [b"<!-- " + b"x" * 99 + b" --><!DOC", b"TYPE x><x/>"]}), "a.xml"))


def test_a_workbook_with_entities_is_no_workbook(tmp_path: Path) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = f"{evil}<worksheet {made.MAIN}><sheetData>{ONE}</sheetData></worksheet>"
    assert DAMAGED in refused(made.packed(tmp_path / "a.xlsx", made.parts_of({"Data": xml})))


def test_a_sheet_that_every_parser_would_read_as_nothing_is_refused(tmp_path: Path) -> None:
    xml = f"<worksheet {made.MAIN}><sheetData>{ONE}</sheetData></worksheet>".encode("utf-32")
    assert DAMAGED in refused(made.packed(tmp_path / "a.xlsx", made.parts_of({"Data": xml})))


@pytest.mark.parametrize(
    "data",
    [
        ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        ONE + "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        ONE + '<row r = "1048576"><c r = "XFD1048576"><v>1</v></c></row>',
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + ONE,
        ONE + '<row r="9"><c s="1" t="n" r="AAAAA99999999"><v>1</v></c></row>',
        ONE + '<row r="1048576"><c r="F1048576"><v>1</v></c></row>',
        ONE + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        ONE + '<row\nr="1048576"><c\nr="XFD1048576"><v>1</v></c></row>',
        ONE + '<row r="1048576"><c\ts="1"\tr="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_cells_that_lie_too_far_apart_are_refused(tmp_path: Path, data: str) -> None:
    assert LARGE in refused(made.xlsx(tmp_path / "a.xlsx", data))


def test_formats_down_to_the_last_row_are_no_cells(tmp_path: Path) -> None:
    path = made.xlsx(
        tmp_path / "a.xlsx", ONE + '<row r="1048576"><c r="XFD1048576" s="1"/><c r="XFE1048576" s="1"></c></row>'
    )
    found = outcome(path)
    assert isinstance(found, Sheets)
    assert found.sheets[0].rows == ((1.0,),)


def test_a_merge_of_the_whole_sheet_costs_nothing(tmp_path: Path) -> None:
    merge = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    found = outcome(made.xlsx(tmp_path / "a.xlsx", ONE, after=merge))
    assert isinstance(found, Sheets)
    assert found.sheets[0].merged == ((0, 0, 1_048_575, 16_383),)


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576"])
def test_a_wrong_dimension_hides_nothing(tmp_path: Path, dimension: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="C{n}"><v>3</v></c></row>' for n in range(1, 22))
    found = outcome(made.xlsx(tmp_path / "a.xlsx", rows, before=f'<dimension ref="{dimension}"/>'))
    assert isinstance(found, Sheets)
    assert found.sheets[0].rows == ((1.0, None, 3.0),) * 21


@pytest.mark.parametrize("inside", [b" " * 60_000_000, b"<row><c><v>1</v></c></row>" * 3_000_000])
def test_what_unpacks_to_more_than_honest_files_do_is_refused(tmp_path: Path, inside: bytes) -> None:
    xml = f"<worksheet {made.MAIN}><sheetData>".encode() + inside + b"</sheetData></worksheet>"
    assert LARGE in refused(made.packed(tmp_path / "a.xlsx", made.parts_of({"Data": xml})))


def test_a_text_of_many_megabytes_is_refused(tmp_path: Path) -> None:
    data = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 60_000_000}</t></is></c></row>'
    assert LARGE in refused(made.xlsx(tmp_path / "a.xlsx", data))


def test_many_rows_without_addresses_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "MOST_CELLS", 1_000)
    path = made.xlsx(tmp_path / "a.xlsx", "<row><c><v>1</v></c><c><v>1</v></c></row>" * 501)
    with archive.opened(path) as held, pytest.raises(archive.Excessive):
        gate.inspect(held)


def test_a_missing_part_is_no_empty_sheet(tmp_path: Path) -> None:
    parts = made.parts_of({"Data": "", "More": f"<worksheet {made.MAIN}><sheetData/></worksheet>"})
    del parts["xl/worksheets/sheet1.xml"]
    assert DAMAGED in refused(made.packed(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    "name", ["../../evil.txt", "/etc/evil", "C:/evil", "xl/../../evil", "xl\\evil", "xl//evil", "a\nb"]
)
def test_names_that_leave_the_folder_are_refused(tmp_path: Path, name: str) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", ONE)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(name, "x")
    assert DAMAGED in refused(path)


def test_a_link_out_of_the_archive_leads_nowhere(tmp_path: Path) -> None:
    parts = made.parts_of({"Data": "<worksheet/>"})
    links = str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/_rels/workbook.xml.rels"] = links.replace("worksheets/sheet1.xml", "file:///etc/passwd")
    assert DAMAGED in refused(made.packed(tmp_path / "a.xlsx", parts))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = made.xlsx(tmp_path / "a.xlsx", ONE)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/worksheets/SHEET1.xml", "x")
    assert DAMAGED in refused(path)


def test_too_many_parts_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 3)
    assert LARGE in refused(made.xlsx(tmp_path / "a.xlsx", ONE))


def test_a_long_workbook_is_refused_by_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.files.readers.MOST_BYTES", 100)
    assert refused(made.xlsx(tmp_path / "a.xlsx", ONE)).startswith("“a.xlsx” is larger than 0 MB.")


def repeated(value: str | float | None, across: int, down: int = 1) -> str:
    """A row of an .ods that stands for many."""
    cell = made.ods_cell(value).replace("table-cell", f'table-cell table:number-columns-repeated="{across}"', 1)
    return f'<table:table-row table:number-rows-repeated="{down}">{cell}</table:table-row>'


@pytest.mark.parametrize(
    "table",
    [
        repeated(1.0, 16_384, 1_048_576),
        repeated("x", 40, 1_048_576),
        repeated(1.0, 1, 99_999_999_999_999),
        repeated(1.0, 99_999_999_999_999),
        repeated("x", 16_384) * 3_000,
        repeated(None, 1, 1_048_575) + repeated(None, 16_383).replace("</", made.ods_cell(1.0) + "</"),
        repeated(1.0, 1).replace('"1"', "'1048577'", 1),
    ],
)
def test_an_ods_that_repeats_itself_without_end_is_refused_before_it_is_parsed(tmp_path: Path, table: str) -> None:
    path = made.ods(tmp_path / "a.ods", table)
    with archive.opened(path) as held, pytest.raises(archive.Excessive):
        admit_repeats(held)
    assert LARGE in refused(path)


def test_every_table_of_an_ods_is_measured_by_itself(tmp_path: Path) -> None:
    table = repeated("x", 2, 400_000) + '</table:table><table:table table:name="B">' + repeated(1.0, 3, 700_000)
    found = outcome(made.ods(tmp_path / "a.ods", table))
    assert isinstance(found, Sheets)
    assert [len(sheet.rows) for sheet in found.sheets] == [400_000, 700_000]


def test_an_ods_that_repeats_emptiness_is_read(tmp_path: Path) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    found = outcome(made.ods(tmp_path / "a.ods", made.ods_rows([["x", 1.0]]) + empty))
    assert isinstance(found, Sheets)
    assert found.sheets[0].rows == (("x", 1.0),)


# ---- the child ----


def test_a_child_that_dies_hangs_or_eats_memory_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made.xlsb(tmp_path / "a.xlsb", [["x", 1.0]])
    with monkeypatch.context() as patched:
        patched.setattr(process, "COMMAND", "no-such-command")
        patched.setattr(process, "ROOT", tmp_path)  # there is no program in this folder
        assert "cannot be read: it is damaged, or needs more memory than is safe" in refused(path)
    with monkeypatch.context() as patched:
        patched.setattr(process.Watch, "exceeded", lambda _self: True)
        assert "needs more memory than is safe" in refused(path)
    request = {"path": str(path), "kind": "xlsb", "cells": 10, "encoding": "", "rows": 0, "bytes": 0}
    with pytest.raises(process.TooLong):
        process.ask(request, lambda: None, seconds=-1)


def test_far_corners_of_a_binary_workbook_are_refused_before_they_are_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made.xlsb(tmp_path / "a.xlsb", [["x", 1.0]])
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    sheet = parts["xl/worksheets/sheet1.bin"]
    far = bytes([0, 17]) + struct.pack("<II", 1_048_575, 0) + bytes(9)
    far += bytes([5, 16]) + struct.pack("<IId", 16_383, 0, 1.0)
    end = sheet.index(b"\x92\x01")  # BrtEndSheetData
    parts["xl/worksheets/sheet1.bin"] = sheet[:end] + far + sheet[end:]
    with archive.opened(made.packed(path, parts)) as held, pytest.raises(archive.Excessive):
        admit_records(held)
    assert LARGE in refused(path)
    monkeypatch.setattr(binary, "_SMALL", 0)  # as if it were large: the memory of the child is limited all the same
    with archive.opened(path) as held:
        admit_records(held)


@pytest.mark.parametrize("typed", ["", "hello\n", "{}\n", "[1]\n", '{"path": 1, "answer": 2}\n'])
def test_a_child_that_is_started_by_hand_ends_quietly(typed: str) -> None:
    command = [process.sys.executable, str(process.ROOT / "main.py"), process.COMMAND]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=50, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_child_that_has_no_room_for_its_answer_says_so(tmp_path: Path) -> None:
    path = made.xlsb(tmp_path / "a.xlsb", [["x", 1.0]])
    child = process.Child()
    shutil.rmtree(child.folder)
    request = {"path": str(path), "kind": "xlsb", "cells": 10, "encoding": "", "rows": 0, "bytes": 0}
    try:
        with pytest.raises(UserError, match="no room for temporary files"):
            child.ask(request, lambda: None)
    finally:
        child.close()


def test_a_stopped_reading_leaves_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(process.subprocess, "Popen", start)

    class Stopped(Exception):
        pass

    def stop() -> None:
        if started:
            raise Stopped

    with pytest.raises(Stopped):
        read(made.xlsx(tmp_path / "a.xlsx", ONE), tick=stop)
    assert [each.returncode is not None for each in started] == [True]


def test_one_child_reads_file_after_file_and_is_replaced_when_it_dies(tmp_path: Path) -> None:
    good, evil = made.xlsx(tmp_path / "a.xlsx", ONE), tmp_path / "b.xlsb"
    evil.write_bytes(made.xlsb(tmp_path / "c.xlsb", [["x"]]).read_bytes()[:-30])
    with process.kept():
        for path in (good, evil, good):
            assert isinstance(outcome(path), Sheets if path == good else str)


def test_memory_of_the_child_is_limited_on_linux() -> None:
    if not serve.sys.platform.startswith("linux"):
        pytest.skip("Windows and macOS limit the child from outside")
    code = "from core.files.child import serve; serve._limit_itself(); bytearray(3 * 2**30)"
    command = [process.sys.executable, "-c", code]
    done = subprocess.run(command, cwd=process.ROOT, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == 1
    assert "MemoryError" in done.stderr


# ---- its answers ----


def answer() -> bytes:
    sheet = Packed("Data")
    sheet.fill([["a", 1.0], ["b", None]], 2)
    return b"".join(bytes(piece) for piece in packed([sheet]))


def test_an_answer_is_taken_apart_as_it_was_packed() -> None:
    (sheet,) = unpacked(answer()).sheets
    assert sheet.rows == (("a", 1.0), ("b",))
    assert unpacked(b"".join(refusal("large", "why"))).problem == "large"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (MAGIC, b"nonsense"),
        (b'"rows": 2', b'"rows": 9'),
        (b'"rows": 2', b'"rows":-2'),
        (b'"rows": 2', b'"rows":""'),
        (b'"strings": 10', b'"strings": 11'),
        (b'"strings": 10', b'"strings": 09'),
        (b'["a", "b"]', b'["a",    1]'),
        (b'["a", "b"]', b'[ "a b"   ]'),
        (b'"merged": []', b'"merged": {}'[:-1] + b"1"),
        (b'{"sheets"', b'{"cheats"'),
    ],
)
def test_nonsense_from_the_child_is_not_believed(old: bytes, new: bytes) -> None:
    data = answer()
    assert old in data
    with pytest.raises(Nonsense):
        unpacked(data.replace(old, new, 1))


def test_an_answer_that_is_cut_off_or_too_long_is_not_believed() -> None:
    data = answer()
    for wrong in (data[:-1], data + b"x", data[:20], b""):
        with pytest.raises(Nonsense):
            unpacked(wrong)
