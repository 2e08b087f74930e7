"""Importing a table again: what its file says now is shown, and then applied as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from core.files.merging import Cells
from core.project import equal
from core.provenance import trace
from core.table import Table
from gui.importing.again import RefreshDialog, import_again
from gui.preferences import Preferences
from gui.session import Session
from tests.gui.imported import as_imported, imported_from

FIRST = "Country,2015,2016,2017\nChina,1.5,2.5,3.5\nIndia,4,5,6\nIreland,7,8,9\n"
"""Made up for these tests."""


@pytest.fixture
def path(tmp_path: Path, session: Session) -> Path:
    file = tmp_path / "exports.csv"
    file.write_text(FIRST, encoding="utf-8")
    session.apply("add_table", table=imported_from(file))
    return file


@pytest.fixture
def again(path: Path, session: Session, prompts: Any, tmp_path: Path) -> Callable[..., tuple[Path, ...]]:
    preferences = Preferences(tmp_path / "settings.ini")
    preferences.remember_import("read", path.name, path)

    def run(ask: Callable[[RefreshDialog], tuple[Cells, bool] | None] = agree) -> tuple[Path, ...]:
        return import_again(session, prompts, preferences, "read", ask=ask)

    return run


def agree(dialog: RefreshDialog) -> tuple[Cells, bool]:
    return dialog.choice.model.cells_by_hand(), dialog.remove.isChecked()


def unasked(dialog: RefreshDialog) -> None:
    pytest.fail("nothing was to be asked")


def numbers(session: Session) -> dict[str, list[float]]:
    table = session.project.table("read")
    assert isinstance(table, Table)
    names = [table.label("reporter", series) for series in range(len(table.series))]
    return {label.name.en: table.row(at).tolist() for at, label in enumerate(names) if label is not None}


def test_a_file_that_says_the_same_changes_nothing(again: Any, session: Session, prompts: Any) -> None:
    before = session.project
    assert again(unasked) == ()
    assert session.project is before
    assert prompts.told[0].startswith("Nothing has changed: the file says what “exports” says.")


def test_cells_that_only_moved_in_the_file_are_found_again(again: Any, path: Path, session: Session) -> None:
    table = session.project.table("read")
    assert isinstance(table, Table)
    before = trace(table, 0, 0)
    path.write_text("A title\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert again(unasked) == ()
    table = session.project.table("read")
    assert isinstance(table, Table)
    after = trace(table, 0, 0)
    assert before is not None
    assert after is not None
    assert (before.cell, after.cell) == ("B2", "B4")


def test_changed_numbers_new_years_and_new_series_come_in_as_one_step(again: Any, path: Path, session: Session) -> None:
    path.write_text(
        "Country,2015,2016,2017,2018\nChina,1.5,2.5,3.75,4\nIndia,4,5,6,7\nIreland,7,8,9,10\nChile,1,1,1,1\n",
        encoding="utf-8",
    )
    before = session.project
    seen: list[str] = []

    def look(dialog: RefreshDialog) -> tuple[Cells, bool]:
        label = dialog.findChild(QLabel, "comparison")
        assert isinstance(label, QLabel)
        seen.append(label.text())
        assert dialog.choice.model.rowCount() == 1
        return agree(dialog)

    again(look)
    assert "New in the file: 1 series and 1 periods, with 7 numbers." in seen[0]
    assert numbers(session)["China"] == [1.5, 2.5, 3.75, 4.0]
    assert numbers(session)["Chile"] == [1.0] * 4
    session.undo()
    assert equal(session.project, before)


def test_a_number_corrected_by_hand_can_stay(again: Any, session: Session) -> None:
    table = session.project.table("read")
    assert table is not None
    session.apply("set_cells", table="read", series=(table.key(0),), periods=(2016,), values=((99.0,),))

    def keep(dialog: RefreshDialog) -> tuple[Cells, bool]:
        dialog.choice.model.choose(0, 0, False)
        return agree(dialog)

    again(keep)
    assert numbers(session)["China"] == [1.5, 99.0, 3.5]
    again()
    assert numbers(session)["China"] == [1.5, 2.5, 3.5]


def test_what_the_file_no_longer_has_goes_only_where_that_is_chosen(again: Any, path: Path, session: Session) -> None:
    path.write_text("Country,2015,2016,2017\nChina,1.5,2.5,3.5\nIndia,4,5,6\n", encoding="utf-8")
    again()
    assert set(numbers(session)) == {"China", "India", "Ireland"}

    def remove(dialog: RefreshDialog) -> tuple[Cells, bool]:
        dialog.remove.setChecked(True)
        return agree(dialog)

    again(remove)
    assert set(numbers(session)) == {"China", "India"}


def test_calling_it_off_changes_nothing(again: Any, path: Path, session: Session) -> None:
    path.write_text(FIRST.replace("2.5", "2.6"), encoding="utf-8")
    before = session.project
    again(lambda _dialog: None)
    assert session.project is before


def test_a_file_that_is_not_where_it_was_is_asked_for_and_remembered(
    again: Any, path: Path, session: Session, prompts: Any, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere" / "new name.csv"
    moved.parent.mkdir()
    moved.write_text(FIRST.replace("2.5", "2.6"), encoding="utf-8")
    path.unlink()
    prompts.answers["open_file"] = moved
    again()
    assert numbers(session)["China"] == [1.5, 2.6, 3.5]
    del prompts.answers["open_file"]
    again(unasked)


def test_another_layout_is_for_a_person_to_look_at(again: Any, path: Path, session: Session, prompts: Any) -> None:
    path.write_text("Year,Product,Price\n2015,Tea,1\n2016,Tea,2\n", encoding="utf-8")
    before = session.project
    assert again(unasked) == (path,)
    assert session.project is before
    assert len(prompts.told) == 1


def test_a_file_that_cannot_be_read_is_told_in_a_sentence(again: Any, path: Path, prompts: Any) -> None:
    path.write_bytes(b"")
    assert again(unasked) == ()
    assert prompts.told == ["“exports.csv” is empty."]


def test_a_table_that_was_pasted_has_no_file(
    session: Session, prompts: Any, tmp_path: Path, sample_project: Any
) -> None:
    table = replace(as_imported(sample_project.table("table3"), "Clipboard", "Clipboard"), id="pasted")
    session.apply("add_table", table=table)
    assert import_again(session, prompts, Preferences(tmp_path / "s.ini"), "pasted") == ()
    assert prompts.told == ["This table was pasted, so that there is no file to read again."]


def test_a_table_that_was_typed_has_no_file(session: Session, prompts: Any, tmp_path: Path) -> None:
    assert import_again(session, prompts, Preferences(tmp_path / "s.ini"), "table3") == ()
    assert prompts.told == ["This table was not imported from a file."]
