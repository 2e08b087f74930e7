"""One cell of the board: a header that takes drops too, and the list of its cards."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.session import Session
from gui.style import bold, colours
from gui.swot import cells
from gui.swot.arrangement import small
from gui.swot.card_delegate import accent
from gui.swot.cell_model import CellModel
from gui.swot.cell_view import CellView
from gui.swot.drops import Place
from gui.swot.glyphs import icon
from gui.text import _

TARGET = 26
"""Least width and height of anything that is clicked; WCAG 2.5.8 asks for 24."""


class LetterBadge(QWidget):
    """The letter of a cell on its colour."""

    def __init__(self, cell: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = cell
        self.setFont(bold(self.font()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(max(metrics.height() + 4, metrics.horizontalAdvance(self._cell) + 10), metrics.height() + 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(accent(self._cell)))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QColor(colours().surface))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self._cell)
        painter.end()


class CellHeader(QWidget):
    """Letter, name in both languages, number of cards, and "+". A drop here lands above the first card."""

    def __init__(self, view: CellView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        cell = view.cell
        self.setAcceptDrops(True)
        self.setToolTip(cells.meaning(cell))
        name = QLabel(cells.name(cell), self)
        name.setFont(bold(name.font()))
        other = QLabel(cells.other_name(cell), self)
        other.setFont(small(other.font()))
        other.setProperty("muted", True)
        self.count = QLabel(self)
        self.count.setProperty("muted", True)
        self.add = QToolButton(self)
        self.add.setObjectName(f"add{cell}")
        self.add.setAutoRaise(True)
        self.add.setIcon(icon("plus"))
        self.add.setIconSize(QSize(14, 14))
        self.add.setMinimumSize(TARGET, TARGET)
        says = _("New {kind}").format(
            kind=cells.singular(cell).lower() if cells.is_quadrant(cell) else cells.singular(cell)
        )
        self.add.setToolTip(says)
        self.add.setAccessibleName(says)
        self.add.clicked.connect(self._add)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 1)
        row.setSpacing(7)
        for widget in (LetterBadge(cell, self), name, other):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.count)
        row.addWidget(self.add)
        for label in (name, other):
            label.setMinimumWidth(0)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        other.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.setStretchFactor(other, 3)

    def _add(self) -> None:
        self._view.selected_alone.emit()
        self._view.write_new(self._view.cell_model().rowCount())

    def _place(self) -> Place:
        return Place(self._view.cell, 0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._view.dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._view.aim(event, self._place())

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._view.forget()

    def dropEvent(self, event: QDropEvent) -> None:
        self._view.take(event, self._place())


class Cell(QWidget):
    """Header and list on a tint of the cell's colour; outlined while a drop would be taken."""

    def __init__(self, session: Session, model: CellModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = CellView(session, model, self)
        self.header = CellHeader(self.view, self)
        self._targeted = False
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 2, 4, 3)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.view, 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(self.header.sizeHint().height() + 54)
        self.view.targeted.connect(self._target)
        self.view.focused.connect(self.update)
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self.count)
        self.count()

    @property
    def cell(self) -> str:
        """Which cell this is."""
        return self.view.cell

    def wanted_height(self) -> int:
        """What header and cards need."""
        return self.header.sizeHint().height() + 5 + max(self.view.contents_height(), 40)

    def count(self) -> None:
        """Say how many cards there are, on the screen and to screen readers."""
        rows = len([each for each in self.view.cell_model().ids() if each])
        self.header.count.setText(str(rows))
        names = cells.both_names(self.cell)
        said = _("{name} {other}, {count} cards").format(name=names.en, other=names.zh, count=rows)
        self.view.setAccessibleName(said)

    def _target(self, on: bool) -> None:
        if on != self._targeted:
            self._targeted = on
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        c, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tint = QColor(accent(self.cell))
        tint.setAlphaF(0.10 if c.dark else 0.07)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(QColor(c.raised))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(frame, 6, 6)
        painter.setBrush(tint)
        marked = self._targeted or self.view.hasFocus()
        painter.setPen(QPen(QColor(c.accent if marked else c.border), 2.5 if self._targeted else 1.0))
        painter.drawRoundedRect(frame, 6, 6)
        painter.end()
