"""Drags with a real mouse on a real window system; each counts every factor afterwards and is then undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from core.claims import State
from gui.session import Session

pytestmark = pytest.mark.xvfb

CTRL = Qt.KeyboardModifier.ControlModifier
Drag, Order, Count = Callable[..., None], Callable[[str], list[str]], Callable[[], int]


@pytest.fixture(autouse=True)
def _every_drag_is_one_step_and_is_undone(window, session: Session) -> Iterator[None]:
    before = session.project
    yield
    assert session.stack.count() <= 1
    session.undo()
    assert session.project is before
    assert len(session.project.board.factors) == 17


def test_a_card_dragged_to_another_quadrant_moves_there(window, drag: Drag, order: Order, count: Count) -> None:
    drag(window, window.view("W"), window.card("W", 1), window.view("T"), window.card("T", 1, 0.1))
    assert order("T") == ["t1", "w2", "t2", "t3", "t4"]
    assert order("W") == ["w1", "w3", "w4", "w5", "w6"]
    assert count() == 17
    assert [card.id for card in window.tab.board.selected()] == ["w2"]


@pytest.mark.parametrize(("row", "part", "expected"), [
    (0, 0.1, ["w2", "o1", "o2", "o3", "o4"]),
    (0, 0.9, ["o1", "w2", "o2", "o3", "o4"]),
    (2, 0.1, ["o1", "o2", "w2", "o3", "o4"]),
    (3, 0.9, ["o1", "o2", "o3", "o4", "w2"]),
])  # fmt: skip
def test_a_card_lands_above_or_below_the_card_under_the_pointer(
    window, drag: Drag, order: Order, count: Count, row: int, part: float, expected: list[str]
) -> None:
    drag(window, window.view("W"), window.card("W", 1), window.view("O"), window.card("O", row, part))
    assert order("O") == expected
    assert count() == 17


def test_several_cards_that_do_not_stand_together_are_reordered_and_stay_selected(
    window, drag: Drag, order: Order, count: Count, qtbot: QtBot
) -> None:
    view = window.view("W")
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=window.card("W", 0))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, CTRL, window.card("W", 2))
    drag(window, view, window.card("W", 2), view, window.card("W", 4, 0.9))
    assert order("W") == ["w2", "w4", "w5", "w1", "w3", "w6"]
    assert count() == 17
    assert [card.id for card in window.tab.board.selected()] == ["w1", "w3"]


def test_cards_selected_in_several_cells_are_dragged_together(
    window, drag: Drag, order: Order, count: Count, qtbot: QtBot, session: Session
) -> None:
    qtbot.mouseClick(window.view("S").viewport(), Qt.MouseButton.LeftButton, pos=window.card("S", 1))
    qtbot.mouseClick(window.view("O").viewport(), Qt.MouseButton.LeftButton, CTRL, window.card("O", 3))
    drag(window, window.view("O"), window.card("O", 3), window.view("SO"), window.foot("SO"))
    assert len(order("SO")) == 2
    assert session.project.board.of_type("SO")[1].cites == ("s2", "o4")
    assert count() == 17


def test_a_card_dragged_on_a_strategy_is_cited_and_stays(
    window, drag: Drag, order: Order, count: Count, session: Session
) -> None:
    drag(window, window.view("W"), window.card("W", 5), window.view("WO"), window.card("WO", 0))
    strategy = session.project.board.strategy("wo1")
    assert strategy is not None
    assert strategy.cites[-1] == "w6"
    assert order("W") == ["w1", "w2", "w3", "w4", "w5", "w6"]
    assert count() == 17


def test_a_row_of_results_dragged_on_a_quadrant_is_a_factor_with_live_evidence(
    window, drag: Drag, order: Order, count: Count
) -> None:
    drag(window, window.rows, QPoint(60, 12), window.view("W"), window.card("W", 5, 0.95))
    assert count() == 18
    assert window.tab.models.card(order("W")[6]).state is State.SUPPORTED


def test_a_row_of_results_dragged_on_the_header_comes_first(window, drag: Drag, order: Order, count: Count) -> None:
    drag(window, window.rows, QPoint(60, 12), window.tab.board.cells["W"].header, QPoint(60, 10))
    assert count() == 18
    assert order("W")[1:] == ["w1", "w2", "w3", "w4", "w5", "w6"]


def test_a_strategy_dragged_to_another_cell_changes_its_type(window, drag: Drag, order: Order, count: Count) -> None:
    drag(window, window.view("SO"), window.card("SO", 0), window.view("WT"), window.foot("WT"))
    assert (order("SO"), order("WT")) == ([], ["wt1", "so1"])
    assert count() == 17


def test_ctrl_copies(window, drag: Drag, order: Order, count: Count) -> None:
    drag(window, window.view("W"), window.card("W", 1), window.view("T"), window.card("T", 0, 0.1), modifiers=CTRL)
    QTest.keyRelease(window.view("T"), Qt.Key.Key_Control)
    assert order("W") == ["w1", "w2", "w3", "w4", "w5", "w6"]
    assert order("T")[1:] == ["t1", "t2", "t3", "t4"]
    assert count() == 18


def test_escape_leaves_everything_as_it_was_and_the_next_drag_is_a_drag_again(
    window, drag: Drag, order: Order, count: Count, session: Session
) -> None:
    drag(window, window.view("W"), window.card("W", 1), window.view("T"), window.card("T", 1), cancel=True)
    assert session.stack.count() == 0
    assert count() == 17
    drag(window, window.view("W"), window.card("W", 0), window.view("T"), window.card("T", 0, 0.1))
    assert order("T") == ["w1", "t1", "t2", "t3", "t4"]
    assert count() == 17


def test_a_drop_outside_the_board_removes_nothing(window, drag: Drag, count: Count, session: Session) -> None:
    drag(window, window.view("W"), window.card("W", 1), window.tab.board.corner, QPoint(80, 150))
    assert session.stack.count() == 0
    assert count() == 17


def test_the_neighbour_of_a_moved_card_stays_where_only_one_card_can_be_selected(
    window, drag: Drag, order: Order, count: Count
) -> None:
    """test_lost_neighbour.py shows what would be lost, and which lines keep it."""
    window.view("W").setSelectionMode(QListView.SelectionMode.SingleSelection)
    drag(window, window.view("W"), window.card("W", 1), window.view("T"), window.card("T", 0, 0.1))
    assert order("T") == ["w2", "t1", "t2", "t3", "t4"]
    assert order("W") == ["w1", "w3", "w4", "w5", "w6"]
    assert count() == 17
