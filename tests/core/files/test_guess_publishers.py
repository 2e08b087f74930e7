"""Layouts of publishers and of printed tables; the numbers are made up and read off the sheet by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.files.blocks import taken_apart
from core.files.cells import read_header
from core.files.grid import Sheets
from core.files.importing import detect, import_part, known_labels
from core.files.mapping import Labels
from core.files.questions import questions
from core.files.readers import read
from core.measures import known_place, measure_label
from core.project import Project
from core.provenance import trace
from core.table import Table
from core.units import Unit
from tests.core.files.sheets import Series, imported, problem, series_of, sheet


@pytest.fixture(scope="module")
def known(sample_project: Project) -> Labels:
    return known_labels(sample_project)


def table_of(folder: Path, name: str, text: str, known: Labels) -> Table:
    (folder / name).write_text(text, encoding="utf-8")
    (part,) = detect([read(folder / name)], known).parts
    table = import_part(part, known).table
    assert table is not None
    return table


def test_a_first_column_of_several_dimensions_is_taken_apart(tmp_path: Path, known: Labels) -> None:
    text = (
        "freq,stk_flow,partner,geo\\TIME_PERIOD\t2018 \t2019 \t2020 \t2021 \n"
        "A,EXP,WORLD,BE\t1.5 \t398.1 \t368.0 p\t: c\n"
        "A,IMP,WORLD,DE\t2.5 \t1102.6 \t: \t3.5 \n"
    )
    table = table_of(tmp_path, "bulk.tsv", text, known)
    assert series_of(table) == {
        ("BEL", "WLD", "", "exports"): [1.5, 398.1, 368.0, None],
        ("DEU", "WLD", "", "imports"): [2.5, 1102.6, None, 3.5],
    }
    traced = trace(table, 0, 0)
    assert traced is not None
    assert traced.cell == "B2"


PUBLISHERS: list[tuple[str, str, Series]] = [
    (
        "codes of indicators and a version behind the classification",
        """
        freq | indic_et    | sitc06 | partner | geo | TIME_PERIOD | OBS_VALUE
        A    | MIO_EXP_VAL | TOTAL  | WORLD   | AT  | 2019        | 5
        A    | MIO_IMP_VAL | TOTAL  | WORLD   | BE  | 2019        | 6
        """,
        {("AUT", "WLD", "total", "exports"): [5], ("BEL", "WLD", "total", "imports"): [6]},
    ),
    (
        "the flow in one column and what is counted in another",
        """
        Reporter | Partner | Product categories | Indicator Type | Indicator                  | 1988 | 1989
        China    | World   | Fuels              | Export         | Trade Value (US$ Thousand) | 1    | 2
        China    | World   | Fuels              | Import         | Trade Value (US$ Thousand) | 3    | 4
        """,
        {("CHN", "WLD", "fuels", "exports"): [1, 2], ("CHN", "WLD", "fuels", "imports"): [3, 4]},
    ),
    (
        "amounts of money beside weights and quantities",
        """
        Country or Area | Year | Commodity | Flow   | Trade (USD) | Weight (kg) | Quantity
        China           | 2015 | Sheep     | Export | 6088        | 2339        | 51
        China           | 2016 | Sheep     | Export | 6089        | 2340        | 52
        """,
        {("CHN", "", "sheep", "exports"): [6088, 6089]},
    ),
    (
        "value and growth below flows that are written once",
        """
        2023年进出口统计
        单位：亿美元
        国别 | 进出口 |         | 出口 |
             | 金额   | 同比(%) | 金额 | 同比(%)
        日本 | 3179.9 | -10.7   | 1575 | -8.4
        韩国 | 3107.3 | -13.5   | 1489 | -7.2
        """,
        {
            ("JPN", "", "", "stated_trade"): [3179.9],
            ("JPN", "", "", "stated_growth_trade"): [-10.7],
            ("JPN", "", "", "exports"): [1575],
            ("JPN", "", "", "stated_growth_exports"): [-8.4],
            ("KOR", "", "", "stated_trade"): [3107.3],
            ("KOR", "", "", "stated_growth_trade"): [-13.5],
            ("KOR", "", "", "exports"): [1489],
            ("KOR", "", "", "stated_growth_exports"): [-7.2],
        },
    ),
    (
        "partners below a header that names the reporter",
        """
        Exports of China to | 2018 | 2019
        Japan               | 1    | 2
        Germany             | 3    | 4
        """,
        {("CHN", "JPN", "", "exports"): [1, 2], ("CHN", "DEU", "", "exports"): [3, 4]},
    ),
    (
        "partners in the columns below a title that names the reporter",
        """
        Imports of Japan by partner
        Year | China | Germany
        2018 | 1     | 2
        2019 | 3     | 4
        """,
        {("JPN", "CHN", "", "imports"): [1, 3], ("JPN", "DEU", "", "imports"): [2, 4]},
    ),
    (
        "reporter and partner in each header",
        """
        Year | Imports of Japan from China | Imports of Japan from Germany
        2018 | 1                           | 2
        2019 | 3                           | 4
        """,
        {("JPN", "CHN", "", "imports"): [1, 3], ("JPN", "DEU", "", "imports"): [2, 4]},
    ),
    (
        "an economy and a flow in each header",
        """
        年份 | 中国出口额 | 日本出口额
        2018 | 1          | 2
        2019 | 3          | 4
        """,
        {("CHN", "", "", "exports"): [1, 3], ("JPN", "", "", "exports"): [2, 4]},
    ),
    (
        "rows numbered by a column without a name",
        """
          | Country | 2018 | 2019
        1 | China   | 10   | 11
        2 | Japan   | 12   | 13
        """,
        {("CHN", "", "", "value"): [10, 11], ("JPN", "", "", "value"): [12, 13]},
    ),
    (
        "a text right of the numbers that tells rows apart",
        """
        year | partner | exports | basis
        2003 | Brazil  | 1       | direct
        2003 | Brazil  | 2       | mirror
        """,
        {("", "BRA", "direct", "exports"): [1], ("", "BRA", "mirror", "exports"): [2]},
    ),
    (
        "one measure in two currencies",
        """
        Year | Exports (INR million) | Exports (US$ million)
        2018 | 10                    | 1
        2019 | 20                    | 2
        """,
        {("", "", "", "exports"): [10, 20], ("", "", "", "exports (us$ million)"): [1, 2]},
    ),
    (
        "numbers that count on like the years of the header",
        """
        Country | 2018 | 2019 | 2020
        China   | 1    | 2    | 3
        Japan   | 2018 | 2019 | 2020
        """,
        {("CHN", "", "", "value"): [1, 2, 3], ("JPN", "", "", "value"): [2018, 2019, 2020]},
    ),
    (
        "a first row without a number",
        """
        Reporter | Product  | Exports
        China    | Clothing | -
        China    | Food     | 2
        """,
        {("CHN", "", "clothing", "exports"): [None], ("CHN", "", "food", "exports"): [2]},
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in PUBLISHERS], ids=[case[0] for case in PUBLISHERS])
def test_layouts_are_read_as_an_analyst_reads_them(text: str, expected: Series, known: Labels) -> None:
    table, _ = imported(text, known)
    assert series_of(table) == expected


def test_the_money_column_of_customs_is_the_value_and_its_flow_is_asked(tmp_path: Path, known: Labels) -> None:
    text = (
        "数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,人民币\n"
        "202401,85171300,智能手机,110,中国香港,1234,台,12345\n"
        "202402,85171300,智能手机,502,美国,8234,台,82345\n"
    )
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    (part,) = detect([read(tmp_path / "a.csv")], known).parts
    table = import_part(part, known).table
    assert table is not None
    assert table.units == (Unit("CNY"),)
    assert "measure" in {each.kind for each in questions(part)}


# ---- tables below each other ----

STACKED = """
Table 1. Exports (US$ million)
Country | 2018 | 2019
China   | 1    | 2

Table 2. Imports (US$ million)
Country | 2018 | 2019
China   | 3    | 4
"""


def test_tables_below_each_other_are_told_apart_by_their_titles(known: Labels) -> None:
    (part,) = detect([Sheets("a.xlsx", (sheet(STACKED),))], known).parts
    table = import_part(part, known).table
    assert table is not None
    assert series_of(table) == {("CHN", "", "", "exports"): [1, 2], ("CHN", "", "", "imports"): [3, 4]}
    traced = trace(table, 1, 0)
    assert traced is not None
    assert traced.cell == "B7"


def test_a_header_that_is_only_repeated_makes_no_second_table() -> None:
    text = "Country | 2018 | 2019\nChina | 1 | 2\n\nCountry | 2018 | 2019\nJapan | 3 | 4"
    assert len(taken_apart(sheet(text))) == 1


def test_sheets_named_after_months_are_no_sectors(known: Labels) -> None:
    sheets = tuple(sheet("Country | 2018 | 2019\nChina | 1 | 2\nJapan | 3 | 4", name) for name in ("May", "June"))
    parts = detect([Sheets("a.xlsx", sheets)], known).parts
    assert [part.uses[0].mapping.sector for part in parts] == ["", ""]


# ---- periods ----


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (("01/01/2020", "01/02/2020", "01/03/2020"), (20200101, 20200201, 20200301)),
        (("01/01/2020", "02/01/2020", "03/01/2020"), (20200101, 20200201, 20200301)),
        (("02/01/2020", "02/02/2020", "02/13/2020"), (20200201, 20200202, 20200213)),
    ],
)
def test_the_other_dates_tell_whether_the_day_comes_first(
    dates: tuple[str, ...], expected: tuple[int, ...], known: Labels
) -> None:
    rows = "\n".join(f"{date} | {at}.5 | 2" for at, date in enumerate(dates))
    table, _ = imported(f"Date | Exports | Imports\n{rows}", known)
    assert table.periods.values == expected


def test_dates_of_which_nothing_tells_the_order_are_refused(known: Labels) -> None:
    text = "Date | Exports | Imports\n02/05/2020 | 1 | 2\n04/07/2020 | 3 | 4\n06/03/2020 | 5 | 6"
    assert "day or month comes first" in problem(text, known)


def test_numbers_below_quarter_are_quarters(known: Labels) -> None:
    table, _ = imported("Country | Year | Quarter | Exports\nChina | 2019 | 1 | 5\nChina | 2019 | 2 | 6", known)
    assert table.periods.values == (20191, 20192)


@pytest.mark.parametrize("header", ["January-March 2010", "2024年1-3月"])
def test_several_months_together_are_no_month(header: str) -> None:
    assert read_header(header).period is None


def test_the_sign_of_an_estimate_behind_a_year_leaves_the_header() -> None:
    head = read_header("Exports 2010 (p), US$ billion")
    assert (head.period, head.name, head.unit, head.note) == (("year", 2010), "Exports", Unit("USD", 1e9), "p")


# ---- names ----


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("出口总额 Total Exports", "exports"),
        ("Goods, Value of Exports, Free on board (FOB)", "exports"),
        ("Goods, Value of Imports, Cost, Insurance, Freight (CIF)", "imports"),
        ("Gross Exp.", "exports"),
        ("出口 from Japan", "出口 from japan"),
    ],
)
def test_measures_are_known_by_what_publishers_call_them(name: str, expected: str) -> None:
    assert measure_label(name).id == expected


def test_a_place_named_in_two_languages_is_known() -> None:
    label = known_place("reporter", "日本 Japan")
    assert label is not None
    assert label.id == "JPN"


def test_groups_of_three_behind_a_point_are_asked_about(tmp_path: Path, known: Labels) -> None:
    (tmp_path / "a.csv").write_text("Land;2018;2019\nChina;85.257;87.680\nJapan;139.814;11.250\n", encoding="utf-8")
    (part,) = detect([read(tmp_path / "a.csv")], known).parts
    table = import_part(part, known).table
    assert table is not None
    assert series_of(table)["CHN", "", "", "value"] == [85257, 87680]
    assert "decimal" in {each.kind for each in questions(part)}
