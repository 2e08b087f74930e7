"""A table of the project: one source of figures as series × periods, read-only, sharing what an edit leaves alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.origin import Origin
from core.text import Bilingual
from core.units import Unit

Floats = NDArray[np.float64]
Codes = NDArray[np.int32]
Key = tuple[str, str, str, str]
"""Label ids of reporter, partner, sector and measure; "" where the table has no such dimension."""

DIMENSIONS = ("reporter", "partner", "sector", "measure")
LAYOUTS = ("years_down", "years_across", "sectors_measures")
_FEW = 32
MOST_PLACES = 2**31 - 1
BLOCK = 16_384
"""Series per block of a period: an edit copies one block and shares the others."""


@dataclass(frozen=True, slots=True)
class Label:
    """A reporter, partner, sector or measure. The id is permanent, the name is for people.

    Roles: "world" (reporter, partner), "total" (sector), "aggregate" (a group beside its parts).
    """

    id: str
    name: Bilingual
    role: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where series come from: a note for people, a vintage, and the file, sheet and columns of an import."""

    id: str
    text: Bilingual = Bilingual()
    vintage: str = ""
    origin: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods of a table, all of one kind ("year", "quarter", "month", "date" or "none"), rising."""

    kind: str = "year"
    values: tuple[int, ...] = ()

    def name(self, position: int) -> str:
        """What a header says; empty for a cross-section without a year."""
        value = self.values[position]
        if self.kind == "quarter":
            return f"{value // 10}Q{value % 10}"
        if self.kind in {"month", "date"}:
            text = str(value)
            return "-".join([text[:4], text[4:6], text[6:8]][: 2 if self.kind == "month" else 3])
        return "" if self.kind == "none" else str(value)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a cell's number cannot say: kind ("text", "error", "revised", "estimated" …) and the raw text."""

    kind: str
    raw: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Series:
    """Integer codes of each series into the labels, units and sources of its table; −1 is "no such dimension".

    `place` is the number by which the origin of the table knows a series, −1 where no file does.
    """

    reporter: Codes
    partner: Codes
    sector: Codes
    measure: Codes
    unit: Codes
    source: Codes
    place: Codes

    def __len__(self) -> int:
        """Number of series."""
        return len(self.reporter)

    def codes(self, dimension: str) -> Codes:
        """The codes of one dimension, or of "unit", "source" or "place"."""
        codes: Codes = getattr(self, dimension)
        return codes


SERIES_COLUMNS = (*DIMENSIONS, "unit", "source", "place")


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """One source of data. `values[period]` is a tuple of read-only blocks over the series; NaN is missing."""

    id: str
    title: Bilingual
    labels: Mapping[str, tuple[Label, ...]]
    series: Series
    periods: Periods
    values: tuple[tuple[Floats, ...], ...]
    units: tuple[Unit, ...] = (Unit(),)
    sources: tuple[Source, ...] = (Source("source"),)
    note: Bilingual = Bilingual()
    layout: str = "years_down"
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=lambda: MappingProxyType({}))
    origin: tuple[Origin, ...] = ()
    """The imports that the numbers come from, the latest at the end."""

    def value(self, series: int, period: int) -> float:
        """One number; NaN is missing."""
        return float(self.values[period][series // BLOCK][series % BLOCK])

    def column(self, period: int) -> Floats:
        """All series of one period as one read-only array; shared with the table where it has a single block."""
        blocks = self.values[period]
        if len(blocks) == 1:
            return blocks[0]
        column: Floats = frozen(np.concatenate(blocks)) if blocks else frozen(np.empty(0))
        return column

    def row(self, series: int) -> Floats:
        """One series over all periods."""
        block, offset = divmod(series, BLOCK)
        return np.array([period[block][offset] for period in self.values], dtype=np.float64)

    def label(self, dimension: str, series: int) -> Label | None:
        """The label of a series, or None where it has no such dimension."""
        code = int(self.series.codes(dimension)[series])
        return self.labels[dimension][code] if code >= 0 else None

    def unit(self, series: int) -> Unit:
        """The unit of a series."""
        return self.units[int(self.series.unit[series])]

    def source(self, series: int) -> Source:
        """The source of a series."""
        return self.sources[int(self.series.source[series])]

    def key(self, series: int) -> Key:
        """Label ids of a series; they outlive any reordering."""
        found = [self.label(dimension, series) for dimension in DIMENSIONS]
        reporter, partner, sector, measure = (label.id if label else "" for label in found)
        return reporter, partner, sector, measure

    def find(self, key: Sequence[str]) -> int:
        """The position of the series with these label ids, or −1."""
        matching: NDArray[np.bool_] | None = None
        for dimension, wanted in zip(DIMENSIONS, key, strict=True):
            code = self.code(dimension, wanted)
            if code is None:
                return -1
            same = self.series.codes(dimension) == code
            matching = same if matching is None else matching & same
        positions = np.flatnonzero(matching) if matching is not None else np.empty(0)
        return int(positions[0]) if len(positions) else -1

    def find_all(self, keys: Sequence[Sequence[str]]) -> NDArray[np.int64]:
        """The positions of many series at once, −1 where there is none."""
        if len(keys) <= _FEW:
            return np.array([self.find(key) for key in keys], dtype=np.int64)
        codes = {d: {label.id: n for n, label in enumerate(self.labels[d])} | {"": -1} for d in DIMENSIONS}
        asked, known = [], np.ones(len(keys), dtype=np.bool_)
        for place, dimension in enumerate(DIMENSIONS):
            each = np.array([codes[dimension].get(key[place], -2) for key in keys], dtype=np.int64)
            known &= each >= -1
            asked.append(np.maximum(each, -1))
        both = _key_numbers(self, asked)
        numbers, wanted = both[: len(self.series)], both[len(self.series) :]
        order = np.argsort(numbers, kind="stable")
        if not len(order):
            return np.full(len(keys), -1, dtype=np.int64)
        at = order[np.minimum(np.searchsorted(numbers, wanted, sorter=order), len(order) - 1)]
        return np.where(known & (numbers[at] == wanted), at, -1).astype(np.int64)

    def code(self, dimension: str, label_id: str) -> int | None:
        """The code of a label id; −1 for "", None where no label has the id."""
        if label_id == "":
            return -1
        for code, label in enumerate(self.labels[dimension]):
            if label.id == label_id:
                return code
        return None

    def period(self, value: int) -> int:
        """The position of a period, or −1."""
        return self.periods.values.index(value) if value in self.periods.values else -1

    def with_columns(self, columns: Iterable[Floats]) -> Table:
        """The same series with other numbers: one full array for each period."""
        return replace(self, values=tuple(blocks_of(column) for column in columns))


def frozen(array: NDArray[Any]) -> Any:
    """The array made read-only; immutability of a project is real."""
    array.setflags(write=False)
    return array


def blocks_of(column: Floats) -> tuple[Floats, ...]:
    """A column of numbers cut into read-only blocks. Infinite values become NaN: a table holds numbers."""
    blocks = (column[start : start + BLOCK] for start in range(0, len(column), BLOCK))
    return tuple(frozen(np.where(np.isfinite(block), block, np.nan).astype(np.float64, copy=False)) for block in blocks)


def codes_of(values: Iterable[int]) -> Codes:
    """A read-only array of codes. An array that is one already is taken as it is and made read-only."""
    given = values.astype(np.int32, copy=False) if isinstance(values, np.ndarray) else np.fromiter(values, np.int32)
    codes: Codes = frozen(given)
    return codes


def new_table(
    table_id: str,
    title: Bilingual,
    labels: Mapping[str, Sequence[Label]],
    columns: Mapping[str, Iterable[int]],
    periods: Periods,
    values: Iterable[Sequence[float] | Floats],
    **rest: Any,
) -> Table:
    """A table from plain lists; unit and source codes default to 0, dimensions and place to −1.

    Raises ValueError where two series share a key, lengths differ or periods do not rise.
    """
    known = {name: codes_of(codes) for name, codes in columns.items()}
    count = max((len(codes) for codes in known.values()), default=0)
    for name in SERIES_COLUMNS:
        known.setdefault(name, codes_of([0 if name in {"unit", "source"} else -1] * count))
    table = Table(
        table_id,
        title,
        MappingProxyType({dimension: tuple(labels.get(dimension, ())) for dimension in DIMENSIONS}),
        Series(**known),
        periods,
        tuple(blocks_of(np.asarray(column, dtype=np.float64)) for column in values),
        **rest,
    )
    return checked(table)


def checked(table: Table) -> Table:
    """The table, or ValueError where it breaks what the rest of the program relies on."""
    count = len(table.series)
    limits = {dimension: len(table.labels[dimension]) for dimension in DIMENSIONS}
    limits |= {"unit": len(table.units), "source": len(table.sources), "place": MOST_PLACES}
    for name, limit in limits.items():
        codes = table.series.codes(name)
        lowest = 0 if name in {"unit", "source", "measure"} else -1
        if len(codes) != count or (count and (codes.min() < lowest or codes.max() >= limit)):
            raise ValueError(f"codes of {name} do not fit the table")
    if len(table.values) != len(table.periods.values):
        raise ValueError("a table needs one column of values for each period")
    if any(sum(map(len, blocks)) != count for blocks in table.values):
        raise ValueError("a table needs one value for each series in each period")
    if list(table.periods.values) != sorted(set(table.periods.values)):
        raise ValueError("periods must rise and not repeat")
    for dimension in DIMENSIONS:
        ids = [label.id for label in table.labels[dimension]]
        if len(ids) != len(set(ids)) or "" in ids:
            raise ValueError(f"labels of {dimension} repeat or have no id")
    numbers = np.sort(_key_numbers(table))
    if bool((numbers[1:] == numbers[:-1]).any()):
        raise ValueError("two series have the same reporter, partner, sector and measure")
    return table


def _key_numbers(table: Table, more: Sequence[NDArray[np.int64]] = ()) -> NDArray[np.int64]:
    """One integer for each series that is equal exactly where keys are equal; for fast look-ups in bulk.

    `more` are codes by dimension, such as those of series that are looked for; their numbers come behind.
    """
    numbers, span = np.zeros(len(table.series) + (len(more[0]) if more else 0), dtype=np.int64), 1
    for place, dimension in enumerate(DIMENSIONS):
        codes, size = table.series.codes(dimension), len(table.labels[dimension]) + 1
        if span * size >= 2**63:
            numbers = np.unique(numbers, return_inverse=True)[1].astype(np.int64)
            span = int(numbers.max(initial=0)) + 1
        numbers = numbers * size + (np.concatenate([codes, more[place]]) if more else codes) + 1
        span *= size
    return numbers


def years(table: Table) -> Iterator[tuple[int, int]]:
    """(position, year) for each period that is a year; indices see years only."""
    if table.periods.kind == "year":
        yield from enumerate(table.periods.values)


def same_number(a: float, b: float) -> bool:
    """Equality in which missing equals missing."""
    return a == b or (math.isnan(a) and math.isnan(b))
