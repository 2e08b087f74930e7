"""What is wrong or true of many numbers at once: said once, at the right place, and not in each of the numbers.

The tables are random walks made here; a finding is expected only where a number was changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from core.checks import check_project
from core.checks.finding import Finding, Level, Spot
from core.checks.view import percent
from core.project import Project, Study
from core.table import Floats, Key, Label, Periods, Source, Table, new_table
from core.text import Bilingual
from core.units import Unit
from tests.core.checks.planting import alarms

ECONOMIES = ("CHN", "USA", "DEU", "JPN", "IND", "BRA", "ZAF")
SECTORS = ("transport", "travel", "construction", "finance", "royalties")
YEARS = tuple(range(2010, 2024))
ANNUAL = Periods("year", YEARS)
Rows = Mapping[Key, Floats]


def table_of(rows: Rows, periods: Periods, *, table_id: str = "t", vintage: str = "") -> Table:
    """A table of US$ million."""
    ids = [list(dict.fromkeys(key[at] for key in rows if key[at])) for at in range(4)]
    names = ("reporter", "partner", "sector", "measure")
    columns = {d: [ids[at].index(key[at]) if key[at] else -1 for key in rows] for at, d in enumerate(names)}
    roles = {"WLD": "world", "total": "total"}
    labels = {d: [Label(each, Bilingual(each), roles.get(each, "")) for each in ids[at]] for at, d in enumerate(names)}
    values = list(np.array([rows[key] for key in rows]).T)
    sources = (Source("source", vintage=vintage),)
    title = Bilingual(f"Table {table_id}")
    return new_table(table_id, title, labels, columns, periods, values, units=(Unit("USD", 1e6),), sources=sources)


def services() -> dict[Key, Floats]:
    """Exports and imports of seven economies by sector, with totals, in calm random walks."""
    rng = np.random.default_rng(8)
    rows: dict[Key, Floats] = {}
    for economy in ECONOMIES:
        for flow in ("exports", "imports"):
            for sector in SECTORS:
                steps = 0.05 + rng.normal(0, 0.04, len(YEARS))
                rows[economy, "", sector, flow] = np.round(rng.uniform(2e3, 4e4) * np.exp(np.cumsum(steps)))
            rows[economy, "", "total", flow] = np.sum([rows[economy, "", each, flow] for each in SECTORS], axis=0)
    return rows


def checked(rows: Rows, periods: Periods = ANNUAL) -> tuple[Finding, ...]:
    return check_project(Project(id="p", tables=(table_of(rows, periods),)))


def only(found: tuple[Finding, ...]) -> Finding:
    """The one finding above a note."""
    assert len(alarms(found)) == 1, [each.line("en") for each in alarms(found)]
    return alarms(found)[0]


def wholes(rows: dict[Key, Floats]) -> None:
    """Make the totals the sums of the sectors again."""
    for economy in ECONOMIES:
        for flow in ("exports", "imports"):
            rows[economy, "", "total", flow] = np.sum([rows[economy, "", each, flow] for each in SECTORS], axis=0)


def test_a_table_without_a_fault_raises_no_alarm() -> None:
    assert not alarms(checked(services()))


def test_a_sector_that_collapses_everywhere_is_one_note_and_no_fault_of_each_economy() -> None:
    rows = services()
    crisis = np.array([{2020: 0.3, 2021: 0.32, 2022: 0.7}.get(year, 1.0) for year in YEARS])
    for key in rows:
        if key[2] == "travel":
            rows[key] = np.round(rows[key] * crisis)
    wholes(rows)
    found = checked(rows)
    assert not alarms(found)
    said = [each for each in found if each.kind == "break" and each.where[-2:] == (Bilingual("travel"), "2020")]
    # three tenths of the year before, and five per cent of growth
    assert [str(each.text) for each in said] == ["All its series change at once, to about 1/3.2 times what they were."]


@pytest.mark.parametrize("factor", [1000.0, 0.001, 10.0])
def test_a_period_in_another_unit_is_one_error_though_all_series_jump_alike(factor: float) -> None:
    rows = {key: row * np.where(np.array(YEARS) == 2015, factor, 1.0) for key, row in services().items()}
    finding = only(checked(rows))
    assert (finding.kind, finding.level, finding.where[-1]) == ("unit", Level.ERROR, "2015")


def test_an_economy_in_another_unit_for_a_period_is_one_error_about_all_its_numbers() -> None:
    rows = services()
    for key in rows:
        if key[0] == "DEU":
            rows[key] = rows[key] * np.where(np.array(YEARS) == 2015, 1000.0, 1.0)
    finding = only(checked(rows))
    assert (finding.kind, finding.level) == ("outlier", Level.ERROR)
    assert {(spot.series[0], spot.period) for spot in finding.spots} == {("DEU", 2015)}
    assert len(finding.spots) == 2 * (len(SECTORS) + 1)
    assert finding.where == (Bilingual("Table t"), Bilingual("DEU"), "2015")


def test_a_part_in_another_unit_throughout_is_one_error_that_says_by_how_much() -> None:
    rows = services()
    key = ("IND", "", "finance", "exports")
    rows[key] = rows[key] / 1000
    finding = only(checked(rows))
    assert finding.spots[0] == Spot("t", key)
    assert str(finding.advice) == (
        "Most likely “finance” is wrong throughout: it would have to be 1,000 times as large."
    )


def test_a_sector_without_others_to_compare_is_known_by_the_total_alone() -> None:
    rows = {key: row for key, row in services().items() if key[0] == "IND" and key[3] == "exports"}
    key = ("IND", "", "finance", "exports")
    rows[key] = rows[key] / 1000
    finding = only(checked(rows))
    assert (finding.kind, finding.level, finding.spots[0]) == ("unit", Level.ERROR, Spot("t", key))


def test_the_signs_of_one_wrong_cell_are_one_finding() -> None:
    rows = services()
    for economy in ECONOMIES:
        for sector in SECTORS:
            exports, imports = (rows[economy, "", sector, flow] for flow in ("exports", "imports"))
            rows[economy, "", sector, "stated_balance"] = exports - imports
    key = ("CHN", "", "royalties", "exports")
    rows[key] = rows[key] * np.where(np.array(YEARS) == 2016, 10.0, 1.0)
    finding = only(checked(rows))
    assert finding.spots[0] == Spot("t", key, 2016)
    assert {each.kind for each in finding.signs} == {"sum", "stated", "outlier", "above total"}
    assert finding.key == replace(finding, also=()).key


def test_debits_printed_with_a_minus_are_one_finding_and_fit_their_balance() -> None:
    rows = services()
    for economy in ECONOMIES:
        for sector in SECTORS:
            rows[economy, "", sector, "imports"] = -rows[economy, "", sector, "imports"]
            credit, debit = (rows[economy, "", sector, flow] for flow in ("exports", "imports"))
            rows[economy, "", sector, "stated_balance"] = credit + debit
    wholes(rows)
    finding = only(checked(rows))
    assert (finding.kind, str(finding.text)) == ("negative", "imports are below zero in 42 series.")


def test_zeros_of_an_economy_in_one_period_are_one_finding() -> None:
    rows = services()
    for key in rows:
        if key[0] == "USA":
            rows[key] = rows[key] * (np.array(YEARS) != 2014)
    finding = only(checked(rows))
    assert finding.kind == "gap"
    assert {(spot.series[0], spot.period) for spot in finding.spots} == {("USA", 2014)}


def test_a_period_copied_for_all_economies_is_one_finding() -> None:
    rows = services()
    for key in rows:
        rows[key] = np.concatenate([rows[key][:-1], rows[key][-2:-1]])
    finding = only(checked(rows))
    assert (finding.kind, finding.where) == ("repeated", (Bilingual("Table t"), "2023"))


def test_series_copied_sector_by_sector_are_one_finding() -> None:
    rows = services()
    for sector in (*SECTORS, "total"):
        rows["BRA", "", sector, "imports"] = rows["BRA", "", sector, "exports"]
    finding = only(checked(rows))
    assert finding.kind == "duplicate"
    assert {spot.series[3] for spot in finding.spots if spot.series[0] == "BRA"} == {"exports", "imports"}
    assert len(finding.spots) == 2 * (len(SECTORS) + 1)


def test_one_number_with_more_decimals_leaves_the_rounding_of_all_others_what_it_is() -> None:
    rows = services()
    for key in rows:  # the sums of sectors rounded to tens differ from totals rounded to tens by rounding alone
        rows[key] = np.round(rows[key], -1)
    rows["CHN", "", "finance", "exports"] = rows["CHN", "", "finance", "exports"] + np.eye(1, len(YEARS), 5)[0] * 0.25
    assert not alarms(checked(rows))


MALAYSIA: Mapping[str, tuple[float, ...]] = {
    "ZAF": (0.429627, 0.225492, 166.457984, 290.362078, 260.861641, 706.076842),
    "KOR": (137.985641, 484.425176, 1097.105190, 1114.872011, 2597.629389, 3544.215601),
    "JPN": (587.840017, 1680.718926, 4641.953581, 5904.515686, 7646.945973, 9493.547794),
    "USA": (2046.871823, 4457.007602, 12953.994119, 17069.167690, 21441.181564, 32775.431248),
    "SGP": (1804.499076, 5751.543524, 13051.258145, 13095.212123, 17685.810275, 25709.304950),
}
"""Manufactured exports of Malaysia, US$ million (UNCTAD and WTO, An Advanced Guide to Trade Policy Analysis)."""


def test_a_jump_between_years_that_lie_apart_is_no_error_of_the_unit() -> None:
    rows: Rows = {("MYS", partner, "", "exports"): np.array(row) for partner, row in MALAYSIA.items()}
    found = checked(rows, Periods("year", (1986, 1990, 1994, 1998, 2002, 2006)))
    assert not [each for each in found if each.level == Level.ERROR or each.kind == "unit"]


@pytest.mark.parametrize(
    ("name", "value", "noted"),
    [("Libya's exports of 2017, in Trade Map", 20_135_528.0, True), ("as few digits as a guess", 20_000_000.0, False)],
)
def test_a_repeated_number_is_noted_only_where_it_has_digits_to_repeat(name: str, value: float, noted: bool) -> None:
    rows = services()
    key = ("ZAF", "", "royalties", "exports")
    del rows["ZAF", "", "total", "exports"]
    rows[key] = np.linspace(value - 7e3, value + 7e3, len(YEARS)).round()
    rows[key][6:8] = value
    assert any(each.kind == "repeated" for each in checked(rows)) == noted, name


def _bound(other: Table) -> Project:
    rows = {key: row for key, row in services().items() if key[2] == "total"}
    flows = table_of(rows, ANNUAL, table_id="flows", vintage="2024")
    return Project(id="p", tables=(flows, other), study=Study(bindings={"gdp": other.id}))


@pytest.mark.parametrize(
    ("vintage", "kinds"), [("2019", ["vintage"]), ("2024", []), ("", [])], ids=["older", "same", "not stated"]
)
def test_a_measure_served_by_a_table_of_another_vintage_is_noted(vintage: str, kinds: list[str]) -> None:
    growth = np.exp(0.04 * np.arange(len(YEARS)))
    rows = {(economy, "", "", "gdp"): (1e7 + 1e6 * at) * growth for at, economy in enumerate(ECONOMIES)}
    project = _bound(table_of(rows, ANNUAL, table_id="product", vintage=vintage))
    found = check_project(project)
    assert [each.kind for each in found] == kinds
    assert not check_project(replace(project, study=Study()))


@pytest.mark.parametrize(
    ("share", "said"), [(0.25, "25%"), (0.012, "1.2%"), (0.0006, "0.06%"), (0.00003, "0.003%"), (1e-9, "0.0001%")]
)
def test_small_shares_are_told_with_a_digit_that_is_not_zero(share: float, said: str) -> None:
    assert percent(share) == said


def test_a_revised_table_beside_the_older_one_is_told_in_a_few_lines() -> None:
    rng = np.random.default_rng(4)
    older = services()
    newer = {}
    for key, row in older.items():
        begun = int(rng.integers(8, 13))
        newer[key] = np.round(row * np.where(np.arange(len(YEARS)) >= begun, 1 + rng.uniform(0.012, 0.06), 1.0))
    tables = (table_of(older, ANNUAL, table_id="old"), table_of(newer, ANNUAL, table_id="new"))
    found = [each for each in check_project(Project(id="p", tables=tables)) if each.kind in {"splice", "source"}]
    assert len(found) <= 4
    assert sum(len(each.signs) for each in found) > 60
    assert not [each for each in found if each.level == Level.ERROR]
    assert any("more are like it" in str(each.text) for each in found)
