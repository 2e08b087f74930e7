"""Published and hand-computed numbers; golden/README.md names the source of each file."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis import analyse
from core.indices import indices
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


@dataclass(frozen=True)
class MicroWorld:
    """The constructed world as a project of two years, and the file that it is from."""

    project: Project
    data: dict[str, Any]

    def value(self, index: str, economy: str, sector: int, year: int = 2000) -> float:
        return by_year(analysed(self.project), index, "micro", economy, f"k{sector}")[year]


@cache
def analysed(project: Project) -> Results:
    return analyse(project)


@pytest.fixture(scope="module")
def micro() -> MicroWorld:
    data = json.loads((GOLDEN / "microworld.json").read_text(encoding="utf-8"))
    names, sectors = data["economies"], data["sectors"]
    keys = [(i, k, m) for i in range(len(names)) for k in range(len(sectors)) for m in range(3)]
    years = []
    for flows, output in ((data["flows"]["t0"], data["output"]), (data["flows"]["t1"], None)):
        exports = {name: [sum(each) for each in zip(*flows[name].values(), strict=True)] for name in names}
        imports = {
            name: [sum(each) for each in zip(*(flows[o][name] for o in names if o != name), strict=True)]
            for name in names
        }
        unknown = dict.fromkeys(names, [np.nan] * len(sectors))
        given = (exports, imports, output or unknown)
        years.append([given[m][names[i]][k] for i, k, m in keys])
    measures = ("exports", "imports", "output")
    labels = {
        "reporter": [Label(name, Bilingual(name)) for name in names],
        "sector": [Label(name, Bilingual(name)) for name in sectors],
        "measure": [Label(name, Bilingual(name.capitalize())) for name in measures],
    }
    columns = {name: [key[n] for key in keys] for n, name in enumerate(("reporter", "sector", "measure"))}
    table = new_table("micro", Bilingual("Micro-world"), labels, columns, Periods("year", (2000, 2001)), years)
    return MicroWorld(Project("micro", tables=(table,)), data)


SECTORAL = (
    "tc", "ims", "rca", "rsca", "arca", "nrca_yu", "rxa", "rmp", "rta", "ca", "nxrca", "lafay", "gl",
    "import_penetration", "export_orientation",
)  # fmt: skip
OF_TWO_YEARS = (
    "miit", "contribution_exports", "contribution_imports", "growth_share_exports", "growth_share_imports",
)  # fmt: skip


@pytest.mark.parametrize("index", [*SECTORAL, *OF_TWO_YEARS])
def test_the_micro_world_gives_its_exact_fractions(micro: MicroWorld, index: str) -> None:
    year, expected = (2000, "expected_t0") if index in SECTORAL else (2001, "expected_t1")
    for economy, fractions in micro.data[expected][index].items():
        for k, fraction in enumerate(fractions, 1):
            computed = micro.value(index, economy, k, year)
            assert computed == pytest.approx(float(Fraction(fraction)), rel=1e-12, abs=1e-15)


def test_revealed_competitiveness_of_the_micro_world_is_the_logarithm_of_its_fractions(micro: MicroWorld) -> None:
    exports, imports = micro.data["expected_t0"]["rxa"], micro.data["expected_t0"]["rmp"]
    for economy, printed in micro.data["rc"].items():
        for k in range(3):
            computed = micro.value("rc", economy, k + 1)
            assert computed == pytest.approx(printed[k], abs=5e-7)
            ratio = Fraction(exports[economy][k]) / Fraction(imports[economy][k])
            assert computed == pytest.approx(math.log(ratio), rel=1e-12)


@pytest.mark.parametrize("index", ["openness", "export_dependence", "import_dependence"])
def test_trade_of_whole_economies_is_measured_by_their_gdp(micro: MicroWorld, index: str) -> None:
    flows, names = micro.data["flows"]["t0"], micro.data["economies"]
    numbers = []
    for name in names:
        exports = sum(map(sum, flows[name].values()))
        numbers += [exports, sum(sum(flows[o][name]) for o in names if o != name), micro.data["gdp"][name]]
    measures = ("exports", "imports", "gdp")
    labels = {
        "reporter": [Label(name, Bilingual(name)) for name in names],
        "measure": [Label(name, Bilingual(name)) for name in measures],
    }
    columns = {"reporter": [0, 0, 0, 1, 1, 1, 2, 2, 2], "measure": [0, 1, 2] * 3}
    whole = new_table("whole", Bilingual("Whole"), labels, columns, Periods("year", (2000,)), [numbers])
    results = analyse(Project("p", tables=(whole,)))
    for economy, fraction in micro.data["expected_whole"][index].items():
        assert by_year(results, index, "whole", economy, "")[2000] == pytest.approx(
            float(Fraction(fraction)), rel=1e-12
        )


ELSEWHERE = {
    "test_golden_numbers.py": ("rc", "balance", "coverage", "growth_exports", "growth_imports"),
    "test_growth_and_unit_values.py": (
        "cagr_exports", "cagr_imports", "unit_value_exports", "unit_value_imports", "unit_value_ratio",
        "relative_unit_value",
    ),
    "test_composite.py": ("composite",),
    "test_structure_indices.py": ("entropy", "concentration_unctad_imports"),
    "test_bilateral_indices.py": ("tii_sector", "sector_complementarity", "complementarity_product"),
    "test_complexity.py": (
        "presence", "diversity", "ubiquity", "prody", "expy", "eci", "pci", "proximity", "density", "coi", "cog",
        "fitness", "product_fitness",
    ),
}  # fmt: skip
"""Where the other golden values stand: numbers worked out by hand, or made by another program."""


def test_every_index_has_a_golden_value(micro: MicroWorld) -> None:
    pairs = json.loads((GOLDEN / "bilateral.json").read_text(encoding="utf-8"))
    golden = {"share_decomposition", "concentration_unctad", "theil", *pairs["pairs"], *pairs["changes"]}
    for part in ("expected_t0", "expected_t1", "expected_whole", "expected_structure"):
        golden |= {*micro.data[part]}
    for file, names in ELSEWHERE.items():
        said = (Path(__file__).parent / file).read_text(encoding="utf-8")
        assert [name for name in names if name not in said] == [], file
        golden |= {*names}
    assert {*indices()} == golden - {"tii_less_reporter", "total"}


def test_growth_of_imports_in_the_micro_world(micro: MicroWorld) -> None:
    assert micro.value("growth_imports", "A", 2, 2001) == pytest.approx(40 / 30 - 1)


def test_relative_export_advantage_of_the_world_bank_table_agrees_with_the_reference(results: Results) -> None:
    computed = by_year(results, "rxa", "worldbank", "CHN")
    expected = rows("worldbank_rxa.csv")
    assert len(expected) == len(computed) == 16
    for row in expected:
        assert computed[int(row["year"])] == pytest.approx(float(row["rxa"]), abs=1e-4)


def test_rca_against_the_world_without_the_economy_agrees_with_the_reference(results: Results) -> None:
    computed = by_year(results.under({"world": "excluding"}), "rca", "worldbank", "CHN")
    expected = rows("worldbank_excluding.csv")
    assert len(expected) == len(computed) == 16
    for row in expected:
        assert computed[int(row["year"])] == pytest.approx(float(row["rca"]), abs=1e-4)


def test_with_two_sectors_the_advantage_without_double_counting_is_far_from_rca(results: Results) -> None:
    ireland = {index: by_year(results, index, "worldbank", "IRL")[2020] for index in ("rca", "rxa")}
    assert {index: rounded(value, 2) for index, value in ireland.items()} == {"rca": "2.30", "rxa": "4.06"}


def test_without_a_stated_world_and_total_both_are_sums_and_every_result_says_so(micro: MicroWorld) -> None:
    assert analysed(micro.project).tables["micro"].variants["rca"] == {"world": "sum of 3", "total": "sum of 3"}


def test_the_world_bank_table_uses_the_stated_world_and_the_sum_of_goods_and_services(results: Results) -> None:
    assert results.tables["worldbank"].variants["rca"] == {"world": "stated", "total": "sum of 2"}


def test_growth_and_coverage_follow_from_the_printed_flows(results: Results) -> None:
    growth = by_year(results, "growth_exports", "table3", "CHN")
    assert np.isnan(growth[2009])
    assert growth[2010] == pytest.approx(1783.4 / 1435.7 - 1)
    assert by_year(results, "coverage", "table3", "CHN")[2018] == pytest.approx(2668.4 / 5250.4)
    assert by_year(results, "balance", "table3", "CHN")[2018] == pytest.approx(-2582.0)
