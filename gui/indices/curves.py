"""The one door to pyqtgraph's data items: pooled curves that are fed float64 only and never removed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from core.charts import OURS, Chart, ChartLine
from core.table import Floats
from gui.indices.strokes import SYMBOL_SIZE, Stroke, stroke

FEW_LINES = 30
"""Up to here curves are wide and smooth; above, thin ones are painted many times faster."""
_FEW_POINTS = 40
_WIDEST_ROW, _STEP = 0.56, 0.1
"""How much of a year points in a row take at most, and each of a few."""
_EMPTY = np.empty(0)


def to_float64(values: Any) -> Floats:
    """One-dimensional contiguous float64; anything else can end the process inside pyqtgraph (Python 3.11)."""
    array: Floats = np.ascontiguousarray(np.asarray(values, dtype=np.float64))
    if array.ndim != 1:
        raise ValueError("a curve takes one row of numbers")
    return array


def aside(chart: Chart) -> Floats:
    """How far from its year each line is drawn, in years: where only one year has values, its points stand in a row."""
    with_values = np.isfinite([line.values for line in chart.lines]).any(axis=0) if chart.lines else np.zeros(0)
    count = len(chart.lines)
    if with_values.sum() != 1 or count == 1:
        return np.zeros(count)
    widest = min(_WIDEST_ROW, _STEP * (count - 1))
    return np.linspace(-widest, widest, count) / 2


class Curve:
    """One line on the chart: a path broken at gaps, and markers."""

    def __init__(self, view: Any) -> None:
        """Adds its two items to the ViewBox for good."""
        self.path = pg.PlotCurveItem(connect="finite", antialias=True)
        self.markers = pg.ScatterPlotItem(pxMode=True, pen=None, antialias=True)
        for item in (self.path, self.markers):
            view.addItem(item, ignoreBounds=True)
        self.stroke: Stroke | None = None
        self._few = True

    def dress(self, slot: int, lines: int, side: int = OURS) -> None:
        """Take the look of a slot on a chart of so many lines."""
        self.stroke = stroke(slot, side)
        self._few = lines <= FEW_LINES
        self.path.opts["antialias"] = self._few
        self.markers.opts["symbol"] = self.stroke.symbol
        self.markers.opts["size"] = SYMBOL_SIZE

    def emphasise(self, how: str, ratio: float) -> None:
        """`how` is "" (as always), "strong" (selected) or "faint" (another is); `ratio` is pixels per unit of width."""
        assert self.stroke is not None
        wide = 2.0 if self._few else 1.0
        alpha = 80 if how == "faint" else 255
        self.path.opts["antialias"] = self._few or how == "strong"
        self.path.setPen(self.stroke.pen((wide + 1.5 if how == "strong" else wide) * ratio, alpha))
        edge = self.stroke.outline(1.5 * ratio, alpha)
        edge.setCosmetic(True)
        self.markers.setPen(edge)
        self.markers.setBrush(pg.mkBrush(self.stroke.filling(alpha)))
        for item in (self.path, self.markers):
            item.setZValue(10 if how == "strong" else 0)

    def set_values(self, years: Floats, line: ChartLine, factor: float) -> None:
        """Show the numbers of a line; the years that its table does not step through break nothing."""
        x = to_float64(years[line.steps])
        y = to_float64(line.values[line.steps] * factor)
        self.path.setData(x, y)
        marked = self._marked(y)
        self.markers.setData(x=to_float64(x[marked]), y=to_float64(y[marked]))

    def show(self, visible: bool) -> None:
        """Hide without forgetting."""
        self.path.setVisible(visible)
        self.markers.setVisible(visible)

    def clear(self) -> None:
        """Back into the pool."""
        self.path.setData(_EMPTY, _EMPTY)
        self.markers.setData(x=_EMPTY, y=_EMPTY)
        self.show(False)

    def _marked(self, y: Floats) -> NDArray[np.bool_]:
        """Where a marker stands: everywhere on a chart of few lines and points, and always at a lone point."""
        finite: NDArray[np.bool_] = np.isfinite(y)
        before = np.concatenate(([False], finite[:-1]))
        after = np.concatenate((finite[1:], [False]))
        lone: NDArray[np.bool_] = finite & ~before & ~after
        if self._few:
            lone |= finite & (np.arange(len(y)) % max(1, -(-len(y) // _FEW_POINTS)) == 0)
        return lone
