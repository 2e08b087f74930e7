"""Importing a table again: finds its files, shows what has changed in them, and applies it as one step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.files.again import LayoutChanged, files_of, read_again
from core.files.importing import known_labels
from core.files.merging import Cells, Comparison, refreshed
from core.files.readers import read
from core.project import Project
from core.table import Table
from core.text import Text, text
from gui.background import Background
from gui.importing.conflicts import ROOM, ConflictChoice, brought, count, decision, sentences
from gui.importing.meter import PAUSE, Meter, Stopped, show_fraction
from gui.incoming import FORMATS
from gui.preferences import Preferences
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, show

GRACE = 300
"""Milliseconds in which most files are read; only for others one is asked to wait."""


class RefreshDialog(QDialog):
    """Shows what files say now that the table does not say. Changes nothing itself."""

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        """Starts by taking everything from the file and removing nothing."""
        super().__init__(parent)
        self.setObjectName("refreshDialog")
        self.setWindowTitle(_("Import “{table}” again").format(table=show(comparison.into.title)))
        self.choice = ConflictChoice(comparison, take=True)
        self.choice.setVisible(bool(comparison.conflicts))
        gone = _gone(comparison)
        self.remove = QCheckBox(_("Remove from the table what is no longer in the file"))
        self.remove.setObjectName("removeGone")
        self.remove.setAccessibleName(self.remove.text())
        self.remove.setVisible(bool(gone))
        buttons = decision(self, "refresh", _("Apply the changes"))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.setSpacing(10)
        box.addWidget(sentences((*brought(comparison), *gone)))
        box.addWidget(self.remove)
        box.addWidget(self.choice, 1)
        box.addWidget(buttons)
        if comparison.conflicts:
            self.resize(*ROOM)
            self.choice.view.setFocus()

    def ask(self) -> tuple[Cells, bool] | None:
        """Show the dialog and wait: cells that stay, and whether to remove what is gone; None for cancelled."""
        if self.exec() != QDialog.DialogCode.Accepted:
            return None
        return self.choice.model.cells_by_hand(), self.remove.isChecked()


def import_again(
    session: Session,
    prompts: Prompts,
    preferences: Preferences,
    table_id: str,
    beside: Path | None = None,
    parent: QWidget | None = None,
    ask: Callable[[RefreshDialog], tuple[Cells, bool] | None] = RefreshDialog.ask,
) -> tuple[Path, ...]:
    """Refresh a table from its files; `beside` is the folder of the project.

    Returns the files where they no longer lie as they did, so that a person has to look at them; else nothing.
    """
    table = session.project.table(table_id)
    if table is None:
        return ()
    paths = _paths(table, prompts, preferences, beside)
    if paths is None:
        return ()
    found = _compare(session.project, table, paths, parent)
    if isinstance(found, LayoutChanged):
        prompts.tell(_("Import again"), show(found.why) + "\n" + _("Check what the file holds in the next window."))
        return tuple(paths.values())
    if isinstance(found, Text):
        prompts.tell(_("Import again"), show(found))
    elif found is not None:
        _apply(session, prompts, found, parent, ask)
    return ()


def _paths(table: Table, prompts: Prompts, preferences: Preferences, beside: Path | None) -> dict[str, Path] | None:
    """Where the files of a table are; asks for those that are not where they were. None for cancelled."""
    files = files_of(table)
    if files and not any("." in file for file in files):  # the name of a file has a suffix
        prompts.tell(_("Import again"), _("This table was pasted, so that there is no file to read again."))
        return None
    paths: dict[str, Path] = {}
    for file in files:
        remembered = [preferences.import_path(table.id, file), beside / file if beside is not None else None]
        path = next((each for each in remembered if each is not None and each.is_file()), None)
        if path is None:
            filters = _("Tables ({formats})").format(formats=FORMATS) + ";;" + _("All files (*)")
            path = prompts.open_file(_("Where is “{name}”?").format(name=file), filters)
        if path is None:
            return None
        for name in (file, path.name):  # from now on the numbers come from a file of this name
            preferences.remember_import(table.id, name, path)
        paths[file] = path
    if not paths:
        prompts.tell(_("Import again"), _("This table was not imported from a file."))
        return None
    return paths


def _apply(
    session: Session,
    prompts: Prompts,
    found: Comparison,
    parent: QWidget | None,
    ask: Callable[[RefreshDialog], tuple[Cells, bool] | None],
) -> None:
    if found.nothing and not _gone(found):
        session.attempt("refresh_table", table=found.into.id, new=found.new)  # cells may have moved in the file
        words = text("Nothing has changed: the file says what “{table}” says.", table=found.into.title)
        prompts.tell(_("Import again"), show(words))
        return
    dialog = RefreshDialog(found, parent)
    try:
        answer = ask(dialog)
    finally:
        dialog.deleteLater()
    if answer is not None:
        by_hand, remove = answer
        session.attempt("refresh_table", table=found.into.id, new=found.new, by_hand=by_hand, remove=remove)


def _gone(comparison: Comparison) -> tuple[Text, ...]:
    series, periods = len(comparison.gone_series), len(comparison.gone_periods)
    if not series and not periods:
        return ()
    said = text(
        "No longer in the file: {series} series and {periods} periods.", series=count(series), periods=count(periods)
    )
    return (said,)


# ---- reading in the background ----


@dataclass(slots=True)
class _Answer:
    """What the reading came to."""

    found: Comparison | LayoutChanged | Text | None = None


def _compare(
    project: Project, table: Table, paths: dict[str, Path], parent: QWidget | None
) -> Comparison | LayoutChanged | Text | None:
    """What the files say against the table; why they cannot be read; None where the person did not wait."""
    stop, answer = threading.Event(), _Answer()

    meter = Meter(lambda: not stop.is_set())

    def job() -> Comparison | LayoutChanged | Text | None:
        try:
            files = {name: read(path, tick=meter) for name, path in paths.items()}
            return refreshed(table, read_again(table, files, known_labels(project), meter))
        except UserError as error:
            return error.message
        except LayoutChanged as changed:
            return changed
        except Stopped:
            return None

    runner = Background()
    waiting = _Waiting(_("Reading {name} …").format(name=", ".join(paths)), meter, parent)

    def take(found: Comparison | LayoutChanged | Text | None) -> None:
        answer.found = found
        waiting.finished_reading()

    runner.run(job, take)
    runner.wait_a_moment(GRACE)
    if not waiting.done_already:
        waiting.exec()
        stop.set()
        runner.leave()
    waiting.deleteLater()
    return answer.found if not waiting.cancelled else None


class _Waiting(QDialog):
    """Says what is read, and lets one stop it."""

    def __init__(self, words: str, meter: Meter, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("readingAgain")
        self.setWindowTitle(_("Import again"))
        self.done_already = self.cancelled = False
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        bar = QProgressBar()
        bar.setObjectName("readingProgress")
        bar.setAccessibleName(_("Progress"))
        show_fraction(bar, None)
        looking = QTimer(self)
        looking.timeout.connect(lambda: show_fraction(bar, meter.fraction))
        looking.start(PAUSE)
        bar.setTextVisible(False)
        buttons = QDialogButtonBox()
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("readingCancel")
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.addWidget(label)
        box.addWidget(bar)
        box.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 50)

    def finished_reading(self) -> None:
        """There is an answer."""
        self.done_already = True
        if not self.cancelled:
            self.accept()

    def reject(self) -> None:
        """The person does not want to wait."""
        self.cancelled = True
        super().reject()
