"""What stands above and below a table in a clean sheet: title, unit, source, note, and what holds for all numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.errors import UserError
from core.files.cells import FIRST_YEAR, LAST_YEAR, period_of, stated_unit, unit_and_name, words
from core.files.grid import Row
from core.files.mapping import NO_UNIT
from core.measures import measure_label, measures, plain, role_words
from core.units import Unit, parse_unit

_KEYS = {
    "title": {"title", "标题", "表名"},
    "source": {"source", "sources", "data source", "来源", "数据来源", "资料来源"},
    "note": {"note", "notes", "remark", "注", "说明", "备注", "注释"},
}
_ROLES = ("reporter", "partner", "sector", "measure", "unit", "year")
_LINE = re.compile(r"^\s*([^:：]{1,40}?)\s*[:：]\s*(.+)$", re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_GENERIC = re.compile(r"^(sheet|data|table|tabelle|feuil|hoja|工作表|表|数据)\s*\d*$", re.IGNORECASE)


@dataclass(slots=True)
class Margins:
    """`named` holds what lines such as "Economy: China" say, by dimension."""

    title: str = ""
    named: dict[str, str] = field(default_factory=dict)
    measure: str = ""
    year: int | None = None
    unit: Unit = NO_UNIT
    source: str = ""
    note: str = ""
    keys: set[str] = field(default_factory=set)
    """What was said in so many words."""


def read_margins(above: Sequence[Row], below: Sequence[Row], sheet: str) -> Margins:
    """The title is the first line that says nothing else; without one the sheet's name is."""
    found, notes, sources, units = Margins(), [], [], list[Unit]()
    for place, line in [*(("above", row) for row in above), *(("below", row) for row in below)]:
        key, value = _key_and_value(line)
        found.keys.add(key)
        text = " ".join(text for cell in line if (text := words(cell)))
        if key == "title":
            found.title = value
        elif key == "source":
            sources.append(value)
        elif key == "note":
            notes.append(value)
        elif key == "unit" and (unit := _parsed(value)) is not None:
            units.append(unit)
        elif key == "year" and (period := period_of(value)) is not None and period[0] == "year":
            found.year = period[1]
        elif key:
            found.named[key] = value
        elif (unit := stated_unit(text.strip("()（）[] "))) is not None:
            units.append(unit)
        elif place == "above" and not found.title:
            found.title, unit = unit_and_name(text)
            units += [unit] if unit else []
        else:
            notes.append(text)
    if not found.title and not _GENERIC.match(sheet):
        found.title, unit = unit_and_name(sheet)
        units += [unit] if unit else []
    found.title = found.title or sheet
    found.unit = units[0] if len(set(units)) == 1 else NO_UNIT
    found.source, found.note = "\n".join(sources), "\n".join(notes)
    found.measure = _measure_in(found.title) or _measure_in(sheet)
    if found.year is None:
        found.year = _only_year((found.title,)) or _only_year((sheet,))
    return found


def margin_key(row: Row) -> str:
    """What a row such as "Year: 2017" says of the whole table: "title", "unit", a dimension …; "" for another row."""
    return _key_and_value(row)[0]


def _key_and_value(row: Row) -> tuple[str, str]:
    """What "Unit: US$ billion", in one cell or two, is about; ("", "") for another line."""
    texts = [text for cell in row if (text := words(cell))]
    pairs = [(texts[0], texts[1])] if len(texts) == 2 else []
    line = _LINE.match(texts[0]) if len(texts) == 1 else None
    pairs += [(line[1], line[2].strip())] if line else []
    for name, value in pairs:
        key = plain(name.strip().rstrip(":："))
        for kind, keys in _KEYS.items():
            if key in keys:
                return kind, value
        if key in role_words()["flow"]:
            return "measure", value
        for role in _ROLES:
            if key in role_words()[role] and (role == "year") == (period_of(value) is not None):
                return ("", "") if role != "measure" and _heads_a_column(value) else (role, value)
    return "", ""


def _heads_a_column(text: str) -> bool:
    """Whether a text is a header rather than a name: "Sector | Exports" begins a table."""
    wanted = plain(unit_and_name(text)[0])
    return any(wanted in role_words()[role] for role in (*_ROLES, "value")) or measure_label(wanted).id in measures()


def _parsed(text: str) -> Unit | None:
    """Said to be a unit, so that kilograms and persons are believed as well."""
    try:
        return parse_unit(text)
    except UserError:
        return None


def _only_year(texts: Iterable[str]) -> int | None:
    found = {int(year) for text in texts for year in _YEAR.findall(text)}
    years = {year for year in found if FIRST_YEAR <= year <= LAST_YEAR}
    return years.pop() if len(years) == 1 else None


def _measure_in(text: str) -> str:
    """The one measure that a title names; "" for none or for exports and imports together."""
    wanted, found = plain(text), dict[str, str]()
    for measure in measures().values():
        names = [alias for alias in measure.aliases if len(alias) > (1 if alias > "\u2fff" else 2)]
        for name in names:
            if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name < "\u2fff" else re.escape(name), wanted):
                longest = max(found.get(measure.id, ""), name, key=len)
                found[measure.id] = longest
    if {"exports", "imports"} <= found.keys() or not found:
        return ""
    best = max(found, key=lambda each: len(found[each]))
    return measures()[best].name.en
