"""What a person sees of a file before anything is corrected, and that no mouse is needed for all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from core.project import Project
from gui.importing.dialog import ImportDialog
from gui.importing.findings import Findings
from gui.importing.form import called
from gui.importing.meter import Meter, Stopped, show_fraction
from tests.gui.importing.dialogs import csv_file, header_menu, opened, said

_CODES = [f"code{at}" for at in range(12)]
WIDE = "\n".join(
    [
        ",".join(["refYear", *_CODES, "reporterDesc", "primaryValue"]),
        *(",".join(["2022", *["x"] * 12, place, value]) for place, value in (("China", "5"), ("India", "7"))),
    ]
)
"""A list of which most columns say nothing that is imported."""


def shown(dialog: ImportDialog) -> list[int]:
    view = dialog.page.preview
    return [at for at in range(view.sheet.columnCount()) if not view.isColumnHidden(at)]


def test_of_many_columns_those_are_in_sight_that_are_imported(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, WIDE), sample_project)
    assert shown(dialog) == [0, 13, 14]
    box = dialog.page.choices.left_out
    assert box.isVisible()
    assert not box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert shown(dialog) == list(range(15))
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert shown(dialog) == [0, 13, 14]


def test_a_column_that_is_left_out_by_hand_stays_in_sight(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, WIDE), sample_project)
    menu = header_menu(qtbot, dialog, column=13)
    (action,) = [each for each in menu.actions() if each.text() == "Not imported"]
    action.trigger()
    assert shown(dialog) == [0, 13, 14]
    dialog.page.preview.selectRow(1)
    assert dialog.page.preview.columns == [0, 13, 14]


def test_few_columns_are_all_in_sight(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Country,Note,2015\nChina,a,1\nIndia,b,2\n"), sample_project)
    assert shown(dialog) == [0, 1, 2]
    assert not dialog.page.choices.left_out.isVisible()


def test_a_single_sheet_needs_no_list_of_sheets(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    content = "Country,2015,2016\nChina,1,2\n"
    dialog = opened(qtbot, csv_file(tmp_path, content), sample_project)
    assert not dialog.page.parts.isVisible()
    two = [csv_file(tmp_path, content), csv_file(tmp_path, "Year,Price of tea\n2001,1\n2002,3\n", "tea.csv")]
    assert opened(qtbot, two, sample_project).page.parts.isVisible()


def test_what_is_not_certain_is_said_below_the_sum_and_marked_where_it_is_answered(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    content = 'Exporter,2015,2016\nChina,"1,503","2,669"\nIndia,"4,104","5,897"\n'
    dialog = opened(qtbot, csv_file(tmp_path, content), sample_project)
    lines = said(dialog).splitlines()
    assert lines[0].startswith("2 series, 2015–2016.")
    assert "Numbers such as 1,234 are read as thousands." in lines[1:3]
    assert dialog.page.form.decimal.styleSheet()
    assert not dialog.page.form.missing.styleSheet()
    assert dialog.page.import_button.hasFocus()


def test_the_name_of_the_value_column_of_a_list_is_a_header(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "Country,Year,Exports\nChina,2015,1\nIndia,2015,2\n"), sample_project)
    use = dialog.use
    assert use is not None
    assert Findings(use.sheet, use.mapping).meaning(0, 2) == "header"


@pytest.mark.parametrize(
    ("dimension", "words", "name"),
    [
        ("measure", "出口额", "Exports"),
        ("reporter", "中国", "China"),
        ("reporter", "Nowhere", "Nowhere"),
        ("sector", "", ""),
    ],
)
def test_what_holds_for_all_numbers_is_called_in_the_language_of_the_window(
    dimension: str, words: str, name: str
) -> None:
    assert called(dimension, words) == name


def test_leaving_a_field_as_it_is_changes_nothing(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, "中国出口额\n商品,2015,2016\n茶叶,1,2\n丝绸,3,4\n"), sample_project)
    before, field = dialog.use, dialog.page.form.places["reporter"]
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert dialog.use is before


def test_every_field_of_the_dialog_has_a_name_and_is_reached_with_tab(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    dialog = opened(qtbot, csv_file(tmp_path, WIDE), sample_project)
    kinds = QAbstractButton | QAbstractItemView | QComboBox | QLineEdit | QSpinBox
    own = [
        widget
        for widget in dialog.findChildren(QWidget)
        if isinstance(widget, kinds)
        and widget.isVisibleTo(dialog)
        and widget.isEnabled()
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget.parent(), QComboBox | QSpinBox)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(own) > 15
    for widget in own:
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface is not None
        assert interface.text(QAccessible.Text.Name), widget.objectName()
    reached = set()
    dialog.page.import_button.setFocus()
    for _step in range(80):
        reached.add(dialog.focusWidget())
        focused = QApplication.focusWidget()
        assert focused is not None
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert not [widget.objectName() for widget in own if widget not in reached and widget.focusProxy() is None]


def test_labels_of_the_dialog_show_names_of_files_as_they_are(
    qtbot: QtBot, tmp_path: Path, sample_project: Project
) -> None:
    bold = '<b>x</b><img src="">'
    content = f"{bold}\nCountry,2015,2016\n<i>a</i>,1,{bold}\nKorea Rep,2,3\n".replace('"', '""')
    dialog = opened(qtbot, csv_file(tmp_path, content.replace('""', "'"), "<b>y.csv"), sample_project)
    formats = {label.textFormat() for label in dialog.findChildren(QLabel) if "<" in label.text()}
    assert formats <= {Qt.TextFormat.PlainText}
    assert "<b>" in dialog.windowTitle()


# ---- how far it is ----


def test_a_meter_stops_work_that_nobody_waits_for() -> None:
    wanted = [True]
    meter = Meter(lambda: wanted[0])
    meter()
    wanted[0] = False
    with pytest.raises(Stopped):
        meter()


def test_the_bar_fills_as_far_as_the_reading_is(qtbot: QtBot, tmp_path: Path, sample_project: Project) -> None:
    bar = opened(qtbot, csv_file(tmp_path, WIDE), sample_project).page.progress
    meter = Meter(lambda: True)
    show_fraction(bar, meter.fraction)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
    meter.reach(0.25)
    show_fraction(bar, meter.fraction)
    assert bar.value() == bar.maximum() // 4
