"""The session: every edit is one step, undo restores the identical project, refused edits leave no trace."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from core.edits import edits
from core.errors import UserError
from core.journal import Step
from core.project import Project
from core.results import Results
from gui.background import Background, Immediate, wait_for_the_left
from gui.session import Session

EXPORTS = ("CHN", "", "services", "exports")


def write(session: Session, number: float, year: int = 2018, merge: object = None) -> bool:
    return session.apply(
        "set_cells", table="table3", series=(EXPORTS,), periods=(year,), values=((number,),), merge=merge
    )


def tc(results: Results, year: int) -> float:
    line = results.find(("tc", "", "table3", "CHN", "", "services"))
    assert line is not None
    return float(line.values[line.years.index(year)])


def test_an_edit_arrives_as_project_and_results_and_undo_takes_both_back(session: Session, qtbot: QtBot) -> None:
    first, before = session.project, tc(session.results, 2018)
    with qtbot.waitSignals([session.project_changed, session.results_changed]):
        write(session, 5300.0)
    assert tc(session.results, 2018) == pytest.approx((5300.0 - 5250.4) / (5300.0 + 5250.4))
    session.undo()
    assert session.project is first
    assert tc(session.results, 2018) == before
    session.redo()
    assert tc(session.results, 2018) > 0


def test_a_refused_edit_leaves_no_trace(session: Session) -> None:
    first = session.project
    steps: list[Step] = []
    session.record = steps.append
    with pytest.raises(UserError):
        session.apply("set_layout", table="table3", layout="sideways")
    assert session.project is first
    assert session.stack.count() == 0
    assert not steps
    assert session.stack.isClean()


def test_an_attempt_that_is_refused_says_why(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.refused) as said:
        assert not session.attempt("set_layout", table="table3", layout="sideways")
    assert "sideways" in said.args[0].show("en")


def test_an_edit_that_changes_nothing_is_no_step(session: Session) -> None:
    assert not write(session, 2668.4)
    assert session.stack.count() == 0


def test_edits_that_merge_are_one_step(session: Session) -> None:
    first = session.project
    steps: list[Step] = []
    session.record = steps.append
    for number in (1.0, 2.0, 3.0):
        write(session, number, merge="slider")
    assert session.stack.count() == 1
    assert [step.merged for step in steps] == [False, True, True]
    session.undo()
    assert session.project is first


def test_saving_marks_the_present_step_as_clean_and_undo_past_it_is_modified(session: Session) -> None:
    write(session, 1.0)
    session.saved()
    assert session.stack.isClean()
    session.undo()
    assert not session.stack.isClean()
    session.redo()
    assert session.stack.isClean()


def test_the_oldest_steps_go_when_the_stack_holds_too_much(sample_project: Project, qapp: object) -> None:
    session = Session(sample_project, Immediate(), budget=6_000)
    for number in range(20):
        write(session, float(number))
    held = session.stack.count()
    assert 0 < held < 20
    while session.stack.canUndo():
        session.undo()
    assert tc(session.results, 2018) == pytest.approx((19 - held - 5250.4) / (19 - held + 5250.4))
    assert not session.stack.isClean()
    while session.stack.canRedo():
        session.redo()
    assert tc(session.results, 2018) == pytest.approx((19 - 5250.4) / (19 + 5250.4))


def test_the_clean_state_survives_when_old_steps_go(sample_project: Project, qapp: object) -> None:
    session = Session(sample_project, Immediate(), budget=6_000)
    for number in range(20):
        write(session, float(number))
    session.saved()
    write(session, 99.0)
    assert not session.stack.isClean()
    session.undo()
    assert session.stack.isClean()


def test_another_document_cannot_be_undone_into(session: Session) -> None:
    write(session, 1.0)
    session.open(Project("other"))
    assert not session.stack.canUndo()
    assert session.results.tables == {}


def test_results_computed_in_the_background_are_those_of_the_last_edit(sample_project: Project, qapp: object) -> None:
    session = Session(sample_project, Background())
    for number in range(50):
        write(session, float(number))
    session.wait()
    assert session.results.project is session.project
    assert tc(session.results, 2018) == pytest.approx((49 - 5250.4) / (49 + 5250.4))


def test_of_the_jobs_that_wait_only_the_newest_is_done(qapp: object) -> None:
    runner = Background()
    gate = threading.Event()
    done: list[int] = []
    started: list[int] = []

    def job(number: int) -> int:
        started.append(number)
        if number == 0:
            gate.wait(10)
        return number

    for number in range(5):
        runner.run(lambda number=number: job(number), done.append)  # type: ignore[misc]
    gate.set()
    runner.wait()
    assert started == [0, 4]
    assert done[-1] == 4


def test_work_that_is_left_ends_by_itself_and_nobody_waits(qapp: object) -> None:
    runner = Background()
    gate, begun = threading.Event(), threading.Event()
    done: list[int] = []

    def job(number: int) -> int:
        begun.set()
        gate.wait(10)
        return number

    runner.run(lambda: job(0), lambda _number: done.append(0))
    runner.run(lambda: job(1), lambda _number: done.append(1))
    assert begun.wait(10)
    runner.leave()
    del runner
    assert done == []
    gate.set()
    wait_for_the_left()
    assert done == [0], "what waited was dropped"


def test_an_error_in_the_background_is_raised_in_the_window_s_thread(qapp: object) -> None:
    runner = Background()

    def fail() -> None:
        raise ZeroDivisionError("in the job")

    runner.run(fail, lambda _result: None)
    with pytest.raises(ZeroDivisionError, match="in the job"):
        runner.wait()


def test_every_edit_has_a_label_for_the_undo_menu() -> None:
    assert all(edit.label.show("en") and edit.label.show("zh") for edit in edits().values())
