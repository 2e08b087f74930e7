"""Constant market shares: the exact example of golden/bilateral.json, adding up, new markets and missing figures."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.indices import indices
from core.indices.cms_jepma import cms_jepma
from core.indices.cms_jepma_first import cms_jepma_first
from core.indices.cms_leamer_stern import cms_leamer_stern
from core.table import Floats

GOLDEN = Path(__file__).parent / "golden"
FLOWS = json.loads((GOLDEN / "microworld.json").read_text(encoding="utf-8"))["flows"]
EXPECTED = json.loads((GOLDEN / "bilateral.json").read_text(encoding="utf-8"))["changes"]
ECONOMIES = "ABC"
PAIRS = [(i, j) for i in ECONOMIES for j in ECONOMIES if i != j]

Answer = tuple[Floats, ...]
Decomposition = Callable[..., Answer]


def sector_first(*inputs: Any) -> Answer:
    return cms_leamer_stern(*inputs, cms_order="sector_first")


def market_first(*inputs: Any) -> Answer:
    return cms_leamer_stern(*inputs, cms_order="market_first")


FORMS: dict[str, tuple[str, Decomposition]] = {
    "two levels": ("cms_jepma", cms_jepma),
    "first level": ("cms_jepma_first", cms_jepma_first),
    "sectors first": ("cms_leamer_stern", sector_first),
    "markets first": ("cms_leamer_stern", market_first),
}
ALL_FORMS = pytest.mark.parametrize("form", FORMS)


def parts(form: str, inputs: tuple[Any, ...]) -> dict[str, Floats]:
    """The components by name, one number for each economy."""
    index, function = FORMS[form]
    with np.errstate(all="raise"):
        answer = function(*inputs)
    return {name: each[:, 0] for name, each in zip(indices()[index].components, answer, strict=True)}


def micro_world() -> tuple[Any, ...]:
    """The inputs of a decomposition from t0 to t1."""
    totals, flows, markets = [], [], []
    for period in ("t1", "t0"):
        of_period = FLOWS[period]
        totals.append(np.array([[np.sum(list(of_period[i].values()))] for i in ECONOMIES], dtype=np.float64))
        flows.append(np.array([of_period[i][j] for i, j in PAIRS], dtype=np.float64))
        bought = {j: np.sum([of_period[i][j] for i in ECONOMIES if i != j], axis=0) for j in ECONOMIES}
        markets.append(np.array([bought[j] for _, j in PAIRS], dtype=np.float64))
    return (*totals, *flows, *markets, np.array([ECONOMIES.index(i) for i, _ in PAIRS]))


def random_world(seed: int) -> tuple[Any, ...]:
    """Five economies, six sectors, a third of all cells empty in either year, and flows to partners that are not there.

    Economy 4 sends nothing to the others; sector 5 is new everywhere.
    """
    random = np.random.default_rng(seed)
    economies, sectors = 5, 6
    pairs = [(i, j) for i in range(economies) for j in range(economies) if i not in {j, 4}]
    years = []
    for year in range(2):
        trade = random.lognormal(2, 2, (economies, economies, sectors))
        trade[random.random(trade.shape) < 1 / 3] = 0
        trade[4] = 0
        trade[:, :, 5] *= year
        elsewhere = random.lognormal(2, 1, (economies, 1))
        flows = np.array([trade[i, j] for i, j in pairs])
        bought = np.array([sum(trade[i, j] for i in range(economies) if i != j) for _, j in pairs])
        totals = np.array([[sum(trade[i, j].sum() for j in range(economies) if i != j)] for i in range(economies)])
        years.append((totals + elsewhere, flows, bought))
    then, now = years
    both = [each for pair in zip(now, then, strict=True) for each in pair]
    return (*both, np.array([i for i, _ in pairs]))


@ALL_FORMS
def test_the_micro_world_gives_its_exact_fractions(form: str) -> None:
    expected = EXPECTED[FORMS[form][0]]
    if form in {"sectors first", "markets first"}:
        expected = expected[form.replace("s first", "_first")]
    found = parts(form, micro_world())
    assert list(found) == list(expected)
    for name, fraction in expected.items():
        assert found[name][0] == pytest.approx(float(Fraction(fraction)), rel=1e-12, abs=1e-12)


def test_the_expected_fractions_of_every_form_add_up_to_the_change() -> None:
    two_levels, first = EXPECTED["cms_jepma"], EXPECTED["cms_jepma_first"]
    for expected in (two_levels, first, *EXPECTED["cms_leamer_stern"].values()):
        assert sum(map(Fraction, expected.values())) == Fraction(EXPECTED["total"])


@ALL_FORMS
@pytest.mark.parametrize("seed", range(5))
def test_the_parts_add_up_to_the_change_of_all_exports_of_every_economy(form: str, seed: int) -> None:
    inputs = random_world(seed)
    total, before = inputs[:2]
    found = parts(form, inputs)
    change = (total - before)[:4, 0]
    assert np.sum(list(found.values()), axis=0)[:4] == pytest.approx(change, rel=1e-12, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_the_second_level_splits_the_effects_of_the_first(seed: int) -> None:
    inputs = random_world(seed)
    two, one = parts("two levels", inputs), parts("first level", inputs)
    split = {
        "structural": ("growth", "market", "commodity", "interaction"),
        "competitive": ("general", "specific"),
        "second_order": ("pure_second_order", "dynamic_residual"),
        "new_markets": ("new_markets",),
        "other": ("other",),
    }
    for whole, names in split.items():
        assert np.sum([two[name] for name in names], axis=0) == pytest.approx(
            one[whole], rel=1e-12, abs=1e-9, nan_ok=True
        )


@pytest.mark.parametrize("seed", range(3))
def test_the_second_level_is_its_definition_in_rational_numbers(seed: int) -> None:
    random = np.random.default_rng(seed)
    markets, sectors = 4, 3
    cells = [(j, k) for j in range(markets) for k in range(sectors)]
    bought, before = (random.integers(20, 90, (markets, sectors)) for _ in range(2))
    sold, sold_before = (random.integers(0, 20, (markets, sectors)) for _ in range(2))
    before[1, 2] = sold_before[1, 2] = 0
    numbers = [each.astype(np.float64) for each in (sold, sold_before, bought, before)]
    totals = [np.array([[float(each.sum())]]) for each in (sold, sold_before)]
    found = parts("two levels", (*totals, *numbers, np.zeros(markets, dtype=np.int64)))

    def over(part: Any, whole: Any) -> Fraction:
        return Fraction(int(part), int(whole)) if whole else Fraction(0)

    def held(groups: list[list[tuple[int, int]]]) -> Fraction:
        """The sum over groups of cells: share of the group before, times the growth of what the group bought."""
        sums = [[sum(int(each[cell]) for cell in group) for each in (sold_before, before, bought)] for group in groups]
        return sum((over(q, b) * (n - b) for q, b, n in sums), Fraction(0))

    a = held([[cell] for cell in cells])
    b = held([[cell for cell in cells if cell[1] == k] for k in range(sectors)])
    c = held([[cell for cell in cells if cell[0] == j] for j in range(markets)])
    g = held([cells])
    shares = {cell: over(sold[cell], bought[cell]) - over(sold_before[cell], before[cell]) for cell in cells}
    competitive = sum(shares[cell] * int(before[cell]) for cell in cells)
    second = sum(shares[cell] * int(bought[cell] - before[cell]) for cell in cells if before[cell])
    general = (over(sold.sum(), bought.sum()) - over(sold_before.sum(), before.sum())) * int(before.sum())
    pure = (over(bought.sum(), before.sum()) - 1) * competitive
    new = int(sold[1, 2])
    expected = [g, a - b, a - c, (b - g) - (a - c), general, competitive - general, pure, second - pure, new, 0]
    assert sum(expected) == int(sold.sum() - sold_before.sum())
    for value, fraction in zip(found.values(), expected, strict=True):
        assert value[0] == pytest.approx(float(fraction), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_sectors_and_markets_moves_only_their_own_effects(seed: int) -> None:
    inputs = random_world(seed)
    sectors, markets = parts("sectors first", inputs), parts("markets first", inputs)
    for name in ("growth", "competitiveness", "new_markets", "other"):
        assert np.array_equal(sectors[name], markets[name], equal_nan=True)
    both = [each["commodity"] + each["market"] for each in (sectors, markets)]
    assert both[0] == pytest.approx(both[1], rel=1e-12, abs=1e-9, nan_ok=True)
    assert not np.allclose(sectors["market"][:4], markets["market"][:4])


@ALL_FORMS
def test_what_goes_to_a_market_that_bought_nothing_before_has_a_term_of_its_own(form: str) -> None:
    one = np.ones((1, 1))
    old_market, new_market = np.array([[10.0], [0.0]]), np.array([[20.0], [6.0]])
    bought_before, bought = np.array([[100.0], [0.0]]), np.array([[200.0], [30.0]])
    found = parts(form, (26 * one, 10 * one, new_market, old_market, bought, bought_before, np.array([0, 0])))
    assert found["new_markets"][0] == 6
    assert sum(each[0] for each in found.values()) == pytest.approx(16, rel=1e-12)
    # The share in the old market stayed at a tenth: demand explains all that is not new.
    if form == "first level":
        assert [found[name][0] for name in ("structural", "competitive", "second_order")] == [10, 0, 0]


@ALL_FORMS
def test_a_market_that_stops_buying_is_lost_demand_and_no_lost_share(form: str) -> None:
    one = np.ones((1, 1))
    sold, sold_before = np.array([[15.0, 0.0]]), np.array([[10.0, 4.0]])
    bought, bought_before = np.array([[100.0, 0.0]]), np.array([[100.0, 8.0]])
    found = parts(form, (15 * one, 14 * one, sold, sold_before, bought, bought_before, np.array([0])))
    competitive = {"two levels": ("general", "specific"), "first level": ("competitive",)}
    assert sum(each[0] for each in found.values()) == pytest.approx(1, rel=1e-12)
    assert found["new_markets"][0] == 0
    if form in competitive:
        assert sum(found[name][0] for name in competitive[form]) == pytest.approx(5)
    else:
        assert found["competitiveness"][0] == pytest.approx(5)


@ALL_FORMS
def test_sales_to_a_market_that_records_no_purchases_are_not_dropped(form: str) -> None:
    one = np.ones((1, 1))
    sold, sold_before = np.array([[11.0, 3.0, 5.0]]), np.array([[10.0, 4.0, 2.0]])
    bought, bought_before = np.array([[110.0, 0.0, 0.0]]), np.array([[100.0, 8.0, 0.0]])
    found = parts(form, (19 * one, 16 * one, sold, sold_before, bought, bought_before, np.array([0])))
    # Of the second sector 3 are sold where nothing is bought any more, of the third 3 more than before.
    assert found["new_markets"][0] == 6
    assert sum(each[0] for each in found.values()) == pytest.approx(3, rel=1e-12)


@ALL_FORMS
def test_exports_outside_the_known_markets_are_the_rest(form: str) -> None:
    inputs = list(micro_world())
    inputs[0] = inputs[0] + np.array([[7.0], [0.0], [0.0]])
    inputs[1] = inputs[1] + np.array([[4.0], [0.0], [0.0]])
    found, without = parts(form, tuple(inputs)), parts(form, micro_world())
    assert found.pop("other").tolist() == [3, 0, 0]
    for name, values in found.items():
        assert np.array_equal(values, without[name])


@ALL_FORMS
def test_exports_to_a_market_of_unknown_purchases_are_part_of_the_rest(form: str) -> None:
    inputs = list(micro_world())
    to_c = np.array([j == "C" for _, j in PAIRS])
    inputs[5] = np.where(to_c[:, np.newaxis], np.nan, inputs[5])
    found = parts(form, tuple(inputs))
    only_b = parts(form, (*inputs[:2], *(each[~to_c] for each in inputs[2:])))
    for name, values in found.items():
        assert np.array_equal(values, only_b[name], equal_nan=True)
    # A sold 35 and then 45 to C (flows of microworld.json).
    assert found["other"][0] == 10


@ALL_FORMS
def test_an_economy_without_known_markets_has_no_decomposition(form: str) -> None:
    found = parts(form, random_world(1))
    assert all(np.isnan(values[4]) for values in found.values())


@ALL_FORMS
def test_where_nothing_is_known_of_the_earlier_year_nothing_is_explained(form: str) -> None:
    inputs = list(micro_world())
    for earlier in (1, 3, 5):
        inputs[earlier] = np.full_like(inputs[earlier], np.nan)
    assert np.isnan(list(parts(form, tuple(inputs)).values())).all()


@ALL_FORMS
def test_a_missing_flow_is_missing_in_the_economy_that_it_concerns_and_in_no_other(form: str) -> None:
    inputs = list(micro_world())
    inputs[3] = inputs[3].copy()
    inputs[3][0, 1] = np.nan
    found, without = parts(form, tuple(inputs)), parts(form, micro_world())
    for name, values in found.items():
        assert np.array_equal(values[1:], without[name][1:])
    assert all(np.isnan(values[0]) for values in found.values())


@ALL_FORMS
def test_the_unit_of_money_is_that_of_the_parts(form: str) -> None:
    inputs = random_world(2)
    larger = (*(1000 * each for each in inputs[:-1]), inputs[-1])
    found, scaled = parts(form, inputs), parts(form, larger)
    for name, values in found.items():
        assert scaled[name] == pytest.approx(1000 * values, rel=1e-9, abs=1e-6, nan_ok=True)


@ALL_FORMS
def test_the_order_of_sectors_and_of_markets_in_the_table_does_not_matter(form: str) -> None:
    inputs = random_world(3)
    random = np.random.default_rng(0)
    rows, sectors = random.permutation(len(inputs[-1])), random.permutation(inputs[2].shape[1])
    shuffled = (*inputs[:2], *(each[rows][:, sectors] for each in inputs[2:6]), inputs[6][rows])
    found, after = parts(form, inputs), parts(form, shuffled)
    for name, values in found.items():
        assert after[name] == pytest.approx(values, rel=1e-9, abs=1e-9, nan_ok=True)


def test_with_constant_shares_everywhere_only_demand_explains_exports() -> None:
    random = np.random.default_rng(5)
    before, growth = random.lognormal(3, 1, (4, 3)), random.lognormal(0, 0.5, (4, 3))
    share = random.random((4, 3))
    reporters = np.array([0, 0, 1, 1])
    flows = (share * before * growth, share * before)
    totals = [np.array([[each[:2].sum()], [each[2:].sum()]]) for each in flows]
    inputs = (*totals, *flows, before * growth, before, reporters)
    found = parts("first level", inputs)
    assert found["structural"] == pytest.approx((totals[0] - totals[1])[:, 0])
    for name in ("competitive", "second_order", "new_markets", "other"):
        assert found[name].tolist() == [0, 0]
