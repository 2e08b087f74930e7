"""How a line is drawn everywhere: colour, dash and symbol by its slot, so that colour is never the only difference.

The same line under another setting has the colour and symbol of its slot, other dashes and a hollow symbol.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyqtgraph.graphicsItems.ScatterPlotItem import Symbols
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from core.charts import OURS
from gui.style import colours

_DASHES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
_SYMBOLS = ("o", "s", "t1", "d", "t", "star", "p", "h")
SWATCH = QSize(30, 16)
SYMBOL_SIZE = 8


@dataclass(frozen=True, slots=True)
class Stroke:
    """The look of one line."""

    colour: str
    dash: Qt.PenStyle
    symbol: str
    hollow: bool = False

    def pen(self, width: float, alpha: int = 255) -> QPen:
        """A pen that keeps its width at every zoom."""
        colour = QColor(self.colour)
        colour.setAlpha(alpha)
        pen = QPen(colour, width, self.dash)
        pen.setCosmetic(True)
        return pen

    def outline(self, width: float, alpha: int = 255) -> QPen:
        """The edge of a symbol: none unless it is hollow."""
        if not self.hollow:
            return QPen(Qt.PenStyle.NoPen)
        colour = QColor(self.colour)
        colour.setAlpha(alpha)
        return QPen(colour, width)

    def filling(self, alpha: int = 255) -> QColor:
        """The inside of a symbol."""
        colour = QColor(colours().surface if self.hollow else self.colour)
        colour.setAlpha(alpha)
        return colour

    def paint(self, painter: QPainter, place: QRectF) -> None:
        """The piece of line with its symbol that stands in legends."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(self.colour), 2, self.dash)
        painter.setPen(pen)
        middle = place.center()
        painter.drawLine(QPointF(place.left(), middle.y()), QPointF(place.right(), middle.y()))
        painter.setPen(self.outline(1 / SYMBOL_SIZE))
        painter.setBrush(self.filling())
        painter.translate(middle)
        painter.scale(SYMBOL_SIZE, SYMBOL_SIZE)
        painter.drawPath(Symbols[self.symbol])
        painter.restore()


def stroke(slot: int, side: int = OURS) -> Stroke:
    """The look of the line in a slot, in the colours of the present theme."""
    palette = colours().series
    dash = slot // len(palette)
    return Stroke(
        palette[slot % len(palette)],
        _DASHES[(dash if side == OURS else dash + 1) % len(_DASHES)],
        _SYMBOLS[slot % len(_SYMBOLS)],
        side != OURS,
    )


def no_swatch() -> QIcon:
    """An empty icon in the place of a swatch."""
    pixmap = QPixmap(SWATCH)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


def swatch(slot: int, side: int = OURS) -> QIcon:
    """An icon of the line for lists, sharp on dense screens."""
    pixmap = QPixmap(SWATCH * 2)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    stroke(slot, side).paint(painter, QRectF(1, 0, SWATCH.width() - 2, SWATCH.height()))
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon
