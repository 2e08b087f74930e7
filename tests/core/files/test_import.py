"""What becomes of labels and cells in an import, what is refused, and what a person can correct."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.files.build import build
from core.files.grid import Sheets, sheet_of
from core.files.guess import guess
from core.files.importing import Detected, import_tables, known_labels, sheets_of, tables_of
from core.files.mapping import Labels
from core.project import Project
from core.text import Bilingual
from core.units import Unit
from tests.core.files.sheets import EXPORTS, IMPORTS, import_sheet, imported, problem, series_of, sheet, tables_in


@pytest.fixture(scope="module")
def known(sample_project: Project) -> Labels:
    return known_labels(sample_project)


# ---- labels ----


def test_labels_of_the_project_are_found_in_either_language(known: Labels) -> None:
    english, _ = imported("Year | China | World\n2009 | 1 | 2", known)
    chinese, _ = imported("年份 | 中国 | 世界\n2009 | 1 | 2", known)
    assert english.labels["reporter"] == chinese.labels["reporter"]
    assert english.labels["reporter"][0].name == Bilingual("China", "中国")
    assert english.labels["reporter"][1].role == "world"


def test_a_new_label_is_named_in_the_language_of_the_file(known: Labels) -> None:
    table, _ = imported("Year | 火星 | 世界\n2009 | 1 | 2", known)
    assert table.labels["reporter"][0].name == Bilingual("", "火星")


def test_numbers_that_nothing_names_are_called_so(known: Labels) -> None:
    table, report = imported("Economy | 2009 | 2010\nChina | 1 | 2", known)
    assert table.labels["measure"][0].id == "value"
    assert [str(note) for note in report.notes] == ["Nothing says what the numbers measure; they are called “Value”."]


# ---- cells ----


def test_texts_in_number_cells_become_marks_and_are_counted(known: Labels) -> None:
    table, report = imported("Year | Exports | Imports\n2009 | .. | 1\n2010 | #DIV/0! | soon\n2011 | 2 |", known)
    assert report.texts == (("B3", "#DIV/0!"), ("C3", "soon"))
    assert (report.cells, report.empty, dict(report.missing)) == (2, 2, {"..": 1})
    kinds = {(table.key(s)[3], table.periods.values[p]): (m.kind, m.raw) for (s, p), m in table.marks.items()}
    assert kinds == {("exports", 2010): ("error", "#DIV/0!"), ("imports", 2010): ("text", "soon")}
    assert series_of(table) == {EXPORTS: [None, None, 2], IMPORTS: [1, None, None]}


def test_a_series_without_any_number_is_kept_as_missing(known: Labels) -> None:
    table, report = imported("Year | Exports | Imports\n2009 | 1 | ..\n2010 | 2 |", known)
    assert series_of(table) == {EXPORTS: [1, 2], IMPORTS: [None, None]}
    assert (report.cells, report.empty, report.texts, dict(report.missing)) == (2, 2, (), {"..": 1})


def test_numbers_written_as_texts_are_numbers(known: Labels) -> None:
    text = sheet_of(
        "s", (("Year", "Exports"), ("2009", "1,503"), ("2010", " 1 245.5 "), ("2011", "−3"), ("2012", "(4)"))
    )
    found = import_sheet(text, "f.csv", known)
    assert found.table is not None
    assert series_of(found.table) == {EXPORTS: [1503, 1245.5, -3, -4]}


def test_a_decimal_comma_is_recognised_from_the_whole_sheet(known: Labels) -> None:
    rows = (("Year", "Exports"), ("2009", "74,4"), ("2010", "1,503"), ("2011", "1.250,5"))
    found = import_sheet(sheet_of("s", rows), "f.csv", known)
    assert found.part.uses[0].mapping.decimal == ","
    assert found.table is not None
    assert series_of(found.table) == {EXPORTS: [74.4, 1.503, 1250.5]}


def test_a_zero_is_a_number_and_a_blank_is_missing(known: Labels) -> None:
    table, report = imported("Year | Exports | Imports\n2009 | 0 | \n2010 | | 0", known)
    assert series_of(table) == {EXPORTS: [0, None], IMPORTS: [None, 0]}
    assert (report.cells, report.empty) == (2, 2)


# ---- refusals ----


def test_two_cells_for_one_place_are_refused_with_both_named(known: Labels) -> None:
    sentence = problem("Economy | Year | Exports\nChina | 2009 | 1\nIndia | 2009 | 2\n中国 | 2009 | 3", known)
    assert sentence.startswith("C2 and C4 both say China, Exports, 2009.")


def test_an_empty_cell_contradicts_nothing(known: Labels) -> None:
    table, _ = imported("Economy | Year | Exports\nChina | 2009 | 1\nChina | 2009 |", known)
    assert series_of(table) == {("CHN", "", "", "exports"): [1]}


def test_two_units_of_one_series_are_refused_with_both_cells(known: Labels) -> None:
    sentence = problem(
        "Reporter | Flow | Year | Value | Unit\nChina | Export | 2009 | 1 | US$ million\n"
        "China | Export | 2010 | 2 | 亿元",
        known,
    )
    assert sentence.startswith("China, Exports has two units: US$ million at D2 and RMB 100 million at D3.")


def test_a_scale_without_a_currency_is_refused_with_its_cell(known: Labels) -> None:
    sentence = problem("Reporter | Flow | Year | Value | Unit\nChina | Export | 2009 | 1 | billion", known)
    assert sentence.startswith("E2: “billion” is no unit")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The sheet “Sheet1” is empty."),
        ("Contents | Page\nTable one | A", "The sheet “Sheet1” holds no numbers."),
    ],
)
def test_a_sheet_that_gives_no_table_says_why(text: str, sentence: str, known: Labels) -> None:
    assert sentence in problem(text, known)


def test_numbers_without_a_year_make_a_cross_section(known: Labels) -> None:
    table, _ = imported("Category | Exports\nTransport | 5", known)
    assert (table.periods.kind, table.periods.values) == ("none", (0,))
    assert series_of(table) == {("", "", "transport", "exports"): [5]}


def test_of_years_beside_quarters_those_that_are_fewer_are_left_out_and_said(known: Labels) -> None:
    table, report = imported("Economy | 2009 | 2010 | 2010Q1\nChina | 1 | 2 | 3", known)
    assert (table.periods.kind, table.periods.values) == ("year", (2009, 2010))
    assert report.columns_left == ("2010Q1",)


def test_a_workbook_without_any_table_gets_one_sentence() -> None:
    empty, texts = sheet_of("A", ()), sheet_of("B", (("x",),))
    with pytest.raises(UserError, match=r"^The sheet “B” holds no numbers\.$"):
        tables_in(Sheets("f.xlsx", (texts,)), known_labels(None))
    with pytest.raises(UserError, match=r"^No sheet of “f\.xlsx” holds a table\. The sheet “A” is empty\.$"):
        tables_in(Sheets("f.xlsx", (empty, texts)), known_labels(None))
    with pytest.raises(UserError, match="has no sheet with cells"):
        tables_of(Detected(()), (), "f.xlsx")


# ---- corrections ----


def test_a_person_can_correct_every_part_of_the_guess(known: Labels) -> None:
    grid = sheet("Some words\nArea | Kind | A | B\nChina | x | 1 | 2\nIndia | x | 3 | 4")
    first = guess(grid, known)
    mapping = replace(
        first,
        title="Corrected",
        columns=("reporter", "ignore", "value", "value"),
        levels=("sector",),
        measure="Imports",
        year=2020,
        unit=Unit("EUR", 1e6),
    )
    table, _ = build([(grid, mapping)], known, "t")
    assert table.title == Bilingual("Corrected")
    assert table.units == (Unit("EUR", 1e6),)
    assert series_of(table) == {
        ("CHN", "", "a", "imports"): [1],
        ("CHN", "", "b", "imports"): [2],
        ("IND", "", "a", "imports"): [3],
        ("IND", "", "b", "imports"): [4],
    }


def test_the_header_row_can_be_said(known: Labels) -> None:
    grid = sheet("Economy | 2001 | 2002\nEconomy | 2009 | 2010\nChina | 1 | 2")
    assert guess(grid, known).header == 0
    moved = guess(grid, known, header=1)
    assert moved.header == 1
    table, _ = build([(grid, replace(moved, measure="Exports"))], known, "t")
    assert table.periods.values == (2009, 2010)


def test_a_column_that_is_no_year_is_named(known: Labels) -> None:
    grid = sheet("Economy | 2009 | Notes\nChina | 1 | 2")
    mapping = replace(guess(grid, known), columns=("reporter", "value", "value"))
    with pytest.raises(UserError, match="C1 says “Notes”, which is no year"):
        build([(grid, mapping)], known, "t")


def test_a_mapping_without_a_value_column_says_so(known: Labels) -> None:
    grid = sheet("Economy | 2009\nChina | 1")
    with pytest.raises(UserError, match="No column of the sheet “Sheet1” holds values"):
        build([(grid, replace(guess(grid, known), columns=("reporter", "ignore")))], known, "t")


# ---- whole files ----


def test_a_list_of_several_tables_falls_into_its_tables(known: Labels) -> None:
    text = "Table | Reporter | Flow | Year | Value\nA | China | Exports | 2009 | 1\nB | China | Exports | 2009 | 2"
    parts = sheets_of(Sheets("f.csv", (sheet(text),)))
    assert [part.name for part in parts] == ["A", "B"]
    first, second = tables_in(Sheets("f.csv", (sheet(text),)), known)
    key = ("CHN", "", "", "exports")
    assert (series_of(first), series_of(second)) == ({key: [1]}, {key: [2]})


def test_a_csv_file_is_called_after_its_file(tmp_path: Path, sample_project: Project) -> None:
    path = tmp_path / "My figures.csv"
    path.write_text("Year,Exports\n2009,1\n", encoding="utf-8")
    (table,) = import_tables(path, sample_project)
    assert table.title == Bilingual("My figures")


def test_an_exact_name_of_a_measure_comes_before_one_with_further_words() -> None:
    down, _ = imported(
        "Year | Exports of goods | Exports of services | Exports\n2009 | 1 | 2 | 3\n2010 | 2 | 3 | 5", {}
    )
    across, _ = imported(
        "Indicator | 2009 | 2010\nExports of goods | 1 | 2\nExports of services | 2 | 3\nExports | 3 | 5", {}
    )
    assert series_of(down) == series_of(across)
    assert series_of(down)[EXPORTS] == [3, 5]


def test_columns_of_flags_beside_years_hold_no_values() -> None:
    # The normalised and wide files of FAOSTAT name them so.
    rows = (
        "Area | Element | Y2018 | Y2018F | Y2019 | Y2019F",
        "France | Exports | 10 | A | 12 | X",
        "Germany | Exports | 11 | A",
    )
    table, report = imported("\n".join(rows), {})
    assert series_of(table) == {("FRA", "", "", "exports"): [10, 12], ("DEU", "", "", "exports"): [11, None]}
    assert (report.texts, report.columns_left) == ((), ("Y2018F", "Y2019F"))


@pytest.mark.parametrize(
    "text", ["Month | Exports\nJanuary | 1\nFebruary | 2", "Country | Jan | Feb\nChina | 1 | 2\nIndia | 3 | 4"]
)
def test_months_without_a_year_are_refused_until_a_person_says_it(text: str) -> None:
    assert problem(text, {}) == (
        "The sheet “Sheet1” names months or quarters and no year. Choose the year that they belong to."
    )
    grid = sheet(text)
    found = import_sheet(grid, "file.xlsx", {}, replace(guess(grid, {}), year=2020))
    assert found.table is not None
    assert found.table.periods.values == (202001, 202002)


def test_indices_are_not_taken_for_amounts() -> None:
    assert problem("Year | Exports (2015=100)\n2009 | 98.1\n2010 | 99.7", {}) == (
        "The sheet “Sheet1” gives Exports as indices (2015=100), not as amounts. "
        "Import a table of amounts, or ignore the column."
    )
    table, _ = imported("Terms of trade index (2015=100) |\nCountry | 2009 | 2010\nChina | 98.1 | 99.7", {})
    assert (table.key(0)[3], table.unit(0)) == ("terms of trade index", Unit("index, 2015=100"))


def test_codes_that_mean_other_economies_than_the_names_beside_them_are_left_out() -> None:
    # To the International Monetary Fund Belgium is 124, which is Canada in ISO 3166, and Europe 170, which is Colombia.
    rows = (
        "Belgium | 124 | 1 | 2",
        "United States | 111 | 3 | 4",
        "Beyond the sea | 170 | 5 | 6",
        "Canada | 156 | 7 | 8",
    )
    table, report = imported("\n".join(["Country | Country code | 2009 | 2010", *rows]), {})
    assert [key[0] for key in series_of(table)] == ["BEL", "USA", "beyond the sea", "CAN"]
    assert report.columns_left == ("Country code",)
