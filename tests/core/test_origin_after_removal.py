"""What was removed, or never came in, is not named as the origin of what a person writes there later."""

from __future__ import annotations

import math

import numpy as np

from core.edits import apply
from core.files.merging import merged, renewed
from core.origin import Area, Origin, OriginSheet
from core.project import Project
from core.provenance import trace
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

CHINA = ("CHN", "", "", "exports")


def table(economies: tuple[str, ...], periods: tuple[int, ...], file: str) -> Table:
    """Exports; each number stands in the file, economies in rows and periods in columns."""
    count = len(economies)
    area = Area(
        0,
        np.arange(count, dtype=np.int32),
        np.array(periods, dtype=np.int32),
        np.arange(count, dtype=np.int32)[None, :] + 1,
        np.arange(len(periods), dtype=np.int32)[:, None] + 1,
        np.ones((1, 1), dtype=np.int32),
    )
    return new_table(
        "t",
        Bilingual("Exports"),
        {
            "reporter": [Label(each, Bilingual(each)) for each in economies],
            "measure": [Label("exports", Bilingual("Exports"))],
        },
        {"reporter": range(count), "measure": [0] * count, "place": range(count)},
        Periods("year", periods),
        [[float(period + at) for at in range(count)] for period in periods],
        units=(Unit("USD", 1e6),),
        origin=(Origin((OriginSheet(file, "Sheet1"),), (area,)),),
    )


def written(before: Table, period: int) -> Table:
    """The table after a person wrote a number for China, in a period that it may not have had."""
    project = Project("p", Bilingual("P"), tables=(before,))
    after = apply(project, "set_cells", table="t", series=(CHINA,), periods=(period,), values=((1.5,),))
    return after.tables[0]


def test_a_period_that_a_refresh_removed_comes_back_without_an_origin() -> None:
    shorter = renewed(
        table(("CHN",), (2000, 2001), "old.csv"), table(("CHN",), (2000,), "new.csv"), by_hand=(), remove=True
    )
    again = written(shorter, 2001)
    assert again.periods.values == (2000, 2001)
    assert trace(again, 0, 1) is None
    assert trace(again, 0, 0) is not None


def test_a_removed_period_comes_back_without_an_origin() -> None:
    project = Project("p", Bilingual("P"), tables=(table(("CHN",), (2000, 2001, 2002), "old.csv"),))
    shorter = apply(project, "remove_periods", table="t", periods=(2000, 2001)).tables[0]
    assert trace(written(shorter, 2001), 0, 0) is None


def test_a_period_that_a_merge_left_out_has_no_origin() -> None:
    filled = merged(
        written(table(("CHN",), (2000,), "old.csv"), 2001), table(("CHN",), (2000, 2002), "new.csv"), "fill"
    )
    assert filled.periods.values == (2000, 2001)
    gap = table(("CHN", "IND"), (2000,), "old.csv").with_columns([np.array([1.0, math.nan])])
    filled = merged(gap, table(("CHN", "IND"), (2000, 2002), "new.csv"), "fill")
    found = trace(filled, 1, 0)
    assert found is not None
    assert found.file == "new.csv"
    assert trace(written(filled, 2002), 0, 1) is None


def test_a_number_that_a_person_wrote_is_from_no_file() -> None:
    before = table(("CHN", "IND"), (2000, 2001), "old.csv")
    after = written(before, 2001)
    assert trace(after, 0, 1) is None
    assert trace(after, 0, 0) == trace(before, 0, 0)
    assert trace(after, 1, 1) == trace(before, 1, 1)
    again = merged(after, table(("CHN", "IND"), (2000, 2001), "new.csv"), "keep")
    assert trace(again, 0, 1) is None
    taken = merged(after, table(("CHN", "IND"), (2000, 2001), "new.csv"), "replace")
    found = trace(taken, 0, 1)
    assert found is not None
    assert (found.file, found.cell) == ("new.csv", "C2")


def test_writing_the_number_that_stands_there_changes_no_origin() -> None:
    before = table(("CHN",), (2000, 2001), "old.csv")
    project = Project("p", Bilingual("P"), tables=(before,))
    same = apply(project, "set_cells", table="t", series=(CHINA,), periods=(2001,), values=((2001.0,),))
    assert same is project


def test_an_origin_denies_only_what_it_covers() -> None:
    before = table(("CHN", "IND"), (2000, 2001), "old.csv")
    after = merged(before, table(("CHN", "IND"), (2000, 2001, 2002), "new.csv"), "keep")
    assert len(after.origin[-1].areas[0].without) == 4
    again = merged(after, table(("CHN", "IND", "IRL"), (2002, 2003), "third.csv"), "keep")
    assert len(again.origin[-1].areas[0].without) == 2


def test_arrays_of_an_origin_stay_read_only_after_an_edit() -> None:
    project = Project("p", Bilingual("P"), tables=(table(("CHN",), (2000, 2001), "old.csv"),))
    moved = apply(project, "set_period", table="t", period=2001, to=2005).tables[0]
    area = moved.origin[0].areas[0]
    assert not any(array.flags.writeable for array in (area.periods, area.without))
