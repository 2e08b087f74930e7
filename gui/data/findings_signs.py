"""The signs of the levels: another shape and another colour for each, alike in the grid, in the list and in texts."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

from gui.style import colours

SIGNS = {"error": "■", "warning": "◆", "note": "●"}
"""The same shapes as letters, for tooltips."""


def colour(level: str) -> str:
    """The colour of a level in the present theme."""
    c = colours()
    return {"error": c.bad, "warning": c.warning}.get(level, c.accent)


def draw_sign(painter: QPainter, level: str, rect: QRectF, shade: str = "") -> None:
    """Fill a square with the shape of a level."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(shade or colour(level)))
    if level == "error":
        painter.drawRect(rect)
    elif level == "warning":
        x, y = rect.center().x(), rect.center().y()
        corners = [(x, rect.top()), (rect.right(), y), (x, rect.bottom()), (rect.left(), y)]
        painter.drawPolygon(QPolygonF([QPointF(*each) for each in corners]))
    else:
        painter.drawEllipse(rect)


def sign_icon(level: str) -> QIcon:
    """The sign beside a word."""
    return _icon(level, colour(level))


@lru_cache(maxsize=16)
def _icon(level: str, shade: str) -> QIcon:
    pixmap = QPixmap(48, 48)
    pixmap.setDevicePixelRatio(3)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_sign(painter, level, QRectF(3, 3, 10, 10) if level != "warning" else QRectF(2, 2, 12, 12), shade)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)  # the colour of a level stays in a selected row
    return icon
