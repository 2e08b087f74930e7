"""What stays visible of an import: the closing report below the grid, and where each number comes from."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QPushButton, QToolButton, QTreeWidget, QTreeWidgetItem, QWidget
from pytestqt.qtbot import QtBot

from core.text import Text
from gui.data.origin import origin
from gui.data.report_text import sections, spans
from gui.data.tab import DataTab
from gui.session import Session
from tests.gui.imported import REPORT, as_imported

Widget = TypeVar("Widget", bound=QWidget)


def child(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


@pytest.fixture
def imported(tab: DataTab, session: Session) -> DataTab:
    table = session.project.table("table3")
    assert table is not None
    session.apply("remove_table", table="table3")
    session.apply("add_table", table=as_imported(table))
    tab.show_imported("table3")
    return tab


def lines(tab: DataTab) -> list[str]:
    tree = child(tab, QTreeWidget, "reportLines")
    found = []
    for at in range(tree.topLevelItemCount()):
        top = tree.topLevelItem(at)
        assert top is not None
        found.append(top.text(0))
        found += [top.child(each).text(0) for each in range(top.childCount())]
    return found


def line(tab: DataTab, words: str) -> QTreeWidgetItem:
    tree = child(tab, QTreeWidget, "reportLines")
    return tree.findItems(words, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)[0]


def test_the_report_of_an_import_opens_below_the_grid(imported: DataTab) -> None:
    assert imported.report.isVisible()
    said = lines(imported)
    assert "39 numbers in 4 series · 2009–2018 · places without a number: 1" in said
    assert "services.xlsx: Data" in said
    assert "“..” × 7" in said
    assert "C5  “n.a.”" in said
    assert "1–2: Above the table." in said
    assert "Economy: World" in said
    assert "China, 2017: 1.5 in Data!D7, 2.5 in Data!D9" in said


def test_a_table_that_was_typed_has_no_report(qtbot: QtBot, imported: DataTab, session: Session) -> None:
    imported.show_table("worldbank")
    assert not imported.report.isVisible()
    qtbot.waitUntil(lambda: not child(imported, QToolButton, "showReport").isVisible())
    imported.show_table("table3")
    assert imported.report.isVisible()
    said: list[Text] = []
    session.refused.connect(said.append)
    imported.show_table("worldbank")
    imported.show_report()
    assert [str(each) for each in said] == ["There is no import report: the table was not imported from a file."]


def test_the_report_can_be_closed_and_opened_again(qtbot: QtBot, imported: DataTab) -> None:
    qtbot.mouseClick(child(imported, QToolButton, "reportClose"), Qt.MouseButton.LeftButton)
    assert not imported.report.isVisible()
    qtbot.mouseClick(child(imported, QToolButton, "showReport"), Qt.MouseButton.LeftButton)
    assert imported.report.isVisible()


def test_an_edit_leaves_the_report_as_it_is(imported: DataTab, session: Session) -> None:
    before = lines(imported)
    table = session.project.table("table3")
    assert table is not None
    session.apply("set_cells", table="table3", series=(table.key(0),), periods=(2018,), values=((1.0,),))
    assert imported.report.isVisible()
    assert lines(imported) == before


def test_the_report_is_copied_as_text(qtbot: QtBot, imported: DataTab) -> None:
    qtbot.mouseClick(child(imported, QPushButton, "reportCopy"), Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("China's services exports and imports, 2009–2018\n")
    assert "    C5  “n.a.”\n" in copied
    assert "Notes <b>1</b>" in copied


def test_a_text_in_the_report_leads_to_its_cell(qtbot: QtBot, imported: DataTab, session: Session) -> None:
    imported.grid.select_area((5, 2, 5, 2))
    tree = child(imported, QTreeWidget, "reportLines")
    item = line(imported, "C5")
    tree.setCurrentItem(item)
    tree.scrollToItem(item)
    at = tree.visualItemRect(item).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    qtbot.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    table = session.project.table("table3")
    assert table is not None
    assert imported.grid.current_cell() == (table.key(0), table.periods.values[0])


def test_the_tooltip_and_the_bubble_say_where_a_number_comes_from(qtbot: QtBot, imported: DataTab) -> None:
    imported.grid.select_area((1, 0, 1, 0))
    tip = imported.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "Imported from “services.xlsx”, Data, cell D5." in tip
    action = imported.grid.findChild(QAction, "whereFrom")
    assert isinstance(action, QAction)
    action.trigger()
    assert imported.grid.bubble.isVisible()
    assert imported.grid.bubble.text() == "Imported from “services.xlsx”, Data, cell D5."


def test_a_number_of_the_paper_names_the_source_of_its_series(session: Session) -> None:
    table = session.project.table("worldbank")
    assert table is not None
    assert "World Bank" in str(origin(table, 0, 0))


def test_the_name_of_a_file_is_never_rich_text(imported: DataTab, session: Session) -> None:
    table = session.project.table("table3")
    assert table is not None
    session.apply("remove_table", table="table3")
    session.apply("add_table", table=as_imported(table, "<img src=x>.xlsx"))
    imported.show_table("table3")
    tip = imported.model.index(1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img" in tip
    assert "<img" not in tip


def test_long_lists_of_a_report_say_how_much_they_leave_out() -> None:
    from dataclasses import replace

    found = sections(replace(REPORT, text_count=1200), [("a.csv", "")])
    entries = next(each.entries for each in found if "no numbers" in each.title)
    assert entries[-1].words == "… and 1,199 more"


def test_rows_are_listed_as_spans() -> None:
    assert spans([4, 1, 2, 3, 9, 11, 12]) == "1–4, 9, 11–12"
