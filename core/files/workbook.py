"""Writes a project as a clean workbook, one sheet for each table, that reads as a person would have typed it.

`python -m core.files.workbook` writes data/sample.xlsx anew.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from core.files.atomic import atomic_write
from core.files.tidy import TEXTS_STAY_TEXTS
from core.headers import Names
from core.places import DATA
from core.project import Project
from core.sample import sample
from core.table import Table
from core.units import Unit

SAMPLE = DATA / "sample.xlsx"
_SHEETS = {"table1": "Table 1", "table3": "Table 3", "table4": "Table 4", "worldbank": "World Bank"}
_WORDS = {
    "en": {
        "reporter": "Economy", "partner": "Partner", "sector": "Sector", "measure": "Measure", "year": "Year",
        "unit": "Unit", "source": "Source", "note": "Note",
    },
    "zh": {
        "reporter": "经济体", "partner": "贸易伙伴", "sector": "部门", "measure": "指标", "year": "年份",
        "unit": "单位", "source": "来源", "note": "注",
    },
}  # fmt: skip

Cells = list[list[Any]]


def write_workbook(project: Project, path: Path, language: str = "en", sheets: Mapping[str, str] | None = None) -> None:
    """Each table with its title, unit, sources and note; `sheets` names sheets by table instead of by title."""
    import xlsxwriter

    def write(stream: BinaryIO) -> None:
        with xlsxwriter.Workbook(stream, {"in_memory": True, **TEXTS_STAY_TEXTS}) as book:
            book.set_properties({"created": datetime.datetime(2026, 1, 1)})  # the same project, the same bytes
            bold = book.add_format({"bold": True})
            taken: set[str] = set()
            for table in project.tables:
                sheet = book.add_worksheet(
                    _sheet_name((sheets or {}).get(table.id) or table.title.show(language), taken)
                )
                above, header, rest = Page(table, language).parts()
                heads = {0, *range(len(above), len(above) + len(header))}
                for row, cells in enumerate([*above, *header, *rest]):
                    for column, cell in enumerate(cells):
                        if cell is not None and cell != "":
                            sheet.write(row, column, cell, bold if row in heads else None)
                sheet.set_column(0, 0, 14 if header[0][0] == _WORDS[language]["year"] else 34)
                sheet.set_column(1, len(header[0]), 14)

    atomic_write(path, write)


class Page:
    """One table as a sheet: what holds for all numbers above it, sources and note below."""

    def __init__(self, table: Table, language: str) -> None:
        self.table, self.language, self.words = table, language, _WORDS[language]
        self.names = Names(table)
        self.units = [table.unit(series) for series in range(len(table.series))]
        mixed = any(unit == Unit() for unit in self.units) and any(unit != Unit() for unit in self.units)
        self.common = None if mixed else max(dict.fromkeys(self.units), key=self.units.count, default=Unit())
        self.own_units = any(unit != self.common for unit in self.units)
        self.headed = not self.own_units or (
            not mixed and all(unit.is_money or unit.base == "%" for unit in self.units)
        )
        """Units that differ can stand in brackets behind a header; else they need a column."""

    def parts(self) -> tuple[Cells, Cells, Cells]:
        """Lines above, header, and numbers with what stands below."""
        table, varying = self.table, list(self.names.varying)
        above: Cells = [[table.title.show(self.language)]]
        if self.common is not None and self.common != Unit():
            above.append([self.words["unit"], self.common.show(self.language)])
        one_year = table.layout == "sectors_measures" and len(table.periods.values) == 1
        if one_year and self.headed and self._measures_share_units():
            above.append([self.words["year"], self._period(0)])
            header, body = self._one_year([each for each in varying if each != "measure"])
            named = [*varying, "measure"]
        elif table.layout == "years_down" and {*varying} <= {"reporter", "measure"} and self.headed:
            named = varying or ["measure"]
            header, body = self._down(named)
        else:
            named = varying or ["measure"]
            header, body = self._across(named)
        above += [[self.words[each], self._label(each, 0)] for each in self.names.constant if each not in named]
        return [*above, []], header, [*body, [], *self._below()]

    def _one_year(self, rows: list[str]) -> tuple[Cells, Cells]:
        measures = list(dict.fromkeys(self.table.series.measure.tolist()))
        heads = {code: at for at, code in enumerate(measures, max(len(rows), 1))}
        header: list[Any] = [self.words[each] for each in rows] or [""]
        first = {code: at for at, code in reversed(list(enumerate(self.table.series.measure.tolist())))}
        header += [self._label("measure", first[code]) + self._unit(first[code]) for code in measures]
        lines: dict[tuple[str, ...], list[Any]] = {}
        for series, code in enumerate(self.table.series.measure.tolist()):
            place = tuple(self._label(each, series) for each in rows)
            line = lines.setdefault(place, [*(place or ("",)), *([None] * len(measures))])
            line[heads[code]] = self._value(series, 0)
        return [header], list(lines.values())

    def _down(self, levels: list[str]) -> tuple[Cells, Cells]:
        count = range(len(self.table.series))
        header = [[self.words["year"] if not at else "", *self._level(each, levels)] for at, each in enumerate(levels)]
        body = [
            [self._period(at), *(self._value(series, at) for series in count)]
            for at in range(len(self.table.periods.values))
        ]
        return header, body

    def _level(self, dimension: str, levels: list[str]) -> list[str]:
        last = dimension == levels[-1]
        return [
            self._label(dimension, series) + (self._unit(series) if last else "")
            for series in range(len(self.table.series))
        ]

    def _across(self, columns: list[str]) -> tuple[Cells, Cells]:
        periods = range(len(self.table.periods.values))
        unit = [self.words["unit"]] if self.own_units else []
        header = [[*(self.words[each] for each in columns), *unit, *map(self._period, periods)]]
        body = [
            [
                *(self._label(each, series) for each in columns),
                *([self.units[series].show(self.language)] if unit else []),
                *(self._value(series, at) for at in periods),
            ]
            for series in range(len(self.table.series))
        ]
        return header, body

    def _below(self) -> Cells:
        texts = [(self.words["source"], each.text.show(self.language)) for each in self.table.sources]
        texts.append((self.words["note"], self.table.note.show(self.language)))
        return [[word, text] for word, text in texts if text]

    def _measures_share_units(self) -> bool:
        units: dict[int, Unit] = {}
        codes = self.table.series.measure.tolist()
        return all(units.setdefault(code, unit) == unit for code, unit in zip(codes, self.units, strict=True))

    def _label(self, dimension: str, series: int) -> str:
        code = int(self.table.series.codes(dimension)[series])
        return self.names.of(dimension)[code].show(self.language) if code >= 0 else ""

    def _unit(self, series: int) -> str:
        unit = self.units[series]
        return "" if unit == self.common else f" ({unit.show(self.language)})"

    def _period(self, at: int) -> Any:
        periods = self.table.periods
        return periods.values[at] if periods.kind == "year" else periods.name(at)

    def _value(self, series: int, at: int) -> Any:
        value = self.table.value(series, at)
        if math.isfinite(value):
            return value
        mark = self.table.marks.get((series, at))
        return mark.raw if mark is not None else None


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes: at most 31 characters, none of them special, each once."""
    plain = " ".join(re.sub(r"[\[\]:*?/\\]", " ", wanted).split()).strip("'") or "Table"
    name, number = plain[:31].strip(), 1
    while name.casefold() in taken or name.casefold() == "history":
        number += 1
        name = f"{plain[:27].strip()} {number}"
    taken.add(name.casefold())
    return name


def write_sample(path: Path = SAMPLE) -> None:
    """The sample project's tables as the workbook that ships beside it."""
    write_workbook(sample(), path, sheets=_SHEETS)


if __name__ == "__main__":
    write_sample()
