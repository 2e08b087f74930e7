"""An index is found by any of the names under which the field knows it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.indices import indices
from gui.indices.tab import IndicesTab


def shown(tab: IndicesTab) -> list[str]:
    return [indices()[index].entry.name.en for index in tab.list.shown()]


def field(tab: IndicesTab) -> QLineEdit:
    return tab.findChild(QLineEdit, "indexFinder")


def test_an_index_is_found_by_another_name_in_either_language(qtbot: QtBot, tab: IndicesTab) -> None:
    everything = shown(tab)
    qtbot.keyClicks(field(tab), "ntb")
    assert shown(tab) == ["Trade competitiveness index"]
    field(tab).setText("迈克利")
    assert "Net export comparative advantage (Michaely index)" in shown(tab)
    field(tab).setText("vollrath export")
    assert shown(tab) == ["Relative export advantage (Vollrath)"]
    field(tab).setText("nothing of this kind")
    assert shown(tab) == []
    qtbot.keyClick(field(tab), Qt.Key.Key_Escape)
    assert shown(tab) == everything


def test_enter_shows_the_first_index_that_fits(qtbot: QtBot, tab: IndicesTab) -> None:
    qtbot.keyClicks(field(tab), "balassa")
    qtbot.keyClick(field(tab), Qt.Key.Key_Return)
    assert tab.current_index() == "rca"


def test_the_down_key_goes_on_in_the_list_and_passes_over_what_is_hidden(qtbot: QtBot, tab: IndicesTab) -> None:
    qtbot.keyClicks(field(tab), "vollrath")
    qtbot.keyClick(field(tab), Qt.Key.Key_Down)
    assert tab.list.hasFocus()
    assert tab.current_index() == "rxa"
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.current_index() == "rmp"


def test_typing_alone_does_not_leave_the_index_that_is_shown(qtbot: QtBot, tab: IndicesTab) -> None:
    qtbot.keyClicks(field(tab), "rca")
    assert tab.current_index() == "tc"
