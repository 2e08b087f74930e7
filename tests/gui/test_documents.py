"""New, open, save, recent files, and what happens to changes that are not saved."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.project import equal
from gui.documents import Documents
from gui.preferences import Preferences
from gui.prompts import Answer
from gui.session import Session


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "settings.ini")


@pytest.fixture
def documents(session: Session, prompts: Any, preferences: Preferences) -> Documents:
    return Documents(session, prompts, preferences)


def change(session: Session) -> None:
    session.apply("set_layout", table="table3", layout="years_across")


def test_a_saved_project_opens_again_as_it_was(
    documents: Documents, session: Session, prompts: Any, tmp_path: Path
) -> None:
    change(session)
    prompts.answers["save_file"] = tmp_path / "我的 project"
    assert documents.modified
    assert documents.save()
    assert not documents.modified
    saved = session.project
    assert documents.path == tmp_path / "我的 project.balassa"
    documents.new()
    assert session.project.tables == ()
    assert documents.open(tmp_path / "我的 project.balassa")
    assert equal(session.project, saved)


def test_saving_twice_asks_for_the_file_once(
    documents: Documents, session: Session, prompts: Any, tmp_path: Path
) -> None:
    prompts.answers["save_file"] = tmp_path / "a.balassa"
    documents.save()
    del prompts.answers["save_file"]
    change(session)
    assert documents.save()


@pytest.mark.parametrize(("answer", "left"), [(Answer.DISCARD, True), (Answer.CANCEL, False)])
def test_unsaved_changes_are_asked_about(
    documents: Documents, session: Session, prompts: Any, answer: Answer, left: bool
) -> None:
    change(session)
    before = session.project
    prompts.answers["unsaved"] = answer
    assert documents.may_leave() is left
    assert session.project is before


def test_a_save_that_was_called_off_does_not_lose_the_changes(
    documents: Documents, session: Session, prompts: Any
) -> None:
    change(session)
    prompts.answers |= {"unsaved": Answer.SAVE, "save_file": None}
    before = session.project
    documents.new()
    assert session.project is before
    assert documents.modified


def test_a_folder_that_cannot_be_written_to_leaves_the_document_modified(
    documents: Documents, session: Session, prompts: Any, tmp_path: Path
) -> None:
    change(session)
    prompts.answers["save_file"] = tmp_path / "no such folder" / "a.balassa"
    assert not documents.save()
    assert documents.modified
    assert len(prompts.told) == 1
    assert prompts.told[0].endswith(".")


@pytest.mark.parametrize("content", [b"", b"no project at all", b"PK\x03\x04 but broken"])
def test_a_file_that_is_no_project_changes_nothing(
    documents: Documents, session: Session, prompts: Any, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "a.balassa"
    path.write_bytes(content)
    before = session.project
    assert not documents.open(path)
    assert session.project is before
    assert len(prompts.told) == 1
    assert documents.recent == ()


def test_recent_files_are_newest_first_and_each_once(
    documents: Documents, session: Session, prompts: Any, tmp_path: Path
) -> None:
    for name in ("a", "b", "a"):
        prompts.answers["save_file"] = tmp_path / f"{name}.balassa"
        documents.save_as()
    assert [path.stem for path in documents.recent] == ["a", "b"]
    documents.forget_recent()
    assert documents.recent == ()


def test_preferences_survive_a_restart(tmp_path: Path, qapp: object) -> None:
    first = Preferences(tmp_path / "settings.ini")
    first.language, first.theme, first.beside = "zh", "dark", True
    first.remember(tmp_path / "x.balassa")
    del first
    second = Preferences(tmp_path / "settings.ini")
    assert (second.language, second.theme, second.beside) == ("zh", "dark", True)
    assert second.recent == (tmp_path / "x.balassa",)
