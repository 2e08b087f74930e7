"""The window: menus, title, the question on closing, and files dropped on it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from core.about import FILE_SUFFIX, NAME, VERSION
from core.text import Text
from gui.actions import build_menus
from gui.documents import Documents
from gui.menus import fill_recent, menus
from gui.preferences import Preferences
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, show
from gui.title import window_title
from gui.workspace import Workspace

MESSAGE_TIME = 10_000


class MainWindow(QMainWindow):
    """Shows one session; it can be thrown away and built again in another language or theme at any time."""

    rebuild_requested = Signal()

    def __init__(self, session: Session, documents: Documents, prompts: Prompts, preferences: Preferences) -> None:
        """Builds everything from the session; what an older window showed is given to `workspace.restore`."""
        super().__init__()
        self.setObjectName("mainWindow")
        self.setAcceptDrops(True)
        self._session, self._documents = session, documents
        self._prompts, self._preferences = prompts, preferences
        self._leaving = self._painted = False
        self.workspace = Workspace(session, prompts, preferences.beside, self)
        self.setCentralWidget(self.workspace)
        self._actions = build_menus(self.menuBar(), menus(self, session, documents, preferences), self)
        self.resize(1280, 800)
        if not preferences.geometry.isEmpty():
            self.restoreGeometry(preferences.geometry)
        self._connect()
        self._show_title()
        self._show_steps()

    def _connect(self) -> None:
        self._session.refused.connect(self._say)
        self._session.stack.indexChanged.connect(self._show_steps)
        self._session.stack.cleanChanged.connect(self._show_steps)
        self._documents.changed.connect(self._show_title)
        self._documents.about_to_read.connect(self.workspace.commit)
        self.workspace.said.connect(self._say)
        self.workspace.data.import_requested.connect(self.import_data)
        recent = self.menuBar().findChild(QMenu, "recentMenu")
        if isinstance(recent, QMenu):
            recent.aboutToShow.connect(self._fill_recent)

    def leave_silently(self) -> None:
        """Close for a rebuilt window: no question, and the session goes on without this one listening."""
        self._leaving = True
        self._session.stack.indexChanged.disconnect(self._show_steps)
        self._session.stack.cleanChanged.disconnect(self._show_steps)
        self._documents.changed.disconnect(self._show_title)
        self.close()
        self.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes; "cancel" keeps the window."""
        if self._leaving or self._documents.may_leave():
            self._preferences.geometry = self.saveGeometry()
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """After the first paint the tabs behind the first one are built."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.workspace, self.workspace.build_all)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        if _files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A project is opened, anything else is imported."""
        event.acceptProposedAction()
        self._dropped = _files(event)
        QTimer.singleShot(0, self, self._open_dropped)  # a question now would freeze the program dragged from

    def _open_dropped(self) -> None:
        for path in self._dropped:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a project file, or import a spreadsheet into the present project."""
        if path.suffix.lower() == FILE_SUFFIX:
            self._documents.open(path)
        else:
            self._import(path)

    def import_data(self) -> None:
        """Ask for a spreadsheet and import it."""
        filters = _("Spreadsheets (*.xlsx *.xlsm *.csv *.tsv *.txt)")
        path = self._prompts.open_file(_("Import data"), filters)
        if path is not None:
            self._import(path)

    def _import(self, path: Path) -> None:
        from gui.importing.dialog import import_file

        tables = import_file(self._session, self._prompts, path, self)
        if tables:
            self.workspace.data.show_table(tables[0])
            self.workspace.show_data()

    def switch_beside(self) -> None:
        """Put the data beside the other tabs, or back among them."""
        self._preferences.beside = self._actions["beside"].isChecked()
        self.workspace.arrange(self._preferences.beside)

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
        sentence = _("{name} {version}. Free software under the MIT licence.")
        self._prompts.tell(NAME, sentence.format(name=NAME, version=VERSION))

    def _fill_recent(self) -> None:
        menu = self.sender()
        if isinstance(menu, QMenu):
            fill_recent(menu, self._documents, self)

    def _say(self, message: Text) -> None:
        self.statusBar().showMessage(show(message), MESSAGE_TIME)

    def _show_title(self) -> None:
        self.setWindowTitle(window_title(self._documents.name, self._session.project))
        self.setWindowFilePath(str(self._documents.path or ""))
        self._show_mark()

    def _show_mark(self) -> None:
        if self.isWindowModified() != self._documents.modified:
            self.setWindowModified(self._documents.modified)

    def _show_steps(self) -> None:
        """Undo and redo say what they would do, in the language of this window."""
        for name, label, word, with_step in (
            ("undo", self._session.undo_label(), _("&Undo"), _("&Undo: {step}")),
            ("redo", self._session.redo_label(), _("&Redo"), _("&Redo: {step}")),
        ):
            action = self._actions[name]
            action.setEnabled(label is not None)
            action.setText(word if label is None else with_step.format(step=show(label)))
        self._show_mark()


def _files(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
