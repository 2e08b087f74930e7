"""Fixtures of all tests: sessions without threads, answered prompts, and the rules that fail a test."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.project import Project
from core.sample import sample
from gui.background import Immediate
from gui.prompts import Answer
from gui.session import Session
from gui.text import set_language


class Answers:
    """Prompts answered beforehand: `answers` maps a question to what a person would choose."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {}
        self.told: list[str] = []

    def _answer(self, question: str) -> object:
        assert question in self.answers, f"unexpected question: {question}"
        return self.answers[question]

    def open_file(self, title: str, filters: str) -> Path | None:
        return self._answer("open_file")  # type: ignore[return-value]

    def open_files(self, title: str, filters: str) -> tuple[Path, ...]:
        return self._answer("open_files")  # type: ignore[return-value]

    def save_file(self, title: str, filters: str, suggestion: str) -> Path | None:
        return self._answer("save_file")  # type: ignore[return-value]

    def unsaved(self, name: str) -> Answer:
        return self._answer("unsaved")  # type: ignore[return-value]

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        return self._answer("ask_text")  # type: ignore[return-value]

    def tell(self, title: str, text: str) -> None:
        self.told.append(text)


@pytest.fixture
def prompts() -> Answers:
    return Answers()


@pytest.fixture(scope="session")
def sample_project() -> Project:
    return sample()


@pytest.fixture
def session(qapp: object, sample_project: Project) -> Iterator[Session]:
    """The sample project in a session that computes at once."""
    opened = Session(sample_project, Immediate())
    yield opened
    opened.stack.clear()


@pytest.fixture(autouse=True)
def _english() -> None:
    """Each test begins in English, whatever the one before it chose."""
    set_language("en")


@pytest.fixture(autouse=True)
def _warnings_in_the_log_fail(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    loud = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, loud
