"""Evidence that lives: the numbers change, and the cards say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from core.board import Board
from core.claims import State
from core.project import Project
from core.text import Bilingual
from gui.background import Immediate
from gui.session import Session
from gui.swot.cell_model import CARD
from gui.swot.tab import SwotTab
from gui.text import set_language

TC = ("tc", "", "table3", "CHN", "", "services")
EXPORTS = ("CHN", "", "services", "exports")


@pytest.fixture
def exports(session: Session) -> Callable[[int, float | None], None]:
    """Writes China's exports of services in Table 3, as the grid does."""

    def write(year: int, value: float | None) -> None:
        session.apply("set_cells", table="table3", series=(EXPORTS,), periods=(year,), values=((value,),))

    return write


@pytest.fixture
def words(tab: SwotTab) -> Callable[[], list[str]]:
    """What the labels of the inspector say now."""
    return lambda: [label.text() for label in tab.inspector.findChildren(QLabel) if label.isVisible()]


def test_a_factor_is_supported_then_no_longer_and_supported_again_after_undo(
    tab, view, drop, drags, spots, session: Session, exports, words
) -> None:
    """Exports of 2018 of 5300 instead of 2668.4 give TC = 49.6 / 10550.4 = +0.0047."""
    drop(view("W").viewport(), spots["foot"](view("W")), drags.lines(TC), Qt.DropAction.CopyAction)
    assert drop.accepted
    (card,) = tab.board.selected()
    assert (card.cell, card.state, card.word) == ("W", State.SUPPORTED, "supported")
    assert card.value == "TC -0.33 (2018)"
    assert len(card.points) == 10

    exports(2018, 5300.0)
    card = tab.models.card(card.id)
    assert (card.state, card.word, card.value) == (State.CONTRADICTED, "no longer supported", "TC 0.005 (2018)")
    assert "Evidence: no longer supported." in card.spoken
    assert "2018: was -0.33, now 0.005" in words()
    assert "Fails in 2018" in words()

    session.undo()
    assert tab.models.card(card.id).state is State.SUPPORTED
    session.undo()
    assert len(session.project.board.factors) == 17


def test_only_the_card_whose_state_changed_is_painted_again(tab: SwotTab, exports) -> None:
    tab.add_lines([TC], "W")
    painted: list[str] = []
    for cell in "SWOT":
        model = tab.models[cell]
        model.dataChanged.connect(lambda first, _last, _roles: painted.append(first.data(CARD).code))
        model.modelReset.connect(lambda: painted.append("all"))
    exports(2018, 5300.0)
    assert painted == ["W7"]
    painted.clear()
    tab.models.session.apply("set_title", title=Bilingual("Another title"))
    assert painted == []


def test_a_cleared_year_is_no_data(tab: SwotTab, exports, words) -> None:
    tab.add_lines([TC], "W")
    exports(2012, None)
    assert tab.board.selected()[0].state is State.NO_DATA
    assert "No value in 2012" in words()


def test_a_margin_that_shrinks_is_weaker(tab: SwotTab, exports) -> None:
    """2009 has the smallest margin, 0.0183; exports of 1488 against imports of 1489.2 leave 0.0004."""
    tab.add_lines([TC], "W")
    exports(2009, 1488.0)
    assert tab.board.selected()[0].state is State.WEAKER


def test_the_summary_counts_and_leads_to_the_card(tab: SwotTab, exports, qtbot: QtBot) -> None:
    tab.add_lines([TC], "W")
    tab.add_lines([("ims", "", "table4", "CHN", "", "services")], "W")
    exports(2018, 5300.0)
    tab.board.select(["s1"])
    shown = {state: button.text() for state, button in tab.summary.buttons.items() if button.isVisible()}
    assert shown == {
        State.CONTRADICTED: "1 no longer supported",
        State.SUPPORTED: "1 live",
        State.TEXT: "17 text only",
    }
    qtbot.mouseClick(tab.summary.buttons[State.CONTRADICTED], Qt.MouseButton.LeftButton)
    assert [card.code for card in tab.board.selected()] == ["W7"]


def test_f8_goes_from_problem_to_problem_and_around(tab: SwotTab, exports, qtbot: QtBot) -> None:
    tab.add_lines([TC], "W")
    tab.add_lines([TC], "T")
    exports(2018, 5300.0)
    tab.board.select(["s1"])
    seen = []
    for _each in range(3):
        qtbot.keyClick(tab.board.current_view(), Qt.Key.Key_F8)
        seen.append(tab.board.selected()[0].code)
    assert seen == ["W7", "T5", "W7"]
    qtbot.keyClick(tab.board.current_view(), Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert tab.board.selected()[0].code == "T5"


def test_f8_without_problems_says_so(tab: SwotTab, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.announced) as said:
        qtbot.keyClick(tab.board.current_view(), Qt.Key.Key_F8)
    assert str(said.args[0]) == "No card needs attention."


def test_show_in_plot_asks_for_the_line_and_the_window_of_the_claim(tab: SwotTab, qtbot: QtBot) -> None:
    tab.add_lines([TC], "W")
    button = next(each for each in tab.inspector.findChildren(QPushButton) if each.objectName().startswith("showLine"))
    with qtbot.waitSignal(tab.show_line) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == [TC, (2009, 2018)]


def test_the_study_bounds_the_claim(tab: SwotTab, session: Session) -> None:
    session.apply("set_study", study=replace(session.project.study, window=(2014, 2016)))
    tab.add_lines([TC], "W")
    assert session.project.board.quadrant("W")[6].evidence[0].claim.window == (2014, 2016)


def test_evidence_is_not_called_missing_before_there_are_results(qtbot: QtBot, sample_project: Project) -> None:
    class Never:
        def run(self, job: object, done: object) -> None:
            """The results never come."""

        def wait(self) -> None:
            """Nothing to wait for."""

    with_claim = Session(sample_project, Immediate())
    first = SwotTab(with_claim, None)  # type: ignore[arg-type]
    qtbot.addWidget(first)
    first.add_lines([TC], "W")
    waiting = Session(with_claim.project, Never())  # type: ignore[arg-type]
    tab = SwotTab(waiting, None)  # type: ignore[arg-type]
    qtbot.addWidget(tab)
    card = tab.models["W"].card(6)
    assert card.state is None
    assert "not yet tested" in card.spoken
    assert not tab.summary.buttons[State.NO_DATA].isVisibleTo(tab)


def test_what_was_done_is_announced(tab: SwotTab, qtbot: QtBot) -> None:
    tab.board.select(["w2"])
    with qtbot.waitSignal(tab.announced) as said:
        qtbot.keyClick(tab.board.current_view(), Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert str(said.args[0]) == "Moved to Threats, position 5 of 5: now T5."


def test_cells_say_their_names_in_both_languages_and_how_many_cards_they_have(tab: SwotTab, view, session) -> None:
    assert view("W").accessibleName() == "Weaknesses 劣势, 6 cards"
    session.apply("remove_factors", factors=("w1",))
    assert view("W").accessibleName() == "Weaknesses 劣势, 5 cards"


def test_a_chinese_window_shows_and_writes_chinese(qtbot: QtBot, session: Session, prompts: object) -> None:
    set_language("zh")
    try:
        tab = SwotTab(session, prompts)  # type: ignore[arg-type]
        qtbot.addWidget(tab)
        assert tab.models["W"].card(1).text == "经验丰富的复合型人才不足"
        model = tab.models["W"]
        assert model.setData(model.index(1), "人才太少", Qt.ItemDataRole.EditRole)
        assert session.project.board.factor("w2").text == Bilingual(
            "Few experienced people with several skills", "人才太少"
        )
    finally:
        set_language("en")


def test_another_project_replaces_everything(tab: SwotTab, session: Session, sample_project: Project) -> None:
    tab.board.select(["w2"])
    session.open(replace(sample_project, id="empty", board=Board()))
    assert list(tab.models.cards()) == []
    assert tab.board.selected() == []
    assert tab.board.corner.findChild(QLabel, "boardTitle").text() == "Untitled analysis"


def test_windows_come_and_go_on_one_session(qtbot: QtBot, session: Session, prompts: object) -> None:
    """As when the language changes: an old tab must not hear of later edits."""
    for _each in range(3):
        old = SwotTab(session, prompts)  # type: ignore[arg-type]
        old.show()
        old.board.select(["w2"])
        old.close()
        old.deleteLater()
        qtbot.waitSignal(old.destroyed).wait()
    tab = SwotTab(session, prompts)  # type: ignore[arg-type]
    qtbot.addWidget(tab)
    session.apply("remove_factors", factors=("w2",))
    session.undo()
    assert tab.models["W"].rowCount() == 6
    assert tab.findChild(QToolButton, "moveButton") is not None
