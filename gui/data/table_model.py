"""The editable grid of one table: read from the project, written through the session, repainted exactly."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap, QPolygonF

from core.blocks import Values, Write, heading, spare_header, write_values
from core.errors import UserError
from core.headers import Part
from core.layouts import Difference, Grid
from core.numbers import exact, grouped, parse_number
from core.project import Project
from core.review import level_word
from core.table import Mark, Table
from core.text import Text, text
from core.units import Unit
from gui.data.findings_marks import Mark as FindingMark
from gui.data.findings_marks import Marks
from gui.data.findings_signs import SIGNS, sign_icon
from gui.data.origin import imported_from
from gui.session import Session
from gui.style import colours
from gui.text import _, language, show, tip

Index = QModelIndex | QPersistentModelIndex

DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
TIP = int(Qt.ItemDataRole.ToolTipRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
BACKGROUND = int(Qt.ItemDataRole.BackgroundRole)
DECORATION = int(Qt.ItemDataRole.DecorationRole)
_RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
_EDITABLE = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable
_ANSWERED = frozenset({DISPLAY, EDIT, DECORATION, BACKGROUND, TIP, DESCRIPTION})
_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
_CENTRE = Qt.AlignmentFlag.AlignCenter.value

_FINDINGS_TOLD = 4
_MARKS = {
    "text": text("the source has a text here: “{raw}”"),
    "error": text("the source has an error here: {raw}"),
    "revised": text("revised figure: {raw}"),
    "estimated": text("estimated figure: {raw}"),
    "provisional": text("provisional figure: {raw}"),
    "near_zero": text("more than zero, but less than half of the unit shown: {raw}"),
    "two_numbers": text("the source has two numbers here: {raw}"),
}


def fresh_id() -> str:
    """An id that nothing has yet."""
    return uuid.uuid4().hex


class TableModel(QAbstractTableModel):
    """Shows the table `table_id` of the session's project, with a spare last row that makes it grow."""

    cell_refused = Signal(int, int, object)
    """Row, column and the `Text` that says why a cell stayed as it was."""
    marks_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Empty until `show_table` is called."""
        super().__init__(parent)
        self._session = session
        self._grid: Grid | None = None
        self._spare: Part | None = None
        self._hidden = 0
        self._signs: dict[str, QPixmap] = {}
        self._marks: Mapping[str, Marks] = {}
        self._absent = QBrush(QColor(colours().window))
        session.project_changed.connect(self._follow)

    @property
    def grid(self) -> Grid | None:
        """The view of the table that rows and columns count in; None where there is no table."""
        return self._grid

    @property
    def table(self) -> Table | None:
        """The table as it is shown."""
        return self._grid.table if self._grid else None

    def show_table(self, table_id: str | None, period: int | None = None) -> None:
        """Show another table, or another period (a value, such as 2017) of one in sectors × measures."""
        table = self._session.project.table(table_id) if table_id is not None else None
        if table is None:
            self._reset(None)
            return
        at = table.period(period) if period is not None else -1
        grid = Grid(table, at, self._grid)
        if self._grid is not None and self._grid.table.id == table.id:
            self._change_to(grid)
        else:
            self._reset(grid)

    def show_marks(self, marks: Mapping[str, Marks]) -> None:
        """Mark the cells and lines that have findings; the marks of each table by its id."""
        self._marks = marks
        self._rename()
        self.marks_changed.emit()

    @property
    def marks(self) -> Marks | None:
        """The findings of the shown table by position; None where there are none that fit it."""
        marks = self._marks.get(self._grid.table.id) if self._grid is not None else None
        return marks if marks is not None and self._grid is not None and marks.fit(self._grid.table) else None

    def findings_at(self, row: int, column: int) -> tuple[FindingMark, ...]:
        """The findings of a cell, the worst first; where a series has no line of its own, those of the series too."""
        grid, marks = self._grid, self.marks
        if grid is None or marks is None:
            return ()
        at = grid.address(row, column)
        found = marks.cells.get(at, ())
        return found + marks.series.get(at[0], ()) if grid.row_kind == "place" and marks.series else found

    def findings_of(self, row: int, column: int) -> tuple[FindingMark, ...]:
        """The findings of a cell and then those of its series, wherever their sign is."""
        return self.findings_at(row, column) or (
            self._findings_of_line(True, column) + self._findings_of_line(False, row)
        )

    def _findings_of_line(self, across: bool, section: int) -> tuple[FindingMark, ...]:
        """The findings of a series that has a line of its own."""
        grid, marks = self._grid, self.marks
        if grid is None or marks is None:
            return ()
        kind = grid.column_kind if across else grid.row_kind
        return marks.series.get(section, ()) if kind == "series" else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The rows of the grid and the spare one."""
        if parent.isValid() or self._grid is None:
            return 0
        return self._grid.rows + (self._spare is not None) - self._hidden

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The columns of the grid."""
        return 0 if parent.isValid() or self._grid is None else self._grid.columns

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited. Qt asks this for each cell of a selection, so nothing is put together here."""
        return _EDITABLE if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Numbers with all their digits, thousands grouped; an empty cell is missing."""
        if role == ALIGN:
            return _RIGHT
        grid = self._grid
        if grid is None or role not in _ANSWERED:
            return None
        row, column = index.row(), index.column()
        series, period = grid.address(row, column)
        if role == TIP:
            return self._tip(grid, row, column, series, period)
        if role == DESCRIPTION:
            return "\n".join(_told(self.findings_at(row, column)))
        if series < 0 or period < 0:
            return self._absent if role == BACKGROUND and row < grid.rows else None
        if role == DISPLAY:
            return grouped(exact(grid.table.value(series, period)))
        if role == EDIT:
            return exact(grid.table.value(series, period))
        if role == DECORATION and grid.table.marks:
            mark = grid.table.marks.get((series, period))
            return self._sign(mark) if mark is not None else None
        return None

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Write what a person typed; refused text leaves the cell as it was and is answered beside it."""
        grid = self._grid
        if role != EDIT or grid is None or not index.isValid():
            return False
        typed, row, column = str(value), index.row(), index.column()
        if typed.strip() == (self.data(index, EDIT) or ""):
            return True
        try:
            number = parse_number(typed)
        except UserError as error:
            self._refuse(row, column, error.message)
            return False
        return self.write(row, column, [[number]])

    def write(self, row: int, column: int, values: Values, merge: str | None = None) -> bool:
        """Write a rectangle of numbers from a cell on; what lies beyond the grid makes it grow. One undo step."""
        grid = self._grid
        if grid is None:
            return False
        return self.commit(
            lambda: write_values(self._session.project, grid, row, column, values, fresh_id), row, column, merge
        )

    def commit(
        self, make: Callable[[], Write | None], row: int = -1, column: int = -1, merge: str | None = None
    ) -> bool:
        """Apply a block of numbers; a refusal is answered beside the cell and leaves no trace."""
        if self._grid is None:
            return False
        try:
            write = make()
            if write is not None:
                table = self._grid.table.id
                self._session.apply("set_cells", merge=merge, table=table, **write.arguments)
        except UserError as error:
            self._refuse(row, column, error.message)
            return False
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Names and years of a line; its unit where it is not that of the table."""
        grid = self._grid
        if grid is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        if role == ALIGN:
            return _CENTRE if across or grid.row_kind == "period" else _LEFT
        if role == DECORATION:
            found = self._findings_of_line(across, section)
            return sign_icon(found[0].level) if found else None
        if role not in {DISPLAY, TIP} or section < 0:
            return None
        if section >= (grid.columns if across else grid.rows):
            return self._spare_text(role) if not across and section == grid.rows else None
        parts: Sequence[Part] = grid.column_header(section) if across else grid.row_header(section)
        unit = grid.column_unit(section) if across else grid.row_unit(section)
        name = heading(parts, unit, language(), "\n" if across and role == DISPLAY else " · ")
        return name if role == DISPLAY else tip("\n".join([name, *_told(self._findings_of_line(across, section))]))

    def _spare_text(self, role: int) -> str | None:
        if self._spare is None:
            return None
        name = show(self._spare)
        return "+ " + name if role == DISPLAY else tip(_("Type here to add “{name}”.").format(name=name))

    def _tip(self, grid: Grid, row: int, column: int, series: int, period: int) -> str | None:
        if row >= grid.rows:
            return self._spare_text(TIP)
        name = [*grid.row_header(row), *grid.column_header(column)]
        if series < 0 or period < 0:
            absent = _("The table has no such series. Type a number to add it.")
            return tip(heading(name, None, language()) + "\n" + absent)
        lines = [heading(name, None, language())]
        unit: Unit = grid.table.unit(series)
        if unit != Unit():
            lines.append(unit.show(language()))
        mark = grid.table.marks.get((series, period))
        if mark is not None:
            known = _MARKS.get(mark.kind)
            note = Text(known.message, {"raw": mark.raw}) if known else f"{mark.kind}: {mark.raw}"
            lines.append("▲ " + show(note))
        place = imported_from(grid.table, series, period)
        if place is not None:
            lines.append(show(place))
        lines += _told(self.findings_at(row, column))
        return tip("\n".join(lines))

    def _sign(self, mark: Mark) -> QPixmap:
        """A small triangle; red for an error in the source."""
        colour = colours().bad if mark.kind in {"error", "text"} else colours().warning
        if colour not in self._signs:
            sign = QPixmap(16, 16)
            sign.setDevicePixelRatio(2)
            sign.fill(Qt.GlobalColor.transparent)
            painter = QPainter(sign)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawPolygon(QPolygonF([QPointF(4, 0.5), QPointF(8, 7.5), QPointF(0, 7.5)]))
            painter.end()
            self._signs[colour] = sign
        return self._signs[colour]

    def _refuse(self, row: int, column: int, why: Text) -> None:
        self.cell_refused.emit(row, column, why)
        self._session.refused.emit(why)

    def _follow(self, _before: Project, after: Project) -> None:
        if self._grid is None:
            return
        table = after.table(self._grid.table.id)
        if table is self._grid.table:
            return
        if table is None:
            self._reset(None)
            return
        shown = self._grid.table.periods.values
        wanted = shown[self._grid.period] if self._grid.period >= 0 else None
        self._change_to(Grid(table, table.period(wanted) if wanted is not None else -1, self._grid))

    def _change_to(self, grid: Grid) -> None:
        """The least that makes the view show another state of the same table."""
        old = self._grid
        difference = old.difference(grid) if old else None
        if old is None or difference is None:
            self._reset(grid)
        elif difference.runs == 0:
            self._repaint(old, grid)
        elif difference.runs == 1 and (self._spare is None) == (spare_header(grid) is None):
            self._grow(grid, difference, old.rows)
        else:
            self._reset(grid)

    def _reset(self, grid: Grid | None) -> None:
        self.beginResetModel()
        self._take(grid)
        self.endResetModel()

    def _take(self, grid: Grid | None) -> None:
        self._grid = grid
        self._spare = spare_header(grid) if grid else None

    def _repaint(self, old: Grid, grid: Grid) -> None:
        areas = list(old.changes(grid))
        self._take(grid)
        for top, left, bottom, right in areas:
            self.dataChanged.emit(self.index(top, left), self.index(bottom, right))
        a, b = old.table, grid.table
        if a.labels is not b.labels or a.series is not b.series or a.units is not b.units or a.periods is not b.periods:
            self._rename()

    def _rename(self) -> None:
        for orientation, count in (
            (Qt.Orientation.Horizontal, self.columnCount()),
            (Qt.Orientation.Vertical, self.rowCount()),
        ):
            if count:
                self.headerDataChanged.emit(orientation, 0, count - 1)

    def _grow(self, grid: Grid, difference: Difference, rows: int) -> None:
        """One stretch of lines comes or goes."""
        nowhere = QModelIndex()
        spare = self._spare is not None
        if difference.inserted_rows:
            first, last = difference.inserted_rows[0]
            if spare and first == rows:
                self._append(grid, first, last)
            else:
                self.beginInsertRows(nowhere, first, last)
                self._take(grid)
                self.endInsertRows()
        elif difference.removed_rows:
            first, last = difference.removed_rows[0]
            if spare and last == rows - 1:
                self._cut(grid, first, last)
            else:
                self.beginRemoveRows(nowhere, first, last)
                self._take(grid)
                self.endRemoveRows()
        elif difference.inserted_columns:
            self.beginInsertColumns(nowhere, *difference.inserted_columns[0])
            self._take(grid)
            self.endInsertColumns()
        else:
            self.beginRemoveColumns(nowhere, *difference.removed_columns[0])
            self._take(grid)
            self.endRemoveColumns()
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
        self._rename()

    def _append(self, grid: Grid, first: int, last: int) -> None:
        """The spare row becomes the first new one, so that one stays in the cell where one typed."""
        self._take(grid)
        self._hidden = last - first + 1
        self.dataChanged.emit(self.index(first, 0), self.index(first, grid.columns - 1))
        self.beginInsertRows(QModelIndex(), first + 1, last + 1)
        self._hidden = 0
        self.endInsertRows()

    def _cut(self, grid: Grid, first: int, last: int) -> None:
        """The inverse: the first row that goes becomes the spare one."""
        self.beginRemoveRows(QModelIndex(), first + 1, last + 1)
        self._hidden = last - first + 1
        self.endRemoveRows()
        self._hidden = 0
        self._take(grid)


def _told(found: Sequence[FindingMark]) -> list[str]:
    """The findings as lines of a tooltip, the last one saying how many are left out."""
    told = [
        f"{SIGNS[each.level]} {level_word(each.level, language())}: "
        + (show(each.finding.text) if each.own else each.finding.line(language()))
        for each in found[:_FINDINGS_TOLD]
    ]
    rest = len(found) - len(told)
    return [*told, _("… and {count} more").format(count=rest)] if rest > 0 else told
