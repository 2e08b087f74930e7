"""Cells with findings carry a sign: its shape and colour say the level, its tooltip the sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from core.checks.finding import Finding, Level, Spot
from core.layouts import Grid
from core.table import Table
from core.text import Bilingual, text
from gui import style
from gui.data.findings_marks import areas_of, marks_of
from gui.data.findings_signs import SIGNS, colour, sign_icon
from gui.data.tab import DataTab
from gui.session import Session

READ_OUT = Qt.ItemDataRole.AccessibleDescriptionRole
TIP, SIGN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DecorationRole
IMPORTS = ("CHN", "", "services", "imports")
EXPORTS = ("CHN", "", "services", "exports")
HERE = (Bilingual("Here"),)


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Finding]:
    """Found from now on: an error in a cell, which a cell of the World Bank contradicts, and a doubtful series."""
    both = (Spot("table3", IMPORTS, 2009), Spot("worldbank", IMPORTS, 2009))
    findings = [
        Finding("source", HERE, text("{a} < 2", a=1), Level.ERROR, spots=both),
        Finding("break", HERE, text("breaks"), Level.WARNING, spots=(Spot("table3", EXPORTS),)),
        Finding("sum", HERE, text("rounded"), Level.NOTE, spots=(Spot("table3", IMPORTS, 2009),)),
    ]
    monkeypatch.setattr("core.checks.check_project", lambda _project, _tick=None: tuple(findings))
    return findings


def painted(tab: DataTab, row: int, column: int) -> set[str]:
    """The colours in the upper left corner of a cell."""
    cell = tab.grid.visualRect(tab.model.index(row, column))
    image: QImage = tab.grid.viewport().grab().toImage()
    return {image.pixelColor(cell.left() + x, cell.top() + y).name() for x in range(2, 9) for y in range(2, 9)}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_cell_with_findings_shows_the_sign_of_the_worst(
    found: list[Finding], tab: DataTab, qapp: QApplication, theme: str
) -> None:
    style.apply_theme(qapp, theme)
    try:
        assert colour("error") in painted(tab, 0, 1)
        assert colour("error") not in painted(tab, 1, 1)
    finally:
        style.apply_theme(qapp, "light")


def test_levels_differ_by_shape_and_by_colour() -> None:
    assert len(set(SIGNS.values())) == len({colour(level) for level in SIGNS}) == 3
    shapes = set()
    for level in SIGNS:
        image = sign_icon(level).pixmap(16, 16).toImage()
        filled = [image.pixelColor(x, y).alpha() > 127 for x in range(image.width()) for y in range(image.height())]
        shapes.add(tuple(filled))
    assert len(shapes) == 3


def test_the_tooltip_of_a_cell_says_its_findings(found: list[Finding], tab: DataTab) -> None:
    tip = tab.model.index(0, 1).data(TIP)
    assert "■ Error: 1 &lt; 2" in tip
    assert "● Note: rounded" in tip
    assert tab.model.index(0, 1).data(READ_OUT) == "■ Error: 1 < 2\n● Note: rounded"
    assert "Error" not in tab.model.index(1, 1).data(TIP)


def test_a_cell_that_another_table_contradicts_is_only_noted(found: list[Finding], tab: DataTab) -> None:
    tab.show_table("worldbank")
    grid = tab.model.grid
    assert grid is not None
    row, column = grid.locate(grid.table.find(IMPORTS), grid.table.period(2009))
    assert [each.level for each in tab.model.findings_at(row, column)] == ["note"]
    assert "● Note: Here: 1 &lt; 2" in tab.model.index(row, column).data(TIP)


def test_a_doubtful_series_has_its_sign_in_the_header(found: list[Finding], tab: DataTab, session: Session) -> None:
    across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
    assert tab.model.headerData(0, across, SIGN) is not None
    assert tab.model.headerData(1, across, SIGN) is None
    assert "◆ Warning: breaks" in tab.model.headerData(0, across, TIP)
    session.apply("set_layout", table="table3", layout="years_across")
    assert tab.model.headerData(0, down, SIGN) is not None
    assert tab.model.headerData(0, across, SIGN) is None
    session.apply("set_layout", table="table3", layout="sectors_measures")
    assert tab.model.headerData(0, across, SIGN) is None
    assert [each.level for each in tab.model.findings_at(0, 0)] == ["warning"]


def test_signs_disappear_with_the_dismissal_and_come_back_with_undo(
    found: list[Finding], tab: DataTab, session: Session
) -> None:
    session.apply("dismiss_finding", key=found[0].key, reason="printed so")
    assert [each.level for each in tab.model.findings_at(0, 1)] == ["note"]
    session.undo()
    assert [each.level for each in tab.model.findings_at(0, 1)] == ["error", "note"]


def test_marks_of_other_series_are_not_shown_while_new_ones_are_looked_for(
    found: list[Finding], session: Session, table: Callable[..., Table]
) -> None:
    marks = marks_of(session.project, found)["table3"]
    before = table()
    assert marks.fit(before)
    session.apply("set_cells", table="table3", series=(IMPORTS,), periods=(2009,), values=((1.0,),))
    assert marks.fit(table())
    session.apply("remove_periods", table="table3", periods=(2009,))
    assert not marks.fit(table())


def test_spots_that_are_gone_mark_nothing(session: Session) -> None:
    gone = [
        Spot("table3", ("XXX", "", "services", "imports"), 2009),
        Spot("table3", IMPORTS, 1900),
        Spot("gone", IMPORTS, 2009),
    ]
    marks = marks_of(session.project, [Finding("sum", HERE, text("x"), spots=tuple(gone))])
    assert list(marks) == ["table3"]
    assert (marks["table3"].cells, marks["table3"].series) == ({}, {})


def test_neighbouring_cells_are_selected_as_areas_with_the_first_spot_in_front(table: Callable[..., Table]) -> None:
    """Rows are the years from 2009, columns exports and imports."""
    grid = Grid(table())
    spots = [
        Spot("table3", IMPORTS, 2015),
        *(Spot("table3", key, year) for key in (EXPORTS, IMPORTS) for year in (2009, 2010)),
    ]
    assert areas_of(grid, spots) == [(6, 1, 6, 1), (0, 0, 1, 1)]
    assert areas_of(grid, [Spot("table3", EXPORTS), Spot("table3", IMPORTS, 1900)]) == [(0, 0, 9, 0)]
    assert areas_of(grid, [Spot("table3", ("XXX", "", "", "imports"), 2009)]) == []
