"""The window: menus, title, the question on closing, and what comes in from outside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QMenu

from core.about import NAME, VERSION
from core.errors import UserError
from core.text import Text
from gui.actions import build_menus
from gui.documents import Documents
from gui.incoming import FORMATS, DropSheet, clipboard_files, clipboard_text, sorted_out
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
        self._drops = DropSheet(self)
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
        self.workspace.data.paste_requested.connect(self.paste_table)
        self.workspace.data.again_requested.connect(self.import_again)
        self._drops.dropped.connect(self._open_later)
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
            self._session.begin()
            QTimer.singleShot(0, self.workspace, self.workspace.build_all)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        self._drops.enter(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self._drops.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Projects are opened, anything else is imported."""
        self._drops.drop(event)

    def _open_later(self, paths: tuple[Path, ...]) -> None:
        """A question now would freeze the program that the files are dragged from."""
        QTimer.singleShot(0, self, lambda: self.open_paths(paths))

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open a project file, import all other files into the present project, and tell of what is neither."""
        incoming = sorted_out(paths)
        if incoming.refused:
            self._prompts.tell(NAME, "\n".join(map(show, incoming.refused)))
        if incoming.project is not None and not self._documents.open(incoming.project):
            return
        if incoming.data:
            self._import(incoming.data)

    def import_data(self) -> None:
        """Ask for files and import them."""
        filters = _("Tables ({formats})").format(formats=FORMATS) + ";;" + _("All files (*)")
        paths = self._prompts.open_files(_("Import data"), filters)
        if paths:
            self._import(paths)

    def paste_table(self) -> None:
        """Import the table in the clipboard, or the files that were copied there."""
        from gui.importing.dialog import import_pasted
        from gui.importing.layouts import Layouts

        copied = clipboard_files()
        if copied:
            self.open_paths(copied)
            return
        try:
            pasted = clipboard_text()
        except UserError as error:
            self._say(error.message)
            return
        layouts = Layouts(self._preferences.layouts_path)
        self._show_imported(import_pasted(self._session, self._prompts, pasted, self, layouts=layouts))

    def _import(self, paths: Sequence[Path]) -> None:
        from gui.importing.dialog import import_files
        from gui.importing.layouts import Layouts

        layouts = Layouts(self._preferences.layouts_path)
        tables = import_files(self._session, self._prompts, paths, self, layouts=layouts)
        for table in filter(None, map(self._session.project.table, tables)):
            for path in paths:
                self._preferences.remember_import(table.id, path.name, path)
        self._show_imported(tables)

    def import_again(self, table: str) -> None:
        """Bring a table up to date from its file."""
        from gui.importing.again import import_again

        beside = self._documents.path.parent if self._documents.path is not None else None
        changed = import_again(self._session, self._prompts, self._preferences, table, beside, self)
        if changed:
            self._import(changed)

    def _show_imported(self, tables: tuple[str, ...]) -> None:
        if tables:
            self.workspace.show_data()
            self.workspace.data.show_imported(tables[0])

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
