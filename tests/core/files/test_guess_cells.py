"""What single cells and headers of published tables say; each form was seen in a file of a statistical office."""

from __future__ import annotations

import pytest

from core.economies import economy
from core.files.cells import (
    Head,
    common_kind,
    part_of_year,
    period_of,
    read_header,
    split_note,
    unit_and_name,
)
from core.files.grid import Cell
from core.files.guessing.look import decimal_of
from core.files.guessing.phrases import traded
from core.measures import measure_label
from core.units import Unit


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2018e", ("year", 2018)), ("2018p", ("year", 2018)), ("2018*", ("year", 2018)), ("2018¹", ("year", 2018)),
        ("2018 (1)", ("year", 2018)), ("FY 2075/76", ("year", 2075)), ("2012-13", ("year", 2012)),
        ("X2015", ("year", 2015)), ("2009年度", ("year", 2009)),
        ("Q3 2022", ("quarter", 20223)), ("2022年3季度", ("quarter", 20223)), ("3Q 2020", ("quarter", 20203)),
        ("Third Quarter\n2022", ("quarter", 20223)), ("2022年第三季度", ("quarter", 20223)),
        (202604.0, ("month", 202604)), ("September\n2023", ("month", 202309)), ("Sep-23", ("month", 202309)),
        ("2009M09", ("month", 200909)), ("December (R)\n2021", ("month", 202112)),
        ("01.01.2000", ("date", 20000101)), ("2018-07-06 00:00:00", ("date", 20180706)),
        ("January 1, 2018", ("date", 20180101)), (20180706.0, ("date", 20180706)),
        (202613.0, None), ("2015-2017", None), ("03/04/2015", None), ("12 000", None),
    ],
)  # fmt: skip
def test_periods_are_read_as_offices_print_them(cell: Cell, period: tuple[str, int] | None) -> None:
    assert period_of(cell) == period


def test_pairs_of_years_are_years_only_where_all_are_pairs() -> None:
    years = [period for text in ("2009-10", "2010-11", "2012-13") if (period := period_of(text))]
    assert common_kind(years) == ({"year"}, {("month", 200910): 2009, ("month", 201011): 2010, ("year", 2012): 2012})
    months = [period for text in ("2010-11", "2010-12") if (period := period_of(text))]
    assert common_kind(months)[0] == {"month"}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Exported value in 2009", Head(("year", 2009), "Exported value")),
        (
            "exported value in 2009, US Dollar thousand",
            Head(("year", 2009), "exported value", Unit("USD", 1e3)),
        ),
        ("Annual\n2020", Head(("year", 2020))),
        ("2018e", Head(("year", 2018), note="e")),
        ("Exports 2017 (US$ million)", Head(("year", 2017), "Exports", Unit("USD", 1e6))),
        ("2017年出口额（亿美元）", Head(("year", 2017), "出口额", Unit("USD", 1e8))),
        ("Imports 2009Q1", Head(("quarter", 20091), "Imports")),
        ("GDP (constant 2015 US$)", Head(None, "GDP (constant 2015 US$)")),
        ("European Union - 27 countries (from 2020)", Head(None, "European Union - 27 countries (from 2020)")),
    ],
)
def test_a_header_may_say_period_name_and_unit(text: str, head: Head) -> None:
    found = read_header(text)
    assert (found.period, found.note) == (head.period, head.note)
    if head.unit is not None or head.period is not None:
        assert (found.name, found.unit) == (head.name, head.unit)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("March", ("month", 3)), (3.0, ("month", 3)), ("Sept.", ("month", 9)), ("3月", ("month", 3)),
        ("Dec", ("month", 12)),
        ("August (R)", ("month", 8)), ("Q1", ("quarter", 1)), ("第一季度", ("quarter", 1)),
        ("Third quarter", ("quarter", 3)), ("Jan. - Dec.", None), ("13", None), ("Marching", None),
    ],
)  # fmt: skip
def test_a_part_of_a_year_stands_beside_it(cell: Cell, part: tuple[str, int] | None) -> None:
    assert part_of_year(cell) == part


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("China (1)", ("China", "(1)")),
        ("China¹", ("China", "¹")),
        ("Surface, km²", ("Surface, km²", "")),
        ("Surface area (km2)", ("Surface area (km2)", "")),
        ("Exports (goods)", ("Exports (goods)", "")),
        ("Korea, Rep. of (R)", ("Korea, Rep. of", "(R)")),
    ],
)
def test_footnote_marks_are_taken_off_and_units_are_not(text: str, expected: tuple[str, str]) -> None:
    assert split_note(text) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Trade balance in million US$", ("Trade balance", Unit("USD", 1e6))),
        ("Services (% of GDP)", ("Services (% of GDP)", Unit("%"))),
        ("进出口总值当期值 (千美元) ", ("进出口总值当期值", Unit("USD", 1e3))),
        ("Fertility rate, total (births per woman)", ("Fertility rate, total (births per woman)", None)),
    ],
)
def test_a_share_keeps_its_name_whole(header: str, expected: tuple[str, Unit | None]) -> None:
    assert unit_and_name(header) == expected


@pytest.mark.parametrize(
    ("header", "measure"),
    [
        ("Merchandise imports", "imports"),
        ("Bilateral imports by MTN product category", "imports"),
        ("International trade: Exports", "exports"),
        ("Exports: Value", "exports"),
        ("export_value", "exports"),
        ("出口总值当期值", "exports"),
        ("进出口差额当期值", "stated_balance"),
        ("出口总值累计值", "出口总值累计值"),
        ("出口总值同比增长", "出口总值同比增长"),
        ("Share of national exports in world exports", "share of national exports in world exports"),
        ("Export/Import ratio", "export/import ratio"),
        ("Chinese tariffs on US exports", "chinese tariffs on us exports"),
    ],
)
def test_growth_shares_and_cumulative_values_are_never_the_flow_itself(header: str, measure: str) -> None:
    assert measure_label(header).id == measure


@pytest.mark.parametrize(
    ("header", "name", "unit"),
    [
        ("exports_usd", "exports", Unit("USD")),
        ("imports_eur_mn", "imports", Unit("EUR", 1e6)),
        ("gdp_share_pct", "gdp_share", Unit("%")),
        ("exports_all", "exports_all", None),
        ("exports_2015_usd", "exports_2015", Unit("USD")),
    ],
)
def test_an_underscore_separates_a_unit_of_money_like_a_space(header: str, name: str, unit: Unit | None) -> None:
    assert unit_and_name(header) == (name, unit)


def test_a_note_between_year_and_unit_is_no_part_of_the_name() -> None:
    assert read_header("1998年出口额(p)（美元）") == Head(("year", 1998), "出口额", Unit("USD"), "(p)")


def test_months_with_a_point_do_not_hide_decimal_commas() -> None:
    assert decimal_of(["2009.01", "2009.02", "17609,3", "19028"]) == ","
    assert decimal_of(["1,234.5", "2009.01"]) == "."


@pytest.mark.parametrize("text", ["刚果（布）分贸易伙伴贸易统计（亿元人民币）", "刚果（布）出口额"])
def test_a_title_may_name_an_economy_that_has_brackets(text: str) -> None:
    assert (said := traded(text)) is not None
    assert (place := economy(said.reporter)) is not None
    assert place.id == "COG"
