"""The fields beside the preview: title, unit, how the sheet lies, and what holds for all of its numbers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QSpinBox, QWidget

from core.errors import UserError
from core.files.grid import Sheet
from core.files.mapping import SheetMapping
from core.table import DIMENSIONS
from core.units import parse_unit
from gui.importing.words import orientations, roles
from gui.text import _, language, show

_UNITS = ("", "US$ million", "US$ 100 million", "US$ billion", "RMB million", "RMB 100 million", "EUR million", "%")
_NO_YEAR = 1799
"""The lowest value of the field for the year, shown as "none"."""


class MappingForm(QWidget):
    """Shows a mapping and says how a person corrects it; the sender decides what becomes of that."""

    corrected = Signal(object)
    """A `SheetMapping`."""
    laid = Signal(str, object)
    """An orientation, "" for the present one, and a header row or None: the rest is to be guessed again."""
    refused = Signal(str)
    """Why a field does not take what was written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Disabled until a mapping is shown."""
        super().__init__(parent)
        self._mapping: SheetMapping | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self.title, self.unit, self.year = QLineEdit(), QComboBox(), QSpinBox()
        self.layout_, self.decimal = QComboBox(), QComboBox()
        self.first, self.last, self.end = QSpinBox(), QSpinBox(), QSpinBox()
        self.places = {dimension: QLineEdit() for dimension in DIMENSIONS}
        self._fill()
        self._arrange()
        self._connect()
        self.setEnabled(False)

    def show_mapping(self, sheet: Sheet, mapping: SheetMapping | None) -> None:
        """Show what is wanted now."""
        self._mapping = mapping
        self.setEnabled(mapping is not None)
        if mapping is None:
            return
        fields = [self.title, self.unit, self.year, self.layout_, self.decimal, self.first, self.last, self.end]
        blocked = [QSignalBlocker(field) for field in (*fields, *self.places.values())]
        _write(self.title, mapping.title)
        shown = mapping.unit.show(language())
        self.unit.setCurrentText(shown)
        self.year.setValue(_NO_YEAR if mapping.year is None else mapping.year)
        self.year.setEnabled(not mapping.says("year"))
        self.year.setSpecialValueText(_("in the table") if mapping.says("year") else _("none"))
        lying = "down" if mapping.orientation == "long" else mapping.orientation
        self.layout_.setCurrentIndex(self.layout_.findData(lying))
        self.decimal.setCurrentIndex(self.decimal.findData(mapping.decimal))
        for spin, value in ((self.first, mapping.header), (self.last, mapping.first - 1), (self.end, mapping.end - 1)):
            spin.setRange(1, max(len(sheet.rows), 1))
            spin.setValue(value + 1)
        for dimension, field in self.places.items():
            said = mapping.says(dimension)
            field.setEnabled(not said)
            field.setPlaceholderText(_("in the table") if said else "")
            _write(field, "" if said else getattr(mapping, dimension))
        del blocked

    def _fill(self) -> None:
        self.unit.setEditable(True)
        self.unit.addItems(_UNITS)
        for spin in (self.year, self.first, self.last, self.end):
            spin.setKeyboardTracking(False)
        self.year.setRange(_NO_YEAR, 2100)
        for data, words in orientations().items():
            self.layout_.addItem(words, data)
        self.decimal.addItem(_("Point (1.5)"), ".")
        self.decimal.addItem(_("Comma (1,5)"), ",")

    def _arrange(self) -> None:
        names = roles()
        self._put(0, 0, "importTitle", _("Title"), self.title, span=5)
        self._put(0, 6, "importUnit", _("Unit"), self.unit)
        self._put(1, 0, "importLayout", _("Layout"), self.layout_)
        self._put(1, 2, "importHeaderFirst", _("Header from row"), self.first)
        self._put(1, 4, "importHeaderLast", _("to row"), self.last)
        self._put(1, 6, "importLastRow", _("Last row"), self.end)
        for at, (dimension, field) in enumerate(self.places.items()):
            self._put(2, 2 * at, f"import{dimension.title()}", names[dimension], field)
        self._put(3, 0, "importYear", _("Year"), self.year)
        self._put(3, 2, "importDecimal", _("Decimal sign"), self.decimal)
        for column in (1, 3, 5, 7):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, self.fontMetrics().horizontalAdvance("0") * 12)

    def _put(self, row: int, column: int, name: str, words: str, field: QWidget, span: int = 1) -> None:
        field.setObjectName(name)
        field.setAccessibleName(words)
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field)
        self._grid.addWidget(label, row, column)
        self._grid.addWidget(field, row, column + 1, 1, span)

    def _connect(self) -> None:
        self.title.editingFinished.connect(self._write_title)
        line = self.unit.lineEdit()
        assert line is not None
        line.setObjectName("importUnitText")
        line.setAccessibleName(_("Unit"))
        line.editingFinished.connect(self._write_unit)
        self.unit.activated.connect(self._write_unit)
        self.year.valueChanged.connect(self._write_year)
        self.decimal.activated.connect(self._write_decimal)
        self.layout_.activated.connect(self._lay)
        self.last.valueChanged.connect(self._move_header)
        self.first.valueChanged.connect(self._move_top)
        self.end.valueChanged.connect(self._write_end)
        for field in self.places.values():
            field.editingFinished.connect(self._write_places)

    def _correct(self, **changes: object) -> None:
        if self._mapping is None:
            return
        mapping = replace(self._mapping, **changes)  # type: ignore[arg-type]  # the callers know the fields
        if mapping != self._mapping:
            self._mapping = mapping
            self.corrected.emit(mapping)

    def _write_title(self) -> None:
        if self.title.text().strip():
            self._correct(title=self.title.text().strip())

    def _write_unit(self) -> None:
        try:
            self._correct(unit=parse_unit(self.unit.currentText()))
        except UserError as error:
            self.refused.emit(show(error.message))

    def _write_year(self, year: int) -> None:
        self._correct(year=None if year == _NO_YEAR else year)

    def _write_decimal(self) -> None:
        self._correct(decimal=self.decimal.currentData())

    def _write_places(self) -> None:
        self._correct(
            **{dimension: field.text().strip() for dimension, field in self.places.items() if field.isEnabled()}
        )

    def _write_end(self, row: int) -> None:
        self._correct(end=row)

    def _lay(self) -> None:
        self.laid.emit(self.layout_.currentData(), None)

    def _move_header(self, row: int) -> None:
        """The last header row decides where the table is, so the rest is guessed again."""
        self.laid.emit("", row - 1)

    def _move_top(self, row: int) -> None:
        """More or fewer header rows above the last one; what a new one says is not known yet."""
        if self._mapping is None:
            return
        last, before = self._mapping.first - 1, self._mapping
        top = min(row - 1, last)
        new = ("ignore",) * max(0, before.header - top)
        self._correct(header=top, levels=(*new, *before.levels[max(0, top - before.header) :]))


def _write(field: QLineEdit, text: str) -> None:
    """Leave a field alone that says it already, so that the cursor stays where it is."""
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)
