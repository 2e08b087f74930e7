"""What a person would decide in the window, said on the command line."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from core.commands import BAD, run
from tests.core.commands_run import computed, converted, one, refused, written


def test_what_the_file_does_not_say_can_be_said_for_it(tmp_path: Path) -> None:
    path = written(tmp_path, "Category,Value\nTransport,5\nTravel,6\n")
    said = ("--year", "2019", "--unit", "US$ million", "--flow", "imports", "--reporter", "China", "--partner", "World")
    row = one(converted(path, *said), sector="Transport")
    assert (row["reporter"], row["partner"], row["measure"]) == ("China", "World", "Imports")
    assert (row["year"], row["value"], row["unit"]) == ("2019", "5", "US$ million")


def test_what_was_not_said_is_asked_for_with_its_option(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    converted(written(tmp_path, "Category,Exports\nTransport,5\nTravel,6\n"))
    said = capsys.readouterr().err
    assert "No year is stated. Say it with --year." in said
    assert "--unit" in said
    converted(written(tmp_path, "Category,2019,2020\nTransport,5,5\nTravel,6,6\n"))
    assert "Say with --flow whether" in capsys.readouterr().err


def test_one_sheet_of_a_workbook_is_chosen_by_name_or_number(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name, value in (("First", 1.5), ("Second", 2.5)):
        sheet = book.create_sheet(name)
        for row in (["Year", "Exports"], [2009, value], [2010, value]):
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    book.close()
    for chosen in ("Second", "3"):
        rows = converted(tmp_path / "a.xlsx", "--sheet", chosen)
        assert {row["value"] for row in rows} == {"2.5"}


def test_how_a_text_file_is_written_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("年份|出口\n2009|1,500\n2010|2,500\n".encode("gb18030"))
    rows = converted(path, "--encoding", "gb18030", "--separator", "|", "--decimal", ",")
    assert [(row["measure"], row["value"]) for row in rows] == [("Exports", "1.5"), ("Exports", "2.5")]


def test_different_values_for_one_place_are_refused_until_it_is_said_which_counts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = written(tmp_path, "Reporter,Year,Exports\nChina,2009,1\nChina,2009,2\nChina,2010,4\n")
    assert "--twice" in refused(capsys, "convert", str(path))
    assert [one(converted(path, "--twice", how), year="2009")["value"] for how in ("first", "last")] == ["1", "2"]


def test_years_are_made_of_months_only_where_that_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    months = "".join(f"2009-{month:02},{month},1\n" for month in range(1, 13))
    path = written(tmp_path, f"Month,Exports (US$ million),Imports (US$ million)\n{months}")
    capsys.readouterr()
    assert run(["compute", str(path), "--index", "balance"]) == BAD
    said = capsys.readouterr().err
    assert "--annual (one of: sum, last, december)" in said
    assert said.endswith("choose how years are made of its months.\n")
    for rule, value in (("sum", 78.0 - 12), ("last", 11.0), ("december", 11.0)):
        row = one(computed(path, tmp_path, "--index", "balance", "--annual", rule), index="balance")
        assert (row["year"], float(row["value"]), row["variant"]) == ("2009", value, f"years={rule}")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--year", "19"), "“19” is no year. Write it like --year 2019."),
        (("--unit", "billion"), "“billion” is no unit"),
        (("--separator", "ab"), "“ab” is no separator"),
        (("--flow", "both"), "“"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, options: tuple[str, str], words: str
) -> None:
    assert words in refused(capsys, "convert", str(written(tmp_path, "Year,Exports\n2009,1\n2010,2\n")), *options)


def test_options_of_an_import_mean_nothing_for_a_project(capsys: pytest.CaptureFixture[str], saved: Path) -> None:
    said = refused(capsys, "compute", str(saved), "--year", "2009", "--flow", "exports")
    assert said == "“sample.balassa” is a project, for which --year, --flow means nothing. Leave it out."
