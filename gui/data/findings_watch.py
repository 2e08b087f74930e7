"""The findings of the data checks for the session's project: looked for beside the window, after the results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.project import Project
from gui.data.findings_marks import Marks, marks_of
from gui.session import Session

if TYPE_CHECKING:
    from core.checks.finding import Finding


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """The findings of a project, those that stand by the cells they mark, and why the others were dismissed."""

    project: Project
    all: tuple[Finding, ...] = ()
    keys: tuple[str, ...] = ()
    """The key of each, which takes long enough to make to be kept."""
    marks: Mapping[str, Marks] = field(default_factory=dict)

    def reason(self, at: int) -> str | None:
        """Why a finding was dismissed; None for one that stands."""
        return self.project.analysis.dismissed.get(self.keys[at])

    def is_of(self, project: Project) -> bool:
        """Whether a project is the same for the checks, with the same dismissals."""
        return _is_same(self.project, project) and self.project.analysis.dismissed == project.analysis.dismissed

    @property
    def standing(self) -> tuple[Finding, ...]:
        """The findings that nobody dismissed."""
        return tuple(each for at, each in enumerate(self.all) if self.reason(at) is None)


class FindingsWatch(QObject):
    """Belongs to the session, so that a window that is built again finds what was found."""

    changed = Signal(object)
    """The newest `Found`."""
    began = Signal()

    def __init__(self, session: Session) -> None:
        """Begins with the next results, or at once where they are there."""
        super().__init__(session)
        self._session = session
        self._runner = session.another_runner()
        self._newest = 0
        self._stopped = Event()
        self.found: Found | None = None
        session.project_changed.connect(self._stop)
        session.results_changed.connect(self._look)
        if session.results.tables:
            self._look()

    @property
    def busy(self) -> bool:
        """Whether what was found belongs to older tables."""
        return self.found is None or not _is_same(self.found.project, self._session.project)

    def leave(self) -> None:
        """Look no more, as when the program ends: nobody waits for checks that nobody will see."""
        self._session.results_changed.disconnect(self._look)
        self._stop()

    def _stop(self) -> None:
        """What runs is about an older project and ends at its next tick."""
        self._newest += 1
        self._stopped.set()

    def _look(self) -> None:
        project, before = self._session.project, self.found
        if before is not None and before.is_of(project):
            return
        self._newest += 1
        number = self._newest

        def tick() -> None:
            if number != self._newest:
                raise _Stopped

        lull, stopped = self._runner.lull, Event()
        self._stopped = stopped

        def look() -> Found | None:
            return None if stopped.wait(lull) else _look(project, before, tick)

        self._runner.run(look, self._take)
        if self.busy:
            self.began.emit()

    def _take(self, found: Found | None) -> None:
        if found is not None and found.is_of(self._session.project):
            self.found = found
            self.changed.emit(found)


def watch_of(session: Session) -> FindingsWatch:
    """The one watch of a session, made when it is first asked for."""
    known = session.findChild(FindingsWatch)
    return known if isinstance(known, FindingsWatch) else FindingsWatch(session)


class _Stopped(Exception):
    """A newer project is there."""


def _is_same(one: Project, two: Project) -> bool:
    """Whether two projects have all that the checks see in common: the tables, and which serve one another."""
    return one.tables is two.tables and one.study.bindings == two.study.bindings


def _look(project: Project, before: Found | None, tick: Callable[[], None]) -> Found | None:
    from core.checks import check_project

    try:
        if before is not None and _is_same(before.project, project):
            all_found, keys = before.all, before.keys
        else:
            all_found = check_project(project, tick)
            keys = tuple(each.key for each in all_found)
        found = Found(project, all_found, keys)
        tick()
        return replace(found, marks=marks_of(project, found.standing))
    except _Stopped:
        return None
