"""Years and series of the grid: added, removed, changed, renamed, with units and sources; each one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit, QMenu, QPlainTextEdit, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.table import Periods, Table
from core.units import Unit
from gui.data.tab import DataTab
from gui.session import Session

Find = Callable[..., Table]


def _menu(tab: DataTab, name: str) -> QAction:
    """An entry of the menu of the grid as it stands."""
    menu = tab.grid.menu()
    return next(action for action in menu.actions() if action.objectName() == name)


def _dialog(tab: DataTab, name: str) -> QDialog:
    found = tab.window().findChild(QDialog, name)
    assert isinstance(found, QDialog)
    return found


def _accept(qtbot: QtBot, dialog: QDialog) -> None:
    button = dialog.findChild(QPushButton, "formAccept")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def _choose(dialog: QDialog, name: str, text: str) -> None:
    box = dialog.findChild(QComboBox, name)
    assert isinstance(box, QComboBox)
    box.setCurrentText(text)


def test_the_button_adds_the_next_year_and_goes_there(
    qtbot: QtBot, tab: DataTab, session: Session, table: Find
) -> None:
    before = session.project
    tab.grid.select_area((2, 1, 2, 1))
    button = next(each for each in tab.findChildren(QToolButton) if each.text() == "Add year")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert table().periods.values[-1] == 2019
    assert (tab.grid.currentIndex().row(), tab.grid.currentIndex().column()) == (10, 1)
    session.undo()
    assert session.project is before


def test_several_years_are_added_at_once(tab: DataTab, prompts: Any, table: Find) -> None:
    prompts.answers["ask_text"] = "2003–2005"
    _menu(tab, "addPeriods").trigger()
    assert table().periods.values[:4] == (2003, 2004, 2005, 2009)


@pytest.mark.parametrize("answer", ["next year", "2005–2001"])
def test_years_that_are_none_are_refused_beside_the_cell(
    tab: DataTab, prompts: Any, session: Session, answer: str
) -> None:
    before = session.project
    prompts.answers["ask_text"] = answer
    _menu(tab, "addPeriods").trigger()
    assert session.project is before
    assert answer in tab.grid.bubble.text()


@pytest.mark.parametrize("layout", ["years_down", "years_across"])
def test_selected_years_are_removed_and_come_back_identical(
    tab: DataTab, session: Session, table: Find, layout: str
) -> None:
    session.apply("set_layout", table="table3", layout=layout)
    before = session.project
    down = layout == "years_down"
    tab.grid.select_area((2, 0, 3, 0) if down else (0, 2, 0, 3))
    _menu(tab, "removeRows" if down else "removeColumns").trigger()
    assert table().periods.values == (2009, 2010, 2013, 2014, 2015, 2016, 2017, 2018)
    assert tab.model.index(*((2, 0) if down else (0, 2))).data() == "2,070.1"
    session.undo()
    assert session.project is before
    assert tab.model.index(*((2, 0) if down else (0, 2))).data() == "2,010.5"


def test_a_selected_series_is_removed_and_comes_back_identical(tab: DataTab, session: Session, table: Find) -> None:
    before = session.project
    tab.grid.selectColumn(0)
    entry = _menu(tab, "removeColumns")
    assert entry.text() == "Remove selected series"
    entry.trigger()
    assert len(table().series) == 1
    assert tab.model.headerData(0, Qt.Orientation.Horizontal) == "Imports"
    session.undo()
    assert session.project is before


def test_a_sector_is_removed_with_all_its_measures(tab: DataTab, session: Session, table: Find) -> None:
    before = session.project
    tab.show_table("table1")
    tab.grid.select_area((1, 2, 1, 2))
    entry = _menu(tab, "removeRows")
    assert entry.text() == "Remove selected sectors"
    entry.trigger()
    assert len(table("table1").series) == 12 * 7
    assert table("table1").code("sector", "maintenance") is None
    session.undo()
    assert session.project is before


def test_a_mistyped_year_is_corrected(tab: DataTab, prompts: Any, table: Find) -> None:
    prompts.answers["ask_text"] = "2019"
    tab.grid.select_area((9, 0, 9, 0))
    _menu(tab, "changePeriod").trigger()
    assert table().periods.values[-2:] == (2017, 2019)
    assert tab.model.headerData(9, Qt.Orientation.Vertical) == "2019"


def test_a_year_that_is_there_already_is_refused(tab: DataTab, prompts: Any, session: Session) -> None:
    before = session.project
    prompts.answers["ask_text"] = "2010"
    tab.grid.select_area((9, 0, 9, 0))
    _menu(tab, "changePeriod").trigger()
    assert session.project is before
    assert "2010 already" in tab.grid.bubble.text()


def test_a_cross_section_is_asked_for_its_year_before_it_grows(
    tab: DataTab, prompts: Any, session: Session, table: Find
) -> None:
    old = table()
    bare = replace(old, id="bare", periods=Periods("none", (0,)), values=old.values[:1])
    session.apply("add_table", table=bare)
    assert tab.current_table() == "bare"
    assert tab.model.headerData(0, Qt.Orientation.Vertical) == "Value"
    assert tab.model.rowCount() == 1
    _menu(tab, "addPeriod").trigger()
    assert "which year" in tab.grid.bubble.text()
    prompts.answers["ask_text"] = "2017"
    tab.grid.select_area((0, 0, 0, 0))
    _menu(tab, "changePeriod").trigger()
    assert table("bare").periods.values == (2017,)


def test_a_double_click_on_a_header_corrects_or_renames_it(qtbot: QtBot, tab: DataTab, prompts: Any) -> None:
    prompts.answers["ask_text"] = "1999"
    rows, columns = tab.grid.verticalHeader(), tab.grid.horizontalHeader()
    rows.sectionDoubleClicked.emit(0)
    assert tab.model.headerData(0, Qt.Orientation.Vertical) == "1999"
    prompts.answers["ask_text"] = "Exports f.o.b."
    columns.sectionDoubleClicked.emit(0)
    assert tab.model.headerData(0, Qt.Orientation.Horizontal) == "Exports f.o.b."


def test_each_name_of_a_series_can_be_renamed_from_the_menu(tab: DataTab, prompts: Any, session: Session) -> None:
    tab.grid.select_area((0, 0, 0, 0))
    menu = tab.grid.menu().findChild(QMenu, "renameMenu")
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["China…", "Services…", "Exports…"]
    prompts.answers["ask_text"] = "Services & more"
    menu.actions()[1].trigger()
    label = session.project.label("sector", "services")
    assert label is not None
    assert (label.name.en, label.name.zh) == ("Services & more", "服务")
    again = tab.grid.menu().findChildren(QMenu, "renameMenu")[-1]
    assert again.actions()[1].text() == "Services && more…"


def test_an_empty_name_is_refused(tab: DataTab, prompts: Any, session: Session) -> None:
    before = session.project
    prompts.answers["ask_text"] = "  "
    tab.lines.rename("sector", "services")
    assert session.project is before
    assert "cannot be empty" in tab.grid.bubble.text()


def test_the_unit_of_selected_series_is_stated(tab: DataTab, prompts: Any, table: Find) -> None:
    prompts.answers["ask_text"] = "亿元"
    tab.grid.selectColumn(1)
    _menu(tab, "setUnit").trigger()
    assert [table().unit(at) for at in range(2)] == [Unit("USD", 1e8), Unit("CNY", 1e8)]
    assert tab.model.headerData(1, Qt.Orientation.Horizontal) == "Imports\n(RMB 100 million)"


def test_the_unit_of_the_table_leaves_other_units_alone(
    qtbot: QtBot, tab: DataTab, prompts: Any, session: Session, table: Find
) -> None:
    before, steps = session.project, session.stack.index()
    tab.show_table("table1")
    prompts.answers["ask_text"] = "RMB million"
    button = tab.findChild(QToolButton, "tableUnit")
    assert isinstance(button, QToolButton)
    assert button.text() == "Unit: RMB 100 million"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert table("table1").units == (Unit("CNY", 1e6), Unit("%"))
    assert table("table1").unit(1) == Unit("%")
    assert button.text() == "Unit: RMB million"
    assert session.stack.index() == steps + 1
    session.undo()
    assert session.project is before


def test_a_scale_without_a_currency_is_no_unit(tab: DataTab, prompts: Any, session: Session) -> None:
    before = session.project
    prompts.answers["ask_text"] = "billion"
    tab.lines.set_table_unit()
    assert session.project is before
    assert "names a scale" in tab.grid.bubble.text()


def test_a_series_is_added_by_its_names(qtbot: QtBot, tab: DataTab, session: Session, table: Find) -> None:
    before, steps = session.project, session.stack.index()
    _menu(tab, "addSeries").trigger()
    dialog = _dialog(tab, "addSeriesDialog")
    _accept(qtbot, dialog)
    why = dialog.findChild(QLabel, "formError")
    assert isinstance(why, QLabel)
    assert "already" in why.text()
    _choose(dialog, "seriesReporter", "India")
    _choose(dialog, "seriesMeasure", "Tourist arrivals")
    _choose(dialog, "seriesUnit", "million persons")
    _accept(qtbot, dialog)
    assert table().key(2) == ("IND", "", "services", "tourist arrivals")
    assert session.stack.index() == steps + 1
    assert tab.model.columnCount() == 3
    session.undo()
    assert session.project is before


def test_a_source_is_stated_for_the_selected_series_only(
    qtbot: QtBot, tab: DataTab, session: Session, table: Find
) -> None:
    before = session.project
    old = table().source(0)
    tab.grid.selectColumn(1)
    _menu(tab, "setSource").trigger()
    dialog = _dialog(tab, "sourceDialog")
    text = dialog.findChild(QPlainTextEdit, "sourceText")
    vintage = dialog.findChild(QLineEdit, "sourceVintage")
    assert isinstance(text, QPlainTextEdit)
    assert isinstance(vintage, QLineEdit)
    text.setPlainText("Customs, monthly report")
    vintage.setText("2024-05")
    _accept(qtbot, dialog)
    assert table().source(0) is old
    assert (table().source(1).text.en, table().source(1).vintage) == ("Customs, monthly report", "2024-05")
    session.undo()
    assert session.project is before


def test_a_source_of_all_its_series_is_corrected_in_place(qtbot: QtBot, tab: DataTab, table: Find) -> None:
    old = table().source(0)
    tab.grid.selectAll()
    _menu(tab, "setSource").trigger()
    dialog = _dialog(tab, "sourceDialog")
    vintage = dialog.findChild(QLineEdit, "sourceVintage")
    assert isinstance(vintage, QLineEdit)
    vintage.setText("2024")
    _accept(qtbot, dialog)
    assert (table().source(1).id, table().source(1).vintage) == (old.id, "2024")
    assert table().source(1).text == old.text
    assert len(table().sources) == 1
