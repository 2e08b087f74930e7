"""What is done with the selected cells of the grid: copy, cut, paste, clear, fill down; each is one undo step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from core.blocks import MOST_CELLS, Write, as_values, block_text, read_block, write_block
from core.errors import UserError
from core.layouts import Area, Grid
from core.text import Text, text
from gui.data.table_model import TableModel, fresh_id
from gui.data.table_view import TableView
from gui.session import Session
from gui.text import _, language

_MOST_SHOWN = 1_000
"""So many pasted series are looked up to be selected."""
_STANDARD = QKeySequence.StandardKey


class CellActions(QObject):
    """Owns the actions; the clipboard holds plain text that spreadsheets read and write."""

    def __init__(self, session: Session, model: TableModel, view: TableView) -> None:
        """Adds its actions to the view and to its menu."""
        super().__init__(view)
        self._session, self._model, self._view = session, model, view
        add = view.add_action
        clear = [QKeySequence("Del"), QKeySequence("Backspace")]
        self.edit_cell = add("editCell", _("Edit"), [QKeySequence("F2")], self.open_editor)
        self.cut = add("cut", _("Cut"), _STANDARD.Cut, self.cut_cells)
        self.copy = add("copy", _("Copy"), _STANDARD.Copy, self.copy_cells)
        self.copy_headers = add(
            "copyWithHeaders", _("Copy with headers"), [QKeySequence("Ctrl+Shift+C")], self.copy_with_headers
        )
        self.paste = add("paste", _("Paste"), _STANDARD.Paste, self.paste_cells)
        self.clear = add("clear", _("Clear"), clear, self.clear_cells)
        self.fill_down = add("fillDown", _("Fill down"), [QKeySequence("Ctrl+D")], self.fill)
        view.offer(self._fill_menu)

    def _fill_menu(self, menu: QMenu) -> None:
        menu.addActions([self.edit_cell, self.cut, self.copy, self.copy_headers, self.paste])
        menu.addSeparator()
        menu.addActions([self.clear, self.fill_down])

    def open_editor(self) -> None:
        """Type into the current cell; F2 does the same."""
        self._view.edit(self._view.currentIndex())

    def copy_cells(self) -> bool:
        """Numbers with all their digits, as a spreadsheet takes them; False where there is nothing to copy."""
        return self._copy(headers=False)

    def copy_with_headers(self) -> bool:
        """The same with years and names beside the numbers."""
        return self._copy(headers=True)

    def cut_cells(self) -> None:
        """Copy, then clear."""
        if self.copy_cells():
            self.clear_cells()

    def _copy(self, headers: bool) -> bool:
        grid, areas = self._view.grid, self._view.areas()
        if grid is None or not areas:
            return False
        area = _around(areas)
        if len(areas) > 1 and not _fill_it(areas, area):
            self._say(text("Cells that do not lie in one rectangle cannot be copied together."), area)
            return False
        if _size(area) > MOST_CELLS:
            self._say(text("That is more than {most} cells. Copy less at once.", most=f"{MOST_CELLS:,}"), area)
            return False
        QGuiApplication.clipboard().setText(block_text(grid, area, headers, language()))
        return True

    def paste_cells(self) -> bool:
        """Write the clipboard from the first selected cell on; a single number fills the selection."""
        grid, at = self._view.grid, self._view.currentIndex()
        if grid is None:
            return False
        areas = self._view.areas()
        top, left = _around(areas)[:2] if areas else (max(at.row(), 0), max(at.column(), 0))
        try:
            cells = read_block(QGuiApplication.clipboard().text())
        except UserError as error:
            self._say(error.message, (top, left, top, left))
            return False
        if not cells:
            self._say(text("The clipboard holds no text to paste."), (top, left, top, left), alarming=False)
            return False
        if len(cells) == len(cells[0]) == 1 and areas and _size(_around(areas)) > 1:
            return self._fill_with(cells[0][0], areas)
        return self._paste_block(grid, cells, top, left)

    def _paste_block(self, grid: Grid, cells: Sequence[Sequence[str]], top: int, left: int) -> bool:
        made: list[Write] = []

        def make() -> Write | None:
            write = write_block(self._session.project, grid, top, left, cells, fresh_id)
            made.extend([write] if write else [])
            return write

        if not self._model.commit(make, top, left):
            return False
        if made:
            self._show_written(made[0])
        return True

    def _show_written(self, write: Write) -> None:
        """Select what was pasted where it lies together, and say so where headers decided where it went."""
        grid = self._view.grid
        if grid is None:
            return
        table = grid.table
        series = [table.find(key) for key in write.arguments["series"][:_MOST_SHOWN]]
        periods = [table.period(period) for period in write.arguments["periods"]]
        at = [grid.locate(each, period) for each in series for period in periods]
        area = _around([(row, column, row, column) for row, column in at])
        top, left = area[:2]
        if top < 0:
            return
        together = len({row for row, _ in at}) * len({column for _, column in at}) == _size(area)
        self._view.select_area(area if together else (top, left, top, left))
        if write.by_headers:
            note = text("Pasted by the years and names beside the numbers. Undo if that is not what you meant.")
            self._view.say_at(top, left, note, alarming=False)

    def _fill_with(self, cell: str, areas: Sequence[Area]) -> bool:
        merge = fresh_id()
        for top, left, bottom, right in areas:
            cells = [[cell] * (right - left + 1)] * (bottom - top + 1)

            def make(top: int = top, left: int = left, cells: list[list[str]] = cells) -> Write | None:
                grid = self._model.grid
                return write_block(self._session.project, grid, top, left, cells, fresh_id) if grid else None

            if not self._model.commit(make, top, left, merge):
                return False
        return True

    def clear_cells(self) -> None:
        """Make the selected cells missing."""
        self._write_areas([(area, None) for area in self._view.areas()])

    def fill(self) -> None:
        """Copy the first selected row to those below it; a single row takes the numbers above it."""
        grid = self._view.grid
        if grid is None:
            return
        jobs = []
        for top, left, bottom, right in self._view.areas():
            first = top if bottom > top else top - 1
            if first >= 0:
                line = as_values(grid.values((first, left, first, right)))[0]
                jobs.append(((first + 1, left, bottom, right), line))
        self._write_areas(jobs)

    def _write_areas(self, jobs: Sequence[tuple[Area, list[float | None] | None]]) -> None:
        """Write one line, or nothing, into each row of some areas."""
        merge = fresh_id()
        for area, line in jobs:
            if _size(area) > MOST_CELLS:
                self._say(text("That is more than {most} cells. Change less at once.", most=f"{MOST_CELLS:,}"), area)
                return
            top, left, bottom, right = area
            values = [line or [None] * (right - left + 1)] * (bottom - top + 1)
            if not self._model.write(top, left, values, merge):
                return

    def _say(self, why: Text, area: Area, alarming: bool = True) -> None:
        self._view.say_at(area[0], area[1], why, alarming)
        if alarming:
            self._session.refused.emit(why)


def _around(areas: Sequence[Area]) -> Area:
    """The smallest rectangle around all areas."""
    return (
        min(area[0] for area in areas),
        min(area[1] for area in areas),
        max(area[2] for area in areas),
        max(area[3] for area in areas),
    )


def _size(area: Area) -> int:
    return (area[2] - area[0] + 1) * (area[3] - area[1] + 1)


def _fill_it(areas: Sequence[Area], around: Area) -> bool:
    return sum(map(_size, areas)) == _size(around)
