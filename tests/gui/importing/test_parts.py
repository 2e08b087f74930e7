"""The list at the left: tables with their sheets, what is left out, and what a person makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from core.project import Project
from gui.importing.dialog import ImportDialog
from gui.importing.parts import natural
from tests.gui.importing.dialogs import button, choose, click, csv_file, header_menu, one, opened, parts, said


@pytest.fixture
def two(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> ImportDialog:
    """Two files of one layout, as one table whatever the detection makes of them."""
    paths = [
        csv_file(tmp_path, "Country,Sector,2009\nChina,Travel,1\n", "first.csv"),
        csv_file(tmp_path, "Country,Sector,2010\nIndia,Travel,2\n", "second.csv"),
    ]
    dialog = opened(qtbot, paths, sample_project)
    if len(dialog.bench.candidates) > 1:
        dialog.bench.join(dialog.bench.candidates)
    return dialog


def child(dialog: ImportDialog, at: int) -> QTreeWidgetItem:
    found = parts(dialog)[0].child(at)
    assert found is not None
    return found


def test_sheets_of_one_table_stand_below_it(two: ImportDialog) -> None:
    assert parts(two)[0].text(0).splitlines()[1:] == ["2 sheets, one table", "2 series, 2009–2010"]
    assert [child(two, at).text(0) for at in range(2)] == ["first.csv", "second.csv"]
    assert one(two).periods.values == (2009, 2010)
    assert button(two).text() == "Import table"


def test_each_sheet_can_be_looked_at(two: ImportDialog) -> None:
    two.page.parts.tree.setCurrentItem(child(two, 1))
    sheet = two.page.preview.sheet
    assert sheet.data(sheet.index(1, 0)) == "India"


def test_a_sheet_that_is_not_wanted_is_left_out_of_its_table(two: ImportDialog, qtbot: QtBot) -> None:
    tree = two.page.parts.tree
    tree.setCurrentItem(child(two, 1))
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert one(two).periods.values == (2009,)
    assert parts(two)[0].text(0).splitlines()[1:] == ["1 of 2 sheets, one table", "1 series, 2009"]
    qtbot.keyClick(tree, Qt.Key.Key_Space)
    assert one(two).periods.values == (2009, 2010)


def test_a_sheet_is_split_off_and_joined_again(two: ImportDialog, qtbot: QtBot) -> None:
    tree = two.page.parts.tree
    tree.setCurrentItem(child(two, 1))
    click(qtbot, two, "importSplit")
    assert len(parts(two)) == 2
    assert button(two).text() == "Import 2 tables"
    tree.setCurrentItem(parts(two)[0])
    tree.setCurrentItem(parts(two)[1], 0, QItemSelectionModel.SelectionFlag.Select)
    click(qtbot, two, "importJoin")
    assert len(parts(two)) == 1
    assert one(two).periods.values == (2009, 2010)


def test_a_sheet_without_numbers_is_left_out_with_the_reason(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    paths = [
        csv_file(tmp_path, "Year,Exports\n2009,1\n2010,2\n", "data.csv"),
        csv_file(tmp_path, "only,words\n", "notes.csv"),
    ]
    dialog = opened(qtbot, paths, sample_project)
    assert parts(dialog)[-1].text(0) == "Left out: 1"
    left = parts(dialog)[-1].child(0)
    assert left is not None
    assert left.text(0) == "notes.csv\nThe sheet “notes” holds no numbers."
    assert button(dialog).text() == "Import table"
    dialog.page.parts.tree.setCurrentItem(left)
    assert said(dialog) == "The sheet “notes” holds no numbers."
    assert dialog.page.form.title.text() == ""
    click(qtbot, dialog, "importAdopt")
    assert said(dialog) == "The sheet “notes” holds no numbers."
    assert button(dialog).isEnabled(), "what is left out stops nothing"


def test_names_are_sorted_as_people_count() -> None:
    assert sorted(["Sheet 10", "Sheet 2", "sheet 1"], key=natural) == ["sheet 1", "Sheet 2", "Sheet 10"]


@pytest.fixture
def hidden(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> ImportDialog:
    """A workbook with a hidden sheet of its own kind."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    for row in (("Year", "Exports"), (2009, 1), (2010, 2)):
        first.append(row)
    more = book.create_sheet("More")
    more.sheet_state = "hidden"
    for row in (("Old head", 2001, 2002), ("Country", 2009, 2010), ("China", 3, 4)):
        more.append(row)
    book.save(tmp_path / "book.xlsx")
    return opened(qtbot, tmp_path / "book.xlsx", sample_project)


def test_a_hidden_sheet_is_left_out_until_it_is_asked_for(hidden: ImportDialog, qtbot: QtBot) -> None:
    assert parts(hidden)[-1].text(0) == "Left out: 1"
    hidden.page.parts.tree.setCurrentItem(parts(hidden)[-1].child(0))
    assert said(hidden) == "The sheet “More” is hidden."
    click(qtbot, hidden, "importAdopt")
    assert len(hidden.bench.candidates) == 2
    assert not hidden.bench.left
    assert button(hidden).text() == "Import 2 tables"


def test_the_header_of_a_sheet_that_is_left_out_can_be_clicked(hidden: ImportDialog, qtbot: QtBot) -> None:
    hidden.page.parts.tree.setCurrentItem(parts(hidden)[-1].child(0))
    choose(qtbot, header_menu(qtbot, hidden, row=1), "This row is the header")
    table = hidden.bench.candidates[1].result.table
    assert table is not None
    assert table.periods.values == (2009, 2010)
