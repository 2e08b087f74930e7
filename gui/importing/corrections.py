"""What a person can change about a mapping, as functions from one mapping to another."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from core.files.mapping import SheetMapping
from core.units import Unit

_SHARED = {"ignore", "value", "summed"}
"""Roles that more than one column can have."""


def with_column_role(mapping: SheetMapping, columns: Sequence[int], role: str) -> SheetMapping:
    """Give columns a role; one that only one column can have goes to the first of them and leaves its old column."""
    width = max((len(mapping.columns), *(at + 1 for at in columns)))
    roles = [*mapping.columns, *["ignore"] * (width - len(mapping.columns))]
    if role not in _SHARED:
        roles = ["ignore" if each == role else each for each in roles]
        columns = columns[:1]
    for at in columns:
        roles[at] = role
    return replace(mapping, columns=tuple(roles))


def with_level_role(mapping: SheetMapping, level: int, role: str) -> SheetMapping:
    """Say what a header row tells; two header rows never tell the same."""
    roles = ["ignore" if each == role else each for each in mapping.levels]
    roles[level] = role
    return replace(mapping, levels=tuple(roles))


def with_top(mapping: SheetMapping, row: int) -> SheetMapping:
    """More or fewer header rows above the last one; what a new one says is not known yet."""
    top = min(row, mapping.first - 1)
    new = ("ignore",) * max(0, mapping.header - top)
    return replace(mapping, header=top, levels=(*new, *mapping.levels[max(0, top - mapping.header) :]))


def with_first(mapping: SheetMapping, row: int) -> SheetMapping:
    """The table begins at a row: header rows in between are left out of it, header rows below it are data."""
    if row <= mapping.header:
        return replace(mapping, header=row, levels=())
    if row < mapping.first:
        return replace(mapping, levels=mapping.levels[: row - mapping.header])
    between = set(range(mapping.first, row))
    return replace(mapping, skipped=tuple(sorted({*mapping.skipped, *between})), end=max(mapping.end, row + 1))


def with_end(mapping: SheetMapping, row: int) -> SheetMapping:
    """The last row of the table."""
    return replace(mapping, end=max(row + 1, mapping.first))


def with_skipped(mapping: SheetMapping, rows: Collection[int], skip: bool) -> SheetMapping:
    """Leave rows of the table out, or take them in again."""
    found = {*mapping.skipped, *rows} if skip else set(mapping.skipped) - set(rows)
    return replace(mapping, skipped=tuple(sorted(found)))


def with_heading(mapping: SheetMapping, row: int, dimension: str) -> SheetMapping:
    """Rows with nothing but a label, as this one, name a dimension for the rows below them; "" for none."""
    return replace(with_skipped(mapping, (row,), not dimension), headings=dimension)


def with_unit(mapping: SheetMapping, columns: Sequence[int], unit: Unit | None) -> SheetMapping:
    """State the unit of single columns; None takes the statement back."""
    places = [str(at) for at in columns]
    units = {at: each for at, each in mapping.units.items() if at not in places}
    if unit is not None:
        units |= dict.fromkeys(places, unit)
    return replace(mapping, units=units)


def with_missing(mapping: SheetMapping, written: str) -> SheetMapping:
    """The marks of missing values, as a person lists them: "..; -; -99"."""
    marks = (mark.strip() for mark in re.split(r"[;；]", written))
    return replace(mapping, missing=tuple(dict.fromkeys(filter(None, marks))))


def missing_words(mapping: SheetMapping) -> str:
    """The marks of missing values as a list that can be edited."""
    return "; ".join(mark for mark in mapping.missing if mark.strip())


def with_meant(mapping: SheetMapping, dimension: str, name: str, label: str) -> SheetMapping:
    """A person confirms which label a name of the file stands for."""
    meant = {each: dict(names) for each, names in mapping.meant.items()}
    meant.setdefault(dimension, {})[name] = label
    return replace(mapping, meant=meant)
