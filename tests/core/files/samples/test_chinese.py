"""Chinese tables; every number is a fact of the README that lies beside the sample files."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from core.measures import summable
from core.units import Unit, parse_unit
from tests.core.files.samples.reading import NEEDS_SAMPLES, label, labels, missing, of_year, sample, series, value

pytestmark = NEEDS_SAMPLES

ENERGY = "nbs_china_energy_annual.xls"
CUSTOMS = "china_customs_monthly.xlsx"
OIL = "china_oil_trade_volume.xlsx"

# ---- energy, newest first ----


def test_energy_has_fourteen_series_in_rising_years() -> None:
    table = sample(ENERGY).table
    assert len(table.series) == 14
    assert table.periods.kind == "year"
    assert table.periods.values == tuple(range(2015, 2025))
    assert missing(table) == 21


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("能源消费总量", 2015, 434113),
        ("煤油消费量", 2022, 2073.66),
        ("天然气消费量", 2021, 3772.96),
        ("煤油消费量", 2024, None),
    ],
)
def test_a_number_of_energy(name: str, year: int, expected: float | None) -> None:
    assert value(sample(ENERGY).table, year, measure=name) == expected


@pytest.mark.parametrize(
    ("name", "unit", "scale"),
    [
        ("能源消费总量", "万吨标准煤", 1e4),
        ("煤油消费量", "万吨", 1e4),
        ("天然气消费量", "亿立方米", 1e8),
        ("电力消费量", "亿千瓦小时", 1e8),
        ("煤炭占能源消费总量的比重", "%", 1),
    ],
)
def test_the_unit_of_energy_stands_behind_each_name(name: str, unit: str, scale: float) -> None:
    table = sample(ENERGY).table
    found = table.unit(series(table, measure=name))
    assert found == parse_unit(unit)
    assert found.scale == scale


def test_energy_is_summed_by_nobody() -> None:
    assert not any(map(summable, labels(sample(ENERGY).table, "measure")))


def test_the_source_below_energy_is_kept_as_a_source() -> None:
    table = sample(ENERGY).table
    kept = table.note.show("zh") + table.source(0).text.show("zh")
    assert "国家统计局" in kept


# ---- customs, months down ----

CURRENT_EXPORTS = ("出口总值当期值", "exports")
CURRENT_IMPORTS = ("进口总值当期值", "imports")
CURRENT_TRADE = ("进出口总值当期值", "stated_trade")
TRADE_GROWTH = ("进出口总值同比增长", "stated_growth_trade")


def test_customs_has_fourteen_series_of_a_hundred_months_without_a_gap() -> None:
    table = sample(CUSTOMS).table
    assert len(table.series) == 14
    assert table.periods.kind == "month"
    months = table.periods.values
    assert (len(months), months[0], months[-1]) == (100, 201801, 202604)
    assert all(b - a == (1 if a % 100 < 12 else 89) for a, b in pairwise(months))
    assert missing(table) == 0


@pytest.mark.parametrize(
    ("name", "month", "expected"),
    [
        ("出口总值累计值", 202512, 3771842417),
        (CURRENT_IMPORTS, 202604, 274618212),
        (TRADE_GROWTH, 202005, -9.3),
        ("进出口总值累计值", 202512, 6354738560),
    ],
)
def test_a_number_of_customs(name: str | tuple[str, ...], month: int, expected: float) -> None:
    assert value(sample(CUSTOMS).table, month, measure=name) == expected


def test_eight_series_of_customs_are_thousand_dollars_and_six_are_per_cent() -> None:
    table = sample(CUSTOMS).table
    assert Counter(table.unit(at) for at in range(14)) == {Unit("USD", 1e3): 8, Unit("%"): 6}


def test_twelve_months_of_exports_do_not_add_up_to_the_year_for_months_were_revised() -> None:
    table = sample(CUSTOMS).table
    months = [of_year(table, 202500 + month, measure=CURRENT_EXPORTS) for month in range(1, 13)]
    assert sum(months) == 3776489091
    assert sum(months) != of_year(table, 202512, measure="出口总值累计值")


def test_cumulative_values_and_growth_are_never_added_up_and_never_called_exports() -> None:
    table = sample(CUSTOMS).table
    for flow in ("进出口总值", "出口总值", "进口总值"):
        for kind in ("累计值", "同比增长", "累计增长"):
            name = (f"{flow}{kind}", TRADE_GROWTH[1]) if f"{flow}{kind}" == TRADE_GROWTH[0] else f"{flow}{kind}"
            found = label(table, "measure", name)
            assert found.id not in {"exports", "imports", "stated_trade"}
            assert not summable(found.id)
    assert label(table, "measure", CURRENT_EXPORTS).id == "exports"
    assert label(table, "measure", CURRENT_IMPORTS).id == "imports"
    assert label(table, "measure", CURRENT_TRADE).id == "stated_trade"


# ---- oil, repeated headers ----


def test_oil_has_three_volumes_and_three_rates_over_38_years() -> None:
    read = sample(OIL)
    table = read.table
    assert len(table.series) == 6
    years = table.periods.values
    assert (len(years), years[0], years[-1]) == (38, 1980, 2021)
    assert not {1981, 1982, 1983, 1984} & set(years)
    assert dict(read.report.missing).get("—") == 5
    assert set(labels(table, "reporter")) <= {"CHN"}


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [("进口量", 2020, 57085), ("净进口", 1993, 1109), ("出口量", 2019, 6766.5), ("进口量", 2021, None)],
)
def test_a_volume_of_oil(name: str, year: int, expected: float | None) -> None:
    assert value(sample(OIL).table, year, measure=name) == expected


def rate(of: str) -> int:
    """The series of the growth rate that stands right of a volume."""
    table = sample(OIL).table
    names = [each.name.show("zh") for each in labels(table, "measure").values()]
    (name,) = [name for name in names if name.startswith(of) and "增长率" in name]
    return series(table, measure=name)


def test_a_rate_belongs_to_the_column_left_of_it() -> None:
    table = sample(OIL).table
    at = table.period(1985)
    assert [table.value(rate(of), at) for of in ("进口量", "出口量", "净进口")] == [-0.2, 0.266, -0.285]


def test_the_rates_of_the_first_year_are_missing() -> None:
    table = sample(OIL).table
    first = [table.value(rate(of), 0) for of in ("进口量", "出口量", "净进口")]
    assert all(number != number for number in first)
    assert not table.marks


def test_volumes_of_oil_have_the_unit_of_the_column_and_rates_have_not() -> None:
    table = sample(OIL).table
    volume = parse_unit("万吨")
    assert {table.unit(series(table, measure=name)) for name in ("进口量", "出口量", "净进口")} == {volume}
    rates = {table.unit(rate(of)) for of in ("进口量", "出口量", "净进口")}
    assert volume not in rates
    assert Unit("%") not in rates
    assert not any(summable(table.key(rate(of))[3]) for of in ("进口量", "出口量", "净进口"))
