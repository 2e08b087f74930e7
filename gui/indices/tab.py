"""The Indices tab: choose an index, see its lines move with the data, read the values, send them to the board."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from core.charts import (
    EVERY_YEAR,
    Chart,
    Choice,
    LineKey,
    chosen_bands,
    comparison_chart,
    computable,
    lacking,
    line_chart,
    offered,
)
from core.indices import indices
from core.project import Project
from core.results import Results
from gui.indices.about import AboutIndex
from gui.indices.asking import Asking
from gui.indices.chart_view import ChartView
from gui.indices.comparison_bar import ComparisonBar
from gui.indices.filter_bar import FilterBar
from gui.indices.index_finder import IndexFinder
from gui.indices.index_list import IndexList
from gui.indices.line_model import LineModel
from gui.indices.line_table import LineTable
from gui.indices.options_control import Compared, OptionsControl
from gui.indices.preparation import preparation_of
from gui.indices.values_page import IndexPages, ValueButtons, ValuesPage
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, show

_MOST_REASONS = 200
_REASONS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class IndicesState:
    """What a rebuilt window needs to look as before."""

    index: str = ""
    choice: Choice = field(default_factory=Choice)
    compared: Compared | None = None
    only_computable: bool = False
    closed_families: frozenset[str] = frozenset()


class IndicesTab(QWidget):
    """List of indices, chart, values. Draws again only what newer results changed."""

    send_to_board = Signal(object, str)
    """Keys of lines, and the quadrant chosen for them ("" leaves it to the board)."""

    def __init__(self, session: Session, prompts: Prompts, parent: QWidget | None = None) -> None:
        """Shows the first index that has values."""
        super().__init__(parent)
        self.setObjectName("indicesTab")
        self.session, self.prompts = session, prompts
        self._index = ""
        self._frame: tuple[object, ...] = ()
        self._chart: Chart | None = None
        self._on_values = True
        self._build()
        self._preparation = preparation_of(session)
        self._connect()
        self._results_changed(session.results)

    def _build(self) -> None:
        self.list = IndexList()
        self.finder = IndexFinder(self.list)
        self.bar = FilterBar()
        self.comparison = ComparisonBar()
        self.view = ChartView()
        self.message = _plain("indexMessage")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setMargin(24)
        self.model = LineModel(self.session.project.id, self)
        self.table = LineTable(self.model)
        self.about = AboutIndex()
        self.chart_pages = QStackedWidget()
        self.chart_pages.addWidget(self.view)
        self.chart_pages.addWidget(self.message)
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(8, 8, 8, 0)
        above.addWidget(self.bar)
        above.addWidget(self.comparison)
        above.addWidget(self.chart_pages, 1)
        self.buttons = ValueButtons(self.table)
        self.below = IndexPages(self.buttons)
        self.values = ValuesPage(self.table)
        self.below.addTab(self.values, _("Values"))
        self.below.addTab(self.about, _("About this index"))
        right = QSplitter(Qt.Orientation.Vertical)
        right.setObjectName("chartAndValues")
        right.addWidget(upper)
        right.addWidget(self.below)
        right.setStretchFactor(0, 1)
        right.setStretchFactor(1, 0)
        right.setChildrenCollapsible(False)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.setObjectName("indicesAndCharts")
        whole.addWidget(self.finder)
        whole.addWidget(right)
        whole.setStretchFactor(1, 1)
        whole.setSizes([230, 900])
        self.empty = _plain("emptyProject")
        self.empty.setText(_("The project has no tables yet. Type, paste or import figures on the Data tab."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(whole)
        self.pages.addWidget(self.empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def _connect(self) -> None:
        self.list.chosen.connect(self.show_index)
        self.bar.changed.connect(self._choice_changed)
        self.bar.bands_chosen.connect(self._bands_chosen)
        self.options = OptionsControl(self.session, self.bar.options, self.comparison, self)
        self.options.changed.connect(self._show)
        self.table.selected.connect(self._selected)
        self.table.send_to_board.connect(self.send_to_board)
        self.asking = Asking(self.model, self.table, self.view)
        self.model.hidden_changed.connect(self._hidden_changed)
        self.view.picked.connect(self._picked)
        self._preparation.done.connect(self._show)
        self.session.results_changed.connect(self._results_changed)
        self.session.project_changed.connect(self._project_changed)

    def current_index(self) -> str:
        """The id of the index that is shown; "" for none."""
        return self._index

    def show_index(self, index: str) -> None:
        """Show an index, keeping the filters."""
        if index == self._index or index not in indices():
            return
        self._index = index
        self.list.choose(index)
        self._show()

    def show_line(self, line: tuple[str, ...], window: tuple[int | None, int | None] | None = None) -> None:
        """Show one line (a `LineKey`) in its years and select it, changing filters only where they would hide it."""
        index, component, table, reporter, partner, sector = line
        key: LineKey = (index, component, table, reporter, partner, sector)
        if index not in indices():
            return
        choice = replace(self.bar.choice, window=_closed(window) or self.bar.choice.window)
        chart = line_chart(self.session.results, index, choice, self.session.project)
        if chart.line(key) is None:
            choice = Choice((table,), (reporter,), (partner,), (sector,), choice.window)
        self.bar.choice = choice
        if index == self._index:
            self._show()
        else:
            self.show_index(index)
        self.model.show_line(key)
        self.table.select([key])

    def state(self) -> IndicesState:
        """For the window that replaces this one."""
        shown = self.finder.only.isChecked(), self.list.closed
        return IndicesState(self._index, self.bar.choice, self.options.compared, *shown)

    def restore(self, state: IndicesState) -> None:
        """Look as the tab that gave this state."""
        self.bar.choice, self.options.compared = state.choice, state.compared
        self.finder.only.setChecked(state.only_computable)
        self.list.closed = state.closed_families
        if state.index and state.index != self._index:
            self.show_index(state.index)
        else:
            self._show()

    def _results_changed(self, results: Results) -> None:
        if not self._index:
            self.list.show_results(results, self.session.project)
            self._index = self.list.first_possible()
            self.list.choose(self._index)
        self._show()

    def _project_changed(self, before: Project, after: Project) -> None:
        """Study, bands and titles need no new results; numbers do, and are waited for."""
        if before.id != after.id:
            self.bar.choice, self.options.compared = Choice(), None
            self.model.forget_hidden()
        titles = [(table.id, table.title) for table in after.tables]
        if (
            before.study is not after.study
            or before.analysis is not after.analysis
            or titles != [(table.id, table.title) for table in before.tables]
        ):
            self._show()

    def _choice_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        """Bring everything up to the newest results; what they share with what is shown stays untouched."""
        results, project = self.session.results, self.session.project
        self.pages.setCurrentIndex(0 if project.tables else 1)
        frame = self._frame_of(results, project)
        if frame != self._frame:
            self._frame = frame
            self._show_frame(results, project)
        before = self._chart
        possible = bool(self._index) and computable(results, self._index, project)
        compared = self._compared(results)
        readable = possible or compared is not None
        if readable and not self._preparation.can_read((results, self._index, compared)):
            self._show_waiting()
            return
        chart = self._made_chart(results, project) if readable else None
        if chart is not None and chart is before:
            return
        self._chart = chart if chart is not None and chart.lines else None
        if self._chart is None:
            self._show_message(results, project, chart if possible else None)
        elif before is None or before.made_from is not self._chart.made_from:
            self._show_chart(self._chart, results, project)
        else:
            self.view.draw(self._chart)
            self.table.set_chart(self._chart)

    def _made_chart(self, results: Results, project: Project) -> Chart:
        compared = self._compared(results)
        if compared is None:
            return line_chart(results, self._index, self.bar.choice, project, self._chart)
        return comparison_chart(results, self._index, self.bar.choice, *compared, project, self._chart)

    def _compared(self, results: Results) -> Compared | None:
        index = indices().get(self._index)
        return self.options.comparison(index, results.project) if index is not None else None

    def _frame_of(self, results: Results, project: Project) -> tuple[object, ...]:
        """What the list, the bands and the reasons depend on: everything but numbers and filters."""
        tables = [
            (found.structure, table.title)
            for found in results.tables.values()
            if (table := project.table(found.table)) is not None
        ]
        analyses = project.analysis, results.project.analysis
        return self._index, project.id, project.study, *analyses, self._compared(results), *tables

    def _show_frame(self, results: Results, project: Project) -> None:
        self.model.project = project.id
        self.list.show_results(results, project)
        index = indices().get(self._index)
        self.values.show_reasons(self._reasons(results, project))
        if index is not None:
            self.bar.show_bands(index.entry.bands, chosen_bands(project, index.id))
            self.options.show_index(index, results, project)
            self.about.show_index(index, None)

    def _reasons(self, results: Results, project: Project) -> list[str]:
        """Why series of the index cannot be computed, and how many more there are than anybody reads."""
        reasons = lacking(results, self._index, project) if self._index in indices() else ()
        more = len(reasons) - _MOST_REASONS
        said = [show(each) for each in reasons[:_MOST_REASONS]]
        return [*said, _("… and {count} more").format(count=more)] if more > 0 else said

    def _show_chart(self, chart: Chart, results: Results, project: Project) -> None:
        """Lines, names or bands are others than before."""
        self.chart_pages.setCurrentWidget(self.view)
        self._show_values(True)
        index = indices()[chart.index]
        self.bar.show_selection(offered(results, index.id, self.bar.choice, project), project.study, chart.years, index)
        self.about.show_index(index, chart)
        self.view.hidden = self.model.hidden_in(chart)
        self.view.draw(chart)
        self.table.set_chart(chart)

    def _show_message(self, results: Results, project: Project, chart: Chart | None) -> None:
        """One plain sentence instead of an empty frame."""
        self.chart_pages.setCurrentWidget(self.message)
        self.table.set_chart(None)
        self._show_values(False)
        index = indices().get(self._index)
        if index is None:
            text = _("No index can be computed yet. Choose one at the left to see what it needs.")
        elif chart is not None:
            text = _("No year with {symbol} lies in the years shown.").format(symbol=index.entry.symbol)
            self.bar.show_selection(offered(results, index.id, self.bar.choice, project), project.study, (), index)
        else:
            self.bar.show_nothing()
            text = _("{symbol} cannot be computed from the tables of this project.").format(symbol=index.entry.symbol)
            text = "\n".join([text, "", *self._reasons(results, project)[:_REASONS_SHOWN]])
        self.message.setText(text)

    def _show_waiting(self) -> None:
        """What was computed last stays, unless it is of another index."""
        if self._chart is None or self._chart.index != self._index:
            self._chart = None
            self.chart_pages.setCurrentWidget(self.message)
            self.table.set_chart(None)
            self._show_values(True)
            self.message.setText(_("Computing {symbol} …").format(symbol=indices()[self._index].entry.symbol))

    def _show_values(self, some: bool) -> None:
        """Without a chart there are no values to look at, only what the index is about."""
        if some == self.below.isTabVisible(0):
            return
        if not some:
            self._on_values = self.below.currentIndex() == 0
        self.below.setTabVisible(0, some)
        if some and self._on_values:
            self.below.setCurrentIndex(0)
        self.buttons.setVisible(some)

    def _bands_chosen(self, bands: str) -> None:
        self.session.attempt("set_bands", index=self._index, bands=bands)

    def _hidden_changed(self) -> None:
        self.view.set_hidden(self.model.hidden)

    def _selected(self, keys: list[LineKey]) -> None:
        self.view.highlight(keys)
        self.buttons.send.setEnabled(bool(self.table.keys()))

    def _picked(self, key: LineKey) -> None:
        """A click in the legend selects; another one on the same line releases it."""
        self.table.select([] if self.table.selected_keys() == [key] else [key])


def _closed(window: tuple[int | None, int | None] | None) -> tuple[int, int] | None:
    """A window without open ends; None where it limits nothing."""
    if window is None or window == (None, None):
        return None
    first, last = (end if end is not None else every for end, every in zip(window, EVERY_YEAR, strict=True))
    return first, last


def _plain(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
