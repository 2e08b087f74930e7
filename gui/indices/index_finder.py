"""The list of indices with a field above it: an index is found by any of the names that the field of study uses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from core.definitions import found
from gui.indices.index_list import IndexList
from gui.text import _


class IndexFinder(QWidget):
    """Hides what does not fit the words that are typed; the arrow keys and Enter go on in the list."""

    def __init__(self, list_: IndexList, parent: QWidget | None = None) -> None:
        """Takes the list over."""
        super().__init__(parent)
        self.list = list_
        self.field = QLineEdit()
        self.field.setObjectName("indexFinder")
        self.field.setAccessibleName(_("Find an index"))
        self.field.setPlaceholderText(_("Find an index"))
        self.field.setToolTip(_("A name or an abbreviation, for example NTB or Balassa"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.only = QCheckBox(_("Only what can be computed"))
        self.only.setObjectName("onlyComputable")
        self.only.setToolTip(_("Hide the indices that need figures which the tables of this project do not have"))
        self.only.toggled.connect(self._limit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.field)
        layout.addWidget(self.only)
        layout.addWidget(self.list, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes to the list, Enter chooses its first line, Escape shows all again."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.list.setFocus()
                self._choose_first()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._choose_first()
                return True
            if event.key() == Qt.Key.Key_Escape and self.field.text():
                self.field.clear()
                return True
        return super().eventFilter(watched, event)

    def _find(self, words: str) -> None:
        self.list.show_only(found(words) if words.strip() else None)

    def _limit(self, only: bool) -> None:
        self.list.only_possible = only

    def _choose_first(self) -> None:
        """The first line that fits, unless the one that is chosen fits."""
        shown = self.list.shown()
        if shown:
            self.list.choose(self.list.current() if self.list.current() in shown else shown[0])
