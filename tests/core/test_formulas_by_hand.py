"""Each formula with sums, as the catalogue writes it, is worked out term by term and gives what the function gives."""

from __future__ import annotations

import re

import numpy as np
import pytest

import tests.core.formulas.markets
import tests.core.formulas.networks  # noqa: F401 - both add their formulas
from core.indices import indices
from core.indices.registry import Index
from tests.core.formulas.loops import LOOPS
from tests.core.formulas.trade import Trade, computed, trade

USUAL: dict[str, object] = {
    "threshold": 1.0,
    "threshold_side": "at_least",
    "complexity_norm": "growth_lab",
    "phi_diagonal": 1.0,
    "hhi_n": "classification",
    "tii_world": "world",
    "cms_order": "sector_first",
    "composite": (("tc", "higher"), ("rca", "lower")),
}
OTHER: dict[str, tuple[object, ...]] = {
    "complexity_norm": ("own_population", "own_sample"),
    "phi_diagonal": (0.0,),
    "hhi_n": ("nonzero",),
    "tii_world": ("less_reporter",),
    "cms_order": ("market_first",),
}
SUMS = [each for each in indices().values() if re.search(r"Σ|eigenvector|≥|λ|;", each.entry.formula)]
WRITTEN = [each for each in indices().values() if each.entry.formula in LOOPS]


def settings(index: Index) -> list[dict[str, object]]:
    """The usual settings, and each with one other choice of an option that the index depends on."""
    return [USUAL, *({**USUAL, name: value} for name in index.options for value in OTHER.get(name, ()))]


def agree(index: Index, world: Trade) -> None:
    for options in settings(index):
        by_hand = np.array(LOOPS[index.entry.formula](world, options))
        given = np.array(computed(index, world, options))
        by_hand = by_hand.reshape(given.shape)
        if index.dimensions == ("economy", "economy"):
            for each in (*by_hand, *given):
                np.fill_diagonal(each, 0)
        assert np.isfinite(by_hand).all()
        assert np.ptp(by_hand) > 0
        np.testing.assert_allclose(given, by_hand, rtol=1e-9, atol=1e-9 * np.abs(by_hand).max(), err_msg=str(options))


def test_every_formula_with_a_sum_is_worked_out_here_as_it_is_written() -> None:
    assert set(LOOPS) >= {index.entry.formula for index in SUMS}
    assert len(WRITTEN) == len(LOOPS), "a formula is worked out that the catalogue does not have"


@pytest.mark.parametrize("index", WRITTEN, ids=lambda index: index.id)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_terms_of_a_formula_give_the_value_of_the_index(index: Index, seed: int) -> None:
    agree(index, trade(seed))


@pytest.mark.parametrize(
    "index", [each for each in WRITTEN if "new_markets" in each.components], ids=lambda each: each.id
)
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_new_and_lost_markets_are_what_the_notes_say(index: Index, seed: int) -> None:
    world = trade(seed, empty=0.8)
    new = computed(index, world, USUAL)[index.components.index("new_markets")]
    assert new.any()
    agree(index, world)
