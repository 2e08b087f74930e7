"""Headers of the preview on which a click opens the choices for a column or a row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from gui.style import colours

_ARROW = 7


class MenuHeader(QHeaderView):
    """Shows an arrow in each section. With Shift or Control a click only selects."""

    asked = Signal(int)
    """The section whose choices are wanted."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        """Clickable, as the headers that a table makes for itself."""
        super().__init__(orientation, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.sectionClicked.connect(self._ask)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Text and frame as always, and the arrow."""
        painter.save()
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()
        if rect.width() < 4 * _ARROW:
            return
        middle = rect.right() - _ARROW - 3.0
        base = rect.bottom() - 11.0 if self.orientation() == Qt.Orientation.Horizontal else rect.center().y() + 0.0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours().muted))
        half = _ARROW / 2
        painter.drawPolygon(
            QPolygonF([QPointF(middle - half, base - 2), QPointF(middle + half, base - 2), QPointF(middle, base + 3)])
        )
        painter.restore()

    def sectionSizeFromContents(self, logicalIndex: int) -> QSize:
        """Room for the arrow."""
        size = super().sectionSizeFromContents(logicalIndex)
        return QSize(size.width() + 2 * _ARROW, size.height())

    def _ask(self, section: int) -> None:
        held = QGuiApplication.keyboardModifiers()
        if not held & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier):
            self.asked.emit(section)
