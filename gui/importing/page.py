"""The parts of the import dialog and where they stand: tables, preview with its choices, outcome, fields."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from core.files.grid import Sheets
from core.files.readers.text import ENCODINGS
from core.table import Table
from gui.importing.choices import RoleChoices
from gui.importing.form import MappingForm
from gui.importing.layouts import LayoutBox, Layouts
from gui.importing.meter import show_fraction
from gui.importing.outcome import Outcome
from gui.importing.parts import Parts
from gui.importing.preview import PreviewView
from gui.importing.target import TargetBox
from gui.importing.work import Workbench
from gui.prompts import Prompts
from gui.text import _


class Page:
    """Builds the widgets of the dialog and lays them out; what they do together is the dialog's business."""

    def __init__(
        self, bench: Workbench, tables: Sequence[Table], layouts: Layouts, prompts: Prompts, dialog: QDialog
    ) -> None:
        """Everything is a child of `dialog`."""
        self.parts, self.preview, self.choices = Parts(bench, dialog), PreviewView(), RoleChoices()
        self.form, self.outcome = MappingForm(bench.known), Outcome()
        self.target, self.layout_box, self.writing = TargetBox(tables), LayoutBox(layouts, prompts), WritingBox()
        self.progress, self.buttons = QProgressBar(), QDialogButtonBox()
        self.progress.setObjectName("importProgress")
        self.progress.setAccessibleName(_("Progress"))
        show_fraction(self.progress, None)
        self.progress.setTextVisible(False)
        self.progress.setMaximumHeight(6)
        self.import_button = self._button("importAccept", "", QDialogButtonBox.ButtonRole.AcceptRole)
        self.cancel = self._button("importCancel", _("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._arrange(dialog, merging=bool(tables))

    def set_open(self, on: bool) -> None:
        """Whether something can be corrected; looking is always possible."""
        for widget in (self.choices, self._fields, self.parts):
            widget.setEnabled(on)

    def _button(self, name: str, words: str, role: QDialogButtonBox.ButtonRole) -> QPushButton:
        button: QPushButton = self.buttons.addButton(words, role)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _arrange(self, dialog: QDialog, merging: bool) -> None:
        digit, line = dialog.fontMetrics().horizontalAdvance("0"), dialog.fontMetrics().height()
        grid = QWidget()
        above = QVBoxLayout(grid)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(6)
        above.addWidget(self.preview, 1)
        above.addWidget(self.choices)
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.setObjectName("importMiddle")
        self.middle.addWidget(grid)
        self.middle.addWidget(self.outcome)
        self.middle.setChildrenCollapsible(False)
        self.middle.setStretchFactor(0, 1)
        self.middle.setSizes([line * 28, line * 8])
        self.outcome.setMinimumHeight(line * 4)
        self._fields = self._right(merging)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setObjectName("importSplitter")
        split.setChildrenCollapsible(False)
        for widget in (self.parts, self.middle, self._fields):
            split.addWidget(widget)
        split.setStretchFactor(1, 1)
        self.parts.setMinimumWidth(20 * digit)
        split.setSizes([33 * digit, 100 * digit, self._fields.minimumWidth()])
        outer = QVBoxLayout(dialog)
        outer.setContentsMargins(16, 14, 16, 12)
        outer.setSpacing(8)
        outer.addWidget(split, 1)
        outer.addWidget(self.progress)
        outer.addWidget(self.buttons)

    def _right(self, merging: bool) -> QWidget:
        """The fields scroll where the window is low."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(6)
        into = QGridLayout()
        into.setHorizontalSpacing(8)
        label = QLabel(_("Into"))
        label.setBuddy(self.target)
        into.addWidget(label, 0, 0)
        into.addWidget(self.target, 0, 1)
        into.setColumnStretch(1, 1)
        for widget in (label, self.target):
            widget.setVisible(merging)
        column.addLayout(into)
        column.addWidget(self.form)
        column.addWidget(self.writing)
        captions = [label, *self.form.captions, *self.writing.captions]
        for grid in (into, self.form.grid, self.writing.grid):
            grid.setColumnMinimumWidth(0, max(each.sizeHint().width() for each in captions))
        column.addWidget(self.layout_box)
        column.addStretch()
        area = QScrollArea()
        area.setObjectName("importFields")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        bar = area.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        area.setMinimumWidth(inside.minimumSizeHint().width() + bar)
        return area


class WritingBox(QWidget):
    """How a text file is written: its encoding, and what separates its columns. Hidden for other files."""

    chosen = Signal(str, str)
    """An encoding and a separator."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden at first."""
        super().__init__(parent)
        self.encoding, self.separator = QComboBox(), QComboBox()
        for encoding in ENCODINGS:
            self.encoding.addItem(encoding.upper(), encoding)
        for separator, words in (
            (",", _("Comma")), (";", _("Semicolon")), ("\t", _("Tab")), ("|", _("Bar |")), (" ", _("Space")),
        ):  # fmt: skip
            self.separator.addItem(words, separator)
        self.grid = grid = QGridLayout(self)
        self.captions: list[QLabel] = []
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, words, field) in enumerate(
            (
                ("importEncoding", _("Encoding"), self.encoding),
                ("importSeparator", _("Columns split by"), self.separator),
            )
        ):
            field.setObjectName(name)
            field.setAccessibleName(words)
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(8)
            label = QLabel(words)
            label.setBuddy(field)
            self.captions.append(label)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
            field.activated.connect(self._choose)
        self.hide()

    def show_file(self, found: Sheets | None) -> None:
        """Show how a text was read; None for a file that is none."""
        self.setVisible(found is not None)
        if found is None:
            return
        for field, value in ((self.encoding, found.encoding), (self.separator, found.separator)):
            if field.findData(value) < 0 and value:
                field.addItem(value.upper(), value)
            field.setCurrentIndex(field.findData(value))

    def _choose(self) -> None:
        self.chosen.emit(str(self.encoding.currentData() or ""), str(self.separator.currentData() or ""))
