"""Where a wrong guess would give wrong numbers that look right; the numbers are made up for these tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.files.importing import corrected, import_part
from core.measures import summable
from core.units import Unit
from tests.core.files.kinds.making import HUNDRED_MILLION, KNOWN, Drawn, drawn, found, text_file, workbook


def test_codes_beside_their_labels_are_never_values(tmp_path: Path) -> None:
    content = """
Year,Economy,Economy Label,Partner,Partner Label,Product,Product Label,US$ at current prices in thousands
2019,156,China,842,United States of America,0,Total all products,100
2020,156,China,842,United States of America,0,Total all products,120
2020,276,Germany,842,United States of America,0,Total all products,70
"""
    table = found(text_file(tmp_path / "US.TradeMatrix.csv", content)).table
    assert table.periods == (2019, 2020)
    assert {key[:3]: numbers for key, numbers in table.series.items()} == {
        ("CHN", "USA", "total"): [100, 120],
        ("DEU", "USA", "total"): [None, 70],
    }
    assert table.unit == Unit("USD", 1e3)


@pytest.mark.parametrize(
    ("value", "growth", "flows"),
    [("金额", "同比%", ("进出口", "出口", "进口")), ("Value", "Growth (%)", ("Total trade", "Exports", "Imports"))],
)
def test_growth_below_a_merged_header_is_never_a_flow(
    tmp_path: Path, value: str, growth: str, flows: tuple[str, str, str]
) -> None:
    rows = [
        ["2021年货物进出口统计"],
        ["单位：亿美元"],
        ["国别(地区)", value, None, None, growth, None, None],
        [None, *flows, *flows],
        ["美国", 7556, 5761, 1795, 28.8, 27.5, 33.1],
        ["欧盟", 8281, 5182, 3099, 27.5, 32.6, 19.9],
    ]
    merged = ("A3:A4", "B3:D3", "E3:G3")
    table = found(workbook(tmp_path / "a.xlsx", {"Sheet1": rows}, merged=merged)).table
    flow = {(key[0], key[3]): numbers for key, numbers in table.series.items() if summable(key[3])}
    assert flow == {
        ("USA", "stated_trade"): [7556],
        ("USA", "exports"): [5761],
        ("USA", "imports"): [1795],
        ("EUU", "stated_trade"): [8281],
        ("EUU", "exports"): [5182],
        ("EUU", "imports"): [3099],
    }
    assert isinstance(table.unit, dict)
    assert {unit for key, unit in table.unit.items() if summable(key[3])} == {HUNDRED_MILLION}
    assert {unit for key, unit in table.unit.items() if not summable(key[3])} == {Unit("%")}
    assert len(table.series) == 12


def test_codes_that_a_workbook_turned_into_numbers_keep_their_names(tmp_path: Path) -> None:
    rows = [
        ["HS2", "Description", 2019, 2020],
        [1, "Live animals", 1, 2],
        [10, "Cereals", 3, 4],
        [85, "Electrical", 5, 6],
    ]
    read = found(workbook(tmp_path / "exports.xlsx", {"S": rows}))
    assert {key[3] for key in read.table.series} == {"exports"}
    assert sorted(read.table.series.values()) == [[1, 2], [3, 4], [5, 6]]
    named = " ".join(each.name.show("en") for each in read.one.labels["sector"])
    assert all(name in named for name in ("Live animals", "Cereals", "Electrical"))


def test_per_cent_signs_behind_numbers_are_their_unit(tmp_path: Path) -> None:
    table = found(text_file(tmp_path / "growth.csv", "Country,2019,2020\nChina,12.5%,2%\nIndia,3%,-4.5%\n")).table
    assert {key[0]: numbers for key, numbers in table.series.items()} == {"CHN": [12.5, 2], "IND": [3, -4.5]}
    assert table.unit == Unit("%")
    assert not any(summable(key[3]) for key in table.series)


def test_numbers_in_brackets_are_negative(tmp_path: Path) -> None:
    table = found(text_file(tmp_path / "balance.csv", 'Country,2019,2020\nChina,"(1,234)",2\nIndia,3,(4.5)\n')).table
    assert {key[0]: numbers for key, numbers in table.series.items()} == {"CHN": [-1234, 2], "IND": [3, -4.5]}


def test_a_table_that_begins_in_the_middle_of_a_sheet(tmp_path: Path) -> None:
    rows = [[], [], [None, None, "Country", 2019, 2020], [None, None, "China", 1, 2], [None, None, "India", 3, 4]]
    assert found(workbook(tmp_path / "exports.xlsx", {"S": rows})).table == Drawn(
        (2019, 2020), {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]}
    )


MONTHS = "Period,Exports,Imports\n" + "".join(f"2021-{month:02},{month},1\n" for month in range(1, 13))


def test_a_total_below_the_months_of_a_year_is_no_month(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "a.csv", f"{MONTHS}Total 2021,78,12\n"))
    assert (read.table.kind, read.table.periods) == ("month", tuple(range(202101, 202113)))
    assert [row for row, _ in read.report.rows_left] == [14]


def test_a_row_that_a_person_skips_leaves_no_period_behind(tmp_path: Path) -> None:
    (part,) = found(text_file(tmp_path / "a.csv", f"{MONTHS}2021,78,12\n")).detected.parts
    skipping = replace(part.uses[0].mapping, skipped=(13,), end=14)
    imported = import_part(corrected(part, 0, skipping), KNOWN)
    assert imported.table is not None, imported.problem
    assert drawn(imported.table).periods == tuple(range(202101, 202113))


def test_two_tables_below_each_other_are_both_imported_or_refused_with_their_cells(tmp_path: Path) -> None:
    rows = [
        ["Table 1. Exports, US$ million"],
        ["Country", 2019, 2020],
        ["China", 1, 2],
        ["India", 3, 4],
        [],
        ["Table 2. Imports, US$ million"],
        ["Country", 2019, 2020],
        ["China", 5, 6],
        ["India", 7, 8],
    ]
    read = found(workbook(tmp_path / "a.xlsx", {"S": rows}))
    if any(each.problem for each in read.imported):
        assert "B3" in read.problem
        assert "B8" in read.problem
    else:
        series = {key: numbers for table in read.tables for key, numbers in table.series.items()}
        assert series == {
            ("CHN", "", "", "exports"): [1, 2],
            ("IND", "", "", "exports"): [3, 4],
            ("CHN", "", "", "imports"): [5, 6],
            ("IND", "", "", "imports"): [7, 8],
        }


def test_values_that_look_like_years_are_values_below_known_headers(tmp_path: Path) -> None:
    content = "Country,Exports,Imports\nChina,2019,2010\nIndia,2001,1999\nJapan,1950,1888\n"
    read = found(text_file(tmp_path / "a.csv", content))
    assert {(key[0], key[3]): numbers for key, numbers in read.table.series.items()} == {
        ("CHN", "exports"): [2019],
        ("CHN", "imports"): [2010],
        ("IND", "exports"): [2001],
        ("IND", "imports"): [1999],
        ("JPN", "exports"): [1950],
        ("JPN", "imports"): [1888],
    }


def test_a_first_row_without_plain_numbers_is_no_header(tmp_path: Path) -> None:
    read = found(text_file(tmp_path / "exports.csv", "Country,2019,2020\nChina,1.5m,2bn\nIndia,3,4\n"))
    china, india = ("CHN", "", "", "exports"), ("IND", "", "", "exports")
    assert read.table == Drawn(
        (2019, 2020),
        {china: [None, None], india: [3, 4]},
        marks={(china, 2019): ("text", "1.5m"), (china, 2020): ("text", "2bn")},
    )


def test_months_down_below_years_across(tmp_path: Path) -> None:
    content = "Month,2019,2020\nJanuary,1,3\nFebruary,2,4\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (201901, 201902, 202001, 202002), {("", "", "", "exports"): [1, 2, 3, 4]}, kind="month"
    )


@pytest.mark.parametrize(
    "days",
    [
        ("31/01/2020", "29/02/2020", "31/03/2020"),
        ("1/31/2020", "2/29/2020", "3/31/2020"),
        ("31.01.2020", "29.02.2020", "31.03.2020"),
        ("2020/1/31", "2020/2/29", "2020/3/31"),
        ("2020年1月31日", "2020年2月29日", "2020年3月31日"),
    ],
)
def test_days_in_any_order_that_the_column_makes_certain(tmp_path: Path, days: tuple[str, ...]) -> None:
    content = "Date;Exports\n" + "".join(f"{day};{number}\n" for number, day in enumerate(days, start=1))
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (20200131, 20200229, 20200331), {("", "", "", "exports"): [1, 2, 3]}, kind="date"
    )


def test_a_year_in_one_header_is_the_year_of_a_table_without_another(tmp_path: Path) -> None:
    content = "Rank,Country,Exports 2019 (US$ billion),Share (%)\n1,China,2499,13.2\n2,India,324,1.7\n"
    table = found(text_file(tmp_path / "a.csv", content)).table
    assert (table.kind, table.periods) == ("year", (2019,))
    assert table.series["CHN", "", "", "exports"] == [2499]
    assert isinstance(table.unit, dict)
    assert table.unit["CHN", "", "", "exports"] == Unit("USD", 1e9)
    assert len(table.series) == 4
