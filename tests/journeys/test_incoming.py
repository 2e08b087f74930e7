"""What comes from outside: files dropped on the window or opened by the system, and tables in the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.files.project_file import write_project
from core.project import equal
from core.sample import sample
from gui import style
from gui.application import Desk
from gui.background import Immediate
from gui.incoming import MOST_CELLS, DropSheet, clipboard_text, sorted_out
from gui.mime import LINES, pack
from gui.preferences import Preferences


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
    assert isinstance(action, QAction), name
    action.trigger()
    QApplication.processEvents()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(target: QWidget, data: QMimeData) -> bool:
    """Whether the target takes a drag."""
    kinds = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton)
    event = QDragEnterEvent(QPoint(5, 5), *kinds, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)
    return event.isAccepted()


def drop(target: QWidget, data: QMimeData) -> Qt.DropAction:
    """What becomes of the files at their place: a copy leaves them there."""
    kinds = (Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton)
    event = QDropEvent(QPoint(5, 5), *kinds, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(target, event)
    QApplication.processEvents()
    return event.dropAction()


def sheet(desk: Desk) -> DropSheet:
    found = desk.window.findChild(DropSheet, "dropSheet")
    assert isinstance(found, DropSheet)
    return found


def projects(folder: Path, *names: str) -> list[Path]:
    paths = [folder / f"{name}.balassa" for name in names]
    for path in paths:
        write_project(sample(), path)
    return paths


def test_files_above_the_window_are_announced_until_they_leave(desk: Desk, tmp_path: Path) -> None:
    for name in ("a.csv", "b & <b>c.xlsx"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert enter(desk.window, files(tmp_path / "a.csv", tmp_path / "b & <b>c.xlsx"))
    assert sheet(desk).isVisible()
    assert sheet(desk).accessibleName() == "Import 2 files"
    assert sheet(desk).size() == desk.window.size()
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert not sheet(desk).isVisible()
    assert enter(sheet(desk), files(tmp_path / "b & <b>c.xlsx"))
    assert sheet(desk).accessibleName() == "Import “b & <b>c.xlsx”"


def test_the_file_stays_where_it_was_when_it_is_dropped(desk: Desk, tmp_path: Path) -> None:
    (path,) = projects(tmp_path, "mine")
    desk.documents.new()
    assert enter(desk.window, files(path))
    assert drop(sheet(desk), files(path)) == Qt.DropAction.CopyAction
    assert not sheet(desk).isVisible()
    assert desk.documents.path == path
    assert equal(desk.session.project, sample())


def test_a_folder_and_a_second_project_are_answered_in_a_sentence_each(
    desk: Desk, prompts: Any, tmp_path: Path
) -> None:
    first, second = projects(tmp_path, "first", "second")
    folder = tmp_path / "all my data"
    folder.mkdir()
    assert enter(desk.window, files(folder, first, second))
    drop(desk.window, files(folder, first, second))
    assert desk.documents.path == first
    assert prompts.told[0].splitlines() == [
        "“all my data” is a folder. Choose the files in it.",
        "“second.balassa” was not opened: open one project at a time.",
    ]


@pytest.mark.parametrize("kind", ["line", "link", "text"])
def test_drags_without_files_are_not_for_the_window(desk: Desk, kind: str) -> None:
    data = pack(LINES, "sample", "TC", lines=[]) if kind == "line" else QMimeData()
    if kind == "link":
        data.setUrls([QUrl("https://example.org/a.csv")])
    if kind == "text":
        data.setText("a strength")
    assert not enter(desk.window, data)
    assert not sheet(desk).isVisible()


def test_the_board_leaves_files_to_the_window(desk: Desk, tmp_path: Path) -> None:
    (path,) = projects(tmp_path, "mine")
    cell = desk.window.workspace.swot.board.cells["S"].view
    assert not enter(cell.viewport(), files(path)) or sheet(desk).isVisible()


def test_files_that_the_system_opens_one_by_one_are_opened_together(desk: Desk, prompts: Any, tmp_path: Path) -> None:
    first, second = projects(tmp_path, "first", "second")
    desk.open_at_start(first)
    desk.open_at_start(second)
    QApplication.processEvents()
    assert desk.documents.path == first
    assert prompts.told == ["“second.balassa” was not opened: open one project at a time."]


def test_a_file_that_comes_while_a_dialog_is_open_waits_for_its_end(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    (path,) = projects(tmp_path, "mine")
    dialog = QDialog(desk.window)
    qtbot.addWidget(dialog)
    dialog.open()
    desk.open_at_start(path)
    QApplication.processEvents()
    assert not enter(desk.window, files(path))
    assert desk.documents.path is None
    dialog.close()
    qtbot.waitUntil(lambda: desk.documents.path == path)


def test_files_are_sorted_out_once_each(tmp_path: Path) -> None:
    data = tmp_path / "a.csv"
    data.write_text("x", encoding="utf-8")
    found = sorted_out([data, data, tmp_path / "gone.csv"])
    assert found.data == (data,)
    assert [str(each) for each in found.refused] == ["There is no file “gone.csv” any more."]


def test_an_empty_project_offers_the_ways_to_a_table(qtbot: QtBot, desk: Desk) -> None:
    desk.documents.new()
    page = desk.window.workspace.data.empty
    assert page.isVisible()
    desk.window.activateWindow()
    desk.window.workspace.show_data()
    QGuiApplication.clipboard().clear()
    desk.window.statusBar().clearMessage()
    button = page.findChild(QPushButton, "emptyPaste")
    assert isinstance(button, QPushButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    said = desk.window.statusBar().currentMessage()
    assert said == "The clipboard holds no text. Copy the cells of a table first."


def test_pasting_into_the_list_of_tables_asks_for_a_table(qtbot: QtBot, desk: Desk) -> None:
    tables = desk.window.findChild(QListView, "tables")
    assert isinstance(tables, QListView)
    desk.window.activateWindow()
    tables.setFocus()
    qtbot.waitUntil(tables.hasFocus)
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(desk.window.workspace.data.paste_requested):
        qtbot.keyClick(tables, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_a_clipboard_of_a_whole_file_is_refused_with_the_way_out(qapp: QApplication) -> None:
    QGuiApplication.clipboard().setText("\t" * (MOST_CELLS + 1) + "1")
    with pytest.raises(UserError, match="Save them as a file and import that"):
        clipboard_text()
    QGuiApplication.clipboard().clear()


def accept(name: str = "importAccept") -> QTimer:
    """Press a button of the dialog that comes as soon as it can be pressed."""
    timer = QTimer()

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        button = dialog.findChild(QPushButton, name) if dialog is not None else None
        if isinstance(button, QPushButton) and button.isEnabled():
            timer.stop()
            button.click()

    timer.timeout.connect(press)
    timer.start(10)
    return timer


def test_a_dropped_file_is_imported_shown_and_remembered(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "exports of two.csv"
    path.write_text("Country,2015,2016\nChina,1,2\nIndia,3,4\n", encoding="utf-8")
    steps = desk.session.stack.count()
    timer = accept()
    assert enter(desk.window, files(path))
    drop(sheet(desk), files(path))
    qtbot.waitUntil(lambda: desk.session.stack.count() == steps + 1)
    assert not timer.isActive()
    table = desk.session.project.tables[-1]
    assert desk.window.workspace.data.current_table() == table.id
    assert desk.window.workspace.data.report.isVisible()
    assert Preferences(tmp_path / "settings.ini").import_path(table.id, path.name) == path


def test_a_table_is_imported_again_from_where_its_file_was(desk: Desk, tmp_path: Path, prompts: Any) -> None:
    path = tmp_path / "exports.csv"
    path.write_text("Country,2015,2016\nChina,1,2\nIndia,3,4\n", encoding="utf-8")
    timer = accept()
    desk.window.open_paths([path])
    assert not timer.isActive()
    before = desk.session.project
    path.write_text("Country,2015,2016,2017\nChina,1,2.5,6\nIndia,3,4,7\n", encoding="utf-8")
    timer = accept("refreshAccept")
    trigger(desk, "refresh")
    assert not timer.isActive()
    assert desk.session.project.tables[-1].row(0).tolist() == [1.0, 2.5, 6.0]
    assert "Import again" in str(desk.session.undo_label())
    desk.session.undo()
    assert equal(desk.session.project, before)
    path.write_text("Year,Product,Price\n2015,Tea,1\n2016,Tea,2\n", encoding="utf-8")
    timer = accept()
    trigger(desk, "refresh")
    assert not timer.isActive()
    assert len(prompts.told) == 1
    assert len(desk.session.project.tables) == len(before.tables) + 1


def test_a_block_with_a_header_is_pasted_into_an_empty_project(desk: Desk, qtbot: QtBot) -> None:
    desk.documents.new()
    QGuiApplication.clipboard().setText("Country\t2015\t2016\nChina\t1\t2\nIndia\t3\t4\n")
    desk.window.activateWindow()
    page = desk.window.workspace.data.empty
    page.setFocus()
    qtbot.waitUntil(page.hasFocus)
    timer = accept()
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not timer.isActive()
    assert len(desk.session.project.tables) == 1
    assert desk.session.project.tables[0].row(1).tolist() == [3.0, 4.0]
    desk.session.undo()
    assert desk.session.project.tables == ()
    QGuiApplication.clipboard().clear()


def test_the_places_of_imported_files_survive_a_restart(tmp_path: Path, qapp: object) -> None:
    first = Preferences(tmp_path / "settings.ini")
    first.remember_import("table", "我的 data, 100%.csv", tmp_path / "我的 data, 100%.csv")
    first.remember_import("table", "other.csv", tmp_path / "a" / "other.csv")
    first.remember_import("table", "other.csv", tmp_path / "b" / "other.csv")
    del first
    second = Preferences(tmp_path / "settings.ini")
    assert second.import_path("table", "我的 data, 100%.csv") == tmp_path / "我的 data, 100%.csv"
    assert second.import_path("table", "other.csv") == tmp_path / "b" / "other.csv"
    assert second.import_path("another", "other.csv") is None
