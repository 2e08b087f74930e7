"""Makes a table of sheets and their mappings, and says what became of every cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.files.building.joining import Joined, Series, join, joined_of, odd_cells
from core.files.building.labels import Coder
from core.files.building.pieces import Piece, Tally
from core.files.building.reporting import Facts, report_on
from core.files.building.rows import Rows
from core.files.building.units import Units
from core.files.cells import Period, address, bilingual, common_kind
from core.files.grid import Sheet
from core.files.mapping import Labels, SheetMapping
from core.files.readers import Tick
from core.files.report import Contradictory, Report
from core.measures import summable
from core.origin import Origin
from core.provenance import origin_sheet, with_report
from core.table import DIMENSIONS, Mark, Periods, Source, Table, new_table
from core.text import Bilingual, text

MOST_PLACES = 30_000_000
"""Series × periods; a sparse list of many series and many days would not fit into memory otherwise."""
MOST_SERIES = 3_000_000
"""Of more series, as of pairs of economies by product, a project could hardly be saved or analysed."""
_PIECE = 131_072
"""Rows after which an import can be stopped."""

Uses = Sequence[tuple[Sheet, SheetMapping]]


def build(uses: Uses, known: Labels, table_id: str, tick: Tick = lambda: None) -> tuple[Table, Report]:
    """One table of one or more sheets; raises UserError where the mappings do not give one.

    Different values for one place raise `Contradictory` unless a mapping says what becomes of them.
    """
    return _Builder(uses, known, tick).table(table_id)


@dataclass(slots=True)
class _Axis:
    """Periods in order, and the position of each period code."""

    periods: Periods
    position: NDArray[np.int64]


class _Builder:
    def __init__(self, uses: Uses, known: Labels, tick: Tick) -> None:
        self.uses, self.known, self.tick = uses, known, tick
        self.coder, self.tally = Coder(known), Tally()
        self.codes: dict[Period, int] = {}
        self.rows: dict[int, Rows] = {}
        sums = any("summed" in mapping.columns for _, mapping in uses)
        self.sums = sums
        self.twice = "sum" if sums else next((mapping.twice for _, mapping in uses if mapping.twice), "")

    def table(self, table_id: str) -> tuple[Table, Report]:
        """From the pieces of all sheets, or from the sums of one long list."""
        added = self._added_up()
        if added is not None:
            return self._reported(self._table(table_id, *added, {}), Facts(joined=added[1]))
        pieces = [piece for use in range(len(self.uses)) for piece in self._pieces(use)]
        if not any((~np.isnan(piece.values)).any() or piece.odd for piece in pieces):
            raise refuse("No numbers were found below the header of the sheet “{sheet}”.", sheet=self.uses[0][0].name)
        series = Series(pieces, self.coder.labels)
        axis = self._axis(len(series.keys), _used_periods(pieces))
        if self.twice == "sum":
            self._check_sums(series)
        units = Units(pieces, series, self.rows, self.coder.labels["measure"])
        self.tick()
        joined = join(pieces, series, axis.position, axis.periods.values, units.factors, self.twice, not self.sums)
        self.tick()
        marks, facts = self._marks(pieces, series, axis, joined)
        facts.notes += units.notes
        facts.joined = joined
        return self._reported(self._table(table_id, axis.periods, joined, units, marks), facts)

    def _reported(self, table: Table, facts: Facts) -> tuple[Table, Report]:
        facts.tally, facts.coder = self.tally, self.coder
        report = report_on(table, self.uses, facts)
        if report.duplicate_count and not self.twice:
            raise _contradiction(report)
        return with_report(table, report), report

    def _added_up(self) -> tuple[Periods, Joined, Units] | None:
        """The sums of a list that is too long to be held, if they can be found in one pass."""
        (sheet, mapping), *others = self.uses
        if others or sheet.stream is None:
            return None
        from core.files.large import cube_of

        rows = self.rows[0] = Rows(0, sheet, mapping, self.coder, self.codes, self.tally)
        cube = cube_of(sheet, mapping, rows, self.tick)
        if cube is None:
            self.coder, self.codes, self.tally = Coder(self.known), {}, Tally()
            return None
        axis = self._axis(int((cube.counts > 0).any(axis=0).sum()), set(cube.periods.tolist()))
        rest, labels = rows.besides(cube.axes), self.coder.labels
        joined = joined_of(cube, rest, labels, axis.position, axis.periods.values)
        self._check_sums(joined.series)
        return axis.periods, joined, Units([], joined.series, self.rows, labels["measure"], rows.heads[0].unit)

    def _pieces(self, use: int) -> list[Piece]:
        sheet, mapping = self.uses[use]
        rows = self.rows[use] = Rows(use, sheet, mapping, self.coder, self.codes, self.tally)
        if sheet.stream is not None:
            from core.files.large import sheets_of_stream

            parts = sheets_of_stream(sheet, mapping, self.tick)
            found = (rows.pieces(part, start, len(part.rows), offset) for part, start, offset in parts)
            return rows.with_groups([piece for each in found for piece in each])
        end = min(mapping.end, len(sheet.rows))
        pieces: list[Piece] = []
        for start in range(mapping.first, max(end, mapping.first + 1), _PIECE):
            self.tick()
            pieces += rows.pieces(sheet, start, min(start + _PIECE, end))
        return rows.with_groups(pieces)

    # ---- axes ----

    def _axis(self, series: int, used: set[int]) -> _Axis:
        kinds, value_of = common_kind(period for period, code in self.codes.items() if code in used)
        sheet = self.uses[0][0].name
        if len(kinds) > 1:
            raise refuse(
                "The sheet “{sheet}” mixes years with finer periods. Import them one after the other.", sheet=sheet
            )
        values = sorted(set(value_of.values()))
        if series > MOST_SERIES or series * len(values) > MOST_PLACES:
            raise refuse(
                "The sheet “{sheet}” gives too large a table: {series} series and {periods} periods. Add up over a "
                "column such as the partner, or take fewer years.",
                sheet=sheet,
                series=f"{series:,}",
                periods=len(values),
            )
        rank = {value: position for position, value in enumerate(values)}
        position = np.array([rank.get(value_of.get(period, -1), -1) for period in self.codes], dtype=np.int64)
        return _Axis(Periods(kinds.pop(), tuple(values)), position)

    def _check_sums(self, series: Series) -> None:
        """Only what the catalogue allows to be added up is added up."""
        for label in (self.coder.labels["measure"][code] for code in np.unique(series.codes("measure")).tolist()):
            if not summable(label.id):
                raise refuse(
                    "“{measure}” cannot be added up over rows. Say that it is exports, imports or another amount, or "
                    "give the column another meaning.",
                    measure=label.name,
                )

    # ---- the table ----

    def _marks(
        self, pieces: Sequence[Piece], series: Series, axis: _Axis, joined: Joined
    ) -> tuple[dict[tuple[int, int], Mark], Facts]:
        facts, marks = Facts(), dict[tuple[int, int], Mark]()
        flat, known = joined.matrix.reshape(-1), dict[tuple[str, str], Mark]()
        for piece, odd, place in odd_cells(pieces, series, axis.position):
            facts.meet(odd, piece)
            if joined.taken(piece, odd, place) if odd.number else np.isnan(flat[place]):
                period, at = divmod(place, len(series.keys))
                marks[at, period] = known.setdefault((odd.kind, odd.raw), Mark(odd.kind, odd.raw))
        return marks, facts

    def _table(
        self, table_id: str, periods: Periods, joined: Joined, units: Units, marks: dict[tuple[int, int], Mark]
    ) -> Table:
        columns: dict[str, NDArray[np.int32]] = {}
        labels = {}
        for each in DIMENSIONS:
            codes = joined.series.codes(each).astype(np.int32)
            columns[each], used = _renumbered(codes, len(self.coder.labels[each]))
            labels[each] = tuple(self.coder.labels[each][code] for code in used)
        columns["unit"], used_units = _renumbered(units.of.astype(np.int32), len(units.found))
        sources, source_of = self._sources()
        columns["source"] = np.array(source_of, dtype=np.int32)[joined.series.first_use]
        columns["place"] = np.arange(len(joined.series.keys), dtype=np.int32)
        mappings = [mapping for _, mapping in self.uses]
        titles = {mapping.title for mapping in mappings}
        title = mappings[0].title if len(titles) == 1 else self.uses[0][0].file.rpartition(".")[0]
        sheets = tuple(origin_sheet(sheet.file, sheet.name, mapping) for sheet, mapping in self.uses)
        return new_table(
            table_id,
            bilingual(title or mappings[0].title),
            labels,
            columns,
            periods,
            joined.matrix,
            units=tuple(units.found[code] for code in used_units),
            sources=sources,
            note=_all_of(mapping.note for mapping in mappings),
            layout=self._layout(len(periods.values), len(joined.series.keys), len(labels["sector"])),
            marks=MappingProxyType(marks),
            origin=(Origin(sheets, joined.areas),),
        )

    def _layout(self, periods: int, series: int, sectors: int) -> str:
        if periods == 1 and sectors > 1:
            return "sectors_measures"
        across = all(mapping.orientation == "across" for _, mapping in self.uses)
        return "years_across" if across or series > 12 else "years_down"

    def _sources(self) -> tuple[tuple[Source, ...], list[int]]:
        """A source for each file and note about one, and which of them each use has."""
        found: dict[tuple[str, str], list[int]] = {}
        for use, (sheet, mapping) in enumerate(self.uses):
            found.setdefault((sheet.file, mapping.source), []).append(use)
        sources, of = [], [0] * len(self.uses)
        for number, ((file, said), uses) in enumerate(found.items()):
            origin = {"file": file}
            if len(uses) == 1:
                sheet, mapping = self.uses[uses[0]]
                origin |= {"sheet": sheet.name, "cells": _area(mapping)}
            sources.append(Source("source" if not number else f"source-{number + 1}", bilingual(said), origin=origin))
            for use in uses:
                of[use] = number
        return tuple(sources), of


def _used_periods(pieces: Sequence[Piece]) -> set[int]:
    """The codes of the periods of rows that were not left out."""
    used = {code for piece in pieces if len(piece.rows) for code in piece.period_of}
    for piece in pieces:
        if piece.periods is not None:
            used |= set(np.unique(piece.periods).tolist())
    return used - {-1}


def _renumbered(codes: NDArray[np.int32], count: int) -> tuple[NDArray[np.int32], list[int]]:
    """Codes in the order in which they are met, −1 staying, and which of the old ones they are."""
    first = np.full(count + 1, len(codes), dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    order = np.argsort(first[:count], kind="stable")
    used = order[first[order] < len(codes)]
    table = np.full(count + 1, -1, dtype=np.int32)
    table[used] = np.arange(len(used))
    return table[codes], used.tolist()


def _area(mapping: SheetMapping) -> str:
    columns = [at for at, role in enumerate(mapping.columns) if role != "ignore"]
    return f"{address(mapping.header, columns[0])}:{address(mapping.end - 1, columns[-1])}"


def _all_of(notes: Iterable[str]) -> Bilingual:
    return bilingual("\n".join(dict.fromkeys(note for note in notes if note)))


def _contradiction(report: Report) -> Contradictory:
    found = report.duplicates[0]
    return Contradictory(
        text(
            "{a} and {b} both say {series}, {period}. Remove one of them, or give the column that tells them apart a "
            "meaning.",
            a=found.first.cell
            if found.first.sheet == found.second.sheet
            else f"{found.first.sheet}!{found.first.cell}",
            b=found.second.cell
            if found.first.sheet == found.second.sheet
            else f"{found.second.sheet}!{found.second.cell}",
            series=found.series,
            period=found.period,
        ),
        report,
    )
