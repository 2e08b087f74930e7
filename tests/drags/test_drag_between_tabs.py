"""A real drag from the indices to the board behind another tab: the tab opens under the pointer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.claims import State, worst
from core.sample import sample
from gui.application import Desk
from gui.background import Immediate
from gui.preferences import Preferences
from gui.swot.tab import SwotTab

pytestmark = pytest.mark.xvfb

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, prompts: object, tmp_path: Path) -> Iterator[Desk]:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.language, preferences.theme = "en", "light"
    desk = Desk(qapp, sample(), Immediate(), prompts, preferences)  # type: ignore[arg-type]
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    desk.window.workspace.show_indices()
    desk.window.workspace.indices.show_index("tc")
    QApplication.processEvents()
    yield desk
    desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_row_dragged_over_the_tab_of_the_board_lands_in_its_quadrant(desk: Desk) -> None:
    assert QGuiApplication.platformName() == "xcb"  # offscreen nothing would ever be dropped
    work, window = desk.window.workspace, desk.window.windowHandle()
    factors = len(desk.session.project.board.factors)
    table = work.indices.table
    start = table.viewport().mapTo(desk.window, table.visualRect(table.model().index(0, 1)).center())
    bar = work.tabs.tabBar()
    tab = bar.mapTo(desk.window, bar.tabRect(work.tabs.count() - 1).center())

    def over_the_tab() -> None:
        QTest.mouseMove(window, tab - QPoint(3, 0))
        QTest.mouseMove(window, tab)
        QTimer.singleShot(1200, over_the_board)

    def over_the_board() -> None:
        board: SwotTab = work.swot
        port = board.board.cells["W"].view.viewport()
        end = port.mapTo(desk.window, QPoint(port.width() // 2, port.height() - 4))
        QTest.mouseMove(window, end - QPoint(4, 4))
        QTest.mouseMove(window, end)
        QTimer.singleShot(60, lambda: QTest.mouseRelease(window, LEFT, NONE, end))

    QTimer.singleShot(250, over_the_tab)
    QTest.mousePress(window, LEFT, NONE, start)
    QTest.mouseMove(window, start + QPoint(0, 6))
    QTest.mouseMove(window, start + QPoint(20, 14))
    QTest.qWait(300)  # noqa: TID251 - the timers above must have fired whether or not a drag began
    assert work.swot.isVisible()
    assert len(desk.session.project.board.factors) == factors + 1
    dropped = desk.session.project.board.quadrant("W")[-1]
    assert worst(dropped, desk.session.results) is State.SUPPORTED
    desk.session.undo()
    assert len(desk.session.project.board.factors) == factors
