"""What the data checks find: faults planted into clean tables, by kind, and false alarms; and how long they take."""

from __future__ import annotations

import time
from collections import Counter

import numpy as np

from core.checks import check_project
from core.project import Project
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit
from tests.core.checks.clean_tables import clean
from tests.core.checks.planting import FAULTS, alarms, plant

HELD_OUT = 10_000
"""Thresholds were chosen on seeds below 100; these are others."""


def planted(rounds: int) -> None:
    """A table of kinds: planted, found at the right place, suspected first, false alarms above a note."""
    print(f"Data checks: faults planted into clean tables, {rounds} of each kind, seeds from {HELD_OUT:,} on")
    print(f"  {'fault':<22}{'planted':>8}{'found':>8}{'first':>8}{'false':>8}")
    total = np.zeros(4, dtype=np.int64)
    for fault in FAULTS:
        counts = np.zeros(4, dtype=np.int64)
        for seed in range(HELD_OUT, HELD_OUT + rounds):
            case = plant(fault, seed)
            findings = check_project(case.project)
            counts += [1, case.found(findings), case.first(findings), len(case.false(findings))]
        print(f"  {fault:<22}{counts[0]:>8}{counts[1]:>8}{counts[2]:>8}{counts[3]:>8}")
        total += counts
    print(f"  {'all':<22}{total[0]:>8}{total[1]:>8}{total[2]:>8}{total[3]:>8}")
    print(f"  {total[1] / total[0]:.1%} found (aim: at least 95 %)")
    seeds = range(HELD_OUT, HELD_OUT + 10 * rounds)
    false = [Counter(each.spots[0].table for each in alarms(check_project(clean(seed).project()))) for seed in seeds]
    most = max(max(each.values(), default=0) for each in false)
    count = sum(each.total() for each in false)
    print(f"  clean tables: {2 * len(false)}, false alarms {count}, at most {most} in one (aim: at most 1)")


def large(reporters: int, sectors: int, years: int) -> Table:
    """A table of random walks."""
    rng = np.random.default_rng(1)
    count = reporters * sectors
    paths = rng.normal(8, 2, count) + np.cumsum(rng.normal(0.04, 0.15, (years, count)), axis=0)
    labels = {
        "reporter": [Label(f"E{at}", Bilingual(f"Economy {at}")) for at in range(reporters)],
        "sector": [Label(f"K{at}", Bilingual(f"Sector {at}")) for at in range(sectors)],
        "measure": [Label("exports", Bilingual("Exports"))],
    }
    columns = {
        "reporter": np.repeat(np.arange(reporters), sectors),
        "sector": np.tile(np.arange(sectors), reporters),
        "measure": np.zeros(count, dtype=np.int64),
    }
    periods = Periods("year", tuple(range(2000, 2000 + years)))
    return new_table("large", Bilingual("Large"), labels, columns, periods, np.exp(paths).round(3), units=(_UNIT,))


_UNIT = Unit("USD", 1e6)


def main(rounds: int = 12) -> None:
    """Print the kinds and the time for a million series."""
    planted(rounds)
    table = large(200, 5000, 10)
    begun = time.perf_counter()
    found = check_project(Project(id="large", tables=(table,)))
    taken = time.perf_counter() - begun
    print(f"  {len(table.series):,} series × 10 years checked in {taken:.1f} s, {len(found)} findings listed")


if __name__ == "__main__":
    main()
