"""What a person sees while dragging: the card under the pointer, the place where it would land."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from gui.style import bold, colours
from gui.swot.arrangement import arrange, small
from gui.swot.card_delegate import paint_card
from gui.swot.cards import Card
from gui.swot.drops import Place, Plan
from gui.text import _

_OFFSET = 5
_CHARACTERS = 36


def picture(cards: Sequence[Card], room: int, font: QFont, ratio: float) -> QPixmap:
    """The first card, three quarters opaque, on a pile and with a count where several are dragged."""
    pile = min(len(cards), 3) - 1
    width = min(room, round(QFontMetricsF(font).averageCharWidth() * _CHARACTERS))
    height = arrange(cards[0], width, font).height
    full = QSize(width + pile * _OFFSET + 8, round(height) + pile * _OFFSET + 8)
    made = QPixmap(full * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setOpacity(0.75)
    for layer in range(pile, -1, -1):
        shift = layer * _OFFSET
        shown = cards[0] if layer == 0 else Card("", cards[layer].cell)
        paint_card(painter, QRectF(shift, shift, width, height), shown, font, selected=layer == 0)
    painter.setOpacity(1.0)
    if len(cards) > 1:
        _count(painter, full.width() - 2, f"×{len(cards)}", bold(font))
    painter.end()
    return made


def paint_hint(painter: QPainter, area: QRect, text: str, font: QFont) -> None:
    """What an empty cell is for."""
    painter.setFont(small(font))
    painter.setPen(QColor(colours().muted))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(area.adjusted(14, 4, -14, -4), int(flags), text)


def paint_target(painter: QPainter, area: QRect, plan: Plan, place: Place, rects: Sequence[QRect], font: QFont) -> None:
    """A line between cards, a frame around the card that is meant, or a dashed box for a new strategy."""
    accent = QColor(colours().accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if place.on:
        painter.setPen(QPen(accent, 2.5))
        painter.drawRoundedRect(QRectF(rects[place.row]).adjusted(1.5, 2, -1.5, -2), 5, 5)
        return
    end = rects[-1].bottom() + 1 if rects else area.top()
    if plan.deed == "drafted":
        box = QRectF(area.left() + 2, min(end + 2, area.bottom() - 30), area.width() - 4, 0)
        box.setBottom(max(box.top() + 26, area.bottom() - 2))
        painter.setPen(QPen(accent, 1.6, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(colours().surface))
        painter.drawRoundedRect(box, 5, 5)
        painter.setFont(small(font))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), _("New strategy"))
        return
    y = float(rects[place.row].top() if place.row < len(rects) else end)
    y = min(max(y, area.top() + 3.0), area.bottom() - 3.0)
    painter.setPen(QPen(accent, 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(area.left() + 8, y), QPointF(area.right() - 3, y))
    painter.setBrush(accent)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(QPointF(area.left() + 5, y), 4, 4)


def _count(painter: QPainter, right: float, text: str, font: QFont) -> None:
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance(text) + 12
    badge = QRectF(right - width, 0, width, metrics.height() + 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().accent))
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor(colours().accent_text))
    painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), text)
