"""What stands above and below a table: title, unit, source, note, and what holds for all numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath

from core.errors import UserError
from core.files.cells import FIRST_YEAR, LAST_YEAR, period_of, split_note, stated_unit, unit_and_name, words
from core.files.grid import Row
from core.files.mapping import NO_UNIT
from core.measures import in_two_languages, measure_label, measures, plain, role_words
from core.units import Unit, parse_unit

_KEYS = {
    "title": {"title", "标题", "表名", "dataset", "data set", "table", "table name", "数据集", "series title"},
    "source": {"source", "sources", "data source", "来源", "数据来源", "资料来源"},
    "note": {
        "note", "notes", "remark", "注", "说明", "备注", "注释", "database", "数据库", "data from database", "legend",
        "last updated", "last updated date", "last update", "更新时间", "updated", "frequency", "time frequency",
        "频率", "extraction date", "special value", "special values", "download date", "available at", "contact",
        "citation", "时间", "copyright",
    },
}  # fmt: skip
_EXTRACTED = re.compile(
    r"(?:data )?(?:extracted|accessed|downloaded|retrieved|generated|last updated|updated|printed)\b.*", re.IGNORECASE
)
_ROLES = ("reporter", "partner", "sector", "measure", "unit", "year")
_PARTS = {"sector": ("classification", "nomenclature"), "measure": ("indicator",)}
"""Words by which a longer key is known: "Standard International Trade Classification (SITC Rev. 4)"."""
_LINE = re.compile(r"^\s*([^:：]{1,40}?)\s*(?:[:：]|\s[-–]\s(?=\s))\s*(.+)$", re.DOTALL)
_DASH = re.compile(r"^\s*([^:：\-–]{1,40}?)\s+[-–]\s+(.+)$", re.DOTALL)
_YEAR = re.compile(
    r"(?<![\d.,])(?<!hs)(?<!rev)(?<!eu27_)(?<!isic)(\d{4})(?!\d|[.,]\d|=| ?prices| ?价| ?us\$)", re.IGNORECASE
)
_BASE = re.compile(r"(?:constant|base|rev\.?(?: \d,)?|from|since|ebops|hs|sitc|bpm\d,?) *\(?\d{4}", re.IGNORECASE)
_GENERIC = re.compile(r"^(sheet|data|table|tabelle|feuil|hoja|report|工作表|表|数据)[\s_\d()]*$", re.IGNORECASE)


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


def read_margins(above: Sequence[Row], below: Sequence[Row], sheet: str, file: str = "") -> Margins:
    """The title is the first line that says nothing else; without one the name of the sheet is, or of the file."""
    found, notes, sources, units = Margins(), [], [], list[Unit]()
    for place, line in [*(("above", row) for row in above), *(("below", row) for row in below)]:
        key, value = _key_and_value(line)
        found.keys.add(key)
        cells = [text for cell in line if (text := words(cell))]
        text = " ".join(cells)
        if key == "title":
            found.title = value
        elif key == "source":
            sources.append(value)
        elif key == "note":
            notes.append(value if plain(text).startswith(("note", "remark", "注", "说明", "备注")) else text)
        elif key == "unit" and (unit := _parsed(value)) is not None:
            units.append(unit)
        elif key == "year" and (period := period_of(value)) is not None and period[0] == "year":
            found.year = period[1]
        elif key:
            found.named[key], unit = unit_and_name(value)
            units += [unit] if unit else []
        elif (unit := stated_unit(text.strip("()（）[] "))) is not None:
            units.append(unit)
        elif place == "above" and (unit := stated_unit(_first_sentence(text))) is not None:
            units.append(unit)
            notes.append(text)
        elif len(cells) > 1 or _EXTRACTED.fullmatch(text):
            units += [unit for cell in cells if (unit := unit_and_name(cell)[1]) is not None and place == "above"]
            notes.append(text)
        elif place == "above" and not found.title:
            found.title, unit = unit_and_name(text)
            units += [unit] if unit else []
        else:
            unit = unit_and_name(text)[1] if place == "above" else None
            units += [unit] if unit else []
            notes.append(text)
    return _completed(found, sheet, PurePath(file).stem, units, sources, notes)


def _completed(
    found: Margins, sheet: str, file: str, units: list[Unit], sources: list[str], notes: list[str]
) -> Margins:
    own = "" if is_generic(sheet) else sheet
    if not found.title:
        found.title, unit = unit_and_name(own or file)
        units += [unit] if unit else []
    if not units and own:
        units += [unit] if (unit := unit_and_name(own)[1]) else []
    found.title = found.title or sheet
    found.unit = units[0] if len(set(units)) == 1 else NO_UNIT
    found.source, found.note = "\n".join(sources), "\n".join(notes)
    said = [each for each in (found.title, own, file) if each]
    found.measure = next((name for each in said if (name := measure_in(each))), "")
    if found.year is None:
        found.year = next((year for each in said if (year := only_year(each)) is not None), None)
    return found


def margin_key(row: Row) -> str:
    """What a row such as "Year: 2017" says of the whole table: "title", "unit", a dimension …; "" for another row."""
    return _key_and_value(row)[0]


def _key_and_value(row: Row) -> tuple[str, str]:
    """What "Unit: US$ billion", in one cell or two, is about; ("", "") for another line."""
    texts = [text for cell in row[:12] if (text := words(cell))]
    if len(texts) > 1 and (line := _LINE.match(texts[0])) and plain(line[1]) in _KEYS["source"] | _KEYS["note"]:
        texts = [", ".join(texts)]
    return _key_of(tuple(texts)) if 0 < len(texts) <= 2 else ("", "")


@lru_cache(maxsize=4096)
def _key_of(texts: tuple[str, ...]) -> tuple[str, str]:
    pairs = [(texts[0], texts[1])] if len(texts) == 2 else []
    line = (_LINE.match(texts[0]) or _DASH.match(texts[0])) if len(texts) == 1 else None
    pairs += [(line[1], line[2].strip())] if line else []
    for name, value in pairs:
        key = plain(split_note(name.strip().rstrip(":：").strip())[0])
        key = next((half for half in in_two_languages(key) if _is_key(half)), key)
        for kind, keys in _KEYS.items():
            if key in keys and not (len(texts) == 2 and _heads_a_column(value)):
                return kind, value
        if key in role_words()["flow"]:
            return "measure", value
        for role in _ROLES:
            if key in role_words()[role] and (role == "year") == (period_of(value) is not None):
                heads = _heads_a_column(value) and role != "measure"
                return ("", "") if heads or (role != "year" and period_of(value) is not None) else (role, value)
        for role, parts in _PARTS.items():
            if any(part in key for part in parts) and not _heads_a_column(value):
                return role, value
    return "", ""


def _is_key(text: str) -> bool:
    """Whether a word says what stands behind it: "Reporter", "单位"."""
    return any(text in keys for keys in _KEYS.values()) or any(text in role_words()[role] for role in ("flow", *_ROLES))


def _heads_a_column(text: str) -> bool:
    """Whether a text is a header rather than a name: "Sector | Exports" begins a table."""
    wanted = plain(unit_and_name(text)[0])
    roles = any(wanted in role_words()[role] for role in (*_ROLES, "value", "ignored"))
    return roles or measure_label(wanted).id in measures()


def _first_sentence(text: str) -> str:
    """What a line says before it goes on with remarks: "In millions of dollars"."""
    return re.split(r"[.;。；]\s", text.strip("()（）[] "), maxsplit=1)[0]


def _parsed(text: str) -> Unit | None:
    """Said to be a unit, so that kilograms and persons are believed as well."""
    try:
        return stated_unit(text) or parse_unit(text)
    except UserError:
        return None


def only_year(text: str) -> int | None:
    """The one year that a title or a name of a file or sheet mentions; not that of a price base or a classification."""
    found = {int(year) for year in _YEAR.findall(_BASE.sub(" ", text))}
    years = {year for year in found if FIRST_YEAR <= year <= LAST_YEAR}
    return years.pop() if len(years) == 1 else None


@lru_cache(maxsize=4096)
def measure_in(text: str) -> str:
    """The one measure that a title names; "" for none, for exports and imports together, or for a share or growth."""
    wanted, found = plain(text), dict[str, str]()
    for measure in measures().values():
        names = [alias for alias in measure.aliases if len(alias) > (1 if alias > "\u2fff" else 3)]
        for name in names:
            if re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name < "\u2fff" else re.escape(name), wanted):
                longest = max(found.get(measure.id, ""), name, key=len)
                found[measure.id] = longest
    if {"exports", "imports"} <= found.keys() or not found:
        return ""
    best = max(found, key=lambda each: len(found[each]))
    return "" if measures()[best].kind == "flow" and _is_derived(wanted) else measures()[best].name.en


def _is_derived(text: str) -> bool:
    return any(
        word in text if word > "\u2fff" else re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", text) is not None
        for word in role_words()["derived"]
    )


def is_generic(name: str) -> bool:
    """Whether a name of a sheet says nothing: "Sheet1", "数据"."""
    return not name.strip() or _GENERIC.match(name) is not None
