"""What must hold between indices on any data: random panels, also with a stated total and a group of economies."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis import analyse
from core.project import Project
from core.results import Results
from core.table import Floats, Label, Periods, new_table
from core.text import Bilingual

ECONOMIES, SECTORS, YEARS = 7, 11, (2000, 2001)


def panel(seed: int, total: bool = False, group: bool = False, scale: float = 1.0) -> Project:
    """Log-normal flows with some zeros; optionally the sector "total" and the aggregate "EU" of two economies."""
    random = np.random.default_rng(seed)
    flows = scale * random.lognormal(3, 2, (len(YEARS), 2, ECONOMIES, SECTORS))
    flows[:, :, :, 1:][random.random((len(YEARS), 2, ECONOMIES, SECTORS - 1)) < 0.1] = 0
    names = [Label(f"e{i}", Bilingual(f"E{i}")) for i in range(ECONOMIES)]
    sectors = [Label(f"s{k}", Bilingual(f"S{k}")) for k in range(SECTORS)]
    if group:
        flows = np.concatenate([flows, flows[:, :, :2].sum(axis=2, keepdims=True)], axis=2)
        names.append(Label("EU", Bilingual("EU"), "aggregate"))
    if total:
        flows = np.concatenate([flows, flows.sum(axis=3, keepdims=True)], axis=3)
        sectors.append(Label("total", Bilingual("Total"), "total"))
    shape = (2, len(names), len(sectors))
    measure, reporter, sector = (each.ravel().tolist() for each in np.indices(shape))
    labels = {
        "reporter": names,
        "sector": sectors,
        "measure": [Label("exports", Bilingual("Exports")), Label("imports", Bilingual("Imports"))],
    }
    columns = {"reporter": reporter, "sector": sector, "measure": measure}
    numbers = [year.ravel() for year in flows]
    return Project("p", tables=(new_table("t", Bilingual("T"), labels, columns, Periods("year", YEARS), numbers),))


def values(results: Results, index: str, year: int = 2001) -> Floats:
    """The values of the single economies in the single sectors, economies × sectors."""
    found = results.tables["t"].computed(index, year).parts[""][0]
    return found[:ECONOMIES, :SECTORS]


def given(project: Project, flow: str, year: int) -> Floats:
    """The flows themselves, economies × sectors."""
    table = project.tables[0]
    shape = (2, len(table.labels["reporter"]), len(table.labels["sector"]))
    return table.column(YEARS.index(year)).reshape(shape)[int(flow == "imports"), :ECONOMIES, :SECTORS]


CASES = pytest.mark.parametrize(("total", "group"), [(False, False), (True, False), (True, True)])


@CASES
@pytest.mark.parametrize("index", ["arca", "nrca_yu", "nxrca", "lafay"])
@pytest.mark.parametrize("seed", range(3))
def test_these_add_up_to_nothing_over_the_sectors(index: str, seed: int, total: bool, group: bool) -> None:
    found = values(analyse(panel(seed, total, group)), index)
    assert found.sum(axis=1) == pytest.approx(np.zeros(ECONOMIES), abs=1e-12 * np.abs(found).sum())


@CASES
def test_normalised_advantage_adds_up_to_nothing_over_the_economies(total: bool, group: bool) -> None:
    found = values(analyse(panel(4, total, group)), "nrca_yu")
    assert found.sum(axis=0) == pytest.approx(np.zeros(SECTORS), abs=1e-15)
    assert np.abs(found).max() <= 0.25


@CASES
def test_contributions_add_up_to_the_growth_of_the_total_and_shares_of_it_to_one(total: bool, group: bool) -> None:
    project = panel(5, total, group)
    results = analyse(project)
    for flow in ("exports", "imports"):
        now, before = (given(project, flow, year).sum(axis=1) for year in YEARS[::-1])
        assert values(results, f"contribution_{flow}").sum(axis=1) == pytest.approx(now / before - 1)
        assert values(results, f"growth_share_{flow}").sum(axis=1) == pytest.approx(np.ones(ECONOMIES))


@CASES
@pytest.mark.parametrize("seed", range(3))
def test_indices_of_one_economy_and_sector_follow_from_each_other(seed: int, total: bool, group: bool) -> None:
    results = analyse(panel(seed, total, group))
    tc, gl, rca, rxa, rmp = (values(results, each) for each in ("tc", "gl", "rca", "rxa", "rmp"))
    assert gl == pytest.approx(1 - np.abs(tc), nan_ok=True)
    assert values(results, "rta") == pytest.approx(rxa - rmp)
    defined = (rxa > 0) & (rmp > 0)
    assert values(results, "rc")[defined] == pytest.approx(np.log(rxa[defined]) - np.log(rmp[defined]))
    assert np.array_equal(np.isnan(values(results, "rc")), ~defined)
    for index in ("arca", "nrca_yu"):
        assert np.array_equal(values(results, index) > 0, rca > 1)
    assert np.array_equal(rxa > 1, rca > 1)


def test_the_lafay_index_orders_sectors_as_the_net_export_index_does() -> None:
    project = panel(6)
    results = analyse(project)
    exports, imports = (given(project, flow, 2001).sum(axis=1, keepdims=True) for flow in ("exports", "imports"))
    scale = 200 * exports * imports / (exports + imports) ** 2
    assert values(results, "lafay") == pytest.approx(scale * values(results, "nxrca"), abs=1e-12)
    assert np.abs(values(results, "lafay")).max() <= 50


@pytest.mark.parametrize("index", ["arca", "nrca_yu", "rxa", "rmp", "rta", "rc", "ca", "nxrca", "lafay", "gl", "miit"])
def test_the_unit_of_all_flows_does_not_matter(index: str) -> None:
    before, after = (values(analyse(panel(7, scale=scale)), index) for scale in (1.0, 1000.0))
    assert after == pytest.approx(before, nan_ok=True, rel=1e-9, abs=1e-15)
