"""Periods as people write them, and what comes after the last."""

from __future__ import annotations

import pytest

from core.errors import UserError
from core.periods import next_period, parse_period, parse_span
from core.table import Periods


@pytest.mark.parametrize(
    ("kind", "text", "period"),
    [
        ("year", " 2019 ", 2019),
        ("year", "２０１９年", 2019),
        ("quarter", "2019Q3", 20193),
        ("quarter", "2019-q3", 20193),
        ("month", "2019-07", 201907),
        ("month", "201912", 201912),
        ("date", "2020-02-29", 20200229),
    ],
)
def test_a_period_is_read_as_people_write_it(kind: str, text: str, period: int) -> None:
    assert parse_period(kind, text) == period


@pytest.mark.parametrize(
    ("kind", "text"),
    [("year", "19"), ("year", "2019Q1"), ("year", ""), ("quarter", "2019Q5"), ("month", "2019-13"),
     ("date", "2019-02-29"), ("none", "2019")],
)  # fmt: skip
def test_what_is_no_period_is_refused_with_an_example(kind: str, text: str) -> None:
    with pytest.raises(UserError, match="Write it like"):
        parse_period(kind, text)


@pytest.mark.parametrize("text", ["2015–2018", "2015-2018", "2015 — 2018", "2015至2018", "2015..2018"])
def test_a_span_is_all_years_from_one_to_another(text: str) -> None:
    assert parse_span("year", text) == (2015, 2016, 2017, 2018)


def test_a_span_of_months_and_quarters_runs_over_the_end_of_the_year() -> None:
    assert parse_span("month", "2019-11–2020-02") == (201911, 201912, 202001, 202002)
    assert parse_span("quarter", "2019Q4–2020Q1") == (20194, 20201)


@pytest.mark.parametrize("text", ["2018–2015", "2015–2016–2017", "1000–9999", "soon"])
def test_a_span_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        parse_span("year", text)


@pytest.mark.parametrize(
    ("periods", "following"),
    [
        (Periods("year", (2017, 2018)), 2019),
        (Periods("year", (2000, 2005, 2010)), 2015),
        (Periods("year", (2000, 2005, 2006)), 2007),
        (Periods("year", (2017,)), 2018),
        (Periods("quarter", (20193, 20194)), 20201),
        (Periods("month", (201911, 201912)), 202001),
        (Periods("date", (20200227, 20200228)), 20200229),
        (Periods("year", ()), None),
        (Periods("year", (9999,)), None),
        (Periods("none", (0,)), None),
        (Periods("date", (20190229,)), None),
    ],
)
def test_a_table_goes_on_in_its_own_steps(periods: Periods, following: int | None) -> None:
    assert next_period(periods) == following
