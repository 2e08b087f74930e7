"""Series of one table that were published at different times."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.registry import table_check
from core.checks.view import View
from core.text import text


@table_check
def vintages(view: View) -> Iterator[Finding]:
    """One measure of several vintages, or measures of different ones."""
    vintage = [source.vintage.strip() for source in view.table.sources]
    known = sorted({each for each in vintage if each})
    if len(known) < 2:
        return
    number = np.array([known.index(each) if each else -1 for each in vintage])[view.series.source]
    used = np.unique(number[number >= 0])
    if len(used) < 2:
        return
    why = text("Sources revise earlier years: one series can differ by half between two of its vintages.")
    advice = text("Take all series from the newest vintage.")
    mixed = False
    for code in np.unique(view.series.measure):
        mine = np.flatnonzero((view.series.measure == code) & (number >= 0))
        here, first = np.unique(number[mine], return_index=True)
        if len(here) < 2:
            continue
        mixed = True
        what = text(
            "{measure} comes from several vintages: {vintages}.",
            measure=view.name("measure", int(mine[0])),
            vintages=tuple(known[each] for each in here.tolist()),
        )
        rare = [int(mine[at]) for at in first[np.argsort(np.bincount(number[mine])[here], kind="stable")]]
        spots = tuple(view.spot(series) for series in rare)
        others = np.flatnonzero(number == number[rare[0]])[:20]
        spots += tuple(view.spot(int(each)) for each in others if int(each) not in rare)
        yield Finding("vintage", (view.table.title,), what, Level.WARNING, why, advice, spots)
    if not mixed:
        first = np.unique(number[number >= 0], return_index=True)[1]
        series = np.flatnonzero(number >= 0)[first]
        what = text(
            "The measures come from different vintages: {vintages}.",
            vintages=tuple(known[each] for each in used.tolist()),
        )
        spots = tuple(view.spot(int(each)) for each in series)
        yield Finding("vintage", (view.table.title,), what, Level.NOTE, why, advice, spots)
