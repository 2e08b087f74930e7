"""The Indices tab as a person uses it: choose, filter, read the reasons, jump to a line, and change the project."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from core.charts import Choice
from core.project import Project
from core.text import Bilingual
from gui.background import Background, Immediate
from gui.indices.index_list import IndexList
from gui.indices.tab import IndicesTab
from gui.prompts import Prompts
from gui.session import Session

HOME = ("tc", "", "table3", "CHN", "", "services")
Edit = Callable[[int, float | None], None]


def without_tables(session: Session, *kept: str) -> None:
    """Another document with fewer tables."""
    project = session.project
    tables = tuple(table for table in project.tables if table.id in kept)
    session.open(replace(project, id="fewer", tables=tables))


def tooltip(listed: IndexList, index: str) -> str:
    found = listed.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive)
    return next(item.toolTip(0) for item in found if item.data(0, Qt.ItemDataRole.UserRole) == index)


def test_the_first_index_with_values_is_shown_at_once(tab: IndicesTab) -> None:
    assert tab.current_index() == "tc"
    assert tab.list.current() == "tc"
    assert tab.view.isVisible()


def test_the_arrow_keys_walk_through_the_indices(qtbot: QtBot, tab: IndicesTab) -> None:
    tab.list.setFocus()
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.current_index() == "ims"
    assert tab.view.title.text() == "International market share (IMS)"
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.view.title.text() == "Trade balance (TB)"
    qtbot.keyClick(tab.list, Qt.Key.Key_Up)
    assert "International market share" in tab.about.plain_text()


def test_an_index_without_inputs_is_grey_and_says_what_it_needs(tab: IndicesTab, session: Session) -> None:
    without_tables(session, "table3")
    assert [tab.list.possible(each) for each in ("tc", "ims", "rca")] == [True, False, False]
    assert "needs exports of the world" in tooltip(tab.list, "ims")
    tab.show_index("ims")
    assert tab.message.isVisible()
    assert tab.message.text().startswith("IMS cannot be computed from the tables of this project.")
    assert "needs exports of the world, or of two or more economies" in tab.message.text()
    assert not tab.table.isVisible()
    assert "Formula" in tab.about.plain_text()
    tab.show_index("tc")
    assert tab.view.isVisible()
    assert tab.table.isVisible()


def test_what_cannot_be_computed_is_listed_below_the_values(tab: IndicesTab) -> None:
    said = [tab.values.reasons.item(row).text() for row in range(tab.values.reasons.count())]
    assert said[0] == "Services exports of China and the world, 2015–2017: needs imports"
    assert tab.values.reasons.isVisible()
    tab.show_index("balance")
    assert tab.values.reasons.count() == 2


def test_an_empty_project_shows_one_sentence(qtbot: QtBot, prompts: Prompts) -> None:
    session = Session(Project("new"), Immediate())
    tab = IndicesTab(session, prompts)
    qtbot.addWidget(tab)
    with qtbot.waitExposed(tab):
        tab.show()
    assert tab.empty.isVisible()
    assert "no tables yet" in tab.empty.text()
    assert tab.current_index() == ""


def test_the_first_table_of_an_empty_project_brings_a_chart(
    qtbot: QtBot, prompts: Prompts, sample_project: Project
) -> None:
    session = Session(Project("new"), Immediate())
    tab = IndicesTab(session, prompts)
    qtbot.addWidget(tab)
    session.apply("add_table", table=sample_project.tables[1])
    assert tab.current_index() == "tc"
    assert tab.view.chart is not None
    session.undo()
    assert tab.pages.currentWidget() is tab.empty


def test_years_outside_the_data_are_said_instead_of_an_empty_plot(tab: IndicesTab, session: Session) -> None:
    session.apply("set_study", study=replace(session.project.study, window=(1950, 1960)))
    assert tab.message.text() == "No year with TC lies in the years shown."
    assert tab.bar.years.isVisible()
    session.undo()
    assert tab.view.chart.years[0] == 2005


def test_the_window_of_the_study_limits_the_chart(tab: IndicesTab, session: Session) -> None:
    session.apply("set_study", study=replace(session.project.study, window=(2010, 2012)))
    assert tab.view.chart.years == (2010, 2011, 2012)
    assert tab.bar.years.text().startswith("Years: 2010–2012")
    every = next(action for action in tab.bar._years_menu.actions() if action.text() == "All years")
    every.trigger()
    assert tab.view.chart.years[0] == 2005


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # offscreen, of popups
def test_a_check_mark_adds_a_sector_and_the_study_comes_back_with_a_click(qtbot: QtBot, tab: IndicesTab) -> None:
    tab.show_index("rca")
    qtbot.mouseClick(tab.bar.sectors, Qt.MouseButton.LeftButton)
    popup = tab.bar.sectors.popup
    assert popup.isVisible()
    popup.list.setCurrentRow([popup.list.item(row).text() for row in range(popup.list.count())].index("Goods"))
    qtbot.keyClick(popup.list, Qt.Key.Key_Space)
    assert len(tab.view.chart.lines) == 8
    assert tab.view.legend.names[:2] == ["China · Services", "China · Goods"]
    assert tab.bar.sectors.text().startswith("Sectors: 2 of 2")
    qtbot.mouseClick(popup.suggested, Qt.MouseButton.LeftButton)
    assert len(tab.view.chart.lines) == 4
    qtbot.keyClick(popup.list, Qt.Key.Key_Return)
    assert not popup.isVisible()


def test_filters_stay_when_numbers_and_indices_change(tab: IndicesTab, set_import: Edit) -> None:
    tab.bar.reporters.chosen.emit(("CHN", "USA"))
    set_import(2018, 1.0)
    assert {line.key[3] for line in tab.view.chart.lines} == {"CHN", "USA"}
    tab.show_index("rca")
    assert [line.key[3] for line in tab.view.chart.lines] == ["CHN", "USA"]


def test_an_edit_that_does_not_concern_the_chart_touches_nothing(tab: IndicesTab, set_import: Edit) -> None:
    tab.show_index("ims")
    chart = tab.view.chart
    set_import(2018, 1.0)
    assert tab.view.chart is chart


def test_a_card_jumps_to_its_line_in_its_years(tab: IndicesTab) -> None:
    tab.show_index("rca")
    tab.show_line(HOME, (2009, 2018))
    assert tab.current_index() == tab.list.current() == "tc"
    assert tab.view.chart.years == tuple(range(2009, 2019))
    assert tab.table.selected_keys() == [HOME]
    assert tab.view.highlighted == {HOME}
    assert tab.bar.years.text().startswith("Years: 2009–2018")
    tab.show_line(HOME, (None, 2012))
    assert tab.view.chart.years == tuple(range(2005, 2013))
    tab.show_line(HOME, (None, None))
    assert tab.view.chart.years == tuple(range(2005, 2013))


def test_a_card_jumps_to_a_line_that_the_filters_left_out(tab: IndicesTab) -> None:
    transport = ("tc", "", "table1", "CHN", "", "transport")
    tab.show_line(transport)
    assert tab.table.selected_keys() == [transport]
    assert tab.view.chart.line(transport).values.tolist() == pytest.approx([-0.429417], abs=5e-7)  # paper_table1.csv


def test_a_line_that_is_gone_leaves_the_tab_usable(tab: IndicesTab) -> None:
    tab.show_line(("tc", "", "gone", "CHN", "", "services"))
    assert tab.table.selected_keys() == []
    tab.show_line(("no such index", "", "", "", "", ""))
    assert tab.current_index() == "tc"
    assert tab.view.chart.lines


def test_another_document_forgets_the_filters_of_the_old_one(tab: IndicesTab, session: Session) -> None:
    tab.bar.reporters.chosen.emit(("USA",))
    without_tables(session, "table3", "worldbank")
    assert tab.bar.choice == Choice()
    assert len(tab.view.chart.lines) == 5
    assert tab.model.project == "fewer"


def test_a_rebuilt_window_looks_as_before(qtbot: QtBot, tab: IndicesTab, session: Session, prompts: Prompts) -> None:
    tab.show_index("rca")
    tab.bar.sectors.chosen.emit(())
    rebuilt = IndicesTab(session, prompts)
    qtbot.addWidget(rebuilt)
    rebuilt.restore(tab.state())
    assert rebuilt.current_index() == "rca"
    assert len(rebuilt.view.chart.lines) == 8


def test_a_renamed_table_is_renamed_everywhere(tab: IndicesTab, session: Session) -> None:
    session.apply("set_table_title", table="table4", title=Bilingual("Yearbook", "年鉴"))
    assert tab.values.reasons.item(0).text() == "Yearbook: needs imports"


def test_the_page_about_an_index_has_formula_bands_sources_and_data(tab: IndicesTab) -> None:
    text = tab.about.plain_text()
    assert "TC = (X − M) / (X + M)" in text
    assert "[-0.6, -0.3)".replace("-", "−") in text
    assert "UNCTAD (2013)" in text
    assert "BX.GSR.NFSV.CD" in text
    tab.show_index("ims")
    assert "Formula\nIMS = X_k / W_k" in tab.about.plain_text()


def test_results_that_arrive_later_move_the_curve_then(qtbot: QtBot, prompts: Prompts, sample_project: Project) -> None:
    session = Session(sample_project, Background())
    tab = IndicesTab(session, prompts)
    qtbot.addWidget(tab)
    session.wait()
    key = ("CHN", "", "services", "imports")
    session.apply("set_cells", table="table3", series=(key,), periods=(2018,), values=((2668.4,),))
    session.apply("set_bands", index="tc", bands="six_bands")
    assert len(tab.view.backdrop.names) == 6
    session.wait()
    assert tab.view.curve(HOME).path.getData()[1][-1] == 0.0


def test_a_deleted_tab_leaves_the_session_alone(session: Session, prompts: Prompts, set_import: Edit) -> None:
    tab = IndicesTab(session, prompts)
    kept = weakref.ref(tab)
    tab.close()
    tab.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    del tab
    gc.collect()
    assert kept() is None
    set_import(2018, 1.0)
    session.undo()


def test_every_control_has_a_name_for_tests_and_for_screen_readers(tab: IndicesTab) -> None:
    controls = [tab.list, tab.table, tab.about, tab.values.reasons, tab.buttons.copy, tab.buttons.send]
    controls += [tab.bar.tables, tab.bar.reporters, tab.bar.partners, tab.bar.sectors, tab.bar.years, tab.bar.bands]
    controls += [tab.view.plot, tab.view.legend, tab.view.whole]
    assert all(each.objectName() and each.accessibleName() for each in controls)
    assert len({each.objectName() for each in controls}) == len(controls)


def test_an_economy_above_the_world_is_drawn_and_doubted(tab: IndicesTab, session: Session) -> None:
    key = ("CHN", "", "services", "exports")
    session.apply("set_cells", table="table4", series=(key,), periods=(2016,), values=((60000.0,),))
    tab.show_index("ims")
    line = tab.view.chart.lines[0]
    assert line.values[tab.view.chart.years.index(2016)] == pytest.approx(60000 / 48933)  # world of Table 4
    assert np.count_nonzero(line.statuses == 2) == 1
