"""A slow and plain reading of sheets, cell by cell, which the builder of tables must agree with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from core.files.cells import Period, part_of_year, period_of, read_header, words
from core.files.grid import Cell, Sheet
from core.files.mapping import SheetMapping
from core.files.values import read_value
from core.measures import measures, summable
from core.table import DIMENSIONS, Key, Mark
from core.units import Unit, parse_unit

IDS = {
    "China": "CHN", "CHN": "CHN", "India": "IND", "IND": "IND", "World": "WLD", "WLD": "WLD", "Nowhere": "nowhere",
    "XX9": "xx9",
}  # fmt: skip
"""The economies that the names and codes of the tests stand for; other labels are their names in small letters."""
NOTED = {"e": ("estimated", "e"), "1": ("note", "1")}
_FULL = {"", "near_zero", "estimated", "revised", "flag", "note"}


class RefusedError(Exception):
    """The builder must refuse this."""


@dataclass
class Found:
    """A cell: where it is, what it holds, and the unit that it states."""

    use: int
    row: int
    column: int
    number: float
    marks: list[Mark]
    unit: Unit | None
    default: Unit


Cells = dict[tuple[Key, Period], list[Found]]


def read_cells(uses: Sequence[tuple[Sheet, SheetMapping]], twice: str) -> tuple[Cells, set[Key]]:
    """All cells of value columns by series and period, column after column, and all series."""
    cells: Cells = {}
    series: set[Key] = set()
    for use, (sheet, mapping) in enumerate(uses):
        _read_sheet(use, sheet, mapping, cells, series)
    if twice == "sum" and not all(key[3] in measures() and summable(key[3]) for key in series):
        raise RefusedError
    for found in cells.values():
        found.sort(key=lambda each: (each.use, each.column, each.row))
    return cells, series


def _read_sheet(use: int, sheet: Sheet, mapping: SheetMapping, cells: Cells, series: set[Key]) -> None:
    carried, parts = "", []
    columns = [at for at, role in enumerate(mapping.columns) if role == "value"]
    for row in range(mapping.first, min(mapping.end, len(sheet.rows))):
        said = {role: sheet.rows.cell(row, at) for at, role in enumerate(mapping.columns) if role != "value"}
        if row in mapping.skipped:
            continue
        labels = [words(cell) for role, cell in said.items() if role not in {"ignore", "unit", "mark"} and words(cell)]
        values = [_value(sheet.rows.cell(row, at), mapping) for at in columns]
        if mapping.headings and len(labels) == 1 and all(kind in {"blank", "missing"} for _, kind, _ in values):
            carried = labels[0]
            continue
        if mapping.headings and not words(said.get(mapping.headings)):
            said[mapping.headings] = carried or None
        if _period(said, _head(sheet, mapping, columns[0]), mapping) is not None:
            parts.append((row, said, values))
    whole = [each for each in parts if not _is_group(each[1].get("summed"), mapping)]
    full = any(not math.isnan(number) for _, _, values in whole for number, _, _ in values)
    for row, said, values in whole if full else parts:
        named = any(words(said.get(role)) for each in DIMENSIONS for role in (each, f"{each}_code"))
        if "year" not in said and not named and all(kind == "blank" for _, kind, _ in values):
            continue
        for at, (number, kind, raw) in zip(columns, values, strict=True):
            head = _head(sheet, mapping, at)
            period = _period(said, head, mapping)
            if period is None:
                continue
            key = _key(said, head, mapping)
            unit = mapping.units.get(str(at)) or _unit(said, head, mapping)
            marks = [] if kind in {"", "blank", "missing"} else [Mark(kind, raw)]
            if not math.isnan(number) and (note := NOTED.get(str(head.get("note", "")))):
                marks.append(Mark(*note))
            if words(said.get("mark")) and (not math.isnan(number) or not marks):
                marks.append(Mark("flag", words(said["mark"])))
            series.add(key)
            cells.setdefault((key, period), []).append(Found(use, row, at, number, marks, unit, mapping.unit))


def _value(cell: Cell, mapping: SheetMapping) -> tuple[float, str, str]:
    if words(cell) in mapping.missing:
        return math.nan, "missing", words(cell)
    if isinstance(cell, float) or cell is None:
        return (math.nan, "blank", "") if cell is None else (cell, "", "")
    found = read_value(cell)
    return (found.number if found.kind in _FULL else math.nan), found.kind, words(cell)


def _head(sheet: Sheet, mapping: SheetMapping, at: int) -> dict[str, Cell]:
    """What the rows of the header say of a column; of an upper row a blank says what stands to the left."""
    found: dict[str, Cell] = {}
    for level, meaning in enumerate(mapping.levels):
        row = mapping.header + level
        for column in (each for each in range(at, -1, -1) if mapping.columns[each] == "value"):
            cell = sheet.rows.cell(row, column)
            if words(cell) or level == len(mapping.levels) - 1:
                break
        if words(cell):
            found[meaning] = cell
    if "year" in found:
        found["note"] = read_header(words(found["year"])).note
    return found


def _period(said: dict[str, Cell], head: dict[str, Cell], mapping: SheetMapping) -> Period | None:
    if "year" in said:
        year = period_of(said["year"])
        if year is None:
            return None
    elif "year" in head:
        year = read_header(words(head["year"])).period
    else:
        year = ("year", mapping.year) if mapping.year is not None else ("none", 0)
    part = said.get("within_year") if "within_year" in said else head.get("within_year")
    if not words(part):
        return year if "year" in said or "within_year" not in said else None
    found = part_of_year(part)
    if found is None or year is None or year[0] != "year":
        return None
    return found[0], year[1] * (10 if found[0] == "quarter" else 100) + found[1]


def _key(said: dict[str, Cell], head: dict[str, Cell], mapping: SheetMapping) -> Key:
    ids = []
    for dimension in DIMENSIONS:
        name, code = words(said.get(dimension)), words(said.get(f"{dimension}_code"))
        text = words(head[dimension]) if dimension in head else (code or name)
        if not text and not mapping.says(dimension) and mapping.headings != dimension:
            text = getattr(mapping, dimension)
        meant = mapping.meant.get(dimension, {})
        known = IDS.get(text, text.casefold()) if dimension in {"reporter", "partner"} else text.casefold()
        ids.append(meant.get(text) or known or ("value" if dimension == "measure" else ""))
    return ids[0], ids[1], ids[2], ids[3]


def _unit(said: dict[str, Cell], head: dict[str, Cell], mapping: SheetMapping) -> Unit | None:
    text = words(said.get("unit")) or words(head.get("unit"))
    unit = parse_unit(text) if text else None
    power = words(said.get("scale"))
    if not power:
        return unit
    unit = unit or mapping.unit
    return Unit(unit.base, unit.scale * 10.0 ** int(power))


def _is_group(cell: Cell, mapping: SheetMapping) -> bool:
    """Whether a row is the world's, which counts what its parts count already."""
    return words(cell) == "World" and not {"partner", "partner_code"} & {*mapping.columns}
