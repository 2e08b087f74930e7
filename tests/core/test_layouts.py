"""Layouts are views: every cell of a table has one place in each, and headers tell all lines apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.edits import apply
from core.layouts import Difference, Grid
from core.project import Project
from core.table import LAYOUTS, Label, Mark, Periods, Series, Table, blocks_of, frozen, new_table
from core.text import LANGUAGES, Bilingual
from core.units import Unit

_CODES = st.tuples(st.integers(-1, 1), st.integers(-1, 1), st.integers(-1, 2), st.integers(0, 2))
_NAMES = st.sampled_from(["China", "India", "Services", "Exports", ""])


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Small tables with any mixture of dimensions, among them names that repeat."""
    keys = draw(st.lists(_CODES, max_size=8, unique=True))
    sizes = {"reporter": 2, "partner": 2, "sector": 3, "measure": 3}
    labels = {
        dimension: [Label(f"{dimension[0]}{at}", Bilingual(draw(_NAMES), draw(_NAMES))) for at in range(size)]
        for dimension, size in sizes.items()
    }
    columns = {dimension: [key[at] for key in keys] for at, dimension in enumerate(sizes)}
    years = sorted(draw(st.sets(st.integers(2000, 2010), max_size=4)))
    numbers = [[float(year * 100 + at) for at in range(len(keys))] for year in range(len(years))]
    return new_table("t", Bilingual("T"), labels, columns, Periods("year", tuple(years)), numbers)


def _table(keys: list[tuple[str, str, str]], **rest: object) -> Table:
    """A table of (reporter, sector, measure) names over 2015–2017; the names are the ids."""
    columns: dict[str, list[int]] = {}
    labels: dict[str, list[Label]] = {}
    for at, dimension in enumerate(("reporter", "sector", "measure")):
        names = list(dict.fromkeys(key[at] for key in keys if key[at]))
        labels[dimension] = [Label(name, Bilingual(name)) for name in names]
        columns[dimension] = [names.index(key[at]) if key[at] else -1 for key in keys]
    columns |= rest.pop("codes", {})  # type: ignore[operator,arg-type]
    numbers = np.arange(3.0 * len(keys)).reshape(3, len(keys))
    return new_table("t", Bilingual("T"), labels, columns, Periods("year", (2015, 2016, 2017)), numbers, **rest)


def _grids(table: Table, layout: str) -> list[Grid]:
    """All that a layout shows of a table: one grid for each period where it shows one at a time."""
    shown = replace(table, layout=layout)
    count = len(table.periods.values)
    return [Grid(shown, at) for at in range(count)] if layout == "sectors_measures" else [Grid(shown)]


def _header(parts: tuple[object, ...], language: str) -> tuple[str, ...]:
    return tuple(part if isinstance(part, str) else part.show(language) for part in parts)  # type: ignore[attr-defined]


@given(tables(), st.sampled_from(LAYOUTS))
def test_every_series_in_every_period_has_exactly_one_cell(table: Table, layout: str) -> None:
    found = [
        grid.address(row, column)
        for grid in _grids(table, layout)
        for row in range(grid.rows)
        for column in range(grid.columns)
    ]
    present = sorted(pair for pair in found if pair[0] >= 0)
    everything = [(s, p) for s in range(len(table.series)) for p in range(len(table.periods.values))]
    assert present == everything
    if layout != "sectors_measures":
        assert len(found) == len(present)


@given(tables(), st.sampled_from(LAYOUTS))
def test_the_way_back_from_a_cell_leads_to_the_same_cell(table: Table, layout: str) -> None:
    for grid in _grids(table, layout):
        for row in range(grid.rows):
            for column in range(grid.columns):
                series, period = grid.address(row, column)
                if series >= 0:
                    assert grid.locate(series, period) == (row, column)
                    assert grid.key(row, column) == table.key(series)


@given(tables(), st.sampled_from(LAYOUTS), st.sampled_from(LANGUAGES))
def test_no_two_lines_have_the_same_header(table: Table, layout: str, language: str) -> None:
    for grid in _grids(table, layout):
        rows = [_header(grid.row_header(row), language) for row in range(grid.rows)]
        columns = [_header(grid.column_header(column), language) for column in range(grid.columns)]
        assert len(set(rows)) == len(rows)
        assert len(set(columns)) == len(columns)
        assert all(header and all(header) for header in rows + columns)


@given(tables(), st.sampled_from(LAYOUTS))
def test_an_area_holds_the_numbers_of_its_cells(table: Table, layout: str) -> None:
    for grid in _grids(table, layout):
        if not (grid.rows and grid.columns):
            continue
        area = (0, 0, grid.rows - 1, grid.columns - 1)
        numbers = grid.values(area)
        for (row, column), number in np.ndenumerate(numbers):
            series, period = grid.address(row, column)
            assert np.array_equal(number, table.value(series, period) if series >= 0 else np.nan, equal_nan=True)
        assert grid.series_of(area).tolist() == list(range(len(table.series)))


@given(tables(), tables(), st.sampled_from(LAYOUTS))
def test_the_difference_of_two_grids_turns_the_lines_of_one_into_those_of_the_other(
    a: Table, b: Table, layout: str
) -> None:
    old, new = Grid(replace(a, layout=layout)), Grid(replace(b, layout=layout))
    difference = old.difference(new)
    rows, others = ([grid.row_line(at) for at in range(grid.rows)] for grid in (old, new))
    columns, ones = ([grid.column_line(at) for at in range(grid.columns)] for grid in (old, new))
    if difference is None:
        kept = [line for line in rows if line in others], [line for line in columns if line in ones]
        stays = [line for line in others if line in rows], [line for line in ones if line in columns]
        assert kept != stays
        return
    assert _changed(rows, difference.removed_rows, others, difference.inserted_rows) == others
    assert _changed(columns, difference.removed_columns, ones, difference.inserted_columns) == ones
    assert old.same_shape(new) == (rows == others and columns == ones)


def _changed(lines: list[object], removed: object, new: list[object], inserted: object) -> list[object]:
    """What a view does that hears of removed and then of inserted runs."""
    lines = list(lines)
    for first, last in reversed(removed):  # type: ignore[call-overload]
        del lines[first : last + 1]
    for first, last in inserted:  # type: ignore[attr-defined]
        lines[first:first] = new[first : last + 1]
    return lines


def test_years_down_has_a_row_for_each_year_and_a_column_for_each_series() -> None:
    grid = Grid(_table([("China", "", "Exports"), ("China", "", "Imports")]))
    assert (grid.rows, grid.columns) == (3, 2)
    assert grid.row_header(0) == ("2015",)
    assert grid.address(2, 1) == (1, 2)
    assert grid.address(3, 0) == grid.address(0, 2) == grid.address(-1, 0) == (-1, -1)


def test_years_across_is_years_down_turned() -> None:
    grid = Grid(_table([("China", "", "Exports"), ("China", "", "Imports")], layout="years_across"))
    assert (grid.rows, grid.columns) == (2, 3)
    assert grid.column_header(0) == ("2015",)
    assert grid.address(1, 2) == (1, 2)


def test_sectors_by_measures_shows_one_year_and_leaves_absent_series_out() -> None:
    keys = [("", "Travel", "Imports"), ("", "Transport", "Exports"), ("", "Transport", "Imports")]
    grid = Grid(_table(keys, layout="sectors_measures"), 1)
    assert [_header(grid.row_header(row), "en") for row in range(grid.rows)] == [("Travel",), ("Transport",)]
    assert [_header(grid.column_header(at), "en") for at in range(grid.columns)] == [("Imports",), ("Exports",)]
    assert grid.address(0, 0) == (0, 1)
    assert grid.address(0, 1) == (-1, 1)
    assert grid.key(0, 1) == ("", "", "Travel", "Exports")
    assert grid.locate(0, 2) == (-1, -1)


def test_headers_leave_out_what_all_series_share() -> None:
    keys = [("China", "Services", "Exports"), ("World", "Services", "Exports")]
    grid = Grid(_table(keys))
    assert [_header(grid.column_header(at), "en") for at in range(2)] == [("China",), ("World",)]
    assert [name.en for name in grid.common] == ["Services", "Exports"]


def test_a_single_series_is_called_by_its_measure() -> None:
    grid = Grid(_table([("China", "Services", "Exports")]))
    assert _header(grid.column_header(0), "en") == ("Exports",)
    assert [name.en for name in grid.common] == ["China", "Services"]


def test_labels_of_the_same_name_are_numbered() -> None:
    table = _table([("a", "", "Exports"), ("b", "", "Exports")])
    twins = {**table.labels, "reporter": tuple(Label(each, Bilingual("Korea", "韩国")) for each in "ab")}
    grid = Grid(replace(table, labels=twins))
    assert [_header(grid.column_header(at), "en") for at in range(2)] == [("Korea",), ("Korea (2)",)]


def test_a_unit_is_named_where_it_is_not_that_of_the_table() -> None:
    keys = [("", "Travel", "Exports"), ("", "Travel", "Growth"), ("", "Travel", "Weight"), ("", "Other", "Weight")]
    units = (Unit("CNY", 1e8), Unit("%"), Unit("t"))
    table = _table(keys, units=units, codes={"unit": [0, 1, 2, 0]})
    down = Grid(table)
    assert [down.column_unit(at) for at in range(4)] == [None, Unit("%"), Unit("t"), None]
    square = Grid(replace(table, layout="sectors_measures"))
    assert [square.column_unit(at) for at in range(3)] == [None, Unit("%"), None]


@pytest.mark.parametrize(
    ("layout", "cell"), [("years_down", (1, 2)), ("years_across", (2, 1)), ("sectors_measures", (1, 0))]
)
def test_an_edited_cell_is_the_only_one_that_changed(layout: str, cell: tuple[int, int]) -> None:
    keys = [("", "Travel", "Exports"), ("", "Travel", "Imports"), ("", "Other", "Exports"), ("", "Other", "Imports")]
    project = Project("p", tables=(_table(keys, layout=layout),))
    after = apply(
        project, "set_cells", table="t", series=(("", "", "Other", "Exports"),), periods=(2016,), values=((9.5,),)
    )
    old = Grid(project.tables[0], 1)
    new = Grid(after.tables[0], 1, old)
    assert old.same_shape(new)
    assert list(old.changes(new)) == [(*cell, *cell)]
    assert list(new.changes(old)) == [(*cell, *cell)]


def test_a_mark_alone_is_a_change() -> None:
    table = _table([("", "", "Exports"), ("", "", "Imports")])
    marked = replace(table, marks={(1, 2): Mark("revised", "r")})
    assert list(Grid(table).changes(Grid(marked))) == [(2, 1, 2, 1)]


def test_a_number_of_another_year_does_not_change_what_sectors_by_measures_shows() -> None:
    project = Project("p", tables=(_table([("", "Travel", "Exports")], layout="sectors_measures"),))
    after = apply(
        project, "set_cells", table="t", series=(("", "", "Travel", "Exports"),), periods=(2015,), values=((9.5,),)
    )
    assert list(Grid(project.tables[0], 2).changes(Grid(after.tables[0], 2))) == []


def test_years_that_are_not_shown_come_without_a_change() -> None:
    table = _table([("", "Travel", "Exports")], layout="sectors_measures")
    project = Project("p", tables=(replace(table, marks={(0, 1): Mark("revised")}),))
    after = apply(project, "add_periods", table="t", periods=(2010,))
    old, new = Grid(project.tables[0], 1), Grid(after.tables[0], 2)
    assert old.same_shape(new)
    assert list(old.changes(new)) == []
    assert list(old.changes(Grid(after.tables[0], 1))) == [(0, 0, 0, 0)]


def test_a_new_year_is_one_new_row() -> None:
    project = Project("p", tables=(_table([("", "", "Exports")]),))
    after = apply(project, "add_periods", table="t", periods=(2014,))
    assert Grid(project.tables[0]).difference(Grid(after.tables[0])) == Difference(inserted_rows=((0, 0),))


def test_another_layout_is_no_difference_but_another_grid() -> None:
    table = _table([("", "", "Exports")])
    assert Grid(table).difference(Grid(replace(table, layout="years_across"))) is None


def test_rows_of_sectors_by_measures_keep_the_order_of_the_source() -> None:
    keys = [("", each, "Exports") for each in ("Travel", "Alpha", "Zulu", "Beta")]
    grid = Grid(_table(keys, layout="sectors_measures"))
    assert [_header(grid.row_header(at), "en")[0] for at in range(4)] == ["Travel", "Alpha", "Zulu", "Beta"]


def _world() -> Table:
    """200 reporters × 5,000 sectors × 2 flows: 2 million series over five years, without a loop over them."""
    count = 2_000_000
    number = np.arange(count, dtype=np.int32)
    nothing = frozen(np.full(count, -1, dtype=np.int32))
    zero = frozen(np.zeros(count, dtype=np.int32))
    labels = {
        "reporter": tuple(Label(f"r{at}", Bilingual(f"Economy {at}")) for at in range(200)),
        "partner": (),
        "sector": tuple(Label(f"s{at}", Bilingual(f"Sector {at}")) for at in range(5000)),
        "measure": (Label("exports", Bilingual("Exports")), Label("imports", Bilingual("Imports"))),
    }
    series = Series(
        frozen(number // 10_000), nothing, frozen(number // 2 % 5000), frozen(number % 2), zero, zero, nothing
    )
    column = blocks_of(np.arange(float(count)))
    return Table("w", Bilingual("World"), labels, series, Periods("year", tuple(range(2015, 2020))), (column,) * 5)


def test_two_million_series_are_shown_without_touching_each() -> None:
    table = _world()
    for layout in LAYOUTS:
        grid = Grid(replace(table, layout=layout))
        row, column = grid.rows - 1, grid.columns - 1
        assert table.value(*grid.address(row, column)) == 1_999_999
        assert grid.locate(1_999_999, 4) == (row, column)
    header = _header(Grid(table).column_header(1_999_999), "en")
    assert header == ("Economy 199", "Sector 4999", "Imports")


def test_a_cell_of_two_million_series_costs_little_more_than_one_of_ten() -> None:
    """Counted in function calls, because clocks differ between machines."""
    import sys

    def calls(table: Table) -> int:
        grid = Grid(table)
        grid.column_header(3)
        count = 0

        def trace(_frame: object, event: str, _argument: object) -> None:
            nonlocal count
            count += event in {"call", "c_call"}

        sys.setprofile(trace)
        grid.address(2, 3)
        grid.column_header(3)
        sys.setprofile(None)
        return count

    small = _table([("", f"s{at}", "Exports") for at in range(10)])
    assert calls(_world()) <= calls(small) + 20


def test_an_edited_cell_of_two_million_series_is_found_by_its_block() -> None:
    table = _world()
    block = table.values[3][70].copy()
    block[5] = -1.0
    blocks = (*table.values[3][:70], frozen(block), *table.values[3][71:])
    after = replace(table, values=(*table.values[:3], blocks, *table.values[4:]))
    old = Grid(table)
    series = 70 * 16_384 + 5
    assert list(old.changes(Grid(after, like=old))) == [(3, series, 3, series)]
