"""What lies behind the curves: shaded bands with their names, a grid, and the neutral line."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication, QGraphicsItem

from core.charts import Chart
from core.indices import indices
from gui.indices.axes import ValueAxis
from gui.style import colours
from gui.text import show

_MARGIN = 6.0


class Backdrop(QGraphicsItem):
    """One item in pixels of the view box, so that it never counts as data and costs one paint."""

    def __init__(self, view: Any, axis: ValueAxis) -> None:
        """`view` is the ViewBox that it fills, `axis` gives the grid."""
        super().__init__(view)
        self.setZValue(-100)
        self._view, self._axis = view, axis
        self._rect = QRectF()
        self._bands: list[tuple[float, float, QColor, str]] = []
        self._neutral: float | None = None
        theme = colours()
        self._grid = QPen(_faded(theme.muted, 40), 1)
        self._line = QPen(_faded(theme.text, 170), 1.2)
        self._text = QColor(theme.muted)
        self._font = QFont(QApplication.font())
        self._font.setPointSizeF(max(7.0, self._font.pointSizeF() - 1))
        self._metrics = QFontMetricsF(self._font)

    def boundingRect(self) -> QRectF:
        """Stored: computing it may never raise (a Python error here ends the process)."""
        return self._rect

    def set_chart(self, chart: Chart) -> None:
        """Take bands and neutral value from a chart."""
        shades = chart.shades
        judged = indices()[chart.index].entry.better == "higher"
        self._bands = [
            (
                shade.lower * chart.factor,
                shade.upper * chart.factor,
                _shade(at, len(shades), judged),
                show(shade.name),
            )
            for at, shade in enumerate(shades)
        ]
        self._neutral = None if chart.neutral is None else chart.neutral * chart.factor
        self.update()

    def resized(self) -> None:
        """Fill the view box again."""
        self.prepareGeometryChange()
        self._rect = QRectF(self._view.rect())

    def names_width(self, low: float, high: float) -> float:
        """Pixels that the names of the bands between two values need at the right."""
        shown = [name for lower, upper, _, name in self._bands if lower < high and upper > low]
        return (
            max((self._metrics.horizontalAdvance(name) for name in shown), default=0.0) + 2 * _MARGIN if shown else 0.0
        )

    @property
    def names(self) -> list[str]:
        """The names of all bands from the lowest to the highest."""
        return [name for *_, name in self._bands]

    def paint(self, painter: QPainter, option: object, widget: object = None) -> None:  # noqa: ARG002 - Qt's
        """Bands, grid, neutral line, names."""
        low, high = self._view.viewRange()[1]
        rect = self._rect
        if rect.isEmpty() or not high > low:
            return
        scale = rect.height() / (high - low)
        places = []
        for lower, upper, colour, name in self._bands:
            top, bottom = min(upper, high), max(lower, low)
            if top <= bottom:
                continue
            place = QRectF(rect.left(), rect.bottom() - (top - low) * scale, rect.width(), (top - bottom) * scale)
            painter.fillRect(place, colour)
            places.append((place, colour, name))
        painter.setPen(self._grid)
        ticks = [value for _, values in self._axis.tickValues(low, high, rect.height()) for value in values]
        painter.drawLines([self._across(rect.bottom() - (value - low) * scale) for value in ticks])
        if self._neutral is not None and low < self._neutral < high:
            painter.setPen(self._line)
            painter.drawLine(self._across(rect.bottom() - (self._neutral - low) * scale))
        painter.setPen(self._text)
        painter.setFont(self._font)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for place, colour, name in places:
            if name and place.height() >= self._metrics.height():
                inside = place.adjusted(0, 0, -_MARGIN, 0)
                painter.fillRect(painter.boundingRect(inside, side, name).adjusted(-3, 0, 3, 0), colour)
                painter.drawText(inside, side, name)

    def _across(self, y: float) -> QLineF:
        return QLineF(self._rect.left(), y, self._rect.right(), y)


def _faded(colour: str, alpha: int) -> QColor:
    faded = QColor(colour)
    faded.setAlpha(alpha)
    return faded


def _shade(at: int, count: int, judged: bool) -> QColor:
    """The colour of a band, picked evenly between the shades of the theme; red and green only for verdicts."""
    shades = [QColor(each) for each in (colours().bands if judged else colours().steps)]
    place = at / (count - 1) * (len(shades) - 1) if count > 1 else (len(shades) - 1) / 2
    below = min(int(place), len(shades) - 2)
    share = place - below
    a, b = shades[below], shades[below + 1]
    return QColor(
        *(round(x + (y - x) * share) for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True))  # type: ignore[index]
    )
