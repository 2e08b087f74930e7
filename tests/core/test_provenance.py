"""Every imported number is traced to its cell, through all that is done to a table afterwards."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from core.codec import Malformed, decode, encode
from core.edits import apply
from core.files.build import build
from core.files.grid import Grid, Sheet
from core.files.mapping import SheetMapping
from core.files.project_file import read_project, write_project
from core.project import Project, equal
from core.provenance import Trace, mappings_of, report_of, trace, with_origin_of
from core.table import Table
from core.text import Bilingual
from core.units import Unit
from tests.core.files.sheets import sheet

USD = Unit("USD", 1e6)
ACROSS = "Country | 2015 | 2016\nChina | 1 | 2\nIndia | 3 | 4"
CHINA, INDIA = ("CHN", "", "", "exports"), ("IND", "", "", "exports")


def used(text: str, levels: tuple[str, ...], columns: tuple[str, ...], **rest: object) -> tuple[Sheet, SheetMapping]:
    grid = replace(sheet(text), file="C:\\figures\\file.xlsx")
    mapping = SheetMapping("Title", 0, levels, columns, len(grid.rows), measure="Exports", unit=USD)
    return grid, replace(mapping, **rest)  # type: ignore[arg-type]


def across(text: str = ACROSS, table_id: str = "t") -> Table:
    width = text.split("\n", maxsplit=1)[0].count("|")
    return build([used(text, ("year",), ("reporter", *["value"] * width))], {}, table_id)[0]


def cell(table: Table, key: tuple[str, str, str, str], period: int) -> str:
    found = trace(table, table.find(key), table.period(period))
    return found.cell if found else "none"


def project(table: Table) -> Project:
    return Project("p", Bilingual("P"), tables=(table,))


def all_traced(table: Table, grid: Grid) -> bool:
    """Whether each number of a table stands in the cell that it is traced to."""
    for series in range(len(table.series)):
        for period in range(len(table.periods.values)):
            if math.isnan(table.value(series, period)):
                continue
            found = trace(table, series, period)
            assert found is not None
            column, row = ord(found.cell[0]) - 65, int(found.cell[1:]) - 1
            if grid.cell(row, column) != table.value(series, period):
                return False
    return True


@pytest.mark.parametrize(
    ("text", "levels", "columns"),
    [
        (ACROSS, ("year",), ("reporter", "value", "value")),
        ("Year | China | India\n2016 | 1 | 2\n2015 | 3 | 4", ("reporter",), ("year", "value", "value")),
        (
            "Country | Year | Value\nIndia | 2016 | 1\nChina | 2015 | 2\nIndia | 2015 | 3",
            ("ignore",),
            ("reporter", "year", "value"),
        ),
        (
            "Country | Exports | Exports | Imports | Imports\n | 2015 | 2016 | 2015 | 2016\nChina | 1 | 2 | 3 | 4",
            ("measure", "year"),
            ("reporter", "value", "value", "value", "value"),
        ),
    ],
    ids=["across", "down", "long", "two headers"],
)
def test_each_number_stands_in_the_cell_it_is_traced_to(
    text: str, levels: tuple[str, ...], columns: tuple[str, ...]
) -> None:
    grid, mapping = used(text, levels, columns)
    table, _ = build([(grid, mapping)], {}, "t")
    assert all_traced(table, grid.rows)


def test_a_trace_names_file_and_sheet_and_no_folder() -> None:
    table = across()
    assert trace(table, 0, 0) == Trace("file.xlsx", "Sheet1", "B2", 1)
    assert "figures" not in json.dumps(encode(table.origin))


def test_periods_of_one_series_may_come_from_several_sheets() -> None:
    second = replace(
        used("x | Name | 2016 | 2017\n1 | China | | 7", ("year",), ("ignore", "reporter", "value", "value"))[0]
    )
    mapping = SheetMapping("T", 0, ("year",), ("ignore", "reporter", "value", "value"), 2, measure="Exports", unit=USD)
    first = used(ACROSS, ("year",), ("reporter", "value", "value"))
    table, _ = build([first, (replace(second, name="Sheet2"), mapping)], {}, "t")
    assert (cell(table, CHINA, 2016), cell(table, CHINA, 2017)) == ("C2", "D2")
    assert [trace(table, 0, at).sheet for at in range(3) if trace(table, 0, at)] == ["Sheet1", "Sheet1", "Sheet2"]  # type: ignore[union-attr]


def test_a_sum_tells_how_many_numbers_it_is_of() -> None:
    rows = ("Country | Partner | Year | Value", "China | India | 2015 | 1", "China | Brazil | 2015 | 2")
    text = "\n".join((*rows, "China | India | 2016 | 5"))
    table, _ = build([used(text, ("ignore",), ("reporter", "summed", "year", "value"))], {}, "t")
    assert trace(table, 0, 0) == Trace("file.xlsx", "Sheet1", "", 2)
    assert trace(table, 0, 1) == Trace("file.xlsx", "Sheet1", "D4", 1)


def test_edits_take_the_origin_along() -> None:
    before = project(across())
    after = apply(before, "remove_series", table="t", series=(CHINA,))
    assert cell(after.tables[0], INDIA, 2016) == "C3"
    after = apply(before, "set_period", table="t", period=2015, to=2020)
    assert (cell(after.tables[0], INDIA, 2020), cell(after.tables[0], INDIA, 2016)) == ("B3", "C3")
    after = apply(before, "remove_periods", table="t", periods=(2015,))
    after = apply(after, "add_periods", table="t", periods=(2015,))
    assert (cell(after.tables[0], INDIA, 2015), cell(after.tables[0], INDIA, 2016)) == ("none", "C3")
    new = ("CHN", "", "", "imports")
    label = before.tables[0].labels["measure"][0]
    labels = {"measure": (replace(label, id="imports"),)}
    after = apply(before, "add_series", table="t", series=(new,), labels=labels)
    assert (cell(after.tables[0], new, 2015), cell(after.tables[0], CHINA, 2015)) == ("none", "B2")


def test_what_is_saved_is_traced_after_it_is_opened(tmp_path: Path) -> None:
    before = project(across())
    write_project(before, tmp_path / "p.balassa")
    after = read_project(tmp_path / "p.balassa")
    assert equal(before, after)
    assert cell(after.tables[0], INDIA, 2016) == "C3"


def test_mapping_and_report_stay_with_the_table() -> None:
    grid, mapping = used("Country | 2015\nKorea | ..\nChina | 1(2)", ("year",), ("reporter", "value"), missing=("..",))
    table, report = build([(grid, mapping)], {}, "t")
    opened = decode(Table, json.loads(json.dumps(encode(table))))
    assert report_of(opened) == report
    assert mappings_of(opened) == (("file.xlsx", "Sheet1", mapping),)


def test_a_table_that_nobody_imported_has_no_origin() -> None:
    table = replace(across(), origin=())
    assert (trace(table, 0, 0), report_of(table), mappings_of(table)) == (None, None, ())
    assert "place" not in encode(table)


def test_a_table_that_takes_numbers_of_another_is_traced_to_both() -> None:
    into, new = across(), across("Country | 2016 | 2015\nIndia | 8 | 9\nBrazil | 7 | 6", "n")
    key = ("BRA", "", "", "exports")
    labels = {"reporter": (new.labels["reporter"][1],)}
    grown = apply(project(into), "add_series", table="t", series=(key,), labels=labels).tables[0]
    positions = np.array([grown.find(new.key(at)) for at in range(len(new.series))], dtype=np.int64)
    kept = np.array([[True, False], [False, False]])
    joined = with_origin_of(grown, new, positions, kept)
    assert (cell(joined, CHINA, 2015), cell(joined, key, 2015), cell(joined, key, 2016)) == ("B2", "C3", "B3")
    assert (cell(joined, INDIA, 2015), cell(joined, INDIA, 2016)) == ("B3", "B2")
    assert len(mappings_of(joined)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"shape": [2**40]},
        {"shape": [1, 1, 1]},
        {"steps": [1, -5]},
        {"first": 2**40},
        {"shape": [-1, 1]},
        {"steps": [[1]]},
    ],
)
def test_a_damaged_origin_is_refused(change: dict[str, object]) -> None:
    data = json.loads(json.dumps(encode(across())))
    data["origin"][0]["areas"][0]["rows"] = {"shape": [1, 2], "first": 1, "steps": [1, 1]} | change
    with pytest.raises(Malformed):
        decode(Table, data)


def test_an_origin_is_small_beside_the_numbers() -> None:
    rows = [["Country", *map(str, range(1990, 2020))], *([f"c{at}", *[float(at)] * 30] for at in range(500))]
    grid = Sheet("s", Grid.of(rows), file="f.csv")
    mapping = SheetMapping("T", 0, ("year",), ("reporter", *["value"] * 30), 501, measure="Exports", unit=USD)
    table, _ = build([(grid, mapping)], {}, "t")
    (area,) = table.origin[0].areas
    arrays = (area.places, area.periods, area.rows, area.columns, area.counts, area.without)
    assert sum(each.nbytes for each in arrays) < 500 * 30 * 8 / 20
    assert len(json.dumps(encode(table.origin[0].areas))) < 1000
