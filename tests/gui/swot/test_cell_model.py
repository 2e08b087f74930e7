"""The models of the cells: what they tell their views, and what they do with mime data."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from core.board import Board, Factor
from core.project import Project
from core.text import Bilingual
from gui.background import Immediate
from gui.mime import FACTORS, STRATEGIES, pack, unpack
from gui.session import Session
from gui.swot.board_models import BoardModels
from gui.swot.cards import Card
from gui.swot.cell_model import CARD, CellModel
from gui.swot.order import longest_rising

ROOT = QModelIndex()
MOVE, COPY = Qt.DropAction.MoveAction, Qt.DropAction.CopyAction


@pytest.fixture
def models(session: Session) -> BoardModels:
    return BoardModels(session)


@pytest.fixture
def four(qapp: QCoreApplication) -> Session:
    factors = tuple(Factor(each, "S", Bilingual(each)) for each in "abcd")
    return Session(Project("p", board=Board(factors=factors)), Immediate())


@pytest.mark.parametrize("cell", ["S", "W", "O", "T", "SO", "WO", "ST", "WT", "P"])
def test_every_cell_keeps_the_rules_of_a_model(models: BoardModels, qtmodeltester: ModelTester, cell: str) -> None:
    qtmodeltester.check(models[cell])


@pytest.mark.parametrize(("start", "to"), list(product(range(4), range(5))))
def test_moved_rows_stand_before_the_row_that_was_there(four: Session, start: int, to: int) -> None:
    """All pairs for four rows; Qt counts the destination before anything is taken out."""
    models = BoardModels(four)
    model = models["S"]
    marks = {each: QPersistentModelIndex(model.index(row)) for row, each in enumerate("abcd")}
    moved = "abcd"[start]
    assert model.moveRow(ROOT, start, ROOT, to)
    expected = list("abcd")
    expected.insert(to, "")
    expected.remove(moved)
    expected[expected.index("")] = moved
    assert model.ids() == expected == [each.id for each in four.project.board.factors]
    assert {each: mark.row() for each, mark in marks.items()} == {each: expected.index(each) for each in "abcd"}
    assert four.stack.count() == (0 if to in {start, start + 1} else 1)


def test_rows_that_are_not_there_are_not_moved(four: Session) -> None:
    models = BoardModels(four)
    model = models["S"]
    assert not model.moveRows(ROOT, 3, 2, ROOT, 0)
    assert not model.moveRows(model.index(0), 0, 1, ROOT, 2)


def test_no_view_can_remove_rows(models: BoardModels) -> None:
    """After a drag Qt's views ask the model to remove what they have selected then."""
    model = models["W"]
    assert not model.removeRows(0, 1)
    assert not model.removeRow(2)
    assert model.rowCount() == 6


@pytest.mark.parametrize(("cell", "kind"), [("W", FACTORS), ("WO", STRATEGIES)])
def test_what_is_dragged_out_says_its_ids_and_gives_other_programs_text(
    models: BoardModels, cell: str, kind: str
) -> None:
    model = models[cell]
    data = model.mimeData([model.index(row) for row in range(model.rowCount())][::-1])
    content = unpack(data, kind, "sample")
    assert content is not None
    assert content["ids"] == model.ids()
    assert data.text().splitlines()[0].startswith(f"{cell}1 ")
    assert data.html().count("<li>") == model.rowCount()


def test_factors_that_are_dropped_back_from_mime_data_arrive_once(models: BoardModels, session: Session) -> None:
    source, target = models["W"], models["T"]
    data = source.mimeData([source.index(1), source.index(4)])
    assert target.canDropMimeData(data, MOVE, 1, 0, ROOT)
    assert target.dropMimeData(data, MOVE, 1, 0, ROOT)
    assert target.ids() == ["t1", "w2", "w5", "t2", "t3", "t4"]
    assert source.ids() == ["w1", "w3", "w4", "w6"]
    assert len(session.project.board.factors) == 17
    session.undo()
    assert source.ids() == ["w1", "w2", "w3", "w4", "w5", "w6"]


def test_mime_data_of_another_project_or_damaged_is_refused(models: BoardModels) -> None:
    foreign = pack(FACTORS, "another", ids=["w1"])
    gone = pack(FACTORS, "sample", ids=["w99", 7, ["w1"]])
    shapeless = pack(FACTORS, "sample", ids="w1")
    damaged = QMimeData()
    damaged.setData(FACTORS, b"{")
    for data in (foreign, gone, shapeless, damaged, QMimeData()):
        assert not models["T"].canDropMimeData(data, MOVE, 0, 0, ROOT)
        assert not models["T"].dropMimeData(data, MOVE, 0, 0, ROOT)
    assert models["T"].rowCount() == 4


def test_a_factor_dropped_on_a_strategy_is_cited_and_stays_where_it_is(models: BoardModels, session: Session) -> None:
    target = models["ST"]
    data = models["S"].mimeData([models["S"].index(1)])
    assert target.dropMimeData(data, MOVE, -1, -1, target.index(0))
    strategy = session.project.board.strategy("st1")
    assert strategy is not None
    assert strategy.cites == ("t1", "t2", "t3", "s2")
    assert models["S"].ids() == ["s1", "s2", "s3"]
    assert not target.canDropMimeData(data, MOVE, -1, -1, target.index(0))


def test_only_rows_that_changed_are_told(models: BoardModels, session: Session) -> None:
    told: list[tuple[str, int]] = []
    for cell in ("S", "W", "O", "T", "WO", "WT"):
        models[cell].dataChanged.connect(lambda first, _last, _roles, cell=cell: told.append((cell, first.row())))
        models[cell].modelReset.connect(lambda cell=cell: told.append((cell, -1)))
    session.apply("set_factor_text", factor="w2", text=Bilingual("New words", "新"))
    assert told == [("W", 1)]
    told.clear()
    session.apply("uncite", strategy="wt1", factors=("w1",))
    assert sorted(told) == [("W", 0), ("WT", 0)]


def test_a_selection_survives_what_happens_around_it(models: BoardModels, session: Session) -> None:
    model = models["W"]
    selection = QItemSelectionModel(model)
    for row in (1, 4):
        selection.select(model.index(row), QItemSelectionModel.SelectionFlag.Select)
    session.apply("move_factors", factors=("w5", "w1"), quadrant="W", position=3)
    session.apply("remove_factors", factors=("w3",))
    session.apply("move_factors", factors=("t1",), quadrant="W", position=0)
    selected = {model.card(index.row()).id for index in selection.selectedIndexes()}
    assert model.ids() == ["t1", "w2", "w5", "w1", "w4", "w6"]
    assert selected == {"w2", "w5"}


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_any_order_becomes_any_other_and_every_index_follows_its_card(before: list[str], after: list[str]) -> None:
    model = CellModel(Session(Project("p"), Immediate()), "S")
    model.show([Card(each, "S", text=each) for each in before])
    marks = {each: QPersistentModelIndex(model.index(row)) for row, each in enumerate(before)}
    model.show([Card(each, "S", text=each.upper()) for each in after])
    assert model.ids() == after
    assert [model.data(model.index(row)) for row in range(len(after))] == [each.upper() for each in after]
    for each, mark in marks.items():
        assert mark.row() == (after.index(each) if each in after else -1)


@given(st.permutations(range(7)))
def test_what_can_stay_is_as_much_as_possible(numbers: list[int]) -> None:
    """Against trying every subset."""
    best = 0
    for chosen in range(1 << len(numbers)):
        run = [number for at, number in enumerate(numbers) if chosen >> at & 1]
        if run == sorted(run):
            best = max(best, len(run))
    kept = longest_rising(numbers)
    assert len(kept) == best
    assert [number for number in numbers if number in kept] == sorted(kept)


def test_a_draft_is_on_the_screen_only_until_something_is_written(models: BoardModels, session: Session) -> None:
    model = models["W"]
    index = model.begin_draft(2)
    assert (model.rowCount(), len(session.project.board.factors)) == (7, 17)
    assert not model.setData(index, "   ")
    session.apply("move_factors", factors=("w6",), quadrant="W", position=0)
    assert model.ids() == ["w6", "w1", "", "w2", "w3", "w4", "w5"]
    assert model.setData(model.index(2), "Slow  customs\nclearance")
    made = session.project.board.quadrant("W")[2]
    assert made.text == Bilingual("Slow customs clearance")
    assert model.ids()[2] == made.id
    assert model.index(2).data(CARD).code == "W3"
    session.undo()
    assert model.ids() == ["w6", "w1", "w2", "w3", "w4", "w5"]


def test_a_card_says_to_a_screen_reader_what_it_shows(models: BoardModels) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    spoken = models["W"].index(1).data(role)
    assert spoken == (
        "Weakness 2 of 6: Few experienced people with several skills. Evidence: text only. Cited by WO1, WT1."
    )
    assert models["WT"].index(0).data(role).endswith("Cites W1, W2, W4, T1, O1. Outside its type: O1.")
