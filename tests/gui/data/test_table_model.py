"""The model of the grid keeps Qt's rules, repaints only what changed, and refuses without a trace."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.edits import apply
from core.project import Project
from core.table import LAYOUTS, Mark
from core.text import Bilingual, Text
from core.units import Unit
from gui.background import Immediate
from gui.data.table_model import TableModel
from gui.session import Session

CHINA = ("CHN", "", "services", "exports")
Area = tuple[int, int, int, int]


class Heard:
    """What a view hears from a model."""

    def __init__(self, model: TableModel) -> None:
        self.changed: list[Area] = []
        self.resets = 0
        self.rows: list[tuple[str, int, int]] = []
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(self._reset)
        model.rowsInserted.connect(lambda _parent, first, last: self.rows.append(("in", first, last)))
        model.rowsRemoved.connect(lambda _parent, first, last: self.rows.append(("out", first, last)))

    def _changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self.changed.append((first.row(), first.column(), last.row(), last.column()))

    def _reset(self) -> None:
        self.resets += 1


@pytest.fixture
def model(qtbot: QtBot, session: Session) -> TableModel:
    made = TableModel(session)
    made.show_table("table3")
    return made


def _shown(model: TableModel, row: int, column: int) -> str:
    return str(model.index(row, column).data() or "")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_model_keeps_the_rules_of_qt_through_edits_and_undo(
    qtmodeltester: ModelTester, session: Session, layout: str
) -> None:
    session.apply("set_layout", table="worldbank", layout=layout)
    model = TableModel(session)
    model.show_table("worldbank")
    qtmodeltester.check(model)
    start, steps = session.project, session.stack.index()
    model.setData(model.index(0, 0), "1.5", Qt.ItemDataRole.EditRole)
    model.setData(model.index(model.rowCount() - 1, 0), "7", Qt.ItemDataRole.EditRole)
    session.apply("add_periods", table="worldbank", periods=(1999, 2000, 2030))
    session.apply("remove_periods", table="worldbank", periods=(2007, 2010))
    session.apply("remove_series", table="worldbank", series=(("IND", "", "services", "imports"),))
    session.apply("set_period", table="worldbank", period=2030, to=1990)
    while session.stack.index() > steps:
        session.undo()
    assert session.project is start
    qtmodeltester.check(model)


def test_numbers_are_shown_with_all_their_digits_and_grouped(model: TableModel) -> None:
    # Table 3 of the paper: exports of 2009 and 2018.
    assert _shown(model, 0, 0) == "1,435.7"
    assert model.index(0, 0).data(Qt.ItemDataRole.EditRole) == "1435.7"
    assert _shown(model, 9, 0) == "2,668.4"
    alignment = model.index(0, 0).data(Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight.value


def test_a_missing_number_is_an_empty_cell_and_no_zero(model: TableModel, session: Session) -> None:
    session.apply("set_cells", table="table3", series=(CHINA,), periods=(2009, 2010), values=((None, 0.0),))
    assert _shown(model, 0, 0) == ""
    assert _shown(model, 1, 0) == "0"


def test_an_edited_cell_repaints_itself_and_nothing_else(model: TableModel, session: Session) -> None:
    heard = Heard(model)
    assert model.setData(model.index(3, 1), "2 813,5", Qt.ItemDataRole.EditRole) is False
    assert heard.changed == []
    assert model.setData(model.index(3, 1), "２,８１３.５", Qt.ItemDataRole.EditRole)
    assert heard.changed == [(3, 1, 3, 1)]
    assert _shown(model, 3, 1) == "2,813.5"
    session.undo()
    assert heard.changed == [(3, 1, 3, 1)] * 2
    assert heard.resets == 0


def test_an_edit_of_another_table_or_of_the_board_repaints_nothing(model: TableModel, session: Session) -> None:
    heard = Heard(model)
    session.apply(
        "set_cells", table="table4", series=(("CHN", "", "services", "exports"),), periods=(2015,), values=((1.0,),)
    )
    session.apply("set_title", title=Bilingual("Other"))
    assert heard.changed == []
    assert heard.resets == 0


def test_text_in_a_number_cell_is_refused_without_a_trace(model: TableModel, session: Session) -> None:
    before, steps = session.project, session.stack.count()
    reasons: list[Text] = []
    cells: list[tuple[int, int]] = []
    session.refused.connect(reasons.append)
    model.cell_refused.connect(lambda row, column, _why: cells.append((row, column)))
    assert not model.setData(model.index(2, 1), "n/a", Qt.ItemDataRole.EditRole)
    assert session.project is before
    assert session.stack.count() == steps
    assert cells == [(2, 1)]
    assert str(reasons[0]).startswith("“n/a” is no number")


def test_opening_a_cell_and_leaving_it_is_no_edit(model: TableModel, session: Session) -> None:
    before = session.project
    assert model.setData(model.index(0, 0), "1435.7", Qt.ItemDataRole.EditRole)
    assert session.project is before


def test_a_number_in_the_spare_row_adds_the_next_year_under_it(model: TableModel, session: Session) -> None:
    heard = Heard(model)
    rows = model.rowCount()
    assert model.headerData(rows - 1, Qt.Orientation.Vertical) == "+ 2019"
    assert model.setData(model.index(rows - 1, 0), "2800", Qt.ItemDataRole.EditRole)
    assert heard.rows == [("in", rows, rows)]
    assert model.headerData(rows - 1, Qt.Orientation.Vertical) == "2019"
    assert _shown(model, rows - 1, 0) == "2,800"
    assert model.headerData(rows, Qt.Orientation.Vertical) == "+ 2020"
    session.undo()
    assert heard.rows[1:] == [("out", rows, rows)]
    assert model.rowCount() == rows
    assert heard.resets == 0


def test_a_year_in_the_middle_comes_and_goes_where_it_belongs(model: TableModel, session: Session) -> None:
    session.apply("remove_periods", table="table3", periods=(2012,))
    heard = Heard(model)
    session.undo()
    assert heard.rows == [("in", 3, 3)]
    session.redo()
    assert heard.rows == [("in", 3, 3), ("out", 3, 3)]


def test_the_spare_row_of_sectors_by_measures_adds_a_sector(qtbot: QtBot, session: Session) -> None:
    model = TableModel(session)
    model.show_table("table1")
    last = model.rowCount() - 1
    assert model.headerData(last, Qt.Orientation.Vertical) == "+ Sector 14"
    exports = next(at for at in range(7) if model.headerData(at, Qt.Orientation.Horizontal) == "Exports")
    assert model.setData(model.index(last, exports), "12", Qt.ItemDataRole.EditRole)
    assert model.headerData(last, Qt.Orientation.Vertical) == "Sector 14"
    table = session.project.table("table1")
    assert table is not None
    assert len(table.series) == 13 * 7 + 1


def test_headers_name_units_that_are_not_those_of_the_table(qtbot: QtBot, session: Session) -> None:
    model = TableModel(session)
    model.show_table("table1")
    names = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    assert names == ["Stated trade", "Stated growth of trade\n(%)", "Exports"]
    session.apply("set_unit", table="table3", unit=Unit("EUR", 1e6), series=(CHINA,))
    model.show_table("table3")
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Exports\n(EUR million)"


def test_another_name_or_unit_renews_the_headers(model: TableModel, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.headerDataChanged):
        session.apply("rename_label", dimension="measure", label="exports", name=Bilingual("Exports f.o.b."))
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Exports f.o.b."
    with qtbot.waitSignal(model.headerDataChanged):
        session.apply("set_unit", table="table3", unit=Unit("EUR", 1e6), series=(CHINA,))


def test_a_marked_cell_has_a_sign_and_says_what_the_source_has(qtbot: QtBot, sample_project: Project) -> None:
    table = sample_project.tables[1]
    marked = replace(table, marks={(0, 0): Mark("revised", "1435.7<b>r</b>"), (0, 1): Mark("odd", "?")})
    session = Session(replace(sample_project, tables=(marked,)), Immediate())
    model = TableModel(session)
    model.show_table("table3")
    first = model.index(0, 0)
    assert first.data(Qt.ItemDataRole.DecorationRole) is not None
    assert model.index(2, 0).data(Qt.ItemDataRole.DecorationRole) is None
    assert "revised figure: 1435.7&lt;b&gt;r&lt;/b&gt;" in first.data(Qt.ItemDataRole.ToolTipRole)
    assert "odd: ?" in model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.setData(first, "1440", Qt.ItemDataRole.EditRole)
    assert first.data(Qt.ItemDataRole.DecorationRole) is None


def test_a_table_that_is_removed_leaves_an_empty_grid(model: TableModel, session: Session) -> None:
    session.apply("remove_table", table="table3")
    assert model.rowCount() == model.columnCount() == 0
    assert model.grid is None


def test_cells_below_and_beyond_have_no_children(model: TableModel) -> None:
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert not model.flags(QModelIndex()) & Qt.ItemFlag.ItemIsEditable
    assert model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


def test_the_year_chosen_for_sectors_by_measures_stays_when_years_are_added(qtbot: QtBot, session: Session) -> None:
    model = TableModel(session)
    model.show_table("table1", 2017)
    session.apply("add_periods", table="table1", periods=(2016, 2018))
    assert model.grid is not None
    assert model.grid.table.periods.values[model.grid.period] == 2017
    # Table 1 of the paper: 46,991 is the stated trade of the total.
    assert _shown(model, 12, 0) == "46,991"
    model.show_table("table1", 2016)
    assert _shown(model, 12, 0) == ""


def test_the_model_agrees_with_the_project_after_any_edit(model: TableModel, session: Session) -> None:
    project = apply(session.project, "set_layout", table="table3", layout="years_across")
    session.apply("set_layout", table="table3", layout="years_across")
    assert session.project.tables[1].layout == project.tables[1].layout
    assert model.headerData(0, Qt.Orientation.Horizontal) == "2009"
    assert _shown(model, 1, 9) == "5,250.4"
