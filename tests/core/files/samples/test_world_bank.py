"""World Bank files; every number is a fact of the README that lies beside the sample files."""

from __future__ import annotations

import numpy as np
import pytest

from core.measures import summable
from core.units import Unit
from tests.core.files.samples.reading import NEEDS_SAMPLES, label, labels, missing, sample, series, value, values

pytestmark = NEEDS_SAMPLES

EXPORTS = "worldbank_exports_goods_services.csv"
MERCHANDISE = "worldbank_merchandise_four_sheets.xlsx"
EXTRACT = "databank_wdi_extract.csv"

# ---- one indicator as csv ----


def test_exports_of_goods_and_services_are_264_rows_of_which_244_have_numbers() -> None:
    table = sample(EXPORTS).table
    assert len(table.series) == len(labels(table, "reporter")) == 264
    assert table.periods.values == tuple(range(1960, 2021))
    filled = ~np.isnan(values(table))
    assert filled.any(axis=0).sum() == 244
    assert filled[table.period(2019)].sum() == 198
    assert filled[table.period(2020)].sum() == 0


@pytest.mark.parametrize(
    ("economy", "year", "expected"),
    [
        ("China", 2019, 2641273365373.5),
        ("United States", 2019, 2514751000000),
        ("Germany", 1970, 32653136322.3428),
        ("World", 2019, 24889713110081.7),
        ("China", 2020, None),
    ],
)
def test_a_number_of_exports_of_goods_and_services(economy: str, year: int, expected: float | None) -> None:
    assert value(sample(EXPORTS).table, year, reporter=economy) == expected


def test_the_unit_is_read_from_the_name_of_the_indicator() -> None:
    assert {sample(EXPORTS).table.unit(at) for at in range(264)} == {Unit("USD")}


def test_aggregates_among_the_countries_are_marked() -> None:
    read = sample(EXPORTS)
    roles = {name: label(read.table, "reporter", name).role for name in ("World", "Arab World", "Euro area", "China")}
    assert roles == {"World": "world", "Arab World": "aggregate", "Euro area": "aggregate", "China": ""}
    marked = {each for dimension, each in read.report.aggregates if dimension == "reporter"}
    assert len(marked) >= 40


def test_a_country_is_known_by_its_code() -> None:
    table = sample(EXPORTS).table
    assert {"CHN", "USA", "DEU", "ABW", "XKX", "WLD"} <= set(labels(table, "reporter"))
    assert labels(table, "reporter")["CHN"].name.zh == "中国"


def test_exports_and_imports_of_goods_and_services_come_in_as_the_flow() -> None:
    assert set(labels(sample(EXPORTS).table, "measure")) == {"exports"}


# ---- four sheets ----


def test_four_sheets_make_one_table_of_two_flows_and_three_years() -> None:
    read = sample(MERCHANDISE)
    (part,) = read.detected.parts
    assert len(part.uses) == 4
    assert read.left == {}
    table = read.table
    assert len(table.series) == 264 * 2
    assert table.periods.values == (2015, 2017, 2018)
    assert set(labels(table, "measure")) == {"imports", "exports"}
    assert len(labels(table, "reporter")) == 264
    assert missing(table) == 33 + 33 + 19 + 20


@pytest.mark.parametrize(
    ("economy", "flow", "year", "expected"),
    [
        ("Angola", "imports", 2017, 14463200000),
        ("South Africa", "exports", 2015, 80865253384),
        ("Zimbabwe", "exports", 2018, 4514000000),
        ("Andorra", "imports", 2015, None),
    ],
)
def test_a_number_of_the_four_sheets(economy: str, flow: str, year: int, expected: float | None) -> None:
    assert value(sample(MERCHANDISE).table, year, reporter=economy, measure=flow) == expected


def test_the_unit_of_the_four_sheets_is_dollars() -> None:
    table = sample(MERCHANDISE).table
    assert {table.unit(at) for at in range(len(table.series))} == {Unit("USD")}


# ---- an extract of the data bank ----

FERTILITY = ("SP.DYN.TFRT.IN", "Fertility rate, total (births per woman)", "Fertility rate, total")
WANTED = ("SP.DYN.WFRT", "Wanted fertility rate (births per woman)", "Wanted fertility rate")
MALE = (
    "SH.DYN.MORT.MA",
    "Mortality rate, under-5, male (per 1,000 live births)",
    "Mortality rate, under-5, male",
)


def test_an_extract_has_seven_regions_by_six_indicators_over_fifty_years() -> None:
    read = sample(EXTRACT)
    table = read.table
    assert len(table.series) == 42
    assert len(labels(table, "reporter")) == 7
    assert len(labels(table, "measure")) == 6
    assert table.periods.values == tuple(range(1967, 2017))
    assert missing(table) == 1027
    assert dict(read.report.missing) == {"..": 1027}


@pytest.mark.parametrize(
    ("region", "indicator", "year", "expected"),
    [
        ("TLA", FERTILITY, 1967, 5.67121346798826),
        ("TSA", FERTILITY, 2014, 2.5576526182918),
        ("TSS", MALE, 2000, 162.795304773319),
        ("TLA", WANTED, 1967, None),
    ],
)
def test_a_number_of_the_extract(region: str, indicator: tuple[str, ...], year: int, expected: float | None) -> None:
    assert value(sample(EXTRACT).table, year, reporter=region, measure=indicator) == expected


def test_rates_of_the_extract_are_never_added_up() -> None:
    assert not any(map(summable, labels(sample(EXTRACT).table, "measure")))


def test_regions_of_the_extract_are_aggregates() -> None:
    assert {each.role for each in labels(sample(EXTRACT).table, "reporter").values()} == {"aggregate"}


def test_the_unit_of_the_extract_is_no_money() -> None:
    table = sample(EXTRACT).table
    assert not table.unit(series(table, reporter="TLA", measure=FERTILITY)).is_money
