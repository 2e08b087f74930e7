"""Guesses what a sheet means: where the header is, what each column holds, what stands above and below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from core.errors import refuse
from core.files.cells import blank, period_of, read_header, stated_unit, unit_and_name, words
from core.files.grid import Sheet
from core.files.guessing.body import end_of, with_body
from core.files.guessing.heads import has_word, letter_roles, roles_of, tidied
from core.files.guessing.levels import across_levels, levels, row_level
from core.files.guessing.look import Look, is_day
from core.files.guessing.phrases import traded
from core.files.guessing.roles import column_roles
from core.files.guessing.shape import find_shape, period_columns, period_in
from core.files.mapping import NO_UNIT, Labels, SheetMapping
from core.files.margins import Margins, read_margins
from core.measures import known_place
from core.table import DIMENSIONS
from core.units import Unit

_MANY_ROWS = 2_000_000
_FLAG = 3
"""Letters of a flag such as "E" or "Im"."""
_FRACTION, _FEW = 0.5, 5
"""Rates of which half are smaller than this are fractions and not per cent, if there are more than a few."""


def guess(sheet: Sheet, known: Labels, orientation: str = "", header: int | None = None) -> SheetMapping:
    """The most likely mapping; a person may say the orientation or the (last) header row.

    Raises UserError for a sheet without numbers.
    """
    look = Look(sheet, known)
    shape = find_shape(look, orientation, header)
    if shape.across:
        found, values = _across(look, shape.row)
    else:
        found, values = _rowwise(look, shape.row, shape.year)
    found = replace(found, end=end_of(look, found))
    margins = read_margins(
        [look.row(at) for at in look.filled if at < found.header],
        [look.row(at) for at in look.filled[int(np.searchsorted(look.filled, found.end)) :]][:100],
        sheet.name,
        sheet.file,
    )
    found = with_body(look, _with_trade(look, _with_margins(found, margins), margins))
    found = _with_year(look, found, values)
    _refuse_years(look, found)
    return _with_sums(look, _with_flow_numbers(look, _with_flow(look, _with_units(look, found, values))))


def guess_again(
    sheet: Sheet, known: Labels, before: SheetMapping, orientation: str = "", header: int | None = None
) -> SheetMapping:
    """Another guess of where things are, which keeps what a person may have written."""
    found = guess(sheet, known, orientation, header)
    kept = {each: "" if found.says(each) else getattr(before, each) or getattr(found, each) for each in DIMENSIONS}
    return replace(
        found,
        title=before.title,
        unit=before.unit,
        decimal=before.decimal,
        source=before.source,
        note=before.note,
        year=None if found.says("year") else before.year if before.year is not None else found.year,
        twice=before.twice,
        meant=before.meant,
        reporter=kept["reporter"],
        partner=kept["partner"],
        sector=kept["sector"],
        measure=kept["measure"],
    )


def _refuse_years(look: Look, found: SheetMapping) -> None:
    """A list of contents may hold years, and no other numbers; and dates may be read in two ways."""
    if "year" in found.columns and found.end <= found.first:
        at = found.columns.index("year")
        if any(is_day(look.cell(row, at)) for row in look.below(found.first - 1)):
            raise refuse(
                "In the sheet “{sheet}” nothing says whether day or month comes first in its dates. "
                "Write them such as 2020-01-31.",
                sheet=look.sheet.name,
            )
    values = [at for at, role in enumerate(found.columns) if role == "value"]
    if found.says("year") or len(values) != 1:
        return
    cells = [look.number(at, values[0]) for at in look.below(found.header - 1)]
    numbers = [each for each in cells if each is not None]
    if (
        len(numbers) > 2
        and all(period_of(each) and each < 2200 for each in numbers)
        and len({*numbers}) == len(numbers)
    ):
        raise refuse("The sheet “{sheet}” holds no numbers but years.", sheet=look.sheet.name)


def _across(look: Look, row: int) -> tuple[SheetMapping, list[int]]:
    periods = period_columns(look, row)
    years = [at for at in periods if not _holds_flags(look, row, at, periods)]
    top, last, values = across_levels(look, row, years)
    roles = column_roles(look, top, last, [at for at in range(look.width) if at not in values], values=False)
    above = levels(look, top, row, values, roles)
    below = levels(look, row + 1, last + 1, values, {**roles, **{-1 - n: each for n, each in enumerate(above)}})
    columns = tuple("value" if at in values else _kept(roles.get(at, "")) for at in range(look.width))
    said = (*above, "year", *below)
    return SheetMapping("", top, said, columns, len(look.rows), decimal=look.decimal), values


def _holds_flags(look: Look, row: int, column: int, periods: Sequence[int]) -> bool:
    """Whether a column only says of what quality the numbers of the same period left of it are: "Y2018F"."""
    period = period_in(look.cell(row, column))
    before = [at for at in periods if at < column and period_in(look.cell(row, at)) == period]
    if not before or look.words(row, column) == look.words(row, before[-1]):
        return False
    held = [cell for at in look.below(row) if not blank(cell := look.cell(at, column))]
    return not any(map(look.holds_value, held)) and all(len(words(cell)) <= _FLAG for cell in held)


def _rowwise(look: Look, row: int, year: int | None) -> tuple[SheetMapping, list[int]]:
    """`row` is a header row, `year` the column of periods where there is one."""
    near = [at for at in look.filled if at > row][:60]
    first = next((at for at in near if year is None or period_of(look.cell(at, year)) is not None), row + 1)
    top = row
    numeric = first if year is not None else next(iter(look.near(row)), first)
    while row_level(look, top - 1, numeric, year):
        top -= 1
    roles = column_roles(look, top, first - 1, [at for at in range(look.width) if at != year], values=True)
    if year is not None:
        roles[year] = "year"
        roles = _without_remarks(look, first - 1, year, roles)
    values = [at for at in range(look.width) if roles.get(at) == "value"]
    said = levels(look, top, first, values, {at: role for at, role in roles.items() if role != "ignored"})
    columns = tuple(_kept(roles.get(at, "")) for at in range(look.width))
    return SheetMapping("", top, tuple(said), columns, len(look.rows), decimal=look.decimal), values


def _kept(role: str) -> str:
    return "ignore" if role in {"", "ignored"} else role


def _without_remarks(look: Look, row: int, year: int, roles: dict[int, str]) -> dict[int, str]:
    """Where each period has one row, a column with another text in each row is a remark and no label."""
    rows = look.near(row)
    periods = [look.words(at, year) for at in rows]
    if len(rows) < 3 or len({*periods}) < len(periods):
        return roles
    return {
        at: "ignored"
        if role in DIMENSIONS and len(held := look.texts(row, at)) > 2 and len({*held}) > 0.5 * len(held)
        else role
        for at, role in roles.items()
    }


def _with_margins(found: SheetMapping, margins: Margins) -> SheetMapping:
    free = {each: "" if found.says(each) else margins.named.get(each, "") for each in DIMENSIONS}
    if not found.says("measure") and not free["measure"]:
        free["measure"] = margins.measure
    return replace(
        found,
        reporter=free["reporter"],
        partner=free["partner"],
        sector=free["sector"],
        measure=free["measure"],
        title=margins.title,
        source=margins.source,
        note=margins.note,
        unit=margins.unit,
        year=None if found.says("year") else margins.year,
    )


def _with_trade(look: Look, found: SheetMapping, margins: Margins) -> SheetMapping:
    """Who trades with whom, where a title, the lines above or the header of the labels say so.

    Below "Exports of China to" are partners; so are other economies below "Exports of China" or "Reporter: China".
    """
    heads = {at: look.header(found.header, found.first - 1, at) for at in range(len(found.columns))}
    labels = [at for at, role in enumerate(found.columns) if role.removesuffix("_code") == "reporter"]
    said = next((each for text in (*map(heads.get, labels), found.title) if (each := traded(text or ""))), None)
    reporter = margins.named.get("reporter", "") or (said.reporter if said else "")
    if not reporter:
        return found
    if said is not None and not found.says("measure") and not found.measure:
        found = replace(found, measure=said.measure)
    partner = said.partner if said is not None else ""
    if not found.says("reporter"):
        return replace(
            found,
            reporter=found.reporter or reporter,
            partner=found.partner or ("" if found.says("partner") else partner),
        )
    named = any(_names_reporters(heads[at]) for at in labels)
    if found.says("partner") or partner or named:
        return found
    held = [text for at in labels for text in look.texts(found.first - 1, at)]
    rows = [row for row, role in enumerate(found.levels, found.header) if role == "reporter"]
    held += [text for row in rows for at in look.columns if (text := look.words(row, at)) and heads[at] == text]
    known = {place.id for text in held if (place := known_place("partner", text)) is not None}
    own = known_place("reporter", reporter)
    if not (said is not None and said.open) and own is not None and own.id in known:
        return found
    role = "partner" if known else "" if found.says("sector") else "sector"
    if not role:
        return found
    columns = tuple(each.replace("reporter", role) for each in found.columns)
    levels = tuple(role if each == "reporter" else each for each in found.levels)
    return replace(found, columns=columns, levels=levels, reporter=reporter)


def _names_reporters(header: str) -> bool:
    words_ = tidied(header)
    return ("reporter" in words_ or words_.startswith("export")) and traded(header) is None


def _with_units(look: Look, found: SheetMapping, values: list[int]) -> SheetMapping:
    """Units that a column, a variable label or the numbers themselves tell, where no header does."""
    last = found.first - 1
    heads = _heads(look, found, values)
    if found.unit == NO_UNIT and len(values) == 1 and not found.says("unit"):
        found = replace(found, unit=_known_unit(look, last, heads[values[0]]))
    if found.unit.base.startswith("index") and not found.measure and not found.says("measure"):
        found = replace(found, measure=found.title)
    if found.unit == NO_UNIT and all(_is_per_cent(look, last, at) for at in values):
        found = replace(found, unit=Unit("%"))
    if "year" in found.levels:
        return found
    rates = [at for at in values if has_word(heads[at], "rates") and unit_and_name(heads[at])[1] is None]
    own: Mapping[str, Unit] = {str(at): _rate_unit(look, found, at) for at in rates}
    if own and len(own) < len(values) and "unit" in found.columns:
        at = found.columns.index("unit")
        held = {*look.texts(last, at)}
        unit = stated_unit(held.pop()) if len(held) == 1 else None
        if unit is not None:
            columns = tuple("ignore" if n == at else role for n, role in enumerate(found.columns))
            return replace(found, columns=columns, unit=unit, units={**found.units, **own})
    return replace(found, units={**found.units, **own}) if found.unit != NO_UNIT else found


def _heads(look: Look, found: SheetMapping, values: list[int]) -> dict[int, str]:
    """What stands over each column; an upper header that is written once stands over those to its right as well."""
    heads = dict.fromkeys(values, "")
    for row in range(found.header, found.first):
        carried = ""
        for at in values:
            text = look.words(row, at)
            carried = text or (carried if row < found.first - 1 else "")
            heads[at] = f"{heads[at]} {carried}".strip()
    return heads


def _is_per_cent(look: Look, row: int, column: int) -> bool:
    """Whether the numbers of a column are written with a sign for per cent."""
    cells = [cell for at in look.below(row) if look.holds_value(cell := look.cell(at, column))]
    return bool(cells) and all(isinstance(cell, str) and cell.rstrip().endswith("%") for cell in cells)


def _with_year(look: Look, found: SheetMapping, values: list[int]) -> SheetMapping:
    """The one year that headers mention, where nothing else says one."""
    if found.says("year") or found.year is not None or found.headings == "year":
        return found
    heads = [read_header(text).period for text in _heads(look, found, values).values()]
    years = {period for period in heads if period is not None and period[0] == "year"}
    mentioned = sum(period is not None for period in heads)
    return replace(found, year=years.pop()[1]) if len(years) == 1 and 3 * mentioned >= len(heads) else found


def _known_unit(look: Look, row: int, header: str) -> Unit:
    """The unit of the one value column: from the label of a variable, or from its name where a publisher defines it."""
    stated = unit_and_name(dict(look.sheet.words).get(header, ""))[1]
    if stated is not None:
        return stated
    headers = [look.words(row, at) for at in range(look.width)]
    if letter_roles(headers):
        return Unit("USD", 1e3)
    return Unit("USD") if tidied(header) in {"primary value", "cifvalue", "fobvalue"} else NO_UNIT


def _with_flow(look: Look, found: SheetMapping) -> SheetMapping:
    """From an exporter to an importer flow the exports of the one."""
    if found.says("measure") or found.measure or not (found.says("reporter") and found.says("partner")):
        return found
    headers = [tidied(look.words(found.first - 1, at)) for at in range(look.width)]
    labels = [header for header, role in zip(headers, found.columns, strict=False) if role != "value"]
    says = any(each.startswith(("export", "出口")) for each in labels) and any(
        each.startswith(("import", "进口")) for each in labels
    )
    return replace(found, measure="Exports") if says or letter_roles(headers) else found


def _rate_unit(look: Look, found: SheetMapping, column: int) -> Unit:
    """Per cent, or a pure number where growth is given as a fraction (0.266)."""
    rows = look.below(found.first - 1)
    cells = [abs(value) for at in rows if (value := look.number(at, column)) is not None]
    few = len(cells) < _FEW
    return Unit() if cells and median(cells) < _FRACTION and (not few or max(cells) < 1) else Unit("%")


def _with_flow_numbers(look: Look, found: SheetMapping) -> SheetMapping:
    """Comtrade's numbers of flows: 1 imports, 2 exports, and 3 and 4 what goes out or comes in again."""
    at = next((at for at, role in enumerate(found.columns) if role.removesuffix("_code") == "measure"), None)
    if at is None or "flow" not in roles_of(look.header(found.header, found.first - 1, at)):
        return found
    held = {*look.texts(found.first - 1, at)}
    if not held or not held <= {"1", "2", "3", "4"}:
        return found
    return replace(found, meant={**found.meant, "measure": {"1": "imports", "2": "exports"}})


def _with_sums(look: Look, found: SheetMapping) -> SheetMapping:
    """Over partners the values of a very long list are added up, which a person can undo."""
    stream = look.sheet.stream
    if stream is None or found.orientation != "long":
        return found
    sample = [len(",".join(map(words, look.row(at)))) + 1 for at in look.below(found.first - 1)]
    rows = stream.size * len(sample) / max(1, sum(sample))
    partners = [at for at, role in enumerate(found.columns) if role in {"partner", "partner_code"}]
    if rows < _MANY_ROWS or not partners or not (found.says("reporter") and found.says("sector")):
        return found
    columns = tuple("ignore" if at in partners else role for at, role in enumerate(found.columns))
    columns = tuple("summed" if at == partners[0] else role for at, role in enumerate(columns))
    return replace(found, columns=columns)
