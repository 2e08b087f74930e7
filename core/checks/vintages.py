"""Series of one table that were published at different times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.registry import project_check, table_check
from core.checks.view import Positions, View
from core.project import Project
from core.structure import inline
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
            "The figures of {measure} come from several vintages: {vintages}.",
            measure=inline(view.name("measure", int(mine[0]))),
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


@project_check
def bound_vintages(views: Sequence[View], project: Project) -> Iterator[Finding]:
    """A measure that the study takes from another table, published at another time than what it is compared with."""
    by_id = {view.table.id: view for view in views}
    for measure, bound in sorted(project.study.bindings.items()):
        other = by_id.get(bound)
        code = other.table.code("measure", measure) if other is not None else None
        if other is None or code is None:
            continue
        theirs = np.flatnonzero(other.series.measure == code)
        for view in views:
            mine = np.flatnonzero(view.measured("flow"))
            if view is other or view.table.code("measure", measure) is not None or not _share_reporters(view, other):
                continue
            here, there = _vintages(view, mine), _vintages(other, theirs)
            if not (here and there) or set(here) & set(there):
                continue
            what = text(
                "The figures of {measure} come from “{other}”, which is of another vintage: {there}, and here {here}.",
                measure=inline(other.name("measure", int(theirs[0]))),
                other=other.table.title,
                there=there,
                here=here,
            )
            why = text("Sources revise earlier years: ratios of two vintages mix both.")
            advice = text("Take both tables from the same vintage.")
            spots = (view.spot(int(mine[0])), other.spot(int(theirs[0])))
            yield Finding("vintage", (view.table.title,), what, Level.NOTE, why, advice, spots)


def _share_reporters(view: View, other: View) -> bool:
    known = [{label.id for label in each.table.labels["reporter"]} for each in (view, other)]
    return not all(known) or bool(known[0] & known[1])


def _vintages(view: View, series: Positions) -> tuple[str, ...]:
    used = np.unique(view.series.source[series]).tolist()
    return tuple(sorted({view.table.sources[each].vintage.strip() for each in used} - {""}))
