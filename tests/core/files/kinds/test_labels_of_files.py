"""Labels, codes and columns as publishers write them; the numbers are made up for these tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.units import Unit
from tests.core.files.kinds.making import MILLION, Drawn, found, text_file, workbook

CHINA, INDIA = ("CHN", "", "", "exports"), ("IND", "", "", "exports")


@pytest.mark.parametrize("sign", ["", "'", "’"])
def test_codes_keep_their_zeros_and_lose_the_apostrophe(tmp_path: Path, sign: str) -> None:
    content = (
        f"Code,Product label,2019,2020\nTOTAL,All products,10,20\n{sign}01,Live animals,1,2\n{sign}09,Coffee,3,4\n"
    )
    read = found(text_file(tmp_path / "exports.csv", content))
    assert read.table == Drawn(
        (2019, 2020),
        {
            ("", "", "total", "exports"): [10, 20],
            ("", "", "01", "exports"): [1, 2],
            ("", "", "09", "exports"): [3, 4],
        },
    )
    names = {each.id: (each.name.en, each.role) for each in read.one.labels["sector"]}
    assert names["01"] == ("01 Live animals", "")
    assert names["total"][1] == "total"


def test_a_code_that_a_workbook_holds_as_text_keeps_its_zeros(tmp_path: Path) -> None:
    rows = [["HS code", "Exports 2019", "Imports 2019"], ["0101", 1, 2], ["8501", 3, 4]]
    table = found(workbook(tmp_path / "a.xlsx", {"Data": rows})).table
    assert table == Drawn(
        (2019,),
        {
            ("", "", "0101", "exports"): [1],
            ("", "", "0101", "imports"): [2],
            ("", "", "8501", "exports"): [3],
            ("", "", "8501", "imports"): [4],
        },
    )


def test_na_in_a_column_of_codes_is_namibia(tmp_path: Path) -> None:
    content = "Country code,2019,2020\nCN,1,2\nNA,3,NA\nZA,5,6\n"
    read = found(text_file(tmp_path / "exports.csv", content))
    assert read.table == Drawn(
        (2019, 2020), {CHINA: [1, 2], ("NAM", "", "", "exports"): [3, None], ("ZAF", "", "", "exports"): [5, 6]}
    )
    assert dict(read.report.missing) == {"NA": 1}


def test_a_code_beside_a_name_is_one_label(tmp_path: Path) -> None:
    content = "Country Name,Country Code,2019\nChina,CHN,1\nNamibia,NAM,2\nRuritania,RUR,3\n"
    read = found(text_file(tmp_path / "exports.csv", content))
    named = {each.id: each.name.en for each in read.one.labels["reporter"]}
    assert {key[0]: numbers for key, numbers in read.table.series.items()} == {"CHN": [1], "NAM": [2], "RUR": [3]}
    assert named == {"CHN": "China", "NAM": "Namibia", "RUR": "Ruritania"}


@pytest.mark.parametrize("note", ["(1)", "¹", "*", " [2]", " 1)", " (R)"])
def test_a_footnote_mark_behind_a_label_does_not_make_another_label(tmp_path: Path, note: str) -> None:
    content = f"Country,2019,2020\nChina{note},1,2\nIndia,3,4\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}
    )


@pytest.mark.parametrize("note", ["(1)", "¹", "*", " [2]"])
def test_a_footnote_mark_behind_a_product_is_no_part_of_its_name(tmp_path: Path, note: str) -> None:
    read = found(text_file(tmp_path / "exports.csv", f"Product,2019,2020\nCoffee{note},1,2\nTea,3,4\n"))
    assert read.table == Drawn(
        (2019, 2020), {("", "", "coffee", "exports"): [1, 2], ("", "", "tea", "exports"): [3, 4]}
    )
    assert [each.name.en for each in read.one.labels["sector"]] == ["Coffee", "Tea"]


@pytest.mark.parametrize(
    ("world", "role"),
    [
        ("World", "world"),
        ("世界总计", "world"),
        ("Euro area", "aggregate"),
        ("Other Asia, nes", ""),
        ("EU-28", "aggregate"),
    ],
)
def test_aggregates_among_economies_are_marked(tmp_path: Path, world: str, role: str) -> None:
    read = found(text_file(tmp_path / "exports.csv", f'Country,2019,2020\n"{world}",10,20\nChina,1,2\nIndia,3,4\n'))
    roles = [each.role for each in read.one.labels["reporter"]]
    assert roles == [role, "", ""]


def test_a_matrix_of_reporters_and_partners(tmp_path: Path) -> None:
    rows = [
        ["Exports in 2019 (US$ million)"],
        ["Reporter", "China", "Germany", "United States", "World"],
        ["China", None, 5, 9, 30],
        ["Germany", 4, None, 7, 25],
        ["India", 1, 2, 3, 8],
    ]
    assert found(workbook(tmp_path / "a.xlsx", {"Data": rows})).table == Drawn(
        (2019,),
        {
            ("CHN", "CHN", "", "exports"): [None],
            ("CHN", "DEU", "", "exports"): [5],
            ("CHN", "USA", "", "exports"): [9],
            ("CHN", "WLD", "", "exports"): [30],
            ("DEU", "CHN", "", "exports"): [4],
            ("DEU", "DEU", "", "exports"): [None],
            ("DEU", "USA", "", "exports"): [7],
            ("DEU", "WLD", "", "exports"): [25],
            ("IND", "CHN", "", "exports"): [1],
            ("IND", "DEU", "", "exports"): [2],
            ("IND", "USA", "", "exports"): [3],
            ("IND", "WLD", "", "exports"): [8],
        },
        MILLION,
    )


@pytest.mark.parametrize(("exports", "imports"), [("Exports", "Imports"), ("出口", "进口"), ("EXPORTS:", "IMPORTS:")])
def test_rows_that_only_name_a_flow_carry_it_down(tmp_path: Path, exports: str, imports: str) -> None:
    content = f"Country,2019,2020\n{exports},,\nChina,1,2\nIndia,3,4\n{imports},,\nChina,5,6\nIndia,7,8\n"
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (2019, 2020),
        {
            CHINA: [1, 2],
            INDIA: [3, 4],
            ("CHN", "", "", "imports"): [5, 6],
            ("IND", "", "", "imports"): [7, 8],
        },
    )


def test_a_heading_without_numbers_is_no_series(tmp_path: Path) -> None:
    content = "ECONOMY,2019,2020\nIndividual economies,_,_\nChina,1,2\nIndia,_,4\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [None, 4]}
    )


def test_a_repeated_header_inside_the_table_is_no_row(tmp_path: Path) -> None:
    content = "Country,2019,2020\nChina,1,2\nCountry,2019,2020\nIndia,3,4\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}
    )


@pytest.mark.parametrize(
    ("word", "measure"),
    [("M", "imports"), ("X", "exports"), ("Import", "imports"), ("出口", "exports")],
)
def test_a_flow_in_words_or_codes(tmp_path: Path, word: str, measure: str) -> None:
    other = {"imports": "X", "exports": "M"}[measure]
    content = f"reporterISO,flowCode,refYear,primaryValue\nCHN,{word},2019,1\nCHN,{word},2020,2\nCHN,{other},2020,3\n"
    table = found(text_file(tmp_path / "a.csv", content)).table
    assert table.series["CHN", "", "", measure] == [1, 2]
    assert len(table.series) == 2


def test_a_flow_in_the_numbers_of_comtrade(tmp_path: Path) -> None:
    content = "Reporter ISO,Trade Flow Code,Year,Trade Value (US$)\nCHN,1,2019,1\nCHN,1,2020,2\nCHN,2,2020,3\n"
    assert found(text_file(tmp_path / "a.csv", content)).table == Drawn(
        (2019, 2020), {("CHN", "", "", "imports"): [1, 2], CHINA: [None, 3]}, Unit("USD")
    )


# ---- ragged and surplus columns ----


def test_fields_beyond_the_header_shift_nothing(tmp_path: Path) -> None:
    content = "reporterISO,flowCode,refYear,primaryValue\nCHN,X,2019,1,\nCHN,X,2020,2,\nIND,X,2019,3,\n"
    assert found(text_file(tmp_path / "a.csv", content)).table.series == {CHINA: [1, 2], INDIA: [3, None]}


def test_forty_eight_fields_under_forty_seven_names(tmp_path: Path) -> None:
    surplus = [f"c{number}" for number in range(43)]
    header = ["reporterISO", "flowCode", "refYear", *surplus, "primaryValue"]
    rows = [
        ["CHN", "X", "2019", *("" for _ in surplus), "1", ""],
        ["IND", "X", "2019", *("" for _ in surplus), "3", ""],
    ]
    content = "\n".join(",".join(row) for row in [header, *rows]) + "\n"
    assert (len(header), len(rows[0])) == (47, 48)
    table = found(text_file(tmp_path / "a.csv", content)).table
    assert (table.periods, table.series) == ((2019,), {CHINA: [1], INDIA: [3]})


def test_a_separator_at_the_end_of_every_line_makes_no_column(tmp_path: Path) -> None:
    content = "Country\t2019\t2020\t\nChina\t1\t2\t\nIndia\t3\t4\t\n"
    assert found(text_file(tmp_path / "exports.txt", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}
    )


def test_lines_of_any_width_above_a_table(tmp_path: Path) -> None:
    content = """
"Go to...","","Value (USD Thousands)","","",""
Downloaded 2021-03-04
"Filters: all partners, all products, all years"
x,y

Country,2019,2020
China,1,2
India,3,4
"""
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}, Unit("USD", 1e3)
    )


def test_the_same_header_three_times_is_told_apart_by_the_column_on_its_left(tmp_path: Path) -> None:
    rows = [
        ["年份", "进口量", "增长率", "出口量", "增长率", "单位"],
        ["2019", 10, 0.1, 20, 0.2, "万吨"],
        ["2020", 11, "—", 21, 0.3, "万吨"],
    ]
    table = found(workbook(tmp_path / "a.xlsx", {"Data": rows})).table
    assert table.periods == (2019, 2020)
    assert table.series == {
        ("", "", "", "quantity_imports"): [10, 11],
        ("", "", "", "进口量 增长率"): [0.1, None],
        ("", "", "", "quantity_exports"): [20, 21],
        ("", "", "", "出口量 增长率"): [0.2, 0.3],
    }
    assert isinstance(table.unit, dict)
    assert table.unit["", "", "", "quantity_imports"].scale == 1e4
    assert table.unit["", "", "", "进口量 增长率"] == Unit()


def test_a_column_that_repeats_another_is_dropped(tmp_path: Path) -> None:
    content = "Country Name,Country Name,2019,2020\nChina,China,1,2\nIndia,India,3,4\n"
    assert found(text_file(tmp_path / "exports.csv", content)).table == Drawn(
        (2019, 2020), {CHINA: [1, 2], INDIA: [3, 4]}
    )


def test_flags_of_one_or_blank_are_no_series(tmp_path: Path) -> None:
    rows = [
        ["Year", "Exports", "Imports", "Trade war"],
        [2017, 1, 4, None],
        [2018, 2, 5, 1],
        [2019, 3, 6, 1],
    ]
    read = found(workbook(tmp_path / "a.xlsx", {"Data": rows}))
    assert read.table == Drawn(
        (2017, 2018, 2019), {("", "", "", "exports"): [1, 2, 3], ("", "", "", "imports"): [4, 5, 6]}
    )
    assert "Trade war" in read.report.columns_left
