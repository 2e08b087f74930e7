"""Codes with titles, each of which can be gone to and taken away by one click."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.style import colours
from gui.swot.arrangement import small
from gui.swot.cards import Card
from gui.swot.cell import TARGET
from gui.swot.glyphs import icon
from gui.text import _


class LinkList(QWidget):
    """Rows of cards; `removed` and `opened` carry their ids."""

    removed = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, empty: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._shown: tuple[tuple[Card, bool], ...] | None = None
        self._rows: list[QWidget] = []
        self._empty = QLabel(empty, self)
        self._empty.setWordWrap(True)
        self._empty.setProperty("muted", True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(1)
        self._column.addWidget(self._empty)

    def show_cards(self, cards: Sequence[tuple[Card, bool]]) -> None:
        """Show these cards; the flag says whether each fits where it is cited."""
        shown = tuple(cards)
        if shown == self._shown:
            return
        self._shown = shown
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(card, fits) for card, fits in shown]
        for row in self._rows:
            self._column.addWidget(row)
            row.show()  # at once; a layout would do it when the loop comes round
        self._empty.setVisible(not shown)

    def _row(self, card: Card, fits: bool) -> QWidget:
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        go = QToolButton(row)
        go.setObjectName(f"goTo-{card.id}")
        go.setAutoRaise(True)
        go.setText(card.code if fits else f"{card.code} !")
        go.setMinimumSize(TARGET + 8, TARGET)
        go.setToolTip(_("Go to {code}").format(code=card.code))
        go.setAccessibleName(go.toolTip())
        go.clicked.connect(lambda: self.opened.emit(card.id))
        title = QLabel(card.title, row)
        title.setTextFormat(Qt.TextFormat.PlainText)
        title.setFont(small(title.font()))
        title.setWordWrap(True)
        title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if not fits:
            title.setText(_("{title} (outside this type)").format(title=card.title))
        away = QToolButton(row)
        away.setObjectName(f"unlink-{card.id}")
        away.setAutoRaise(True)
        away.setIcon(icon("cross", colours().muted))
        away.setIconSize(QSize(12, 12))
        away.setMinimumSize(TARGET, TARGET)
        away.setToolTip(_("Remove {code}").format(code=card.code))
        away.setAccessibleName(away.toolTip())
        away.clicked.connect(lambda: self.removed.emit(card.id))
        line.addWidget(go)
        line.addWidget(title, 1)
        line.addWidget(away)
        return row
