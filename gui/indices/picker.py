"""A button that opens a list of check marks: which tables, economies or sectors are drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.charts import Offer
from gui.indices.check_list import CheckList
from gui.text import _, show, tip

DOWN = "  ▾"
"""Ends the text of a button that opens a list."""


class Picker(QToolButton):
    """Shows "Economies: 4 of 9"; the list below it changes the chart at each check."""

    chosen = Signal(object)
    """Ids as a tuple: empty for all; None for what the study suggests."""

    def __init__(self, name: str, title: str, *, study: bool, parent: QWidget | None = None) -> None:
        """Hidden until there is a choice; `study` offers what the study suggests, besides all and single entries."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self._offer = Offer({}, frozenset())
        self.popup = _Popup(name, title, study, self)
        self.popup.checks.changed.connect(self._checked)
        self.popup.everything.clicked.connect(self._all)
        self.popup.suggested.clicked.connect(self._suggested)
        self.clicked.connect(self.open)
        self.hide()

    def offer(self, offer: Offer) -> None:
        """Take over what can be chosen; hidden where there is no choice."""
        if offer == self._offer:
            return
        names = list(offer.names.items())
        if names != list(self._offer.names.items()):
            self.popup.checks.fill(names)
        self._offer = offer
        self.popup.checks.check(offer.chosen)
        self.setVisible(len(names) > 1)
        self.setText(
            _("{title}: {count} of {all}").format(title=self._title, count=len(offer.chosen), all=len(names)) + DOWN
        )
        self.setToolTip(tip(*[show(name) or "–" for id_, name in names if id_ in offer.chosen][:20]))

    def open(self) -> None:
        """Show the list below the button."""
        self.popup.search.clear()
        self.popup.adjustSize()
        self.popup.move(below(self))
        self.popup.show()
        self.popup.list.setFocus()
        if self.popup.list.currentRow() < 0:
            self.popup.list.setCurrentRow(0)

    def _checked(self) -> None:
        self.chosen.emit(self.popup.checks.checked() or None)

    def _all(self) -> None:
        self.chosen.emit(())

    def _suggested(self) -> None:
        self.chosen.emit(None)


def below(button: QWidget) -> QPoint:
    """Where the list of a button opens."""
    return button.mapToGlobal(QPoint(0, button.height() + 2))


class _Popup(QFrame):
    """Search, list and two buttons; Escape and Return close it."""

    def __init__(self, name: str, title: str, study: bool, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName(f"{name}Popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.checks = CheckList(name, title)
        self.search, self.list = self.checks.search, self.checks.list
        self.list.installEventFilter(self)
        self.everything = QPushButton(_("All"))
        self.everything.setObjectName(f"{name}All")
        self.suggested = QPushButton(_("As in the study"))
        self.suggested.setObjectName(f"{name}Study")
        self.suggested.setVisible(study)
        buttons = QHBoxLayout()
        buttons.addWidget(self.everything)
        buttons.addWidget(self.suggested)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.checks)
        layout.addLayout(buttons)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Return closes the list: each check mark has already done its work."""
        closing = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in closing:
            self.hide()
            return True
        return False
