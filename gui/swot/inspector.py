"""The panel at the right: all about the selected card, or about the board where none is selected."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from core.board import Factor, Recommendation, Strategy
from gui.swot.board import Board
from gui.swot.commands import Commands
from gui.swot.page import Page
from gui.swot.pages import AdvicePage, BoardPage, FactorPage, StrategyPage
from gui.swot.writing import item
from gui.text import _


class Inspector(QStackedWidget):
    """One page for each kind of card; follows the selection of the board and every change of the project."""

    go_to = Signal(str)
    show_line = Signal(object, object)
    asked = Signal(object)

    def __init__(self, board: Board, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("swotInspector")
        self._board, self._models = board, board.models
        self.factor = FactorPage(self._models, commands, self)
        self.strategy = StrategyPage(self._models, commands, self)
        self.advice = AdvicePage(self._models, commands, self)
        self.board_page = BoardPage(self._models, self)
        self.several = _Several(self)
        self._areas = {page: self._scrolling(page) for page in self._pages()}
        self.addWidget(self.several)
        self.factor.show_line.connect(self.show_line)
        self.factor.asked.connect(self.asked)
        board.selection_changed.connect(self.refresh)
        self._models.changed.connect(self.refresh)
        self.refresh()

    def _pages(self) -> list[Page]:
        return [self.factor, self.strategy, self.advice, self.board_page]

    def _scrolling(self, page: Page) -> QScrollArea:
        area = QScrollArea(self)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        self.addWidget(area)
        page.go_to.connect(self.go_to)
        return area

    def commit(self) -> None:
        """Apply texts that are being written."""
        for page in self._pages():
            page.commit()

    def describe_board(self) -> None:
        """Let the title of the board be written."""
        self.refresh()
        self.board_page.title.write()

    def refresh(self) -> None:
        """Show what is selected as it is now."""
        cards = self._board.selected()
        if len(cards) > 1:
            self.several.show_codes([card.code for card in cards])
            self._turn(self.several)
            return
        found = item(self._models.session.project.board, cards[0].id) if cards else None
        if isinstance(found, Factor):
            self._leave(self.factor, found.id)
            self.factor.show_factor(found, cards[0])
            self._turn(self._areas[self.factor])
        elif isinstance(found, Strategy):
            self._leave(self.strategy, found.id)
            self.strategy.show_strategy(found, cards[0])
            self._turn(self._areas[self.strategy])
        elif isinstance(found, Recommendation):
            self._leave(self.advice, found.id)
            self.advice.show_advice(found, cards[0])
            self._turn(self._areas[self.advice])
        else:
            self.board_page.show_board()
            self._turn(self._areas[self.board_page])

    def _leave(self, page: Page, new: str) -> None:
        """What was written about the card shown before belongs to that card, or to nothing where it is gone."""
        if page.shown == new:
            return
        for text in page.texts:
            if page.shown and item(self._models.session.project.board, page.shown) is not None:
                text.commit()
            else:
                text.revert()

    def _turn(self, widget: QWidget) -> None:
        if self.currentWidget() is not widget:
            self.setCurrentWidget(widget)


class _Several(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self._label.setWordWrap(True)
        self._label.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 10)
        column.addWidget(self._label)
        column.addStretch(1)

    def show_codes(self, codes: list[str]) -> None:
        listed = _(", ").join(codes)
        self._label.setText(_("{count} cards selected: {codes}").format(count=len(codes), codes=listed))
