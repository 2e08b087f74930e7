"""The study is edited in its panel, one step each, and the panel follows undo and the tables."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from core.text import Bilingual
from gui.data.study_panel import StudyPanel
from gui.session import Session

Widget = TypeVar("Widget", bound=QWidget)


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> StudyPanel:
    shown = StudyPanel(session)
    qtbot.addWidget(shown)
    shown.resize(300, 600)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def _child(panel: StudyPanel, kind: type[Widget], name: str) -> Widget:
    found = panel.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def _choose(qtbot: QtBot, panel: StudyPanel, name: str, text: str) -> None:
    """Choose with the keyboard: the first letters of the name."""
    combo = _child(panel, QComboBox, name)
    combo.setFocus()
    qtbot.keyClicks(combo, text)


def test_the_panel_shows_the_study_of_the_sample(panel: StudyPanel) -> None:
    assert _child(panel, QComboBox, "studyHome").currentText() == "China"
    assert _child(panel, QComboBox, "studySector").currentText() == "Services"
    peers = _child(panel, QListWidget, "studyPeers")
    assert [peers.item(row).text() for row in range(peers.count())] == ["India", "Ireland", "United States"]
    assert all(peers.item(row).checkState() == Qt.CheckState.Checked for row in range(3))
    assert _child(panel, QCheckBox, "studyAllYears").isChecked()


def test_the_world_is_no_economy_and_the_total_no_sector(panel: StudyPanel) -> None:
    for name, missing in (("studyHome", "World"), ("studySector", "Total")):
        combo = _child(panel, QComboBox, name)
        assert missing not in [combo.itemText(at) for at in range(combo.count())]


def test_a_peer_that_becomes_home_changes_places_with_it(qtbot: QtBot, panel: StudyPanel, session: Session) -> None:
    before = session.project
    _choose(qtbot, panel, "studyHome", "Ireland")  # passes India, which stays among the economies
    assert session.project.study.home == "IRL"
    assert set(session.project.study.peers) == {"CHN", "IND", "USA"}
    peers = _child(panel, QListWidget, "studyPeers")
    assert [peers.item(row).text() for row in range(peers.count())] == ["China", "India", "United States"]
    assert all(peers.item(row).checkState() == Qt.CheckState.Checked for row in range(3))
    while session.stack.canUndo():
        session.undo()
    assert session.project is before
    assert _child(panel, QComboBox, "studyHome").currentText() == "China"
    assert peers.item(1).text() == "Ireland"


def test_peers_are_chosen_one_by_one(qtbot: QtBot, panel: StudyPanel, session: Session) -> None:
    before = session.project
    peers = _child(panel, QListWidget, "studyPeers")
    box = peers.visualItemRect(peers.item(1))
    qtbot.mouseClick(peers.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 10, box.center().y()))
    assert session.project.study.peers == ("IND", "USA")
    peers.setCurrentRow(0)
    qtbot.keyClick(peers, Qt.Key.Key_Space)
    assert session.project.study.peers == ("USA",)
    session.undo()
    session.undo()
    assert session.project is before
    assert peers.item(1).checkState() == Qt.CheckState.Checked


def test_the_subject_sector_is_chosen(qtbot: QtBot, panel: StudyPanel, session: Session) -> None:
    _choose(qtbot, panel, "studySector", "Trav")
    assert session.project.study.sector == "travel"


def test_the_window_of_years_is_all_or_from_one_to_another(qtbot: QtBot, panel: StudyPanel, session: Session) -> None:
    before = session.project
    first, last = (_child(panel, QComboBox, name) for name in ("studyFirstYear", "studyLastYear"))
    assert not first.isEnabled()
    everything = _child(panel, QCheckBox, "studyAllYears")
    qtbot.mouseClick(everything, Qt.MouseButton.LeftButton, pos=QPoint(8, everything.height() // 2))
    assert session.project.study.window == (2005, 2020)
    assert first.isEnabled()
    _choose(qtbot, panel, "studyLastYear", "2010")
    assert session.project.study.window == (2005, 2010)
    _choose(qtbot, panel, "studyFirstYear", "2012")
    assert session.project.study.window == (2012, 2012)
    while session.stack.canUndo():
        session.undo()
    assert session.project is before
    assert everything.isChecked()
    assert (first.currentText(), last.currentText()) == ("2005", "2020")


def test_the_base_year_is_chosen_and_taken_back(qtbot: QtBot, panel: StudyPanel, session: Session) -> None:
    _choose(qtbot, panel, "studyBaseYear", "2009")
    assert session.project.study.base_year == 2009
    combo = _child(panel, QComboBox, "studyBaseYear")
    qtbot.keyClick(combo, Qt.Key.Key_Home)
    assert session.project.study.base_year is None


def test_a_table_serves_for_a_measure_that_others_lack(qtbot: QtBot, panel: StudyPanel, session: Session) -> None:
    combo = _child(panel, QComboBox, "studyBinding_imports")
    offered = [combo.itemData(at) for at in range(combo.count())]
    assert offered == ["", "table1", "table3", "worldbank"]
    combo.setFocus()
    for _step in range(2):
        qtbot.keyClick(combo, Qt.Key.Key_Down)
    assert dict(session.project.study.bindings) == {"imports": "table3"}
    session.undo()
    session.undo()
    assert combo.currentData() == ""


def test_measures_that_every_table_has_need_no_choice(panel: StudyPanel) -> None:
    assert panel.findChild(QComboBox, "studyBinding_exports") is None


def test_the_panel_follows_names_and_tables(panel: StudyPanel, session: Session) -> None:
    session.apply("rename_label", dimension="reporter", label="CHN", name=Bilingual("PR China"))
    assert _child(panel, QComboBox, "studyHome").currentText() == "PR China"
    session.apply("remove_table", table="worldbank")
    first = _child(panel, QComboBox, "studyFirstYear")
    assert first.itemText(0) == "2009"
    peers = _child(panel, QListWidget, "studyPeers")
    assert [peers.item(row).text() for row in range(peers.count())] == ["IND", "IRL", "USA"]
