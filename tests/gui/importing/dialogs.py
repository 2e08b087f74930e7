"""Ways to use the import dialog as a person does; shared by its tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from core.files.importing import known_labels
from core.project import Project
from core.table import Table
from gui.background import Immediate
from gui.importing.dialog import ImportDialog
from gui.importing.layouts import Layouts
from gui.importing.sources import Source
from gui.importing.target import Decide, ask_about_conflicts
from gui.importing.work import Workbench
from tests.conftest import Answers


def csv_file(folder: Path, content: str, name: str = "figures.csv") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


def opened(
    qtbot: QtBot,
    paths: Path | Sequence[Path],
    project: Project,
    *,
    prompts: Answers | None = None,
    layouts: Layouts | None = None,
    decide: Decide = ask_about_conflicts,
) -> ImportDialog:
    kept = layouts or Layouts()
    sources = [Source(path) for path in ([paths] if isinstance(paths, Path) else paths)]
    bench = Workbench(sources, known_labels(project), Immediate(), kept.families.recall)
    bench.read()
    dialog = ImportDialog(bench, prompts or Answers(), project.tables, kept, decide)
    bench.setParent(dialog)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def button(dialog: ImportDialog, name: str = "importAccept") -> QPushButton:
    found = dialog.findChild(QPushButton, name)
    assert found is not None, name
    return found


def click(qtbot: QtBot, dialog: ImportDialog, name: str) -> None:
    qtbot.mouseClick(button(dialog, name), Qt.MouseButton.LeftButton)


def pick(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Open a list of choices and take the one that begins so, by Enter: just opened, it takes no click for a while."""
    exact = [at for at in range(box.count()) if box.itemText(at) == text]
    (at,) = exact or [at for at in range(box.count()) if box.itemText(at).startswith(text)]
    box.showPopup()
    view = box.view()
    view.setCurrentIndex(view.model().index(at, box.modelColumn()))
    qtbot.keyClick(view, Qt.Key.Key_Return)


def header_menu(qtbot: QtBot, dialog: ImportDialog, *, column: int = -1, row: int = -1) -> QMenu:
    """Click the header of a column or of a row; the menu that opens."""
    view = dialog.page.preview
    header, at = (view.across, column) if column >= 0 else (view.down, row)
    middle = header.sectionViewportPosition(at) + header.sectionSize(at) // 2
    place = QPoint(middle, header.height() // 2) if column >= 0 else QPoint(header.width() // 2, middle)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return shown_menu(dialog)


def shown_menu(dialog: ImportDialog) -> QMenu:
    (menu,) = [each for each in dialog.findChildren(QMenu) if each.isVisible()]
    return menu


def choose(qtbot: QtBot, menu: QMenu, *path: str) -> None:
    """Go through a menu and its submenus with the keyboard."""
    for at, words in enumerate(path):
        (action,) = [each for each in menu.actions() if each.text() == words]
        menu.setActiveAction(action)
        if at + 1 < len(path):
            qtbot.keyClick(menu, Qt.Key.Key_Right)
            menu = _submenu(action)
        else:
            qtbot.keyClick(menu, Qt.Key.Key_Return)


def _submenu(action: QAction) -> QMenu:
    menu = action.menu()
    assert isinstance(menu, QMenu)
    return menu


def select(dialog: ImportDialog, row: int, *columns: int) -> None:
    view = dialog.page.preview
    for at, column in enumerate(columns):
        flag = QItemSelectionModel.SelectionFlag.Select if at else QItemSelectionModel.SelectionFlag.ClearAndSelect
        view.selectionModel().setCurrentIndex(view.sheet.index(row, column), flag)


def parts(dialog: ImportDialog) -> list[QTreeWidgetItem]:
    """What stands in the list at the left, without the sheets inside."""
    tree = dialog.page.parts.tree
    return [item for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at)) is not None]


def said(dialog: ImportDialog) -> str:
    """All that stands below the preview."""
    outcome = dialog.page.outcome
    labels = (outcome.problem, outcome.headline, outcome.asked, outcome.summary)
    return "\n".join(each.text() for each in labels if each.text())


def one(dialog: ImportDialog) -> Table:
    assert dialog.candidate is not None
    table = dialog.candidate.result.table
    assert table is not None, said(dialog)
    return table
