"""Text files that are too long to be held: read in pieces, and added up in one pass where that can be done."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.files.building.columns import Column
from core.files.building.heads import number_in
from core.files.building.rows import Rows
from core.files.fields import fields_of
from core.files.grid import Grid, Sheet, TextStream
from core.files.mapping import SheetMapping
from core.files.progress import Tick, tick_at
from core.files.values import read_value
from core.table import DIMENSIONS

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 200_000
_BLOCK = 2 * 2**20
_THREADS = 2
MOST_CELLS = 30_000_000
"""Cells of a cube of sums; beyond that the pieces are kept as they are."""
_WIDEST = 7
"""Digits of codes that are looked up as numbers."""
_ASCII = ("utf", "ascii", "latin", "cp", "iso", "gb", "big5", "windows")


def sheets_of_stream(sheet: Sheet, mapping: SheetMapping, tick: Tick) -> Iterator[tuple[Sheet, int, int]]:
    """The data of a long text in pieces: a sheet, its first row of data, and the row of the file it begins with."""
    import pandas as pd

    stream = sheet.stream
    assert stream is not None
    width = max(len(mapping.columns), sheet.rows.width)
    used = [at for at, role in enumerate(mapping.columns) if role != "ignore"]
    try:
        with stream.path.open("rb") as file:
            reader = pd.read_csv(
                file,
                sep=stream.separator,
                encoding=stream.encoding,
                header=None,
                names=list(range(width)),
                usecols=used,
                index_col=False,
                dtype=object,
                na_filter=False,
                skip_blank_lines=False,
                skiprows=mapping.first,
                chunksize=_ROWS,
                engine="c",
            )
            offset = mapping.first
            for chunk in reader:
                tick_at(tick, file.tell(), stream.size)
                part = replace(sheet, rows=_grid(chunk, used, width), stream=None, merged=())
                yield part, 0, offset
                offset += len(chunk)
    except (pd.errors.ParserError, UnicodeError) as error:
        raise refuse("“{name}” cannot be read to its end: {reason}", name=sheet.file, reason=str(error)) from error


def _grid(chunk: pd.DataFrame, used: list[int], width: int) -> Grid:
    texts = np.zeros((len(chunk), width), dtype=np.int32)
    strings: list[str] = []
    for at in used:
        codes, different = _different(chunk, at)
        texts[:, at] = np.where(codes >= 0, codes + 1 + len(strings), 0)
        strings += different
    return Grid(np.full((len(chunk), width), np.nan), texts, tuple(strings))


def _different(frame: pd.DataFrame, at: int) -> tuple[NDArray[np.int32], list[str]]:
    """A column of texts as codes, −1 for none. A category of pandas would take "010121" for a number."""
    import pandas as pd

    codes, different = pd.factorize(frame[at].to_numpy(dtype=object))
    return codes.astype(np.int32), list(map(str, different))


# ---- sums in one pass ----


@dataclass(frozen=True, eq=False, slots=True)
class Cube:
    """Sums of a long list. `sums` and `counts` are periods × the dimensions of `axes`, NaN where nothing was met."""

    axes: tuple[str, ...]
    periods: NDArray[np.int64]
    """Codes of the periods along the first axis."""
    codes: tuple[NDArray[np.int64], ...]
    """Codes of the labels along each further axis."""
    sums: NDArray[np.float64]
    counts: NDArray[np.int32]
    gaps: int
    """Rows without a number."""


class _NotPlainError(Exception):
    """The file is not as simple as the fast way takes it."""


def cube_of(sheet: Sheet, mapping: SheetMapping, rows: Rows, tick: Tick) -> Cube | None:
    """The sums of a long list of plain numbers and codes; None where it has to go the general way.

    That is where no part holds a number as well, so that the world or a group may be all there is.
    """
    if sheet.stream is None or not _is_plain(sheet.stream, mapping):
        return None
    before = rows.tally.aggregates
    try:
        cube = _Adder(sheet, mapping, rows).read(tick)
    except (_NotPlainError, ValueError, OverflowError):
        cube = None
    if cube is not None and cube.counts.any():
        return cube
    rows.tally.aggregates = before
    return None


def _is_plain(stream: TextStream, mapping: SheetMapping) -> bool:
    roles = [role for role in mapping.columns if role != "ignore"]
    allowed = {"year", "value", "summed", *DIMENSIONS, *(f"{each}_code" for each in DIMENSIONS)}
    encoding = stream.encoding.casefold()
    single = all(roles.count(role) == 1 for role in roles if role != "summed")
    paired = any(each in roles and f"{each}_code" in roles for each in DIMENSIONS)
    return (
        {"year", "value", "summed"} <= set(roles) <= allowed
        and single
        and not paired
        and set(mapping.levels) <= {"ignore"}
        and mapping.decimal == "."
        and not (mapping.skipped or mapping.headings)
        and len(stream.separator) == 1
        and encoding.startswith(_ASCII)
        and "16" not in encoding
        and "32" not in encoding
    )


class _Axis:
    """Codes of what stands in a column, found by the number that it is or by its text."""

    def __init__(self, digits: int, fixed: bool) -> None:
        """`digits` is the width of codes of digits, the widest or that of all of them (`fixed`); 0 for texts."""
        self.digits, self.fixed = digits, fixed
        self.table = np.full(10**digits if digits else 0, -1, dtype=np.int32)
        self.texts: dict[str, int] = {}
        self.codes: list[int] = []
        self._at: dict[int, int] = {}

    def fit(self, number: int) -> None:
        """Make room for a longer code."""
        while number >= len(self.table):
            if self.fixed or self.digits == _WIDEST:
                raise _NotPlainError
            self.digits += 1
            self.table = np.concatenate([self.table, np.full(9 * len(self.table), -1, dtype=np.int32)])

    def place(self, code: int) -> int:
        """The place of a code along the axis."""
        at = self._at.setdefault(code, len(self.codes))
        if at == len(self.codes):
            self.codes.append(code)
        return at


@dataclass(frozen=True, eq=False, slots=True)
class Parsed:
    """The columns of a block: numbers or words of codes, and the values, NaN where there is none."""

    columns: dict[int, NDArray[Any]]
    values: NDArray[np.float64]
    missing: Counter[str]


class _Adder:
    def __init__(self, sheet: Sheet, mapping: SheetMapping, rows: Rows) -> None:
        assert sheet.stream is not None
        self.sheet, self.stream, self.mapping, self.rows = sheet, sheet.stream, mapping, rows
        self.at = {role: at for at, role in enumerate(mapping.columns) if role not in {"ignore", "summed"}}
        self.summed = [at for at, role in enumerate(mapping.columns) if role == "summed"]
        self.names = {at: _dimension(role) for role, at in self.at.items() if _dimension(role)}
        self.labels = sorted(self.names, key=lambda at: DIMENSIONS.index(self.names[at]))
        self.used = sorted([*self.at.values(), *self.summed])
        self.width = max(len(mapping.columns), sheet.rows.width)
        self.axes = {at: _Axis(*self._digits(at)) for at in self.used if at != self.at["value"]}
        self.shape = [2, *([8] * len(self.labels))]
        self.sums = np.zeros(self.shape)
        self.counts = np.zeros(self.shape, dtype=np.int32)
        self.gaps = 0
        self.numbers = {each: number for each in mapping.missing if (number := number_in(each)) is not None}

    def _digits(self, at: int) -> tuple[int, bool]:
        """The width of codes of digits, and whether it is that of all of them; 0 for texts."""
        cells = [self.sheet.rows.cell(row, at) for row in range(self.mapping.first, len(self.sheet.rows))]
        texts = {cell for cell in cells if isinstance(cell, str)}
        if not texts or not all(text.isascii() and text.isdigit() and len(text) <= _WIDEST for text in texts):
            return 0, False
        widths = {len(text) for text in texts}
        padded = any(text[0] == "0" and text != "0" for text in texts)
        return (0 if padded and len(widths) > 1 else max(widths)), padded

    def read(self, tick: Tick) -> Cube:
        """Blocks are looked through and parsed on two threads, and added up here in their order."""
        waiting: deque[Future[Parsed]] = deque()
        with ThreadPoolExecutor(_THREADS) as workers:
            read = 0
            for block in self._blocks():
                read += len(block)
                tick_at(tick, read, self.stream.size)
                waiting.append(workers.submit(self._parsed, block))
                if len(waiting) > _THREADS:
                    self._add(waiting.popleft().result())
            while waiting:
                self._add(waiting.popleft().result())
        used = tuple(slice(0, len(self.axes[at].codes)) for at in [self.at["year"], *self.labels])
        sums, counts = self.sums[used], self.counts[used]
        sums[counts == 0] = np.nan
        codes = [np.array(self.axes[at].codes, dtype=np.int64) for at in [self.at["year"], *self.labels]]
        return Cube(tuple(self.names[at] for at in self.labels), codes[0], tuple(codes[1:]), sums, counts, self.gaps)

    def _blocks(self) -> Iterator[bytes]:
        """Whole lines, without those above the data."""
        rest = b""
        with self.stream.path.open("rb") as file:
            for _line in range(self.mapping.first):
                if b'"' in file.readline():
                    raise _NotPlainError
            while data := file.read(_BLOCK):
                end = data.rfind(b"\n") + 1
                if not end:
                    rest += data
                    continue
                yield rest + data[:end]
                rest = data[end:]
        if rest.strip():
            yield rest + b"\n"

    def _parsed(self, block: bytes) -> Parsed:
        """What stands in the columns of a block; codes of digits must be written as those in the first rows are."""
        fields = fields_of(block, self.stream.separator)
        if fields is None or fields.ends.shape[1] > self.width:
            raise _NotPlainError
        columns: dict[int, NDArray[Any]] = {}
        for at, axis in self.axes.items():
            fixed = axis.digits if axis.fixed else 0
            found = fields.integers(at, fixed) if axis.digits else fields.words_of(at)
            if found is None:
                raise _NotPlainError
            columns[at] = found
        values, odd = fields.numbers(self.at["value"])
        missing = Counter[str]()
        for line in odd.tolist():
            text = " ".join(fields.text(line, self.at["value"], self.stream.encoding).split())
            if text in self.mapping.missing:
                missing[text] += 1
            elif text:
                values[line] = _plain_number(text)
        for mark, number in self.numbers.items():
            there = values == number
            if there.any():
                missing[mark] += int(there.sum())
                values[there] = np.nan
        return Parsed(columns, values, missing)

    def _add(self, block: Parsed) -> None:
        values = block.values
        self.rows.tally.rows += len(values)
        self.rows.tally.missing.update(block.missing)
        there = ~np.isnan(values)
        self.gaps += int((~there).sum())
        for at in self.summed:
            parts = self._places(block, at) != 0
            self.rows.tally.aggregates += int((~parts).sum())
            there &= parts
        places = [self._places(block, at) for at in [self.at["year"], *self.labels]]
        self._grow([len(self.axes[at].codes) for at in [self.at["year"], *self.labels]])
        index = np.zeros(len(values), dtype=np.int64)
        for length, place in zip(self.shape, places, strict=True):
            index *= length
            index += place
        if not there.all():
            index, values = index[there], values[there]
        np.add.at(self.sums.reshape(-1), index, values)
        np.add.at(self.counts.reshape(-1), index, np.int32(1))

    def _places(self, block: Parsed, at: int) -> NDArray[np.int32]:
        """Where each row belongs along the axis of a column; of a column that is added over, 0 is no part."""
        axis, column = self.axes[at], block.columns[at]
        if not axis.digits:
            different, inverse = np.unique(column, return_inverse=True)
            texts = [word.tobytes().lstrip(b"\0").decode(self.stream.encoding).strip() for word in different]
            table = np.array([self._place(at, text, axis) for text in texts], dtype=np.int32)
            places: NDArray[np.int32] = table[inverse]
            return places
        axis.fit(int(column.max(initial=0)))
        found: NDArray[np.int32] = axis.table[column]
        if bool((found == -1).any()):
            for number in np.unique(column[found == -1]).tolist():
                axis.table[number] = self._place(at, str(number).zfill(axis.digits if axis.fixed else 0), axis)
            found = axis.table[column]
        return found

    def _place(self, at: int, text: str, axis: _Axis) -> int:
        if text not in axis.texts:
            axis.texts[text] = self._meaning(at, text, axis)
        return axis.texts[text]

    def _meaning(self, at: int, text: str, axis: _Axis) -> int:
        role = self.mapping.columns[at]
        if role == "summed":
            return self.rows.may_be_added(text)
        if role == "year":
            code = self.rows.period_code(text)
            if code < 0:
                raise _NotPlainError
            return axis.place(code)
        if self.rows.unnamed.holds(at, text):
            raise _NotPlainError
        column = Column(np.ones(1, dtype=np.int32), (text,))
        coded = role.endswith("_code")
        return axis.place(
            int(self.rows.codes(_dimension(role), None if coded else column, column if coded else None)[0])
        )

    def _grow(self, wanted: list[int]) -> None:
        if all(length <= have for length, have in zip(wanted, self.shape, strict=True)):
            return
        shape = [
            max(have, length + length // 8 if length > have else 0)
            for length, have in zip(wanted, self.shape, strict=True)
        ]
        if int(np.prod(shape)) > 4 * MOST_CELLS or int(np.prod(wanted)) > MOST_CELLS:
            raise _NotPlainError
        inner = tuple(slice(0, length) for length in self.shape)
        sums, counts = np.zeros(shape), np.zeros(shape, dtype=np.int32)
        sums[inner], counts[inner] = self.sums, self.counts
        self.sums, self.counts, self.shape = sums, counts, shape


def _dimension(role: str) -> str:
    name = role.removesuffix("_code")
    return name if name in DIMENSIONS else ""


def _plain_number(text: str) -> float:
    number = read_value(text)
    if number.kind:
        raise _NotPlainError
    return number.number
