"""Which number of the Indices tab a person points at: a cell of the values or a point of the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from core.charts import OTHER, SUM, Chart, ChartLine
from core.explain import Wanted
from gui.indices.chart_view import ChartView
from gui.indices.line_model import YEARS, LineModel
from gui.indices.line_table import LineTable


class Asking(QObject):
    """Asks for explanations: a double click on a value, its menu, a click on a point of the chart."""

    asked = Signal(object)
    """The number as `Wanted`."""
    moved = Signal(object)
    """The number that a person has moved to in the values, for whoever is being explained them already."""

    def __init__(self, model: LineModel, table: LineTable, view: ChartView) -> None:
        """Listens to the table and the chart of one tab."""
        super().__init__(table)
        self._model, self._table, self._view = model, table, view
        self._at: Wanted | None = None
        table.selectionModel().currentChanged.connect(self._follow)
        table.doubleClicked.connect(self._ask)
        table.explain_action.triggered.connect(self._ask_current)
        view.plot.scene().sigMouseClicked.connect(self._point_clicked)

    def current(self) -> Wanted | None:
        """The number of the current cell; in a column that is no year, and without a current cell, the latest one."""
        index = self._table.currentIndex()
        return self._wanted(index if index.isValid() else self._model.index(0, 0))

    def _ask_current(self) -> None:
        self._emit(self.current())

    def _ask(self, index: QModelIndex) -> None:
        self._emit(self._wanted(index))

    def _follow(self, index: QModelIndex) -> None:
        """Only a person with the keyboard in the table moves; a table that is filled anew does not."""
        before, self._at = self._at, self._wanted(index)
        if self._at is not None and self._at != before and self._table.hasFocus():
            self.moved.emit(self._at)

    def _emit(self, wanted: Wanted | None) -> None:
        if wanted is not None:
            self.asked.emit(wanted)

    def _wanted(self, index: QModelIndex) -> Wanted | None:
        chart = self._model.chart
        if chart is None or not index.isValid() or not chart.years:
            return None
        line, at = chart.rows[index.row()], index.column() - YEARS
        if line.side == SUM:
            return None
        if at < 0:
            at = line.latest() if line.latest() >= 0 else len(chart.years) - 1
        return wanted_of(chart, line, at)

    def _point_clicked(self, event: Any) -> None:
        """`event` is the one of pyqtgraph, which brings no types."""
        chart = self._view.chart
        found = self._view.point_at(event.scenePos()) if event.button() == Qt.MouseButton.LeftButton else None
        if chart is not None and found is not None:
            self.asked.emit(wanted_of(chart, *found))


def wanted_of(chart: Chart, line: ChartLine, at: int) -> Wanted:
    """A point of a chart; on the other side of a comparison under the settings of that side."""
    compared = chart.compared if line.side == OTHER else None
    settings = ((compared.option, compared.value),) if compared is not None else ()
    return Wanted(line.key, chart.years[at], settings)
