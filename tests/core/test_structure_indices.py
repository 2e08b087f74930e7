"""Structure of trade: concentration, distance, intra-industry trade of all sectors, and why a share has changed."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis import analyse
from core.indices.concentration_unctad import concentration_unctad
from core.indices.concentration_unctad_imports import concentration_unctad_imports
from core.indices.diversification_unctad import diversification_unctad
from core.indices.entropy import entropy
from core.indices.equivalent_number import equivalent_number
from core.indices.gl_aggregate import gl_aggregate
from core.indices.gl_corrected import gl_corrected
from core.indices.hhi import hhi
from core.indices.hhi_imports import hhi_imports
from core.indices.hhi_normalised import hhi_normalised
from core.indices.michaely import michaely
from core.indices.share_decomposition import share_decomposition
from core.indices.theil import theil
from core.indices.wrca import wrca
from core.project import Analysis, Project
from core.results import Results
from core.status import Marked, Status
from core.table import Floats, Label, Periods, new_table
from core.text import Bilingual

MICRO = json.loads((Path(__file__).parent / "golden" / "microworld.json").read_text(encoding="utf-8"))
NAMES: list[str] = MICRO["economies"]
Index = Callable[[Floats], Floats | Marked]


def sums(period: str, side: str) -> Floats:
    """Exports or imports of the micro-world, economies × sectors."""
    flows = MICRO["flows"][period]
    if side == "exports":
        return np.array([np.sum([*flows[name].values()], axis=0) for name in NAMES], dtype=np.float64)
    return np.array(
        [np.sum([flows[other][name] for other in NAMES if other != name], axis=0) for name in NAMES], dtype=np.float64
    )


X, M = sums("t0", "exports"), sums("t0", "imports")
X1 = sums("t1", "exports")


def world(flows: Floats) -> Floats:
    return np.broadcast_to(flows.sum(axis=0), flows.shape)


def values_of(answer: Floats | Marked) -> Floats:
    return answer.values if isinstance(answer, Marked) else answer


@pytest.fixture(autouse=True)
def as_the_analysis_calls_indices() -> Iterator[None]:
    """Divisions by zero are the affair of the statuses."""
    with np.errstate(all="ignore"):
        yield


def one(*flows: float) -> Floats:
    return np.array([flows], dtype=np.float64)


ALL = {"hhi_n": "classification"}
TRADED = {"hhi_n": "nonzero"}
OF_MICRO: dict[str, Floats | Marked] = {
    "hhi": hhi(X),
    "hhi_imports": hhi_imports(M),
    "hhi_normalised": hhi_normalised(X, **ALL),
    "equivalent_number": equivalent_number(X),
    "diversification_unctad": diversification_unctad(X, world(X)),
    "michaely": michaely(X, M),
    "gl_aggregate": gl_aggregate(X, M),
    "gl_corrected": gl_corrected(X, M),
}


@pytest.mark.parametrize("index", [*MICRO["expected_structure"]])
def test_the_micro_world_gives_its_exact_fractions(index: str) -> None:
    computed = values_of(OF_MICRO[index])
    assert computed.shape == (3, 1)
    for name, value in zip(NAMES, computed[:, 0].tolist(), strict=True):
        assert value == pytest.approx(float(Fraction(MICRO["expected_structure"][index][name])), rel=1e-12)


def test_the_mean_of_the_sectors_measures_the_advantages_of_the_micro_world() -> None:
    computed = wrca(X, world(X), X, world(X))
    for name, row in zip(NAMES, computed.tolist(), strict=True):
        assert row == pytest.approx([float(Fraction(each)) for each in MICRO["expected_t0"]["wrca"][name]], rel=1e-12)


def test_unctad_s_concentration_and_theil_have_the_decimals_of_the_reference() -> None:
    concentration, inequality = concentration_unctad(X, **ALL), theil(X, **ALL)
    for at, name in enumerate(NAMES):
        assert concentration.values[at, 0] == pytest.approx(MICRO["concentration_unctad"][name], abs=5e-7)
        assert inequality.values[at, 0] == pytest.approx(MICRO["theil"][name], abs=5e-7)
        squares = Fraction(MICRO["expected_structure"]["hhi"][name])
        by_hand = (math.sqrt(squares) - math.sqrt(1 / 3)) / (1 - math.sqrt(1 / 3))
        assert concentration.values[at, 0] == pytest.approx(by_hand, rel=1e-12)


def test_the_change_of_a_share_is_explained_in_exact_fractions() -> None:
    parts = share_decomposition(X1, X, world(X1), world(X))
    expected = MICRO["expected_share_decomposition"]
    for component, values in zip(("competitiveness", "structure", "adaptation"), parts, strict=True):
        for at, name in enumerate(NAMES):
            assert values[at, 0] == pytest.approx(float(Fraction(expected[component][name])), rel=1e-12)
    for at, name in enumerate(NAMES):
        assert sum(values[at, 0] for values in parts) == pytest.approx(float(Fraction(expected["change"][name])))


def panel(seed: int, rows: int = 9, sectors: int = 14) -> Floats:
    """Log-normal flows of which a fifth are zero; every row keeps a flow."""
    random = np.random.default_rng(seed)
    flows = random.lognormal(3, 2, (rows, sectors))
    flows[:, 1:][random.random((rows, sectors - 1)) < 0.2] = 0
    return flows


BETWEEN: dict[str, tuple[Index, float]] = {
    "hhi_normalised": (lambda flows: hhi_normalised(flows, **ALL), 1),
    "hhi_normalised of traded": (lambda flows: hhi_normalised(flows, **TRADED), 1),
    "concentration_unctad": (lambda flows: concentration_unctad(flows, **ALL), 1),
    "concentration_unctad_imports": (lambda flows: concentration_unctad_imports(flows, **TRADED), 1),
    "theil": (lambda flows: theil(flows, **ALL), math.log(14)),
    "entropy": (entropy, math.log(14)),
    "diversification_unctad": (lambda flows: diversification_unctad(flows, world(flows)), 1),
    "michaely": (lambda flows: michaely(flows, np.roll(flows, 1, axis=0)), 1),
    "gl_aggregate": (lambda flows: gl_aggregate(flows, np.roll(flows, 1, axis=0)), 1),
    "gl_corrected": (lambda flows: gl_corrected(flows, np.roll(flows, 1, axis=0)), 1),
    "hhi": (hhi, 1),
    "hhi_imports": (hhi_imports, 1),
    "equivalent_number": (equivalent_number, 14),
}


@pytest.mark.parametrize("name", BETWEEN)
@pytest.mark.parametrize("seed", range(3))
def test_values_keep_between_their_bounds_and_know_neither_unit_nor_order_of_sectors(name: str, seed: int) -> None:
    index, most = BETWEEN[name]
    flows = panel(seed)
    computed = values_of(index(flows))
    assert ((computed >= -1e-12) & (computed <= most + 1e-12)).all()
    assert np.ptp(computed) > 1e-6
    order = np.random.default_rng(seed).permutation(flows.shape[1])
    np.testing.assert_allclose(values_of(index(1e-6 * flows)), computed, rtol=1e-11)
    np.testing.assert_allclose(values_of(index(flows[:, order])), computed, rtol=1e-11)


@pytest.mark.parametrize("n", [2, 7, 5000])
def test_equal_sectors_concentrate_least(n: int) -> None:
    equal = np.full((1, n), 3.7)
    assert hhi(equal)[0, 0] == pytest.approx(1 / n)
    assert equivalent_number(equal)[0, 0] == pytest.approx(n)
    assert entropy(equal).values[0, 0] == pytest.approx(math.log(n))
    for index in (hhi_normalised, concentration_unctad, theil):
        assert index(equal, **ALL).values[0, 0] == pytest.approx(0, abs=1e-9)


def test_one_sector_of_several_is_the_greatest_concentration() -> None:
    single = one(0, 5, 0, 0)
    assert hhi(single)[0, 0] == equivalent_number(single)[0, 0] == 1
    assert hhi_normalised(single, **ALL).values[0, 0] == concentration_unctad(single, **ALL).values[0, 0] == 1
    assert theil(single, **ALL).values[0, 0] == pytest.approx(math.log(4))
    assert entropy(single).values[0, 0] == 0


@pytest.mark.parametrize("options", [ALL, TRADED])
def test_theil_and_entropy_make_up_the_logarithm_of_the_number_of_sectors(options: dict[str, str]) -> None:
    flows = panel(5)
    counted = (flows != 0).sum(axis=1) if options == TRADED else np.full(len(flows), flows.shape[1])
    both = theil(flows, **options).values + entropy(flows).values
    np.testing.assert_allclose(both[:, 0], np.log(counted))


def test_the_number_of_sectors_is_that_of_the_classification_or_of_the_traded_ones() -> None:
    flows = one(5, 5, 0, 0)
    assert hhi_normalised(flows, **TRADED).values[0, 0] == pytest.approx(0)
    assert hhi_normalised(flows, **ALL).values[0, 0] == pytest.approx((1 / 2 - 1 / 4) / (1 - 1 / 4))
    assert concentration_unctad_imports(flows, **ALL).values[0, 0] == pytest.approx(math.sqrt(2) - 1)


@pytest.mark.parametrize("index", [hhi_normalised, concentration_unctad, concentration_unctad_imports])
def test_a_single_sector_leaves_nothing_to_be_concentrated_on(index: Callable[..., Marked]) -> None:
    assert index(one(5), **ALL).statuses.tolist() == [[Status.TOO_FEW]]
    assert index(one(0, 5), **TRADED).statuses.tolist() == [[Status.TOO_FEW]]
    assert index(one(0, 5), **ALL).statuses.tolist() == [[0]]


OF_ONE_ROW: list[Index] = [
    hhi, equivalent_number, entropy,
    lambda flows: theil(flows, **ALL),
    lambda flows: hhi_normalised(flows, **ALL),
    lambda flows: concentration_unctad(flows, **TRADED),
    lambda flows: michaely(flows, one(1, 2, 3)),
    lambda flows: diversification_unctad(flows, one(1, 2, 3)),
]  # fmt: skip


@pytest.mark.parametrize("index", OF_ONE_ROW)
def test_without_trade_there_is_no_structure(index: Index) -> None:
    answer = index(one(0, 0, 0))
    assert np.isnan(values_of(answer)).all()
    assert not isinstance(answer, Marked) or not answer.statuses.any()


@pytest.mark.parametrize("index", OF_ONE_ROW)
@pytest.mark.parametrize("flows", [(5, -5, 0), (-3, -2, 0), (1, -2, 0)])
def test_flows_that_add_up_to_nothing_or_less_have_no_shares(index: Index, flows: tuple[float, ...]) -> None:
    assert np.isinf(values_of(index(one(*flows)))).all()
    assert np.isinf(michaely(one(*flows), one(*flows))).all()


@pytest.mark.parametrize("index", [entropy, lambda flows: theil(flows, **ALL)])
def test_a_negative_share_has_no_logarithm_but_a_square(index: Callable[[Floats], Marked]) -> None:
    assert index(one(5, -1, 6)).statuses.tolist() == [[Status.LOG_OF_ZERO]]
    assert hhi(one(5, -1, 6))[0, 0] == pytest.approx(0.62)


@pytest.mark.parametrize("index", OF_ONE_ROW)
def test_a_missing_sector_leaves_no_value_for_its_own_economy_only(index: Index) -> None:
    flows = np.array([[1.0, np.nan, 3.0], [1.0, 2.0, 3.0]])
    assert np.isnan(values_of(index(flows))[:, 0]).tolist() == [True, False]


def test_the_corrected_index_is_above_the_plain_one_unless_trade_is_balanced() -> None:
    exports, imports = panel(1), np.roll(panel(1), 1, axis=0)
    assert (gl_corrected(exports, imports) >= gl_aggregate(exports, imports)).all()
    balanced = imports / imports.sum(axis=1, keepdims=True) * exports.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(gl_corrected(exports, balanced), gl_aggregate(exports, balanced), rtol=1e-9)


def test_trade_in_one_direction_has_nothing_to_be_corrected() -> None:
    assert gl_aggregate(one(3, 4), one(0, 0))[0, 0] == 0
    assert np.isinf(gl_corrected(one(3, 4), one(0, 0))).all()
    assert np.isnan(gl_corrected(one(0, 0), one(0, 0))).all()
    assert np.isnan(gl_aggregate(one(0, 0), one(0, 0))).all()


def test_the_corrected_index_is_1_where_every_sector_has_a_deficit() -> None:
    """The objection of Aquino (1978) to the correction of Grubel and Lloyd."""
    imports = panel(2)
    assert gl_corrected(0.3 * imports, imports).ravel().tolist() == pytest.approx([1] * len(imports))
    assert gl_aggregate(0.3 * imports, imports).ravel().tolist() == pytest.approx([6 / 13] * len(imports))


def test_an_economy_like_the_world_does_not_differ_from_it() -> None:
    assert diversification_unctad(one(2, 6, 4), one(1, 3, 2))[0, 0] == pytest.approx(0, abs=1e-15)
    assert diversification_unctad(one(0, 6), one(3, 0))[0, 0] == michaely(one(0, 6), one(3, 0))[0, 0] == 1


def test_weighted_advantages_have_the_mean_one_and_leave_out_what_nobody_trades() -> None:
    exports = panel(3)
    everywhere = world(exports)
    np.testing.assert_allclose(wrca(exports, everywhere, exports, everywhere).mean(axis=1), 1)
    untraded = np.concatenate([exports, np.zeros((len(exports), 1))], axis=1)
    wider = wrca(untraded, world(untraded), untraded, world(untraded))
    np.testing.assert_allclose(wider[:, :-1], wrca(exports, everywhere, exports, everywhere))
    assert np.isnan(wider[:, -1]).all()


def test_an_economy_beyond_a_world_without_trade_has_no_weighted_advantage() -> None:
    assert np.isinf(wrca(one(5, 1), one(0, 4), one(5, 1), one(0, 4))).all()
    assert np.isnan(wrca(one(0, 0), one(3, 4), one(0, 0), one(3, 4))).all()


@pytest.mark.parametrize("seed", range(5))
def test_three_effects_add_up_to_the_change_of_the_share(seed: int) -> None:
    before, now = panel(seed), panel(seed + 100)
    parts = share_decomposition(now, before, world(now), world(before))
    change = (now.sum(axis=1) / now.sum() - before.sum(axis=1) / before.sum())[:, np.newaxis]
    np.testing.assert_allclose(parts[0] + parts[1] + parts[2], change, rtol=1e-12, atol=1e-15)
    share, later = before / world(before), now / world(now)
    weight, after = world(before) / before.sum(), world(now) / now.sum()
    adaptation = ((later - share) * (after - weight)).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(parts[2], adaptation, rtol=1e-9, atol=1e-15)


def test_a_sector_that_appears_in_the_world_belongs_to_adaptation() -> None:
    before, now = np.array([[4.0, 0.0], [6.0, 0.0]]), np.array([[4.0, 5.0], [6.0, 5.0]])
    competitiveness, structure, adaptation = share_decomposition(now, before, world(now), world(before))
    np.testing.assert_allclose(competitiveness, 0, atol=1e-15)
    np.testing.assert_allclose(structure, [[0.4 * 0.5 - 0.4], [0.6 * 0.5 - 0.6]])
    np.testing.assert_allclose(adaptation, [[0.25], [0.25]])


def test_a_share_of_a_world_without_trade_cannot_be_explained() -> None:
    broken = share_decomposition(one(1, 2), one(1, 2), one(0, 4), one(2, 4))
    assert all(np.isinf(part).all() for part in broken)
    untraded = share_decomposition(one(1, 2), one(0, 0), one(3, 4), one(0, 0))
    assert all(np.isnan(part).all() for part in untraded)


def analysed(flows: dict[tuple[str, str, str], list[float]], **options: Any) -> Results:
    """Results of one table of {(reporter, sector, measure): numbers of 2000 and 2001}; "W" is the world."""
    roles = {"W": "world", "total": "total", "EU": "aggregate"}
    labels: dict[str, list[Label]] = {}
    columns: dict[str, list[int]] = {}
    for n, dimension in enumerate(("reporter", "sector", "measure")):
        names = [*dict.fromkeys(key[n] for key in flows)]
        labels[dimension] = [Label(name, Bilingual(name), roles.get(name, "")) for name in names]
        columns[dimension] = [names.index(key[n]) for key in flows]
    years = Periods("year", (2000, 2001))
    table = new_table("t", Bilingual("t"), labels, columns, years, [*np.array([*flows.values()], dtype=np.float64).T])
    return analyse(Project("p", tables=(table,), analysis=Analysis(options=options)))


def said(results: Results, index: str, reporter: str, component: str = "", year: int = 2001) -> tuple[float, int]:
    line = results.find((index, component, "t", reporter, "", ""))
    assert line is not None
    at = line.years.index(year)
    return float(line.values[at]), int(line.statuses[at])


WITH_TOTALS = {
    ("A", "k", "exports"): [3.0, 6.0], ("A", "l", "exports"): [1.0, 2.0], ("A", "total", "exports"): [9.0, 90.0],
    ("B", "k", "exports"): [2.0, math.nan], ("B", "l", "exports"): [2.0, 4.0], ("B", "total", "exports"): [4.0, 5.0],
    ("W", "k", "exports"): [10.0, 16.0], ("W", "l", "exports"): [10.0, 16.0], ("W", "total", "exports"): [20.0, 40.0],
}  # fmt: skip


def test_shares_are_parts_of_the_sectors_that_make_up_the_total_and_not_of_a_stated_one() -> None:
    results = analysed(WITH_TOTALS)
    assert said(results, "hhi", "A") == (0.625, Status.OK)
    assert said(results, "diversification_unctad", "A") == (0.25, Status.OK)
    assert said(results, "share_decomposition", "A", "competitiveness")[0] == pytest.approx(8 / 32 - 4 / 20)
    assert said(results, "share_decomposition", "A", "structure") == (0, Status.OK)


def test_a_missing_sector_makes_the_structure_of_its_economy_missing() -> None:
    results = analysed(WITH_TOTALS)
    for index in ("hhi", "theil", "equivalent_number", "diversification_unctad"):
        value, status = said(results, index, "B")
        assert math.isnan(value)
        assert status == Status.MISSING
    assert said(results, "hhi", "B", year=2000) == (0.5, Status.OK)
    assert said(analysed(WITH_TOTALS, missing="zero"), "hhi", "B") == (1, Status.OK)


def test_the_option_for_the_number_of_sectors_reaches_the_index() -> None:
    without = {key: [0.0, 0.0] if key[:2] == ("B", "l") else values for key, values in WITH_TOTALS.items()}
    without["A", "m", "exports"] = without["B", "m", "exports"] = [2.0, 2.0]
    without["W", "m", "exports"] = [10.0, 10.0]
    assert said(analysed(without), "hhi_normalised", "B", year=2000)[0] == pytest.approx(0.25)
    assert said(analysed(without, hhi_n="nonzero"), "hhi_normalised", "B", year=2000)[0] == pytest.approx(0)


def test_the_first_year_has_no_change_of_share_to_explain() -> None:
    assert said(analysed(WITH_TOTALS), "share_decomposition", "A", "adaptation", 2000)[1] == Status.NO_EARLIER_YEAR
