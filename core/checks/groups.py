"""Labels that hold others: a group or a total that nothing says to be one, and that is therefore counted twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.checks.finding import Finding, Level
from core.checks.parts import members
from core.checks.registry import limit, table_check
from core.checks.view import View
from core.table import Floats, Label
from core.text import text


@dataclass(frozen=True, eq=False, slots=True)
class _Cells:
    """Numbers of one measure: labels × places of the other dimensions and periods, where all labels have one."""

    view: View
    dimension: str
    labels: tuple[Label, ...]
    values: Floats
    half: float

    def is_sum(self, whole: int, parts: slice) -> bool:
        """Whether the numbers of a label are the sums of those of others, to the rounding."""
        chosen = self.values[parts]
        sums, mine = chosen.sum(axis=0), self.values[whole]
        room = (len(chosen) + 1) * self.half + 1e-9 * np.abs(mine)
        telling = float(np.median(np.abs(mine))) > limit("telling_digits") * self.half
        several = (np.abs(chosen).sum(axis=1) > limit("group_part") * np.abs(mine).sum()).sum() >= 2
        return bool(telling and several and (np.abs(sums - mine) <= room).mean() >= limit("usual_group"))


@table_check
def hidden_groups(view: View) -> Iterator[Finding]:
    """A sector or economy that is the sum of others in the table without being marked as a group or total."""
    for dimension, role in (("sector", "total"), ("reporter", "world")):
        yield from _too_many(view, dimension)
        for cells in _cells(view, dimension, role):
            found = list(_sums(cells))
            for whole, parts in found:
                yield _finding(cells, whole, parts)
            if found:
                break


def _too_many(view: View, dimension: str) -> Iterator[Finding]:
    """The note that a table has too many labels for this check."""
    count = len(view.table.labels[dimension])
    if count > limit("most_labels"):
        what = text("Groups that are not marked were not looked for among {count} labels.", count=f"{count:,}")
        why = text("Among so many labels some add up to another one by accident.")
        advice = text("Check by hand whether totals and groups are marked as such.")
        yield Finding("not checked", (view.table.title,), what, Level.NOTE, why, advice)


def _cells(view: View, dimension: str, role: str) -> Iterator[_Cells]:
    _, part = members(view, dimension, role)
    flows = part[view.measured("flow")[part]]
    codes = view.series.codes(dimension)
    others = view.groups(*(each for each in ("reporter", "partner", "sector", "measure") if each != dimension))
    for measure in np.unique(view.series.measure[flows]).tolist():
        mine = flows[view.series.measure[flows] == measure]
        used = np.unique(codes[mine])
        if not 3 <= len(used) <= limit("most_labels"):
            continue
        places = np.unique(others[mine])[: int(limit("group_places"))]
        mine = mine[np.isin(others[mine], places)]
        view.tick()
        values = np.full((len(used), len(places), view.periods), np.nan)
        values[np.searchsorted(used, codes[mine]), np.searchsorted(places, others[mine])] = (
            view.matrix(mine) * view.scale[mine][:, None]
        )
        flat = values.reshape(len(used), -1)
        complete = np.isfinite(flat).all(axis=0) & (flat != 0).any(axis=0)
        if int(complete.sum()) >= limit("group_cells"):
            half = float((view.half * view.scale)[mine].max())
            labels = tuple(view.table.labels[dimension][code] for code in used.tolist())
            yield _Cells(view, dimension, labels, flat[:, complete], half)


def _sums(cells: _Cells) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Labels that are the sum of all others, or of a run of labels that stand before or behind them."""
    count = len(cells.labels)
    everything = cells.values.sum(axis=0)
    room = (count + 1) * cells.half
    for whole in range(count):
        if (np.abs(everything - 2 * cells.values[whole]) <= room).mean() >= limit("usual_group"):
            rest = tuple(each for each in range(count) if each != whole)
            yield whole, rest
            return
    running = np.vstack([np.zeros((1, cells.values.shape[1])), np.cumsum(cells.values, axis=0)])
    for whole in range(count):
        for start, stop in _runs(cells, running, whole):
            if cells.is_sum(whole, slice(start, stop)):
                yield whole, tuple(range(start, stop))
                break


def _runs(cells: _Cells, running: Floats, whole: int) -> Iterator[tuple[int, int]]:
    """Runs of two labels or more beside one, whose sum in a first cell is near to it."""
    mine = cells.values[whole]
    at = int(np.argmax(np.abs(mine)))
    room = (len(cells.labels) + 1) * cells.half + 1e-6 * abs(mine[at])
    behind = running[whole + 1 :, at] - running[whole + 1, at]
    for length in np.flatnonzero(np.abs(behind - mine[at]) <= room).tolist():
        if length >= 2:
            yield whole + 1, whole + 1 + length
    before = running[whole, at] - running[: whole + 1, at]
    for start in np.flatnonzero(np.abs(before - mine[at]) <= room).tolist():
        if whole - start >= 2:
            yield start, whole


def _finding(cells: _Cells, whole: int, parts: tuple[int, ...]) -> Finding:
    view, label = cells.view, cells.labels[whole]
    codes = view.series.codes(cells.dimension)
    code = view.table.code(cells.dimension, label.id)
    series = np.flatnonzero((codes == code) & view.measured("flow"))
    what = text(
        "“{name}” is the sum of {parts}.",
        name=label.name,
        parts=tuple(cells.labels[each].name for each in parts[:8]) + (("…",) if len(parts) > 8 else ()),
    )
    why = text(
        "In {count} places that were compared its numbers are those sums, and nothing marks it as a group or total.",
        count=cells.values.shape[1],
    )
    advice = text("Mark it as a group or total, or remove it: sums over all labels count its trade twice.")
    spots = tuple(view.spot(int(each)) for each in series[:20])
    return Finding("group", (view.table.title, label.name), what, Level.WARNING, why, advice, spots)
