"""What all checks promise: order, stable keys, stopping, and no failure on any table."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from core.checks import check_project
from core.checks.finding import LEVELS
from core.checks.registry import thresholds
from core.checks.slips import slip_of, tenfold
from core.places import DATA, ROOT
from core.project import Project
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit
from tests.core.checks.clean_tables import FLOWS, MAIN, clean
from tests.core.checks.planting import plant
from tests.table_values import tables


class _Stopped(Exception):
    pass


def quarters(values: np.ndarray) -> Table:
    """Exports of three economies by quarter."""
    periods = Periods("quarter", tuple(year * 10 + quarter for year in range(2010, 2018) for quarter in (1, 2, 3, 4)))
    labels = {
        "reporter": [Label(each, Bilingual(each)) for each in ("CHN", "IND", "USA")],
        "measure": [Label("exports", Bilingual("Exports"))],
    }
    columns = {"reporter": [0, 1, 2], "measure": [0, 0, 0]}
    return new_table("q", Bilingual("Q"), labels, columns, periods, list(values), units=(Unit("USD", 1e6),))


def seasonal() -> np.ndarray:
    """A strong season, which is no fault: the fourth quarter is three times the first."""
    quarter = np.arange(32)
    season = np.array([1.0, 1.4, 1.9, 3.0])[quarter % 4]
    return np.round(np.outer(season * 1.02**quarter, [100.0, 250.0, 900.0]), 2)


def test_findings_come_with_the_worst_first(sample_project: Project) -> None:
    ranks = [LEVELS.index(each.level) for each in check_project(sample_project)]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 3


def test_keys_are_the_same_in_every_run_and_differ_between_findings(sample_project: Project) -> None:
    first, second = ([each.key for each in check_project(sample_project)] for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first)


def test_every_spot_is_a_cell_of_the_project_and_every_finding_explains_itself(sample_project: Project) -> None:
    for project in (sample_project, plant("wrong total", 1).project, plant("splice", 1).project):
        for finding in check_project(project):
            assert finding.why is not None
            assert finding.advice is not None
            for spot in finding.spots:
                table = project.table(spot.table)
                assert table is not None
                assert table.find(spot.series) >= 0
                assert spot.period is None or table.period(spot.period) >= 0


def test_checks_stop_when_the_tick_says_so(sample_project: Project) -> None:
    def tick() -> None:
        raise _Stopped

    with pytest.raises(_Stopped):
        check_project(sample_project, tick)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tables(), tables())
def test_no_table_makes_a_check_fail(one: Table, two: Table) -> None:
    for finding in check_project(Project(id="any", tables=(one, replace(two, id=f"{one.id}-2")))):
        assert finding.line("en")
        assert finding.line("zh")


def test_each_threshold_has_its_reason_in_both_languages_and_is_used() -> None:
    written = tomllib.loads((DATA / "checks.toml").read_text("utf-8"))
    code = "".join(path.read_text("utf-8") for path in (ROOT / "core" / "checks").glob("*.py"))
    for name, threshold in thresholds().items():
        assert threshold.why.en
        assert threshold.why.zh
        assert f'limit("{name}")' in code, name
    assert set(written) == set(thresholds())


def test_a_season_is_no_fault() -> None:
    assert check_project(Project(id="q", tables=(quarters(seasonal()),))) == ()


def test_a_slip_of_ten_in_a_quarter_is_found_beside_the_same_quarter_of_other_years() -> None:
    values = seasonal()
    values[13, 1] *= 10
    (found,) = check_project(Project(id="q", tables=(quarters(values),)))
    assert (found.kind, found.spots[0].series[0], found.spots[0].period) == ("outlier", "IND", 20132)


def test_exports_above_the_gross_domestic_product_many_times_are_a_matter_of_units() -> None:
    world = clean(3)
    book = world.books[MAIN]
    exports = next(row for key, row in book.rows.items() if key[0] == "CHN" and key[2] == "total" and key[3] in FLOWS)
    product = {("CHN", "", "", "gdp"): exports / 1000}
    project = replace(world, books={MAIN: book.changed(product)}).project()
    assert any(each.kind == "unit" and "gross domestic product" in str(each.text) for each in check_project(project))


def test_imports_a_thousand_times_the_exports_throughout_are_a_matter_of_units() -> None:
    world = clean(4)
    book = world.books[MAIN]
    rows = {key: row * (1000 if key[3] == "imports" else 1) for key, row in book.rows.items() if key[3] in FLOWS}
    project = replace(world, books={MAIN: replace(book, rows=rows)}).project()
    assert [str(each.text).capitalize() for each in check_project(project) if each.kind == "unit"] == [
        "Imports are about 1,000 times exports throughout."
    ]


@pytest.mark.parametrize(
    ("value", "other", "said"),
    [
        (1489.2, 1589.2, "They differ in one digit, by exactly 100.0."),
        (1598.2, 1589.2, "Two digits are swapped."),
        (15892.0, 1589.2, "They differ by a factor of 10."),
        (-1589.2, 1589.2, "Only the sign differs."),
    ],
)
def test_slips_of_the_hand_are_told_apart(value: float, other: float, said: str) -> None:
    assert str(slip_of(value, other, 0.05)) == said


def test_other_differences_are_no_slips() -> None:
    assert slip_of(1612.7, 1589.2, 0.05) is None
    assert slip_of(0.0, 1589.2, 0.05) is None
    assert tenfold(1.0) == 0
    assert tenfold(0.001) == -3
