"""Published and hand-computed numbers; golden/README.md names the source of each file."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from core.analysis import analyse
from core.numbers import rounded
from core.project import Project
from core.results import Results
from core.table import Label, Periods, new_table
from core.text import Bilingual

GOLDEN = Path(__file__).parent / "golden"


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def results(sample_project: Project) -> Results:
    return analyse(sample_project)


def by_year(results: Results, index: str, table: str, reporter: str, sector: str = "services") -> dict[int, float]:
    line = results.find((index, "", table, reporter, "", sector))
    assert line is not None
    return dict(zip(line.years, line.values.tolist(), strict=True))


def test_tc_of_table_3_has_the_eight_digits_recomputed_from_the_printed_flows(results: Results) -> None:
    computed = by_year(results, "tc", "table3", "CHN")
    expected = rows("paper_table3.csv")
    assert len(expected) == len(computed) == 10
    for row in expected:
        assert computed[int(row["year"])] == pytest.approx(float(row["tc8"]), abs=5e-9)


def test_tc_of_table_3_rounded_half_up_is_the_paper_s_printed_column(results: Results) -> None:
    computed = by_year(results, "tc", "table3", "CHN")
    assert [rounded(computed[int(row["year"])], 2) for row in rows("paper_table3.csv")] == [
        row["tc2"] for row in rows("paper_table3.csv")
    ]


def test_ims_of_table_4_equals_the_paper_s_figures_recomputed(results: Results) -> None:
    computed = by_year(results, "ims", "table4", "CHN")
    for row in rows("paper_table4.csv"):
        assert computed[int(row["year"])] == pytest.approx(float(row["ims8"]), abs=5e-9)
        assert rounded(computed[int(row["year"])], 4) == row["ims4"]


def test_tc_of_every_category_of_table_1_equals_the_reference(results: Results) -> None:
    expected = rows("paper_table1.csv")
    assert len(expected) == 13
    for row in expected:
        assert by_year(results, "tc", "table1", "CHN", row["sector"])[2017] == pytest.approx(
            float(row["tc6"]), abs=5e-7
        )


@pytest.mark.parametrize("index", ["rca", "tc", "ims"])
def test_world_bank_services_agree_with_the_reference_within_a_ten_thousandth(results: Results, index: str) -> None:
    expected = rows("worldbank.csv")
    assert len(expected) == 64
    for row in expected:
        computed = by_year(results, index, "worldbank", row["reporter"])[int(row["year"])]
        assert computed == pytest.approx(float(row[index]), abs=1e-4)


def micro_world() -> tuple[Project, dict[str, dict[str, list[str]]]]:
    data = json.loads((GOLDEN / "microworld.json").read_text(encoding="utf-8"))
    names, sectors, flows = data["economies"], data["sectors"], data["flows"]["t0"]
    keys, numbers = [], []
    for i, economy in enumerate(names):
        for k in range(len(sectors)):
            keys += [(i, k, 0), (i, k, 1)]
            numbers.append(sum(flow[k] for flow in flows[economy].values()))
            numbers.append(sum(flows[other][economy][k] for other in names if other != economy))
    labels = {
        "reporter": [Label(name, Bilingual(name)) for name in names],
        "sector": [Label(name, Bilingual(name)) for name in sectors],
        "measure": [Label("exports", Bilingual("Exports")), Label("imports", Bilingual("Imports"))],
    }
    columns = {name: [key[n] for key in keys] for n, name in enumerate(("reporter", "sector", "measure"))}
    table = new_table("micro", Bilingual("Micro-world"), labels, columns, Periods("year", (2000,)), [numbers])
    return Project("micro", tables=(table,)), data["expected_t0"]


@pytest.mark.parametrize("index", ["tc", "ims", "rca", "rsca"])
def test_the_micro_world_gives_its_exact_fractions(index: str) -> None:
    project, expected = micro_world()
    results = analyse(project)
    for economy, fractions in expected[index].items():
        for k, fraction in enumerate(fractions, 1):
            line = results.find((index, "", "micro", economy, "", f"k{k}"))
            assert line is not None
            assert line.values[0] == pytest.approx(float(Fraction(fraction)), rel=1e-12, abs=1e-15)


def test_without_a_stated_world_and_total_both_are_sums_and_every_result_says_so() -> None:
    project, _expected = micro_world()
    assert analyse(project).tables["micro"].variants["rca"] == {"world": "sum of 3", "total": "sum of 3"}


def test_the_world_bank_table_uses_the_stated_world_and_the_sum_of_goods_and_services(results: Results) -> None:
    assert results.tables["worldbank"].variants["rca"] == {"world": "stated", "total": "sum of 2"}


def test_growth_and_coverage_follow_from_the_printed_flows(results: Results) -> None:
    growth = by_year(results, "growth_exports", "table3", "CHN")
    assert np.isnan(growth[2009])
    assert growth[2010] == pytest.approx(1783.4 / 1435.7 - 1)
    assert by_year(results, "coverage", "table3", "CHN")[2018] == pytest.approx(2668.4 / 5250.4)
    assert by_year(results, "balance", "table3", "CHN")[2018] == pytest.approx(-2582.0)
