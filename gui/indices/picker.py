"""A button that opens a list of check marks: which tables, economies or sectors are drawn."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.charts import Offer
from core.text import Bilingual
from gui.text import _, show, tip

DOWN = "  ▾"
"""Ends the text of a button that opens a list."""
_SEARCH_FROM = 12
_ID = Qt.ItemDataRole.UserRole


class Picker(QToolButton):
    """Shows "Economies: 4 of 9"; the list below it changes the chart at each check."""

    chosen = Signal(object)
    """Ids as a tuple: empty for all; None for what the study suggests."""

    def __init__(self, name: str, title: str, *, study: bool, parent: QWidget | None = None) -> None:
        """`study` offers what the study suggests, besides all and single entries."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self._offer = Offer({}, frozenset())
        self.popup = _Popup(name, title, study, self)
        self.popup.list.itemChanged.connect(self._checked)
        self.popup.everything.clicked.connect(self._all)
        self.popup.suggested.clicked.connect(self._suggested)
        self.clicked.connect(self.open)

    def offer(self, offer: Offer) -> None:
        """Take over what can be chosen; hidden where there is no choice."""
        if offer == self._offer:
            return
        names = list(offer.names.items())
        if names != list(self._offer.names.items()):
            self.popup.fill(names)
        self._offer = offer
        self.popup.check(offer.chosen)
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

    def _checked(self, _item: QListWidgetItem) -> None:
        ids = self.popup.checked()
        self.chosen.emit(ids or None)

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
        self.search = QLineEdit()
        self.search.setObjectName(f"{name}Search")
        self.search.setAccessibleName(_("Search"))
        self.search.setPlaceholderText(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget()
        self.list.setObjectName(f"{name}List")
        self.list.setAccessibleName(title)
        self.list.setUniformItemSizes(True)
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
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        layout.addLayout(buttons)

    def fill(self, names: list[tuple[str, Bilingual]]) -> None:
        """New entries, none checked."""
        self.list.blockSignals(True)
        self.list.clear()
        for id_, name in names:
            item = QListWidgetItem(show(name) or "–")
            item.setData(_ID, id_)
            item.setToolTip(tip(item.text()))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.search.setVisible(len(names) >= _SEARCH_FROM)
        rows = min(max(len(names), 3), 14)
        row = self.list.sizeHintForRow(0) if names else 20
        self.list.setFixedHeight(rows * row + 8)
        self.list.setMinimumWidth(min(max(self.list.sizeHintForColumn(0) + 30, 200), 460))

    def check(self, chosen: frozenset[str]) -> None:
        """Check marks as they are now."""
        self.list.blockSignals(True)
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if item.data(_ID) in chosen else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()

    def checked(self) -> tuple[str, ...]:
        """Ids with a check mark."""
        return tuple(item.data(_ID) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Return closes the list: each check mark has already done its work."""
        closing = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in closing:
            self.hide()
            return True
        return False

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())
