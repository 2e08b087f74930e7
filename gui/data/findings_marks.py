"""Where the findings lie in a table: by position for marks and tooltips, as areas of a grid for jumping there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from core.layouts import Area, Grid
from core.project import Project
from core.review import LEVELS
from core.table import Table

if TYPE_CHECKING:
    from core.checks.finding import Finding, Spot

Place = TypeVar("Place")
_MOST_AREAS = 500
"""So many pieces of a selection; Qt looks at each of them for every cell that it paints."""


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """What a cell or a series shows of a finding; `own` where the fault is looked for in this table."""

    finding: Finding
    own: bool

    @property
    def level(self) -> str:
        """The level of the sign: a cell that another table does not agree with is only worth knowing."""
        return self.finding.level if self.own else "note"


@dataclass(frozen=True, eq=False, slots=True)
class Marks:
    """The marks of one table by (series, period) and by series, the worst first; positions are those of `table`."""

    table: Table
    cells: Mapping[tuple[int, int], tuple[Mark, ...]]
    series: Mapping[int, tuple[Mark, ...]]

    def fit(self, table: Table) -> bool:
        """Whether the positions still mean the same series and periods."""
        return self.table.series is table.series and self.table.periods is table.periods


def marks_of(project: Project, found: Iterable[Finding]) -> dict[str, Marks]:
    """The marks of each table by its id, of findings that are sorted by level."""
    spots: dict[str, list[tuple[Spot, Finding]]] = {}
    for each in found:
        for sign in each.signs:
            for spot in sign.spots:
                spots.setdefault(spot.table, []).append((spot, sign))
    made = {}
    for table_id, pairs in spots.items():
        table = project.table(table_id)
        if table is not None:
            made[table_id] = _marks(table, pairs)
    return made


def _marks(table: Table, pairs: Sequence[tuple[Spot, Finding]]) -> Marks:
    keys = list(dict.fromkeys(spot.series for spot, _finding in pairs))
    positions = dict(zip(keys, table.find_all(keys).tolist(), strict=True))
    periods = {value: at for at, value in enumerate(table.periods.values)}
    cells: dict[tuple[int, int], list[Mark]] = {}
    series: dict[int, list[Mark]] = {}
    for spot, finding in pairs:
        at, mark = positions[spot.series], Mark(finding, spot.table == finding.spots[0].table)
        if at >= 0 and spot.period is None:
            series.setdefault(at, []).append(mark)
        elif at >= 0 and spot.period in periods:
            cells.setdefault((at, periods[spot.period]), []).append(mark)
    return Marks(table, _sorted(cells), _sorted(series))


def _sorted(marks: Mapping[Place, list[Mark]]) -> dict[Place, tuple[Mark, ...]]:
    worst = list(LEVELS)
    return {place: tuple(sorted(each, key=lambda mark: worst.index(mark.level))) for place, each in marks.items()}


def areas_of(grid: Grid, spots: Iterable[Spot]) -> list[Area]:
    """The cells of some spots in a grid, neighbours put together; whole series are whole lines. At most 500 areas."""
    places = list(spots)
    keys = list(dict.fromkeys(spot.series for spot in places))
    positions = dict(zip(keys, grid.table.find_all(keys).tolist(), strict=True))
    periods = {value: at for at, value in enumerate(grid.table.periods.values)}
    cells: dict[tuple[int, int], None] = {}
    whole: list[Area] = []
    for spot in places:
        series = positions[spot.series]
        period = grid.period if spot.period is None and grid.row_kind == "place" else periods.get(spot.period or 0, -1)
        if spot.period is None and grid.row_kind == "period" and series >= 0:
            whole.append((0, series, grid.rows - 1, series))
        elif spot.period is None and grid.row_kind == "series" and series >= 0:
            whole.append((series, 0, series, grid.columns - 1))
        else:
            at = grid.locate(series, period)
            if at[0] >= 0:
                cells[at] = None
    return [*whole, *_joined(list(cells))][:_MOST_AREAS]


def _joined(cells: list[tuple[int, int]]) -> list[Area]:
    """Cells as areas: runs within a row, then equal runs of neighbouring rows; the first cell comes first."""
    if not cells:
        return []
    runs: list[list[int]] = []
    for row, column in sorted(cells):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    areas: list[Area] = []
    open_at: dict[tuple[int, int], int] = {}
    for row, first, last in runs:
        at = open_at.get((first, last))
        if at is not None and areas[at][2] == row - 1:
            areas[at] = (areas[at][0], first, row, last)
        else:
            open_at[first, last] = len(areas)
            areas.append((row, first, row, last))
    lead = next(n for n, (top, left, bottom, right) in enumerate(areas)
                if top <= cells[0][0] <= bottom and left <= cells[0][1] <= right)  # fmt: skip
    return [areas[lead], *areas[:lead], *areas[lead + 1 :]]
