"""Numbers, marks and units as publishers write them; the numbers are made up for these tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.files.importing import Answers, corrected, import_part
from core.files.questions import questions
from core.units import Unit
from tests.core.files.kinds.making import KNOWN, MILLION, Drawn, drawn, found, text_file, workbook

CHINA, INDIA = ("CHN", "", "", "exports"), ("IND", "", "", "exports")
KENYA = ("KEN", "", "", "exports")


def exports(*rows: str, separator: str = ",") -> str:
    return "\n".join((separator.join(("Country", "2019", "2020")), *rows, ""))


def test_decimal_commas_between_semicolons(tmp_path: Path) -> None:
    content = exports("China;1.234,5;2,25", "India;74,4;-0,5", separator=";")
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1234.5, 2.25], INDIA: [74.4, -0.5]}
    )


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u202f", "\u2009"])
def test_thousands_with_blanks(tmp_path: Path, blank: str) -> None:
    content = exports(f"China;1{blank}234{blank}567;12{blank}000,5", "India;3;4", separator=";")
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1234567, 12000.5], INDIA: [3, 4]}
    )


def test_thousands_commas_inside_quotes(tmp_path: Path) -> None:
    content = exports('China,"1,503"," 1,245,103,223 "', 'India,3.5,"2,000.25"')
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1503, 1245103223], INDIA: [3.5, 2000.25]}
    )


def test_a_column_of_groups_of_three_digits_is_thousands_and_its_doubt_is_said(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "exports.csv", exports('China,"1,234","5,678"', 'India,"2,345","6,789"')))
    assert read.table == Drawn((2019, 2020), {CHINA: [1234, 5678], INDIA: [2345, 6789]})
    assert "decimal" in {each.kind for each in questions(read.detected.parts[0])}


def test_the_decimal_sign_can_be_stated(tmp_path: Path) -> None:
    path = text_file(tmp_path / "exports.csv", exports('China,"1,234","5,678"', 'India,"2,345","6,789"'))
    assert found(path, answers=Answers(decimal=",")).table == Drawn(
        (2019, 2020), {CHINA: [1.234, 5.678], INDIA: [2.345, 6.789]}
    )


@pytest.mark.parametrize("minus", ["-", "−", "–", "－"])
def test_any_minus_is_a_minus(tmp_path: Path, minus: str) -> None:
    content = f"Country,2019,2020\nChina,{minus}1.5,2\nIndia,3,{minus}4\n"
    table = found(text_file(tmp_path / "balance.csv", content)).table
    assert {key[0]: numbers for key, numbers in table.series.items()} == {"CHN": [-1.5, 2], "IND": [3, -4]}


@pytest.mark.parametrize("sign", ["..", "...", "_", "-", ".", "—", ":", "(X)", "n/a", "n.a.", "NA", ".../..."])
def test_a_sign_in_place_of_a_number_is_missing_and_counted(tmp_path: Path, sign: str) -> None:
    read = found(text_file(tmp_path / "exports.csv", exports(f"China,1,{sign}", f"India,{sign},4", "Kenya,5,6")))
    assert read.table == Drawn((2019, 2020), {CHINA: [1, None], INDIA: [None, 4], KENYA: [5, 6]})
    assert dict(read.report.missing) == {sign: 2}


def test_empty_cells_are_missing_and_zeros_stay_zeros(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "exports.csv", exports("China,0,", "India, ,0.0")))
    assert read.table == Drawn((2019, 2020), {CHINA: [0, None], INDIA: [None, 0]})


@pytest.mark.parametrize("sign", ["≈ 0", "~0", "~0.0", "-~0.0", "(-)"])
def test_near_zero_is_zero_with_a_mark(tmp_path: Path, sign: str) -> None:
    read = found(text_file(tmp_path / "exports.csv", exports(f"China,1,{sign}", "India,0,4")))
    assert read.table == Drawn((2019, 2020), {CHINA: [1, 0], INDIA: [0, 4]}, marks={(CHINA, 2020): ("near_zero", sign)})
    assert read.report.near_zero == 1


def test_two_numbers_in_one_cell_are_none(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "exports.csv", exports("China,1,63.5/61.0", "India,3,4")))
    assert read.table == Drawn(
        (2019, 2020), {CHINA: [1, None], INDIA: [3, 4]}, marks={(CHINA, 2020): ("two_numbers", "63.5/61.0")}
    )
    assert read.report.texts == (("C2", "63.5/61.0"),)


def test_a_sentinel_is_missing_where_no_other_number_is_negative(tmp_path: Path) -> None:
    rows = ["Country,2019,2020", "China,1,2", "India,-99,4", "Kenya,5,-99", "Japan,-99,8", "Brazil,9,10", ""]
    read = found(text_file(tmp_path / "exports.csv", "\n".join(rows)))
    assert read.table.series == {
        CHINA: [1, 2],
        INDIA: [None, 4],
        KENYA: [5, None],
        ("JPN", "", "", "exports"): [None, 8],
        ("BRA", "", "", "exports"): [9, 10],
    }
    assert dict(read.report.missing) == {"-99": 3}


def test_the_same_number_among_other_negative_ones_is_a_number(tmp_path: Path) -> None:
    rows = ["Country,2019,2020", "China,-120,-99", "India,-99,-98.5", "Kenya,-101,30", ""]
    table = found(text_file(tmp_path / "balance.csv", "\n".join(rows))).table
    assert {key[0]: numbers for key, numbers in table.series.items()} == {
        "CHN": [-120, -99],
        "IND": [-99, -98.5],
        "KEN": [-101, 30],
    }


@pytest.mark.parametrize(
    ("cell", "number", "kind"),
    [
        ("12.5(1)", 12.5, "note"),
        ("12.5 [2]", 12.5, "note"),
        ("12.5*", 12.5, "note"),
        ("12¹", 12, "note"),
        ("12.3 b", 12.3, "flag"),
        ("45 p", 45, "flag"),
        ("45e", 45, "estimated"),
        ("45 r", 45, "revised"),
    ],
)
def test_a_number_with_a_note_keeps_both(tmp_path: Path, cell: str, number: float, kind: str) -> None:
    content = exports(f"China,1,{cell}", "India,3,4", "Kenya,5,6")
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, number], INDIA: [3, 4], KENYA: [5, 6]}, marks={(CHINA, 2020): (kind, cell)}
    )


def test_a_text_among_numbers_is_kept_as_a_text_and_listed(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "exports.csv", exports("China,1,see note", "India,3,4")))
    assert read.table == Drawn(
        (2019, 2020), {CHINA: [1, None], INDIA: [3, 4]}, marks={(CHINA, 2020): ("text", "see note")}
    )
    assert (read.report.texts, read.report.text_count) == ((("C2", "see note"),), 1)


# ---- units ----


@pytest.mark.parametrize(
    ("stated", "unit"),
    [
        ("Exports (US$ million)", MILLION),
        ("Exports (Million US dollar)", MILLION),
        ("Exports, in millions of US dollars", MILLION),
        ("Exports, USD Thousands", Unit("USD", 1e3)),
        ("出口额（亿美元）", Unit("USD", 1e8)),
        ("出口额（单位：亿元）", Unit("CNY", 1e8)),
        ("Exports (Rs.'000)", Unit("Rs", 1e3)),
        ("Exports (EUR bn)", Unit("EUR", 1e9)),
    ],
)
def test_a_unit_in_the_title_holds_for_all_numbers(tmp_path: Path, stated: str, unit: Unit) -> None:
    content = f'"{stated}"\n\n{exports("China,1,2", "India,3,4")}'
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}, unit
    )


@pytest.mark.parametrize(
    "line", ["In millions of dollars", "Unit : US Dollar million", "单位：百万美元", "Units,US$ million"]
)
def test_a_unit_in_a_line_above_the_header(tmp_path: Path, line: str) -> None:
    content = f"Exports by country\n{line}\n\n{exports('China,1,2', 'India,3,4')}"
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}, MILLION
    )


def test_units_behind_the_names_of_rows_belong_to_their_rows(tmp_path: Path) -> None:
    content = "Indicator,2019,2020\nExports (US$ million),1,2\nGDP (US$ billion),3,4\nPopulation (万人),5,6\n"
    table = found(text_file(tmp_path / "a.csv", content)).table
    assert table.series == {
        ("", "", "", "exports"): [1, 2],
        ("", "", "", "gdp"): [3, 4],
        ("", "", "", "population"): [5, 6],
    }
    assert isinstance(table.unit, dict)
    assert table.unit["", "", "", "exports"] == MILLION
    assert table.unit["", "", "", "gdp"] == Unit("USD", 1e9)
    assert table.unit["", "", "", "population"].scale == 1e4


LONG = "Country,Flow,Year,Value,Unit\nChina,Export,2019,1,US$ million\nChina,Export,2020,{}\n"


def test_two_units_in_one_series_are_refused_and_both_cells_named(tmp_path: Path) -> None:
    problem = found(text_file(tmp_path / "a.csv", LONG.format("2,EUR million"))).problem
    assert "D2" in problem or "E2" in problem
    assert "D3" in problem or "E3" in problem


def test_units_that_differ_in_scale_only_are_converted_and_said(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "a.csv", LONG.format("2500,US$ thousand")))
    assert read.table == Drawn((2019, 2020), {CHINA: [1, 2.5]}, MILLION)
    assert any("thousand" in str(note) or "converted" in str(note).casefold() for note in read.report.notes)


# ---- conflicts ----

TWICE = "Country,Flow,Year,Value\nChina,Export,2019,1\nChina,Export,2020,2\nChina,Export,2020,{}\n"


def test_equal_values_for_one_place_are_counted(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "a.csv", TWICE.format(2)))
    assert read.table == Drawn((2019, 2020), {CHINA: [1, 2]})
    assert read.report.repeated == 1


def test_different_values_for_one_place_are_refused_until_a_person_decides(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "a.csv", TWICE.format(5)))
    assert "D3" in read.problem
    assert "D4" in read.problem
    (part,) = read.detected.parts
    for rule, expected in (("first", 2), ("last", 5), ("sum", 7)):
        decided = import_part(corrected(part, 0, replace(part.uses[0].mapping, twice=rule)), KNOWN)
        assert decided.table is not None, decided.problem
        assert drawn(decided.table).series == {CHINA: [1, expected]}
        assert decided.report is not None
        assert decided.report.duplicate_count == 1
        (conflict,) = decided.report.duplicates
        assert (conflict.period, conflict.first_value, conflict.second_value) == ("2020", 2, 5)
        assert (conflict.first.cell, conflict.second.cell) == ("D3", "D4")


def test_numbers_that_a_workbook_holds_as_texts_are_numbers(tmp_path: Path) -> None:
    rows = [["Country", "2019", "2020"], ["China", "1", "2.5"], ["India", "3", "1,000"]]
    assert found(workbook(tmp_path / "exports.xlsx", {"Data": rows})).table == Drawn(
        (2019, 2020), {CHINA: [1, 2.5], INDIA: [3, 1000]}
    )
