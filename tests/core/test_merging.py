"""Two tables made one: what is compared, what a rule does, and that nothing is overwritten silently."""

from __future__ import annotations

import math
from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.edits import apply
from core.errors import UserError
from core.files.merging import RULES, compare, merged, refreshed, renewed
from core.origin import Area, Origin, OriginSheet
from core.project import Project, equal
from core.provenance import trace
from core.table import BLOCK, Key, Label, Mark, Periods, Source, Table, new_table
from core.text import Bilingual
from core.units import Unit
from tests.table_values import tables

NAN = math.nan
MILLION = Unit("USD", 1e6)
CHINA, INDIA, IRELAND = ((each, "", "", "exports") for each in ("CHN", "IND", "IRL"))


def table(
    rows: dict[str, list[float]],
    periods: tuple[int, ...] = (2000, 2001),
    unit: Unit = MILLION,
    kind: str = "year",
    title: str = "Here",
    file: str = "",
) -> Table:
    """Exports by economy; with `file` every number stands in it, the economies in rows and the periods in columns."""
    origin: tuple[Origin, ...] = ()
    if file:
        count = len(rows)
        area = Area(
            0,
            np.arange(count, dtype=np.int32),
            np.array(periods, dtype=np.int32),
            np.arange(count, dtype=np.int32)[None, :] + 1,
            np.arange(len(periods), dtype=np.int32)[:, None] + 1,
            np.ones((1, 1), dtype=np.int32),
        )
        origin = (Origin((OriginSheet(file, "Sheet1"),), (area,)),)
    return new_table(
        title.casefold(),
        Bilingual(title),
        {
            "reporter": [Label(each, Bilingual(each.title())) for each in rows],
            "measure": [Label("exports", Bilingual("Exports"))],
        },
        {
            "reporter": range(len(rows)),
            "measure": [0] * len(rows),
            "place": range(len(rows)) if file else [-1] * len(rows),
        },
        Periods(kind, periods),
        np.array(list(rows.values()), dtype=np.float64).T,
        units=(unit,),
        sources=(Source("source", Bilingual(title), "2024"),),
        origin=origin,
    )


def rows_of(found: Table) -> dict[str, list[float]]:
    return {found.key(at)[0]: found.row(at).tolist() for at in range(len(found.series))}


def same(found: Table, wanted: dict[str, list[float]]) -> bool:
    got = rows_of(found)
    return got.keys() == wanted.keys() and all(
        np.array_equal(got[each], wanted[each], equal_nan=True) for each in wanted
    )


HERE = table({"CHN": [1.0, 2.0], "IND": [3.0, NAN]}, file="old.csv")
THERE = table(
    {"IND": [3.5, 4.0, 5.0], "CHN": [1.0, NAN, 6.0], "IRL": [7.0, 8.0, NAN]},
    (2000, 2001, 2002),
    title="There",
    file="new.csv",
)


def test_a_comparison_counts_what_is_new_equal_filled_and_different() -> None:
    found = compare(HERE, THERE)
    assert [THERE.key(at) for at in found.added_series.tolist()] == [IRELAND]
    assert found.added_periods == (2002,)
    assert (found.added, found.filled, found.equal, len(found.conflicts)) == (4, 1, 1, 1)
    assert not found.nothing
    assert compare(HERE, HERE).nothing


def test_a_conflict_names_both_values_and_both_sources() -> None:
    (conflict,) = compare(HERE, THERE).conflicts
    assert (conflict.key, conflict.period, conflict.before, conflict.after) == (INDIA, 2000, 3.0, 3.5)
    assert conflict.before_source.en == "Here · 2024 · old.csv · Sheet1 · B3"
    assert conflict.after_source.en == "There · 2024 · new.csv · Sheet1 · B2"


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        ("keep", {"CHN": [1.0, 2.0, 6.0], "IND": [3.0, 4.0, 5.0], "IRL": [7.0, 8.0, NAN]}),
        ("replace", {"CHN": [1.0, 2.0, 6.0], "IND": [3.5, 4.0, 5.0], "IRL": [7.0, 8.0, NAN]}),
        ("fill", {"CHN": [1.0, 2.0], "IND": [3.0, 4.0]}),
    ],
)
def test_a_rule_decides_conflicts_and_an_empty_cell_of_the_file_overwrites_nothing(
    rule: str, wanted: dict[str, list[float]]
) -> None:
    assert same(merged(HERE, THERE, rule), wanted)


def test_a_choice_by_hand_goes_against_the_rule() -> None:
    cell = ((INDIA, 2000),)
    assert rows_of(merged(HERE, THERE, "keep", cell))["IND"][0] == 3.5
    assert rows_of(merged(HERE, THERE, "replace", cell))["IND"][0] == 3.0
    assert math.isnan(rows_of(merged(HERE, THERE, "fill", ((INDIA, 2001),)))["IND"][1])
    assert compare(HERE, THERE).conflicts.cells() == cell


def test_each_value_keeps_its_own_source_file_and_cell() -> None:
    found = merged(HERE, THERE, "keep")

    def cell(key: Key, year: int) -> tuple[str, str]:
        where = trace(found, found.find(key), found.period(year))
        assert where is not None
        return where.file, where.cell

    assert cell(INDIA, 2000) == ("old.csv", "B3")
    assert cell(CHINA, 2001) == ("old.csv", "C2")
    assert cell(INDIA, 2001) == ("new.csv", "C2")
    assert cell(CHINA, 2002) == ("new.csv", "D3")
    assert cell(IRELAND, 2000) == ("new.csv", "B4")
    assert found.source(found.find(CHINA)).text == Bilingual("Here")
    assert found.source(found.find(IRELAND)).text == Bilingual("There")
    assert len({each.id for each in found.sources}) == 2


def test_title_layout_note_names_and_roles_of_the_table_stay() -> None:
    names = (Label("CHN", Bilingual("My China"), "aggregate"), HERE.labels["reporter"][1])
    here = replace(HERE, labels={**HERE.labels, "reporter": names}, layout="years_across", note=Bilingual("mine"))
    found = merged(here, THERE, "replace")
    assert (found.id, found.title, found.layout, found.note) == (here.id, here.title, "years_across", here.note)
    assert found.labels["reporter"][0] == names[0]
    assert found.labels["reporter"][2].id == "IRL"


def test_where_only_the_scale_differs_numbers_are_converted_to_the_unit_of_the_table() -> None:
    billions = table({"CHN": [0.001, 0.0025], "IRL": [9.0, 9.0]}, unit=Unit("USD", 1e9))
    found = compare(HERE, billions)
    assert (found.equal, [(each.before, each.after) for each in found.conflicts]) == (1, [(2.0, 2.5)])
    assert [str(each) for each in found.notes] == ["Converted from US$ billion to US$ million."]
    joined = merged(HERE, billions, "replace")
    assert rows_of(joined)["CHN"] == [1.0, 2.5]
    assert joined.unit(joined.find(IRELAND)) == Unit("USD", 1e9)


@pytest.mark.parametrize(("unit", "words"), [(Unit("CNY", 1e6), "RMB million"), (Unit(), "no stated unit")])
def test_another_currency_is_refused_with_both_names(unit: Unit, words: str) -> None:
    with pytest.raises(UserError, match=f"is in US\\$ million in “Here” and in {words} in “There”"):
        compare(HERE, table({"CHN": [1.0, 2.0]}, unit=unit, title="There"))


def test_periods_of_another_kind_are_refused() -> None:
    months = table({"CHN": [1.0, 2.0]}, (200001, 200002), kind="month", title="There")
    for act in (compare, refreshed):
        with pytest.raises(UserError, match="“Here” has years and “There” has months"):
            act(HERE, months)


def test_a_value_keeps_the_mark_that_stood_beside_it() -> None:
    here = replace(HERE, marks=MappingProxyType({(1, 0): Mark("revised"), (1, 1): Mark("text", "n/a")}))
    there = replace(THERE, marks=MappingProxyType({(0, 0): Mark("estimated"), (1, 1): Mark("text", "secret")}))
    assert dict(merged(here, there, "keep").marks) == {(1, 0): Mark("revised")}
    assert dict(merged(here, there, "replace").marks) == {(1, 0): Mark("estimated")}


def test_blocks_that_do_not_change_are_shared() -> None:
    names = {f"E{at:05}": [float(at), 1.0] for at in range(BLOCK + 3)}
    big = table(names)
    changed = merged(big, table({f"E{BLOCK:05}": [-1.0, 1.0]}), "replace")
    assert [
        [a is b for a, b in zip(old, new, strict=True)] for old, new in zip(big.values, changed.values, strict=True)
    ] == [
        [True, False],
        [True, True],
    ]


@given(tables(kind="year"), tables(kind="year"), st.sampled_from(RULES))
def test_merging_adds_and_never_loses(into: Table, new: Table, rule: str) -> None:
    try:
        joined = merged(into, new, rule)
    except UserError:
        return
    for at in range(len(into.series)):
        for period in range(len(into.values)):
            before = into.value(at, period)
            after = joined.value(at, joined.period(into.periods.values[period]))
            assert joined.key(at) == into.key(at)
            assert math.isnan(before) or rule == "replace" or after == before
            assert math.isnan(before) or not math.isnan(after)
    assert equal(merged(joined, new, rule).values, joined.values)


@given(tables())
def test_merging_a_table_with_itself_changes_nothing(one: Table) -> None:
    assert compare(one, one).nothing
    assert equal(merged(one, one, "replace").values, one.values)
    assert all(equal(renewed(one, one).column(at), one.column(at)) for at in range(len(one.values)))


# ---- import again ----


def test_a_refresh_says_what_changed_and_what_the_file_no_longer_has() -> None:
    found = refreshed(THERE, HERE)
    assert [(each.key, each.period, each.before, each.after) for each in found.conflicts] == [
        (INDIA, 2000, 3.5, 3.0),
        (INDIA, 2001, 4.0, pytest.approx(NAN, nan_ok=True)),
    ]
    assert [THERE.key(at) for at in found.gone_series.tolist()] == [IRELAND]
    assert (found.gone_periods, found.filled) == ((2002,), 1)


def test_a_refresh_takes_the_values_of_the_file_and_keeps_what_a_person_chose_to_keep() -> None:
    assert same(renewed(THERE, HERE), {"IND": [3.0, NAN, 5.0], "CHN": [1.0, 2.0, 6.0], "IRL": [7.0, 8.0, NAN]})
    assert same(renewed(THERE, HERE, remove=True), {"IND": [3.0, NAN], "CHN": [1.0, 2.0]})
    kept = renewed(THERE, HERE, ((INDIA, 2001),), remove=True)
    assert same(kept, {"IND": [3.0, 4.0], "CHN": [1.0, 2.0]})
    where = trace(kept, kept.find(INDIA), 1)
    assert where is not None
    assert where.file == "new.csv"


def test_a_refresh_that_takes_everything_forgets_the_import_before_it() -> None:
    again = renewed(HERE, replace(HERE.with_columns([np.array([1.0, 3.0]), np.array([2.5, NAN])]), origin=THERE.origin))
    assert [each.sheets[0].file for each in again.origin] == ["new.csv"]


def test_a_unit_that_a_person_corrected_stays_when_the_file_is_read_again() -> None:
    corrected = replace(HERE, units=(Unit("USD", 1e9),))
    found = refreshed(corrected, HERE)
    assert found.nothing
    assert [str(each) for each in found.notes] == ["The unit US$ billion stays as it was stated in the table."]
    assert rows_of(renewed(corrected, HERE))["CHN"] == [1.0, 2.0]


def test_a_refresh_that_would_leave_nothing_is_refused() -> None:
    with pytest.raises(UserError, match="Nothing would be left of “Here”"):
        renewed(HERE, replace(table({"IRL": [1.0]}, (1990,)), periods=Periods("year", ()), values=()), remove=True)


# ---- the edits ----


def test_a_merge_and_a_refresh_are_one_step_each() -> None:
    project = Project("p", tables=(HERE,))
    after = apply(project, "merge_table", table="here", new=THERE, rule="keep")
    assert len(after.tables) == 1
    assert len(after.tables[0].series) == 3
    assert apply(after, "refresh_table", table="here", new=THERE).tables[0].value(1, 0) == 3.5
    assert apply(project, "merge_table", table="here", new=HERE, rule="replace") is project
    with pytest.raises(UserError, match="no rule “any”"):
        apply(project, "merge_table", table="here", new=THERE, rule="any")
