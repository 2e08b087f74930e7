"""The closing report of an import: what came out, and what became of everything else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from core.economies import Economy, looks_aggregate, suggestions
from core.files.building.joining import Joined, Met
from core.files.building.labels import VALUE, Coder
from core.files.building.pieces import Odd, Piece, Tally
from core.files.cells import address, column_name, words
from core.files.grid import Grid, Sheet
from core.files.mapping import SheetMapping
from core.files.report import Duplicate, Place, Report, Suggestion
from core.measures import measures
from core.panel import inline
from core.table import DIMENSIONS, Table
from core.text import Text, text
from core.units import Unit

MOST = 100
"""Entries of each list."""
_MOST_NAMES = 300
"""Names of economies that are compared with those of the tables; where there are more, they are no economies."""
_TEXTS = ("text", "error", "two_numbers")

_DOLLARS = frozenset(
    [
        "AUS",
        "BHS",
        "BLZ",
        "BRB",
        "BRN",
        "CAN",
        "FJI",
        "GUY",
        "HKG",
        "JAM",
        "LBR",
        "NAM",
        "NZL",
        "SGP",
        "SUR",
        "TTO",
        "TWN",
        "ARG",
        "CHL",
        "COL",
        "MEX",
        "URY",
    ]
)
"""Economies that write their own dollar or peso as "$"."""
_DOLLAR = re.compile(r"(?<![A-Za-z])\$|\bdollars?\b", re.IGNORECASE)
_AMERICAN = re.compile(
    r"\bUS ?\$|\$ ?US|\bUSD|\bU\.?S\.? ?(?:dollar|\$)|United States dollar|American dollar|美元|美金", re.IGNORECASE
)

Uses = Sequence[tuple[Sheet, SheetMapping]]


@dataclass(slots=True)
class Facts:
    """What was met while a table was made."""

    texts: list[tuple[int, int, int, str]] = field(default_factory=list)
    """Use, row and column from 0, and content."""
    text_count: int = 0
    error_count: int = 0
    near_zero: int = 0
    notes: list[Text] = field(default_factory=list)
    joined: Joined | None = None
    tally: Tally = field(default_factory=Tally)
    coder: Coder | None = None

    def meet(self, odd: Odd, piece: Piece) -> None:
        """Count a cell that says more or less than a number."""
        self.near_zero += odd.kind == "near_zero"
        if odd.number or odd.kind not in _TEXTS:
            return
        self.text_count += 1
        self.error_count += odd.kind == "error"
        if self.text_count <= MOST:
            self.texts.append((piece.use, int(piece.rows[odd.row]), piece.heads[odd.column].at, odd.raw))


def report_on(table: Table, uses: Uses, facts: Facts) -> Report:
    """The report of a table that was made of some sheets."""
    joined, tally, coder = facts.joined, facts.tally, facts.coder
    assert joined is not None
    assert coder is not None
    several = len(uses) > 1
    marked = sum(1 for (s, p), mark in table.marks.items() if mark.kind in _TEXTS and np.isnan(table.value(s, p)))
    periods = tuple(table.periods.name(at) for at in range(len(table.periods.values)))
    rows_left, rows_left_count = _rows_left(uses, tally, several)
    columns_left = tuple(dict.fromkeys(each for use in uses for each in _columns_left(*use)))
    aggregates = tuple((each, label.name) for each in DIMENSIONS[:3] for label in table.labels[each] if label.role)
    suggested = _suggestions(table, coder)
    return Report(
        series=len(table.series),
        periods=periods,
        cells=joined.numbers,
        empty=len(table.series) * len(periods) - joined.numbers - marked,
        texts=tuple((_where(uses[use][0], row, column, several), raw) for use, row, column, raw in facts.texts),
        notes=(*_notes(table, joined, tally), *_bare_dollars(table, uses), *facts.notes),
        missing=dict(tally.missing.most_common()),
        near_zero=facts.near_zero,
        text_count=facts.text_count,
        error_count=facts.error_count,
        uncalculated=sum(sheet.uncalculated for sheet, _ in uses),
        rows_left=rows_left,
        rows_left_count=rows_left_count,
        columns_left=columns_left[:MOST],
        columns_left_count=len(columns_left),
        aggregates=aggregates[:MOST],
        aggregate_count=len(aggregates),
        duplicates=tuple(_duplicate(table, uses, coder, joined, each) for each in joined.twice),
        duplicate_count=joined.twice_count,
        repeated=joined.repeated,
        suggestions=suggested[:MOST],
        suggestion_count=len(suggested),
        rows_read=tally.rows,
    )


def _where(sheet: Sheet, row: int, column: int, several: bool) -> str:
    return f"{sheet.name}!{address(row, column)}" if several else address(row, column)


def _duplicate(table: Table, uses: Uses, coder: Coder, joined: Joined, found: tuple[int, Met, Met]) -> Duplicate:
    place, first, second = found
    period, series = divmod(place, len(joined.series.keys))
    at = [Place(uses[met.use][0].name, address(met.row, met.column)) for met in (first, second)]
    return Duplicate(
        coder.named(joined.series.labels_of(series)),
        table.periods.name(period),
        at[0],
        first.value,
        at[1],
        second.value,
    )


def _notes(table: Table, joined: Joined, tally: Tally) -> list[Text]:
    notes = []
    if VALUE in table.labels["measure"]:
        notes.append(text("Nothing says what the numbers measure; they are called “{name}”.", name=VALUE.name))
    pairs = np.bincount(table.series.measure * np.int32(len(table.units)) + table.series.unit)
    found = (divmod(pair, len(table.units)) for pair in np.flatnonzero(pairs).tolist())
    unstated = {table.labels["measure"][code] for code, unit in found if table.units[unit] == Unit()}
    names = tuple(inline(each.name) for each in table.labels["measure"] if each in unstated and _is_money(each.id))
    if names:
        notes.append(text("The unit of {measures} is not stated.", measures=names))
    if tally.undated:
        notes.append(text("{count} rows with numbers but without a year were left out.", count=tally.undated))
    if tally.aggregates:
        notes.append(
            text("{count} rows of the world and of groups were not added to their parts.", count=tally.aggregates)
        )
    if joined.incomplete:
        notes.append(text("{count} sums lack a part that is missing in the file.", count=joined.incomplete))
    if joined.repeated:
        notes.append(text("{count} numbers stand in the file more than once.", count=joined.repeated))
    return notes


def _bare_dollars(table: Table, uses: Uses) -> list[Text]:
    """Says that "$" was read as US$ where the only economy may mean its own by it."""
    reporters = [table.labels["reporter"][code] for code in np.unique(table.series.reporter).tolist() if code >= 0]
    american = any(unit.base.partition(" ")[0] == "USD" for unit in table.units)
    if len(reporters) != 1 or reporters[0].id not in _DOLLARS or not american:
        return []
    written = [each for sheet, mapping in uses for each in _stating(sheet, mapping)]
    if any(_AMERICAN.search(each) for each in written) or not any(_DOLLAR.search(each) for each in written):
        return []
    return [
        text(
            "“$” is read as US$. If it is the currency of {economy}, state that as the unit.",
            economy=reporters[0].name,
        )
    ]


def _stating(sheet: Sheet, mapping: SheetMapping) -> list[str]:
    """Texts that may state a unit: above the data, and the first cells of columns of units and measures."""
    cells = [cell for row in sheet.rows[: mapping.first] for cell in row]
    stated = [at for at, role in enumerate(mapping.columns) if role in {"unit", "measure"}]
    rows = range(mapping.first, min(mapping.end, len(sheet.rows), mapping.first + MOST))
    cells += [sheet.rows.cell(row, at) for row in rows for at in stated]
    return [words(cell) for cell in cells if isinstance(cell, str)]


def _is_money(measure: str) -> bool:
    known = measures().get(measure)
    return known is not None and known.unit == "money"


def _rows_left(uses: Uses, tally: Tally, several: bool) -> tuple[tuple[tuple[int, Text], ...], int]:
    """Rows by their numbers from 1: outside of the table, headings, and those without a period; and how many."""
    found, count = [*tally.rows_left], tally.rows_left_count
    for use, (sheet, mapping) in enumerate(uses):
        end = len(sheet.rows) if sheet.stream is not None else mapping.end
        for start, part in ((0, sheet.rows[: mapping.header]), (end, sheet.rows[end:])):
            rows = np.flatnonzero(_filled_rows(part)) + start
            count += len(rows)
            found += [(use, row, text("outside of the table")) for row in rows[:MOST].tolist()]
    found.sort(key=lambda each: each[:2])
    listed = tuple(
        (row + 1, text("{sheet}: {reason}", sheet=uses[use][0].name, reason=reason) if several else reason)
        for use, row, reason in found[:MOST]
    )
    return listed, count


def _columns_left(sheet: Sheet, mapping: SheetMapping) -> list[str]:
    """Headers of ignored columns in which anything stands."""
    rows, found = sheet.rows, []
    data = slice(mapping.first, mapping.end)
    for at in range(rows.width):
        if at < len(mapping.columns) and mapping.columns[at] != "ignore":
            continue
        texts = (words(rows.cell(row, at)) for row in range(mapping.first - 1, mapping.header - 1, -1))
        header = next((each for each in texts if each), "")
        if header or bool((~np.isnan(rows.numbers[data, at])).any()) or bool((rows.texts[data, at] > 0).any()):
            found.append(header or column_name(at))
    return found


def _filled_rows(rows: Grid) -> NDArray[np.bool_]:
    """Rows in which anything but spaces stands; few rows of a grid that may hold millions of texts."""
    filled = np.array((~np.isnan(rows.numbers)).any(axis=1), dtype=np.bool_)
    for row in np.flatnonzero(~filled & (rows.texts > 0).any(axis=1)).tolist():
        filled[row] = any(rows.strings[code - 1].strip() for code in rows.texts[row].tolist() if code)
    return filled


def _suggestions(table: Table, coder: Coder) -> tuple[Suggestion, ...]:
    """Economies that names resemble which no table knows."""
    found = []
    for dimension, names in coder.unknown.items():
        used = {label.id for label in table.labels[dimension]}
        for label, name in islice(names.items(), _MOST_NAMES):
            if label in used and not looks_aggregate(name):
                found += [Suggestion(dimension, name, each.id, each.name) for each in _likely(name)]
    return tuple(found)


@lru_cache(maxsize=4 * _MOST_NAMES)
def _likely(name: str) -> tuple[Economy, ...]:
    """A table is made again with each correction, and a comparison with all names of economies takes long."""
    return suggestions(name)
