"""The input of a command: a project, or a spreadsheet as the detection reads it, and what is said about that."""

from __future__ import annotations

import argparse
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.about import FILE_SUFFIX
from core.annual import offered
from core.commands.answers import answers_of, given, separator_of
from core.edits import apply
from core.errors import UserError, refuse
from core.files.importing import Imported, Left, detect, import_part, known_labels, tables_of
from core.files.project_file import is_project, read_project
from core.files.readers import read
from core.measures import measures
from core.project import Project
from core.table import Table
from core.text import Bilingual, Text, text
from core.units import Unit


@dataclass(frozen=True, eq=False, slots=True)
class Input:
    """A project with what its import said; both are empty for a file that was a project already."""

    project: Project
    imported: tuple[Imported, ...] = ()
    left: tuple[Left, ...] = ()


def read_input(options: argparse.Namespace, only_looks: bool = False) -> Input:
    """What the command works on. Raises UserError, naming the option by which a person can decide.

    A command that `only_looks` also takes a spreadsheet of which no table came out but a report of what is wrong.
    """
    path: Path = options.input
    if path.suffix.casefold() == FILE_SUFFIX or is_project(path):
        if given(options):
            raise refuse(
                "“{name}” is a project, for which {options} means nothing. Leave it out.",
                name=path.name,
                options=given(options),
            )
        return Input(_with_years(read_project(path), options))
    known = known_labels(None)
    found = read(path, encoding=options.encoding or "", separator=separator_of(options))
    detected = detect([found], known, answers_of(options))
    imported = tuple(import_part(part, known) for part in detected.parts)
    tables: tuple[Table, ...] = ()
    try:
        tables = tables_of(detected, imported, path.name)
    except UserError as error:
        if not (only_looks and any(each.report is not None for each in imported)):
            raise UserError(_with_options(error, imported)) from error
    project = Project(uuid.uuid4().hex, Bilingual(path.stem), tables=tables)
    return Input(_with_years(project, options), imported, detected.left)


def summary(imported: Imported, needs_years: bool = False) -> str:
    """What an import made of a part, for the terminal, which speaks English.

    `needs_years` says that the command computes indices and that nothing was said about years.
    """
    report, table = imported.report, imported.table
    if report is None or table is None:
        return str(imported.problem)
    sheets = len(imported.part.uses)
    name = f"Sheet “{imported.part.name}”" if sheets == 1 else f"Sheet “{imported.part.name}” and {sheets - 1} more"
    span = "–".join(dict.fromkeys(filter(None, (report.periods[0], report.periods[-1])))) or "no year"
    said = [", ".join([f"{report.series} series", span, *_units(table)])]
    counts = {
        "numbers": report.cells,
        "near zero": report.near_zero,
        "empty": report.empty,
        "texts instead of numbers": report.text_count or len(report.texts),
        "errors of the spreadsheet among them": report.error_count,
        "formulas without a value": report.uncalculated,
        "rows left out": report.rows_left_count,
        "columns left out": report.columns_left_count,
        "aggregates": report.aggregate_count,
        "the same twice": report.repeated,
        "different values for one place": report.duplicate_count or len(report.duplicates),
    }
    said += [f"{what}: {count}" for what, count in counts.items() if count]
    if report.missing:
        marks = ", ".join(f"“{mark}” {count}" for mark, count in report.missing.items())
        said.append(f"marks of missing values: {marks}")
    lines = [f"{name}: {'; '.join(said)}.", *map(str, report.notes), *_decisions(table, needs_years)]
    return "\n".join(lines)


def _units(table: Table) -> list[str]:
    units = dict.fromkeys(table.units[code].show("en") for code in np.unique(table.series.unit).tolist())
    shown = [unit or "unit not stated" for unit in units]
    return shown if len(shown) <= 3 else [f"{len(shown)} units"]


def _decisions(table: Table, needs_years: bool) -> Iterator[str]:
    """What the detection could not know and went on without: the options that say it."""
    if table.periods.kind == "none":
        yield "No year is stated. Say it with --year."
    if any(label.id == "value" for label in table.labels["measure"]):
        yield "Say with --flow whether these are exports or imports."
    unstated = table.series.unit[np.isin(table.series.measure, _money(table))]
    if any(table.units[code] == Unit() for code in np.unique(unstated).tolist()):
        yield "A unit that is not stated can be given with --unit."
    if needs_years and offered(table):
        rules = ", ".join(filter(None, offered(table)))
        yield f"Indices need years. Say how they are made with --annual (one of: {rules})."


def _money(table: Table) -> list[int]:
    known = measures()
    found = enumerate(label.id for label in table.labels["measure"])
    return [code for code, each in found if each in known and known[each].unit == "money"]


def _with_options(error: UserError, imported: tuple[Imported, ...]) -> Text:
    """A refusal with the option by which a person can decide, where there is one."""
    if any(each.table is None and each.report is not None and each.report.duplicates for each in imported):
        return text("{problem} Or say with --twice what becomes of them.", problem=error.message)
    return error.message


def _with_years(project: Project, options: argparse.Namespace) -> Project:
    """With the rule for years that was asked for, in all tables that have finer periods."""
    if options.annual:
        for table in project.tables:
            if offered(table):
                project = apply(project, "set_annual_rule", table=table.id, rule=options.annual)
    return project
