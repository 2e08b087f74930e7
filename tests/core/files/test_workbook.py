"""The workbook that we write is a workbook that we read; the sample workbook is the sample project."""

from __future__ import annotations

import csv
import math
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.analysis import analyse
from core.edits import apply
from core.files.importing import import_tables
from core.files.tidy import data_rows, write_csv, write_xlsx
from core.files.workbook import SAMPLE, write_sample, write_workbook
from core.project import Project
from core.results import Results
from core.table import LAYOUTS, Label, Mark, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

GOLDEN = Path(__file__).parents[1] / "golden"


def cells(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    found = {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets}
    book.close()
    return found


def golden(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def filled(table: Table) -> dict[tuple[str, ...], dict[str, object]]:
    """`content` without series that hold nothing: a row of a sheet in which nothing stands may be anything."""
    return {key: numbers for key, numbers in content(table).items() if len(numbers) > 1}


def content(table: Table) -> dict[tuple[str, ...], dict[str, object]]:
    """Numbers, units and marks by the names that people see, whatever the order."""
    found: dict[tuple[str, ...], dict[str, object]] = {}
    for series in range(len(table.series)):
        labels = (table.label(each, series) for each in ("reporter", "partner", "sector", "measure"))
        key = tuple((label.name.en or label.name.zh, label.role) if label else ("", "") for label in labels)
        numbers: dict[str, object] = {"unit": table.unit(series)}
        for period in range(len(table.periods.values)):
            value, mark = table.value(series, period), table.marks.get((series, period))
            shown = mark.raw if mark else None if math.isnan(value) else value
            if shown is not None:
                numbers[table.periods.name(period)] = shown
        found[tuple(part for pair in key for part in pair)] = numbers
    return found


# ---- the sample ----


def test_the_committed_workbook_is_what_would_be_written_today(tmp_path: Path) -> None:
    write_sample(tmp_path / "fresh.xlsx")
    assert cells(SAMPLE) == cells(tmp_path / "fresh.xlsx"), "run: python -m core.files.workbook"


def test_the_same_project_gives_the_same_bytes(tmp_path: Path, sample_project: Project) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(sample_project, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_sample_workbook_holds_the_tables_of_the_sample(sample_project: Project) -> None:
    tables = import_tables(SAMPLE, sample_project)
    assert [table.title.en for table in tables] == [table.title.en for table in sample_project.tables]
    for ours, theirs in zip(tables, sample_project.tables, strict=True):
        assert content(ours) == content(theirs)
        assert {ours.key(at) for at in range(len(ours.series))} == {theirs.key(at) for at in range(len(theirs.series))}
        assert ours.note.en == theirs.note.en
        assert ours.sources[0].text.en == "\n".join(source.text.en for source in theirs.sources)


@pytest.fixture(scope="module")
def results(sample_project: Project) -> Results:
    """The results of the imported tables alone."""
    return analyse(Project("imported", tables=import_tables(SAMPLE, sample_project)))


def value(
    results: Results, index: str, table: int, year: int, reporter: str = "CHN", sector: str = "services"
) -> float:
    found = results.project.tables[table].id
    line = results.find((index, "", found, reporter, "", sector))
    assert line is not None
    return float(line.values[line.years.index(year)])


def test_tc_of_the_imported_table_3_is_that_of_the_paper(results: Results) -> None:
    for row in golden("paper_table3.csv"):
        assert value(results, "tc", 1, int(row["year"])) == pytest.approx(float(row["tc8"]), abs=5e-9)


def test_ims_of_the_imported_table_4_is_that_of_the_paper(results: Results) -> None:
    for row in golden("paper_table4.csv"):
        assert value(results, "ims", 2, int(row["year"])) == pytest.approx(float(row["ims8"]), abs=5e-9)


def test_tc_of_the_imported_table_1_is_that_of_its_flows(results: Results) -> None:
    for row in golden("paper_table1.csv"):
        found = value(results, "tc", 0, 2017, sector=row["sector"])
        assert found == pytest.approx(float(row["tc6"]), abs=5e-7)


def test_rca_tc_and_ims_of_the_imported_world_bank_table_are_the_published_ones(results: Results) -> None:
    rows = golden("worldbank.csv")
    assert len(rows) == 64
    for row in rows:
        for index in ("rca", "tc", "ims"):
            found = value(results, index, 3, int(row["year"]), row["reporter"])
            assert found == pytest.approx(float(row[index]), abs=1e-4)


def test_a_chinese_workbook_is_read_as_well_as_an_english_one(tmp_path: Path, sample_project: Project) -> None:
    write_workbook(sample_project, tmp_path / "a.xlsx", "zh")
    for ours, theirs in zip(import_tables(tmp_path / "a.xlsx", sample_project), sample_project.tables, strict=True):
        assert content(ours) == content(theirs)
        assert ours.title.zh == theirs.title.zh


# ---- any table ----

NAMES = {
    "reporter": ["China", "India", "World"],
    "partner": ["France", "Brazil"],
    "sector": ["Travel", "Transport", "Total", "=SUM(A1)"],
    "measure": ["Exports", "Imports", "GDP", "Widgets made"],
}
ROLES = {"World": ("WLD", "world"), "Total": ("total", "total")}
IDS = {"Exports": "exports", "Imports": "imports", "GDP": "gdp"}


def _labels(dimension: str) -> tuple[Label, ...]:
    found = ((IDS.get(name) or ROLES.get(name, (name.casefold(), ""))[0], name) for name in NAMES[dimension])
    return tuple(Label(label_id, Bilingual(name), ROLES.get(name, ("", ""))[1]) for label_id, name in found)


@st.composite
def clean_tables(draw: st.DrawFn) -> Table:
    """Tables as a person has them: the same dimensions in all series, a year each, units of money or per cent."""
    used = [each for each in ("reporter", "partner", "sector") if draw(st.booleans())]
    choices = [range(len(NAMES[each])) if each in used else range(-1, 0) for each in ("reporter", "partner", "sector")]
    key = st.tuples(*(st.sampled_from(list(each)) for each in (*choices, range(len(NAMES["measure"])))))
    keys = draw(st.lists(key, min_size=1, max_size=6, unique=True))
    years = draw(st.lists(st.integers(1950, 2050), min_size=1, max_size=5, unique=True).map(sorted))
    unit = st.sampled_from([Unit("USD", 1e9), Unit("CNY", 1e8), Unit("%")])
    units = draw(st.lists(unit, min_size=1, max_size=2, unique=True))
    number = st.one_of(
        st.floats(-1e12, 1e12).map(lambda value: float(f"{value:.12g}")),  # a workbook keeps 16 digits
        st.just(float("nan")),
        st.integers(1900, 2050).map(float),
    )
    rows = [[draw(number) for _ in keys] for _ in years]
    rows[0][0] = 1.5
    marks = {}
    others = [row[-1] for row in rows[:-1]]  # a column of nothing but words would be a column of notes
    if draw(st.booleans()) and math.isnan(rows[-1][-1]) and not all(map(math.isnan, others)):
        marks[len(keys) - 1, len(years) - 1] = Mark("text", "see the note")
    columns = {each: [key[at] for key in keys] for at, each in enumerate(("reporter", "partner", "sector", "measure"))}
    columns["unit"] = [draw(st.integers(0, len(units) - 1)) for _ in keys]
    return new_table(
        "t",
        Bilingual("Some figures"),
        {each: _labels(each) for each in NAMES},
        columns,
        Periods("year", tuple(years)),
        rows,
        units=tuple(units),
        layout=draw(st.sampled_from(LAYOUTS)),
        marks=MappingProxyType(marks),
    )


SLOW = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


@SLOW
@given(clean_tables())
def test_a_table_comes_back_from_the_clean_workbook(tmp_path_factory: pytest.TempPathFactory, table: Table) -> None:
    path = tmp_path_factory.mktemp("books") / "a.xlsx"
    write_workbook(Project("p", tables=(table,)), path)
    (back,) = import_tables(path)
    assert filled(back) == filled(table)


@SLOW
@given(st.lists(clean_tables(), min_size=1, max_size=2), st.sampled_from(["csv", "xlsx"]))
def test_tables_come_back_from_the_tidy_list(
    tmp_path_factory: pytest.TempPathFactory, tables: list[Table], suffix: str
) -> None:
    path = tmp_path_factory.mktemp("tidy") / f"a.{suffix}"
    project = Project("p")
    for number, table in enumerate(tables):
        project = apply(project, "add_table", table=table.__class__(**_fields(table) | {"id": f"t{number}"}))
    rows = data_rows(project, "en")
    write_csv(rows, path) if suffix == "csv" else write_xlsx(rows, path)
    back = import_tables(path)
    assert [content(table) for table in back] == [content(table) for table in project.tables]


def _fields(table: Table) -> dict[str, object]:
    return {name: getattr(table, name) for name in Table.__slots__}
