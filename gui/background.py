"""Work outside the window's thread: one job at a time, and of those waiting only the newest is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QDeadlineTimer, QObject, QRunnable, QThreadPool, Signal, Slot

Job = Callable[[], Any]
Done = Callable[[Any], None]


class Runner(Protocol):
    """Runs a function and hands its result to `done` in the window's thread.

    `lull` are the seconds that work which nobody waits for lets pass first: Python threads share one interpreter, and
    what begins at once would delay the painting of an edit.
    """

    lull: float

    def run(self, job: Job, done: Done) -> None:
        """Start the job, or replace the one that waits."""

    def wait(self) -> None:
        """Return when nothing runs or waits; results that came meanwhile have been handed over."""

    def leave(self) -> None:
        """Return at once: what waits is dropped, and what runs ends by itself."""

    def hold(self) -> None:
        """Let jobs wait until `release`: what is computed meanwhile would delay the first paint of the window."""

    def release(self) -> None:
        """Start what waits."""

    def another(self) -> Runner:
        """A runner of the same kind for work that does not replace this one's."""


class Immediate:
    """Does the job at once; for tests and headless use."""

    lull = 0.0

    def run(self, job: Job, done: Done) -> None:
        """Run and hand over."""
        done(job())

    def wait(self) -> None:
        """Nothing is ever left."""

    def leave(self) -> None:
        """Nothing is ever left."""

    def hold(self) -> None:
        """Nothing ever waits."""

    def release(self) -> None:
        """Nothing ever waits."""

    def another(self) -> Immediate:
        """One that works at once too."""
        return Immediate()


_left: set[Background] = set()
"""Those that nobody waits for; a pool that is thrown away with its work unfinished would block the window."""


def wait_for_the_left() -> None:
    """Block until the work that was left is done; before the program ends."""
    while _left:
        next(iter(_left)).wait()


class Background(QObject):
    """Newest wins: a job that has not begun is dropped for a newer one. Safe because projects are immutable."""

    _finished = Signal(object)
    lull = 0.15

    def __init__(self, parent: QObject | None = None) -> None:
        """Uses a pool of its own with one thread."""
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._running: _Running | None = None
        self._waiting: tuple[Job, Done] | None = None
        self._held = False
        self._finished.connect(self._take)

    def run(self, job: Job, done: Done) -> None:
        """Start the job, or let it wait in place of an older one."""
        if self._running is not None or self._held:
            self._waiting = job, done
        else:
            self._start(job, done)

    def hold(self) -> None:
        """What runs goes on."""
        self._held = True

    def release(self) -> None:
        """Start what waits, if nothing runs."""
        self._held = False
        if self._running is None and self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._start(*waiting)

    def wait(self) -> None:
        """Block until the last job is done and handed over; for closing and for tests."""
        self.release()
        while self._running is not None:
            self._pool.waitForDone()
            self._take(self._running)

    def leave(self) -> None:
        """Drop what waits; what runs is kept alive until it ends, at its next tick if it has any."""
        self._waiting = None
        if self._running is not None:
            _left.add(self)

    def another(self) -> Background:
        """One with a thread of its own."""
        return Background()

    def wait_a_moment(self, milliseconds: int) -> None:
        """Block for so long at most until the last job is done and handed over."""
        deadline = QDeadlineTimer(milliseconds)
        while self._running is not None and self._pool.waitForDone(max(int(deadline.remainingTime()), 0)):
            self._take(self._running)

    def _start(self, job: Job, done: Done) -> None:
        self._running = _Running(job, done, self._finished)
        self._pool.start(self._running)

    @Slot(object)
    def _take(self, finished: _Running) -> None:
        if finished is not self._running:  # handed over by `wait` before its signal arrived
            return
        self._running = None
        _left.discard(self)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._start(*waiting)
        if finished.error is not None:
            raise finished.error
        if waiting is None:
            finished.done(finished.result)


class _Running(QRunnable):
    def __init__(self, job: Job, done: Done, finished: Any) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self._job, self.done, self._finished = job, done, finished
        self.result: Any = None
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self._job()
        except BaseException as error:  # noqa: BLE001 - raised again in the window's thread, where it is reported
            self.error = error
        self._finished.emit(self)
