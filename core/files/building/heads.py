"""What the header says about each value column: labels, period, unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError, refuse
from core.files.building.labels import Coder
from core.files.cells import Head, Period, address, part_of_year, period_of, read_header, unit_and_name, words
from core.files.grid import Cell, Sheet
from core.files.guessing.phrases import dimension_of_flows, named_flow, traded
from core.files.mapping import SheetMapping
from core.files.values import KINDS, holds_number
from core.measures import measure_label, measures, plain
from core.numbers import parse_number
from core.table import DIMENSIONS, Mark
from core.units import Unit, parse_unit

_NOTE = KINDS.index("note")


@dataclass(slots=True)
class ValueColumn:
    """What the header says about a value column. `codes` are labels by dimension."""

    at: int
    codes: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    period: Period | None = None
    unit: Unit | None = None
    mark: Mark | None = None


def read_heads(sheet: Sheet, mapping: SheetMapping, coder: Coder) -> list[ValueColumn]:
    """The value columns; raises UserError where there are none, or where a header of years says none."""
    heads = [ValueColumn(at) for at, role in enumerate(mapping.columns) if role == "value"]
    if not heads:
        raise refuse("No column of the sheet “{sheet}” holds values.", sheet=sheet.name)
    if mapping.says("within_year") and not mapping.says("year") and mapping.year is None and mapping.headings != "year":
        raise refuse(
            "The sheet “{sheet}” names months or quarters and no year. Choose the year that they belong to.",
            sheet=sheet.name,
        )
    for level, meaning in enumerate(mapping.levels):
        row, carried = mapping.header + level, None
        flows = _flows(sheet, row, heads, mapping) if meaning == "measure" else None
        for head in heads:
            cell = _cell(sheet, row, head.at)
            if not words(cell) and level + 1 < len(mapping.levels):
                cell = carried
            carried = cell
            if flows is not None:
                head.names |= flows[head.at]
                head.unit = unit_and_name(words(cell))[1] or head.unit
                continue
            _read(head, meaning, cell, row, mapping)
    _tell_apart(heads, mapping)
    coder.names.reserve(head.names.get("measure", "") for head in heads)
    for head in heads:
        for dimension, name in head.names.items():
            head.codes[dimension] = coder.code(dimension, name, "", mapping.meant.get(dimension, {}))
        head.unit = mapping.units.get(str(head.at), head.unit)
        _refuse_index(head, sheet, mapping)
    return heads


def _refuse_index(head: ValueColumn, sheet: Sheet, mapping: SheetMapping) -> None:
    """Indices of a price or volume are no amounts, from which balances and shares could be computed."""
    name, unit = head.names.get("measure", mapping.measure), head.unit or mapping.unit
    known = measures().get(measure_label(name).id) if unit.base.startswith("index") else None
    if known is not None and known.unit == "money":
        raise refuse(
            "The sheet “{sheet}” gives {measure} as indices ({unit}), not as amounts. "
            "Import a table of amounts, or ignore the column.",
            sheet=sheet.name,
            measure=known.name,
            unit=unit.base.removeprefix("index, "),
        )


def _flows(
    sheet: Sheet, row: int, heads: Sequence[ValueColumn], mapping: SheetMapping
) -> dict[int, dict[str, str]] | None:
    """What headers say that name more than a flow, where all do: "Imports of Japan from China", "Travel exports"."""
    texts = {head.at: words(_cell(sheet, row, head.at)) for head in heads}
    dimension = dimension_of_flows(tuple(texts.values()), mapping.title)
    if dimension == "economy":
        dimension = "partner" if mapping.reporter or mapping.says("reporter") else "reporter"
    if dimension and not mapping.says(dimension):
        named = {at: named_flow(text) for at, text in texts.items()}
        return {at: {dimension: each[0], "measure": each[1]} for at, each in named.items() if each is not None}
    said = {at: traded(text) for at, text in texts.items()}
    if mapping.says("reporter") or mapping.says("partner") or not all(said.values()):
        return None
    parts = {
        at: (("measure", each.measure), ("reporter", each.reporter), ("partner", each.partner))
        for at, each in said.items()
        if each
    }
    return {at: {key: name for key, name in each if name} for at, each in parts.items()}


def take_percents(
    heads: Sequence[ValueColumn], kinds: NDArray[np.uint8], texts: NDArray[np.int32], strings: Sequence[str]
) -> None:
    """A column in which each number has a per cent sign is in per cent; the sign is no footnote then."""
    for head, kind, codes in zip(heads, kinds, texts, strict=True):
        noted = kind == _NOTE
        if noted.any() and bool((noted == holds_number(kind)).all()):
            written = np.unique(codes[noted]).tolist()
            if all(strings[code - 1].rstrip().endswith("%") for code in written):
                head.unit = head.unit or Unit("%")
                kind[noted] = 1


def unit_at(written: str, row: int, column: int) -> Unit:
    """A unit that is written in a cell; raises UserError with the cell where it is none."""
    try:
        return parse_unit(written)
    except UserError as error:
        raise refuse("{cell}: {reason}", cell=address(row, column), reason=error.message) from error


def mark_of(note: str) -> Mark | None:
    """The mark that a note beside a period stands for: "2018e" is estimated."""
    if not note:
        return None
    sign = note.casefold().strip(".()[] ")
    estimated, revised = sign in {"e", "est", "f", "预测", "预计"}, sign in {"r", "rev"}
    return Mark("estimated" if estimated else "revised" if revised else "note", note)


def joined_period(year: Period | None, part: Period | None) -> Period | None:
    """A year and a month or quarter of it as one period."""
    if year is None or part is None or year[0] != "year":
        return year
    return part[0], year[1] * (10 if part[0] == "quarter" else 100) + part[1]


def _read(head: ValueColumn, meaning: str, cell: Cell, row: int, mapping: SheetMapping) -> None:
    text = words(cell)
    if meaning == "year":
        said = Head(period_of(cell)) if isinstance(cell, float) else read_header(text)
        if said.period is None:
            raise refuse(
                "{cell} says “{text}”, which is no year. Ignore the column, or correct the header row.",
                cell=address(row, head.at),
                text=text,
            )
        head.period, head.unit, head.mark = said.period, said.unit or head.unit, mark_of(said.note)
        if said.name and not mapping.measure and not mapping.says("measure"):
            head.names["measure"] = said.name
    elif meaning == "within_year":
        year = ("year", mapping.year) if mapping.year is not None else None
        head.period = joined_period(head.period or year, part_of_year(cell))
    elif meaning == "unit" and text:
        head.unit = unit_at(text, row, head.at)
    elif text:
        name, unit = unit_and_name(text)
        head.unit = unit or head.unit
        if meaning in DIMENSIONS and name:
            head.names[meaning] = f"{head.names[meaning]} {name}" if meaning in head.names else name


def _tell_apart(heads: list[ValueColumn], mapping: SheetMapping) -> None:
    """A name that stands over several columns of the same labels belongs to the column left of each."""
    if "measure" not in mapping.levels or "year" in mapping.levels:
        return
    _tell_units_apart(heads)
    same = Counter(_identity(head) for head in heads)
    before, renamed = "", dict[int, str]()
    for head in heads:
        name = head.names.get("measure", "")
        if same[_identity(head)] == 1:
            before = name
        elif before and name:
            renamed[head.at] = f"{before} {name}"
    taken = Counter[tuple[object, ...]]()
    for head in heads:
        if head.at in renamed:
            head.names["measure"] = renamed[head.at]
        taken[_identity(head)] += 1
        if (again := taken[_identity(head)]) > 1 and head.at in renamed:
            head.names["measure"] += f" ({again})"


def _tell_units_apart(heads: Sequence[ValueColumn]) -> None:
    """One measure in two units is two measures: "Exports (US$ million)" beside "Exports (INR million)"."""
    first: dict[object, Unit] = {}
    for head in heads:
        if (
            head.unit is not None
            and head.names.get("measure")
            and first.setdefault(_identity(head), head.unit) != head.unit
        ):
            head.names["measure"] += f" ({head.unit.show('en')})"


def _identity(head: ValueColumn) -> tuple[object, ...]:
    return (head.period, *sorted(head.names.items()))


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    cell = sheet.rows.cell(row, column)
    if not words(cell):
        for first, left, last, right in sheet.merged:
            if first <= row <= last and left <= column <= right:
                return sheet.rows.cell(first, left)
    return cell


def scale_at(written: str) -> float:
    """The factor that a cell of a column of scales states: 6, "6" or "Millions"; raises UserError for none."""
    number = number_in(written)
    if number is not None:
        return float(10**number) if 0 <= number <= 15 and number == int(number) else number
    if plain(written) in {"unit", "units", "ones", "1s", "个", "元"}:
        return 1.0
    try:
        return parse_unit(f"{written} USD").scale
    except UserError as error:
        raise refuse(
            "“{text}” is no scale. Write a power of ten such as 6, or a word such as “millions”.", text=written
        ) from error


def number_in(text: str) -> float | None:
    """The number that a text is, or None."""
    try:
        return parse_number(text)
    except UserError:
        return None
