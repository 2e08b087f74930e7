"""Corrections where the guess is shown: in the headers of the preview, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from core.project import Project
from core.units import Unit
from gui.importing.dialog import ImportDialog
from tests.gui.importing.dialogs import choose, csv_file, header_menu, one, opened, pick, said, select, shown_menu

TABLE = """Exports of goods,,
Area,2009,2010
China,1,2
India,..,4
Asia,,
Japan,5,6
Source: the office,,
"""


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> ImportDialog:
    return opened(qtbot, csv_file(tmp_path, TABLE), sample_project)


def reporters(dialog: ImportDialog) -> list[str]:
    table = one(dialog)
    return sorted({table.key(at)[0] for at in range(len(table.series))})


def test_the_drop_down_of_a_column_gives_it_a_role(dialog: ImportDialog, qtbot: QtBot) -> None:
    menu = header_menu(qtbot, dialog, column=0)
    assert [each.text() for each in menu.actions() if each.isChecked()] == ["Economy"]
    choose(qtbot, menu, "Partner")
    assert {one(dialog).key(at)[0] for at in range(2)} == {""}
    assert one(dialog).key(0)[1] == "CHN"
    assert dialog.page.preview.sheet.headerData(0, Qt.Orientation.Horizontal) == "A\nPartner"


def test_several_selected_columns_get_a_role_at_once(dialog: ImportDialog, qtbot: QtBot) -> None:
    across = dialog.page.preview.across
    for column in (1, 2):
        held = Qt.KeyboardModifier.ShiftModifier
        place = QPoint(across.sectionViewportPosition(column) + 20, 10)
        qtbot.mouseClick(across.viewport(), Qt.MouseButton.LeftButton, held, place)
    assert not [each for each in dialog.findChildren(QMenu) if each.isVisible()], "Shift only selects"
    choose(qtbot, header_menu(qtbot, dialog, column=2), "Not imported")
    assert dialog.use is not None
    assert dialog.use.mapping.columns[:3].count("ignore") >= 1


def test_a_column_of_numbers_gets_a_unit_of_its_own(dialog: ImportDialog, qtbot: QtBot) -> None:
    choose(qtbot, header_menu(qtbot, dialog, column=1), "Unit of these numbers", "US$ million")
    assert dialog.use is not None
    assert dialog.use.mapping.units == {"1": Unit("USD", 1e6)}
    assert dialog.page.preview.sheet.headerData(1, Qt.Orientation.Horizontal) == "B\nNumbers (US$ million)"


def test_the_unit_of_columns_can_be_written_below_the_grid(dialog: ImportDialog, qtbot: QtBot) -> None:
    select(dialog, 2, 1, 2)
    line = dialog.page.choices.unit.lineEdit()
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "RMB million")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert one(dialog).units == (Unit("CNY", 1e6),)
    line.selectAll()
    qtbot.keyClicks(line, "billion")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert said(dialog).startswith("“billion” is no unit")


def test_a_click_on_a_row_makes_it_the_header(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Area,2001,2002\nArea,2009,2010\nChina,1,2\n"), sample_project)
    choose(qtbot, header_menu(qtbot, dialog, row=1), "This row is the header")
    assert one(dialog).periods.values == (2009, 2010)


def test_a_row_is_left_out_and_struck_through(dialog: ImportDialog, qtbot: QtBot) -> None:
    before = reporters(dialog)
    choose(qtbot, header_menu(qtbot, dialog, row=2), "Not imported")
    assert set(before) - set(reporters(dialog)) == {"CHN"}
    sheet = dialog.page.preview.sheet
    assert sheet.meaning(2, 1) == "skipped"
    assert sheet.data(sheet.index(2, 0), Qt.ItemDataRole.FontRole).strikeOut()
    assert "not imported" in sheet.data(sheet.index(2, 0), Qt.ItemDataRole.ToolTipRole)
    assert sheet.headerData(2, Qt.Orientation.Vertical) == "3  Left out"
    choose(qtbot, header_menu(qtbot, dialog, row=2), "Not imported")
    assert reporters(dialog) == before


def test_the_table_begins_and_ends_where_a_person_says(dialog: ImportDialog, qtbot: QtBot) -> None:
    choose(qtbot, header_menu(qtbot, dialog, row=3), "The table ends here")
    assert "JPN" not in reporters(dialog)
    choose(qtbot, header_menu(qtbot, dialog, row=3), "The table begins here")
    assert reporters(dialog) == ["IND"]


def test_a_row_can_be_the_heading_of_those_below(dialog: ImportDialog, qtbot: QtBot) -> None:
    choose(qtbot, header_menu(qtbot, dialog, row=4), "Heading for the rows below", "Sector")
    assert dialog.use is not None
    assert (dialog.use.mapping.headings, dialog.use.mapping.skipped) == ("sector", ())
    assert dialog.page.preview.sheet.headerData(4, Qt.Orientation.Vertical) == "5  Sector"


def test_what_a_header_row_says_is_chosen_at_its_header(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Year,Alpha,Beta\n2009,1,2\n"), sample_project)
    choose(qtbot, header_menu(qtbot, dialog, row=0), "This header row says", "Sector")
    assert one(dialog).key(0)[2] == "alpha"


def test_the_context_menu_of_a_cell_has_both_menus(dialog: ImportDialog, qtbot: QtBot) -> None:
    select(dialog, 2, 1)
    view = dialog.page.preview
    view.setFocus()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), view.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(view.viewport(), event)
    menu = shown_menu(dialog)
    assert [each.text() for each in menu.actions()] == ["Column B", "Row 3"]
    choose(qtbot, menu, "Row 3", "Not imported")
    assert "CHN" not in reporters(dialog)


def test_the_button_below_the_grid_opens_the_menu_of_the_row(dialog: ImportDialog, qtbot: QtBot) -> None:
    select(dialog, 2, 0)
    assert dialog.page.choices.row.text() == "Row 3 …"
    dialog.page.choices.row.setFocus()
    qtbot.keyClick(dialog.page.choices.row, Qt.Key.Key_Space)
    choose(qtbot, shown_menu(dialog), "Not imported")
    assert "CHN" not in reporters(dialog)


def test_lines_outside_of_the_table_run_over_their_neighbours(dialog: ImportDialog) -> None:
    view = dialog.page.preview
    assert view.columnSpan(0, 0) == 3
    assert view.columnSpan(1, 0) == 1
    assert "outside" in view.sheet.data(view.sheet.index(0, 0), Qt.ItemDataRole.ToolTipRole)


def test_marks_of_missing_values_are_a_list_that_can_be_written(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Area,2009,2010\nChina,1,2\nIndia,gap,4\n"), sample_project)
    sheet, field = dialog.page.preview.sheet, dialog.page.form.missing
    assert sheet.meaning(2, 1) == "text"
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "gap; n/a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert sheet.meaning(2, 1) == "missing"
    assert "Marks taken for missing values: 1 (“gap” 1)." in said(dialog)


def test_a_role_chosen_below_the_grid_follows_the_selection(dialog: ImportDialog, qtbot: QtBot) -> None:
    select(dialog, 2, 0)
    assert dialog.page.choices.column_role.currentText() == "Economy"
    pick(qtbot, dialog.page.choices.column_role, "Sector")
    assert one(dialog).key(0)[2] == "china"
