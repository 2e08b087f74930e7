"""Draws a chart: one plot for the life of the window, in which an edit moves the curves that it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.charts import NO_YEAR, Chart, ChartLine, LineKey, said, value_range
from core.status import Status
from core.table import Floats
from gui.indices.axes import ValueAxis, YearAxis
from gui.indices.backdrop import Backdrop
from gui.indices.curves import Curve, aside, to_float64
from gui.indices.figures import band_name, figure_with_unit
from gui.indices.legend import Legend
from gui.indices.small_print import SmallPrint
from gui.style import colours
from gui.text import _, sentences, show

_NEAR = 18.0
"""Pixels around a point in which the mouse finds it."""
_MOST_RINGS = 12


class _Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph brings no types
    """Tells where the mouse is; the scene's own signal leaves out moves that follow each other quickly."""

    moved = Signal(QPointF)
    left = Signal()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self.moved.emit(self.mapToScene(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()


class ChartView(QWidget):
    """Title, legend, plot and notes of one chart at a time."""

    picked = Signal(object)
    """The key of a line that was clicked in the legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Builds everything once; `draw` only feeds it."""
        super().__init__(parent)
        self.setObjectName("chartView")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.chart: Chart | None = None
        self.hidden: frozenset[LineKey] = frozenset()
        self.highlighted: frozenset[LineKey] = frozenset()
        self._years: Floats = np.empty(0)
        self._aside: Floats = np.empty(0)
        self._curves: list[Curve] = []
        self._zoomed = False
        self._build()
        self._build_plot()

    def _build(self) -> None:
        self.title, self.subtitle = _label("chartTitle"), _label("chartSubtitle", muted=True)
        self.title.setProperty("heading", True)
        self.legend = Legend()
        self.legend.picked.connect(self.picked)
        self.notes = SmallPrint("chartNotes", colours().warning)
        self.caption = SmallPrint("chartBands", colours().muted, rows=2)
        self.footnote = SmallPrint("chartFootnote", colours().muted)
        self.whole = QToolButton()
        self.whole.setObjectName("showWholeChart")
        self.whole.setText(_("Show all"))
        self.whole.setAccessibleName(_("Show the whole chart"))
        self.whole.clicked.connect(self.fit)
        self.whole.hide()
        heading = QHBoxLayout()
        heading.addWidget(self.title)
        heading.addWidget(self.subtitle, 1)
        heading.addWidget(self.whole)
        self.axis = ValueAxis()
        self.year_axis = YearAxis()
        self.plot = _Plot(
            background=colours().surface, enableMenu=False, axisItems={"left": self.axis, "bottom": self.year_axis}
        )
        self.plot.setObjectName("chartPlot")
        self.plot.setAccessibleName(_("Chart"))
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self.plot.setMinimumSize(220, 130)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 6)
        layout.setSpacing(4)
        layout.addLayout(heading)
        layout.addWidget(self.notes)
        layout.addWidget(self.legend)
        layout.addWidget(self.plot, 1)
        layout.addWidget(self.caption)
        layout.addWidget(self.footnote)

    def _build_plot(self) -> None:
        item = self.plot.getPlotItem()
        item.hideButtons()
        item.setContentsMargins(0, 4, 8, 0)
        self._view: Any = item.getViewBox()
        self._view.disableAutoRange()
        self._view.setDefaultPadding(0)
        self.backdrop = Backdrop(self._view, self.axis)
        self._rings = pg.ScatterPlotItem(pxMode=True, size=17, brush=None, antialias=True)
        self._rings.setPen(pg.mkPen(colours().accent, width=2))
        self._rings.setZValue(20)
        self._view.addItem(self._rings, ignoreBounds=True)
        self._view.sigResized.connect(self._resized)
        self._view.sigRangeChangedManually.connect(self._zoomed_by_hand)
        self.plot.moved.connect(self._mouse_moved)
        self.plot.left.connect(self._mouse_left)
        self.hover = _label("chartHover", self.plot.viewport())
        self.hover.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hover.setAutoFillBackground(True)
        self.hover.setFrameShape(QFrame.Shape.Box)
        self.hover.setMargin(4)
        self.hover.hide()

    def sizeHint(self) -> QSize:
        """Most of the tab."""
        return QSize(800, 480)

    def event(self, event: QEvent) -> bool:
        """Pens count in pixels of the screen: another screen, other pens."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._restyle()
        return super().event(event)

    def draw(self, chart: Chart) -> None:
        """Show a chart. Only lines that are other objects than before are fed again."""
        before, self.chart = self.chart, chart
        if before is chart:
            return
        if before is not None and before.made_from is chart.made_from:
            self._update(before, chart)
        else:
            self._rebuild(chart)

    def set_hidden(self, keys: Collection[LineKey]) -> None:
        """Do not draw these lines."""
        self.hidden = frozenset(keys)
        self._restyle()
        self._fit_values()

    def highlight(self, keys: Collection[LineKey]) -> None:
        """Draw these lines strongly and the others faintly; all alike for none."""
        if self.highlighted != frozenset(keys):
            self.highlighted = frozenset(keys)
            self._restyle()

    def curve(self, key: LineKey) -> Curve | None:
        """The curve that shows a line."""
        lines = self.chart.lines if self.chart else ()
        return next((curve for line, curve in zip(lines, self._curves, strict=False) if line.key == key), None)

    def fit(self) -> None:
        """The whole chart again, after zooming by hand."""
        self._zoomed = False
        self.whole.hide()
        self._fit_years()
        self._fit_values()

    def _update(self, before: Chart, chart: Chart) -> None:
        if not np.array_equal(aside(chart), self._aside):
            self._rebuild(chart)
            return
        changed = []
        for old, line, curve, off in zip(before.lines, chart.lines, self._curves, self._aside, strict=False):
            if line is not old:
                curve.set_values(self._years + off, line, chart.factor)
                changed.append((old, line, self._years + off))
        self._ring(changed, chart)
        self._note(chart)
        self._fit_values()
        self.hover.hide()

    def _note(self, chart: Chart) -> None:
        """What is not drawn; where nothing is, the most frequent reason instead of an empty plot without a word."""
        notes = [show(each) for each in chart.notes]
        if chart.lines and not any(np.isfinite(line.values).any() for line in chart.lines):
            reasons = Counter(status for line in chart.lines for status in line.statuses.tolist() if status != NO_YEAR)
            if reasons:
                notes.append(
                    _("There is no value to draw: {reason}.").format(reason=show(said(reasons.most_common(1)[0][0])))
                )
        self.notes.set_text(sentences(notes))

    def _rebuild(self, chart: Chart) -> None:
        self._years, self._aside = to_float64(chart.years), aside(chart)
        self.title.setText(show(chart.title))
        self.subtitle.setText(show(chart.subtitle))
        self.subtitle.setVisible(bool(self.subtitle.text()))
        self.axis.set_title(show(chart.axis))
        self.plot.setAccessibleDescription(f"{self.title.text()} {self.subtitle.text()}")
        if chart.years:
            self.year_axis.years = chart.years[0], chart.years[-1]
        self._note(chart)
        self.caption.set_text(_caption(chart))
        self.footnote.set_text(sentences(chart.footnote))
        self.backdrop.set_chart(chart)
        self.legend.set_chart(chart)
        while len(self._curves) < len(chart.lines):
            self._curves.append(Curve(self._view))
        for line, curve, off in zip(chart.lines, self._curves, self._aside, strict=False):
            curve.dress(line.slot, len(chart.lines), line.side)
            curve.set_values(self._years + off, line, chart.factor)
        for curve in self._curves[len(chart.lines) :]:
            curve.clear()
        self._ring([], chart)
        self._restyle()
        self.hover.hide()
        self.fit()

    def _restyle(self) -> None:
        for line, curve in zip(self.chart.lines if self.chart else (), self._curves, strict=False):
            curve.show(line.key not in self.hidden)
            how = "" if not self.highlighted else "strong" if line.key in self.highlighted else "faint"
            curve.emphasise(how, self.devicePixelRatioF())
        self.legend.mark(self.hidden, self.highlighted)

    def _ring(self, changed: list[tuple[ChartLine, ChartLine, Floats]], chart: Chart) -> None:
        """Mark the points that the last edit moved, unless it moved whole curves."""
        points = [
            (years[at], line.values[at] * chart.factor)
            for old, line, years in changed
            if line.key not in self.hidden
            for at in np.flatnonzero((old.values != line.values) & np.isfinite(line.values)).tolist()
        ]
        points = points if len(points) <= _MOST_RINGS else []
        if points or len(self._rings.data):
            self._rings.setData(x=to_float64([x for x, _y in points]), y=to_float64([y for _x, y in points]))

    def _fit_values(self) -> None:
        if self.chart is None or self._zoomed:
            return
        low, high = value_range(self.chart, self.hidden)
        if [low, high] != self._view.viewRange()[1]:
            self._view.setYRange(low, high, padding=0)
            self._make_room()
            self._fit_years()

    def _fit_years(self) -> None:
        """All years, and room at the right for the names of the bands."""
        if self.chart is None or self._zoomed or not self.chart.years:
            return
        first, last = self.chart.years[0], self.chart.years[-1]
        margin = max(0.35, (last - first) * 0.02)
        width = max(self._view.width(), 1.0)
        names = min(self.backdrop.names_width(*value_range(self.chart, self.hidden)), width * 0.35)
        span = (last - first + 2 * margin) * width / (width - names)
        wanted = [first - margin, first - margin + span]
        if wanted != self._view.viewRange()[0]:
            self._view.setXRange(*wanted, padding=0)

    def _make_room(self) -> None:
        low, high = self._view.viewRange()[1]
        self.axis.make_room(low, high, self._view.height())

    def _resized(self, _view: object) -> None:
        self.backdrop.resized()
        self._make_room()
        self._fit_years()

    def _zoomed_by_hand(self, _axes: object) -> None:
        self._zoomed = True
        self._make_room()
        self.whole.show()

    def _mouse_left(self) -> None:
        self.hover.hide()

    def _mouse_moved(self, position: QPointF) -> None:
        found = self.point_at(position)
        if found is None or self.chart is None:
            self.hover.hide()
            return
        line, at = found
        self.hover.setText(_said(self.chart, line, at))
        self.hover.adjustSize()
        place = self.plot.mapFromScene(position)
        port = self.plot.viewport().rect()
        x = (
            place.x() + 14
            if place.x() + 14 + self.hover.width() <= port.width()
            else place.x() - 10 - self.hover.width()
        )
        y = min(max(2, place.y() - self.hover.height() - 8), port.height() - self.hover.height() - 2)
        self.hover.move(max(2, x), y)
        self.hover.show()

    def point_at(self, position: QPointF) -> tuple[ChartLine, int] | None:
        """The drawn point nearest to a place of the scene, if it is near."""
        if self.chart is None or not self.chart.years or not self._view.sceneBoundingRect().contains(position):
            return None
        spot = self._view.mapSceneToView(position)
        across, up = self._view.viewPixelSize()
        best: tuple[float, ChartLine, int] | None = None
        for line, off in zip(self.chart.lines, self._aside, strict=True):
            if line.key in self.hidden:
                continue
            dx = (self._years + off - spot.x()) / across
            dy = (line.values * self.chart.factor - spot.y()) / up
            distances = np.where(np.isfinite(dy), np.hypot(dx, dy), np.inf)
            at = int(distances.argmin())
            if distances[at] <= _NEAR and (best is None or distances[at] < best[0]):
                best = float(distances[at]), line, at
        return (best[1], best[2]) if best else None


def _said(chart: Chart, line: ChartLine, at: int) -> str:
    value = float(line.values[at])
    lines = [show(line.name), f"{chart.years[at]}: {figure_with_unit(chart, value)}", band_name(chart, value)]
    if line.statuses[at] != Status.OK:
        lines.append(show(said(int(line.statuses[at]))))
    return "\n".join(each for each in lines if each)


def _caption(chart: Chart) -> str:
    if chart.band_set is None:
        return ""
    return _("Bands: {name}. {source}.").format(
        name=show(chart.band_set.name), source=show(chart.band_set.source).rstrip(".。")
    )


def _label(name: str, parent: QWidget | None = None, *, muted: bool = False) -> QLabel:
    """A label that shows text of files and users as it is."""
    label = QLabel(parent)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if muted:
        label.setProperty("muted", True)
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
