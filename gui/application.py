"""The application: language, theme, window, and what happens to an error that nobody expected."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QTimer, QTranslator, Signal
from PySide6.QtGui import QFileOpenEvent, QIcon
from PySide6.QtWidgets import QApplication

from core.about import NAME, VERSION
from core.places import RESOURCES
from core.project import Project
from core.sample import sample
from gui import style
from gui.background import Background, Runner, wait_for_the_left
from gui.data.findings_watch import watch_of
from gui.documents import Documents
from gui.faults import Faults, log_to_file
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.prompts import Prompts, QtPrompts
from gui.session import Session
from gui.text import set_language

_LATER = 300
"""Milliseconds after which a file that came while a dialog was open is tried again."""


class Desk(QObject):
    """One session and its window; builds the window again when language or theme change."""

    def __init__(
        self, application: QApplication, project: Project, runner: Runner, prompts: Prompts, preferences: Preferences
    ) -> None:
        """Builds the window but does not show it."""
        super().__init__()
        self._application, self._prompts, self._preferences = application, prompts, preferences
        self._translator: QTranslator | None = None
        self._asked: list[Path] = []
        self._dress()
        runner.hold()
        self.session = Session(project, runner)
        self.documents = Documents(self.session, prompts, preferences)
        self.window = self._build()
        application.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def rebuild(self) -> None:
        """Another window on the same session; what was chosen in it stays chosen."""
        old = self.window
        old.workspace.commit()
        state, visible = old.workspace.state(), old.isVisible()
        self._dress()
        self.window = self._build()
        self.window.workspace.restore(state)
        if visible:
            self.window.setGeometry(old.geometry())
            self.window.show()
        old.leave_silently()

    def open_at_start(self, path: Path) -> None:
        """A file that the program was started with, or that the system asks it to open.

        Several files arrive one by one; they are opened together, and never below a dialog about earlier ones.
        """
        self._asked.append(path)
        QTimer.singleShot(0, self, self._open_asked)

    def _open_asked(self) -> None:
        if QApplication.activeModalWidget() is not None:
            QTimer.singleShot(_LATER, self, self._open_asked)
            return
        paths, self._asked = self._asked, []
        if paths:
            self.window.open_paths(paths)

    def close(self) -> None:
        """Let the window go without a question; for tests and the self-test."""
        self._application.styleHints().colorSchemeChanged.disconnect(self._scheme_changed)
        watch_of(self.session).leave()
        self.session.wait()
        self.window.leave_silently()
        wait_for_the_left()

    def _build(self) -> MainWindow:
        window = MainWindow(self.session, self.documents, self._prompts, self._preferences)
        window.rebuild_requested.connect(self._rebuild_later)
        return window

    def _rebuild_later(self) -> None:
        """Not from inside the menu that asked for it."""
        QApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        """The rebuild that was asked for."""
        if event.type() == QEvent.Type.User:
            self.rebuild()
            return True
        return super().event(event)

    def _scheme_changed(self) -> None:
        if self._preferences.theme == "system":
            self._rebuild_later()

    def _dress(self) -> None:
        """Set language and theme of everything that is built from now on; Qt's own dialogs too."""
        language = self._preferences.language
        set_language(language)
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
        if language == "zh":
            translator = QTranslator(self)
            if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                self._application.installTranslator(translator)
                self._translator = translator
        style.apply_theme(self._application, self._preferences.theme)


class Application(QApplication):
    """Says when macOS asks the running program to open a file, which arrives as an event and not as an argument."""

    file_asked = Signal(Path)

    def event(self, event: QEvent) -> bool:
        """Only events to the application itself pass here."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_asked.emit(Path(event.file()))
            return True
        return super().event(event)


def make_application() -> Application:
    """The QApplication with name, icon and fonts."""
    QApplication.setApplicationName(NAME)
    QApplication.setApplicationVersion(VERSION)
    QApplication.setOrganizationName(NAME)
    application = Application(sys.argv[:1])
    application.setWindowIcon(QIcon(str(RESOURCES / "icons" / "app.svg")))
    style.load_fonts()
    return application


def start(path: Path | None) -> int:
    """Open the window on a file, or on the sample project; returns when the last window is closed."""
    application = make_application()
    log_to_file()
    prompts = QtPrompts()
    faults = Faults(prompts)
    faults.install()
    desk = Desk(application, sample(), Background(), prompts, Preferences())
    desk.window.show()
    application.file_asked.connect(desk.open_at_start)
    if path is not None:
        desk.open_at_start(path)
    code = application.exec()
    desk.close()
    return code
