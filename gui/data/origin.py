"""Where a number was imported from, in a sentence."""

from __future__ import annotations

from core.table import Table
from core.text import Text, text
from gui.text import show


def imported(table: Table) -> bool:
    """Whether an import brought the table, so that it has a report and can be imported again."""
    return bool(table.origin)


def sheet_named(file: str, sheet: str) -> str:
    """The name of a sheet, but nothing for the only one of a text file, which has the name of the file."""
    return "" if file.rpartition(".")[0] == sheet else sheet


def origin(table: Table, series: int, period: int) -> Text:
    """Where a number was imported from, or what the source of its series says."""
    found = imported_from(table, series, period)
    if found is not None:
        return found
    source = table.source(series)
    if show(source.text) or source.vintage:
        said = tuple(each for each in (" ".join(show(source.text).split()), source.vintage) if each)
        return text("Not from a file that was imported. Source of the series: {source}", source=said)
    return text("Not from a file that was imported, and the series names no source.")


def imported_from(table: Table, series: int, period: int) -> Text | None:
    """File, sheet and cell; None for a number that no import brought."""
    if not imported(table):
        return None
    from core.provenance import trace

    found = trace(table, series, period)
    if found is None:
        return None
    if found.rows > 1:
        return text("Imported from “{file}”: the sum of {rows} rows.", file=found.file, rows=found.rows)
    sheet = sheet_named(found.file, found.sheet)
    if sheet:
        return text("Imported from “{file}”, {sheet}, cell {cell}.", file=found.file, sheet=sheet, cell=found.cell)
    return text("Imported from “{file}”, cell {cell}.", file=found.file, cell=found.cell)
