"""Eurostat, WTO, UNCTAD and United Nations; every number is a fact of the README beside the sample files."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from core.measures import summable
from core.table import Table
from core.units import Unit
from tests.core.files.samples.reading import (
    NEEDS_SAMPLES,
    Names,
    label,
    labels,
    mark,
    missing,
    of_year,
    sample,
    series,
    value,
    values,
)

pytestmark = NEEDS_SAMPLES

EUROSTAT = "eurostat_world_trade_sitc.xlsx"
WTO = "wto_bilateral_imports_japan.xlsx"
UNCTAD = "unctadstat_primary_exports_to_china.csv"
COMTRADE = "comtrade_plus_services_2022.csv"
PROFILES = "un_country_profiles_2017.csv"
EU27 = "European Union - 27 countries (from 2020)"
TOTAL = "Total - all products"

# ---- Eurostat: 47 sheets of one layout ----


def test_forty_seven_sheets_make_one_table() -> None:
    read = sample(EUROSTAT)
    (part,) = read.detected.parts
    assert len(part.uses) == 47
    table = read.table
    assert len(table.series) == 564
    assert table.periods.values == tuple(range(2002, 2023))
    assert [len(labels(table, each)) for each in ("reporter", "sector", "measure")] == [12, 8, 6]


def test_sheets_without_data_and_the_broken_one_are_left_out_with_a_reason() -> None:
    left = sample(EUROSTAT).left
    assert set(left) == {"Summary", "Structure", "Raw Materials"}
    assert all(reason.endswith(".") for reason in left.values())


def test_russia_in_2022_is_missing_on_each_sheet_and_nothing_else() -> None:
    read = sample(EUROSTAT)
    where = [(table_period, at) for table_period, at in np.argwhere(np.isnan(values(read.table))).tolist()]
    assert len(where) == 47
    assert {read.table.periods.values[when] for when, _ in where} == {2022}
    assert {read.table.key(at)[0] for _, at in where} == {"RUS"}
    assert dict(read.report.missing) == {":": 47}


def measures_named(table: Table) -> dict[str, str]:
    """Which measure an indicator became: by its name in the file, or by that of the catalogue."""
    indicators: dict[str, Names] = {
        "ratio": ("Export/Import ratio",),
        "share of imports": (
            "Share of national imports in world imports (%)",
            "Share of national imports in world imports",
        ),
        "share of exports": (
            "Share of national exports in world exports (%)",
            "Share of national exports in world exports",
        ),
        "balance": ("Trade balance in million ECU/EURO", "stated_balance"),
        "exports": ("Exports in million of ECU/EURO", "exports"),
        "imports": ("Imports in million of ECU/EURO", "imports"),
    }
    return {name: label(table, "measure", names).id for name, names in indicators.items()}


def test_each_indicator_is_a_measure_with_the_sheets_it_has() -> None:
    table = sample(EUROSTAT).table
    count = Counter(table.key(at)[3] for at in range(len(table.series)))
    assert {name: count[measure] for name, measure in measures_named(table).items()} == {
        "ratio": 96,
        "share of imports": 96,
        "share of exports": 84,
        "balance": 96,
        "exports": 96,
        "imports": 96,
    }


def test_the_flows_of_eurostat_are_flows_and_shares_are_never_added_up() -> None:
    named = measures_named(sample(EUROSTAT).table)
    assert (named["exports"], named["imports"]) == ("exports", "imports")
    assert not any(summable(named[each]) for each in ("ratio", "share of imports", "share of exports"))


def test_each_sheet_of_eurostat_keeps_its_unit() -> None:
    table = sample(EUROSTAT).table
    named = {measure: name for name, measure in measures_named(table).items()}
    units = {(named[table.key(at)[3]], table.unit(at)) for at in range(len(table.series))}
    million = Unit("EUR", 1e6)
    assert units == {
        ("ratio", Unit()),
        ("share of imports", Unit("%")),
        ("share of exports", Unit("%")),
        ("balance", million),
        ("exports", million),
        ("imports", million),
    }


@pytest.mark.parametrize(
    ("flow", "economy", "year", "expected"),
    [
        ("exports", "China except Hong Kong", 2022, 3412726.9),
        ("imports", "United States", 2010, 1484694.8),
        ("exports", EU27, 2002, 999452.8),
    ],
)
def test_a_number_of_eurostat(flow: str, economy: str, year: int, expected: float) -> None:
    assert value(sample(EUROSTAT).table, year, reporter=economy, sector=TOTAL, measure=flow) == expected


def test_competitiveness_of_china_from_eurostat() -> None:
    x, m = (
        of_year(sample(EUROSTAT).table, 2022, reporter="China except Hong Kong", sector=TOTAL, measure=flow)
        for flow in ("exports", "imports")
    )
    assert (x - m) / (x + m) == pytest.approx(0.1391, abs=5e-5)


def test_the_union_is_an_aggregate_and_all_products_the_total() -> None:
    table = sample(EUROSTAT).table
    assert label(table, "reporter", EU27).role == "aggregate"
    assert [each.role for each in labels(table, "sector").values() if each.role] == ["total"]
    assert label(table, "sector", TOTAL).role == "total"


# ---- WTO: three label columns ----


def test_imports_of_japan_by_product_and_partner() -> None:
    table = sample(WTO).table
    assert len(table.series) == 2729
    assert [len(labels(table, each)) for each in ("reporter", "partner", "sector")] == [1, 185, 22]
    assert set(labels(table, "reporter")) == {"JPN"}
    assert set(labels(table, "measure")) == {"imports"}
    assert table.periods.values == (2015, 2016, 2017, 2018, 2019)
    assert missing(table) == 2400
    assert table.units == (Unit("USD"),)


@pytest.mark.parametrize(
    ("sector", "partner", "year", "expected"),
    [
        ("MT2 - 01 - Animal products", "World", 2019, 14457830927),
        ("MT2 - 01 - Animal products", "Argentina", 2016, 9714136),
        ("MT2 - 22 - Manufactures n.e.s.", "Viet Nam", 2019, 970062802),
        ("MT2 - 01 - Animal products", "Andorra", 2015, None),
    ],
)
def test_a_number_of_the_imports_of_japan(sector: str, partner: str, year: int, expected: float | None) -> None:
    assert value(sample(WTO).table, year, sector=sector, partner=partner) == expected


def test_the_world_among_the_partners_of_japan_is_marked_and_has_a_series_for_each_product() -> None:
    table = sample(WTO).table
    world = label(table, "partner", "World")
    assert world.role == "world"
    assert sum(table.key(at)[1] == world.id for at in range(len(table.series))) == 22


# ---- UNCTAD: two header rows, a heading, groups ----


def test_groups_exporting_to_china_are_151_and_their_heading_is_no_series() -> None:
    read = sample(UNCTAD)
    table = read.table
    assert len(table.series) == 151
    assert not np.isnan(values(table)).all(axis=0).any()
    assert table.periods.values == tuple(range(1995, 2018))
    assert missing(table) == 10 + 13
    assert read.report.missing[".."] == 10
    assert read.report.missing["_"] in {13, 36}


@pytest.mark.parametrize(
    ("group", "year", "expected"),
    [
        ("World", 2017, 338265610.399),
        ("BRICS", 1995, 256751.182),
        ("LDCs: Islands", 1996, 11.055),
        ("LDCs: Islands", 1995, None),
    ],
)
def test_a_number_of_the_groups(group: str, year: int, expected: float | None) -> None:
    assert value(sample(UNCTAD).table, year, reporter=named(group)) == expected


def named(start: str) -> str:
    """The full name of a group, some of which have a note in brackets."""
    names = [each.name.show("en") for each in labels(sample(UNCTAD).table, "reporter").values()]
    return next((name for name in names if name == start or name.startswith(f"{start} (")), start)


def test_a_group_may_miss_years() -> None:
    table = sample(UNCTAD).table
    row = table.row(series(table, reporter=named("CEFTA")))
    assert np.isnan(row).sum() == 13


def test_what_the_lines_above_the_groups_say_holds_for_all() -> None:
    table = sample(UNCTAD).table
    assert set(labels(table, "partner")) == {"CHN"}
    (product,) = labels(table, "sector").values()
    assert "Primary products" in product.name.show("en")


def test_no_group_is_taken_for_a_country() -> None:
    countries = [each.name.show("en") for each in labels(sample(UNCTAD).table, "reporter").values() if not each.role]
    assert countries == []


def test_a_stray_byte_does_not_spoil_a_name() -> None:
    names = [each.name.show("en") for each in labels(sample(UNCTAD).table, "reporter").values()]
    assert "Western Asia and Northern Africa" in names


def test_the_unit_of_the_groups_is_not_invented() -> None:
    assert sample(UNCTAD).table.units == (Unit(),)


# ---- Comtrade: 47 names, 48 fields ----


def test_trade_in_services_has_120_series_of_one_value() -> None:
    table = sample(COMTRADE).table
    assert len(table.series) == 120
    assert table.periods.kind == "year"
    assert table.periods.values == (2022,)
    assert missing(table) == 0
    assert set(labels(table, "reporter")) == {"CHN", "DEU", "USA"}
    assert set(labels(table, "measure")) == {"exports", "imports"}
    assert table.units == (Unit("USD"),)


@pytest.mark.parametrize(
    ("reporter", "partner", "flow", "expected"),
    [
        ("China", "World", "exports", 368952755652),
        ("Germany", "Türkiye", "imports", 5150460849.33),
        ("USA", "World", "imports", 696709000000),
    ],
)
def test_a_number_of_trade_in_services(reporter: str, partner: str, flow: str, expected: float) -> None:
    assert value(sample(COMTRADE).table, 2022, reporter=reporter, partner=partner, measure=flow) == expected


def test_both_codes_of_all_services_are_totals() -> None:
    table = sample(COMTRADE).table
    assert {each.role for each in labels(table, "sector").values()} == {"total"}


def test_the_world_stands_beside_57_partners_of_germany_in_each_flow() -> None:
    table = sample(COMTRADE).table
    world = label(table, "partner", "World")
    assert world.role == "world"
    keys = [table.key(at) for at in range(len(table.series))]
    partners = Counter(flow for reporter, partner, _, flow in keys if reporter == "DEU" and partner != world.id)
    assert partners == {"exports": 57, "imports": 57}


# ---- country profiles: no time ----

EXPORTS = ("exports", "International trade: Exports", "International trade: Exports (million US$)")
IMPORTS = ("imports", "International trade: Imports", "International trade: Imports (million US$)")
BALANCE = ("stated_balance", "International trade: Balance", "International trade: Balance (million US$)")


def test_profiles_are_229_countries_by_48_indicators_at_one_time() -> None:
    table = sample(PROFILES).table
    assert len(labels(table, "reporter")) == 229
    assert len(labels(table, "measure")) == 48
    assert len(table.series) == 229 * 48
    assert len(table.periods.values) == 1
    assert (table.series.partner < 0).all()


@pytest.mark.parametrize(
    ("country", "measure", "expected"),
    [
        ("China", EXPORTS, 2118981),
        ("American Samoa", EXPORTS, None),
        ("Germany", IMPORTS, 1060672),
        ("United States of America", BALANCE, -796494),
    ],
)
def test_a_number_of_the_profiles(country: str, measure: tuple[str, ...], expected: float | None) -> None:
    table = sample(PROFILES).table
    at = table.periods.values[0]
    assert value(table, at, reporter=country, measure=measure) == expected
    assert table.unit(series(table, reporter=country, measure=measure)) == Unit("USD", 1e6)


def test_eighteen_countries_without_exports_and_one_whose_are_not_known_have_no_value() -> None:
    table = sample(PROFILES).table
    measure = label(table, "measure", EXPORTS).id
    numbers = [table.value(at, 0) for at in range(len(table.series)) if table.key(at)[3] == measure]
    assert len(numbers) == 229
    assert int(np.isnan(numbers).sum()) == 18 + 1


def test_marks_of_missing_values_in_the_profiles_are_counted() -> None:
    assert dict(sample(PROFILES).report.missing) == {"-99": 1152, "...": 207, ".../...": 87}


def test_near_zeros_of_the_profiles_are_zeros_with_a_mark() -> None:
    read = sample(PROFILES)
    near = {place: mark for place, mark in read.table.marks.items() if mark.kind == "near_zero"}
    assert Counter(mark.raw for mark in near.values()) == {"~0": 5, "~0.0": 39, "-~0.0": 4}
    assert read.report.near_zero == 48
    assert {read.table.value(*place) for place in near} == {0.0}


def test_two_numbers_in_a_cell_are_no_number_and_are_said() -> None:
    table = sample(PROFILES).table
    life = ("Life expectancy at birth (females/males, years)", "Life expectancy at birth")
    when = table.periods.values[0]
    assert value(table, when, reporter="Afghanistan", measure=life) is None
    noted = mark(table, when, reporter="Afghanistan", measure=life)
    assert noted is not None
    assert (noted.kind, noted.raw) == ("two_numbers", "63.5/61.0")
    assert sum(each.kind == "two_numbers" for each in table.marks.values()) == 1979
