"""The case in which Qt deletes a card that nobody touched.

QAbstractItemView.startDrag answers MoveAction by removing the rows that are selected when the drag is over. The card
that was dragged is gone by then, because the drop has moved it, and a view that always has one row selected has
selected its neighbour: that one is removed, and a factor is lost.

Three things guard against it: models refuse to remove rows for a view, the drop answers TargetMoveAction, and
startDrag is our own and ignores the answer. Each test leaves one of them as the only one; `test_qt_...` leaves none
and shows that the loss is real, so that the others prove something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QWidget
from pytestqt.qtbot import QtBot

from core.board import Board, Factor
from core.project import Project
from core.text import Bilingual
from gui.background import Immediate
from gui.session import Session
from gui.swot.cards import cards
from gui.swot.cell_model import CellModel
from gui.swot.cell_view import CellView

pytestmark = pytest.mark.xvfb


class _Obliging(CellModel):
    """A model that removes rows when a view asks for it."""

    def removeRows(self, row: int, count: int, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> bool:  # noqa: B008
        return self._session.attempt("remove_factors", factors=tuple(self.ids()[row : row + count]))


class _QtStarts(CellView):
    """A view that leaves the drag to Qt."""

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        QListView.startDrag(self, supportedActions)


class _QtEnds(CellView):
    """A view that answers with the action that was proposed."""

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        event.setDropAction(Qt.DropAction.MoveAction)


class Bare(QWidget):
    """Two lists, each with exactly one card selected at any time, and nothing around them that selects others."""

    def __init__(
        self, session: Session, model: type[CellModel], source: type[CellView], target: type[CellView]
    ) -> None:
        super().__init__()
        self._session = session
        self.models = {cell: model(session, cell, self) for cell in "WT"}
        self.source, self.target = source(session, self.models["W"], self), target(session, self.models["T"], self)
        row = QHBoxLayout(self)
        for view in (self.source, self.target):
            view.setSelectionMode(QListView.SelectionMode.SingleSelection)
            row.addWidget(view)
        session.project_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        for cell, model in self.models.items():
            model.show(cards(self._session.project, self._session.results)[cell])


@pytest.fixture
def session(qapp: QCoreApplication) -> Session:
    factors = [Factor(each, "W", Bilingual(each)) for each in ("w1", "w2", "w3")] + [Factor("t1", "T", Bilingual("t1"))]
    return Session(Project("p", board=Board(factors=tuple(factors))), Immediate())


@pytest.fixture
def dragged(qtbot: QtBot, session: Session, drag: Callable[..., None]) -> Iterator[Callable[..., str]]:
    """Drags W2 to T between views of these kinds; returns what W and T hold then."""
    opened: list[Bare] = []

    def do(model: type[CellModel], source: type[CellView], target: type[CellView]) -> str:
        window = Bare(session, model, source, target)
        opened.append(window)
        window.resize(700, 400)
        with qtbot.waitExposed(window):
            window.show()
        start = window.source.visualRect(window.models["W"].index(1)).center()
        drag(window, window.source, start, window.target, QPoint(60, 200))
        board = session.project.board
        return " ".join(each.id for cell in "WT" for each in board.quadrant(cell))

    yield do
    for window in opened:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _every_drag_is_one_step_and_is_undone(session: Session) -> Iterator[None]:
    before = session.project
    yield
    while session.stack.canUndo():
        session.undo()
    assert session.project is before


def test_qt_deletes_the_neighbour_where_nothing_guards_against_it(dragged: Callable[..., str]) -> None:
    assert dragged(_Obliging, _QtStarts, _QtEnds) == "w1 t1 w2"


def test_a_model_that_refuses_to_remove_rows_is_enough(dragged: Callable[..., str]) -> None:
    assert dragged(CellModel, _QtStarts, _QtEnds) == "w1 w3 t1 w2"


def test_the_answer_target_move_is_enough(dragged: Callable[..., str]) -> None:
    assert dragged(_Obliging, _QtStarts, CellView) == "w1 w3 t1 w2"


def test_a_drag_of_our_own_that_ignores_the_answer_is_enough(dragged: Callable[..., str]) -> None:
    assert dragged(_Obliging, CellView, _QtEnds) == "w1 w3 t1 w2"


def test_the_board_as_it_is_keeps_every_card(dragged: Callable[..., str], session: Session) -> None:
    assert dragged(CellModel, CellView, CellView) == "w1 w3 t1 w2"
    assert session.stack.count() == 1
