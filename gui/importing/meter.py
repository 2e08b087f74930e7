"""How far the reading of files is, told by the thread that reads and looked at by the window's thread."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QProgressBar

_STEPS = 1000
PAUSE = 100
"""Milliseconds between two looks at a meter."""


class Stopped(Exception):
    """Nobody waits for the work any more."""


class Meter:
    """A `core.files.progress.Gauge`. Safe between threads, because it hands over one number and no signal."""

    def __init__(self, wanted: Callable[[], bool]) -> None:
        """The work is stopped at its next tick when it is no longer `wanted`."""
        self._wanted = wanted
        self.fraction: float | None = None
        """From 0 to 1, of the present step; None while nobody knows."""

    def __call__(self) -> None:
        """Raise `Stopped` where nobody waits."""
        if not self._wanted():
            raise Stopped

    def reach(self, fraction: float) -> None:
        """The work says how far it is."""
        self.fraction = fraction


def show_fraction(bar: QProgressBar, fraction: float | None) -> None:
    """A bar that fills; one that only moves where nobody knows how far the work is."""
    if fraction is None:
        bar.setRange(0, 0)
        return
    bar.setRange(0, _STEPS)
    bar.setValue(round(_STEPS * fraction))
