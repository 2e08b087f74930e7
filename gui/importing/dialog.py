"""The import dialog: which sheets, what their rows and columns mean, and at once what will come out."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDialog, QLineEdit, QMenu, QWidget

from core.errors import UserError
from core.files.importing import known_labels
from core.files.mapping import SheetMapping
from core.files.parts import Use
from core.files.report import Suggestion
from core.table import Table
from gui.background import Background, Runner
from gui.importing.corrections import with_meant
from gui.importing.layouts import Layouts
from gui.importing.menus import Choosing, cell_menu, column_menu, row_menu
from gui.importing.meter import PAUSE, show_fraction
from gui.importing.outcome import asked_of, open_questions
from gui.importing.page import Page
from gui.importing.sources import Source
from gui.importing.target import Decide, Decision, ask_about_conflicts, decided, said_of_merge
from gui.importing.work import Again, Candidate, Workbench
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, show

GRACE = 250
"""Milliseconds for which the window waits for a small file, so that its preview is whole at first sight."""
_SHARE = 0.8
"""Of a large screen."""


class ImportDialog(QDialog):
    """Shows what a workbench makes of files and lets a person correct the guesses. Changes no project itself."""

    def __init__(
        self,
        bench: Workbench,
        prompts: Prompts,
        tables: Sequence[Table] = (),
        layouts: Layouts | None = None,
        decide: Decide = ask_about_conflicts,
        parent: QWidget | None = None,
    ) -> None:
        """`tables` are those into which an import can be merged; shows "reading" until the workbench has sheets."""
        super().__init__(parent)
        self.setObjectName("importDialog")
        name = bench.name
        self.setWindowTitle(_("Import “{name}”").format(name=name) if name else _("Import"))
        self.bench, self._decide = bench, decide
        self.decisions: dict[int, Decision] = {}
        """How those of `bench.chosen` that are merged are merged."""
        self._refused, self._offered = "", False
        self._asked: list[str] = []
        self._menu: QMenu | None = None
        self.page = Page(bench, tables, layouts or Layouts(), prompts, self)
        self._connect()
        room = QGuiApplication.primaryScreen().availableGeometry().size() - QSize(24, 60)
        self.resize(QSize(1240, 780).expandedTo(room * _SHARE).boundedTo(QSize(1680, 1050)).boundedTo(room))
        self._looking = QTimer(self)
        self._looking.timeout.connect(lambda: show_fraction(self.page.progress, self.bench.fraction))
        self._renew()

    def ask(self) -> bool:
        """Show the dialog and wait; True for "import"."""
        return self.exec() == QDialog.DialogCode.Accepted

    @property
    def candidate(self) -> Candidate | None:
        """The table that is shown."""
        current = self.page.parts.current
        return current[0] if current is not None else None

    @property
    def use(self) -> Use | None:
        """The sheet that is shown, with what it means."""
        current = self.page.parts.current
        return current[0].part.uses[current[1]] if current is not None else None

    def accept(self) -> None:
        """Only with tables, only when they are those that are wanted now, and when conflicts are decided."""
        if not self.page.import_button.isEnabled():
            return
        try:
            decisions = decided(self.page.target, self.bench.chosen, self._decide, self)
        except UserError as error:
            self._refuse(show(error.message))
            return
        if decisions is not None:
            self.decisions = decisions
            super().accept()

    def done(self, result: int) -> None:
        """Stop what still runs."""
        self.bench.stop()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes a field; it imports only from the button, so that a corrected title is no consent."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.page.import_button.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        self.bench.stop()
        super().closeEvent(event)

    def _connect(self) -> None:
        page = self.page
        self.bench.changed.connect(self._renew)
        page.parts.chosen.connect(self._show_sheet)
        page.form.corrected.connect(self._correct)
        page.form.laid.connect(self._lay)
        page.preview.selected.connect(self._show_choices)
        page.preview.column_asked.connect(self._open_column_menu)
        page.preview.row_asked.connect(self._open_row_menu)
        page.preview.cell_asked.connect(self._open_cell_menu)
        page.choices.corrected.connect(self._correct)
        page.choices.row_asked.connect(self._open_row_menu)
        page.choices.left_out.toggled.connect(page.preview.show_left_out)
        page.outcome.meant.connect(self._confirm)
        page.outcome.rejected.connect(self._dismiss)
        page.target.picked.connect(self._aim)
        page.layout_box.applied.connect(self._correct)
        page.writing.chosen.connect(self._read_as)
        page.buttons.accepted.connect(self.accept)
        page.buttons.rejected.connect(self.reject)
        for refusing in (page.form.refused, page.choices.refused, page.layout_box.refused):
            refusing.connect(self._refuse)

    # ---- showing ----

    def _renew(self) -> None:
        """Show what the workbench has now."""
        if self.bench.hopeless:
            self.reject()
            return
        self.page.progress.setVisible(self.bench.busy)
        if self.bench.busy and not self._looking.isActive():
            self._looking.start(PAUSE)
        elif not self.bench.busy:
            self._looking.stop()
            show_fraction(self.page.progress, None)
        self.page.set_open(not self.bench.reading)
        self.page.parts.renew()

    def _show_sheet(self) -> None:
        page, use, left, candidate = self.page, self.use, self.page.parts.left, self.candidate
        sheet = use.sheet if use is not None else left.sheet if left is not None else None
        mapping = use.mapping if use is not None else None
        page.preview.show_sheet(sheet, mapping)
        page.form.show_mapping(sheet, mapping, candidate.result if candidate is not None else None)
        page.choices.show_left_out(page.preview.crowded, page.preview.hiding)
        self._ask_about(mapping)
        page.writing.show_file(self.bench.text_of(sheet) if sheet is not None else None)
        page.target.show_candidate(candidate)
        page.layout_box.show_use(use)
        self._show_choices()
        self._show_outcome()

    def _ask_about(self, mapping: SheetMapping | None) -> None:
        """Mark the fields of what is not certain; its sentences stand below the preview."""
        candidate = self.candidate
        fields = open_questions(mapping, candidate.result if candidate is not None else None)
        asked = asked_of(candidate.part, fields) if candidate is not None and candidate.settled else []
        self._asked = [show(each.text) for each in asked]
        self.page.form.highlight(fields | {each.kind for each in asked})

    def _show_choices(self) -> None:
        mapping = self.use.mapping if self.use is not None else None
        self.page.choices.show_selection(mapping, self.page.preview.columns, self.page.preview.row)

    def _show_outcome(self) -> None:
        """Below the preview: what will come out of this table; on the button: of all."""
        candidate, left, page = self.candidate, self.page.parts.left, self.page
        result = candidate.result if candidate is not None else None
        found = self.bench.problem or (result.problem if result is not None else left.reason if left else None)
        problem, said = self._refused or (show(found) if found is not None else ""), []
        if self.bench.reading:
            said = [_("This is the beginning. The rest is being read …") if self.bench.provisional else _("Reading …")]
        elif candidate is not None and not candidate.settled:
            said = [_("Working it out …")]
        shown = self.use.sheet if self.use is not None else None
        if shown is not None and shown.stream is not None and not self.bench.reading:
            said.append(
                _("The first {count} rows of “{name}” are shown. All of it is imported.").format(
                    count=len(shown.rows), name=shown.file or shown.name
                )
            )
        into = page.target.table(candidate) if candidate is not None else None
        if into is not None and result is not None and result.table is not None:
            more, why = said_of_merge(into, result.table)
            said, problem = [*said, *more], problem or why
        dismissed = candidate.dismissed if candidate is not None else set()
        page.outcome.show_result(result, problem, said, dismissed, self._asked)
        count = len(self.bench.chosen)
        button = page.import_button
        button.setText(_("Import table") if count < 2 else _("Import {count} tables").format(count=count))
        lacking = any(each.chosen and each.result.table is None for each in self.bench.candidates)
        open_ = self.bench.busy or self.bench.problem is not None or bool(self._refused)
        button.setEnabled(bool(count) and not lacking and not open_)
        button.setDefault(button.isEnabled())
        writing = isinstance(self.focusWidget(), QLineEdit | QAbstractSpinBox | QComboBox)
        if button.isEnabled() and not self._offered and not writing:
            self._offered = True
            button.setFocus()

    # ---- correcting ----

    def _correct(self, mapping: SheetMapping) -> None:
        self._refused = ""
        current = self.page.parts.current
        if current is not None:
            self.bench.correct(*current, mapping)

    def _lay(self, orientation: str, header: int | None) -> None:
        self._refused = ""
        current, left = self.page.parts.current, self.page.parts.left
        if current is not None:
            self.bench.guess_again(current[0], Again(current[1], orientation, header))
        elif left is not None:
            self.bench.adopt(left, header)

    def _head(self, row: int) -> None:
        self._lay("", row)

    def _refuse(self, sentence: str) -> None:
        self._refused = sentence
        self._show_outcome()

    def _confirm(self, names: Sequence[Suggestion]) -> None:
        use = self.use
        if use is not None:
            mapping = use.mapping
            for each in names:
                mapping = with_meant(mapping, each.dimension, each.name, each.label)
            self._correct(mapping)

    def _dismiss(self, name: Suggestion) -> None:
        if self.candidate is not None:
            self.candidate.dismissed.add((name.dimension, name.name))
            self._show_outcome()

    def _aim(self, target: str) -> None:
        self._refused = ""
        if self.candidate is not None:
            self.candidate.target = target
            self._show_outcome()

    def _read_as(self, encoding: str, separator: str) -> None:
        self._refused = ""
        current, left = self.use, self.page.parts.left
        sheet = current.sheet if current is not None else left.sheet if left is not None else None
        if sheet is not None:
            self.bench.read_as(sheet.file, encoding, separator)

    # ---- menus ----

    def _choosing(self) -> Choosing | None:
        findings = self.page.preview.sheet.findings
        if findings is None or self.bench.reading:
            return None
        return Choosing(findings, self._correct, self._head)

    def _open_column_menu(self, column: int, place: QPoint) -> None:
        choosing, preview = self._choosing(), self.page.preview
        if choosing is not None:
            columns = preview.columns if column in preview.columns and len(preview.columns) > 1 else [column]
            self._popup(column_menu(choosing, columns, self), place)

    def _open_row_menu(self, row: int, place: QPoint) -> None:
        choosing = self._choosing()
        if choosing is not None:
            self._popup(row_menu(choosing, row, self.page.preview.rows, self), place)

    def _open_cell_menu(self, row: int, column: int, place: QPoint) -> None:
        choosing, preview = self._choosing(), self.page.preview
        if choosing is not None:
            self._popup(cell_menu(choosing, row, column, preview.rows, preview.columns, self), place)

    def _popup(self, menu: QMenu, place: QPoint) -> None:
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = menu
        menu.popup(place)


Ask = Callable[[ImportDialog], bool]


def import_file(
    session: Session, prompts: Prompts, path: Path, parent: QWidget | None = None, ask: Ask = ImportDialog.ask
) -> tuple[str, ...]:
    """Import a file as one undo step; returns the ids of the new tables. What cannot be read is told."""
    return import_files(session, prompts, (path,), parent, ask)


def import_files(
    session: Session,
    prompts: Prompts,
    paths: Sequence[Path],
    parent: QWidget | None = None,
    ask: Ask = ImportDialog.ask,
    layouts: Layouts | None = None,
    runner: Runner | None = None,
) -> tuple[str, ...]:
    """Import several files together as one undo step; returns the ids of the tables that are new or were merged into.

    `layouts` are the remembered ones: what is imported is remembered there.
    """
    return _import(session, prompts, [Source(path) for path in paths], parent, ask, layouts, runner)


def import_pasted(
    session: Session,
    prompts: Prompts,
    pasted: str,
    parent: QWidget | None = None,
    ask: Ask = ImportDialog.ask,
    layouts: Layouts | None = None,
    runner: Runner | None = None,
) -> tuple[str, ...]:
    """Import a block of text as `import_files` imports files."""
    return _import(session, prompts, [Source(pasted=pasted, title=_("Clipboard"))], parent, ask, layouts, runner)


def _import(
    session: Session,
    prompts: Prompts,
    sources: Sequence[Source],
    parent: QWidget | None,
    ask: Ask,
    layouts: Layouts | None,
    runner: Runner | None,
) -> tuple[str, ...]:
    known, kept = known_labels(session.project), layouts or Layouts()
    background = Background() if runner is None else None
    bench = Workbench(sources, known, background or runner or Background(), recall=kept.families.recall)
    bench.read()
    if background is not None:
        background.wait_a_moment(GRACE)
    if not bench.hopeless:
        dialog = ImportDialog(bench, prompts, session.project.tables, kept, parent=parent)
        try:
            agreed = ask(dialog)
            if agreed:
                bench.finish()
            decisions = dialog.decisions
        finally:
            bench.stop()
            dialog.deleteLater()
        if agreed:
            _remember(bench, kept, prompts)
            return _apply(session, bench.chosen, decisions)
    if bench.problem is not None and bench.hopeless:
        prompts.tell(_("Import"), show(bench.problem))
    return ()


def _apply(
    session: Session, chosen: Sequence[tuple[Candidate, Table]], decisions: dict[int, Decision]
) -> tuple[str, ...]:
    """All as one step: new tables together, and each merge as a further part of that step."""
    step = uuid.uuid4().hex if decisions else None
    new = tuple(table for at, (_candidate, table) in enumerate(chosen) if at not in decisions)
    if len(new) == 1:
        session.attempt("add_table", merge=step, table=new[0])
    elif new:
        session.attempt("add_tables", merge=step, tables=new)
    found = [table.id for table in new]
    for at, (rule, by_hand) in decisions.items():
        candidate, table = chosen[at]
        session.attempt("merge_table", merge=step, table=candidate.target, new=table, rule=rule, by_hand=by_hand)
        found.append(candidate.target)
    return tuple(dict.fromkeys(found))


def _remember(bench: Workbench, layouts: Layouts, prompts: Prompts) -> None:
    """What was imported is how the next file of its kind is read; an unwritable folder is no reason to stop."""
    families = layouts.families
    for candidate, _table in bench.chosen:
        for use in candidate.wanted.uses[:1]:
            families = families.remembered(use.sheet, use.mapping)
    try:
        layouts.keep(families)
    except UserError as error:
        prompts.tell(_("Import"), show(error.message))
