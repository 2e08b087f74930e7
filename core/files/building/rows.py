"""The rows of a sheet, or of a piece of a long one, as numbers with their series, period and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from core.files.building.columns import Codes, Column, coalesced, or_else, pairs, read_column
from core.files.building.heads import (
    ValueColumn,
    joined_period,
    mark_of,
    number_in,
    read_heads,
    scale_at,
    take_percents,
    unit_at,
)
from core.files.building.labels import VALUE, Coder, is_aggregate, scheme_of
from core.files.building.pieces import Odd, Piece, Tally, by_column, rows_of
from core.files.building.unnamed import Unnamed
from core.files.cells import Period, part_of_year, period_of, read_header, unit_and_name, words
from core.files.grid import Cell, Sheet
from core.files.mapping import SheetMapping
from core.files.values import KINDS, holds_number, read_values
from core.table import DIMENSIONS, Mark
from core.text import text
from core.units import Unit

MISSING = len(KINDS)
"""The kind of what stands for a missing value in this file."""
NONE: Period = ("none", 0)
_MARKED = frozenset({"text", "error", "near_zero", "estimated", "revised", "flag", "note", "two_numbers", "missing"})
_NORMAL = {"a", "normal", "normal value"}
"""SDMX's code list of observation statuses: "A" says that there is nothing to say."""


class Rows:
    """Reads the rows of one sheet; a sheet in several pieces goes through the same object."""

    def __init__(
        self, use: int, sheet: Sheet, mapping: SheetMapping, coder: Coder, periods: dict[Period, int], tally: Tally
    ) -> None:
        """`periods` is shared by all sheets of a table."""
        self.use, self.sheet, self.mapping, self.coder = use, sheet, mapping, coder
        self.periods, self.tally = periods, tally
        self.heads = read_heads(sheet, mapping, coder)
        self.units: list[tuple[Unit | None, float]] = [(None, 1.0)]
        """What rows say of units: a unit or None, and a factor of it."""
        self._units: dict[tuple[Unit | None, float], int] = {(None, 1.0): 0}
        self._heading = ""
        self._fixed = {each: self._constant(each) for each in DIMENSIONS}
        self._missing = {words(each) for each in mapping.missing}
        self._missing_numbers = {number: each for each in mapping.missing if (number := number_in(each)) is not None}
        self.unnamed = Unnamed(sheet, mapping)
        self._groups: list[Piece] = []
        """Rows of the world and of groups, which are not added to their parts where there are any."""
        self._group_rows, self._group_missing = 0, Counter[str]()
        self._roles = [at for at, role in enumerate(mapping.columns) if role not in {"ignore", "value", "mark", "unit"}]

    def pieces(self, sheet: Sheet, start: int, end: int, offset: int = 0) -> list[Piece]:
        """The rows from `start` to `end` of a grid whose first row is row `offset` of the sheet.

        Those of the world and of groups in a column that is added over are put aside for `with_groups`.
        """
        rows = slice(start, max(start, min(end, len(sheet.rows))))
        columns = {at: read_column(sheet.rows, rows, at, sheet.merged) for at in self._roles}
        values, kinds, texts = self._values(sheet, rows)
        numbers = np.arange(rows.start, rows.stop, dtype=np.int64) + offset
        filled = (kinds != 0).any(axis=0)
        self.tally.rows += int(filled.sum())
        keep = self._not_skipped(numbers, filled, columns)
        keep = self._carry_headings(numbers, keep, kinds, columns)
        keep = self._named(numbers, keep, columns)
        periods = self._row_periods(columns)
        parts = self._parts(columns) if periods is None else None
        dates = periods if parts is None else parts[0]
        if dates is not None:
            undated = keep & (dates < 0)
            self.tally.undated += int((undated & filled).sum())
            self.tally.leave(self.use, numbers[undated & filled], text("no period"))
            keep &= dates >= 0
        codes, units = self._labels(columns)
        if periods is None:
            labelled = np.zeros(len(numbers), dtype=np.bool_)
            for each in codes.values():
                labelled |= each >= 0
            keep &= filled | labelled
        units = self._row_units(sheet, rows, columns, units)

        dated = periods is not None or parts is not None
        period_of = tuple(-1 if dated else self._period(head) for head in self.heads)
        codes = self._with_value(codes)
        own = tuple(self.besides(codes, head) for head in self.heads)
        whole = Piece(self.use, numbers, tuple(self.heads), codes, own, values, periods, period_of, units, ())

        def taken(keep: NDArray[np.bool_], missing: Counter[str]) -> list[Piece]:
            piece = replace(rows_of(whole, keep), odd=self._odd(sheet, rows, kinds, texts, keep, missing))
            return [piece] if parts is None else by_column(piece, [each[keep] for each in parts])

        groups = self._in_groups(columns) & keep
        if groups.any():
            self._group_rows += int(groups.sum())
            self._groups += taken(groups, self._group_missing)
        return taken(keep & ~groups, self.tally.missing)

    def besides(self, said: Iterable[str], head: ValueColumn | None = None) -> dict[str, int]:
        """The codes of the labels of a value column that its rows, which have `said` some, do not say."""
        head = head or self.heads[0]
        own = {**{each: self._fixed[each] for each in DIMENSIONS if each not in said}, **head.codes}
        if own.get("measure", 0) < 0:
            own["measure"] = self.coder.of("measure", VALUE)
        return own

    def with_groups(self, pieces: list[Piece]) -> list[Piece]:
        """What is taken of the sheet, all parts of which are `pieces`: the world only where no part has a number."""
        if any((~np.isnan(piece.values)).any() for piece in pieces):
            self.tally.aggregates += self._group_rows
            return pieces
        self.tally.missing += self._group_missing
        return [*pieces, *self._groups]

    # ---- values ----

    def _values(self, sheet: Sheet, rows: slice) -> tuple[NDArray[np.float64], NDArray[np.uint8], Codes]:
        """Numbers, kinds and texts of the value columns; columns × rows."""
        grid, wanted = sheet.rows, [head.at for head in self.heads if head.at < sheet.rows.width]
        shape = (len(self.heads), rows.stop - rows.start)
        values, texts = np.full(shape, np.nan), np.zeros(shape, dtype=np.int32)
        values[: len(wanted)] = grid.numbers[rows][:, wanted].T
        texts[: len(wanted)] = grid.texts[rows][:, wanted].T
        kinds = (~np.isnan(values)).astype(np.uint8)
        flags = np.zeros(len(grid.strings) + 1, dtype=np.bool_)
        flags[texts] = True
        flags[0] = False
        used = np.flatnonzero(flags)
        if len(used):
            strings = [grid.strings[code - 1] for code in used.tolist()]
            found, kind = read_values(strings, self.mapping.decimal)
            for at in np.flatnonzero(kind > 1).tolist() if self._missing else ():
                if words(strings[at]) in self._missing:
                    found[at], kind[at] = np.nan, MISSING
            number_of, kind_of = np.full(len(flags), np.nan), np.zeros(len(flags), dtype=np.uint8)
            number_of[used], kind_of[used] = found, kind
            if texts.all():
                values, kinds = number_of[texts], kind_of[texts]
            else:
                has = texts > 0
                values[has], kinds[has] = number_of[texts[has]], kind_of[texts[has]]
            take_percents(self.heads, kinds, texts, grid.strings)
        for number in self._missing_numbers:
            there = values == number
            values[there], kinds[there] = np.nan, MISSING
        return values, kinds, texts

    def _odd(
        self,
        sheet: Sheet,
        rows: slice,
        kinds: NDArray[np.uint8],
        texts: Codes,
        keep: NDArray[np.bool_],
        missing: Counter[str],
    ) -> tuple[Odd, ...]:
        found = []
        place = np.cumsum(keep) - 1
        strings = sheet.rows.strings
        for column, at in np.argwhere((kinds > 1) & keep).tolist():
            kind = int(kinds[column, at])
            code = int(texts[column, at])
            raw = words(strings[code - 1]) if code else self._missing_number(sheet, rows.start + at, column)
            if kind == MISSING:
                missing[raw] += 1
            else:
                found.append(Odd(int(place[at]), column, KINDS[kind], raw, bool(holds_number(kinds[column, at]))))
        for column, head in enumerate(self.heads):
            if head.mark is not None:
                there = np.flatnonzero(holds_number(kinds[column]) & keep).tolist()
                found += [Odd(int(place[at]), column, head.mark.kind, head.mark.raw, True) for at in there]
        for at in (at for at, role in enumerate(self.mapping.columns) if role == "mark"):
            found += self._noted(read_column(sheet.rows, rows, at), kinds, keep, place)
        return tuple(found)

    def _missing_number(self, sheet: Sheet, row: int, column: int) -> str:
        cell = sheet.rows.cell(row, self.heads[column].at)
        return self._missing_numbers.get(cell, words(cell)) if isinstance(cell, float) else words(cell)

    def _noted(
        self, column: Column, kinds: NDArray[np.uint8], keep: NDArray[np.bool_], place: NDArray[np.int64]
    ) -> list[Odd]:
        """What a column of marks says of the numbers of its row, and of cells that hold none and no text either."""
        marks = [_mark(words(cell)) for cell in column.cells]
        found = []
        for at in np.flatnonzero((column.codes > 0) & keep).tolist():
            mark = marks[column.codes[at] - 1]
            if mark is not None:
                held, bare = holds_number(kinds[:, at]), np.isin(kinds[:, at], (0, MISSING))
                row = int(place[at])
                found += [Odd(row, n, mark.kind, mark.raw, bool(held[n])) for n in np.flatnonzero(held | bare).tolist()]
        return found

    # ---- which rows ----

    def _not_skipped(
        self, numbers: NDArray[np.int64], filled: NDArray[np.bool_], columns: Mapping[int, Column]
    ) -> NDArray[np.bool_]:
        keep: NDArray[np.bool_] = ~np.isin(numbers, np.array(self.mapping.skipped, dtype=np.int64))
        there = filled.copy()
        for column in columns.values():
            there |= column.codes > 0
        self.tally.leave(self.use, numbers[~keep & there], text("not part of the table"))
        return keep

    def _carry_headings(
        self,
        numbers: NDArray[np.int64],
        keep: NDArray[np.bool_],
        kinds: NDArray[np.uint8],
        columns: dict[int, Column],
    ) -> NDArray[np.bool_]:
        """Rows with nothing but one label name it for the rows below; they are left out themselves."""
        if not self.mapping.headings:
            return keep
        labels = [columns[at] for at in self._roles]
        count = sum(((column.codes > 0).astype(np.int64) for column in labels), np.zeros(len(numbers), dtype=np.int64))
        heading = keep & (count == 1) & np.isin(kinds, (0, MISSING)).all(axis=0)
        said = np.full(len(numbers), -1, dtype=np.int64)
        cells: list[Cell] = []
        for column in labels:
            rows = heading & (column.codes > 0)
            said[rows] = column.codes[rows] - 1 + len(cells)
            cells += column.cells
        at = np.maximum.accumulate(np.where(heading, np.arange(len(numbers)), -1))
        below = np.where(at >= 0, said[np.maximum(at, 0)], -1) + 1
        if self._heading:
            cells.append(self._heading)
            below[at < 0] = len(cells)
        if len(at) and at[-1] >= 0:
            self._heading = words(cells[int(said[at[-1]])])
        columns[-1] = Column(below.astype(np.int32), tuple(cells))
        self.tally.leave(self.use, numbers[heading], text("a heading, which counts for the rows below it"))
        rest: NDArray[np.bool_] = keep & ~heading
        return rest

    def _named(
        self, numbers: NDArray[np.int64], keep: NDArray[np.bool_], columns: dict[int, Column]
    ) -> NDArray[np.bool_]:
        """Without the rows of which the file says that a name is missing."""
        nameless = self.unnamed.emptied(columns)
        if nameless is None:
            return keep
        self.tally.leave(self.use, numbers[keep & nameless], text("a name is missing"))
        rest: NDArray[np.bool_] = keep & ~nameless
        return rest

    def _in_groups(self, columns: Mapping[int, Column]) -> NDArray[np.bool_]:
        """Rows of the world or a group in a column that is added over."""
        found = np.zeros(1, dtype=np.bool_)
        for at, role in enumerate(self.mapping.columns):
            if role == "summed":
                found = found | (columns[at].map(lambda cell: self.may_be_added(words(cell)), empty=1) == 0)
        return found

    # ---- periods ----

    def _row_periods(self, columns: Mapping[int, Column]) -> Codes | None:
        years = [columns[at] for at in self._roles if self.mapping.columns[at] == "year"]
        if not years:
            if self.mapping.headings != "year":
                return None
            years = [columns[-1]]
        column = years[0] if len(years) == 1 else coalesced(years)
        parts = [columns[at] for at in self._roles if self.mapping.columns[at] == "within_year"]
        if not parts:
            return column.map(lambda cell: self._code(_row_period(cell)))
        return pairs(column, parts[0], lambda a, b: self._code(_within(_row_period(a), b)))

    def _parts(self, columns: Mapping[int, Column]) -> list[Codes] | None:
        """The periods of the rows for each value column, where rows are months or quarters of the years above."""
        found = [columns[at] for at in self._roles if self.mapping.columns[at] == "within_year"]
        years = [head.period or ("year", self.mapping.year or 0) for head in self.heads]
        if not found or any(kind != "year" or not year for kind, year in years):
            return None
        return [found[0].map(lambda cell, year=year: self._code(_within(year, cell))) for year in years]  # type: ignore[misc]

    def _code(self, period: Period | None) -> int:
        return -1 if period is None else self.periods.setdefault(period, len(self.periods))

    def _period(self, head: ValueColumn) -> int:
        year = self.mapping.year
        return self._code(head.period or (("year", year) if year is not None else NONE))

    # ---- labels and units ----

    def _constant(self, dimension: str) -> int:
        name = "" if self.mapping.says(dimension) else getattr(self.mapping, dimension)
        return self.coder.code(dimension, name, "", self.mapping.meant.get(dimension, {}))

    def _labels(self, columns: Mapping[int, Column]) -> tuple[dict[str, Codes], Codes | None]:
        """The label codes of each row, and what the names of measures say of units: "Exports (US$ billion)"."""
        codes: dict[str, Codes] = {}
        units: Codes | None = None
        for dimension in DIMENSIONS:
            names = [columns[at] for at in self._roles if self.mapping.columns[at] == dimension]
            coded = [columns[at] for at in self._roles if self.mapping.columns[at] == f"{dimension}_code"]
            if dimension == self.mapping.headings:
                names = [*([coalesced(names)] if names else []), columns[-1]]
                names = [or_else(names[0], names[1])] if len(names) > 1 else names
            name = coalesced(names) if names else None
            code = coalesced(coded) if coded else None
            if dimension == "measure" and name is not None:
                said = {cell: unit_and_name(words(cell)) for cell in name.cells}
                units = name.map(lambda cell, said=said: self._unit(said[cell][1], 1.0), empty=0)  # type: ignore[misc]
                stripped = {cell: found for cell, (found, _) in said.items()}
                name = Column(name.codes, tuple(stripped[cell] for cell in name.cells))
            if name is not None or code is not None:
                codes[dimension] = self.codes(dimension, name, code)
        return codes, units if units is not None and units.any() else None

    def period_code(self, cell: Cell) -> int:
        """The code of the period that a cell of a year column names, −1 for none."""
        return self._code(_row_period(cell))

    def may_be_added(self, name: str) -> int:
        """1 for a part, 0 for the world or a group, which would count what its parts count already."""
        return int(not is_aggregate(name, self.mapping.columns))

    def codes(self, dimension: str, name: Column | None, code: Column | None) -> Codes:
        """The label codes of each row from a column of names, one of codes, or both."""
        meant, coder = self.mapping.meant.get(dimension, {}), self.coder
        if dimension == "measure" and name is not None:
            coder.names.reserve(name.words())
        if code is None and name is not None:
            return name.map(lambda cell: coder.code(dimension, words(cell), "", meant))
        scheme = scheme_of(code.words()) if code is not None and dimension == "sector" else ""
        if code is not None and name is None:
            return code.map(lambda cell: coder.code(dimension, "", words(cell), meant, scheme))
        assert code is not None
        assert name is not None
        return pairs(code, name, lambda a, b: coder.code(dimension, words(b), words(a), meant, scheme))

    def _row_units(self, sheet: Sheet, rows: slice, columns: Mapping[int, Column], named: Codes | None) -> Codes | None:
        at = next((at for at, role in enumerate(self.mapping.columns) if role == "unit"), None)
        result = named
        if at is not None:
            column = read_column(sheet.rows, rows, at, sheet.merged)
            where = {cell: int(np.argmax(column.codes == n)) for n, cell in enumerate(column.cells, 1)}

            def code(cell: Cell) -> int:
                return self._unit(unit_at(words(cell), rows.start + where[cell], at), 1.0)

            stated = column.map(code, empty=0)
            result = stated if named is None else np.where(stated > 0, stated, named).astype(np.int32)
        scales = [columns[each] for each in self._roles if self.mapping.columns[each] == "scale"]
        if not scales:
            return result
        factors = np.array([1.0, *(scale_at(words(cell)) for cell in scales[0].cells)])[scales[0].codes]
        base = np.zeros(len(factors), dtype=np.int32) if result is None else result
        both, inverse = np.unique(np.stack([base, factors]), axis=1, return_inverse=True)
        table = [self._unit(self.units[int(each)][0], factor) for each, factor in both.T.tolist()]
        return np.array(table, dtype=np.int32)[inverse.ravel()]

    def _unit(self, unit: Unit | None, factor: float) -> int:
        code = self._units.setdefault((unit, factor), len(self.units))
        if code == len(self.units):
            self.units.append((unit, factor))
        return code

    def _with_value(self, codes: dict[str, Codes]) -> dict[str, Codes]:
        """With a measure for rows that name none, unless all headers do."""
        measure = codes.get("measure")
        if measure is None or not (measure < 0).any() or all("measure" in head.codes for head in self.heads):
            return codes
        return {**codes, "measure": np.where(measure < 0, self.coder.of("measure", VALUE), measure).astype(np.int32)}


def _within(year: Period | None, cell: Cell) -> Period | None:
    """A year with a month or quarter of it; None where that is something else, such as "Jan. - Dec."."""
    part = part_of_year(cell)
    return None if part is None and words(cell) else joined_period(year, part)


def _row_period(cell: Cell) -> Period | None:
    return period_of(cell) or (read_header(words(cell)).period if isinstance(cell, str) else None)


def _mark(noted: str) -> Mark | None:
    """A mark as `convert` writes it ("text: .."), or the status of an observation ("p")."""
    kind, found, raw = noted.partition(": ")
    if found or noted in _MARKED:
        return Mark(kind, raw)
    if not noted or noted.casefold() in _NORMAL:
        return None
    return mark_of(noted) if noted.casefold() in {"e", "est"} else Mark("flag", noted)
