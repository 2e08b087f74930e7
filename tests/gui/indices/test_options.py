"""The settings of an index in the window: change, compare, leave, undo, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QRadioButton, QTableWidget, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.charts import OTHER, OURS
from core.project import Project
from gui import mime
from gui.background import Background
from gui.indices.line_model import BAND, LATEST, NAME
from gui.indices.options_boxes import CheckList, NumberBox, SectorsBox
from gui.indices.tab import IndicesState, IndicesTab
from gui.prompts import Prompts
from gui.session import Session
from gui.text import set_language

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen, of popups

Edit = Callable[[int, float | None], None]
Widget = TypeVar("Widget", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton


def shown(tab: IndicesTab, row: int, column: int) -> str:
    return str(tab.model.data(tab.model.index(row, column)))


def part(tab: IndicesTab, kind: type[Widget], name: str) -> Widget:
    found = tab.bar.options.popup.findChild(kind, name)
    assert found is not None, name
    return found


def open_settings(qtbot: QtBot, tab: IndicesTab, index: str = "rca") -> None:
    tab.show_index(index)
    qtbot.mouseClick(tab.bar.options, LEFT)
    assert tab.bar.options.popup.isVisible()


def test_the_button_counts_the_settings_that_were_changed_and_says_which(tab: IndicesTab, session: Session) -> None:
    tab.show_index("rca")
    assert tab.bar.options.text().startswith("Settings of RCA")
    assert "changed" not in tab.bar.options.text()
    session.apply("set_option", name="world", value="excluding")
    assert tab.bar.options.text().startswith("Settings of RCA: 1 changed")
    assert tab.bar.options.accessibleName() == "Settings of RCA: 1 changed"
    assert "World excluding the reporter" in tab.bar.options.toolTip()
    tab.show_index("tc")
    assert "changed" not in tab.bar.options.text(), "TC knows no world"


def test_only_the_settings_that_matter_are_offered(qtbot: QtBot, tab: IndicesTab) -> None:
    open_settings(qtbot, tab, "rca")
    offered = [box.option.id for box in tab.bar.options.popup.boxes]
    assert offered[0] == "world"
    assert "tii_world" not in offered
    tab.bar.options.popup.hide()
    open_settings(qtbot, tab, "tc")
    assert "world" not in [box.option.id for box in tab.bar.options.popup.boxes]


def test_one_click_shows_the_rca_of_china_under_both_worlds(qtbot: QtBot, tab: IndicesTab) -> None:
    """reference/indices.md 5: 0.3526 with China in the world, 0.3236 without it, in 2020."""
    open_settings(qtbot, tab)
    qtbot.mouseClick(part(tab, QToolButton, "compare_world_excluding"), LEFT)
    assert not tab.bar.options.popup.isVisible()
    assert [shown(tab, row, LATEST) for row in range(3)] == ["0.353 (2020)", "0.324 (2020)", "-0.029 (2020)"]
    assert [shown(tab, row, NAME) for row in range(3)] == [
        "China · world including the reporter",
        "China · world excluding the reporter",
        "China · difference",
    ]
    assert shown(tab, 2, BAND) == ""
    assert tab.comparison.isVisible()
    assert tab.comparison.label.text() == "Solid: World including the reporter. Dashed: World excluding the reporter."
    assert len(tab.view.legend.names) == 8


def test_the_other_setting_is_dashed_and_hollow_in_the_same_colour(tab: IndicesTab) -> None:
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    ours, other = tab.view._curves[:2]
    assert ours.stroke is not None
    assert other.stroke is not None
    assert ours.stroke.colour == other.stroke.colour
    assert [ours.stroke.dash, other.stroke.dash] == [Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine]
    assert [ours.stroke.hollow, other.stroke.hollow] == [False, True]


@pytest.mark.parametrize("way", ["escape", "button", "same"])
def test_one_click_or_escape_ends_a_comparison(qtbot: QtBot, tab: IndicesTab, way: str) -> None:
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    assert len(tab.view.chart.lines) == 8
    if way == "escape":
        tab.table.setFocus()
        qtbot.keyClick(tab.table, Qt.Key.Key_Escape)
    elif way == "button":
        qtbot.mouseClick(tab.comparison.leave, LEFT)
    else:
        qtbot.mouseClick(tab.bar.options, LEFT)
        qtbot.mouseClick(part(tab, QToolButton, "compare_world_excluding"), LEFT)
    assert [line.side for line in tab.view.chart.lines] == [OURS] * 4
    assert not tab.comparison.isVisible()


def test_the_compared_setting_can_be_taken_and_the_step_undone(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    qtbot.mouseClick(tab.comparison.take, LEFT)
    assert session.project.analysis.options == {"world": "excluding"}
    assert shown(tab, 0, LATEST) == "0.324 (2020)"
    assert not tab.comparison.isVisible()
    session.undo()
    assert shown(tab, 0, LATEST) == "0.353 (2020)"
    assert len(tab.view.chart.lines) == 4


def test_a_choice_is_an_edit_that_the_chart_the_list_and_the_page_say(
    qtbot: QtBot, tab: IndicesTab, session: Session
) -> None:
    open_settings(qtbot, tab)
    part(tab, QRadioButton, "world_excluding").click()
    assert tab.bar.options.popup.isVisible(), "further settings can be changed"
    assert shown(tab, 0, LATEST) == "0.324 (2020)"
    assert "World excluding the reporter." in tab.view.footnote.text()
    assert "World excluding the reporter" in tab.list.currentItem().toolTip(0)
    tab.bar.options.popup.hide()
    tab.below.setCurrentWidget(tab.about)
    assert "World excluding the reporter." in tab.about.toPlainText()
    assert session.undo_label().show("en") == "Change setting"


def test_the_arrow_keys_walk_through_the_choices(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    open_settings(qtbot, tab)
    radio = part(tab, QRadioButton, "world_including")
    radio.setFocus()
    qtbot.keyClick(radio, Qt.Key.Key_Down)
    assert session.project.analysis.options == {"world": "excluding"}
    qtbot.keyClick(tab.bar.options.popup, Qt.Key.Key_Escape)
    assert not tab.bar.options.popup.isVisible()


def test_all_settings_go_back_in_one_step(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    session.apply("set_option", name="world", value="excluding")
    session.apply("set_option", name="missing", value="zero")
    open_settings(qtbot, tab)
    qtbot.mouseClick(tab.bar.options.popup.reset, LEFT)
    assert session.project.analysis.options == {}
    assert not tab.bar.options.popup.reset.isEnabled()
    session.undo()
    assert session.project.analysis.options == {"world": "excluding", "missing": "zero"}


def test_sectors_are_chosen_first_and_then_used_or_compared(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    open_settings(qtbot, tab)
    box = part(tab, SectorsBox, "option_universe")
    assert not box.use.isEnabled(), "nothing has been changed yet"
    checks = box.findChild(CheckList)
    assert checks is not None
    checks.check(("services",))
    checks.changed.emit()
    assert box.candidate() == ("services",)
    qtbot.mouseClick(box.use, LEFT)
    assert session.project.analysis.options == {"universe": ("services",)}
    assert "All sectors are: Services." in tab.view.footnote.text()
    qtbot.mouseClick(part(tab, QPushButton, "every_universe"), LEFT)
    qtbot.mouseClick(box.compare, LEFT)
    row = tab.model.row(("rca", "", "worldbank", "CHN", "", "services"))
    assert shown(tab, row, NAME).endswith(" · all sectors are: Services")
    assert [shown(tab, each, LATEST) for each in (row, row + 1)] == ["1.000 (2020)", "0.353 (2020)"]


def test_a_setting_that_takes_the_index_away_can_be_taken_back(tab: IndicesTab, session: Session) -> None:
    tab.show_index("rca")
    session.apply("set_option", name="total", value="stated")
    assert tab.message.isVisible()
    assert tab.bar.options.isVisible()
    assert not tab.bar.years.isVisible()
    session.undo()
    assert tab.view.isVisible()
    assert tab.bar.years.isVisible()


def test_a_setting_under_which_nothing_is_computed_can_be_compared(tab: IndicesTab, session: Session) -> None:
    """The table of the World Bank states no total of goods and services."""
    tab.show_index("rca")
    session.apply("set_option", name="total", value="stated")
    tab.options.compare("total", "automatic")
    assert tab.view.isVisible()
    assert [shown(tab, row, LATEST) for row in range(2)] == ["0.353 (2020)", "1.768 (2020)"]
    assert {line.side for line in tab.view.chart.lines} == {OTHER}
    tab.options.end()
    assert tab.message.isVisible()


def test_a_comparison_waits_while_an_index_is_shown_that_it_does_not_concern(tab: IndicesTab) -> None:
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    tab.show_index("tc")
    assert not tab.comparison.isVisible()
    assert {line.side for line in tab.view.chart.lines} == {OURS}
    tab.show_index("rsca")
    assert tab.comparison.isVisible()
    assert {line.side for line in tab.view.chart.lines} == {OURS, OTHER}


def test_only_lines_under_the_settings_in_force_go_to_the_board(tab: IndicesTab, session: Session) -> None:
    """A claim of the board is tested under the settings of the project."""
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    tab.table.selectRow(1)
    assert tab.table.keys() == []
    assert not tab.buttons.send.isEnabled()
    assert not tab.model.flags(tab.model.index(1, NAME)) & Qt.ItemFlag.ItemIsDragEnabled
    tab.table.selectRow(0)
    assert tab.table.keys() == [("rca", "", "worldbank", "CHN", "", "services")]
    rows = [tab.model.index(row, NAME) for row in range(3)]
    content = mime.unpack(tab.model.mimeData(rows), mime.LINES, session.project.id)
    assert content is not None
    assert content["lines"] == [["rca", "", "worldbank", "CHN", "", "services"]]


def test_hiding_a_line_hides_both_sides(tab: IndicesTab) -> None:
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    role = Qt.ItemDataRole.CheckStateRole
    assert tab.model.setData(tab.model.index(1, NAME), Qt.CheckState.Unchecked, role)
    assert [tab.model.index(row, NAME).data(role) for row in (0, 1)] == [Qt.CheckState.Unchecked] * 2
    assert tab.model.index(2, NAME).data(role) is None
    assert [curve.path.isVisible() for curve in tab.view._curves[:3]] == [False, False, True]


def test_a_rebuilt_window_and_another_document(tab: IndicesTab, session: Session) -> None:
    tab.show_index("rca")
    tab.options.compare("world", "excluding")
    state = tab.state()
    tab.options.end()
    tab.restore(state)
    assert len(tab.view.chart.lines) == 8
    session.open(replace(session.project, id="another"))
    assert tab.state().compared is None
    tab.restore(IndicesState())
    assert len(tab.view.chart.lines) == 4


def test_what_takes_long_is_computed_beside_the_window(qtbot: QtBot, prompts: Prompts, sample_project: Project) -> None:
    session = Session(sample_project, Background())
    tab = IndicesTab(session, prompts)
    qtbot.addWidget(tab)
    session.wait()
    tab.show_index("rca")
    session.wait()
    tab.options.compare("world", "excluding")
    assert len(tab.view.chart.lines) == 4, "what was there stays until the rest is computed"
    tab.show_index("rsca")
    assert tab.message.text() == "Computing RSCA …"
    session.wait()
    QCoreApplication.processEvents()
    assert tab.view.chart.index == "rsca"
    assert len(tab.view.chart.lines) == 8


def test_every_setting_has_a_name_for_tests_and_for_screen_readers(qtbot: QtBot, tab: IndicesTab) -> None:
    set_language("zh")
    for index in ("rca", "eci", "hhi_normalised", "composite"):
        open_settings(qtbot, tab, index)
        popup = tab.bar.options.popup
        assert popup.boxes
        for box in popup.boxes:
            assert box.accessibleName()
            assert box.accessibleDescription()
            for kind in (QRadioButton, QToolButton, QPushButton, QTableWidget):
                for each in box.findChildren(kind):
                    if not isinstance(each.parent(), QLineEdit) and not each.objectName().startswith("qt_"):
                        assert each.objectName(), box.option.id
                        assert each.accessibleName() or each.text(), each.objectName()
        popup.hide()


def test_a_number_is_used_with_the_button_and_compared_before(qtbot: QtBot, tab: IndicesTab, session: Session) -> None:
    open_settings(qtbot, tab, "eci")
    box = part(tab, NumberBox, "option_threshold")
    assert box.candidate() == 1.0
    assert not box.compare.isEnabled()
    box.spin.setValue(1.25)
    assert box.compare.isEnabled()
    qtbot.mouseClick(box.use, LEFT)
    assert session.project.analysis.options == {"threshold": 1.25}
