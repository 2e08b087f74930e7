"""The Data tab on the sample project, shown, with the keyboard in its grid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.table import Table
from gui.data.tab import DataTab
from gui.session import Session


@pytest.fixture
def tab(qtbot: QtBot, session: Session, prompts: object) -> DataTab:
    shown = DataTab(session, prompts)  # type: ignore[arg-type]
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.activateWindow()
    shown.show_table("table3")
    shown.grid.setFocus()
    qtbot.waitUntil(shown.grid.hasFocus)
    QGuiApplication.clipboard().clear()
    qtbot.keyRelease(shown.grid, Qt.Key.Key_Control)  # what an earlier test left pressed
    return shown


@pytest.fixture
def table(session: Session) -> Callable[[str], Table]:
    """The present state of a table."""

    def find(table_id: str = "table3") -> Table:
        found = session.project.table(table_id)
        assert found is not None
        return found

    return find
