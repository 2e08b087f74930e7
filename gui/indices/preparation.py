"""Computes an index beside the window where that takes long; the tab shows it when it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.results import Results
from gui.session import Session

Wanted = tuple[Results, str, tuple[str, Any] | None]
"""Results, an index, and the option with the value under which they are wanted too."""


class Preparation(QObject):
    """Belongs to the session, so that work that ends after its window has been built anew finds somebody."""

    done = Signal()
    """What was asked for last can be read now."""

    def __init__(self, session: Session) -> None:
        """Keeps hold of the newest results only."""
        super().__init__(session)
        self._runner = session.another_runner()
        self._ready: Wanted | None = None
        session.results_changed.connect(self._forget)

    def can_read(self, wanted: Wanted) -> bool:
        """Whether all is there; else it is computed, and `done` says when."""
        results, index, compared = wanted
        if self._is_ready(wanted) or (
            compared is None and all(each.is_ready(index) for each in results.tables.values())
        ):
            return True
        self._runner.run(lambda: _prepare(wanted), lambda _nothing: self._take(wanted))
        return self._is_ready(wanted)

    def _take(self, wanted: Wanted) -> None:
        self._ready = wanted
        self.done.emit()

    def _is_ready(self, wanted: Wanted) -> bool:
        return self._ready is not None and self._ready[0] is wanted[0] and self._ready[1:] == wanted[1:]

    def _forget(self, _results: Results) -> None:
        self._ready = None


def preparation_of(session: Session) -> Preparation:
    """The one of a session, made when it is first asked for."""
    known = session.findChild(Preparation)
    return known if isinstance(known, Preparation) else Preparation(session)


def _prepare(wanted: Wanted) -> None:
    results, index, compared = wanted
    under: Iterable[Results] = (results,)
    if compared is not None:
        option, other = compared
        under = (results, results.under({option: other}))
    for each in under:
        for table in each.tables.values():
            table.prepare(index)
