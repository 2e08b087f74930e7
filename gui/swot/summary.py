"""How the board stands with its evidence, in one line; a click leads to the next card of a kind."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from core.claims import BY_SEVERITY, State
from gui.swot.board_models import BoardModels
from gui.swot.cards import Card
from gui.swot.cell import TARGET
from gui.swot.cells import is_quadrant
from gui.swot.glyphs import STATE_GLYPHS, icon, state_colour
from gui.text import _

PROBLEMS = (State.CONTRADICTED, State.NO_DATA)


class Summary(QWidget):
    """Counts of factors by the state of their evidence."""

    wanted = Signal(object)
    """A `State`: go to the next card that has it."""

    def __init__(self, models: BoardModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidenceSummary")
        self._models = models
        self._compact = False
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self.buttons: dict[State, QToolButton] = {}
        for state in BY_SEVERITY:
            button = QToolButton(self)
            button.setObjectName(f"count-{state.name.lower()}")
            button.setAutoRaise(True)
            button.setIcon(icon(STATE_GLYPHS[state], state_colour(state)))
            button.setIconSize(QSize(15, 15))
            button.setToolButtonStyle(button.toolButtonStyle().ToolButtonTextBesideIcon)
            button.setMinimumHeight(TARGET)
            palette = button.palette()
            palette.setColor(QPalette.ColorRole.ButtonText, QColor(state_colour(state)))
            button.setPalette(palette)
            button.clicked.connect(lambda _checked=False, state=state: self.wanted.emit(state))
            line.addWidget(button)
            self.buttons[state] = button
        models.changed.connect(self.refresh)
        self.refresh()

    def set_compact(self, compact: bool) -> None:
        """Numbers without words, where there is no room for them; the words stay in the tool tips."""
        self._compact = compact
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        counts = Counter(card.state for card in self._models.cards() if is_quadrant(card.cell))
        for state, button in self.buttons.items():
            says = _says(state).format(count=counts[state])
            button.setText(str(counts[state]) if self._compact else says)
            button.setAccessibleName(says)
            button.setToolTip(_("{what}: go to the next").format(what=says))
            button.setVisible(bool(counts[state]))


def _says(state: State) -> str:
    return {
        State.CONTRADICTED: _("{count} no longer supported"),
        State.NO_DATA: _("{count} without data"),
        State.WEAKER: _("{count} weaker"),
        State.SUPPORTED: _("{count} live"),
        State.TEXT: _("{count} text only"),
    }[state]


def next_card(models: BoardModels, states: tuple[State, ...], after: str, *, back: bool = False) -> Card | None:
    """The next card with one of these states, from the selected one on and around the end of the board."""
    found = list(models.cards())
    if back:
        found.reverse()
    at = next((n for n, card in enumerate(found) if card.id == after), -1)
    return next((card for card in (*found[at + 1 :], *found[: at + 1]) if card.state in states), None)
