"""The tables of the project in a list, and what is done with whole tables."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.data.origin import imported
from gui.data.table_dialogs import NewTableDialog
from gui.data.table_properties import TableProperties
from gui.data.tables_model import TableDelegate, TablesModel
from gui.session import Session
from gui.text import _


class TableList(QWidget):
    """Chooses a table; adds, renames, moves, describes and removes tables."""

    chosen = Signal(object)
    """The id of the table to show, or None."""
    import_requested = Signal()
    paste_requested = Signal()
    again_requested = Signal(str)
    """The id of the table that is to be imported again."""
    report_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Starts on the first table."""
        super().__init__(parent)
        self.setObjectName("tableList")
        self._session = session
        self.model = TablesModel(session, self)
        self._view = _List(self)
        self._view.setModel(self.model)
        self._make_actions()
        self._lay_out()
        self._view.selectionModel().currentChanged.connect(self._current_changed)
        self.model.rowsInserted.connect(self._inserted)
        self.model.modelReset.connect(self._settle)
        self._settle()

    def _make_actions(self) -> None:
        self.rename = self._action("renameTable", _("Rename"), "F2")
        self.rename.triggered.connect(self._rename)
        self.properties = self._action("tablePropertiesAction", _("Properties…"), "Alt+Return")
        self.properties.triggered.connect(self.open_properties)
        self.paste = self._action("pasteTableHere", _("Paste as table…"), QKeySequence.StandardKey.Paste)
        self.paste.triggered.connect(self.paste_requested)
        self.again = self._action("importAgain", _("Import again…"))
        self.again.triggered.connect(self.import_again)
        self.report = self._action("importReport", _("Import report"))
        self.report.triggered.connect(self.report_requested)
        self.up = self._action("moveTableUp", _("Move up"), "Alt+Up")
        self.up.triggered.connect(self._move_up)
        self.down = self._action("moveTableDown", _("Move down"), "Alt+Down")
        self.down.triggered.connect(self._move_down)
        self.remove = self._action("removeTable", _("Remove table"), "Del")
        self.remove.triggered.connect(self._remove)

    def _action(self, name: str, words: str, keys: str | QKeySequence.StandardKey = "") -> QAction:
        action = QAction(words, self._view)
        action.setObjectName(name)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._view.addAction(action)
        return action

    def _lay_out(self) -> None:
        heading = QLabel(_("Tables"))
        heading.setProperty("heading", True)
        add = QPushButton(_("New table…"))
        add.setObjectName("newTable")
        add.setAccessibleName(_("New table"))
        add.clicked.connect(self.add_table)
        bring = QPushButton(_("Import…"))
        bring.setObjectName("importTable")
        bring.setAccessibleName(_("Import a spreadsheet"))
        bring.clicked.connect(self.import_requested)
        more = QToolButton()
        more.setObjectName("tableMore")
        more.setText("⋯")
        more.setAccessibleName(_("More about the table"))
        more.setToolTip(_("Rename, describe, move or remove the table"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        menu.addActions(self._view.actions())
        more.setMenu(menu)
        buttons = QHBoxLayout()
        buttons.addWidget(add)
        buttons.addWidget(bring)
        buttons.addStretch(1)
        buttons.addWidget(more)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 4)
        box.addWidget(heading)
        box.addWidget(self._view, 1)
        box.addLayout(buttons)

    def current(self) -> str | None:
        """The id of the chosen table."""
        return self.model.table_id(self._view.currentIndex())

    def choose(self, table_id: str | None) -> None:
        """Make a table the chosen one; unknown ids change nothing."""
        row = self.model.row_of(table_id)
        if row >= 0:
            self._view.setCurrentIndex(self.model.index(row))

    def add_table(self) -> None:
        """Open the dialog for a new table."""
        NewTableDialog(self._session, self.window()).open()

    def open_properties(self) -> None:
        """Open the dialog with title, note, source, vintage and unit."""
        table = self._session.project.table(self.current() or "")
        if table is not None:
            TableProperties(self._session, table, self.window()).open()

    def import_again(self) -> None:
        """Ask for the chosen table to be read from its file again."""
        table = self.current()
        if table is not None:
            self.again_requested.emit(table)

    def _rename(self) -> None:
        if self._view.currentIndex().isValid():
            self._view.edit(self._view.currentIndex())

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        table, row = self.current(), self._view.currentIndex().row() + step
        if table is not None and 0 <= row < self.model.rowCount():
            self._session.attempt("move_table", table=table, position=row)

    def _remove(self) -> None:
        table = self.current()
        if table is not None:
            self._session.attempt("remove_table", table=table)

    def _current_changed(self, current: QModelIndex) -> None:
        self._offer()
        self.chosen.emit(self.model.table_id(current))

    def _offer(self) -> None:
        """What an import brought can be imported again."""
        table = self._session.project.table(self.current() or "")
        for action in (self.again, self.report):
            action.setEnabled(table is not None and imported(table))

    def _inserted(self, _parent: QModelIndex, first: int) -> None:
        """A table that comes is what one wants to look at."""
        self._view.setCurrentIndex(self.model.index(first))

    def _settle(self) -> None:
        if not self._view.currentIndex().isValid() and self.model.rowCount():
            self._view.setCurrentIndex(self.model.index(0))
        else:
            self._offer()
            self.chosen.emit(self.current())


class _List(QListView):
    """The list itself; its menu holds the actions of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("tables")
        self.setAccessibleName(_("Tables of the project"))
        self.setItemDelegate(TableDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the chosen table."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.actions())
        menu.popup(event.globalPos())
