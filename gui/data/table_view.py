"""The grid as people use it: selecting, typing, Enter, keys; what is done with many cells is in the actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from core.layouts import Area, Grid
from core.table import Key
from core.text import Text
from gui.data.bubble import Bubble
from gui.data.findings_signs import draw_sign
from gui.data.table_model import TableModel
from gui.style import colours
from gui.text import _, show

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: dict[int, int] = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_FEW = 100
"""So many columns are fitted to their contents one by one; more get the width of the first ones."""
_CELLS_FITTED = 256
_HIGHLIGHTED = 2_000
"""Headers of longer lines do not show what is selected: Qt would ask for the flags of every cell of each line."""
_NARROWEST, _WIDEST = 72, 260


class TableView(QTableView):
    """Shows a `TableModel`. Menus are filled by whoever offers actions: see `offer`."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        """The view does not own the model."""
        super().__init__(parent)
        self.setObjectName("tableView")
        self.setAccessibleName(_("Table"))
        self._model = model
        self._menu_parts: list[Callable[[QMenu], None]] = []
        self._frame = colours().accent
        self._kept: tuple[Key, int] | None = None
        self.setModel(model)
        self._no_selection = QItemSelectionModel(model, self)
        self.bubble = Bubble(self.viewport())
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self._dress(self.horizontalHeader(), "tableColumns", _("Columns of the table"))
        self._dress(self.verticalHeader(), "tableRows", _("Rows of the table"))
        self.horizontalHeader().customContextMenuRequested.connect(self._column_menu)
        self.verticalHeader().customContextMenuRequested.connect(self._row_menu)
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 10)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.horizontalHeader().setResizeContentsPrecision(0)
        model.cell_refused.connect(self.say_at)
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._find_place)
        model.columnsInserted.connect(self._fit_new_columns)
        model.dataChanged.connect(self._fit_changed)
        model.marks_changed.connect(self._show_marks)

    def _dress(self, header: QHeaderView, name: str, words: str) -> None:
        header.setObjectName(name)
        header.setAccessibleName(words)
        header.setHighlightSections(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    @property
    def grid(self) -> Grid | None:
        """The rows and columns as the model shows them."""
        return self._model.grid

    def offer(self, part: Callable[[QMenu], None]) -> None:
        """Let `part` add its actions to each menu of the grid, below those that are there."""
        self._menu_parts.append(part)

    def areas(self) -> list[Area]:
        """The selected rectangles without the spare row; the current cell where nothing is selected."""
        grid = self.grid
        if grid is None:
            return []
        found = []
        chosen = self.selectionModel().selection()
        for each in map(chosen.at, range(chosen.count())):
            bottom = min(each.bottom(), grid.rows - 1)
            if each.top() <= bottom:
                found.append((each.top(), each.left(), bottom, each.right()))
        at = self.currentIndex()
        if not found and not self.selectionModel().hasSelection() and at.isValid() and at.row() < grid.rows:
            found.append((at.row(), at.column(), at.row(), at.column()))
        return found

    def current_cell(self) -> tuple[Key, int] | None:
        """The series and the period of the current cell, which outlive any layout."""
        grid, at = self.grid, self.currentIndex()
        if grid is None or not at.isValid():
            return None
        series, period = grid.address(at.row(), at.column())
        if series < 0 or period < 0:
            return None
        return grid.table.key(series), grid.table.periods.values[period]

    def show_cell(self, key: Key, period: int) -> bool:
        """Make a cell current and bring it into view; False where the grid does not show it."""
        grid = self.grid
        if grid is None:
            return False
        row, column = grid.locate(grid.table.find(key), grid.table.period(period))
        if row < 0:
            return False
        self.select_area((row, column, row, column))
        return True

    def select_area(self, area: Area) -> None:
        """Select a rectangle, whatever keys are held, and make its first cell the current one."""
        self.select_areas([area])

    def select_areas(self, areas: Sequence[Area]) -> None:
        """Select some rectangles; the first cell of the first one becomes the current one."""
        chosen = QItemSelection()
        for top, left, bottom, right in areas:
            chosen.select(self._model.index(top, left), self._model.index(bottom, right))
        first = self._model.index(*areas[0][:2])
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(first, QAbstractItemView.ScrollHint.EnsureVisible)

    def say_at(self, row: int, column: int, why: Text, alarming: bool = True) -> None:
        """Put a sentence beside a cell."""
        at = self._model.index(row, column)
        self.scrollTo(at)
        self.bubble.say(show(why), self.visualRect(at), alarming)

    def commit(self) -> None:
        """Write what stands in an open editor and close it, for example before saving."""
        for editor in self.viewport().findChildren(QLineEdit, "cellEditor"):
            if editor.isVisible():
                self.commitData(editor)
                self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def step(self, rows: int) -> None:
        """Move the current cell up or down."""
        at = self.currentIndex()
        row = at.row() + rows
        if at.isValid() and self._model.index(row, at.column()).isValid():
            self.select_area((row, at.column(), row, at.column()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down and Shift+Enter up, as in a spreadsheet; Backspace clears as Delete does."""
        self.bubble.hide()
        plain = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTER and not plain:
            up = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(-1 if up else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the sentence away."""
        self.bubble.hide()
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, the signs of findings, and a frame around the current cell, which a selection would hide."""
        super().paintEvent(event)
        if self._model.marks is not None:
            self._paint_signs(event.rect())
        at = self.currentIndex()
        if at.isValid() and self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self._frame), 2))
            painter.drawRect(self.visualRect(at))

    def _paint_signs(self, exposed: QRect) -> None:
        """A sign in the upper left corner of each visible cell that has findings."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = _visible(self.rowAt(exposed.top()), self.rowAt(exposed.bottom()), self._model.rowCount())
        columns = _visible(self.columnAt(exposed.left()), self.columnAt(exposed.right()), self._model.columnCount())
        for row in rows:
            for column in columns:
                found = self._model.findings_at(row, column)
                if found:
                    cell = self.visualRect(self._model.index(row, column))
                    draw_sign(painter, found[0].level, QRectF(cell.left() + 2, cell.top() + 2, 7, 7))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Headers of rows take at most two fifths of the width; longer ones end in dots."""
        self.verticalHeader().setMaximumWidth(max(self.width() * 2 // 5, 80))
        super().resizeEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The sentence belongs to a cell, which moves."""
        self.bubble.hide()
        super().scrollContentsBy(dx, dy)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu, also for the Menu key."""
        self.menu().popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the selected cells, rows and columns."""
        menu = QMenu(self)
        menu.setObjectName("tableMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for part in self._menu_parts:
            part(menu)
        return menu

    def add_action(
        self,
        name: str,
        words: str,
        keys: QKeySequence.StandardKey | list[QKeySequence] | None,
        done: Callable[[], object],
    ) -> QAction:
        """An action of the grid; its shortcut holds while the grid has the focus."""
        action = QAction(words, self)
        action.setObjectName(name)
        if keys is not None:
            action.setShortcuts(keys)
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(done)
        self.addAction(action)
        return action

    def fit_columns(self) -> None:
        """Give the columns the width of what they show."""
        count = self._model.columnCount()
        if 0 < count <= _FEW:
            for column in range(count):
                self._fit(column)
        elif count:
            wanted = max(self._wanted(column) for column in range(_FEW))
            self.horizontalHeader().setDefaultSectionSize(min(max(wanted, _NARROWEST), _WIDEST))

    def _wanted(self, column: int) -> int:
        return max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column)) + 8

    def _fit(self, column: int) -> None:
        self.setColumnWidth(column, min(max(self._wanted(column), _NARROWEST), _WIDEST))

    def _fit_new_columns(self, _parent: QModelIndex, first: int, last: int) -> None:
        for column in range(first, min(last, first + _FEW) + 1):
            self._fit(column)

    def _fit_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """A number is never cut off after an edit: half a number reads like another one."""
        rows, columns = last.row() - first.row() + 1, last.column() - first.column() + 1
        if rows * columns > _CELLS_FITTED:
            return
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        for column in range(first.column(), last.column() + 1):
            indices = (self._model.index(row, column) for row in range(first.row(), last.row() + 1))
            wanted = max(self.itemDelegate().sizeHint(option, each).width() for each in indices) + 8
            if wanted > self.columnWidth(column):
                self.setColumnWidth(column, wanted)

    def _show_marks(self) -> None:
        """Signs in headers need room."""
        grid, marks = self.grid, self._model.marks
        if grid is not None and marks is not None and grid.column_kind == "series":
            for column in list(marks.series)[:_FEW]:
                self._fit(column)
        self.viewport().update()

    def _keep_place(self) -> None:
        self._kept = self.current_cell() or self._kept

    def _find_place(self) -> None:
        self.bubble.hide()
        self._highlight_headers()
        self.fit_columns()
        if self._kept is not None and self.show_cell(*self._kept):
            self._kept = None

    def _highlight_headers(self) -> None:
        for header, across in (
            (self.horizontalHeader(), self._model.rowCount()),
            (self.verticalHeader(), self._model.columnCount()),
        ):
            wanted = self.selectionModel() if across <= _HIGHLIGHTED else self._no_selection
            if header.selectionModel() is not wanted:
                header.setSelectionModel(wanted)

    def _is_selected(self, area: Area) -> bool:
        top, left, bottom, right = area
        return any(a <= top and b <= left and c >= bottom and d >= right for a, b, c, d in self.areas())

    def _column_menu(self, at: QPoint) -> None:
        column = self.horizontalHeader().logicalIndexAt(at)
        if column >= 0 and self.grid is not None:
            if not self._is_selected((0, column, self.grid.rows - 1, column)):
                self.selectColumn(column)
            self.menu().popup(self.horizontalHeader().mapToGlobal(at))

    def _row_menu(self, at: QPoint) -> None:
        row = self.verticalHeader().logicalIndexAt(at)
        if row >= 0 and self.grid is not None:
            if not self._is_selected((row, 0, row, self.grid.columns - 1)):
                self.selectRow(row)
            self.menu().popup(self.verticalHeader().mapToGlobal(at))


def _visible(first: int, last: int, count: int) -> range:
    """The lines from one place to another; −1 is before the first or behind the last one."""
    return range(max(first, 0), (last if last >= 0 else count - 1) + 1)


class _CellDelegate(QStyledItemDelegate):
    """A plain line for numbers; Enter and the arrows up and down write the number and move on."""

    def __init__(self, view: TableView) -> None:
        super().__init__(view)
        self._view = view
        self._taken = False

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setObjectName("cellEditor")
        editor.setAccessibleName(_("Number"))
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setFrame(False)
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            self._taken = model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            step = _STEPS.get(event.key(), 0)
            if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                step = -1
            if step:
                self.commitData.emit(watched)
                self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                if self._taken:
                    self._view.step(step)
                return True
        return super().eventFilter(watched, event)
