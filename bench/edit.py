"""From a cell edit to grid and plot, both visible, repainted, against a bare QTableView and PlotWidget."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QSplitter, QTableView, QWidget

from core.charts import Chart
from core.sample import sample
from gui.application import Desk, make_application
from gui.background import Background, Done, Job
from gui.data.table_view import TableView
from gui.indices.chart_view import ChartView
from gui.preferences import Preferences
from gui.prompts import QtPrompts
from gui.style import colours

KEY = ("CHN", "", "services", "exports")


class Paints(QObject):
    """Counts the paint events of a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


class Timed(Background):
    """Notes when a job begins, ends and is handed over."""

    begun = ended = handed = 0.0

    def run(self, job: Job, done: Done) -> None:
        def timed() -> Any:
            self.begun = time.perf_counter()
            result = job()
            self.ended = time.perf_counter()
            return result

        def hand(result: Any) -> None:
            self.handed = time.perf_counter()
            done(result)

        super().run(timed, hand)


class Numbers(QAbstractTableModel):
    """The least a table model can be: numbers with their text."""

    def __init__(self, values: np.ndarray) -> None:
        super().__init__()
        self.values = values

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return self.values.shape[0]

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return self.values.shape[1]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return f"{self.values[index.row(), index.column()]:,}" if role == Qt.ItemDataRole.DisplayRole else None

    def write(self, row: int, column: int, value: float) -> None:
        self.values[row, column] = value
        at = self.index(row, column)
        self.dataChanged.emit(at, at)


class Bare:
    """A QTableView beside a PlotWidget with the same table, curves, bands and legend, nothing else."""

    def __init__(self, chart: Chart, grid: np.ndarray, size: tuple[QWidget, QWidget]) -> None:
        self.splitter = QSplitter()
        self.model = Numbers(grid.copy())
        self.view = QTableView()
        self.view.setModel(self.model)
        self.plot = pyqtgraph.PlotWidget(background=colours().surface)
        self.plot.addLegend()
        years = np.array(chart.years, dtype=np.float64)
        self.curves = []
        finite = [line.values[np.isfinite(line.values)] for line in chart.lines]
        low, high = min(map(np.min, finite)), max(map(np.max, finite))
        for n, band in enumerate(chart.shades):
            ends = [max(band.lower, low), min(band.upper, high)]
            region = pyqtgraph.LinearRegionItem(
                ends, "horizontal", QColor(colours().bands[n % 5]), pyqtgraph.mkPen(None), movable=False
            )
            self.plot.addItem(region)
        for n, line in enumerate(chart.lines):
            pen = pyqtgraph.mkPen(colours().series[n % 8], width=2)
            curve = self.plot.plot(
                years, np.array(line.values, dtype=np.float64), pen=pen, symbol="o", symbolSize=6, name=f"line {n}",
                connect="finite", antialias=True,
            )  # fmt: skip
            self.curves.append(curve)
        self.years = years
        self.values = [np.array(line.values, dtype=np.float64) for line in chart.lines]
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.plot)
        self.splitter.resize(size[0].width() + size[1].width() + 8, max(each.height() for each in size))
        self.splitter.setSizes([each.width() for each in size])
        self.splitter.show()
        self.paints = [Paints(self.view.viewport()), Paints(self.plot.viewport())]

    def update(self, line: int, value: float) -> None:
        """One cell and the curve that follows from it."""
        self.model.write(self.model.rowCount() - 1, 0, value)
        values = self.values[line].copy()
        values[-1] = (value - 5250.4) / (value + 5250.4)
        self.curves[line].setData(self.years, values)


def main(rounds: int = 200) -> None:
    """Print medians, their parts and their ratio; the rounds of both are mixed at random."""
    application = QApplication.instance() or make_application()
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        preferences = Preferences(Path(folder) / "settings.ini")
        preferences.language, preferences.theme, preferences.beside = "en", "light", True
        runner = Timed()
        desk = Desk(application, sample(), runner, QtPrompts(), preferences)
        desk.window.workspace.data.show_table("table3")
        desk.window.workspace.show_indices()
        desk.window.workspace.indices.show_index("tc")
        desk.window.show()
        _settle(application, desk)
        _compare(application, desk, runner, rounds)
        desk.close()


def _compare(application: QApplication, desk: Desk, runner: Timed, rounds: int) -> None:
    grid = _only(desk.window.workspace.data, TableView).viewport()
    chart_view = _only(desk.window.workspace.indices, ChartView)
    plot = chart_view.plot.viewport()
    ours = [Paints(grid), Paints(plot)]
    chart = chart_view.chart
    assert chart is not None
    table = desk.session.project.table("table3")
    assert table is not None
    bare = Bare(chart, np.array([table.column(p) for p in range(10)]), (grid, plot))
    moved = next(n for n, line in enumerate(chart.lines) if line.key[2:4] == ("table3", "CHN"))
    _settle(application, desk)
    order = ["ours", "bare"] * rounds
    random.shuffle(order)
    parts: dict[str, list[float]] = {name: [] for name in ("bare", "ours", "compute", "hop", "paint")}
    for n, which in enumerate(order):
        value = 2600.0 + n % 97
        if which == "bare":
            taken, _painted = _until_painted(application, bare.paints, lambda v=value: bare.update(moved, v), _true)
            parts["bare"].append(taken)
            continue

        def change(value: float = value) -> None:
            desk.session.apply("set_cells", table="table3", series=(KEY,), periods=(2018,), values=((value,),))

        begun = time.perf_counter()
        taken, painted = _until_painted(application, ours, change, lambda begun=begun: runner.handed > begun)
        parts["ours"].append(taken)
        compute = runner.ended - runner.begun
        parts["compute"].append(compute)
        parts["hop"].append(runner.handed - runner.ended + runner.begun - begun)
        parts["paint"].append(painted - runner.handed)
    medians = {name: statistics.median(each) * 1000 for name, each in parts.items()}
    print(f"A cell edit until grid and plot are repainted ({len(chart.lines)} curves, {len(chart.shades)} bands)")
    print(f"  bare QTableView + PlotWidget        {medians['bare']:7.2f} ms  (n={rounds})")
    print(
        f"  Balassa, data beside indices        {medians['ours']:7.2f} ms  (compute {medians['compute']:.2f}, "
        f"edit and hop to and from the worker {medians['hop']:.2f}, update and paint {medians['paint']:.2f})"
    )
    print(f"  ratio {medians['ours'] / medians['bare']:.2f} (aim: at most 2)")


def _until_painted(
    application: QApplication, paints: list[Paints], change: Callable[[], None], arrived: Callable[[], bool]
) -> tuple[float, float]:
    """Seconds until every widget is painted after `arrived`, and the moment of it."""
    first = paints[0].count
    begun = time.perf_counter()
    change()
    while not arrived():
        application.processEvents()
    second = paints[1].count
    while paints[0].count == first or paints[1].count == second:
        application.processEvents()
    ended = time.perf_counter()
    return ended - begun, ended


def _true() -> bool:
    return True


def _only(parent: QWidget, kind: type[Any]) -> Any:
    found = parent.findChildren(kind)
    assert len(found) == 1, found
    return found[0]


def _settle(application: QApplication, desk: Desk) -> None:
    desk.session.wait()
    for _round in range(30):
        application.processEvents()
