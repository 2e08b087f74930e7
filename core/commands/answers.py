"""What a person would decide in the window, as options of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.annual import RULES
from core.errors import refuse
from core.files.importing import Answers
from core.files.mapping import TWICE
from core.units import parse_unit

FLOWS = ("exports", "imports")
_OPTIONS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "--sheet": {"metavar": "NAME", "help": "the only sheet that is wanted, by name or number"},
        "--year": {"metavar": "YEAR", "type": int, "help": "the year of all numbers, where the file states none"},
        "--unit": {"metavar": "UNIT", "help": "the unit of all numbers, such as “US$ million” or 亿美元"},
        "--flow": {"choices": FLOWS, "help": "what the numbers are, where the file does not say"},
        "--reporter": {"metavar": "NAME", "help": "the economy of all numbers"},
        "--partner": {"metavar": "NAME", "help": "the partner of all numbers"},
        "--sector": {"metavar": "NAME", "help": "the sector of all numbers"},
        "--decimal": {"choices": (".", ","), "help": "the decimal sign"},
        "--twice": {"choices": tuple(filter(None, TWICE)), "help": "what becomes of different values for one place"},
        "--encoding": {"metavar": "NAME", "help": "the encoding of a text file, such as gb18030"},
        "--separator": {"metavar": "SIGN", "help": "what separates the fields of a text file, such as ; or tab"},
    }
)
_SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " "}


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of an import, and the one for years."""
    group = parser.add_argument_group("what the import of a spreadsheet cannot know")
    for name, more in _OPTIONS.items():
        group.add_argument(name, **more)
    group.add_argument(
        "--annual", choices=tuple(filter(None, RULES)), help="how years are made of months, quarters or days"
    )


def given(options: argparse.Namespace) -> tuple[str, ...]:
    """The names of the import options that were given."""
    return tuple(name for name in _OPTIONS if getattr(options, name[2:]) not in {None, ""})


def answers_of(options: argparse.Namespace) -> Answers:
    """What was said in advance. Raises UserError for a year or a unit that is none."""
    if options.year is not None and not 1000 <= options.year <= 9999:
        raise refuse("“{year}” is no year. Write it like --year 2019.", year=options.year)
    said = {
        each: getattr(options, each) or "" for each in ("sheet", "reporter", "partner", "sector", "decimal", "twice")
    }
    return Answers(
        year=options.year,
        unit=parse_unit(options.unit) if options.unit else None,
        measure=options.flow or "",
        **said,
    )


def separator_of(options: argparse.Namespace) -> str:
    """The sign that separates fields; "" where it is to be found out."""
    written: str = options.separator or ""
    sign = _SEPARATORS.get(written.casefold(), written)
    if len(sign) > 1:
        raise refuse("“{sign}” is no separator. Write one sign, or “tab”.", sign=written)
    return sign
