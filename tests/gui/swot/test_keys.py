"""Everything by keys, typed into the lists as a person does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QPlainTextEdit, QToolButton
from pytestqt.qtbot import QtBot

from core.text import Bilingual
from gui.session import Session
from gui.swot.cell_view import CellView
from gui.swot.evidence_picker import EvidencePicker
from gui.swot.tab import SwotTab

KEY, ALT, SHIFT = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
View = Callable[[str], CellView]
Order = Callable[[str], list[str]]


@pytest.fixture
def press(tab: SwotTab, qtbot: QtBot) -> Callable[..., None]:
    """Presses a key where the focus is."""

    def send(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        qtbot.keyClick(QApplication.focusWidget() or tab, key, modifiers)

    return send


def editor(view: CellView) -> QPlainTextEdit:
    found = view.findChild(QPlainTextEdit, "cardEditor")
    assert found is not None
    return found


def test_enter_writes_a_new_card_below_as_one_step(
    tab, view: View, press, order: Order, session: Session, qtbot
) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_Return)
    qtbot.keyClicks(editor(view("W")), "Slow customs")
    press(KEY.Key_Return)
    made = order("W")[2]
    assert order("W") == ["w1", "w2", made, "w3", "w4", "w5", "w6"]
    assert session.project.board.factor(made).text == Bilingual("Slow customs")
    assert session.stack.count() == 1
    assert [card.id for card in tab.board.selected()] == [made]


def test_shift_enter_writes_a_new_card_above(tab, view: View, press, order: Order, qtbot) -> None:
    tab.board.select(["so1"])
    press(KEY.Key_Return, SHIFT)
    qtbot.keyClicks(editor(view("SO")), "Buy abroad")
    press(KEY.Key_Enter)
    assert order("SO")[1:] == ["so1"]


def test_escape_leaves_no_empty_card_behind(tab, view: View, press, session: Session, qtbot) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_Return)
    qtbot.keyClicks(editor(view("W")), "never mind")
    press(KEY.Key_Escape)
    assert view("W").model().rowCount() == 6
    assert session.stack.count() == 0


def test_an_editor_that_is_left_empty_makes_no_card(tab, view: View, press, session: Session) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_Return)
    view("S").setFocus()
    assert view("W").model().rowCount() == 6
    assert session.stack.count() == 0


def test_f2_edits_in_the_language_of_the_window(tab, view: View, press, session: Session, qtbot) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_F2)
    assert editor(view("W")).toPlainText() == "Few experienced people with several skills"
    qtbot.keyClicks(editor(view("W")), "Few experts")
    press(KEY.Key_Return)
    assert session.project.board.factor("w2").text == Bilingual("Few experts", "经验丰富的复合型人才不足")


def test_enter_in_an_unchanged_editor_changes_nothing(tab, view: View, press, session: Session) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_F2)
    press(KEY.Key_Return)
    assert session.stack.count() == 0


def test_shift_enter_and_letters_belong_to_the_editor_while_it_is_open(tab, view: View, press, session, qtbot) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_F2)
    qtbot.keyClicks(editor(view("W")), "LE")
    press(KEY.Key_Return, SHIFT)
    qtbot.keyClicks(editor(view("W")), "le")
    press(KEY.Key_Delete)
    press(KEY.Key_Return)
    assert session.project.board.factor("w2").text.en == "LE le"
    assert session.stack.count() == 1


def test_chinese_composed_in_an_input_method_arrives(tab, view: View, press, session: Session) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_F2)
    composed = QInputMethodEvent()
    composed.setCommitString("专家太少")
    QApplication.sendEvent(editor(view("W")), composed)
    press(KEY.Key_Return)
    assert session.project.board.factor("w2").text.en == "专家太少"


def test_alt_up_and_down_reorder_and_the_card_stays_selected(tab, press, order: Order) -> None:
    tab.board.select(["w3"])
    press(KEY.Key_Up, ALT)
    press(KEY.Key_Up, ALT)
    assert order("W") == ["w3", "w1", "w2", "w4", "w5", "w6"]
    press(KEY.Key_Up, ALT)
    press(KEY.Key_Down, ALT)
    assert order("W") == ["w1", "w3", "w2", "w4", "w5", "w6"]
    assert [card.id for card in tab.board.selected()] == ["w3"]


def test_several_cards_move_down_together(tab, press, order: Order) -> None:
    tab.board.select(["w1", "w3"])
    press(KEY.Key_Down, ALT)
    assert order("W") == ["w2", "w4", "w1", "w3", "w5", "w6"]


def test_recommendations_are_reordered_too(tab, press, session: Session) -> None:
    tab.board.select(["p2"])
    press(KEY.Key_Down, ALT)
    assert [each.id for each in session.project.board.recommendations] == ["p1", "p3", "p2", "p4"]


@pytest.mark.parametrize(("card", "key", "cell"), [
    ("w2", KEY.Key_1, "S"), ("w2", KEY.Key_3, "O"), ("w2", KEY.Key_4, "T"), ("s1", KEY.Key_2, "W"),
    ("wt1", KEY.Key_1, "SO"), ("so1", KEY.Key_3, "ST"),
])  # fmt: skip
def test_alt_and_a_digit_move_to_a_cell(
    tab, view: View, press, order: Order, card: str, key: Qt.Key, cell: str
) -> None:
    tab.board.select([card])
    press(key, ALT)
    assert order(cell)[-1] == card
    assert view(cell).hasFocus()
    assert [each.id for each in tab.board.selected()] == [card]


def test_alt_left_and_right_move_to_the_neighbouring_cell(tab, press, order: Order) -> None:
    tab.board.select(["w2"])
    press(KEY.Key_Right, ALT)
    assert order("O")[-1] == "w2"
    press(KEY.Key_Right, ALT)
    press(KEY.Key_Right, ALT)
    assert order("T")[-1] == "w2"
    for _each in range(4):
        press(KEY.Key_Left, ALT)
    assert order("S")[-1] == "w2"


def test_delete_takes_the_selected_cards_and_goes_on_to_the_next(tab, press, order: Order, session: Session) -> None:
    tab.board.select(["w2", "w3"])
    press(KEY.Key_Delete)
    assert order("W") == ["w1", "w4", "w5", "w6"]
    assert [card.id for card in tab.board.selected()] == ["w4"]
    assert session.stack.count() == 1
    session.undo()
    assert session.project.board.strategy("wo1").cites == ("w1", "w2", "w4", "w5", "o1")


@pytest.mark.parametrize("card", ["so1", "p4"])
def test_delete_works_on_strategies_and_recommendations(tab, press, session: Session, card: str) -> None:
    tab.board.select([card])
    press(KEY.Key_Delete)
    assert tab.models.card(card) is None
    assert session.stack.count() == 1


def test_keys_without_a_selected_card_do_nothing(tab, view: View, press, session: Session) -> None:
    none = Qt.KeyboardModifier.NoModifier
    for key in (KEY.Key_Delete, KEY.Key_L, KEY.Key_E, KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right, KEY.Key_2):
        tab.board.select([])
        view("S").setFocus()
        press(key, none if key in {KEY.Key_Delete, KEY.Key_L, KEY.Key_E} else ALT)
    assert session.stack.count() == 0
    assert tab.findChild(EvidencePicker) is None


def test_f6_walks_through_all_cells_and_back(tab, view: View, press) -> None:
    view("S").setFocus()
    seen = []
    for _each in range(9):
        press(KEY.Key_F6)
        seen.append(next(cell.cell for cell in tab.board.views() if cell.hasFocus()))
    assert seen == ["W", "O", "SO", "WO", "T", "ST", "WT", "P", "S"]
    press(KEY.Key_F6, SHIFT)
    assert view("P").hasFocus()


def test_f6_leaves_out_what_is_not_shown(tab, view: View, press) -> None:
    tab.findChild(object, "viewSwot").trigger()
    view("O").setFocus()
    press(KEY.Key_F6)
    assert view("T").hasFocus()


def test_l_opens_the_menu_of_strategies_and_a_choice_cites(tab, press, session: Session, qtbot: QtBot) -> None:
    tab.board.select(["w6"])
    press(KEY.Key_L)
    menu = tab.commands.links
    qtbot.waitUntil(menu.isVisible)
    action = menu.findChild(object, "link-wt1")
    assert not action.isChecked()
    action.trigger()
    menu.close()
    assert session.project.board.strategy("wt1").cites[-1] == "w6"
    assert [card.id for card in tab.board.selected()] == ["w6"]


def test_e_opens_the_picker_and_a_line_becomes_evidence(tab, press, session: Session, qtbot: QtBot) -> None:
    tab.board.select(["w1"])
    press(KEY.Key_E)
    picker = tab.findChild(EvidencePicker)
    qtbot.waitUntil(picker.words.hasFocus)
    qtbot.keyClicks(picker.words, "tc 2009")
    assert picker.table.model().rowCount() == 1
    qtbot.keyClick(picker.words, KEY.Key_Return)
    evidence = session.project.board.factor("w1").evidence[-1]
    assert (evidence.claim.index, evidence.claim.table, evidence.claim.window) == ("tc", "table3", (2009, 2018))


def test_a_source_in_words_becomes_evidence(tab, press, session: Session, qtbot: QtBot) -> None:
    tab.board.select(["w1"])
    press(KEY.Key_E)
    picker = tab.findChild(EvidencePicker)
    qtbot.waitUntil(picker.words.hasFocus)
    assert not picker.add.isEnabled()
    qtbot.keyClicks(picker.source, "Ministry of Commerce (2020), p. 7")
    qtbot.mouseClick(picker.add, Qt.MouseButton.LeftButton)
    evidence = session.project.board.factor("w1").evidence[-1]
    assert (evidence.kind, evidence.note.en) == ("citation", "Ministry of Commerce (2020), p. 7")


def test_words_that_match_nothing_say_so(tab, press, qtbot: QtBot) -> None:
    tab.board.select(["w1"])
    press(KEY.Key_E)
    picker = tab.findChild(EvidencePicker)
    qtbot.waitUntil(picker.words.hasFocus)
    qtbot.keyClicks(picker.words, "bananas")
    assert picker.table.model().rowCount() == 0
    assert picker.findChild(object, "evidenceNote").text() == "No line of results matches."


def test_the_context_menu_offers_the_same(tab, view: View, qtbot: QtBot) -> None:
    tab.board.select(["w2"])
    view("W").customContextMenuRequested.emit(QPoint(40, 60))
    menu = view("W").findChild(object, "cardMenu")
    names = {action.objectName() for action in menu.actions()}
    assert {"newBelow", "newAbove", "editCard", "moveUp", "moveDown", "evidence", "deleteCard"} <= names
    menu.close()


def test_every_widget_that_is_used_has_a_name_for_tests_and_for_screen_readers(tab) -> None:
    for kind in (QAbstractButton, QAbstractItemView, QPlainTextEdit):
        for widget in tab.findChildren(kind):
            internal = widget.objectName().startswith("qt_")
            assert internal or widget.objectName(), widget
            named = widget.accessibleName() or getattr(widget, "text", str)()
            action = getattr(widget, "defaultAction", lambda: None)()
            assert internal or named or (action is not None and action.text()), widget.objectName()


def test_what_is_clicked_is_at_least_24_pixels_large(tab) -> None:
    """WCAG 2.2, 2.5.8."""
    tab.board.select(["wt1"])
    shown = [
        each for each in tab.findChildren(QToolButton) if each.isVisible() and not each.objectName().startswith("qt_")
    ]
    assert len(shown) > 20
    small = [each.objectName() for each in shown if min(each.width(), each.height()) < 24]
    assert not small
