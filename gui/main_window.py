"""The window: three tabs over one session, menus, title, and the question on closing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QSplitter, QTabWidget, QWidget

from core.about import FILE_SUFFIX, NAME, VERSION
from core.text import Text
from gui.actions import build_menus
from gui.data.tab import DataTab
from gui.documents import Documents
from gui.importing.dialog import import_file
from gui.indices.tab import IndicesTab
from gui.menus import fill_recent, menus
from gui.preferences import Preferences
from gui.prompts import Prompts
from gui.session import Session
from gui.swot.tab import SwotTab
from gui.text import _, show
from gui.title import window_title

MESSAGE_TIME = 10_000


class MainWindow(QMainWindow):
    """Shows one session; it can be thrown away and built again in another language or theme at any time."""

    rebuild_requested = Signal()
    closed = Signal()

    def __init__(self, session: Session, documents: Documents, prompts: Prompts, preferences: Preferences) -> None:
        """Builds everything from the session; `state` of an older window is given to `restore`."""
        super().__init__()
        self.setObjectName("mainWindow")
        self._session, self._documents = session, documents
        self._prompts, self._preferences = prompts, preferences
        self._leaving = False
        self.setAcceptDrops(True)
        self.data = DataTab(session, prompts, self)
        self.indices = IndicesTab(session, prompts, self)
        self.swot = SwotTab(session, prompts, self)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("tabs")
        self.tabs.setDocumentMode(True)
        self._names = {self.data: _("Data"), self.indices: _("Indices"), self.swot: _("SWOT")}
        self._beside = QSplitter(Qt.Orientation.Horizontal, self)
        self._beside.setObjectName("dataBeside")
        self._beside.setChildrenCollapsible(False)
        self._beside.addWidget(self.tabs)
        self.setCentralWidget(self._beside)
        self._actions = build_menus(self.menuBar(), menus(self, session, documents, preferences), self)
        self._arrange(preferences.beside)
        self._connect()
        self.resize(1280, 800)
        if not preferences.geometry.isEmpty():
            self.restoreGeometry(preferences.geometry)
        self._show_title()
        self._show_steps()

    def _connect(self) -> None:
        session, documents = self._session, self._documents
        session.refused.connect(self._refused)
        session.stack.indexChanged.connect(self._show_steps)
        session.stack.cleanChanged.connect(self._show_steps)
        documents.changed.connect(self._show_title)
        self.data.import_requested.connect(self.import_data)
        self.indices.send_to_board.connect(self._send_to_board)
        self.swot.show_line.connect(self._show_line)
        self.swot.refused.connect(self._refused)
        recent = self.menuBar().findChild(QMenu, "recentMenu")
        if recent is not None:
            recent.aboutToShow.connect(self._fill_recent)

    def state(self) -> dict[str, Any]:
        """What a window built anew shows again."""
        return {
            "tab": self._names_of().index(self.tabs.currentWidget()),
            "table": self.data.current_table(),
            "index": self.indices.current_index(),
            "splitter": self._beside.saveState(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show what an older window showed."""
        if state["table"]:
            self.data.show_table(state["table"])
        if state["index"]:
            self.indices.show_index(state["index"])
        self.tabs.setCurrentWidget(self._names_of()[state["tab"]])
        splitter = state["splitter"]
        if isinstance(splitter, QByteArray):
            self._beside.restoreState(splitter)

    def _names_of(self) -> list[QWidget]:
        return [self.data, self.indices, self.swot]

    def leave_silently(self) -> None:
        """Close for a rebuilt window: no question, and the application goes on."""
        self._leaving = True
        self._preferences.geometry = self.saveGeometry()
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes; "cancel" keeps the window."""
        if self._leaving or self._documents.may_leave():
            self._preferences.geometry = self.saveGeometry()
            event.accept()
            if not self._leaving:
                self.closed.emit()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project is opened, anything else is imported."""
        event.acceptProposedAction()
        for path in _files(event):
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a project file, or import a spreadsheet into the present project."""
        if path.suffix == FILE_SUFFIX:
            self._documents.open(path)
        else:
            import_file(self._session, self._prompts, path, self)

    def import_data(self) -> None:
        """Ask for a spreadsheet and import it."""
        filters = _("Spreadsheets (*.xlsx *.xlsm *.csv *.tsv *.txt)")
        path = self._prompts.open_file(_("Import data"), filters)
        if path is not None:
            import_file(self._session, self._prompts, path, self)

    def _arrange(self, beside: bool) -> None:
        """Put the data tab among the tabs, or beside them."""
        current = self.tabs.currentWidget()
        while self.tabs.count():
            self.tabs.removeTab(0)
        if beside:
            self._beside.insertWidget(0, self.data)
            self.data.show()
        for tab in self._names_of()[1 if beside else 0 :]:
            self.tabs.addTab(tab, self._names[tab])
        if current is not None and self.tabs.indexOf(current) >= 0:
            self.tabs.setCurrentWidget(current)
        if beside:
            self._beside.setSizes([self.width() // 2, self.width() // 2])

    def switch_beside(self) -> None:
        self._preferences.beside = self._actions["beside"].isChecked()
        self._arrange(self._preferences.beside)

    def show_data(self) -> None:
        self.tabs.setCurrentWidget(self.data)
        self.data.setFocus()

    def show_indices(self) -> None:
        self.tabs.setCurrentWidget(self.indices)

    def show_swot(self) -> None:
        self.tabs.setCurrentWidget(self.swot)

    def _send_to_board(self, keys: list[tuple[str, ...]], quadrant: str) -> None:
        self.swot.add_lines(keys, quadrant)
        self.show_swot()

    def _show_line(self, key: tuple[str, ...], window: object) -> None:
        self.show_indices()
        self.indices.show_line(key, window)

    def speak(self, language: str) -> None:
        """Build the window again in another language; nothing of the session changes."""
        self._preferences.language = language
        self.rebuild_requested.emit()

    def dress(self, theme: str) -> None:
        """Build the window again in another theme."""
        self._preferences.theme = theme
        self.rebuild_requested.emit()

    def about(self) -> None:
        """Name, version and licence."""
        self._prompts.tell(NAME, _("{name} {version}. Free software under the MIT licence.").format(
            name=NAME, version=VERSION))  # fmt: skip

    def _fill_recent(self) -> None:
        menu = self.sender()
        if isinstance(menu, QMenu):
            fill_recent(menu, self._documents, self)

    def _refused(self, message: Text) -> None:
        self.statusBar().showMessage(show(message), MESSAGE_TIME)

    def _show_title(self) -> None:
        self.setWindowTitle(window_title(self._documents.name, self._session.project))
        self.setWindowModified(self._documents.modified)
        self.setWindowFilePath(str(self._documents.path or ""))

    def _show_steps(self) -> None:
        """Undo and redo say what they would do, in the language of this window."""
        for name, label, word in (
            ("undo", self._session.undo_label(), _("&Undo")),
            ("redo", self._session.redo_label(), _("&Redo")),
        ):
            action = self._actions[name]
            action.setEnabled(label is not None)
            action.setText(word if label is None else f"{word}: {show(label)}")
        self.setWindowModified(self._documents.modified)


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
