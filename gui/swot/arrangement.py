"""Where the parts of a card stand for a given width; shared by the size of a row and by its painting."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from core.claims import State
from gui.style import bold
from gui.swot import cells
from gui.swot.cards import Card, Chip
from gui.swot.glyphs import STATE_GLYPHS

EDGE = 4.0
"""Width of the coloured edge of a card."""
PADDING = QPointF(7, 3)
GAP = 3.0
"""Between two cards; half of it belongs to each, so that no point between cards belongs to none."""
_SPARK = 42.0


@dataclass(frozen=True, slots=True)
class Part:
    """One thing to paint: "code", "title", "body", "badge", "word", "spark", "value" or "chip"."""

    kind: str
    rect: QRectF
    text: str = ""
    chip: Chip | None = None


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The parts of a card inside a rectangle that begins at 0, 0."""

    parts: tuple[Part, ...]
    height: float


def small(font: QFont) -> QFont:
    """The font of what stands beside the text."""
    smaller = QFont(font)
    if font.pointSizeF() > 0:
        smaller.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
    else:
        smaller.setPixelSize(max(9, round(font.pixelSize() * 0.88)))
    return smaller


_MOST = 16_384
_known: dict[tuple[Card, int, str], Arrangement] = {}


def arrange(card: Card, width: float, font: QFont) -> Arrangement:
    """The card laid out; the same card at the same width is laid out once."""
    key = card, round(width), font.key()
    found = _known.get(key)
    if found is None:
        writer = _Writer(card, round(width), font)
        found = Arrangement(tuple(writer.parts), writer.bottom + PADDING.y() + GAP / 2)
        if len(_known) >= _MOST:
            _known.clear()
        _known[key] = found
    return found


class _Writer:
    def __init__(self, card: Card, width: int, font: QFont) -> None:
        self.parts: list[Part] = []
        self.left, self.right = EDGE + PADDING.x(), width - PADDING.x()
        self.bottom = PADDING.y() + GAP / 2
        self.font, self.strong, self.small = font, bold(font), small(font)
        self.free, self.last = self.right, 0.0
        self._title(card)
        if card.text and card.heading:
            self._body(card.text, 3 if card.cell != cells.ADVICE else 2)
        self._details(card)

    def _title(self, card: Card) -> None:
        font = self.strong if card.heading else self.font
        code = QFontMetricsF(self.strong).horizontalAdvance(card.code) + 7
        place = QRectF(self.left, self.bottom, code, QFontMetricsF(self.strong).height())
        self.left += code
        self._lines("title", card.title, font, 8)
        if self.parts:
            place.setHeight(self.parts[0].rect.height())
            self.free = self.left + QFontMetricsF(font).horizontalAdvance(self.parts[-1].text) + 14
            self.last = self.parts[-1].rect.height()
        self.parts.append(Part("code", place, card.code))

    def _body(self, text: str, most: int) -> None:
        self.bottom += 1
        self._lines("body", text, self.small, most)
        self.free = self.right

    def _lines(self, kind: str, text: str, font: QFont, most: int) -> None:
        width = self.right - self.left
        for line, height in wrapped(text, font, width, most):
            self.parts.append(Part(kind, QRectF(self.left, self.bottom, width, height), line))
            self.bottom += height

    def _details(self, card: Card) -> None:
        """State, value and chips in one line behind the text where they fit there, else below it."""
        metrics = QFontMetricsF(self.small)
        height = metrics.height() + 2
        groups = [group for group in (_badge(card, self.small), _value(card, metrics)) if group]
        groups += [
            [Part("chip", QRectF(0, 0, chip_width(chip, metrics), height), chip.code, chip)] for chip in card.chips
        ]
        if not groups:
            return
        total = sum(_width(group) + _gap(group) for group in groups) - _gap(groups[-1])
        if self.free + total <= self.right:
            x, y = self.right - total, self.bottom - (self.last + height) / 2
        else:
            x, y = self.left, self.bottom + 1
        for group in groups:
            if x + _width(group) > self.right and x > self.left:
                x, y = self.left, y + height + 2
            for part in group:
                rect = QRectF(x, y, part.rect.width(), height)
                self.parts.append(Part(part.kind, rect, part.text, part.chip))
                x += part.rect.width()
            x += _gap(group)
        self.bottom = max(self.bottom, y + height)


def chip_text(chip: Chip) -> str:
    """A misfit carries a mark beside its colour."""
    return chip.code if chip.fits else f"{chip.code} !"


def chip_width(chip: Chip, metrics: QFontMetricsF) -> float:
    """Room for the code and its frame."""
    return metrics.horizontalAdvance(chip_text(chip)) + 9


def wrapped(text: str, font: QFont, width: float, most: int) -> list[tuple[str, float]]:
    """Lines of this width and their heights, at most `most`; the last one then ends with an ellipsis."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[tuple[str, float]] = []
    metrics, width = QFontMetricsF(font), max(width, 20.0)
    units = text.encode("utf-16-le")  # Qt counts in UTF-16 units; outside the BMP a Python string is shorter
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        start, length = 2 * line.textStart(), 2 * line.textLength()
        height = max(line.height(), metrics.height())
        if len(lines) == most - 1:
            rest = units[start:].decode("utf-16-le", "replace")
            lines.append((metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width), height))
            break
        lines.append((units[start : start + length].decode("utf-16-le", "replace").rstrip(), height))
    layout.endLayout()
    return lines


def _gap(group: list[Part]) -> float:
    return 5.0 if group[0].kind == "chip" else 10.0


def _width(group: list[Part]) -> float:
    return sum(part.rect.width() for part in group)


def word_font(card: Card, font: QFont) -> QFont:
    """What is no longer supported is said louder."""
    return bold(font) if card.state is State.CONTRADICTED else font


def _badge(card: Card, font: QFont) -> list[Part]:
    if not card.word:
        return []
    metrics = QFontMetricsF(word_font(card, font))
    word = Part("word", QRectF(0, 0, metrics.horizontalAdvance(card.word) + 1, 0), card.word)
    if card.state is None:
        return [word]
    return [Part("badge", QRectF(0, 0, metrics.height() + 1, 0), STATE_GLYPHS[card.state]), word]


def _value(card: Card, metrics: QFontMetricsF) -> list[Part]:
    if not card.value:
        return []
    value = Part("value", QRectF(0, 0, metrics.horizontalAdvance(card.value) + 1, 0), card.value)
    return [Part("spark", QRectF(0, 0, _SPARK + 6, 0)), value] if len(card.points) > 1 else [value]
