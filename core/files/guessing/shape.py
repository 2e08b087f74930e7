"""Where the header of a sheet is, and whether its periods stand across, down, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.files.cells import Period, blank, common_kind, period_of, read_header, words
from core.files.grid import Cell
from core.files.guessing.heads import letter_roles, roles_of
from core.files.guessing.look import NEAR, Look, is_gap

_FINEST = ("none", "year", "quarter", "month", "date")


@dataclass(frozen=True, slots=True)
class Shape:
    """`row` is the last header row, or with `across` the one of the periods. `year` is a column of periods."""

    row: int
    across: bool = False
    year: int | None = None


def find_shape(look: Look, orientation: str, header: int | None) -> Shape:
    """The most likely place of header and periods; a person may have said either."""
    near = look.filled[:NEAR]
    allowed = [at for at in near if at == header or (header is None and not look.is_margin(at))]
    stated = not orientation and look.years_stated
    down, across = orientation in {"", "down", "long"}, orientation in {"", "across"} and not stated
    if down and (found := _word_for_year(look, allowed)) is not None:
        return found
    if across and (row := _years_across(look, allowed, 2)) is not None:
        return Shape(row, across=True)
    if down and not stated and (found := _years_down(look, header)) is not None:
        return found
    if across and (row := _years_across(look, allowed, 1)) is not None:
        return Shape(row, across=True)
    return Shape(_last_header(look) if header is None else header)


def period_in(cell: Cell) -> Period | None:
    """The period of a header cell, which may say more than that."""
    return period_of(cell) or (read_header(words(cell)).period if isinstance(cell, str) else None)


def period_columns(look: Look, row: int) -> list[int]:
    """The columns under the periods of a header row, as far as they are all of the kind that most are."""
    found = {at: period for at in look.columns if (period := period_in(look.cell(row, at))) is not None}
    if len(common_kind(found.values())[0]) <= 1:
        return list(found)
    kinds = [kind for kind, _ in found.values()]
    most = max(dict.fromkeys(kinds), key=kinds.count)
    return [at for at, (kind, _) in found.items() if kind == most]


def _word_for_year(look: Look, allowed: Sequence[int]) -> Shape | None:
    """A row that names a column of periods; of several the one with the finest."""
    for row in allowed:
        named = [at for at in look.columns if "year" in roles_of(look.words(row, at))]
        named += [at for at, role in letter_roles([words(cell) for cell in look.row(row)]).items() if role == "year"]
        named = [at for at in named if look.periods_below(row, at)]
        if named:
            return Shape(row, year=max(named, key=lambda at: (_fineness(look, row, at), -at)))
    return None


def _fineness(look: Look, row: int, column: int) -> int:
    periods = [period for at in look.near(row) if (period := period_of(look.cell(at, column))) is not None]
    kinds, _ = common_kind(periods)
    return max((_FINEST.index(kind) for kind in kinds), default=0)


def _years_across(look: Look, allowed: Sequence[int], least: int) -> int | None:
    """A row of periods right of labels, with numbers below."""
    for row in allowed:
        columns = [at for at in look.columns if period_in(look.cell(row, at)) is not None]
        if len(columns) < least or columns[0] == 0 or not _are_mostly_periods(look, row, columns):
            continue
        named = any({*roles_of(look.words(row, at))} - {"year"} for at in range(columns[0]))
        if not named and look.periods_below(row, columns[0]):
            continue
        if len(allowed) > 1 and _are_data(look, row, columns):
            continue
        below = look.near(row)
        labelled = any(isinstance(look.cell(at, column), str) for at in (row, *below) for column in range(columns[0]))
        numbers = any(look.holds_value(look.cell(at, column)) for at in below for column in columns)
        if labelled and numbers:
            return row
    return None


def _are_mostly_periods(look: Look, row: int, columns: Sequence[int]) -> bool:
    """Whether a row of headers is one of periods: no plain numbers, and few headers that only mention a year."""
    rest = [
        cell for at in look.columns if at > columns[0] and at not in columns and not blank(cell := look.cell(row, at))
    ]
    if any(look.holds_value(cell) for cell in rest):
        return False
    bare = all(period_of(look.cell(row, at)) is not None for at in columns)
    return bare or len(columns) > 1.5 * len(rest)


def _are_data(look: Look, row: int, columns: Sequence[int]) -> bool:
    """Whether what looks like years are numbers below a header of their own; years that repeat are none."""
    above = [look.words(row - 1, at) for at in columns]
    periods = [period_in(look.cell(row, at)) for at in columns]
    return all(above) and len({*above}) == len(above) and len({*periods}) == len(periods)


def _years_down(look: Look, header: int | None) -> Shape | None:
    """The row above a column of periods that no word announces."""
    for column in [at for at in look.columns if at < NEAR]:
        for start in look.filled[:NEAR]:
            if header is not None and start <= header:
                continue
            if period_of(look.cell(start, column)) is None or period_of(look.cell(start - 1, column)) is not None:
                continue
            if not look.periods_below(start - 1, column) or look.number(start - 1, column) is not None:
                continue
            others = any(look.holds_value(look.cell(start, at)) for at in look.columns if at != column)
            above = [at for at in look.filled[:NEAR] if at < start]
            if others and above and not _is_data(look, above[-1], column) and not _is_named(look, above[-1], column):
                return Shape(above[-1], year=column)
    return None


def _is_data(look: Look, row: int, column: int) -> bool:
    """Whether a row has a label left of a column and numbers right of it, as no header has."""
    cells = look.row(row)
    return any(isinstance(cell, str) for cell in cells[:column]) and any(map(look.holds_value, cells[column + 1 :]))


def _is_named(look: Look, row: int, column: int) -> bool:
    """Whether a header says that its column is something else than periods."""
    header = look.words(row, column)
    return bool({*roles_of(header)} - {"year", "within_year", "ignored"}) or look.names.knows("measure", header)


def _last_header(look: Look) -> int:
    """The last row above the first one that holds numbers right of its first cell."""
    rows = [at for at in look.filled[: 10 * NEAR] if not look.is_margin(at)] or look.filled
    first = next((at for at in rows if any(map(look.holds_value, look.row(at)[1:]))), rows[-1])
    above = [at for at in rows if at < first]
    heads = [at for at in above if not _is_heading(look, at)]
    while len(heads) > 1 and _is_without_numbers(look, heads):
        heads.pop()
    return (heads or above or [first])[-1]


def _is_without_numbers(look: Look, heads: Sequence[int]) -> bool:
    """Whether the last of some rows is data without numbers: it says nothing where a row above heads numbers."""
    below = look.near(heads[-1])[:5]
    numeric = [at for at in look.columns if at > 0 and any(look.holds_value(look.cell(row, at)) for row in below)]
    labelled = any(look.words(heads[-1], at) for at in look.columns if at not in numeric)
    said = any(not is_gap(look.cell(row, at), codes=True) for row in heads[:-1] for at in numeric)
    return labelled and said and all(is_gap(look.cell(heads[-1], at)) for at in numeric)


def _is_heading(look: Look, row: int) -> bool:
    """Whether a row has one cell only, which is a year or a flow: it heads the rows below it, not the columns."""
    cells = look.row(row)
    text = words(cells[0]) if len(cells) == 1 else ""
    return bool(text) and (period_of(cells[0]) is not None or look.names.knows("measure", text))
