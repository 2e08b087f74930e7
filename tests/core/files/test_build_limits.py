"""Tables with very many labels, series and remarks: nothing is cut short but the lists of the report."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import core.files.build
import core.panel
from core.analysis import analyse
from core.codec import Malformed, decode, encode
from core.edits import apply
from core.errors import UserError
from core.files.build import build
from core.files.building.packing import Packing
from core.files.grid import Grid, Sheet, sheet_of
from core.files.mapping import SheetMapping
from core.files.report import Report
from core.project import Project
from core.provenance import trace
from core.table import DIMENSIONS, Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

USD = Unit("USD", 1e6)


def made(sheet: Sheet, levels: tuple[str, ...], columns: tuple[str, ...], **rest: Any) -> tuple[Table, Report]:
    given = {"measure": "Exports", "unit": USD} | rest
    sheet = replace(sheet, file="file.xlsx")
    return build([(sheet, SheetMapping("T", 0, levels, columns, len(sheet.rows), **given))], {}, "t")


@pytest.mark.parametrize("dimension", ["reporter", "sector"])
def test_a_dimension_may_have_more_than_sixteen_thousand_labels(dimension: str) -> None:
    count = 20_000
    texts, numbers = np.zeros((count + 1, 2), dtype=np.int32), np.full((count + 1, 2), np.nan)
    texts[0], texts[1:, 0], numbers[1:, 1] = [1, 2], np.arange(3, count + 3), np.arange(count)
    grid = Grid(numbers, texts, ("Name", "2020", *(f"Place {n}" for n in range(count))))
    table, report = made(Sheet("S", grid), ("year",), (dimension, "value"))
    assert (report.series, len(table.labels[dimension])) == (count, count)
    assert table.value(table.find_all([table.key(n) for n in range(40)])[39], 0) == 39


def test_codes_are_packed_into_as_many_bits_as_they_need() -> None:
    labels = {each: [Label(str(n), Bilingual(str(n))) for n in range(count)] for each, count in COUNTS.items()}
    packing = Packing.of(labels)
    draw = np.random.default_rng(7)
    codes = {each: draw.integers(-1, count, 500) for each, count in COUNTS.items()}
    keys = packing.keys(codes, 500)
    assert all((packing.codes(keys, each) == codes[each]).all() for each in DIMENSIONS)
    first = {each: int(codes[each][0]) for each in DIMENSIONS}
    assert (packing.key(first), packing.unpacked(int(keys[0]))) == (int(keys[0]), first)


COUNTS = {"reporter": 40_000, "partner": 3, "sector": 70_000, "measure": 1}


def test_series_are_found_where_all_pairs_of_labels_exceed_what_a_number_holds() -> None:
    few = [Label(str(n), Bilingual(str(n))) for n in range(70_000)]
    labels = dict.fromkeys(DIMENSIONS, few)
    columns = {each: np.arange(69_000, 69_100, dtype=np.int32) for each in DIMENSIONS}
    table = new_table("t", Bilingual("T"), labels, columns, Periods("year", (2020,)), [np.arange(100.0)])
    keys = [table.key(n) for n in range(50, 100)]
    assert table.find_all([*keys, ("1", "2", "3", "4")]).tolist() == [*range(50, 100), -1]


def test_lists_of_the_report_stop_at_a_hundred_and_counts_do_not() -> None:
    rows: list[tuple[str | float | None, ...]] = [("Country", "2020", *(f"Note {n}" for n in range(150)))]
    rows += [(f"Group of countries {n}", 1.0) for n in range(120)] + [("Korea", 1.0)]
    rows += [(f"Remark {n}",) for n in range(130)]
    columns = ("reporter", "value", *["ignore"] * 150)
    sheet = replace(sheet_of("S", rows), file="file.xlsx")
    mapping = SheetMapping("T", 0, ("year",), columns, 122, measure="Exports", unit=USD, skipped=tuple(range(1, 4)))
    _, report = build([(sheet, mapping)], {}, "t")
    assert (len(report.rows_left), report.rows_left_count) == (100, 133)
    assert (len(report.columns_left), report.columns_left_count) == (100, 150)
    assert (len(report.aggregates), report.aggregate_count) == (100, 117)
    assert report.suggestion_count == len(report.suggestions) > 0


def test_a_table_of_too_many_series_is_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core.files.build, "MOST_SERIES", 2)
    rows = [("Country", "2020"), ("China", 1.0), ("India", 2.0), ("Brazil", 3.0)]
    with pytest.raises(UserError, match="too large a table: 3 series and 1 periods"):
        made(sheet_of("S", rows), ("year",), ("reporter", "value"))


def test_a_table_whose_results_would_fill_the_memory_has_none_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("Country", "2019", "2020"), ("China", 1.0, 2.0), ("India", 2.0, 3.0)]
    table, _ = made(sheet_of("S", rows), ("year",), ("reporter", "value", "value"))
    project = Project("p", Bilingual("P"), tables=(table,))
    assert analyse(project).tables["t"].available
    monkeypatch.setattr("core.table_results.MOST_PLACES", 3)
    found = analyse(project).tables["t"]
    assert not found.available
    assert {str(each.reason) for each in found.lacking("growth_exports")} == {
        "needs a smaller table: this one has 4 places for results, of at most 3"
    }


@pytest.mark.parametrize("codes", [[0, 1.0], ["0"], [True], [2**40], {"0": 1}, [[0]]])
def test_codes_of_series_in_a_file_are_whole_numbers(codes: object) -> None:
    rows = [("Country", "2019"), ("China", 1.0)]
    table, _ = made(sheet_of("S", rows), ("year",), ("reporter", "value"))
    data = encode(table)
    data["series"]["reporter"] = codes
    with pytest.raises(Malformed):
        decode(Table, data)


# ---- found by the plain reading ----


def test_a_column_of_units_may_be_empty() -> None:
    rows = [("Unit", "2020"), (None, 1.0)]
    table, _ = made(sheet_of("S", rows), ("year",), ("unit", "value"))
    assert table.units == (USD,)


def test_a_mark_belongs_to_the_cell_of_which_the_number_was_taken() -> None:
    rows = [("Country", "2020"), ("China", 1.0), ("China", "2 (1)")]
    first, _ = made(sheet_of("S", rows), ("year",), ("reporter", "value"), twice="first")
    last, _ = made(sheet_of("S", rows), ("year",), ("reporter", "value"), twice="last")
    assert [mark.raw for mark in (*first.marks.values(), *last.marks.values())] == ["2 (1)"]


def test_a_text_stays_with_its_cell_beside_a_column_of_flags() -> None:
    rows = [("Country", "2020", "Flag"), ("China", "1/2", "p"), ("India", None, "c")]
    table, _ = made(sheet_of("S", rows), ("year",), ("reporter", "value", "mark"))
    assert [(mark.kind, mark.raw) for mark in table.marks.values()] == [("two_numbers", "1/2"), ("flag", "c")]


def test_a_row_whose_month_is_none_is_left_out_and_counted() -> None:
    rows = [("Month", "2020"), ("Jan", 1.0), ("Whole year", 2.0), (None, 3.0)]
    table, report = made(sheet_of("S", rows), ("year",), ("within_year", "value"))
    assert table.periods.values == (202001,)
    assert [row for row, _ in report.rows_left] == [3, 4]


def test_a_number_that_a_person_adds_is_not_said_to_be_from_another_row_of_the_file() -> None:
    rows = [("Country", "Year", "Value"), ("China", 2019.0, 1.0), ("India", 2020.0, 2.0)]
    table, _ = made(sheet_of("S", rows), ("ignore",), ("reporter", "year", "value"))
    project = Project("p", Bilingual("P"), tables=(table,))
    key = table.key(0)
    edited = apply(project, "set_cells", table="t", series=(key,), periods=(2020,), values=((5.0,),)).tables[0]
    assert trace(edited, 0, 1) is None
