"""The list of tables: choosing, adding, renaming, moving, describing and removing, each undone to the same project."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.table import Table
from core.text import Bilingual, Text
from core.units import Unit
from gui.data.tab import DataTab
from gui.data.tables_model import DETAILS, TablesModel
from gui.session import Session

Widget = TypeVar("Widget", bound=QWidget)


def _child(parent: QWidget, kind: type[Widget], name: str) -> Widget:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind), name
    return found


def _titles(view: QListView) -> list[str]:
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def _list(tab: DataTab) -> QListView:
    view = _child(tab, QListView, "tables")
    view.setFocus()
    return view


def test_the_list_keeps_the_rules_of_qt(qtmodeltester: ModelTester, session: Session) -> None:
    model = TablesModel(session)
    qtmodeltester.check(model)
    session.apply("remove_table", table="table3")
    session.apply("move_table", table="worldbank", position=0)
    session.undo()
    session.undo()
    qtmodeltester.check(model)


def test_each_table_is_listed_with_its_unit_and_years(tab: DataTab) -> None:
    model = _list(tab).model()
    assert [model.index(row, 0).data(DETAILS) for row in range(4)] == [
        "RMB 100 million · 2017",
        "US$ 100 million · 2009–2018",
        "US$ 100 million · 2015–2017",
        "US$ billion · 2005–2020",
    ]


def test_choosing_a_table_shows_it_and_coming_back_finds_the_same_cell(qtbot: QtBot, tab: DataTab) -> None:
    tab.grid.select_area((4, 1, 4, 1))
    view = _list(tab)
    with qtbot.waitSignal(tab.table_shown) as shown:
        qtbot.keyClick(view, Qt.Key.Key_End)
    assert shown.args == ["worldbank"]
    assert tab.model.columnCount() == 15
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(1, 0)).center())
    assert tab.current_table() == "table3"
    assert (tab.grid.currentIndex().row(), tab.grid.currentIndex().column()) == (4, 1)


def test_a_title_is_edited_in_the_list(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    view = _list(tab)
    qtbot.keyClick(view, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    qtbot.keyClicks(editor, "Trade in services")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.project is not before)
    assert session.project.tables[1].title == Bilingual("Trade in services", "中国服务进出口额，2009—2018年")
    assert _child(tab, QLabel, "tableTitle").text() == "Trade in services"
    session.undo()
    assert session.project is before
    assert _titles(view)[1] == "China's services exports and imports, 2009–2018"


def test_a_table_cannot_lose_its_title(tab: DataTab, session: Session) -> None:
    before, reasons = session.project, list[Text]()
    session.refused.connect(reasons.append)
    model = _list(tab).model()
    assert not model.setData(model.index(1, 0), "  ")
    assert session.project is before
    assert [str(each) for each in reasons] == ["A table needs a title."]


def test_a_table_is_removed_and_comes_back_identical(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    view = _list(tab)
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert len(session.project.tables) == 3
    assert tab.current_table() in {"table1", "table4"}
    session.undo()
    assert session.project is before
    assert tab.current_table() == "table3"


def test_tables_are_moved_with_the_keyboard_and_stay_chosen(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    view = _list(tab)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert [table.id for table in session.project.tables] == ["table3", "table1", "table4", "worldbank"]
    assert view.currentIndex().row() == 0
    assert tab.current_table() == "table3"
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [table.id for table in session.project.tables][:2] == ["table1", "table3"]


def test_without_tables_the_tab_says_what_to_do(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    for table in session.project.tables:
        session.apply("remove_table", table=table.id)
    assert tab.current_table() is None
    assert _child(tab, QLabel, "noTable").isVisible()
    assert not tab.grid.isVisible()
    session.undo()
    assert tab.grid.isVisible()


def test_the_button_asks_for_an_import(qtbot: QtBot, tab: DataTab) -> None:
    with qtbot.waitSignal(tab.import_requested):
        qtbot.mouseClick(_child(tab, QPushButton, "importTable"), Qt.MouseButton.LeftButton)


def _new_table(qtbot: QtBot, tab: DataTab) -> QWidget:
    qtbot.mouseClick(_child(tab, QPushButton, "newTable"), Qt.MouseButton.LeftButton)
    return _child(tab.window(), QWidget, "newTableDialog")


def test_a_new_table_starts_from_the_study_and_is_ready_to_type_into(
    qtbot: QtBot, tab: DataTab, session: Session
) -> None:
    before = session.project
    dialog = _new_table(qtbot, tab)
    accept = _child(dialog, QPushButton, "formAccept")
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert _child(dialog, QLabel, "formError").text() == "A table needs a title."
    qtbot.keyClicks(_child(dialog, QLineEdit, "newTitle"), "Software")
    assert _child(dialog, QComboBox, "newEconomy").currentText() == "China"
    _child(dialog, QPlainTextEdit, "newSectors").setPlainText("Services\nSoftware, packaged\n")
    _child(dialog, QSpinBox, "newFirstYear").setValue(2015)
    _child(dialog, QSpinBox, "newLastYear").setValue(2018)
    _child(dialog, QComboBox, "newUnit").setCurrentText("US$ million")
    measures = _child(dialog, QListWidget, "newMeasures")
    growth = next(item for item in measures.findItems("Stated growth of exports", Qt.MatchFlag.MatchExactly))
    growth.setCheckState(Qt.CheckState.Checked)
    qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    table = session.project.tables[-1]
    assert tab.current_table() == table.id
    assert [table.key(at)[:3] for at in range(6)] == [("CHN", "", "services")] * 3 + [
        ("CHN", "", "software, packaged")
    ] * 3
    assert [label.id for label in table.labels["measure"]] == ["exports", "imports", "stated_growth_exports"]
    assert table.periods.values == (2015, 2016, 2017, 2018)
    assert [table.unit(at) for at in range(3)] == [Unit("USD", 1e6), Unit("USD", 1e6), Unit("%")]
    assert tab.model.index(0, 0).data() == ""
    session.undo()
    assert session.project is before


def test_years_that_run_backwards_keep_the_dialog_open(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    dialog = _new_table(qtbot, tab)
    qtbot.keyClicks(_child(dialog, QLineEdit, "newTitle"), "T")
    _child(dialog, QSpinBox, "newFirstYear").setValue(2018)
    _child(dialog, QSpinBox, "newLastYear").setValue(2015)
    qtbot.mouseClick(_child(dialog, QPushButton, "formAccept"), Qt.MouseButton.LeftButton)
    assert "before the first" in _child(dialog, QLabel, "formError").text()
    assert len(session.project.tables) == 4


def test_properties_change_title_note_source_and_unit_in_one_step(
    qtbot: QtBot, tab: DataTab, session: Session, table: Callable[[str], Table]
) -> None:
    before = session.project
    tab.show_table("worldbank")
    qtbot.keyClick(_list(tab), Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    dialog = _child(tab.window(), QWidget, "tableProperties")
    _child(dialog, QLineEdit, "propertiesTitle_zh").setText("世界银行")
    _child(dialog, QPlainTextEdit, "propertiesNote_en").setPlainText("As published.")
    _child(dialog, QLineEdit, "propertiesVintage").setText("first")
    sources = _child(dialog, QComboBox, "propertiesSource")
    sources.setCurrentIndex(2)
    sources.activated.emit(2)
    _child(dialog, QLineEdit, "propertiesVintage").setText("third")
    _child(dialog, QComboBox, "propertiesUnit").setCurrentText("US$ million")
    qtbot.mouseClick(_child(dialog, QPushButton, "formAccept"), Qt.MouseButton.LeftButton)
    after = table("worldbank")
    assert after.title.zh == "世界银行"
    assert after.title.en == before.tables[3].title.en
    assert after.note.en == "As published."
    assert [source.vintage for source in after.sources] == ["first", "commit 01a34e8b", "third"]
    assert after.sources[2].text == before.tables[3].sources[2].text
    assert after.units == (Unit("USD", 1e6),)
    session.undo()
    assert session.project is before


def test_properties_that_are_not_changed_change_nothing(qtbot: QtBot, tab: DataTab, session: Session) -> None:
    before = session.project
    for table in session.project.tables:
        tab.show_table(table.id)
        tab.tables.open_properties()
        dialog = tab.window().findChildren(QWidget, "tableProperties")[-1]
        qtbot.mouseClick(_child(dialog, QPushButton, "formAccept"), Qt.MouseButton.LeftButton)
    assert session.project is before
