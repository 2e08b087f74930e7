"""The whole application: what a person does from opening to closing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from core.claims import State, worst
from core.project import equal
from core.sample import sample
from gui import style
from gui.application import Desk
from gui.background import Immediate
from gui.preferences import Preferences
from gui.prompts import Answer

ROOT = Path(__file__).resolve().parent.parent.parent
EXPORTS = ("CHN", "", "services", "exports")


@pytest.fixture
def desk(qapp: QApplication, prompts: Any, tmp_path: Path) -> Iterator[Desk]:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.language, preferences.theme = "en", "light"
    style.load_fonts()
    desk = Desk(qapp, sample(), Immediate(), prompts, preferences)
    desk.window.show()
    yield desk
    desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def trigger(desk: Desk, name: str) -> None:
    action = desk.window.findChild(QAction, name)
    assert action is not None, name
    action.trigger()
    QApplication.processEvents()


def test_the_title_bar_names_the_study(desk: Desk) -> None:
    title = desk.window.windowTitle()
    assert "China: Services against India, Ireland, United States" in title
    assert title.endswith("Balassa")


def test_switching_the_language_loses_nothing(desk: Desk) -> None:
    desk.session.apply("set_layout", table="table3", layout="years_across")
    desk.window.workspace.show_swot()
    desk.window.workspace.data.show_table("worldbank")
    before = desk.session.project
    trigger(desk, "chinese")
    window = desk.window
    assert desk.session.project is before
    assert window.workspace.swot.isVisible()
    assert window.workspace.data.current_table() == "worldbank"
    assert window.isWindowModified()
    assert "中国" in window.windowTitle()
    assert QCoreApplication.translate("QPlatformTheme", "Save") == "保存"
    desk.session.undo()
    trigger(desk, "english")
    assert QCoreApplication.translate("QPlatformTheme", "Save") == "Save"
    assert not desk.window.isWindowModified()


def test_a_number_still_being_typed_survives_a_change_of_language(desk: Desk, qtbot: QtBot) -> None:
    data = desk.window.workspace.data
    data.show_cell("table3", EXPORTS, 2018)
    qtbot.keyClicks(data.grid, "5")
    editor = data.grid.findChild(QLineEdit, "cellEditor")
    assert editor is not None
    qtbot.keyClicks(editor, "300")
    desk.rebuild()
    table = desk.session.project.table("table3")
    assert table is not None
    assert table.value(table.find(EXPORTS), table.period(2018)) == 5300.0


def test_rebuilding_the_window_leaves_no_old_window_behind(desk: Desk) -> None:
    for _round in range(3):
        trigger(desk, "themeDark")
        trigger(desk, "themeLight")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert [each for each in QApplication.topLevelWidgets() if each.objectName() == "mainWindow"] == [desk.window]
    desk.session.apply("set_layout", table="table3", layout="years_across")


def test_the_data_can_stand_beside_the_indices_and_go_back(desk: Desk) -> None:
    trigger(desk, "beside")
    desk.window.workspace.show_indices()
    assert desk.window.workspace.data.isVisible()
    assert desk.window.workspace.indices.isVisible()
    trigger(desk, "beside")
    assert desk.window.workspace.tabs.count() == 3


def test_a_claim_breaks_with_the_data_and_undo_supports_it_again(desk: Desk) -> None:
    desk.window.workspace.swot.add_lines([("tc", "", "table3", "CHN", "", "services")], "W")
    session = desk.session
    factor = session.project.board.quadrant("W")[-1]
    assert worst(factor, session.results) is State.SUPPORTED
    session.apply("set_cells", table="table3", series=(EXPORTS,), periods=(2018,), values=((5300.0,),))
    assert worst(factor, session.results) is State.CONTRADICTED
    trigger(desk, "undo")
    assert worst(factor, session.results) is State.SUPPORTED
    trigger(desk, "undo")
    assert equal(session.project, sample())


def test_undo_in_the_menu_says_what_it_takes_back(desk: Desk) -> None:
    undo = desk.window.findChild(QAction, "undo")
    assert undo is not None
    assert not undo.isEnabled()
    desk.session.apply("set_layout", table="table3", layout="years_across")
    assert "Change layout" in undo.text()
    assert desk.window.isWindowModified()


@pytest.mark.parametrize(("answer", "closed"), [(Answer.CANCEL, False), (Answer.DISCARD, True)])
def test_closing_asks_about_unsaved_changes(desk: Desk, prompts: Any, answer: Answer, closed: bool) -> None:
    desk.session.apply("set_layout", table="table3", layout="years_across")
    prompts.answers["unsaved"] = answer
    assert desk.window.close() is closed


def test_a_refused_edit_is_said_in_the_status_bar(desk: Desk) -> None:
    desk.session.attempt("set_layout", table="table3", layout="sideways")
    assert "sideways" in desk.window.statusBar().currentMessage()


def test_a_project_dropped_on_the_window_opens(desk: Desk, prompts: Any, tmp_path: Path) -> None:
    prompts.answers["save_file"] = tmp_path / "mine.balassa"
    trigger(desk, "saveAs")
    trigger(desk, "new")
    assert desk.session.project.tables == ()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mine.balassa"))])
    kinds = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(5, 5), *kinds))
    QApplication.sendEvent(desk.window, QDropEvent(QPoint(5, 5), *kinds))
    QApplication.processEvents()
    assert equal(desk.session.project, sample())


def test_recent_files_stand_in_the_menu(desk: Desk, prompts: Any, tmp_path: Path) -> None:
    prompts.answers["save_file"] = tmp_path / "mine & yours.balassa"
    trigger(desk, "saveAs")
    trigger(desk, "new")
    menu = desk.window.findChild(QMenu, "recentMenu")
    assert menu is not None
    menu.aboutToShow.emit()
    menu.actions()[0].trigger()
    assert equal(desk.session.project, sample())


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.timeout(120)
def test_the_self_test_passes_from_source(tmp_path: Path) -> None:
    done = run("main.py", "self-test", "--out", str(tmp_path / "report.txt"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "report.txt").read_text(encoding="utf-8").endswith("self-test passed\n")


def test_no_heavy_library_is_imported_before_the_window_is_painted(qtbot: QtBot) -> None:
    code = "import os; os.environ['QT_QPA_PLATFORM'] = 'offscreen'; from bench.start import OURS; exec(OURS)"
    done = run("-c", code)
    loaded = set(done.stdout.split())
    assert "painted" in loaded, done.stderr
    heavy = {"pandas", "openpyxl", "xlsxwriter", "docx", "python_calamine", "defusedxml", "lxml", "scipy", "matplotlib"}
    assert not loaded & heavy
    assert {"PySide6", "numpy"} <= loaded
