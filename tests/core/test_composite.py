"""The composite score: what differs among economies weighs, what does not weighs nothing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.analysis import analyse
from core.composite import composite_scores, entropy_weights, weights
from core.indices.composite import composite
from core.project import Analysis, Project
from core.status import Status
from core.table import Floats, Label, Periods, new_table
from core.text import Bilingual

NAN = math.nan
BOTH = (("a", "higher"), ("b", "lower"))


def column(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)[:, np.newaxis]


CHOSEN = {"a": column(0, 1, 2), "b": column(10, 0, 0)}
UNEVEN = 1 - math.log(3) / math.log(3) + 2 / 3 * math.log(2) / math.log(3)
"""1 − e for the parts 0, 1/3 and 2/3 of three economies: e = (ln 3 − ⅔ ln 2) / ln 3."""
HALVES = 1 - math.log(2) / math.log(3)
"""1 − e for the parts 0, 1/2 and 1/2."""


def test_weights_and_scores_of_three_economies_are_those_worked_out_by_hand() -> None:
    first = UNEVEN / (UNEVEN + HALVES)
    found = weights(CHOSEN, BOTH)
    assert found["a"].tolist() == pytest.approx([first], rel=1e-12)
    assert found["b"].tolist() == pytest.approx([1 - first], rel=1e-12)
    answer = composite(CHOSEN, composite=BOTH)
    assert answer.values[:, 0].tolist() == pytest.approx([0, 0.5 * first + (1 - first), 1], rel=1e-12)
    assert not answer.statuses.any()


def test_the_direction_turns_the_score_round() -> None:
    higher = composite({"a": CHOSEN["a"]}, composite=(("a", "higher"),)).values
    lower = composite({"a": CHOSEN["a"]}, composite=(("a", "lower"),)).values
    assert higher[:, 0].tolist() == [0, 0.5, 1]
    assert lower[:, 0].tolist() == [1, 0.5, 0]


@pytest.mark.parametrize("constant", [0.0, 7.3, -2.0])
def test_an_index_that_is_the_same_for_all_weighs_nothing(constant: float) -> None:
    chosen = {"a": CHOSEN["a"], "b": column(constant, constant, constant)}
    assert [each.tolist() for each in weights(chosen, BOTH).values()] == [[1], [0]]
    assert composite(chosen, composite=BOTH).values[:, 0].tolist() == [0, 0.5, 1]


def test_rounding_noise_is_no_difference() -> None:
    noisy = column(0.3, 0.1 + 0.2, 0.3)
    assert weights({"a": CHOSEN["a"], "b": noisy}, BOTH)["b"].tolist() == [0]


def test_an_economy_without_an_index_has_no_score_and_leaves_the_others_as_they_are() -> None:
    wider = {"a": column(0, 99, 1, 2), "b": column(10, NAN, 0, 0)}
    answer, without = composite(wider, composite=BOTH), composite(CHOSEN, composite=BOTH)
    assert np.isnan(answer.values[1, 0])
    assert answer.statuses[:, 0].tolist() == [0, Status.MISSING, 0, 0]
    np.testing.assert_array_equal(answer.values[[0, 2, 3]], without.values)
    assert weights(wider, BOTH)["a"] == weights(CHOSEN, BOTH)["a"]


@pytest.mark.parametrize("values", [(1.0,), (1.0, NAN), (4.0, 4.0, 4.0)])
def test_one_economy_or_equal_ones_cannot_be_ranked(values: tuple[float, ...]) -> None:
    answer = composite({"a": column(*values)}, composite=(("a", "higher"),))
    assert np.isnan(answer.values).all()
    missing = [Status.MISSING if math.isnan(each) else Status.TOO_FEW for each in values]
    assert answer.statuses[:, 0].tolist() == missing


def test_each_sector_has_weights_of_its_own_and_an_index_without_sectors_serves_all() -> None:
    chosen = {"a": np.array([[0.0, 5, NAN], [1, 5, NAN], [2, 5, NAN]]), "b": column(10, 0, 0)}
    answer = composite(chosen, composite=BOTH)
    assert answer.values.shape == (3, 3)
    np.testing.assert_allclose(answer.values[:, :1], composite(CHOSEN, composite=BOTH).values)
    assert answer.values[:, 1].tolist() == [0, 1, 1]
    assert (answer.statuses[:, 2] == Status.MISSING).all()
    assert weights(chosen, BOTH)["b"][1] == 1


def test_an_index_that_is_not_there_is_passed_over() -> None:
    answer = composite(CHOSEN, composite=(*BOTH, ("unheard_of", "higher")))
    np.testing.assert_array_equal(answer.values, composite(CHOSEN, composite=BOTH).values)


@pytest.mark.parametrize("seed", range(3))
def test_scores_lie_between_0_and_1_and_do_not_know_scale_shift_or_order(seed: int) -> None:
    random = np.random.default_rng(seed)
    matrix = random.lognormal(0, 1, (12, 4))
    scores, found = composite_scores(matrix, (True, False, True, True))
    assert found.sum() == pytest.approx(1)
    assert ((found > 0) & (found < 1)).all()
    assert ((scores >= 0) & (scores <= 1)).all()
    moved, _ = composite_scores(matrix * [3, 1e-6, 1e6, 1] + [0, 0, -5, 100], (True, False, True, True))
    np.testing.assert_allclose(moved, scores, rtol=1e-9)
    order = random.permutation(12)
    np.testing.assert_allclose(composite_scores(matrix[order], (True, False, True, True))[0], scores[order])


def test_weights_are_larger_where_the_parts_are_more_uneven() -> None:
    even, uneven, equal = [1, 1.1, 0.9, 1], [0, 0, 0, 1], [1, 1, 1, 1]
    found = entropy_weights(np.array([even, uneven, equal], dtype=np.float64).T)
    assert found[1] > 0.99
    assert 0 < found[0] < 0.01
    assert found[2] == 0


def scored(flows: dict[str, tuple[float, float]]) -> dict[str, float]:
    """Scores by TC and balance of a table of {economy: (exports, imports)}; "EU" is a group."""
    labels = {
        "reporter": [Label(each, Bilingual(each), "aggregate" if each == "EU" else "") for each in flows],
        "measure": [Label("exports", Bilingual("Exports")), Label("imports", Bilingual("Imports"))],
    }
    columns = {"reporter": [at for at in range(len(flows)) for _ in range(2)], "measure": [0, 1] * len(flows)}
    numbers = [number for pair in flows.values() for number in pair]
    table = new_table("t", Bilingual("t"), labels, columns, Periods("year", (2000,)), [numbers])
    chosen = {"composite": (("tc", "higher"), ("balance", "higher"))}
    results = analyse(Project("p", tables=(table,), analysis=Analysis(options=chosen)))
    return {line.reporter.id: float(line.values[0]) for line in results.lines("composite")}


def test_a_group_of_economies_has_no_score_and_does_not_count_among_its_members() -> None:
    economies = {"A": (9.0, 1.0), "B": (5.0, 5.0), "C": (2.0, 8.0)}
    alone = scored(economies)
    assert (alone["A"], alone["C"]) == (1, 0)
    assert scored({**economies, "EU": (40.0, 2.0)}) == alone
