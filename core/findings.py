"""Findings: what is doubtful in data or on the board, each with its place and one plain sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from core.checks import check_project
from core.checks.finding import Finding, Level, Spot, Where
from core.checks.units import table_findings
from core.claims import State, check, state_text, statement
from core.files.cells import number_of
from core.files.grid import Sheet
from core.files.importing import Imported, Left
from core.files.progress import Tick
from core.files.report import Report
from core.files.values import ERRORS
from core.numbers import exact
from core.project import Project
from core.provenance import report_of
from core.results import Results
from core.text import Bilingual, Text, text

__all__ = [
    "Finding",
    "Level",
    "Spot",
    "board_findings",
    "import_findings",
    "project_findings",
    "report_findings",
    "table_findings",
]

_LOOK = 2000
"""Texts of a sheet that are looked at for numbers."""


def project_findings(project: Project, results: Results, tick: Tick | None = None) -> Iterator[Finding]:
    """Those of the data checks, of the imports and of the board. `tick` may raise to stop the data checks."""
    yield from check_project(project, tick)
    for table in project.tables:
        report = report_of(table)
        if report is not None:
            yield from report_findings((table.title,), report)
    yield from board_findings(project, results)


def import_findings(file: str, imported: Iterable[Imported], left: Iterable[Left]) -> Iterator[Finding]:
    """Those of what was made of a file. Sheets that hold no number are left out in silence."""
    for each in imported:
        where = (file, text("sheet “{sheet}”", sheet=each.part.name))
        if each.problem is not None and each.report is None:
            yield Finding("not imported", where, each.problem)
        if each.table is not None:
            yield from table_findings(each.table, where)
        if each.report is not None:
            yield from report_findings(where, each.report)
            yield from _rows_left(where, each)
    for sheet in left:
        if _holds_numbers(sheet.sheet):
            yield Finding("sheet left out", (file, text("sheet “{sheet}”", sheet=sheet.sheet.name)), sheet.reason)


def report_findings(where: tuple[Where, ...], report: Report) -> Iterator[Finding]:
    """Those of an import, as far as its report tells them without the file."""
    for cell, content in report.texts:
        if content in ERRORS:
            what = text("“{content}” is an error of the spreadsheet.", content=content)
            yield Finding("error", (*where, cell), what, Level.ERROR)
        else:
            yield Finding("text", (*where, cell), text("“{content}” is no number.", content=content))
    more = report.text_count - len(report.texts)
    if more > 0:
        yield Finding("text", where, text("{count} more cells hold texts and no numbers.", count=more))
    if report.uncalculated:
        yield Finding(
            "formula",
            where,
            text(
                "{count} formulas have no value in the file. Open it in a spreadsheet program and save it.",
                count=report.uncalculated,
            ),
        )
    for each in report.duplicates:
        cells = [
            (place.sheet, place.cell) if each.first.sheet != each.second.sheet else (place.cell,)
            for place in (each.first, each.second)
        ]
        what = text(
            "{series}, {period} is {first} here and {second} in {cell}.",
            series=each.series,
            period=each.period,
            first=exact(each.first_value),
            second=exact(each.second_value),
            cell=cells[1],
        )
        yield Finding("duplicate", (*where, *cells[0]), what)
    more = report.duplicate_count - len(report.duplicates)
    if more > 0:
        yield Finding("duplicate", where, text("{count} more places have different values.", count=more))
    meant: dict[str, list[Bilingual]] = {}
    for suggestion in report.suggestions:
        meant.setdefault(suggestion.name, []).append(suggestion.shown)
    for name, labels in meant.items():
        asked = (
            text("Is it {label}?", label=labels[0])
            if len(labels) == 1
            else text("Is it one of: {labels}?", labels=tuple(labels))
        )
        yield Finding("name", where, text("“{name}” is not known. {asked}", name=name, asked=asked))


def _rows_left(where: tuple[Where, ...], imported: Imported) -> Iterator[Finding]:
    """Rows that were left out although they hold numbers; titles and notes hold none."""
    uses = imported.part.uses
    rows: dict[str, tuple[Text, list[int]]] = {}
    for row, reason in imported.report.rows_left if imported.report is not None else ():
        name = reason.values.get("sheet")
        sheet = next((use.sheet for use in uses if use.sheet.name == name), uses[0].sheet)
        if _row_holds_numbers(sheet, row - 1):
            rows.setdefault(str(reason), (reason, []))[1].append(row)
    for why, found in rows.values():
        yield Finding("rows left out", where, text("Rows {rows} were left out: {why}", rows=_few(found), why=why))


def board_findings(project: Project, results: Results) -> Iterator[Finding]:
    """Claims on the board that the data do not support, or no longer do."""
    for factor in project.board.factors:
        for each in factor.evidence:
            state = check(each, results).state
            if each.claim is not None and state in {State.CONTRADICTED, State.NO_DATA}:
                what = text("{claim}: {state}.", claim=statement(each.claim), state=state_text(state))
                yield Finding("claim", (text("Board"), factor.text), what)


def _holds_numbers(sheet: Sheet) -> bool:
    if bool((~np.isnan(sheet.rows.numbers)).any()):
        return True
    return any(number_of(each) is not None for each in sheet.rows.strings[:_LOOK])


def _row_holds_numbers(sheet: Sheet, row: int) -> bool:
    """More than one, for the label of a row may be a number too."""
    if not 0 <= row < len(sheet.rows):
        return True
    return sum(number_of(cell) is not None for cell in sheet.rows[row]) > 1


def _few(rows: Sequence[int]) -> Where | tuple[Where, ...]:
    shown = tuple(str(row) for row in rows[:8])
    return shown if len(rows) <= 8 else (*shown, text("{count} more", count=len(rows) - 8))
