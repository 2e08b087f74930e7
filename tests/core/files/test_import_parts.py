"""Which sheets and files become one table, which are left out, and what a person says in advance or corrects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import UserError
from core.files.grid import Sheet, Sheets, TextStream
from core.files.importing import Answers, Detected, corrected, detect, import_part, join, known_labels, split
from core.files.questions import questions
from core.table import Table
from core.units import Unit
from tests.core.files.sheets import series_of, sheet

KNOWN = known_labels(None)


def detected(*sheets: Sheet, answers: Answers | None = None) -> Detected:
    return detect([Sheets("book.xlsx", sheets)], KNOWN, answers or Answers())


def table(found: Detected) -> Table:
    (part,) = found.parts
    result = import_part(part, KNOWN)
    assert result.table is not None, result.problem
    return result.table


def page(name: str, sector: str = "", years: str = "2009 | 2010") -> Sheet:
    lines = [f"Sector | {sector}"] if sector else []
    return sheet("\n".join([*lines, f"Country | {years}", "China | 1 | 2", "India | 3 | 4"]), name)


def test_sheets_that_differ_in_a_line_above_become_one_table() -> None:
    found = detected(page("Sheet 1", "Food"), page("Sheet 10", "Fuel"), page("Sheet 2", "Textiles"))
    assert len(table(found).series) == 6
    assert {key[2] for key in series_of(table(found))} == {"food", "fuel", "textiles"}


@pytest.mark.parametrize(
    ("names", "place", "expected"),
    [
        (("2009", "2010"), "year", {2009, 2010}),
        (("Exports", "Imports"), "measure", {"exports", "imports"}),
        (("Machines", "Textiles"), "sector", {"machines", "textiles"}),
    ],
)
def test_the_names_of_sheets_tell_them_apart_by_what_they_say(
    names: tuple[str, str], place: str, expected: set[object]
) -> None:
    text = "Country | Amount\nChina | 1\nIndia | 2" if place == "year" else "Country | 2009\nChina | 1\nIndia | 2"
    made = table(detected(*(sheet(text, name) for name in names)))
    if place == "year":
        assert {*made.periods.values} == expected
    else:
        at = ("reporter", "partner", "sector", "measure").index(place)
        assert {key[at] for key in series_of(made)} == expected


def test_sheets_with_names_that_say_nothing_stay_apart() -> None:
    assert len(detected(page("Sheet1"), page("Sheet2")).parts) == 2


def test_sheets_with_other_years_of_the_same_series_become_one_table() -> None:
    made = table(detected(page("Sheet1"), page("Sheet2", years="2011 | 2012")))
    assert made.periods.values == (2009, 2010, 2011, 2012)


def test_files_are_told_apart_by_the_economies_in_their_names() -> None:
    text = "Code | Product label | Exported value in 2019\n01 | Animals | 1\n85 | Machines | 2"
    files = [Sheets(f"{name}_exports.txt", (sheet(text, f"{name}_exports"),)) for name in ("world", "china")]
    found = detect(files, KNOWN)
    assert {key[0] for key in series_of(table(found))} == {"WLD", "CHN"}


def test_a_sheet_that_lies_alike_but_says_less_is_left_out_with_the_reason() -> None:
    pages = [page(f"Sheet {at}", name) for at, name in enumerate(("Food", "Fuel", "Textiles"))]
    found = detected(*pages, page("Raw materials"))
    assert [len(part.uses) for part in found.parts] == [3]
    (left,) = found.left
    assert left.sheet.name == "Raw materials"
    assert str(left.reason) == ("It lies like the other sheets but does not say of which sector its numbers are.")


def test_contents_and_hidden_sheets_are_left_out_until_they_are_asked_for() -> None:
    contents = sheet("Table | Page\nFood | 3\nFuel | 7", "Contents")
    hidden = replace(page("Old"), hidden=True)
    found = detected(contents, page("Data"), hidden)
    assert [part.name for part in found.parts] == ["Data"]
    assert {left.sheet.name: str(left.reason) for left in found.left} == {
        "Contents": "The sheet “Contents” holds no table of figures.",
        "Old": "The sheet “Old” is hidden.",
    }
    asked = detected(contents, page("Data"), hidden, answers=Answers(sheet="old"))
    assert [part.name for part in asked.parts] == ["Old"]
    assert [part.name for part in detected(contents, page("Data"), answers=Answers(sheet="2")).parts] == ["Data"]


def test_a_sheet_that_is_missing_is_refused_with_the_names_of_the_others() -> None:
    with pytest.raises(UserError, match=r"There is no sheet “Nope”\. The sheets are: A, B\."):
        detected(page("A"), page("B"), answers=Answers(sheet="Nope"))


def test_what_a_person_says_in_advance_fills_only_what_the_sheet_leaves_open() -> None:
    answers = Answers(year=1999, unit=Unit("EUR", 1e6), measure="imports", partner="France", reporter="Brazil")
    made = table(detected(page("Sheet1"), answers=answers))
    assert made.periods.values == (2009, 2010)
    assert made.units == (Unit("EUR", 1e6),)
    assert {key[0] for key in series_of(made)} == {"CHN", "IND"}
    assert {key[1] for key in series_of(made)} == {"FRA"}
    assert {key[3] for key in series_of(made)} == {"imports"}


def test_open_questions_are_said_and_wait_for_nothing() -> None:
    (part,) = detected(sheet("Country | Amount\nChina | 1\nIndia | 2", "Sheet1")).parts
    assert [question.kind for question in questions(part)] == ["unit", "year", "measure"]
    (clear,) = detected(sheet("Exports (US$ million)\nCountry | 2009 | 2010\nChina | 1 | 2\nIndia | 3 | 4")).parts
    assert questions(clear) == ()


def test_a_correction_is_carried_to_the_other_sheets_but_not_what_tells_them_apart() -> None:
    (part,) = detected(page("Sheet 1", "Food"), page("Sheet 2", "Fuel")).parts
    before = part.uses[0].mapping
    after = corrected(part, 0, replace(before, unit=Unit("USD", 1e6), sector="Meat", measure="Imports"))
    assert [use.mapping.unit for use in after.uses] == [Unit("USD", 1e6)] * 2
    assert [use.mapping.sector for use in after.uses] == ["Meat", "Fuel"]
    assert [use.mapping.measure for use in after.uses] == ["Imports"] * 2


def test_a_corrected_role_reaches_sheets_with_more_years() -> None:
    first, second = page("Sheet 1", "Food"), page("Sheet 2", "Fuel", years="2009 | 2010 | 2011")
    (part,) = detected(first, second).parts
    after = corrected(part, 0, replace(part.uses[0].mapping, columns=("partner", "value", "value")))
    assert after.uses[1].mapping.columns[0] == "partner"


def test_the_partners_of_a_very_long_list_are_added_up(tmp_path: Path) -> None:
    text = "t | i | j | k | v\n2019 | 156 | 842 | 010121 | 1.5\n2020 | 156 | 251 | 010121 | 2.5"
    stream = TextStream(tmp_path / "baci.csv", "utf-8", ",", 300 * 2**20)
    (part,) = detected(replace(sheet(text), stream=stream)).parts
    assert part.uses[0].mapping.columns == ("year", "reporter_code", "summed", "sector_code", "value")
    assert "columns" in [question.kind for question in questions(part)]
    (short,) = detected(replace(sheet(text), stream=replace(stream, size=40 * 2**20))).parts
    assert short.uses[0].mapping.columns[2] == "partner_code"


def test_a_part_can_be_split_and_joined() -> None:
    (part,) = detected(page("Sheet 1", "Food"), page("Sheet 2", "Fuel")).parts
    rest, alone = split(part, 1)
    assert (rest.name, alone.name) == ("Sheet 1", "Sheet 2")
    assert [use.sheet.name for use in join((rest, alone)).uses] == ["Sheet 1", "Sheet 2"]
    assert split(alone, 0) == (alone,)


def a_file(name: str, text: str) -> Sheets:
    return Sheets(name, (replace(sheet(text, name.removesuffix(".csv")), file=name),))


def test_a_file_without_a_unit_is_not_joined_with_one_that_states_it() -> None:
    silent = a_file("a.csv", "Exports, 2015 |\nReporter | Value\nJapan | 100000\nChina | 200000")
    stated = a_file("b.csv", "Exports, 2016, US$ million |\nReporter | Value\nJapan | 102\nChina | 203")
    found = detect([silent, stated], KNOWN)
    assert [[question.kind for question in questions(part)] for part in found.parts] == [["unit"], []]
    both = detect([silent, stated], KNOWN, Answers(unit=Unit("USD", 1e6)))
    assert len(both.parts) == 1


def test_sheets_of_one_workbook_are_joined_though_one_of_them_states_no_unit() -> None:
    first = sheet("Exports, 2015 |\nReporter | Value\nJapan | 100\nChina | 200", "2015")
    second = sheet("Exports, 2016, US$ million |\nReporter | Value\nJapan | 102\nChina | 203", "2016")
    assert len(detected(first, second).parts) == 1


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (("Exports of China, 2015", "Exports of China, 2016"), "Exports of China"),
        (("exports_2015_goods", "exports_2016_goods"), "exports goods"),
        (("2015年中国出口", "2016年中国出口"), "中国出口"),
        (("Exports 2015", "Sold abroad 2016"), "Exports 2015 · Sold abroad 2016"),
    ],
)
def test_a_table_of_several_files_is_called_by_what_their_titles_share(titles: tuple[str, str], expected: str) -> None:
    files = [
        a_file(f"{n}.csv", f"{title} |\nCountry | {year}\nChina | 1\nIndia | 2")
        for n, (title, year) in enumerate(zip(titles, (2015, 2016), strict=True))
    ]
    title = table(detect(files, KNOWN, Answers(measure="exports"))).title
    assert expected in {title.en, title.zh}


def test_a_header_right_below_which_a_heading_stands_begins_a_table_of_its_own() -> None:
    block = "{flow} by economy\nReporter | 2009 | 2010\nof which:\nChina | 1 | 2\nIndia | 3 | 4\n\n"
    found = detected(sheet(block.format(flow="Exports") + block.format(flow="Imports"), "Data"))
    assert {key[3] for key in series_of(table(found))} == {"exports", "imports"}


def test_tables_below_each_other_may_have_decimal_commas() -> None:
    block = "{flow} by economy\nReporter | 2009 | 2010\nChina | 6,86 | 11,62\nIndia | 3,53 | 4,45\n\n"
    found = detected(sheet(block.format(flow="Exports") + block.format(flow="Imports"), "Data"))
    assert series_of(table(found))["CHN", "", "", "imports"] == [6.86, 11.62]
