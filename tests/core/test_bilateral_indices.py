"""Indices of pairs of economies: exact fractions of golden/bilateral.json, identities on random trade, and edges."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from core.indices.complementarity_product import complementarity_product
from core.indices.drysdale import drysdale
from core.indices.sector_complementarity import sector_complementarity
from core.indices.similarity import similarity
from core.indices.tci import tci
from core.indices.tii import tii
from core.indices.tii_sector import tii_sector
from core.table import Floats

GOLDEN = Path(__file__).parent / "golden"
FLOWS = json.loads((GOLDEN / "microworld.json").read_text(encoding="utf-8"))["flows"]["t0"]
EXPECTED = json.loads((GOLDEN / "bilateral.json").read_text(encoding="utf-8"))["pairs"]
ECONOMIES = "ABC"
PAIRS = [(i, j) for i in range(3) for j in range(3) if i != j]

TRADE = np.array(
    [[FLOWS[i].get(j, [0, 0, 0]) for j in ECONOMIES] for i in ECONOMIES], dtype=np.float64
)  # exporter × importer × sector
EXPORTS, IMPORTS = TRADE.sum(axis=1), TRADE.sum(axis=0)
SETTINGS = pytest.mark.parametrize("world", ["world", "less_reporter"])


def drysdale_of(exports: Floats, imports: Floats) -> Floats:
    return drysdale(exports, imports, exports.sum(axis=0, keepdims=True))


def products_of(exports: Floats, imports: Floats) -> Floats:
    return complementarity_product(exports, imports, imports.sum(axis=0, keepdims=True))


BY_STRUCTURE = {"tci": tci, "drysdale": drysdale_of, "complementarity_product": products_of}


def random_trade(seed: int, economies: int = 6, sectors: int = 9) -> Floats:
    """Exporter × importer × sector, a third of it nothing; nobody trades with itself."""
    random = np.random.default_rng(seed)
    trade = random.lognormal(2, 2, (economies, economies, sectors))
    trade[random.random(trade.shape) < 1 / 3] = 0
    trade[range(economies), range(economies)] = 0
    return trade


def intensities(trade: Floats, world: str) -> Floats:
    """Trade intensity of every pair in all sectors, exporter × importer."""
    economies = len(trade)
    pairs = [(i, j) for i in range(economies) for j in range(economies) if i != j]
    exports, imports = trade.sum(axis=(1, 2)), trade.sum(axis=(0, 2))
    column = np.array([
        (trade[i, j].sum(), exports[i], imports[j], imports.sum(), imports[i]) for i, j in pairs
    ])  # fmt: skip
    found = np.full((economies, economies), np.nan)
    found[tuple(np.transpose(pairs))] = tii(*(column[:, [n]] for n in range(5)), tii_world=world)[:, 0]
    return found


def in_sectors(trade: Floats, world: str) -> Floats:
    """Trade intensity of every pair in each sector, pairs × sectors."""
    economies = len(trade)
    i, j = np.transpose([(i, j) for i in range(economies) for j in range(economies) if i != j])
    exports, imports = trade.sum(axis=1), trade.sum(axis=0)
    everyone = np.broadcast_to(imports.sum(axis=0), (len(i), trade.shape[2]))
    return tii_sector(trade[i, j], exports[i], imports[j], everyone, imports[i], tii_world=world)


@SETTINGS
def test_trade_intensity_of_the_micro_world_is_exact_in_both_forms(world: str) -> None:
    found = intensities(TRADE, world)
    expected = EXPECTED["tii" if world == "world" else "tii_less_reporter"]
    for i, j in PAIRS:
        fraction = Fraction(expected[ECONOMIES[i] + ECONOMIES[j]])
        assert found[i, j] == pytest.approx(float(fraction), rel=1e-12)


@pytest.mark.parametrize("index", ["tci", "drysdale", "similarity"])
def test_structures_of_the_micro_world_compare_exactly(index: str) -> None:
    found = similarity(EXPORTS) if index == "similarity" else BY_STRUCTURE[index](EXPORTS, IMPORTS)
    for pair, fraction in EXPECTED[index].items():
        i, j = map(ECONOMIES.index, pair)
        assert found[i, j] == pytest.approx(float(Fraction(fraction)), rel=1e-12)


def test_where_world_exports_are_world_imports_the_products_sum_to_drysdale_s_index() -> None:
    for trade in (TRADE, random_trade(1)):
        exports, imports = trade.sum(axis=1), trade.sum(axis=0)
        assert products_of(exports, imports) == pytest.approx(drysdale_of(exports, imports))


@pytest.mark.parametrize("seed", range(3))
def test_sector_complementarity_weighted_by_world_exports_sums_to_the_product_index(seed: int) -> None:
    random = np.random.default_rng(seed)
    exports, imports = random.lognormal(3, 1, (5, 4)), random.lognormal(3, 1, (5, 4))
    i, j = np.transpose([(i, j) for i in range(5) for j in range(5)])
    everyone = [np.broadcast_to(each.sum(axis=0), (25, 4)) for each in (exports, imports)]
    inputs = []
    for own, world in ((exports[i], everyone[0]), (imports[j], everyone[1])):
        inputs += [own, own.sum(axis=1, keepdims=True), world, world.sum(axis=1, keepdims=True)]
    weights = everyone[0] / exports.sum()
    by_sector = (sector_complementarity(*inputs) * weights).sum(axis=1).reshape(5, 5)
    assert products_of(exports, imports) == pytest.approx(by_sector)


def test_sector_complementarity_of_the_micro_world_is_the_product_of_the_printed_advantages() -> None:
    # RCA of A in k1 is 12/5; imports of C in k1 weigh (25/75) / (50/200) = 4/3 (indices of microworld.json).
    total = np.array([[50.0]])
    world, all_trade = np.array([[50.0]]), np.array([[200.0]])
    found = sector_complementarity(
        np.array([[30.0]]), total, world, all_trade, np.array([[25.0]]), np.array([[75.0]]), world, all_trade
    )
    assert found[0, 0] == pytest.approx(16 / 5, rel=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_trade_intensities_average_to_one_with_the_partners_weights(seed: int) -> None:
    trade = random_trade(seed)
    imports = trade.sum(axis=(0, 2))
    whole, others = intensities(trade, "world"), intensities(trade, "less_reporter")
    assert np.nansum(whole * imports / imports.sum(), axis=1) == pytest.approx(np.ones(6))
    for i in range(6):
        rest = np.delete(imports, i)
        assert np.delete(others[i], i) @ (rest / rest.sum()) == pytest.approx(1)


@SETTINGS
def test_in_a_world_of_one_sector_its_intensity_is_that_of_all_trade(world: str) -> None:
    trade = random_trade(4, sectors=1)
    whole = intensities(trade, world)
    pairs = whole[~np.eye(6, dtype=np.bool_)]
    assert in_sectors(trade, world)[:, 0] == pytest.approx(pairs)


@pytest.mark.parametrize("seed", range(3))
def test_similarity_is_symmetric_bounded_and_one_with_oneself(seed: int) -> None:
    found = similarity(random_trade(seed).sum(axis=1))
    assert found == pytest.approx(found.T)
    assert np.diag(found) == pytest.approx(np.ones(6))
    assert found.min() >= 0
    assert found.max() <= 1 + 1e-12


@pytest.mark.parametrize("seed", range(3))
def test_similarity_is_the_sum_of_the_smaller_shares(seed: int) -> None:
    exports = random_trade(seed).sum(axis=1)
    shares = exports / exports.sum(axis=1, keepdims=True)
    smaller = np.minimum(shares[:, None], shares[None]).sum(axis=2)
    assert similarity(exports) == pytest.approx(smaller)


def test_complementarity_is_100_for_the_same_structure_and_0_for_none_in_common() -> None:
    exports = np.array([[10.0, 30.0, 0.0], [0.0, 0.0, 5.0]])
    imports = np.array([[1.0, 3.0, 0.0], [2.0, 2.0, 0.0]])
    assert tci(exports, imports) == pytest.approx(np.array([[100, 75], [0, 0]]))


@pytest.mark.parametrize("index", BY_STRUCTURE)
def test_an_economy_without_trade_leaves_the_others_their_values(index: str) -> None:
    exports, imports = np.vstack([EXPORTS, np.zeros(3)]), np.vstack([IMPORTS, np.zeros(3)])
    with np.errstate(invalid="ignore"):
        found = BY_STRUCTURE[index](exports, imports)
    assert found[:3, :3] == pytest.approx(BY_STRUCTURE[index](EXPORTS, IMPORTS))
    assert np.isnan(found[3]).all()
    assert np.isnan(found[:, 3]).all()


def test_an_economy_without_exports_is_similar_to_none_and_leaves_the_others_their_values() -> None:
    with np.errstate(invalid="ignore"):
        found = similarity(np.vstack([EXPORTS, np.zeros(3)]))
    assert found[:3, :3] == pytest.approx(similarity(EXPORTS))
    assert np.isnan(found[3]).all()
    assert np.isnan(found[:, 3]).all()


@pytest.mark.parametrize("index", ["drysdale", "complementarity_product"])
def test_a_sector_that_nobody_trades_changes_nothing(index: str) -> None:
    nothing = np.zeros((3, 1))
    with np.errstate(invalid="ignore"):
        found = BY_STRUCTURE[index](np.hstack([EXPORTS, nothing]), np.hstack([IMPORTS, nothing]))
    assert found == pytest.approx(BY_STRUCTURE[index](EXPORTS, IMPORTS))


def test_imports_that_nobody_exports_have_no_base_in_drysdale_s_index() -> None:
    exports, imports = np.hstack([EXPORTS, np.zeros((3, 1))]), np.hstack([IMPORTS, [[0.0], [4.0], [0.0]]])
    with np.errstate(invalid="ignore"):
        found = drysdale_of(exports, imports)
    assert np.isinf(found[:, 1]).all()
    assert found[:, [0, 2]] == pytest.approx(drysdale_of(EXPORTS, IMPORTS)[:, [0, 2]])


def test_exports_that_nobody_imports_have_no_base_in_the_product_index() -> None:
    exports, imports = np.hstack([EXPORTS, [[0.0], [4.0], [0.0]]]), np.hstack([IMPORTS, np.zeros((3, 1))])
    with np.errstate(invalid="ignore"):
        found = products_of(exports, imports)
    assert np.isinf(found[1]).all()
    assert found[[0, 2]] == pytest.approx(products_of(EXPORTS, IMPORTS)[[0, 2]])


@pytest.mark.parametrize(
    ("flow", "exports", "imports", "world", "own", "expected"),
    [
        (0.0, 10.0, 5.0, 50.0, 10.0, 0.0),
        (0.0, 0.0, 5.0, 50.0, 10.0, np.nan),
        (2.0, 10.0, 0.0, 50.0, 10.0, np.inf),
        (0.0, 10.0, 0.0, 50.0, 10.0, np.nan),
        (2.0, 10.0, 5.0, 10.0, 10.0, np.inf),
        (2.0, 10.0, 5.0, 8.0, 10.0, np.inf),
        (2.0, 10.0, 5.0, np.nan, 10.0, np.nan),
    ],
    ids=["no flow", "no exports", "no imports", "neither", "no other importer", "imports above the world", "missing"],
)
def test_trade_intensity_has_no_value_without_a_base(
    flow: float, exports: float, imports: float, world: float, own: float, expected: float
) -> None:
    inputs = [np.array([[each]]) for each in (flow, exports, imports, world, own)]
    with np.errstate(invalid="ignore", divide="ignore"):
        found = tii(*inputs, tii_world="less_reporter")
    assert found[0, 0] == pytest.approx(expected, nan_ok=True)


def test_sector_complementarity_without_world_trade_in_the_sector_has_no_base() -> None:
    one, none = np.array([[1.0]]), np.array([[0.0]])
    with np.errstate(invalid="ignore", divide="ignore"):
        found = sector_complementarity(none, one, one, one, one, one, none, one)
    assert np.isinf(found[0, 0])


@pytest.mark.parametrize("index", BY_STRUCTURE)
def test_neither_the_unit_nor_the_order_of_sectors_changes_a_comparison(index: str) -> None:
    trade = random_trade(6)
    exports, imports = trade.sum(axis=1), trade.sum(axis=0)
    order = np.random.default_rng(1).permutation(exports.shape[1])
    found = BY_STRUCTURE[index](exports, imports)
    assert BY_STRUCTURE[index](1000 * exports[:, order], 1000 * imports[:, order]) == pytest.approx(found)


def test_a_world_larger_than_the_economies_of_the_table_is_the_base_where_it_is_stated() -> None:
    # Shares of A 3/5, 1/5, 1/5; of this world 2/5, 2/5, 1/5; of B's imports 2/9, 3/9, 4/9.
    world = np.array([[400.0, 400.0, 200.0]])
    expected = Fraction(3, 2) * Fraction(2, 9) + Fraction(1, 2) * Fraction(3, 9) + Fraction(4, 9)
    assert drysdale(EXPORTS, IMPORTS, world)[0, 1] == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("index", BY_STRUCTURE)
def test_a_missing_flow_is_missing_in_the_pairs_of_its_economy_only_where_the_world_is_stated(index: str) -> None:
    exports = EXPORTS.copy()
    exports[1, 0] = np.nan
    if index == "tci":
        found = tci(exports, IMPORTS)
    elif index == "drysdale":
        found = drysdale(exports, IMPORTS, EXPORTS.sum(axis=0, keepdims=True))
    else:
        found = complementarity_product(exports, IMPORTS, IMPORTS.sum(axis=0, keepdims=True))
    assert np.isnan(found[1]).all()
    assert found[[0, 2]] == pytest.approx(BY_STRUCTURE[index](EXPORTS, IMPORTS)[[0, 2]])
