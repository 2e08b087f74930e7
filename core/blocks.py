"""Blocks of cells, as a spreadsheet's clipboard holds them: read, written, and turned into one edit of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from core.errors import UserError, refuse
from core.headers import Part
from core.layouts import PLACE, Area, Grid, Line
from core.naming import named, unnamed
from core.numbers import exact, parse_number
from core.periods import next_period, parse_period
from core.project import Project
from core.table import DIMENSIONS, Floats, Key, Label, Periods
from core.text import LANGUAGES, Bilingual, Text
from core.units import Unit

MOST_CELLS = 5_000_000
"""A larger clipboard is refused instead of filling the memory."""
LEVELS = " · "
"""Between the levels of a header in one line."""

Cells = Sequence[Sequence[str]]
Values = Sequence[Sequence[float | None]]
Fresh = Callable[[], str]
"""Makes an id that nothing has; ids are made by whoever calls, because edits must not."""


@dataclass(frozen=True, slots=True)
class Write:
    """Arguments of `set_cells`, and whether years or names inside the block said where its numbers go."""

    arguments: Mapping[str, Any]
    by_headers: bool = False


def shown(part: Part, language: str) -> str:
    """One level of a header in a language."""
    return part if isinstance(part, str) else part.show(language)


def heading(parts: Sequence[Part], unit: Unit | None, language: str, separator: str = LEVELS) -> str:
    """A header in one text: its levels, and its unit where it differs from the table's."""
    levels = separator.join(shown(part, language) for part in parts)
    name = unit.show(language) if unit else ""
    gap = "\n" if separator == "\n" else " "
    return f"{levels}{gap}({name})" if name else levels


def read_block(text: str) -> list[list[str]]:
    """The cells of a pasted text: lines and tabs, quotes as Excel writes them. Raises UserError."""
    if text.count("\t") + text.count("\n") > MOST_CELLS:
        raise refuse("The clipboard holds more than {most} cells. Paste less at once.", most=f"{MOST_CELLS:,}")
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t")]
    except csv.Error:
        raise refuse("The clipboard holds no table of cells.") from None
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def block_text(grid: Grid, area: Area, headers: bool, language: str) -> str:
    """An area with all digits of its numbers, for the clipboard; `headers` puts years and names beside them."""
    top, left, bottom, right = area
    lines = [[exact(value) for value in row] for row in grid.values(area).tolist()]
    if headers:
        columns = range(left, right + 1)
        names = [heading(grid.column_header(at), grid.column_unit(at), language) for at in columns]
        for row, line in zip(range(top, bottom + 1), lines, strict=True):
            line.insert(0, heading(grid.row_header(row), grid.row_unit(row), language))
        lines.insert(0, ["", *names])
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t", lineterminator="\n").writerows(lines)
    return out.getvalue().removesuffix("\n")


def write_values(project: Project, grid: Grid, row: int, column: int, values: Values, fresh: Fresh) -> Write | None:
    """Numbers from a cell on to the right and down. Lines beyond the grid are new; None where nothing is to write."""
    plan = _Plan(project, grid, fresh)
    rows = plan.by_position(grid.row_kind, row, len(values))
    columns = plan.by_position(grid.column_kind, column, len(values[0]) if values else 0)
    return plan.write(rows, columns, values)


def write_block(project: Project, grid: Grid, row: int, column: int, cells: Cells, fresh: Fresh) -> Write | None:
    """A pasted block. Years and names at its edges decide where its numbers go; else the cell decides.

    Raises UserError naming the cell where one holds no number, and then nothing is written.
    """
    heads, sides = _edges(grid, cells)
    plan = _Plan(project, grid, fresh)
    body = [line[sides:] for line in cells[heads:]]
    values = _numbers(body, heads, sides)
    width = len(body[0]) if body else 0
    rows = (
        plan.by_name(grid.row_kind, [line[0] for line in cells[heads:]])
        if sides
        else plan.by_position(grid.row_kind, row, len(body))
    )
    columns = (
        plan.by_name(grid.column_kind, cells[0][sides:]) if heads else plan.by_position(grid.column_kind, column, width)
    )
    return plan.write(rows, columns, values, by_headers=bool(heads or sides))


def _numbers(body: Cells, heads: int, sides: int) -> list[list[float | None]]:
    values: list[list[float | None]] = []
    for row, line in enumerate(body):
        numbers: list[float | None] = []
        for column, cell in enumerate(line):
            try:
                numbers.append(parse_number(cell))
            except UserError as error:
                raise refuse(
                    "Nothing was pasted. Row {row}, column {column} of the block: {reason}",
                    row=row + heads + 1,
                    column=column + sides + 1,
                    reason=error.message,
                ) from None
        values.append(numbers)
    return values


def _edges(grid: Grid, cells: Cells) -> tuple[int, int]:
    """How many first rows (0 or 1) and first columns (0 or 1) of a block are headers."""
    if not cells or not cells[0]:
        return 0, 0
    top, side = cells[0], [line[0] for line in cells]
    rows_named, columns_named = grid.row_kind != "period", grid.column_kind != "period"
    tall, wide = len(cells) > 1, len(top) > 1
    if tall and wide:
        rows_fit = _are_words(side[1:]) if rows_named else _are_periods(grid, side[1:])
        columns_fit = _are_words(top[1:]) if columns_named else _are_periods(grid, top[1:])
        if rows_fit and columns_fit:
            return 1, 1
    if tall and (_are_words(top) if columns_named else _belong(grid, top)):
        return 1, 0
    if wide and (_are_words(side) if rows_named else _belong(grid, side)):
        return 0, 1
    return 0, 0


def _are_words(edge: Sequence[str]) -> bool:
    words = [cell for cell in edge if cell.strip()]
    return bool(words) and all(map(_is_word, words))


def _are_periods(grid: Grid, edge: Sequence[str]) -> bool:
    """Periods in order, up or down."""
    try:
        values = [parse_period(grid.table.periods.kind, cell) for cell in edge]
    except UserError:
        return False
    steps = {a < b if a != b else None for a, b in pairwise(values)}
    return len(steps) < 2 and None not in steps


def _belong(grid: Grid, edge: Sequence[str]) -> bool:
    """Two or more periods of which the table has some: without names beside them they could be numbers."""
    if len(edge) < 2 or not _are_periods(grid, edge):
        return False
    periods = grid.table.periods
    return not {*periods.values, next_period(periods)}.isdisjoint(parse_period(periods.kind, each) for each in edge)


def _is_word(cell: str) -> bool:
    """A name, not a number and not what spreadsheets write for "missing"."""
    word = cell.strip().casefold()
    if word.startswith("#") or word in {"n/a", "na", "n.a.", "nan", "null", "none"}:
        return False
    return any(character.isalpha() for character in word) and not _is_number(word)


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except UserError:
        return False
    return True


class _Plan:
    """Finds or makes the line of each row and column of a block, with the labels that new lines need."""

    def __init__(self, project: Project, grid: Grid, fresh: Fresh) -> None:
        self.project, self.grid, self.table, self.fresh = project, grid, grid.table, fresh
        self.new: dict[str, list[Label]] = {}

    def by_position(self, kind: str, first: int, count: int) -> list[Line]:
        rows = kind == self.grid.row_kind
        size = self.grid.rows if rows else self.grid.columns
        line = self.grid.row_line if rows else self.grid.column_line
        lines = [line(at) for at in range(first, min(first + count, size))]
        while len(lines) < count:
            lines.append(self._next_period(lines) if kind == "period" else self._unnamed(kind))
        return lines

    def by_name(self, kind: str, names: Sequence[str]) -> list[Line]:
        if kind == "period":
            lines = [Line(period=parse_period(self.table.periods.kind, name)) for name in names]
        else:
            lines = [self._named(kind, name) if name.strip() else self._unnamed(kind) for name in names]
        seen: set[Line] = set()
        for line, name in zip(lines, names, strict=True):
            if line in seen:
                raise refuse("Nothing was pasted: “{name}” stands twice in the block.", name=name.strip())
            seen.add(line)
        return lines

    def write(
        self, rows: Sequence[Line], columns: Sequence[Line], values: Values, by_headers: bool = False
    ) -> Write | None:
        """The edit; a new series is made only where it gets a number, in sectors × measures."""
        table = self.table
        if self.grid.row_kind == "place":
            pairs = [
                (row.key[:3] + column.key[3:], values[i][j])
                for i, row in enumerate(rows)
                for j, column in enumerate(columns)
            ]
            kept = [(key, value) for key, value in pairs if value is not None or table.find(key) >= 0]
            series, block = [key for key, _ in kept], [[value] for _, value in kept]
            periods = list(table.periods.values[self.grid.period : self.grid.period + 1])
        else:
            down = self.grid.row_kind == "period"
            series = [line.key for line in (columns if down else rows)]
            periods = [line.period for line in (rows if down else columns) if line.period is not None]
            block = [list(each) for each in (zip(*values, strict=True) if down else values)]
        grows = bool(self.new) or not set(periods) <= set(table.periods.values)
        if not series or not periods or (grows and all(value is None for line in block for value in line)):
            return None
        arguments = {
            "series": tuple(series),
            "periods": tuple(periods),
            "values": tuple(tuple(line) for line in block),
            "labels": {dimension: tuple(new) for dimension, new in self.new.items()},
        }
        return Write(arguments, by_headers)

    def _next_period(self, lines: Sequence[Line]) -> Line:
        known = {*self.table.periods.values, *(line.period for line in lines if line.period is not None)}
        following = next_period(Periods(self.table.periods.kind, tuple(sorted(known))))
        if following is None:
            raise refuse("The table cannot grow here: nothing says which period comes next. Add it first.")
        return Line(period=following)

    def _unnamed(self, kind: str) -> Line:
        dimension = growing_dimension(self.grid, kind)
        label = unnamed(dimension, self.fresh(), [*self.table.labels[dimension], *self.new.get(dimension, [])])
        return self._with(kind, {dimension: label})

    def _named(self, kind: str, name: str) -> Line:
        dimensions = ("measure",) if kind == "measure" else self.grid.shown_dimensions
        parts = [part.strip() for part in self._without_unit(name).split(LEVELS.strip())]
        if len(parts) != len(dimensions) or not all(parts):
            dimensions, parts = (growing_dimension(self.grid, kind),), [name.strip()]
        return self._with(kind, {each: self._label(each, part) for each, part in zip(dimensions, parts, strict=True)})

    def _label(self, dimension: str, name: str) -> Label:
        for label in self.new.get(dimension, []):
            if name in {label.name.en, label.name.zh}:
                return label
        return named(self.project, dimension, name, self.table)

    def _with(self, kind: str, labels: Mapping[str, Label]) -> Line:
        """A line like the last one, but with these labels; new labels are kept for the edit."""
        key = dict(zip(DIMENSIONS, self._template(), strict=True))
        for dimension, label in labels.items():
            key[dimension] = label.id
            known = [*self.table.labels[dimension], *self.new.get(dimension, [])]
            if label.id not in {each.id for each in known}:
                self.new.setdefault(dimension, []).append(label)
        allowed = {"place": PLACE, "measure": ("measure",)}.get(kind, DIMENSIONS)
        reporter, partner, sector, measure = (key[each] if each in allowed else "" for each in DIMENSIONS)
        return Line((reporter, partner, sector, measure))

    def _template(self) -> Key:
        count = len(self.table.series)
        return self.table.key(count - 1) if count else ("", "", "", "")

    def _without_unit(self, name: str) -> str:
        """The header without the "(unit)" that a copy puts behind it."""
        plain = name.strip()
        for unit in self.table.units:
            for language in LANGUAGES:
                plain = plain.removesuffix(f" ({unit.show(language)})")
        return plain


def growing_dimension(grid: Grid, kind: str) -> str:
    """The dimension of which a new row or column gets a new label; "period" where it is a new period."""
    if kind == "period":
        return "period"
    if kind != "place":
        return "measure"
    varying = [each for each in ("sector", "reporter", "partner") if each in grid.shown_dimensions]
    return varying[0] if varying else "sector"


def spare_header(grid: Grid) -> Text | Bilingual | str | None:
    """What the row behind the last one would be; None where the table cannot grow there."""
    if not (grid.columns and grid.table.periods.values and len(grid.table.series)):
        return None
    dimension = growing_dimension(grid, grid.row_kind)
    if dimension == "period":
        following = next_period(grid.table.periods)
        return None if following is None else Periods(grid.table.periods.kind, (following,)).name(0)
    return unnamed(dimension, "new", grid.table.labels[dimension]).name


def as_values(numbers: Floats) -> list[list[float | None]]:
    """Numbers of a grid as values of an edit: NaN becomes None."""
    return [[None if value != value else value for value in line] for line in numbers.tolist()]
