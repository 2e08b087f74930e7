"""Periods as people write them, and the one that comes next."""

from __future__ import annotations

import datetime
import re
import unicodedata
from itertools import pairwise

from core.errors import refuse
from core.table import Periods

_PATTERNS = {
    "year": r"(\d{4})年?",
    "quarter": r"(\d{4})[-/ ]?Q([1-4])",
    "month": r"(\d{4})[-/.]?(\d{1,2})",
    "date": r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})",
}
_EXAMPLES = {"year": "2019", "quarter": "2019Q1", "month": "2019-01", "date": "2019-01-31"}


def parse_period(kind: str, text: str) -> int:
    """The period that a person typed, as the number by which a table knows it. Raises UserError."""
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    found = re.fullmatch(_PATTERNS[kind], plain) if kind in _PATTERNS else None
    parts = [int(each) for each in found.groups()] if found else []
    if found is None or (kind == "month" and not 1 <= parts[1] <= 12) or (kind == "date" and not _is_day(parts)):
        raise refuse(
            "“{text}” is no period of this table. Write it like {example}.",
            text=text.strip(),
            example=_EXAMPLES.get(kind, _EXAMPLES["year"]),
        )
    if kind == "quarter":
        return parts[0] * 10 + parts[1]
    number = 0
    for part in parts:
        number = number * 100 + part
    return number


def parse_span(kind: str, text: str) -> tuple[int, ...]:
    """One period, or all from one to another: "2019" or "2015–2019". Raises UserError."""
    ends = re.split(r"\s*(?:[–—~～至到]|\.\.)\s*|(?<=\d{4})\s*-\s*(?=\d{4}$)", text.strip())
    if len(ends) == 1:
        return (parse_period(kind, text),)
    if len(ends) != 2:
        raise refuse("“{text}” is no period and no span of periods.", text=text.strip())
    first, last = (parse_period(kind, end) for end in ends)
    span = [first]
    while span[-1] < last:
        if len(span) >= 1000:
            raise refuse("More than 1,000 periods at once are too many.")
        span.append(_after(kind, span[-1]))
    if span[-1] != last:
        raise refuse("“{text}” ends before it begins.", text=text.strip())
    return tuple(span)


def year_of(kind: str, value: int) -> int:
    """The year in which a period lies; 0 for a cross-section without one."""
    return value // {"year": 1, "quarter": 10, "month": 100, "date": 10000}[kind] if kind in _PATTERNS else 0


def next_period(periods: Periods) -> int | None:
    """The period that continues a table at its end, in its own steps; None where nothing says which."""
    kind, values = periods.kind, periods.values
    if not values or kind not in _PATTERNS:
        return None
    try:
        places = [_ordinal(kind, value) for value in values]
    except ValueError:
        return None
    steps = {b - a for a, b in pairwise(places)}
    step = steps.pop() if len(steps) == 1 else 1
    following = _period(kind, places[-1] + step)
    return following if following is not None and following > values[-1] else None


def _after(kind: str, value: int) -> int:
    following = _period(kind, _ordinal(kind, value) + 1)
    if following is None:
        raise refuse("There is no period after {period}.", period=value)
    return following


def _ordinal(kind: str, value: int) -> int:
    """A number that rises by one from each period to the next."""
    if kind == "quarter":
        return value // 10 * 4 + value % 10 - 1
    if kind == "month":
        return value // 100 * 12 + value % 100 - 1
    if kind == "date":
        return datetime.date(value // 10000, value // 100 % 100, value % 100).toordinal()
    return value


def _period(kind: str, ordinal: int) -> int | None:
    if kind == "quarter":
        return ordinal // 4 * 10 + ordinal % 4 + 1
    if kind == "month":
        return ordinal // 12 * 100 + ordinal % 12 + 1
    if kind == "date":
        if not 1 <= ordinal <= datetime.date.max.toordinal():
            return None
        day = datetime.date.fromordinal(ordinal)
        return day.year * 10000 + day.month * 100 + day.day
    return ordinal if ordinal <= 9999 else None


def _is_day(parts: list[int]) -> bool:
    try:
        datetime.date(*parts)
    except ValueError:
        return False
    return True
