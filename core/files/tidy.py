"""Results and data as tidy rows, one value a row, and as CSV or workbook for other programs."""

from __future__ import annotations

import csv
import io
import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from core.errors import refuse
from core.files.atomic import atomic_write
from core.headers import distinct_names
from core.indices import indices
from core.numbers import exact
from core.project import Project
from core.results import Results
from core.status import CODES, Status
from core.table import DIMENSIONS, Label, Table
from core.table_results import TableResults

Field = str | float | None
"""A text, a number in full precision, or nothing."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 - as some systems type them
_MOST_ROWS = 1_048_575


def result_rows(results: Results, wanted: Sequence[str], language: str) -> Iterator[tuple[Field, ...]]:
    """Header and rows of `compute`: every value of the wanted indices with the rule behind it, unit and status."""
    project = results.project
    yield "index", "component", "variant", "table", *_PLACE, "year", "value", "unit", "status"
    titles = _titles(project, language)
    names = {table.id: _names_by_id(table, language) for table in project.tables}
    for index in wanted:
        for table in results.tables.values():
            rules = sorted(table.variants.get(index, {}).items(), key=lambda rule: rule[0] != "world")
            variant = ";".join(f"{rule}={how}" for rule, how in rules)
            unit = _result_unit(index, table, language)
            said = names[table.table]
            for component in indices()[index].components or ("",):
                for line in table.lines(index, component):
                    what = index, component, variant, titles[table.table]
                    labels = zip(_PLACE, (line.reporter.id, line.partner.id, line.sector.id), strict=True)
                    place = [said.get(each) or said.get(("sector", each[1]), "") for each in labels]
                    for year, value, status in zip(line.years, line.values, line.statuses, strict=True):
                        yield *what, *place, str(year), float(value), unit, CODES[Status(int(status))]
        results.forget((index,))


def data_rows(project: Project, language: str) -> Iterator[tuple[Field, ...]]:
    """Header and rows of `convert`: every cell of every table, the missing ones with an empty value."""
    yield "table", *DIMENSIONS, _time(project), "value", "unit", "mark"
    titles = _titles(project, language)
    for table in project.tables:
        names = _names(table, language)
        columns = [table.column(at).tolist() for at in range(len(table.periods.values))]
        for series, key in enumerate(zip(*(table.series.codes(each).tolist() for each in DIMENSIONS), strict=True)):
            labels = [names[each][code] if code >= 0 else "" for each, code in zip(DIMENSIONS, key, strict=True)]
            unit = table.unit(series).show(language)
            for period, column in enumerate(columns):
                mark = table.marks.get((series, period))
                noted = "" if mark is None else f"{mark.kind}: {mark.raw}" if mark.raw else mark.kind
                yield titles[table.id], *labels, table.periods.name(period), column[series], unit, noted


def csv_chunks(rows: Iterable[Sequence[Field]]) -> Iterator[bytes]:
    """UTF-8 with plain line ends. A text that a spreadsheet would run as a formula gets an apostrophe before it."""
    written = ([_escaped(each) if isinstance(each, str) else _number(each) for each in row] for row in rows)
    while chunk := list(itertools.islice(written, 10_000)):
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(chunk)
        yield stream.getvalue().encode("utf-8", "replace")


def write_csv(rows: Iterable[Sequence[Field]], path: Path) -> None:
    """All or nothing."""
    atomic_write(path, lambda stream: stream.writelines(csv_chunks(rows)))


def write_xlsx(rows: Iterable[Sequence[Field]], path: Path) -> None:
    """One sheet; numbers are numbers, and no text becomes a formula or a link."""
    import xlsxwriter

    def write(stream: BinaryIO) -> None:
        with xlsxwriter.Workbook(stream, {"in_memory": True, **TEXTS_STAY_TEXTS}) as workbook:
            sheet = workbook.add_worksheet("data")
            bold = workbook.add_format({"bold": True})
            for number, row in enumerate(rows):
                if number > _MOST_ROWS:
                    raise refuse("A workbook takes at most {rows} rows. Write .csv instead.", rows=f"{_MOST_ROWS:,}")
                for column, each in enumerate(row):
                    if isinstance(each, str):
                        sheet.write_string(number, column, each, None if number else bold)
                    elif each is not None and math.isfinite(each):
                        sheet.write_number(number, column, each)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, 4, 22)

    atomic_write(path, write)


TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""Options of XlsxWriter without which a name such as "=1+1" is computed."""

_PLACE = ("reporter", "partner", "sector")


def _time(project: Project) -> str:
    return "year" if all(table.periods.kind in {"year", "none"} for table in project.tables) else "period"


def _titles(project: Project, language: str) -> dict[str, str]:
    """Titles by table, told apart where two tables are called the same."""
    names = distinct_names([Label(table.id, table.title) for table in project.tables])
    return {table.id: name.show(language) for table, name in zip(project.tables, names, strict=True)}


def _names(table: Table, language: str) -> dict[str, list[str]]:
    """Names by dimension and code, told apart where two labels are called the same."""
    return {each: [name.show(language) for name in distinct_names(table.labels[each])] for each in DIMENSIONS}


def _names_by_id(table: Table, language: str) -> dict[tuple[str, str], str]:
    names = _names(table, language)
    return {
        (each, label.id): name
        for each in DIMENSIONS
        for label, name in zip(table.labels[each], names[each], strict=True)
    }


def _result_unit(index: str, table: TableResults, language: str) -> str:
    """Ratios and growth are fractions of 1 whatever the screen shows."""
    return table.unit.show(language) if indices()[index].entry.unit == "money" else "1"


def _number(value: float | None) -> str:
    return "" if value is None else exact(value)


def _escaped(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
