"""Edits of the board: every factor stays exactly once, and nothing points to what is gone."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.board import QUADRANTS, STRATEGY_TYPES, Board, Claim, Evidence, Factor, Recommendation, Strategy
from core.edits import apply
from core.errors import UserError
from core.project import Project
from core.text import Bilingual


def factor(name: str, quadrant: str = "S") -> Factor:
    return Factor(name, quadrant, Bilingual(name))


def project_with(*factors: Factor, **board: object) -> Project:
    return Project("p", board=replace(Board(), factors=factors, **board))


def names(project: Project, quadrant: str = "S") -> str:
    return "".join(each.id for each in project.board.quadrant(quadrant))


FOUR = project_with(*map(factor, "abcd"))


@pytest.mark.parametrize(("start", "to"), list(product(range(4), range(5))))
def test_a_factor_moved_inside_its_quadrant_stands_before_the_one_that_was_there(start: int, to: int) -> None:
    """All pairs for four factors, against Python's own list."""
    moved = apply(FOUR, "move_factors", factors=("abcd"[start],), quadrant="S", position=to)
    expected = list("abcd")
    expected.insert(to, "*")
    expected.remove("abcd"[start])
    assert names(moved) == "".join(expected).replace("*", "abcd"[start])
    assert (moved is FOUR) == (to in {start, start + 1})


@pytest.mark.parametrize(("start", "to"), list(product(range(4), range(5))))
def test_a_strategy_moved_inside_its_cell_stands_before_the_one_that_was_there(start: int, to: int) -> None:
    board = Board(strategies=tuple(Strategy(each, "SO", Bilingual(each)) for each in "abcd"))
    moved = apply(Project("p", board=board), "move_strategies", strategies=("abcd"[start],), kind="SO", position=to)
    expected = list("abcd")
    expected.insert(to, "*")
    expected.remove("abcd"[start])
    assert [each.id for each in moved.board.of_type("SO")] == [
        "abcd"[start] if each == "*" else each for each in expected
    ]


@pytest.mark.parametrize(("start", "to"), list(product(range(3), range(4))))
def test_a_recommendation_moved_stands_before_the_one_that_was_there(start: int, to: int) -> None:
    board = Board(recommendations=tuple(Recommendation(each, Bilingual(each)) for each in "abc"))
    moved = apply(Project("p", board=board), "move_recommendation", recommendation="abc"[start], position=to)
    expected = list("abc")
    expected.insert(to, "*")
    expected.remove("abc"[start])
    assert [each.id for each in moved.board.recommendations] == [
        "abc"[start] if each == "*" else each for each in expected
    ]


def test_several_factors_that_do_not_stand_together_move_in_their_order() -> None:
    assert names(apply(FOUR, "move_factors", factors=("a", "c"), quadrant="S")) == "bdac"
    assert names(apply(FOUR, "move_factors", factors=("b", "d"), quadrant="S", position=0)) == "bdac"
    assert names(apply(FOUR, "move_factors", factors=("d", "a"), quadrant="S", position=2)) == "bdac"


def test_factors_that_stay_in_their_quadrant_are_the_same_objects() -> None:
    moved = apply(FOUR, "move_factors", factors=("d",), quadrant="S", position=0)
    assert {id(each) for each in moved.board.factors} == {id(each) for each in FOUR.board.factors}


def test_copies_keep_text_and_evidence_under_ids_of_their_own() -> None:
    backed = replace(factor("a"), evidence=(Evidence("e", "citation", Bilingual("source")),))
    copied = apply(project_with(backed), "copy_factors", factors=("a",), new_ids=("b",), quadrant="T")
    assert names(copied) == "a"
    assert copied.board.quadrant("T") == (replace(backed, id="b", quadrant="T"),)


@pytest.mark.parametrize("new_ids", [("x", "x"), ("a", "x"), ("x",)])
def test_copies_without_ids_of_their_own_are_refused(new_ids: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="ids of their own"):
        apply(FOUR, "copy_factors", factors=("a", "b"), new_ids=new_ids, quadrant="T")


def test_several_new_factors_arrive_in_order_as_one_step() -> None:
    grown = apply(FOUR, "add_factors", factors=(factor("x"), factor("y", "T")), quadrant="S", position=1)
    assert names(grown) == "axybcd"
    assert apply(FOUR, "add_factors", factors=(), quadrant="S") is FOUR
    for doubled in ((factor("x"), factor("x")), (factor("a"),)):
        with pytest.raises(UserError, match="this id already"):
            apply(FOUR, "add_factors", factors=doubled, quadrant="S")


def test_a_deleted_factor_takes_its_citations_and_links_along(sample_project: Project) -> None:
    """W1 is cited by WO1 and WT1 and linked by P3."""
    after = apply(sample_project, "remove_factors", factors=("w1",)).board
    assert len(after.factors) == 16
    assert after.cited_by("w1") == ()
    assert not any("w1" in each.factors for each in after.recommendations)
    kept = [each for each in sample_project.board.strategies if "w1" not in each.cites]
    assert all(after.strategy(each.id) is each for each in kept)


def test_what_does_not_exist_can_not_be_cited_or_linked() -> None:
    strategy = Strategy("so", "SO", Bilingual("x"))
    with_strategy = apply(FOUR, "add_strategy", strategy=strategy)
    attempts = [
        ("add_strategy", {"strategy": Strategy("s2", "SO", Bilingual(), cites=("gone",))}),
        ("cite", {"strategy": "so", "factors": ("gone",)}),
        ("cite", {"strategy": "gone", "factors": ("a",)}),
        ("add_recommendation", {"recommendation": Recommendation("r", Bilingual(), factors=("gone",))}),
        ("add_recommendation", {"recommendation": Recommendation("r", Bilingual(), strategies=("gone",))}),
        ("move_factors", {"factors": ("a", "gone"), "quadrant": "T"}),
    ]
    for name, arguments in attempts:
        with pytest.raises(UserError, match="no longer there"):
            apply(with_strategy, name, **arguments)
    with pytest.raises(UserError, match="no quadrant"):
        apply(FOUR, "move_factors", factors=("a",), quadrant="X")
    with pytest.raises(UserError, match="no strategy cell"):
        apply(with_strategy, "move_strategies", strategies=("so",), kind="SW")


def test_a_factor_is_cited_once_however_often_it_is_dropped() -> None:
    drafted = apply(FOUR, "add_strategy", strategy=Strategy("so", "SO", Bilingual(), cites=("a", "a", "b")))
    assert drafted.board.strategies[0].cites == ("a", "b")
    assert apply(drafted, "cite", strategy="so", factors=("b", "a")) is drafted
    assert apply(drafted, "cite", strategy="so", factors=("b", "c", "c")).board.strategies[0].cites == ("a", "b", "c")
    assert apply(drafted, "uncite", strategy="so", factors=("a",)).board.strategies[0].cites == ("b",)
    assert apply(drafted, "uncite", strategy="so", factors=("d",)) is drafted


def test_the_same_claim_is_not_attached_twice() -> None:
    claim = Claim("tc", "table3", "CHN", sector="services")
    backed = apply(FOUR, "add_evidence", factor="a", evidence=Evidence("e1", "claim", claim=claim))
    with pytest.raises(UserError, match="rests on this claim already"):
        apply(backed, "add_evidence", factor="a", evidence=Evidence("e2", "claim", claim=claim))
    detached = apply(backed, "remove_evidence", factor="a", evidence="e1")
    assert detached.board.factors == FOUR.board.factors


def test_texts_that_are_the_same_change_nothing(sample_project: Project) -> None:
    board = sample_project.board
    first, plan, advice = board.factors[0], board.strategies[0], board.recommendations[0]
    same = [
        ("set_factor_text", {"factor": first.id, "text": first.text}),
        ("set_factor_text", {"factor": first.id, "text": first.text, "note": first.note}),
        ("set_strategy_text", {"strategy": plan.id, "title": plan.title}),
        ("set_recommendation", {"recommendation": advice}),
        ("set_board_texts", {"title": board.title, "objective": board.objective}),
        ("remove_factors", {"factors": ()}),
        ("remove_strategies", {"strategies": ()}),
    ]
    assert all(apply(sample_project, name, **arguments) is sample_project for name, arguments in same)


def test_a_deleted_strategy_leaves_no_link_behind(sample_project: Project) -> None:
    after = apply(sample_project, "remove_strategies", strategies=("wo1",)).board
    assert [each.id for each in after.strategies] == ["so1", "st1", "wt1"]
    assert not any("wo1" in each.strategies for each in after.recommendations)


IDS = st.sampled_from([f"f{n}" for n in range(6)] + [f"n{n}" for n in range(12)])
PLACE = st.none() | st.integers(0, 6)
STEP = st.one_of(
    st.tuples(st.just("move"), st.lists(IDS, max_size=3), st.sampled_from(QUADRANTS), PLACE),
    st.tuples(st.just("copy"), st.lists(IDS, max_size=2), st.sampled_from(QUADRANTS), PLACE),
    st.tuples(st.just("delete"), st.lists(IDS, max_size=2), st.just(""), st.none()),
    st.tuples(st.just("cite"), st.lists(IDS, max_size=3), st.sampled_from(("SO0", "WT0")), st.none()),
    st.tuples(st.just("retype"), st.just([]), st.sampled_from(STRATEGY_TYPES), PLACE),
)


@given(st.lists(STEP, max_size=12))
def test_ids_are_conserved_under_any_sequence_of_moves_copies_and_deletes(
    steps: list[tuple[str, list[str], str, int | None]],
) -> None:
    plans = tuple(Strategy(f"{kind}0", kind, Bilingual(kind), cites=("f0", "f1")) for kind in ("SO", "WT"))
    advice = (Recommendation("r", Bilingual("r"), strategies=("SO0",), factors=("f0", "f2")),)
    start = tuple(factor(f"f{n}", "SWOT"[n % 4]) for n in range(6))
    project = project_with(*start, strategies=plans, recommendations=advice)
    expected, made = {each.id for each in start}, 0
    for kind, ids, place, position in steps:
        present = tuple(each for each in dict.fromkeys(ids) if each in expected)
        if kind == "move":
            project = apply(project, "move_factors", factors=present, quadrant=place, position=position)
        elif kind == "copy":
            new = tuple(f"n{made + n}" for n in range(len(present)))
            made += len(new)
            project = apply(project, "copy_factors", factors=present, new_ids=new, quadrant=place, position=position)
            expected |= {*new}
        elif kind == "delete":
            project = apply(project, "remove_factors", factors=present)
            expected -= {*present}
        elif kind == "cite":
            project = apply(project, "cite", strategy=place, factors=present)
        else:
            project = apply(project, "move_strategies", strategies=("SO0",), kind=place, position=position)
        board = project.board
        found = [each.id for each in board.factors]
        assert sorted(found) == sorted(expected)
        assert all({*each.cites} <= expected for each in board.strategies)
        assert all({*each.factors} <= expected for each in board.recommendations)
        assert sum(len(board.quadrant(each)) for each in QUADRANTS) == len(board.factors)
        assert sorted(each.id for each in board.strategies) == ["SO0", "WT0"]
