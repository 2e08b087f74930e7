"""The Data tab: on the left the tables and the study, on the right the chosen table in an editable grid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.checks.finding import Spot
from core.project import Project
from core.table import Key, Table
from core.text import text
from gui.data.cell_actions import CellActions
from gui.data.empty import EmptyPage
from gui.data.findings_actions import FindingActions
from gui.data.findings_marks import areas_of
from gui.data.findings_panel import FindingsPanel
from gui.data.line_actions import LineActions
from gui.data.measure_actions import MeasureActions
from gui.data.origin import imported
from gui.data.origin_actions import OriginActions
from gui.data.report_panel import ReportPanel
from gui.data.study_panel import StudyPanel
from gui.data.table_list import TableList
from gui.data.table_model import TableModel
from gui.data.table_view import TableView
from gui.data.wide_bar import WideBar
from gui.data.years_box import YearsBox
from gui.prompts import Prompts
from gui.session import Session
from gui.text import _, language, show

_LAYOUTS = ("years_down", "years_across", "sectors_measures")


class DataTab(QWidget):
    """Shows one table of the project at a time and edits it through the session."""

    table_shown = Signal(str)
    """The id of the table that the grid shows now; "" for none."""
    import_requested = Signal()
    paste_requested = Signal()
    again_requested = Signal(str)
    """The id of a table that is to be imported again from its file."""

    def __init__(self, session: Session, prompts: Prompts, parent: QWidget | None = None) -> None:
        """Starts on the first table."""
        super().__init__(parent)
        self.setObjectName("dataTab")
        self._session = session
        self._places: dict[str, tuple[Key, int]] = {}
        self.tables = TableList(session, self)
        self.study = StudyPanel(session, self)
        self.model = TableModel(session, self)
        self.grid = TableView(self.model, self)
        self.cells = CellActions(session, self.model, self.grid)
        self.lines = LineActions(session, prompts, self.model, self.grid)
        self.origins = OriginActions(self.grid)
        self.measures = MeasureActions(session, self.grid)
        self.report = ReportPanel(self)
        self.findings = FindingsPanel(session, prompts, self.model, self)
        FindingActions(self.model, self.grid, self.findings)
        self.empty = EmptyPage(self)
        self._lay_out()
        self.tables.chosen.connect(self._show)
        for asking in (self.tables, self.empty):
            asking.import_requested.connect(self.import_requested)
            asking.paste_requested.connect(self.paste_requested)
        self.empty.new_requested.connect(self.tables.add_table)
        self.tables.again_requested.connect(self.again_requested)
        self.tables.report_requested.connect(self.show_report)
        self.report.closed.connect(self._close_report)
        self.report.jumped.connect(self._show_reported)
        self.findings.jumped.connect(self.show_spots)
        self.findings.left.connect(self.grid.setFocus)
        self.findings.opened.connect(self._show_findings)
        session.project_changed.connect(self._follow)
        self._show(self.tables.current())

    def current_table(self) -> str | None:
        """The id of the table that the grid shows."""
        return self.model.table.id if self.model.table else None

    def show_table(self, table_id: str) -> None:
        """Show another table; an unknown id changes nothing."""
        self.tables.choose(table_id)

    def show_cell(self, table_id: str, key: Key, period: int) -> None:
        """Show the cell of a series in a period, whatever the layout of its table."""
        self.show_table(table_id)
        if self.current_table() == table_id:
            if self.model.grid is not None and self.model.grid.row_kind == "place":
                self._choose_period(period)
            self.grid.show_cell(key, period)
            self.grid.setFocus()

    def show_spots(self, spots: Sequence[Spot]) -> None:
        """Show and select the cells of a finding that lie in one table."""
        self.show_table(spots[0].table)
        if self.current_table() != spots[0].table or self.model.grid is None:
            return
        periods = [spot.period for spot in spots if spot.period is not None]
        if periods and self.model.grid.row_kind == "place":
            self._choose_period(periods[0])
        areas = areas_of(self.model.grid, spots)
        if areas:
            self.grid.select_areas(areas)
            self.grid.setFocus()

    def show_imported(self, table_id: str) -> None:
        """Show a table that was just imported, and the report of its import."""
        self.show_table(table_id)
        self.show_report()

    def show_report(self) -> None:
        """Open the report of the import that the shown table came from."""
        if self.model.table is not None and imported(self.model.table):
            self._report.setChecked(True)
        else:
            self._session.refused.emit(text("There is no import report: the table was not imported from a file."))

    @property
    def report_wanted(self) -> bool:
        """Whether the report is shown below each table that has one."""
        return self._report.isChecked()

    @report_wanted.setter
    def report_wanted(self, wanted: bool) -> None:
        self._report.setChecked(wanted)

    def set_compact(self, compact: bool) -> None:
        """Hide the tables and the study, as where the window is shared; a list above the grid chooses the table."""
        self._beside.setChecked(not compact)

    def commit(self) -> None:
        """Write what is being typed into a cell, as before saving."""
        self.grid.commit()

    def _lay_out(self) -> None:
        scroll = _Upright()
        scroll.setObjectName("studyScroll")
        scroll.setAccessibleName(_("Study"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.study)
        left = self._left = QSplitter(Qt.Orientation.Vertical)
        left.setObjectName("dataLeft")
        left.addWidget(self.tables)
        left.addWidget(scroll)
        left.setStretchFactor(0, 2)
        left.setStretchFactor(1, 3)
        left.setSizes([330, 410])
        left.setChildrenCollapsible(False)
        self._right = QStackedWidget()
        self._right.addWidget(self._grid_side())
        self._right.addWidget(self.empty)
        across = QSplitter(Qt.Orientation.Horizontal)
        across.setObjectName("dataSplitter")
        across.addWidget(left)
        across.addWidget(self._right)
        across.setStretchFactor(0, 0)
        across.setStretchFactor(1, 1)
        across.setSizes([290, 990])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(across)

    def _grid_side(self) -> QWidget:
        side = QWidget()
        self._title = QLabel()
        self._title.setObjectName("tableTitle")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setProperty("heading", True)
        self._title.setWordWrap(True)
        self._about = QLabel()
        self._about.setObjectName("tableAbout")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setProperty("muted", True)
        self._about.setWordWrap(True)
        box = QVBoxLayout(side)
        box.setContentsMargins(8, 8, 8, 8)
        box.setSpacing(4)
        box.addLayout(self._head())
        box.addWidget(self._about)
        box.addWidget(self._bar())
        self.report.hide()
        below = self._under = QSplitter(Qt.Orientation.Vertical)
        below.setObjectName("reportSplitter")
        below.addWidget(self.grid)
        below.addWidget(self.report)
        below.addWidget(self.findings)
        below.setStretchFactor(0, 1)
        below.setStretchFactor(1, 0)
        below.setStretchFactor(2, 0)
        below.setSizes([420, 200, self.findings.maximumHeight()])
        below.setChildrenCollapsible(False)
        box.addWidget(below, 1)
        return side

    def _head(self) -> QHBoxLayout:
        """The title of the table, or the choice of one while the list of tables is hidden."""
        self._beside = QToolButton()
        self._beside.setObjectName("showTables")
        self._beside.setText("☰")
        self._beside.setAutoRaise(True)
        self._beside.setCheckable(True)
        self._beside.setChecked(True)
        self._beside.setAccessibleName(_("Tables and study"))
        self._beside.setToolTip(_("Show or hide the tables and the study"))
        self._beside.toggled.connect(self._show_left)
        self._choice = QComboBox()
        self._choice.setObjectName("tableChoice")
        self._choice.setAccessibleName(_("Table"))
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.setMinimumContentsLength(12)
        self._choice.setModel(self.tables.model)
        self._choice.activated.connect(self._table_chosen)
        self._choice.hide()
        row = QHBoxLayout()
        row.addWidget(self._beside)
        row.addWidget(self._title, 1)
        row.addWidget(self._choice, 1)
        return row

    def _show_left(self, shown: bool) -> None:
        self._left.setVisible(shown)
        self._title.setVisible(shown)
        self._choice.setVisible(not shown)

    def _table_chosen(self, row: int) -> None:
        table = self.tables.model.table_id(self.tables.model.index(row))
        if table is not None:
            self.show_table(table)

    def _bar(self) -> WideBar:
        bar = WideBar("tableBar")
        self._layout = QComboBox()
        self._layout.setObjectName("tableLayout")
        self._layout.setAccessibleName(_("Layout of the table"))
        self._layout.setToolTip(_("Layout of the table"))
        names = (_("Years down"), _("Years across"), _("Sectors × measures"))
        for layout, name in zip(_LAYOUTS, names, strict=True):
            self._layout.addItem(name, layout)
        self._layout.activated.connect(self._layout_chosen)
        bar.addWidget(self._layout)
        self._period = QComboBox()
        self._period.setObjectName("tablePeriod")
        self._period.setAccessibleName(_("Year shown"))
        self._period.setToolTip(_("Year shown"))
        self._period.activated.connect(self._period_chosen)
        self._period_action = bar.addWidget(self._period)
        self._years = YearsBox(self._session)
        self._years_action = bar.addWidget(self._years)
        bar.addSeparator()
        bar.addAction(self.lines.add_next)
        bar.addAction(self.lines.add_one_series)
        bar.addSeparator()
        self._unit = QToolButton()
        self._unit.setObjectName("tableUnit")
        self._unit.setToolTip(_("Change the unit of the table"))
        self._unit.clicked.connect(self.lines.set_table_unit)
        bar.addWidget(self._unit)
        self._report = QToolButton()
        self._report.setObjectName("showReport")
        self._report.setText(_("Import report"))
        self._report.setToolTip(_("What the import made of its files, and what it left out"))
        self._report.setCheckable(True)
        self._report.toggled.connect(self._show_report)
        self._report_action = bar.addWidget(self._report)
        self._more = QToolButton()
        self._more.setObjectName("gridMore")
        self._more.setText("⋯")
        self._more.setAccessibleName(_("More actions on cells, rows and columns"))
        self._more.setToolTip(_("More actions on cells, rows and columns"))
        self._more.clicked.connect(self._open_menu)
        bar.addWidget(self._more)
        return bar

    def _open_menu(self) -> None:
        self.grid.menu().popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _show(self, table_id: str | None) -> None:
        if table_id == self.current_table() and table_id is not None:
            return
        self._remember()
        self.model.show_table(table_id)
        place = self._places.get(table_id or "")
        if place is not None:
            self.grid.show_cell(*place)
        self._describe()
        self.table_shown.emit(table_id or "")

    def _remember(self) -> None:
        """Where one was in a table, for coming back to it."""
        shown, place = self.current_table(), self.grid.current_cell()
        if shown is not None and place is not None:
            self._places[shown] = place

    def _follow(self, before: Project, after: Project) -> None:
        shown = self.current_table()
        if shown is None or before.table(shown) is not after.table(shown) or before.analysis is not after.analysis:
            self._describe()

    def _describe(self) -> None:
        """Bring the bar above the grid up to date."""
        grid, table = self.model.grid, self.model.table
        self._right.setCurrentIndex(0 if table is not None else 1)
        self.setFocusProxy(self.grid if table is not None else self.empty)
        if grid is None or table is None:
            return
        self._title.setText(show(table.title))
        self._choice.setCurrentIndex(self.tables.model.row_of(table.id))
        self.grid.setAccessibleName(_("Table: {title}").format(title=show(table.title)))
        common = " · ".join(show(name) for name in grid.common)
        self._about.setText(common)
        self._about.setVisible(bool(common))
        self._layout.setCurrentIndex(_LAYOUTS.index(table.layout))
        self._fill_periods(table, grid.period)
        self._period_action.setVisible(grid.row_kind == "place")
        self._years_action.setVisible(self._years.show_table(table))
        self.lines.add_next.setText(_("Add year") if table.periods.kind == "year" else _("Add period"))
        unit = table.units[0].show(language())
        self._unit.setText(show(text("Unit: {unit}", unit=unit or _("none"))))
        self._describe_report(table)

    def _fill_periods(self, table: Table, chosen: int) -> None:
        names = [table.periods.name(at) for at in range(len(table.periods.values))]
        if [self._period.itemText(at) for at in range(self._period.count())] != names:
            self._period.clear()
            self._period.addItems(names)
        self._period.setCurrentIndex(chosen)

    def _describe_report(self, table: Table) -> None:
        self._report_action.setVisible(imported(table))
        self._show_report(self._report.isChecked())

    def _show_report(self, wanted: bool) -> None:
        table = self.model.table
        shown = wanted and table is not None and imported(table)
        if shown:
            self.report.show_table(table)
            self.findings.set_open(False)
        self.report.setVisible(shown)

    def _show_findings(self, wanted: bool) -> None:
        """The grid keeps its room: of the report and the findings one is open."""
        if wanted:
            self._report.setChecked(False)
        whole = sum(self._under.sizes()) or 600
        room = whole * 9 // 20 if wanted else self.findings.maximumHeight()
        self._under.setSizes([whole - room, self.report.height(), room])

    def _close_report(self) -> None:
        self._report.setChecked(False)
        self.grid.setFocus()

    def _show_reported(self, key: Key, period: int) -> None:
        table = self.current_table()
        if table is not None:
            self.show_cell(table, key, period)

    def _layout_chosen(self, at: int) -> None:
        table = self.current_table()
        if table is not None:
            self._session.attempt("set_layout", table=table, layout=_LAYOUTS[at])

    def _period_chosen(self, at: int) -> None:
        table = self.model.table
        if table is not None and 0 <= at < len(table.periods.values):
            self._choose_period(table.periods.values[at])

    def _choose_period(self, period: int) -> None:
        self.model.show_table(self.current_table(), period)
        self._describe()


class _Upright(QScrollArea):
    """Scrolls up and down only, so it is never narrower than what it holds."""

    def minimumSizeHint(self) -> QSize:
        """The width of the content and of the scroll bar beside it."""
        content: QWidget | None = self.widget()
        width = content.minimumSizeHint().width() if content is not None else 0
        return QSize(width + self.verticalScrollBar().sizeHint().width(), 80)
