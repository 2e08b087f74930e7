"""Asking where a number comes from: the file, the sheet and the cell that it was imported from."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from core.table import Table
from gui.data.origin import origin
from gui.data.table_view import TableView
from gui.text import _


class OriginActions(QObject):
    """Owns the action that says where the number in the current cell comes from."""

    def __init__(self, view: TableView) -> None:
        """Adds its action to the view and to its menu."""
        super().__init__(view)
        self._view = view
        words = _("Where this comes from")
        self.tell = view.add_action("whereFrom", words, [QKeySequence("Ctrl+Shift+O")], self.tell_origin)
        view.offer(self._fill_menu)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addSeparator()
        menu.addAction(self.tell)
        self.tell.setEnabled(self._place() is not None)

    def tell_origin(self) -> None:
        """Say it beside the cell."""
        place = self._place()
        if place is not None:
            table, series, period = place
            at = self._view.currentIndex()
            self._view.say_at(at.row(), at.column(), origin(table, series, period), alarming=False)

    def _place(self) -> tuple[Table, int, int] | None:
        grid, at = self._view.grid, self._view.currentIndex()
        if grid is None or not at.isValid():
            return None
        series, period = grid.address(at.row(), at.column())
        return (grid.table, series, period) if series >= 0 and period >= 0 else None
