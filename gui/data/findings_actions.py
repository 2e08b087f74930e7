"""From a marked cell to what was found there."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from gui.data.findings_marks import Mark
from gui.data.findings_panel import FindingsPanel
from gui.data.table_model import TableModel
from gui.data.table_view import TableView
from gui.text import _


class FindingActions(QObject):
    """Owns the action that shows the findings of the current cell in the list."""

    def __init__(self, model: TableModel, view: TableView, panel: FindingsPanel) -> None:
        """Adds its action to the view and to its menu."""
        super().__init__(view)
        self._model, self._view, self._panel = model, view, panel
        words = _("What the data checks say of this")
        self.tell = view.add_action("showFinding", words, [QKeySequence("Ctrl+Shift+F")], self.show_finding)
        view.offer(self._fill_menu)

    def _fill_menu(self, menu: QMenu) -> None:
        if self._found():
            menu.addAction(self.tell)

    def show_finding(self) -> None:
        """Open the list on the worst finding of the cell or of its series."""
        found = self._found()
        if found:
            self._panel.show_finding(found[0].finding)

    def _found(self) -> tuple[Mark, ...]:
        at = self._view.currentIndex()
        return self._model.findings_of(at.row(), at.column()) if at.isValid() else ()
