"""The bar above the grid, which shows what does not fit behind arrows at its end."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolBar, QToolButton

from gui.style import colours
from gui.text import _


class WideBar(QToolBar):
    """A tool bar whose arrows are seen in every theme: Qt's own are black."""

    def __init__(self, name: str) -> None:
        """`name` is the object name."""
        super().__init__()
        self.setObjectName(name)
        self.setStyleSheet("#qt_toolbar_ext_button { padding: 0; border: 0; }")
        rest = self.findChild(QToolButton, "qt_toolbar_ext_button")
        if isinstance(rest, QToolButton):
            rest.setIcon(_arrows())
            rest.setAccessibleName(_("Show the rest of the bar"))


def _arrows() -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.setDevicePixelRatio(2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setPen(QColor(colours().text))
    painter.drawText(QRect(0, 0, 16, 16), int(Qt.AlignmentFlag.AlignCenter), "»")
    painter.end()
    return QIcon(pixmap)
