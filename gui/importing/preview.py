"""The sheet as it stands in the file, coloured by what its rows and columns mean."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from core.files.cells import blank, column_name, number_of, words
from core.files.grid import Sheet
from core.files.mapping import SheetMapping
from core.table import DIMENSIONS
from gui.importing.words import roles
from gui.style import Colours, bold, colours
from gui.text import _, tip

_Index = QModelIndex | QPersistentModelIndex
_ROWS, _COLUMNS = 2000, 256
"""What is shown of a sheet; the rest is imported all the same."""


def tint(colour: str, over: str, share: float) -> QColor:
    """A colour mixed into a background."""
    a, b = QColor(colour), QColor(over)
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(share * x + (1 - share) * y) for x, y in pairs))


def shades(c: Colours) -> dict[str, QColor]:
    """Backgrounds by meaning; the header of the grid says the same in words."""
    labels, rest = tint(c.good, c.surface, 0.18), tint(c.quadrants["T"], c.surface, 0.18)
    return {
        "header": QColor(c.selection),
        "labels": labels,
        "year": tint(c.warning, c.surface, 0.22),
        "rest": rest,
        "value": QColor(c.surface),
    }


class PreviewModel(QAbstractTableModel):
    """Read-only. A mapping changes colours and headers, never the cells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a sheet is shown."""
        super().__init__(parent)
        self._sheet: Sheet | None = None
        self._mapping: SheetMapping | None = None
        self._columns = 0
        self._shades = shades(colours())
        self._bold = QFont()
        self._bold.setBold(True)

    def show_sheet(self, sheet: Sheet, mapping: SheetMapping | None) -> None:
        """Show a sheet; only its meaning is renewed where it is the same one."""
        if sheet is not self._sheet:
            self.beginResetModel()
            self._sheet, self._mapping = sheet, mapping
            self._columns = min(max((len(row) for row in sheet.rows), default=0), _COLUMNS)
            self.endResetModel()
        elif mapping is not self._mapping:
            self._mapping = mapping
            if self.rowCount() and self._columns:
                self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self._columns - 1))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self._columns - 1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() or self._sheet is None else min(len(self._sheet.rows), _ROWS)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else self._columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._sheet is None:
            return None
        row = self._sheet.rows[index.row()]
        cell = row[index.column()] if index.column() < len(row) else None
        if role == Qt.ItemDataRole.DisplayRole:
            return words(cell) or None
        if role == Qt.ItemDataRole.ToolTipRole:
            return None if blank(cell) else tip(words(cell))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if isinstance(cell, float) else Qt.AlignmentFlag.AlignLeft
            )
        meaning = self.meaning(index.row(), index.column())
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(self._shades[meaning]) if meaning in self._shades else None
        if role == Qt.ItemDataRole.FontRole:
            return self._bold if meaning == "header" else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._ink(meaning, cell)
        return None

    def meaning(self, row: int, column: int) -> str:
        """What a cell is: "header", "labels", "year", "value", "rest" (unit, marks), or "" where it is not imported."""
        mapping = self._mapping
        if mapping is None or column >= len(mapping.columns) or not mapping.header <= row < mapping.end:
            return ""
        role = mapping.columns[column]
        if role == "ignore":
            return ""
        if row < mapping.first:
            if role != "value":
                return "header"
            level = mapping.levels[row - mapping.header]
            return {"year": "year", "ignore": ""}.get(level, "header")
        return "labels" if role in DIMENSIONS else role if role in {"year", "value"} else "rest"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        mapping = self._mapping
        known = mapping is not None and section < len(mapping.columns)
        said = roles()[mapping.columns[section]] if mapping is not None and known else ""
        return f"{column_name(section)}\n{said}"

    def _ink(self, meaning: str, cell: str | float | None) -> QBrush | None:
        c = colours()
        if not meaning:
            return QBrush(QColor(c.muted))
        decimal = self._mapping.decimal if self._mapping is not None else "."
        no_number = meaning == "value" and not blank(cell) and number_of(cell, decimal) is None
        return QBrush(QColor(c.bad)) if no_number else None


class PreviewView(QTableView):
    """The grid. What is selected is what the choices below it speak of."""

    selected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Shows nothing until its model has a sheet."""
        super().__init__(parent)
        self.setObjectName("importPreview")
        self.setAccessibleName(_("The sheet"))
        self.sheet = PreviewModel(self)
        self.setModel(self.sheet)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setFont(bold(self.font()))
        self.horizontalHeader().setResizeContentsPrecision(30)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 8)

    def show_sheet(self, sheet: Sheet, mapping: SheetMapping | None) -> None:
        """Show a sheet and what it means; another sheet begins at its first cell."""
        self.sheet.show_sheet(sheet, mapping)
        if not self.currentIndex().isValid() and self.sheet.columnCount():
            self._fit_columns()
            top = mapping.header if mapping is not None else 0
            self.setCurrentIndex(self.sheet.index(min(max(top, 0), self.sheet.rowCount() - 1), 0))

    def _fit_columns(self) -> None:
        """As wide as the first rows need, within reason."""
        self.resizeColumnsToContents()
        letter = self.fontMetrics().horizontalAdvance("0")
        for column in range(self.sheet.columnCount()):
            width = min(max(self.columnWidth(column), 10 * letter), 30 * letter)
            self.setColumnWidth(column, width)

    @property
    def columns(self) -> list[int]:
        """The columns in which cells are selected."""
        return sorted({index.column() for index in self.selectionModel().selectedIndexes()})

    @property
    def row(self) -> int:
        """The current row, or −1."""
        return self.currentIndex().row()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selected.emit()
