"""The list of indices as a person walks through it: families open and close, what has no values can be put away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from core.definitions import families
from core.indices import indices
from gui.indices.tab import IndicesTab
from gui.prompts import Prompts
from gui.session import Session
from gui.text import set_language

ID = Qt.ItemDataRole.UserRole


def headings(tab: IndicesTab) -> list[QTreeWidgetItem]:
    found = [tab.list.topLevelItem(at) for at in range(tab.list.topLevelItemCount())]
    return [each for each in found if each is not None and not each.isHidden()]


def heading(tab: IndicesTab, family: str) -> QTreeWidgetItem:
    return next(each for each in headings(tab) if each.data(0, ID) == family)


def click(qtbot: QtBot, tab: IndicesTab, item: QTreeWidgetItem) -> None:
    tab.list.scrollToItem(item)
    place = tab.list.visualItemRect(item).center()
    qtbot.mouseClick(tab.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def only(tab: IndicesTab) -> QCheckBox:
    found = tab.findChild(QCheckBox, "onlyComputable")
    assert found is not None
    return found


@pytest.fixture
def in_chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


def test_every_index_stands_below_the_heading_of_its_family(tab: IndicesTab) -> None:
    found = {
        heading.child(row).data(0, ID): heading.data(0, ID)
        for heading in headings(tab)
        for row in range(heading.childCount())
    }
    assert found == {index.id: index.entry.family for index in indices().values()}
    assert [each.text(0) for each in headings(tab)] == [name.en for name in families().values()]


def test_a_heading_says_how_many_of_its_indices_can_be_computed(tab: IndicesTab) -> None:
    """The sample has no quantities, so that no unit value is possible."""
    assert "0 of 4 can be computed" in heading(tab, "unit_value").toolTip(0)


@pytest.mark.usefixtures("in_chinese")
def test_headings_are_in_the_language_of_the_window(session: Session, prompts: Prompts, qtbot: QtBot) -> None:
    tab = IndicesTab(session, prompts)
    qtbot.addWidget(tab)
    assert [each.text(0) for each in headings(tab)] == [name.zh for name in families().values()]


def test_a_click_on_a_heading_closes_and_opens_its_family(qtbot: QtBot, tab: IndicesTab) -> None:
    click(qtbot, tab, heading(tab, "share_balance"))
    assert not heading(tab, "share_balance").isExpanded()
    assert tab.current_index() == tab.list.current() == "tc", "what is shown stays"
    click(qtbot, tab, heading(tab, "share_balance"))
    assert heading(tab, "share_balance").isExpanded()


def test_a_family_is_closed_and_opened_with_the_arrow_keys(qtbot: QtBot, tab: IndicesTab) -> None:
    tab.list.setFocus()
    qtbot.keyClick(tab.list, Qt.Key.Key_Left)
    qtbot.keyClick(tab.list, Qt.Key.Key_Left)
    assert not heading(tab, "share_balance").isExpanded()
    assert tab.current_index() == "tc"
    qtbot.keyClick(tab.list, Qt.Key.Key_Right)
    assert heading(tab, "share_balance").isExpanded()
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    qtbot.keyClick(tab.list, Qt.Key.Key_Down)
    assert tab.current_index() == "ims"


def test_an_index_that_is_shown_from_elsewhere_opens_its_family(qtbot: QtBot, tab: IndicesTab) -> None:
    click(qtbot, tab, heading(tab, "comparative_advantage"))
    tab.show_index("rca")
    assert heading(tab, "comparative_advantage").isExpanded()
    assert tab.list.viewport().rect().intersects(tab.list.visualItemRect(tab.list.currentItem()))


def test_one_click_hides_what_cannot_be_computed(qtbot: QtBot, tab: IndicesTab) -> None:
    everything = tab.list.shown()
    assert set(everything) == set(indices())
    only(tab).click()
    assert set(tab.list.shown()) == {each for each in everything if tab.list.possible(each)} != set(everything)
    assert "unit_value" not in [each.data(0, ID) for each in headings(tab)]
    only(tab).click()
    assert tab.list.shown() == everything


def test_the_index_that_is_shown_stays_in_the_list_without_values(tab: IndicesTab, session: Session) -> None:
    tab.show_index("ims")
    only(tab).click()
    tables = tuple(table for table in session.project.tables if table.id == "table3")
    session.open(replace(session.project, id="fewer", tables=tables))
    assert not tab.list.possible("ims")
    assert "ims" in tab.list.shown()
    assert "rca" not in tab.list.shown()


def test_the_search_looks_into_closed_families_and_leaves_them_closed(qtbot: QtBot, tab: IndicesTab) -> None:
    field = tab.findChild(QLineEdit, "indexFinder")
    click(qtbot, tab, heading(tab, "comparative_advantage"))
    qtbot.keyClicks(field, "vollrath export")
    assert [each.data(0, ID) for each in headings(tab)] == ["comparative_advantage"]
    assert heading(tab, "comparative_advantage").isExpanded()
    field.clear()
    assert not heading(tab, "comparative_advantage").isExpanded()


def test_a_rebuilt_window_keeps_what_is_hidden_and_closed(
    qtbot: QtBot, tab: IndicesTab, session: Session, prompts: Prompts
) -> None:
    only(tab).click()
    click(qtbot, tab, heading(tab, "growth"))
    again = IndicesTab(session, prompts)
    qtbot.addWidget(again)
    again.restore(tab.state())
    assert only(again).isChecked()
    assert again.list.shown() == tab.list.shown()
    assert not heading(again, "growth").isExpanded()
