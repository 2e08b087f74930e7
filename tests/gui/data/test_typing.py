"""Typing into the grid: with the keyboard alone, in any alphabet, and what happens to what is no number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from core.table import Table
from gui.data.tab import DataTab
from gui.session import Session

Find = Callable[..., Table]


def _type(qtbot: QtBot, tab: DataTab, keys: str) -> QLineEdit:
    """Type into the current cell; the first key opens the editor, as it does for people."""
    qtbot.keyClicks(tab.grid, keys[:1])
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    qtbot.keyClicks(editor, keys[1:])
    return editor


def test_typing_replaces_the_number_and_enter_goes_down(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    tab.grid.select_area((0, 1, 0, 1))
    editor = _type(qtbot, tab, "1490.25")
    assert editor.accessibleName()
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table().value(1, 0) == 1490.25
    assert (tab.grid.currentIndex().row(), tab.grid.currentIndex().column()) == (1, 1)
    qtbot.keyClick(tab.grid, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert tab.grid.currentIndex().row() == 0


def test_f2_opens_the_number_with_all_its_digits_and_escape_leaves_it(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    before = session.project
    tab.grid.select_area((0, 0, 0, 0))
    qtbot.keyClick(tab.grid, Qt.Key.Key_F2)
    editor = tab.grid.findChild(QLineEdit, "cellEditor")
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "1435.7"
    qtbot.keyClicks(editor, "9")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert session.project is before


def test_typing_goes_on_below_the_last_year(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    tab.grid.select_area((10, 0, 10, 0))
    for number in ("2700", "2800", "2900"):
        qtbot.keyClick(_type(qtbot, tab, number), Qt.Key.Key_Return)
    assert table().periods.values[-3:] == (2019, 2020, 2021)
    assert table().row(0)[-3:].tolist() == [2700, 2800, 2900]
    assert tab.grid.currentIndex().row() == 13


def test_arrows_write_the_number_and_move(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    tab.grid.select_area((4, 0, 4, 0))
    qtbot.keyClick(_type(qtbot, tab, "7"), Qt.Key.Key_Up)
    assert table().value(0, 4) == 7
    assert tab.grid.currentIndex().row() == 3


def test_what_is_being_typed_is_written_when_the_tab_is_asked_to(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    tab.grid.select_area((0, 0, 0, 0))
    _type(qtbot, tab, "77")
    tab.commit()
    assert table().value(0, 0) == 77
    tab.commit()
    assert tab.grid.state() == QAbstractItemView.State.NoState


def test_refused_text_is_answered_beside_the_cell_and_one_stays_there(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    before = session.project
    tab.grid.select_area((2, 1, 2, 1))
    qtbot.keyClick(_type(qtbot, tab, "1e5x"), Qt.Key.Key_Return)
    assert session.project is before
    assert tab.grid.currentIndex().row() == 2
    bubble = tab.grid.bubble
    assert bubble.isVisible()
    assert bubble.text().startswith("“1e5x” is no number")
    cell = tab.grid.visualRect(tab.model.index(2, 1))
    assert not bubble.geometry().intersects(cell)
    assert abs(bubble.geometry().top() - cell.bottom()) < 12
    qtbot.keyClick(tab.grid, Qt.Key.Key_Left)
    assert not bubble.isVisible()


def test_the_sentence_beside_a_cell_at_the_bottom_stands_above_it(qtbot: QtBot, tab: DataTab) -> None:
    tab.show_table("worldbank")
    tab.resize(900, 460)
    tab.grid.select_area((15, 0, 15, 0))
    tab.grid.scrollToBottom()
    tab.grid.select_area((16, 0, 16, 0))
    qtbot.keyClick(_type(qtbot, tab, "?"), Qt.Key.Key_Return)
    bubble, cell = tab.grid.bubble, tab.grid.visualRect(tab.model.index(16, 0))
    assert bubble.isVisible()
    assert tab.grid.viewport().rect().contains(bubble.geometry())
    assert bubble.geometry().bottom() <= cell.top()


def test_what_an_input_method_commits_reaches_the_cell_from_its_first_character(
    qtbot: QtBot, tab: DataTab, table: Find
) -> None:
    tab.grid.select_area((1, 0, 1, 0))
    assert tab.grid.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    composing = QInputMethodEvent("１", [])
    QApplication.sendEvent(tab.grid, composing)
    committed = QInputMethodEvent("", [])
    committed.setCommitString("１２３４.５")
    QApplication.sendEvent(tab.grid, committed)
    editor = tab.grid.findChild(QLineEdit, "cellEditor")
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "１２３４.５"
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert table().value(0, 1) == 1234.5


def test_a_column_grows_with_a_number_that_would_be_cut_off(qtbot: QtBot, tab: DataTab) -> None:
    width = tab.grid.columnWidth(0)
    tab.grid.select_area((0, 0, 0, 0))
    qtbot.keyClick(_type(qtbot, tab, "123456789012.345678"), Qt.Key.Key_Return)
    text = tab.model.index(0, 0).data()
    assert tab.grid.columnWidth(0) > width
    assert tab.grid.columnWidth(0) >= tab.grid.fontMetrics().horizontalAdvance(text)


def test_delete_clears_all_selected_cells_in_one_step(
    qtbot: QtBot, tab: DataTab, session: Session, table: Find
) -> None:
    before = session.project
    tab.grid.select_area((0, 0, 2, 1))
    qtbot.keyClick(tab.grid, Qt.Key.Key_Delete)
    assert [tab.model.index(row, 1).data() for row in range(4)] == ["", "", "", "2,813"]
    session.undo()
    assert session.project is before
    qtbot.keyClick(tab.grid, Qt.Key.Key_Backspace)
    assert tab.model.index(0, 0).data() == ""


def test_cells_that_lie_apart_are_cleared_in_one_step_too(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    for row, modifier in ((0, Qt.KeyboardModifier.NoModifier), (4, Qt.KeyboardModifier.ControlModifier)):
        at = tab.grid.visualRect(tab.model.index(row, 0)).center()
        qtbot.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, modifier, at)
    qtbot.keyClick(tab.grid, Qt.Key.Key_Delete)
    assert [tab.model.index(row, 0).data() for row in (0, 1, 4)] == ["", "1,783.4", ""]
    session.undo()
    assert session.project is before


def test_fill_down_copies_the_first_row_and_stops_at_the_last_year(
    qtbot: QtBot, tab: DataTab, session: Session, table: Find
) -> None:
    before = session.project
    tab.grid.selectColumn(0)
    qtbot.keyClick(tab.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert set(table().row(0).tolist()) == {1435.7}
    assert len(table().periods.values) == 10
    session.undo()
    assert session.project is before


def test_fill_down_in_one_row_takes_the_number_above(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    tab.grid.select_area((3, 0, 3, 1))
    qtbot.keyClick(tab.grid, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert [table().value(0, 3), table().value(1, 3)] == [2010.5, 2478.4]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("header", ["horizontalHeader", "verticalHeader"])
def test_the_menu_opens_on_headers_and_means_their_line(qtbot: QtBot, tab: DataTab, header: str) -> None:
    shown = getattr(tab.grid, header)()
    shown.customContextMenuRequested.emit(
        QPoint(shown.sectionViewportPosition(1) + 5, 5)
        if header[0] == "h"
        else QPoint(5, shown.sectionViewportPosition(1) + 5)
    )
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.objectName() == "tableMenu"
    assert tab.grid.selectionModel().isColumnSelected(1) == (header[0] == "h")
    assert tab.grid.selectionModel().isRowSelected(1) == (header[0] == "v")
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
