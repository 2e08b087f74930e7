"""Networks that break other programs: economies without exports, parts that do not hang together, too little to say.

Each economy and sector that can have a value keeps the one it has without the others.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from core.complexity.network import advantage
from core.indices.cog import cog
from core.indices.coi import coi
from core.indices.density import density
from core.indices.diversity import diversity
from core.indices.eci import eci
from core.indices.fitness import fitness
from core.indices.pci import pci
from core.indices.presence import presence
from core.indices.product_fitness import product_fitness
from core.indices.proximity import proximity
from core.indices.ubiquity import ubiquity
from core.status import Marked, Status
from core.table import Floats

SEEDS = pytest.mark.parametrize("seed", range(4))
LINKED = np.array([[1.0, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 1], [1, 0, 0, 0]])


@pytest.fixture(autouse=True)
def _divisions_by_zero_are_allowed() -> Iterator[None]:
    """As in the analysis, which turns what they give into a status."""
    with np.errstate(divide="ignore", invalid="ignore"):
        yield


def flows(seed: int, economies: int = 15, sectors: int = 30) -> Floats:
    """Log-normal exports, some of them 0."""
    random = np.random.default_rng(seed)
    exports = random.lognormal(3, 2, (economies, sectors))
    exports[random.random(exports.shape) < 0.2] = 0
    return exports


def there(exports: Floats) -> Marked:
    return presence(exports, threshold=1.0, threshold_side="at_least")


def chain(present: Floats) -> dict[str, Marked]:
    """Every index that reads the presence."""
    economies = eci(present, complexity_norm="growth_lab")
    sectors = pci(present, economies.values, complexity_norm="growth_lab")
    near = density(present, phi_diagonal=1.0)
    fit = fitness(present)
    return {
        "eci": economies,
        "coi": coi(present, near.values, sectors.values, complexity_norm="growth_lab"),
        "fitness": fit,
        "pci": sectors,
        "product_fitness": product_fitness(present, fit.values),
        "density": near,
        "cog": cog(present, sectors.values, phi_diagonal=1.0, complexity_norm="growth_lab"),
        "proximity": proximity(present),
    }


def inner(marked: Marked, rows: int, columns: int) -> Floats:
    """The values of the first economies and sectors."""
    height, width = marked.values.shape
    if height == width and width > rows:
        return marked.values[:columns, :columns]
    return marked.values[: min(rows, height), : min(columns, width)]


def statuses(marked: Marked) -> set[int]:
    return set(marked.statuses.ravel().tolist())


@SEEDS
@pytest.mark.parametrize(("empty_rows", "empty_columns"), [(1, 0), (0, 1), (3, 2)])
def test_economies_and_sectors_without_exports_change_nothing_for_the_others(
    seed: int, empty_rows: int, empty_columns: int
) -> None:
    exports = flows(seed)
    rows, columns = exports.shape
    padded = np.zeros((rows + empty_rows, columns + empty_columns))
    padded[:rows, :columns] = exports
    alone, among = chain(there(exports).values), chain(there(padded).values)
    for name, marked in alone.items():
        assert inner(among[name], rows, columns).tolist() == marked.values.tolist(), name
        assert statuses(marked) == {0}
        outside = np.ones(among[name].values.shape, bool)
        outside[: marked.values.shape[0], : marked.values.shape[1]] = False
        assert np.isnan(among[name].values[outside]).all()
        assert set(among[name].statuses[outside].tolist()) <= {Status.UNCONNECTED}


@SEEDS
def test_a_part_without_links_to_the_rest_changes_nothing_for_the_rest(seed: int) -> None:
    """The small part takes a share of the world, by which advantages shift: the networks are given as they are."""
    present = there(flows(seed)).values
    rows, columns = present.shape
    exports = np.zeros((rows + 2, columns + 3))
    exports[:rows, :columns] = present
    exports[rows:, columns:] = [[1, 1, 1], [1, 1, 0]]
    found = there(exports)
    assert found.values[:rows, :columns].tolist() == there(present).values.tolist()
    assert np.isnan(found.values[rows:]).all()
    assert np.isnan(found.values[:, columns:]).all()
    assert set(found.statuses[rows:].ravel().tolist()) == {Status.UNCONNECTED}
    alone, among = chain(there(present).values), chain(found.values)
    for name, marked in alone.items():
        assert inner(among[name], rows, columns).tolist() == marked.values.tolist(), name


def test_of_two_parts_of_one_size_the_one_that_exports_more_counts_wherever_it_stands() -> None:
    part = np.array([[2.0, 1, 1], [1, 2, 0], [1, 0, 2]])
    nothing = np.zeros_like(part)
    first = there(np.block([[part * 5, nothing], [nothing, part]])).values
    last = there(np.block([[part, nothing], [nothing, part * 5]])).values
    assert not np.isnan(first[:3, :3]).any()
    assert np.isnan(first[3:]).all()
    assert last[3:, 3:].tolist() == first[:3, :3].tolist()


def test_an_economy_without_exports_has_no_diversity_and_not_the_diversity_of_all() -> None:
    exports = np.array([[3.0, 1, 0], [1, 3, 0], [0, 0, 0]])
    options = {"threshold": 1.0, "threshold_side": "at_least"}
    assert diversity(exports, **options)[:2, 0].tolist() == [1, 1]
    assert np.isnan(diversity(exports, **options)[2, 0])
    assert ubiquity(exports, **options)[0, :2].tolist() == [1, 1]
    assert np.isnan(ubiquity(exports, **options)[0, 2])


@pytest.mark.parametrize(
    "present",
    [np.ones((5, 4)), np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])],
    ids=["all export the same", "two eigenvalues are equal"],
)
def test_where_the_network_does_not_decide_complexity_there_is_none(present: Floats) -> None:
    found = chain(present)
    for name in ("eci", "pci", "coi", "cog"):
        assert np.isnan(found[name].values).all(), name
        assert statuses(found[name]) == {Status.TOO_FEW}, name
    assert statuses(found["density"]) == {0}


@pytest.mark.parametrize("present", [LINKED[:2, :3], LINKED[:, :1]], ids=["two economies", "one sector"])
def test_two_economies_or_one_sector_are_too_few_for_everything(present: Floats) -> None:
    for name, marked in chain(present).items():
        assert np.isnan(marked.values).all(), name
        assert statuses(marked) == {Status.TOO_FEW}, name


def test_no_trade_at_all_leaves_nothing_connected() -> None:
    found = there(np.zeros((3, 4)))
    assert statuses(found) == {Status.UNCONNECTED}
    for name, marked in chain(found.values).items():
        assert statuses(marked) == {Status.UNCONNECTED}, name


def test_where_all_are_equally_diverse_those_in_rarer_sectors_are_complex() -> None:
    present = np.array([[1.0, 1, 0, 0, 0], [1, 0, 1, 0, 0], [1, 1, 0, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1]])
    found = eci(present, complexity_norm="growth_lab").values[:, 0]
    commonness = present @ present.sum(axis=0) / 2
    assert np.corrcoef(found, commonness)[0, 1] < -0.5


def test_more_diversity_is_more_complexity() -> None:
    found = eci(LINKED, complexity_norm="growth_lab").values[:, 0]
    assert np.corrcoef(found, LINKED.sum(axis=1))[0, 1] > 0


def test_nothing_writes_into_what_it_reads() -> None:
    exports = flows(9)
    exports.setflags(write=False)
    present = there(exports).values
    present.setflags(write=False)
    copies = present.copy()
    chain(present)
    assert present.tolist() == copies.tolist()


def test_negative_exports_are_no_advantage() -> None:
    exports = np.array([[5.0, -1, 2], [1, 4, 2], [2, 3, 4]])
    assert not advantage(exports, 1.0, "at_least")[0, 1]
