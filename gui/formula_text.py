"""Typeset formulas inside a page of text: drawn as mathematics, copied in the form that people can type."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF
from PySide6.QtGui import (
    QFontInfo,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from gui.formula import draw, size_of
from gui.style import colours

_KIND = QTextFormat.ObjectTypes.UserObject.value + 1
_LATEX = QTextFormat.Property.UserProperty.value + 1
_TEXT = QTextFormat.Property.UserProperty.value + 2
_CHARACTER = "\ufffc"
_LARGER = 1.25
_AROUND = 4.0
"""Room above and below a formula, in pixels."""


class FormulaObject(QPyTextObject):
    """Draws the formulas of one document. A formula wider than the page is made smaller until it fits."""

    def __init__(self, document: QTextDocument, parent: QObject) -> None:
        """Registered with the layout of the document."""
        super().__init__(parent)
        document.documentLayout().registerHandler(_KIND, self)

    def insert(self, cursor: QTextCursor, latex: str, plain: str) -> None:
        """Put a formula at a cursor; `plain` is what is copied of it."""
        form = QTextCharFormat()
        form.setObjectType(_KIND)
        form.setProperty(_LATEX, latex)
        form.setProperty(_TEXT, plain)
        cursor.insertText(_CHARACTER, form)

    def intrinsicSize(self, document: QTextDocument, _position: int, form: QTextFormat) -> QSizeF:
        """Its size at the size of the text, with a little air."""
        pixels = QFontInfo(document.defaultFont()).pixelSize() * _LARGER
        size = size_of(str(form.property(_LATEX)), pixels)
        room = document.textWidth() - 2 * document.documentMargin()
        if 0 < room < size.width():
            size *= room / size.width()
        return QSizeF(size.width(), size.height() + 2 * _AROUND)

    def drawObject(
        self, painter: QPainter, place: QRectF | QRect, _document: QTextDocument, _position: int, form: QTextFormat
    ) -> None:
        """Draw it in the colour of the text."""
        inside = QRectF(place).adjusted(0, _AROUND, 0, -_AROUND)
        draw(painter, str(form.property(_LATEX)), inside, colours().text)


def text_of(cursor: QTextCursor) -> str:
    """What a cursor has selected, with the plain form of each formula."""
    units = cursor.selectedText().encode("utf-16-le")
    said = []
    for at in range(0, len(units), 2):
        unit = units[at : at + 2]
        if unit.decode("utf-16-le", "ignore") == _CHARACTER:
            probe = QTextCursor(cursor.document())
            probe.setPosition(cursor.selectionStart() + at // 2 + 1)
            unit = str(probe.charFormat().property(_TEXT) or "").encode("utf-16-le")
        said.append(unit)
    return b"".join(said).decode("utf-16-le").replace("\u2029", "\n").replace("\u2028", "\n")
