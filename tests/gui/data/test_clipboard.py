"""Copy, cut and paste between the grid and spreadsheets; a paste is one step or nothing at all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.table import Table
from core.text import Text
from gui.data.tab import DataTab
from gui.session import Session

Find = Callable[..., Table]
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def _clipboard() -> str:
    return QGuiApplication.clipboard().text()


def _paste(qtbot: QtBot, tab: DataTab, text: str, row: int, column: int) -> None:
    QGuiApplication.clipboard().setText(text)
    tab.grid.select_area((row, column, row, column))
    qtbot.keyClick(tab.grid, Qt.Key.Key_V, CTRL)


def test_copied_cells_are_what_a_spreadsheet_reads(qtbot: QtBot, tab: DataTab) -> None:
    tab.grid.select_area((0, 0, 1, 1))
    qtbot.keyClick(tab.grid, Qt.Key.Key_C, CTRL)
    assert _clipboard() == "1435.7\t1489.2\n1783.4\t1934"


def test_headers_are_copied_with_the_cells_when_asked(qtbot: QtBot, tab: DataTab) -> None:
    tab.grid.select_area((0, 0, 1, 1))
    qtbot.keyClick(tab.grid, Qt.Key.Key_C, CTRL | SHIFT)
    assert _clipboard() == "\tExports\tImports\n2009\t1435.7\t1489.2\n2010\t1783.4\t1934"


def test_a_whole_column_is_copied_without_the_spare_row(qtbot: QtBot, tab: DataTab) -> None:
    tab.grid.selectColumn(0)
    qtbot.keyClick(tab.grid, Qt.Key.Key_C, CTRL)
    assert _clipboard().splitlines()[-1] == "2668.4"
    assert len(_clipboard().splitlines()) == 10


def test_cells_that_make_no_rectangle_are_not_copied_together(qtbot: QtBot, tab: DataTab) -> None:
    for row, column, modifier in ((0, 0, Qt.KeyboardModifier.NoModifier), (2, 1, CTRL)):
        at = tab.grid.visualRect(tab.model.index(row, column)).center()
        qtbot.mouseClick(tab.grid.viewport(), Qt.MouseButton.LeftButton, modifier, at)
    qtbot.keyClick(tab.grid, Qt.Key.Key_C, CTRL)
    assert _clipboard() == ""
    assert "one rectangle" in tab.grid.bubble.text()


def test_what_is_cut_can_be_pasted_elsewhere_and_both_undone(
    qtbot: QtBot, tab: DataTab, session: Session, table: Find
) -> None:
    before = session.project
    tab.grid.select_area((0, 0, 0, 1))
    qtbot.keyClick(tab.grid, Qt.Key.Key_X, CTRL)
    assert tab.model.index(0, 0).data() == ""
    _paste(qtbot, tab, _clipboard(), 5, 0)
    assert [table().value(0, 5), table().value(1, 5)] == [1435.7, 1489.2]
    session.undo()
    session.undo()
    assert session.project is before


def test_a_pasted_block_grows_the_table_in_one_step(qtbot: QtBot, tab: DataTab, session: Session, table: Find) -> None:
    before, steps = session.project, session.stack.index()
    _paste(qtbot, tab, "1\t2\t3\r\n4\t5\t6\r\n7\t8\t9\r\n", 9, 0)
    assert session.stack.index() == steps + 1
    assert table().periods.values[-2:] == (2019, 2020)
    assert len(table().series) == 3
    assert tab.model.headerData(2, Qt.Orientation.Horizontal) == "Series 3"
    assert [tab.model.index(row, 2).data() for row in (8, 9, 10, 11)] == ["", "3", "6", "9"]
    assert tab.grid.areas() == [(9, 0, 11, 2)]
    session.undo()
    assert session.project is before
    assert (tab.model.rowCount(), tab.model.columnCount()) == (11, 2)
    session.redo()
    assert tab.model.index(11, 2).data() == "9"


def test_one_bad_cell_refuses_the_whole_block_and_is_named(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before, reasons = session.project, list[Text]()
    session.refused.connect(reasons.append)
    _paste(qtbot, tab, "1\t2\n3\t12%\n", 2, 0)
    assert session.project is before
    assert session.stack.count() == 0
    assert "Row 2, column 2 of the block" in tab.grid.bubble.text()
    assert len(reasons) == 1


def test_a_block_with_years_and_names_finds_its_place_and_says_so(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    _paste(qtbot, tab, "Year\tImports\tExports\n2010\t1\t2\n2019\t3\t4\n", 5, 1)
    assert [table().value(0, 1), table().value(1, 1)] == [2, 1]
    assert table().periods.values[-1] == 2019
    assert [table().value(0, 10), table().value(1, 10)] == [4, 3]
    assert "years and names" in tab.grid.bubble.text()


def test_one_number_fills_the_selected_cells(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    QGuiApplication.clipboard().setText("5")
    tab.grid.select_area((0, 0, 1, 1))
    qtbot.keyClick(tab.grid, Qt.Key.Key_V, CTRL)
    assert [tab.model.index(row, column).data() for row in range(3) for column in range(2)] == [
        "5", "5", "5", "5", "2,010.5", "2,478.4",
    ]  # fmt: skip
    session.undo()
    assert session.project is before


def test_an_empty_clipboard_changes_nothing_and_says_so(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    _paste(qtbot, tab, "", 0, 0)
    assert session.project is before
    assert "no text to paste" in tab.grid.bubble.text()


def test_a_table_copied_with_headers_fills_an_empty_one(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    tab.show_table("worldbank")
    tab.grid.setFocus()
    tab.grid.selectAll()
    qtbot.keyClick(tab.grid, Qt.Key.Key_C, CTRL | SHIFT)
    copied, full = _clipboard(), session.project.table("worldbank")
    tab.grid.selectAll()
    qtbot.keyClick(tab.grid, Qt.Key.Key_Delete)
    _paste(qtbot, tab, copied, 3, 3)
    after = session.project.table("worldbank")
    assert full is not None
    assert after is not None
    assert [after.row(at).tolist() for at in range(15)] == [full.row(at).tolist() for at in range(15)]
    assert after.series is full.series
