"""Starts the child, waits with a limit of time and memory, and ends it whatever happens."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from core.files.child.answers import Answer, Nonsense, unpacked
from core.files.child.limits import Watch
from core.files.child.serve import MOST_SECONDS, NO_ROOM
from core.files.scratch import no_room, scratch
from core.places import ROOT

COMMAND = "read-sheets"
"""The argument by which `main.py`, and the packaged application, is a child."""
_MOST_ANSWER = 2**29
_LOOK_EVERY = 0.01


class Failed(Exception):
    """The child died, ran out of time or memory, or answered nonsense; the message is for the log."""


class TooLong(Failed):
    """The child was stopped because it took too long."""


class Child:
    """A process that reads files; it answers one request after the other."""

    def __init__(self) -> None:
        """Starts it."""
        self._folder = _new_folder()
        self._asked = 0
        frozen = getattr(sys, "frozen", False)
        command = [sys.executable, COMMAND] if frozen else [sys.executable, str(ROOT / "main.py"), COMMAND]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._watch = Watch(self._process.pid)

    @property
    def folder(self) -> Path:
        """Where its answers are written."""
        return Path(self._folder.name)

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def ask(self, request: dict[str, Any], tick: Callable[[], None], seconds: float = MOST_SECONDS) -> Answer:
        """The answer to a request; raises Failed, and whatever `tick` raises. After that the child is of no use.

        Raises UserError where there is no room for an answer.
        """
        self._asked += 1
        answer = self.folder / f"{self._asked}.answer"
        line = json.dumps({**request, "answer": str(answer)}) + "\n"
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(line.encode())
            self._process.stdin.flush()
        except OSError as error:
            raise Failed("the child is gone") from error
        self._await(answer, tick, time.monotonic() + seconds)
        try:
            if answer.stat().st_size > _MOST_ANSWER:
                raise Failed("a long answer")
            data = answer.read_bytes()
            answer.unlink()
            return unpacked(data)
        except (OSError, Nonsense) as error:
            raise Failed(f"answer: {error}") from error

    def _await(self, answer: Path, tick: Callable[[], None], deadline: float) -> None:
        while not answer.exists():
            tick()
            if time.monotonic() > deadline:
                raise TooLong
            if self._watch.exceeded():
                raise Failed("memory")
            with contextlib.suppress(subprocess.TimeoutExpired):
                code = self._process.wait(_LOOK_EVERY)
                if code == NO_ROOM:
                    raise no_room()
                if not answer.exists():
                    raise Failed(f"ended with {code}")

    def close(self) -> None:
        """End it, at once."""
        with contextlib.suppress(OSError):
            self._process.kill()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()
        self._watch.close()
        self._folder.cleanup()


def _new_folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(dir=scratch(), ignore_cleanup_errors=True)
    except OSError as error:
        raise no_room() from error


_KEPT: ContextVar[list[Child] | None] = ContextVar("kept", default=None)


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Within, one child reads file after file and is replaced when it fails: for many small files in a row."""
    children: list[Child] = []
    token = _KEPT.set(children)
    try:
        yield
    finally:
        _KEPT.reset(token)
        for child in children:
            child.close()


def ask(request: dict[str, Any], tick: Callable[[], None], seconds: float = MOST_SECONDS) -> Answer:
    """The answer of a child to a request; raises Failed, and whatever `tick` raises."""
    spare = _KEPT.get()
    child = spare.pop() if spare else Child()
    try:
        answer = child.ask(request, tick, seconds)
    except BaseException:
        child.close()
        raise
    if spare is None or not child.alive:
        child.close()
    else:
        spare.append(child)
    return answer
