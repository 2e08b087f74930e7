"""The model of one cell: a view of the cards that changes rows singly and turns user actions into edits."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.board import STRATEGY_TYPES
from core.text import Text
from gui.mime import FACTORS, LINES, STRATEGIES, pack
from gui.session import Session
from gui.swot import cells
from gui.swot.cards import Card
from gui.swot.drops import Place, Plan, plan
from gui.swot.order import longest_rising
from gui.swot.writing import creating, writing, written
from gui.text import tip

AnyIndex = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
"""The role that gives the whole `Card`."""


class CellModel(QAbstractListModel):
    """The cards of one cell. Never removes rows for a view: after a drag Qt would delete what was moved."""

    done = Signal(object)
    """A `Plan` that has just been carried out."""

    def __init__(self, session: Session, cell: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.cell = cell
        self._cards: list[Card] = []
        self._draft: int | None = None

    @property
    def kind(self) -> str:
        """The MIME type of what is dragged out of this cell."""
        return FACTORS if cells.is_quadrant(self.cell) else STRATEGIES

    def ids(self) -> list[str]:
        """The ids of the cards in order; that of a draft is empty."""
        return [card.id for card in self._cards]

    def row(self, card_id: str) -> int:
        """The row of a card, or -1."""
        return next((at for at, card in enumerate(self._cards) if card.id == card_id), -1)

    def card(self, row: int) -> Card:
        """The card in a row."""
        return self._cards[row]

    # ---- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else len(self._cards)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._cards):
            return None
        card = self._cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.EditRole:
            return written(self._session.project.board, card.id)
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole and card.heading and card.text:
            return tip(card.text)
        return card if role == CARD else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid():
            return flag.ItemIsDropEnabled
        usual = flag.ItemIsSelectable | flag.ItemIsEnabled | flag.ItemIsEditable | flag.ItemIsDropEnabled
        movable = usual if self.cell == cells.ADVICE else usual | flag.ItemIsDragEnabled
        return movable | flag.ItemNeverHasChildren

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write the text of a factor or the title of another card in the language of the window."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        text, card = " ".join(str(value).split()), self._cards[index.row()]
        if self._draft == index.row():
            return self._create(text)
        board = self._session.project.board
        found = writing(board, card.id, text)
        if found is None or text == written(board, card.id):
            return False
        planned, merge = found
        return self._session.attempt(planned.edit, merge=merge, **planned.arguments)

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [FACTORS, STRATEGIES, LINES, "text/plain"]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The ids in the order of the board, and their texts for other programs."""
        rows = sorted({index.row() for index in indexes})
        return packed(self._session, self.kind, [self._cards[row] for row in rows])

    def canDropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: AnyIndex) -> bool:
        return isinstance(self.planned(data, action, self._place(row, parent)), Plan)

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, _column: int, parent: AnyIndex) -> bool:
        planned = self.planned(data, action, self._place(row, parent))
        return isinstance(planned, Plan) and self.carry_out(planned)

    def moveRows(self, source: AnyIndex, row: int, count: int, destination: AnyIndex, child: int) -> bool:
        """Reorder; `child` counts the rows as they stand before, as Qt does."""
        if source.isValid() or destination.isValid() or not 0 <= row <= row + count <= len(self._cards):
            return False
        if row <= child <= row + count:
            return True
        return self.reorder([card.id for card in self._cards[row : row + count]], child)

    # ---- what views ask

    def planned(self, data: QMimeData, action: Qt.DropAction, place: Place) -> Plan | Text:
        """What a drop would do, or why not."""
        return plan(self._session, data, action, place)

    def carry_out(self, planned: Plan) -> bool:
        """Do it as one undo step and tell whoever selects and announces."""
        merge = (planned.deed, *planned.ids) if planned.names else None
        changed = self._session.attempt(planned.edit, merge=merge, **planned.arguments)
        if changed:
            self.done.emit(planned)
        return changed

    def reorder(self, ids: Sequence[str], row: int) -> bool:
        """Put cards of this cell before its `row`-th card."""
        if cells.is_quadrant(self.cell):
            arguments = {"factors": tuple(ids), "quadrant": self.cell, "position": row}
            return self.carry_out(Plan("move_factors", arguments, tuple(ids), "moved"))
        if self.cell in STRATEGY_TYPES:
            arguments = {"strategies": tuple(ids), "kind": self.cell, "position": row}
            return self.carry_out(Plan("move_strategies", arguments, tuple(ids), "moved"))
        arguments = {"recommendation": ids[0], "position": row}
        return self.carry_out(Plan("move_recommendation", arguments, tuple(ids[:1]), "moved"))

    def begin_draft(self, row: int) -> QModelIndex:
        """An empty card that exists on the screen only, until something is written on it."""
        self.drop_draft()
        row = max(0, min(row, len(self._cards)))
        self.beginInsertRows(QModelIndex(), row, row)
        self._cards.insert(row, Card("", self.cell))
        self._draft = row
        self.endInsertRows()
        return self.index(row)

    def drop_draft(self) -> None:
        """Forget the empty card."""
        if self._draft is None:
            return
        row, self._draft = self._draft, None
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._cards[row]
        self.endRemoveRows()

    def show(self, new: Sequence[Card]) -> None:
        """Become these cards: rows are removed, moved, inserted and repainted one by one, selections stay."""
        wanted = list(new)
        if self._draft is not None:
            self._draft = min(self._draft, len(wanted))
            wanted.insert(self._draft, Card("", self.cell))
        ids = [card.id for card in wanted]
        self._remove(set(ids))
        kept = set(self.ids())
        self._reorder([each for each in ids if each in kept])
        for row, card in enumerate(wanted):
            if row >= len(self._cards) or self._cards[row].id != card.id:
                self.beginInsertRows(QModelIndex(), row, row)
                self._cards.insert(row, card)
                self.endInsertRows()
            elif self._cards[row] != card:
                self._cards[row] = card
                self.dataChanged.emit(self.index(row), self.index(row))

    # ---- inside

    def _remove(self, kept: set[str]) -> None:
        for row in range(len(self._cards) - 1, -1, -1):
            if self._cards[row].id not in kept:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._cards[row]
                self.endRemoveRows()

    def _reorder(self, ids: list[str]) -> None:
        """Move as few rows as possible: those outside the longest run that is in order already."""
        place = {each: at for at, each in enumerate(ids)}
        still = longest_rising([place[card.id] for card in self._cards])
        for at, each in enumerate(ids):
            if at in still:
                continue
            row = self.row(each)
            to = self.row(ids[at - 1]) + 1 if at else 0
            if to in {row, row + 1}:
                continue
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), to)
            card = self._cards.pop(row)
            self._cards.insert(to - (row < to), card)
            self.endMoveRows()

    def _place(self, row: int, parent: AnyIndex) -> Place:
        """Qt's way to say where: a parent means "on this card", row -1 "somewhere in the cell"."""
        if parent.isValid():
            return Place(self.cell, parent.row(), self._cards[parent.row()].id)
        return Place(self.cell, row if row >= 0 else len(self._cards))

    def _create(self, text: str) -> bool:
        """The draft becomes a card of the project; an empty one is forgotten when its editor closes."""
        row = self._draft
        if not text or row is None:
            return False
        planned = creating(self.cell, row, text)
        self._cards[row], self._draft = Card(planned.ids[0], self.cell), None
        return self.carry_out(planned)


def packed(session: Session, kind: str, cards: Sequence[Card]) -> QMimeData:
    """Cards as they leave a view: ids for us, a list of lines for other programs."""
    lines = [f"{card.code} {card.title}" for card in cards]
    data = pack(kind, session.project.id, "\n".join(lines), ids=[card.id for card in cards])
    data.setHtml("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>")
    return data
