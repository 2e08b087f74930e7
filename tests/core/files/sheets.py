"""Sheets drawn as text, and tables as plain data; shared by the tests of the import."""

from __future__ import annotations

import math

from core.files.grid import Cell, Sheet, Sheets, sheet_of
from core.files.importing import Imported, Part, Use, detect, import_part, tables_of
from core.files.mapping import Labels, SheetMapping
from core.files.report import Report
from core.table import Table

Series = dict[tuple[str, str, str, str], list[float | None]]

EXPORTS, IMPORTS = ("", "", "", "exports"), ("", "", "", "imports")


def sheet(text: str, name: str = "Sheet1") -> Sheet:
    """A grid drawn with bars; what looks like a number is one, as in a workbook."""
    rows = []
    for line in text.strip("\n").split("\n"):
        cells: list[Cell] = []
        for each in (part.strip() for part in line.split("|")):
            try:
                cells.append(float(each))
            except ValueError:
                cells.append(each or None)
        rows.append(tuple(cells))
    return sheet_of(name, rows)


def import_sheet(grid: Sheet, file: str, known: Labels, mapping: SheetMapping | None = None) -> Imported:
    """One sheet, guessed where no mapping is given."""
    if mapping is not None:
        return import_part(Part((Use(grid, mapping),)), known)
    detected = detect([Sheets(file, (grid,))], known)
    if detected.left:
        return Imported(Part(()), problem=detected.left[0].reason)
    return import_part(detected.parts[0], known)


def tables_in(found: Sheets, known: Labels) -> tuple[Table, ...]:
    """All tables of a file; raises UserError where it has none."""
    detected = detect([found], known)
    return tables_of(detected, [import_part(part, known) for part in detected.parts], found.file)


def imported(text: str, known: Labels) -> tuple[Table, Report]:
    found = import_sheet(sheet(text), "file.xlsx", known)
    assert found.problem is None, found.problem
    assert found.table is not None
    assert found.report is not None
    return found.table, found.report


def series_of(table: Table) -> Series:
    return {
        table.key(at): [None if math.isnan(value) else value for value in table.row(at).tolist()]
        for at in range(len(table.series))
    }


def problem(text: str, known: Labels) -> str:
    found = import_sheet(sheet(text), "file.xlsx", known)
    assert found.table is None
    return str(found.problem)
