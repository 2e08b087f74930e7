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
from core.text import Bilingual
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
        self._filled: list[tuple[str, Bilingual]] = []
        self._popup: _Popup | None = None
        self._study = study
        self.clicked.connect(self.open)
        self.hide()

    @property
    def popup(self) -> _Popup:
        """The list, with what can be chosen now; nobody waits for thousands of names before it is asked for."""
        if self._popup is None:
            self._popup = _Popup(self.objectName(), self._title, self._study, self)
            self._popup.checks.changed.connect(self._checked)
            self._popup.everything.clicked.connect(self._all)
            self._popup.suggested.clicked.connect(self._suggested)
        self._fill(self._popup)
        return self._popup

    def _fill(self, popup: _Popup) -> None:
        names = list(self._offer.names.items())
        popup.list.setAccessibleName(self._title)
        if names != self._filled:
            self._filled = names
            popup.checks.fill(names)
        popup.checks.check(self._offer.chosen)

    def offer(self, offer: Offer, title: str = "") -> None:
        """Take over what can be chosen, and another title; hidden where there is no choice."""
        if offer == self._offer and title in {"", self._title}:
            return
        self._title = title or self._title
        self.setAccessibleName(self._title)
        names = list(offer.names.items())
        self._offer = offer
        if self._popup is not None and self._popup.isVisible():
            self._fill(self._popup)
        self.setVisible(len(names) > 1)
        self.setText(
            _("{title}: {count} of {all}").format(title=self._title, count=len(offer.chosen), all=len(names)) + DOWN
        )
        self.setToolTip(tip(*[show(name) or "–" for id_, name in names if id_ in offer.chosen][:20]))

    def open(self) -> None:
        """Show the list below the button."""
        popup = self.popup
        popup.search.clear()
        popup.adjustSize()
        popup.move(below(self))
        popup.show()
        popup.list.setFocus()
        if popup.list.currentRow() < 0:
            popup.list.setCurrentRow(0)

    def _checked(self) -> None:
        if self._popup is not None:
            self.chosen.emit(self._popup.checks.checked() or None)

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
