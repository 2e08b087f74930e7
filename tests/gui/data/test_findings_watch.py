"""The data checks run beside the window: an edit stops those of an older project, and the newest are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.checks import check_project
from core.checks.finding import Finding, Level
from core.project import Project, Study
from core.text import Bilingual
from gui.background import Background
from gui.data.findings_watch import Found, watch_of
from gui.data.tab import DataTab
from gui.session import Session
from tests.conftest import Answers

CELL = {"table": "table3", "series": (("CHN", "", "services", "imports"),), "periods": (2009,)}


def test_an_edit_stops_the_check_of_the_older_project(
    qtbot: QtBot, sample_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of the first project would never end by itself."""
    begun: list[Project] = []

    def check(project: Project, tick: Callable[[], None]) -> tuple[Finding, ...]:
        begun.append(project)
        while project is sample_project:
            tick()
        return check_project(project, tick)

    monkeypatch.setattr("core.checks.check_project", check)
    session = Session(sample_project, Background())
    watch = watch_of(session)
    got: list[Found] = []
    watch.changed.connect(got.append)
    qtbot.waitUntil(lambda: begun == [sample_project])
    assert watch.busy
    session.apply("set_cells", values=((1589.2,),), **CELL)
    session.wait()
    assert not watch.busy
    assert [each.project for each in got] == [session.project]
    assert Level.ERROR not in {each.level for each in got[0].all}


def test_another_table_for_a_measure_is_checked_and_another_home_is_not(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[Project] = []

    def check(project: Project, _tick: Callable[[], None]) -> tuple[Finding, ...]:
        checked.append(project)
        return ()

    monkeypatch.setattr("core.checks.check_project", check)
    watch = watch_of(session)
    study = session.project.study
    session.apply("set_study", study=replace(study, bindings={"gdp": "worldbank"}))
    assert checked[-1] is session.project
    count = len(checked)
    session.apply("set_study", study=replace(session.project.study, sector=""))
    assert len(checked) == count
    assert not watch.busy


def test_a_check_that_takes_long_says_so(
    qtbot: QtBot, sample_project: Project, prompts: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check of the first project would never end by itself."""

    def check(project: Project, tick: Callable[[], None]) -> tuple[Finding, ...]:
        while project is sample_project:
            tick()
        return ()

    monkeypatch.setattr("core.checks.check_project", check)
    session = Session(sample_project, Background())
    tab = DataTab(session, prompts)
    qtbot.addWidget(tab)
    said = tab.findings.findChild(QLabel, "findingsSaid")
    assert isinstance(said, QLabel)
    qtbot.waitUntil(lambda: said.text() == "checking …")
    session.apply("set_cells", values=((1589.2,),), **CELL)
    session.wait()
    assert said.text() == "Nothing was found."


def test_nobody_waits_for_a_check_when_the_program_ends(
    qtbot: QtBot, sample_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check would never end by itself."""
    begun: list[Project] = []

    def check(project: Project, tick: Callable[[], None]) -> tuple[Finding, ...]:
        begun.append(project)
        while True:
            tick()

    monkeypatch.setattr("core.checks.check_project", check)
    session = Session(sample_project, Background())
    watch = watch_of(session)
    qtbot.waitUntil(lambda: bool(begun))
    watch.leave()
    session.apply("set_cells", values=((1589.2,),), **CELL)
    session.wait()
    assert (watch.found, begun) == (None, [sample_project])


def test_the_checks_come_after_the_results(qapp: object, sample_project: Project) -> None:
    session = Session(sample_project, Background())
    watch = watch_of(session)
    seen: list[Project] = []
    watch.changed.connect(lambda _found: seen.append(session.results.project))
    session.wait()
    assert seen == [sample_project]
    assert watch.found is not None
    assert watch.found.all == check_project(sample_project)


def test_only_the_tables_make_them_look_again(
    session: Session, sample_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Project] = []

    def check(project: Project, _tick: Callable[[], None]) -> tuple[Finding, ...]:
        looked.append(project)
        return ()

    monkeypatch.setattr("core.checks.check_project", check)
    watch_of(session)
    session.apply("dismiss_finding", key="k", reason="known")
    session.apply("set_study", study=Study(home="CHN", sector="goods"))
    session.apply("set_board_texts", title=Bilingual("Board"), objective=Bilingual())
    assert looked == [sample_project]
    session.apply("set_cells", values=((1589.2,),), **CELL)
    assert looked == [sample_project, session.project]


def test_a_fault_in_a_check_is_not_hidden(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_project: Project, _tick: Callable[[], None]) -> tuple[Finding, ...]:
        raise ZeroDivisionError

    monkeypatch.setattr("core.checks.check_project", check)
    with pytest.raises(ZeroDivisionError):
        watch_of(session)
