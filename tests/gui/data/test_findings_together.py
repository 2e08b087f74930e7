"""A finding that stands for others: they are told below it, found by search, linked, and marked in the grid."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from core.checks.finding import Finding, Level, Spot
from core.text import Bilingual, text
from gui.data.tab import DataTab
from gui.session import Session
from tests.conftest import Answers

PAPER = Bilingual("Paper", "论文")
IMPORTS = ("CHN", "", "services", "imports")
EXPORTS = ("CHN", "", "services", "exports")


@pytest.fixture
def together(monkeypatch: pytest.MonkeyPatch) -> Finding:
    """A wrong number by which a sum in another table does not fit either."""
    sum_ = Finding("sum", (Bilingual("Other"), "2010"), text("no sum"), spots=(Spot("worldbank", IMPORTS, 2010),))
    like = Finding("source", (PAPER, "2012"), text("the same again"), spots=(Spot("table3", EXPORTS, 2012),))
    spots = (Spot("table3", IMPORTS, 2009),)
    leader = Finding("source", (PAPER, "2009"), text("mistyped"), Level.ERROR, spots=spots, also=(sum_, like))
    monkeypatch.setattr("core.checks.check_project", lambda _project, _tick=None: (leader,))
    return leader


def test_what_a_finding_stands_for_is_told_below_it_with_its_place(together: Finding, tab: DataTab) -> None:
    tab.findings.show_list()
    said = tab.findings.detail.toPlainText()
    assert "Also\nOther, 2010 – no sum\n2012 – the same again" in said


def test_its_links_lead_to_the_cells_of_the_others(together: Finding, tab: DataTab) -> None:
    tab.findings.show_list()
    tab.findings.detail.anchorClicked.emit(QUrl("spot:1"))
    assert tab.current_table() == "worldbank"
    assert tab.grid.current_cell() == (IMPORTS, 2010)
    tab.findings.detail.anchorClicked.emit(QUrl("spot:0"))
    assert tab.grid.current_cell() == (IMPORTS, 2009)


def test_kinds_and_words_of_the_others_find_it(together: Finding, tab: DataTab) -> None:
    tab.findings.show_list()
    kinds = tab.findings.findChild(QComboBox, "findingsKind")
    words = tab.findings.findChild(QLineEdit, "findingsSearch")
    assert kinds is not None
    assert words is not None
    kinds.setCurrentIndex(kinds.findData("sum"))
    kinds.activated.emit(kinds.currentIndex())
    assert tab.findings.model.rowCount() == 1
    words.setText("again 2012")
    assert tab.findings.model.rowCount() == 1
    words.setText("again 2013")
    assert tab.findings.model.rowCount() == 0


def test_a_cell_of_the_others_tells_its_own_doubt_and_leads_to_the_finding(together: Finding, tab: DataTab) -> None:
    tab.show_table("table3")
    assert [each.finding.text.message for each in tab.model.findings_at(3, 0)] == ["the same again"]
    tab.grid.select_area((3, 0, 3, 0))
    action = tab.grid.findChild(QAction, "showFinding")
    assert isinstance(action, QAction)
    action.trigger()
    assert [each.what for each in tab.findings.chosen()] == ["mistyped"]


def test_a_finding_is_dismissed_with_all_that_it_stands_for(
    together: Finding, tab: DataTab, session: Session, prompts: Answers
) -> None:
    tab.show_table("table3")
    tab.findings.show_list()
    prompts.answers["ask_text"] = "printed so"
    tab.findings.dismiss()
    assert session.project.analysis.dismissed == {together.key: "printed so"}
    assert not tab.model.findings_at(3, 0)


def test_a_list_opened_before_the_window_has_its_size_gets_its_share(
    qtbot: QtBot, together: Finding, session: Session, prompts: Answers
) -> None:
    tab = DataTab(session, prompts)
    qtbot.addWidget(tab)
    tab.findings.set_open(True)
    tab.resize(1200, 1000)
    tab.show()
    qtbot.waitUntil(lambda: tab.findings.height() > 300)
