"""What single cells of a spreadsheet mean: a period, a number, a unit, a name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from core.errors import UserError
from core.files.grid import Cell
from core.measures import measures, plain
from core.numbers import parse_number
from core.periods import parse_period
from core.text import Bilingual
from core.units import Unit, parse_unit

Period = tuple[str, int]
"""Kind ("year", "quarter", "month", "date") and number, as a table knows it."""

FIRST_YEAR, LAST_YEAR = 1800, 2100
_PERIODS = (
    ("year", re.compile(r"(\d{4})(?:\.0)?\s*(?:年度?)?(?:\s*\[YR\d{4}\])?")),
    ("quarter", re.compile(r"(\d{4})\s*年?\s*[-/]?\s*(?:Q([1-4])|第?([1-4])季度?)")),
    ("month", re.compile(r"(\d{4})(?:[-/.年M]|-M)?(\d{1,2})月?")),
    ("date", re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")),
)
_BRACKETS = re.compile(r"^(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]*)[)\]]\s*$")
_COMMA = re.compile(r"^(?P<name>.*\S)\s*[,;:，；：]\s*(?P<unit>[^,;:，；：]+)$")
_HAN = re.compile(r"[\u3400-\u9fff]")


def blank(cell: Cell) -> bool:
    """Nothing, or nothing but spaces."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def words(cell: Cell) -> str:
    """A cell as text in one line; a whole number without its decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return " ".join(cell.split())


def period_of(cell: Cell) -> Period | None:
    """The period that a header or a cell of a year column names, or None."""
    if isinstance(cell, float):
        return ("year", int(cell)) if cell.is_integer() and FIRST_YEAR <= cell <= LAST_YEAR else None
    return _period_of_text(cell) if cell else None


@cache
def _period_of_text(text: str) -> Period | None:
    written = unicodedata.normalize("NFKC", text).strip().upper()
    for kind, pattern in _PERIODS:
        found = pattern.fullmatch(written)
        if found is None:
            continue
        parts = [part for part in found.groups() if part]
        try:
            value = parse_period(kind, "Q".join(parts) if kind == "quarter" else "-".join(parts))
        except UserError:
            continue
        if FIRST_YEAR <= int(parts[0]) <= LAST_YEAR:
            return kind, value
    return None


def common_kind(periods: Iterable[Period]) -> tuple[set[str], dict[Period, int]]:
    """The kinds of periods, and the number of each; dates that only stand for whole years become years."""
    found = set(periods)
    ends = {value % 10_000 for kind, value in found if kind == "date"}
    if found and all(kind == "date" for kind, _ in found) and ends in ({101}, {1231}):
        return {"year"}, {period: period[1] // 10_000 for period in found}
    return {kind for kind, _ in found}, {period: period[1] for period in found}


def number_of(cell: Cell, decimal: str = ".") -> float | None:
    """The number that a cell holds; None for none, which may be a blank or a text."""
    if isinstance(cell, float) or cell is None:
        return cell
    try:
        return parse_number(cell if decimal == "." else _with_point(cell))
    except UserError:
        return None


def _with_point(text: str) -> str:
    """A number with a decimal comma, written with a point."""
    return text.strip().replace(".", " ").replace(",", ".") if text.count(",") < 2 else text


def unit_and_name(header: str) -> tuple[str, Unit | None]:
    """A header or title without the unit it states, and that unit: "Exports (US$ billion)".

    Only money and per cent are taken for units; other words in brackets belong to the name.
    """
    folded = unicodedata.normalize("NFKC", header)
    if folded == header.strip() and plain(header) in _measure_names():
        return header.strip(), None
    for pattern in (_BRACKETS, _COMMA):
        found = pattern.match(folded)
        unit = stated_unit(found["unit"]) if found else None
        if found and unit is not None:
            return found["name"].strip(), unit
    return header.strip(), None


def stated_unit(text: str) -> Unit | None:
    """The unit that a text is, where it is money or per cent without doubt."""
    written = re.sub(r"^\s*(?:in\b|units?\b|单位)\s*[:：]?\s*", "", text, flags=re.IGNORECASE)
    try:
        unit = parse_unit(written)
        known = unit.base == "%" or unit.is_money
    except UserError:
        return None
    return unit if known else None


@cache
def _measure_names() -> frozenset[str]:
    return frozenset(alias for measure in measures().values() for alias in measure.aliases)


def bilingual(text: str) -> Bilingual:
    """A text from a file in the language in which most of it is written."""
    han, latin = len(_HAN.findall(text)), sum(character.isascii() and character.isalpha() for character in text)
    return Bilingual("", text) if 2 * han > latin else Bilingual(text)


def address(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: B5 for (4, 1)."""
    return column_name(column) + str(row + 1)


def column_name(column: int) -> str:
    """A, B … Z, AA and so on."""
    name, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(65 + digit) + name
    return name
