"""What a person decides before an import: contradictions, names, the table into which it goes, saved layouts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from core.files.importing import import_tables
from core.files.merging import Comparison
from core.project import Project
from core.text import Bilingual
from gui.background import Immediate
from gui.importing.dialog import ImportDialog, import_files
from gui.importing.layouts import Layouts
from gui.importing.target import Decision
from gui.session import Session
from tests.conftest import Answers
from tests.gui.importing.dialogs import button, click, csv_file, one, opened, pick, said

# ---- contradictions and names ----


def test_values_that_contradict_each_other_are_shown_and_decided(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    content = "Country,2009,2010\nChina,1,2\nIndia,3,4\nChina,5,2\n"
    dialog = opened(qtbot, csv_file(tmp_path, content), sample_project)
    twice = dialog.page.form.twice
    assert "Different values for one place: 1." in said(dialog)
    assert "says 1," in said(dialog)
    assert twice.isVisible()
    assert "border-color" in twice.styleSheet()
    assert not button(dialog).isEnabled()
    pick(qtbot, twice, "Take the last")
    assert one(dialog).value(one(dialog).find(("CHN", "", "", one(dialog).key(0)[3])), 0) == 5.0
    assert twice.isVisible(), "a decision can be changed"
    assert button(dialog).isEnabled()


def test_nothing_is_asked_about_values_said_once(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Year,Exports\n2009,1\n"), sample_project)
    assert not dialog.page.form.twice.isVisible()


@pytest.fixture
def unknown(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> ImportDialog:
    content = "Country,2009,2010\nChina,1,2\nGermny,3,4\nIndia,5,6\nJapan,7,8\n"
    return opened(qtbot, csv_file(tmp_path, content), sample_project)


def reporters(dialog: ImportDialog) -> set[str]:
    return {one(dialog).key(at)[0] for at in range(len(one(dialog).series))}


def test_a_name_that_resembles_a_known_one_is_confirmed_by_a_click(unknown: ImportDialog, qtbot: QtBot) -> None:
    assert "DEU" not in reporters(unknown), "a resemblance is never taken for certain"
    click(qtbot, unknown, "importMeantYes0")
    assert "DEU" in reporters(unknown)
    assert unknown.findChild(QWidget, "importMeantYes0") is None or not button(unknown, "importMeantYes0").isVisible()


def test_a_suggestion_that_is_wrong_is_asked_about_no_more(unknown: ImportDialog, qtbot: QtBot) -> None:
    click(qtbot, unknown, "importMeantNo0")
    assert "DEU" not in reporters(unknown)
    left = unknown.findChild(QWidget, "importMeantYes0")
    assert left is None or not left.isVisible()
    assert button(unknown).isEnabled()


def test_of_several_meanings_one_is_chosen_and_none_is_taken_with_all(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    content = "Country,2009,2010\nChina,1,2\nGermny,3,4\nJapn,5,6\nCongo,7,8\nIndia,9,10\n"
    dialog = opened(qtbot, csv_file(tmp_path, content), sample_project)
    click(qtbot, dialog, "importMeantAll")
    assert {"DEU", "JPN", "congo"} <= reporters(dialog)
    choice = dialog.findChild(QComboBox, "importMeant0")
    assert isinstance(choice, QComboBox)
    pick(qtbot, choice, "DR Congo")
    assert "COD" in reporters(dialog)


# ---- into an existing table ----


@pytest.fixture
def project(tmp_path: Path, sample_project: Project) -> Project:
    """With a table of exports of China: 1 in 2009, 2 in 2010."""
    (table,) = import_tables(csv_file(tmp_path, "Country,2009,2010\nChina,1,2\n", "old.csv"))
    return replace(sample_project, tables=(*sample_project.tables, replace(table, title=Bilingual("Mine"))))


NEW = "Country,2009,2010,2011\nChina,1,9,3\n"


def test_an_import_into_a_table_says_what_it_would_change(qtbot: QtBot, tmp_path: Path, project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, NEW), project)
    pick(qtbot, dialog.page.target, "Mine")
    wanted = "Into “Mine”: 0 new series, 1 new periods, 0 gaps filled, 1 equal values, 1 different values."
    assert wanted in said(dialog)


def test_only_tables_with_the_same_kind_of_periods_are_offered(qtbot: QtBot, tmp_path: Path, project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Country,2009-01,2009-02\nChina,1,2\n"), project)
    assert [dialog.page.target.itemText(at) for at in range(dialog.page.target.count())] == ["A new table"]


def test_conflicts_are_asked_about_and_cancelling_stays_in_the_dialog(
    qtbot: QtBot, tmp_path: Path, project: Project
) -> None:
    asked: list[int] = []

    def decide(comparison: Comparison, parent: QWidget) -> Decision | None:
        asked.append(len(comparison.conflicts))
        return None if len(asked) == 1 else ("replace", ())

    dialog = opened(qtbot, csv_file(tmp_path, NEW), project, decide=decide)
    pick(qtbot, dialog.page.target, "Mine")
    click(qtbot, dialog, "importAccept")
    assert dialog.isVisible()
    click(qtbot, dialog, "importAccept")
    assert not dialog.isVisible()
    assert asked == [1, 1]
    assert dialog.decisions == {0: ("replace", ())}


def test_a_merge_and_a_new_table_are_one_undo_step(
    qtbot: QtBot, tmp_path: Path, project: Project, prompts: Answers
) -> None:
    session = Session(project, Immediate())
    mine = project.tables[-1].id
    paths = [
        csv_file(tmp_path, NEW.replace("9,3", "2,3")),
        csv_file(tmp_path, "Year,Other things\n1990,5\n1991,6\n", "other.csv"),
    ]

    def ask(dialog: ImportDialog) -> bool:
        dialog.show()
        assert len(dialog.bench.candidates) == 2
        pick(qtbot, dialog.page.target, "Mine")
        click(qtbot, dialog, "importAccept")
        return dialog.result() == ImportDialog.DialogCode.Accepted

    ids = import_files(session, prompts, paths, ask=ask, runner=Immediate())
    assert mine in ids
    assert len(session.project.tables) == len(project.tables) + 1
    merged = session.project.table(mine)
    assert merged is not None
    assert merged.periods.values == (2009, 2010, 2011)
    assert session.stack.count() == 1
    session.undo()
    assert session.project is project
    session.stack.clear()


# ---- layouts ----


def test_what_was_imported_is_how_the_next_file_of_its_kind_is_read(
    qtbot: QtBot, tmp_path: Path, sample_project: Project, prompts: Answers
) -> None:
    layouts = Layouts(tmp_path / "state" / "layouts.json")

    def ask(dialog: ImportDialog) -> bool:
        dialog.show()
        unit = dialog.page.form.unit.lineEdit()
        assert unit is not None
        unit.setFocus()
        qtbot.keyClicks(unit, "US$ million")
        qtbot.keyClick(unit, Qt.Key.Key_Return)
        return True

    session = Session(sample_project, Immediate())
    first = csv_file(tmp_path, "Country,Product,2009,2010\nChina,Tea,1,2\n", "2010.csv")
    assert import_files(session, prompts, [first], ask=ask, layouts=layouts, runner=Immediate())
    again = Layouts(tmp_path / "state" / "layouts.json")
    second = csv_file(tmp_path, "Country,Product,2009,2010,2011\nIndia,Tea,1,2,3\n", "2011.csv")
    dialog = opened(qtbot, second, sample_project, layouts=again)
    assert dialog.page.layout_box.said.text() == "Layout: as it was imported last"
    assert one(dialog).units[0].show("en") == "US$ million"
    session.stack.clear()


def test_a_layout_is_saved_under_a_name_shared_and_forgotten(
    qtbot: QtBot, tmp_path: Path, sample_project: Project, prompts: Answers
) -> None:
    layouts = Layouts()
    path = csv_file(tmp_path, "Country,Product,2009\nChina,Tea,1\n")
    dialog = opened(qtbot, path, sample_project, prompts=prompts, layouts=layouts)
    box, shared = dialog.page.layout_box, tmp_path / "tea.json"
    prompts.answers = {"ask_text": "Tea", "save_file": shared, "open_file": shared}
    box.save()
    assert box.said.text() == "Layout: recognised as “Tea”"
    box.export("Tea")
    box.forget("Tea")
    assert box.said.text() == "Layout: new"
    box.take_in()
    assert box.said.text() == "Layout: recognised as “Tea”"
    pick(qtbot, dialog.page.form.decimal, "Comma")
    box.use("Tea")
    assert dialog.use is not None
    assert dialog.use.mapping.decimal == "."


def test_a_damaged_memory_of_layouts_is_said(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    (tmp_path / "layouts.json").write_text("{", encoding="utf-8")
    path = csv_file(tmp_path, "Country,2009\nChina,1\n")
    dialog = opened(qtbot, path, sample_project, layouts=Layouts(tmp_path / "layouts.json"))
    assert dialog.page.layout_box.said.text() == "The remembered layouts cannot be read and are forgotten."
