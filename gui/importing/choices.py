"""Below the preview: what the selected columns are, what the selected header row says, and what the colours mean."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from core.files.cells import column_name
from core.files.mapping import COLUMN_ROLES, LEVEL_ROLES, SheetMapping
from gui.importing.preview import shades
from gui.importing.words import roles
from gui.style import colours
from gui.text import _

_ONCE = {"ignore", "value"}
"""Roles that more than one column can have."""


class RoleChoices(QWidget):
    """Speaks of what is selected in the preview."""

    corrected = Signal(object)
    """A `SheetMapping`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Disabled until something is selected."""
        super().__init__(parent)
        self.column_role, self.level_role = QComboBox(), QComboBox()
        self._column_label, self._level_label = QLabel(), QLabel()
        self._mapping: SheetMapping | None = None
        self._columns: list[int] = []
        self._level = -1
        names = roles()
        for role in COLUMN_ROLES:
            self.column_role.addItem(names[role], role)
        for role in LEVEL_ROLES:
            self.level_role.addItem(_("Nothing") if role == "ignore" else names[role], role)
        self.column_role.setObjectName("importColumnRole")
        self.column_role.setAccessibleName(_("What the selected columns are"))
        self.level_role.setObjectName("importLevelRole")
        self.level_role.setAccessibleName(_("What the selected header row says"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for label, field in ((self._column_label, self.column_role), (self._level_label, self.level_role)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field)
            row.addSpacing(16)
        row.addStretch()
        row.addWidget(_legend())
        self.column_role.activated.connect(self._set_column_role)
        self.level_role.activated.connect(self._set_level_role)

    def show_selection(self, mapping: SheetMapping | None, columns: list[int], row: int) -> None:
        """Show what the mapping says of the selected columns and of the current row."""
        self._mapping = mapping
        self._columns = [at for at in columns if mapping is not None and at < len(mapping.columns)]
        level = row - mapping.header if mapping is not None else -1
        self._level = level if mapping is not None and 0 <= level < len(mapping.levels) else -1
        on_level = self._level >= 0
        self.column_role.setEnabled(bool(self._columns))
        self._column_label.setText(_column_words(self._columns))
        self._level_label.setText(_("Header row {row} says").format(row=row + 1) if on_level else "")
        self.level_role.setVisible(on_level)
        self._level_label.setVisible(on_level)
        if mapping is not None and self._columns:
            found = {mapping.columns[at] for at in self._columns}
            self.column_role.setCurrentIndex(self.column_role.findData(found.pop()) if len(found) == 1 else -1)
        if mapping is not None and on_level:
            self.level_role.setCurrentIndex(self.level_role.findData(mapping.levels[self._level]))

    def _set_column_role(self) -> None:
        if self._mapping is None:
            return
        columns, role, chosen = list(self._mapping.columns), str(self.column_role.currentData()), self._columns
        if role not in _ONCE:
            columns = ["ignore" if each == role else each for each in columns]
            chosen = chosen[:1]
        for at in chosen:
            columns[at] = role
        self.corrected.emit(replace(self._mapping, columns=tuple(columns)))

    def _set_level_role(self) -> None:
        if self._mapping is None or self._level < 0:
            return
        levels, role = list(self._mapping.levels), str(self.level_role.currentData())
        if role != "ignore":
            levels = ["ignore" if each == role else each for each in levels]
        levels[self._level] = role
        self.corrected.emit(replace(self._mapping, levels=tuple(levels)))


def _column_words(columns: list[int]) -> str:
    if not columns:
        return _("Select a column:")
    if len(columns) == 1:
        return _("Column {name} holds").format(name=column_name(columns[0]))
    return _("Columns {first} to {last} hold").format(first=column_name(columns[0]), last=column_name(columns[-1]))


def _legend() -> QWidget:
    """A row of named colours; the headers of the grid say the same in words."""
    box = QWidget()
    box.setObjectName("importLegend")
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    found = shades(colours())
    for meaning, words in (("header", _("Header")), ("labels", _("Labels")), ("year", _("Years"))):
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setStyleSheet(
            f"background: {found[meaning].name()}; border: 1px solid {colours().border}; border-radius: 3px;"
            "padding: 1px 6px;"
        )
        row.addWidget(label)
    return box
