"""What people type as numbers and units, and how numbers are shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.numbers import exact, grouped, parse_number, rounded
from core.units import Unit, parse_unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0), ("-3.7", -3.7), ("−3.7", -3.7), ("1,234.5", 1234.5), ("1 234.5", 1234.5), ("１２．５", 12.5),
        ("(12.5)", -12.5), ("1e3", 1000.0), (".5", 0.5), ("+4", 4.0), ("1\u00a0234", 1234.0), ("1'234", 1234.0),
        ("", None), ("   ", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_a_person_means_it(text: str, value: float | None) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["n.a.", "1,23", "12%", "nan", "inf", "1_000", "--3", ".", "1e999", "0x10", "1.2.3"])
def test_a_text_never_becomes_a_number_by_accident(text: str) -> None:
    with pytest.raises(UserError, match=r"no number|too large"):
        parse_number(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_a_cell_shows_reads_back_as_the_same_number(value: float) -> None:
    assert parse_number(exact(value)) == value
    assert parse_number(grouped(exact(value))) == value


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (-0.01829122, 2, "-0.02"), (2.675, 2, "2.68"), (-0.001, 2, "0.00")],
)
def test_rounding_takes_halves_away_from_zero_as_printed_tables_do(value: float, decimals: int, text: str) -> None:
    assert rounded(value, decimals) == text


def test_a_missing_value_is_shown_as_nothing() -> None:
    assert rounded(math.nan, 2) == exact(math.nan) == ""


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("亿美元", Unit("USD", 1e8)), ("亿元", Unit("CNY", 1e8)), ("千美元", Unit("USD", 1e3)),
        ("万元", Unit("CNY", 1e4)), ("US$ billion", Unit("USD", 1e9)), ("US$ million", Unit("USD", 1e6)),
        ("USD mn", Unit("USD", 1e6)), ("US dollar thousand", Unit("USD", 1e3)), ("EUR", Unit("EUR", 1.0)),
        ("US$ 100 million", Unit("USD", 1e8)), ("亿元人民币", Unit("CNY", 1e8)), ("%", Unit("%")), ("", Unit()),
        ("t", Unit("t")), ("十亿美元", Unit("USD", 1e9)), ("'000 US$", Unit("USD", 1e3)), ("Mio EUR", Unit("EUR", 1e6)),
    ],
)  # fmt: skip
def test_units_are_read_in_both_languages(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit


def test_a_scale_without_a_currency_is_asked_for_and_not_guessed() -> None:
    with pytest.raises(UserError, match="names a scale but not of what"):
        parse_unit("billion")


@pytest.mark.parametrize("unit", [Unit("USD", 1e8), Unit("CNY", 1e8), Unit("USD", 1e9), Unit("%"), Unit("EUR", 1e6)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_name_of_a_unit_reads_back_as_the_unit(unit: Unit, language: str) -> None:
    assert parse_unit(unit.show(language)) == unit


def test_scales_convert_and_currencies_do_not() -> None:
    assert Unit("USD", 1e9).factor_to(Unit("USD", 1e8)) == 10
    assert Unit("USD", 1e9).factor_to(Unit("CNY", 1e8)) is None
