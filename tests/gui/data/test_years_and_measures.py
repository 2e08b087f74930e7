"""What indices read of a table beside its plain years: years made of months, and measures that serve as others."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu
from pytestqt.qtbot import QtBot

from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit
from gui.data.tab import DataTab
from gui.session import Session


@pytest.fixture
def monthly(tab: DataTab, session: Session) -> Table:
    """Exports of each month of a year, and since January."""
    measures = (
        Label("of_month", Bilingual("Of the month")),
        Label("cumulative", Bilingual("Cumulative <i>exports</i>")),
    )
    months = np.arange(1.0, 13.0)
    table = new_table(
        "monthly",
        Bilingual("Monthly"),
        {"reporter": (Label("CHN", Bilingual("China", "中国")),), "measure": measures},
        {"reporter": [0, 0], "measure": [0, 1]},
        Periods("month", tuple(202500 + month for month in range(1, 13))),
        [[month, total] for month, total in zip(months, months.cumsum(), strict=True)],
        units=(Unit("USD", 1e6),),
    )
    session.apply("add_table", table=table)
    tab.show_table("monthly")
    return table


def years_box(tab: DataTab) -> QComboBox:
    found = tab.findChild(QComboBox, "tableYears")
    assert isinstance(found, QComboBox)
    return found


def test_years_of_a_monthly_table_are_made_by_choice(
    qtbot: QtBot, tab: DataTab, monthly: Table, session: Session
) -> None:
    box = years_box(tab)
    assert box.isVisible()
    assert box.currentText() == "Years: not made"
    assert "Cumulative &lt;i&gt;exports" in box.toolTip()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert session.project.analysis.annual == {"monthly": "december"}
    session.undo()
    assert session.project.analysis.annual == {}
    assert box.currentText() == "Years: not made"


def test_a_table_of_years_offers_no_such_choice(tab: DataTab) -> None:
    assert not years_box(tab).isVisible()


def test_an_own_measure_serves_as_exports_and_no_longer(tab: DataTab, monthly: Table, session: Session) -> None:
    tab.grid.show_cell(("CHN", "", "", "cumulative"), 202512)
    for expected in ({"monthly": {"exports": "cumulative"}}, {}):
        menu = tab.grid.menu()
        submenu = menu.findChild(QMenu, "servingMenu")
        assert isinstance(submenu, QMenu)
        action = next(each for each in submenu.actions() if each.objectName() == "serveAs_exports")
        assert isinstance(action, QAction)
        action.trigger()
        assert session.project.study.serving == expected
        menu.deleteLater()
