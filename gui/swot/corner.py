"""The corner of the TOWS board: what the analysis is about and what it is for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.text import Bilingual
from gui.style import bold, colours
from gui.swot.arrangement import small
from gui.swot.cell import TARGET
from gui.swot.glyphs import icon
from gui.text import _, show


class Corner(QWidget):
    """Title and objective; the pencil leads to where they are written."""

    describe = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._title = self._label("boardTitle")
        self._title.setFont(bold(self._title.font()))
        caption = self._label("")
        caption.setText(_("Objective"))
        caption.setFont(small(caption.font()))
        caption.setProperty("muted", True)
        self._objective = self._label("boardObjective")
        edit = QToolButton(self)
        edit.setObjectName("editBoardTexts")
        edit.setAutoRaise(True)
        edit.setIcon(icon("pencil"))
        edit.setIconSize(QSize(14, 14))
        edit.setMinimumSize(TARGET, TARGET)
        edit.setToolTip(_("Edit title and objective"))
        edit.setAccessibleName(_("Edit title and objective"))
        edit.clicked.connect(self.describe)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(edit, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 6, 8)
        column.setSpacing(4)
        column.addLayout(top)
        column.addSpacing(4)
        column.addWidget(caption)
        column.addWidget(self._objective)
        column.addStretch(1)

    def show_texts(self, title: Bilingual, objective: Bilingual) -> None:
        """Show the texts of the board."""
        self._title.setText(show(title) or _("Untitled analysis"))
        self._objective.setText(show(objective) or _("Not written yet: what should this analysis decide?"))

    def _label(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def paintEvent(self, _event: QPaintEvent) -> None:
        c, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(c.border), 1.0))
        painter.setBrush(QColor(c.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
