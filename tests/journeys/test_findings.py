"""From a menu or the keyboard to what the data checks found, in a window that is built again in another language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.sample import sample
from gui import style
from gui.application import Desk
from gui.background import Background
from gui.preferences import Preferences


@pytest.fixture
def desk(qapp: QApplication, prompts: Any, tmp_path: Path) -> Iterator[Desk]:
    """With work beside the window, as people have it."""
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.language, preferences.theme = "en", "light"
    style.load_fonts()
    desk = Desk(qapp, sample(), Background(), prompts, preferences)
    desk.window.show()
    desk.session.wait()
    yield desk
    desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_findings_are_reached_from_every_tab(qtbot: QtBot, desk: Desk) -> None:
    desk.window.workspace.show_swot()
    action = desk.window.findChild(QAction, "checks")
    assert action is not None
    assert action.shortcut() == QKeySequence("Ctrl+K")
    action.trigger()
    data = desk.window.workspace.data
    qtbot.waitUntil(data.findings.list.hasFocus)
    assert data.isVisible()


def test_another_language_keeps_the_list_open_and_speaks_itself(desk: Desk) -> None:
    desk.window.workspace.show_findings()
    before = desk.window.workspace.data.findings
    desk.window.speak("zh")
    QApplication.processEvents()
    desk.session.wait()
    after = desk.window.workspace.data.findings
    assert after is not before
    assert after.list.isVisible()
    assert after.height() > 3 * after.bar.height()
    model = after.model
    branches = [str(model.index(at, 0).data()) for at in range(model.rowCount())]
    assert branches[0].startswith("中国服务进出口额，2009—2018年 (")
