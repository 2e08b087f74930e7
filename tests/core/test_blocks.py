"""Blocks of cells: read as spreadsheets write them, and turned into one edit whose numbers land where they belong."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.blocks import block_text, read_block, spare_header, write_block, write_values
from core.edits import apply
from core.errors import UserError
from core.layouts import Grid
from core.project import Project
from core.table import LAYOUTS, Label, Mark, Periods, new_table
from core.text import Bilingual
from core.units import Unit


def _project(layout: str = "years_down", periods: Periods = Periods("year", (2015, 2016, 2017))) -> Project:  # noqa: B008
    """China's exports and imports of travel and transport, the numbers 0 to 11 over three years."""
    table = new_table(
        "t",
        Bilingual("T"),
        {
            "reporter": [Label("CHN", Bilingual("China", "中国"))],
            "sector": [Label("travel", Bilingual("Travel", "旅行")), Label("transport", Bilingual("Transport"))],
            "measure": [Label("exports", Bilingual("Exports", "出口")), Label("growth", Bilingual("Growth"))],
        },
        {"reporter": [0] * 4, "sector": [0, 0, 1, 1], "measure": [0, 1, 0, 1], "unit": [0, 1, 0, 1]},
        periods,
        np.arange(4.0 * len(periods.values)).reshape(len(periods.values), 4),
        units=(Unit("USD", 1e9), Unit("%")),
        layout=layout,
    )
    return Project("p", tables=(table,))


def _ids() -> itertools.count[int]:
    return itertools.count(1)


def _paste(project: Project, text: str, row: int = 0, column: int = 0) -> Project:
    ids = _ids()
    write = write_block(project, Grid(project.tables[0]), row, column, read_block(text), lambda: f"new{next(ids)}")
    return project if write is None else apply(project, "set_cells", table="t", **write.arguments)


def _numbers(project: Project) -> list[list[float]]:
    grid = Grid(project.tables[0])
    return [
        [None if v != v else v for v in row] for row in grid.values((0, 0, grid.rows - 1, grid.columns - 1)).tolist()
    ]


def _columns(project: Project) -> list[str]:
    grid = Grid(project.tables[0])
    return [" · ".join(part.show("en") for part in grid.column_header(at)) for at in range(grid.columns)]  # type: ignore[union-attr]


def test_a_clipboard_is_read_with_the_quotes_of_excel() -> None:
    assert read_block('1\t"a ""b""\nc"\r\n2\r\n\r\n') == [["1", 'a "b"\nc'], ["2", ""]]
    assert read_block("") == []


@given(
    st.lists(st.lists(st.floats(allow_nan=True, allow_infinity=False), min_size=4, max_size=4), min_size=3, max_size=3)
)
def test_what_is_copied_and_pasted_again_is_the_same_to_the_last_digit(numbers: list[list[float]]) -> None:
    project = _project()
    table = replace(project.tables[0].with_columns([np.array(row) for row in numbers]))
    full = replace(project, tables=(table,))
    for layout in LAYOUTS:
        shown = apply(full, "set_layout", table="t", layout=layout)
        empty = replace(shown, tables=(shown.tables[0].with_columns([np.full(4, np.nan)] * 3),))
        grid = Grid(shown.tables[0])
        area = (0, 0, grid.rows - 1, grid.columns - 1)
        for headers in (False, True):
            pasted = _paste(empty, block_text(grid, area, headers, "en"))
            assert np.array_equal(Grid(pasted.tables[0]).values(area), grid.values(area), equal_nan=True), (
                layout,
                headers,
            )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_copied_headers_lead_back_to_their_lines_from_any_cell(layout: str, language: str) -> None:
    project = _project(layout)
    grid = Grid(project.tables[0])
    text = block_text(grid, (0, 0, grid.rows - 1, grid.columns - 1), True, language)
    assert _paste(project, text, 1, 1) is project


def test_numbers_beyond_the_last_year_continue_the_years() -> None:
    after = _paste(_project(), "1.5\n2.5\n3.5", 2, 0)
    assert after.tables[0].periods.values == (2015, 2016, 2017, 2018, 2019)
    assert [row[0] for row in _numbers(after)] == [0, 4, 1.5, 2.5, 3.5]


def test_numbers_beyond_the_last_series_make_measures_with_plain_names() -> None:
    after = _paste(_project(), "1\t2\t3", 0, 3)
    assert _columns(after)[4:] == ["Transport · Series 3", "Transport · Series 4"]
    assert _numbers(after)[0] == [0, 1, 2, 1, 2, 3]
    assert _numbers(after)[1][4:] == [None, None]


def test_numbers_below_the_last_sector_make_sectors() -> None:
    after = _paste(_project("sectors_measures"), "7\t8", 2, 0)
    grid = Grid(after.tables[0])
    assert [part.show("en") for part in grid.row_header(2)] == ["Sector 3"]  # type: ignore[union-attr]
    assert _numbers(after)[2] == [7, 8]


def test_years_and_names_inside_the_block_decide_where_numbers_go() -> None:
    for block in ("2016\t3\t4\n2018\t1\t2", "2018\t1\t2\n2016\t3\t4"):
        after = _paste(_project(), "\tTransport · Exports\tTravel · Exports\n" + block, 0, 3)
        assert after.tables[0].periods.values == (2015, 2016, 2017, 2018)
        assert _numbers(after)[1] == [4, 5, 3, 7]
        assert _numbers(after)[3] == [2, None, 1, None]


def test_a_column_of_known_years_is_not_taken_for_numbers() -> None:
    after = _paste(_project(), "2016\t50\n2017\t60", 0, 0)
    assert [row[0] for row in _numbers(after)] == [0, 50, 60]


def test_numbers_that_only_look_like_years_stay_numbers() -> None:
    after = _paste(_project(), "1990\t50\n1850\t60", 0, 0)
    assert _numbers(after)[0][:2] == [1990, 50]
    single = _paste(_project(), "2015\n2016\n2017", 0, 0)
    assert [row[0] for row in _numbers(single)] == [2015, 2016, 2017]


def test_a_header_that_nobody_knows_makes_a_measure_of_that_name() -> None:
    after = _paste(_project(), "Tourist arrivals\n5\n6\n7", 0, 0)
    assert _columns(after)[-1] == "Transport · Tourist arrivals"
    assert [row[-1] for row in _numbers(after)] == [5, 6, 7]


def test_names_and_years_are_read_across_too() -> None:
    after = _paste(_project("years_across"), "\t2017\t2018\nTravel · Exports\t1\t2\n", 0, 0)
    assert _numbers(after)[0] == [0, 4, 1, 2]


def test_a_cell_that_is_no_number_refuses_the_block_and_is_named() -> None:
    with pytest.raises(UserError, match=r"Nothing was pasted. Row 2, column 1 of the block: “abc” is no number"):
        _paste(_project(), "1\t2\nabc\t3")
    with pytest.raises(UserError, match="Row 3, column 2"):
        _paste(_project(), "\tTravel · Exports\n2016\t1\n2017\tn/a")


def test_a_year_that_stands_twice_is_refused() -> None:
    with pytest.raises(UserError, match="stands twice"):
        _paste(_project(), "Travel · Exports\tTravel · Exports (US$ billion)\n1\t2")


def test_an_empty_block_beyond_the_table_adds_nothing() -> None:
    project = _project()
    ids = _ids()
    assert write_values(project, Grid(project.tables[0]), 3, 0, [[None]], lambda: f"new{next(ids)}") is None


def test_absent_pairs_of_sector_and_measure_come_into_being_only_with_a_number() -> None:
    project = apply(_project("sectors_measures"), "remove_series", table="t", series=(("CHN", "", "travel", "growth"),))
    grid = Grid(project.tables[0])
    row = next(at for at in range(2) if grid.row_line(at).key[2] == "travel")
    column = next(at for at in range(2) if grid.column_line(at).key[3] == "growth")
    assert write_values(project, grid, row, column, [[None]], lambda: "new") is None
    write = write_values(project, grid, row, column, [[5.0]], lambda: "new")
    assert write is not None
    assert write.arguments["series"] == (("CHN", "", "travel", "growth"),)


def test_a_cross_section_cannot_grow_downwards() -> None:
    project = _project(periods=Periods("none", (0,)))
    assert spare_header(Grid(project.tables[0])) is None
    with pytest.raises(UserError, match="Add it first"):
        _paste(project, "1\n2", 0, 0)


def test_the_spare_row_says_what_it_would_be() -> None:
    headers = [spare_header(Grid(_project(layout).tables[0])) for layout in LAYOUTS]
    assert headers[0] == "2018"
    assert [each.en for each in headers[1:]] == ["Series 3", "Sector 3"]  # type: ignore[union-attr]


def test_pasting_over_marks_takes_them_away() -> None:
    project = _project()
    marked = replace(project, tables=(replace(project.tables[0], marks={(0, 0): Mark("revised", "0r")}),))
    assert not _paste(marked, "5", 0, 0).tables[0].marks


def test_a_block_that_changes_nothing_gives_the_same_project() -> None:
    project = _project()
    assert _paste(project, "0\t1\t2\t3\n4\t5\t6\t7") is project
