"""A spreadsheet as tables of the project: detect what its sheets mean, join those of one layout, build."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import UserError, refuse
from core.files.build import build
from core.files.cells import blank, words
from core.files.grid import Sheet, Sheets, sheet_of
from core.files.guess import guess
from core.files.mapping import Labels, SheetMapping
from core.files.readers import Tick, read
from core.files.report import Report
from core.measures import plain, role_words
from core.project import Project
from core.table import DIMENSIONS, Table
from core.text import Text
from core.units import Unit

_TABLE = {"table", "tables", "表"}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says in advance, for every sheet; what is empty is left to the detection."""

    sheet: str = ""
    """The only sheet that is wanted, by name or number from 1."""
    year: int | None = None
    unit: Unit | None = None
    reporter: str = ""
    partner: str = ""
    sector: str = ""
    measure: str = ""
    """Also the flow: "exports" or "imports"."""
    decimal: str = ""
    twice: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Use:
    """A sheet and what it means."""

    sheet: Sheet
    mapping: SheetMapping


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Sheets that become one table. They say the same about the same dimensions, though not in the same cells."""

    uses: tuple[Use, ...]

    @property
    def name(self) -> str:
        """What a list of parts shows: the sheet, or the first of them."""
        return self.uses[0].sheet.name


@dataclass(frozen=True, eq=False, slots=True)
class Left:
    """A sheet that is not imported, and why."""

    sheet: Sheet
    reason: Text


@dataclass(frozen=True, eq=False, slots=True)
class Detected:
    """What files hold: the tables that can be made of them, and the sheets that are left out."""

    parts: tuple[Part, ...]
    left: tuple[Left, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Imported:
    """What came of a part; `problem` says why there is no table."""

    part: Part
    table: Table | None = None
    report: Report | None = None
    problem: Text | None = None


def known_labels(project: Project | None) -> Labels:
    """The labels that names in a file are looked up in."""
    return {each: project.labels(each) if project is not None else () for each in DIMENSIONS}


def detect(files: Sequence[Sheets], known: Labels, answers: Answers = Answers(), tick: Tick = lambda: None) -> Detected:
    """What the sheets of files mean, as the best guess has it."""
    parts, left = [], []
    for sheet in (replace(sheet, file=found.file) for found in files for sheet in sheets_of(found)):
        tick()
        try:
            parts.append(Part((Use(sheet, guess(sheet, known)),)))
        except UserError as error:
            left.append(Left(sheet, error.message))
    return Detected(tuple(parts), tuple(left))


def import_part(part: Part, known: Labels, tick: Tick = lambda: None) -> Imported:
    """The table of a part, or why there is none."""
    try:
        table, report = build([(use.sheet, use.mapping) for use in part.uses], known, uuid.uuid4().hex, tick)
    except UserError as error:
        return Imported(part, problem=error.message)
    return Imported(part, table, report)


def corrected(part: Part, at: int, mapping: SheetMapping) -> Part:
    """The part after a person corrected the mapping of one sheet.

    What was corrected is carried to the other sheets, as far as it is not what tells the sheets apart.
    """
    return Part(tuple(replace(use, mapping=mapping) if n == at else use for n, use in enumerate(part.uses)))


def import_tables(path: Path, project: Project | None = None, answers: Answers = Answers()) -> tuple[Table, ...]:
    """The tables of a spreadsheet as the best guess reads them; raises UserError where it holds none."""
    known = known_labels(project)
    detected = detect([read(path)], known, answers)
    return tables_of(detected, [import_part(part, known) for part in detected.parts], path.name)


def tables_of(detected: Detected, imported: Iterable[Imported], file: str) -> tuple[Table, ...]:
    """The tables that came out; raises UserError where none did."""
    imported = list(imported)
    tables = tuple(each.table for each in imported if each.table is not None)
    if tables:
        return tables
    problems = [each.problem for each in imported if each.problem is not None]
    problems += [each.reason for each in detected.left]
    if not problems:
        raise refuse("“{name}” has no sheet with cells.", name=file)
    if len(problems) == 1:
        raise UserError(problems[0])
    raise refuse("No sheet of “{name}” holds a table. {first}", name=file, first=problems[0])


def sheets_of(found: Sheets) -> tuple[Sheet, ...]:
    """The sheets; one that lists several tables, as `convert` writes it, falls into one for each of them."""
    return tuple(part for sheet in found.sheets for part in _split(sheet))


def _split(sheet: Sheet) -> tuple[Sheet, ...]:
    header = sheet.rows[0] if len(sheet.rows) else ()
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
    return tuple(sheet_of(title or sheet.name, (top, *rows)) for title, rows in parts.items())


def _without(row: tuple[str | float | None, ...], column: int) -> tuple[str | float | None, ...]:
    return (*row[:column], *row[column + 1 :])
