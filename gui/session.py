"""The session: the one place where the current project is replaced, undone and analysed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from core.analysis import analyse
from core.edits import apply, edits
from core.errors import UserError
from core.journal import Step
from core.memory import held
from core.project import Project
from core.results import Results
from core.text import Text
from gui.background import Runner
from gui.text import show

UNDO_BUDGET = 256 * 2**20
"""Bytes that the undo stack may hold beside the present project; older steps go first."""


class _Swap(QUndoCommand):
    """The only command: it shows the project before or after, so undoing can neither fail nor be forgotten."""

    def __init__(self, session: Session, before: Project, after: Project, label: Text, merge: Hashable) -> None:
        super().__init__(show(label))
        self.session, self.before, self.after, self.label, self.merge = session, before, after, label, merge
        self.bytes = held(after, before) + held(before, after)

    def redo(self) -> None:
        self.session.swap(self.after)

    def undo(self) -> None:
        self.session.swap(self.before)

    def id(self) -> int:
        return 1 if self.merge is not None else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Swap) or other.merge != self.merge:
            return False
        self.after = other.after
        self.bytes = held(self.after, self.before) + held(self.before, self.after)
        return True


class Session(QObject):
    """Project, results and undo stack. Views read from here, change only through `apply`, and listen."""

    project_changed = Signal(object, object)
    """Before, after: compare objects, what is the same has not changed."""
    results_changed = Signal(object)
    refused = Signal(object)
    """A `Text`: why an edit was not done, for edits that have no better place to say so."""

    def __init__(self, project: Project, runner: Runner, budget: int = UNDO_BUDGET) -> None:
        """Starts with results not yet computed; they arrive through `results_changed`."""
        super().__init__()
        self._project = project
        self._results = Results(project)
        self._runner = runner
        self._others: list[Runner] = []
        self._budget = budget
        self._rebuilding = False
        self._sizes: list[int] = []
        """Bytes held by each step of the stack."""
        self.stack = QUndoStack(self)
        self.record: Callable[[Step], None] = _ignore
        self._analyse()

    @property
    def project(self) -> Project:
        """The present project."""
        return self._project

    @property
    def results(self) -> Results:
        """The newest results; they may belong to an older project for a moment (`results.project`)."""
        return self._results

    def apply(self, name: str, /, *, merge: Hashable = None, **arguments: Any) -> bool:
        """Do an edit as one undo step; False where nothing changed. Raises UserError and leaves no trace if refused.

        Steps with the same `merge` that follow each other become one.
        """
        after = apply(self._project, name, **arguments)
        if after is self._project:
            return False
        steps = self.stack.index()
        self.stack.push(_Swap(self, self._project, after, edits()[name].label, merge))
        merged = self.stack.index() == steps
        self._count(steps - 1 if merged else steps)
        self.record(Step("apply", name, arguments, merged=merged))
        return True

    def attempt(self, name: str, /, *, merge: Hashable = None, **arguments: Any) -> bool:
        """`apply` that says through `refused` why it was refused; False then, and where nothing changed."""
        try:
            return self.apply(name, merge=merge, **arguments)
        except UserError as error:
            self.refused.emit(error.message)
            return False

    def undo(self) -> None:
        """One step back."""
        if self.stack.canUndo():
            self.record(Step("undo"))
            self.stack.undo()

    def redo(self) -> None:
        """One step forward again."""
        if self.stack.canRedo():
            self.record(Step("redo"))
            self.stack.redo()

    def undo_label(self) -> Text | None:
        """What undo would take back, or None."""
        return self._label(self.stack.index() - 1)

    def redo_label(self) -> Text | None:
        """What redo would do again, or None."""
        return self._label(self.stack.index())

    def _label(self, at: int) -> Text | None:
        command = self.stack.command(at) if 0 <= at < self.stack.count() else None
        return command.label if isinstance(command, _Swap) else None

    def saved(self) -> None:
        """The present project is what the file holds."""
        self.record(Step("saved"))
        self.stack.setClean()

    def open(self, project: Project) -> None:
        """Another document: nothing of the old one can be undone into it."""
        self.stack.clear()
        self._sizes.clear()
        self.swap(project)

    def swap(self, project: Project) -> None:
        """Show a project; only the undo stack calls this."""
        if self._rebuilding or project is self._project:
            return
        before, self._project = self._project, project
        self.project_changed.emit(before, project)
        self._analyse()

    def wait(self) -> None:
        """Return when the results are those of the present project, and all that is made of them is there."""
        for each in (self._runner, *self._others):
            each.wait()

    def begin(self) -> None:
        """Compute what waited for the window to be painted."""
        self._runner.release()

    def another_runner(self) -> Runner:
        """A runner for other long work on the project, for which `wait` waits too."""
        self._others.append(self._runner.another())
        return self._others[-1]

    def _analyse(self) -> None:
        project, previous = self._project, self._results
        self._runner.run(lambda: _analysed(project, previous), self._take)

    def _take(self, results: Results) -> None:
        self._results = results
        self.results_changed.emit(results)

    def _count(self, at: int) -> None:
        """Note what the newest step holds; the steps behind it are gone."""
        command = self.stack.command(at)
        assert isinstance(command, _Swap)
        self._sizes[at:] = [command.bytes]
        if sum(self._sizes) > self._budget and len(self._sizes) > 1:
            self._forget()

    def _forget(self) -> None:
        """Forget the oldest steps. QUndoStack cannot do that, so it is filled again with the others."""
        drop, total = 0, sum(self._sizes)
        while total > self._budget and drop < len(self._sizes) - 1:
            total -= self._sizes[drop]
            drop += 1
        self._sizes = self._sizes[drop:]
        swaps = [each for at in range(self.stack.count()) if isinstance(each := self.stack.command(at), _Swap)]
        kept = [(each.before, each.after, each.label, each.merge) for each in swaps[drop:]]
        clean = self.stack.cleanIndex() - drop
        self._rebuilding = True
        self.stack.clear()
        for at, (before, after, label, _merge) in enumerate(kept):
            if at == clean:
                self.stack.setClean()
            self.stack.push(_Swap(self, before, after, label, None))
        if clean < 0:
            self.stack.resetClean()
        elif clean == len(kept):
            self.stack.setClean()
        self._rebuilding = False


def _analysed(project: Project, previous: Results) -> Results:
    """Results of which the window can ask what can be computed without waiting."""
    results = analyse(project, previous)
    for table in results.tables.values():
        table.plan()
    return results


def _ignore(step: Step) -> None:
    """The journal of a session that keeps none."""
