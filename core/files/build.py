"""Makes a table of a sheet and its mapping, and says what became of every cell."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError, refuse
from core.files.cells import Period, address, bilingual, blank, common_kind, number_of, period_of, unit_and_name, words
from core.files.grid import Cell, Row, Sheet
from core.files.mapping import Labels, Names, SheetMapping
from core.files.readers import Tick
from core.files.report import Report
from core.measures import measures
from core.panel import inline
from core.table import DIMENSIONS, Label, Mark, Periods, Source, Table, new_table
from core.text import Bilingual, Text, text
from core.units import Unit, parse_unit

MOST_PLACES = 30_000_000
"""Series × periods; a sparse list of many series and many days would not fit into memory otherwise."""
_EXCEL_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
_VALUE = Label("value", Bilingual("Value", "数值"))
"""The measure of numbers of which nothing says what they measure."""

Key = tuple[int, int, int, int]


def build(
    uses: Sequence[tuple[Sheet, SheetMapping]], known: Labels, table_id: str, tick: Tick = lambda: None
) -> tuple[Table, Report]:
    """One table of one or more sheets; raises UserError where the mappings do not give one.

    Different values for one place are refused unless the mappings say what becomes of them.
    """
    ((sheet, mapping),) = uses
    return _Builder(sheet, mapping, known, tick).table(table_id, sheet.file)


@dataclass(slots=True)
class _Column:
    """What the header says about a value column."""

    at: int
    codes: dict[int, int] = field(default_factory=dict)
    period: Period | None = None
    unit: Unit | None = None


class _Builder:
    def __init__(self, sheet: Sheet, mapping: SheetMapping, known: Labels, tick: Tick) -> None:
        self.sheet, self.mapping, self.tick = sheet, mapping, tick
        self.names = Names(known)
        self.labels: dict[str, dict[str, int]] = {dimension: {} for dimension in DIMENSIONS}
        self.found: dict[str, list[Label]] = {dimension: [] for dimension in DIMENSIONS}
        self.code_of: dict[str, dict[str, int]] = {dimension: {} for dimension in DIMENSIONS}
        self.series: dict[Key, int] = {}
        self.units: list[tuple[Unit, int, int] | None] = []
        self.periods: dict[Period, int] = {}
        self.series_of, self.period_of, self.row_of = array("q"), array("q"), array("q")
        self.column_of, self.values = array("q"), array("d")
        self.marks: dict[int, Mark] = {}
        self.texts: list[tuple[str, str]] = []
        self.measures: dict[str, tuple[str, Unit | None]] = {}
        self.parsed: dict[str, Unit] = {}
        self.undated = 0
        self.notes: list[Text] = []

    def table(self, table_id: str, file: str) -> tuple[Table, Report]:
        if not (self.mapping.says("year") or self.mapping.year is not None):
            raise refuse(
                "No years were found in the sheet “{sheet}”. Give its numbers a row or a column of years, or state "
                "the one year of all of them.",
                sheet=self.sheet.name,
            )
        columns = self._columns()
        role = {role: at for at, role in enumerate(self.mapping.columns) if role not in {"ignore", "value"}}
        for number, row in enumerate(range(self.mapping.first, min(self.mapping.end, len(self.sheet.rows)))):
            if number % 2000 == 0:
                self.tick()
            self._read_row(row, self.sheet.rows[row], columns, role)
        if not self.values:
            raise refuse("No numbers were found below the header of the sheet “{sheet}”.", sheet=self.sheet.name)
        self._refuse_duplicates()
        return self._finish(table_id, file)

    # ---- headers ----

    def _columns(self) -> list[_Column]:
        columns = [at for at, role in enumerate(self.mapping.columns) if role == "value"]
        if not columns:
            raise refuse("No column of the sheet “{sheet}” holds values.", sheet=self.sheet.name)
        found = [_Column(at) for at in columns]
        for level, meaning in enumerate(self.mapping.levels):
            row, carried = self.mapping.header + level, ""
            for column in found:
                cell = _cell(self.sheet.rows, row, column.at)
                upper = level + 1 < len(self.mapping.levels)
                header = words(cell) or (carried if upper else "")
                carried = header
                self._read_header(column, meaning, header, cell, row)
        return found

    def _read_header(self, column: _Column, meaning: str, header: str, cell: Cell, row: int) -> None:
        name, unit = unit_and_name(header)
        if unit is not None:
            column.unit = unit
        if meaning == "year":
            column.period = period_of(cell) or period_of(header)
            if column.period is None:
                raise refuse(
                    "{cell} says “{text}”, which is no year. Ignore the column, or correct the header row.",
                    cell=address(row, column.at),
                    text=header,
                )
        elif meaning == "unit" and header:
            column.unit = self._unit(header, row, column.at)
        elif meaning in DIMENSIONS and name:
            column.codes[DIMENSIONS.index(meaning)] = self._code(meaning, name)

    def _code(self, dimension: str, name: str) -> int:
        codes = self.labels[dimension]
        if name not in codes:
            label = self.names.find(dimension, name)
            at = self.code_of[dimension].setdefault(label.id, len(self.found[dimension]))
            if at == len(self.found[dimension]):
                self.found[dimension].append(label)
            codes[name] = at
        return codes[name]

    def _unit(self, written: str, row: int, column: int) -> Unit:
        if written not in self.parsed:
            try:
                self.parsed[written] = parse_unit(written)
            except UserError as error:
                raise refuse("{cell}: {reason}", cell=address(row, column), reason=error.message) from error
        return self.parsed[written]

    # ---- rows ----

    def _read_row(self, at: int, row: Row, columns: Sequence[_Column], role: dict[str, int]) -> None:
        filled = [column for column in columns if column.at < len(row) and not blank(row[column.at])]
        year = role.get("year")
        period = period_of(row[year]) if year is not None and year < len(row) else None
        if year is not None and period is None:
            self.undated += bool(filled)
            return
        codes, unit = self._row_codes(row, role)
        if not filled and all(code < 0 for code in codes) and year is None:
            return
        unit = self._row_unit(at, row, role.get("unit")) or unit
        for column in columns:
            self._read_cell(at, row, column, codes, period, unit, role.get("mark"))

    def _row_codes(self, row: Row, role: dict[str, int]) -> tuple[list[int], Unit | None]:
        """Codes of the labels of a row, and the unit that its measure states: "Exports (US$ billion)"."""
        codes, unit = [-1, -1, -1, -1], None
        for number, dimension in enumerate(DIMENSIONS):
            where = role.get(dimension)
            name = getattr(self.mapping, dimension) if where is None else words(row[where]) if where < len(row) else ""
            if not name:
                continue
            if dimension == "measure" and where is not None:
                if name not in self.measures:
                    self.measures[name] = unit_and_name(name)
                name, unit = self.measures[name]
            codes[number] = self._code(dimension, name)
        return codes, unit

    def _row_unit(self, at: int, row: Row, where: int | None) -> Unit | None:
        written = words(row[where]) if where is not None and where < len(row) else ""
        return self._unit(written, at, where) if written and where is not None else None

    def _read_cell(
        self,
        at: int,
        row: Row,
        column: _Column,
        codes: list[int],
        period: Period | None,
        unit: Unit | None,
        mark: int | None,
    ) -> None:
        own = [column.codes.get(number, code) for number, code in enumerate(codes)]
        if own[3] < 0:
            own[3] = self._nameless()
        series = self._series((own[0], own[1], own[2], own[3]), unit or column.unit, at, column.at)
        when = period or column.period or ("year", self.mapping.year or 0)
        position = self.periods.setdefault(when, len(self.periods))
        cell = row[column.at] if column.at < len(row) else None
        noted = words(row[mark]) if mark is not None and mark < len(row) else ""
        if blank(cell) and not noted:
            return
        number = number_of(cell, self.mapping.decimal)
        if noted:
            kind, _, raw = noted.partition(": ")
            self.marks[len(self.values)] = Mark(kind, raw)
        elif number is None:
            raw = words(cell)
            self.marks[len(self.values)] = Mark("error" if raw in _EXCEL_ERRORS else "text", raw)
            self.texts.append((address(at, column.at), raw))
        self.series_of.append(series)
        self.period_of.append(position)
        self.row_of.append(at)
        self.column_of.append(column.at)
        self.values.append(np.nan if number is None else number)

    def _nameless(self) -> int:
        known = self.found["measure"]
        if _VALUE not in known:
            known.append(_VALUE)
            self.notes.append(
                text("Nothing says what the numbers measure; they are called “{name}”.", name=_VALUE.name)
            )
        return known.index(_VALUE)

    def _series(self, key: Key, unit: Unit | None, row: int, column: int) -> int:
        series = self.series.setdefault(key, len(self.series))
        if series == len(self.units):
            self.units.append(None)
        before = self.units[series]
        if unit is not None and before is None:
            self.units[series] = unit, row, column
        elif unit is not None and before is not None and before[0] != unit:
            raise refuse(
                "{series} has two units: {first} at {a} and {second} at {b}. Convert one of them in the file.",
                series=self._named(key),
                first=before[0].name,
                a=address(before[1], before[2]),
                second=unit.name,
                b=address(row, column),
            )
        return series

    def _named(self, key: Key) -> tuple[Bilingual, ...]:
        return tuple(self.found[each][code].name for each, code in zip(DIMENSIONS, key, strict=True) if code >= 0)

    def _refuse_duplicates(self) -> None:
        place = _numbers(self.series_of) * len(self.periods) + _numbers(self.period_of)
        order = np.argsort(place, kind="stable")
        twice = np.flatnonzero(place[order][1:] == place[order][:-1])
        if not len(twice):
            return
        first, second = int(order[twice[0]]), int(order[twice[0] + 1])
        key = next(key for key, at in self.series.items() if at == self.series_of[first])
        period = next(each for each, at in self.periods.items() if at == self.period_of[first])
        raise refuse(
            "{a} and {b} both say {series}, {period}. Remove one of them, or give the column that tells them apart a "
            "meaning.",
            a=address(self.row_of[first], self.column_of[first]),
            b=address(self.row_of[second], self.column_of[second]),
            series=self._named(key),
            period=str(period[1]),
        )

    # ---- the table ----

    def _finish(self, table_id: str, file: str) -> tuple[Table, Report]:
        kinds, value_of = common_kind(self.periods)
        if len(kinds) > 1:
            raise refuse(
                "The sheet “{sheet}” mixes years with finer periods. Import them one after the other.",
                sheet=self.sheet.name,
            )
        if len(self.series) * len(self.periods) > MOST_PLACES:
            raise refuse(
                "The sheet “{sheet}” gives too large a table: {series} series and {periods} periods.",
                sheet=self.sheet.name,
                series=len(self.series),
                periods=len(self.periods),
            )
        values = sorted(value_of.values())
        rank = {value: position for position, value in enumerate(values)}
        position = np.array([rank[value_of[period]] for period in self.periods], dtype=np.int64)
        series, period = _numbers(self.series_of), position[_numbers(self.period_of)]
        matrix = np.full((len(values), len(self.series)), np.nan)
        matrix[period, series] = np.frombuffer(self.values, dtype=np.float64)
        units, codes = self._final_units()
        keys = np.array(list(self.series), dtype=np.int64)
        periods = Periods(kinds.pop(), tuple(values))
        marks = {(int(series[at]), int(period[at])): mark for at, mark in self.marks.items()}
        table = new_table(
            table_id,
            bilingual(self.mapping.title),
            {dimension: tuple(self.found[dimension]) for dimension in DIMENSIONS},
            {each: keys[:, at].tolist() for at, each in enumerate(DIMENSIONS)} | {"unit": codes},
            periods,
            list(matrix),
            units=units,
            sources=(Source("source", bilingual(self.mapping.source), origin=self._origin(file)),),
            note=bilingual(self.mapping.note),
            layout=self._layout(len(values)),
            marks=MappingProxyType(marks),
        )
        return table, self._report(table, periods)

    def _final_units(self) -> tuple[tuple[Unit, ...], list[int]]:
        """The unit of each series: its own, else that of the sheet as far as it can be one of this measure."""
        units: dict[Unit, int] = {}
        codes = []
        for key, own in zip(self.series, self.units, strict=True):
            unit = own[0] if own is not None else self._default_unit(self.found["measure"][key[3]].id)
            codes.append(units.setdefault(unit, len(units)))
        return tuple(units), codes

    def _default_unit(self, measure: str) -> Unit:
        known = measures().get(measure)
        if known is not None and known.unit == "percent":
            return Unit("%")
        if known is not None and known.unit == "any" and self.mapping.unit.is_money:
            return Unit()
        return self.mapping.unit

    def _layout(self, periods: int) -> str:
        if periods == 1 and len(self.found["sector"]) > 1:
            return "sectors_measures"
        return "years_across" if self.mapping.orientation == "across" or len(self.series) > 12 else "years_down"

    def _origin(self, file: str) -> dict[str, str]:
        corners = (self.mapping.header, self.mapping.end - 1)
        columns = [at for at, role in enumerate(self.mapping.columns) if role != "ignore"]
        area = f"{address(corners[0], columns[0])}:{address(corners[1], columns[-1])}"
        return {"file": file, "sheet": self.sheet.name, "cells": area}

    def _report(self, table: Table, periods: Periods) -> Report:
        pairs = set(zip(table.series.measure.tolist(), table.series.unit.tolist(), strict=True))
        unstated = {table.labels["measure"][code] for code, unit in pairs if table.units[unit] == Unit()}
        names = tuple(inline(each.name) for each in table.labels["measure"] if each in unstated and _is_money(each.id))
        if names:
            self.notes.append(text("The unit of {measures} is not stated.", measures=names))
        if self.undated:
            self.notes.append(text("{count} rows with numbers but without a year were left out.", count=self.undated))
        return Report(
            series=len(table.series),
            periods=tuple(periods.name(at) for at in range(len(periods.values))),
            cells=len(self.values) - len(self.texts),
            empty=len(table.series) * len(periods.values) - len(self.values),
            texts=tuple(self.texts),
            notes=tuple(self.notes),
        )


def _is_money(measure: str) -> bool:
    known = measures().get(measure)
    return known is not None and known.unit == "money"


def _cell(rows: Sequence[Row], row: int, column: int) -> Cell:
    cells = rows[row] if 0 <= row < len(rows) else ()
    return cells[column] if column < len(cells) else None


def _numbers(column: array[int]) -> NDArray[np.int64]:
    return np.frombuffer(column, dtype=np.int64) if column else np.empty(0, dtype=np.int64)
