"""What each header row says about the columns of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from core.files.cells import blank, part_of_year, unit_and_name, words
from core.files.guessing.dimensions import dimension_of
from core.files.guessing.heads import has_word, letter_roles, roles_of, says_value
from core.files.guessing.look import Look
from core.files.guessing.phrases import named_flow
from core.files.guessing.shape import period_in
from core.files.margins import measure_in, read_margins
from core.measures import plain
from core.table import DIMENSIONS

_MOST = 4
"""Header rows above or below the one of the periods."""


def across_levels(look: Look, row: int, years: Sequence[int]) -> tuple[int, int, list[int]]:
    """First and last header row around a row of periods, and the columns of numbers.

    A label-only row below the years belongs to the header; so does a row that names something under each year, and
    then a year written once stands for all columns up to the next one.
    """
    last, columns = row, list(years)
    for below in range(row + 1, row + 1 + _MOST):
        cells = {at: cell for at in look.columns if not blank(cell := look.cell(below, at))}
        over = [at for at in cells if at >= years[0]]
        if not cells or any(look.holds_value(cell) for cell in cells.values()):
            break
        after = next((at for at in look.filled if at > below), below)
        if not over:
            if not _is_label_row(look, row, below, after, years):
                break
        elif (
            len(over) < 2
            or _has_data_labels(look, below, years)
            or not all(isinstance(cells[at], str) for at in over)
            or not _heads_numbers(look, below, over)
        ):
            break
        else:
            columns = over
        last = below
    top = row
    while row - top < _MOST and _is_upper(look, top - 1, columns):
        top -= 1
    repeated = len({period_in(look.cell(row, at)) for at in columns}) < len(columns) and last == row
    return (top if repeated or (top < row and _names_groups(look, top, row, columns)) else row), last, columns


def _is_label_row(look: Look, row: int, below: int, after: int, years: Sequence[int]) -> bool:
    """Whether a row without numbers names the label columns ("GEO (Labels)") rather than being a row of data."""
    labels = [at for at in look.columns if at < years[0] and look.words(below, at)]
    if after == below or (look.is_margin(below) and len(labels) > 1):
        return False
    text = look.words(below, labels[0]) if labels else ""
    known = any(look.names.knows(each, text) for each in ("reporter", "sector", "measure"))
    named = bool({*roles_of(text)} & {*DIMENSIONS, "code"})
    above = look.words(row, labels[0]) if labels else ""
    return bool(labels) and not known and named and (not above or "year" in roles_of(above))


def _has_data_labels(look: Look, row: int, years: Sequence[int]) -> bool:
    """Whether the labels of a row are those of data, and not headers of their columns."""
    labels = [text for at in look.columns if at < years[0] and (text := look.words(row, at))]
    return 2 * sum(not roles_of(text) for text in labels) > len(labels)


def _heads_numbers(look: Look, row: int, columns: Sequence[int]) -> bool:
    """Whether texts stand over numbers, as headers do, and are no signs of missing values."""
    numbers = any(look.holds_value(look.cell(at, column)) for at in look.near(row)[:3] for column in columns)
    return numbers and all(any(map(str.isalpha, look.words(row, at))) for at in columns)


def _is_upper(look: Look, row: int, columns: Sequence[int]) -> bool:
    """Whether a row right above names groups of the columns of numbers."""
    if row < 0 or look.is_margin(row):
        return False
    over = [at for at in look.columns if at >= columns[0] and not blank(look.cell(row, at))]
    return bool(over) and all(isinstance(look.cell(row, at), str) for at in over) and over[0] == columns[0]


def _names_groups(look: Look, top: int, row: int, columns: Sequence[int]) -> bool:
    return any(len({look.words(at, column) for column in columns} - {""}) > 1 for at in range(top, row))


def row_level(look: Look, row: int, first: int, year: int | None) -> bool:
    """Whether a row above the header names something over the numbers and nothing over the column of periods."""
    if row < 0 or look.is_margin(row):
        return False
    if year is None:
        return _is_upper_of_list(look, row, first)
    if not blank(look.cell(row, year)):
        return False
    cells = look.row(row)
    filled = [at for at, cell in enumerate(cells) if not blank(cell)]
    texts = all(isinstance(cells[at], str) for at in filled)
    over = [at for at in filled if look.number(first, at) is not None]
    return texts and bool(over) and not (len(over) == 1 and unit_and_name(words(cells[over[0]]))[1])


def _is_upper_of_list(look: Look, row: int, first: int) -> bool:
    """Whether two header rows stand above a list without periods; only one of them names its labels."""
    cells = {at: cell for at in look.columns if not blank(cell := look.cell(row, at))}
    below = [each for each in look.near(row) if each >= first][:5]
    over = [at for at in cells if any(look.number(each, at) is not None for each in below)]
    texts = all(isinstance(cell, str) for cell in cells.values())
    return texts and len(over) > 1 and bool(look.words(row, 0)) != bool(look.words(row + 1, 0))


def levels(look: Look, top: int, first: int, values: Sequence[int], roles: dict[int, str]) -> list[str]:
    """What each row from `top` up to `first` says about the value columns; known names decide before places."""
    texts = {row: [look.words(row, at) for at in values] for row in range(top, first)}

    def letters(row: int) -> bool:
        return bool(letter_roles([words(cell) for cell in look.row(row)]))

    traded = {"trade", "flow"} if "partner" in {role.removesuffix("_code") for role in roles.values()} else set()
    found = {
        row: "ignore"
        for row in texts
        if len(values) == 1 and (_says_only_value(texts[row][0]) or plain(texts[row][0]) in traded or letters(row))
    }
    for row, over in texts.items():
        held = [text for text in over if text]
        if row not in found and held and all(unit_and_name(f"x ({text})")[1] is not None for text in held):
            found[row] = "unit"
        elif row not in found and held and _are_parts(held) and ("year" in roles.values() or _are_months(held)):
            found[row] = "within_year"
    if "measure" not in [*roles.values(), *found.values()]:
        for row, over in texts.items():
            names = {unit_and_name(text)[0] for text in over if text}
            known = all(look.names.knows("measure", each) or measure_in(each) for each in names)
            if row not in found and len(names) > 1 and (known or all(map(named_flow, names))):
                found[row] = "measure"
                break
    order = ("sector", "reporter", "measure") if measure_above(look, top) else ("measure", "sector", "reporter")
    for rest in ((), order):
        for row in reversed(texts):
            if row not in found:
                taken = [*roles.values(), *found.values()]
                if rest and "measure" in found.values() and _is_measure_like(texts[row]):
                    found[row] = "measure"
                elif dimension := dimension_of(look, texts[row], taken, rest):
                    found[row] = dimension
    return [found.get(row, "ignore") for row in texts]


def _are_parts(held: Sequence[str]) -> bool:
    return all(part_of_year(text) is not None for text in held)


def _are_months(held: Sequence[str]) -> bool:
    """Whether headers are months or quarters without doubt, of whatever year: not the numbers 1 to 12."""
    return len({*held}) == len(held) > 1 and not any(text.isdigit() for text in held)


def _says_only_value(header: str) -> bool:
    return says_value(header) or (bool(header) and not unit_and_name(header)[0])


def _is_measure_like(texts: Sequence[str]) -> bool:
    """Whether a second row of measures completes the first: "Exports" over "Value" and "Growth"."""
    held = [text for text in texts if text]
    return len({*held}) > 1 and any(says_value(text) or has_word(text, "derived") for text in held)


def measure_above(look: Look, top: int) -> bool:
    """Whether the lines above the header say what the numbers measure."""
    margins = read_margins([look.row(at) for at in look.filled if at < top], [], look.sheet.name)
    return bool(margins.measure or margins.named.get("measure"))
