"""Everything that can be done with cards by keys and single clicks; the same edits as by dragging."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from core.board import STRATEGY_TYPES
from core.explain import Wanted
from core.text import text
from gui.swot.asking import number_of
from gui.swot.board import Board
from gui.swot.cards import Card
from gui.swot.cell_view import CellView
from gui.swot.cells import ADVICE, is_quadrant, kin, name
from gui.swot.drops import Plan
from gui.swot.glyphs import icon
from gui.swot.link_menu import fill_link_menu
from gui.text import _


@dataclass(frozen=True, slots=True)
class _Offer:
    name: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    sign: str = ""


class Commands(QObject):
    """Actions on the selected cards. Their keys hold in the lists only, so an editor keeps its own."""

    wants_evidence = Signal(str)
    """The id of a factor that somebody wants to back."""
    asked = Signal(object)
    """The number behind the selected card, to be explained."""
    refused = Signal(object)

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self._board, self._models = board, board.models
        self.actions: dict[str, QAction] = {}
        offers = [
            _Offer("newBelow", _("New card below"), ("Return", "Enter"), self.new_below, "plus"),
            _Offer("newAbove", _("New card above"), ("Shift+Return", "Shift+Enter"), self.new_above),
            _Offer("editCard", _("Edit"), (), self.edit, "pencil"),
            _Offer("moveUp", _("Move up"), ("Alt+Up",), self.move_up, "up"),
            _Offer("moveDown", _("Move down"), ("Alt+Down",), self.move_down, "down"),
            _Offer("toNextCell", _("Move to the next cell"), ("Alt+Right",), self.to_next_cell),
            _Offer("toPreviousCell", _("Move to the previous cell"), ("Alt+Left",), self.to_previous_cell),
            _Offer("cite", _("Cite in…"), ("L",), self.open_links, "link"),
            _Offer("evidence", _("Add evidence…"), ("E",), self.add_evidence, "evidence"),
            _Offer("explainCard", _("Explain this number"), ("X",), self.explain),
            _Offer("deleteCard", _("Delete"), ("Del", "Backspace"), self.delete, "bin"),
        ]
        for offer in offers:
            self._make(offer)
        for number in range(4):
            self._make(_Offer(f"moveTo{number + 1}", "", (f"Alt+{number + 1}",), partial(self.move_to, number)))
        self.links = QMenu(board)
        self.links.setObjectName("citeMenu")
        self.links.aboutToShow.connect(self._fill_links)
        self.moves = QMenu(board)
        self.moves.setObjectName("moveMenu")
        self.moves.addActions([self.actions[f"moveTo{number}"] for number in (1, 2, 3, 4)])
        for view in board.views():
            view.addActions(list(self.actions.values()))
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            view.customContextMenuRequested.connect(self._context_menu)
        board.selection_changed.connect(self.update)
        self._models.changed.connect(self.update)
        self.update()

    def _make(self, offer: _Offer) -> None:
        action = QAction(offer.text, self)
        action.setObjectName(offer.name)
        action.setShortcuts([QKeySequence(key) for key in offer.keys])
        # Only with the focus in the list itself: Enter in its editor ends the editing, and Qt's own use of
        # Alt+Up and Alt+Down as navigation gives way.
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if offer.text and offer.keys:
            key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(f"{offer.text} ({key})")
        if offer.sign:
            action.setIcon(icon(offer.sign))
        action.triggered.connect(lambda _checked=False, run=offer.run: run())
        self.actions[offer.name] = action

    def update(self) -> None:
        """Enable what can be done with the present selection."""
        cards = self._board.selected()
        same_kind = len({kin(card.cell) for card in cards}) == 1
        movable = same_kind and cards[0].cell != ADVICE
        factors = same_kind and is_quadrant(cards[0].cell)
        for each in ("moveUp", "moveDown"):
            self.actions[each].setEnabled(same_kind and len({card.cell for card in cards}) == 1)
        for each in ("toNextCell", "toPreviousCell"):
            self.actions[each].setEnabled(movable)
        for at, each in enumerate(("moveTo1", "moveTo2", "moveTo3", "moveTo4")):
            targets = kin(cards[0].cell) if movable else kin("S")
            self.actions[each].setText(f"{targets[at]}  {name(targets[at])}")
            self.actions[each].setEnabled(movable and {card.cell for card in cards} != {targets[at]})
        self.actions["cite"].setEnabled(same_kind and (factors or len(cards) == 1))
        self.actions["cite"].setText(_("Cite in…") if factors or not cards else _("Cite…"))
        self.actions["evidence"].setEnabled(factors and len(cards) == 1)
        self.actions["explainCard"].setEnabled(self.number() is not None)
        self.actions["editCard"].setEnabled(len(cards) == 1)
        self.actions["deleteCard"].setEnabled(same_kind)

    # ---- new and changed cards

    def new_below(self) -> None:
        """An empty card after the current one, with the editor open."""
        self._new(1)

    def new_above(self) -> None:
        """An empty card before the current one."""
        self._new(0)

    def _new(self, below: int) -> None:
        view = self._board.current_view()
        row = view.currentIndex().row()
        view.selected_alone.emit()
        view.write_new(row + below if row >= 0 else view.cell_model().rowCount())

    def edit(self) -> None:
        """Open the editor on the selected card."""
        place = self._models.find(self._board.selected()[0].id)
        if place is not None:
            view = self._board.cells[place[0]].view
            view.edit(view.cell_model().index(place[1]))

    def delete(self) -> None:
        """Delete the selected cards and go to the one that takes their place."""
        cards = self._board.selected()
        view, ids = self._board.cells[cards[0].cell].view, tuple(card.id for card in cards)
        row = min(index.row() for index in view.selectedIndexes())
        if is_quadrant(cards[0].cell):
            done = self._models.session.attempt("remove_factors", factors=ids)
        elif cards[0].cell in STRATEGY_TYPES:
            done = self._models.session.attempt("remove_strategies", strategies=ids)
        else:
            done = self._models.session.attempt("remove_recommendation", recommendation=ids[0])
        left = view.cell_model().ids()
        if done and left:
            self._board.select([left[min(row, len(left) - 1)]])

    # ---- moves

    def move_up(self) -> None:
        """One place up; several cards end up together."""
        view, ids, rows = self._one_cell()
        if rows[0] > 0:
            view.cell_model().reorder(ids, rows[0] - 1)

    def move_down(self) -> None:
        """One place down."""
        view, ids, rows = self._one_cell()
        if rows[-1] < view.cell_model().rowCount() - 1:
            view.cell_model().reorder(ids, rows[-1] + 2)

    def _one_cell(self) -> tuple[CellView, list[str], list[int]]:
        cards = self._board.selected()
        view = self._board.cells[cards[0].cell].view
        ids = [card.id for card in cards]
        return view, ids, [view.cell_model().row(each) for each in ids]

    def to_next_cell(self) -> None:
        """From S to W to O to T, from SO to WO to ST to WT."""
        self._step(1)

    def to_previous_cell(self) -> None:
        """The other way."""
        self._step(-1)

    def _step(self, by: int) -> None:
        cards = self._board.selected()
        family = kin(cards[0].cell)
        at = family.index(cards[0].cell) + by
        if 0 <= at < len(family):
            self._move(cards, family[at])

    def move_to(self, number: int) -> None:
        """To S, W, O or T; a strategy to SO, WO, ST or WT."""
        cards = self._board.selected()
        self._move(cards, kin(cards[0].cell)[number])

    def _move(self, cards: list[Card], cell: str) -> None:
        ids = tuple(card.id for card in cards)
        if is_quadrant(cell):
            self._models.carry_out(Plan("move_factors", {"factors": ids, "quadrant": cell}, ids, "moved"))
        else:
            self._models.carry_out(Plan("move_strategies", {"strategies": ids, "kind": cell}, ids, "moved"))

    # ---- citations and evidence

    def open_links(self) -> None:
        """The menu of what can be cited, beside the card."""
        view = self._board.current_view()
        rect = view.visualRect(view.currentIndex())
        self.links.popup(view.viewport().mapToGlobal(rect.bottomLeft()))

    def _fill_links(self) -> None:
        self.links.clear()
        fill_link_menu(self.links, self._models, self._board.selected())

    def add_evidence(self) -> None:
        """Ask for evidence for the selected factor."""
        self.wants_evidence.emit(self._board.selected()[0].id)

    def number(self) -> Wanted | None:
        """The number behind the selected card; None without one, and where several are selected."""
        cards, session = self._board.selected(), self._models.session
        factor = session.project.board.factor(cards[0].id) if len(cards) == 1 else None
        return number_of(factor, session.results) if factor is not None else None

    def explain(self) -> None:
        """Have the number behind the selected card explained."""
        wanted = self.number()
        if wanted is not None:
            self.asked.emit(wanted)

    def _context_menu(self, position: QPoint) -> None:
        view = self.sender()
        if not isinstance(view, CellView):
            return
        if not self._board.selected():
            self.refused.emit(text("Select a card first."))
        menu = QMenu(view)
        menu.setObjectName("cardMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.actions[each] for each in ("newBelow", "newAbove", "editCard")])
        menu.addSeparator()
        menu.addActions([self.actions[each] for each in ("moveUp", "moveDown")])
        menu.addMenu(self.moves).setText(_("Move to"))
        menu.addMenu(self.links).setText(self.actions["cite"].text())
        menu.addActions([self.actions[each] for each in ("evidence", "explainCard")])
        menu.addSeparator()
        menu.addAction(self.actions["deleteCard"])
        menu.popup(view.viewport().mapToGlobal(position))
