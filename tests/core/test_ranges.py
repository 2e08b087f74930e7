"""Values of consistent data lie in the stated range, and the neutral case gives the neutral value."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.indices import indices
from core.indices.registry import Index
from core.table import Floats
from tests.core.formulas.trade import Trade, Year, computed, trade
from tests.core.test_formulas_by_hand import settings

OWN_TABLES = {"openness", "export_dependence", "import_dependence", "import_penetration", "export_orientation"}
QUANTITIES = {"unit_value_exports", "unit_value_imports", "unit_value_ratio", "relative_unit_value"}
OF_TRADE = [each for each in indices().values() if each.id not in OWN_TABLES | QUANTITIES]
"""The indices that need nothing but who sells what to whom, and incomes."""


def ends(index: Index, world: Trade, options: dict[str, object]) -> tuple[Floats | float, Floats | float]:
    """The two ends of the range; those that are formulas are worked out for the world, one for each value."""
    now = world.now
    everywhere = np.array(now.x, dtype=np.float64)
    of_sectors = everywhere.sum(axis=(0, 1))
    bought = everywhere.sum(axis=0)
    receivers = [j for _, j in world.pairs]
    n = float(len(now.sectors))
    known: dict[str, Callable[[], Floats | float]] = {
        "W / W_k": lambda: of_sectors.sum() / of_sectors,
        "n": lambda: n,
        "P": lambda: n,
        "N": lambda: float(len(now.economies)),
        "1 / n": lambda: 1 / n,
        "ln n": lambda: math.log(n),
        "min y_i": lambda: min(world.income),
        "max y_i": lambda: max(world.income),
        "min PRODY_k": lambda: float(np.nanmin(computed(indices()["prody"], world, options)[0])),
        "max PRODY_k": lambda: float(np.nanmax(computed(indices()["prody"], world, options)[0])),
        "M_w / M_j": lambda: (bought.sum() / bought.sum(axis=1))[receivers, None],
        "M_wk / M_jk": lambda: (bought.sum(axis=0) / bought)[receivers],
        "−∞": lambda: -math.inf,
        "∞": lambda: math.inf,
    }
    low, high = (known[end]() if end in known else float(end) for end in index.entry.range)
    return low, high


@pytest.mark.parametrize("index", OF_TRADE, ids=lambda index: index.id)
@pytest.mark.parametrize("seed", range(12))
def test_every_value_lies_in_the_stated_range(index: Index, seed: int) -> None:
    world = trade(seed, empty=(0.0, 0.3, 0.8)[seed % 3])
    for options in settings(index):
        with np.errstate(all="ignore"):
            low, high = ends(index, world, options)
        for values in computed(index, world, options):
            fine = np.isfinite(values)
            noise = 1e-9 * (1 + np.abs(values))
            assert (values >= low - noise)[fine].all(), options
            assert (values <= high + noise)[fine].all(), options


def alike() -> Trade:
    """Everyone sells the same to everyone else, and everything is as in the earlier year."""
    every = range(4)
    year = Year([[[0 if i == j else k + 1 for k in range(3)] for j in every] for i in every], every, range(3))
    return Trade(year, year, [1000.0] * 4, {"tc": [0.0] * 4, "rca": [0.0] * 4})


NEUTRAL = [each for each in OF_TRADE if each.entry.neutral is not None]
APART = {"growth_share_exports", "growth_share_imports", "eci"}
"""Without change there is no share of a change, and economies that are all alike have no order."""


@pytest.mark.parametrize("index", [each for each in NEUTRAL if each.id not in APART], ids=lambda index: index.id)
def test_a_world_in_which_all_are_alike_and_nothing_changes_gives_the_neutral_value(index: Index) -> None:
    options = settings(index)[0] | {"tii_world": "less_reporter"}
    for values in computed(index, alike(), options):
        shown = values[~np.eye(4, dtype=bool)] if index.dimensions == ("economy", "economy") else values
        np.testing.assert_allclose(shown, float(str(index.entry.neutral)), atol=1e-12)


def test_one_effect_can_be_twice_the_whole_share_where_a_sector_vanishes_and_another_appears() -> None:
    """All of the world's trade is one economy's monopoly, which moves with it to another sector."""
    before, now = np.array([[5.0, 0.0]]), np.array([[0.0, 7.0]])
    with np.errstate(invalid="ignore"):
        effects = indices()["share_decomposition"].function(now, before, now, before)
    assert [each.item() for each in effects] == [-1, -1, 2]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_neutral_complexity_is_the_mean_of_the_economies(seed: int) -> None:
    for options in settings(indices()["eci"]):
        assert computed(indices()["eci"], trade(seed), options)[0].mean() == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("index", sorted(each.id for each in indices().values() if each.id in APART - {"eci"}))
def test_a_sector_that_does_not_change_has_the_neutral_share_of_a_change(index: str) -> None:
    values = {
        each.parameter: np.array([[5.0 if not each.part else 9.0 if each.when else 12.0]])
        for each in indices()[index].inputs
    }
    assert indices()[index].function(**values).item() == indices()[index].entry.neutral


@pytest.mark.parametrize("id_", sorted(OWN_TABLES | QUANTITIES))
def test_ratios_to_production_and_quantities_are_never_negative_and_1_for_equal_numbers(id_: str) -> None:
    index = indices()[id_]
    low, high = index.entry.range
    assert (low, high) == ("0", "∞")
    draw = random.Random(7)
    for _ in range(200):
        values: dict[str, Any] = {each.parameter: np.array([[draw.uniform(0, 5)]]) for each in index.inputs}
        if "output" in values:
            values["output"] += values.get("exports", 0)
        assert index.function(**values).item() >= 0
    if index.entry.neutral is not None:
        assert index.function(**{each.parameter: np.array([[3.0]]) for each in index.inputs}).item() == 1
