"""Small print below a chart: at most two lines, cut where the window is narrow and told in full by its tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import tip

_FILLED = 0.94
"""Share of two lines that words fill before the second one ends."""


class SmallPrint(QWidget):
    """Painted text, so that it is never taken for HTML and never pushes the plot out of its window."""

    def __init__(self, name: str, colour: str, rows: int = 1, parent: QWidget | None = None) -> None:
        """Hidden until it has a text; `rows` is the most that it takes."""
        super().__init__(parent)
        self.setObjectName(name)
        self._text, self._colour, self._most, self._rows = "", colour, rows, 1
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text; an empty one takes no room."""
        self._text = text
        self.setToolTip(tip(text))
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._count_rows()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its rows are now."""
        return QSize(100, self.fontMetrics().lineSpacing() * self._rows + 2)

    def minimumSizeHint(self) -> QSize:
        """Any width."""
        return QSize(20, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width can need another row."""
        super().resizeEvent(event)
        self._count_rows()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name
        """The text with an ellipsis where it is cut."""
        painter = QPainter(self)
        painter.setPen(QColor(self._colour))
        width = self.width() if self._rows == 1 else int(self.width() * self._rows * _FILLED)
        elided = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, width)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        wrap = Qt.TextFlag.TextWordWrap.value if self._rows > 1 else 0
        painter.drawText(self.rect(), flags.value | wrap, elided)
        painter.end()

    def _count_rows(self) -> None:
        needed = self.fontMetrics().horizontalAdvance(self._text) > self.width()
        rows = self._most if needed else 1
        if rows != self._rows:
            self._rows = rows
            self.updateGeometry()
