"""Whatever a person does: the journal gives it back, undo gives the first project itself, a file an equal one."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.files.project_file import read_project, write_project
from core.journal import Journal, replay
from core.project import equal
from core.sample import sample
from gui.background import Immediate
from gui.session import Session
from tests.project_edits import draw_edit, projects


class Kept:
    """A journal in memory."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: dict[str, bytes] = {}

    def part(self, digest: str, data: bytes) -> None:
        self.parts[digest] = data

    def line(self, text: str) -> None:
        self.lines.append(text)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(start=projects | st.builds(sample), data=st.data())
def test_a_session_can_be_replayed_undone_and_saved(qapp: object, start: object, data: st.DataObject) -> None:
    session, kept = Session(start, Immediate()), Kept()  # type: ignore[arg-type]
    session.record = Journal(kept).record
    for _ in range(data.draw(st.integers(0, 15), label="steps")):
        action = data.draw(st.sampled_from(["edit", "edit", "edit", "merge", "undo", "redo", "save"]))
        if action == "undo":
            session.undo()
        elif action == "redo":
            session.redo()
        elif action == "save":
            session.saved()
        elif (drawn := draw_edit(data.draw, session.project)) is not None:
            name, arguments = drawn
            try:
                session.apply(name, merge=1 if action == "merge" else None, **arguments)
            except UserError:
                continue
    assert equal(replay(start, kept.lines, kept.parts), session.project)  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.balassa"
        write_project(session.project, path)
        assert equal(read_project(path), session.project)
    while session.stack.canUndo():
        session.undo()
    assert session.project is start
    assert equal(replay(start, kept.lines, kept.parts), start)  # type: ignore[arg-type]
    session.stack.clear()
