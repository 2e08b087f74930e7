"""The values below a chart, what cannot be computed, and the buttons beside the names of the pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.indices.line_table import LineTable
from gui.indices.picker import DOWN, below
from gui.text import _, tip

_LACKING_ROWS = 3
_MARGIN = 12
"""Between the buttons, and around them."""


class ValuesPage(QWidget):
    """The table of values with the reasons below it why some are not there."""

    def __init__(self, table: LineTable, parent: QWidget | None = None) -> None:
        """Without reasons at first."""
        super().__init__(parent)
        self.title = QLabel(_("Cannot be computed"))
        self.title.setProperty("muted", True)
        self.reasons = QListWidget()
        self.reasons.setObjectName("lackingList")
        self.reasons.setAccessibleName(_("Cannot be computed"))
        self.reasons.setWordWrap(True)
        self.reasons.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reasons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 8)
        layout.setSpacing(4)
        layout.addWidget(table, 1)
        layout.addWidget(self.title)
        layout.addWidget(self.reasons)

    def show_reasons(self, reasons: Sequence[str]) -> None:
        """Why series cannot be computed; takes no room where all can."""
        self.reasons.clear()
        for reason in reasons:
            item = QListWidgetItem(reason)
            item.setToolTip(tip(reason))
            self.reasons.addItem(item)
        self.title.setVisible(bool(reasons))
        self.reasons.setVisible(bool(reasons))
        row = self.reasons.sizeHintForRow(0) if reasons else 0
        self.reasons.setFixedHeight(min(len(reasons), _LACKING_ROWS) * row + 6)


class IndexPages(QTabWidget):
    """The values and the description; its buttons give way to the names of the pages."""

    def __init__(self, buttons: ValueButtons, parent: QWidget | None = None) -> None:
        """Without pages yet."""
        super().__init__(parent)
        self.setObjectName("indexPages")
        self.setAccessibleName(_("Values and description of the index"))
        self.setDocumentMode(True)
        self.setUsesScrollButtons(False)
        self._buttons = buttons
        self.setCornerWidget(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the buttons first, so that the names of the pages have their room."""
        self._buttons.fit(self.width() - self.tabBar().sizeHint().width())
        super().resizeEvent(event)


class ValueButtons(QWidget):
    """What can be done with the selected rows."""

    def __init__(self, table: LineTable, parent: QWidget | None = None) -> None:
        """Copy, and send to the board."""
        super().__init__(parent)
        self._table = table
        self.copy, self.send, self.explain = QToolButton(), QToolButton(), QToolButton()
        self.explain.setObjectName("explainValue")
        self.explain.setText(_("Explain"))
        self.explain.setAccessibleName(_("Explain this number"))
        self.explain.setToolTip(_("Explain the number of the current cell; or double-click it, or press Ctrl+E"))
        self.explain.clicked.connect(table.explain_action.trigger)
        self.copy.setObjectName("copyValues")
        self.copy.setText(_("Copy"))
        self.copy.setAccessibleName(table.copy_action.text())
        self.copy.setToolTip(_("Copy the selected rows with headers"))
        self.copy.clicked.connect(table.copy_rows)
        self.send.setObjectName("sendToBoard")
        self.send.setText(_("Send to SWOT") + DOWN)
        self.send.setAccessibleName(_("Send the selected lines to the SWOT board"))
        self.send.setToolTip(_("Select rows, then choose a quadrant; or drag rows, or press Ctrl+Enter"))
        self.send.clicked.connect(self._open_board_menu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 2)
        layout.addWidget(self.explain)
        layout.addWidget(self.copy)
        layout.addWidget(self.send)

    def fit(self, room: int) -> None:
        """Leave out what has no room beside the tabs; keys and the menu of the table do the same."""
        room -= self.send.sizeHint().width() + _MARGIN
        for button in (self.explain, self.copy):
            room -= button.sizeHint().width() + _MARGIN
            button.setVisible(room >= 0)

    def _open_board_menu(self) -> None:
        self._table.board_menu.popup(below(self.send))
