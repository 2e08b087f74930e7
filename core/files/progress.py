"""How long work says that it goes on, how far it is, and hears that it shall stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

Tick = Callable[[], None]
"""Called now and then during long work; raises to stop it. May be a `Gauge`."""


class Gauge(Protocol):
    """A tick that also wants to know how far the work is."""

    def __call__(self) -> None:
        """Like any tick."""

    def reach(self, fraction: float) -> None:
        """From 0 to 1, of the present step: a file read, a long text built. The next step begins at 0 again."""


def tick_at(tick: Tick, done: float, total: float) -> None:
    """A tick; a `Gauge` also hears which fraction of the step is done. `total` 0 says that nobody knows."""
    tick()
    reach: Callable[[float], None] | None = getattr(tick, "reach", None)
    if reach is not None and total > 0:
        reach(min(1.0, max(0.0, done / total)))
