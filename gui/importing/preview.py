"""The sheet as it stands in the file, with what its rows and columns mean drawn into it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QBrush, QColor, QContextMenuEvent, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.files.cells import blank, column_name, words
from core.files.grid import Sheet
from core.files.mapping import SheetMapping
from gui.importing.findings import Findings
from gui.importing.headers import MenuHeader
from gui.importing.words import roles
from gui.style import Colours, bold, colours
from gui.text import _, language, tip

_Index = QModelIndex | QPersistentModelIndex
_COLUMNS = 1000
"""What is shown of a sheet; the rest is imported all the same."""
_LOOK, _TITLES, _SEEN = 40, 60, 10
"""Rows by which columns are sized; rows outside of the table that may run over their neighbours; rows above a header
that are shown with it."""
_MANY = 8
"""So many columns that are not imported are hidden at first, so that one sees those that are."""
_WIDEST, _LABELS = 32, 60
"""In letters: a column, and all columns of labels together as far as their headers allow; numbers stay in sight."""


def tint(colour: str, over: str, share: float) -> QColor:
    """A colour mixed into a background."""
    a, b = QColor(colour), QColor(over)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(share * x + (1 - share) * y) for x, y in pairs))


def shades(c: Colours) -> dict[str, QBrush]:
    """Backgrounds by meaning; headers and tooltips say the same in words."""
    return {
        "header": QBrush(QColor(c.selection)),
        "labels": QBrush(tint(c.good, c.surface, 0.18)),
        "year": QBrush(tint(c.warning, c.surface, 0.22)),
        "rest": QBrush(tint(c.quadrants["T"], c.surface, 0.18)),
        "missing": QBrush(tint(c.muted, c.surface, 0.22)),
        "text": QBrush(tint(c.bad, c.surface, 0.16)),
        "skipped": QBrush(tint(c.muted, c.surface, 0.45), Qt.BrushStyle.BDiagPattern),
        "value": QBrush(QColor(c.surface)),
    }


class PreviewModel(QAbstractTableModel):
    """Read-only. A mapping changes colours and headers, never the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a sheet is shown."""
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._mapping: SheetMapping | None = None
        self.findings: Findings | None = None
        self._columns = 0
        self._shades = shades(colours())
        self._bold, self._struck = QFont(), QFont()
        self._bold.setBold(True)
        self._struck.setStrikeOut(True)

    def show_sheet(self, sheet: Sheet | None, mapping: SheetMapping | None) -> None:
        """Show a sheet; only its meaning is renewed where it is the same one."""
        if sheet is not self._sheet:
            self.beginResetModel()
            self._sheet, self._mapping = sheet, mapping
            self.findings = Findings(sheet, mapping) if sheet is not None else None
            self._columns = min(sheet.rows.width, _COLUMNS) if sheet is not None else 0
            self.endResetModel()
        elif sheet is not None and mapping is not self._mapping:
            self._mapping, self.findings = mapping, Findings(sheet, mapping)
            if self.rowCount() and self._columns:
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self._columns - 1))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._columns - 1)
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() or self._sheet is None else len(self._sheet.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else self._columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._sheet is None or self.findings is None:
            return None
        row, column = index.row(), index.column()
        cell = self._sheet.rows.cell(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return words(cell) or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip("" if blank(cell) else words(cell), self.findings.why(row, column)) or None
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return self.findings.why(row, column) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            right = isinstance(cell, float) or self.meaning(row, column) in {"value", "missing", "text"}
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role not in {Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.FontRole, Qt.ItemDataRole.ForegroundRole}:
            return None
        meaning = self.meaning(row, column)
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._shades.get(meaning)
        if role == Qt.ItemDataRole.FontRole:
            struck = meaning == "skipped" and self.findings.row_is(row) == "skipped"
            return self._bold if meaning == "header" else self._struck if struck else None
        return self._ink(meaning)

    def meaning(self, row: int, column: int) -> str:
        """What a cell is, as `Findings.meaning` has it; "" without a sheet."""
        return self.findings.meaning(row, column) if self.findings is not None else ""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        findings = self.findings
        if findings is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole:
            across = orientation == Qt.Orientation.Horizontal
            return _("Say what the column holds") if across else _("Say what the row is")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            said = findings.row_words(section)
            return f"{section + 1}  {said}" if said else str(section + 1)
        said = roles()[findings.role(section)] if self._mapping is not None else ""
        unit = self._mapping.units.get(str(section)) if self._mapping is not None else None
        shown = unit.show(language()) if unit is not None else ""
        return f"{column_name(section)}\n{said}" + (f" ({shown})" if shown else "")

    def _ink(self, meaning: str) -> QBrush | None:
        c = colours()
        if meaning in {"", "skipped", "missing"}:
            return QBrush(QColor(c.muted))
        return QBrush(QColor(c.bad)) if meaning == "text" else None


class PreviewView(QTableView):
    """The grid. What is selected is what the choices below it speak of."""

    selected = Signal()
    column_asked = Signal(int, QPoint)
    """The choices for a column are wanted, at a place of the screen."""
    row_asked = Signal(int, QPoint)
    cell_asked = Signal(int, int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Shows nothing until its model has a sheet."""
        super().__init__(parent)
        self.setObjectName("importPreview")
        self.setAccessibleName(_("The sheet"))
        self.sheet = PreviewModel(self)
        self.across, self.down = (
            MenuHeader(orientation, self) for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical)
        )
        self.setHorizontalHeader(self.across)
        self.setVerticalHeader(self.down)
        self.setModel(self.sheet)
        self._spanned: list[int] = []
        self.crowded, self.hiding = False, False
        """Whether so many columns are not imported that they can be hidden; whether they are."""
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.across.setFont(bold(self.font()))
        self.down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.down.setDefaultSectionSize(self.fontMetrics().height() + 8)
        self.down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.across.asked.connect(self._ask_column)
        self.down.asked.connect(self._ask_row)

    def show_sheet(self, sheet: Sheet | None, mapping: SheetMapping | None) -> None:
        """Show a sheet and what it means; another sheet begins at its first cell."""
        before = self.sheet.findings
        self.sheet.show_sheet(sheet, mapping)
        other = before is None or self.sheet.findings is None or before.sheet is not self.sheet.findings.sheet
        if self.sheet.findings is not before:
            self._let_titles_run()
            self._widen_row_headers()
            self._hide_left_out(other)
        if not self.currentIndex().isValid() and self.sheet.columnCount() and self.sheet.rowCount():
            self._fit_columns()
            top = mapping.header if mapping is not None else 0
            roles_ = mapping.columns if mapping is not None else ()
            used = next((at for at, role in enumerate(roles_) if role != "ignore"), 0)
            row = min(max(top, 0), self.sheet.rowCount() - 1)
            self.setCurrentIndex(self.sheet.index(row, min(used, self.sheet.columnCount() - 1)))
            if row < _SEEN:
                self.scrollTo(self.sheet.index(0, 0))

    def show_left_out(self, shown: bool) -> None:
        """Show the columns that are not imported, or hide them."""
        self.hiding = not shown
        for at in self._ignored():
            self.setColumnHidden(at, self.hiding)

    def _ignored(self) -> list[int]:
        findings = self.sheet.findings
        if findings is None or findings.mapping is None:
            return []
        return [at for at in range(self.sheet.columnCount()) if findings.role(at) == "ignore"]

    def _hide_left_out(self, other: bool) -> None:
        """Columns of another sheet; in the same sheet only those appear again that are imported now."""
        ignored = self._ignored()
        if other:
            self.hiding = _MANY <= len(ignored) < self.sheet.columnCount()
        self.crowded = self.hiding or len(ignored) >= _MANY
        hidden = set(ignored)
        for at in range(self.sheet.columnCount()):
            if other or at not in hidden:
                self.setColumnHidden(at, self.hiding and at in hidden)

    @property
    def columns(self) -> list[int]:
        """The columns in sight in which cells are selected."""
        return sorted(at for at in self._places(across=True) if not self.isColumnHidden(at))

    @property
    def rows(self) -> list[int]:
        """The rows in which cells are selected."""
        return sorted(self._places(across=False))

    @property
    def row(self) -> int:
        """The current row, or −1."""
        return self.currentIndex().row()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selected.emit()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self.selected.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By mouse for the cell under it, by key for the current one."""
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        place = event.globalPos() if by_mouse else self.viewport().mapToGlobal(self.visualRect(index).bottomLeft())
        self.cell_asked.emit(index.row(), index.column(), place)

    def _places(self, across: bool) -> set[int]:
        """From the ranges of the selection, because a whole column may have a million cells."""
        found: set[int] = set()
        selection = self.selectionModel().selection()
        for chosen in (selection.at(each) for each in range(selection.count())):
            first, last = (chosen.left(), chosen.right()) if across else (chosen.top(), chosen.bottom())
            found |= set(range(first, last + 1))
        return found

    def _ask_column(self, section: int) -> None:
        left = self.across.sectionViewportPosition(section)
        self.column_asked.emit(section, self.across.viewport().mapToGlobal(QPoint(left, self.across.height())))

    def _ask_row(self, section: int) -> None:
        top = self.down.sectionViewportPosition(section) + self.down.sectionSize(section)
        self.row_asked.emit(section, self.down.viewport().mapToGlobal(QPoint(0, top)))

    def _fit_columns(self) -> None:
        """As wide as the head of the table needs, within reason; titles above it do not count."""
        findings, letter, metrics = self.sheet.findings, self.fontMetrics().horizontalAdvance("0"), self.fontMetrics()
        assert findings is not None
        top = findings.mapping.header if findings.mapping is not None else 0
        widths, least = {}, {}
        for column in range(self.sheet.columnCount()):
            cells = [
                words(findings.sheet.rows.cell(row, column))[:60]
                for row in range(top, min(top + _LOOK, self.sheet.rowCount()))
            ]
            widest = max((metrics.horizontalAdvance(each) for each in cells), default=0) + 2 * letter
            least[column] = max(self.across.sectionSizeFromContents(column).width(), 7 * letter)
            widths[column] = min(max(widest, least[column]), max(_WIDEST * letter, least[column]))
        labels = [at for at in widths if findings.role(at) not in {"value", "ignore"}]
        narrow = _LABELS * letter // max(len(labels), 1)
        crowded = sum(widths[at] for at in labels) > _LABELS * letter and "value" in map(findings.role, widths)
        for column, width in widths.items():
            narrowed = max(narrow, least[column]) if crowded and column in labels else width
            self.setColumnWidth(column, min(width, narrowed))

    def _widen_row_headers(self) -> None:
        """For the longest words of any row, because Qt asks only the first and the last rows how wide they are."""
        findings = self.sheet.findings
        mapping = findings.mapping if findings is not None else None
        if findings is None or mapping is None:
            self.down.setMinimumWidth(0)
            return
        rows = {*range(mapping.header, min(mapping.first, self.sheet.rowCount())), *mapping.skipped[:1]}
        said = {findings.row_words(row) for row in rows} | ({roles()[mapping.headings]} if mapping.headings else set())
        widest = max((self.fontMetrics().horizontalAdvance(each) for each in said), default=0)
        digits = self.fontMetrics().horizontalAdvance(f"{self.sheet.rowCount()}  ")
        self.down.setMinimumWidth(widest + digits + self.fontMetrics().height() * 2)

    def _let_titles_run(self) -> None:
        """Lines above and below the table with one cell run over the empty cells beside it, as in a spreadsheet."""
        if self._spanned:
            self.clearSpans()
        self._spanned = []
        findings, width = self.sheet.findings, self.sheet.columnCount()
        if findings is None or findings.mapping is None or width < 2:
            return
        rows, mapping, count = findings.sheet.rows, findings.mapping, self.sheet.rowCount()
        outside = [*range(min(mapping.header, _TITLES)), *range(mapping.end, min(mapping.end + _TITLES, count))]
        for row in outside:
            if 0 <= row < count and len(rows[row]) == 1:
                self.setSpan(row, 0, 1, width)
                self._spanned.append(row)
