"""Choosing evidence for a factor by keys and clicks: a line of results, or a source in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from core.charts.naming import joined
from core.claims import claim_of, place, propose, shown_value, statement
from core.indices import indices
from core.project import Project
from core.results import Line
from gui.session import Session
from gui.swot.line_search import MOST, find_lines
from gui.text import _, show, tip

AnyIndex = QModelIndex | QPersistentModelIndex


class _LinesModel(QAbstractTableModel):
    """Lines of results with the claim that each would make."""

    def __init__(self, project: Project, parent: QObject) -> None:
        super().__init__(parent)
        self._project = project
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Index"), _("Economy"), _("Sector"), _("Latest"), _("Claim"), _("Table"))[section]

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        says = self._text(self.lines[index.row()], index.column())
        return says if role == Qt.ItemDataRole.DisplayRole else tip(says)

    def _text(self, line: Line, column: int) -> str:
        if column == 0:
            return indices()[line.index].entry.symbol
        if column in {1, 2}:
            economy, *rest = place(claim_of(line), self._project)
            return show(economy if column == 1 else joined(rest))
        if column == 5:
            table = self._project.table(line.table)
            return show(table.title) if table is not None else ""
        if column == 4:
            claim = propose(line, self._project.study.window)
            return show(statement(claim)) if claim is not None else _("no value")
        known = [(year, float(value)) for year, value in zip(line.years, line.values, strict=True) if value == value]
        return f"{shown_value(line.index, known[-1][1])} ({known[-1][0]})" if known else ""


class EvidencePicker(QDialog):
    """Opened beside the work, never waited for: what is chosen arrives by signals."""

    chosen = Signal(str, object)
    """The factor, and the key of the line that backs it."""
    cited = Signal(str, str)
    """The factor, and the source in words."""

    def __init__(self, session: Session, factor: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidencePicker")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Evidence"))
        self._session, self._factor = session, factor
        heading = QLabel(title, self)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setWordWrap(True)
        self.words = QLineEdit(self)
        self.words.setObjectName("evidenceWords")
        self.words.setAccessibleName(_("Find lines of results"))
        self.words.setPlaceholderText(_("Find: index, economy, sector or table"))
        self.words.setClearButtonEnabled(True)
        self._lines = _LinesModel(session.project, self)
        self.table = QTableView(self)
        self.table.setObjectName("evidenceLines")
        self.table.setAccessibleName(_("Lines of results"))
        self.table.setModel(self._lines)
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        header, modes = self.table.horizontalHeader(), QHeaderView.ResizeMode
        for column in range(6):
            header.setSectionResizeMode(column, modes.Stretch if column in {2, 5} else modes.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._note = QLabel(self)
        self._note.setObjectName("evidenceNote")
        self._note.setProperty("muted", True)
        self.source = QLineEdit(self)
        self.source.setObjectName("evidenceSource")
        self.source.setAccessibleName(_("Source in words"))
        self.source.setPlaceholderText(_("Or a source in words: author, year, page"))
        buttons = QDialogButtonBox(self)
        self.add = QPushButton(_("Add evidence"), self)
        self.add.setObjectName("addEvidence")
        cancel = QPushButton(_("Cancel"), self)
        cancel.setObjectName("cancelEvidence")
        for button in (self.add, cancel):
            button.setAutoDefault(False)
        buttons.addButton(self.add, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        layout = QVBoxLayout(self)
        for widget in (heading, self.words, self.table, self._note, self.source, buttons):
            layout.addWidget(widget)
        self.words.textChanged.connect(self._find)
        self.source.textChanged.connect(self._enable)
        self.table.selectionModel().selectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(self.accept)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._find()
        self.resize(860, 480)

    def _find(self) -> None:
        lines, more = find_lines(self._session.project, self._session.results, self.words.text())
        self._lines.show_lines(lines)
        says = _("The first {count} lines; type another word to narrow them.").format(count=MOST) if more else ""
        self._note.setText(says or (_("No line of results matches.") if not lines else ""))
        if len(lines) == 1:
            self.table.selectRow(0)
        self._enable()

    def _enable(self) -> None:
        enabled = bool(self._selected()) or bool(self.source.text().strip())
        self.add.setEnabled(enabled)
        self.add.setDefault(enabled)

    def _selected(self) -> Sequence[str] | None:
        rows = self.table.selectionModel().selectedRows()
        return self._lines.lines[rows[0].row()].key if rows else None

    def accept(self) -> None:
        """Give what was chosen: the source where one is written, else the line."""
        source, key = self.source.text().strip(), self._selected()
        if source:
            self.cited.emit(self._factor, source)
        elif key is not None:
            self.chosen.emit(self._factor, key)
        else:
            return
        super().accept()
