"""What a mapping makes of the rows of sheets; the figures of each sheet are small enough to be added by head."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from core.errors import UserError
from core.files.build import build
from core.files.grid import Sheet
from core.files.mapping import SheetMapping
from core.files.report import Contradictory, Report
from core.table import Mark, Table
from core.text import Bilingual
from core.units import Unit
from tests.core.files.sheets import series_of, sheet

USD = Unit("USD", 1e6)
LONG = ("reporter", "partner", "year", "value")


def mapped(text: str, levels: tuple[str, ...], columns: tuple[str, ...], **rest: Any) -> tuple[Sheet, SheetMapping]:
    grid = replace(sheet(text), file="file.xlsx")
    given = {"measure": "Exports", "unit": USD} | rest
    return grid, SheetMapping("Title", 0, levels, columns, len(grid.rows), **given)


def made(text: str, levels: tuple[str, ...], columns: tuple[str, ...], **rest: Any) -> tuple[Table, Report]:
    return build([mapped(text, levels, columns, **rest)], {}, "t")


def notes(report: Report) -> list[str]:
    return list(map(str, report.notes))


# ---- several sheets ----


def test_sheets_with_other_periods_and_other_rows_come_together() -> None:
    first = mapped("Country | 2015 | 2017\nChina | 1 | 2\nIndia | 3 | 4", ("year",), ("reporter", "value", "value"))
    second = mapped("A | B | 2018\nx | Brazil | 5\nx | China | 6", ("year",), ("ignore", "reporter", "value"))
    table, report = build([first, second], {}, "t")
    assert table.periods.values == (2015, 2017, 2018)
    assert series_of(table) == {
        ("CHN", "", "", "exports"): [1, 2, 6],
        ("IND", "", "", "exports"): [3, 4, None],
        ("BRA", "", "", "exports"): [None, None, 5],
    }
    assert (report.cells, report.empty) == (6, 3)


def test_what_sheets_say_of_themselves_tells_their_series_apart() -> None:
    text = "Country | 2015\nChina | 1"
    uses = [mapped(text, ("year",), ("reporter", "value"), sector=each) for each in ("Food", "Fuel")]
    table, _ = build(uses, {}, "t")
    assert series_of(table) == {("CHN", "", "food", "exports"): [1], ("CHN", "", "fuel", "exports"): [1]}


def test_sheets_that_differ_only_in_scale_are_converted_to_the_first() -> None:
    text = "Country | {year}\nChina | {value}"
    first = mapped(text.format(year=2015, value=1), ("year",), ("reporter", "value"), unit=Unit("USD", 1e9))
    second = mapped(text.format(year=2016, value=2500), ("year",), ("reporter", "value"))
    table, report = build([first, second], {}, "t")
    assert (series_of(table), table.units) == ({("CHN", "", "", "exports"): [1, 2.5]}, (Unit("USD", 1e9),))
    assert notes(report) == ["Numbers in US$ million were converted to US$ billion."]


@pytest.mark.parametrize("stated_first", [True, False])
def test_a_sheet_without_a_unit_says_that_it_takes_that_of_another(stated_first: bool) -> None:
    text = "Country | {year}\nJapan | {value}"
    silent = mapped(text.format(year=2015, value=100000), ("year",), ("reporter", "value"), unit=Unit())
    stated = mapped(text.format(year=2016, value=102), ("year",), ("reporter", "value"))
    silent = replace(silent[0], name="e1"), silent[1]
    table, report = build([stated, silent] if stated_first else [silent, stated], {}, "t")
    assert (series_of(table), table.units) == ({("JPN", "", "", "exports"): [100000, 102]}, (USD,))
    assert notes(report) == [
        "The unit is not stated in e1. Its numbers are taken to be in US$ million, as those beside them are."
    ]
    _, report = build([silent], {}, "t")
    assert notes(report) == ["The unit of exports is not stated."]


@pytest.mark.parametrize(
    ("economy", "unit", "said"),
    [
        ("Australia", "$m", True),
        ("Australia", "US$m", False),
        ("Canada", "Dollars", True),
        ("China", "$m", False),
    ],
)
def test_a_dollar_that_may_be_another_is_read_as_us_and_said(economy: str, unit: str, said: bool) -> None:
    text = f"Exports ({unit})| 2015\nx | 1"
    table, report = made(text, ("year",), ("ignore", "value"), reporter=economy)
    assert table.units == (USD,)
    wanted = f"“$” is read as US$. If it is the currency of {economy}, state that as the unit."
    assert notes(report) == ([wanted] if said else [])


# ---- labels ----


def test_codes_give_the_ids_and_names_the_names() -> None:
    text = "Code | Product | 2015\n'09 | Coffee | 1\n85 | Machines | 2\nTOTAL | All products | 3"
    table, report = made(text, ("year",), ("sector_code", "sector", "value"))
    assert [label.id for label in table.labels["sector"]] == ["09", "85", "total"]
    assert table.labels["sector"][0].name == Bilingual("09 Coffee")
    assert report.aggregates == (("sector", Bilingual("Total", "总计")),)


def test_an_economy_is_recognised_by_its_code_or_by_its_name() -> None:
    text = "Code | Name | 2015\nNA | Namibia | 1\n | World | 2\nXX9 | Atlantis | 3"
    table, report = made(text, ("year",), ("reporter_code", "reporter", "value"))
    assert [(label.id, label.role) for label in table.labels["reporter"]] == [
        ("NAM", ""),
        ("WLD", "world"),
        ("XX9", ""),
    ]
    assert report.aggregates == (("reporter", Bilingual("World", "世界")),)


def test_a_name_that_resembles_an_economy_is_suggested_and_taken_once_confirmed() -> None:
    text = "Name | 2015\nKorea | 1"
    table, report = made(text, ("year",), ("reporter", "value"))
    assert "KOR" in {each.label for each in report.suggestions}
    assert table.labels["reporter"][0].id == "korea"
    table, report = made(text, ("year",), ("reporter", "value"), meant={"reporter": {"Korea": "KOR"}})
    assert table.labels["reporter"][0].id == "KOR"
    assert report.suggestions == ()


def test_a_label_that_is_split_over_two_columns_is_one() -> None:
    text = "Area | Part | 2015\nNorth | | 1\n | South | 2"
    table, _ = made(text, ("year",), ("sector", "sector", "value"))
    assert [label.id for label in table.labels["sector"]] == ["north", "south"]


def test_headings_name_the_rows_below_them() -> None:
    text = "Item | 2015 | 2016\nExports | |\nFood | 1 | 2\nFuel | 3 | 4\nImports | |\nFood | 5 | 6"
    table, report = made(text, ("year",), ("sector", "value", "value"), measure="", headings="measure")
    assert series_of(table) == {
        ("", "", "food", "exports"): [1, 2],
        ("", "", "fuel", "exports"): [3, 4],
        ("", "", "food", "imports"): [5, 6],
    }
    assert [row for row, _ in report.rows_left] == [2, 5]


def test_a_header_that_stands_over_several_columns_belongs_to_what_is_left_of_each() -> None:
    text = "Year | Sales | Growth | Stock | Growth\n2015 | 1 | 2 | 3 | 4"
    table, _ = made(text, ("measure",), ("year", "value", "value", "value", "value"), measure="", unit=Unit())
    assert [label.id for label in table.labels["measure"]] == ["sales", "sales growth", "stock", "stock growth"]


# ---- periods ----


def test_a_month_beside_a_year_makes_a_month() -> None:
    text = "Country | Year | Month | Value\nChina | 2015 | March | 1\nChina | 2015 | 4 | 2"
    table, _ = made(text, ("ignore",), ("reporter", "year", "within_year", "value"))
    assert (table.periods.kind, table.periods.values) == ("month", (201503, 201504))


def test_months_down_and_years_across_make_months() -> None:
    text = "Month | 2019 | 2020\nJanuary | 1 | 3\nFebruary | 2 | 4(1)\nWhole year | 3 | 7"
    table, report = made(text, ("year",), ("within_year", "value", "value"))
    assert table.periods.values == (201901, 201902, 202001, 202002)
    assert series_of(table) == {("", "", "", "exports"): [1, 2, 3, 4]}
    assert dict(table.marks) == {(0, 3): Mark("note", "4(1)")}
    assert report.cells == 4


def test_a_column_of_per_cent_signs_is_in_per_cent() -> None:
    text = "Country | Year | Change | Other\nChina | 2015 | 12.5% | 3%\nChina | 2016 | 4% | 5"
    table, _ = made(text, ("measure",), ("reporter", "year", "value", "value"), measure="", unit=Unit())
    assert [table.unit(at) for at in range(2)] == [Unit("%"), Unit()]
    assert dict(table.marks) == {(1, 0): Mark("note", "3%")}


def test_a_sheet_that_says_no_year_gives_a_table_without_one() -> None:
    table, _ = made("Country | Area\nChina | 1", ("measure",), ("reporter", "value"), measure="")
    assert (table.periods.kind, table.periods.values) == ("none", (0,))


def test_a_header_of_years_may_say_flow_and_unit() -> None:
    text = "Name | Exported value in 2009, US Dollar thousand\nChina | 1"
    table, _ = made(text, ("year",), ("reporter", "value"), measure="", unit=Unit())
    assert table.units == (Unit("USD", 1e3),)
    assert table.periods.values == (2009,)


def test_rows_without_a_period_are_left_out_and_counted() -> None:
    text = "Year | Exports\n2015 | 1\nMean | 2"
    table, report = made(text, ("measure",), ("year", "value"), measure="")
    assert series_of(table) == {("", "", "", "exports"): [1]}
    assert [(row, str(reason)) for row, reason in report.rows_left] == [(3, "no period")]


# ---- units ----


def test_a_column_of_scales_multiplies_the_unit_of_its_row() -> None:
    text = "Country | Year | Value | Scale\nChina | 2015 | 1 | 6\nChina | 2016 | 2 | Millions"
    columns = ("reporter", "year", "value", "scale")
    table, _ = made(text, ("ignore",), columns, unit=Unit("USD"))
    assert table.units == (Unit("USD", 1e6),)
    assert series_of(table) == {("CHN", "", "", "exports"): [1, 2]}


def test_a_unit_that_a_person_states_for_a_column_wins() -> None:
    text = "Country | Year | Exports (US$ billion)\nChina | 2015 | 1"
    stated = {"2": Unit("EUR", 1e6)}
    table, _ = made(text, ("measure",), ("reporter", "year", "value"), measure="", units=stated)
    assert table.units == (Unit("EUR", 1e6),)


def test_a_rate_has_not_the_unit_of_the_amounts_beside_it() -> None:
    text = "Year | Volume | Growth | Unit\n2015 | 1 | 0.2 | t"
    table, _ = made(text, ("measure",), ("year", "value", "value", "unit"), measure="", unit=Unit())
    assert {table.key(at)[3]: table.unit(at) for at in range(2)} == {"volume": Unit("t"), "growth": Unit()}


# ---- cells ----


def test_signs_of_missing_values_are_counted_and_leave_no_mark() -> None:
    text = "Country | 2015 | 2016 | 2017\nChina | .. | -99 | 1\nIndia | -99 | : | 2"
    columns = ("reporter", "value", "value", "value")
    table, report = made(text, ("year",), columns, missing=("..", "-99"))
    assert report.missing == {"..": 1, "-99": 2}
    assert report.texts == (("C3", ":"),)
    assert dict(table.marks) == {(1, 1): Mark("text", ":")}
    assert (report.cells, report.empty, report.text_count) == (2, 3, 1)


def test_near_zeros_footnotes_and_flags_keep_what_was_written() -> None:
    text = "Country | 2015 | 2016 | 2017 | 2018e\nChina | ≈ 0 | 12(1) | 45 p | 7\nIndia | 1/2 | #N/A | 3 | 4"
    table, report = made(text, ("year",), ("reporter", *["value"] * 4))
    assert series_of(table)["CHN", "", "", "exports"] == [0, 12, 45, 7]
    assert dict(table.marks) == {
        (0, 0): Mark("near_zero", "≈ 0"),
        (0, 1): Mark("note", "12(1)"),
        (0, 2): Mark("flag", "45 p"),
        (0, 3): Mark("estimated", "e"),
        (1, 3): Mark("estimated", "e"),
        (1, 0): Mark("two_numbers", "1/2"),
        (1, 1): Mark("error", "#N/A"),
    }
    assert (report.near_zero, report.text_count, report.error_count) == (1, 2, 1)


def test_a_column_of_statuses_marks_its_numbers_unless_they_are_normal() -> None:
    text = "Country | Year | Value | Status\nChina | 2015 | 1 | A\nChina | 2016 | 2 | p"
    table, _ = made(text, ("ignore",), ("reporter", "year", "value", "mark"))
    assert dict(table.marks) == {(0, 1): Mark("flag", "p")}


# ---- what occurs twice ----

HEAD = "Country | Partner | Year | Value"
TWICE = f"{HEAD}\nChina | India | 2015 | 1\nChina | India | 2015 | 2\nChina | India | 2016 | 3"


def test_different_values_for_one_place_are_refused_with_a_report_that_lists_them() -> None:
    with pytest.raises(Contradictory, match="D2 and D3 both say China, India, Exports, 2015") as caught:
        made(TWICE, ("ignore",), LONG)
    (found,) = caught.value.report.duplicates
    assert (found.first.cell, found.first_value, found.second.cell, found.second_value) == ("D2", 1, "D3", 2)
    assert caught.value.report.duplicate_count == 1


@pytest.mark.parametrize(("twice", "value"), [("first", 1), ("last", 2), ("sum", 3)])
def test_a_person_decides_what_becomes_of_them(twice: str, value: float) -> None:
    table, _ = made(TWICE, ("ignore",), LONG, twice=twice)
    assert series_of(table) == {("CHN", "IND", "", "exports"): [value, 3]}


def test_equal_values_for_one_place_do_no_harm_and_are_counted() -> None:
    _, report = made(TWICE.replace("| 2\n", "| 1\n"), ("ignore",), LONG)
    assert (report.repeated, report.duplicate_count, report.cells) == (1, 0, 2)


def test_a_column_is_added_over_without_the_groups_of_its_parts() -> None:
    text = f"{HEAD}\nChina | India | 2015 | 1\nChina | Brazil | 2015 | 2\nChina | World | 2015 | 3"
    columns = ("reporter", "summed", "year", "value")
    table, report = made(text, ("ignore",), columns)
    assert series_of(table) == {("CHN", "", "", "exports"): [3]}
    assert notes(report) == ["1 rows of the world and of groups were not added to their parts."]


def test_what_is_no_amount_is_not_added_up() -> None:
    text = "Country | Partner | Year | Value\nChina | India | 2015 | 1"
    with pytest.raises(UserError, match="“growth” cannot be added up over rows"):
        made(text, ("ignore",), ("reporter", "summed", "year", "value"), measure="growth")


def test_a_sum_says_that_a_part_is_missing() -> None:
    text = "Country | Partner | Year | Value\nChina | India | 2015 | 1\nChina | Brazil | 2015 |"
    table, report = made(text, ("ignore",), ("reporter", "summed", "year", "value"))
    assert not math.isnan(table.value(0, 0))
    assert notes(report) == ["1 sums lack a part that is missing in the file."]


# ---- what is left out ----


def test_what_is_left_out_is_listed() -> None:
    text = "Country | Code | 2015\nChina | x | 1\nA heading | |\nIndia | y | 2\nSource: an office"
    grid, mapping = mapped(text, ("year",), ("reporter", "ignore", "value"), skipped=(2,))
    _, report = build([(grid, replace(mapping, end=4))], {}, "t")
    assert [(row, str(reason)) for row, reason in report.rows_left] == [
        (3, "not part of the table"),
        (5, "outside of the table"),
    ]
    assert report.columns_left == ("Code",)
