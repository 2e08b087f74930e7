"""What a correction changes in a mapping, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.files.mapping import SheetMapping
from core.units import Unit
from gui.importing.corrections import (
    missing_words,
    with_column_role,
    with_end,
    with_first,
    with_heading,
    with_level_role,
    with_meant,
    with_missing,
    with_skipped,
    with_top,
    with_unit,
)

MAPPING = SheetMapping("T", 2, ("measure", "year"), ("reporter", "value", "value", "ignore"), 10)


def test_a_role_that_one_column_has_leaves_its_old_column() -> None:
    assert with_column_role(MAPPING, [3], "reporter").columns == ("ignore", "value", "value", "reporter")


@pytest.mark.parametrize("role", ["value", "ignore", "summed"])
def test_roles_that_several_columns_can_have_leave_the_others_alone(role: str) -> None:
    assert with_column_role(MAPPING, [0, 3], role).columns == (role, "value", "value", role)


def test_a_column_beyond_the_mapping_can_get_a_role() -> None:
    columns = ("reporter", "value", "value", "ignore", "ignore", "unit")
    assert with_column_role(MAPPING, [5], "unit").columns == columns


def test_two_header_rows_never_say_the_same() -> None:
    assert with_level_role(MAPPING, 0, "year").levels == ("year", "ignore")


def test_a_header_that_begins_higher_has_rows_that_say_nothing_yet() -> None:
    assert (with_top(MAPPING, 0).header, with_top(MAPPING, 0).levels) == (0, ("ignore", "ignore", "measure", "year"))
    assert (with_top(MAPPING, 3).header, with_top(MAPPING, 3).levels) == (3, ("year",))
    assert with_top(MAPPING, 9).levels == ("year",), "the last header row stays"


def test_a_table_that_begins_lower_leaves_out_the_rows_above() -> None:
    moved = with_first(MAPPING, 6)
    assert (moved.first, moved.skipped) == (4, (4, 5))


def test_a_table_that_begins_in_the_header_has_fewer_header_rows() -> None:
    assert (with_first(MAPPING, 3).levels, with_first(MAPPING, 3).first) == (("measure",), 3)
    assert (with_first(MAPPING, 1).levels, with_first(MAPPING, 1).first) == ((), 1)


def test_a_table_never_ends_before_it_begins() -> None:
    assert with_end(MAPPING, 7).end == 8
    assert with_end(MAPPING, 0).end == MAPPING.first


def test_rows_are_left_out_and_taken_in_again() -> None:
    out = with_skipped(MAPPING, (5, 7), True)
    assert out.skipped == (5, 7)
    assert with_skipped(out, (5,), False).skipped == (7,)


def test_a_heading_is_no_row_that_is_left_out() -> None:
    headed = with_heading(with_skipped(MAPPING, (5,), True), 5, "measure")
    assert (headed.headings, headed.skipped) == ("measure", ())
    assert with_heading(headed, 5, "").skipped == (5,)


def test_the_unit_of_a_column_can_be_stated_and_taken_back() -> None:
    stated = with_unit(MAPPING, [1, 2], Unit("USD", 1e6))
    assert stated.units == {"1": Unit("USD", 1e6), "2": Unit("USD", 1e6)}
    assert with_unit(stated, [1], None).units == {"2": Unit("USD", 1e6)}


def test_missing_marks_are_a_list_with_semicolons() -> None:
    listed = with_missing(MAPPING, " ..;- ；-99; ;..")
    assert listed.missing == ("..", "-", "-99")
    assert missing_words(listed) == "..; -; -99"
    assert with_missing(listed, "").missing == ()


def test_confirmed_names_are_added_to_those_before() -> None:
    first = with_meant(MAPPING, "reporter", "Korea, Rep. of", "KOR")
    both = with_meant(first, "reporter", "Viet-nam", "VNM")
    assert both.meant == {"reporter": {"Korea, Rep. of": "KOR", "Viet-nam": "VNM"}}
    assert replace(both, meant={}) == MAPPING
