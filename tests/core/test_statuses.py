"""The edge cases: a value that cannot be given is missing with its reason, never 0 and never infinite."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.analysis import analyse
from core.project import Project, Study
from core.results import Line
from core.status import Status
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

NAN = math.nan


def table(
    series: dict[tuple[str, str, str], list[float]],
    years: tuple[int, ...] = (2000,),
    units: tuple[Unit, ...] = (Unit("USD", 1e6),),
    unit: list[int] | None = None,
    table_id: str = "t",
) -> Table:
    """A table from {(reporter, sector, measure): numbers}; "W" is the world, "total" the stated total."""
    names = [list(dict.fromkeys(key[n] for key in series)) for n in range(3)]
    roles = {"W": "world", "total": "total"}
    labels = {
        dimension: [Label(name, Bilingual(name), roles.get(name, "")) for name in names[n]]
        for n, dimension in enumerate(("reporter", "sector", "measure"))
    }
    columns = {
        dimension: [names[n].index(key[n]) for key in series]
        for n, dimension in enumerate(("reporter", "sector", "measure"))
    }
    columns["unit"] = unit or [0] * len(series)
    numbers = list(np.array(list(series.values()), dtype=np.float64).T)
    return new_table(table_id, Bilingual(table_id), labels, columns, Periods("year", years), numbers, units=units)


def line(project: Project, index: str, reporter: str = "A", sector: str = "k") -> Line:
    found = analyse(project).find((index, "", "t", reporter, "", sector))
    assert found is not None
    return found


def flows(exports: list[float], imports: list[float], years: tuple[int, ...] = (2000,)) -> Project:
    return Project("p", tables=(table({("A", "k", "exports"): exports, ("A", "k", "imports"): imports}, years),))


@pytest.mark.parametrize(
    ("index", "exports", "imports", "status"),
    [
        ("tc", 0.0, 0.0, Status.NO_TRADE),
        ("coverage", 0.0, 0.0, Status.NO_TRADE),
        ("coverage", 5.0, 0.0, Status.ZERO_BASE),
        ("tc", NAN, 5.0, Status.MISSING),
        ("balance", 5.0, NAN, Status.MISSING),
    ],
)
def test_an_undefined_value_is_missing_and_says_why(index: str, exports: float, imports: float, status: Status) -> None:
    found = line(flows([exports], [imports]), index)
    assert math.isnan(found.values[0])
    assert found.statuses[0] == status


def test_a_zero_numerator_is_a_zero() -> None:
    found = line(flows([0.0], [4.0]), "coverage")
    assert (found.values[0], found.statuses[0]) == (0.0, Status.OK)


def test_a_negative_flow_is_computed_and_flagged() -> None:
    found = line(flows([-2.0], [4.0]), "tc")
    assert found.values[0] == pytest.approx(-3.0)
    assert found.statuses[0] == Status.NEGATIVE_FLOW


@pytest.mark.parametrize("base", [0.0, -1.0])
def test_growth_over_a_base_that_is_not_positive_has_no_value(base: float) -> None:
    found = line(flows([base, 3.0], [1.0, 1.0], (2000, 2001)), "growth_exports")
    assert math.isnan(found.values[1])
    assert found.statuses[1] == Status.ZERO_BASE


def test_growth_does_not_bridge_a_gap_of_years() -> None:
    found = line(flows([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], (2000, 2002, 2003)), "growth_exports")
    assert found.statuses.tolist() == [Status.NO_EARLIER_YEAR, Status.NO_EARLIER_YEAR, Status.OK]


def test_flows_of_one_currency_and_two_scales_are_converted() -> None:
    both = table(
        {("A", "k", "exports"): [1.5], ("A", "k", "imports"): [500.0]},
        units=(Unit("USD", 1e9), Unit("USD", 1e6)),
        unit=[0, 1],
    )
    found = line(Project("p", tables=(both,)), "tc")
    assert found.values[0] == pytest.approx((1.5e9 - 0.5e9) / 2e9)


def test_flows_in_two_currencies_are_not_compared() -> None:
    both = table(
        {("A", "k", "exports"): [1.5], ("A", "k", "imports"): [500.0]},
        units=(Unit("USD", 1e9), Unit("CNY", 1e9)),
        unit=[0, 1],
    )
    found = line(Project("p", tables=(both,)), "tc")
    assert math.isnan(found.values[0])
    assert found.statuses[0] == Status.UNIT_MISMATCH


def test_an_economy_above_the_world_is_flagged() -> None:
    both = table({("A", "k", "exports"): [5.0], ("W", "k", "exports"): [4.0]})
    assert line(Project("p", tables=(both,)), "ims").statuses[0] == Status.ABOVE_WORLD


def test_a_sum_with_a_missing_part_is_missing_and_not_smaller() -> None:
    world = table(
        {
            ("A", "k", "exports"): [5.0], ("A", "l", "exports"): [NAN], ("B", "k", "exports"): [1.0],
            ("B", "l", "exports"): [1.0],
        }
    )  # fmt: skip
    project = Project("p", tables=(world,))
    assert line(project, "rca").statuses[0] == Status.MISSING
    assert line(project, "ims").values[0] == pytest.approx(5 / 6)


def test_a_stated_total_is_used_for_economies_and_world_alike() -> None:
    stated = table(
        {
            ("A", "k", "exports"): [2.0], ("A", "total", "exports"): [10.0],
            ("W", "k", "exports"): [10.0], ("W", "total", "exports"): [100.0],
        }
    )  # fmt: skip
    assert line(Project("p", tables=(stated,)), "rca").values[0] == pytest.approx((2 / 10) / (10 / 100))


def test_a_total_stated_for_some_economies_only_gives_way_to_sums_for_all() -> None:
    half = table(
        {
            ("A", "k", "exports"): [2.0], ("A", "l", "exports"): [3.0], ("A", "total", "exports"): [99.0],
            ("W", "k", "exports"): [10.0], ("W", "l", "exports"): [10.0],
        }
    )  # fmt: skip
    project = Project("p", tables=(half,))
    assert line(project, "rca").values[0] == pytest.approx((2 / 5) / (10 / 20))
    assert analyse(project).tables["t"].variants["rca"]["total"] == "sum of 2"


def test_one_economy_alone_is_not_taken_for_the_world() -> None:
    results = analyse(flows([1.0], [1.0]))
    assert "ims" not in results.tables["t"].available
    reasons = [str(each.reason) for each in results.tables["t"].lacking("ims")]
    assert reasons == ["needs exports of the world, or of two or more economies"]


def test_what_cannot_be_computed_names_the_measure_and_the_economies(sample_project: Project) -> None:
    reason = analyse(sample_project).tables["worldbank"].lacking("tc")[0]
    assert str(reason.reason) == "needs imports of goods"
    assert [name.en for name in reason.where] == ["China", "India", "Ireland", "United States"]


def test_bilateral_flows_are_compared_partner_by_partner() -> None:
    labels = {
        "reporter": [Label("A", Bilingual("A")), Label("B", Bilingual("B"))],
        "partner": [Label("P", Bilingual("P")), Label("Q", Bilingual("Q"))],
        "measure": [Label("exports", Bilingual("X"))],
    }
    columns = {"reporter": [0, 0, 1, 1], "partner": [0, 1, 0, 1], "measure": [0, 0, 0, 0]}
    both = new_table("t", Bilingual("T"), labels, columns, Periods("year", (2000,)), [[3.0, 1.0, 1.0, 7.0]])
    results = analyse(Project("p", tables=(both,), study=Study()))
    shares = {line.key[3:5]: line.values[0] for line in results.lines("ims")}
    assert shares == {("A", "P"): 0.75, ("A", "Q"): 0.125, ("B", "P"): 0.25, ("B", "Q"): 0.875}


@pytest.mark.parametrize("unit", [Unit("LCU", 1e6), Unit("Rs", 1e7), Unit("Rs 2011", 1e7), Unit("kina")])
def test_a_currency_without_a_country_counts_within_an_economy_and_is_not_added_up_over_several(unit: Unit) -> None:
    series = {
        (each, "k", flow): [value] for each in ("IND", "PAK") for flow, value in (("exports", 6.0), ("imports", 2.0))
    }
    series |= {(each, "m", "exports"): [1.0] for each in ("IND", "PAK")}
    found = analyse(Project("p", tables=(table(series, units=(unit,)),)))
    for reporter in ("IND", "PAK"):
        own = found.find(("tc", "", "t", reporter, "", "k"))
        assert own is not None
        assert own.values.tolist() == [0.5]  # (6 − 2) / (6 + 2)
    assert found.find(("rca", "", "t", "IND", "", "k")) is None


def test_the_rupees_of_states_of_one_country_are_added_up() -> None:
    series = {(each, sector, "exports"): [1.0] for each in ("Gujarat", "Kerala") for sector in ("k", "m")}
    found = analyse(Project("p", tables=(table(series, units=(Unit("Rs", 1e7),)),)))
    rca = found.find(("rca", "", "t", "Kerala", "", "k"))
    assert rca is not None
    assert rca.values.tolist() == [1.0]


def test_two_scales_of_a_currency_of_no_known_name_are_brought_to_one() -> None:
    series = {("A", "k", "exports"): [6.0], ("A", "k", "imports"): [2000.0]}
    units = (Unit("LCU", 1e9), Unit("LCU", 1e6))
    assert line(Project("p", tables=(table(series, units=units, unit=[0, 1]),)), "tc").values.tolist() == [0.5]


def test_local_currency_and_dollars_of_one_economy_are_not_compared() -> None:
    series = {("A", "k", "exports"): [6.0], ("A", "k", "imports"): [2.0]}
    units = (Unit("LCU", 1e6), Unit("USD", 1e6))
    found = line(Project("p", tables=(table(series, units=units, unit=[0, 1]),)), "tc")
    assert found.statuses[0] == Status.UNIT_MISMATCH
