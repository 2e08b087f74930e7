"""Why there is no number: which input, which cell, what stands there, and what to do about it."""

from __future__ import annotations

from dataclasses import replace

from core.analysis import analyse
from core.edits import apply
from core.explain import sentence
from core.project import Project
from core.results import LineKey
from core.status import Status
from core.table import Label, Mark, Periods, new_table
from core.text import Bilingual
from core.units import Unit
from tests.core.explained import explained

CHINA: LineKey = ("rca", "", "worldbank", "CHN", "", "services")


def test_a_missing_number_names_the_input_the_cell_and_what_to_do(sample_project: Project) -> None:
    cell = ("CHN", "", "services", "exports")
    cleared = apply(sample_project, "set_cells", table="worldbank", series=(cell,), periods=(2020,), values=((None,),))
    said = explained(analyse(cleared), CHINA, 2020)
    assert not said.fine
    assert said.status is Status.MISSING
    assert {(each.cell.key, each.cell.period) for each in said.lacks if each.cell} == {(cell, 2020)}
    text = sentence(said, "en")
    assert text.startswith("China's RCA in services in 2020 has no value: “Services and goods trade of China")
    assert "” lacks exports of China in services, 2020. " in text
    assert "Data tab" in text


def test_what_is_missing_is_found_through_the_indices_between(sample_project: Project) -> None:
    cell = ("WLD", "", "goods", "exports")
    cleared = apply(sample_project, "set_cells", table="worldbank", series=(cell,), periods=(2020,), values=((None,),))
    said = explained(analyse(cleared), ("rsca", *CHINA[1:]), 2020)
    assert [(each.cell.key, each.cell.period) for each in said.lacks if each.cell] == [(cell, 2020)]


def test_where_all_economies_are_computed_together_the_one_with_a_gap_is_named(sample_project: Project) -> None:
    cell = ("IND", "", "goods", "exports")
    cleared = apply(sample_project, "set_cells", table="worldbank", series=(cell,), periods=(2019,), values=((None,),))
    results = analyse(cleared)
    for index in ("diversity", "density"):
        key = next(results.tables["worldbank"].lines(index)).key
        said = explained(results, key, 2019)
        assert key[3] == "CHN"
        assert not said.fine
        assert [(each.cell.key, each.cell.period) for each in said.lacks if each.cell] == [(cell, 2019)]
        assert "India" in sentence(said, "en")


def test_a_text_that_stands_where_a_number_should_be_is_quoted(sample_project: Project) -> None:
    tables = {table.id: table for table in sample_project.tables}
    cell = ("CHN", "", "services", "exports")
    cleared = apply(sample_project, "set_cells", table="worldbank", series=(cell,), periods=(2020,), values=((None,),))
    table = next(each for each in cleared.tables if each.id == "worldbank")
    marked = replace(table, marks={(table.find(cell), table.period(2020)): Mark("text", "n/a (3)")})
    tables["worldbank"] = marked
    said = explained(analyse(replace(cleared, tables=tuple(tables.values()))), CHINA, 2020)
    assert "it says “n/a (3)”" in sentence(said, "en")


def test_without_an_earlier_year_the_year_that_is_missing_is_named(sample_project: Project) -> None:
    said = explained(analyse(sample_project), ("growth_exports", "", "table3", "CHN", "", "services"), 2009)
    assert said.status is Status.NO_EARLIER_YEAR
    assert "2008: the table has no such year" in str(said.lacks[0].reason)
    assert "Add the earlier year" in sentence(said, "en")


def test_another_currency_is_named_with_the_one_that_it_does_not_fit() -> None:
    table = new_table(
        "t",
        Bilingual("T"),
        {
            "reporter": [Label("CHN", Bilingual("China"))],
            "measure": [Label(each, Bilingual(each.title())) for each in ("exports", "imports")],
        },
        {"reporter": [0, 0], "measure": [0, 1], "unit": [0, 1]},
        Periods("year", (2020,)),
        [[5.0, 7.0]],
        units=(Unit("USD", 1e9), Unit("CNY", 1e8)),
    )
    said = explained(analyse(Project("p", tables=(table,))), ("tc", "", "t", "CHN", "", ""), 2020)
    assert said.status is Status.UNIT_MISMATCH
    assert "imports of China, 2020 is in RMB 100 million, which cannot be turned into US$ billion" in sentence(
        said, "en"
    )
