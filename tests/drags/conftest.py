"""Real drags: a shown board on an X server, and the helper that moves the mouse inside the loop of the drag."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QModelIndex, QPoint, QStringListModel, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QListView, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.mime import LINES, pack
from gui.session import Session
from gui.swot.cell_view import CellView
from gui.swot.tab import SwotTab

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
TC = ("tc", "", "table3", "CHN", "", "services")


def real_drag(
    top: QWidget,
    source: QWidget,
    start: QPoint,
    target: QWidget,
    end: QPoint,
    *,
    modifiers: Qt.KeyboardModifier = NONE,
    cancel: bool = False,
) -> None:
    """Drag with the mouse from `start` to `end`; positions belong to the viewports of item views, or to widgets.

    QDrag.exec does not return before the drag is over, so the way to the target and the release happen in its own
    event loop, by timers. Offscreen nothing would ever be dropped.
    """
    assert QGuiApplication.platformName() == "xcb"
    window = top.windowHandle()
    first, last = (
        (each.viewport() if isinstance(each, QAbstractItemView) else each).mapTo(top, at)
        for each, at in ((source, start), (target, end))
    )

    def finish() -> None:
        QTest.mouseMove(window, last - QPoint(4, 4))
        QTest.mouseMove(window, last)
        QTimer.singleShot(60, release)

    def release() -> None:
        if cancel:
            QTest.keyClick(window, Qt.Key.Key_Escape)
        QTest.mouseRelease(window, LEFT, modifiers, last)

    QTimer.singleShot(250, finish)
    QTest.mousePress(window, LEFT, modifiers, first)
    QTest.mouseMove(window, first + QPoint(0, 6))
    QTest.mouseMove(window, first + QPoint(20, 14))  # beyond startDragDistance: returns when the drag is over
    QTest.qWait(400)  # noqa: TID251 - the timers above must have fired whether or not a drag began


@pytest.fixture
def drag() -> Callable[..., None]:
    return real_drag


class _IndexRows(QStringListModel):
    """A table of results as the Indices tab has it: its rows are dragged as lines."""

    def mimeTypes(self) -> list[str]:
        return [LINES]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:
        return pack(LINES, "sample", "TC", lines=[list(TC)])

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDragEnabled

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction


class Window(QWidget):
    """A board below a table of results."""

    def __init__(self, session: Session, prompts: object) -> None:
        super().__init__()
        self.rows = QTableView(self)
        self.rows.setModel(_IndexRows(["TC of services", "IMS of services"], self.rows))
        self.rows.setDragEnabled(True)
        self.rows.setMaximumHeight(110)
        self.tab = SwotTab(session, prompts, self)  # type: ignore[arg-type]
        column = QVBoxLayout(self)
        column.addWidget(self.rows)
        column.addWidget(self.tab, 1)

    def view(self, cell: str) -> CellView:
        return self.tab.board.cells[cell].view

    def card(self, cell: str, row: int, part: float = 0.5) -> QPoint:
        """A point on a card; 0 is its upper edge, 1 its lower one."""
        view: QListView = self.view(cell)
        rect = view.visualRect(view.model().index(row, 0))
        return QPoint(rect.center().x(), rect.top() + 3 + round((rect.height() - 6) * part))

    def foot(self, cell: str) -> QPoint:
        """A point below the cards."""
        port = self.view(cell).viewport()
        return QPoint(port.width() // 2, port.height() - 4)


@pytest.fixture
def window(qtbot: QtBot, session: Session, prompts: object) -> Iterator[Window]:
    shown = Window(session, prompts)
    shown.resize(1400, 1100)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def count(session: Session) -> Callable[[], int]:
    """All factors of the board."""
    return lambda: len(session.project.board.factors)


@pytest.fixture
def order(session: Session) -> Callable[[str], list[str]]:
    """The ids of a quadrant or strategy cell in the project."""

    def ids(cell: str) -> list[str]:
        board = session.project.board
        return [each.id for each in (board.quadrant(cell) if len(cell) == 1 else board.of_type(cell))]

    return ids
