"""A sentence beside a cell: why it was refused, or what a paste understood."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from gui.style import colours

_SECONDS = 10
_WIDEST = 320


class Bubble(QLabel):
    """Stays until the next key, click or scroll in the view, at most some seconds; never takes the focus."""

    def __init__(self, parent: QWidget) -> None:
        """`parent` is the viewport of the view."""
        super().__init__(parent)
        self._viewport = parent
        self.setObjectName("cellBubble")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, text: str, cell: QRect, alarming: bool = True) -> None:
        """Show the sentence under the cell, or above it where there is no room."""
        c = colours()
        edge = c.bad if alarming else c.accent
        self.setStyleSheet(
            f"QLabel {{ background: {c.raised}; color: {c.text}; border: 1px solid {edge};"
            " border-radius: 4px; padding: 5px 8px; }"
        )
        self.setText(text)
        self.setAccessibleName(text)
        room = self._viewport.rect()
        wanted = self.fontMetrics().horizontalAdvance(text) + 24
        width = max(min(wanted, _WIDEST, room.width() - 8), 40)
        self.resize(width, self.heightForWidth(width))
        left = max(min(cell.left(), room.right() - width - 3), 4)
        below = cell.bottom() + 4
        top = below if below + self.height() <= room.bottom() else cell.top() - self.height() - 4
        self.move(left, max(top, 4))
        self.show()
        self.raise_()
        self._timer.start(_SECONDS * 1000)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
