"""A dialog with named fields that does one edit, and stays open with the reason where it is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from core.errors import UserError
from core.measures import measures
from core.naming import named
from core.project import Project
from core.table import Label, Table
from core.units import Unit, parse_unit
from gui.style import colours
from gui.text import _, language, show

_UNITS = ("US$ million", "US$ billion", "US$ 100 million", "RMB million", "RMB 100 million", "EUR million", "%", "t")


class FormDialog(QDialog):
    """Fields in two columns; subclasses fill `form` and write `attempt`."""

    def __init__(self, title: str, action: str, parent: QWidget | None) -> None:
        """`action` is the verb on the button."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = QFormLayout()
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._why = QLabel()
        self._why.setObjectName("formError")
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setWordWrap(True)
        self._why.setStyleSheet(f"color: {colours().bad};")
        self._why.hide()
        buttons = QDialogButtonBox()
        self.accept_button = buttons.addButton(action, QDialogButtonBox.ButtonRole.AcceptRole)
        self.accept_button.setObjectName("formAccept")
        self.accept_button.setDefault(True)
        buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole).setObjectName("formCancel")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 12)
        box.setSpacing(10)
        box.addLayout(self.form)
        box.addWidget(self._why)
        box.addWidget(buttons)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 64)

    def attempt(self) -> None:
        """Do the edit. A UserError keeps the dialog open and says why."""
        raise NotImplementedError

    def accept(self) -> None:
        """Close only where the edit was done."""
        try:
            self.attempt()
        except UserError as error:
            self._why.setText(show(error.message))
            self._why.show()
            return
        super().accept()

    def add_field(self, name: str, words: str, field: QWidget) -> None:
        """A field with its label, its object name and its accessible name."""
        field.setObjectName(name)
        field.setAccessibleName(words)
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setBuddy(field)
        self.form.addRow(label, field)


class NameBox(QComboBox):
    """Choose a label that is known, or type the name of a new one."""

    def __init__(self, project: Project, dimension: str, table: Table | None = None, optional: bool = False) -> None:
        """`optional` allows no label at all."""
        super().__init__()
        self._project, self._dimension, self._table = project, dimension, table
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumContentsLength(24)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if optional:
            self.addItem("")
        names = [show(label.name) for label in (table.labels[dimension] if table else ())]
        names += [show(label.name) for label in project.labels(dimension)]
        if dimension == "measure":
            names += [show(measure.name) for measure in measures().values()]
        self.addItems(list(dict.fromkeys(names)))
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def label(self) -> Label | None:
        """What the name means; None where the box is empty."""
        name = self.currentText().strip()
        return named(self._project, self._dimension, name, self._table) if name else None


class UnitBox(QComboBox):
    """Choose a customary unit or type one."""

    def __init__(self, project: Project, unit: Unit) -> None:
        """Starts with `unit`; offers the units of the project first."""
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        used = [each.show(language()) for table in project.tables for each in table.units]
        customary = [parse_unit(each).show(language()) for each in _UNITS]
        self.addItems([each for each in dict.fromkeys([*used, *customary]) if each])
        self.setMinimumContentsLength(20)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._first, self._shown = unit, unit.show(language())
        self.setCurrentText(self._shown)

    def unit(self) -> Unit:
        """The unit, or a UserError that says why the text is none."""
        return self._first if self.currentText() == self._shown else parse_unit(self.currentText())


class TextBox(QPlainTextEdit):
    """Some lines of plain text; Tab goes on to the next field."""

    def __init__(self, text: str, lines: int) -> None:
        """As high as `lines`."""
        super().__init__(text)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 18)
