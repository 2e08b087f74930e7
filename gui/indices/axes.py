"""The axes of a chart: whole years below, numbers as everywhere in the window at the left."""

from __future__ import annotations

import html
import math

import pyqtgraph as pg
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from core.charts.scale import nice_step
from gui.style import colours
from gui.text import number

_YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


class _Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph brings no types
    """Colours of the theme, a plain-text title, and never a rescaled unit."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, pen=colours().border, textPen=colours().muted, tickPen=colours().border)
        self.enableAutoSIPrefix(False)
        self.setStyle(tickLength=4, maxTickLevel=0, maxTextLevel=0)
        self._title = ""

    def set_title(self, title: str) -> None:
        """A title from a user's file stays text."""
        if title != self._title:
            self._title = title
            self.setLabel(html.escape(title))


class YearAxis(_Axis):
    """Ticks at whole years only, as many as fit."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self.setStyle(hideOverlappingLabels=False)
        self.years = (0, 0)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """Years of the chart at a round distance."""
        first, last = max(self.years[0], math.ceil(minVal)), min(self.years[1], math.floor(maxVal))
        width = QFontMetricsF(QApplication.font()).horizontalAdvance("0000") + 14
        most = max(1.0, size / width)
        step = next((each for each in _YEAR_STEPS if (maxVal - minVal) / each <= most), _YEAR_STEPS[-1])
        start = math.ceil(first / step) * step
        return [(float(step), [float(year) for year in range(start, last + 1, step)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002 - pyqtgraph's names
        """Digits of the year; nothing between two years."""
        return [str(int(value)) if float(value).is_integer() else "" for value in values]


class ValueAxis(_Axis):
    """Round ticks, written like all numbers of the window."""

    def __init__(self) -> None:
        super().__init__("left")

    def make_room(self, low: float, high: float, size: float) -> None:
        """Be as wide as the ticks of a range need, before they are painted, so that the plot does not jump."""
        texts = [
            text for step, values in self.tickValues(low, high, size) for text in self.tickStrings(values, 1, step)
        ]
        metrics = QFontMetricsF(QApplication.font())
        widest = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
        width = math.ceil((widest + metrics.height() + 14) / 4) * 4
        if width != self.fixedWidth:
            self.setWidth(width)

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, list[float]]]:
        """About one tick in fifty pixels, and no fewer than four."""
        if not maxVal > minVal:
            return []
        step = nice_step(maxVal - minVal, max(4, int(size / 45)))
        first, last = math.ceil(minVal / step - 1e-9), math.floor(maxVal / step + 1e-9)
        return [(step, [at * step for at in range(first, last + 1)])]

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002 - pyqtgraph's names
        """As many decimals as the distance of the ticks needs."""
        places = max(0, -math.floor(math.log10(spacing) + 1e-9))
        return [number(value, places) for value in values]
