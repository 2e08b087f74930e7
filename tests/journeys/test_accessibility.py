"""What a keyboard and a screen reader need: names, a way in by Tab, and no key that two things answer to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QScrollBar, QTabBar, QWidget

from core.sample import sample
from gui.application import Desk
from gui.background import Immediate
from gui.preferences import Preferences


@pytest.fixture(params=["en", "zh"])
def desk(request: pytest.FixtureRequest, qapp: QApplication, prompts: Any, tmp_path: Path) -> Iterator[Desk]:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.language, preferences.theme = request.param, "light"
    desk = Desk(qapp, sample(), Immediate(), prompts, preferences)
    desk.window.show()
    assert desk.window.workspace.indices
    assert desk.window.workspace.swot
    yield desk
    desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def own(desk: Desk) -> list[QWidget]:
    """Widgets that take the keyboard and that we made; Qt names the parts it builds with qt_."""
    found = [
        widget
        for widget in desk.window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and not isinstance(widget, QScrollBar | QTabBar)
    ]
    return [
        widget
        for widget in found
        if not widget.objectName().startswith("qt_") and not (widget.parent() and _is_part(widget))
    ]


def _is_part(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if isinstance(parent, QAbstractScrollArea) and widget is parent.viewport():
        return True
    kinds = ("QComboBox", "QSpinBox", "QAbstractSpinBox", "QHeaderView", "QTableCornerButton", "QComboBoxListView")
    own_kind = widget.metaObject().className()
    return own_kind in kinds[3:] or (
        parent is not None and parent.metaObject().className() in kinds and not widget.objectName()
    )


def test_every_widget_that_takes_the_keyboard_has_a_name_for_tests_and_for_readers(desk: Desk) -> None:
    nameless = [
        f"{w.metaObject().className()} in {w.parentWidget().objectName()}" for w in own(desk) if not w.objectName()
    ]
    silent = []
    for widget in own(desk):
        interface = QAccessible.queryAccessibleInterface(widget)
        said = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not said:
            silent.append(f"{widget.metaObject().className()} {widget.objectName()}")
    assert not nameless
    assert not silent


def test_no_shortcut_of_the_window_stands_twice(desk: Desk) -> None:
    keys = Counter(
        key.toString()
        for action in desk.window.findChildren(QAction)
        if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
        for key in action.shortcuts()
    )
    assert not [key for key, times in keys.items() if times > 1]


def test_buttons_are_large_enough_to_hit(desk: Desk) -> None:
    small = []
    for show in (desk.window.workspace.show_data, desk.window.workspace.show_indices, desk.window.workspace.show_swot):
        show()
        QApplication.processEvents()
        for button in desk.window.findChildren(QAbstractButton):
            part = button.objectName().startswith("qt_") or not button.objectName()
            if button.isVisible() and not part and min(button.width(), button.height()) < 22:
                small.append(f"{button.objectName()} {button.width()}×{button.height()}")
    assert not small
