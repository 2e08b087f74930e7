"""What is done with whole rows and columns: years and series are added, removed, renamed, given units and sources."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu

from core.errors import UserError, refuse
from core.headers import distinct_names
from core.layouts import Grid
from core.periods import next_period, parse_period, parse_span
from core.table import DIMENSIONS, Key, Periods, Table
from core.text import Text, text
from core.units import Unit, parse_unit
from gui.data.series_dialogs import AddSeriesDialog, SourceDialog
from gui.data.table_model import TableModel, fresh_id
from gui.data.table_properties import set_default_unit
from gui.data.table_view import TableView
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, language, show

_MOST_SERIES = 5_000
"""More selected series at once are refused, because each is looked up by itself."""


class LineActions(QObject):
    """Owns the actions of rows and columns; each is one undo step."""

    def __init__(self, session: Session, prompts: Prompts, model: TableModel, view: TableView) -> None:
        """Adds its actions to the view and to its menu."""
        super().__init__(view)
        self._session, self._prompts, self._model, self._view = session, prompts, model, view
        add = view.add_action
        self.add_next = add("addPeriod", _("Add year"), None, self.add_next_period)
        self.add_several = add("addPeriods", _("Add years…"), None, self.add_periods)
        self.add_one_series = add("addSeries", _("Add series…"), None, self.add_series)
        self.remove_rows = add("removeRows", "", None, self.remove_selected_rows)
        self.remove_columns = add("removeColumns", "", None, self.remove_selected_columns)
        self.change = add("changePeriod", _("Change year…"), None, self.change_period)
        self.set_units = add("setUnit", _("Set unit…"), None, self.set_unit)
        self.set_sources = add("setSource", _("Set source…"), None, self.set_source)
        view.offer(self._fill_menu)
        view.horizontalHeader().sectionDoubleClicked.connect(self._column_opened)
        view.verticalHeader().sectionDoubleClicked.connect(self._row_opened)

    def _fill_menu(self, menu: QMenu) -> None:
        grid = self._view.grid
        if grid is None:
            return
        menu.addSeparator()
        menu.addActions([self.add_next, self.add_several, self.add_one_series])
        for action, kind in ((self.remove_rows, grid.row_kind), (self.remove_columns, grid.column_kind)):
            action.setText(_removal(kind, grid.table.periods.kind in {"year", "none"}))
            action.setEnabled(bool(self._view.areas()))
            menu.addAction(action)
        menu.addSeparator()
        yearly = grid.table.periods.kind in {"year", "none"}
        self.add_several.setText(_("Add years…") if yearly else _("Add periods…"))
        self.change.setText(_("Change year…") if yearly else _("Change period…"))
        self.change.setVisible(grid.row_kind != "place")
        menu.addAction(self.change)
        self._fill_renaming(menu, grid)
        menu.addActions([self.set_units, self.set_sources])

    def _fill_renaming(self, menu: QMenu, grid: Grid) -> None:
        key = self._current_key()
        if key is None:
            return
        renaming = menu.addMenu(_("Rename"))
        renaming.setObjectName("renameMenu")
        for dimension, label_id in zip(DIMENSIONS, key, strict=True):
            code = grid.table.code(dimension, label_id)
            if code is not None and code >= 0:
                name = show(distinct_names(grid.table.labels[dimension])[code])
                action = renaming.addAction(name.replace("&", "&&") + "…")
                action.triggered.connect(partial(self.rename, dimension, label_id))

    def add_next_period(self) -> None:
        """Add the period that continues the table; asks where nothing says which."""
        table = self._model.table
        if table is None:
            return
        following = next_period(table.periods)
        if following is None:
            self.add_periods()
        elif self._apply("add_periods", periods=(following,)):
            self._go_to(following)

    def add_periods(self) -> None:
        """Ask for a period, or for a span such as 2015–2019."""
        table = self._model.table
        if table is None:
            return
        if table.periods.kind == "none" and table.periods.values:
            self._refuse(text("Say first which year the numbers belong to: “Change year” in the menu."))
            return
        following = next_period(table.periods)
        start = Periods(table.periods.kind, (following,)).name(0) if following is not None else ""
        label = _("Year to add, or a span such as 2015–2019:")
        answer = self._prompts.ask_text(_("Add years"), label, start)
        if answer is None:
            return
        try:
            span = parse_span("year" if table.periods.kind == "none" else table.periods.kind, answer)
        except UserError as error:
            self._refuse(error.message)
            return
        if self._apply("add_periods", periods=span):
            self._go_to(span[-1])

    def add_series(self) -> None:
        """Open the dialog that names a new series."""
        table = self._model.table
        if table is None:
            return
        like = self._current_key()
        if like is None and len(table.series):
            like = table.key(len(table.series) - 1)
        AddSeriesDialog(self._session, table, like, self._view.window()).open()

    def remove_selected_rows(self) -> None:
        """Remove what the selected rows stand for, with its numbers."""
        grid = self._view.grid
        if grid is not None:
            areas = [(top, 0, bottom, grid.columns - 1) for top, _left, bottom, _right in self._view.areas()]
            self._remove(grid, grid.row_kind, areas)

    def remove_selected_columns(self) -> None:
        """Remove what the selected columns stand for, with its numbers."""
        grid = self._view.grid
        if grid is not None:
            areas = [(0, left, grid.rows - 1, right) for _top, left, _bottom, right in self._view.areas()]
            self._remove(grid, grid.column_kind, areas)

    def _remove(self, grid: Grid, kind: str, areas: list[tuple[int, int, int, int]]) -> None:
        if not areas:
            return
        if kind == "period":
            periods = tuple(dict.fromkeys(period for area in areas for period in grid.periods_of(area)))
            self._apply("remove_periods", periods=periods)
            return
        series = self._keys(grid, areas)
        if series:
            self._apply("remove_series", series=series)

    def change_period(self) -> None:
        """Correct the year of the current row or column."""
        grid, at = self._view.grid, self._view.currentIndex()
        if grid is None or not at.isValid() or grid.row_kind == "place":
            return
        position = at.row() if grid.row_kind == "period" else at.column()
        if position < len(grid.table.periods.values):
            self._change(grid.table, position)

    def _change(self, table: Table, position: int) -> None:
        old = table.periods.values[position]
        name = table.periods.name(position)
        question = _("Year instead of {year}:").format(year=name) if name else _("Year of the numbers:")
        answer = self._prompts.ask_text(_("Change year"), question, name)
        if answer is None:
            return
        try:
            new = parse_period("year" if table.periods.kind == "none" else table.periods.kind, answer)
        except UserError as error:
            self._refuse(error.message)
            return
        self._apply("set_period", period=old, to=new)

    def rename(self, dimension: str, label_id: str, *_checked: object) -> None:
        """Ask for another name of an economy, a sector or a measure; it is renamed in all tables."""
        label = self._session.project.label(dimension, label_id)
        if label is None:
            return
        question = _("New name of “{name}”, in all tables:").format(name=show(label.name))
        answer = self._prompts.ask_text(_("Rename"), question, show(label.name))
        if answer is not None and not answer.strip():
            self._refuse(text("A name cannot be empty."))
        elif answer is not None and answer.strip() != show(label.name):
            name = label.name.with_text(language(), answer.strip())
            self._attempt("rename_label", dimension=dimension, label=label_id, name=name)

    def set_unit(self) -> None:
        """Ask for the unit of the selected series; numbers stay as they are."""
        grid = self._view.grid
        keys = self._keys(grid, self._view.areas()) if grid is not None else ()
        if grid is None or not keys:
            return
        question = _("Unit of the selected series, for example “US$ billion”. The numbers stay as they are.")
        unit = self._ask_unit(question, grid.table.unit(grid.table.find(keys[0])))
        if unit is not None and len(keys) == len(grid.table.series):
            self._apply("set_unit", unit=unit)
        elif unit is not None:
            self._apply("set_unit", unit=unit, series=keys)

    def set_table_unit(self) -> None:
        """Ask for the unit of the table; series that have another one keep it."""
        table = self._model.table
        if table is not None:
            question = _("Unit of the table, for example “US$ billion”. The numbers stay as they are.")
            unit = self._ask_unit(question, table.units[0])
            if unit is not None:
                set_default_unit(self._session, table, unit, fresh_id())

    def _ask_unit(self, question: str, old: Unit) -> Unit | None:
        """Another unit; None where it stays or the text is none."""
        answer = self._prompts.ask_text(_("Set unit"), question, old.show(language()))
        if answer is None or answer == old.show(language()):
            return None
        try:
            return parse_unit(answer)
        except UserError as error:
            self._refuse(error.message)
            return None

    def set_source(self) -> None:
        """Open the dialog with source and vintage of the selected series."""
        grid = self._view.grid
        if grid is None:
            return
        series = self._keys(grid, self._view.areas())
        if series:
            SourceDialog(self._session, grid.table, series, self._view.window()).open()

    def _keys(self, grid: Grid, areas: list[tuple[int, int, int, int]]) -> tuple[Key, ...]:
        """The series of some areas; none, with the reason shown, where they are too many."""
        found: dict[int, None] = {}
        for area in areas:
            positions = grid.series_of(area)
            if len(positions) + len(found) > _MOST_SERIES:
                why = refuse("Select at most {most} series at once.", most=f"{_MOST_SERIES:,}")
                self._refuse(why.message)
                return ()
            found |= dict.fromkeys(positions.tolist())
        return tuple(grid.table.key(series) for series in sorted(found))

    def _current_key(self) -> Key | None:
        grid, at = self._view.grid, self._view.currentIndex()
        if grid is None or not at.isValid() or not (at.row() < grid.rows and at.column() < grid.columns):
            return None
        return grid.key(at.row(), at.column())

    def _column_opened(self, column: int) -> None:
        self._opened(Qt.Orientation.Horizontal, column)

    def _row_opened(self, row: int) -> None:
        self._opened(Qt.Orientation.Vertical, row)

    def _opened(self, orientation: Qt.Orientation, at: int) -> None:
        """A double click on a header corrects the year, or renames the last level that it shows."""
        grid = self._view.grid
        across = orientation == Qt.Orientation.Horizontal
        if grid is None or at >= (grid.columns if across else grid.rows):
            return
        kind = grid.column_kind if across else grid.row_kind
        if kind == "period":
            self._change(grid.table, at)
            return
        key = (grid.column_line(at) if across else grid.row_line(at)).key
        for dimension in reversed(("measure",) if kind == "measure" else grid.shown_dimensions):
            label_id = key[DIMENSIONS.index(dimension)]
            if label_id:
                self.rename(dimension, label_id)
                return

    def _go_to(self, period: int) -> None:
        grid = self._view.grid
        if grid is not None and len(grid.table.series):
            at = self._view.currentIndex()
            series = max(grid.address(max(at.row(), 0), max(at.column(), 0))[0], 0)
            self._view.show_cell(grid.table.key(series), period)
            self._view.setFocus()

    def _apply(self, name: str, /, **arguments: object) -> bool:
        table = self._model.table
        return table is not None and self._attempt(name, table=table.id, **arguments)

    def _attempt(self, name: str, /, **arguments: object) -> bool:
        try:
            return self._session.apply(name, **arguments)
        except UserError as error:
            self._refuse(error.message)
            return False

    def _refuse(self, why: Text) -> None:
        at = self._view.currentIndex()
        self._view.say_at(max(at.row(), 0), max(at.column(), 0), why)
        self._session.refused.emit(why)


def _removal(kind: str, yearly: bool) -> str:
    """What the removal of rows or columns is called."""
    if kind == "period":
        return _("Remove selected years") if yearly else _("Remove selected periods")
    if kind == "series":
        return _("Remove selected series")
    return _("Remove selected measures") if kind == "measure" else _("Remove selected sectors")
