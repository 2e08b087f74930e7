"""One setting of the analysis to look at and change: its choices, what it does, and a button that compares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.indices import indices
from core.indices.catalogue import Entry
from core.options import Option, composed_of
from core.text import Bilingual
from gui.indices.check_list import CheckList
from gui.style import bold
from gui.text import _, locale, show, tip

_MOST = 1000.0
_ROWS = 8
_BROADEST = 46
"""Letters of mean width in a line of an explanation."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What the settings of a project can refer to: the names of its sectors by id."""

    sectors: Mapping[str, Bilingual]


class OptionBox(QWidget):
    """Name and explanation of an option; below them the kinds of options differ."""

    chosen = Signal(str, object)
    """Id of the option and the value that a person wants."""
    compared = Signal(str, object)
    """Id of the option and the value to compare with; the same again ends the comparison."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        """Without a value until `show_value`."""
        super().__init__(parent)
        self.option = option
        self.setObjectName(f"option_{option.id}")
        self.setAccessibleName(show(option.name))
        self.setAccessibleDescription(show(option.about))
        self.now: Any = None
        title = _plain(show(option.name))
        title.setFont(bold(title.font()))
        about = _plain(show(option.about))
        about.setProperty("muted", True)
        about.setWordWrap(True)
        about.setMinimumWidth(about.fontMetrics().averageCharWidth() * _BROADEST)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 6)
        self.column.setSpacing(2)
        self.column.addWidget(title)
        self.column.addWidget(about)

    def show_value(self, now: Any, compared: Any) -> None:
        """The value in force, and the one that it is compared with (None for none)."""
        raise NotImplementedError

    def _choose(self, value: Any) -> None:
        self.chosen.emit(self.option.id, value)

    def _compare(self, value: Any) -> None:
        self.compared.emit(self.option.id, value)


class ChoiceBox(OptionBox):
    """A radio button for each value."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        """One row for each choice, with its own button to compare."""
        super().__init__(option, parent)
        self.group = QButtonGroup(self)
        self.compare_buttons: list[QToolButton] = []
        for at, each in enumerate(option.choices):
            radio = QRadioButton(show(each.name))
            radio.setObjectName(f"{option.id}_{each.value}")
            self.group.addButton(radio, at)
            compare = _compare_button(f"compare_{option.id}_{each.value}", show(each.name))
            compare.clicked.connect(lambda _checked, value=each.value: self._compare(value))
            self.compare_buttons.append(compare)
            row = QHBoxLayout()
            row.addWidget(radio, 1)
            row.addWidget(compare)
            self.column.addLayout(row)
        self.group.idClicked.connect(self._clicked)

    def show_value(self, now: Any, compared: Any) -> None:
        """Check what is in force; every other choice can be compared."""
        self.now = now
        for at, each in enumerate(self.option.choices):
            self.group.button(at).setChecked(each.value == now)
            _keep_place(self.compare_buttons[at], each.value != now)
            self.compare_buttons[at].setChecked(each.value == compared)

    def _clicked(self, at: int) -> None:
        self._choose(self.option.choices[at].value)


class _CandidateBox(OptionBox):
    """A value that is put together first, and then used or compared."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        super().__init__(option, parent)
        self.compared_with: Any = None
        self.use = QPushButton(_("Use"))
        self.use.setObjectName(f"use_{option.id}")
        self.use.setAccessibleName(_("Use: {name}").format(name=show(option.name)))
        self.use.setAutoDefault(False)
        self.use.clicked.connect(lambda: self._choose(self.candidate()))
        self.compare = _compare_button(f"compare_{option.id}", show(option.name))
        self.compare.clicked.connect(self._compare_candidate)
        self.row = QHBoxLayout()
        self.row.addStretch(1)
        self.row.addWidget(self.use)
        self.row.addWidget(self.compare)

    def candidate(self) -> Any:
        """What has been put together."""
        raise NotImplementedError

    def fill(self, value: Any) -> None:
        """Begin with a value."""
        raise NotImplementedError

    def show_value(self, now: Any, compared: Any) -> None:
        if now != self.now:
            self.fill(now)
        elif compared is not None and compared != self.compared_with:
            self.fill(compared)
        self.now, self.compared_with = now, compared
        self._candidate_changed()

    def _candidate_changed(self) -> None:
        other = self.candidate() != self.now
        self.use.setEnabled(other)
        self.compare.setEnabled(other)
        self.compare.setChecked(other and self.candidate() == self.compared_with)

    def _compare_candidate(self) -> None:
        self._compare(self.candidate())


class NumberBox(_CandidateBox):
    """A number above the least that it can be."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        """Return uses the number."""
        super().__init__(option, parent)
        self.spin = QDoubleSpinBox()
        self.spin.setObjectName(f"number_{option.id}")
        self.spin.setAccessibleName(show(option.name))
        self.spin.setLocale(locale())
        self.spin.setDecimals(3)
        self.spin.setSingleStep(0.1)
        self.spin.setRange(option.above + 0.001, _MOST)
        self.spin.valueChanged.connect(self._candidate_changed)
        self.row.insertWidget(0, self.spin)
        self.column.addLayout(self.row)

    def candidate(self) -> float:
        """The number that is written."""
        return round(self.spin.value(), 3)

    def fill(self, value: float) -> None:
        """Begin with a number."""
        self.spin.setValue(value)


class SectorsBox(_CandidateBox):
    """Check marks for sectors; all of them and none are the same."""

    def __init__(self, option: Option, offered: Offered, parent: QWidget | None = None) -> None:
        """A list of the sectors of the project."""
        super().__init__(option, parent)
        self.checks = CheckList(f"sectors_{option.id}", show(option.name), _ROWS)
        self.checks.fill(list(offered.sectors.items()))
        self.checks.changed.connect(self._candidate_changed)
        self._all = tuple(offered.sectors)
        every = QPushButton(_("All sectors"))
        every.setObjectName(f"every_{option.id}")
        every.setAutoDefault(False)
        every.clicked.connect(self._check_all)
        self.row.insertWidget(0, every)
        self.column.addWidget(self.checks)
        self.column.addLayout(self.row)

    def candidate(self) -> tuple[str, ...]:
        """The checked sectors."""
        checked = self.checks.checked()
        return () if checked == self._all else checked

    def fill(self, value: tuple[str, ...]) -> None:
        """Begin with these sectors."""
        self.checks.check(value or self._all)

    def _check_all(self) -> None:
        self.fill(())
        self._candidate_changed()


class IndicesBox(_CandidateBox):
    """Check marks for indices, and for each whether lower is better."""

    def __init__(self, option: Option, parent: QWidget | None = None) -> None:
        """A row for each index that can be part of a composite."""
        super().__init__(option, parent)
        self._ids = composed_of()
        self.table = QTableWidget(len(self._ids), 2)
        self.table.setObjectName(f"indices_{option.id}")
        self.table.setAccessibleName(show(option.name))
        self.table.setHorizontalHeaderLabels([_("Index"), _("Lower is better")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self._items = [_index_items(indices()[index].entry) for index in self._ids]
        for row, items in enumerate(self._items):
            for column, item in enumerate(items):
                self.table.setItem(row, column, item)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setFixedHeight(self.table.rowHeight(0) * _ROWS + self.table.horizontalHeader().sizeHint().height())
        self.table.itemChanged.connect(self._candidate_changed)
        self.column.addWidget(self.table)
        self.column.addLayout(self.row)

    def candidate(self) -> tuple[tuple[str, str], ...]:
        """The checked indices with their directions."""
        return tuple(
            (index, "lower" if self._checked(row, 1) else "higher")
            for row, index in enumerate(self._ids)
            if self._checked(row, 0)
        )

    def fill(self, value: tuple[tuple[str, str], ...]) -> None:
        """Begin with these indices."""
        chosen = dict(value)
        self.table.blockSignals(True)
        for row, index in enumerate(self._ids):
            for column, on in enumerate((index in chosen, chosen.get(index) == "lower")):
                self._items[row][column].setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.table.blockSignals(False)
        self.table.viewport().update()

    def _checked(self, row: int, column: int) -> bool:
        return self._items[row][column].checkState() == Qt.CheckState.Checked


def option_box(option: Option, offered: Offered) -> OptionBox:
    """The box for the kind of an option."""
    if option.kind == "choice":
        return ChoiceBox(option)
    if option.kind == "number":
        return NumberBox(option)
    return SectorsBox(option, offered) if option.kind == "sectors" else IndicesBox(option)


def _index_items(entry: Entry) -> tuple[QTableWidgetItem, QTableWidgetItem]:
    """Check marks for an index and for its direction."""
    wanted, lower = QTableWidgetItem(f"{entry.symbol} · {show(entry.name)}"), QTableWidgetItem()
    wanted.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.symbol} {show(entry.name)}")
    lower.setData(Qt.ItemDataRole.AccessibleTextRole, _("Lower is better: {index}").format(index=entry.symbol))
    for item in (wanted, lower):
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Unchecked)
        item.setToolTip(tip(item.text()))
    return wanted, lower


def _compare_button(name: str, with_what: str) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText(_("Compare"))
    button.setCheckable(True)
    button.setAccessibleName(_("Compare with: {setting}").format(setting=with_what))
    button.setToolTip(_("Show every line under both settings"))
    return button


def _keep_place(button: QToolButton, visible: bool) -> None:
    """Hide a button without moving what stands beside it."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.setVisible(visible)


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
