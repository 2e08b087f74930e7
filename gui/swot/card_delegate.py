"""Paints cards and opens the editor on them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QPlainTextEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.claims import State
from gui.style import Colours, bold, colours
from gui.swot import cells
from gui.swot.arrangement import EDGE, GAP, Part, arrange, chip_text, small, word_font
from gui.swot.cards import Card
from gui.swot.cell_model import CARD
from gui.swot.glyphs import draw, state_colour
from gui.text import _

AnyIndex = QModelIndex | QPersistentModelIndex
_ROUND = 5.0


class CardDelegate(QStyledItemDelegate):
    """The look of a card; `width` is that of the view, because wrapped text has no size of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.width = 200

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        font: QFont = option.font
        card = index.data(CARD)
        if not card.id:
            return QSize(self.width, round(QFontMetricsF(font).height() * 2 + 16))
        return QSize(self.width, round(arrange(card, self.width, font).height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        rect, state = QRectF(option.rect), option.state
        flags = QStyle.StateFlag
        paint_card(
            painter,
            rect,
            index.data(CARD),
            option.font,
            selected=bool(state & flags.State_Selected),
            focused=bool(state & flags.State_HasFocus) and bool(state & flags.State_Active),
            hovered=bool(state & flags.State_MouseOver),
        )

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: AnyIndex) -> QWidget:
        editor = QPlainTextEdit(parent)
        editor.setObjectName("cardEditor")
        editor.setAccessibleName(_("Text of the card"))
        editor.setTabChangesFocus(True)
        editor.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        card: Card = index.data(CARD)
        if not card.id:
            editor.setPlaceholderText(_("Write, then press Enter; Esc to cancel"))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: object, index: AnyIndex) -> None:
        if isinstance(editor, QPlainTextEdit):
            model.setData(index, editor.toPlainText(), Qt.ItemDataRole.EditRole)  # type: ignore[attr-defined]

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: AnyIndex) -> None:
        rect = option.rect
        editor.setGeometry(rect.adjusted(int(EDGE), 1, -1, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter finishes; Shift+Enter and input methods stay with the editor."""
        if isinstance(event, QKeyEvent) and isinstance(editor, QPlainTextEdit) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(editor, event)


def paint_card(
    painter: QPainter,
    rect: QRectF,
    card: Card,
    font: QFont,
    *,
    selected: bool = False,
    focused: bool = False,
    hovered: bool = False,
) -> None:
    """A card anywhere: in its cell, or under the pointer while it is dragged."""
    c = colours()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_frame(painter, rect, card, c, selected=selected, focused=focused, hovered=hovered)
    painter.translate(rect.topLeft())
    for part in arrange(card, rect.width(), font).parts if card.id else ():
        _PAINTERS[part.kind](painter, part, card, font, c)
    painter.restore()


def accent(cell: str) -> str:
    """The colour of a cell; recommendations take the accent of the window."""
    return colours().accent if cell == cells.ADVICE else colours().quadrants[cell]


def _paint_frame(
    painter: QPainter, rect: QRectF, card: Card, c: Colours, *, selected: bool, focused: bool, hovered: bool
) -> None:
    frame = rect.adjusted(0.5, GAP / 2, -0.5, -GAP / 2)
    path = QPainterPath()
    path.addRoundedRect(frame, _ROUND, _ROUND)
    painter.fillPath(path, QColor(c.selection if selected else c.raised if hovered else c.surface))
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(QRectF(frame.left(), frame.top(), EDGE, frame.height()), QColor(accent(card.cell)))
    painter.restore()
    broken = card.state is State.CONTRADICTED
    edge = c.accent if selected or focused else c.bad if broken else c.border
    painter.setPen(QPen(QColor(edge), 2.0 if focused else 1.4 if selected or broken else 1.0))
    inset = 0.5 if focused else 0.0
    painter.drawRoundedRect(frame.adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)


def _paint_text(painter: QPainter, part: Part, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(part.rect, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), part.text)


def _paint_code(painter: QPainter, part: Part, card: Card, font: QFont, _c: Colours) -> None:
    _paint_text(painter, part, bold(font), accent(card.cell))


def _paint_title(painter: QPainter, part: Part, card: Card, font: QFont, c: Colours) -> None:
    _paint_text(painter, part, bold(font) if card.heading else font, c.text)


def _paint_body(painter: QPainter, part: Part, _card: Card, font: QFont, c: Colours) -> None:
    _paint_text(painter, part, small(font), c.muted)


def _paint_word(painter: QPainter, part: Part, card: Card, font: QFont, _c: Colours) -> None:
    _paint_text(painter, part, word_font(card, small(font)), state_colour(card.state))


def _paint_value(painter: QPainter, part: Part, _card: Card, font: QFont, c: Colours) -> None:
    _paint_text(painter, part, small(font), c.text)


def _paint_badge(painter: QPainter, part: Part, card: Card, _font: QFont, _c: Colours) -> None:
    size = min(part.rect.width() - 3, part.rect.height())
    top = part.rect.center().y() - size / 2
    draw(painter, part.text, QRectF(part.rect.left(), top, size, size), state_colour(card.state))


def _paint_spark(painter: QPainter, part: Part, card: Card, _font: QFont, c: Colours) -> None:
    box = part.rect.adjusted(1, 4, -7, -4)
    shown = (*card.points, card.limit) if card.limit is not None else card.points
    low, high = min(shown), max(shown)
    span = (high - low) or 1.0

    def y(value: float) -> float:
        return box.bottom() - (value - low) / span * box.height()

    if card.limit is not None:
        painter.setPen(QPen(QColor(c.muted), 0.8, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(box.left(), y(card.limit)), QPointF(box.right(), y(card.limit)))
    step = box.width() / (len(card.points) - 1)
    points = [QPointF(box.left() + at * step, y(value)) for at, value in enumerate(card.points)]
    colour = QColor(state_colour(card.state))
    painter.setPen(QPen(colour, 1.4))
    painter.drawPolyline(points)
    painter.setBrush(colour)
    painter.drawEllipse(points[-1], 1.7, 1.7)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_chip(painter: QPainter, part: Part, _card: Card, font: QFont, c: Colours) -> None:
    if part.chip is None:
        return
    colour = QColor(accent(part.chip.letters) if part.chip.fits else c.warning)
    painter.setBrush(QColor(c.surface))
    painter.setPen(QPen(colour, 1.0, Qt.PenStyle.SolidLine if part.chip.fits else Qt.PenStyle.DashLine))
    painter.drawRoundedRect(part.rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setFont(small(font))
    painter.setPen(colour)
    painter.drawText(part.rect, int(Qt.AlignmentFlag.AlignCenter), chip_text(part.chip))


_PAINTERS = {
    "code": _paint_code,
    "title": _paint_title,
    "body": _paint_body,
    "badge": _paint_badge,
    "word": _paint_word,
    "spark": _paint_spark,
    "value": _paint_value,
    "chip": _paint_chip,
}
