"""Every row of the table of drops, sent to the views as events; each is one undo step."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from pytestqt.qtbot import QtBot

from core.claims import State, check
from core.text import Bilingual
from gui.session import Session
from gui.swot.cell_view import CellView
from gui.swot.tab import SwotTab

MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction
TC = ("tc", "", "table3", "CHN", "", "services")
IMS = ("ims", "", "table4", "CHN", "", "services")
View = Callable[[str], CellView]


@pytest.fixture(autouse=True)
def _each_drop_is_undone_as_one_step(tab: SwotTab, session: Session) -> object:
    before = session.project
    yield
    assert session.stack.count() <= 1
    session.undo()
    assert session.project is before
    assert len(session.project.board.factors) == 17


def test_a_factor_dropped_on_another_quadrant_moves_there(view: View, drop, drags, order, spots, session) -> None:
    drop(view("T").viewport(), spots["above"](view("T"), 1), drags.factors("w2"))
    assert drop.entered
    assert drop.offered
    assert drop.accepted
    assert order("T") == ["t1", "w2", "t2", "t3", "t4"]
    assert len(session.project.board.factors) == 17


@pytest.mark.parametrize(("where", "row", "expected"), [
    ("above", 0, ["w2", "t1", "t2", "t3", "t4"]),
    ("below", 0, ["t1", "w2", "t2", "t3", "t4"]),
    ("above", 3, ["t1", "t2", "t3", "w2", "t4"]),
    ("below", 3, ["t1", "t2", "t3", "t4", "w2"]),
])  # fmt: skip
def test_the_half_of_a_card_says_on_which_side_a_drop_lands(
    view: View, drop, drags, order, spots, where: str, row: int, expected: list[str]
) -> None:
    drop(view("T").viewport(), spots[where](view("T"), row), drags.factors("w2"))
    assert order("T") == expected


def test_the_empty_part_below_the_cards_means_the_end(view: View, drop, drags, order, spots) -> None:
    drop(view("S").viewport(), spots["foot"](view("S")), drags.factors("w2", "t1"))
    assert order("S") == ["s1", "s2", "s3", "w2", "t1"]


def test_the_header_means_the_beginning(tab: SwotTab, drop, drags, order) -> None:
    drop(tab.board.cells["O"].header, QPoint(60, 10), drags.factors("w2"))
    assert drop.accepted
    assert order("O") == ["w2", "o1", "o2", "o3", "o4"]


def test_a_copy_has_an_id_of_its_own(view: View, drop, drags, order, spots, session) -> None:
    drop(view("O").viewport(), spots["below"](view("O"), 0), drags.factors("w2"), COPY)
    assert order("W") == ["w1", "w2", "w3", "w4", "w5", "w6"]
    assert len(order("O")) == 5
    copied = session.project.board.quadrant("O")[1]
    assert copied.id not in {"w2", "o1"}
    assert copied.text == session.project.board.factor("w2").text
    assert len(session.project.board.factors) == 18


def test_factors_that_do_not_stand_together_are_reordered_as_one_step(view: View, drop, drags, order, spots) -> None:
    drop(view("S").viewport(), spots["foot"](view("S")), drags.factors("s1", "s3"))
    assert order("S") == ["s2", "s1", "s3"]


def test_a_drop_where_the_factor_stands_already_changes_nothing(view: View, drop, drags, spots, session) -> None:
    drop(view("S").viewport(), spots["below"](view("S"), 0), drags.factors("s1"))
    assert drop.accepted
    assert session.stack.count() == 0


def test_the_answer_to_a_move_never_lets_the_source_remove_rows(view: View, drop, drags, spots) -> None:
    drop(view("T").viewport(), spots["above"](view("T"), 0), drags.factors("w2"), MOVE)
    assert drop.action == Qt.DropAction.TargetMoveAction


def test_factors_dropped_on_a_strategy_are_cited_and_stay(view: View, drop, drags, order, spots, session, tab) -> None:
    drop(view("SO").viewport(), spots["above"](view("SO"), 0), drags.factors("s1", "o2"))
    assert session.project.board.strategy("so1").cites == ("s1", "s2", "s3", "o1", "o2")
    assert order("O") == ["o1", "o2", "o3", "o4"]
    assert {card.id for card in tab.board.selected()} == {"s1", "o2"}


def test_what_a_strategy_cites_already_is_refused_with_the_reason(tab, view, drop, drags, spots, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.refused) as told:
        drop(view("SO").viewport(), spots["above"](view("SO"), 0), drags.factors("s1"))
    assert not drop.accepted
    assert str(told.args[0]) == "The strategy cites this already."


def test_factors_on_the_empty_part_of_a_strategy_cell_draft_a_strategy(
    tab: SwotTab, view: View, drop, drags, order, spots, session, qtbot: QtBot
) -> None:
    drop(view("WO").viewport(), spots["foot"](view("WO")), drags.factors("w3", "o4", "t1"))
    assert len(order("WO")) == 2
    drafted = session.project.board.of_type("WO")[1]
    assert drafted.cites == ("w3", "o4", "t1")
    card = tab.models.card(drafted.id)
    assert [(chip.code, chip.fits) for chip in card.chips] == [("W3", True), ("O4", True), ("T1", False)]
    qtbot.waitUntil(lambda: view("WO").findChild(object, "cardEditor") is not None)
    editor = view("WO").findChild(object, "cardEditor")
    qtbot.keyClicks(editor, "Found an association")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert session.project.board.strategy(drafted.id).title == Bilingual("Found an association")


def test_a_line_of_results_on_a_quadrant_is_a_factor_with_live_evidence(
    view: View, drop, drags, spots, session: Session
) -> None:
    """TC of the paper's Table 3 is below 0 in every year from 2009 (-0.02) to 2018 (-0.33)."""
    drop(view("W").viewport(), spots["below"](view("W"), 5), drags.lines(TC), COPY)
    added = session.project.board.quadrant("W")[6]
    assert added.text.en == "Services: TC below 0 in every year 2009–2018 (-0.33 in 2018)"
    (evidence,) = added.evidence
    assert evidence.claim.window == (2009, 2018)
    assert evidence.snapshot.values[2018] == pytest.approx(-0.3260595)
    assert len(evidence.snapshot.taken) == 10
    assert check(evidence, session.results).state is State.SUPPORTED
    assert drop.action == COPY


def test_several_lines_are_several_factors_in_one_step(view: View, drop, drags, order, spots) -> None:
    drop(view("W").viewport(), spots["above"](view("W"), 0), drags.lines(TC, IMS), COPY)
    assert len(order("W")) == 8
    assert order("W")[2:] == ["w1", "w2", "w3", "w4", "w5", "w6"]


def test_a_line_in_the_middle_of_a_card_is_evidence_for_it(view: View, drop, drags, order, spots, session) -> None:
    drop(view("W").viewport(), spots["middle"](view("W"), 0), drags.lines(TC), COPY)
    factor = session.project.board.factor("w1")
    assert [each.kind for each in factor.evidence] == ["citation", "claim"]
    assert len(order("W")) == 6


def test_strategies_dropped_on_another_cell_change_their_type(tab, view, drop, drags, order, spots, session) -> None:
    drop(view("ST").viewport(), spots["above"](view("ST"), 0), drags.strategies("so1"))
    assert order("ST") == ["so1", "st1"]
    assert order("SO") == []
    assert session.project.board.strategy("so1").cites == ("s1", "s2", "s3", "o1")
    assert [chip.fits for chip in tab.models.card("so1").chips] == [True, True, True, False]


@pytest.mark.parametrize("kind", ["factors", "strategies"])
def test_cards_dropped_on_a_recommendation_are_linked(view: View, drop, drags, spots, session, kind: str) -> None:
    data = drags.factors("w6") if kind == "factors" else drags.strategies("so1")
    drop(view("P").viewport(), spots["middle"](view("P"), 0), data)
    first = session.project.board.recommendations[0]
    assert (first.factors if kind == "factors" else first.strategies)[-1] == ("w6" if kind == "factors" else "so1")


def test_lines_of_text_become_factors_without_their_bullets(view: View, drop, drags, spots, session) -> None:
    pasted = "• Slow customs\n\n2) 3.5% growth target\n- −2% in 2020\n1.5% inflation\n（一）人才外流\n"
    drop(view("T").viewport(), spots["foot"](view("T")), drags.text(pasted), COPY)
    assert [each.text for each in session.project.board.quadrant("T")[4:]] == [
        Bilingual("Slow customs"),
        Bilingual("3.5% growth target"),
        Bilingual("−2% in 2020"),
        Bilingual("1.5% inflation"),
        Bilingual("", "人才外流"),
    ]


def test_text_that_another_program_lets_be_moved_is_copied(view: View, drop, drags, spots) -> None:
    both = MOVE | COPY
    drop(view("T").viewport(), spots["foot"](view("T")), drags.text("Slow customs"), both)
    assert drop.action == COPY


REFUSED = [
    ("T", "foreign", "This comes from another project and cannot be dropped here."),
    ("T", "gone", "These factors are no longer on the board."),
    ("T", "strategy", "A strategy belongs in SO, WO, ST or WT."),
    ("T", "valueless", "There is no value in the window of the study to make a claim of."),
    ("T", "long", "This text has 300 lines; drop at most 200 at once."),
    ("T", "blank", "There is no text to drop."),
    ("SO", "line", "A line of results backs a factor: drop it on S, W, O or T."),
    ("SO", "text", "Text becomes factors: drop it on S, W, O or T."),
    ("SO", "gone strategy", "These strategies are no longer on the board."),
    ("P", "text", "Text becomes factors: drop it on S, W, O or T."),
]


@pytest.mark.parametrize(("cell", "what", "reason"), REFUSED)
def test_what_cannot_be_dropped_says_why_and_changes_nothing(
    tab: SwotTab, view: View, drop, drags, spots, session, qtbot: QtBot, cell: str, what: str, reason: str
) -> None:
    data = {
        "foreign": drags.factors("w1", project="another"),
        "gone": drags.factors("w99"),
        "strategy": drags.strategies("so1"),
        "gone strategy": drags.strategies("so99"),
        "valueless": drags.lines(("tc", "", "table9", "CHN", "", "services"), ("tc",)),
        "long": drags.text("x\n" * 300),
        "blank": drags.text(" \n• \n"),
        "line": drags.lines(TC),
        "text": drags.text("Slow customs"),
    }[what]
    with qtbot.waitSignal(tab.refused) as told:
        drop(view(cell).viewport(), spots["middle"](view(cell), 0), data, COPY)
    assert str(told.args[0]) == reason
    assert drop.entered  # so that the reason could be said
    assert not drop.offered
    assert not drop.accepted
    assert session.stack.count() == 0


def test_several_lines_on_one_card_are_refused(tab, view, drop, drags, spots, qtbot: QtBot) -> None:
    with qtbot.waitSignal(tab.refused) as told:
        drop(view("W").viewport(), spots["middle"](view("W"), 0), drags.lines(TC, IMS), COPY)
    assert str(told.args[0]) == "One line at a time can back a factor that is there already."


def test_a_reason_is_said_once_however_far_the_pointer_moves(tab, view, drop, drags, spots) -> None:
    told: list[str] = []
    tab.refused.connect(lambda message: told.append(str(message)))
    target, data = view("SO"), drags.lines(TC)
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(target.viewport(), QDragEnterEvent(QPoint(9, 9), COPY, data, left, none))
    for step in range(5):
        at = spots["middle"](target, 0) + QPoint(step, step)
        QCoreApplication.sendEvent(target.viewport(), QDragMoveEvent(at, COPY, data, left, none))
    QCoreApplication.sendEvent(target.viewport(), QDragLeaveEvent())
    assert told == ["A line of results backs a factor: drop it on S, W, O or T."]


def test_files_are_left_to_the_window(view: View, drop, spots, session) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/files/data.xlsx")])
    data.setText("/files/data.xlsx")
    drop(view("T").viewport(), spots["middle"](view("T"), 0), data, COPY)
    assert not drop.entered
    assert session.stack.count() == 0


def test_rows_of_the_index_table_can_be_sent_without_dragging(tab: SwotTab, session: Session) -> None:
    tab.add_lines([TC, IMS], "W")
    assert [card.text.split(":")[0] for card in tab.board.selected()] == ["Services", "Services"]
    assert len(session.project.board.quadrant("W")) == 8


@pytest.mark.parametrize("quadrant", ["", "SO", "X"])
def test_rows_sent_to_no_quadrant_are_refused(tab: SwotTab, qtbot: QtBot, quadrant: str) -> None:
    with qtbot.waitSignal(tab.refused):
        tab.add_lines([TC], quadrant)
