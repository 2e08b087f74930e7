"""What single cells of a spreadsheet mean: a period, a number, a unit, a name, a header with several of these."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from core import units
from core.errors import UserError
from core.files.grid import Cell
from core.measures import in_two_languages, measures, plain
from core.numbers import parse_number
from core.text import Bilingual
from core.units import Unit, parse_unit

Period = tuple[str, int]
"""Kind ("year", "quarter", "month", "date") and number, as a table knows it."""

FIRST_YEAR, LAST_YEAR = 1800, 2100
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
        start=1,
    )
    for name in (names, names[:3], names[:4])
} | {"december": 12, "dec": 12, "dece": 12}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4} | {
    digit: number for number, digits in enumerate(("1一i", "2二", "3三", "4四"), start=1) for digit in digits
}
_QUARTERS |= {"ii": 2, "iii": 3, "iv": 4}
_Y = r"(?P<year>(?:18|19|20)\d\d|2100)"
_M = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december)\.?"  # noqa: E501
_Q = r"(?P<quarter>[1-4一二三四]|first|second|third|fourth|1st|2nd|3rd|4th)"
_TIME = r"(?:[ t]\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?)?"
_FORMS = tuple(
    (kind, re.compile(form))
    for kind, forms in (
        ("date", (rf"{_Y}(?!年\d{{1,2}}[-/.])[-/.年](?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})日?{_TIME}",)),
        ("date", (rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.{_Y}", rf"{_M} (?P<day>\d{{1,2}}),? {_Y}")),
        ("date", (rf"(?P<day>\d{{1,2}})[ -]{_M}[ -]{_Y}",)),
        ("quarter", (rf"{_Y} ?年? ?[-/]? ?(?:q(?P<quarter>[1-4])|第?{_Q.replace('quarter', 'zh')}季度?)",)),
        ("quarter", (rf"(?:q(?P<quarter>[1-4])|(?P<zh>[1-4])q)[ -/]*{_Y}", rf"{_Y} ?[-/]? ?(?P<quarter>[1-4])q")),
        ("quarter", (rf"{_Q} quarter(?: of)?,? {_Y}",)),
        ("month", (rf"{_Y}(?:[-/.年]|-?m)(?P<month>\d{{1,2}})月?", rf"(?P<month>\d{{1,2}})[-/]{_Y}")),
        ("month", (rf"{_M}[ ,-]*{_Y}", rf"{_Y}[ ,-]*{_M}", rf"{_M}-(?P<short>\d\d)")),
        ("year", (rf"(?:fy|cy|yr|y|x)? ?{_Y}(?:\.0)? ?(?:年度?)?(?: ?\[yr\d{{4}}\])?", rf"{_Y}年1[-–—~至]12月")),
        ("year", (rf"(?:fy|cy)? ?{_Y} ?[-/–] ?(?P<next>\d{{4}}|\d\d)",)),
    )
    for form in forms
)
_SLASHED = re.compile(rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/{_Y}")
_COMPACT = (("month", re.compile(rf"{_Y}(?P<month>\d\d)")), ("date", re.compile(rf"{_Y}(?P<month>\d\d)(?P<day>\d\d)")))
_INSIDE = tuple(
    (kind, re.compile(rf"(?<![\d.,$]){form.pattern}(?![\d%]|[.,]\d)"))
    for kind, form in _FORMS
    if "next" not in form.pattern and "short" not in form.pattern
)
_ANY_YEAR = re.compile(r"(?<![\d.,])(?:18|19|20)\d\d(?!\d|[.,]\d)")
_BASE_YEAR = re.compile(
    r"(?:constant|const\.?|base|from|since|rev\.? ?\d?,?|不变|按) *\(?(?:18|19|20)\d\d|"
    r"(?:18|19|20)\d\d *(?:=|prices|us\$|dollars|international|价|年?不变)"
)
_CONNECTORS = re.compile(r"(?:\b(?:in|of|for|during|year|as of|at)\b|[\s,;:(\[\-–—])*$")
_FREQUENCIES = {"annual", "annually", "yearly", "year", "calendar year", "fiscal year", "annual total", "年度", "全年"}
_NOTE = re.compile(
    r"(?P<note>(?<=\w{3})[¹²³⁰-⁹]+|[*†‡§]+|\s*[(\[](?:\d{1,2}|[a-z]|est\.?|prel\.?|rev\.?)[)\]]|(?<=\s)\d\))$",
    re.IGNORECASE,
)
_INNER_NOTE = re.compile(r"\((?:[a-z]|\d{1,2})\)(?=.)")
_RANGE_TO = re.compile(rf"(?:{_M}|\d)\s*(?:[-–—/~至到]|to|through)\s*$")
_RANGE_ON = re.compile(r"\s*(?:[-–—~至到]|to\b|through\b)\s*(?:\d{1,2}\b|\d{1,2}月|[a-z]{3,9}\b)")
"""What stands beside a month that is only one end of several: "January-March 2010", "2024年1-3月"."""
_STATUS = re.compile(
    r"(?P<year>\d{4})\s?(?P<note>e|p|f|r|est\.?|prov\.?|prel\.?|\*+|[¹²³⁰-⁹]+|预测|预计|初步)",
    re.IGNORECASE,
)

_MARKED = re.compile(r"(?<=(?:18|19|20)\d\d)\s*[(\[](e|p|f|r|est|prel|prov|rev)\.?[)\]]", re.IGNORECASE)
"""The sign of an estimate behind a year inside a longer header: "Exports 2010 (p), US$ billion"."""
_BRACKETS = re.compile(r"^(?P<name>.*?)\s*[(\[](?P<unit>[^()\[\]]*)[)\]]\s*$")
_INNER_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_COMMA = re.compile(r"^(?P<name>.*\S)\s*[,;:，；：]\s*(?P<unit>[^,;:，；：]+)$")
_IN = re.compile(r"^(?P<name>.*\S)\s+(?:in|by)\s+(?P<unit>\S.*)$", re.IGNORECASE)
_SHARE = re.compile(r"(?:^|[\s(])%|%$|per ?cent\b")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Head:
    """What a header says: "Exported value in 2009, US Dollar thousand" is a period, a name and a unit."""

    period: Period | None = None
    name: str = ""
    """What is left without period, unit and note: "Exported value". Empty for a bare period."""
    unit: Unit | None = None
    note: str = ""
    """A footnote mark, or the sign of an estimate or forecast, as it was written: "e", "(1)", "*"."""


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


# ---- periods ----


def period_of(cell: Cell) -> Period | None:
    """The period that a cell of a year column or a bare header names, or None.

    A number of six or eight digits is a month or a day (202604); who looks for periods must not expect values there.
    "2010-11" is a month here, unless `common_kind` finds that all periods beside it are such pairs of years.
    """
    if isinstance(cell, float):
        if not cell.is_integer() or not FIRST_YEAR <= cell < 22_000_000:
            return None
        return _period_of_text(str(int(cell)))
    return _period_of_text(cell) if cell else None


@lru_cache(maxsize=65_536)
def _period_of_text(text: str) -> Period | None:
    if len(text) > 80 or not any(character.isdigit() for character in text):
        return None
    written = " ".join(_INNER_NOTE.sub(" ", _folded(_without_status(text)[0])).split())
    if days := _SLASHED.fullmatch(written):
        return _certain_day(int(days["a"]), int(days["b"]), int(days["year"]))
    for kind, form in (*_COMPACT, *_FORMS):
        found = form.fullmatch(written)
        if found is not None and (period := _period(kind, found)) is not None:
            return period
    return None


def _certain_day(a: int, b: int, year: int) -> Period | None:
    """The day of "31/01/2020" or "1/31/2020"; None for "01/02/2020", which may be two days."""
    day, month = (a, b) if a > 12 or a == b else (b, a)
    if day <= 12 and a != b:
        return None
    try:
        datetime.date(year, month, day)
    except ValueError:
        return None
    return "date", (year * 100 + month) * 100 + day


def _without_status(text: str) -> tuple[str, str]:
    """A period without the sign that it is estimated, provisional or noted: ("2018", "e")."""
    found = _STATUS.fullmatch(text.strip())
    if found is not None:
        return found["year"], found["note"]
    name, note = split_note(text)
    return name, note.strip("()[] ")


def _period(kind: str, found: re.Match[str]) -> Period | None:
    """The period of a match, or None where month or day do not exist."""
    parts = found.groupdict()
    if parts.get("short"):
        short = int(parts["short"])
        parts["year"] = str(short + (2000 if short < 70 else 1900))
    year = int(parts["year"])
    if following := parts.get("next"):
        return ("year", year) if int(following) % 100 == (year + 1) % 100 else None
    if kind == "quarter":
        return kind, year * 10 + _QUARTERS[parts.get("quarter") or parts["zh"]]
    if kind == "year":
        return kind, year
    month = _MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    if not 1 <= month <= 12:
        return None
    if kind == "month":
        return kind, year * 100 + month
    try:
        datetime.date(year, month, int(parts["day"]))
    except ValueError:
        return None
    return kind, (year * 100 + month) * 100 + int(parts["day"])


def part_of_year(cell: Cell) -> Period | None:
    """The month or quarter that a cell beside a year names: "March", 3.0, "Q1", "3月", "第一季度"."""
    written = _folded(split_note(words(cell))[0])
    if found := re.fullmatch(rf"{_M}|m?(?P<month>\d{{1,2}})月?(?:份)?", written):
        month = _MONTHS[found["name"]] if found["name"] else int(found["month"])
        return ("month", month) if 1 <= month <= 12 else None
    if found := re.fullmatch(rf"q(?P<digit>[1-4])|第?{_Q} ?(?:季度?|quarter)|(?P<roman>i|ii|iii|iv)", written):
        return "quarter", _QUARTERS[found["digit"] or found["quarter"] or found["roman"]]
    return None


def common_kind(periods: Iterable[Period]) -> tuple[set[str], dict[Period, int]]:
    """The kinds of periods, and the number of each.

    Dates that only stand for whole years become years, and so do pairs such as "2010-11" where all are such pairs.
    """
    found = set(periods)
    ends = {value % 10_000 for kind, value in found if kind == "date"}
    if found and all(kind == "date" for kind, _ in found) and ends in ({101}, {1231}):
        return {"year"}, {period: period[1] // 10_000 for period in found}
    months = [value for kind, value in found if kind == "month"]
    pairs = all(value % 100 == (value // 100 + 1) % 100 for value in months)
    if len(months) > 1 and pairs and all(kind in {"year", "month"} for kind, _ in found):
        return {"year"}, {(kind, value): value // 100 if kind == "month" else value for kind, value in found}
    return {kind for kind, _ in found}, {period: period[1] for period in found}


@lru_cache(maxsize=65_536)
def read_header(text: str) -> Head:
    """What a header says about its column or row: period, what is measured, unit and a note.

    The year of a price base ("constant 2015 US$", "2010 = 100") is no period, nor is one of several years.
    """
    plain_text, note = _without_status(text)
    if not note and (marked := _MARKED.search(plain_text)) is not None:
        plain_text, note = plain_text[: marked.start()] + plain_text[marked.end() :], marked[1]
    if (period := _period_of_text(plain_text)) is not None:
        return Head(period, "", None, note)
    name, unit = unit_and_name(plain_text)
    if unit is not None and not note:
        name, note = split_note(name)
    if unit is not None and (period := _period_of_text(name)) is not None:
        return Head(period, "", unit, note)
    folded = " ".join(unicodedata.normalize("NFKC", name).split())
    period, rest = _period_inside(folded)
    if period is None:
        return Head(None, name, unit, note)
    if unit is None:
        rest, unit = unit_and_name(rest)
    return Head(period, "" if plain(rest) in _FREQUENCIES else rest, unit, note)


def _period_inside(text: str) -> tuple[Period | None, str]:
    lower = text.lower()
    if len(text) > 120 or len(lower) != len(text) or len(set(_ANY_YEAR.findall(lower))) != 1:
        return None, text
    if _BASE_YEAR.search(lower):
        return None, text
    for kind, form in _INSIDE:
        found = form.search(lower)
        if found is not None and (period := _period(kind, found)) is not None:
            if kind == "month" and (_RANGE_TO.search(lower[: found.start()]) or _RANGE_ON.match(lower[found.end() :])):
                return None, text
            before = _CONNECTORS.sub("", text[: found.start()])
            after = text[found.end() :].strip().lstrip(")],;:-–—_ ")
            return period, f"{before} {after}".strip(" ,;:-–—_")
    return None, text


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


# ---- numbers ----


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


# ---- names and units ----


def split_note(text: str) -> tuple[str, str]:
    """A label without the footnote mark at its end, and the mark: ("China", "(1)"). "km²" and "(goods)" stay."""
    found = _NOTE.search(text.strip())
    if found is None or not text[: found.start()].strip():
        return text.strip(), ""
    return text.strip()[: found.start("note")].strip(), found["note"].strip()


def unit_and_name(header: str) -> tuple[str, Unit | None]:
    """A header or title without the unit it states, and that unit: "Exports (US$ billion)".

    Only what is known as a unit is taken for one; other words in brackets belong to the name. A share says of what it
    is one, so that "Services (% of GDP)" keeps its name whole.
    """
    folded = " ".join(unicodedata.normalize("NFKC", header).split())
    if plain(header) in _measure_names():
        return " ".join(header.split()), None
    if (unit := stated_unit(folded)) is not None and unit.is_money:
        return "", unit
    for pattern in (_BRACKETS, _COMMA, _IN):
        found = pattern.match(folded)
        unit = stated_unit(found["unit"]) if found else None
        if found and unit is not None:
            return _without_unit(found["name"].strip(), unit), unit
    for at in [at for at, sign in enumerate(folded) if sign == "_" and " " not in folded]:
        unit = stated_unit(folded[at + 1 :].replace("_", " ")) if not _ANY_YEAR.search(folded, at) else None
        if at and unit is not None and (unit.is_money or unit.base == "%"):
            return folded[:at], unit
    bracket = _BRACKETS.match(folded)
    if bracket and (scale := _scale_of(bracket["unit"])) is not None:
        people = plain(bracket["name"]) in measures()["population"].aliases
        return bracket["name"].strip(), Unit("persons" if people else "", scale)
    if bracket and _SHARE.search(bracket["unit"].lower()) and "/" not in bracket["unit"]:
        return " ".join(header.split()), Unit("%")
    return " ".join(header.split()), None


def _scale_of(text: str) -> float | None:
    """The factor of "million", "in thousands" or "亿", which say nothing of what they count; None for another text."""
    written = re.sub(r"^(?:in|单位)\s*[:：]?\s*", "", text.strip(), flags=re.IGNORECASE)
    if not written or not written[-1].isalpha() or any(map(str.isdigit, written)):
        return None
    try:
        parse_unit(written)
    except UserError:
        return parse_unit(f"{written} USD").scale
    return None


def _without_unit(name: str, unit: Unit) -> str:
    """A name without the same unit in another language: "出口(亿美元) Exports (USD 100 million)"."""
    found = _INNER_BRACKETS.search(name)
    return name.replace(found[0], " ", 1) if found and stated_unit(found[1]) == unit else name


def stated_unit(text: str) -> Unit | None:
    """The unit that a text is, where it is money, per cent or a known physical unit without doubt."""
    written = re.sub(r"^\s*(?:in\b|units?\b|单位)\s*[:：]?\s*", "", text, flags=re.IGNORECASE)
    if len(halves := in_two_languages(written)) == 2:
        found = {unit for half in halves if (unit := stated_unit(half.strip(" ()（）[]/,;:："))) is not None}
        return found.pop() if len(found) == 1 else None
    try:
        unit = parse_unit(written)
    except UserError:
        return None
    return unit if written.strip() and is_known(unit) else None


def is_known(unit: Unit) -> bool:
    """Whether a unit is more than a text that nobody knows."""
    return unit.base == "%" or unit.is_money or units.is_known_unit(unit)


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
