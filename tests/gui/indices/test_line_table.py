"""The table of values: what it says, how rows are dragged, sent, copied, hidden, and how an edit reaches it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.text import Bilingual
from gui import mime
from gui.indices.line_model import BAND, CHANGE, LATEST, NAME, YEARS, LineModel
from gui.indices.tab import IndicesTab
from gui.session import Session

HOME = ("tc", "", "table3", "CHN", "", "services")
Edit = Callable[[int, float | None], None]


def shown(tab: IndicesTab, row: int, column: int) -> str:
    return str(tab.model.data(tab.model.index(row, column)))


def click_row(qtbot: QtBot, tab: IndicesTab, row: int) -> None:
    place = tab.table.visualRect(tab.model.index(row, LATEST)).center()
    qtbot.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_model_keeps_the_rules_of_qt(tab: IndicesTab, set_import: Edit, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(tab.model)
    set_import(2018, 1.0)
    tab.show_index("ims")
    qtmodeltester.check(LineModel("p"))


def test_values_are_rounded_half_up_as_in_the_paper(tab: IndicesTab) -> None:
    years = {
        str(tab.model.headerData(column, Qt.Orientation.Horizontal)): column
        for column in range(tab.model.columnCount())
    }
    printed = ["-0.02", "-0.04", "-0.10", "-0.17", "-0.23", "-0.33", "-0.33", "-0.37", "-0.34", "-0.33"]  # Table 3
    assert [shown(tab, 0, years[str(year)]) for year in range(2009, 2019)] == printed
    assert shown(tab, 0, LATEST) == "-0.33 (2018)"
    assert shown(tab, 0, CHANGE) == "-0.31"
    assert shown(tab, 0, BAND) == "Net importer"


def test_a_missing_value_is_a_dash_that_says_why(tab: IndicesTab, set_import: Edit) -> None:
    set_import(2010, None)
    years = tab.model.chart.years
    missing = tab.model.index(0, YEARS + years.index(2010))
    other = tab.model.index(0, YEARS + years.index(2005))
    assert missing.data() == other.data() == "–"
    assert "an input is missing" in missing.data(Qt.ItemDataRole.ToolTipRole)
    assert "does not have this year" in other.data(Qt.ItemDataRole.ToolTipRole)
    fine = tab.model.index(0, YEARS + years.index(2009))
    assert "Net importer" in fine.data(Qt.ItemDataRole.ToolTipRole)


def test_changes_of_per_cent_are_percentage_points(tab: IndicesTab) -> None:
    tab.show_index("ims")
    assert shown(tab, 0, LATEST) == "4.29% (2017)"
    assert shown(tab, 0, CHANGE) == "-0.19 pp"
    assert tab.table.isColumnHidden(BAND)


def test_an_edit_tells_only_the_cells_that_changed(qtbot: QtBot, tab: IndicesTab, set_import: Edit) -> None:
    told: list[tuple[int, int, int]] = []
    resets: list[None] = []

    def note(first: QModelIndex, last: QModelIndex) -> None:
        told.append((first.row(), first.column(), last.column()))

    tab.model.dataChanged.connect(note)
    tab.model.modelReset.connect(lambda: resets.append(None))
    set_import(2018, 2668.4)
    year = YEARS + tab.model.chart.years.index(2018)
    assert told == [(0, LATEST, BAND), (0, year, year)]
    assert resets == []
    assert shown(tab, 0, LATEST) == "0.00 (2018)"


def test_dragged_rows_carry_the_keys_of_their_lines_and_a_text(tab: IndicesTab, session: Session) -> None:
    rows = [tab.model.index(0, LATEST), tab.model.index(0, NAME), tab.model.index(2, NAME)]
    data = tab.model.mimeData(rows)
    content = mime.unpack(data, mime.LINES, session.project.id)
    assert content is not None
    assert content["lines"] == [list(HOME), ["tc", "", "worldbank", "IND", "", "services"]]
    assert data.text().splitlines()[2].startswith("India\t0.05")
    assert mime.unpack(data, mime.LINES, "another project") is None
    assert tab.model.supportedDragActions() == Qt.DropAction.CopyAction
    assert tab.table.dragEnabled()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_ctrl_enter_sends_the_selected_rows_to_the_board(qtbot: QtBot, tab: IndicesTab, key: Qt.Key) -> None:
    sent: list[tuple[list[tuple[str, ...]], str]] = []
    tab.send_to_board.connect(lambda keys, quadrant: sent.append((keys, quadrant)))
    tab.table.setFocus()
    qtbot.keyClick(tab.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(tab.table, Qt.Key.Key_Down)
    qtbot.keyClick(tab.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(tab.table, key, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(tab.table.board_menu, Qt.Key.Key_W)
    assert [(quadrant, [each[3] for each in keys]) for keys, quadrant in sent] == [("W", ["CHN", "IND"])]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen, of popups
def test_three_clicks_send_a_row_to_a_quadrant(qtbot: QtBot, tab: IndicesTab) -> None:
    sent: list[tuple[list[tuple[str, ...]], str]] = []
    tab.send_to_board.connect(lambda keys, quadrant: sent.append((keys, quadrant)))
    assert not tab.buttons.send.isEnabled()
    click_row(qtbot, tab, 0)
    qtbot.mouseClick(tab.buttons.send, Qt.MouseButton.LeftButton)
    menu = tab.table.board_menu
    assert menu.isVisible()
    threat = next(action for action in menu.actions() if action.objectName() == "sendToT")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(threat).center())
    assert sent == [([HOME], "T")]


def test_a_selected_row_makes_its_curve_strong(qtbot: QtBot, tab: IndicesTab) -> None:
    click_row(qtbot, tab, 2)
    assert {key[3] for key in tab.view.highlighted} == {"IND"}
    selected = tab.view.curve(next(iter(tab.view.highlighted)))
    assert selected.path.opts["pen"].widthF() > tab.view.curve(HOME).path.opts["pen"].widthF()


def test_an_unchecked_row_hides_its_curve_under_every_index(qtbot: QtBot, tab: IndicesTab) -> None:
    tab.table.setCurrentIndex(tab.model.index(2, NAME))
    qtbot.keyClick(tab.table, Qt.Key.Key_Space)
    india = ("worldbank", "IND", "", "services")
    assert not tab.view.curve(("tc", "", *india)).path.isVisible()
    assert not tab.view.curve(("tc", "", *india)).markers.isVisible()
    tab.show_index("rca")
    assert not tab.view.curve(("rca", "", *india)).path.isVisible()
    assert tab.view.curve(("rca", "", "worldbank", "CHN", "", "services")).path.isVisible()
    tab.show_line(("rca", "", *india))
    assert tab.view.curve(("rca", "", *india)).path.isVisible()


def test_a_selection_follows_its_line_to_another_index(qtbot: QtBot, tab: IndicesTab) -> None:
    click_row(qtbot, tab, 2)
    tab.show_index("rca")
    assert tab.table.selected_keys() == [("rca", "", "worldbank", "IND", "", "services")]


def test_copy_gives_a_spreadsheet_headers_and_full_numbers(qtbot: QtBot, tab: IndicesTab) -> None:
    click_row(qtbot, tab, 0)
    qtbot.keyClick(tab.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["TC", *map(str, range(2005, 2021))]
    assert lines[1][1:5] == ["", "", "", ""]
    assert float(lines[1][5]) == pytest.approx((1435.7 - 1489.2) / (1435.7 + 1489.2), abs=1e-14)
    assert len(lines) == 2


def test_a_name_that_looks_like_a_formula_is_copied_as_text(tab: IndicesTab, session: Session) -> None:
    session.apply("rename_label", dimension="reporter", label="IND", name=Bilingual("=1+1\tx"))
    text = tab.model.text({2})
    assert text.split("\n")[1].split("\t")[0] == "'=1+1 x"


def test_an_empty_model_has_no_cells(qtbot: QtBot) -> None:
    model: QAbstractItemModel = LineModel("p")
    assert (model.rowCount(), model.columnCount()) == (0, 0)
