"""The three tabs of the window, and the data beside the others when wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QSplitter, QTabWidget, QWidget

from core.text import text
from gui.data.tab import DataTab
from gui.late_page import LatePage
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _

if TYPE_CHECKING:
    from core.explain import Cell, Wanted
    from gui.explain.panel import ExplainPanel
    from gui.indices.tab import IndicesTab
    from gui.swot.tab import SwotTab


class Workspace(QSplitter):
    """Owns the tabs and carries what one sends to another; the tabs themselves do not know each other."""

    said = Signal(object)
    """A `Text` for the status bar: what was refused, or what was just done."""

    def __init__(self, session: Session, prompts: Prompts, beside: bool, parent: QWidget) -> None:
        """Builds the data tab at once and the others when they are first needed."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("workspace")
        self.setChildrenCollapsible(False)
        self._session, self._prompts = session, prompts
        self._explanation: ExplainPanel | None = None
        self.data = DataTab(session, prompts, self)
        self._indices: LatePage[IndicesTab] = LatePage(self._build_indices, self)
        self._swot: LatePage[SwotTab] = LatePage(self._build_swot, self)
        self._pages: dict[QWidget, str] = {self.data: _("Data"), self._indices: _("Indices"), self._swot: _("SWOT")}
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(_("Data, indices and SWOT"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setAcceptDrops(True)
        self.tabs.tabBar().setChangeCurrentOnDrag(True)
        self.addWidget(self.tabs)
        self.arrange(beside)

    @property
    def indices(self) -> IndicesTab:
        """The indices tab."""
        return self._indices.content

    @property
    def swot(self) -> SwotTab:
        """The SWOT tab."""
        return self._swot.content

    def build_all(self) -> None:
        """Build what is not built yet, so that the first click on a tab is answered at once.

        One tab at a time, with what a person does meanwhile in between.
        """
        for page in (self._indices, self._swot):
            if not page.built:
                assert page.content is not None
                QTimer.singleShot(0, self, self.build_all)
                return

    def commit(self) -> None:
        """Apply texts that are still being written, before saving or leaving."""
        self.data.commit()
        if self._swot.built:
            self.swot.commit()

    def arrange(self, beside: bool) -> None:
        """Put the data among the tabs, or beside them."""
        current = self.tabs.currentWidget()
        while self.tabs.count():
            self.tabs.removeTab(0)
        if beside:
            self.insertWidget(0, self.data)
            self.data.show()
        for page, name in self._pages.items():
            if not (beside and page is self.data):
                self.tabs.addTab(page, name)
        if self.tabs.indexOf(current) >= 0:
            self.tabs.setCurrentWidget(current)
        self.data.set_compact(beside)
        if beside:
            self.setSizes([1000, 1000])

    def show_data(self) -> None:
        """Bring the data to the front."""
        self.tabs.setCurrentWidget(self.data)
        self.data.setFocus()

    def show_findings(self) -> None:
        """Bring the list of what the data checks found to the front."""
        self.show_data()
        self.data.findings.show_list()

    def show_indices(self) -> None:
        """Bring the indices to the front."""
        self.tabs.setCurrentWidget(self._indices)

    def show_swot(self) -> None:
        """Bring the board to the front."""
        self.tabs.setCurrentWidget(self._swot)

    def state(self) -> dict[str, Any]:
        """What a window built anew shows again."""
        return {
            "page": list(self._pages).index(self.tabs.currentWidget()),
            "table": self.data.current_table(),
            "report": self.data.report_wanted,
            "findings": self.data.findings.is_open,
            "indices": self.indices.state(),
            "explained": self._explanation.wanted if self._explanation is not None else None,
            "sizes": self.sizes(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Show what an older window showed."""
        if state["table"]:
            self.data.show_table(state["table"])
        self.data.report_wanted = state["report"]
        self.data.findings.set_open(state["findings"])
        self.indices.restore(state["indices"])
        self.tabs.setCurrentWidget(list(self._pages)[state["page"]])
        if state["explained"] is not None:
            self.explain(state["explained"])
        if len(state["sizes"]) == self.count():
            self.setSizes(state["sizes"])

    def _build_indices(self, page: QWidget) -> IndicesTab:
        from gui.indices.tab import IndicesTab

        tab = IndicesTab(self._session, self._prompts, page)
        tab.send_to_board.connect(self._send_to_board)
        tab.asking.asked.connect(self.explain)
        tab.asking.moved.connect(self._explain_instead)
        return tab

    def _build_swot(self, page: QWidget) -> SwotTab:
        from gui.swot.tab import SwotTab

        tab = SwotTab(self._session, self._prompts, page)
        tab.show_line.connect(self._show_line)
        tab.asked.connect(self.explain)
        tab.refused.connect(self.said)
        tab.announced.connect(self.said)
        return tab

    def _send_to_board(self, keys: list[tuple[str, ...]], quadrant: str) -> None:
        self.swot.add_lines(keys, quadrant)
        self.show_swot()

    def _show_line(self, key: tuple[str, ...], window: tuple[int | None, int | None] | None) -> None:
        self.show_indices()
        self.indices.show_line(key, window)

    def explain(self, wanted: Wanted) -> None:
        """Open the explanation of a number beside the tabs."""
        self._explaining().show_value(wanted)

    def _explain_instead(self, wanted: Wanted) -> None:
        """Explain another number where one is being explained."""
        if self._explanation is not None:
            self._explanation.turn_to(wanted)

    def explain_current(self) -> None:
        """Explain the number that a person is at: a cell of the values, or the evidence of a card."""
        page, wanted = self.tabs.currentWidget(), None
        if page is self._swot:
            wanted = self.swot.commands.number()
        elif page is self._indices:
            wanted = self.indices.asking.current()
        if wanted is not None:
            self.explain(wanted)
        else:
            self.said.emit(text("Choose a number on the Indices tab, or a factor with evidence on the SWOT tab."))

    def _explaining(self) -> ExplainPanel:
        """The panel, built when it is first needed and docked to the window."""
        from gui.explain.panel import ExplainPanel

        if self._explanation is None:
            window = self.window()
            self._explanation = ExplainPanel(self._session, window)
            self._explanation.cell_wanted.connect(self._show_cell)
            self._explanation.said.connect(self.said)
            if isinstance(window, QMainWindow):
                window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self._explanation)
        return self._explanation

    def _show_cell(self, cell: Cell) -> None:
        self.show_data()
        self.data.show_cell(cell.table, cell.key, cell.period)
