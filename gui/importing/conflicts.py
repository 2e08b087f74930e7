"""The question which numbers to take where a table and a file differ: by a rule, and by hand where one knows better."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from core.files.merging import RULES, Cells, Comparison
from core.numbers import grouped
from core.text import Text, text
from gui.importing.conflict_table import FILE_FROM, MINE_FROM, ConflictModel, ConflictView
from gui.text import _, show

ROOM = (1180, 700)
"""Pixels that a dialog with many rows takes; it fits on the smallest screens."""


class ConflictChoice(QWidget):
    """The numbers that differ in a table, and buttons that decide the selected ones."""

    changed = Signal()

    def __init__(self, comparison: Comparison, take: bool, parent: QWidget | None = None) -> None:
        """`take` says whether the numbers of the file are taken where nobody chooses by hand."""
        super().__init__(parent)
        self.model = ConflictModel(comparison, take, self)
        self.view = ConflictView(self.model, self)
        self.model.counted.connect(self._count)
        mine = self._button("keepMine", _("Keep mine in the selected rows"))
        mine.clicked.connect(lambda: self.view.choose(False))
        theirs = self._button("takeTheirs", _("Take the file's in the selected rows"))
        theirs.clicked.connect(lambda: self.view.choose(True))
        self._forget = self._button("forgetChoices", _("Undo the choices by hand"))
        self._forget.clicked.connect(self.model.forget)
        self.counts = QLabel()
        self.counts.setObjectName("conflictCounts")
        self.counts.setTextFormat(Qt.TextFormat.PlainText)
        self._sources = QLabel()
        self._sources.setObjectName("conflictSources")
        self._sources.setTextFormat(Qt.TextFormat.PlainText)
        self._sources.setProperty("muted", True)
        self._sources.setWordWrap(True)
        self.view.selectionModel().currentRowChanged.connect(self._show_sources)
        row = QHBoxLayout()
        row.addWidget(mine)
        row.addWidget(theirs)
        row.addWidget(self._forget)
        row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.view, 1)
        box.addWidget(self._sources)
        box.addLayout(row)
        box.addWidget(self.counts)
        self._count()
        self._show_sources(self.view.currentIndex())

    def _show_sources(self, current: QModelIndex) -> None:
        """Both sources of the current row in full, which columns cut off."""
        mine, theirs = (current.siblingAtColumn(at).data() for at in (MINE_FROM, FILE_FROM))
        if current.isValid():
            said = text("In the table from: {mine}\nIn the file from: {theirs}", mine=mine or "–", theirs=theirs or "–")
            self._sources.setText(show(said))

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        return button

    def _count(self) -> None:
        total, taken, by_hand = self.model.rowCount(), self.model.taken, self.model.by_hand
        said = _("{total} numbers differ: {kept} of the table stay, {taken} are taken from the file.").format(
            total=count(total), kept=count(total - taken), taken=count(taken)
        )
        if by_hand:
            said += " " + _("Chosen by hand against the rule: {count}.").format(count=count(by_hand))
        self.counts.setText(said)
        self._forget.setEnabled(bool(by_hand))
        self.changed.emit()


def decision(dialog: QDialog, name: str, words: str) -> QDialogButtonBox:
    """The buttons of a dialog that asks before it changes a table: agree (`words`) is what Enter does, and cancel."""
    buttons = QDialogButtonBox()
    accept = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
    accept.setObjectName(f"{name}Accept")
    accept.setDefault(True)
    cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    cancel.setObjectName(f"{name}Cancel")
    cancel.setAutoDefault(False)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


class ConflictDialog(QDialog):
    """Asks how a file is merged into a table. Changes nothing itself."""

    def __init__(self, comparison: Comparison, parent: QWidget | None = None) -> None:
        """Starts by keeping the numbers of the table."""
        super().__init__(parent)
        self.setObjectName("conflictDialog")
        title = show(comparison.into.title)
        self.setWindowTitle(_("Merge into “{table}”").format(table=title))
        self._rules = QButtonGroup(self)
        rules = QVBoxLayout()
        names = (
            _("Keep the numbers of the table, and add what is new in the file"),
            _("Take the numbers of the file, and add what is new in it"),
            _("Only fill cells of the table that are empty; add no series and no periods"),
        )
        for at, (rule, words) in enumerate(zip(RULES, names, strict=True)):
            button = QRadioButton(words)
            button.setObjectName(f"rule_{rule}")
            button.setAccessibleName(words)
            button.setChecked(at == 0)
            self._rules.addButton(button, at)
            rules.addWidget(button)
        self.choice = ConflictChoice(comparison, take=False)
        self.choice.setVisible(bool(comparison.conflicts))
        self._rules.idToggled.connect(self._follow)
        buttons = decision(self, "conflict", _("Merge"))
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.setSpacing(10)
        box.addWidget(sentences(brought(comparison)))
        box.addLayout(rules)
        box.addWidget(self.choice, 1)
        if not comparison.conflicts:
            box.addStretch(1)
        box.addWidget(buttons)
        if comparison.conflicts:
            self.resize(*ROOM)
            self.choice.view.setFocus()

    @property
    def rule(self) -> str:
        """One of `core.files.merging.RULES`."""
        return RULES[self._rules.checkedId()]

    def ask(self) -> tuple[str, Cells] | None:
        """Show the dialog and wait: the rule, and the cells that go against it; None for cancelled."""
        if self.exec() != QDialog.DialogCode.Accepted:
            return None
        return self.rule, self.choice.model.cells_by_hand()

    def _follow(self) -> None:
        self.choice.model.set_rule(self.rule == "replace")


def brought(comparison: Comparison) -> tuple[Text, ...]:
    """What a file brings beside the numbers that differ, and what was done about units."""
    found = [text("Numbers that are the same in both: {count}.", count=count(comparison.equal))]
    if len(comparison.added_series) or comparison.added_periods:
        found.append(
            text(
                "New in the file: {series} series and {periods} periods, with {numbers} numbers.",
                series=count(len(comparison.added_series)),
                periods=count(len(comparison.added_periods)),
                numbers=count(comparison.added),
            )
        )
    if comparison.filled:
        found.append(text("Empty cells that the file fills: {count}.", count=count(comparison.filled)))
    return (*found, *comparison.notes)


def sentences(said: tuple[Text, ...]) -> QLabel:
    """A label with a line for each sentence; names of files in it are shown as they are."""
    label = QLabel("\n".join(map(show, said)))
    label.setObjectName("comparison")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def count(number: int) -> str:
    """A count with its thousands grouped."""
    return grouped(str(number))
