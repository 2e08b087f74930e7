"""Periods as publishers write them; the numbers are made up for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.files.importing import Answers
from core.measures import summable
from core.units import Unit
from tests.core.files.kinds.making import HUNDRED_MILLION, MILLION, Drawn, found, text_file, workbook

EXPORTS, IMPORTS = ("", "", "", "exports"), ("", "", "", "imports")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2018", "2019"),
        ("2018.0", "2019.0"),
        ("2018年", "2019年"),
        ("2018年度", "2019年度"),
        ("2018 [YR2018]", "2019 [YR2019]"),
        ("Exported value in 2018", "Exported value in 2019"),
        ("２０１８", "２０１９"),
        ("Exports 2018", "Exports 2019"),
        ("Annual 2018", "Annual 2019"),
        ("31.12.2018", "31.12.2019"),
        ("01.01.2018", "01.01.2019"),
    ],
)
def test_a_year_in_a_header_as_publishers_write_it(tmp_path: Path, first: str, second: str) -> None:
    path = text_file(tmp_path / "exports.csv", f"Country,{first},{second}\nChina,1,2\nIndia,3,4\n")
    assert found(path).table == Drawn(
        (2018, 2019), {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]}
    )


@pytest.mark.parametrize(
    ("header", "sign", "kind"),
    [
        ("2018e", "e", "estimated"),
        ("2018 (e)", "e", "estimated"),
        ("2018r", "r", "revised"),
        ("2018 (R)", "R", "revised"),
        ("2018p", "p", ""),
        ("2018 (1)", "1", ""),
        ("2018¹", "¹", ""),
        ("2018*", "*", ""),
    ],
)
def test_a_sign_behind_a_year_is_kept_with_each_number_below_it(
    tmp_path: Path, header: str, sign: str, kind: str
) -> None:
    path = text_file(tmp_path / "exports.csv", f"Country,2017,{header}\nChina,1,2\nIndia,3,4\n")
    table = found(path).table
    assert table.periods == (2017, 2018)
    assert table.series == {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]}
    assert set(table.marks) == {(key, 2018) for key in table.series}
    assert {sign in raw for _, raw in table.marks.values()} == {True}
    assert not kind or {found_kind for found_kind, _ in table.marks.values()} == {kind}


def test_years_on_the_second_line_of_a_header_cell(tmp_path: Path) -> None:
    rows = [
        ["Country", "Exports\n2019\n(US$ million)", "Exports\n2020\n(US$ million)"],
        ["China", 1, 2],
        ["India", 3, 4],
    ]
    assert found(workbook(tmp_path / "a.xlsx", {"Data": rows})).table == Drawn(
        (2019, 2020), {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]}, MILLION
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2021Q4", "2022Q1"),
        ("2021-Q4", "2022-Q1"),
        ("Q4 2021", "Q1 2022"),
        ("2021年4季度", "2022年1季度"),
        ("2021年第四季度", "2022年第一季度"),
        ("Fourth Quarter\n2021", "First Quarter\n2022"),
    ],
)
def test_a_quarter_as_publishers_write_it(tmp_path: Path, first: str, second: str) -> None:
    rows = [["Country", first, second], ["China", 1, 2], ["India", 3, 4]]
    assert found(workbook(tmp_path / "exports.xlsx", {"Data": rows})).table == Drawn(
        (20214, 20221), {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]}, kind="quarter"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2021-12", "2022-01"),
        ("202112", "202201"),
        ("2021M12", "2022M01"),
        ("2021年12月", "2022年1月"),
        ("Dec 2021", "Jan 2022"),
        ("December 2021", "January 2022"),
        ("Dec-21", "Jan-22"),
        ("December (R)\n2021", "January\n2022"),
    ],
)
def test_a_month_as_publishers_write_it(tmp_path: Path, first: str, second: str) -> None:
    rows = [["Country", first, second], ["China", 1, 2], ["India", 3, 4]]
    assert found(workbook(tmp_path / "exports.xlsx", {"Data": rows})).table == Drawn(
        (202112, 202201), {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]}, kind="month"
    )


def test_months_down_beside_cumulative_values_and_growth(tmp_path: Path) -> None:
    rows = [
        ["月份", "出口当月值（亿美元）", "出口累计值（亿美元）", "出口同比增长（%）"],
        ["2022年3月", 3, 6, -1.5],
        ["2022年2月", 2, 3, 2],
        ["2022年1月", 1, 1, 3],
    ]
    table = found(workbook(tmp_path / "a.xlsx", {"Data": rows})).table
    assert (table.kind, table.periods) == ("month", (202201, 202202, 202203))
    assert table.series[EXPORTS] == [1, 2, 3]
    (cumulative,) = [key for key in table.series if "累计" in key[3]]
    (growth,) = [key for key in table.series if key not in {EXPORTS, cumulative}]
    assert (table.series[cumulative], table.series[growth]) == ([1, 3, 6], [3, 2, -1.5])
    assert not summable(cumulative[3])
    assert not summable(growth[3])
    assert table.unit == {EXPORTS: HUNDRED_MILLION, cumulative: HUNDRED_MILLION, growth: Unit("%")}


def test_six_digits_are_months_where_the_whole_column_says_so(tmp_path: Path) -> None:
    content = "Period,Exports,Imports\n202203,3,6\n202202,2,5\n202112,1,4\n"
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (202112, 202202, 202203), {EXPORTS: [1, 2, 3], IMPORTS: [4, 5, 6]}, kind="month"
    )


def test_a_year_and_a_month_in_two_columns_are_a_month(tmp_path: Path) -> None:
    content = "Year,Month,Exports,Imports\n2021,11,1,5\n2021,12,2,6\n2022,1,3,7\n"
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (202111, 202112, 202201), {EXPORTS: [1, 2, 3], IMPORTS: [5, 6, 7]}, kind="month"
    )


def test_true_dates_keep_their_distances(tmp_path: Path) -> None:
    content = "Date,US tariffs,Chinese tariffs\n2018-07-06,6.7,10.1\n2018-01-01,3.1,8\n2019-09-01,21,21.8\n"
    assert found(text_file(tmp_path / "tariffs.csv", content)).table == Drawn(
        (20180101, 20180706, 20190901),
        {("", "", "", "us tariffs"): [3.1, 6.7, 21], ("", "", "", "chinese tariffs"): [8, 10.1, 21.8]},
        kind="date",
    )


def test_years_newest_first_with_gaps_are_sorted_and_never_filled(tmp_path: Path) -> None:
    content = "Country,2020,2016,2012\nChina,3,2,1\nIndia,6,,4\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2012, 2016, 2020), {("CHN", "", "", "exports"): [1, 2, 3], ("IND", "", "", "exports"): [4, None, 6]}
    )


@pytest.mark.parametrize("title", ["Exports of services in 2019", "2019年服务出口额", "Exports, 2019"])
def test_one_year_in_the_title_is_the_year_of_all_numbers(tmp_path: Path, title: str) -> None:
    content = f'"{title}"\n\nCountry,Exports,Imports\nChina,1,2\nIndia,3,4\n'
    table = found(text_file(tmp_path / "a.csv", content)).table
    assert (table.kind, table.periods) == ("year", (2019,))
    assert {(key[0], key[3]): numbers for key, numbers in table.series.items()} == {
        ("CHN", "exports"): [1],
        ("CHN", "imports"): [2],
        ("IND", "exports"): [3],
        ("IND", "imports"): [4],
    }


def test_numbers_without_any_year_come_in_without_one(tmp_path: Path) -> None:
    table = found(text_file(tmp_path / "a.csv", "Country,Exports,Imports\nChina,1,2\nIndia,3,4\n")).table
    assert (table.kind, table.periods) == ("none", (0,))
    assert table.series["CHN", "", "", "exports"] == [1]


def test_a_year_alone_in_a_row_holds_for_the_rows_below_it(tmp_path: Path) -> None:
    rows = [
        ["Country", "Exports", "Imports"],
        [2019],
        ["China", 1, 2],
        ["India", 3, 4],
        [2020],
        ["China", 5, 6],
        ["India", 7, 8],
    ]
    assert found(workbook(tmp_path / "a.xlsx", {"Data": rows})).table == Drawn(
        (2019, 2020),
        {
            ("CHN", "", "", "exports"): [1, 5],
            ("CHN", "", "", "imports"): [2, 6],
            ("IND", "", "", "exports"): [3, 7],
            ("IND", "", "", "imports"): [4, 8],
        },
    )


def test_notes_with_years_below_a_table_are_no_rows(tmp_path: Path) -> None:
    content = """
Country,2019,2020
China,1,2
India,3,4

Source: World Trade Organization, 2021.
Note: 2020 is provisional; data for 1998, 1999 and 2000 were revised.
Last Updated: 02/01/2021
"""
    read = found(text_file(tmp_path / "exports.csv", content))
    assert read.table == Drawn((2019, 2020), {("CHN", "", "", "exports"): [1, 2], ("IND", "", "", "exports"): [3, 4]})
    kept = read.one.note.show("en") + read.one.sources[0].text.show("en")
    assert "World Trade Organization" in kept
    assert "provisional" in kept


def test_one_year_in_the_name_of_the_file_is_the_year_of_all_numbers(tmp_path: Path) -> None:
    content = "Country,Exports,Imports\nChina,1,2\nIndia,3,4\n"
    table = found(text_file(tmp_path / "trade_2019.csv", content)).table
    assert (table.kind, table.periods) == ("year", (2019,))
    assert table.series["IND", "", "", "imports"] == [4]


def test_a_year_that_a_person_states_is_the_year_of_all_numbers(tmp_path: Path) -> None:
    content = "Country,Exports,Imports\nChina,1,2\nIndia,3,4\n"
    table = found(text_file(tmp_path / "a.csv", content), answers=Answers(year=2019)).table
    assert (table.kind, table.periods) == ("year", (2019,))


@pytest.mark.parametrize(("first", "second"), [("FY 2075/76", "FY 2076/77"), ("2075/76", "2076/77")])
def test_a_fiscal_year_is_named_by_the_year_in_which_it_begins(tmp_path: Path, first: str, second: str) -> None:
    path = text_file(tmp_path / "exports.csv", f"Country,{first},{second}\nChina,1,2\nIndia,3,4\n")
    assert found(path).table.periods == (2075, 2076)


def test_years_and_months_in_one_table_are_not_mixed_in_silence(tmp_path: Path) -> None:
    content = "Period,Exports,Imports\n2020,10,20\n2021-01,1,2\n2021-02,3,4\n"
    read = found(text_file(tmp_path / "a.csv", content))
    if read.imported[0].table is None:
        assert "years" in read.problem
    else:
        assert read.table.series == {EXPORTS: [1, 3], IMPORTS: [2, 4]}
        assert read.report.rows_left
