"""Families of files: the mapping of one is remembered by the words of its header and fits the next one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from core.codec import Malformed, decode, encode
from core.errors import UserError, refuse
from core.files.cells import blank, period_of, words
from core.files.grid import Sheet
from core.files.guess import guess
from core.files.mapping import NO_UNIT, Labels, SheetMapping
from core.measures import plain
from core.table import DIMENSIONS
from core.text import Text, text

MOST = 200
"""Mappings that are remembered without a name; the oldest go first."""
_ROWS, _COLUMNS = 100, 4000
_DIGITS = re.compile(r"\d+(?:[-./]\d+)*")
_UNKNOWN: Labels = dict.fromkeys(DIMENSIONS, ())
_VERSION = 1
_CONSTANTS = (*DIMENSIONS, "unit", "decimal")

Column = tuple[str, ...]
"""What the header rows say over one column, without periods and numbers."""
Run = tuple[Column, int]
"""Columns side by side of which the header says the same, and how many they are."""


@dataclass(frozen=True, slots=True)
class Family:
    """A remembered mapping. `name` is what a person called it, "" for one that was remembered by itself.

    `constants` is what the detection made of the whole sheet before a person corrected it, by field.
    """

    shape: str
    runs: tuple[Run, ...]
    mapping: SheetMapping
    constants: Mapping[str, str]
    name: str = ""


def shape_of(sheet: Sheet, mapping: SheetMapping) -> str:
    """A signature of the header: equal for files of one family, whatever years they have. "" without a header."""
    return _signature(_runs(sheet, mapping.header, len(mapping.levels)))


@dataclass(frozen=True, slots=True)
class Families:
    """What is remembered, the latest at the end. Holds layouts and what they mean, no numbers, folders or titles."""

    known: tuple[Family, ...] = ()

    def remembered(self, sheet: Sheet, mapping: SheetMapping, name: str = "") -> Families:
        """With a mapping that a person accepted; it takes the place of one for the same shape, or of the same name."""
        runs = _runs(sheet, mapping.header, len(mapping.levels))
        shape = _signature(runs)
        if not shape:
            return self
        same = [each for each in self.known if each.shape == shape]
        name = name.strip() or next((each.name for each in reversed(same)), "")
        family = Family(shape, runs, _without_data(mapping), _constants(_fresh(sheet)), name)
        rest = tuple(each for each in self.known if each.shape != shape and not (name and each.name == name))
        return Families(_fewest((*rest, family)))

    def family(self, sheet: Sheet) -> Family | None:
        """The family that a sheet belongs to."""
        found = self._find(sheet)
        return found[0] if found else None

    def recall(self, sheet: Sheet) -> SheetMapping | None:
        """The remembered mapping of a sheet of a known shape, with its own rows, years and texts; else None."""
        found = self._find(sheet)
        if found is None:
            return None
        family, header = found
        return _transferred(family, sheet, header)

    def applied(self, name: str, sheet: Sheet) -> SheetMapping:
        """A mapping that a person chose by its name; raises UserError where the header says something else."""
        family = self._named(name)
        found = Families((family,))._find(sheet)
        if found is None:
            raise refuse(
                "The header of the sheet “{sheet}” is not that of the layout “{name}”. Correct it by hand.",
                sheet=sheet.name,
                name=name,
            )
        return _transferred(family, sheet, found[1])

    def names(self) -> tuple[str, ...]:
        """The names that people gave, in alphabetical order."""
        return tuple(sorted({each.name for each in self.known if each.name}, key=str.casefold))

    def forgotten(self, name: str) -> Families:
        """Without the mapping of this name."""
        return Families(tuple(each for each in self.known if each.name != name))

    def to_json(self) -> str:
        """All that is remembered."""
        return _to_json(self.known)

    def exported(self, name: str) -> str:
        """One named mapping as a file that somebody else can use. Raises UserError where there is none."""
        return _to_json((self._named(name),))

    def with_file(self, content: str) -> Families:
        """With the named mappings of a file that somebody exported. Raises UserError where it holds none."""
        try:
            added = [each for each in _of_json(content) if each.name]
        except Malformed:
            added = []
        if not added:
            raise refuse("The file holds no saved layout. Choose a file that was exported here.")
        taken = {each.shape for each in added} | {each.name for each in added}
        kept = tuple(each for each in self.known if not {each.shape, each.name} & taken)
        return Families(_fewest((*kept, *added)))

    def _named(self, name: str) -> Family:
        found = next((each for each in self.known if each.name == name), None)
        if found is None:
            raise refuse("There is no layout “{name}”.", name=name)
        return found

    def _find(self, sheet: Sheet) -> tuple[Family, int] | None:
        by_shape = {each.shape: each for each in self.known}
        for height in sorted({len(each.mapping.levels) for each in self.known}, reverse=True):
            for row in range(min(len(sheet.rows), _ROWS)):
                family = by_shape.get(_signature(_runs(sheet, row, height)))
                if family is not None and len(family.mapping.levels) == height:
                    return family, row
        return None


def from_json(content: str) -> tuple[Families, Text | None]:
    """What was remembered, and why nothing is where the text is damaged."""
    try:
        return Families(_fewest(_of_json(content))), None
    except Malformed:
        return Families(), text("The remembered layouts cannot be read and are forgotten.")


def _to_json(families: Sequence[Family]) -> str:
    return json.dumps({"version": _VERSION, "layouts": encode(tuple(families))}, ensure_ascii=False, indent=1)


def _of_json(content: str) -> tuple[Family, ...]:
    try:
        data = json.loads(content)
        found = decode(tuple[Family, ...], data["layouts"])
    except (TypeError, LookupError, ValueError, RecursionError) as error:
        raise Malformed(f"layouts: {error}") from error
    for each in found:
        count = sum(length for _, length in each.runs)
        if each.shape != _signature(each.runs) or not each.shape or len(each.mapping.columns) < count:
            raise Malformed("a layout does not fit its header")
    return found


def _fewest(families: Sequence[Family]) -> tuple[Family, ...]:
    unnamed = [each for each in families if not each.name][-MOST:]
    return tuple(each for each in families if each.name or each in unnamed)


# ---- the header ----


def _runs(sheet: Sheet, header: int, height: int) -> tuple[Run, ...]:
    rows = sheet.rows[max(header, 0) : header + height]
    width = min(max((len(row) for row in rows), default=0), _COLUMNS)
    columns = [tuple(_token(row[at] if at < len(row) else None) for row in rows) for at in range(width)]
    while columns and not any(columns[-1]):
        columns.pop()
    return tuple((column, len(list(same))) for column, same in groupby(columns))


def _token(cell: str | float | None) -> str:
    if blank(cell):
        return ""
    if period_of(cell) is not None:
        return "#"
    return _DIGITS.sub("#", plain(words(cell)))


def _signature(runs: Sequence[Run]) -> str:
    """Nothing for a header without words: years alone do not tell one file from another."""
    if not any(word.strip("#") for column, _ in runs for word in column):
        return ""
    return json.dumps([column for column, _ in runs], ensure_ascii=False)


# ---- from one sheet to another ----


def _without_data(mapping: SheetMapping) -> SheetMapping:
    """What holds for other files too; what became of the contradictions of one is no rule for those of the next."""
    return replace(mapping, title="", source="", note="", header=0, end=0, skipped=(), year=None, twice="")


def _fresh(sheet: Sheet) -> SheetMapping | None:
    try:
        return guess(sheet, _UNKNOWN)
    except UserError:
        return None


def _constants(mapping: SheetMapping | None) -> dict[str, str]:
    return {each: str(getattr(mapping, each)) for each in _CONSTANTS} if mapping is not None else {}


def _transferred(family: Family, sheet: Sheet, header: int) -> SheetMapping:
    """Roles, units and choices from memory; rows, title and year from what the sheet says of itself.

    A constant of the sheet comes from memory where the detection says what it said then: another value is news.
    """
    old, fresh = family.mapping, _fresh(sheet)
    place = _places(family.runs, _runs(sheet, header, len(old.levels)), old.columns)
    columns = tuple(old.columns[at] for at in place)
    new = replace(
        old,
        header=header,
        columns=columns,
        end=_end(sheet, header + len(old.levels), columns),
        units={str(at): old.units[str(was)] for at, was in enumerate(place) if str(was) in old.units},
        title=sheet.name,
    )
    if fresh is None:
        return new
    said = _constants(fresh)
    news = {
        each: getattr(fresh, each)
        for each in _CONSTANTS
        if said[each] != family.constants.get(each) and getattr(fresh, each) not in {"", NO_UNIT}
    }
    news = {each: value for each, value in news.items() if each not in DIMENSIONS or not new.says(each)}
    if fresh.header + len(fresh.levels) == new.first:
        news |= {"end": fresh.end, "skipped": fresh.skipped}
    missing = tuple(dict.fromkeys((*old.missing, *fresh.missing)))
    year = None if new.says("year") else fresh.year
    return replace(new, **news, title=fresh.title, source=fresh.source, note=fresh.note, missing=missing, year=year)


def _places(old: Sequence[Run], new: Sequence[Run], roles: Sequence[str]) -> list[int]:
    """For each column of a sheet that of the remembered one which it follows; further years are as the last of them."""
    places: list[int] = []
    start = 0
    for (_, before), (_, after) in zip(old, new, strict=True):
        same = range(start, start + before)
        last = next((at for at in reversed(same) if roles[at] == "value"), same[-1])
        places += [same[at] if at < before else last for at in range(after)]
        start += before
    return places


def _end(sheet: Sheet, first: int, columns: Sequence[str]) -> int:
    """The row after the last one that holds something in a column of values."""
    at = [column for column, role in enumerate(columns) if role == "value"]
    filled = sheet.rows.filled()[first:, :][:, [each for each in at if each < sheet.rows.width]]
    rows = np.flatnonzero(filled.any(axis=1))
    return first + int(rows[-1]) + 1 if len(rows) else first
