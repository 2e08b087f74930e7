"""A spreadsheet as tables of the project: detect what its sheets mean, join those of one layout, build."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from core.errors import UserError, refuse
from core.files.blocks import lists_tables, sheets_of, taken_apart
from core.files.build import build
from core.files.grid import Sheet, Sheets
from core.files.guess import guess
from core.files.mapping import Labels, SheetMapping
from core.files.parts import Left, Part, Use, grouped, join, split
from core.files.questions import is_ambiguous
from core.files.readers import Tick, read
from core.files.report import Contradictory, Report
from core.measures import plain, role_words
from core.project import Project
from core.table import DIMENSIONS, Table
from core.text import Text, text
from core.units import Unit

__all__ = [
    "Answers", "Detected", "Imported", "Left", "Part", "Use", "answered", "corrected", "detect", "import_part",
    "import_tables", "join", "known_labels", "sheets_of", "split", "tables_of",
]  # fmt: skip


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


def detect(
    files: Sequence[Sheets],
    known: Labels,
    answers: Answers = Answers(),
    tick: Tick = lambda: None,
    recall: Callable[[Sheet], SheetMapping | None] = lambda _: None,
) -> Detected:
    """What the sheets of files mean: as `recall` remembers it, else as the best guess has it.

    Sheets that lie alike and differ in what they are about become one part. Raises UserError where a sheet that was
    asked for is missing.
    """
    sheets = [replace(sheet, file=sheet.file or found.file) for found in files for sheet in found.sheets]
    european = {sheet.file or found.file for found in files for sheet in found.sheets if found.separator == ";"}
    wanted = _wanted(sheets, answers.sheet)
    uses, alone, left = list[Use](), list[Part](), list[Left]()
    for sheet in sheets:
        tick()
        if sheet not in wanted:
            left.append(Left(sheet, _not_asked(sheet, answers.sheet)))
            continue
        pieces = taken_apart(sheet)
        listed = len(pieces) > 1 and lists_tables(sheet)
        for piece in pieces:
            try:
                use = Use(piece, recall(piece) or guess(piece, known))
                if sheet.file in european and is_ambiguous(use, "."):
                    use = replace(use, mapping=replace(use.mapping, decimal=","))
                use = replace(use, mapping=answered(use.mapping, answers))
            except UserError as error:
                left.append(Left(piece, error.message))
                continue
            if listed:
                alone.append(Part((use,)))
            else:
                uses.append(use)
    if not answers.sheet:
        uses, contents = _without_contents(uses, alone)
        left += contents
    parts, broken = grouped(uses)
    return Detected((*alone, *parts), (*left, *broken))


def answered(mapping: SheetMapping, answers: Answers) -> SheetMapping:
    """The mapping with what a person said in advance.

    Names and the year count where the sheet does not say them itself; unit, decimal sign and `twice` in any case.
    """
    said = {each: getattr(answers, each) for each in DIMENSIONS if getattr(answers, each) and not mapping.says(each)}
    mapping = replace(mapping, **said)
    if answers.year is not None and not mapping.says("year"):
        mapping = replace(mapping, year=answers.year)
    if answers.unit is not None:
        mapping = replace(mapping, unit=answers.unit)
    return replace(mapping, decimal=answers.decimal or mapping.decimal, twice=answers.twice or mapping.twice)


def _wanted(sheets: Sequence[Sheet], asked: str) -> list[Sheet]:
    """The sheets to look at: those that can be seen, or the one that a person named or counted."""
    if not asked:
        seen = [sheet for sheet in sheets if not sheet.hidden]
        return seen or list(sheets)
    named = [sheet for sheet in sheets if plain(sheet.name) == plain(asked)]
    if not named and asked.strip().isdigit() and 1 <= int(asked) <= len(sheets):
        named = [sheets[int(asked) - 1]]
    if not named:
        raise refuse(
            "There is no sheet “{sheet}”. The sheets are: {names}.",
            sheet=asked,
            names=tuple(sheet.name for sheet in sheets),
        )
    return named


def _not_asked(sheet: Sheet, asked: str) -> Text:
    if asked:
        return text("The sheet “{sheet}” was not asked for.", sheet=sheet.name)
    return text("The sheet “{sheet}” is hidden.", sheet=sheet.name)


def _without_contents(uses: list[Use], alone: Sequence[Part]) -> tuple[list[Use], list[Left]]:
    """Beside sheets of data, those left out that only list or explain them."""
    poor = [use for use in uses if _is_poor(use)]
    if len(poor) == len(uses) and not alone:
        return uses, []
    return [use for use in uses if use not in poor], [
        Left(use.sheet, text("The sheet “{sheet}” holds no table of figures.", sheet=use.sheet.name)) for use in poor
    ]


def _is_poor(use: Use) -> bool:
    mapping = use.mapping
    if "value" not in mapping.columns:
        return True
    listed = plain(use.sheet.name) in role_words()["contents"]
    return listed and not mapping.says("year")


def import_part(part: Part, known: Labels, tick: Tick = lambda: None) -> Imported:
    """The table of a part, or why there is none."""
    try:
        table, report = build([(use.sheet, use.mapping) for use in part.uses], known, uuid.uuid4().hex, tick)
    except Contradictory as error:
        return Imported(part, report=error.report, problem=error.message)
    except UserError as error:
        return Imported(part, problem=error.message)
    return Imported(part, table, report)


def corrected(part: Part, at: int, mapping: SheetMapping) -> Part:
    """The part after a person corrected the mapping of one sheet.

    What was corrected is carried to the other sheets, as far as it is not what tells the sheets apart. Where things
    are is carried only to sheets in which they were at the same place.
    """
    before = part.uses[at].mapping
    changed = [each.name for each in fields(SheetMapping) if getattr(before, each.name) != getattr(mapping, each.name)]
    uses = []
    for n, use in enumerate(part.uses):
        same = [name for name in changed if _is_carried(name, before, use.mapping, part)]
        carried = mapping if n == at else replace(use.mapping, **{name: getattr(mapping, name) for name in same})
        if n != at and "columns" in changed and "columns" not in same:
            carried = replace(carried, columns=_carried_roles(before, mapping, use.mapping))
        uses.append(replace(use, mapping=carried))
    return Part(tuple(uses))


def _is_carried(name: str, before: SheetMapping, other: SheetMapping, part: Part) -> bool:
    if name in {"end", "skipped"}:
        return before.header == other.header and before.end == other.end
    if name in {*DIMENSIONS, "year"}:
        return len({getattr(use.mapping, name) for use in part.uses}) == 1
    return bool(getattr(before, name) == getattr(other, name))


def _carried_roles(before: SheetMapping, after: SheetMapping, other: SheetMapping) -> tuple[str, ...]:
    """The roles of another sheet's columns, changed where they were those of the corrected sheet."""
    roles = list(other.columns)
    for at, (old, new) in enumerate(zip(before.columns, after.columns, strict=False)):
        if old != new and at < len(roles) and roles[at] == old:
            roles[at] = new
    return tuple(roles)


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
