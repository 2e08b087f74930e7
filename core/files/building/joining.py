"""Pieces of sheets as one matrix of periods × series, with what was met twice and where each number stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.files.building.pieces import Odd, Piece
from core.origin import Area, compact
from core.table import frozen

if TYPE_CHECKING:
    from core.files.large import Cube

Places = NDArray[np.int64]
Factors = Mapping[tuple[int, int], NDArray[np.float64]]
"""What brings the numbers of a value column, by piece and column, to the unit of their series."""


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """The numbers of one value column of a piece."""

    piece: Piece
    column: int
    at: NDArray[np.intp]
    """Rows of the piece that hold a number."""
    place: Places
    """Period × number of series + series."""
    gaps: Places
    """Places of the rows that hold none."""


Values = Callable[[Run], NDArray[np.float64]]


@dataclass(frozen=True, eq=False, slots=True)
class Met:
    """A cell: use, row and column from 0, and its value."""

    use: int
    row: int
    column: int
    value: float


@dataclass(slots=True)
class Joined:
    """`matrix` is periods × series. `keys` are the labels of each series as packed by `SHIFTS`."""

    keys: NDArray[np.int64]
    first_use: NDArray[np.int64]
    matrix: NDArray[np.float64]
    areas: tuple[Area, ...] = ()
    numbers: int = 0
    repeated: int = 0
    twice: list[tuple[int, Met, Met]] = field(default_factory=list)
    """The first hundred places with different values, and two of the cells that say them."""
    twice_count: int = 0
    incomplete: int = 0
    """Sums of which a part is missing."""


class Series:
    """Numbers the series of all pieces in the order in which they are met."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """Each piece brings its groups of keys."""
        keys, order = [], []
        for number, piece in enumerate(pieces):
            for column, (group, key) in enumerate(_classes(piece)):
                found = piece.groups[group]
                keys.append(found.keys + key)
                order.append(
                    np.stack([np.full(len(found.keys), number), found.first, np.full(len(found.keys), column)])
                )
        all_keys = np.concatenate(keys) if keys else np.empty(0, dtype=np.int64)
        met = np.concatenate(order, axis=1) if order else np.empty((3, 0), dtype=np.int64)
        sequence = np.lexsort((met[2], met[1], met[0]))
        different, first = np.unique(all_keys[sequence], return_index=True)
        rank = np.argsort(first, kind="stable")
        self.keys = different[rank]
        self._sorted, self._number = different, np.empty(len(rank), dtype=np.int64)
        self._number[rank] = np.arange(len(rank))
        self.first_use = np.array([piece.use for piece in pieces], dtype=np.int64)[met[0][sequence][first[rank]]]

    @classmethod
    def of_keys(cls, keys: NDArray[np.int64]) -> Series:
        """Series that are known, in their order."""
        series = cls(())
        series.keys, series.first_use = keys, np.zeros(len(keys), dtype=np.int64)
        return series

    def of(self, piece: Piece, column: int) -> Places:
        """The series of each row of a piece in one of its value columns."""
        group = piece.groups[piece.group_of[column]]
        return self._number[np.searchsorted(self._sorted, group.keys + piece.keys[column])][group.of]


def _classes(piece: Piece) -> list[tuple[int, int]]:
    """The different pairs of group and key of the columns, in their order."""
    return list(dict.fromkeys(zip(piece.group_of, piece.keys, strict=True)))


def runs_of(pieces: Sequence[Piece], series: Series, position: NDArray[np.int64]) -> Iterator[Run]:
    """The numbers of each value column with their places; `position` is that of each period code."""
    count = len(series.keys)
    for piece in pieces:
        rows = position[piece.periods] * count if piece.periods is not None else None
        known: dict[tuple[int, int], Places] = {}
        for column in range(len(piece.heads)):
            own = piece.group_of[column], piece.keys[column]
            if own not in known:
                known[own] = series.of(piece, column)
            start = rows if rows is not None else int(position[piece.period_of[column]]) * count
            place = known[own] + start
            at = np.flatnonzero(~np.isnan(piece.values[column]))
            whole = len(at) == len(place)
            gaps = place[:0] if whole else place[np.isnan(piece.values[column])]
            yield Run(piece, column, at, place if whole else place[at], gaps)


def join(
    pieces: Sequence[Piece],
    series: Series,
    position: NDArray[np.int64],
    periods: Sequence[int],
    factors: Factors,
    twice: str,
    listed: bool = True,
) -> Joined:
    """Put the numbers into their places.

    `twice` is one of `TWICE`; with "" different values for one place are found and the last is taken. `listed` says
    whether values that are added up are looked at as values that were met twice.
    """
    shape = len(periods), len(series.keys)
    joined = Joined(series.keys, series.first_use, np.full(shape, np.nan))
    runs = list(runs_of(pieces, series, position))
    numbers = {id(piece): n for n, piece in enumerate(pieces)}

    def values(run: Run) -> NDArray[np.float64]:
        column: NDArray[np.float64] = run.piece.values[run.column]
        factor = factors.get((numbers[id(run.piece)], run.column))
        if factor is not None:
            column = column * factor
        return column if len(run.at) == len(column) else column[run.at]

    flat = joined.matrix.reshape(-1)
    if twice == "sum":
        counts = _add_up(runs, values, flat, joined)
        if listed and int(counts.max(initial=0)) > 1:
            _take(runs, values, np.full(len(flat), np.nan), joined, first=False)
        joined.areas = _areas(runs, shape, periods, None, counts)
        return joined
    taken = _take(runs, values, flat, joined, first=twice == "first")
    joined.areas = _areas(runs, shape, periods, taken, None)
    return joined


def joined_of(
    cube: Cube,
    key: Callable[[Mapping[str, Places]], Places],
    position: NDArray[np.int64],
    periods: Sequence[int],
) -> Joined:
    """Sums of a long list as series; `key` packs the codes of labels."""
    there = np.nonzero((cube.counts > 0).any(axis=0))
    keys = key({axis: codes[at] for axis, codes, at in zip(cube.axes, cube.codes, there, strict=True)})
    order = np.argsort(position[cube.periods], kind="stable")
    matrix, counts = (np.stack([each[at][there] for at in order.tolist()]) for each in (cube.sums, cube.counts))
    nowhere = np.full((1, 1), -1, dtype=np.int32)
    area = Area(
        0,
        np.arange(len(keys), dtype=np.int32),
        np.array(periods, dtype=np.int32),
        nowhere,
        nowhere,
        compact(counts),
    )
    return Joined(
        keys, np.zeros(len(keys), dtype=np.int64), matrix, (area,), int((counts > 0).sum()), incomplete=cube.gaps
    )


def _take(
    runs: Sequence[Run], values: Values, flat: NDArray[np.float64], joined: Joined, *, first: bool
) -> NDArray[np.int32]:
    """Write numbers, the first or the last of a place; returns the number of the cell that each place took."""
    starts = np.cumsum([0, *(len(run.at) for run in runs)])
    taken = np.full(len(flat), -1, dtype=np.int32)
    step = -1 if first else 1
    for at in range(len(runs))[::step]:
        run = runs[at]
        taken[run.place[::step]] = np.arange(starts[at], starts[at + 1], dtype=np.int32)[::step]
        flat[run.place[::step]] = values(run)[::step]
    joined.numbers = int((taken >= 0).sum())
    if joined.numbers < starts[-1]:
        _compare(runs, values, taken, starts, flat, joined)
    return taken


def _compare(
    runs: Sequence[Run],
    values: Values,
    taken: NDArray[np.int32],
    starts: Places,
    flat: NDArray[np.float64],
    joined: Joined,
) -> None:
    """What became of the cells whose place took another one: equal, or of another value."""
    found: list[tuple[int, int, int, float]] = []
    for at, run in enumerate(runs):
        lost = np.flatnonzero(taken[run.place] != np.arange(starts[at], starts[at + 1]))
        if not len(lost):
            continue
        own, kept = values(run)[lost], flat[run.place[lost]]
        differ = ~(np.abs(own - kept) <= 1e-12 * np.abs(kept))
        joined.repeated += int((~differ).sum())
        joined.twice_count += int(differ.sum())
        room = lost[differ][:100]
        found += [(at, int(each), int(run.place[each]), float(values(run)[each])) for each in room]
    for at, each, place, value in found[:100]:
        winner = int(taken[place])
        other = int(np.searchsorted(starts, winner, side="right")) - 1
        a = _met(runs[at], each, value)
        b = _met(runs[other], winner - int(starts[other]), float(flat[place]))
        first, second = sorted((a, b), key=lambda met: (met.use, met.row, met.column))
        joined.twice.append((place, first, second))


def _met(run: Run, at: int, value: float) -> Met:
    head = run.piece.heads[run.column]
    return Met(run.piece.use, int(run.piece.rows[run.at[at]]), head.at, value)


def _add_up(runs: Sequence[Run], values: Values, flat: NDArray[np.float64], joined: Joined) -> NDArray[np.int32]:
    """Sums over all rows of a place, and how many numbers each is made of."""
    counts, gaps = np.zeros(len(flat), dtype=np.int32), np.zeros(len(flat), dtype=np.bool_)
    for run in runs:
        fresh = run.place[counts[run.place] == 0]
        flat[fresh] = 0.0
        np.add.at(flat, run.place, values(run))
        np.add.at(counts, run.place, 1)
        gaps[run.gaps] = True
    joined.incomplete = int((gaps & (counts > 0)).sum())
    joined.numbers = int((counts > 0).sum())
    return counts


def _areas(
    runs: Sequence[Run],
    shape: tuple[int, int],
    periods: Sequence[int],
    taken: NDArray[np.int32] | None,
    counts: NDArray[np.int32] | None,
) -> tuple[Area, ...]:
    """Where the numbers stand: an area for each sheet, as small as its layout allows."""
    starts = np.cumsum([0, *(len(run.at) for run in runs)])
    uses = sorted({run.piece.use for run in runs})
    owner = np.full(shape[0] * shape[1], -1, dtype=np.int16) if len(uses) > 1 and taken is not None else None
    areas, dense = [], {}
    values = np.array(periods, dtype=np.int32)
    for use in uses:
        rows = np.full(shape[0] * shape[1], -1, dtype=np.int32)
        columns = np.full(shape[0] * shape[1], -1, dtype=np.int32)
        for at, run in enumerate(runs):
            if run.piece.use != use:
                continue
            where = run.piece.rows[run.at]
            place = run.place
            if taken is not None:
                kept = taken[place] == np.arange(starts[at], starts[at + 1])
                if not kept.all():
                    place, where = place[kept], where[kept]
            rows[place] = where
            columns[place] = run.piece.heads[run.column].at
        rows, columns = rows.reshape(shape), columns.reshape(shape)
        there = rows >= 0
        if owner is not None:
            owner[there.reshape(-1)] = use
        in_period, in_series = there.any(axis=1), there.any(axis=0)
        if not in_period.any():
            continue
        dense[use] = there
        if not (in_period.all() and in_series.all()):
            rows, columns = (each[in_period][:, in_series] for each in (rows, columns))
        number = np.ones((1, 1), dtype=np.int32)
        if counts is not None:
            number = compact(counts.reshape(shape)[in_period][:, in_series])
            several = counts.reshape(shape)[in_period][:, in_series] > 1
            rows, columns = np.where(several, -1, rows), np.where(several, -1, columns)
        exact = counts is not None and int(number.max()) > 1
        areas.append(
            Area(
                use,
                frozen(np.flatnonzero(in_series).astype(np.int32)),
                frozen(values[in_period]),
                frozen(rows.astype(np.int32)) if exact else compact(rows),
                frozen(columns.astype(np.int32)) if exact else compact(columns),
                frozen(number),
            )
        )
    if owner is None:
        return tuple(areas)
    return tuple(_without_others(area, dense[area.sheet], owner.reshape(shape), values) for area in areas)


def _without_others(area: Area, there: NDArray[np.bool_], owner: NDArray[np.int16], periods: NDArray[np.int32]) -> Area:
    """An area that does not claim the places which it covers but another sheet fills."""
    covered = np.isin(periods, area.periods)[:, None] & np.isin(np.arange(there.shape[1]), area.places)[None, :]
    period, series = np.nonzero(covered & ~there & (owner >= 0) & (owner != area.sheet))
    without = np.stack([series.astype(np.int32), periods[period]], axis=1)
    return Area(area.sheet, area.places, area.periods, area.rows, area.columns, area.counts, frozen(without))


def odd_cells(pieces: Sequence[Piece], series: Series, position: NDArray[np.int64]) -> Iterator[tuple[Piece, Odd, int]]:
    """Cells that say more or less than a number, with their places."""
    count = len(series.keys)
    for piece in pieces:
        known: dict[int, Places] = {}
        for odd in piece.odd:
            if odd.column not in known:
                known[odd.column] = series.of(piece, odd.column)
            period = piece.periods[odd.row] if piece.periods is not None else piece.period_of[odd.column]
            yield piece, odd, int(position[period]) * count + int(known[odd.column][odd.row])
