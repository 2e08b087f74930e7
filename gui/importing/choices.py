"""Below the preview: what the selected columns are, what the selected header row says, and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import UserError
from core.files.mapping import COLUMN_ROLES, LEVEL_ROLES, SheetMapping
from core.units import parse_unit
from gui.importing.corrections import with_column_role, with_level_role, with_unit
from gui.importing.menus import column_words, unit_names
from gui.importing.preview import shades
from gui.importing.words import meanings, roles
from gui.style import colours
from gui.text import _, language, show


class RoleChoices(QWidget):
    """Speaks of what is selected in the preview: the twin of the menus in its headers for the keyboard."""

    corrected = Signal(object)
    """A `SheetMapping`."""
    refused = Signal(str)
    """Why a unit is none."""
    row_asked = Signal(int, QPoint)
    """The choices for the current row are wanted, at a place of the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Disabled until something is selected."""
        super().__init__(parent)
        self.column_role, self.level_role, self.unit = QComboBox(), QComboBox(), QComboBox()
        self.row, self.left_out = QPushButton(), QCheckBox()
        self._column_label, self._level_label, self._unit_label = QLabel(), QLabel(), QLabel(_("in the unit"))
        self._mapping: SheetMapping | None = None
        self._columns: list[int] = []
        self._level, self._row = -1, -1
        self._unit = ""
        """What the field for the unit showed before it was written in."""
        self._fill()
        self._arrange()
        self.column_role.activated.connect(self._set_column_role)
        self.level_role.activated.connect(self._set_level_role)
        self.row.clicked.connect(self._ask_row)

    def show_selection(self, mapping: SheetMapping | None, columns: Sequence[int], row: int) -> None:
        """Show what the mapping says of the selected columns and of the current row."""
        self._mapping, self._row = mapping, row
        self._columns = list(columns) if mapping is not None else []
        level = row - mapping.header if mapping is not None else -1
        self._level = level if mapping is not None and 0 <= level < len(mapping.levels) else -1
        self.column_role.setEnabled(bool(self._columns))
        self._column_label.setText(
            _("{columns}:").format(columns=column_words(columns)) if self._columns else _("Select a column:")
        )
        on_level = self._level >= 0
        self._level_label.setText(_("Header row {row} says").format(row=row + 1) if on_level else "")
        for widget in (self.level_role, self._level_label):
            widget.setVisible(on_level)
        self.row.setText(_("Row {row} …").format(row=max(row, 0) + 1))
        self.row.setEnabled(row >= 0)
        found = {mapping.columns[at] if at < len(mapping.columns) else "ignore" for at in self._columns} \
            if mapping is not None else set()  # fmt: skip
        if found:
            self.column_role.setCurrentIndex(self.column_role.findData(found.pop()) if len(found) == 1 else -1)
        if mapping is not None and on_level:
            self.level_role.setCurrentIndex(self.level_role.findData(mapping.levels[self._level]))
        self._show_unit(mapping)

    def show_left_out(self, offered: bool, hidden: bool) -> None:
        """Offer to show the columns that are not imported, where they are so many that they are hidden at first."""
        self.left_out.setVisible(offered)
        with QSignalBlocker(self.left_out):
            self.left_out.setChecked(not hidden)

    def _show_unit(self, mapping: SheetMapping | None) -> None:
        numbers = bool(self._columns) and self.column_role.currentData() == "value"
        for widget in (self.unit, self._unit_label):
            widget.setVisible(numbers)
        if not numbers or mapping is None:
            return
        stated = {mapping.units.get(str(at)) for at in self._columns}
        unit = stated.pop() if len(stated) == 1 else None
        self._unit = unit.show(language()) if unit is not None else ""
        self.unit.setCurrentText(self._unit)
        line = self.unit.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _fill(self) -> None:
        names = roles()
        for role in COLUMN_ROLES:
            self.column_role.addItem(names[role], role)
        for role in LEVEL_ROLES:
            self.level_role.addItem(_("Column names") if role == "ignore" else names[role], role)
        self.unit.setEditable(True)
        self.unit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.unit.addItems(["", *unit_names()])
        line = self.unit.lineEdit()
        assert line is not None
        line.setObjectName("importColumnUnitText")
        line.setAccessibleName(_("Unit of the selected columns"))
        line.setPlaceholderText(_("as the sheet says"))
        line.editingFinished.connect(self._set_unit)
        self.unit.activated.connect(self._set_unit)
        self.unit.setMinimumContentsLength(12)
        for widget, name, words in (
            (self.column_role, "importColumnRole", _("What the selected columns are")),
            (self.level_role, "importLevelRole", _("What the selected header row says")),
            (self.unit, "importColumnUnit", _("Unit of the selected columns")),
            (self.row, "importRow", _("What the current row is")),
        ):
            widget.setObjectName(name)
            widget.setAccessibleName(words)
        self.row.setAutoDefault(False)
        self.left_out.setObjectName("importLeftOut")
        self.left_out.setText(_("Show the columns that are left out"))
        self.left_out.setAccessibleName(self.left_out.text())
        self.left_out.hide()

    def _arrange(self) -> None:
        for label, field in (
            (self._column_label, self.column_role),
            (self._unit_label, self.unit),
            (self._level_label, self.level_role),
        ):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(field)
        row = QHBoxLayout()
        row.setSpacing(6)
        for widget in (self._column_label, self.column_role, self._unit_label, self.unit):
            row.addWidget(widget)
        row.addStretch()
        row.addWidget(self._level_label)
        row.addWidget(self.level_role)
        row.addWidget(self.row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(_legend(self.left_out))
        column.addLayout(row)

    def _set_column_role(self) -> None:
        if self._mapping is not None and self._columns:
            self.corrected.emit(with_column_role(self._mapping, self._columns, str(self.column_role.currentData())))

    def _set_level_role(self) -> None:
        if self._mapping is not None and self._level >= 0:
            self.corrected.emit(with_level_role(self._mapping, self._level, str(self.level_role.currentData())))

    def _set_unit(self) -> None:
        if self._mapping is None or not self._columns:
            return
        written = self.unit.currentText().strip()
        stated = {self._mapping.units.get(str(at)) for at in self._columns}
        if written == self._unit:
            return
        try:
            unit = parse_unit(written) if written else None
        except UserError as error:
            self.refused.emit(show(error.message))
            return
        if stated != {unit}:
            self.corrected.emit(with_unit(self._mapping, self._columns, unit))

    def _ask_row(self) -> None:
        self.row_asked.emit(self._row, self.row.mapToGlobal(QPoint(0, self.row.height())))


class _Swatch(QWidget):
    """A small piece of a background."""

    def __init__(self, brush: QBrush, side: int) -> None:
        super().__init__()
        self._brush = brush
        self.setFixedSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(colours().border)
        painter.setBrush(colours().surface)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setBrush(self._brush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


def _legend(beside: QWidget) -> QHBoxLayout:
    """A row of named colours; headers and tooltips of the grid say the same in words."""
    row = QHBoxLayout()
    row.setSpacing(5)
    found = shades(colours())
    for meaning, words in meanings().items():
        label = QLabel(words)
        row.addWidget(_Swatch(found[meaning], label.fontMetrics().ascent()))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("muted", True)
        row.addWidget(label)
        row.addSpacing(8)
    row.addStretch()
    row.addWidget(beside)
    return row
