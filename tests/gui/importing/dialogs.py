"""Ways to use the import dialog as a person does; shared by its tests."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from core.files.importing import known_labels
from core.project import Project
from core.table import Table
from gui.background import Immediate
from gui.importing.dialog import ImportDialog
from gui.importing.work import Workbench


def csv_file(folder: Path, content: str, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def opened(qtbot: QtBot, path: Path, project: Project) -> ImportDialog:
    bench = Workbench(path, known_labels(project), Immediate())
    bench.read()
    dialog = ImportDialog(bench)
    bench.setParent(dialog)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def button(dialog: ImportDialog) -> QPushButton:
    found = dialog.findChild(QPushButton, "importAccept")
    assert found is not None
    return found


def pick(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Open a list of choices and click the one that begins so."""
    (at,) = [at for at in range(box.count()) if box.itemText(at).startswith(text)]
    box.showPopup()
    view = box.view()
    place = view.visualRect(view.model().index(at, 0)).center()
    qtbot.mouseMove(view.viewport(), place)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def select(dialog: ImportDialog, row: int, *columns: int) -> None:
    view = dialog.preview
    for at, column in enumerate(columns):
        flag = QItemSelectionModel.SelectionFlag.Select if at else QItemSelectionModel.SelectionFlag.ClearAndSelect
        view.selectionModel().setCurrentIndex(view.sheet.index(row, column), flag)


def one(dialog: ImportDialog) -> Table:
    assert dialog.candidate is not None
    table = dialog.candidate.result.table
    assert table is not None, dialog.summary.text()
    return table
