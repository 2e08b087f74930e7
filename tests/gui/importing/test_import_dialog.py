"""The import dialog, driven as a person drives it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.files.workbook import SAMPLE
from core.project import Project
from core.text import Bilingual
from core.units import Unit
from gui.importing.dialog import ImportDialog
from gui.text import set_language
from tests.gui.importing.dialogs import button, csv_file, one, opened, parts, pick, said, select

SOURCE = """Category,Exports,Imports
Transport,5,6
Travel,secret,8
"""


@pytest.fixture
def crosssection(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> ImportDialog:
    return opened(qtbot, csv_file(tmp_path, SOURCE), sample_project)


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


# ---- what is shown ----


def test_every_sheet_is_listed_with_what_comes_out(qtbot: QtBot, sample_project: Project) -> None:
    dialog = opened(qtbot, SAMPLE, sample_project)
    texts = [item.text(0) for item in parts(dialog)]
    assert texts == [
        "Table 1\n91 series, 2017",
        "Table 3\n2 series, 2009–2018",
        "Table 4\n2 series, 2015–2017",
        "World Bank\n15 series, 2005–2020",
    ]
    assert button(dialog).text() == "Import 4 tables"
    dialog.page.parts.select(1)
    assert said(dialog).startswith("2 series, 2009–2018. Numbers: 20, empty: 0.")
    assert dialog.page.outcome.series.item(0).text() == "China · Services · Exports (US$ 100 million)"


def test_a_sheet_that_is_not_wanted_is_left_out(qtbot: QtBot, sample_project: Project) -> None:
    dialog = opened(qtbot, SAMPLE, sample_project)
    dialog.page.parts.tree.setFocus()
    for _ in range(3):
        qtbot.keyClick(dialog.page.parts.tree, Qt.Key.Key_Space)
        qtbot.keyClick(dialog.page.parts.tree, Qt.Key.Key_Down)
    assert button(dialog).text() == "Import table"
    qtbot.keyClick(dialog.page.parts.tree, Qt.Key.Key_Space)
    assert not button(dialog).isEnabled()


def test_the_preview_says_and_shows_what_each_part_means(qtbot: QtBot, sample_project: Project) -> None:
    dialog = opened(qtbot, SAMPLE, sample_project)
    dialog.page.parts.select(3)
    sheet = dialog.page.preview.sheet
    headers = [sheet.headerData(at, Qt.Orientation.Horizontal) for at in range(4)]
    assert headers == ["A\nEconomy", "B\nSector", "C\nMeasure", "D\nNumbers"]
    assert [sheet.meaning(row, 0) for row in (0, 3, 4, 18, 19)] == ["", "header", "labels", "labels", ""]
    assert [sheet.meaning(row, 3) for row in (0, 3, 4)] == ["", "year", "value"]
    colours = {sheet.data(sheet.index(row, column), Qt.ItemDataRole.BackgroundRole).color().name() for row, column in
               ((3, 0), (4, 0), (3, 3), (4, 3))}  # fmt: skip
    assert len(colours) == 4
    assert sheet.data(sheet.index(4, 3), Qt.ItemDataRole.DisplayRole) == "78.469"


def test_the_preview_is_a_sound_model(qtmodeltester: ModelTester, qtbot: QtBot, sample_project: Project) -> None:
    dialog = opened(qtbot, SAMPLE, sample_project)
    qtmodeltester.check(dialog.page.preview.sheet)


def test_texts_where_numbers_should_be_are_counted_and_coloured(crosssection: ImportDialog, qtbot: QtBot) -> None:
    crosssection.page.form.year.setFocus()
    crosssection.page.form.year.lineEdit().selectAll()
    qtbot.keyClicks(crosssection.page.form.year, "2017")
    qtbot.keyClick(crosssection.page.form.year, Qt.Key.Key_Return)
    assert "Texts instead of numbers: 1 (B3 “secret”). They are kept as marks." in said(crosssection)
    assert crosssection.page.outcome.asked.text() == "The unit is not stated."
    sheet = crosssection.page.preview.sheet
    ink = sheet.data(sheet.index(2, 1), Qt.ItemDataRole.ForegroundRole)
    assert ink.color() != QColor(Qt.GlobalColor.black)
    assert sheet.data(sheet.index(1, 1), Qt.ItemDataRole.ForegroundRole) is None


def test_a_name_that_looks_like_html_stays_text(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    evil = "<img src='file:///etc/passwd'>"
    dialog = opened(qtbot, csv_file(tmp_path, f"Year,{evil}\n2009,1\n"), sample_project)
    assert dialog.page.outcome.series.item(0).text() == evil
    tip = dialog.page.preview.sheet.data(dialog.page.preview.sheet.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert dialog.page.outcome.summary.textFormat() == Qt.TextFormat.PlainText


# ---- corrections ----


def test_the_year_of_a_sheet_without_years_can_be_written(crosssection: ImportDialog, qtbot: QtBot) -> None:
    year = crosssection.page.form.year
    assert said(crosssection).startswith("4 series, no years.")
    assert year.text() == "none"
    assert "border-color" in year.styleSheet(), "a question that nothing in the file answers is marked"
    year.setFocus()
    year.lineEdit().selectAll()
    qtbot.keyClicks(year, "2017")
    qtbot.keyClick(year, Qt.Key.Key_Return)
    assert one(crosssection).periods.values == (2017,)
    assert year.styleSheet() == ""
    assert crosssection.isVisible(), "Enter finishes the field, it does not import"


def test_title_unit_and_what_holds_for_all_can_be_written(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Year,A,B\n2009,1,2\n"), sample_project)
    form = dialog.page.form
    for field, text in (
        (form.title, "My own title"),
        (form.unit.lineEdit(), "RMB 100 million"),
        (form.places["sector"], "Services"),
        (form.places["reporter"], "china"),
    ):
        assert field is not None
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    table = one(dialog)
    assert table.title == Bilingual("My own title")
    assert table.units == (Unit("CNY", 1e8),)
    assert {table.key(at)[:3] for at in range(2)} == {("CHN", "", "services")}


def test_a_unit_without_a_base_is_refused_beside_the_preview(crosssection: ImportDialog, qtbot: QtBot) -> None:
    line = crosssection.page.form.unit.lineEdit()
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, "billion")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert said(crosssection).startswith("“billion” is no unit")
    assert not button(crosssection).isEnabled()


def test_a_column_gets_another_role(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Code,Area,2009,2010\nQ77,China,1,2\nQ78,India,3,4\n"), sample_project)
    assert one(dialog).key(0) == ("CHN", "", "", "value")
    select(dialog, 1, 1)
    pick(qtbot, dialog.page.choices.column_role, "Sector")
    assert one(dialog).key(0)[2:] == ("china", "value")
    select(dialog, 1, 0)
    pick(qtbot, dialog.page.choices.column_role, "Economy")
    assert one(dialog).key(0) == ("q77", "", "china", "value")


def test_a_role_can_be_chosen_at_the_keyboard(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Area,2009,2010\nChina,1,2\n"), sample_project)
    dialog.page.preview.setFocus()
    qtbot.keyClick(dialog.page.preview, Qt.Key.Key_Right)
    dialog.page.choices.column_role.setFocus()
    qtbot.keyClicks(dialog.page.choices.column_role, "Not")
    assert one(dialog).periods.values == (2010,)


def test_several_columns_can_be_left_out_at_once(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Area,2009,2010,2011\nChina,1,2,3\n"), sample_project)
    select(dialog, 1, 1, 2)
    assert dialog.page.choices.column_role.currentText() == "Numbers"
    pick(qtbot, dialog.page.choices.column_role, "Not imported")
    assert one(dialog).periods.values == (2011,)


def test_a_role_that_only_one_column_can_have_moves(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Country,Sector,2009\nTravel,China,1\n"), sample_project)
    select(dialog, 1, 1)
    pick(qtbot, dialog.page.choices.column_role, "Economy")
    assert dialog.use is not None
    assert dialog.use.mapping.columns == ("ignore", "reporter", "value")


def test_what_a_header_row_says_can_be_corrected(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Year,Alpha,Beta\n2009,1,2\n"), sample_project)
    assert one(dialog).key(0) == ("", "", "", "alpha")
    select(dialog, 0, 1)
    assert dialog.page.choices.level_role.isVisible()
    pick(qtbot, dialog.page.choices.level_role, "Sector")
    assert one(dialog).key(0) == ("", "", "alpha", "value")
    select(dialog, 1, 1)
    assert not dialog.page.choices.level_role.isVisible()


def test_the_header_row_can_be_moved_and_the_rest_follows(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    content = "Area,2001,2002\nArea,2009,2010\nChina,1,2\n"
    dialog = opened(qtbot, csv_file(tmp_path, content), sample_project)
    assert dialog.page.form.last.value() == 1
    dialog.page.form.last.setFocus()
    qtbot.keyClick(dialog.page.form.last, Qt.Key.Key_Up)
    assert one(dialog).periods.values == (2009, 2010)
    assert dialog.page.form.last.value() == 2


def test_the_last_row_and_the_layout_can_be_changed(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Year,Exports\n2009,1\n2010,2\n2011,3\n"), sample_project)
    dialog.page.form.end.setFocus()
    qtbot.keyClick(dialog.page.form.end, Qt.Key.Key_Down)
    assert one(dialog).periods.values == (2009, 2010)
    pick(qtbot, dialog.page.form.layout_, "One year")
    assert dialog.page.form.year.isEnabled()
    pick(qtbot, dialog.page.form.layout_, "Years down")
    assert one(dialog).periods.values == (2009, 2010, 2011)


def test_a_decimal_comma_can_be_chosen(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, 'Year,Exports\n2009,"1,503"\n'), sample_project)
    assert one(dialog).value(0, 0) == 1503.0
    pick(qtbot, dialog.page.form.decimal, "Comma")
    assert one(dialog).value(0, 0) == 1.503


def test_the_encoding_of_a_text_can_be_chosen(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Année,Exports\n2009,1\n".encode("cp1252"))
    dialog = opened(qtbot, path, sample_project)
    assert dialog.page.writing.encoding.currentText() == "CP1252"
    pick(qtbot, dialog.page.writing.encoding, "UTF-8")
    assert said(dialog) == "“a.csv” is not written in utf-8. Choose another encoding."
    assert not button(dialog).isEnabled()
    pick(qtbot, dialog.page.writing.encoding, "CP")
    assert button(dialog).isEnabled()


# ---- names and languages ----


def test_every_widget_that_can_be_used_has_a_name(crosssection: ImportDialog) -> None:
    nameless = [
        widget
        for widget in crosssection.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.objectName().startswith("qt_")
        and type(widget).__name__ not in {"QHeaderView", "QScrollBar", "QComboBoxPrivateContainer"}
        and widget.isVisible()
        and not ((widget.accessibleName() or getattr(widget, "text", str)()) and widget.objectName())
    ]
    assert nameless == []


def test_the_dialog_speaks_chinese(chinese: None, qtbot: QtBot, sample_project: Project) -> None:
    dialog = opened(qtbot, SAMPLE, sample_project)
    dialog.page.parts.select(1)
    assert dialog.page.outcome.series.item(0).text() == "中国 · 服务 · 出口 (亿美元)"
    assert dialog.page.form.unit.currentText() == "亿美元"


def test_what_separates_the_columns_can_be_chosen(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Year;Exports\n2009;1\n2010;2\n"), sample_project)
    separator = dialog.page.writing.separator
    assert separator.currentText() == "Semicolon"
    pick(qtbot, separator, "Comma")
    assert not button(dialog).isEnabled()
    pick(qtbot, separator, "Semicolon")
    assert one(dialog).periods.values == (2009, 2010)
