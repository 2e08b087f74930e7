"""Zeros, gaps and negative flows: each index gives a number, or none with its reason, and never an infinite one."""

from __future__ import annotations

import math
from itertools import product

import numpy as np
import pytest

from core.analysis import analyse
from core.indices import indices
from core.indices.registry import Index
from core.project import Project, Study
from core.results import Results
from core.status import UNDEFINED, Status
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

NAN = math.nan
MILLION, BILLION, YUAN = Unit("USD", 1e6), Unit("USD", 1e9), Unit("CNY", 1e6)
ROLES = {"W": "world", "total": "total"}
Flows = dict[tuple[str, str, str], list[float]]


def table(series: Flows, units: dict[str, Unit] | None = None, table_id: str = "t") -> Table:
    """A table from {(reporter, sector, measure): numbers from 2000 on}; `units` are those of measures."""
    labels: dict[str, list[Label]] = {}
    columns: dict[str, list[int]] = {}
    for n, dimension in enumerate(("reporter", "sector", "measure")):
        names = [name for name in dict.fromkeys(key[n] for key in series) if name]
        labels[dimension] = [Label(name, Bilingual(name), ROLES.get(name, "")) for name in names]
        columns[dimension] = [names.index(key[n]) if key[n] else -1 for key in series]
    used = list(dict.fromkeys([*(units or {}).values(), MILLION]))
    columns["unit"] = [used.index((units or {}).get(measure, MILLION)) for _, _, measure in series]
    years = tuple(range(2000, 2000 + len(next(iter(series.values())))))
    numbers = list(np.array(list(series.values()), dtype=np.float64).T)
    return new_table(table_id, Bilingual(table_id), labels, columns, Periods("year", years), numbers, units=tuple(used))


def said(series: Flows | Results, index: str, sector: str = "k", year: int = 2000) -> tuple[float, int]:
    """Value and status of the economy A."""
    results = series if isinstance(series, Results) else analyse(Project("p", tables=(table(series),)))
    found = results.find((index, "", "t", "A", "", sector))
    assert found is not None
    at = found.years.index(year)
    return float(found.values[at]), int(found.statuses[at])


def undefined(series: Flows | Results, index: str, status: Status, sector: str = "k", year: int = 2000) -> bool:
    value, why = said(series, index, sector, year)
    return math.isnan(value) and why == status


def two(own: tuple[float, float], others: tuple[float, float], measure: str = "exports") -> Flows:
    """Flows of A and of B, the rest of the world, in the sectors k and l."""
    return {
        ("A", "k", measure): [own[0]],
        ("A", "l", measure): [own[1]],
        ("B", "k", measure): [others[0]],
        ("B", "l", measure): [others[1]],
    }


@pytest.mark.parametrize(
    ("own", "others", "status"),
    [
        ((5.0, 0.0), (3.0, 4.0), Status.ZERO_BASE),
        ((5.0, 6.0), (3.0, 0.0), Status.ZERO_BASE),
        ((5.0, 6.0), (0.0, 4.0), Status.ZERO_BASE),
        ((5.0, 0.0), (3.0, 0.0), Status.ZERO_BASE),
        ((0.0, 0.0), (3.0, 4.0), Status.NO_TRADE),
        ((0.0, 6.0), (0.0, 4.0), Status.NO_TRADE),
        ((NAN, 6.0), (3.0, 4.0), Status.MISSING),
    ],
    ids=[
        "the economy exports nothing else",
        "the rest of the world exports nothing else",
        "nobody else exports it",
        "nobody exports anything else",
        "the economy exports nothing",
        "nobody exports it",
        "a flow is missing",
    ],
)
def test_relative_export_advantage_has_no_value_without_something_to_compare(
    own: tuple[float, float], others: tuple[float, float], status: Status
) -> None:
    assert undefined(two(own, others), "rxa", status)


def test_relative_export_advantage_of_a_sector_that_is_not_exported_is_zero() -> None:
    assert said(two((0.0, 6.0), (3.0, 4.0)), "rxa") == (0.0, Status.OK)


def test_an_economy_above_the_stated_world_is_computed_and_flagged() -> None:
    above: Flows = {
        ("A", "k", "exports"): [5.0],
        ("A", "l", "exports"): [6.0],
        ("W", "k", "exports"): [4.0],
        ("W", "l", "exports"): [20.0],
    }
    for index in ("arca", "nrca_yu", "rxa"):
        assert said(above, index)[1] == Status.ABOVE_WORLD
    assert said(above, "arca")[0] == pytest.approx(5 / 11 - 4 / 24)
    assert said(above, "rxa")[0] == pytest.approx((5 / 6) / ((4 - 5) / (20 - 6)))


def test_what_the_rounding_of_sums_leaves_is_not_taken_for_trade() -> None:
    three: Flows = {
        (economy, sector, "exports"): [value]
        for (economy, sector), value in zip(
            product("ABC", "klm"), (0.1, 0.1, 0.1, 0.1, 0.0, 0.0, 0.1, 0.0, 0.0), strict=True
        )
    }
    assert undefined(three, "rxa", Status.ZERO_BASE)


def test_a_stated_total_has_no_advantage_over_itself() -> None:
    stated: Flows = {
        (economy, sector, "exports"): [value]
        for (economy, sector), value in zip(
            product("AB", ("k", "l", "total")), (1.0, 2.0, 3.0, 4.0, 5.0, 9.0), strict=True
        )
    }
    assert undefined(stated, "rxa", Status.ZERO_BASE, "total")
    assert said(stated, "arca", "total") == (0.0, Status.OK)
    assert said(stated, "nrca_yu", "total")[0] == pytest.approx(0.0, abs=1e-16)
    assert said(stated, "rxa")[0] == pytest.approx((1 / 2) / (4 / 5))


def both(exports: tuple[float, float], imports: tuple[float, float]) -> Flows:
    return two(exports, (3.0, 4.0)) | two(imports, (2.0, 5.0), "imports")


@pytest.mark.parametrize(
    ("exports", "imports", "status"),
    [
        ((0.0, 6.0), (1.0, 1.0), Status.ZERO_BASE),
        ((5.0, 6.0), (0.0, 1.0), Status.ZERO_BASE),
        ((0.0, 6.0), (0.0, 1.0), Status.NO_TRADE),
        ((-1.0, 6.0), (1.0, 1.0), Status.ZERO_BASE),
        ((5.0, 6.0), (NAN, 1.0), Status.MISSING),
    ],
)
def test_zero_and_negative_flows_have_no_logarithm(
    exports: tuple[float, float], imports: tuple[float, float], status: Status
) -> None:
    assert undefined(both(exports, imports), "rc", status)


def test_relative_trade_advantage_needs_no_logarithm() -> None:
    assert said(both((0.0, 6.0), (1.0, 1.0)), "rta") == (-(1 / 1) / (2 / 5), Status.OK)


def test_a_sector_without_trade_adds_nothing_to_the_balance() -> None:
    assert said(both((0.0, 6.0), (0.0, 1.0)), "lafay") == (0.0, Status.OK)
    assert said(both((0.0, 6.0), (0.0, 1.0)), "nxrca") == (0.0, Status.OK)
    assert undefined(both((0.0, 0.0), (0.0, 0.0)), "lafay", Status.NO_TRADE)
    assert undefined(both((5.0, 6.0), (0.0, 0.0)), "nxrca", Status.NO_TRADE)
    assert undefined(both((5.0, 6.0), (0.0, 0.0)), "ca", Status.NO_TRADE)


def test_intra_industry_trade_is_none_in_one_way_trade_and_flagged_where_a_flow_is_negative() -> None:
    assert said(both((5.0, 6.0), (0.0, 1.0)), "gl") == (0.0, Status.OK)
    assert undefined(both((0.0, 6.0), (0.0, 1.0)), "gl", Status.NO_TRADE)
    assert said(both((-1.0, 6.0), (3.0, 1.0)), "gl") == (-1.0, Status.NEGATIVE_FLOW)


def years(exports: list[float], imports: list[float], other: list[float] | None = None) -> Flows:
    """Flows of A in sector k, and the same other flow of sector l in both directions."""
    rest = other or [1.0] * len(exports)
    return {
        ("A", "k", "exports"): exports,
        ("A", "k", "imports"): imports,
        ("A", "l", "exports"): rest,
        ("A", "l", "imports"): rest,
    }


@pytest.mark.parametrize("index", ["miit", "contribution_exports", "growth_share_imports"])
def test_the_first_year_has_no_change(index: str) -> None:
    assert undefined(years([1.0, 2.0], [1.0, 3.0]), index, Status.NO_EARLIER_YEAR)


def test_marginal_intra_industry_trade_needs_a_change() -> None:
    assert undefined(years([1.0, 1.0], [3.0, 3.0]), "miit", Status.ZERO_BASE, year=2001)
    assert undefined(years([1.0, 2.0], [NAN, 3.0]), "miit", Status.MISSING, year=2001)
    assert said(years([4.0, 2.0], [5.0, 4.0]), "miit", year=2001) == (pytest.approx(1 - 1 / 3), Status.OK)
    assert said(years([4.0, 2.0], [5.0, 7.0]), "miit", year=2001) == (0.0, Status.OK)


def test_without_growth_of_the_total_a_sector_has_no_share_in_it() -> None:
    still = years([1.0, 2.0], [1.0, 1.0], [2.0, 1.0])
    assert undefined(still, "growth_share_exports", Status.ZERO_BASE, year=2001)
    assert said(still, "contribution_exports", year=2001) == (pytest.approx(1 / 3), Status.OK)
    rounded = years([0.1, 0.3], [1.0, 1.0], [0.2, 0.0])
    assert undefined(rounded, "growth_share_exports", Status.ZERO_BASE, year=2001)


@pytest.mark.parametrize("base", [0.0, -4.0])
def test_a_contribution_needs_a_positive_total_before(base: float) -> None:
    assert undefined(years([base, 2.0], [1.0, 1.0], [0.0, 1.0]), "contribution_exports", Status.ZERO_BASE, year=2001)


def produced(output: float, exports: float, imports: float) -> Flows:
    return {("A", "k", each): [value] for each, value in zip(
        ("output", "exports", "imports"), (output, exports, imports), strict=True
    )}  # fmt: skip


def test_imports_may_exceed_home_demand_but_home_demand_must_exist() -> None:
    assert said(produced(10.0, 12.0, 6.0), "import_penetration") == (1.5, Status.OK)
    assert undefined(produced(10.0, 18.0, 6.0), "import_penetration", Status.ZERO_BASE)
    assert undefined(produced(10.0, 16.0, 6.0), "import_penetration", Status.ZERO_BASE)
    assert undefined(produced(NAN, 4.0, 6.0), "import_penetration", Status.MISSING)


def test_exports_are_measured_by_output() -> None:
    assert said(produced(10.0, 12.0, 6.0), "export_orientation") == (1.2, Status.OK)
    assert undefined(produced(0.0, 12.0, 6.0), "export_orientation", Status.ZERO_BASE)
    assert undefined(produced(0.0, 0.0, 6.0), "export_orientation", Status.NO_TRADE)


def with_gdp(gdp: float, unit: Unit) -> Results:
    """Flows in million dollars, and the GDP in a table of its own; neither has sectors."""
    trade = table({("A", "", "exports"): [30.0], ("A", "", "imports"): [20.0]})
    other = table({("A", "", "gdp"): [gdp]}, {"gdp": unit}, "g")
    return analyse(Project("p", tables=(trade, other), study=Study(bindings={"gdp": "g"})))


def test_openness_reads_the_gdp_of_another_table_in_another_scale() -> None:
    results = with_gdp(0.2, BILLION)
    assert said(results, "openness", "") == (pytest.approx(0.25), Status.OK)
    assert said(results, "export_dependence", "") == (pytest.approx(0.15), Status.OK)
    assert said(results, "import_dependence", "") == (pytest.approx(0.1), Status.OK)


def test_openness_does_not_divide_dollars_by_yuan_or_by_nothing() -> None:
    assert undefined(with_gdp(200.0, YUAN), "openness", Status.UNIT_MISMATCH, "")
    assert undefined(with_gdp(0.0, MILLION), "openness", Status.ZERO_BASE, "")
    assert undefined(with_gdp(NAN, MILLION), "openness", Status.MISSING, "")


def test_without_gdp_openness_says_what_it_needs() -> None:
    lacking = analyse(Project("p", tables=(table(years([1.0], [1.0])),))).tables["t"].lacking("openness")
    assert [str(each.reason) for each in lacking] == ["needs GDP"]


ELSEWHERE = {"quantity_exports", "quantity_imports", "gdp_per_capita"}
"""Measures that the random tables below do not hold."""


def _of_pairs(index: Index) -> bool:
    """Whether an index needs flows between economies."""
    apart = {"partner", "reporter", "flow", "market", *(() if index.mixes_economies else ("global",))}
    return any(each.whose in apart or (each.is_index and _of_pairs(indices()[each.what])) for each in index.inputs)


@pytest.mark.parametrize("seed", range(4))
def test_no_result_is_infinite_and_what_has_none_says_why(seed: int) -> None:
    random = np.random.default_rng(seed)
    keys = [*product("ABC", ("k", "l", "m", "total"), ("exports", "imports", "output", "gdp"))]
    numbers = random.choice([0.0, 0.0, 1.0, 2.0, -1.0, NAN], (len(keys), 3))
    results = analyse(Project("p", tables=(table(dict(zip(keys, numbers.tolist(), strict=True))),)), wanted=indices())
    found = results.tables["t"]
    unread = {each.id for each in indices().values() if any(measure in ELSEWHERE for _, measure in each.reads)}
    of_pairs = {each.id for each in indices().values() if _of_pairs(each)}
    assert {*found.available} == {*indices()} - unread - of_pairs
    for computed in found.done().values():
        for values, statuses in computed.parts.values():
            assert np.array_equal(np.isnan(values), statuses >= UNDEFINED)
            assert not np.isinf(values).any()
