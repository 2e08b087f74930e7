"""Everything by single clicks: toolbar, menus, inspector, recommendations (WCAG 2.2, 2.5.7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.text import Bilingual
from gui.session import Session
from gui.swot.cell_view import CellView
from gui.swot.tab import SwotTab

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
View = Callable[[str], CellView]
Order = Callable[[str], list[str]]


@pytest.fixture
def click(tab: SwotTab, qtbot: QtBot) -> Callable[[str], None]:
    """Clicks the visible button with this name."""

    def press(name: str) -> None:
        found = [each for each in tab.findChildren(QWidget, name) if each.isVisible()]
        assert len(found) == 1, (name, found)
        qtbot.mouseClick(found[0], LEFT)

    return press


@pytest.fixture
def field(tab: SwotTab) -> Callable[[str], QPlainTextEdit]:
    """A field of the inspector."""

    def find(name: str) -> QPlainTextEdit:
        found = tab.inspector.findChild(QPlainTextEdit, name)
        assert found is not None
        return found

    return find


def card_at(view: CellView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def test_a_click_selects_in_one_cell_and_with_ctrl_in_several(tab, view: View, qtbot: QtBot) -> None:
    qtbot.mouseClick(view("S").viewport(), LEFT, pos=card_at(view("S"), 0))
    qtbot.mouseClick(view("O").viewport(), LEFT, pos=card_at(view("O"), 1))
    assert [card.code for card in tab.board.selected()] == ["O2"]
    qtbot.mouseClick(view("S").viewport(), LEFT, CTRL, card_at(view("S"), 2))
    assert [card.code for card in tab.board.selected()] == ["S3", "O2"]
    qtbot.mouseClick(view("SO").viewport(), LEFT, CTRL, card_at(view("SO"), 0))
    assert [card.code for card in tab.board.selected()] == ["SO1"]  # factors and strategies never together


def test_the_plus_of_a_cell_writes_a_card_at_its_end(view: View, click, order: Order, session, qtbot: QtBot) -> None:
    click("addT")
    editor = view("T").findChild(QPlainTextEdit, "cardEditor")
    qtbot.keyClicks(editor, "Slow customs")
    view("S").setFocus()  # leaving the editor applies
    assert order("T")[:4] == ["t1", "t2", "t3", "t4"]
    assert session.project.board.quadrant("T")[4].text == Bilingual("Slow customs")


def test_a_double_click_edits(view: View, session: Session, qtbot: QtBot) -> None:
    at = card_at(view("S"), 1)
    qtbot.mouseClick(view("S").viewport(), LEFT, pos=at)
    qtbot.mouseDClick(view("S").viewport(), LEFT, pos=at)
    editor = view("S").findChild(QPlainTextEdit, "cardEditor")
    assert editor.toPlainText() == "East, centre and west start dividing the work"


@pytest.mark.parametrize(("button", "expected"), [
    ("moveUpButton", ["w3", "w1", "w2", "w4", "w5", "w6"]),
    ("moveDownButton", ["w1", "w2", "w4", "w3", "w5", "w6"]),
    ("deleteCardButton", ["w1", "w2", "w4", "w5", "w6"]),
])  # fmt: skip
def test_buttons_of_the_toolbar(tab, click, order: Order, button: str, expected: list[str]) -> None:
    tab.board.select(["w3"])
    click(button)
    if button == "moveUpButton":
        click(button)
    assert order("W") == expected


def test_the_move_menu_names_the_cells_of_the_selected_kind(tab, order: Order) -> None:
    tab.board.select(["w3"])
    menu = tab.findChild(QToolButton, "moveButton").menu()
    assert [each.text().split()[0] for each in menu.actions()] == ["S", "W", "O", "T"]
    assert [each.isEnabled() for each in menu.actions()] == [True, False, True, True]
    menu.actions()[3].trigger()
    assert order("T")[-1] == "w3"
    tab.board.select(["wt1"])
    assert [each.text().split()[0] for each in menu.actions()] == ["SO", "WO", "ST", "WT"]
    menu.actions()[0].trigger()
    assert order("SO") == ["so1", "wt1"]


@pytest.fixture
def cite_menu(tab: SwotTab) -> Callable[[str], object]:
    """An entry of the menu behind "Cite…", as it is filled when it opens."""

    def find(name: str) -> object:
        menu = tab.findChild(QToolButton, "citeButton").menu()
        menu.aboutToShow.emit()
        return menu.findChild(object, name)

    return find


def test_a_factor_is_cited_and_not_cited_by_the_menu(tab, cite_menu, session: Session) -> None:
    tab.board.select(["w6", "t4"])
    cite_menu("link-wt1").trigger()
    assert session.project.board.strategy("wt1").cites[-2:] == ("w6", "t4")
    assert cite_menu("link-wt1").isChecked()
    cite_menu("link-wt1").trigger()
    assert "w6" not in session.project.board.strategy("wt1").cites


def test_a_new_strategy_is_drafted_from_the_menu(tab, cite_menu, session: Session, qtbot: QtBot, view: View) -> None:
    tab.board.select(["s1", "t1"])
    cite_menu("newST").trigger()
    drafted = session.project.board.of_type("ST")[1]
    assert drafted.cites == ("s1", "t1")
    assert tab.models.card(drafted.id).heading == "Untitled strategy"
    qtbot.waitUntil(lambda: view("ST").findChild(QPlainTextEdit, "cardEditor") is not None)


def test_a_strategy_chooses_its_factors_from_the_menu(tab, cite_menu, session: Session) -> None:
    tab.board.select(["st1"])
    assert cite_menu("link-t1").isChecked()
    cite_menu("link-s2").trigger()
    assert session.project.board.strategy("st1").cites == ("t1", "t2", "t3", "s2")


def test_a_recommendation_is_linked_from_the_menu(tab, cite_menu, session: Session) -> None:
    tab.board.select(["p2"])
    cite_menu("link-wt1").trigger()
    cite_menu("link-s3").trigger()
    changed = session.project.board.recommendations[1]
    assert (changed.strategies, changed.factors) == (("so1", "wt1"), ())


def test_names_with_an_ampersand_stay_readable_in_menus(tab, cite_menu, session: Session) -> None:
    session.apply("set_strategy_text", strategy="wt1", title=Bilingual("R&D first"))
    tab.board.select(["w6"])
    assert cite_menu("link-wt1").text() == "WT1  R&&D first"


# ---- inspector


def test_texts_are_applied_when_the_field_is_left_as_one_step(tab, view: View, field, session, qtbot: QtBot) -> None:
    tab.board.select(["w2"])
    english, chinese = field("factorText_en"), field("factorText_zh")
    english.setFocus()
    english.selectAll()
    qtbot.keyClicks(english, "Few experts")
    chinese.setFocus()
    chinese.selectAll()
    chinese.insertPlainText("专家太少")
    assert session.stack.count() == 0
    view("W").setFocus()
    assert session.project.board.factor("w2").text == Bilingual("Few experts", "专家太少")
    assert session.stack.count() == 1
    session.undo()
    assert english.toPlainText() == "Few experienced people with several skills"


def test_escape_takes_back_what_was_not_applied(tab, view: View, field, session: Session, qtbot: QtBot) -> None:
    tab.board.select(["w2"])
    field("factorNote_en").setFocus()
    qtbot.keyClicks(field("factorNote_en"), "never mind")
    qtbot.keyClick(field("factorNote_en"), Qt.Key.Key_Escape)
    view("W").setFocus()
    assert session.stack.count() == 0


def test_what_is_being_written_goes_to_the_card_it_was_written_for(tab, field, session: Session, qtbot) -> None:
    tab.board.select(["w2"])
    field("factorText_en").setFocus()
    field("factorText_en").selectAll()
    qtbot.keyClicks(field("factorText_en"), "Few experts")
    tab.board.select(["w3"], focus=False)
    assert session.project.board.factor("w2").text.en == "Few experts"
    assert session.project.board.factor("w3").text.en == "No strong industry association"
    assert field("factorText_en").toPlainText() == "No strong industry association"


def test_what_is_written_about_a_card_that_is_deleted_goes_nowhere(tab, field, session: Session, qtbot) -> None:
    tab.board.select(["w2"])
    field("factorNote_en").setFocus()
    qtbot.keyClicks(field("factorNote_en"), "too late")
    session.apply("remove_factors", factors=("w2",))
    tab.board.select(["w3"])
    assert session.stack.count() == 1
    assert "too late" not in field("factorNote_en").toPlainText()


def test_an_edit_elsewhere_does_not_disturb_what_is_being_written(tab, field, session: Session, qtbot) -> None:
    tab.board.select(["w2"])
    field("factorNote_en").setFocus()
    field("factorNote_en").selectAll()
    qtbot.keyClicks(field("factorNote_en"), "half a sen")
    session.apply("set_factor_text", factor="t1", text=Bilingual("Another text"))
    qtbot.keyClicks(field("factorNote_en"), "tence")
    tab.commit()
    assert session.project.board.factor("w2").note.en == "half a sentence"


def test_the_quadrant_buttons_move_the_factor(tab, click, order: Order) -> None:
    tab.board.select(["w6"])
    click("toT")
    assert order("T")[-1] == "w6"
    assert tab.inspector.findChild(QToolButton, "toT").isChecked()


def test_evidence_is_detached_and_a_citation_removed_by_a_click(tab, click, session: Session) -> None:
    tab.board.select(["w1"])
    click("detach-w1-e1")
    assert session.project.board.factor("w1").evidence == ()
    assert tab.models.card("w1").word == "no evidence"
    click("unlink-wo1")
    assert "w1" not in session.project.board.strategy("wo1").cites
    assert session.stack.count() == 2


def test_a_strategy_shows_what_it_cites_marks_misfits_and_lets_them_go(tab, click, session: Session) -> None:
    tab.board.select(["wt1"])
    texts = [label.text() for label in tab.inspector.findChildren(QLabel) if label.isVisible()]
    assert "More varied export markets, Belt and Road (outside this type)" in texts
    click("unlink-o1")
    assert session.project.board.strategy("wt1").cites == ("w1", "w2", "w4", "t1")
    click("goTo-t1")
    assert [card.id for card in tab.board.selected()] == ["t1"]


def test_a_recommendation_is_added_written_and_deleted(tab, click, view: View, field, session, qtbot: QtBot) -> None:
    click("addP")
    editor = view("P").findChild(QPlainTextEdit, "cardEditor")
    qtbot.keyClicks(editor, "Open an export school")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    actions = field("adviceActions_en")
    actions.setFocus()
    qtbot.keyClicks(actions, "Find a city")
    qtbot.keyClick(actions, Qt.Key.Key_Return)
    qtbot.keyClicks(actions, "Hire teachers")
    field("adviceActions_zh").setFocus()
    field("adviceActions_zh").insertPlainText("选址")
    view("P").setFocus()
    written = session.project.board.recommendations[4]
    assert written.title == Bilingual("Open an export school")
    assert written.actions == (Bilingual("Find a city", "选址"), Bilingual("Hire teachers"))
    click("deleteCardButton")
    assert len(session.project.board.recommendations) == 4


def test_links_of_a_recommendation_are_removed_by_a_click(tab, click, session: Session) -> None:
    tab.board.select(["p1"])
    click("unlink-wo1")
    click("unlink-s1")
    first = session.project.board.recommendations[0]
    assert (first.strategies, first.factors) == (("st1",), ("w2",))


def test_title_and_objective_are_written_in_the_inspector(tab, click, view: View, field, session, qtbot) -> None:
    tab.board.select(["w1"])
    click("editBoardTexts")
    qtbot.waitUntil(field("boardTitleText_en").hasFocus)
    qtbot.keyClicks(field("boardTitleText_en"), "Where to go")
    view("S").setFocus()
    assert session.project.board.title.en == "Where to go"
    assert tab.board.corner.findChild(QLabel, "boardTitle").text() == "Where to go"


def test_the_board_switches_between_three_by_three_and_two_by_two(tab, click, view: View) -> None:
    click("viewSwotButton")
    assert [each.cell for each in tab.board.views() if each.isVisible()] == ["S", "W", "O", "T", "P"]
    assert not tab.board.corner.isVisible()
    assert view("S").geometry().width() > 300
    click("viewTowsButton")
    assert all(each.isVisible() for each in tab.board.views())
    assert tab.board.corner.isVisible()


def test_the_inspector_gives_way_where_there_is_no_room(tab, click, qtbot: QtBot) -> None:
    tab.resize(640, 700)
    assert not tab.inspector.isVisible()
    click("showInspectorButton")
    assert tab.inspector.isVisible()
    tab.resize(1200, 700)
    assert tab.inspector.isVisible()
