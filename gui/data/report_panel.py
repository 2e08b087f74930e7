"""The panel below the grid with the closing report of the import that the table came from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.table import Key, Table
from gui.data.origin import imported
from gui.data.report_text import Section, as_text, sections
from gui.text import _, show, tip

_FEW = 6
"""Sections with more lines are shown closed."""
_PLACE = int(Qt.ItemDataRole.UserRole)


class ReportPanel(QFrame):
    """Shows what an import made of its files; a line about a cell leads to that cell."""

    jumped = Signal(object, int)
    """Key of the series and period of the cell that a line speaks of."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until `show_table`."""
        super().__init__(parent)
        self.setObjectName("reportPanel")
        self._table: Table | None = None
        self._sections: tuple[Section, ...] = ()
        title = QLabel(_("Import report"))
        title.setProperty("heading", True)
        copy = QPushButton(_("Copy"))
        copy.setObjectName("reportCopy")
        copy.setAccessibleName(_("Copy the import report as text"))
        copy.clicked.connect(self.copy)
        close = QToolButton()
        close.setObjectName("reportClose")
        close.setText("×")
        close.setAutoRaise(True)
        close.setAccessibleName(_("Close the import report"))
        close.setToolTip(_("Close the import report"))
        close.clicked.connect(self.closed)
        self._lines = _Lines(self)
        self._lines.itemActivated.connect(self._jump)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(copy)
        head.addWidget(close)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 6, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._lines, 1)

    def show_table(self, table: Table | None) -> None:
        """The report of another table; nothing where it has none."""
        same = self._table is not None and table is not None and self._table.origin is table.origin
        self._table = table
        if same:  # edits of the numbers leave the report as it is
            return
        found = _of(table) if table is not None and imported(table) else ()
        if found == self._sections:
            return
        self._sections = found
        self._lines.clear()
        for section in found:
            self._add(section)

    def _add(self, section: Section) -> None:
        top = QTreeWidgetItem(self._lines, [section.title])
        top.setToolTip(0, tip(section.title))
        for entry in section.entries:
            line = QTreeWidgetItem(top, [entry.words])
            line.setToolTip(0, tip(entry.words, _("Double-click to go to the cell.") if entry.cell else ""))
            if entry.cell:
                line.setData(0, _PLACE, (entry.cell, entry.raw))
        top.setExpanded(len(section.entries) <= _FEW)

    def copy(self) -> None:
        """Put the whole report into the clipboard."""
        title = show(self._table.title) if self._table is not None else ""
        QGuiApplication.clipboard().setText(as_text(title, self._sections))

    def _jump(self, line: QTreeWidgetItem) -> None:
        place = line.data(0, _PLACE)
        if place is None or self._table is None:
            return
        found = marked_cell(self._table, *place)
        if found is not None:
            self.jumped.emit(*found)


class _Lines(QTreeWidget):
    """Enter and a double click open a line; Ctrl+C copies it."""

    def __init__(self, panel: ReportPanel) -> None:
        super().__init__(panel)
        self.setObjectName("reportLines")
        self.setAccessibleName(_("Import report"))
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.currentItem()
        if event.matches(QKeySequence.StandardKey.Copy) and line is not None:
            QGuiApplication.clipboard().setText(line.text(0))
            return
        super().keyPressEvent(event)


def _of(table: Table) -> tuple[Section, ...]:
    from core.provenance import mappings_of, report_of

    report = report_of(table)
    return sections(report, [(file, sheet) for file, sheet, _mapping in mappings_of(table)]) if report else ()


def marked_cell(table: Table, cell: str, raw: str) -> tuple[Key, int] | None:
    """Series and period of the mark that came from a cell of the file; None where it is there no more."""
    from core.provenance import trace

    for (series, period), mark in table.marks.items():
        if mark.raw == raw:
            found = trace(table, series, period)
            if found is not None and cell in {found.cell, f"{found.sheet}!{found.cell}"}:
                return table.key(series), table.periods.values[period]
    return None
