"""Edits of numbers: what they change, what they share, what they refuse."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from core.edits import apply
from core.errors import UserError
from core.memory import held
from core.project import Project, equal
from core.table import BLOCK, Label, Mark, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

CHINA = ("CHN", "", "services", "exports")


def value(project: Project, table: str, key: tuple[str, str, str, str], year: int) -> float:
    found = project.table(table)
    assert found is not None
    return found.value(found.find(key), found.period(year))


def test_an_edited_cell_has_its_number_and_everything_else_is_the_same_object(sample_project: Project) -> None:
    after = apply(sample_project, "set_cells", table="table3", series=(CHINA,), periods=(2018,), values=((5300.0,),))
    assert value(after, "table3", CHINA, 2018) == 5300.0
    before, edited = sample_project.table("table3"), after.table("table3")
    assert before is not None
    assert edited is not None
    assert [a is b for a, b in zip(before.values, edited.values, strict=True)] == [True] * 9 + [False]
    assert edited.series is before.series
    assert all(after.table(name) is sample_project.table(name) for name in ("table1", "table4", "worldbank"))


def test_writing_what_is_there_already_changes_nothing(sample_project: Project) -> None:
    same = value(sample_project, "table3", CHINA, 2018)
    arguments = {"table": "table3", "series": (CHINA,), "periods": (2018,), "values": ((same,),)}
    assert apply(sample_project, "set_cells", **arguments) is sample_project


def test_a_cleared_cell_is_missing_and_not_zero(sample_project: Project) -> None:
    after = apply(sample_project, "set_cells", table="table3", series=(CHINA,), periods=(2018,), values=((None,),))
    assert math.isnan(value(after, "table3", CHINA, 2018))


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_a_cell_refuses_what_is_no_number(sample_project: Project, number: float) -> None:
    with pytest.raises(UserError, match="a number or nothing"):
        apply(sample_project, "set_cells", table="table3", series=(CHINA,), periods=(2018,), values=((number,),))


def test_a_block_with_new_years_and_series_grows_the_table_in_one_edit(sample_project: Project) -> None:
    new = ("CHN", "", "goods", "exports")
    after = apply(
        sample_project,
        "set_cells",
        table="table3",
        series=(CHINA, new),
        periods=(2018, 2019),
        values=((1.0, 2.0), (3.0, 4.0)),
        labels={"sector": (Label("goods", Bilingual("Goods", "货物")),)},
    )
    assert [value(after, "table3", key, year) for key in (CHINA, new) for year in (2018, 2019)] == [1, 2, 3, 4]
    assert math.isnan(value(after, "table3", new, 2009))
    assert value(after, "table3", CHINA, 2009) == 1435.7


def test_a_new_series_without_its_label_is_refused(sample_project: Project) -> None:
    unknown = ("CHN", "", "moon", "exports")
    with pytest.raises(UserError, match="moon"):
        apply(sample_project, "set_cells", table="table3", series=(unknown,), periods=(2018,), values=((1.0,),))


def test_writing_a_cell_takes_its_mark_away() -> None:
    marked = new_table(
        "t", Bilingual("T"), {"measure": [Label("exports", Bilingual("X"))]}, {"measure": [0]},
        Periods("year", (2000, 2001)), [[math.nan], [1.0]], marks={(0, 0): Mark("text", "n.a.")},
    )  # fmt: skip
    key = ("", "", "", "exports")
    project = Project("p", tables=(marked,))
    after = apply(project, "set_cells", table="t", series=(key,), periods=(2000,), values=((3.0,),)).table("t")
    assert after is not None
    assert after.marks == {}


def test_removing_and_adding_a_year_keeps_marks_at_their_cells() -> None:
    marked = new_table(
        "t", Bilingual("T"), {"measure": [Label("exports", Bilingual("X"))]}, {"measure": [0]},
        Periods("year", (2000, 2001, 2002)), [[1.0], [2.0], [math.nan]], marks={(0, 2): Mark("text", "n.a.")},
    )  # fmt: skip
    project = apply(Project("p", tables=(marked,)), "remove_periods", table="t", periods=(2001,))
    project = apply(project, "add_periods", table="t", periods=(1999,))
    after = project.table("t")
    assert after is not None
    assert after.periods.values == (1999, 2000, 2002)
    assert after.marks == {(0, 2): Mark("text", "n.a.")}


def test_removing_a_series_removes_the_labels_that_nothing_else_uses(sample_project: Project) -> None:
    gone = tuple(("IRL", "", sector, "exports") for sector in ("services", "goods"))
    after = apply(
        sample_project, "remove_series", table="worldbank", series=(*gone, ("IRL", "", "services", "imports"))
    )
    table = after.table("worldbank")
    assert table is not None
    assert "IRL" not in [label.id for label in table.labels["reporter"]]
    assert value(after, "worldbank", ("USA", "", "goods", "exports"), 2020) == 1433.85


def test_a_unit_of_some_series_leaves_the_others_their_own(sample_project: Project) -> None:
    after = apply(sample_project, "set_unit", table="table3", unit=Unit("USD", 1e9), series=(CHINA,)).table("table3")
    assert after is not None
    imports = ("CHN", "", "services", "imports")
    assert [after.unit(after.find(key)) for key in (CHINA, imports)] == [Unit("USD", 1e9), Unit("USD", 1e8)]


def test_renaming_a_label_renames_it_in_every_table_and_keeps_its_id(sample_project: Project) -> None:
    after = apply(sample_project, "rename_label", dimension="reporter", label="CHN", name=Bilingual("PR China", "中国"))
    names = {label.name.en for table in after.tables for label in table.labels["reporter"] if label.id == "CHN"}
    assert names == {"PR China"}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("set_cells", {"table": "gone", "series": (CHINA,), "periods": (2018,), "values": ((1.0,),)}),
        ("set_cells", {"table": "table3", "series": (CHINA,), "periods": (2018,), "values": ((1.0, 2.0),)}),
        ("set_period", {"table": "table3", "period": 2018, "to": 2017}),
        ("set_table_title", {"table": "table3", "title": Bilingual("  ")}),
        ("set_layout", {"table": "table3", "layout": "sideways"}),
        ("remove_series", {"table": "table3", "series": (("XXX", "", "services", "exports"),)}),
        ("set_label_role", {"dimension": "sector", "label": "services", "role": "world"}),
    ],
)
def test_an_edit_that_cannot_be_done_is_refused_in_one_sentence(
    sample_project: Project, name: str, arguments: dict[str, object]
) -> None:
    with pytest.raises(UserError) as refusal:
        apply(sample_project, name, **arguments)
    assert str(refusal.value).endswith(".")


def big_table(series: int, years: int) -> Table:
    side = math.isqrt(series)
    labels = {
        "reporter": [Label(f"r{n}", Bilingual(f"R{n}")) for n in range(side)],
        "sector": [Label(f"s{n}", Bilingual(f"S{n}")) for n in range(side + 1)],
        "measure": [Label("exports", Bilingual("Exports"))],
    }
    codes = np.arange(series)
    columns = {"reporter": codes % side, "sector": codes // side, "measure": np.zeros(series, dtype=np.int32)}
    periods = Periods("year", tuple(range(2000, 2000 + years)))
    return new_table("big", Bilingual("Big"), labels, columns, periods, [np.arange(series) * 1.0] * years)


def test_two_hundred_edits_of_two_million_series_keep_at_most_a_hundred_megabytes() -> None:
    project = Project("p", tables=(big_table(2_000_000, 5),))
    steps = [project]
    for n in range(200):
        key = (f"r{n * 7 % 1414}", "", f"s{n * 11 % 1414}", "exports")
        arguments = {"table": "big", "series": (key,), "periods": (2000 + n % 5,), "values": ((-1.0,),)}
        steps.append(apply(steps[-1], "set_cells", **arguments))
    kept = {
        id(block): block.nbytes
        for step in steps
        for table in step.tables
        for period in table.values
        for block in period
    }
    tuples = {id(period): 8 * len(period) for step in steps for table in step.tables for period in table.values}
    original = sum(sum(block.nbytes for block in period) for period in project.tables[0].values)
    extra = sum(kept.values()) + sum(tuples.values()) - original
    counted = sum(held(b, a) for a, b in itertools.pairwise(steps))
    print(
        f"200 edits of 2,000,000 series × 5 years keep {extra / 1e6:.1f} MB; the budget counts {counted / 1e6:.1f} MB"
    )
    assert extra <= 100e6
    assert extra <= counted * 1.05
    assert not equal(steps[0], steps[-1])
    assert extra <= 200 * BLOCK * 8 * 1.1


def test_the_numbers_of_a_project_cannot_be_written_to(sample_project: Project) -> None:
    for table in sample_project.tables:
        for period in table.values:
            for block in period:
                with pytest.raises(ValueError, match="read-only"):
                    block[0] = 1.0


def test_many_series_are_found_at_once_as_one_by_one(sample_project: Project) -> None:
    table = sample_project.table("worldbank")
    assert table is not None
    keys = [table.key(at) for at in range(len(table.series))] * 4
    keys += [("CHN", "", "goods", "imports"), ("XXX", "", "goods", "exports"), ("CHN", "IND", "goods", "exports")]
    assert table.find_all(keys).tolist() == [table.find(key) for key in keys]
    assert table.find_all(keys)[-3:].tolist() == [-1, -1, -1]


def test_a_cross_section_that_is_given_a_year_has_years() -> None:
    labels = {"measure": [Label("exports", Bilingual("X"))]}
    table = new_table("t", Bilingual("T"), labels, {"measure": [0]}, Periods("none", (0,)), [[1.0]])
    after = apply(Project("p", tables=(table,)), "set_period", table="t", period=0, to=2017).table("t")
    assert after is not None
    assert after.periods == Periods("year", (2017,))
