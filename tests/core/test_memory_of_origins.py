"""The budget of the undo stack counts where numbers come from as well as the numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.memory import held
from core.origin import Area, Origin, OriginSheet
from core.project import Project
from core.table import Label, Periods, new_table
from core.text import Bilingual

COUNT = 1000


def project(origin: tuple[Origin, ...]) -> Project:
    """A table of a thousand series that are told apart by their sectors."""
    table = new_table(
        "t",
        Bilingual("T"),
        {
            "sector": [Label(f"s{n}", Bilingual(f"S{n}")) for n in range(COUNT)],
            "measure": [Label("exports", Bilingual("E"))],
        },
        {"sector": range(COUNT), "measure": [0] * COUNT, "place": range(COUNT)},
        Periods("year", (2000,)),
        [np.ones(COUNT)],
        origin=origin,
    )
    return Project("p", tables=(table,))


def origin() -> Origin:
    """Every number stands in a row of its own, in a column of its own."""
    places = np.arange(COUNT, dtype=np.int32)
    wide, one = places[None, :], np.ones((1, 1), dtype=np.int32)
    return Origin((OriginSheet("a.csv", "a"),), (Area(0, places, np.array([2000], dtype=np.int32), wide, wide, one),))


def test_an_origin_counts_once_it_is_not_shared() -> None:
    with_one, without = project((origin(),)), project(())
    assert held(with_one, Project("p")) - held(without, Project("p")) >= 3 * 4 * COUNT
    shared = replace(with_one, tables=(replace(with_one.tables[0], title=Bilingual("Other")),))
    assert held(shared, with_one) < 4 * COUNT


def test_all_codes_of_the_series_count() -> None:
    before = project(())
    series = before.tables[0].series
    copied = replace(before, tables=(replace(before.tables[0], series=replace(series)),))
    assert held(copied, before) >= 7 * 4 * COUNT
