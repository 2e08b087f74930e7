"""A list of ten million rows in BACI's layout as exporter × sector × year, against pandas, polars and duckdb.

The file is made here from a seed: two years, 230 economies as numbers, 5,000 products as six digits with leading
zeros. Each program runs in a fresh process, and all must come to the same numbers.
"""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = 10_000_000

_MAKE = """
import sys
import numpy as np
import polars as pl
from core.economies import economies
path, rows = sys.argv[1], int(sys.argv[2])
draw = np.random.default_rng(20261122)
codes = [next((code for code in each.codes if code.isdigit()), "") for each in economies() if not each.role]
numbers = sorted(int(code) for code in codes if code and code.lstrip("0"))
countries = np.array(numbers[:230])
count = len(countries)
products = np.sort(draw.choice(np.arange(10_100, 970_700), 5000, replace=False))
years = []
for year in (2021, 2022):
    drawn = np.unique(draw.integers(0, count * count * 5000, rows // 2 + rows // 20))
    drawn = drawn[drawn // (count * 5000) != drawn // 5000 % count]
    drawn = np.sort(draw.choice(drawn, rows // 2, replace=False))
    years.append(pl.DataFrame({
        "t": np.full(len(drawn), year, dtype=np.int32),
        "i": countries[drawn // (count * 5000)],
        "j": countries[drawn // 5000 % count],
        "k": products[drawn % 5000],
        "v": np.round(draw.lognormal(3, 2.5, len(drawn)), 3),
        "q": np.round(draw.lognormal(2, 2.5, len(drawn)), 3),
    }))
pl.concat(years).with_columns(pl.col("k").cast(pl.String).str.zfill(6)).write_csv(path)
"""

_END = """
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"seconds": seconds, "peak": peak, "cells": cells, "total": total, "one": one}))
"""
_BEGIN = """
import json, resource, sys, time
begun = time.perf_counter()
path = sys.argv[1]
"""
OURS = (
    _BEGIN
    + """
from pathlib import Path
from core.files.build import build
from core.files.readers import read
from core.files.mapping import SheetMapping
from core.units import Unit
import numpy as np
sheet = read(Path(path)).sheets[0]
columns = ("year", "reporter_code", "summed", "sector_code", "value", "ignore")
mapping = SheetMapping(
    "BACI", 0, ("ignore",), columns, len(sheet.rows), measure="Exports", unit=Unit("USD", 1e3), decimal="."
)
table, report = build([(sheet, mapping)], {}, "table")
seconds = time.perf_counter() - begun
cells, total = report.cells, float(sum(np.nansum(table.column(at)) for at in range(len(table.periods.values))))
assert all(len(label.id) == 6 for label in table.labels["sector"])
first = min(label.id for label in table.labels["sector"])
series = [at for at in range(len(table.series)) if table.key(at)[2] == first][:5000]
one = float(np.nansum([table.value(at, 0) for at in series]))
"""
    + _END
)
PANDAS = (
    _BEGIN
    + """
import pandas as pd
found = pd.read_csv(path, dtype={"k": str}).groupby(["i", "k", "t"])["v"].sum()
seconds = time.perf_counter() - begun
cells, total = len(found), float(found.sum())
level = found.index.get_level_values
one = float(found[(level("k") == min(level("k").unique())) & (level("t") == 2021)].sum())
"""
    + _END
)
POLARS = (
    _BEGIN
    + """
import polars as pl
lines = pl.scan_csv(path, schema_overrides={"k": pl.String})
found = lines.group_by("i", "k", "t").agg(pl.col("v").sum()).collect(engine="streaming")
seconds = time.perf_counter() - begun
cells, total = len(found), found["v"].sum()
one = found.filter((pl.col("k") == found["k"].min()) & (pl.col("t") == 2021))["v"].sum()
"""
    + _END
)
DUCKDB = (
    _BEGIN
    + """
import duckdb
lines = "read_csv('" + path + "', types={'k': 'VARCHAR'})"
found = duckdb.sql("SELECT i, k, t, sum(v) AS v FROM " + lines + " GROUP BY ALL").fetchnumpy()
seconds = time.perf_counter() - begun
cells, total = len(found["v"]), float(found["v"].sum())
one = float(found["v"][(found["k"] == min(found["k"])) & (found["t"] == 2021)].sum())
"""
    + _END
)


def once(code: str, *arguments: str) -> dict[str, float]:
    """What a program prints as JSON; nothing for one that only makes a file."""
    command = [sys.executable, "-c", code, *arguments]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(printed.splitlines()[-1]) if printed else {}
    return found


def main(rounds: int = 3) -> None:
    """Print medians, the ratio to the fastest, and the ratio of peak memory to pandas."""
    programs = {"Balassa": OURS, "pandas": PANDAS, "polars": POLARS, "duckdb": DUCKDB}
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baci.csv"
        once(_MAKE, str(path), str(ROWS))
        size = path.stat().st_size / 1e6
        order = [name for name in programs for _round in range(rounds)]
        random.shuffle(order)
        for name in order:
            runs[name].append(once(programs[name], str(path)))
    print(f"{ROWS / 1e6:.0f} million rows ({size:.0f} MB) as exporter × sector × year")
    seconds = {name: statistics.median(run["seconds"] for run in found) for name, found in runs.items()}
    peaks = {name: statistics.median(run["peak"] for run in found) for name, found in runs.items()}
    for name, found in runs.items():
        print(f"  {name:<36}{seconds[name]:7.2f} s   {peaks[name] / 2**20:6.0f} MB  (n={len(found)})")
    others = {name: taken for name, taken in seconds.items() if name != "Balassa"}
    fastest = min(others, key=others.__getitem__)
    print(f"  ratio to the fastest ({fastest}) {seconds['Balassa'] / others[fastest]:.2f} (aim: at most 1.5)")
    print(f"  peak memory to that of pandas {peaks['Balassa'] / peaks['pandas']:.2f} (aim: at most 0.25)")
    _check({name: found[0] for name, found in runs.items()})


def _check(results: dict[str, dict[str, float]]) -> None:
    ours = results["Balassa"]
    for name, theirs in results.items():
        same = all(abs(theirs[key] - ours[key]) <= 1e-9 * abs(ours[key]) for key in ("cells", "total", "one"))
        if not same:
            raise RuntimeError(f"{name} came to other numbers")
    print("  all four came to the same numbers")
