"""What a project holds that another does not share; the undo stack's budget counts with it."""

from __future__ import annotations

from collections.abc import Iterator

from core.origin import Numbers, Origin
from core.project import Project
from core.table import SERIES_COLUMNS, Table

_OVERHEAD = 400
"""Bytes of small objects that any edit makes anew; a rough figure, blocks of numbers decide."""


def held(project: Project, other: Project) -> int:
    """Bytes of `project` that are not the same objects in `other`."""
    total = _OVERHEAD
    if project.board is not other.board:
        board = project.board
        total += 200 * (len(board.factors) + len(board.strategies) + len(board.recommendations))
    for table in project.tables:
        twin = other.table(table.id)
        if twin is not table:
            total += _held_table(table, twin)
    return total


def _held_table(table: Table, twin: Table | None) -> int:
    total = 0
    known = {id(period) for period in twin.values} if twin else set()
    blocks = {id(block) for period in twin.values for block in period} if twin else set()
    for period in table.values:
        if id(period) not in known:
            total += 8 * len(period) + sum(block.nbytes for block in period if id(block) not in blocks)
    if twin is None or table.series is not twin.series:
        total += len(SERIES_COLUMNS) * table.series.reporter.nbytes
    if twin is None or table.marks is not twin.marks:
        total += 200 * len(table.marks)
    return total + _held_origin(table.origin, twin.origin if twin else ())


def _held_origin(origin: tuple[Origin, ...], twin: tuple[Origin, ...]) -> int:
    """The arrays that say where numbers stand; those of a long list are as large as its numbers."""
    known = {id(array) for each in twin for array in _arrays(each)}
    return sum(array.nbytes for each in origin for array in _arrays(each) if id(array) not in known)


def _arrays(origin: Origin) -> Iterator[Numbers]:
    for area in origin.areas:
        yield from (area.places, area.periods, area.rows, area.columns, area.counts, area.without)
