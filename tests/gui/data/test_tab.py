"""The Data tab as a whole: layouts, years shown, going to a cell, and what other tabs may rely on."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.table import LAYOUTS
from gui.data.tab import DataTab
from gui.session import Session

US_GOODS = ("USA", "", "goods", "exports")


def _combo(tab: DataTab, name: str) -> QComboBox:
    found = tab.findChild(QComboBox, name)
    assert isinstance(found, QComboBox)
    return found


def test_the_layout_is_chosen_and_the_cell_stays_current(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    tab.grid.select_area((9, 1, 9, 1))
    combo = _combo(tab, "tableLayout")
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert session.project.tables[1].layout == "years_across"
    assert (tab.grid.currentIndex().row(), tab.grid.currentIndex().column()) == (1, 9)
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert session.project.tables[1].layout == "sectors_measures"
    assert (tab.grid.currentIndex().row(), tab.grid.currentIndex().column()) == (0, 1)
    session.undo()
    session.undo()
    assert session.project is before
    assert combo.currentIndex() == 0


def test_sectors_by_measures_shows_the_year_that_is_chosen(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    years = _combo(tab, "tablePeriod")
    assert not years.isVisible()
    session.apply("set_layout", table="table3", layout="sectors_measures")
    qtbot.waitUntil(years.isVisible)
    assert years.currentText() == "2018"
    years.setFocus()
    qtbot.keyClick(years, Qt.Key.Key_Home)
    # Table 3 of the paper, exports and imports of 2009.
    assert [tab.model.index(0, column).data() for column in range(2)] == ["1,435.7", "1,489.2"]
    session.apply("add_periods", table="table3", periods=(2000,))
    assert years.currentText() == "2009"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_cell_is_found_in_any_layout(tab: DataTab, session: Session, layout: str) -> None:
    session.apply("set_layout", table="worldbank", layout=layout)
    tab.show_cell("worldbank", US_GOODS, 2008)
    assert tab.current_table() == "worldbank"
    assert tab.grid.current_cell() == (US_GOODS, 2008)
    # World Bank: goods exports of the United States in 2008, US$ billion.
    assert tab.grid.currentIndex().data() == "1,308.794"
    visible = tab.grid.viewport().rect()
    assert visible.contains(tab.grid.visualRect(tab.grid.currentIndex()))


def test_a_cell_that_is_no_longer_there_changes_nothing(tab: DataTab) -> None:
    tab.grid.select_area((3, 1, 3, 1))
    tab.show_cell("table3", ("CHN", "", "goods", "exports"), 2012)
    tab.show_cell("nothing", US_GOODS, 2012)
    assert tab.current_table() == "table3"
    assert tab.grid.currentIndex().row() == 3


def test_what_all_series_share_stands_above_the_grid(tab: DataTab) -> None:
    about = tab.findChild(QLabel, "tableAbout")
    assert isinstance(about, QLabel)
    assert about.text() == "China · Services"
    tab.show_table("table4")
    assert about.text() == "Services · Exports"
    tab.show_table("worldbank")
    assert not about.isVisible()


def test_the_selection_survives_edits_elsewhere_in_the_table(tab: DataTab, session: Session) -> None:
    tab.grid.select_area((2, 0, 4, 1))
    session.apply("add_periods", table="table3", periods=(2019,))
    assert tab.grid.areas() == [(2, 0, 4, 1)]
    session.apply("add_periods", table="table3", periods=(2001,))
    assert tab.grid.areas() == [(3, 0, 5, 1)]
    session.undo()
    session.undo()
    assert tab.grid.areas() == [(2, 0, 4, 1)]


def test_every_widget_that_takes_the_keyboard_has_a_name(tab: DataTab) -> None:
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in tab.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not (widget.accessibleName() or getattr(widget, "text", str)())
        and widget.window() is tab
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []


def test_another_project_in_the_same_session_is_shown_from_its_first_table(tab: DataTab, session: Session) -> None:
    from dataclasses import replace

    renamed = replace(session.project.tables[0], id="other")
    session.open(replace(session.project, id="p2", tables=(renamed,)))
    assert tab.current_table() == "other"
    assert tab.model.columnCount() == 7
    session.open(replace(session.project, id="p3", tables=()))
    assert tab.current_table() is None


def test_a_closed_tab_leaves_the_session_alone(qtbot: QtBot, session: Session) -> None:
    from shiboken6 import delete

    for _time in range(3):
        closed = DataTab(session, None)  # type: ignore[arg-type] # asks nothing here
        delete(closed)
    session.apply("add_periods", table="table3", periods=(2019,))
    session.undo()


def test_without_the_list_a_table_is_chosen_above_the_grid(qtbot: QtBot, tab: DataTab) -> None:
    button, choice = tab.findChild(QToolButton, "showTables"), tab.findChild(QComboBox, "tableChoice")
    assert button is not None
    assert choice is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not tab.tables.isVisible()
    choice.setFocus()
    qtbot.keyClick(choice, Qt.Key.Key_End)
    assert tab.current_table() == "worldbank"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert tab.tables.isVisible()
    assert tab.tables.current() == "worldbank"
