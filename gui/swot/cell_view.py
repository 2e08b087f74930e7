"""The list of one cell: takes drops, shows where they would land, and starts drags of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemDelegate, QFrame, QListView, QStyleOptionViewItem, QWidget

from core.text import Text
from gui.session import Session
from gui.swot import cells
from gui.swot.card_delegate import CardDelegate
from gui.swot.cards import Card
from gui.swot.cell_model import CellModel, packed
from gui.swot.drag_feedback import paint_hint, paint_target, picture
from gui.swot.drops import Place, Plan, aims_at_cards

AnyIndex = QModelIndex | QPersistentModelIndex
_BESIDE = QPoint(-12, -6)
"""The picture hangs beside the pointer: under it, it would hide the line that shows where the card lands."""


class CellView(QListView):
    """Cards in a column. Where a drop goes is worked out here, from the pointer alone, and used for all of it."""

    selected_alone = Signal()
    """A plain click or key selects here: what is selected in other cells is let go."""
    selection_changed = Signal()
    refused = Signal(object)
    """A `Text`: why what is dragged cannot be dropped here."""
    resized = Signal()
    focused = Signal()
    """The focus came or went."""
    targeted = Signal(bool)
    """Whether a drop would be taken now."""

    def __init__(self, session: Session, model: CellModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._cells_model = session, model
        self.gather: Callable[[], list[Card]] = self.selected_cards
        """What a drag takes along; the board gives what is selected in all cells."""
        self._place: Place | None = None
        self._action = Qt.DropAction.IgnoreAction
        self._answer: Plan | Text | None = None
        self.setObjectName(f"cell{model.cell}")
        self.setModel(model)
        self._look = CardDelegate(self)
        self.setItemDelegate(self._look)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.DoubleClicked | QListView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QListView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)

    @property
    def cell(self) -> str:
        """The cell that is shown."""
        return self._cells_model.cell

    def cell_model(self) -> CellModel:
        """The model, typed."""
        return self._cells_model

    def selected_cards(self) -> list[Card]:
        """The selected cards in order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [card for row in rows if (card := self._cells_model.card(row)).id]

    def select(self, ids: set[str], current: str = "") -> None:
        """Select these cards and no others, without telling that this is meant to be alone."""
        chosen = QItemSelection()
        for row, card_id in enumerate(self._cells_model.ids()):
            if card_id in ids:
                index = self._cells_model.index(row)
                chosen.select(index, index)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        row = self._cells_model.row(current) if current else -1
        if row >= 0:
            index = self._cells_model.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    def contents_height(self) -> int:
        """What all cards need at the present width."""
        option = self._option()
        rows = range(self._cells_model.rowCount())
        return sum(int(self._look.sizeHint(option, self._cells_model.index(row)).height()) for row in rows)

    def write_new(self, row: int) -> None:
        """Open the editor on an empty card before `row`; it becomes real when something is written."""
        index = self._cells_model.begin_draft(row)
        self.executeDelayedItemsLayout()
        self.scrollTo(index)
        self.setCurrentIndex(index)
        self.edit(index)

    # ---- dragging out

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drag what is selected. What `exec` returns is ignored, because only edits move or remove cards.

        Qt's own startDrag answers MoveAction by removing whatever is selected then.
        """
        cards = self.gather()
        if not cards:
            return
        drag = QDrag(self)  # deleted by Qt when it is done
        drag.setMimeData(packed(self._session, self._cells_model.kind, cards))
        drag.setPixmap(picture(cards, self.viewport().width(), self.font(), self.devicePixelRatioF()))
        drag.setHotSpot(_BESIDE)
        drag.exec(supportedActions, Qt.DropAction.MoveAction)

    # ---- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take our own kinds always, so that a refusal can say why; files are for the window."""
        if event.mimeData().hasUrls() or not self._knows(event):
            event.ignore()
            return
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls near the edges
        self.aim(event, self.place_at(event.position().toPoint(), event))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.forget()

    def dropEvent(self, event: QDropEvent) -> None:
        self.stopAutoScroll()
        self.setState(QListView.State.NoState)
        self.take(event, self.place_at(event.position().toPoint(), event))

    def place_at(self, position: QPoint, event: QDropEvent) -> Place:
        """The place under the pointer; the upper half of a card means before it, the lower half after it."""
        index = self.indexAt(position)
        if not index.isValid():
            return Place(self.cell, 0 if position.y() < 0 else self._cells_model.rowCount())
        rect, row = self.visualRect(index), index.row()
        how = aims_at_cards(event.mimeData(), self.cell)
        quarter = rect.height() // 4
        middle = rect.top() + quarter <= position.y() <= rect.bottom() - quarter
        if how == "always" or (how == "middle" and middle):
            return Place(self.cell, row, self._cells_model.card(row).id)
        return Place(self.cell, row + (position.y() > rect.center().y()))

    def aim(self, event: QDropEvent, place: Place) -> None:
        """Show what a drop would do, and say why where it would do nothing; also for the cell's header."""
        if (place, event.dropAction()) != (self._place, self._action):
            answer = self._cells_model.planned(event.mimeData(), event.dropAction(), place)
            if isinstance(answer, Text) and answer != self._answer:
                self.refused.emit(answer)
            self._place, self._action, self._answer = place, event.dropAction(), answer
            self.targeted.emit(isinstance(answer, Plan))
            self.viewport().update()
        if isinstance(self._answer, Plan):
            event.acceptProposedAction()
        else:
            event.ignore()

    def take(self, event: QDropEvent, place: Place) -> None:
        """Carry out a drop; also for the cell's header."""
        planned = self._cells_model.planned(event.mimeData(), event.dropAction(), place)
        self.forget()
        if isinstance(planned, Text):
            self.refused.emit(planned)
            event.ignore()
            return
        moved = planned.deed == "moved" or not event.possibleActions() & Qt.DropAction.CopyAction
        # MoveAction would let the source remove what it has selected after the drop: we have moved it already.
        event.setDropAction(Qt.DropAction.TargetMoveAction if moved else Qt.DropAction.CopyAction)
        event.accept()
        self._cells_model.carry_out(planned)

    def forget(self) -> None:
        """No drag is above this cell any more."""
        self._place = self._answer = None
        self.targeted.emit(False)
        self.viewport().update()

    def _knows(self, event: QDropEvent) -> bool:
        return any(event.mimeData().hasFormat(kind) for kind in self._cells_model.mimeTypes())

    # ---- painting and Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        rows = self._cells_model.rowCount()
        area = self.viewport().rect()
        if not rows and self._place is None:
            paint_hint(painter, area, cells.hint(self.cell), self.font())
        if self._place is not None and isinstance(self._answer, Plan):
            paint_target(painter, area, self._answer, self._place, self._rects(), self.font())
        painter.end()

    def _rects(self) -> list[QRect]:
        return [self.visualRect(self._cells_model.index(row)) for row in range(self._cells_model.rowCount())]

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._look.width = self.viewport().width()
        super().resizeEvent(event)
        self.resized.emit()
        QTimer.singleShot(0, self, self._keep_in_sight)

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        super().dataChanged(first, last, roles)
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """The selected card stays in sight when the cell gets smaller or a card taller."""
        if self.selectedIndexes():
            self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit()

    def selectionCommand(self, index: AnyIndex, event: object = None) -> QItemSelectionModel.SelectionFlag:
        command = super().selectionCommand(index, event)  # type: ignore[arg-type]
        if command & QItemSelectionModel.SelectionFlag.Clear:
            self.selected_alone.emit()
        return command

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self._cells_model.drop_draft()

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option
