"""A shown SWOT tab on the sample project, and drops sent as events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.mime import FACTORS, LINES, STRATEGIES, pack
from gui.session import Session
from gui.swot.cell_view import CellView
from gui.swot.tab import SwotTab

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction


@pytest.fixture
def tab(qtbot: QtBot, session: Session, prompts: object) -> Iterator[SwotTab]:
    shown = SwotTab(session, prompts)  # type: ignore[arg-type]
    shown.resize(1280, 720)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.board.cells["S"].view.setFocus()
    qtbot.waitUntil(shown.board.cells["S"].view.hasFocus)
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def view(tab: SwotTab) -> Callable[[str], CellView]:
    """The list of a cell."""
    return lambda cell: tab.board.cells[cell].view


class Drop:
    """Enter, move and drop, as a window system sends them; `entered` and `accepted` say what was answered."""

    def __init__(self) -> None:
        self.entered = self.offered = self.accepted = False

    def __call__(self, target: QWidget, at: QPoint, data: QMimeData, action: Qt.DropAction = MOVE) -> Drop:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        self.data = data  # the events do not keep it
        # QPoint up to Qt 6.11, QPointF from 6.12 on, where QPoint is deprecated.
        enter = QDragEnterEvent(at, action, data, left, none)
        QCoreApplication.sendEvent(target, enter)
        self.entered = enter.isAccepted()
        move = QDragMoveEvent(at, action, data, left, none)
        QCoreApplication.sendEvent(target, move)
        self.offered = move.isAccepted()
        drop = QDropEvent(QPointF(at), action, data, left, none)
        QCoreApplication.sendEvent(target, drop)
        self.accepted, self.action = drop.isAccepted(), drop.dropAction()
        return self


@pytest.fixture
def drop() -> Drop:
    return Drop()


class Drags:
    """What is dragged, as any source would pack it for the project "sample"."""

    def factors(self, *ids: str, project: str = "sample") -> QMimeData:
        return pack(FACTORS, project, ids=list(ids))

    def strategies(self, *ids: str) -> QMimeData:
        return pack(STRATEGIES, "sample", ids=list(ids))

    def lines(self, *keys: tuple[str, ...]) -> QMimeData:
        return pack(LINES, "sample", "TC", lines=[list(key) for key in keys])

    def text(self, text: str) -> QMimeData:
        data = QMimeData()
        data.setText(text)
        return data


@pytest.fixture
def drags() -> Drags:
    return Drags()


@pytest.fixture
def order(session: Session) -> Callable[[str], list[str]]:
    """The ids of a quadrant or strategy cell in the project."""

    def ids(cell: str) -> list[str]:
        board = session.project.board
        return [each.id for each in (board.quadrant(cell) if len(cell) == 1 else board.of_type(cell))]

    return ids


def above(view: CellView, row: int) -> QPoint:
    """A point in the upper part of a card."""
    rect = view.visualRect(view.model().index(row, 0))
    return rect.center() - QPoint(0, rect.height() // 2 - 2)


def below(view: CellView, row: int) -> QPoint:
    """A point in the lower part of a card."""
    rect = view.visualRect(view.model().index(row, 0))
    return rect.center() + QPoint(0, rect.height() // 2 - 2)


def middle(view: CellView, row: int) -> QPoint:
    """The middle of a card."""
    return view.visualRect(view.model().index(row, 0)).center()


def foot(view: CellView) -> QPoint:
    """The empty part below the cards."""
    return QPoint(view.viewport().width() // 2, view.viewport().height() - 3)


@pytest.fixture
def spots() -> dict[str, Callable[..., QPoint]]:
    return {"above": above, "below": below, "middle": middle, "foot": foot}
