"""The import dialog: which sheets, what their rows and columns mean, and at once what will come out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from core.files.importing import known_labels
from core.files.mapping import SheetMapping
from core.files.readers.text import ENCODINGS
from core.table import Table
from gui.background import Background, Immediate, Runner
from gui.importing.choices import RoleChoices
from gui.importing.form import MappingForm
from gui.importing.preview import PreviewView
from gui.importing.words import outcome, series_names, short
from gui.importing.work import Candidate, Workbench
from gui.prompts import Prompts
from gui.session import Session
from gui.style import colours
from gui.text import _, show, tip

SMALL = 200_000
"""Bytes of a file that is read before anything is shown, because that takes less than the blink of an eye."""
_MOST_SERIES = 200


class ImportDialog(QDialog):
    """Shows the sheets of a workbench and lets a person correct the guesses. Changes no project itself."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Shows "reading" until the workbench has sheets."""
        super().__init__(parent)
        self.setObjectName("importDialog")
        self.setWindowTitle(_("Import “{name}”").format(name=bench.path.name))
        self._bench = bench
        self._refused = ""
        self.sheets, self.form, self.preview = QListWidget(), MappingForm(), PreviewView()
        self.choices, self.encoding = RoleChoices(), QComboBox()
        self.summary, self.series, self._progress = QLabel(), QListWidget(), QProgressBar()
        self._fill()
        self._arrange()
        self._connect()
        self.resize(self.fontMetrics().horizontalAdvance("0") * 145, self.fontMetrics().height() * 42)
        self._renew()

    def ask(self) -> bool:
        """Show the dialog and wait; True for "import"."""
        return self.exec() == QDialog.DialogCode.Accepted

    @property
    def candidate(self) -> Candidate | None:
        """The sheet that is shown."""
        row = self.sheets.currentRow()
        return self._bench.candidates[row] if 0 <= row < len(self._bench.candidates) else None

    def accept(self) -> None:
        """Only with tables, and only when they are those that are wanted now."""
        if self._import_button.isEnabled():
            super().accept()

    def done(self, result: int) -> None:
        """Stop what still runs."""
        self._bench.stop()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter finishes a field; it imports only from the button, so that a corrected title is no consent."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._import_button.hasFocus():
            event.accept()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing is cancelling."""
        self._bench.stop()
        super().closeEvent(event)

    # ---- building ----

    def _fill(self) -> None:
        for encoding in ENCODINGS:
            self.encoding.addItem(encoding.upper(), encoding)
        named: list[tuple[QWidget, str, str]] = [
            (self.sheets, "importSheets", _("Sheets")),
            (self.encoding, "importEncoding", _("Encoding")),
            (self.summary, "importSummary", _("What will come out")),
            (self.series, "importSeries", _("Series that will come out")),
        ]
        for widget, name, words in named:
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setWordWrap(True)
        self.summary.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.series.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._progress.setRange(0, 0)
        self._progress.setTextVisible(False)
        buttons = QDialogButtonBox()
        self._import_button: QPushButton = buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._import_button.setObjectName("importAccept")
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setObjectName("importCancel")
        for button in (self._import_button, cancel):
            button.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._buttons = buttons

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.addWidget(self.summary, 3)
        below.addWidget(self.series, 2)
        self.series.setMaximumHeight(self.fontMetrics().height() * 7)
        right = QWidget()
        box = QVBoxLayout(right)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.form)
        box.addWidget(self.preview, 1)
        box.addWidget(self.choices)
        box.addLayout(below)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheets, 1)
        self._encoding_label = QLabel(_("Encoding"))
        self._encoding_label.setBuddy(self.encoding)
        column.addWidget(self._encoding_label)
        column.addWidget(self.encoding)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("importSplitter")
        self._split.addWidget(left)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        digit = self.fontMetrics().horizontalAdvance("0")
        left.setMinimumWidth(20 * digit)
        self._split.setSizes([26 * digit, 120 * digit])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 12)
        outer.setSpacing(10)
        outer.addWidget(self._split, 1)
        outer.addWidget(self._progress)
        outer.addWidget(self._buttons)

    def _connect(self) -> None:
        self._bench.changed.connect(self._renew)
        self.sheets.currentRowChanged.connect(self._show_candidate)
        self.sheets.itemChanged.connect(self._choose)
        self.form.corrected.connect(self._correct)
        self.form.laid.connect(self._lay)
        self.form.refused.connect(self._refuse)
        self.preview.selected.connect(self._show_choices)
        self.choices.corrected.connect(self._correct)
        self.encoding.activated.connect(self._set_encoding)

    # ---- showing ----

    def _renew(self) -> None:
        """Show what the workbench has now."""
        candidates = self._bench.candidates
        if self._bench.problem is not None and not candidates:
            self.reject()
            return
        with QSignalBlocker(self.sheets):
            if len(candidates) != self.sheets.count() or self._names() != [each.sheet.name for each in candidates]:
                self.sheets.clear()
                for each in candidates:
                    item = QListWidgetItem(each.sheet.name, self.sheets)
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                first = next((at for at, each in enumerate(candidates) if each.chosen), 0)
                self.sheets.setCurrentRow(first if candidates else -1)
            for at, each in enumerate(candidates):
                self._describe(self.sheets.item(at), each)
        self.encoding.setVisible(bool(self._bench.encoding))
        self._encoding_label.setVisible(bool(self._bench.encoding))
        self.encoding.setCurrentIndex(self.encoding.findData(self._bench.encoding))
        self._split.setEnabled(not self._bench.reading)
        self._progress.setVisible(self._bench.busy)
        self._show_candidate()

    def _names(self) -> list[str]:
        return [self.sheets.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.sheets.count())]

    def _describe(self, item: QListWidgetItem, candidate: Candidate) -> None:
        report, problem = candidate.result.report, candidate.result.problem
        said = short(report) if report is not None else show(problem) if problem is not None else ""
        item.setData(Qt.ItemDataRole.UserRole, candidate.sheet.name)
        item.setText(f"{candidate.sheet.name}\n{said if report is not None else _('no table')}")
        item.setToolTip(tip(said))
        item.setCheckState(Qt.CheckState.Checked if candidate.chosen else Qt.CheckState.Unchecked)

    def _show_candidate(self) -> None:
        candidate = self.candidate
        if candidate is not None:
            self.preview.show_sheet(candidate.sheet, candidate.mapping)
            self.form.show_mapping(candidate.sheet, candidate.mapping)
        self._show_choices()
        self._show_outcome()

    def _show_choices(self) -> None:
        mapping = self.candidate.mapping if self.candidate is not None else None
        self.choices.show_selection(mapping, self.preview.columns, self.preview.row)

    def _show_outcome(self) -> None:
        """Below the preview: what will come out of this sheet; on the button: of all."""
        candidate = self.candidate
        result = candidate.result if candidate is not None else None
        found = self._bench.problem or (result.problem if result is not None else None)
        problem = self._refused or (show(found) if found is not None else "")
        report = result.report if result is not None else None
        self.summary.setText(problem or (outcome(report) if report is not None else _("Reading …")))
        self.summary.setStyleSheet(f"color: {colours().bad};" if problem else "")
        self.series.clear()
        if result is not None and result.table is not None and not problem:
            self.series.addItems(series_names(result.table, _MOST_SERIES))
        count = len(self._bench.tables)
        self._import_button.setText(_("Import table") if count < 2 else _("Import {count} tables").format(count=count))
        lacking = any(each.chosen and each.result.table is None for each in self._bench.candidates)
        open_ = self._bench.busy or self._bench.problem is not None or bool(self._refused)
        self._import_button.setEnabled(bool(count) and not lacking and not open_)
        self._import_button.setDefault(self._import_button.isEnabled())

    # ---- correcting ----

    def _choose(self, item: QListWidgetItem) -> None:
        candidate = self._bench.candidates[self.sheets.row(item)]
        candidate.chosen = item.checkState() == Qt.CheckState.Checked
        self._show_outcome()

    def _correct(self, mapping: SheetMapping) -> None:
        self._refused = ""
        if self.candidate is not None:
            self._bench.correct(self.candidate, mapping)

    def _lay(self, orientation: str, header: int | None) -> None:
        self._refused = ""
        if self.candidate is not None:
            self._bench.guess_again(self.candidate, orientation, header)

    def _refuse(self, sentence: str) -> None:
        self._refused = sentence
        self._show_outcome()

    def _set_encoding(self) -> None:
        self._bench.read(self.encoding.currentData())


def import_file(
    session: Session,
    prompts: Prompts,
    path: Path,
    parent: QWidget | None = None,
    ask: Callable[[ImportDialog], bool] = ImportDialog.ask,
) -> tuple[str, ...]:
    """Import a spreadsheet as one undo step; returns the ids of the new tables. What cannot be read is told."""
    runner: Runner = Immediate() if _is_small(path) else Background()
    bench = Workbench(path, known_labels(session.project), runner)
    bench.read()
    if bench.problem is None:
        dialog = ImportDialog(bench, parent)
        try:
            agreed = ask(dialog)
        finally:
            bench.stop()
            dialog.deleteLater()
        if agreed:
            return _apply(session, bench.tables)
    if bench.problem is not None and not bench.candidates:
        prompts.tell(_("Import"), show(bench.problem))
    return ()


def _apply(session: Session, tables: tuple[Table, ...]) -> tuple[str, ...]:
    if len(tables) == 1:
        session.attempt("add_table", table=tables[0])
    elif tables:
        session.attempt("add_tables", tables=tables)
    return tuple(table.id for table in tables)


def _is_small(path: Path) -> bool:
    try:
        return path.stat().st_size < SMALL
    except OSError:
        return True
