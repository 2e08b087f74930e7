"""Formats, encodings and what a workbook says beside its cells; the numbers are made up for these tests."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from core.units import Unit
from tests.core.files.kinds.making import (
    HUNDRED_MILLION,
    MILLION,
    USD,
    Drawn,
    archive,
    found,
    ods,
    text_file,
    workbook,
    xlsb,
)

ROWS: list[list[str | float | None]] = [
    ["Exports (US$ million)", None, None],
    ["Country", 2019.0, 2020.0],
    ["China", 1.5, 2.0],
    ["World", 30.0, None],
]
TABLE = Drawn(
    (2019, 2020),
    {("CHN", "", "", "exports"): [1.5, 2], ("WLD", "", "", "exports"): [30, None]},
    MILLION,
)


def test_a_binary_workbook(tmp_path: Path) -> None:
    assert found(xlsb(tmp_path / "a.xlsb", ROWS)).table == TABLE


def test_an_open_document(tmp_path: Path) -> None:
    assert found(ods(tmp_path / "a.ods", ROWS)).table == TABLE


def test_a_workbook(tmp_path: Path) -> None:
    assert found(workbook(tmp_path / "a.xlsx", {"Sheet1": ROWS})).table == TABLE


@pytest.mark.parametrize("name", ["a.xls", "a.html"])
def test_a_page_of_html_that_is_called_a_workbook(tmp_path: Path, name: str) -> None:
    cells = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>" for row in ROWS
    )
    content = f"<html><head><meta charset='utf-8'></head><body><table border=1>{cells}</table></body></html>"
    content = content.replace("2019.0", "2019").replace("2020.0", "2020")
    assert found(text_file(tmp_path / name, content)).table == TABLE


CHINESE = "年份,出口额（亿美元）,进口额（亿美元）\n2019,1435.7,1489.2\n2020,1500,1600.5\n"
CHINESE_TABLE = Drawn(
    (2019, 2020),
    {("", "", "", "exports"): [1435.7, 1500], ("", "", "", "imports"): [1489.2, 1600.5]},
    HUNDRED_MILLION,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_chinese_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    assert found(text_file(tmp_path / "a.csv", CHINESE, encoding)).table == CHINESE_TABLE


def test_a_utf_16_text_with_tabs_as_excel_saves_it(tmp_path: Path) -> None:
    content = "Country\t2019\t2020\r\nCôte d’Ivoire\t1\t2\r\nTürkiye\t3\t4\r\n"
    assert found(text_file(tmp_path / "exports.txt", content, "utf-16")).table == Drawn(
        (2019, 2020), {("CIV", "", "", "exports"): [1, 2], ("TUR", "", "", "exports"): [3, 4]}
    )


def test_merged_chinese_headers_of_two_levels_with_their_unit_in_a_line_of_its_own(tmp_path: Path) -> None:
    rows = [
        ["分行业对外贸易情况"],
        ["单位：亿美元"],
        ["行业", "2019年", None, "2020年", None],
        [None, "出口", "进口", "出口", "进口"],
        ["总额", 10, 20, 30, 40],
        ["甲行业", 1.5, 2, 3, None],
        ["数据来源：统计公报2020"],
    ]
    merged = ("A1:E1", "A2:E2", "A3:A4", "B3:C3", "D3:E3", "A7:E7")
    table = found(workbook(tmp_path / "a.xlsx", {"Sheet1": rows}, merged=merged)).table
    assert table == Drawn(
        (2019, 2020),
        {
            ("", "", "total", "exports"): [10, 30],
            ("", "", "total", "imports"): [20, 40],
            ("", "", "甲行业", "exports"): [1.5, 3],
            ("", "", "甲行业", "imports"): [2, None],
        },
        HUNDRED_MILLION,
    )


def test_a_merged_label_holds_for_all_rows_that_it_spans(tmp_path: Path) -> None:
    rows = [
        ["Country", "Flow", 2019, 2020],
        ["China", "Exports", 1, 2],
        [None, "Imports", 3, 4],
        ["India", "Exports", 5, 6],
        [None, "Imports", 7, 8],
    ]
    table = found(workbook(tmp_path / "a.xlsx", {"Sheet1": rows}, merged=("A2:A3", "A4:A5"))).table
    assert table.series == {
        ("CHN", "", "", "exports"): [1, 2],
        ("CHN", "", "", "imports"): [3, 4],
        ("IND", "", "", "exports"): [5, 6],
        ("IND", "", "", "imports"): [7, 8],
    }


def test_a_hidden_sheet_is_left_out_and_said(tmp_path: Path) -> None:
    read = found(workbook(tmp_path / "a.xlsx", {"Data": ROWS, "Old": ROWS}, hidden=("Old",)))
    assert read.table == TABLE
    assert set(read.left) == {"Old"}
    assert "hidden" in read.left["Old"]


def test_rows_that_are_hidden_are_not_lost_in_silence(tmp_path: Path) -> None:
    read = found(workbook(tmp_path / "a.xlsx", {"Data": ROWS}, hidden_rows=(3,)))
    kept = ("CHN", "", "", "exports") in read.table.series
    said = any("hidden" in str(note) for note in read.report.notes) or any(
        row in {2, 3} for row, _ in read.report.rows_left
    )
    assert kept or said
    assert read.table.series["WLD", "", "", "exports"] == [30, None]


def test_formulas_without_a_value_are_counted_and_missing(tmp_path: Path) -> None:
    rows = [["Country", 2019, 2020], ["China", 1, "=B2*2"], ["India", 3, 4]]
    read = found(workbook(tmp_path / "exports.xlsx", {"Data": rows}))
    assert read.table == Drawn(
        (2019, 2020), {("CHN", "", "", "exports"): [1, None], ("IND", "", "", "exports"): [3, 4]}
    )
    assert read.report.uncalculated == 1


def test_cells_with_an_error_are_kept_as_an_error(tmp_path: Path) -> None:
    rows = [["Country", 2019, 2020], ["China", 1, "#DIV/0!"], ["India", "#N/A", 4]]
    read = found(workbook(tmp_path / "exports.xlsx", {"Data": rows}))
    china, india = ("CHN", "", "", "exports"), ("IND", "", "", "exports")
    assert read.table == Drawn(
        (2019, 2020),
        {china: [1, None], india: [None, 4]},
        marks={(china, 2020): ("error", "#DIV/0!"), (india, 2019): ("error", "#N/A")},
    )
    assert read.report.error_count == 2


def test_a_stata_file_with_its_labels(tmp_path: Path) -> None:
    import pandas as pd

    frame = pd.DataFrame(
        {"exporter": ["CHN", "CHN", "USA"], "importer": ["USA", "USA", "CHN"], "year": [2019.0, 2020.0, 2019.0]}
        | {"trade": [1.5, 2.0, 0.0], "dist": [11000.0, 11000.0, 11000.0], "rta": [0, 0, 0]}
    )
    path = tmp_path / "gravity.dta"
    labels = {"trade": "Trade flow, million US dollars", "dist": "Distance in kilometers"}
    frame.to_stata(path, write_index=False, variable_labels=labels, version=114)
    table = found(path).table
    assert table.periods == (2019, 2020)
    assert {key[:3]: numbers for key, numbers in table.series.items()} == {
        ("CHN", "USA", ""): [1.5, 2],
        ("USA", "CHN", ""): [0, None],
    }
    assert table.unit == MILLION


def test_dates_of_a_workbook_that_stand_for_years(tmp_path: Path) -> None:
    import datetime

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Date", "Exports (US$)"],
        [datetime.date(2019, 1, 1), 1],
        [datetime.date(2020, 1, 1), 2],
    ):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    book.close()
    assert found(tmp_path / "a.xlsx").table == Drawn((2019, 2020), {("", "", "", "exports"): [1, 2]}, USD)


def test_several_files_of_one_layout_become_one_table_of_two_flows(tmp_path: Path) -> None:
    x = text_file(tmp_path / "exports.csv", "Country,2019,2020\nChina,1,2\nWorld,3,4\n")
    m = text_file(tmp_path / "imports.csv", "Country,2019,2020\nChina,5,6\nWorld,7,8\n")
    assert found(x, m).table == Drawn(
        (2019, 2020),
        {
            ("CHN", "", "", "exports"): [1, 2],
            ("WLD", "", "", "exports"): [3, 4],
            ("CHN", "", "", "imports"): [5, 6],
            ("WLD", "", "", "imports"): [7, 8],
        },
    )


def test_a_sheet_for_each_year_becomes_one_table(tmp_path: Path) -> None:
    sheets = {
        "2020": [["Country", "Exports", "Imports"], ["China", 1, 2], ["India", 3, 4]],
        "2019": [["Country", "Exports", "Imports"], ["China", 5, 6], ["Japan", 7, 8]],
    }
    table = found(workbook(tmp_path / "a.xlsx", sheets)).table
    assert table == Drawn(
        (2019, 2020),
        {
            ("CHN", "", "", "exports"): [5, 1],
            ("CHN", "", "", "imports"): [6, 2],
            ("IND", "", "", "exports"): [None, 3],
            ("IND", "", "", "imports"): [None, 4],
            ("JPN", "", "", "exports"): [7, None],
            ("JPN", "", "", "imports"): [8, None],
        },
    )


def test_a_sheet_for_each_product_beside_contents_becomes_one_table(tmp_path: Path) -> None:
    def sheet(first: float) -> list[list[object]]:
        return [["Exports, US$ million"], [], ["Country", 2019, 2020], ["China", first, first + 1]]

    sheets = {"Contents": [["Contents"], ["1 Coffee"], ["2 Tea"]], "Coffee": sheet(1), "Tea": sheet(5)}
    read = found(workbook(tmp_path / "a.xlsx", sheets))
    assert read.table == Drawn(
        (2019, 2020),
        {("CHN", "", "coffee", "exports"): [1, 2], ("CHN", "", "tea", "exports"): [5, 6]},
        Unit("USD", 1e6),
    )
    assert set(read.left) == {"Contents"}


def test_a_zip_with_a_file_for_each_flow(tmp_path: Path) -> None:
    files = {
        "exports.csv": "Country,2019,2020\nChina,1,2\nIndia,3,4\n",
        "imports.csv": "Country,2019,2020\nChina,5,6\nIndia,7,8\n",
    }
    table = found(archive(tmp_path / "a.zip", files)).table
    assert table.series == {
        ("CHN", "", "", "exports"): [1, 2],
        ("IND", "", "", "exports"): [3, 4],
        ("CHN", "", "", "imports"): [5, 6],
        ("IND", "", "", "imports"): [7, 8],
    }


def test_a_parquet_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pandas as pd

    frame = pd.DataFrame({"Country": ["China", "China", "India"], "Year": [2019, 2020, 2019], "Exports": [1.5, 2, 3]})
    frame.to_parquet(tmp_path / "a.parquet")
    assert found(tmp_path / "a.parquet").table == Drawn(
        (2019, 2020), {("CHN", "", "", "exports"): [1.5, 2], ("IND", "", "", "exports"): [3, None]}
    )
