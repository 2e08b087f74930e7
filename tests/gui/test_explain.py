"""The panel “Explain this number” as a person uses it: opened from a value, followed through edits, left by links."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QDockWidget, QPushButton, QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from core.explain import Cell, Wanted, explain, sentence
from core.sample import sample
from core.text import Bilingual
from gui import style
from gui.application import Desk
from gui.background import Immediate
from gui.explain.panel import ExplainPanel
from gui.indices.line_model import YEARS
from gui.preferences import Preferences

CHINA = ("rca", "", "worldbank", "CHN", "", "services")
EXPORTS = ("CHN", "", "services", "exports")


@pytest.fixture
def desk(qapp: QApplication, prompts: Any, tmp_path: Path) -> Iterator[Desk]:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.language, preferences.theme = "en", "light"
    style.load_fonts()
    desk = Desk(qapp, sample(), Immediate(), prompts, preferences)
    desk.window.show()
    desk.window.workspace.show_indices()
    desk.window.workspace.indices.show_index("rca")
    QApplication.processEvents()
    yield desk
    desk.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def panel(desk: Desk) -> ExplainPanel:
    found = desk.window.findChild(QDockWidget, "explainPanel")
    assert isinstance(found, ExplainPanel)
    return found


def opened(desk: Desk, year: int = 2020, **settings: object) -> ExplainPanel:
    desk.window.workspace.explain(Wanted(CHINA, year, tuple(settings.items())))
    return panel(desk)


def text(desk: Desk) -> str:
    return panel(desk).view.toPlainText()


def cell_of(desk: Desk, reporter: str, year: int) -> QPoint:
    """The middle of a cell of the values, brought into view."""
    tab = desk.window.workspace.indices
    chart = tab.model.chart
    assert chart is not None
    row = tab.model.row((*CHINA[:3], reporter, *CHINA[4:]))
    index = tab.model.index(row, YEARS + chart.years.index(year))
    tab.table.scrollTo(index)
    tab.table.setCurrentIndex(index)
    return tab.table.visualRect(index).center()


def set_exports(desk: Desk, value: float | None, year: int = 2020) -> None:
    desk.session.apply("set_cells", table="worldbank", series=(EXPORTS,), periods=(year,), values=((value,),))


def link(desk: Desk, target: object) -> None:
    """Follow the link that leads somewhere, as a click does."""
    page = panel(desk).view.page
    assert page is not None
    at = next(n for n, each in enumerate(page.targets) if each == target or getattr(each, "key", None) == target)
    panel(desk).view.anchorClicked.emit(QUrl(str(at)))


def test_a_double_click_on_a_value_explains_it(qtbot: QtBot, desk: Desk) -> None:
    viewport = desk.window.workspace.indices.table.viewport()
    at = cell_of(desk, "IND", 2009)
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=at)
    assert panel(desk).isVisible()
    assert text(desk).startswith("India's RCA in services in 2009: ")


def test_ctrl_e_explains_the_current_cell_and_again_takes_the_keyboard(qtbot: QtBot, desk: Desk) -> None:
    cell_of(desk, "CHN", 2016)
    desk.window.activateWindow()
    table = desk.window.workspace.indices.table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert text(desk).startswith("China's RCA in services in 2016: ")
    assert table.hasFocus()
    qtbot.keyClick(table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert panel(desk).view.hasFocus()
    qtbot.keyClick(panel(desk).view, Qt.Key.Key_Escape)
    assert panel(desk).isHidden()


def test_a_click_on_a_point_of_the_chart_explains_it(qtbot: QtBot, desk: Desk) -> None:
    view = desk.window.workspace.indices.view
    curve, chart = view.curve(CHINA), view.chart
    assert curve is not None
    assert chart is not None
    line = chart.line(CHINA)
    assert line is not None
    spot = view._view.mapViewToScene(QPointF(2012, float(line.values[chart.years.index(2012)])))
    at = view.plot.mapFromScene(spot)
    qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert text(desk).startswith("China's RCA in services in 2012: ")


def test_a_click_beside_all_points_explains_nothing(qtbot: QtBot, desk: Desk) -> None:
    view = desk.window.workspace.indices.view
    at = view.plot.mapFromScene(view._view.mapViewToScene(QPointF(2012.5, 1.05)))
    qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert desk.window.findChild(QDockWidget, "explainPanel") is None


def test_evidence_on_the_board_leads_to_its_number(qtbot: QtBot, desk: Desk) -> None:
    workspace = desk.window.workspace
    workspace.show_swot()
    workspace.swot.add_lines([CHINA], "W")
    qtbot.waitUntil(lambda: workspace.swot.commands.number() is not None)
    button = next(each for each in workspace.swot.findChildren(QPushButton) if each.objectName().startswith("explain-"))
    button.click()
    assert text(desk).startswith("China's RCA in services in 2020: ")
    for name in ("explain", "explainCard"):
        panel(desk).close()
        action = desk.window.findChild(QAction, name)
        assert isinstance(action, QAction)
        action.trigger()
        assert panel(desk).isVisible()


def test_without_a_number_the_status_line_says_what_to_choose(desk: Desk) -> None:
    desk.window.workspace.show_swot()
    desk.window.workspace.swot.board.select([])
    desk.window.workspace.explain_current()
    assert "Choose a number" in desk.window.statusBar().currentMessage()
    assert desk.window.findChild(QDockWidget, "explainPanel") is None


def test_the_explanation_follows_an_edit(desk: Desk) -> None:
    opened(desk)
    assert "228.883" in text(desk)
    set_exports(desk, 250.5)
    assert "228.883" not in text(desk)
    assert "(250.5 / 2760.515)" in text(desk)
    set_exports(desk, None)
    assert "Why there is no value" in text(desk)
    desk.session.undo()
    desk.session.undo()
    assert "RCA = (228.883 / 2738.898) / (5344.725 / 22549.953) = 0.353" in text(desk)


def test_an_edit_elsewhere_leaves_the_page_and_the_place_in_it_alone(desk: Desk) -> None:
    shown = opened(desk)
    shown.view.moveCursor(QTextCursor.MoveOperation.End)
    at, before = shown.view.textCursor().position(), text(desk)
    set_exports(desk, 1.0, year=2006)
    assert shown.view.textCursor().position() == at
    assert text(desk) == before


def test_a_number_that_is_gone_says_so(desk: Desk) -> None:
    shown = opened(desk)
    desk.session.apply("remove_table", table="worldbank")
    assert text(desk).startswith("This number is gone")
    assert not shown.copy_sentence.isEnabled()
    desk.session.undo()
    assert text(desk).startswith("China's RCA")
    assert shown.copy_sentence.isEnabled()


def test_a_link_leads_to_the_cell_in_the_data(desk: Desk) -> None:
    opened(desk)
    link(desk, EXPORTS)
    data = desk.window.workspace.data
    assert data.isVisible()
    assert data.current_table() == "worldbank"
    assert data.grid.current_cell() == (EXPORTS, 2020)


def test_an_index_inside_another_is_explained_and_left_again(qtbot: QtBot, desk: Desk) -> None:
    desk.window.workspace.explain(Wanted(("rsca", *CHINA[1:]), 2020))
    assert panel(desk).back.isHidden()
    link(desk, Wanted(CHINA, 2020))
    assert text(desk).startswith("China's RCA ")
    qtbot.mouseClick(panel(desk).back, Qt.MouseButton.LeftButton)
    assert text(desk).startswith("China's RSCA ")
    assert panel(desk).back.isHidden()


@pytest.mark.parametrize(("button", "language"), [("copy_sentence", "en"), ("copy_other", "zh")])
def test_the_sentence_is_copied_in_either_language(qtbot: QtBot, desk: Desk, button: str, language: str) -> None:
    shown = opened(desk)
    qtbot.mouseClick(getattr(shown, button), Qt.MouseButton.LeftButton)
    found = explain(desk.session.results, CHINA, 2020)
    assert found is not None
    assert QGuiApplication.clipboard().text() == sentence(found, language)
    assert "copied" in desk.window.statusBar().currentMessage()


def test_the_copied_table_has_columns(qtbot: QtBot, desk: Desk) -> None:
    qtbot.mouseClick(opened(desk).copy_table, Qt.MouseButton.LeftButton)
    rows = [row.split("\t") for row in QGuiApplication.clipboard().text().split("\n")]
    assert ["X_k", "exports of China in services, 2020", "228.883"] in [row[:3] for row in rows]


def test_the_formula_is_copied_as_people_type_it(desk: Desk) -> None:
    view = opened(desk).view
    view.selectAll()
    assert "RCA = (X_k / X) / (W_k / W)" in view.createMimeDataFromSelection().text()


def test_the_other_side_of_a_comparison_is_explained_under_its_settings(desk: Desk) -> None:
    tab = desk.window.workspace.indices
    tab.options.compare("world", "excluding")
    chart = tab.model.chart
    assert chart is not None
    row = next(n for n, line in enumerate(chart.rows) if line.key == CHINA and line.side == 1)
    tab.table.setCurrentIndex(tab.model.index(row, YEARS + chart.years.index(2020)))
    desk.window.workspace.explain_current()
    assert text(desk).startswith("China's RCA in services in 2020: 0.324")
    assert "the world without China" in text(desk)


def test_names_are_shown_as_they_are_written(desk: Desk) -> None:
    name = Bilingual("<b>R&D</b>", "<i>")
    desk.session.apply("rename_label", dimension="sector", label="services", name=name)
    opened(desk)
    assert "<b>R&D</b>" in text(desk)


def test_another_language_keeps_the_panel_and_speaks_itself(desk: Desk) -> None:
    opened(desk)
    desk.window.speak("zh")
    QApplication.processEvents()
    assert panel(desk).isVisible()
    assert "不具显性比较优势" in text(desk)
    assert any(isinstance(each, Cell) for each in panel(desk).view.page.targets)  # type: ignore[union-attr]


def test_everything_in_the_panel_has_a_name_for_the_keyboard_and_for_readers(desk: Desk) -> None:
    shown = opened(desk)
    inside = [each for each in shown.findChildren(QWidget) if each.focusPolicy() != Qt.FocusPolicy.NoFocus]
    ours = [each for each in inside if not each.objectName().startswith("qt_") and not isinstance(each, QScrollBar)]
    assert {each.objectName() for each in ours if each is not shown.view.viewport()} == {
        "explainBack", "explainText", "explainCopy", "explainCopyOther", "explainCopyTable"
    }  # fmt: skip
    assert all(each.accessibleName() for each in ours if each is not shown.view.viewport())


def test_an_open_explanation_follows_the_cell_that_a_person_moves_to(qtbot: QtBot, desk: Desk) -> None:
    cell_of(desk, "CHN", 2016)
    desk.window.activateWindow()
    table = desk.window.workspace.indices.table
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert desk.window.findChild(QDockWidget, "explainPanel") is None
    qtbot.keyClick(table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert text(desk).startswith("China's RCA in services in 2017: ")
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert text(desk).startswith("China's RCA in services in 2018: ")
    assert table.hasFocus()
    assert panel(desk).back.isHidden()


def test_an_edit_does_not_move_the_explanation_to_the_current_cell(qtbot: QtBot, desk: Desk) -> None:
    cell_of(desk, "IND", 2016)
    table = desk.window.workspace.indices.table
    desk.window.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    opened(desk)
    set_exports(desk, 500)
    assert table.hasFocus()
    # (500 / (500 + 2510.015)) / (5344.725 / 22549.953), figures of golden/worldbank.csv.
    assert text(desk).startswith("China's RCA in services in 2020: 0.701")
