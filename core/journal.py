"""The journal: what was done to a project since it was opened, as lines and parts that give it back.

A line is JSON: `{"do": "apply", "name": …, "arguments": {…}, "parts": {…}, "merged": false}`, `{"do": "undo"}`,
`{"do": "redo"}` or `{"do": "saved"}`. Large arguments, such as an imported table, are parts: immutable bytes that
the line refers to by their SHA-256, and that must be safe on disk before the line is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from core.codec import Malformed, encode
from core.edits import apply, decode_arguments
from core.errors import UserError
from core.project import Project

KINDS = ("apply", "undo", "redo", "saved")
LARGE = 16_384
"""Characters from which an argument becomes a part."""


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to a project: "apply" with name and arguments, "undo", "redo" or "saved"."""

    kind: str
    name: str = ""
    arguments: Mapping[str, Any] | None = None
    merged: bool = False
    """The edit became one step with the one before it."""


class Sink(Protocol):
    """Where a journal goes; each call returns when what it was given is safe."""

    def part(self, digest: str, data: bytes) -> None:
        """Keep a part; the same one may come again."""

    def line(self, text: str) -> None:
        """Append a line."""


class Journal:
    """Writes each step of a session, the parts before the line that refers to them."""

    def __init__(self, sink: Sink) -> None:
        """`record` is what a session calls."""
        self._sink = sink
        self._known: set[str] = set()

    def record(self, step: Step) -> None:
        """Write one step."""
        line, parts = encode_step(step)
        for digest, data in parts.items():
            if digest not in self._known:
                self._sink.part(digest, data)
                self._known.add(digest)
        self._sink.line(line)


def encode_step(step: Step) -> tuple[str, dict[str, bytes]]:
    """A step as one line of ASCII without its end, and the parts that it refers to by their SHA-256."""
    if step.kind != "apply":
        return json.dumps({"do": step.kind}), {}
    small: dict[str, Any] = {}
    references: dict[str, str] = {}
    parts: dict[str, bytes] = {}
    for name, value in (step.arguments or {}).items():
        data = encode(value)
        text = _json(data)
        if len(text) < LARGE:
            small[name] = data
        else:
            part = text.encode()
            digest = references[name] = hashlib.sha256(part).hexdigest()
            parts[digest] = part
    line = {"do": "apply", "name": step.name, "arguments": small, "parts": references, "merged": step.merged}
    return _json(line), parts


def decode_step(line: str, parts: Mapping[str, bytes]) -> Step:
    """The inverse; raises Malformed for a damaged line, an unknown edit, and a part that is missing or changed."""
    try:
        data = json.loads(line)
        if data["do"] not in KINDS:
            raise Malformed(f"{data['do']} is no step")
        if data["do"] != "apply":
            return Step(data["do"])
        arguments = {**data["arguments"]}
        for name, digest in data["parts"].items():
            part = parts[digest]
            if hashlib.sha256(part).hexdigest() != digest:
                raise Malformed(f"part {digest} has changed")
            arguments[name] = json.loads(part)
        return Step("apply", data["name"], decode_arguments(data["name"], arguments), bool(data["merged"]))
    except (TypeError, LookupError, ValueError, ArithmeticError, RecursionError) as error:
        raise Malformed(f"journal: {error}") from error


def replay(project: Project, lines: Iterable[str], parts: Mapping[str, bytes]) -> Project:
    """The project after all steps, as it was in the session; raises Malformed where they do not fit it."""
    before: list[Project] = []
    after: list[Project] = []
    for number, line in enumerate(lines, 1):
        step = decode_step(line, parts)
        try:
            if step.kind == "apply":
                changed = apply(project, step.name, **(step.arguments or {}))
                if not step.merged:
                    before.append(project)
                project, after = changed, []
            elif step.kind == "undo":
                after.append(project)
                project = before.pop()
            elif step.kind == "redo":
                before.append(project)
                project = after.pop()
        except (UserError, IndexError, TypeError) as error:
            raise Malformed(f"line {number} does not fit: {error}") from error
    return project


def _json(data: Any) -> str:
    """Plain ASCII, so that no character can end a line early. Takes the numbers of NumPy as numbers."""
    return json.dumps(data, separators=(",", ":"), default=lambda value: value.tolist())
