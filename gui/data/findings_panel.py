"""The findings below the grid: a line with their number, and when it is opened the list and the chosen one in full."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from core.checks.finding import Finding, Spot
from core.review import level_word
from gui.data.findings_bar import FindingsBar
from gui.data.findings_detail import FindingDetail
from gui.data.findings_model import LEVEL, WHERE, FindingsModel, Row, rows_of
from gui.data.findings_watch import Found, watch_of
from gui.data.table_model import TableModel, fresh_id
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, language

_WIDEST = 16_777_215
_PATIENCE = 400
"""Milliseconds that checks may take before the panel says that they go on: it must not flicker at every edit."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindingsPanel(QFrame):
    """Shows what the data checks found, leads to the cells, and lets a person dismiss a finding for a reason."""

    jumped = Signal(object)
    """The `Spot`s of a finding in one table, to be shown and selected."""
    opened = Signal(bool)
    left = Signal()
    """The keyboard goes back to the grid."""

    def __init__(self, session: Session, prompts: Prompts, grid: TableModel, parent: QWidget | None = None) -> None:
        """Closed: only the line with the numbers is seen. The findings are marked in `grid`."""
        super().__init__(parent)
        self.setObjectName("findingsPanel")
        self._session, self._prompts, self._grid = session, prompts, grid
        self._rows: list[Row] = []
        self._key = ""
        self._seen = False
        self._turn = 0
        """Which of the tables of the chosen finding comes next."""
        self.bar = FindingsBar(self)
        self.model = FindingsModel(self)
        self.list = _List(self.model, self)
        self.detail = FindingDetail(self)
        self._closed: set[str] = set()
        self._lay_out()
        self._act()
        self.bar.opened.connect(self._open)
        self.bar.filtered.connect(self._refill)
        self.list.activated.connect(self.go)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.collapsed.connect(lambda at: self._closed.add(_name(at)))
        self.list.expanded.connect(lambda at: self._closed.discard(_name(at)))
        self.detail.spot_chosen.connect(lambda spot: self.jumped.emit((spot,)))
        self._watch = watch_of(session)
        self._watch.changed.connect(self._take)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._patience.timeout.connect(self._count)
        self._watch.began.connect(self._patience.start)
        self._open(False)
        self._take(self._watch.found)

    @property
    def is_open(self) -> bool:
        """Whether the list is seen."""
        return self.bar.is_open

    def set_open(self, wanted: bool) -> None:
        """Open or close the list."""
        self.bar.set_open(wanted)

    def show_list(self) -> None:
        """Open the list and go there with the keyboard."""
        self.set_open(True)
        self.list.setFocus()

    def show_finding(self, finding: Finding) -> None:
        """Open the list on a finding, whatever was chosen to be listed."""
        self.show_list()

        def stands_for(row: Row) -> bool:
            return any(sign is finding for sign in row.finding.signs)

        at = self.model.find(stands_for)
        if not at.isValid():
            self.bar.reset()
            at = self.model.find(stands_for)
        if at.isValid():
            self._choose(at)
            self.list.scrollTo(at)

    def chosen(self) -> list[Row]:
        """The selected findings."""
        found = map(self.model.row, self.list.selectionModel().selectedRows())
        return [each for each in found if each is not None]

    def go(self) -> None:
        """Show the cells of the current finding; the next time those in its next table."""
        row = self.model.row(self.list.currentIndex())
        if row is None or not row.finding.spots:
            return
        tables: dict[str, list[Spot]] = {}
        for spot in row.finding.spots:
            tables.setdefault(spot.table, []).append(spot)
        spots = list(tables.values())[self._turn % len(tables)]
        self._turn += 1
        self.jumped.emit(tuple(spots))

    def dismiss(self) -> None:
        """Ask for a reason and dismiss the selected findings in one step."""
        rows = [each for each in self.chosen() if each.reason is None]
        if not rows:
            return
        said = rows[0].what if len(rows) == 1 else _("{count} findings").format(count=len(rows))
        question = _("Why is this no problem? The reason is kept with the project.")
        reason = self._prompts.ask_text(_("Dismiss finding"), f"{said}\n\n{question}")
        if reason is None:
            return
        merge = fresh_id()
        for each in rows:
            self._session.attempt("dismiss_finding", merge=merge, key=each.key, reason=reason)
            if not reason.strip():
                return

    def restore(self) -> None:
        """Let the selected findings count again."""
        merge = fresh_id()
        for each in self.chosen():
            if each.reason is not None:
                self._session.attempt("restore_finding", merge=merge, key=each.key)

    def copy(self) -> None:
        """Put the selected findings into the clipboard, one a line."""
        said = [
            " · ".join(filter(None, [level_word(each.finding.level, language()), each.branch, each.where, each.what]))
            for each in self.chosen()
        ]
        if said:
            QGuiApplication.clipboard().setText("\n".join(said))

    def _lay_out(self) -> None:
        self._go = QPushButton(_("Go to the cell"))
        self._go.setObjectName("findingGo")
        self._go.clicked.connect(self.go)
        self._dismiss = QPushButton(_("Dismiss…"))
        self._dismiss.setObjectName("findingDismiss")
        self._dismiss.setToolTip(_("Say why this is no problem; it is not counted or marked any more"))
        self._dismiss.clicked.connect(self.dismiss)
        self._restore = QPushButton(_("Restore"))
        self._restore.setObjectName("findingRestore")
        self._restore.setToolTip(_("Count and mark this finding again"))
        self._restore.clicked.connect(self.restore)
        buttons = QHBoxLayout()
        for each in (self._go, self._dismiss, self._restore):
            buttons.addWidget(each)
        buttons.addStretch(1)
        side = QWidget()
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addWidget(self.detail, 1)
        right.addLayout(buttons)
        self._body = QSplitter(Qt.Orientation.Horizontal)
        self._body.setObjectName("findingsSplitter")
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self.list)
        self._body.addWidget(side)
        self._body.setStretchFactor(0, 3)
        self._body.setStretchFactor(1, 2)
        self._body.setSizes([600, 380])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 4, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.bar)
        box.addWidget(self._body, 1)

    def _act(self) -> None:
        for name, words, keys, done in (
            ("goToFinding", _("Go to the cell"), "", self.go),
            ("dismissFinding", _("Dismiss…"), "Del", self.dismiss),
            ("restoreFinding", _("Restore"), "Ins", self.restore),
            ("copyFinding", _("Copy"), "Ctrl+C", self.copy),
        ):
            action = QAction(words, self.list)
            action.setObjectName(name)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(done)
            self.list.addAction(action)
        search = QAction(_("Search the findings"), self)
        search.setShortcut(QKeySequence(QKeySequence.StandardKey.Find))
        search.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        search.triggered.connect(self.bar.search)
        self.addAction(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the grid."""
        if event.key() == Qt.Key.Key_Escape and self.is_open:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """A panel that was opened before the window had its size asks for its share again."""
        super().showEvent(event)
        if not self._seen and self.is_open:
            self.opened.emit(True)
        self._seen = True

    def _open(self, wanted: bool) -> None:
        self._body.setVisible(wanted)
        self.setMaximumHeight(_WIDEST if wanted else self.bar.sizeHint().height() + 4)
        self.opened.emit(wanted)
        if wanted and self.model.row(self.list.currentIndex()) is None:
            self._choose(self.model.find(lambda _row: True))

    def _take(self, found: Found | None) -> None:
        self._rows = rows_of(found)
        self._grid.show_marks(found.marks if found is not None else {})
        self._refill()

    def _refill(self) -> None:
        """Show what is wanted now; the chosen finding stays chosen, or the one that took its place."""
        kept, key = self.list.verticalScrollBar().value(), self._key
        at = self.list.currentIndex()
        place = (at.parent().row(), at.row()) if at.parent().isValid() else None
        wanted = self.bar.filter()
        if self.model.set_rows([each for each in self._rows if wanted.takes(each)]):
            self._expand()
            again = self.model.find(lambda row: row.key == key)
            if not again.isValid() and place is not None:
                branch = self.model.index(min(place[0], self.model.rowCount() - 1), 0)
                again = self.model.index(min(place[1], self.model.rowCount(branch) - 1), 0, branch)
            if again.isValid():
                self._choose(again)
            self.list.verticalScrollBar().setValue(kept)
        self._count()
        self._describe()

    def _choose(self, at: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().setCurrentIndex(at, flags.ClearAndSelect | flags.Rows)

    def _expand(self) -> None:
        for number in range(self.model.rowCount()):
            at = self.model.index(number, 0)
            self.list.setFirstColumnSpanned(number, QModelIndex(), True)
            self.list.setExpanded(at, _name(at) not in self._closed)

    def _count(self) -> None:
        said = ""
        if self._watch.busy:
            said = "" if self._patience.isActive() else _("checking …")
        elif not self._rows:
            said = _("Nothing was found.")
        elif self.is_open and not self.model.rowCount():
            said = _("None of the findings is shown: change what is chosen here.")
        self.bar.show_counts(self._rows, said)

    def _chosen(self, at: QModelIndex) -> None:
        row = self.model.row(at)
        if row is None or row.key != self._key:
            self._turn = 0
        self._key = row.key if row is not None else ""
        self._describe()

    def _describe(self) -> None:
        row = self.model.row(self.list.currentIndex())
        self.detail.show_row(self._session.project, row)
        self._go.setEnabled(row is not None and bool(row.finding.spots))
        self._dismiss.setVisible(row is None or row.reason is None)
        self._dismiss.setEnabled(row is not None)
        self._restore.setVisible(row is not None and row.reason is not None)


class _List(QTreeView):
    """Enter and a double click lead to the cells."""

    def __init__(self, model: FindingsModel, panel: FindingsPanel) -> None:
        super().__init__(panel)
        self.setObjectName("findingsList")
        self.setAccessibleName(_("Findings of the data checks"))
        self.setModel(model)
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(60)
        self.setIndentation(14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was found gets more room than where."""
        super().resizeEvent(event)
        level = self.fontMetrics().horizontalAdvance("M" * 6) + 50
        self.setColumnWidth(LEVEL, level)
        self.setColumnWidth(WHERE, max((self.viewport().width() - level) * 2 // 5, 60))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def _name(branch: QModelIndex) -> str:
    """A branch without the number of its findings."""
    return str(branch.data()).rpartition(" (")[0]
