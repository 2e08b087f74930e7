"""Text files that are read in pieces give the same table as the same rows in a small sheet."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import core.files.large
from core.errors import UserError
from core.files.build import build
from core.files.fields import fields_of
from core.files.grid import Grid, Sheet, TextStream
from core.files.mapping import SheetMapping
from core.files.report import Report
from core.project import equal
from core.provenance import trace
from core.table import Table
from core.units import Unit
from tests.core.files.sheets import series_of

BACI = ("year", "reporter_code", "summed", "sector_code", "value", "ignore")


def stream_of(path: Path, text: str, shown: int = 30) -> Sheet:
    """A sheet that shows the first rows of a text, as a reader gives a long one."""
    path.write_text(text, encoding="utf-8", newline="")
    rows = [line.split(",") for line in text.splitlines()[:shown]]
    return Sheet("s", Grid.of(rows), stream=TextStream(path, "utf-8", ",", len(text)), file=path.name)


def whole(sheet: Sheet) -> Sheet:
    assert sheet.stream is not None
    lines = sheet.stream.path.read_text(encoding="utf-8").splitlines()
    return replace(sheet, stream=None, rows=Grid.of([line.split(",") for line in lines]))


def mapping(columns: tuple[str, ...], **rest: Any) -> SheetMapping:
    given = {"measure": "Exports", "unit": Unit("USD", 1e3)} | rest
    return SheetMapping("Title", 0, ("ignore",), columns, 10**9, **given)


def made(sheet: Sheet, mapped: SheetMapping) -> tuple[Table, Report]:
    return build([(sheet, mapped)], {}, "t")


def baci(rows: int, seed: int = 1) -> str:
    draw = random.Random(seed)
    lines = [
        f"{draw.choice((2021, 2022))},{draw.choice((4, 156, 842))},{draw.choice((251, 276, 490))},"
        f"{draw.choice(('010121', '090111', '854231'))},{draw.randint(1, 999)},"
        for _row in range(rows)
    ]
    return "t,i,j,k,v,q\n" + "\n".join(lines) + "\n"


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.files.large, "_BLOCK", 500)
    monkeypatch.setattr(core.files.large, "_ROWS", 40)


@pytest.mark.usefixtures("small_pieces")
def test_a_long_list_is_added_up_as_a_short_one_is(tmp_path: Path) -> None:
    sheet = stream_of(tmp_path / "baci.csv", baci(1000))
    table, report = made(sheet, mapping(BACI))
    plain, other = made(whole(sheet), mapping(BACI))
    assert series_of(table) == series_of(plain)
    assert sorted(label.id for label in table.labels["sector"]) == ["010121", "090111", "854231"]
    assert {label.id for label in table.labels["reporter"]} == {"AFG", "CHN", "USA"}
    assert (report.cells, report.series, report.rows_read) == (other.cells, other.series, 1000)
    at = table.find(("CHN", "", "010121", "exports"))
    found, wanted = trace(table, at, 0), trace(plain, plain.find(table.key(at)), 0)
    assert found is not None
    assert wanted is not None
    assert (found.file, found.cell, found.rows) == ("baci.csv", "", wanted.rows)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize(
    "line",
    [
        '2021,156,251,"010121",5,\n',
        "2021,156,251,10121,5,\n",
        "2021,156,251,010121,n.a.,\n",
        "\n",
        "2021,156,251,010121,5,,\n",
    ],
    ids=["quoted", "a shorter code", "a text", "a blank line", "a surplus field"],
)
def test_a_line_that_is_not_like_the_others_is_read_the_general_way(tmp_path: Path, line: str) -> None:
    head, rest = baci(300).split("\n", 1)
    sheet = stream_of(tmp_path / "baci.csv", f"{head}\n{rest}{line}{rest}")
    table, _ = made(sheet, mapping(BACI))
    text = (tmp_path / "baci.csv").read_text(encoding="utf-8").replace('"', "")
    (tmp_path / "baci.csv").write_text(text, encoding="utf-8")
    plain, _ = made(whole(sheet), mapping(BACI))
    assert series_of(table) == series_of(plain)


@pytest.mark.usefixtures("small_pieces")
def test_codes_of_letters_and_windows_line_ends_are_added_up_too(tmp_path: Path) -> None:
    text = (
        "Year,Exporter,Importer,Value\r\n"
        + "2020,CHN,IND,1\r\n2021,CHN,WLD,7\r\n2021,CHN,IND,2\r\n2020,BRA,IND,\r\n" * 99
    )
    sheet = stream_of(tmp_path / "list.csv", text)
    table, report = made(sheet, mapping(("year", "reporter", "summed", "value")))
    assert series_of(table) == {("CHN", "", "", "exports"): [99, 198]}
    assert report.cells == 2
    assert "198 rows" not in str(report.notes[0])


@pytest.mark.usefixtures("small_pieces")
def test_a_long_list_that_is_not_added_up_keeps_its_cells(tmp_path: Path) -> None:
    lines = [f"C{at % 50:02},{2000 + at // 50},{at}" for at in range(500)]
    sheet = stream_of(tmp_path / "list.csv", "Country,Year,Value\n" + "\n".join(lines) + "\n")
    mapped = mapping(("sector", "year", "value"))
    table, report = made(sheet, mapped)
    plain, other = made(whole(sheet), mapped)
    assert equal(table.values, plain.values)
    assert (report.cells, report.rows_left) == (other.cells, other.rows_left)
    found = trace(table, table.find(("", "", "c07", "exports")), 3)
    assert found is not None
    assert found.cell == "C159"


def test_an_import_can_be_stopped_between_pieces(tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        raise Stopped

    sheet = stream_of(tmp_path / "baci.csv", baci(100))
    with pytest.raises(Stopped):
        build([(sheet, mapping(BACI))], {}, "t", stop)


def test_a_table_that_would_not_fit_says_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.files.build.MOST_PLACES", 10)
    sheet = stream_of(tmp_path / "baci.csv", baci(100))
    with pytest.raises(UserError, match="Add up over a column such as the partner"):
        made(sheet, mapping(("year", "reporter_code", "partner_code", "sector_code", "value", "ignore"), twice="first"))


@given(
    st.lists(
        st.tuples(
            st.integers(0, 99_999_999),
            st.one_of(
                st.just(""),
                st.floats(0, 1e7).map(lambda value: f"{value:.3f}"),
                st.integers(0, 10**8 - 1).map(str),
                st.decimals(0, 10**7, places=5, allow_nan=False).map(str),
            ),
        ),
        min_size=1,
    ),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([",", ";", "\t"]),
)
def test_fields_are_read_to_the_last_bit_as_python_reads_them(
    rows: list[tuple[int, str]], end: str, separator: str
) -> None:
    block = "".join(f"{code}{separator}{value}{end}" for code, value in rows).encode()
    fields = fields_of(block, separator)
    assert fields is not None
    codes = fields.integers(0)
    assert codes is not None
    assert codes.tolist() == [code for code, _ in rows]
    values, odd = fields.numbers(1)
    for at, (_, value) in enumerate(rows):
        if at in odd.tolist():
            assert fields.text(at, 1, "utf-8") == value
        else:
            assert values[at] == float(value) if value else np.isnan(values[at])


@pytest.mark.parametrize("text", ["-5", "1e3", "1.2.3", "n.a.", ".", "12345678901234567", " 5", "+4", "0x1", "5,"])
def test_a_field_that_is_no_plain_number_is_left_to_others(text: str) -> None:
    fields = fields_of(f"1;{text}\n".encode(), ";")
    assert fields is not None
    assert fields.numbers(1)[1].tolist() == [0]


def test_a_code_that_is_written_otherwise_is_not_taken_for_a_number() -> None:
    fields = fields_of(b"010,1\n10,2\n", ",")
    assert fields is not None
    assert fields.integers(0) is None
    assert fields.integers(0, 3) is None
    assert fields_of(b'"1",2\n', ",") is None
    assert fields_of(b"1,2\n3\n4,5,6\n", ",") is None


class _Gauge:
    def __init__(self) -> None:
        self.reached: list[float] = []

    def __call__(self) -> None:
        """Nothing stops this import."""

    def reach(self, fraction: float) -> None:
        self.reached.append(fraction)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("columns", [BACI, (*BACI[:2], "partner", *BACI[3:])], ids=["added up", "in pieces"])
def test_a_long_list_says_how_far_it_is(tmp_path: Path, columns: tuple[str, ...]) -> None:
    gauge = _Gauge()
    sheet = stream_of(tmp_path / "baci.csv", baci(1000))
    build([(sheet, mapping(columns, twice="last" if "summed" not in columns else ""))], {}, "t", gauge)
    assert gauge.reached == sorted(gauge.reached)
    assert len(gauge.reached) > 10
    assert 0.9 < gauge.reached[-1] <= 1.0
