"""A spreadsheet as tables of the project: read, guess and build for every sheet that holds one."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

from core.errors import UserError, refuse
from core.files.build import Report, build
from core.files.cells import blank, words
from core.files.guess import guess
from core.files.mapping import Labels, SheetMapping
from core.files.readers import Sheet, Sheets, Tick, read
from core.measures import plain, role_words
from core.project import Project
from core.table import DIMENSIONS, Table
from core.text import Text

_TABLE = {"table", "tables", "表"}


@dataclass(frozen=True, eq=False, slots=True)
class Imported:
    """One sheet and what came of it; `problem` says why there is no table."""

    sheet: Sheet
    mapping: SheetMapping | None = None
    table: Table | None = None
    report: Report | None = None
    problem: Text | None = None


def known_labels(project: Project | None) -> Labels:
    """The labels that names in a file are looked up in."""
    return {each: project.labels(each) if project is not None else () for each in DIMENSIONS}


def import_sheets(found: Sheets, known: Labels, tick: Tick = lambda: None) -> tuple[Imported, ...]:
    """Every sheet with the table that the best guess gives, or with the reason why it gives none."""
    return tuple(import_sheet(sheet, found.file, known, tick=tick) for sheet in sheets_of(found))


def import_sheet(
    sheet: Sheet, file: str, known: Labels, mapping: SheetMapping | None = None, tick: Tick = lambda: None
) -> Imported:
    """One sheet under a mapping, guessed where none is given."""
    try:
        mapping = mapping or guess(sheet, known)
        table, report = build(sheet, mapping, known, uuid.uuid4().hex, file, tick)
    except UserError as error:
        return Imported(sheet, mapping, problem=error.message)
    return Imported(sheet, mapping, table, report)


def import_tables(path: Path, project: Project | None = None) -> tuple[Table, ...]:
    """The tables of a spreadsheet as the best guess reads them; raises UserError where it holds none."""
    return tables_of(import_sheets(read(path), known_labels(project)), path.name)


def tables_of(imported: tuple[Imported, ...], file: str) -> tuple[Table, ...]:
    """The tables of the sheets that have one; raises UserError where none has."""
    tables = tuple(each.table for each in imported if each.table is not None)
    if tables:
        return tables
    problems = [each.problem for each in imported if each.problem is not None]
    if not problems:
        raise refuse("“{name}” has no sheet with cells.", name=file)
    if len(problems) == 1:
        raise UserError(problems[0])
    raise refuse("No sheet of “{name}” holds a table. {first}", name=file, first=problems[0])


def sheets_of(found: Sheets) -> tuple[Sheet, ...]:
    """The sheets; one that lists several tables, as `convert` writes it, falls into one for each of them."""
    return tuple(part for sheet in found.sheets for part in _split(sheet))


def _split(sheet: Sheet) -> tuple[Sheet, ...]:
    header = sheet.rows[0] if sheet.rows else ()
    names = [plain(words(cell)) for cell in header]
    column = next((at for at, name in enumerate(names) if name in _TABLE), None)
    if column is None or not any(name in role_words()["value"] for name in names):
        return (sheet,)
    parts: dict[str, list[tuple[str | float | None, ...]]] = {}
    for row in sheet.rows[1:]:
        if not all(map(blank, row)):
            title = words(row[column]) if column < len(row) else ""
            parts.setdefault(title, []).append(_without(row, column))
    top = _without(header, column)
    return tuple(Sheet(title or sheet.name, (top, *rows)) for title, rows in parts.items())


def _without(row: tuple[str | float | None, ...], column: int) -> tuple[str | float | None, ...]:
    return (*row[:column], *row[column + 1 :])
