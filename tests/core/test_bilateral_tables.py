"""From a table by partner to indices of pairs and market shares: the exact fractions of golden/bilateral.json."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.analysis import analyse
from core.project import Project
from core.results import Results
from core.status import Status
from core.table import Label, Periods, new_table
from core.text import Bilingual

GOLDEN = Path(__file__).parent / "golden"
MICRO = json.loads((GOLDEN / "microworld.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((GOLDEN / "bilateral.json").read_text(encoding="utf-8"))
ECONOMIES, SECTORS = MICRO["economies"], MICRO["sectors"]
CHANGES = ("cms_jepma", "cms_jepma_first", "cms_leamer_stern")


@cache
def micro_world(measures: tuple[str, ...] = ("exports", "imports")) -> Results:
    """The constructed world of three economies as a table of exports and imports by partner, 2000 and 2001."""
    pairs = [(i, j) for i in ECONOMIES for j in ECONOMIES if i != j]
    keys = [(i, j, k, m) for m in measures for i, j in pairs for k in range(len(SECTORS))]
    years = [
        [flows[i][j][k] if m == "exports" else flows[j][i][k] for i, j, k, m in keys]
        for flows in (MICRO["flows"]["t0"], MICRO["flows"]["t1"])
    ]
    sides = [Label(name, Bilingual(name)) for name in ECONOMIES]
    labels = {
        "reporter": sides,
        "partner": sides,
        "sector": [Label(name, Bilingual(name)) for name in SECTORS],
        "measure": [Label(name, Bilingual(name.capitalize())) for name in measures],
    }
    columns = {
        "reporter": [ECONOMIES.index(i) for i, _, _, _ in keys],
        "partner": [ECONOMIES.index(j) for _, j, _, _ in keys],
        "sector": [k for _, _, k, _ in keys],
        "measure": [measures.index(m) for _, _, _, m in keys],
    }
    table = new_table("by_partner", Bilingual("By partner"), labels, columns, Periods("year", (2000, 2001)), years)
    return analyse(Project("p", tables=(table,)))


def value(results: Results, index: str, reporter: str, partner: str = "", component: str = "") -> float:
    """The value of 2001 for changes, of 2000 for all else."""
    line = results.find((index, component, "by_partner", reporter, partner, ""))
    assert line is not None
    return float(line.values[line.years.index(2001 if index in CHANGES else 2000)])


@pytest.mark.parametrize("measures", [("exports", "imports"), ("exports",)], ids=["both sides", "exports alone"])
@pytest.mark.parametrize("index", EXPECTED["pairs"])
def test_pairs_of_the_micro_world_have_their_exact_fractions(index: str, measures: tuple[str, ...]) -> None:
    results = micro_world(measures)
    if index == "tii_less_reporter":
        results, index = results.under({"tii_world": "less_reporter"}), "tii"
        expected = EXPECTED["pairs"]["tii_less_reporter"]
    else:
        expected = EXPECTED["pairs"][index]
    for (reporter, partner), fraction in expected.items():
        found = value(results, index, reporter, partner)
        assert found == pytest.approx(float(Fraction(fraction)), rel=1e-12)


@pytest.mark.parametrize("measures", [("exports", "imports"), ("exports",)], ids=["both sides", "exports alone"])
@pytest.mark.parametrize("order", ["sector_first", "market_first"])
@pytest.mark.parametrize("index", CHANGES)
def test_changes_of_the_micro_world_have_their_exact_fractions(
    index: str, order: str, measures: tuple[str, ...]
) -> None:
    results = micro_world(measures).under({"cms_order": order})
    expected = EXPECTED["changes"][index]
    for component, fraction in expected.get(order, expected).items():
        found = value(results, index, "A", component=component)
        assert found == pytest.approx(float(Fraction(fraction)), rel=1e-12, abs=1e-12)


def test_sector_complementarity_is_the_product_of_the_advantages_towards_the_world() -> None:
    line = micro_world().find(("sector_complementarity", "", "by_partner", "A", "C", "k1"))
    assert line is not None
    # RCA of A in k1 is 12/5, of C's imports 4/3 (microworld.json, expected_t0 of rca and the imports of C).
    assert line.values[0] == pytest.approx(16 / 5, rel=1e-12)


def test_trade_intensity_in_a_sector_compares_shares_within_it() -> None:
    line = micro_world().find(("tii_sector", "", "by_partner", "A", "B", "k2"))
    assert line is not None
    # A sends 5 of its 10 to B, which buys 15 of the world's 80 (flows of microworld.json).
    assert line.values[0] == pytest.approx((5 / 10) / (15 / 80), rel=1e-12)


@pytest.mark.parametrize("index", CHANGES)
def test_the_first_year_has_no_change_to_explain(index: str) -> None:
    first = micro_world().tables["by_partner"].computed(index, 2000)
    for values, statuses in first.parts.values():
        assert np.isnan(values).all()
        assert (statuses == Status.NO_EARLIER_YEAR).all()


@pytest.mark.parametrize("index", ["tci", "drysdale", "complementarity_product", "similarity"])
def test_every_economy_is_compared_with_every_other_and_none_with_itself(index: str) -> None:
    pairs = [(line.reporter.id, line.partner.id) for line in micro_world().lines(index)]
    assert pairs == [(i, j) for i in ECONOMIES for j in ECONOMIES if i != j]


def random_world(seed: int) -> Results:
    """Four economies with many zeros in three years, and stated trade with a world that holds others beside them.

    Nobody imports the third sector of economy 1 in the first year; economy 0 sells 7 there in the next two.
    """
    random = np.random.default_rng(seed)
    economies, sectors, years = 4, 5, (2000, 2001, 2002)
    keys = [
        (i, j, k, m)
        for i, j, k, m in np.ndindex(economies, economies + 1, sectors, 2)
        if i != j
    ]  # fmt: skip
    numbers = []
    for year in years:
        flows = np.zeros((economies, economies + 1, sectors, 2))
        trade = random.lognormal(2, 1.5, (economies, economies, sectors)) * (
            random.random((economies, 1, sectors)) < 0.7
        )
        trade[:, 1, 2] = 0
        trade[0, 1, 2] = 0 if year == years[0] else 7
        trade[range(economies), range(economies)] = 0
        flows[:, :economies, :, 0], flows[:, :economies, :, 1] = trade, trade.swapaxes(0, 1)
        flows[:, economies] = flows.sum(axis=1) + random.lognormal(1, 1, (economies, sectors, 2))
        if year == years[0]:
            flows[1, economies, 2, 1] = 0
        numbers.append([flows[key] for key in keys])
    sides = [Label(f"e{i}", Bilingual(f"E{i}")) for i in range(economies)]
    labels = {
        "reporter": sides,
        "partner": [*sides, Label("world", Bilingual("World"), "world")],
        "sector": [Label(f"k{k}", Bilingual(f"K{k}")) for k in range(sectors)],
        "measure": [Label(name, Bilingual(name.capitalize())) for name in ("exports", "imports")],
    }
    columns = {name: [key[n] for key in keys] for n, name in enumerate(("reporter", "partner", "sector", "measure"))}
    table = new_table("by_partner", Bilingual("By partner"), labels, columns, Periods("year", years), numbers)
    return analyse(Project("p", tables=(table,)))


@pytest.mark.parametrize("against", ["previous", "base"])
@pytest.mark.parametrize("index", CHANGES)
def test_a_decomposition_of_a_table_adds_up_to_the_change_of_all_exports(index: str, against: str) -> None:
    results = random_world(1).under({"against": against}).tables["by_partner"]
    for year in (2001, 2002):
        inputs = results.inputs(index, year)
        change = inputs["total_exports"][0] - inputs["previous_total_exports"][0]
        parts = {name: values for name, (values, _) in results.computed(index, year).parts.items()}
        assert np.sum(list(parts.values()), axis=0) == pytest.approx(change, rel=1e-12)
        assert np.abs(parts["other"]).min() > 0


def test_a_new_market_is_new_once_or_as_long_as_the_base_year_lacks_it() -> None:
    results = random_world(2)
    for against, expected in (("previous", [7, 0]), ("base", [7, 7])):
        table = results.under({"against": against}).tables["by_partner"]
        found = [table.computed("cms_jepma", year).parts["new_markets"][0] for year in (2001, 2002)]
        assert [values[0, 0] for values in found] == expected
