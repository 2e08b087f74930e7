"""Which sheets belong together: those that lie alike, and that differ in what a constant or their name says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import PurePath

from core.economies import economy
from core.files.cells import common_kind, part_of_year, period_of, read_header, unit_and_name, words
from core.files.grid import Sheet
from core.files.guessing.heads import has_word
from core.files.guessing.shape import period_in
from core.files.mapping import SheetMapping
from core.files.margins import is_generic, measure_in, only_year
from core.measures import measure_label, measures, plain
from core.table import DIMENSIONS
from core.text import Text, text

_MANY = 3
"""Sheets that lie alike, after which one that says less than they do is a broken one of theirs."""
_LOOK = 60
_NAMED = 4
"""Titles that the name of a table of several files lists."""
_WORDS = re.compile(r"\d+|[^\W\d_]+|[\W_]+")
_LOOSE = re.compile(r"^(?:[\W_]|年)+|(?:[\W_](?:(?:of|in|by|for|to|from|the|and|at)(?![^\W_]))?)+$", re.IGNORECASE)
"""Signs and small words at the ends of a text that was cut out of a title."""


@dataclass(frozen=True, eq=False, slots=True)
class Use:
    """A sheet and what it means."""

    sheet: Sheet
    mapping: SheetMapping


@dataclass(frozen=True, eq=False, slots=True)
class Part:
    """Sheets that become one table. They say the same about the same dimensions, though not in the same cells."""

    uses: tuple[Use, ...]

    @property
    def name(self) -> str:
        """What a list of parts shows: the sheet, or the first of them."""
        return self.uses[0].sheet.name


@dataclass(frozen=True, eq=False, slots=True)
class Left:
    """A sheet that is not imported, and why."""

    sheet: Sheet
    reason: Text


def join(parts: Iterable[Part]) -> Part:
    """Several parts as one table; what it takes beyond that, building it says."""
    return Part(tuple(use for part in parts for use in part.uses))


def split(part: Part, at: int) -> tuple[Part, ...]:
    """The part without one of its sheets, and that sheet as a part of its own."""
    rest = tuple(use for n, use in enumerate(part.uses) if n != at)
    return (Part(rest), Part((part.uses[at],))) if rest else (part,)


def grouped(uses: Sequence[Use]) -> tuple[tuple[Part, ...], tuple[Left, ...]]:
    """The parts that sheets make, in the order of their first sheets, and the sheets that are broken ones."""
    groups: dict[tuple[tuple[object, ...], frozenset[str]], list[Use]] = {}
    for use in uses:
        groups.setdefault((_layout(use), _stated(use)), []).append(use)
    left = []
    for (layout, stated), group in list(groups.items()):
        fuller = [
            (each, many)
            for (other, each), many in groups.items()
            if other == layout and each > stated and len(many) >= _MANY and many[0].sheet.file == group[0].sheet.file
        ]
        if fuller and len(group) < len(fuller[0][1]):
            lacking = sorted(fuller[0][0] - stated)
            left += [Left(use.sheet, _lacks(lacking)) for use in group]
            del groups[layout, stated]
    return tuple(part for group in groups.values() for part in _joined(group)), tuple(left)


def _lacks(dimensions: Sequence[str]) -> Text:
    names = {
        "reporter": text("economy"),
        "partner": text("partner"),
        "sector": text("sector"),
        "measure": text("measure"),
        "year": text("year"),
    }
    return text(
        "It lies like the other sheets but does not say of which {dimensions} its numbers are.",
        dimensions=tuple(names[each] for each in dimensions),
    )


def _layout(use: Use) -> tuple[object, ...]:
    """What sheets of one table have in common."""
    mapping = use.mapping
    roles = {role.removesuffix("_code") for role in mapping.columns} - {"ignore", "value", "mark", "unit", "scale"}
    heads = frozenset[str]()
    if mapping.orientation in {"down", "one_year"}:
        rows = range(mapping.header, mapping.first)
        values = [at for at, role in enumerate(mapping.columns) if role == "value"]
        heads = frozenset(plain(unit_and_name(words(use.sheet.rows.cell(row, at)))[0]) for row in rows for at in values)
    return mapping.orientation, frozenset(mapping.levels) - {"ignore"}, frozenset(roles), heads, _kind(use)


def _kind(use: Use) -> str:
    kinds = common_kind((kind, value) for kind, value in _periods(use))[0]
    return "+".join(sorted(kinds)) or ("year" if use.mapping.year is not None else "none")


def _periods(use: Use) -> set[tuple[str, int]]:
    mapping, rows = use.mapping, use.sheet.rows
    if "year" in mapping.levels:
        row = mapping.header + mapping.levels.index("year")
        found = [period_in(rows.cell(row, at)) for at, role in enumerate(mapping.columns) if role == "value"]
    elif "year" in mapping.columns:
        at = mapping.columns.index("year")
        found = [period_of(rows.cell(row, at)) for row in _sample(mapping)]
    else:
        found = [("year", mapping.year)] if mapping.year is not None else []
    return {each for each in found if each is not None}


def _sample(mapping: SheetMapping) -> range:
    return range(mapping.first, mapping.end, max(1, (mapping.end - mapping.first) // _LOOK))


def _stated(use: Use) -> frozenset[str]:
    """What holds for all numbers of a sheet."""
    said = {each for each in DIMENSIONS if getattr(use.mapping, each)}
    return frozenset(said | ({"year"} if use.mapping.year is not None else set()))


def _key(use: Use) -> tuple[object, ...]:
    return (*(plain(getattr(use.mapping, each)) for each in DIMENSIONS), use.mapping.year)


def _joined(group: list[Use]) -> list[Part]:
    if len(group) == 1:
        return [Part((group[0],))]
    if _collide(group):
        group = _told_apart_by_name(group)
    parts: list[list[Use]] = []
    stated = {use for use in group if says_unit(use)}
    for use in group:
        home = next((part for part in parts if _agree([*part, use], stated) and not _collide([*part, use])), None)
        if home is None:
            parts.append([use])
        else:
            home.append(use)
    return [Part(tuple(_with_title(part))) for part in parts]


def _agree(uses: Sequence[Use], stated: Set[Use]) -> bool:
    """Whether no file states its unit where another one does not: none is to take over the unit of its neighbour."""
    return len({use.sheet.file for use in uses}) == 1 or len({use in stated for use in uses}) == 1


def says_unit(use: Use) -> bool:
    """Whether something says in which unit the numbers are, or they are no money."""
    mapping = use.mapping
    if mapping.says("unit") or mapping.unit.base:
        return True
    heads = [read_header(header) for header in headers(use)]
    names = {*_labels(use, "measure"), *(head.name for head in heads), mapping.measure} - {""}
    units = [*(head.unit for head in heads), *(unit_and_name(name)[1] for name in names)]
    stated = any(unit is not None and unit.base for unit in units)
    money = [name for name in names if (known := measures().get(measure_label(name).id)) and known.unit == "money"]
    return stated or (bool(names) and not money and bool(mapping.units))


def headers(use: Use) -> Iterable[str]:
    """What stands over the columns of numbers, row by row."""
    mapping, rows = use.mapping, use.sheet.rows
    for row in range(mapping.header, mapping.first):
        for at, role in enumerate(mapping.columns):
            if role == "value" and (header := words(rows.cell(row, at))):
                yield header


def _labels(use: Use, dimension: str) -> set[str]:
    columns = [at for at, role in enumerate(use.mapping.columns) if role == dimension]
    rows = range(use.mapping.first, min(use.mapping.end, use.mapping.first + 200))
    return {words(use.sheet.rows.cell(row, at)) for row in rows for at in columns} - {""}


def _with_title(uses: Sequence[Use]) -> Sequence[Use]:
    """Where their titles differ, sheets of one file are called after it, and several files by what they share."""
    titles = [*dict.fromkeys(use.mapping.title for use in uses)]
    if len(titles) == 1:
        return uses
    files = [*dict.fromkeys(PurePath(use.sheet.file).stem for use in uses)]
    title = files[0] if len(files) == 1 and files[0] else _shared(titles) or " · ".join(titles[:_NAMED])
    return [replace(use, mapping=replace(use.mapping, title=title)) for use in uses]


def _shared(titles: Sequence[str]) -> str:
    """The words with which all titles begin, and those with which all end; "" where there are none."""
    split = [_WORDS.findall(each) for each in titles]
    least = min(map(len, split))
    same = [len({plain(each[at]) for each in split}) == 1 for at in range(least)]
    first = next((at for at, each in enumerate(same) if not each), least)
    same = [len({plain(each[-1 - at]) for each in split}) == 1 for at in range(least - first)]
    last = next((at for at, each in enumerate(same) if not each), least - first)
    ends = ("".join(split[0][:first]), "".join(split[0][len(split[0]) - last :]))
    title = " ".join(bare for each in ends if (bare := _LOOSE.sub("", each))).replace("_", " ")
    return title if sum(map(str.isalpha, title)) > 1 and not is_generic(title) else ""


def _collide(uses: Sequence[Use]) -> bool:
    """Whether two sheets speak of the same series and periods, as far as a look at some rows tells."""
    by_key: dict[object, list[Use]] = {}
    for use in uses:
        by_key.setdefault(_key(use), []).append(use)
    for same in by_key.values():
        extents = [_extent(use) for use in same] if len(same) > 1 else []
        for at, first in enumerate(extents):
            if any(all(a & b for a, b in zip(first, second, strict=True)) for second in extents[at + 1 :]):
                return True
    return False


def _extent(use: Use) -> list[set[object]]:
    """Periods, and texts of each dimension that columns name."""
    mapping, rows = use.mapping, use.sheet.rows
    found: list[set[object]] = [{*_periods(use)} or {None}]
    for dimension in DIMENSIONS:
        columns = [at for at, role in enumerate(mapping.columns) if role in {dimension, f"{dimension}_code"}]
        if columns:
            found.append({plain(words(rows.cell(row, columns[0]))) for row in _sample(mapping)})
    return found


def _told_apart_by_name(group: list[Use]) -> list[Use]:
    """The sheets with what their names say, where that tells them apart: year, flow, economy, else sector."""
    files = len({use.sheet.file for use in group}) == len(group)
    names = [PurePath(use.sheet.file).stem if files else use.sheet.name for use in group]
    stacked = not files and len({name.partition(": ")[0] for name in names}) < len(names)
    if len({*names}) < len(names) or stacked or any(is_generic(name) for name in names):
        return group
    mappings = [use.mapping for use in group]
    free = [
        each for each in DIMENSIONS if not any(mapping.says(each) or getattr(mapping, each) for mapping in mappings)
    ]
    ways: list[tuple[str, Callable[[str], object]]] = []
    if not any(mapping.says("year") for mapping in mappings):
        ways.append(("year", only_year))
    if "measure" in free:
        ways.append(("measure", measure_in))
    ways += [(each, _economy_in) for each in free if each in {"reporter", "partner"}]
    if "sector" in free and not files and not any(_is_vintage(name) for name in names):
        ways.append(("sector", lambda name: name))
    for role, says in ways:
        found = [says(name) for name in names]
        if all(found) and len({*found}) > 1:
            told = [
                replace(use, mapping=replace(use.mapping, **{role: value}))  # type: ignore[arg-type]
                for use, value in zip(group, found, strict=True)
            ]
            if not _collide(told):
                return told
    return group


def _is_vintage(name: str) -> bool:
    """Whether a name says when or how a table was made, and not what it is about: "May", "revised", "v2"."""
    dated = part_of_year(name) is not None or period_in(name) is not None
    return (
        dated or has_word(name, "vintage") or re.fullmatch(r"\d+|v(?:er(?:sion)?)?[ ._]?\d+", plain(name)) is not None
    )


def _economy_in(name: str) -> str:
    """The one economy that a name mentions, as it is written there."""
    parts = [each for each in re.split(r"[\s_\-,.()]+", name) if each]
    found: dict[str, str] = {}
    taken: set[int] = set()
    for length in range(min(5, len(parts)), 0, -1):
        for at in range(len(parts) - length + 1):
            written = " ".join(parts[at : at + length])
            if not taken & {*range(at, at + length)} and len(written) > 1 and (match := economy(written)) is not None:
                found.setdefault(match.id, written)
                taken |= {*range(at, at + length)}
    return next(iter(found.values())) if len(found) == 1 else ""
