"""Clean layouts and the lines around them are recognised; each expected table was read off the sheet by eye."""

from __future__ import annotations

import pytest

from core.files.cells import common_kind, number_of, period_of, unit_and_name
from core.files.importing import known_labels
from core.files.mapping import Labels
from core.files.readers import Cell
from core.project import Project
from core.text import Bilingual
from core.units import Unit
from tests.core.files.sheets import EXPORTS, IMPORTS, Series, imported, series_of


@pytest.fixture(scope="module")
def known(sample_project: Project) -> Labels:
    return known_labels(sample_project)


# ---- shapes ----

LONG = """
Reporter | Partner | Sector   | Flow   | Year | Value | Unit
China    | World   | Services | Export | 2009 | 1     | US$ billion
China    | World   | Services | Import | 2009 | 2     | US$ billion
China    | World   | Services | Export | 2010 | 3     | US$ billion
"""


def test_a_long_list_gives_a_series_for_each_combination_of_labels(known: Labels) -> None:
    table, report = imported(LONG, known)
    assert series_of(table) == {
        ("CHN", "WLD", "services", "exports"): [1.0, 3.0],
        ("CHN", "WLD", "services", "imports"): [2.0, None],
    }
    assert table.units == (Unit("USD", 1e9),)
    assert (report.series, report.periods, report.cells, report.empty) == (2, ("2009", "2010"), 3, 1)


SHAPES: list[tuple[str, str, tuple[int, ...], Series]] = [
    (
        "long, Chinese",
        """
        报告国 | 产品 | 流向 | 年份   | 金额
        中国   | 服务 | 出口 | 2009年 | 1
        中国   | 服务 | 进口 | 2009年 | 2
        世界   | 服务 | 出口 | 2009年 | 3
        """,
        (2009,),
        {
            ("CHN", "", "services", "exports"): [1],
            ("CHN", "", "services", "imports"): [2],
            ("WLD", "", "services", "exports"): [3],
        },
    ),
    (
        "a list with a column for each measure",
        """
        Country | Year | Exports | Imports
        China   | 2009 | 1       | 2
        China   | 2010 | 3       | 4
        India   | 2010 | 5       | 6
        """,
        (2009, 2010),
        {
            ("CHN", "", "", "exports"): [1, 3],
            ("CHN", "", "", "imports"): [2, 4],
            ("IND", "", "", "exports"): [None, 5],
            ("IND", "", "", "imports"): [None, 6],
        },
    ),
    (
        "years across, economies down without a word above them",
        """
        Exports of services (US$ billion)

              | 2009 | 2010 | 2011
        China | 1    | 2    | 3
        World | 7    | 8    | 9
        """,
        (2009, 2010, 2011),
        {("CHN", "", "", "exports"): [1, 2, 3], ("WLD", "", "", "exports"): [7, 8, 9]},
    ),
    (
        "years across, newest first, measures down",
        """
        中国服务贸易（亿美元）
        指标   | 2010年 | 2009年
        出口额 | 2      | 1
        进口额 | 4      | 3
        """,
        (2009, 2010),
        {EXPORTS: [1, 2], IMPORTS: [3, 4]},
    ),
    (
        "a single year across",
        """
        Exports of services
        Economy | 2017
        China   | 1
        World   | 2
        """,
        (2017,),
        {("CHN", "", "", "exports"): [1], ("WLD", "", "", "exports"): [2]},
    ),
    (
        "years down, two header rows",
        """
             | China   | China   | India   | India
        Year | Exports | Imports | Exports | Imports
        2009 | 1       | 2       | 3       | 4
        2010 | 5       | 6       | 7       | 8
        """,
        (2009, 2010),
        {
            ("CHN", "", "", "exports"): [1, 5],
            ("CHN", "", "", "imports"): [2, 6],
            ("IND", "", "", "exports"): [3, 7],
            ("IND", "", "", "imports"): [4, 8],
        },
    ),
    (
        "years down, two header rows, the upper written once",
        """
        Year | China   |         | India   |
             | Exports | Imports | Exports | Imports
        2009 | 1       | 2       | 3       | 4
        """,
        (2009,),
        {
            ("CHN", "", "", "exports"): [1],
            ("CHN", "", "", "imports"): [2],
            ("IND", "", "", "exports"): [3],
            ("IND", "", "", "imports"): [4],
        },
    ),
    (
        "years down without a word above them; values that look like years",
        """
        Exports of services, US$ billion
             | China | World
        2015 | 2176  | 48635
        2016 | 2083  | 48933
        2017 | 2064  | 52794
        Source: a yearbook of 2018
        """,
        (2015, 2016, 2017),
        {("CHN", "", "", "exports"): [2176, 2083, 2064], ("WLD", "", "", "exports"): [48635, 48933, 52794]},
    ),
    (
        "years across below measures",
        """
                | Exports |      | Imports |
        Country | 2009    | 2010 | 2009    | 2010
        China   | 1       | 2    | 3       | 4
        World   | 5       | 6    | 7       | 8
        """,
        (2009, 2010),
        {
            ("CHN", "", "", "exports"): [1, 2],
            ("CHN", "", "", "imports"): [3, 4],
            ("WLD", "", "", "exports"): [5, 6],
            ("WLD", "", "", "imports"): [7, 8],
        },
    ),
    (
        "the World Bank's columns",
        """
        Country Name | Country Code | Indicator Name | Indicator Code | 1960 [YR1960] | 1961 [YR1961]
        China        | CHN          | Exports        | BX.GSR         | 1             | 2
        World        | WLD          | Exports        | BX.GSR         | 3             |
        """,
        (1960, 1961),
        {("CHN", "", "", "exports"): [1, 2], ("WLD", "", "", "exports"): [3, None]},
    ),
    (
        "one year, sectors by measures, the year in the title",
        """
        表1 2017年中国服务进出口（亿元）
        类别     | 进出口 | 出口额 | 进口额
        加工服务 | 1235   | 1223   | 12
        总额     | 46991  | 15407  | 31584
        数据来源：商务部
        """,
        (2017,),
        {
            ("", "", "processing", "stated_trade"): [1235],
            ("", "", "processing", "exports"): [1223],
            ("", "", "processing", "imports"): [12],
            ("", "", "total", "stated_trade"): [46991],
            ("", "", "total", "exports"): [15407],
            ("", "", "total", "imports"): [31584],
        },
    ),
    (
        "what holds for all numbers said in lines above",
        """
        Title  | Services trade
        Economy: China
        Sector | Services
        Year   | 2017
        Flow   | Exports
        Service category | Amount
        Transport        | 5
        """,
        (2017,),
        {("CHN", "", "transport", "exports"): [5]},
    ),
    (
        "codes of sectors as numbers",
        """
        Exports by product
        HS | 2017 | 2018
        1  | 1    | 2
        2  | 3    | 4
        """,
        (2017, 2018),
        {("", "", "1", "exports"): [1, 2], ("", "", "2", "exports"): [3, 4]},
    ),
]


@pytest.mark.parametrize(
    ("text", "periods", "expected"), [each[1:] for each in SHAPES], ids=[each[0] for each in SHAPES]
)
def test_clean_layouts_are_recognised(text: str, periods: tuple[int, ...], expected: Series, known: Labels) -> None:
    table, _ = imported(text, known)
    assert table.periods.values == periods
    assert series_of(table) == expected


def test_title_unit_source_and_note_come_from_the_lines_around_the_table(known: Labels) -> None:
    text = """
    Services trade of China (US$ billion)
    Balance of payments basis
    Year | Exports | Imports
    2009 | 1       | 2
    Source: WTO, 2024
    Note: estimates
    """
    table, _ = imported(text, known)
    assert table.title == Bilingual("Services trade of China")
    assert table.units == (Unit("USD", 1e9),)
    assert table.sources[0].text == Bilingual("WTO, 2024")
    assert table.note == Bilingual("Balance of payments basis\nestimates")
    assert table.sources[0].origin == {"file": "file.xlsx", "sheet": "Sheet1", "cells": "A3:C4"}


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("Unit: US$ million", Unit("USD", 1e6)),
        ("Unit | t", Unit("t")),
        ("单位：亿元", Unit("CNY", 1e8)),
        ("In millions of dollars", Unit("USD", 1e6)),
        ("(US$ 100 million)", Unit("USD", 1e8)),
        ("| | Unit: EUR thousand", Unit("EUR", 1e3)),
    ],
)
def test_the_unit_is_read_from_a_line_of_its_own(line: str, unit: Unit, known: Labels) -> None:
    table, _ = imported(f"Trade\n{line}\nYear | Exports | Imports\n2009 | 1 | 2\n2010 | 3 | 4", known)
    assert table.units == (unit,)
    assert series_of(table) == {EXPORTS: [1, 3], IMPORTS: [2, 4]}


def test_two_units_around_a_table_are_no_guess(known: Labels) -> None:
    table, _ = imported("Trade (US$ billion)\nUnit: EUR million\nYear | Exports\n2009 | 1", known)
    assert table.units == (Unit(),)


def test_units_in_headers_belong_to_their_series_and_percents_need_none(known: Labels) -> None:
    text = """
    Unit: US$ million
    Year | Exports (US$ billion) | Growth of exports | GDP | Population
    2009 | 1 | 2 | 3 | 4
    """
    table, _ = imported(text, known)
    units = {table.key(at)[3]: table.unit(at) for at in range(4)}
    assert units == {
        "exports": Unit("USD", 1e9),
        "stated_growth_exports": Unit("%"),
        "gdp": Unit("USD", 1e6),
        "population": Unit(),
    }


def test_periods_finer_than_years_keep_their_kind(known: Labels) -> None:
    table, _ = imported("Flow | 2009Q1 | 2009Q2\nExports | 1 | 2", known)
    assert (table.periods.kind, table.periods.values) == ("quarter", (20091, 20092))
    table, _ = imported("Month | Exports\n2009-01 | 1\n2009-03 | 2", known)
    assert (table.periods.kind, table.periods.values) == ("month", (200901, 200903))


def test_dates_that_stand_for_years_become_years(known: Labels) -> None:
    table, _ = imported("Date | Exports\n2009-12-31 | 1\n2010-12-31 | 2", known)
    assert (table.periods.kind, table.periods.values) == ("year", (2009, 2010))
    assert common_kind([("date", 20090630), ("date", 20100630)])[0] == {"date"}


# ---- cells, one by one ----


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        (2009.0, ("year", 2009)), ("2009", ("year", 2009)), ("2009.0", ("year", 2009)), ("2009年", ("year", 2009)),
        ("２００９", ("year", 2009)), ("1967 [YR1967]", ("year", 1967)), ("2009Q4", ("quarter", 20094)),
        ("2009年第2季度", ("quarter", 20092)), ("200912", ("month", 200912)), ("2009年1月", ("month", 200901)),
        ("2009-01-31", ("date", 20090131)), (2009.5, None), (1799.0, None), (2101.0, None), ("2009-13", None),
        ("2009-02-30", None), ("12", None), ("", None), (None, None), ("year", None),
    ],
)  # fmt: skip
def test_periods_are_read_in_the_ways_people_write_them(cell: Cell, period: tuple[str, int] | None) -> None:
    assert period_of(cell) == period


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Exports (US$ billion)", ("Exports", Unit("USD", 1e9))),
        ("Exports, US$ billion", ("Exports", Unit("USD", 1e9))),
        ("出口额（亿美元）", ("出口额", Unit("USD", 1e8))),
        ("Growth (%)", ("Growth", Unit("%"))),
        ("贸易差额(原表)", ("贸易差额(原表)", None)),
        ("Exports (goods)", ("Exports (goods)", None)),
        ("Output (GDP)", ("Output (GDP)", None)),
        ("Exports of China, 2009", ("Exports of China, 2009", None)),
        ("Trade (billion)", ("Trade", Unit("", 1e9))),
        ("Population (million)", ("Population", Unit("persons", 1e6))),
        ("GDP (billion US$)", ("GDP", Unit("USD", 1e9))),
        ("出口总额(亿美元) Total Exports (USD 100 million)", ("出口总额 Total Exports", Unit("USD", 1e8))),
    ],
)
def test_money_per_cent_and_bare_scales_in_a_header_are_units(header: str, expected: tuple[str, Unit | None]) -> None:
    assert unit_and_name(header) == expected


def test_a_comma_is_decimal_only_where_that_was_found() -> None:
    assert (number_of("1,503"), number_of("1,503", ",")) == (1503.0, 1.503)
    assert (number_of("74,4"), number_of("74,4", ",")) == (None, 74.4)


def test_a_number_like_a_year_in_a_square_of_economies_is_a_number() -> None:
    rows = ("Reporter | Cuba | Peru | Mali", "Cuba | | 1211 | 3429", "Peru | 1987 | | 723", "Mali | 2067 | 255 |")
    table, _ = imported("\n".join(["Imports by economy, 2008", *rows]), {})
    assert series_of(table)["PER", "CUB", "", "imports"] == [1987]
    assert {key[2:] for key in series_of(table)} == {("", "imports")}


def test_names_in_two_languages_below_a_title_of_an_importer_are_partners() -> None:
    rows = ("国家（地区） | 2005 | 2006", "土耳其 Türkiye | 1 | 2", "纳米比亚 Namibia | 3 | 4")
    table, _ = imported("\n".join(["葡萄牙自主要国家（地区）进口额（万元）", *rows]), {})
    assert [key[:2] for key in series_of(table)] == [("PRT", "TUR"), ("PRT", "NAM")]


def test_flows_beside_years_are_not_those_of_an_exporter_to_an_importer() -> None:
    header = "Reporter | Partner | Exports 2004, US dollars | Imports 2004, US dollars"
    table, _ = imported(f"{header}\nCuba | Peru | 1 | 2\nPeru | Cuba | 3 | 4", {})
    assert {key[3] for key in series_of(table)} == {"exports", "imports"}
