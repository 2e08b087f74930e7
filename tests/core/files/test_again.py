"""A table read again from its file: rows and columns come and go, and what no longer fits is for a person to decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import UserError
from core.files.again import LayoutChanged, files_of, read_again
from core.files.importing import detect, import_part, import_tables, known_labels
from core.files.merging import renewed
from core.files.readers import read
from core.provenance import trace
from core.table import Table

FIRST = "Country,2015,2016\nChina,1.5,2.5\nIndia,4,5\nIreland,7,8\n"
"""Made up for these tests."""


def again(table: Table, path: Path) -> Table:
    found = read(path)
    return read_again(table, {found.file: found}, known_labels(None))


def written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "exports.csv", FIRST)


@pytest.fixture
def table(path: Path) -> Table:
    return import_tables(path)[0]


def rows(table: Table) -> dict[str, list[float]]:
    names = [table.label("reporter", series) for series in range(len(table.series))]
    return {name.name.en: table.row(at).tolist() for at, name in enumerate(names) if name is not None}


def test_a_table_knows_the_names_of_its_files_and_no_folder(table: Table) -> None:
    assert files_of(table) == ("exports.csv",)


def test_further_years_and_economies_come_in(table: Table, path: Path) -> None:
    written(path, "Country,2015,2016,2017,Notes\nChina,1.5,2.5,3,\nIndia,4,5,6,\nIreland,7,8,9,\nChile,1,2,3,x\n")
    new = again(table, path)
    assert new.periods.values == (2015, 2016, 2017)
    assert rows(new)["Chile"] == [1.0, 2.0, 3.0]


def test_fewer_years_and_economies_are_read_as_they_are(table: Table, path: Path) -> None:
    written(path, "Country,2016\nChina,2.5\nIndia,5\n")
    assert rows(again(table, path)) == {"China": [2.5], "India": [5.0]}


def test_lines_above_the_table_move_it_down(table: Table, path: Path) -> None:
    written(path, "Exports of goods\nDownloaded in 2026\n\n" + FIRST)
    assert rows(again(table, path)) == rows(table)


@pytest.mark.parametrize(
    "content",
    [
        "Year,Product,Price\n2015,Tea,1\n2016,Tea,2\n",
        "Country,2015,2016\nPeru,1,2\nChile,3,4\nKenya,5,6\n",
        "only words here\nand here\n",
        "Country,2015,2016\nChina,n.n.,see note\nIndia,a,b\nIreland,c,8\n",
    ],
)
def test_another_table_is_not_taken_for_the_old_one(table: Table, path: Path, content: str) -> None:
    written(path, content)
    with pytest.raises(LayoutChanged) as caught:
        again(table, path)
    assert str(caught.value).endswith(".")


def test_another_year_of_a_cross_section_is_not_written_over_the_old_one(tmp_path: Path) -> None:
    path = written(tmp_path / "one.csv", "Exports in 2017\n\nCountry,Exports\nChina,1\nIndia,2\nIreland,3\n")
    table = import_tables(path)[0]
    assert table.periods.values == (2017,)
    written(path, path.read_text(encoding="utf-8").replace("2017", "2018"))
    with pytest.raises(LayoutChanged, match="another year"):
        again(table, path)


def test_two_files_of_one_name_are_not_read_as_one(tmp_path: Path) -> None:
    for folder, years in (("old", "2015,2016"), ("new", "2017,2018")):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "exports.csv", FIRST.replace("2015,2016", years))
    files = [read(tmp_path / folder / "exports.csv") for folder in ("old", "new")]
    detected = detect(files, known_labels(None))
    table = import_part(detected.parts[0], known_labels(None)).table
    assert table is not None
    assert table.periods.values == (2015, 2016, 2017, 2018)
    with pytest.raises(UserError, match=r"2 sheets “exports” of files “exports\.csv”, which cannot be told apart"):
        again(table, tmp_path / "new" / "exports.csv")


def test_numbers_that_only_moved_are_traced_to_where_they_are_now(table: Table, path: Path) -> None:
    assert renewed(table, again(table, path)) is table
    written(path, "Exports of goods\nDownloaded in 2026\n\n" + FIRST)
    moved = renewed(table, again(table, path))
    assert rows(moved) == rows(table)
    found = trace(moved, 0, 0)
    assert found is not None
    assert found.cell == "B5"
    assert len(moved.origin) == 1
