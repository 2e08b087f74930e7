"""Families of files: what was said of one is remembered for the next one of the same shape."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.errors import UserError
from core.files.families import MOST, Families, from_json, shape_of
from core.files.grid import Cell, Sheet, Sheets, sheet_of
from core.files.guess import guess
from core.files.importing import detect
from core.files.mapping import SheetMapping
from core.table import DIMENSIONS
from core.units import Unit

KNOWN = dict.fromkeys(DIMENSIONS, ())


def trade_map(years: range, first: str = "China", above: int = 0, footer: bool = False) -> Sheet:
    """As Trade Map lists exporters: years inside the header, no unit, a nameless column at the end."""
    header = ["Exporters", *(f"Exported value in {year}" for year in years), ""]
    rows: list[list[Cell]] = [[f"Line {at}"] for at in range(above)]
    rows += [header, *([name, *(year * 1000.0 for year in years), ""] for name in (first, "India", "Ireland"))]
    return sheet_of("list", [*rows, [], ["Source: ITC"]] if footer else rows)


def corrected(sheet: Sheet) -> SheetMapping:
    """What a person makes of the guess: the unit that the file does not state, and a sign for missing values."""
    return replace(guess(sheet, KNOWN), unit=Unit("USD", 1e3), missing=("n.q.y.",), measure="exports")


FIRST = trade_map(range(2009, 2013))
MEMORY = Families().remembered(FIRST, corrected(FIRST))


def test_a_shape_does_not_depend_on_years_rows_or_place() -> None:
    shape = shape_of(FIRST, corrected(FIRST))
    for other in (trade_map(range(2010, 2021)), trade_map(range(2009, 2013), above=3, footer=True)):
        assert shape_of(other, guess(other, KNOWN)) == shape
    others = sheet_of("x", [["Importers", "Imported value in 2009", "Imported value in 2010"], ["China", 1.0, 2.0]])
    assert shape_of(others, guess(others, KNOWN)) != shape


@pytest.mark.parametrize("above", [0, 3])
def test_the_next_file_of_a_family_takes_the_mapping_over_with_its_own_rows_and_years(above: int) -> None:
    sheet = trade_map(range(2015, 2025), above=above, footer=True)
    found = MEMORY.recall(sheet)
    assert found is not None
    assert (found.unit, found.missing, found.measure) == (Unit("USD", 1e3), ("n.q.y.",), "exports")
    assert (found.header, found.first, found.end) == (above, above + 1, above + 4)
    assert found.columns == (corrected(FIRST).columns[0], *["value"] * 10)


def test_a_sheet_of_another_shape_is_not_recalled() -> None:
    assert MEMORY.recall(sheet_of("x", [["Importers", "2009", "2010"], ["China", 1.0, 2.0]])) is None
    assert MEMORY.recall(sheet_of("empty", [])) is None
    assert Families().recall(FIRST) is None


def test_what_the_next_file_says_itself_comes_before_memory() -> None:
    def titled(name: str, year: int) -> Sheet:
        rows: list[list[Cell]] = [["Reporter", name], ["Product", f"Exported value in {year} (US$ million)"]]
        return sheet_of("x", [*rows, ["Tea", 1.0], ["Rice", 2.0], ["Silk", 3.0]])

    one = titled("China", 2020)
    before = guess(one, KNOWN)
    memory = Families().remembered(one, replace(before, measure="exports", partner="World"))
    found = memory.recall(titled("India", 2021))
    assert found is not None
    assert (found.reporter, found.partner, found.measure) == ("India", "World", "exports")
    assert before.reporter == "China"


def test_years_alone_are_no_shape() -> None:
    sheet = sheet_of("x", [["", "2009", "2010"], ["", 1.0, 2.0], ["", 3.0, 4.0]])
    mapping = SheetMapping("x", 0, ("year",), ("ignore", "value", "value"), 3)
    assert shape_of(sheet, mapping) == ""
    assert Families().remembered(sheet, mapping) == Families()


def test_the_latest_mapping_of_a_shape_counts_and_keeps_its_name() -> None:
    named = MEMORY.remembered(FIRST, corrected(FIRST), "Exporters")
    again = named.remembered(FIRST, replace(corrected(FIRST), unit=Unit("USD", 1.0)))
    assert again.names() == ("Exporters",)
    found = again.recall(FIRST)
    assert found is not None
    assert found.unit == Unit("USD", 1.0)
    family = again.family(FIRST)
    assert family is not None
    assert family.name == "Exporters"
    assert again.forgotten("Exporters").names() == ()


def test_memory_is_bounded_and_named_mappings_outlive_the_others() -> None:
    memory = MEMORY.remembered(FIRST, corrected(FIRST), "Exporters")
    mapping = SheetMapping("x", 0, ("measure",), ("reporter", "value"), 2)
    for at in range(MOST + 5):
        name = "".join(chr(97 + int(digit)) for digit in str(at))
        memory = memory.remembered(sheet_of("x", [["Economy", name], ["China", 1.0]]), mapping)
    assert len(memory.known) == MOST + 1
    assert memory.names() == ("Exporters",)


def test_memory_survives_being_written_and_holds_no_data_of_the_file() -> None:
    written = MEMORY.remembered(trade_map(range(3), first="Secretland"), corrected(FIRST)).to_json()
    found, problem = from_json(written)
    assert problem is None
    assert found.recall(FIRST) == MEMORY.recall(FIRST)
    assert "Secretland" not in written


@pytest.mark.parametrize(
    "damaged", ["", "{", "[]", "null", '{"layouts": 5}', '{"layouts": [{"shape": "x"}]}', '{"layouts": [[]]}']
)
def test_damaged_memory_is_empty_memory_and_one_sentence(damaged: str) -> None:
    found, problem = from_json(damaged)
    assert found == Families()
    assert str(problem) == "The remembered layouts cannot be read and are forgotten."


def test_memory_whose_header_was_changed_by_hand_is_damaged() -> None:
    data = json.loads(MEMORY.to_json())
    data["layouts"][0]["mapping"]["columns"] = []
    assert from_json(json.dumps(data))[1] is not None


def test_a_colleague_can_use_an_exported_mapping() -> None:
    mine = MEMORY.remembered(FIRST, corrected(FIRST), "Exporters")
    theirs = Families().with_file(mine.exported("Exporters"))
    assert theirs.applied("Exporters", FIRST) == mine.recall(FIRST)
    with pytest.raises(UserError, match="no saved layout"):
        Families().with_file(MEMORY.to_json())
    with pytest.raises(UserError, match="There is no layout “x”"):
        mine.exported("x")
    with pytest.raises(UserError, match="header of the sheet “x” is not that of the layout “Exporters”"):
        theirs.applied("Exporters", sheet_of("x", [["A", "2009"], ["China", 1.0]]))


def test_a_decision_about_the_contradictions_of_one_file_is_not_taken_for_the_next() -> None:
    decided = Families().remembered(FIRST, replace(corrected(FIRST), twice="last"))
    found = decided.recall(trade_map(range(2015, 2025)))
    assert found is not None
    assert found.twice == ""


def test_units_of_single_columns_follow_their_columns() -> None:
    sheet = sheet_of("x", [["Year", "Exports", "Rate"], ["2009", 1.0, 2.0], ["2010", 1.0, 2.0]])
    mapping = SheetMapping("x", 0, ("measure",), ("year", "value", "value"), 3, units={"2": Unit("%")})
    memory = Families().remembered(sheet, mapping)
    moved = sheet_of("y", [["A title"], [], *sheet.rows])
    found = memory.recall(moved)
    assert found is not None
    assert (found.units, found.header) == ({"2": Unit("%")}, 2)


def test_the_detection_asks_memory_before_it_guesses() -> None:
    sheets = Sheets("a.csv", (trade_map(range(2015, 2025)),))
    (part,) = detect([sheets], KNOWN, recall=MEMORY.recall).parts
    assert part.uses[0].mapping.unit == Unit("USD", 1e3)
    (guessed,) = detect([sheets], KNOWN).parts
    assert guessed.uses[0].mapping.unit == Unit()
