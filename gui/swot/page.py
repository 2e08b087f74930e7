"""What all pages of the inspector are made of."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from gui.style import bold
from gui.swot import cells
from gui.swot.arrangement import small
from gui.swot.bilingual_edit import BilingualEdit
from gui.swot.board_models import BoardModels
from gui.swot.cards import Card
from gui.swot.cell import TARGET
from gui.swot.commands import Commands
from gui.swot.link_list import LinkList
from gui.text import _


class Page(QWidget):
    """One page: texts that are applied when they are left, and lists of what is linked."""

    go_to = Signal(str)

    def __init__(self, models: BoardModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.models = models
        self.shown = ""
        """The id of what is shown; "" for the board."""
        self.texts: list[BilingualEdit] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(10, 8, 10, 10)
        self.column.setSpacing(5)

    def commit(self) -> None:
        """Apply texts that are being written."""
        for text in self.texts:
            text.commit()

    def heading(self, text: str, *buttons: QWidget) -> None:
        """The title of a section, with what can be done there at its right."""
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 0)
        label = QLabel(text, self)
        label.setFont(small(bold(label.font())))
        label.setProperty("muted", True)
        line.addWidget(label, 1)
        for button in buttons:
            line.addWidget(button)
        self.column.addLayout(line)

    def field(self, name: str, label: str, lines: int, *, many: bool = False) -> BilingualEdit:
        """A text in both languages under its heading."""
        self.heading(label)
        edit = BilingualEdit(name, label, lines, self, many=many)
        self.texts.append(edit)
        self.column.addWidget(edit)
        return edit

    def links(self, name: str, empty: str) -> LinkList:
        """A list of linked cards."""
        made = LinkList(name, empty, self)
        made.opened.connect(self.go_to)
        self.column.addWidget(made)
        return made

    def cards(self, ids: Iterable[str], letters: str = "") -> list[tuple[Card, bool]]:
        """The cards with these ids, and whether their letters fit."""
        found = [card for each in ids if (card := self.models.card(each)) is not None]
        return [(card, not letters or card.cell in letters) for card in found]


class Head(QWidget):
    """Code and kind of the card that is shown, and the cells it can be moved to."""

    chosen = Signal(str)

    def __init__(self, family: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setFont(bold(self._title.font()))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self._title, 1)
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        for cell in family:
            button = QToolButton(self)
            button.setObjectName(f"to{cell}")
            button.setText(cell)
            button.setCheckable(True)
            button.setMinimumSize(TARGET + 4, TARGET)
            button.setToolTip(_("Move to {cell}").format(cell=cells.name(cell)))
            button.setAccessibleName(button.toolTip())
            button.clicked.connect(lambda _checked=False, cell=cell: self.chosen.emit(cell))
            self._group.addButton(button)
            self._buttons[cell] = button
            line.addWidget(button)

    def show_card(self, card: Card) -> None:
        """Show a card's code and press the button of its cell."""
        self._title.setText(f"{card.code}  {cells.singular(card.cell)}")
        if card.cell in self._buttons:
            self._buttons[card.cell].setChecked(True)


def button_of(commands: Commands, name: str, parent: QWidget) -> QToolButton:
    """A small button for a command; "cite" opens its menu."""
    button = QToolButton(parent)
    button.setDefaultAction(commands.actions[name])
    button.setObjectName(f"{name}Inspector")
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setMinimumHeight(TARGET)
    if name == "cite":
        button.setMenu(commands.links)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button
