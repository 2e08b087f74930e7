"""Sophistication and complexity against numbers worked out by hand and against their definitions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import pytest

from core.complexity.network import network
from core.complexity.relatedness import BLOCK, spread
from core.indices.cog import cog
from core.indices.coi import coi
from core.indices.density import density
from core.indices.diversity import diversity
from core.indices.eci import eci
from core.indices.expy import expy
from core.indices.fitness import fitness
from core.indices.pci import pci
from core.indices.presence import presence
from core.indices.product_fitness import product_fitness
from core.indices.prody import prody
from core.indices.proximity import proximity
from core.indices.rca import rca
from core.indices.ubiquity import ubiquity
from core.table import Floats

MICROWORLD = np.array([[30.0, 10, 10], [10, 50, 10], [10, 20, 50]])
"""Exports at t0 of the world of golden/microworld.json."""

NESTED = np.array([[1.0, 1, 1], [1, 1, 0], [1, 0, 0]])
"""Eigenvalues 1, 1/4 and 1/9; the eigenvector of 1/4 is (2, −1, −4) for economies and (−4, 2, 8) for sectors."""

GROWTH_LAB = {"complexity_norm": "growth_lab"}
SEEDS = pytest.mark.parametrize("seed", range(6))


@pytest.fixture(autouse=True)
def _divisions_by_zero_are_allowed() -> Iterator[None]:
    """As in the analysis, which turns what they give into a status."""
    with np.errstate(divide="ignore", invalid="ignore"):
        yield


def flows(seed: int, economies: int = 20, sectors: int = 50) -> Floats:
    """Able economies export nearly everything, others what asks little; all export the sector that asks least."""
    random = np.random.default_rng(seed)
    fit = random.normal(size=(economies, 1)) - random.normal(size=sectors)
    exports: Floats = np.exp(3 + fit + random.normal(0, 1, fit.shape))
    absent = random.random(fit.shape) > 1 / (1 + np.exp(-1 - 2 * fit))
    absent[:, fit[0].argmax()] = absent[fit[:, 0].argmax()] = False
    exports[absent] = 0
    return exports


def there(exports: Floats, threshold: float = 1.0, side: str = "at_least") -> Floats:
    return presence(exports, threshold=threshold, threshold_side=side).values


def chain(present: Floats, norm: str = "growth_lab", diagonal: float = 1.0) -> dict[str, Floats]:
    """Every index that reads the presence."""
    economies = eci(present, complexity_norm=norm).values
    sectors = pci(present, economies, complexity_norm=norm).values
    near = density(present, phi_diagonal=diagonal).values
    fit = fitness(present).values
    return {
        "eci": economies,
        "pci": sectors,
        "density": near,
        "coi": coi(present, near, sectors, complexity_norm=norm).values,
        "cog": cog(present, sectors, phi_diagonal=diagonal, complexity_norm=norm).values,
        "fitness": fit,
        "product_fitness": product_fitness(present, fit).values,
        "proximity": proximity(present).values,
    }


def test_sophistication_in_the_world_of_three_economies_is_the_exact_fraction() -> None:
    income = np.array([[10.0], [20], [30]])
    sectors = prody(MICROWORLD, income)
    exact = [Fraction(3530, 243), Fraction(3330, 163), Fraction(6610, 271)]
    assert sectors[0].tolist() == pytest.approx([float(each) for each in exact], rel=1e-14)
    baskets = [
        sum(Fraction(int(x)) * worth for x, worth in zip(row, exact, strict=True)) / int(row.sum())
        for row in MICROWORLD
    ]
    found = expy(MICROWORLD, sectors)[:, 0].tolist()
    assert found == pytest.approx([float(each) for each in baskets], rel=1e-14)
    assert found == pytest.approx([17.680168, 20.152162, 22.167671], abs=5e-7)


def test_an_economy_without_exports_has_no_weight_and_a_sector_without_exports_no_sophistication() -> None:
    exports = np.array([[30.0, 10, 10, 0], [10, 50, 10, 0], [10, 20, 50, 0], [0, 0, 0, 0]])
    sectors = prody(exports, np.array([[10.0], [20], [30], [1000]]))
    assert sectors[0, :3].tolist() == prody(MICROWORLD, np.array([[10.0], [20], [30]]))[0].tolist()
    assert math.isnan(sectors[0, 3])
    baskets = expy(exports, sectors)[:, 0]
    assert baskets[:3].tolist() == pytest.approx([17.680168, 20.152162, 22.167671], abs=5e-7)
    assert math.isnan(baskets[3])


@pytest.mark.parametrize("scale", [1, 0.1, 1 / 3, 1e9 / 7])
def test_an_advantage_of_exactly_the_threshold_counts_by_the_chosen_side_in_any_unit(scale: float) -> None:
    """RCA 12/5, 1/2, 4/7; 4/7, 25/14, 20/49; 1/2, 5/8, 25/14: two of them are exactly 1/2."""
    exports = MICROWORLD * scale
    assert there(exports, 0.5, "at_least").tolist() == [[1, 1, 1], [1, 1, 0], [1, 1, 1]]
    assert there(exports, 0.5, "above").tolist() == [[1, 0, 1], [1, 1, 0], [0, 1, 1]]
    options = {"threshold": 0.5, "threshold_side": "above"}
    assert diversity(exports, **options).tolist() == [[2], [2], [2]]
    assert ubiquity(exports, **options).tolist() == [[2, 2, 2]]


def test_complexity_of_a_nested_world_is_the_eigenvector_found_by_hand() -> None:
    found = chain(NESTED)
    root = math.sqrt(6)
    assert found["eci"][:, 0].tolist() == pytest.approx([3 / root, 0, -3 / root], abs=1e-14)
    assert found["pci"][0].tolist() == pytest.approx([-3 / root, 3 / root, 9 / root], abs=1e-14)
    assert found["proximity"].ravel().tolist() == pytest.approx([1, 2 / 3, 1 / 3, 2 / 3, 1, 1 / 2, 1 / 3, 1 / 2, 1])
    assert found["density"].ravel().tolist() == pytest.approx([1, 1, 1, 5 / 6, 10 / 13, 5 / 11, 1 / 2, 4 / 13, 2 / 11])
    gains = [0, 0, 0, 0, 0, 48 / 11, 0, 12 / 13 + 24 / 11, 6 / 13 + 48 / 11]
    assert found["cog"].ravel().tolist() == pytest.approx([each / root for each in gains], abs=1e-14)
    outlook = np.array([0, 40 / 11, 8 / 13 + 16 / 11])
    assert found["coi"][:, 0].tolist() == pytest.approx(((outlook - outlook.mean()) / outlook.std()).tolist())


def test_own_normalisations_give_each_index_mean_0_and_deviation_1() -> None:
    for norm, ddof in (("own_population", 0), ("own_sample", 1)):
        found = chain(NESTED, norm)
        assert found["eci"].std(ddof=ddof) == pytest.approx(1)
        assert found["pci"].std(ddof=ddof) == pytest.approx(1)
        assert found["pci"].mean() == pytest.approx(0, abs=1e-14)
        worth = found["pci"][0]
        assert found["coi"][1, 0] == pytest.approx(5 / 11 * worth[2])
        assert found["cog"][1, 2] == pytest.approx(worth[2] / (11 / 6))


def test_without_the_diagonal_a_sector_says_nothing_about_itself() -> None:
    found = chain(NESTED, diagonal=0.0)
    assert found["density"].ravel().tolist() == pytest.approx([1, 1, 1, 2 / 3, 4 / 7, 1, 0, 4 / 7, 2 / 5], abs=1e-15)


@SEEDS
def test_economies_are_present_where_their_revealed_comparative_advantage_is_1_or_more(seed: int) -> None:
    exports = flows(seed)
    economies, sectors = exports.sum(axis=1, keepdims=True), exports.sum(axis=0, keepdims=True)
    found = rca(exports, economies, sectors, sectors.sum(axis=1, keepdims=True))
    assert there(exports).tolist() == (found >= 1).astype(float).tolist()


@SEEDS
@pytest.mark.parametrize("shape", [(20, 50), (50, 20)], ids=["more sectors", "more economies"])
def test_complexity_is_the_second_eigenvector_of_its_definition(seed: int, shape: tuple[int, int]) -> None:
    present = there(flows(seed, *shape))
    assert not np.isnan(present).any()
    diverse, ubiquitous = present.sum(axis=1), present.sum(axis=0)
    roots, vectors = np.linalg.eig((present / diverse[:, None]) @ (present / ubiquitous).T)
    vector = vectors[:, np.argsort(roots.real)[-2]].real
    vector *= np.sign(np.corrcoef(vector, diverse)[0, 1])
    expected = (vector - vector.mean()) / vector.std()
    assert chain(present)["eci"][:, 0].tolist() == pytest.approx(expected.tolist(), abs=1e-9)


@SEEDS
def test_the_complexity_of_an_economy_is_the_mean_of_its_sectors(seed: int) -> None:
    present = there(flows(seed))
    found = chain(present)
    means = (present @ found["pci"][0]) / present.sum(axis=1)
    assert means.tolist() == pytest.approx(found["eci"][:, 0].tolist(), abs=1e-12)
    assert found["eci"].mean() == pytest.approx(0, abs=1e-12)
    assert found["eci"].std() == pytest.approx(1)


@SEEDS
@pytest.mark.parametrize("diagonal", [0.0, 1.0])
@pytest.mark.parametrize("shape", [(20, 50), (50, 20)], ids=["more sectors", "more economies"])
def test_density_and_gain_are_those_of_the_whole_matrix_of_proximities(
    seed: int, diagonal: float, shape: tuple[int, int]
) -> None:
    present = there(flows(seed, *shape))
    ubiquitous = present.sum(axis=0)
    near = present.T @ present / np.maximum.outer(ubiquitous, ubiquitous)
    np.fill_diagonal(near, diagonal)
    found = chain(present, "own_population", diagonal)
    assert found["density"] == pytest.approx(present @ near / near.sum(axis=0), abs=1e-12)
    lacking, worth = 1 - present, found["pci"][0]
    gain = lacking * (lacking @ (near * (worth / near.sum(axis=1))[:, None]))
    assert found["cog"] == pytest.approx(gain, abs=1e-12)
    assert found["coi"][:, 0] == pytest.approx((lacking * found["density"]) @ worth, abs=1e-12)
    values = np.random.default_rng(seed).normal(size=(7, shape[1]))
    assert spread(values, network(present), diagonal) == pytest.approx(values @ near, abs=1e-11)


def test_many_sectors_are_spread_in_blocks_as_in_one_piece() -> None:
    present = there(flows(0, 30, 2 * BLOCK + 40))
    net = network(present)
    ubiquitous = net.ubiquity
    near = net.matrix.T @ net.matrix / np.maximum.outer(ubiquitous, ubiquitous)
    assert density(present, phi_diagonal=1.0).values == pytest.approx(present @ near / near.sum(axis=0), abs=1e-12)


@SEEDS
def test_density_lies_between_0_and_1(seed: int) -> None:
    for diagonal in (0.0, 1.0):
        found = density(there(flows(seed)), phi_diagonal=diagonal).values
        assert found.min() >= 0
        assert found.max() <= 1 + 1e-12


@SEEDS
def test_fitness_is_a_fixed_point_with_mean_1(seed: int) -> None:
    present = there(flows(seed))
    found = chain(present)
    economies, sectors = found["fitness"][:, 0], found["product_fitness"][0]
    again = present @ sectors
    assert (again / again.mean()).tolist() == pytest.approx(economies.tolist(), rel=1e-6, abs=1e-9)
    limits = 1 / (present.T @ (1 / economies))
    assert (limits / limits.mean()).tolist() == pytest.approx(sectors.tolist(), rel=1e-12)
    assert economies.mean() == pytest.approx(1)


@SEEDS
@pytest.mark.parametrize("norm", ["growth_lab", "own_population", "own_sample"])
def test_the_order_of_economies_and_sectors_and_the_unit_do_not_matter(seed: int, norm: str) -> None:
    random = np.random.default_rng(seed)
    exports = flows(seed)
    rows, columns = random.permutation(exports.shape[0]), random.permutation(exports.shape[1])
    plain, mixed = chain(there(exports), norm), chain(there(exports[rows][:, columns] / 7e3), norm)
    orders = {"eci": (rows,), "coi": (rows,), "fitness": (rows,), "proximity": (columns, columns)}
    orders |= dict.fromkeys(("pci", "product_fitness"), (slice(None), columns))
    for name, values in plain.items():
        first, *second = orders.get(name, (rows, columns))
        expected = values[first][:, second[0]] if second else values[first]
        assert mixed[name] == pytest.approx(expected, abs=1e-9), name
