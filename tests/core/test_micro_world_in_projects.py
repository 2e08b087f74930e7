"""The exact fractions of the micro-world come out of whole projects: by economy, and by pairs of economies."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from core.analysis import analyse
from core.edits import apply
from core.project import Project
from core.results import LineKey, Results
from core.status import Status
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual

GOLDEN = Path(__file__).parent / "golden"
MICRO = json.loads((GOLDEN / "microworld.json").read_text(encoding="utf-8"))
PAIRS = json.loads((GOLDEN / "bilateral.json").read_text(encoding="utf-8"))
NAMES, SECTORS, FLOWS = MICRO["economies"], MICRO["sectors"], MICRO["flows"]


def made(table_id: str, cells: dict[tuple[str, str, str, str], list[float]]) -> Table:
    """A table from {(reporter, partner, sector, measure): values of the years 2000 and 2001}."""
    labels, columns = {}, {}
    for n, dimension in enumerate(("reporter", "partner", "sector", "measure")):
        names = [each for each in dict.fromkeys(key[n] for key in cells) if each]
        labels[dimension] = [Label(each, Bilingual(each)) for each in names]
        columns[dimension] = [names.index(key[n]) if key[n] else -1 for key in cells]
    years = [list(each) for each in zip(*cells.values(), strict=True)]
    return new_table(table_id, Bilingual(table_id), labels, columns, Periods("year", (2000, 2001)), years)


def by_economy() -> Project:
    cells: dict[tuple[str, str, str, str], list[float]] = {}
    for name in NAMES:
        others = [each for each in NAMES if each != name]
        for k, sector in enumerate(SECTORS):
            out = [sum(FLOWS[t][name][each][k] for each in others) for t in ("t0", "t1")]
            into = [sum(FLOWS[t][each][name][k] for each in others) for t in ("t0", "t1")]
            cells[name, "", sector, "exports"] = out
            cells[name, "", sector, "imports"] = into
    for name, income in zip(NAMES, (10.0, 20.0, 30.0), strict=True):
        cells[name, "", "", "gdp"] = [income * 7, income * 7]
        cells[name, "", "", "population"] = [7.0, 7.0]
    return Project("p", tables=(made("t", cells),))


def by_pair() -> Project:
    """Exports only, so that imports are what the others export to an economy."""
    cells = {
        (i, j, sector, "exports"): [float(FLOWS[t][i][j][k]) for t in ("t0", "t1")]
        for i in NAMES
        for j in NAMES
        if i != j
        for k, sector in enumerate(SECTORS)
    }
    return Project("p", tables=(made("t", cells),))


def at(results: Results, index: str, where: tuple[str, str, str], year: int = 2000, component: str = "") -> float:
    key: LineKey = (index, component, "t", *where)
    line = results.find(key)
    assert line is not None, key
    return float(line.values[line.years.index(year)])


def exactly(fraction: str) -> Any:
    return pytest.approx(float(Fraction(fraction)), rel=1e-12, abs=1e-14)


@pytest.mark.parametrize("index", sorted(MICRO["expected_structure"]))
def test_the_structure_of_whole_economies(index: str) -> None:
    results = analyse(by_economy())
    for economy, fraction in MICRO["expected_structure"][index].items():
        assert at(results, index, (economy, "", "")) == exactly(fraction)


@pytest.mark.parametrize("component", ["competitiveness", "structure", "adaptation"])
def test_the_change_of_a_share_falls_into_its_components(component: str) -> None:
    results = analyse(by_economy())
    for economy, fraction in MICRO["expected_share_decomposition"][component].items():
        assert at(results, "share_decomposition", (economy, "", ""), 2001, component) == exactly(fraction)


def test_sophistication_reads_income_from_gdp_and_population() -> None:
    """PRODY and EXPY of the reference with incomes of 10, 20 and 30 a head."""
    results = analyse(by_economy())
    for sector, fraction in zip(SECTORS, ("3530/243", "3330/163", "6610/271"), strict=True):
        assert at(results, "prody", ("", "", sector)) == exactly(fraction)
    for economy, printed in zip(NAMES, (17.680168, 20.152162, 22.167671), strict=True):
        assert at(results, "expy", (economy, "", "")) == pytest.approx(printed, abs=5e-7)


def test_an_economy_of_unknown_income_is_left_out_of_sophistication_and_that_is_said() -> None:
    """Without C: k1 goes with (10·30/50 + 20·10/70) / (30/50 + 10/70)."""
    project = apply(
        by_economy(), "set_cells", table="t", series=(("C", "", "", "gdp"),), periods=(2000,), values=((None,),)
    )
    line = analyse(project).find(("prody", "", "t", "", "", "k1"))
    assert line is not None
    assert line.values[0] == exactly("155/13")
    assert line.statuses.tolist() == [Status.PARTIAL, Status.OK]


@pytest.mark.parametrize("index", ["tci", "drysdale", "similarity"])
@pytest.mark.parametrize("world", [by_economy, by_pair])
def test_pairs_of_economies_are_compared_with_and_without_bilateral_flows(world: Any, index: str) -> None:
    results = analyse(world())
    for pair, fraction in PAIRS["pairs"][index].items():
        assert at(results, index, (pair[0], pair[1], "")) == exactly(fraction)
    assert ("A", "A", "") not in {line.key[3:] for line in results.lines(index)}


@pytest.mark.parametrize(("setting", "expected"), [("world", "tii"), ("less_reporter", "tii_less_reporter")])
def test_intensity_of_trade_takes_imports_from_what_the_others_export(setting: str, expected: str) -> None:
    results = analyse(by_pair()).under({"tii_world": setting})
    for pair, fraction in PAIRS["pairs"][expected].items():
        assert at(results, "tii", (pair[0], pair[1], "")) == exactly(fraction)
    assert results.tables["t"].variants["tii"]["imports"] == "mirrored"


def test_without_mirrored_flows_intensity_says_that_it_needs_imports() -> None:
    results = analyse(by_pair()).under({"mirror": "never"})
    assert "tii" not in results.tables["t"].available
    assert str(results.tables["t"].lacking("tii")[0].reason) == "needs imports"


@pytest.mark.parametrize(
    ("index", "setting"),
    [
        ("cms_jepma_first", None),
        ("cms_jepma", None),
        ("cms_leamer_stern", "sector_first"),
        ("cms_leamer_stern", "market_first"),
    ],
)  # fmt: skip
def test_constant_market_shares_of_economy_a(index: str, setting: str | None) -> None:
    results = analyse(by_pair())
    expected = PAIRS["changes"][index]
    if setting is not None:
        results, expected = results.under({"cms_order": setting}), expected[setting]
    for component, fraction in expected.items():
        assert at(results, index, ("A", "", ""), 2001, component) == exactly(fraction)
    whole = sum(at(results, index, ("A", "", ""), 2001, each) for each in expected)
    assert whole == pytest.approx(float(PAIRS["changes"]["total"]), rel=1e-12)


def test_the_world_without_the_reporter_is_what_the_others_export() -> None:
    """A at t0 in k1: 30 of 50, the others 20 of 150, so (30/50) / (20/150)."""
    results = analyse(by_economy()).under({"world": "excluding"})
    assert at(results, "rca", ("A", "", "k1")) == exactly("9/2")
    assert results.tables["t"].variants["rca"]["world"] == "sum of 3 excluding the reporter"
    assert at(results, "rxa", ("A", "", "k1")) == exactly(MICRO["expected_t0"]["rxa"]["A"][0])


def test_a_universe_of_two_sectors_is_all_there_is() -> None:
    """A in k1 and k2: 30 and 10; the world 50 and 80."""
    results = analyse(by_economy()).under({"universe": ("k1", "k2")})
    assert at(results, "rca", ("A", "", "k1")) == exactly("39/20")
    assert at(results, "hhi", ("A", "", "")) == exactly("10/16")
    line = results.find(("hhi", "", "t", "A", "", ""))
    assert line is not None
    assert results.tables["t"].variants["hhi"]["universe"] == "k1+k2"


def test_growth_is_measured_against_the_base_year_where_that_is_chosen() -> None:
    project = by_economy()
    results = analyse(project).under({"against": "base"})
    assert at(results, "growth_exports", ("A", "", "k1"), 2001) == exactly("1/2")
    assert at(results, "growth_exports", ("A", "", "k1"), 2000) == 0


def test_what_is_missing_counts_as_zero_only_where_that_is_chosen() -> None:
    key = ("A", "", "k2", "exports")
    project = apply(by_economy(), "set_cells", table="t", series=(key,), periods=(2000,), values=((None,),))
    propagated = analyse(project)
    line = propagated.find(("rca", "", "t", "A", "", "k1"))
    assert line is not None
    assert line.statuses[0] == Status.MISSING
    zero = propagated.under({"missing": "zero"})
    assert at(zero, "rca", ("A", "", "k1")) == exactly("57/20")
    assert at(zero, "tc", ("A", "", "k2")) == -1


def test_an_economy_without_any_number_in_a_year_is_missing_and_not_zero() -> None:
    keys = tuple(("A", "", sector, "exports") for sector in SECTORS)
    gone = ((None,), (None,), (None,))
    project = apply(by_economy(), "set_cells", table="t", series=keys, periods=(2000,), values=gone)
    line = analyse(project).under({"missing": "zero"}).find(("tc", "", "t", "A", "", "k1"))
    assert line is not None
    assert line.statuses.tolist() == [Status.MISSING, Status.OK]
