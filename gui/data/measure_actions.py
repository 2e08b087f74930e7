"""Letting a measure of a table serve as one that the indices read, such as its cumulative exports as exports."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from core.indices import indices
from core.layouts import Grid
from core.measures import measures
from gui.data.table_view import TableView
from gui.session import Session
from gui.text import _, show


class MeasureActions(QObject):
    """Adds the choice to the menu of the grid, for the measure of the current cell."""

    def __init__(self, session: Session, view: TableView) -> None:
        """Nothing is shown where no cell is current."""
        super().__init__(view)
        self._session, self._view = session, view
        view.offer(self._fill_menu)

    def _fill_menu(self, menu: QMenu) -> None:
        grid = self._view.grid
        own = self._current_measure()
        if grid is None or not own:
            return
        table = grid.table.id
        label = self._session.project.label("measure", own)
        name = show(label.name) if label is not None else own
        words = _("Use “{measure}” in the indices as").format(measure=name.replace("&", "&&"))
        serving = self._session.project.study.serving.get(table, {})
        submenu = menu.addMenu(words)
        submenu.setObjectName("servingMenu")
        for measure in _read():
            if measure == own:
                continue
            action = submenu.addAction(show(measures()[measure].name).replace("&", "&&"))
            action.setObjectName(f"serveAs_{measure}")
            action.setCheckable(True)
            action.setChecked(serving.get(measure) == own)
            chosen = "" if action.isChecked() else own
            action.triggered.connect(partial(self.serve, table, measure, chosen))

    def serve(self, table: str, measure: str, own: str, *_checked: object) -> None:
        """Let the measure `own` of a table serve as `measure` of the catalogue; "" for none."""
        self._session.attempt("set_serving", table=table, measure=measure, own=own)

    def _current_measure(self) -> str:
        grid: Grid | None = self._view.grid
        at = self._view.currentIndex()
        if grid is None or not at.isValid() or not (at.row() < grid.rows and at.column() < grid.columns):
            return ""
        return grid.key(at.row(), at.column())[3]


def _read() -> list[str]:
    """The measures that some index reads, in the order of the catalogue."""
    wanted = {measure for index in indices().values() for _when, measure in index.reads}
    return [measure for measure in measures() if measure in wanted]
