"""The table of values beside a chart: select rows, drag them to the board, copy them."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from core.board import QUADRANTS
from core.charts import Chart, LineKey
from gui.indices.line_model import BAND, NAME, LineModel
from gui.indices.strokes import SWATCH
from gui.text import _

_NAME_WIDTH = (140, 360)
_MEASURED = 60
"""Rows whose names decide how wide their column is."""


class LineTable(QTableView):
    """Rows are lines; what is selected here is highlighted in the chart."""

    selected = Signal(object)
    """Keys of the selected lines."""
    send_to_board = Signal(object, str)
    """Keys of lines, and the quadrant chosen for them."""

    def __init__(self, model: LineModel, parent: QWidget | None = None) -> None:
        """`model` may be without a chart yet."""
        super().__init__(parent)
        self.setObjectName("lineTable")
        self.setAccessibleName(_("Values"))
        self._model = model
        self.setModel(model)
        self.setIconSize(SWATCH)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setDefaultDropAction(Qt.DropAction.CopyAction)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setResizeContentsPrecision(0)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self._build_actions()

    def _build_actions(self) -> None:
        self.copy_action = QAction(_("Copy with headers"), self)
        self.copy_action.setShortcut(QKeySequence.StandardKey.Copy)
        self.send_action = QAction(_("Send to the SWOT board"), self)
        self.send_action.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        for action, slot in ((self.copy_action, self.copy_rows), (self.send_action, self._send)):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(slot)
            self.addAction(action)
        self.explain_action = QAction(_("Explain this number") + "\tCtrl+E", self)
        self.board_menu = QMenu(_("Send to SWOT as"), self)
        self.board_menu.setObjectName("sendToBoardMenu")
        names = (_("Strength"), _("Weakness"), _("Opportunity"), _("Threat"))
        for quadrant, name in zip(QUADRANTS, names, strict=True):
            action = self.board_menu.addAction(f"&{quadrant}  {name}")
            action.setObjectName(f"sendTo{quadrant}")
            action.setData(quadrant)
        self.board_menu.triggered.connect(self._send_to)

    def sizeHint(self) -> QSize:
        """Some rows; the chart takes the rest."""
        return QSize(600, 170)

    def selected_keys(self) -> list[LineKey]:
        """The selected lines."""
        return self._model.keys({index.row() for index in self.selectionModel().selectedRows()})

    def keys(self) -> list[LineKey]:
        """What is sent to the board: the selected lines under the settings in force, or the only line."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        return self._model.keys(rows or ({0} if self._model.rowCount() == 1 else ()), ours=True)

    def set_chart(self, chart: Chart | None) -> None:
        """Show a chart; the selection follows its lines from one chart to the next."""
        before = self._model.chart
        if before is not None and chart is not None and before.made_from is chart.made_from:
            self._model.set_chart(chart)
            return
        series = {key[1:] for key in self.selected_keys()}
        self._model.set_chart(chart)
        if chart is None:
            return
        self.setColumnHidden(BAND, chart.band_set is None)
        self.resizeColumnsToContents()
        names = (self._model.index(row, NAME) for row in range(min(self._model.rowCount(), _MEASURED)))
        widest = max((self.sizeHintForIndex(each).width() for each in names), default=0)
        self.setColumnWidth(NAME, min(max(widest + 8, _NAME_WIDTH[0]), _NAME_WIDTH[1]))
        self.select([line.key for line in chart.lines if line.key[1:] in series])

    def select(self, keys: list[LineKey]) -> None:
        """Select the rows of these lines and bring the first into view."""
        rows = [row for key in keys if (row := self._model.row(key)) >= 0]
        selection = QItemSelection()
        for row in rows:
            selection.select(self._model.index(row, NAME), self._model.index(row, self._model.columnCount() - 1))
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flag.ClearAndSelect)
        if rows:
            self.selectionModel().setCurrentIndex(self._model.index(rows[0], NAME), flag.NoUpdate)
            self.scrollTo(self._model.index(rows[0], NAME))
        self.selected.emit(self.selected_keys())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Say which lines are selected now."""
        super().selectionChanged(selected, deselected)
        self.selected.emit(self.selected_keys())

    def copy_rows(self) -> None:
        """The selected rows (else all) with headers, for a spreadsheet."""
        rows = {index.row() for index in self.selectionModel().selectedRows()}
        QGuiApplication.clipboard().setText(self._model.text(rows or range(self._model.rowCount())))

    def _send(self) -> None:
        """By keyboard: the quadrants to choose from, beside the row."""
        if self.keys():
            self.board_menu.popup(self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))

    def _send_to(self, action: QAction) -> None:
        if self.keys():
            self.send_to_board.emit(self.keys(), str(action.data()))

    def _open_menu(self, position: QPoint) -> None:
        found = self.indexAt(position)
        if not found.isValid():
            return
        self.selectionModel().setCurrentIndex(found, QItemSelectionModel.SelectionFlag.NoUpdate)
        menu = QMenu(self)
        menu.addAction(self.explain_action)
        menu.addAction(self.copy_action)
        menu.addMenu(self.board_menu)
        menu.popup(self.viewport().mapToGlobal(position))
