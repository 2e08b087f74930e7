"""The contract of an index carries the hard case, and an edit computes again only what looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np
import pytest

from core.analysis import analyse
from core.edits import apply
from core.indices import indices
from core.indices.catalogue import Entry
from core.indices.registry import index, registered, temporarily
from core.places import DATA
from core.project import Project, Study
from core.table import Floats, Label, Periods, Table, new_table
from core.text import Bilingual

CALLS: list[float] = []


@pytest.fixture
def toy() -> Iterator[None]:
    """Two components that add up, from two measures of two tables and the previous year."""
    indices.cache_clear()
    with temporarily():
        indices()
        indices.cache_clear()

        @index(components=("own", "other"), entry=Entry("toy", Bilingual("Toy")))
        def toy(exports: Floats, previous_exports: Floats, employment: Floats) -> tuple[Floats, Floats]:
            CALLS.append(float(np.nansum(exports)))
            return (exports - previous_exports) / employment, previous_exports / employment

        assert toy.__name__ in indices()
        yield
    indices.cache_clear()


def one(table_id: str, measure: str, values: list[float]) -> Table:
    labels = {
        "reporter": [Label("A", Bilingual("A"))],
        "sector": [Label("k", Bilingual("K"))],
        "measure": [Label(measure, Bilingual(measure))],
    }
    columns = {"reporter": [0], "sector": [0], "measure": [0]}
    years = tuple(range(2000, 2000 + len(values)))
    return new_table(table_id, Bilingual(table_id), labels, columns, Periods("year", years), [[v] for v in values])


def two_tables() -> Project:
    return Project(
        "p",
        tables=(one("trade", "exports", [2.0, 6.0, 7.0, 9.0]), one("jobs", "employment", [1.0, 2.0, 4.0, 8.0])),
        study=Study(bindings={"employment": "jobs"}),
    )


@pytest.mark.usefixtures("toy")
def test_an_index_reads_two_measures_of_two_tables_and_the_previous_year_and_has_two_components() -> None:
    results = analyse(two_tables())
    own = results.find(("toy", "own", "trade", "A", "", "k"))
    other = results.find(("toy", "other", "trade", "A", "", "k"))
    assert own is not None
    assert other is not None
    assert own.values[1:].tolist() == [(6 - 2) / 2, (7 - 6) / 4, (9 - 7) / 8]
    assert (own.values + other.values)[1:].tolist() == [6 / 2, 7 / 4, 9 / 8]
    assert [line.component for line in results.lines("toy")] == ["own", "other"]


@pytest.mark.usefixtures("toy")
@pytest.mark.parametrize(("table", "measure", "again"), [("trade", "exports", 2), ("jobs", "employment", 1)])
def test_an_edit_of_one_year_computes_that_year_and_the_window_that_looks_at_it(
    table: str, measure: str, again: int
) -> None:
    project = two_tables()
    before = analyse(project, wanted=("toy",))
    CALLS.clear()
    key = ("A", "", "k", measure)
    after = apply(project, "set_cells", table=table, series=(key,), periods=(2001,), values=((5.0,),))
    results = analyse(after, before, wanted=("toy",))
    assert len(CALLS) == again
    fresh = analyse(after)
    for component in ("own", "other"):
        old, new = (each.find(("toy", component, "trade", "A", "", "k")) for each in (results, fresh))
        assert old is not None
        assert new is not None
        assert np.array_equal(old.values, new.values, equal_nan=True)


@pytest.mark.usefixtures("toy")
def test_without_the_binding_the_index_says_what_it_needs() -> None:
    project = apply(two_tables(), "set_study", study=Study())
    table = analyse(project).tables["trade"]
    assert [str(each.reason) for each in table.lacking("toy")] == ["needs employment"]


def test_an_edit_of_one_table_leaves_the_results_of_the_others_alone(sample_project: Project) -> None:
    before = analyse(sample_project, wanted=indices())
    key = ("CHN", "", "services", "exports")
    after = apply(sample_project, "set_cells", table="table3", series=(key,), periods=(2012,), values=((1.0,),))
    results = analyse(after, before, wanted=indices())
    changed = {
        (table, *key)
        for table in results.tables
        for key, computed in results.tables[table].done().items()
        if computed is not before.tables[table].done()[key]
    }
    yearly = {("table3", name, 2012) for name in ("tc", "balance", "coverage", "gl")}
    yearly |= {("table3", name, 2012) for name in ("cagr_exports", "cagr_imports")}
    windows = {("table3", name, year) for name in ("growth_exports", "growth_imports", "miit") for year in (2012, 2013)}
    assert changed == yearly | windows


def test_every_index_has_names_in_both_languages_and_its_formula_and_bands_have_sources() -> None:
    for found in indices().values():
        assert found.entry.name.en, found.id
        assert found.entry.name.zh, found.id
        assert found.entry.formula, found.id
        for text in (found.entry.notes, found.entry.meaning, found.entry.caveats):
            assert text.en, found.id
            assert text.zh, found.id
        for bands in found.entry.bands:
            assert bands.source.en, found.id
            assert bands.source.zh, found.id


def test_the_catalogue_holds_one_entry_for_each_index_under_a_symbol_and_an_order_of_its_own() -> None:
    assert {path.stem for path in (DATA / "indices").glob("*.toml")} == {*indices()}
    entries = [found.entry for found in indices().values()]
    assert len({entry.symbol for entry in entries}) == len({entry.order for entry in entries}) == len(entries)


def test_the_families_stand_together_in_the_list() -> None:
    families = [found.entry.family for found in indices().values()]
    assert [family for family, _ in groupby(families)] == [
        "share_balance",
        "comparative_advantage",
        "growth",
        "intra_industry",
        "openness",
        "structure",
        "bilateral",
        "decomposition",
        "complexity",
        "unit_value",
        "composite",
    ]


def test_a_value_on_a_cut_point_belongs_to_the_side_that_the_set_says() -> None:
    rca = {each.id: each for each in indices()["rca"].entry.bands}
    assert rca["four_bands"].find(1.25).name.en == "Strong"  # type: ignore[union-attr]
    assert rca["unity"].find(1.0).name.en == "No revealed advantage"  # type: ignore[union-attr]


def test_an_index_that_reads_itself_or_looks_back_twice_is_refused() -> None:
    for wrong in ("def circle(circle): ...", "def twice(previous_growth_exports): ..."):
        with temporarily():
            scope: dict[str, object] = {}
            exec(f"{wrong}", scope)
            function = scope[wrong[4:].split("(")[0]]
            index(entry=Entry("x", Bilingual("X")))(function)  # type: ignore[type-var]
            with pytest.raises(ValueError, match=r"reads itself|look back twice"):
                registered()
