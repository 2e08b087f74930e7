"""The cells for which a table and a file have different numbers: both, their sources, and which of them is taken."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QContextMenuEvent, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from core.files.merging import Cells, Comparison, Conflict
from core.headers import Names
from core.numbers import exact, grouped, rounded
from core.table import DIMENSIONS, Key, Periods
from gui.style import bold, colours
from gui.text import _, language, show, tip

Index = QModelIndex | QPersistentModelIndex
SERIES, PERIOD, MINE, FILE, DIFFERENCE, CHOICE, MINE_FROM, FILE_FROM = range(8)
_BY_RULE = -1
_WIDTHS = (19, 7, 10, 10, 14, 8, 13, 13)
"""Of the columns, in characters."""
_NUMBERS = frozenset({MINE, FILE, DIFFERENCE})
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class ConflictModel(QAbstractTableModel):
    """One row for each conflict; a row is only put together when it is looked at."""

    counted = Signal()
    """Other numbers are taken now."""

    def __init__(self, comparison: Comparison, take: bool, parent: QWidget | None = None) -> None:
        """`take` says whether the numbers of the file are taken where nobody chooses by hand."""
        super().__init__(parent)
        self._conflicts = comparison.conflicts
        self._into = comparison.into
        self._take = take
        self._hand = np.full(len(self._conflicts), _BY_RULE, dtype=np.int8)
        self._names = Names(comparison.into)
        self._shown: dict[Key, str] = {}
        self._row: tuple[int, Conflict] | None = None
        self._bold: QFont | None = None
        self._muted = QBrush(QColor(colours().muted))

    @property
    def taken(self) -> int:
        """How many cells get the number of the file."""
        return int(self._takes().sum())

    @property
    def by_hand(self) -> int:
        """How many cells go against the rule."""
        return int(self._against().sum())

    def cells_by_hand(self) -> Cells:
        """Series and period of the cells that go against the rule."""
        chosen = (self._conflicts[at] for at in np.flatnonzero(self._against()).tolist())
        return tuple((each.key, each.period) for each in chosen)

    def set_rule(self, take: bool) -> None:
        """What holds for all cells that nobody decided by hand."""
        self._take = take
        self._changed(0, len(self._hand) - 1)

    def choose(self, first: int, last: int, take: bool) -> None:
        """Decide rows by hand."""
        self._hand[first : last + 1] = int(take)
        self._changed(first, last)

    def forget(self) -> None:
        """Let the rule decide everything again."""
        self._hand[:] = _BY_RULE
        self._changed(0, len(self._hand) - 1)

    def takes(self, row: int) -> bool:
        """Whether a row gets the number of the file."""
        return self._take if self._hand[row] == _BY_RULE else bool(self._hand[row])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """One row for each conflict."""
        return 0 if parent.isValid() else len(self._conflicts)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Series, period, both numbers, their difference, which is taken, both sources."""
        return 0 if parent.isValid() else len(_WIDTHS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """What the columns hold."""
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _RIGHT if section in _NUMBERS else _LEFT
        if orientation != Qt.Orientation.Horizontal or role != _DISPLAY:
            return None
        return (
            _("Series"),
            _("Period"),
            _("In the table"),
            _("In the file"),
            _("Difference"),
            _("Taken"),
            _("Source in the table"),
            _("Source in the file"),
        )[section]

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """The number that is taken stands in bold, the other one is muted."""
        row, column = index.row(), index.column()
        if not 0 <= row < len(self._conflicts):
            return None
        if role == _DISPLAY:
            return self._words(row, column)
        if role == int(Qt.ItemDataRole.ToolTipRole):
            return tip(self._words(row, column))
        if role == int(Qt.ItemDataRole.TextAlignmentRole):
            return _RIGHT if column in _NUMBERS else _LEFT
        if column in {MINE, FILE} and role in {int(Qt.ItemDataRole.FontRole), int(Qt.ItemDataRole.ForegroundRole)}:
            chosen = self.takes(row) == (column == FILE)
            if role == int(Qt.ItemDataRole.ForegroundRole):
                return None if chosen else self._muted
            return self._strong() if chosen else None
        return None

    def _words(self, row: int, column: int) -> str:
        conflict = self._conflict(row)
        if column == SERIES:
            return self._series(conflict.key)
        if column == PERIOD:
            return Periods(self._into.periods.kind, (conflict.period,)).name(0)
        if column in {MINE, FILE}:
            value = conflict.before if column == MINE else conflict.after
            return grouped(exact(value)) if math.isfinite(value) else _("missing")
        if column in {MINE_FROM, FILE_FROM}:
            return " ".join(show(conflict.before_source if column == MINE_FROM else conflict.after_source).split())
        if column == DIFFERENCE:
            return difference(conflict.before, conflict.after)
        words = _("the file's") if self.takes(row) else _("mine")
        return words if self._hand[row] == _BY_RULE else _("{choice}, by hand").format(choice=words)

    def _conflict(self, row: int) -> Conflict:
        """A view asks for all columns of a row one after the other."""
        if self._row is None or self._row[0] != row:
            self._row = row, self._conflicts[row]
        return self._row[1]

    def _series(self, key: Key) -> str:
        if key not in self._shown:
            series = self._into.find(key)
            parts = [show(part) for part in self._names.parts(series, self._names.varying or DIMENSIONS)]
            unit = self._into.unit(series).show(language())
            self._shown[key] = " · ".join(parts) + (f" ({unit})" if unit else "")
        return self._shown[key]

    def _strong(self) -> QFont:
        if self._bold is None:
            parent = self.parent()
            self._bold = bold(parent.font() if isinstance(parent, QWidget) else QFont())
        return self._bold

    def _takes(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.where(self._hand == _BY_RULE, self._take, self._hand == 1)

    def _against(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        return np.asarray(self._takes() != self._take, dtype=np.bool_)

    def _changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, MINE), self.index(last, CHOICE))
        self.counted.emit()


class ConflictView(QTableView):
    """Space, a click on the choice and the menu decide for all selected rows."""

    def __init__(self, model: ConflictModel, parent: QWidget | None = None) -> None:
        """The view does not own the model."""
        super().__init__(parent)
        self.setObjectName("conflicts")
        self.setAccessibleName(_("Numbers that differ"))
        self._model = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        header = self.horizontalHeader()
        header.setObjectName("conflictColumns")
        header.setAccessibleName(_("Columns of the numbers that differ"))
        header.setHighlightSections(False)
        header.setSelectionModel(QItemSelectionModel(model, self))  # else Qt asks for the flags of every selected cell
        digit = self.fontMetrics().averageCharWidth()
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width * digit)
        header.setStretchLastSection(True)
        if model.rowCount():
            self.setCurrentIndex(model.index(0, SERIES))

    def choose(self, take: bool) -> None:
        """Decide all selected rows."""
        chosen = self.selectionModel().selection()
        for each in map(chosen.at, range(chosen.count())):
            self._model.choose(each.top(), each.bottom(), take)

    def toggle(self) -> None:
        """The other number for the current row, and the same for all selected ones."""
        at = self.currentIndex()
        if at.isValid():
            self.choose(not self._model.takes(at.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space takes the other number."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.toggle()
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on one of the numbers takes it; one on the choice takes the other number."""
        super().mouseReleaseEvent(event)
        at = self.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        alone = len(self.selectionModel().selectedRows()) == 1 if plain and at.isValid() else False
        if not alone or at.row() != self.currentIndex().row():
            return
        if at.column() == CHOICE:
            self.toggle()
        elif at.column() in {MINE, FILE}:
            self.choose(at.column() == FILE)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Both choices for the selected rows."""
        at = self.indexAt(event.pos())
        if at.isValid() and not self.selectionModel().isRowSelected(at.row(), QModelIndex()):
            rows = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(at, rows)
        menu = QMenu(self)
        menu.setObjectName("conflictMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Keep mine in the selected rows")).triggered.connect(lambda: self.choose(False))
        menu.addAction(_("Take the file's in the selected rows")).triggered.connect(lambda: self.choose(True))
        menu.popup(event.globalPos())


def difference(before: float, after: float) -> str:
    """How much larger the number of the file is, exactly as both are written, and in percent of the other one."""
    if not (math.isfinite(before) and math.isfinite(after)):
        return ""
    amount = Decimal(repr(float(after))) - Decimal(repr(float(before)))
    sign = "+" if amount > 0 else ""
    words = sign + grouped(f"{amount:f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount.to_integral_value():f}")
    if before:
        share = grouped(rounded(float(amount) / abs(before) * 100, 1))
        words += f" ({sign}{share} %)" if float(share.replace(",", "")) else " (< 0.1 %)"
    return words
