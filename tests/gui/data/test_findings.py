"""What the data checks found, below the grid: counted, listed, explained, followed to cells, dismissed, restored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.checks.finding import Finding, Level, Spot
from core.project import Project
from core.table import Table
from core.text import Bilingual, Text, text
from gui.data.findings_model import WHAT, Row
from gui.data.findings_watch import watch_of
from gui.data.tab import DataTab
from gui.session import Session
from tests.conftest import Answers

Widget = TypeVar("Widget", bound=QWidget)
IMPORTS = ("CHN", "", "services", "imports")
EXPORTS = ("CHN", "", "services", "exports")
PAPER = Bilingual("Paper", "论文")


def child(tab: DataTab, kind: type[Widget], name: str) -> Widget:
    found = tab.findings.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def shown(tab: DataTab) -> list[str]:
    """The branches and, below each, its findings."""
    model, said = tab.findings.model, []
    for at in range(model.rowCount()):
        branch = model.index(at, 0)
        said.append(str(branch.data()))
        said += [str(model.index(row, WHAT, branch).data()) for row in range(model.rowCount(branch))]
    return said


def choose(tab: DataTab, wanted: Callable[[Row], bool]) -> None:
    at = tab.findings.model.find(wanted)
    assert at.isValid()
    tab.findings.list.setCurrentIndex(at)


def mistyped(row: Row) -> bool:
    """The paper's import figure of 2009, the only error in the sample."""
    return row.finding.level == Level.ERROR


@pytest.fixture
def opened(tab: DataTab) -> DataTab:
    tab.findings.show_list()
    return tab


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """What the checks find from now on, whatever the project."""
    findings: list[Finding] = [
        Finding(
            "source",
            (PAPER, "2009"),
            text("{a} <b>here</b>", a=1),
            Level.ERROR,
            text("why {a}", a=2),
            text("do {a}", a=3),
            (Spot("table3", IMPORTS, 2009), Spot("worldbank", IMPORTS, 2009), Spot("table3", IMPORTS, 2010)),
        ),
        Finding("break", (PAPER, "Exports"), text("breaks"), Level.WARNING, spots=(Spot("table3", EXPORTS),)),
        Finding("sum", (Bilingual("Other"),), text("rounded"), Level.NOTE),
    ]
    monkeypatch.setattr("core.checks.check_project", lambda _project, _tick=None: tuple(findings))
    return findings


def test_a_closed_line_counts_what_was_found(tab: DataTab) -> None:
    assert not tab.findings.list.isVisible()
    assert child(tab, QToolButton, "findings_error").text() == "1 error"
    assert child(tab, QToolButton, "findings_error").isVisible()


def test_the_list_begins_with_the_table_of_the_worst_finding(qtbot: QtBot, tab: DataTab) -> None:
    """The paper prints 1489.2 as the imports of 2009, the World Bank 1589.2."""
    qtbot.mouseClick(child(tab, QToolButton, "findingsOpen"), Qt.MouseButton.LeftButton)
    assert tab.findings.list.isVisible()
    branch, first, *_rest = shown(tab)
    assert branch.startswith("China's services exports and imports, 2009–2018 (")
    assert [each.what for each in tab.findings.chosen()] == [first]
    assert "1489.2" in first
    assert "1589.2" in first


def test_the_chosen_finding_says_why_and_what_to_do(found: list[Finding], opened: DataTab) -> None:
    choose(opened, mistyped)
    said = opened.findings.detail.toPlainText()
    for words in ("1 <b>here</b>", "Why we think so\nwhy 2", "What to do\ndo 3", "· Imports · 2009"):
        assert words in said


def test_enter_leads_to_the_cells_of_one_table_and_then_of_the_next(
    qtbot: QtBot, found: list[Finding], opened: DataTab
) -> None:
    opened.show_table("table1")
    choose(opened, mistyped)
    opened.findings.list.setFocus()
    qtbot.keyClick(opened.findings.list, Qt.Key.Key_Return)
    assert opened.current_table() == "table3"
    assert opened.grid.hasFocus()
    assert opened.grid.current_cell() == (IMPORTS, 2009)
    assert opened.grid.areas() == [(0, 1, 1, 1)]
    qtbot.keyClick(opened.findings.list, Qt.Key.Key_Return)
    assert opened.current_table() == "worldbank"
    assert opened.grid.current_cell() == (IMPORTS, 2009)


def test_a_double_click_leads_to_a_whole_series(qtbot: QtBot, found: list[Finding], opened: DataTab) -> None:
    at = opened.findings.model.find(lambda row: row.finding.kind == "break")
    opened.findings.list.scrollTo(at)
    middle = opened.findings.list.visualRect(at).center()
    qtbot.mouseClick(opened.findings.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseDClick(opened.findings.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert opened.grid.areas() == [(0, 0, 9, 0)]


def test_a_link_leads_to_its_cell(found: list[Finding], opened: DataTab) -> None:
    choose(opened, mistyped)
    opened.findings.detail.anchorClicked.emit(QUrl("spot:1"))
    assert opened.current_table() == "worldbank"
    assert opened.grid.current_cell() == (IMPORTS, 2009)


def test_a_jump_shows_the_year_where_only_one_is_seen(found: list[Finding], opened: DataTab, session: Session) -> None:
    session.apply("set_layout", table="table3", layout="sectors_measures")
    choose(opened, mistyped)
    opened.findings.go()
    assert opened.model.grid is not None
    assert opened.model.grid.row_kind == "place"
    assert opened.grid.current_cell() == (IMPORTS, 2009)


def test_a_finding_of_a_table_that_is_gone_leads_nowhere(
    found: list[Finding], opened: DataTab, session: Session
) -> None:
    session.apply("remove_table", table="table3")
    here = opened.current_table()
    choose(opened, mistyped)
    opened.findings.go()
    assert opened.current_table() == here


def test_levels_kinds_and_words_choose_what_is_listed(qtbot: QtBot, found: list[Finding], opened: DataTab) -> None:
    assert shown(opened) == ["Paper (2)", "1 <b>here</b>", "breaks", "Other (1)", "rounded"]
    qtbot.mouseClick(child(opened, QToolButton, "findings_warning"), Qt.MouseButton.LeftButton)
    assert shown(opened) == ["Paper (1)", "1 <b>here</b>", "Other (1)", "rounded"]
    qtbot.mouseClick(child(opened, QToolButton, "findings_warning"), Qt.MouseButton.LeftButton)
    kinds = child(opened, QComboBox, "findingsKind")
    kinds.setCurrentIndex(kinds.findData("sum"))
    kinds.activated.emit(kinds.currentIndex())
    assert shown(opened) == ["Other (1)", "rounded"]
    kinds.setCurrentIndex(0)
    kinds.activated.emit(0)
    qtbot.keyClicks(child(opened, QLineEdit, "findingsSearch"), "BREAKS paper")
    assert shown(opened) == ["Paper (1)", "breaks"]
    qtbot.keyClicks(child(opened, QLineEdit, "findingsSearch"), " nowhere")
    assert shown(opened) == []
    assert "None of the findings is shown" in child(opened, QLabel, "findingsSaid").text()


def test_a_marked_cell_leads_to_its_finding_whatever_is_listed(
    qtbot: QtBot, found: list[Finding], tab: DataTab
) -> None:
    child(tab, QLineEdit, "findingsSearch").setText("nowhere")
    qtbot.mouseClick(child(tab, QToolButton, "findings_error"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(child(tab, QToolButton, "findings_error"), Qt.MouseButton.LeftButton)
    assert shown(tab) == []
    action = tab.grid.findChild(QAction, "showFinding")
    assert isinstance(action, QAction)
    for row, column, what in ((0, 1, "1 <b>here</b>"), (5, 0, "breaks")):
        tab.grid.select_area((row, column, row, column))
        action.trigger()
        assert [each.what for each in tab.findings.chosen()] == [what]
        assert tab.findings.list.hasFocus()


def test_a_cell_without_findings_offers_none(found: list[Finding], tab: DataTab) -> None:
    action = tab.grid.findChild(QAction, "showFinding")
    assert isinstance(action, QAction)
    for row, offered in ((0, True), (5, False)):
        tab.grid.select_area((row, 1, row, 1))
        menu = tab.grid.menu()
        assert (action in menu.actions()) == offered
        menu.deleteLater()
    action.trigger()
    assert not tab.findings.is_open


def test_a_finding_is_dismissed_for_a_reason_shown_as_such_and_restored(
    qtbot: QtBot, found: list[Finding], opened: DataTab, session: Session, prompts: Answers
) -> None:
    prompts.answers["ask_text"] = "printed so"
    choose(opened, mistyped)
    qtbot.keyClick(opened.findings.list, Qt.Key.Key_Delete)
    assert session.project.analysis.dismissed == {found[0].key: "printed so"}
    assert child(opened, QToolButton, "findings_error").text() == "0 errors"
    assert shown(opened) == ["Paper (1)", "breaks", "Other (1)", "rounded"]
    assert opened.findings.chosen()[0].what == "breaks"
    dismissed = child(opened, QCheckBox, "findingsDismissed")
    assert dismissed.text() == "Dismissed (1)"
    dismissed.setChecked(True)
    assert shown(opened)[-2:] == ["Dismissed (1)", "1 <b>here</b>"]
    choose(opened, mistyped)
    assert "Dismissed\nprinted so" in opened.findings.detail.toPlainText()
    qtbot.mouseClick(child(opened, QPushButton, "findingRestore"), Qt.MouseButton.LeftButton)
    assert session.project.analysis.dismissed == {}
    assert shown(opened) == ["Paper (2)", "1 <b>here</b>", "breaks", "Other (1)", "rounded"]


def test_dismissing_is_undone_in_one_step_however_many_were_selected(
    found: list[Finding], opened: DataTab, session: Session, prompts: Answers
) -> None:
    prompts.answers["ask_text"] = "known"
    opened.findings.list.selectAll()
    opened.findings.dismiss()
    assert set(session.project.analysis.dismissed.values()) == {"known"}
    assert shown(opened) == []
    session.undo()
    assert session.project.analysis.dismissed == {}
    assert len(shown(opened)) == 5


def test_nothing_is_dismissed_without_a_reason_or_when_one_thinks_better_of_it(
    found: list[Finding], opened: DataTab, session: Session, prompts: Answers
) -> None:
    said: list[Text] = []
    session.refused.connect(said.append)
    choose(opened, mistyped)
    for reason in (None, " "):
        prompts.answers["ask_text"] = reason
        opened.findings.dismiss()
        assert session.project.analysis.dismissed == {}
    assert [str(each) for each in said] == ["Write why the finding is no problem. The reason is kept with the project."]


def test_a_corrected_number_takes_the_finding_away(opened: DataTab, session: Session) -> None:
    session.apply("set_cells", table="table3", series=(IMPORTS,), periods=(2009,), values=((1589.2,),))
    assert child(opened, QToolButton, "findings_error").text() == "0 errors"
    assert not opened.findings.model.find(mistyped).isValid()
    session.undo()
    assert opened.findings.model.find(mistyped).isValid()


def test_an_edit_keeps_the_chosen_finding(found: list[Finding], opened: DataTab, session: Session) -> None:
    choose(opened, lambda row: row.what == "breaks")
    found.insert(0, Finding("sum", (PAPER,), text("new"), Level.ERROR))
    session.apply("set_cells", table="table3", series=(IMPORTS,), periods=(2009,), values=((1.0,),))
    assert [row.what for row in opened.findings.chosen()] == ["breaks"]


def test_a_project_in_order_says_so(found: list[Finding], opened: DataTab, session: Session) -> None:
    found.clear()
    session.apply("set_cells", table="table3", series=(IMPORTS,), periods=(2009,), values=((1.0,),))
    assert child(opened, QLabel, "findingsSaid").text() == "Nothing was found."
    assert opened.findings.detail.toPlainText() == ""


def test_findings_are_copied_as_lines(qtbot: QtBot, found: list[Finding], opened: DataTab) -> None:
    choose(opened, mistyped)
    qtbot.keyClick(opened.findings.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Error · Paper · 2009 · 1 <b>here</b>"


def test_escape_leads_back_to_the_grid(qtbot: QtBot, opened: DataTab) -> None:
    opened.findings.list.setFocus()
    qtbot.keyClick(opened.findings.list, Qt.Key.Key_Escape)
    assert opened.grid.hasFocus()


def test_a_window_that_is_built_again_does_not_check_again(
    qtbot: QtBot, tab: DataTab, session: Session, prompts: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_project: Project, _tick: object = None) -> tuple[Finding, ...]:
        raise AssertionError

    monkeypatch.setattr("core.checks.check_project", fail)
    again = DataTab(session, prompts)  # type: ignore[arg-type]
    qtbot.addWidget(again)
    assert watch_of(session).found is not None
    assert child(again, QToolButton, "findings_error").text() == "1 error"


def test_the_report_of_an_import_and_the_findings_are_not_open_together(
    opened: DataTab, session: Session, table: Callable[..., Table]
) -> None:
    from tests.gui.imported import as_imported

    imported = as_imported(table())
    session.apply("remove_table", table="table3")
    session.apply("add_table", table=imported)
    opened.show_imported("table3")
    assert opened.report.isVisible()
    assert not opened.findings.is_open
    opened.findings.show_list()
    assert not opened.report.isVisible()


def test_the_open_list_leaves_the_grid_more_than_half_of_the_room(tab: DataTab) -> None:
    tab.findings.set_open(True)
    assert tab.grid.height() > tab.findings.height() > 200
    tab.findings.set_open(False)
    assert tab.findings.height() < 60
