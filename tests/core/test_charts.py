"""Charts as values: which lines, named how, gaps, bands, units, and what an edit leaves alone."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis import analyse
from core.charts import (
    EVERY_YEAR,
    NO_YEAR,
    Chart,
    Choice,
    chosen_bands,
    computable,
    lacking,
    line_chart,
    offered,
    said,
    value_range,
)
from core.charts.naming import named, slots
from core.charts.scale import nice_step
from core.edits import apply
from core.indices import indices
from core.indices.catalogue import Entry
from core.indices.registry import index, temporarily
from core.numbers import rounded
from core.project import Project, Study
from core.status import Status
from core.table import Floats, Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

GOLDEN = Path(__file__).parent / "golden"
IMPORTS_T3 = ("CHN", "", "services", "imports")


def golden(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def chart_of(project: Project, index_id: str, choice: Choice | None = None) -> Chart:
    return line_chart(analyse(project), index_id, choice or Choice())


def trade(
    table_id: str,
    years: tuple[int, ...],
    *,
    reporters: tuple[str, ...] = ("A",),
    sectors: tuple[str, ...] = ("k",),
    unit: Unit | None = None,
    title: str = "",
) -> Table:
    """Exports 3 and imports 1 everywhere: TC is 1/2, the balance 2."""
    keys = [(r, s, m) for r in range(len(reporters)) for s in range(len(sectors)) for m in range(2)]
    return new_table(
        table_id,
        Bilingual(title or table_id),
        {
            "reporter": [Label(each, Bilingual(f"Economy {each}")) for each in reporters],
            "sector": [Label(each, Bilingual(f"Sector {each}")) for each in sectors],
            "measure": [Label("exports", Bilingual("Exports")), Label("imports", Bilingual("Imports"))],
        },
        {name: [key[at] for key in keys] for at, name in enumerate(("reporter", "sector", "measure"))},
        Periods("year", years),
        [[3.0 if key[2] == 0 else 1.0 for key in keys] for _ in years],
        units=(unit or Unit("USD", 1e9),),
    )


def test_the_chart_of_table_3_shows_the_tc_column_of_the_paper(sample_project: Project) -> None:
    chart = chart_of(sample_project, "tc", Choice(tables=("table3",)))
    rows = golden("paper_table3.csv")
    (line,) = chart.lines
    assert chart.years == tuple(int(row["year"]) for row in rows)
    assert line.values == pytest.approx([float(row["tc8"]) for row in rows], abs=5e-9)
    assert [rounded(value, chart.decimals) for value in line.values] == [row["tc2"] for row in rows]


@pytest.mark.parametrize("index_id", ["rca", "tc", "ims"])
def test_the_chart_of_the_world_bank_table_shows_the_golden_values(sample_project: Project, index_id: str) -> None:
    chart = chart_of(sample_project, index_id, Choice(tables=("worldbank",)))
    shown = {
        (line.key[3], year): value for line in chart.lines for year, value in zip(chart.years, line.values, strict=True)
    }
    expected = {(row["reporter"], int(row["year"])): float(row[index_id]) for row in golden("worldbank.csv")}
    assert shown.keys() == expected.keys()
    assert [shown[key] for key in expected] == pytest.approx(list(expected.values()), abs=1e-4)


def test_a_chart_begins_with_home_peers_and_the_subject_sector_of_the_study(sample_project: Project) -> None:
    chart = chart_of(sample_project, "rca")
    assert [line.key[3] for line in chart.lines] == ["CHN", "IND", "IRL", "USA"]
    assert {line.key[5] for line in chart.lines} == {"services"}
    narrower = replace(sample_project, study=replace(sample_project.study, peers=("IND",), window=(2010, 2012)))
    chart = chart_of(narrower, "rca")
    assert [line.key[3] for line in chart.lines] == ["CHN", "IND"]
    assert chart.years == (2010, 2011, 2012)
    assert chart_of(narrower, "rca", Choice(window=EVERY_YEAR)).years[0] == 2005


def test_a_study_that_fits_no_series_leaves_all_of_them(sample_project: Project) -> None:
    elsewhere = replace(sample_project, study=Study(home="BRA", sector="steel"))
    assert len(chart_of(elsewhere, "rca").lines) == 8


def test_a_chosen_economy_that_is_gone_does_not_empty_the_chart(sample_project: Project) -> None:
    chart = chart_of(sample_project, "rca", Choice(reporters=("gone", "IND")))
    assert [line.name.en for line in chart.lines] == ["India"]
    assert len(chart_of(sample_project, "rca", Choice(reporters=("gone",))).lines) == 4


def test_what_can_be_chosen_is_what_has_the_inputs(sample_project: Project) -> None:
    selection = offered(analyse(sample_project), "tc", Choice(tables=("worldbank",)))
    assert list(selection.tables.names) == ["table1", "table3", "worldbank"]
    assert list(selection.sectors.names) == ["services"]
    assert selection.reporters.chosen == {"CHN", "IND", "IRL", "USA"}


def test_lines_are_named_by_what_differs_and_by_their_table_only_where_needed(sample_project: Project) -> None:
    names = [line.name for line in chart_of(sample_project, "tc").lines]
    assert [name.en.partition(" (")[0] for name in names] == ["China", "China", "India", "Ireland", "United States"]
    assert [" (" in name.en for name in names] == [True, True, False, False, False]
    assert names[2].zh == "印度"
    by_sector = chart_of(sample_project, "tc", Choice(tables=("table1",)))
    assert by_sector.lines[2].name.en == "Transport"
    assert by_sector.subtitle.en == "China · 2017"


def test_two_tables_of_the_same_title_are_still_told_apart() -> None:
    parts = [(Bilingual("China"), Bilingual(), Bilingual(), Bilingual())] * 2
    names, shared = named(parts, [Bilingual("Trade")] * 2)
    assert [name.en for name in names] == ["China (Trade) [1]", "China (Trade) [2]"]
    assert shared == ()


def test_an_economy_keeps_its_colour_from_one_index_to_the_next(sample_project: Project) -> None:
    found = [
        {line.name.en: line.slot for line in chart_of(sample_project, each).lines} for each in ("tc", "rca", "ims")
    ]
    assert found[0]["India"] == found[1]["India"] == found[2]["India"] == 1
    assert all(len(set(slots_.values())) == len(slots_) for slots_ in found)


@given(st.lists(st.sampled_from("ABCDEFGHIJKL"), max_size=40))
def test_no_two_lines_share_a_slot(reporters: list[str]) -> None:
    found = slots(reporters, Study(home="B", peers=("C", "A")))
    assert len(set(found)) == len(reporters)


def test_a_year_missing_from_the_usual_step_of_a_table_is_a_gap(sample_project: Project) -> None:
    project = apply(sample_project, "remove_periods", table="table3", periods=(2012,))
    chart = chart_of(project, "tc", Choice(tables=("table3",)))
    at = chart.years.index(2012)
    assert math.isnan(chart.lines[0].values[at])
    assert chart.lines[0].steps[at]
    assert chart.lines[0].statuses[at] == NO_YEAR
    assert str(said(NO_YEAR)) == "the table does not have this year"
    assert said(Status.MISSING).message == "an input is missing"


def test_a_table_of_every_fifth_year_beside_a_yearly_one_has_no_gaps() -> None:
    project = Project("p", tables=(trade("five", (2000, 2005, 2010)), trade("yearly", tuple(range(2003, 2008)))))
    chart = chart_of(project, "tc")
    five, yearly = chart.lines
    assert chart.years == (2000, 2003, 2004, 2005, 2006, 2007, 2010)
    assert np.array(chart.years)[five.steps].tolist() == [2000, 2005, 2010]
    assert five.values[five.steps].tolist() == [0.5, 0.5, 0.5]
    assert np.array(chart.years)[yearly.steps].tolist() == [2003, 2004, 2005, 2006, 2007]


def test_an_edit_renews_its_own_line_and_no_other(sample_project: Project) -> None:
    results = analyse(sample_project)
    before = line_chart(results, "tc")
    edited = apply(sample_project, "set_cells", table="table3", series=(IMPORTS_T3,), periods=(2018,), values=((1.0,),))
    after = line_chart(analyse(edited, results), "tc", previous=before)
    assert after.made_from is before.made_from
    assert [a is b for a, b in zip(after.lines, before.lines, strict=True)] == [False, True, True, True, True]
    assert after.lines[0].values[after.years.index(2018)] == pytest.approx((2668.4 - 1) / (2668.4 + 1))


def test_a_chart_that_an_edit_does_not_concern_is_the_same_object(sample_project: Project) -> None:
    results = analyse(sample_project)
    before = line_chart(results, "ims")
    edited = apply(sample_project, "set_cells", table="table3", series=(IMPORTS_T3,), periods=(2018,), values=((1.0,),))
    assert line_chart(analyse(edited, results), "ims", previous=before) is before


def test_a_renamed_table_renames_its_line_before_new_results_arrive(sample_project: Project) -> None:
    results = analyse(sample_project)
    before = line_chart(results, "tc")
    renamed = replace(
        sample_project,
        tables=tuple(
            replace(table, title=Bilingual("Yearbook")) if table.id == "table3" else table
            for table in sample_project.tables
        ),
    )
    after = line_chart(results, "tc", project=renamed, previous=before)
    assert after.lines[0].name.en == "China (Yearbook)"


def test_per_cent_is_a_fraction_until_it_is_shown(sample_project: Project) -> None:
    chart = chart_of(sample_project, "ims", Choice(tables=("table4",)))
    # golden/paper_table4.csv
    assert chart.lines[0].values == pytest.approx([0.04474144, 0.04256841, 0.04288366], abs=5e-9)
    assert (chart.percent, chart.factor, str(chart.axis)) == (True, 100.0, "IMS (%)")


def test_amounts_of_another_scale_are_converted_and_the_note_says_so(sample_project: Project) -> None:
    project = Project(
        "p", tables=(trade("a", (2000,), unit=Unit("USD", 1e8)), trade("b", (2000,), unit=Unit("USD", 1e9)))
    )
    chart = chart_of(project, "balance")
    assert [line.values.tolist() for line in chart.lines] == [[2.0], [20.0]]
    assert str(chart.axis) == "TB (US$ 100 million)"
    assert [str(note) for note in chart.notes] == ["“b” is converted to US$ 100 million."]


def test_amounts_of_another_currency_are_left_out_and_the_note_says_so() -> None:
    project = Project("p", tables=(trade("a", (2000,)), trade("b", (2000,), unit=Unit("CNY", 1e8))))
    chart = chart_of(project, "balance")
    assert [line.key[2] for line in chart.lines] == ["a"]
    assert [str(note) for note in chart.notes] == ["“b” is not drawn: its amounts are in RMB 100 million."]
    assert len(chart_of(project, "tc").lines) == 2


def test_bands_are_the_first_of_the_catalogue_until_others_or_none_are_chosen(sample_project: Project) -> None:
    assert chosen_bands(sample_project, "tc") is indices()["tc"].entry.bands[0]
    six = chart_of(apply(sample_project, "set_bands", index="tc", bands="six_bands"), "tc")
    assert [shade.upper for shade in six.shades] == [-0.6, -0.3, 0.0, 0.3, 0.6, math.inf]
    assert [shade.lower for shade in six.shades] == [-math.inf, -0.6, -0.3, 0.0, 0.3, 0.6]
    band = six.band(-0.33)
    assert band is not None
    assert band.name.en == "Large disadvantage"
    none = chart_of(apply(sample_project, "set_bands", index="tc", bands=""), "tc")
    assert none.shades == ()
    assert none.band(0.1) is None


def test_the_footnote_says_where_denominators_come_from(sample_project: Project) -> None:
    notes = " ".join(str(note) for note in chart_of(sample_project, "rca").footnote)
    assert "Total exports: sum of 2 sectors." in notes
    assert "World exports: as stated in the table." in notes
    assert "version: commit 01a34e8b" in notes
    assert any("BX.GSR.NFSV.CD" in source.en for source in chart_of(sample_project, "rca").sources)


def test_latest_value_and_change_leave_gaps_aside(sample_project: Project) -> None:
    line = chart_of(sample_project, "tc").lines[0]
    assert line.values[line.latest()] == pytest.approx(-0.32605950, abs=5e-9)
    assert line.change() == pytest.approx(-0.32605950 - -0.01829122, abs=1e-8)
    single = chart_of(sample_project, "tc", Choice(tables=("table1",))).lines[0]
    assert math.isnan(single.change())


def test_what_cannot_be_computed_is_said_with_table_reason_and_economies(sample_project: Project) -> None:
    said_ = [str(each) for each in lacking(analyse(sample_project), "tc")]
    assert len(said_) == 2
    assert said_[0] == "Services exports of China and the world, 2015–2017: needs imports"
    assert "China, India, Ireland, United States" in said_[1]


def test_a_long_list_of_economies_is_counted() -> None:
    many = tuple(f"E{n}" for n in range(12))
    table = trade("t", (2000, 2001), reporters=many, sectors=("a", "b"))
    project = Project("p", tables=(table,))
    imports_of_b = tuple((each, "", "b", "imports") for each in many)
    project = apply(project, "remove_series", table="t", series=imports_of_b)
    (sentence,) = lacking(analyse(project), "tc")
    assert "Economy E7 and 4 more" in str(sentence)


def test_a_table_without_years_says_so() -> None:
    table = replace(trade("t", (2000,)), periods=Periods("none", (0,)))
    results = analyse(Project("p", tables=(table,)))
    assert not computable(results, "tc")
    assert [str(each) for each in lacking(results, "tc")] == ["t: the table has no years"]
    assert line_chart(results, "tc").lines == ()


def test_a_chart_stops_at_two_hundred_lines_and_says_so() -> None:
    table = trade("t", (2000, 2001), sectors=tuple(f"s{n}" for n in range(250)))
    chart = chart_of(Project("p", tables=(table,)), "tc", Choice(sectors=()))
    assert len(chart.lines) == 200
    assert str(chart.notes[0]).startswith("200 of 250 lines are drawn.")


def test_an_empty_project_gives_an_empty_chart() -> None:
    chart = chart_of(Project("p"), "tc")
    assert (chart.lines, chart.years) == ((), ())
    low, high = value_range(chart)
    assert low < 0 < high


@pytest.fixture
def parts() -> Iterator[None]:
    indices.cache_clear()
    with temporarily():
        indices()
        indices.cache_clear()

        @index(components=("from_exports", "from_imports"), entry=Entry("P", Bilingual("Parts")))
        def parts(exports: Floats, imports: Floats) -> tuple[Floats, Floats]:
            return exports, -imports

        @index(dimensions=("reporter",), entry=Entry("N", Bilingual("Sum")))
        def summed(exports: Floats) -> Floats:
            return exports.sum(axis=1, keepdims=True)

        assert parts.__name__ in indices()
        assert summed.__name__ in indices()
        yield
    indices.cache_clear()


@pytest.mark.usefixtures("parts")
def test_components_are_lines_of_their_own_with_their_names() -> None:
    results = analyse(Project("p", tables=(trade("t", (2000, 2001)),)))
    chart = line_chart(results, "parts")
    assert [line.name.en for line in chart.lines] == ["from exports", "from imports"]
    assert [line.values.tolist() for line in chart.lines] == [[3.0, 3.0], [-1.0, -1.0]]
    assert all(results.find(line.key) is not None for line in chart.lines)


@pytest.mark.usefixtures("parts")
def test_an_index_of_economies_names_no_sector() -> None:
    project = Project("p", tables=(trade("t", (2000, 2001), reporters=("A", "B"), sectors=("k", "l")),))
    results = analyse(project)
    chart = line_chart(results, "summed", Choice(sectors=()))
    assert [line.name.en for line in chart.lines] == ["Economy A", "Economy B"]
    assert [line.values.tolist() for line in chart.lines] == [[6.0, 6.0], [6.0, 6.0]]
    assert all(results.find(line.key) is not None for line in chart.lines)


def test_the_value_axis_includes_the_neutral_value_and_leaves_out_hidden_lines(sample_project: Project) -> None:
    chart = chart_of(sample_project, "rca")
    low, high = value_range(chart)
    assert low <= 0.3 < 2.5 <= high
    others = [line.key for line in chart.lines if line.key[3] != "CHN"]
    low, high = value_range(chart, others)
    assert low < 0.36 < 1 < high < 1.2


@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=8),
)
def test_the_value_axis_holds_every_value(values: list[float]) -> None:
    table = trade("t", tuple(range(2000, 2000 + len(values))))
    chart = chart_of(Project("p", tables=(table,)), "balance")
    chart = replace(chart, lines=(replace(chart.lines[0], values=np.array(values)),))
    low, high = value_range(chart)
    assert low < high
    assert low <= min(*values, 0.0)
    assert high >= max(*values, 0.0)


@given(st.floats(1e-9, 1e12), st.integers(1, 20))
def test_steps_of_an_axis_are_round_and_not_too_many(span: float, count: int) -> None:
    step = nice_step(span, count)
    assert span / step <= count * (1 + 1e-6)
    assert f"{step:.0e}"[0] in "125"
