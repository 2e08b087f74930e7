"""Words of a header never become a factor, a flow or a number that they do not mean."""

from __future__ import annotations

import math

import pytest

from core.errors import UserError
from core.files.values import read_value
from core.measures import measure_label, summable
from core.units import Unit, parse_unit


@pytest.mark.parametrize(
    "written",
    [
        "Exports to GDP ratio", "Exports to imports ratio", "Exports to output", "exports by value growth",
        "Exports from 2010 growth", "Imports to consumption", "Exports to world share",
    ],
)  # fmt: skip
def test_a_ratio_of_exports_is_not_exports(written: str) -> None:
    assert not summable(measure_label(written).id)


@pytest.mark.parametrize("written", ["Exports to China", "Imports from Japan", "Exports to the EU"])
def test_trade_with_one_partner_is_not_all_trade(written: str) -> None:
    assert measure_label(written).id not in {"exports", "imports"}


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("Exports by country", "exports"), ("Imports by product category", "imports"), ("Exports to World", "exports"),
        ("Imports from all countries", "imports"), ("Commercial services exports by main sector", "exports"),
        ("Exports to partner countries", "exports"), ("Merchandise exports by product group, 2019", "exports"),
    ],
)  # fmt: skip
def test_words_about_the_columns_change_no_flow(written: str, wanted: str) -> None:
    assert measure_label(written).id == wanted


@pytest.mark.parametrize(
    "written", ["USD million 2015", "US$ million, 2015", "Current USD 2015", "EUR 2010 million", "2015亿元", "2019 t"]
)
def test_a_year_in_a_unit_is_no_factor(written: str) -> None:
    try:
        unit = parse_unit(written)
    except UserError:
        return
    assert unit == Unit(written)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("US$ million at 2015 prices", Unit("USD 2015", 1e6)),
        ("2015 US$", Unit("USD 2015")),
        ("index, 2015=100", Unit("index, 2015=100")),
        ("1000 USD", Unit("USD", 1e3)),
        ("USD × 2000", Unit("USD", 2000.0)),
        ("10亿美元", Unit("USD", 1e9)),
    ],
)
def test_base_years_prices_and_factors_stay_what_they_are(written: str, wanted: Unit) -> None:
    assert parse_unit(written) == wanted


@pytest.mark.parametrize("written", ["2.1 B", "2.1B", "5k", "3 m", "4 M", "7 bn"])
def test_a_letter_for_billions_is_no_footnote(written: str) -> None:
    found = read_value(written)
    assert (math.isnan(found.number), found.kind) == (True, "text")
