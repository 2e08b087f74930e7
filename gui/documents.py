"""The document of the window: new, open, save, recent files, and the question about unsaved changes."""

from __future__ import annotations

import uuid
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from core.about import FILE_SUFFIX, NAME
from core.errors import UserError
from core.project import Project
from core.sample import sample
from core.text import Bilingual
from gui.preferences import Preferences
from gui.prompts import Answer, Prompts
from gui.session import Session
from gui.text import _, show


class Documents(QObject):
    """Knows the file of the session's project. Nothing is lost: a refused save leaves the document modified."""

    changed = Signal()
    """Path, title or modified mark may be different."""

    about_to_read = Signal()
    """The project is about to be saved or left: views apply what is still being written."""

    def __init__(self, session: Session, prompts: Prompts, preferences: Preferences) -> None:
        """A session that was just made belongs to no file."""
        super().__init__()
        self._session, self._prompts, self._preferences = session, prompts, preferences
        self.path: Path | None = None
        session.stack.cleanChanged.connect(self._clean_changed)
        session.project_changed.connect(self._project_changed)

    @property
    def modified(self) -> bool:
        """Whether there is something to lose."""
        return not self._session.stack.isClean()

    @property
    def name(self) -> str:
        """What people call the document: its file, else the project's title."""
        if self.path is not None:
            return self.path.stem
        return show(self._session.project.title) or _("Untitled")

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened or saved last."""
        return self._preferences.recent

    def new(self) -> None:
        """An empty project, after the question about unsaved changes."""
        if self.may_leave():
            self._show(Project(uuid.uuid4().hex, Bilingual("Untitled", "未命名")), None)

    def open_sample(self) -> None:
        """The sample project."""
        if self.may_leave():
            self._show(sample(), None)

    def choose_and_open(self) -> None:
        """Ask for a project file and open it."""
        if not self.may_leave():
            return
        path = self._prompts.open_file(_("Open project"), _filter())
        if path is not None:
            self._read(path)

    def open(self, path: Path) -> bool:
        """Open a project file, after the question about unsaved changes; False where nothing was opened."""
        return self.may_leave() and self._read(path)

    def forget_recent(self) -> None:
        """Clear the list of recent files."""
        self._preferences.forget()
        self.changed.emit()

    def save(self) -> bool:
        """Write to the document's file, asking for one at first; False where it was not written."""
        self.about_to_read.emit()
        return self.save_as() if self.path is None else self._write(self.path)

    def save_as(self) -> bool:
        """Ask where, and write."""
        self.about_to_read.emit()
        suggestion = str(self.path or Path(self.name + FILE_SUFFIX))
        path = self._prompts.save_file(_("Save project"), _filter(), suggestion)
        if path is None:
            return False
        return self._write(path if path.suffix == FILE_SUFFIX else path.with_name(path.name + FILE_SUFFIX))

    def may_leave(self) -> bool:
        """Ask about unsaved changes where there are any; False for "cancel" and for a save that failed."""
        self.about_to_read.emit()
        if not self.modified:
            return True
        answer = self._prompts.unsaved(self.name)
        return answer is Answer.DISCARD or (answer is Answer.SAVE and self.save())

    def _read(self, path: Path) -> bool:
        from core.files.project_file import read_project

        try:
            project = read_project(path)
        except UserError as error:
            self._prompts.tell(NAME, show(error.message))
            return False
        self._show(project, path)
        return True

    def _write(self, path: Path) -> bool:
        from core.files.project_file import write_project

        try:
            write_project(self._session.project, path)
        except UserError as error:
            self._prompts.tell(NAME, show(error.message))
            return False
        self.path = path
        self._session.saved()
        self._preferences.remember(path)
        self.changed.emit()
        return True

    def _show(self, project: Project, path: Path | None) -> None:
        self.path = path
        self._session.open(project)
        if path is not None:
            self._preferences.remember(path)
        self.changed.emit()

    def _clean_changed(self, _clean: bool) -> None:
        self.changed.emit()

    def _project_changed(self, before: Project, after: Project) -> None:
        if before.study is not after.study or before.title is not after.title or _labels(before) != _labels(after):
            self.changed.emit()


def _labels(project: Project) -> list[int]:
    """Identities of what the title bar takes its names from."""
    return [id(table.labels) for table in project.tables]


def _filter() -> str:
    return _("{name} projects (*{suffix})").format(name=NAME, suffix=FILE_SUFFIX)
