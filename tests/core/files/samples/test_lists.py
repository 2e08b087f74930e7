"""Long lists and irregular dates; every number is a fact of the README that lies beside the sample files."""

from __future__ import annotations

import pytest

from core.table import Table
from core.units import Unit
from tests.core.files.samples.reading import (
    NEEDS_SAMPLES,
    labels,
    missing,
    sample,
    table_of,
    value,
    values,
)

pytestmark = NEEDS_SAMPLES

TARIFFS = "us_china_tariff_steps.xlsx"
SMALL = "gravity_bilateral_trade.dta"
LARGE = "gravity_bilateral_trade_large.dta"

# ---- tariffs: true dates at irregular distances ----


def panels() -> tuple[Table, Table]:
    read = sample(TARIFFS)
    assert [part.uses[0].sheet.name for part in read.detected.parts] == ["Panel a", "Panel b"]
    a, b = (table_of(each) for each in read.imported)
    return a, b


def test_two_panels_are_two_tables_and_the_source_is_left_out() -> None:
    a, b = panels()
    assert (len(a.series), len(b.series)) == (4, 2)
    assert set(sample(TARIFFS).left) == {"Source"}


def test_steps_of_tariffs_keep_their_dates() -> None:
    for table in panels():
        assert table.periods.kind == "date"
        dates = table.periods.values
        assert (len(dates), dates[0], dates[-1]) == (43, 20180101, 20230401)
        assert sum(date // 10_000 == 2018 for date in dates) > 1
        assert missing(table) == 0


@pytest.mark.parametrize(
    ("panel", "name", "date", "expected"),
    [
        (0, "US tariffs on Chinese exports", 20180706, 6.746252),
        (0, "Chinese tariffs on ROW exports", 20180101, 7.992101),
        (1, "Chinese exports subject to US tariffs", 20230401, 66.43161),
    ],
)
def test_a_tariff(panel: int, name: str, date: int, expected: float) -> None:
    assert value(panels()[panel], date, measure=name) == expected


def test_tariffs_are_no_money_and_no_flow() -> None:
    for table in panels():
        assert not any(unit.is_money for unit in table.units)
        assert not {"exports", "imports"} & set(labels(table, "measure"))


# ---- gravity data sets ----


def test_the_small_list_has_every_pair_every_fourth_year() -> None:
    read = sample(SMALL)
    table = read.table
    assert len(table.series) == 65 * 65
    assert [len(labels(table, each)) for each in ("reporter", "partner", "measure")] == [65, 65, 1]
    assert table.periods.values == (1986, 1990, 1994, 1998, 2002, 2006)
    assert missing(table) == 0
    assert read.report.cells == 25_350


def test_zeros_and_domestic_trade_stay() -> None:
    table = sample(SMALL).table
    assert int((values(table) == 0).sum()) == 1528
    domestic = [at for at in range(len(table.series)) if table.key(at)[0] == table.key(at)[1]]
    assert len(domestic) * len(table.periods.values) == 390


@pytest.mark.parametrize(
    ("file", "exporter", "importer", "year", "expected"),
    [
        (SMALL, "CHN", "USA", 2006, 241536.931567),
        (SMALL, "USA", "CHN", 1986, 2271.120400),
        (SMALL, "POL", "ARG", 1986, 3.068297),
        (LARGE, "CHN", "USA", 1986, 3496.962392),
        (LARGE, "DEU", "CHN", 2000, 8788.618203),
        (LARGE, "CHN", "CHN", 2006, 2795425.719850),
    ],
)
def test_trade_of_a_pair(file: str, exporter: str, importer: str, year: int, expected: float) -> None:
    found = value(sample(file).table, year, reporter=exporter, partner=importer)
    assert found == pytest.approx(expected, abs=5e-7)


def test_the_large_list_has_every_pair_in_every_year() -> None:
    read = sample(LARGE)
    table = read.table
    assert len(table.series) == 69 * 69
    assert table.periods.values == tuple(range(1986, 2007))
    assert read.report.cells == 99_981
    assert missing(table) == 0


@pytest.mark.parametrize("file", [SMALL, LARGE])
def test_a_unit_that_a_person_corrected_holds_for_all_pairs(file: str) -> None:
    assert sample(file).table.units == (Unit("USD", 1e6),)


@pytest.mark.parametrize("file", [SMALL, LARGE])
def test_the_label_of_the_variable_is_what_is_proposed_as_the_unit(file: str) -> None:
    from core.files.importing import detect
    from core.files.readers import read
    from tests.core.files.samples.reading import FOLDER, KNOWN

    (part,) = detect([read(FOLDER / file)], KNOWN).parts
    assert part.uses[0].mapping.unit == Unit("USD")
