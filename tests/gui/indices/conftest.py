"""A shown Indices tab on the sample project, and the edit of one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from gui.indices.tab import IndicesTab
from gui.prompts import Prompts
from gui.session import Session


@pytest.fixture
def tab(qtbot: QtBot, session: Session, prompts: Prompts) -> Iterator[IndicesTab]:
    shown = IndicesTab(session, prompts)
    shown.resize(1100, 720)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()
    shown.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def set_import(session: Session) -> Callable[[int, float | None], None]:
    """Edits the imports of table 3 in one year, as the grid does."""

    def edit(year: int, value: float | None) -> None:
        key = ("CHN", "", "services", "imports")
        session.apply("set_cells", table="table3", series=(key,), periods=(year,), values=((value,),))

    return edit
