"""The journal gives back what was done; core/journal.py says how a line looks."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.codec import Malformed
from core.edits import apply, edits
from core.errors import UserError
from core.files.project_file import read_project, write_project
from core.journal import LARGE, Journal, Step, decode_step, encode_step, replay
from core.project import Project, equal
from core.sample import sample
from tests.project_edits import BUILDERS, draw_edit, projects
from tests.table_values import tables

EXPORTS = ("CHN", "", "services", "exports")


class Kept:
    """A sink in memory that refuses a line whose parts have not come before it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: dict[str, bytes] = {}

    def part(self, digest: str, data: bytes) -> None:
        assert hashlib.sha256(data).hexdigest() == digest
        self.parts[digest] = data

    def line(self, text: str) -> None:
        assert "\n" not in text
        assert set(json.loads(text).get("parts", {}).values()) <= self.parts.keys()
        self.lines.append(text)


def set_exports(year: int, value: float | None) -> dict[str, object]:
    return {"table": "table3", "series": (EXPORTS,), "periods": (year,), "values": ((value,),)}


def test_every_registered_edit_is_tried_by_the_property_tests() -> None:
    assert set(BUILDERS) == set(edits())


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(projects, st.data())
def test_a_step_read_from_its_line_does_the_same(project: Project, data: st.DataObject) -> None:
    drawn = draw_edit(data.draw, project)
    if drawn is None:
        return
    name, arguments = drawn
    line, parts = encode_step(Step("apply", name, arguments))
    back = decode_step(line, parts)
    try:
        after = apply(project, name, **arguments)
    except UserError:
        with pytest.raises(UserError):
            apply(project, name, **(back.arguments or {}))
    else:
        assert equal(apply(project, name, **(back.arguments or {})), after)


class Desk(RuleBasedStateMachine):
    """A person at work: edits, undo, redo, save. The rules of undo are written out here a second time."""

    @initialize(start=projects | st.builds(sample))
    def begin(self, start: Project) -> None:
        self.first = self.now = start
        self.past: list[Project] = []
        self.future: list[Project] = []
        self.kept = Kept()
        self.journal = Journal(self.kept)

    @rule(data=st.data(), merge=st.booleans())
    def edit(self, data: st.DataObject, merge: bool) -> None:
        drawn = draw_edit(data.draw, self.now)
        if drawn is None:
            return
        name, arguments = drawn
        try:
            after = apply(self.now, name, **arguments)
        except UserError:
            return
        if after is self.now:
            return
        merged = merge and bool(self.past)
        if not merged:
            self.past.append(self.now)
        self.now, self.future = after, []
        self.journal.record(Step("apply", name, arguments, merged))

    @rule()
    def undo(self) -> None:
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()
            self.journal.record(Step("undo"))

    @rule()
    def redo(self) -> None:
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()
            self.journal.record(Step("redo"))

    @rule()
    def save(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.balassa"
            write_project(self.now, path)
            assert equal(read_project(path), self.now)
        self.journal.record(Step("saved"))

    @invariant()
    def the_journal_gives_the_project_back(self) -> None:
        assert equal(replay(self.first, self.kept.lines, self.kept.parts), self.now)

    def teardown(self) -> None:
        while getattr(self, "past", None):
            self.undo()
        if hasattr(self, "first"):
            assert self.now is self.first
            assert equal(replay(self.first, self.kept.lines, self.kept.parts), self.first)


def test_replaying_any_sequence_of_edits_undos_redos_and_saves_gives_an_equal_project() -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Desk, settings=settings(deadline=None, max_examples=40, stateful_step_count=15, suppress_health_check=slow)
    )


def test_an_imported_table_is_a_part_and_not_in_the_line() -> None:
    project = sample()
    table = project.tables[0]
    line, parts = encode_step(Step("apply", "add_table", {"table": table}))
    data = json.loads(line)
    big = json.dumps(data["arguments"])
    assert len(big) < LARGE or data["parts"]
    wide = apply(project, "set_cells", **set_exports(2019, 1.0)).tables[1]
    many = tuple(table for _ in range(40))
    line, parts = encode_step(Step("apply", "add_tables", {"tables": many}))
    (digest,) = parts
    assert json.loads(line)["parts"] == {"tables": digest}
    assert json.loads(line)["arguments"] == {}
    assert len(line) < 300
    decoded = decode_step(line, parts).arguments
    assert decoded is not None
    assert equal(decoded["tables"], many)
    assert wide is not table


def test_undo_cuts_the_redo_of_an_edit_that_follows() -> None:
    project = sample()
    kept = Kept()
    journal = Journal(kept)
    for step in (
        Step("apply", "set_cells", set_exports(2018, 1.0)),
        Step("undo"),
        Step("apply", "set_cells", set_exports(2018, 2.0)),
        Step("apply", "set_cells", set_exports(2018, 3.0), merged=True),
    ):
        journal.record(step)
    after = replay(project, kept.lines, kept.parts)
    table = after.table("table3")
    assert table is not None
    assert table.value(table.find(EXPORTS), table.period(2018)) == 3.0
    assert replay(project, [*kept.lines, '{"do":"undo"}'], kept.parts) is project
    with pytest.raises(Malformed, match="line 5"):
        replay(project, [*kept.lines, '{"do":"redo"}'], kept.parts)


def test_numbers_of_numpy_are_written_as_numbers() -> None:
    line, parts = encode_step(Step("apply", "set_cells", set_exports(np.int64(2018), np.float64(0.1))))  # type: ignore[arg-type]
    assert decode_step(line, parts).arguments == set_exports(2018, 0.1)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        '{"do":"erase"}',
        '{"do":"apply","name":"no_such_edit","arguments":{},"parts":{},"merged":false}',
        '{"do":"apply","name":"set_cells","arguments":{"strange":1},"parts":{},"merged":false}',
        '{"do":"apply","name":"set_title","arguments":{"title":5},"parts":{},"merged":false}',
        '{"do":"apply","name":"add_table","arguments":{},"parts":{"table":"00"},"merged":false}',
        '{"do":"apply","name":"set_title","arguments":{},"parts":{},"merged":false}',
        '{"do":"undo"}',
        '{"do":"apply","name":"remove_table","arguments":{"table":"gone"},"parts":{},"merged":false}',
    ],
)
def test_a_damaged_line_is_refused_in_one_way(line: str) -> None:
    with pytest.raises(Malformed):
        replay(sample(), [line], {})


@given(tables())
def test_a_changed_part_is_noticed(table: object) -> None:
    line, _ = encode_step(Step("apply", "add_table", {"table": table}))
    data = json.loads(line)
    data["parts"] = {"table": "0" * 64}
    data["arguments"] = {}
    with pytest.raises(Malformed):
        decode_step(json.dumps(data), {"0" * 64: b"{}"})
