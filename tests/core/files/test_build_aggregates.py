"""The world is never counted with its parts, however a list is sorted and however long it is."""

from __future__ import annotations

from pathlib import Path

import pytest

import core.files.build
import core.files.large
from core.errors import UserError
from tests.core.files.sheets import series_of
from tests.core.files.test_build import LONG, made, notes
from tests.core.files.test_large import made as made_of_list
from tests.core.files.test_large import mapping, stream_of

COLUMNS = ("reporter", "summed", "year", "value")
WORLD_FIRST = "Reporter,Partner,Year,Value\n" + "".join(
    f"{reporter},{partner},{year},{value}\n"
    for partner, value in (("World", 3), ("India", 1), ("Brazil", 1), ("Japan", 1))
    for reporter in ("China", "Chile", "Peru")
    for year in range(1990, 2020)
)
"""Made up: the world, sorted before its three partners, as a list that is sorted by partner has it."""


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.files.large, "_BLOCK", 500)
    monkeypatch.setattr(core.files.large, "_ROWS", 40)


@pytest.mark.parametrize("rows", [20, 90, 131_072])
def test_the_world_before_its_partners_is_not_added_to_them(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    monkeypatch.setattr(core.files.build, "_PIECE", rows)
    table, report = made(WORLD_FIRST.replace(",", " | "), ("ignore",), COLUMNS)
    assert {each for row in series_of(table).values() for each in row} == {3}
    assert "90 rows of the world and of groups were not added to their parts." in notes(report)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("decimal", [".", ","], ids=["in one pass", "in pieces"])
def test_a_long_list_with_the_world_first_is_not_doubled(tmp_path: Path, decimal: str) -> None:
    sheet = stream_of(tmp_path / "list.csv", WORLD_FIRST)
    table, report = made_of_list(sheet, mapping(("reporter", "summed", "year", "value"), decimal=decimal))
    assert {each for row in series_of(table).values() for each in row} == {3}
    assert "90 rows of the world and of groups were not added to their parts." in notes(report)


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("partner", ["World", "0"])
def test_a_long_list_of_nothing_but_the_world_keeps_it(tmp_path: Path, partner: str) -> None:
    """Code 0 is the world in the lists of UN Comtrade."""
    text = "Reporter,Partner,Year,Value\n" + "".join(f"156,{partner},{2010 + at},{at}\n" for at in range(6))
    sheet = stream_of(tmp_path / "list.csv", text)
    table, report = made_of_list(sheet, mapping(("reporter_code", "summed", "year", "value")))
    assert series_of(table) == {("CHN", "", "", "exports"): [0, 1, 2, 3, 4, 5]}
    assert report.cells == 6
    assert not any("world" in note for note in notes(report))


def test_a_world_beside_parts_without_numbers_is_kept() -> None:
    text = "A | B | Year | V\nChina | World | 2015 | 5\nChina | India | 2015 | ..\nChina | Japan | 2015 |"
    table, _ = made(text, ("ignore",), COLUMNS)
    assert series_of(table) == {("CHN", "", "", "exports"): [5]}


def test_marks_of_missing_values_of_the_world_are_counted_only_where_it_is_taken() -> None:
    text = "A | B | Year | V\nChina | World | 2015 | x\nChina | World | 2016 | 7\nChina | India | 2015 | {value}"
    columns = {"columns": COLUMNS, "missing": ("x",)}
    _, report = made(text.format(value=1), ("ignore",), **columns)
    assert dict(report.missing) == {}
    _, report = made(text.format(value="x"), ("ignore",), **columns)
    assert dict(report.missing) == {"x": 2}


# ---- "NA" ----


def test_na_among_codes_of_three_letters_is_no_namibia() -> None:
    text = "A | B | Year | V\nCHN | USA | 2015 | 1\nCHN | NA | 2015 | 2\nCHN | IND | 2015 | 3"
    table, report = made(text, ("ignore",), ("reporter_code", "partner_code", "year", "value"))
    assert set(series_of(table)) == {("CHN", "USA", "", "exports"), ("CHN", "IND", "", "exports")}
    assert [(row, str(reason)) for row, reason in report.rows_left] == [(3, "a name is missing")]


def test_na_among_codes_of_two_letters_is_namibia() -> None:
    text = "A | B | Year | V\nCN | US | 2015 | 1\nCN | NA | 2015 | 2\nCN | IN | 2015 | 3"
    table, report = made(text, ("ignore",), ("reporter_code", "partner_code", "year", "value"))
    assert [key[1] for key in series_of(table)] == ["USA", "NAM", "IND"]
    assert report.rows_left_count == 0


def test_na_is_told_by_the_whole_sheet_and_not_by_a_piece_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.files.build, "_PIECE", 1)
    text = "A | Year | V\nCHN | 2015 | 1\nNA | 2015 | 2\nIND | 2015 | 3"
    table, _ = made(text, ("ignore",), ("reporter_code", "year", "value"))
    assert [key[0] for key in series_of(table)] == ["CHN", "IND"]
    table, _ = made(text.replace("CHN", "CN").replace("IND", "IN"), ("ignore",), ("reporter_code", "year", "value"))
    assert [key[0] for key in series_of(table)] == ["CHN", "NAM", "IND"]


@pytest.mark.usefixtures("small_pieces")
@pytest.mark.parametrize("role", ["summed", "partner_code"])
def test_na_in_a_long_list_is_no_namibia(tmp_path: Path, role: str) -> None:
    lines = [f"CHN,{partner},{2000 + at},1" for at in range(20) for partner in ("IND", "USA")]
    sheet = stream_of(tmp_path / "list.csv", "A,B,Year,V\n" + "\n".join([*lines, "NA,IND,2005,1"]) + "\n")
    table, report = made_of_list(sheet, mapping(("reporter_code", role, "year", "value")))
    assert {key[0] for key in series_of(table)} == {"CHN"}
    assert [(row, str(reason)) for row, reason in report.rows_left] == [(42, "a name is missing")]


@pytest.mark.parametrize("word", ["NA", "na", "n/a", "NULL", "#N/A", ".."])
def test_a_country_without_a_name_is_left_out_with_a_reason(word: str) -> None:
    text = f"Country | Year | V\nChina | 2015 | 1\n{word} | 2015 | 2\nChile | 2015 | 3"
    table, report = made(text, ("ignore",), LONG[0:1] + LONG[2:], missing=("..",))
    assert [key[0] for key in series_of(table)] == ["CHN", "CHL"]
    assert report.rows_left_count == 1


def test_a_name_beside_a_code_that_is_missing_is_taken() -> None:
    text = "Code | Country | Year | V\nCHN | China | 2015 | 1\nNA | Namibia | 2015 | 2\nCHL | n/a | 2015 | 3"
    table, _ = made(text, ("ignore",), ("reporter_code", "reporter", "year", "value"))
    assert [key[0] for key in series_of(table)] == ["CHN", "NAM", "CHL"]


def test_a_list_without_any_number_is_refused(tmp_path: Path) -> None:
    sheet = stream_of(tmp_path / "list.csv", "A,B,Year,V\n" + "CHN,IND,2015,\n" * 20)
    with pytest.raises(UserError, match="No numbers were found"):
        made_of_list(sheet, mapping(("reporter_code", "summed", "year", "value")))
