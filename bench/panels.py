"""An index over a whole panel against one NumPy pass over the same arrays, and a cell of that panel edited."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.analysis import analyse
from core.edits import apply
from core.project import Project
from core.results import Results
from core.table import Label, Periods, new_table
from core.text import Bilingual

SHAPE = (200, 5000, 28)
"""Economies, sectors, years."""


def panel(economies: int, sectors: int, years: int, seed: int = 20261123) -> Project:
    """Log-normal exports with a tenth of zeros, one table, every year a little different from the one before."""
    draw = np.random.default_rng(seed)
    base = draw.lognormal(3, 2, economies * sectors)
    base[draw.random(len(base)) < 0.1] = 0
    names = [Label(f"e{at}", Bilingual(f"E{at}")) for at in range(economies)]
    kinds = [Label(f"s{at}x", Bilingual(f"S{at}")) for at in range(sectors)]
    reporter, sector = (each.ravel() for each in np.indices((economies, sectors)))
    labels = {"reporter": names, "sector": kinds, "measure": [Label("exports", Bilingual("Exports"))]}
    columns = {"reporter": reporter, "sector": sector, "measure": np.zeros(len(base), dtype=np.int32)}
    values = [base * draw.lognormal(0, 0.1, len(base)) for _ in range(years)]
    periods = Periods("year", tuple(range(2000, 2000 + years)))
    return Project("p", tables=(new_table("t", Bilingual("Panel"), labels, columns, periods, values),))


def timed(work: Callable[[], object]) -> float:
    """Seconds of one run."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def seconds(results: Results, indices: tuple[str, ...]) -> float:
    """How long some indices take over all years, from numbers in the table to values with statuses."""
    table = results.tables["t"]
    table.release()
    return timed(lambda: [table.prepare(index) for index in indices])


def main(rounds: int) -> None:
    """Print the ratio to the pass, and what an edit costs."""
    project = panel(*SHAPE)
    results = analyse(project)
    columns = [project.tables[0].column(at) for at in range(SHAPE[2])]
    passes = [timed(lambda: _pass(columns)) for _ in range(rounds)]
    ours = [seconds(results, ("rca",)) for _ in range(rounds)]
    print(f"RCA over {' × '.join(map(str, SHAPE))} (economies, sectors, years)")
    print(f"  Balassa                             {statistics.median(ours):8.3f} s")
    print(f"  one NumPy pass, reads and writes    {statistics.median(passes):8.3f} s")
    print(f"  ratio {statistics.median(ours) / statistics.median(passes):.2f} (aim: at most 3)")
    edits, computes = [], []
    for at in range(max(rounds, 5)):
        results.tables["t"].computed("rca", 2014)
        key, value = ("e5", "", "s7x", "exports"), float(at + 1)
        before, after = project, results
        start = time.perf_counter()
        project = apply(before, "set_cells", table="t", series=(key,), periods=(2014,), values=((value,),))
        between = time.perf_counter()
        results = analyse(project, after)
        edits.append(between - start)
        computes.append(time.perf_counter() - between)
    year = [project.tables[0].column(14)]
    once = statistics.median(timed(lambda: _pass(year)) for _ in range(9))
    print("one cell of that panel edited, until there are new results")
    edited, computed = statistics.median(edits) * 1000, statistics.median(computes) * 1000
    print(f"  edit {edited:.1f} ms, compute {computed:.1f} ms (aim: 50)")
    print(f"  to one NumPy pass over that year    {statistics.median(computes) / once:.1f}")


def _pass(columns: list[NDArray[np.float64]]) -> list[object]:
    """Values and statuses as large as those of an index, written once from what it reads."""
    return [(np.multiply(each, 0.5), np.isnan(each)) for each in columns]


if __name__ == "__main__":
    main(5)
