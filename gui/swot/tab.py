"""The SWOT tab: toolbar, board, inspector and recommendations over one session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from core.board import Evidence
from core.claims import State
from core.text import Bilingual, Text, text
from gui.prompts import Prompts
from gui.session import Session
from gui.swot.announcement import announce, sentence
from gui.swot.board import Board
from gui.swot.board_models import BoardModels
from gui.swot.commands import Commands
from gui.swot.drops import Place, Plan, lines_plan, new_id
from gui.swot.evidence_picker import EvidencePicker
from gui.swot.inspector import Inspector
from gui.swot.summary import PROBLEMS, Summary, next_card
from gui.swot.toolbar import Toolbar
from gui.text import language, show

_NARROW = 900
_SHEET = """
CellView { background: transparent; border: 0; }
QToolButton[autoRaise="true"] { background: transparent; border-color: transparent; padding: 2px; }
QToolButton[autoRaise="true"]:hover, QToolButton[autoRaise="true"]:focus { border-color: palette(highlight);
    background: palette(highlight); }
QToolButton[autoRaise="true"]:checked { background: palette(highlight); border-color: palette(highlight); }
QScrollBar:vertical { background: transparent; width: 8px; margin: 0; }
QScrollBar::handle:vertical { background: palette(mid); border-radius: 3px; margin: 1px; min-height: 24px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page { background: none; height: 0; }
"""
"""Structure only: the lists lie on the tint of their cells, and small buttons have no frame of their own."""


class SwotTab(QWidget):
    """The board of one session. `add_lines` is for the other tabs; it asks for a plot through `show_line`."""

    show_line = Signal(tuple, object)
    """The key of a line of results, and the window (first, last) of the claim."""
    asked = Signal(object)
    """The number behind a piece of evidence, to be explained."""
    refused = Signal(object)
    """A `Text`: why something cannot be dropped or done."""
    announced = Signal(object)
    """A `Text`: what has just been done, for the status line."""

    def __init__(self, session: Session, prompts: Prompts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("swotTab")
        self.setStyleSheet(_SHEET)
        self._session, self._prompts = session, prompts
        self.models = BoardModels(session, self)
        self.board = Board(self.models, self)
        self.commands = Commands(self.board)
        self.inspector = Inspector(self.board, self.commands, self)
        self.summary = Summary(self.models, self)
        self.toolbar = Toolbar(self.commands, self.summary, self)
        self._narrow = False
        self._panel = QSplitter(Qt.Orientation.Vertical, self)
        self._panel.setObjectName("swotPanel")
        self._panel.addWidget(self.inspector)
        self._panel.addWidget(self.board.advice)
        self._panel.setStretchFactor(0, 3)
        self._panel.setStretchFactor(1, 2)
        self._panel.setChildrenCollapsible(False)
        self._halves = QSplitter(Qt.Orientation.Horizontal, self)
        self._halves.setObjectName("swotHalves")
        self._halves.addWidget(self.board)
        self._halves.addWidget(self._panel)
        self._halves.setStretchFactor(0, 1)
        self._halves.setCollapsible(0, False)
        self._halves.setSizes([940, 320])
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 4, 6, 6)
        column.setSpacing(4)
        column.addWidget(self.toolbar)
        column.addWidget(self._halves, 1)
        self._connect()

    def _connect(self) -> None:
        self.models.done.connect(self._done)
        self.board.refused.connect(self.refused)
        self.board.describe.connect(self._describe)
        self.commands.refused.connect(self.refused)
        self.commands.wants_evidence.connect(self.pick_evidence)
        self.inspector.go_to.connect(self._go_to)
        self.inspector.show_line.connect(self._show_line)
        self.inspector.asked.connect(self.asked)
        self.commands.asked.connect(self.asked)
        self.summary.wanted.connect(self._go_to_state)
        self.toolbar.tows.connect(self.board.arrange)
        self.toolbar.show_panel.toggled.connect(self._panel.setVisible)
        for keys, run in (
            ("F6", self.next_cell),
            ("Shift+F6", self.previous_cell),
            ("F8", self.next_problem),
            ("Shift+F8", self.previous_problem),
        ):
            action = QAction(self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(run)
            self.addAction(action)

    # ---- for the window and the other tabs

    def add_lines(self, keys: Sequence[tuple[str, ...]], quadrant: str) -> None:
        """Lines of results become factors with live evidence at the end of a quadrant."""
        end = self.models[quadrant].rowCount() if quadrant in self.board.cells else 0
        planned = lines_plan(self._session, keys, Place(quadrant, end))
        if isinstance(planned, Text):
            self.refused.emit(planned)
        else:
            self.models.carry_out(planned)

    def commit(self) -> None:
        """Apply texts that are being written; before saving and closing."""
        self.inspector.commit()

    # ---- going about

    def next_cell(self) -> None:
        """Put the focus into the next cell."""
        self._walk(1)

    def previous_cell(self) -> None:
        """Put the focus into the cell before."""
        self._walk(-1)

    def _walk(self, by: int) -> None:
        views = [view for view in self.board.views() if view.isVisible()]
        focused = self.board.current_view()
        at = views.index(focused) if focused in views else -by
        target = views[(at + by) % len(views)] if focused.hasFocus() else focused
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not target.currentIndex().isValid() and target.cell_model().rowCount():
            target.setCurrentIndex(target.cell_model().index(0))

    def next_problem(self) -> None:
        """Go to the next card that the data no longer support, or have no number for."""
        self._go_on(PROBLEMS)

    def previous_problem(self) -> None:
        """Go to the one before."""
        self._go_on(PROBLEMS, back=True)

    def _go_to_state(self, state: State) -> None:
        self._go_on((state,))

    def _go_on(self, states: tuple[State, ...], *, back: bool = False) -> None:
        selected = self.board.selected()
        card = next_card(self.models, states, selected[0].id if selected else "", back=back)
        if card is None:
            self.announced.emit(text("No card needs attention."))
        else:
            self.board.select([card.id])

    def _go_to(self, card_id: str) -> None:
        self.board.select([card_id])

    def _describe(self) -> None:
        self.board.select([], focus=False)
        self.toolbar.show_panel.setChecked(True)
        self.inspector.describe_board()

    def _done(self, plan: Plan) -> None:
        self.board.follow(plan)
        said = sentence(plan, self.models)
        if said is not None:
            announce(self, show(said))
            self.announced.emit(said)

    def _show_line(self, key: tuple[str, ...], window: object) -> None:
        self.show_line.emit(key, window)

    # ---- evidence

    def pick_evidence(self, factor: str) -> None:
        """Open the picker for a factor."""
        card = self.models.card(factor)
        if card is None:
            return
        picker = EvidencePicker(self._session, factor, f"{card.code}  {card.title}", self)
        picker.chosen.connect(self._back)
        picker.cited.connect(self._cite_source)
        picker.open()

    def _back(self, factor: str, key: Sequence[str]) -> None:
        place = self.models.find(factor)
        planned = lines_plan(self._session, [key], Place(place[0], place[1], factor)) if place else None
        if isinstance(planned, Plan):
            self.models.carry_out(planned)
        elif planned is not None:
            self.refused.emit(planned)

    def _cite_source(self, factor: str, source: str) -> None:
        evidence = Evidence(new_id(), "citation", Bilingual().with_text(language(), source))
        self.models.carry_out(Plan("add_evidence", {"factor": factor, "evidence": evidence}, (factor,), "backed"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside the data there is no room for both: the inspector gives way, until it is asked for."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self.toolbar.show_panel.setChecked(not narrow)
            self.toolbar.set_compact(narrow)
