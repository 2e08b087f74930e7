"""What people type as numbers and units, and how numbers are shown."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.numbers import exact, fifteen_digits, grouped, parse_number, rounded
from core.text import Bilingual
from core.units import Unit, is_known_unit, parse_unit


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


# As UN Comtrade, the World Bank, Eurostat, the OECD, statistical offices of India and Nepal and China's customs write.
@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("USD Thousands", Unit("USD", 1e3)), ("US Dollars, Millions", Unit("USD", 1e6)), ("$m", Unit("USD", 1e6)),
        ("Thousands of US dollars", Unit("USD", 1e3)), ("$000", Unit("USD", 1e3)), ("1000 USD", Unit("USD", 1e3)),
        ("in million current US$", Unit("USD", 1e6)), ("BoP, current US$", Unit("USD")), ("€ bn", Unit("EUR", 1e9)),
        ("million of ECU/EURO", Unit("EUR", 1e6)), ("MIO_EUR", Unit("EUR", 1e6)), ("CP_MEUR", Unit("EUR", 1e6)),
        ("Mrd. EUR", Unit("EUR", 1e9)), ("k EUR", Unit("EUR", 1e3)), ("HK$ million", Unit("HKD", 1e6)),
        ("thousand million US$", Unit("USD", 1e9)), ("100 million yuan", Unit("CNY", 1e8)), ("RMB", Unit("CNY")),
        ("million US $", Unit("USD", 1e6)), ("Nepalese Rs. million", Unit("NPR", 1e6)),
        ("Rs.'000", Unit("Rs", 1e3)), ("Rs. crore", Unit("Rs", 1e7)), ("INR lakh crore", Unit("INR", 1e12)),
        ("人民币亿元", Unit("CNY", 1e8)), ("千万美元", Unit("USD", 1e7)), ("百亿元", Unit("CNY", 1e10)),
        ("万亿日元", Unit("JPY", 1e12)), ("美元（百万）", Unit("USD", 1e6)), ("100万美元", Unit("USD", 1e6)),
        ("亿欧元", Unit("EUR", 1e8)), ("million 元", Unit("CNY", 1e6)),
    ],
)  # fmt: skip
def test_money_is_read_as_publishers_write_it(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit
    assert unit.is_money
    assert is_known_unit(unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("万吨", Unit("t", 1e4)), ("吨", Unit("t")), ("万吨标准煤", Unit("tce", 1e4)), ("亿立方米", Unit("m3", 1e8)),
        ("亿千瓦小时", Unit("kWh", 1e8)), ("万千瓦时", Unit("kWh", 1e4)), ("万人", Unit("persons", 1e4)),
        ("台", Unit("sets")), ("万辆", Unit("vehicles", 1e4)), ("个", Unit("items")), ("双", Unit("pairs")),
        ("平方公里", Unit("km2")), ("km²", Unit("km2")), ("千克", Unit("kg")), ("tonnes", Unit("t")),
        ("Mio. t", Unit("t", 1e6)), ("thousand tonnes", Unit("t", 1e3)), ("kt", Unit("t", 1e3)), ("Mt", Unit("t", 1e6)),
        ("MT", Unit("t")), ("million m3", Unit("m3", 1e6)), ("GWh", Unit("kWh", 1e6)), ("TEU", Unit("TEU")),
        ("persons (thousands)", Unit("persons", 1e3)), ("litres", Unit("l")), ("1000 L", Unit("l", 1e3)),
        ("ten thousand tons", Unit("t", 1e4)), ("m", Unit("m")),
        ("per cent", Unit("%")), ("‰", Unit("%", 0.1)), ("fraction", Unit("%", 100)), ("百分点", Unit("pp")),
        ("index", Unit("index")), ("Index (2015=100)", Unit("index, 2015=100")),
    ],
)  # fmt: skip
def test_quantities_and_shares_are_no_money(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit
    assert not unit.is_money
    assert is_known_unit(unit)


@pytest.mark.parametrize(
    "text",
    [
        "GDP", "Value", "US$ per capita", "USD/t", "% of GDP", "per 1000 people", "元/吨", "¥ million", "2015", "k",
        "US", "× 0 t", "1e999 t", "current prices", "pen", "try", "all", "US$ or RMB", "exports",
        "years)", "(US$",
    ],
)  # fmt: skip
def test_what_is_no_unit_without_doubt_stays_a_text(text: str) -> None:
    assert parse_unit(text) == Unit(text)
    assert not is_known_unit(Unit(text))


@pytest.mark.parametrize("text", ["constant 2015 US$", "US$ (constant 2015 prices)", "2015 US$", "2015年不变价美元"])
def test_money_at_constant_prices_has_another_base(text: str) -> None:
    unit = parse_unit(text)
    assert unit == Unit("USD 2015")
    assert unit.is_money
    assert unit.factor_to(Unit("USD")) is None


@given(
    st.lists(st.sampled_from([*"0123456789 ×e.,()=年%", "US$", "million", "亿", "元", "t", "constant", "Rs"])).map(
        "".join
    )
)
def test_any_text_is_a_unit_or_a_scale_of_nothing(text: str) -> None:
    try:
        unit = parse_unit(text)
    except UserError:
        return
    assert 0 < unit.scale < math.inf
    assert unit.show("en").strip() or not unit.base.strip()


def test_a_fraction_is_a_hundred_per_cent() -> None:
    assert Unit("%", 100).factor_to(Unit("%")) == 100


@pytest.mark.parametrize("text", ["billion", "亿", "'000", "10 000", "in millions"])
def test_a_scale_without_a_currency_is_asked_for_and_not_guessed(text: str) -> None:
    with pytest.raises(UserError, match="names a scale but not of what"):
        parse_unit(text)


BASES = ("USD", "CNY", "EUR", "INR", "Rs", "KRW", "USD 2015", "t", "tce", "m3", "kWh", "persons", "km2", "TEU", "LCU")


@pytest.mark.parametrize("base", [*BASES, "pairs", "items", "l"])
@pytest.mark.parametrize("scale", [1.0, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12])
def test_the_name_of_a_unit_reads_back_as_the_unit(base: str, scale: float) -> None:
    assert [parse_unit(Unit(base, scale).show(language)) for language in ("en", "zh")] == [Unit(base, scale)] * 2


@pytest.mark.parametrize(
    "unit", [Unit("%"), Unit("%", 0.1), Unit("%", 100), Unit("pp"), Unit("index, 2015=100"), Unit()]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_name_of_a_share_reads_back_as_the_share(unit: Unit, language: str) -> None:
    assert parse_unit(unit.show(language)) == unit


def test_units_have_their_customary_names() -> None:
    assert Unit("t", 1e4).name == Bilingual("10 thousand t", "万吨")
    assert Unit("tce", 1e4).name == Bilingual("10 thousand tce", "万吨标准煤")
    assert Unit("USD", 1e8).name == Bilingual("US$ 100 million", "亿美元")
    assert Unit("USD 2015", 1e6).name == Bilingual("US$ million (constant 2015 prices)", "百万美元（2015年不变价）")


def test_scales_convert_and_currencies_do_not() -> None:
    assert Unit("USD", 1e9).factor_to(Unit("USD", 1e8)) == 10
    assert Unit("USD", 1e9).factor_to(Unit("CNY", 1e8)) is None


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ((0.1, 0.2), 0.3),
        ((497.7, 0.095), 497.795),
        ((1e15, 1.0), 1e15 + 1),
        ((24889713110081.7, 0.1), 24889713110081.8),
    ],
)
def test_a_sum_of_decimals_shows_no_binary_fractions(parts: tuple[float, float], total: float) -> None:
    assert fifteen_digits(np.array([sum(parts)])).tolist() == [total]


def test_numbers_without_fifteen_digits_stay_as_they_are() -> None:
    values = np.array([0.0, math.nan, 5e-324, 1e300, -2.5])
    assert np.array_equal(fifteen_digits(values), values, equal_nan=True)
