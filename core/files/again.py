"""A table read once more from the files that it was imported from, by the mappings that it keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile

import numpy as np

from core.errors import UserError, refuse
from core.files.alignment import align
from core.files.build import build
from core.files.grid import Sheet, Sheets
from core.files.guess import guess
from core.files.importing import sheets_of
from core.files.mapping import Labels, SheetMapping
from core.files.readers import Tick
from core.provenance import mappings_of
from core.table import Table
from core.text import Text, text


class LayoutChanged(Exception):
    """The files no longer lie as the mappings say; a person has to look at them."""

    def __init__(self, why: Text) -> None:
        """`why` is one plain sentence."""
        super().__init__(str(why))
        self.why = why


def files_of(table: Table) -> tuple[str, ...]:
    """The names of the files that a table was imported from, without their folders."""
    return tuple(dict.fromkeys(file for file, _sheet, _mapping in mappings_of(table)))


def read_again(table: Table, files: Mapping[str, Sheets], known: Labels, tick: Tick = lambda: None) -> Table:
    """What the files say now; `files` has one for each of `files_of`. The table itself stays as it is.

    Raises LayoutChanged where a sheet is gone, or lies otherwise than it did, and UserError where two sheets of one
    import have the same name in files of the same name, of which only one could be read.
    """
    _check_names(table)
    uses = []
    for (file, name), mapping in _latest(table).items():
        tick()
        sheet = _sheet(files[file], name)
        uses.append((sheet, _fitted(sheet, mapping, known)))
    try:
        new, report = build(uses, known, table.id, tick)
        found = align(table, new, restated=True)
    except UserError as error:
        raise LayoutChanged(error.message) from error
    if not np.any(found.place >= 0):
        raise LayoutChanged(text("No series of the table is in the file any more."))
    if report.text_count > report.cells:
        raise LayoutChanged(text("Where the table had numbers, the file has texts now."))
    return new


def _latest(table: Table) -> dict[tuple[str, str], SheetMapping]:
    """What is known of each sheet; that of the latest import, where there were several."""
    return {(file, sheet): mapping for file, sheet, mapping in mappings_of(table)}


def _check_names(table: Table) -> None:
    for origin in table.origin:
        names = Counter((sheet.file, sheet.sheet) for sheet in origin.sheets)
        for (file, sheet), count in names.items():
            if count > 1:
                raise refuse(
                    "The table was made of {count} sheets “{sheet}” of files “{file}”, which cannot be told apart now. "
                    "Give the files different names and import them as a new table.",
                    count=count,
                    sheet=sheet,
                    file=file,
                )


def _sheet(found: Sheets, name: str) -> Sheet:
    """The sheet of this name; the only one of a file may have been given another."""
    sheets = sheets_of(found)
    same = [sheet for sheet in sheets if sheet.name == name]
    if not same and len(sheets) != 1:
        raise LayoutChanged(text("“{file}” has no sheet “{sheet}” any more.", file=found.file, sheet=name))
    return replace((same or sheets)[0], file=found.file)


def _fitted(sheet: Sheet, mapping: SheetMapping, known: Labels) -> SheetMapping:
    """The mapping with the rows and columns that the sheet has now: years and economies come and go."""
    try:
        fresh = guess(sheet, known)
    except UserError as error:
        raise LayoutChanged(error.message) from error
    if fresh.first == mapping.first and fresh.end == mapping.end and len(fresh.columns) == len(mapping.columns):
        columns = mapping.columns
    elif fresh.first < len(mapping.levels):
        raise LayoutChanged(text("The header of the sheet “{sheet}” is another one now.", sheet=sheet.name))
    else:
        columns = _columns(sheet, mapping.columns, fresh.columns)
    if not mapping.says("year") and fresh.year not in {None, mapping.year}:
        raise LayoutChanged(text("The sheet “{sheet}” speaks of another year now.", sheet=sheet.name))
    moved = fresh.first - mapping.first
    grown = fresh.end != mapping.end + moved
    skipped = fresh.skipped if grown else tuple(row + moved for row in mapping.skipped)
    return replace(
        mapping, header=mapping.header + moved, columns=columns, end=mapping.end + moved if not grown else fresh.end,
        skipped=skipped,
    )  # fmt: skip


def _columns(sheet: Sheet, old: tuple[str, ...], fresh: tuple[str, ...]) -> tuple[str, ...]:
    """The roles for another number of columns: the columns of values became more or fewer, or others came behind."""
    if len(fresh) == len(old):
        return old
    at = [place for place, role in enumerate(old) if role == "value"]
    if at and at[-1] - at[0] + 1 == len(at):
        before, behind = old[: at[0]], old[at[-1] + 1 :]
        values = len(list(takewhile("value".__eq__, fresh[at[0] :])))
        found = fresh[at[0] + values :]
        if values:
            return (*before, *["value"] * values, *(behind if len(behind) == len(found) else found))
    if {*fresh} == {*old}:
        return fresh
    raise LayoutChanged(text("The columns of the sheet “{sheet}” are others now.", sheet=sheet.name))
