"""The board: nine places in a grid, of which four are quadrants, four are strategies and one says what it is about."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.swot.board_models import BoardModels
from gui.swot.cards import Card
from gui.swot.cell import Cell
from gui.swot.cell_view import CellView
from gui.swot.cells import ADVICE, CELLS, READING_ORDER, kin
from gui.swot.corner import Corner
from gui.swot.drops import Plan

TOWS = {"S": (0, 1), "W": (0, 2), "O": (1, 0), "SO": (1, 1), "WO": (1, 2), "T": (2, 0), "ST": (2, 1), "WT": (2, 2)}
SWOT = {"S": (0, 0), "W": (0, 1), "O": (1, 0), "T": (1, 1)}


class Board(QWidget):
    """Lays out the cells and keeps one selection over all of them; `advice` is shown beside the board."""

    selection_changed = Signal()
    refused = Signal(object)
    describe = Signal()
    """Somebody wants to write the title and objective."""

    def __init__(self, models: BoardModels, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("swotBoard")
        self.models = models
        self._quiet = False
        self._naming = ""
        self._last: CellView | None = None
        self.cells = {cell: Cell(models.session, models[cell], self) for cell in CELLS}
        self.advice = self.cells[ADVICE]
        self.advice.view.setSelectionMode(CellView.SelectionMode.SingleSelection)
        self.corner = Corner(self)
        self.corner.describe.connect(self.describe)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(4)
        self.tows = True
        self.setMinimumWidth(3 * self.fontMetrics().averageCharWidth() * 12)
        for view in self.views():
            view.gather = self.selected
            view.resized.connect(self._balance_soon)
            view.refused.connect(self.refused)
            view.selected_alone.connect(self._alone)
            view.selection_changed.connect(self._selected)
        self._naming_timer = QTimer(self, singleShot=True, interval=0)
        self._naming_timer.timeout.connect(self._write_name)
        self._balance_timer = QTimer(self, singleShot=True, interval=0)
        self._balance_timer.timeout.connect(self._balance)
        models.changed.connect(self._changed)
        self.arrange(True)
        self._changed()

    def views(self) -> list[CellView]:
        """The lists in the order in which F6 walks through them."""
        return [self.cells[cell].view for cell in READING_ORDER]

    def arrange(self, tows: bool) -> None:
        """The 3×3 TOWS board, or the four quadrants alone."""
        self.tows = tows
        places = TOWS if tows else SWOT
        for cell, widget in self.cells.items():
            if cell == ADVICE:
                continue
            self._grid.removeWidget(widget)
            widget.setVisible(cell in places)
            if cell in places:
                self._grid.addWidget(widget, *places[cell])
        self._grid.removeWidget(self.corner)
        self.corner.setVisible(tows)
        if tows:
            self._grid.addWidget(self.corner, 0, 0)
        for line in range(3):
            self._grid.setColumnStretch(line, int(line < (3 if tows else 2)))
        self._balance()

    # ---- selection

    def selected(self) -> list[Card]:
        """The selected cards of all cells, in the order of the board."""
        return [card for cell in CELLS for card in self.cells[cell].view.selected_cards()]

    def current_view(self) -> CellView:
        """The list with the focus, else the one that had it last."""
        focused = next((view for view in self.views() if view.hasFocus()), None)
        if focused is not None:
            self._last = focused
        return self._last or self.cells["S"].view

    def select(self, ids: Iterable[str], *, focus: bool = True) -> None:
        """Select these cards wherever they are, and go to the first of them."""
        wanted = list(ids)
        self._quiet = True
        for view in self.views():
            view.select({*wanted}, wanted[0] if wanted else "")
        self._quiet = False
        place = self.models.find(wanted[0]) if wanted else None
        if place is not None:
            self._last = self.cells[place[0]].view
            if focus:
                self._last.setFocus()
        self.selection_changed.emit()

    def follow(self, plan: Plan) -> None:
        """After something was done: select what it was about, and let a new strategy be named."""
        self.select(plan.ids)
        if plan.names:
            self._naming = plan.ids[0]
            self._naming_timer.start()  # not inside the drop: an editor that opens there loses the focus again

    def _write_name(self) -> None:
        place = self.models.find(self._naming)
        if place is not None:
            view = self.cells[place[0]].view
            view.edit(view.cell_model().index(place[1]))

    def _alone(self) -> None:
        self._let_go(self.sender(), set())

    def _let_go(self, keep: object, kept_cells: set[str]) -> None:
        if self._quiet:
            return
        others = [view for view in self.views() if view is not keep and view.cell not in kept_cells]
        letting = [view for view in others if view.selectedIndexes()]
        self._quiet = True
        for view in letting:
            view.clearSelection()
        self._quiet = False
        if letting:
            self.selection_changed.emit()

    def _selected(self) -> None:
        view = self.sender()
        if self._quiet or not isinstance(view, CellView):
            return
        if view.selectedIndexes():
            self._last = view
            self._let_go(view, {*kin(view.cell)})
        self.selection_changed.emit()

    # ---- size

    def _changed(self) -> None:
        board = self.models.session.project.board
        self.corner.show_texts(board.title, board.objective)
        self._balance()

    def _balance(self) -> None:
        """Rows get what their cards need; where there is too little, the longest row scrolls first."""
        places = TOWS if self.tows else SWOT
        wanted = [0, 0, 0]
        for cell, (row, _column) in places.items():
            wanted[row] = max(wanted[row], self.cells[cell].wanted_height())
        shares = shared(wanted, self.height() - 2 * self._grid.spacing())
        if shares != [self._grid.rowStretch(row) for row in range(3)]:
            for row, height in enumerate(shares):
                self._grid.setRowStretch(row, height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._balance_soon()

    def _balance_soon(self) -> None:
        """Once the new widths are known, which decide how text wraps."""
        self._balance_timer.start()


def shared(wanted: list[int], height: int) -> list[int]:
    """The height dealt out: no row gets less than an equal share, unless it needs less."""
    given, left = [0] * len(wanted), height
    for asking, row in enumerate(sorted(range(len(wanted)), key=lambda row: wanted[row])):
        given[row] = max(0, min(wanted[row], left // (len(wanted) - asking)))
        left -= given[row]
    total = sum(given) or 1
    return [each + max(0, left) * each // total for each in given]
