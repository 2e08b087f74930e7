"""The values beside a chart as a table model: one row for each line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from core.charts import DIFFERENCE, OURS, SUM, Chart, ChartLine, LineKey, said
from core.numbers import exact
from core.status import Status
from gui import mime
from gui.indices.figures import band_name, change, figure
from gui.indices.strokes import no_swatch, swatch
from gui.text import _, show, tip

NAME, LATEST, CHANGE, BAND, YEARS = range(5)
"""Columns; the first year stands at `YEARS`."""

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_Role = Qt.ItemDataRole


class LineModel(QAbstractTableModel):
    """Name, latest value, change, band and years of each line. A check mark shows or hides its curve."""

    hidden_changed = Signal()

    def __init__(self, project: str, parent: Any = None) -> None:
        """`project` is the id that dragged lines carry."""
        super().__init__(parent)
        self.project = project
        self.chart: Chart | None = None
        self._hidden: set[tuple[str, ...]] = set()
        self._texts: dict[int, list[str]] = {}

    @property
    def hidden(self) -> frozenset[LineKey]:
        """Keys of the lines of this chart that are not drawn."""
        return self.hidden_in(self.chart) if self.chart else frozenset()

    def hidden_in(self, chart: Chart) -> frozenset[LineKey]:
        """The same for another chart: a series that was hidden stays so under every index."""
        return frozenset(line.key for line in chart.lines if line.key[1:] in self._hidden)

    def forget_hidden(self) -> None:
        """Another project: its series are others."""
        self._hidden.clear()

    @property
    def _lines(self) -> tuple[ChartLine, ...]:
        return self.chart.rows if self.chart else ()

    def set_chart(self, chart: Chart | None) -> None:
        """Show a chart; where only numbers differ, only their cells are told to change."""
        before = self.chart
        if before is chart:
            return
        if before is None or chart is None or before.made_from is not chart.made_from:
            self.beginResetModel()
            self.chart, self._texts = chart, {}
            self.endResetModel()
            return
        self.chart = chart
        for row, (old, line) in enumerate(zip(before.rows, chart.rows, strict=True)):
            if line is not old:
                self._texts.pop(row, None)
                self._tell(row, old, line)

    def _tell(self, row: int, old: ChartLine, line: ChartLine) -> None:
        same = (old.values == line.values) | (np.isnan(old.values) & np.isnan(line.values))
        same &= old.statuses == line.statuses
        self.dataChanged.emit(self.index(row, LATEST), self.index(row, BAND))
        for at in np.flatnonzero(~same).tolist():
            changed = self.index(row, YEARS + at)
            self.dataChanged.emit(changed, changed)

    def keys(self, rows: Collection[int], *, ours: bool = False) -> list[LineKey]:
        """The lines in these rows, from the top; with `ours` only where they are under the settings in force."""
        lines = [self._lines[row] for row in sorted(rows) if row < len(self._lines)]
        return list(dict.fromkeys(line.key for line in lines if line.side == OURS or not (ours or line.side == SUM)))

    def row(self, key: LineKey) -> int:
        """The row of a line, the first where it has several, or −1."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: _Index = _TOP) -> int:
        """One for each line."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: _Index = _TOP) -> int:
        """Four, and the years."""
        return 0 if parent.isValid() or self.chart is None else YEARS + len(self.chart.years)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """Names of the columns; rows have none."""
        if self.chart is None or orientation != Qt.Orientation.Horizontal or section >= self.columnCount():
            return None
        if role == _Role.DisplayRole:
            return self.headers()[section]
        if role == _Role.TextAlignmentRole:
            left = section in {NAME, BAND}
            return (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ToolTipRole and section == CHANGE:
            return tip(_("Last value less first value of the years shown"))
        if role == _Role.ToolTipRole and section == BAND:
            return tip(_("The band of the latest value"))
        return None

    def headers(self) -> list[str]:
        """What stands above the columns."""
        assert self.chart is not None
        return [show(self.chart.axis), _("Latest"), _("Change"), _("Band"), *map(str, self.chart.years)]

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> Any:
        """Texts as shown; a missing value is a dash that says why."""
        if not index.isValid() or self.chart is None:
            return None
        row, column = index.row(), index.column()
        line = self._lines[row]
        if role == _Role.DisplayRole:
            return self._row(row)[column]
        if role == _Role.TextAlignmentRole:
            left = column in {NAME, BAND}
            return (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ToolTipRole:
            return self._tip(line, column)
        if column != NAME:
            return None
        if role == _Role.UserRole:
            return line.key
        if role == _Role.DecorationRole:
            return swatch(line.slot, line.side) if line.is_drawn else no_swatch()
        if role == _Role.CheckStateRole and line.is_drawn:
            return Qt.CheckState.Unchecked if line.key[1:] in self._hidden else Qt.CheckState.Checked
        return None

    def setData(self, index: _Index, value: Any, role: int = _Role.EditRole) -> bool:
        """Show or hide a line on all sides of a comparison; view state, not an edit of the project."""
        if not self.flags(index) & Qt.ItemFlag.ItemIsUserCheckable or role != _Role.CheckStateRole:
            return False
        series = self._lines[index.row()].key[1:]
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._hidden.discard(series)
        else:
            self._hidden.add(series)
        for row, line in enumerate(self._lines):
            if line.key[1:] == series and line.is_drawn:
                place = self.index(row, NAME)
                self.dataChanged.emit(place, place, [_Role.CheckStateRole])
        self.hidden_changed.emit()
        return True

    def show_line(self, key: LineKey) -> None:
        """Draw a line again that was hidden."""
        if key[1:] in self._hidden:
            self.setData(self.index(self.row(key), NAME), Qt.CheckState.Checked, _Role.CheckStateRole)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Rows can be selected, names of lines checked, and what holds under the settings in force dragged."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        line = self._lines[index.row()]
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if line.side == OURS:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == NAME and line.is_drawn else flags

    def mimeTypes(self) -> list[str]:
        """Lines for the board, text for other programs."""
        return [mime.LINES, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The rows that are dragged."""
        rows = {index.row() for index in indexes}
        return mime.pack(
            mime.LINES, self.project, self.text(rows), lines=[list(key) for key in self.keys(rows, ours=True)]
        )

    def supportedDragActions(self) -> Qt.DropAction:
        """A drag never takes a line away."""
        return Qt.DropAction.CopyAction

    def text(self, rows: Collection[int]) -> str:
        """Rows with headers, separated by tabs, numbers in full for a spreadsheet."""
        if self.chart is None:
            return ""
        lines = ["\t".join([show(self.chart.axis), *map(str, self.chart.years)])]
        for row in sorted(rows):
            line = self._lines[row]
            numbers = (exact(float(f"{value:.15g}")) for value in (line.values * self.chart.factor).tolist())
            lines.append("\t".join([_cell(show(line.name)), *numbers]))
        return "\n".join(lines)

    def _row(self, row: int) -> list[str]:
        """All texts of a row, made when it is first seen."""
        if row not in self._texts:
            assert self.chart is not None
            chart, line, last = self.chart, self._lines[row], self._lines[row].latest()
            latest = float(line.values[last]) if last >= 0 else float("nan")
            write = change if line.side == DIFFERENCE else figure
            self._texts[row] = [
                show(line.name),
                f"{write(chart, latest)} ({chart.years[last]})" if last >= 0 else write(chart, latest),
                change(chart, line.change()),
                band_name(chart, latest) if line.is_drawn else "",
                *(write(chart, value) for value in line.values.tolist()),
            ]
        return self._texts[row]

    def _tip(self, line: ChartLine, column: int) -> str:
        assert self.chart is not None
        if column == NAME and line.side == SUM:
            return tip(show(line.name), _("The effects add up to the change that they explain"))
        if column == NAME:
            return tip(show(line.name))
        if column == CHANGE:
            first, last = line.earliest(), line.latest()
            return tip(f"{self.chart.years[first]}–{self.chart.years[last]}") if 0 <= first < last else ""
        if column < YEARS:
            return ""
        status = int(line.statuses[column - YEARS])
        reason = "" if status == Status.OK else show(said(status))
        band = band_name(self.chart, float(line.values[column - YEARS])) if line.is_drawn else ""
        return tip(band, reason)


def _cell(text: str) -> str:
    """A name that no spreadsheet takes for a formula or for two cells."""
    plain = " ".join(text.split())
    return "'" + plain if plain[:1] in set("=+-@") else plain
