"""Importing a file into a session: one undo step, one sentence for what cannot be read, no waiting for large files."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.files.importing import known_labels
from core.files.workbook import SAMPLE
from core.project import Project
from core.text import Bilingual
from gui.background import Background, Immediate
from gui.importing import dialog as dialog_module
from gui.importing.dialog import ImportDialog, import_file, import_files, import_pasted
from gui.importing.sources import Source
from gui.importing.work import Workbench
from gui.session import Session
from tests.conftest import Answers
from tests.gui.importing.dialogs import button, csv_file, one, said

# ---- applying ----


def test_several_sheets_are_one_undo_step(session: Session, prompts: Answers) -> None:
    before = session.project
    added = import_file(session, prompts, SAMPLE, ask=lambda dialog: True)
    assert [table.id for table in session.project.tables[-4:]] == list(added)
    assert session.stack.count() == 1
    assert session.stack.undoText() == "Import tables"
    session.undo()
    assert session.project is before


def test_one_sheet_is_one_added_table(session: Session, prompts: Answers, tmp_path: Path) -> None:
    path = csv_file(tmp_path, "Year,Exports\n2009,1\n")
    (added,) = import_file(session, prompts, path, ask=lambda dialog: True)
    table = session.project.table(added)
    assert table is not None
    assert table.title == Bilingual("figures")
    assert table.sources[0].origin["file"] == "figures.csv"
    assert session.stack.count() == 1


def test_clicking_the_button_agrees_and_cancel_changes_nothing(
    session: Session, prompts: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    path = csv_file(tmp_path, "Year,Exports\n2009,1\n")
    before = session.project

    def press(name: str, dialog: ImportDialog) -> bool:
        dialog.show()
        found = dialog.findChild(QPushButton, name)
        assert found is not None
        qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
        return dialog.result() == ImportDialog.DialogCode.Accepted

    assert import_file(session, prompts, path, ask=lambda dialog: press("importCancel", dialog)) == ()
    assert session.project is before
    assert len(import_file(session, prompts, path, ask=lambda dialog: press("importAccept", dialog))) == 1
    assert session.project is not before


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "", "“a.csv” is empty."),
        ("a.csv", "only,words\n", "The sheet “a” holds no numbers."),
    ],
)
def test_a_file_that_cannot_be_imported_is_told_without_a_dialog(
    session: Session, prompts: Answers, tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    before = session.project

    def ask(dialog: ImportDialog) -> bool:
        raise AssertionError("no dialog")

    assert import_file(session, prompts, csv_file(tmp_path, content, name), ask=ask) == ()
    assert prompts.told == [sentence]
    assert session.project is before


def test_a_missing_file_is_told(session: Session, prompts: Answers, tmp_path: Path) -> None:
    assert import_file(session, prompts, tmp_path / "gone.csv") == ()
    assert prompts.told[0].startswith("There is no file “gone.csv” in “")


# ---- large files ----


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that is not waited for before the dialog opens, however fast the machine reads it."""
    monkeypatch.setattr(dialog_module, "GRACE", 0)
    lines = [f"Place {number % 200},Thing {number // 200},{number}.5,{number}.25" for number in range(20_000)]
    return csv_file(tmp_path, "\n".join(["Country,Sector,2009,2010", *lines]), "large.csv")


def test_a_large_file_is_read_while_the_dialog_is_open(
    session: Session, prompts: Answers, large: Path, qtbot: QtBot
) -> None:
    def ask(dialog: ImportDialog) -> bool:
        dialog.show()
        assert said(dialog) == "Reading …"
        assert not button(dialog).isEnabled()
        qtbot.waitUntil(button(dialog).isEnabled, timeout=20_000)
        return True

    (added,) = import_file(session, prompts, large, ask=ask)
    table = session.project.table(added)
    assert table is not None
    assert len(table.series) == 20_000


def test_cancelling_stops_the_reading(session: Session, prompts: Answers, large: Path) -> None:
    before = session.project

    def ask(dialog: ImportDialog) -> bool:
        dialog.show()
        dialog.reject()
        return False

    assert import_file(session, prompts, large, ask=ask) == ()
    assert session.project is before
    assert prompts.told == []


def test_a_large_file_without_a_table_is_told_after_the_reading(
    session: Session, prompts: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    path = csv_file(tmp_path, "word,word\n" * 30_000)

    def ask(dialog: ImportDialog) -> bool:
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.isVisible(), timeout=20_000)
        return dialog.result() == ImportDialog.DialogCode.Accepted

    assert import_file(session, prompts, path, ask=ask) == ()
    assert prompts.told == ["The sheet “figures” holds no numbers."]


def test_corrections_that_follow_each_other_quickly_all_count(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    path = csv_file(tmp_path, "Year,A,B\n2009,1,2\n")
    bench = Workbench([Source(path)], known_labels(sample_project), Background())
    bench.read()
    dialog = ImportDialog(bench, Answers())
    bench.setParent(dialog)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: not bench.busy)
    for field, text in (
        (dialog.page.form.title, "T"),
        (dialog.page.form.places["sector"], "S"),
        (dialog.page.form.places["reporter"], "R"),
    ):
        field.setFocus()
        field.setText(text)
        field.editingFinished.emit()
    qtbot.waitUntil(lambda: not bench.busy)
    table = one(dialog)
    assert (table.title.en, table.key(0)) == ("T", ("r", "", "s", "a"))
    bench.stop()


# ---- other ways in ----


def test_enter_imports_where_there_is_nothing_to_decide(
    session: Session, prompts: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    path = csv_file(tmp_path, "Year,Exports (US$ million)\n2009,1\n2010,2\n")

    def ask(dialog: ImportDialog) -> bool:
        with qtbot.waitExposed(dialog):
            dialog.show()
        qtbot.waitUntil(lambda: dialog.focusWidget() is not None)
        assert dialog.focusWidget() is button(dialog)
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
        return dialog.result() == ImportDialog.DialogCode.Accepted

    assert len(import_files(session, prompts, [path], ask=ask, runner=Immediate())) == 1


def test_a_pasted_block_is_imported_as_a_file_is(session: Session, prompts: Answers) -> None:
    pasted = "Year\tExports\n2009\t1\n2010\t2\n"
    (added,) = import_pasted(session, prompts, pasted, ask=lambda dialog: True, runner=Immediate())
    table = session.project.table(added)
    assert table is not None
    assert table.periods.values == (2009, 2010)
    assert session.stack.count() == 1


def test_words_that_were_pasted_are_told(session: Session, prompts: Answers) -> None:
    assert import_pasted(session, prompts, "no table at all", runner=Immediate()) == ()
    assert len(prompts.told) == 1


def test_the_beginning_of_a_long_file_is_shown_before_the_rest_is_read(
    tmp_path: Path, qtbot: QtBot, sample_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.files.readers.glances._QUICK_TEXT", 100_000)
    lines = [f"China,Thing {at % 97},{1900 + at % 101},{at}" for at in range(9_000)]
    path = csv_file(tmp_path, "\n".join(["Country,Sector,Year,Exports", *dict.fromkeys(lines)]), "long.csv")
    bench = Workbench([Source(path)], known_labels(sample_project), Background())
    seen: list[tuple[bool, bool]] = []
    dialog = ImportDialog(bench, Answers())
    bench.setParent(dialog)
    bench.changed.connect(lambda: seen.append((bench.provisional, button(dialog).isEnabled())))
    qtbot.addWidget(dialog)
    bench.read()
    qtbot.waitUntil(lambda: not bench.busy, timeout=20_000)
    assert seen[0] == (True, False), "shown, and not to be imported yet"
    assert not bench.provisional
    bench.stop()
