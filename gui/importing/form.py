"""The fields beside the preview: what holds for all numbers of a sheet, and how the sheet is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.economies import economies
from core.errors import UserError
from core.files.grid import Sheet
from core.files.importing import Imported
from core.files.mapping import TWICE, Labels, SheetMapping
from core.files.report import Report
from core.measures import measure_label, measures, place_label
from core.table import DIMENSIONS
from core.units import Unit, parse_unit
from gui.importing.corrections import missing_words, with_end, with_missing, with_top
from gui.importing.menus import unit_names
from gui.importing.words import orientations, roles, ways_with_twice
from gui.style import colours
from gui.text import _, language, show

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

    def __init__(self, known: Labels, parent: QWidget | None = None) -> None:
        """Disabled until a mapping is shown. `known` are the labels that fields complete."""
        super().__init__(parent)
        self._mapping: SheetMapping | None = None
        self.title, self.unit, self.year = QLineEdit(), QComboBox(), QSpinBox()
        self.layout_, self.decimal, self.twice = QComboBox(), QComboBox(), QComboBox()
        self.first, self.last, self.end = QSpinBox(), QSpinBox(), QSpinBox()
        self.places = {dimension: QLineEdit() for dimension in DIMENSIONS}
        self.missing = QLineEdit()
        self._labels: dict[QWidget, QLabel] = {}
        self._fill(known)
        self._arrange()
        self._connect()
        self.show_mapping(None, None)

    def show_mapping(self, sheet: Sheet | None, mapping: SheetMapping | None, result: Imported | None = None) -> None:
        """Show what is wanted now, and of the newest result what is to be decided."""
        self._mapping = mapping
        self.setEnabled(mapping is not None)
        if mapping is None or sheet is None:
            self._clear()
            return
        fields = [self.unit, self.year, self.layout_, self.decimal, self.first, self.last, self.end, self.twice]
        blocked = [QSignalBlocker(field) for field in (*fields, self.title, self.missing, *self.places.values())]
        _write(self.title, mapping.title)
        if not self.unit.hasFocus():
            self.unit.setCurrentText(mapping.unit.show(language()))
        line = self.unit.lineEdit()
        if line is not None:
            stated = result is not None and result.table is not None and Unit() not in result.table.units
            line.setPlaceholderText(_("in the table") if stated else _("not stated"))
        self.year.setEnabled(not mapping.says("year"))
        self.year.setSpecialValueText(_("in the table") if mapping.says("year") else _("none"))
        self.year.setValue(_NO_YEAR if mapping.year is None or mapping.says("year") else mapping.year)
        lying = "down" if mapping.orientation == "long" else mapping.orientation
        self.layout_.setCurrentIndex(self.layout_.findData(lying))
        self.decimal.setCurrentIndex(self.decimal.findData(mapping.decimal))
        last = max(mapping.first - 1, mapping.header)
        for spin, value in ((self.first, mapping.header), (self.last, last), (self.end, mapping.end - 1)):
            spin.setRange(1, max(len(sheet.rows), mapping.end, 1))
            spin.setValue(value + 1)
        self.end.setEnabled(sheet.stream is None)
        for dimension, field in self.places.items():
            said = mapping.says(dimension)
            field.setEnabled(not said)
            field.setPlaceholderText(_("in the table") if said else "")
            _write(field, "" if said else called(dimension, getattr(mapping, dimension)))
        _write(self.missing, missing_words(mapping))
        self._show_twice(mapping, result.report if result is not None else None)
        del blocked

    def _clear(self) -> None:
        """Fields that speak of no sheet say nothing."""
        blocked = [QSignalBlocker(field) for field in (self.unit, self.title, self.missing, *self.places.values())]
        self.unit.setCurrentText("")
        for field in (self.title, self.missing, *self.places.values()):
            field.clear()
            field.setPlaceholderText("")
        for widget in (self.twice, self._labels[self.twice]):
            widget.hide()
        del blocked

    def highlight(self, wanted: Collection[str]) -> None:
        """Mark the fields of open questions: "unit", "year", "missing", "decimal", "twice" or a dimension."""
        fields = {"unit": self.unit, "year": self.year, "twice": self.twice, **self.places}
        for name, field in {**fields, "missing": self.missing, "decimal": self.decimal}.items():
            open_ = name in wanted and field.isEnabled()
            field.setStyleSheet(f"border-color: {colours().warning};" if open_ else "")
            self._labels[field].setStyleSheet(f"color: {colours().warning};" if open_ else "")

    @property
    def captions(self) -> list[QLabel]:
        """What stands left of the fields."""
        return list(self._labels.values())

    # ---- building ----

    def _fill(self, known: Labels) -> None:
        self.unit.setEditable(True)
        self.unit.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.unit.addItems(["", *unit_names()])
        for spin in (self.year, self.first, self.last, self.end):
            spin.setKeyboardTracking(False)
            spin.setMinimumWidth(self.fontMetrics().horizontalAdvance("0") * 9)
        self.year.setRange(_NO_YEAR, 2100)
        for data, words in orientations().items():
            self.layout_.addItem(words, data)
        self.decimal.addItem(_("Point (1.5)"), ".")
        self.decimal.addItem(_("Comma (1,5)"), ",")
        ways = ways_with_twice()
        for way in TWICE:
            self.twice.addItem(ways[way], way)
        self.missing.setPlaceholderText("..; -; n/a")
        for dimension, field in self.places.items():
            names = {show(label.name) for label in known.get(dimension, ())}
            if dimension == "measure":
                names |= {show(measure.name) for measure in measures().values()}
            elif dimension != "sector":
                names |= {show(economy.name) for economy in economies()}
            completer = QCompleter(sorted(names), field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)

    def _arrange(self) -> None:
        names = roles()
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        self.grid = grid
        self._put("importTitle", _("Title"), self.title)
        self._put("importUnit", _("Unit"), self.unit)
        self._put("importTwice", _("Said twice"), self.twice)
        self._head(_("The same for all numbers"))
        for dimension, field in self.places.items():
            self._put(f"import{dimension.title()}", names[dimension], field)
        self._put("importYear", _("Year"), self.year)
        self._head(_("How the sheet is read"))
        self._put("importLayout", _("Layout"), self.layout_)
        self._put("importHeaderFirst", _("Header rows"), self.first, self.last)
        self.last.setObjectName("importHeaderLast")
        self.last.setAccessibleName(_("Last header row"))
        self._put("importLastRow", _("Last row"), self.end)
        self._put("importDecimal", _("Decimal sign"), self.decimal)
        self._put("importMissing", _("Missing"), self.missing)
        self.missing.setToolTip(_("Marks that stand for a missing value, with semicolons between them"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(grid)

    def _head(self, words: str) -> None:
        heading = QLabel(words)
        heading.setProperty("heading", True)
        heading.setContentsMargins(0, self.fontMetrics().height() // 2, 0, 0)
        self.grid.addWidget(heading, self.grid.rowCount(), 0, 1, 2)

    def _put(self, name: str, words: str, field: QWidget, second: QWidget | None = None) -> None:
        field.setObjectName(name)
        field.setAccessibleName(words)
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field)
        self._labels[field] = label
        row = self.grid.rowCount()
        self.grid.addWidget(label, row, 0)
        if isinstance(field, QComboBox):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(8)
        if second is None:
            self.grid.addWidget(field, row, 1)
            return
        pair = QHBoxLayout()
        pair.setSpacing(6)
        pair.addWidget(field, 1)
        pair.addWidget(QLabel(_("to")))
        pair.addWidget(second, 1)
        self.grid.addLayout(pair, row, 1)

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
        self.twice.activated.connect(self._write_twice)
        self.layout_.activated.connect(self._lay)
        self.last.valueChanged.connect(self._move_header)
        self.first.valueChanged.connect(self._move_top)
        self.end.valueChanged.connect(self._write_end)
        self.missing.editingFinished.connect(self._write_missing)
        for field in self.places.values():
            field.editingFinished.connect(self._write_places)

    # ---- correcting ----

    def _show_twice(self, mapping: SheetMapping, report: Report | None) -> None:
        """Only where there is something to decide, or was."""
        count = report.duplicate_count if report is not None else 0
        wanted = bool(count or mapping.twice)
        for widget in (self.twice, self._labels[self.twice]):
            widget.setVisible(wanted)
        self.twice.setCurrentIndex(self.twice.findData(mapping.twice))

    def _take(self, mapping: SheetMapping) -> None:
        if mapping != self._mapping:
            self._mapping = mapping
            self.corrected.emit(mapping)

    def _correct(self, **changes: object) -> None:
        if self._mapping is not None:
            self._take(replace(self._mapping, **changes))  # type: ignore[arg-type]  # the callers know the fields

    def _write_title(self) -> None:
        if self.title.text().strip():
            self._correct(title=self.title.text().strip())

    def _write_unit(self) -> None:
        if self._mapping is not None and self.unit.currentText() == self._mapping.unit.show(language()):
            return
        try:
            self._correct(unit=parse_unit(self.unit.currentText()))
        except UserError as error:
            self.refused.emit(show(error.message))

    def _write_year(self, year: int) -> None:
        self._correct(year=None if year == _NO_YEAR else year)

    def _write_decimal(self) -> None:
        self._correct(decimal=self.decimal.currentData())

    def _write_twice(self) -> None:
        self._correct(twice=self.twice.currentData())

    def _write_missing(self) -> None:
        if self._mapping is not None and self.missing.text() != missing_words(self._mapping):
            self._take(with_missing(self._mapping, self.missing.text()))

    def _write_places(self) -> None:
        mapping = self._mapping
        written = {each: field.text().strip() for each, field in self.places.items() if field.isEnabled()}
        self._correct(
            **{each: words for each, words in written.items() if words != called(each, getattr(mapping, each, ""))}
        )

    def _write_end(self, row: int) -> None:
        if self._mapping is not None:
            self._take(with_end(self._mapping, row - 1))

    def _lay(self) -> None:
        self.laid.emit(self.layout_.currentData(), None)

    def _move_header(self, row: int) -> None:
        """The last header row decides where the table is, so the rest is guessed again."""
        self.laid.emit("", row - 1)

    def _move_top(self, row: int) -> None:
        if self._mapping is not None:
            self._take(with_top(self._mapping, row - 1))


def called(dimension: str, words: str) -> str:
    """The name, in the window's language, of what words of a file stand for."""
    if not words.strip():
        return ""
    return show((measure_label(words) if dimension == "measure" else place_label(dimension, words)).name)


def _write(field: QLineEdit, text: str) -> None:
    """Leave a field alone that says it already, so that the cursor stays where it is."""
    if field.text() != text:
        field.setText(text)
        field.setCursorPosition(0)
