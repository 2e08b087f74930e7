"""Pieces of sheets as one matrix of periods × series, with what was met twice and where each number stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from core.files.building.packing import Packing
from core.files.building.pieces import Odd, Piece
from core.numbers import fifteen_digits
from core.origin import Area, compact
from core.table import Label, frozen

if TYPE_CHECKING:
    from core.files.large import Cube

Places = NDArray[np.int64]
Labels = Mapping[str, Sequence[Label]]
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
    """`matrix` is periods × series."""

    series: Series
    matrix: NDArray[np.float64]
    areas: tuple[Area, ...] = ()
    numbers: int = 0
    repeated: int = 0
    twice: list[tuple[int, Met, Met]] = field(default_factory=list)
    """The first hundred places with different values, and two of the cells that say them."""
    twice_count: int = 0
    incomplete: int = 0
    """Sums of which a part is missing."""
    taken: Callable[[Piece, Odd, int], bool] = lambda _piece, _odd, _place: True
    """Whether the number of a cell is that of its place, or a part of it."""


@dataclass(frozen=True, eq=False, slots=True)
class _Group:
    """Different labels of the rows of a piece, for columns that leave the same dimensions to the rows."""

    keys: NDArray[np.int64]
    first: NDArray[np.int64]
    """The first row of each key, among those of the piece."""
    of: NDArray[np.int32]
    """For each row its place in `keys`."""


class Series:
    """Numbers the series of all pieces in the order in which they are met."""

    def __init__(self, pieces: Sequence[Piece], labels: Labels) -> None:
        """`labels` are those of the table, all of them known by now."""
        self.packing = Packing.of(labels)
        self._groups: dict[tuple[int, frozenset[str]], _Group] = {}
        keys, order = [], []
        for number, piece in enumerate(pieces):
            classes = dict.fromkeys((frozenset(own), self.packing.key(own)) for own in piece.own)
            for column, (own, key) in enumerate(classes):
                found = self._group(piece, own)
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
    def of_codes(cls, codes: Mapping[str, Places], rest: Mapping[str, int], labels: Labels) -> Series:
        """Series that are known, in their order: some codes of each, and those that are the same for all."""
        series = cls((), labels)
        count = len(next(iter(codes.values())))
        series.keys = series.packing.keys(codes, count) + series.packing.key(rest)
        series.first_use = np.zeros(count, dtype=np.int64)
        return series

    def codes(self, dimension: str) -> Places:
        """The codes of the labels of each series in a dimension, −1 for none."""
        return self.packing.codes(self.keys, dimension)

    def labels_of(self, series: int) -> dict[str, int]:
        """The codes of the labels of one series."""
        return self.packing.unpacked(int(self.keys[series]))

    def of(self, piece: Piece, column: int) -> Places:
        """The series of each row of a piece in one of its value columns."""
        own = piece.own[column]
        group = self._group(piece, frozenset(own))
        return self._number[np.searchsorted(self._sorted, group.keys + self.packing.key(own))][group.of]

    def _group(self, piece: Piece, own: frozenset[str]) -> _Group:
        """Pieces that say the same of their rows share what is found."""
        known = id(piece.codes), own
        if known not in self._groups:
            codes = {each: found for each, found in piece.codes.items() if each not in own}
            keys = self.packing.keys(codes, len(piece.rows))
            different, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
            self._groups[known] = _Group(different, first.astype(np.int64), inverse.astype(np.int32))
        return self._groups[known]


def runs_of(pieces: Sequence[Piece], series: Series, position: NDArray[np.int64]) -> Iterator[Run]:
    """The numbers of each value column with their places; `position` is that of each period code."""
    count = len(series.keys)
    for piece in pieces:
        rows = position[piece.periods] * count if piece.periods is not None else None
        known: dict[tuple[tuple[str, int], ...], Places] = {}
        for column in range(len(piece.heads)):
            own = tuple(piece.own[column].items())
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
    joined = Joined(series, np.full(shape, np.nan))
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
    starts = np.cumsum([0, *(len(run.at) for run in runs)])
    run_of = {(id(run.piece), run.column): n for n, run in enumerate(runs)}

    def is_taken(piece: Piece, odd: Odd, place: int) -> bool:
        run = run_of[id(piece), odd.column]
        return bool(taken[place] == starts[run] + np.searchsorted(runs[run].at, odd.row))

    joined.taken = is_taken
    return joined


def joined_of(
    cube: Cube,
    rest: Mapping[str, int],
    labels: Labels,
    position: NDArray[np.int64],
    periods: Sequence[int],
) -> Joined:
    """Sums of a long list as series; `rest` are the codes of the labels that are the same for all."""
    there = np.nonzero((cube.counts > 0).any(axis=0))
    found = {axis: codes[at] for axis, codes, at in zip(cube.axes, cube.codes, there, strict=True)}
    series = Series.of_codes(found, rest, labels)
    order = np.argsort(position[cube.periods], kind="stable")
    matrix, counts = (np.stack([each[at][there] for at in order.tolist()]) for each in (cube.sums, cube.counts))
    nowhere = np.full((1, 1), -1, dtype=np.int32)
    area = Area(
        0,
        np.arange(len(series.keys), dtype=np.int32),
        np.array(periods, dtype=np.int32),
        nowhere,
        nowhere,
        compact(counts),
    )
    return Joined(series, fifteen_digits(matrix), (area,), int((counts > 0).sum()), incomplete=cube.gaps)


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
    several = counts > 1
    flat[several] = fifteen_digits(flat[several])
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
        for run in (run for run in runs if run.piece.use == use and len(run.gaps)):
            rows[run.gaps] = run.piece.rows[np.isnan(run.piece.values[run.column])]
            columns[run.gaps] = run.piece.heads[run.column].at
        there = np.zeros(len(rows), dtype=np.bool_)
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
            there[place] = True
        rows, columns, there = rows.reshape(shape), columns.reshape(shape), there.reshape(shape)
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
        rows = compact(rows)
        areas.append(
            Area(
                use,
                frozen(np.flatnonzero(in_series).astype(np.int32)),
                frozen(values[in_period]),
                rows,
                compact(columns, np.broadcast_to(rows < 0, columns.shape)),
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
