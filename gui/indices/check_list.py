"""A list of names with check marks, and a search where there are many."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.text import Bilingual
from gui.text import _, show, tip

_SEARCH_FROM = 12
_ID = Qt.ItemDataRole.UserRole


class CheckList(QWidget):
    """Ids with names; what is checked is told at each change that a person makes."""

    changed = Signal()

    def __init__(self, name: str, title: str, rows: int = 14, parent: QWidget | None = None) -> None:
        """At most so many rows are seen at once."""
        super().__init__(parent)
        self._rows = rows
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
        self.list.itemChanged.connect(self._item_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.search)
        layout.addWidget(self.list)

    def fill(self, names: Collection[tuple[str, Bilingual]]) -> None:
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
        rows = min(max(len(names), 3), self._rows)
        row = self.list.sizeHintForRow(0) if names else 20
        self.list.setFixedHeight(rows * row + 8)
        self.list.setMinimumWidth(min(max(self.list.sizeHintForColumn(0) + 30, 200), 460))

    def check(self, chosen: Iterable[str]) -> None:
        """Check marks as they are now."""
        wanted = set(chosen)
        self.list.blockSignals(True)
        for item in self._items():
            item.setCheckState(Qt.CheckState.Checked if item.data(_ID) in wanted else Qt.CheckState.Unchecked)
        self.list.blockSignals(False)
        self.list.viewport().update()

    def checked(self) -> tuple[str, ...]:
        """Ids with a check mark."""
        return tuple(item.data(_ID) for item in self._items() if item.checkState() == Qt.CheckState.Checked)

    def _item_changed(self, _item: QListWidgetItem) -> None:
        self.changed.emit()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _filter(self, text: str) -> None:
        wanted = text.casefold().strip()
        for item in self._items():
            item.setHidden(wanted not in item.text().casefold())
