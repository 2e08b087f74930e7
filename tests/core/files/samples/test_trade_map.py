"""Trade Map's lists; every number is a fact of the README that lies beside the sample files."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from core.analysis import analyse
from core.files.importing import Part, import_part
from core.project import Project
from core.table import Table
from core.units import Unit
from tests.core.files.samples.reading import (
    KNOWN,
    NEEDS_SAMPLES,
    label,
    labels,
    mark,
    missing,
    of_year,
    sample,
    series,
    table_of,
    value,
)

pytestmark = NEEDS_SAMPLES

EXPORTERS = "trademap_exporters_all_products.txt"
WORLD = "trademap_world_exports_hs2.txt"
CHINA_EXPORTS = "trademap_china_exports_hs2.txt"
CHINA_IMPORTS = "trademap_china_imports_hs2.txt"
SUPPLIERS = "trademap_korea_suppliers_060312.csv"
BY_CHAPTER = {WORLD: "exports", CHINA_EXPORTS: "exports", CHINA_IMPORTS: "imports"}

# ---- the list of exporters ----


def test_the_list_of_exporters_has_237_economies_over_twelve_years() -> None:
    table = sample(EXPORTERS).table
    assert len(table.series) == len(labels(table, "reporter")) == 237
    assert table.periods.kind == "year"
    assert table.periods.values == tuple(range(2009, 2021))
    assert missing(table) == 162
    assert set(labels(table, "measure")) == {"exports"}


@pytest.mark.parametrize(
    ("economy", "year", "expected"),
    [
        ("World", 2020, 17271017748),
        ("China", 2009, 1201646800),
        ("Serbia and Montenegro", 2009, 768),
        ("Serbia and Montenegro", 2012, None),
    ],
)
def test_a_number_of_the_list_of_exporters(economy: str, year: int, expected: float | None) -> None:
    assert value(sample(EXPORTERS).table, year, reporter=economy) == expected


def test_a_unit_that_the_list_of_exporters_does_not_state_is_not_invented() -> None:
    read = sample(EXPORTERS)
    assert read.table.units == (Unit(),)
    assert any("unit" in str(note) for note in read.report.notes)


def test_economies_of_the_list_of_exporters_get_their_codes_and_the_world_its_role() -> None:
    table = sample(EXPORTERS).table
    assert {"CHN", "USA", "DEU", "VNM", "FSM", "VCT", "PYF", "WLD"} <= set(labels(table, "reporter"))
    assert label(table, "reporter", "World").role == "world"
    assert label(table, "reporter", "China").role == ""


# ---- the three tables by chapter ----


@pytest.mark.parametrize("file", BY_CHAPTER)
def test_each_table_by_chapter_has_the_total_and_97_chapters(file: str) -> None:
    table = sample(file).table
    assert len(table.series) == 98
    assert table.periods.values == tuple(range(2009, 2021))
    assert missing(table) == 0
    assert set(labels(table, "measure")) == {BY_CHAPTER[file]}


def test_the_three_tables_by_chapter_have_the_same_codes() -> None:
    world, exports, imports = (set(labels(sample(file).table, "sector")) for file in BY_CHAPTER)
    assert world == exports == imports
    assert {"01", "09", "85", "total"} <= world
    assert {len(each) for each in world - {"total"}} == {2}


@pytest.mark.parametrize("file", BY_CHAPTER)
def test_the_total_of_the_chapters_is_marked_and_nothing_else_is(file: str) -> None:
    roles = {each.id: each.role for each in labels(sample(file).table, "sector").values()}
    assert [code for code, role in roles.items() if role] == ["total"]
    assert roles["total"] == "total"


@pytest.mark.parametrize("file", BY_CHAPTER)
def test_a_chapter_is_shown_with_its_code_before_its_name(file: str) -> None:
    name = labels(sample(file).table, "sector")["85"].name.show("en")
    assert name.startswith("85 Electrical machinery")


@pytest.mark.parametrize(
    ("file", "code", "year", "expected"),
    [
        (WORLD, "TOTAL", 2020, 17271017748),
        (WORLD, "85", 2009, 1607008720),
        (WORLD, "01", 2020, 21921428),
        (CHINA_EXPORTS, "TOTAL", 2020, 2590607686),
        (CHINA_EXPORTS, "85", 2020, 710123506),
        (CHINA_EXPORTS, "01", 2009, 441833),
        (CHINA_IMPORTS, "TOTAL", 2020, 2055590612),
        (CHINA_IMPORTS, "27", 2020, 267556481),
        (CHINA_IMPORTS, "09", 2010, 150034),
    ],
)
def test_a_number_of_the_tables_by_chapter(file: str, code: str, year: int, expected: float) -> None:
    assert value(sample(file).table, year, sector=code) == expected


def test_the_unit_is_read_where_the_header_states_it_and_only_there() -> None:
    assert sample(WORLD).table.units == (Unit("USD", 1e3),)
    assert sample(CHINA_EXPORTS).table.units == (Unit(),)
    assert sample(CHINA_IMPORTS).table.units == (Unit(),)


def test_indices_by_hand_from_the_three_tables() -> None:
    world, exports, imports = (sample(file).table for file in BY_CHAPTER)
    x, m, w = (of_year(table, 2020, sector="TOTAL") for table in (exports, imports, world))
    x85, m85, w85 = (of_year(table, 2020, sector="85") for table in (exports, imports, world))
    assert (x - m) / (x + m) == pytest.approx(0.11515, abs=5e-6)
    assert (x85 - m85) / (x85 + m85) == pytest.approx(0.1282, abs=5e-5)
    assert x / w == pytest.approx(0.15, abs=5e-6)
    assert x85 / w85 == pytest.approx(0.2583, abs=5e-5)
    assert (x85 / x) / (w85 / w) == pytest.approx(1.7224, abs=5e-5)


@cache
def china_and_the_world() -> Table:
    """The three files as one table, after a person said whose they are and in which unit."""
    uses = []
    for file, reporter in zip(BY_CHAPTER, ("World", "China", "China"), strict=True):
        (part,) = sample(file).detected.parts
        (use,) = part.uses
        uses.append(replace(use, mapping=replace(use.mapping, reporter=reporter, unit=Unit("USD", 1e3))))
    return table_of(import_part(Part(tuple(uses)), KNOWN))


def test_the_three_files_make_one_table() -> None:
    table = china_and_the_world()
    assert len(table.series) == 3 * 98
    assert set(labels(table, "reporter")) == {"WLD", "CHN"}
    assert len(labels(table, "sector")) == 98
    assert table.units == (Unit("USD", 1e3),)
    assert missing(table) == 0


@pytest.mark.parametrize(
    ("index", "sector", "expected", "within"),
    [
        ("tc", "total", 0.11515, 5e-6),
        ("tc", "85", 0.1282, 5e-5),
        ("ims", "85", 0.2583, 5e-5),
        ("rca", "85", 1.7224, 5e-5),
    ],
)
def test_an_index_of_the_joint_table(index: str, sector: str, expected: float, within: float) -> None:
    table = china_and_the_world()
    line = analyse(Project("p", tables=(table,))).find((index, "", table.id, "CHN", "", sector))
    assert line is not None
    assert line.values[line.years.index(2020)] == pytest.approx(expected, abs=within)


# ---- the new site's csv ----


def test_the_suppliers_of_carnations_are_ten_series_in_thousand_dollars() -> None:
    table = sample(SUPPLIERS).table
    assert len(table.series) == 10
    assert table.periods.values == tuple(range(2016, 2026))
    assert missing(table) == 0
    assert {table.unit(at) for at in range(10)} == {Unit("USD", 1e3)}


@pytest.mark.parametrize(
    ("supplier", "year", "expected"),
    [("World", 2025, 19316), ("Colombia", 2016, 788), ("China", 2019, 1017), ("Japan", 2016, 0), ("Viet Nam", 2020, 3)],
)
def test_a_number_of_the_suppliers(supplier: str, year: int, expected: float) -> None:
    assert value(sample(SUPPLIERS).table, year, supplier) == expected


def test_a_number_too_small_to_show_is_zero_with_a_mark_and_a_real_zero_has_none() -> None:
    read = sample(SUPPLIERS)
    for year in (2016, 2018):
        noted = mark(read.table, year, "Japan")
        assert noted is not None
        assert (noted.kind, noted.raw) == ("near_zero", "≈ 0")
    assert mark(read.table, 2017, "Japan") is None
    assert read.report.near_zero == len(read.table.marks) == 2


def test_the_letters_of_a_supplier_survive() -> None:
    table = sample(SUPPLIERS).table
    at = series(table, "Türkiye")
    names = [found.name.en for each in ("reporter", "partner") if (found := table.label(each, at)) is not None]
    assert "Türkiye" in names
