"""Choosing between the numbers of a table and those of a file: by rule, by hand, with mouse and keys."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.files.merging import Comparison, compare, merged
from core.project import Project
from core.table import Label, Periods, Source, Table, new_table
from core.text import Bilingual
from gui.importing.conflict_table import CHOICE, DIFFERENCE, FILE, FILE_FROM, MINE, ConflictModel, difference
from gui.importing.conflicts import ConflictDialog

KEEP, TAKE = "mine", "the file's"


def other(table: Table) -> Table:
    """The same table with three numbers of its first period one larger, from another source."""
    columns = [np.array(table.column(at)) for at in range(len(table.periods.values))]
    columns[0][:3] += 1.0
    sources = (Source("new", Bilingual("<b>new</b>.xlsx")),)
    return replace(
        table.with_columns(columns), sources=sources, series=replace(table.series, source=table.series.source * 0)
    )


@pytest.fixture
def comparison(sample_project: Project) -> Comparison:
    table = sample_project.table("worldbank")
    assert table is not None
    return compare(table, other(table))


@pytest.fixture
def dialog(qtbot: QtBot, comparison: Comparison) -> ConflictDialog:
    shown = ConflictDialog(comparison)
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def column(dialog: ConflictDialog, at: int) -> list[str]:
    model = dialog.choice.model
    return [model.index(row, at).data() for row in range(model.rowCount())]


def rule(dialog: ConflictDialog, name: str) -> QRadioButton:
    found = dialog.findChild(QRadioButton, f"rule_{name}")
    assert isinstance(found, QRadioButton)
    return found


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: ModelTester, comparison: Comparison) -> None:
    model = ConflictModel(comparison, take=False)
    qtmodeltester.check(model)
    model.choose(0, 1, True)
    model.set_rule(True)
    qtmodeltester.check(model)


def test_each_conflict_shows_both_numbers_their_sources_and_the_difference(
    dialog: ConflictDialog, comparison: Comparison
) -> None:
    first = comparison.conflicts[0]
    assert [float(column(dialog, at)[0].replace(",", "")) for at in (MINE, FILE)] == [first.before, first.after]
    assert column(dialog, FILE_FROM)[0] == "<b>new</b>.xlsx"
    assert column(dialog, DIFFERENCE)[0].startswith("+1 (")
    assert column(dialog, CHOICE) == [KEEP] * 3
    sources = dialog.findChild(QLabel, "conflictSources")
    assert isinstance(sources, QLabel)
    assert sources.text().endswith("In the file from: <b>new</b>.xlsx")


def test_a_rule_decides_all_and_a_click_one(qtbot: QtBot, dialog: ConflictDialog) -> None:
    rule(dialog, "replace").click()
    assert column(dialog, CHOICE) == [TAKE] * 3
    view = dialog.choice.view
    index = dialog.choice.model.index(1, MINE)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center())
    assert column(dialog, CHOICE) == [TAKE, "mine, by hand", TAKE]
    assert dialog.rule == "replace"
    counts = dialog.findChild(QLabel, "conflictCounts")
    assert isinstance(counts, QLabel)
    assert counts.text().startswith("3 numbers differ: 1 of the table stay, 2 are taken from the file.")


def test_space_decides_all_selected_rows(qtbot: QtBot, dialog: ConflictDialog) -> None:
    view, model = dialog.choice.view, dialog.choice.model
    view.setFocus()
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view.selectionModel().select(model.index(0, 0), rows)
    view.selectionModel().select(model.index(2, 0), rows)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [TAKE in each for each in column(dialog, CHOICE)] == [True, False, True]
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [TAKE in each for each in column(dialog, CHOICE)] == [False, False, False]


def test_choices_by_hand_outlive_another_rule_and_can_be_undone(qtbot: QtBot, dialog: ConflictDialog) -> None:
    dialog.choice.model.choose(0, 0, True)
    rule(dialog, "fill").click()
    assert [TAKE in each for each in column(dialog, CHOICE)] == [True, False, False]
    rule(dialog, "replace").click()
    assert dialog.choice.model.by_hand == 0
    rule(dialog, "keep").click()
    forget = dialog.findChild(QPushButton, "forgetChoices")
    assert isinstance(forget, QPushButton)
    qtbot.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert column(dialog, CHOICE) == [KEEP] * 3


def test_what_is_answered_merges_to_what_was_shown(dialog: ConflictDialog, comparison: Comparison) -> None:
    rule(dialog, "replace").click()
    dialog.choice.model.choose(1, 1, False)
    result = merged(comparison.into, comparison.new, dialog.rule, dialog.choice.model.cells_by_hand())
    for at, conflict in enumerate(comparison.conflicts):
        value = result.value(result.find(conflict.key), result.period(conflict.period))
        assert value == (conflict.before if at == 1 else conflict.after)


def test_a_hundred_thousand_conflicts_are_decided_at_once(qtbot: QtBot) -> None:
    labels = {"reporter": tuple(Label(f"r{at}", Bilingual(f"R {at}")) for at in range(5000))}
    labels["measure"] = (Label("exports", Bilingual("Exports", "出口")),)

    def made(factor: float) -> Table:
        numbers = np.arange(1.0, 5001.0) * factor
        codes = {"reporter": list(range(5000)), "measure": [0] * 5000}
        return new_table("big", Bilingual("Big"), labels, codes, Periods("year", (*range(2000, 2020),)), [numbers] * 20)

    dialog = ConflictDialog(compare(made(1.0), made(2.0)))
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    view, model = dialog.choice.view, dialog.choice.model
    assert model.rowCount() == 100_000
    view.setFocus()
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert model.taken == 100_000
    assert len(model.cells_by_hand()) == 100_000


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        (0.1, 0.3, "+0.2 (+200.0 %)"),
        (1200.0, 200.0, "-1,000 (-83.3 %)"),
        (0.0, 2.0, "+2"),
        (-2.0, -1.0, "+1 (+50.0 %)"),
        (1000.0, 1000.1, "+0.1 (< 0.1 %)"),
        (1.0, float("nan"), ""),
    ],
)
def test_differences_are_those_of_the_numbers_as_they_are_written(before: float, after: float, shown: str) -> None:
    assert difference(before, after) == shown
