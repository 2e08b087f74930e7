"""A real drag of files onto the window: the sheet above it takes them, even where a field would take text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel
from pytestqt.qtbot import QtBot

from core.files.project_file import write_project
from core.project import equal
from core.sample import sample
from gui.application import Desk
from gui.background import Immediate
from gui.incoming import DropSheet
from gui.preferences import Preferences

pytestmark = pytest.mark.xvfb


class Folder(QLabel):
    """Stands for the file manager: dragging it drags a file."""

    def __init__(self, path: Path) -> None:
        super().__init__("a file")
        self._path = path
        self.done: Qt.DropAction | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() or self.done is not None:
            return
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._path))])
        drag = QDrag(self)
        drag.setMimeData(data)
        self.done = Qt.DropAction.IgnoreAction
        self.done = drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.MoveAction)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot, prompts: object, tmp_path: Path) -> Iterator[Desk]:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.language, preferences.theme = "en", "light"
    desk = Desk(qapp, sample(), Immediate(), prompts, preferences)  # type: ignore[arg-type]
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    yield desk
    desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("cancel", [False, True])
def test_a_file_is_dropped_on_a_field_of_the_window(
    desk: Desk, drag: Callable[..., None], tmp_path: Path, cancel: bool
) -> None:
    path = tmp_path / "mine.balassa"
    write_project(sample(), path)
    desk.documents.new()
    source = Folder(path)
    source.setMinimumSize(120, 24)
    desk.window.menuBar().setCornerWidget(source)
    source.show()
    QApplication.processEvents()
    field = desk.window.workspace.data.study.findChild(QComboBox)
    assert isinstance(field, QComboBox)
    drag(desk.window, source, QPoint(5, 5), field, field.rect().center(), cancel=cancel)
    QApplication.processEvents()
    sheet = desk.window.findChild(DropSheet, "dropSheet")
    assert isinstance(sheet, DropSheet)
    assert not sheet.isVisible()
    if cancel:
        assert desk.documents.path is None
        return
    assert source.done == Qt.DropAction.CopyAction
    assert desk.documents.path == path
    assert equal(desk.session.project, sample())
