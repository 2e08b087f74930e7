"""Two tables of the same things held against each other, and made one: nothing is overwritten unless a rule says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.files.alignment import Alignment, align
from core.project import equal
from core.provenance import trace, with_origin_of
from core.table import DIMENSIONS, SERIES_COLUMNS, Floats, Key, Mark, Periods, Series, Source, Table, blocks_of, frozen
from core.text import Bilingual, Text

RULES = ("keep", "replace", "fill")
"""Where values differ: those of the table stay and all that is new comes in; those of the file are taken; those of the
table stay and only its empty cells are filled, no series and no periods are added."""

Cells = tuple[tuple[Key, int], ...]
"""Series and period of single cells."""
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Conflict:
    """One cell for which two tables have different values, in the unit of the table; `after` may be missing (NaN)."""

    key: Key
    period: int
    before: float
    after: float
    before_source: Bilingual
    after_source: Bilingual


class Conflicts(Sequence[Conflict]):
    """All conflicts, in the order of the table's series and periods. Each is made when it is asked for."""

    def __init__(self, into: Table, new: Table, series: Numbers, theirs: Numbers, periods: Numbers, after: Floats):
        """`series` and `theirs` are positions in both tables, `periods` the periods themselves."""
        self._into, self._new, self._series, self._theirs, self._periods = into, new, series, theirs, periods
        self._after = after

    def __len__(self) -> int:
        """Number of conflicts."""
        return len(self._series)

    @overload
    def __getitem__(self, at: int) -> Conflict: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Conflict, ...]: ...
    def __getitem__(self, at: int | slice) -> Conflict | tuple[Conflict, ...]:
        """One conflict, or some."""
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        series, period = int(self._series[at]), int(self._periods[at])
        here = self._into.period(period)
        return Conflict(
            self._into.key(series),
            period,
            self._into.value(series, here),
            float(self._after[at]),
            source_of(self._into, series, here),
            source_of(self._new, int(self._theirs[at]), self._new.period(period)),
        )

    def __iter__(self) -> Iterator[Conflict]:
        """One after the other."""
        return (self[at] for at in range(len(self)))

    def cells(self) -> Cells:
        """Series and period of all conflicts, for choices by hand."""
        return tuple(
            (self._into.key(int(series)), int(period))
            for series, period in zip(self._series.tolist(), self._periods.tolist(), strict=True)
        )


@dataclass(frozen=True, eq=False, slots=True)
class Comparison:
    """What another table would change in `into`. Numbers of `new` count in the units of `into`."""

    into: Table
    new: Table
    added_series: Numbers
    """Positions in `new`."""
    added_periods: tuple[int, ...]
    added: int
    """Numbers in added series and added periods."""
    filled: int
    """Cells that are empty in the table and not in the file."""
    equal: int
    conflicts: Conflicts
    gone_series: Numbers
    """Positions in `into` of series that the file does not have."""
    gone_periods: tuple[int, ...]
    notes: tuple[Text, ...] = ()
    """What was done about units."""

    @property
    def nothing(self) -> bool:
        """True where the file says nothing that the table does not say."""
        return not (len(self.added_series) or self.added_periods or self.filled or self.conflicts)


def compare(into: Table, new: Table) -> Comparison:
    """What a merge has to decide. An empty cell of the file is no conflict.

    Raises UserError where the periods are of different kinds, or a series has units between which nothing converts.
    """
    return _compared(into, new, align(into, new), missing_counts=False)


def refreshed(table: Table, new: Table) -> Comparison:
    """What the file says now, against a table that was imported from it.

    A value that the file no longer has is a conflict with a missing value. Raises UserError as `compare` does.
    """
    return _compared(table, new, align(table, new, restated=True), missing_counts=True)


def merged(into: Table, new: Table, rule: str, by_hand: Cells = ()) -> Table:
    """`into` with the values of `new`. In the cells `by_hand` the choice of the rule is turned round.

    Title, layout, note, labels and units are those of `into`; labels and sources that it lacks come behind its own.
    Raises UserError as `compare` does.
    """
    if rule not in RULES:
        raise refuse("There is no rule “{rule}” for merging.", rule=rule)
    return _joined(into, new, align(into, new), rule, by_hand, missing_counts=False)


def renewed(table: Table, new: Table, by_hand: Cells = (), remove: bool = False) -> Table:
    """`table` with what its file says now; cells `by_hand` stay as they are.

    Series and periods that the file no longer has are removed only where `remove` says so. Raises UserError as
    `compare` does, and where nothing would be left.
    """
    found = align(table, new, restated=True)
    after = _joined(table, new, found, "replace", by_hand, missing_counts=True)
    if not remove:
        return after
    kept = np.ones(len(after.series), dtype=np.bool_)
    kept[found.gone] = False
    return _only(after, kept, [period in new.periods.values for period in after.periods.values])


def source_of(table: Table, series: int, period: int) -> Bilingual:
    """Where a value comes from, in a line: the note of its source, its vintage, and file, sheet and cell."""
    source, found = table.source(series), trace(table, series, period)
    said = [source.text, Bilingual(source.vintage)]
    if found is not None:
        said += [Bilingual(found.file), Bilingual(found.sheet), Bilingual(found.cell)]
    elif source.text == Bilingual():
        said.append(Bilingual(str(source.origin.get("file", ""))))
    return Bilingual(*(" · ".join(filter(None, (each.show(one) for each in said))) for one in ("en", "zh")))


def _compared(into: Table, new: Table, found: Alignment, missing_counts: bool) -> Comparison:
    known = np.flatnonzero(found.place >= 0)
    here = found.place[known]
    filled = equal = added = 0
    series, theirs, periods, after = [], [], [], []
    for at, period in enumerate(new.periods.values):
        theirs_all = new.column(at) * found.factor
        mine = into.period(period)
        if mine < 0:
            added += int((~np.isnan(theirs_all)).sum())
            continue
        added += int((~np.isnan(theirs_all[found.place < 0])).sum())
        before, their = into.column(mine)[here], theirs_all[known]
        same = _equal(before, their, found.factor[known])
        equal += int(same.sum())
        gap = np.isnan(before) & ~np.isnan(their)
        filled += int(gap.sum())
        differ = ~same & ~np.isnan(before) & (missing_counts | ~np.isnan(their))
        series.append(here[differ])
        theirs.append(known[differ])
        periods.append(np.full(int(differ.sum()), period, dtype=np.int64))
        after.append(their[differ])
    where, other, when = (np.concatenate(each) if each else np.empty(0, np.int64) for each in (series, theirs, periods))
    numbers = np.concatenate(after) if after else np.empty(0)
    order = np.lexsort((when, where))
    return Comparison(
        into,
        new,
        np.flatnonzero(found.place < 0),
        tuple(each for each in new.periods.values if each not in into.periods.values),
        added,
        filled,
        equal,
        Conflicts(into, new, where[order], other[order], when[order], numbers[order]),
        found.gone,
        tuple(each for each in into.periods.values if each not in new.periods.values),
        found.notes,
    )


def _equal(before: Floats, after: Floats, factor: Floats) -> NDArray[np.bool_]:
    """Where both have a number and it is the same; a converted one may differ by what converting rounds off."""
    close = np.abs(before - after) <= np.where(factor == 1.0, 0.0, 1e-12 * np.abs(before))
    return np.asarray((before == after) | close, dtype=np.bool_)


def _joined(into: Table, new: Table, found: Alignment, rule: str, by_hand: Cells, missing_counts: bool) -> Table:
    grows = rule != "fill"
    fresh = np.flatnonzero(found.place < 0) if grows else np.empty(0, np.int64)
    place = found.place.copy()
    place[fresh] = len(into.series) + np.arange(len(fresh))
    rows = np.flatnonzero(place >= 0)
    periods = tuple(sorted({*into.periods.values, *(new.periods.values if grows else ())}))
    turned = _positions(into, by_hand)
    values, taken, kept = [], {}, np.zeros((len(new.values), len(new.series)), dtype=np.bool_)
    for at, period in enumerate(periods):
        mine, theirs = into.period(period), new.period(period)
        column = np.full(len(into.series) + len(fresh), np.nan)
        if mine >= 0:
            column[: len(into.series)] = into.column(mine)
        if theirs >= 0:
            after, own = (new.column(theirs) * found.factor)[rows], column[place[rows]]
            gap = np.isnan(own) & ~np.isnan(after)
            differ = ~np.isnan(own) & ~_equal(own, after, found.factor[rows]) & (missing_counts | ~np.isnan(after))
            take = gap | differ if rule == "replace" else gap
            take ^= (gap | differ) & np.isin(place[rows], turned.get(period, ()))
            column[place[rows[take]]] = after[take]
            taken[at] = theirs, rows[take], rows[np.isnan(own) & np.isnan(after)]
            kept[theirs, rows] = ~take & ~np.isnan(own) & ~(missing_counts & _equal(own, after, found.factor[rows]))
        values.append(_shared(into.values[mine] if mine >= 0 else (), column))
    marks = _marks(into, new, {value: at for at, value in enumerate(periods)}, place, taken)
    same_values = len(values) == len(into.values) and all(map(lambda a, b: a is b, values, into.values))
    if not len(fresh) and same_values and marks == into.marks:
        return _with_addresses(into, new, found, place, kept) if missing_counts and not by_hand else into
    units, unit = _behind(into.units, new.units, new.series.unit[fresh])
    sources, source = _behind(into.sources, _apart(into.sources, new.sources), new.series.source[fresh])
    added = {each: found.codes[each][fresh] for each in DIMENSIONS} | {"unit": unit, "source": source}
    added["place"] = np.full(len(fresh), -1)
    columns = {name: np.concatenate([into.series.codes(name), codes]) for name, codes in added.items()}
    joined = replace(
        into,
        labels=MappingProxyType(found.labels) if len(fresh) else into.labels,
        series=Series(**{name: frozen(codes.astype(np.int32)) for name, codes in columns.items()}),
        periods=Periods(into.periods.kind, periods),
        values=tuple(values),
        units=units,
        sources=sources,
        marks=MappingProxyType(marks),
        origin=() if missing_counts and _all_new(into, new, found, by_hand) else into.origin,
    )
    return with_origin_of(joined, new, place, kept)


def _with_addresses(into: Table, new: Table, found: Alignment, place: Numbers, kept: NDArray[np.bool_]) -> Table:
    """The same numbers, which may stand in other cells of the file now."""
    if not _all_new(into, new, found, ()):
        return into
    moved = with_origin_of(replace(into, origin=()), new, place, kept)
    return into if not new.origin or equal(moved.origin, into.origin) else moved


def _all_new(into: Table, new: Table, found: Alignment, by_hand: Cells) -> bool:
    """Whether every number of a refreshed table is from the new import, so that the old one is no longer needed."""
    return not (by_hand or len(found.gone) or {*into.periods.values} - {*new.periods.values})


def _positions(table: Table, cells: Cells) -> dict[int, Numbers]:
    """Positions of series by period; cells that the table does not have are nobody's choice."""
    found: dict[int, list[int]] = {}
    for position, (_, period) in zip(table.find_all([key for key, _ in cells]).tolist(), cells, strict=True):
        if position >= 0:
            found.setdefault(period, []).append(position)
    return {period: np.array(series, dtype=np.int64) for period, series in found.items()}


def _shared(old: tuple[Floats, ...], column: Floats) -> tuple[Floats, ...]:
    """A column as blocks; those that did not change are the old ones."""
    new = blocks_of(column)
    kept = tuple(
        old[at] if at < len(old) and np.array_equal(old[at], block, equal_nan=True) else block
        for at, block in enumerate(new)
    )
    return old if len(old) == len(kept) and all(map(lambda a, b: a is b, old, kept)) else kept


Taken = dict[int, tuple[int, Numbers, Numbers]]
"""By position of a joined period: the position in the other table, and its series whose values were taken, and those
that are empty in both."""


def _marks(into: Table, new: Table, at: dict[int, int], place: Numbers, taken: Taken) -> dict[tuple[int, int], Mark]:
    """A value keeps the mark that stood beside it; an empty cell takes one where it has none."""
    marks = {(series, at[into.periods.values[period]]): mark for (series, period), mark in into.marks.items()}
    theirs: dict[int, list[tuple[int, Mark]]] = {}
    for (at_new, period), mark in new.marks.items():
        theirs.setdefault(period, []).append((at_new, mark))
    for position, (period, series, empty) in taken.items():
        if into.marks:
            for written in place[series].tolist():
                marks.pop((written, position), None)
        given = theirs.get(period, ())
        values: set[int] = set(series.tolist()) if given else set()
        gaps: set[int] = set(empty.tolist()) if given else set()
        for at_new, mark in given:
            where = (int(place[at_new]), position)
            if at_new in values or (at_new in gaps and where not in marks):
                marks[where] = mark
    return marks


def _behind(own: tuple[Any, ...], others: tuple[Any, ...], codes: NDArray[np.int32]) -> tuple[tuple[Any, ...], Numbers]:
    """`own` with those of `others` that the codes use and `own` lacks, and the codes in the result."""
    result, place = list(own), np.zeros(len(others), dtype=np.int64)
    for code in np.unique(codes).tolist():
        if others[code] not in result:
            result.append(others[code])
        place[code] = result.index(others[code])
    return tuple(result), place[codes]


def _apart(own: tuple[Source, ...], others: tuple[Source, ...]) -> tuple[Source, ...]:
    """The other sources, under ids that tell them from those of the table."""
    found, ids = [], {each.id for each in own}
    for each in others:
        number, new = 2, each
        while new.id in ids and new not in own:
            new, number = replace(each, id=f"{each.id}-{number}"), number + 1
        ids.add(new.id)
        found.append(new)
    return tuple(found)


def _only(table: Table, series: NDArray[np.bool_], periods: Sequence[bool]) -> Table:
    """The table without the series and periods that are not wanted; labels stay."""
    if series.all() and all(periods):
        return table
    if not series.any() or not any(periods):
        raise refuse("Nothing would be left of “{table}”.", table=table.title)
    kept = [at for at, wanted in enumerate(periods) if wanted]
    place = np.cumsum(series) - 1
    moved = {old: new for new, old in enumerate(kept)}
    gone = [value for value, wanted in zip(table.periods.values, periods, strict=True) if not wanted]
    return replace(
        table,
        origin=tuple(each.without_periods(gone) for each in table.origin),
        series=Series(**{name: frozen(table.series.codes(name)[series]) for name in SERIES_COLUMNS}),
        periods=replace(table.periods, values=tuple(table.periods.values[at] for at in kept)),
        values=tuple(blocks_of(table.column(at)[series]) for at in kept),
        marks=MappingProxyType(
            {(int(place[s]), moved[p]): mark for (s, p), mark in table.marks.items() if series[s] and p in moved}
        ),
    )
