"""The head of the findings: how many there are of each level, and which of them the list shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.review import LEVELS, counted
from gui.data.findings_model import Filter, Row
from gui.data.findings_signs import sign_icon
from gui.data.findings_text import kind_name
from gui.style import colours
from gui.text import _, show, tip


class FindingsBar(QWidget):
    """One line while the list is closed; the choices below it appear with the list."""

    opened = Signal(bool)
    filtered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Closed, and everything but what was dismissed is chosen."""
        super().__init__(parent)
        self.setObjectName("findingsBar")
        self._open = QToolButton()
        self._open.setObjectName("findingsOpen")
        self._open.setCheckable(True)
        self._open.setAutoRaise(True)
        self._open.setText(_("Data checks"))
        self._open.setToolTip(_("Show or hide what the data checks found (Ctrl+K)"))
        self._open.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._open.setArrowType(Qt.ArrowType.RightArrow)
        self._open.toggled.connect(self._toggle)
        c = colours()
        self.setStyleSheet(
            f"QToolButton:checked {{ background: {c.raised}; border-color: {c.border}; }}"
            f"QToolButton:!checked {{ background: transparent; border-color: transparent; color: {c.muted}; }}"
            f"QToolButton:hover, QToolButton:focus {{ border-color: {c.accent}; }}"
            f"#findingsOpen {{ color: {c.text}; font-weight: bold; }}"
        )
        self._levels = {level: self._level_button(level) for level in LEVELS}
        self._said = QLabel()
        self._said.setObjectName("findingsSaid")
        self._said.setProperty("muted", True)
        self._said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        for each in (self._open, *self._levels.values()):
            head.addWidget(each)
        head.addWidget(self._said, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self._choices())

    def _level_button(self, level: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"findings_{level}")
        button.setIcon(sign_icon(level))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setCheckable(True)
        button.setChecked(True)
        button.setToolTip(_("Show or leave out findings of this level"))
        button.clicked.connect(self._level_clicked)
        return button

    def _choices(self) -> QWidget:
        self._kind = QComboBox()
        self._kind.setObjectName("findingsKind")
        self._kind.setAccessibleName(_("Kind of finding"))
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._kind.setMinimumContentsLength(14)
        self._kind.addItem(_("All kinds"), "")
        self._kind.activated.connect(self.filtered)
        self._words = QLineEdit()
        self._words.setObjectName("findingsSearch")
        self._words.setAccessibleName(_("Search the findings"))
        self._words.setPlaceholderText(_("Search"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self.filtered)
        self._dismissed = QCheckBox()
        self._dismissed.setObjectName("findingsDismissed")
        self._dismissed.toggled.connect(self.filtered)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._kind)
        row.addWidget(self._words, 1)
        row.addWidget(self._dismissed)
        self._below.hide()
        return self._below

    @property
    def is_open(self) -> bool:
        """Whether the list is wanted."""
        return self._open.isChecked()

    def set_open(self, wanted: bool) -> None:
        """Open or close the list."""
        self._open.setChecked(wanted)

    def search(self) -> None:
        """Go to the search line."""
        self._words.setFocus()
        self._words.selectAll()

    def filter(self) -> Filter:
        """What is chosen now."""
        levels = frozenset(level for level, button in self._levels.items() if button.isChecked())
        return Filter(levels, str(self._kind.currentData() or ""), self._words.text(), self._dismissed.isChecked())

    def reset(self) -> None:
        """Choose everything that was not dismissed."""
        for button in self._levels.values():
            button.setChecked(True)
        self._kind.setCurrentIndex(0)
        blocker = QSignalBlocker(self._words)
        self._words.clear()
        blocker.unblock()
        self.filtered.emit()

    def show_counts(self, rows: Sequence[Row], said: str) -> None:
        """Count the findings that stand; `said` is put behind the counts."""
        number = dict.fromkeys(LEVELS, 0)
        for each in rows:
            number[each.finding.level] += each.reason is None
        for level, button in self._levels.items():
            button.setText(show(counted(level, number[level])))
            button.setEnabled(any(each.finding.level == level for each in rows))
        gone = len(rows) - sum(number.values())
        self._dismissed.setText(_("Dismissed ({count})").format(count=f"{gone:,}"))
        self._dismissed.setEnabled(gone > 0)
        self._said.setText(said)
        self._said.setToolTip(tip(said))
        self._fill_kinds(rows)

    def _fill_kinds(self, rows: Sequence[Row]) -> None:
        kinds = sorted({(kind_name(sign.kind), sign.kind) for each in rows for sign in each.finding.signs})
        pairs = [(_("All kinds"), ""), *kinds]
        chosen = str(self._kind.currentData() or "")
        if [(self._kind.itemText(at), self._kind.itemData(at)) for at in range(self._kind.count())] == pairs:
            return
        blocker = QSignalBlocker(self._kind)
        self._kind.clear()
        for name, kind in pairs:
            self._kind.addItem(name, kind)
        self._kind.setCurrentIndex(max(self._kind.findData(chosen), 0))
        blocker.unblock()

    def _level_clicked(self) -> None:
        """Leaving out a level that nobody sees would surprise: the list opens first."""
        if not self.is_open:
            button = self.sender()
            if isinstance(button, QToolButton):
                button.setChecked(True)
            self.set_open(True)
        self.filtered.emit()

    def _toggle(self, wanted: bool) -> None:
        self._open.setArrowType(Qt.ArrowType.DownArrow if wanted else Qt.ArrowType.RightArrow)
        self._below.setVisible(wanted)
        self.opened.emit(wanted)
