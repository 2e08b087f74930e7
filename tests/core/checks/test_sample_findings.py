"""What the checks find in the tables of the paper and of the World Bank (reference: indices 0, 4.3 and 5)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.checks import check_project
from core.checks.finding import Finding, Level
from core.project import Project
from core.table import Label, Periods, new_table
from core.text import Bilingual
from core.units import Unit

Found = tuple[Finding, ...]


@pytest.fixture(scope="module")
def findings(sample_project: Project) -> Found:
    return check_project(sample_project)


def at(findings: Found, table: str, *places: str | int) -> list[Finding]:
    """Findings whose first spot is in a table and in these sectors, measures and periods."""
    suspects = [(each, each.spots[0]) for each in findings if each.spots and each.spots[0].table == table]
    return [each for each, spot in suspects if set(places) <= {*spot.series, spot.period}]


def test_the_import_figure_of_2009_is_an_error_of_one_digit_against_the_world_bank(findings: Found) -> None:
    (found,) = at(findings, "table3", "imports", 2009)
    assert found.level == Level.ERROR
    assert found.line("en").endswith("6.7% apart. They differ in one digit, by exactly 100.0.")
    assert "1489.2 here, 1589.2 in" in str(found.text)
    assert {spot.table for spot in found.spots} == {"table3", "worldbank"}


def test_the_exports_of_table_3_leave_the_world_bank_from_2015_on(findings: Found) -> None:
    (found,) = at(findings, "table3", "exports", 2015)
    assert (found.kind, found.level) == ("splice", Level.WARNING)
    assert {spot.period for spot in found.spots} == {2015, 2016, 2017, 2018}
    assert all(ratio in str(found.why) for ratio in ("2014: 1.0000", "2015: 1.0056", "2017: 1.0705", "2018: 1.1425"))


def test_tables_3_and_4_disagree_by_half_to_three_quarters_of_a_per_cent(findings: Found) -> None:
    (found,) = [each for each in at(findings, "table4", "CHN", "exports") if each.kind == "disagreement"]
    assert found.level == Level.NOTE
    assert "0.47%–0.74%" in str(found.text)  # 2186.2/2176 and 2280.9/2264


def test_the_rounding_gaps_of_table_1_are_notes(findings: Found) -> None:
    mine = [each for each in findings if each.spots and each.spots[0].table == "table1"]
    assert {each.level for each in mine} == {Level.NOTE}
    places = {(each.spots[0].series[2], each.spots[0].series[3]) for each in mine}
    assert places == {
        ("travel", "stated_trade"),
        ("other_business", "stated_trade"),
        ("total", "stated_trade"),
        ("total", "imports"),
        ("total", "stated_balance"),
    }


def test_the_table_of_the_world_bank_alone_raises_no_alarm(sample_project: Project) -> None:
    alone = replace(sample_project, tables=tuple(t for t in sample_project.tables if t.id == "worldbank"))
    assert [each for each in check_project(alone) if each.level != Level.NOTE] == []


def test_nothing_in_the_sample_suspects_the_world_bank_first(findings: Found) -> None:
    assert [e for e in findings if e.level != Level.NOTE and e.spots[0].table == "worldbank"] == []


def test_the_break_of_chinas_series_from_1997_to_2002_is_found() -> None:
    """Made from the RCA and totals of reference 5: 0.586, 1.918 … 1.812, 0.602 on a world share of services of 19 %."""
    years = tuple(range(1994, 2009))
    rca = [0.58, 0.58, 0.586, 1.918, 2.013, 1.973, 1.928, 1.942, 1.812, 0.602, 0.610, 0.485, 0.4624, 0.5106, 0.5259]
    total = np.array([140, 150, 171, 150, 155, 165, 190.0, 205, 245, 446, 600, 773, 992, 1258, 1498])
    services = 0.19 * np.array(rca) * total
    world = 5600.0 * 1.06 ** np.arange(len(years))
    rows = {
        ("CHN", "services"): services,
        ("CHN", "goods"): total - services,
        ("WLD", "services"): 0.19 * world,
        ("WLD", "goods"): 0.81 * world,
    }
    reporters, sectors = ("CHN", "WLD"), ("services", "goods")
    table = new_table(
        "wdi",
        Bilingual("WDI"),
        {
            "reporter": [Label("CHN", Bilingual("China")), Label("WLD", Bilingual("World"), "world")],
            "sector": [Label(each, Bilingual(each)) for each in sectors],
            "measure": [Label("exports", Bilingual("Exports"))],
        },
        {
            "reporter": [reporters.index(key[0]) for key in rows],
            "sector": [sectors.index(key[1]) for key in rows],
            "measure": [0] * 4,
        },
        Periods("year", years),
        list(np.array(list(rows.values())).T.round(3)),
        units=(Unit("USD", 1e9),),
    )
    found = [each for each in check_project(Project(id="wdi", tables=(table,))) if each.level != Level.NOTE]
    assert found[0].kind == "break"
    assert found[0].spots[0].series == ("CHN", "", "services", "exports")
    assert {spot.period for spot in found[0].spots if spot.series[2] == "services"} == set(range(1997, 2003))
    assert "returns in 2003" in str(found[0].text)
    assert "Its share in all sectors goes from 11% to 36%" in str(found[0].why)
    assert all(each.spots[0].series[0] == "CHN" for each in found)
