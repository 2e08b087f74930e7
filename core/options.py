"""Settings of the analysis where studies differ: what can be chosen, and what holds where nothing is."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from core.errors import UserError, refuse
from core.indices import indices
from core.indices.registry import Index
from core.numbers import exact
from core.places import DATA
from core.text import Bilingual, Text, text

DIRECTIONS = ("higher", "lower")
"""Whether a higher or a lower value of an index counts as better in the composite."""


@dataclass(frozen=True, slots=True)
class Possibility:
    """One of the values that an option with few of them can have."""

    value: str | float
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Option:
    """A setting by which results differ.

    `kind` is "choice" (one of `choices`), "number" (above `above`), "sectors" (a tuple of sector ids) or "indices"
    (a tuple of pairs of an index id and one of `DIRECTIONS`). `stated` ones are a part of a definition: charts say
    them even where they are the default.
    """

    id: str
    kind: str
    name: Bilingual
    about: Bilingual
    default: Any
    choices: tuple[Possibility, ...]
    above: float
    stated: bool
    order: int

    def take(self, given: Any) -> Any:
        """What was given, as a value of this option: tuples for lists, float for numbers. Raises UserError."""
        if self.kind == "choice":
            found = [each.value for each in self.choices if type(given) is not bool and each.value == given]
            if not found:
                names = tuple(each.name for each in self.choices)
                raise refuse("“{option}” must be one of: {choices}.", option=self.name, choices=names)
            return found[0]
        if self.kind == "number":
            number = given if isinstance(given, int | float) and not isinstance(given, bool) else math.nan
            if not (math.isfinite(number) and number > self.above):
                raise refuse("“{option}” must be a number above {least}.", option=self.name, least=exact(self.above))
            return float(number)
        if self.kind == "sectors":
            if not (isinstance(given, list | tuple) and all(isinstance(each, str) for each in given)):
                raise refuse("“{option}” must be a list of sectors.", option=self.name)
            return tuple(dict.fromkeys(given))
        pairs = [each for each in given if _is_pair(each)] if isinstance(given, list | tuple) else []
        chosen: dict[str, str] = dict(pairs)
        if len(chosen) < 2 or len(chosen) != len(given):
            raise refuse("“{option}” must name two or more different indices.", option=self.name)
        if not set(chosen.values()) <= set(DIRECTIONS):
            raise refuse("“{option}” must say for each index whether higher or lower is better.", option=self.name)
        return tuple(chosen.items())


@cache
def options() -> Mapping[str, Option]:
    """All options of data/options.toml by id, in their order."""
    data = tomllib.loads((DATA / "options.toml").read_text(encoding="utf-8"))
    found = {name: _option(name, entry) for name, entry in data.items()}
    return dict(sorted(found.items(), key=lambda item: item[1].order))


def value(chosen: Mapping[str, Any], option: str) -> Any:
    """The value of an option under the settings of a project (`Analysis.options`).

    The default where the project says nothing, and where it says something that this version does not know.
    """
    known = options()[option]
    if option not in chosen:
        return known.default
    try:
        return known.take(chosen[option])
    except UserError:
        return known.default


def concerning(index: Index, chosen: Mapping[str, Any]) -> tuple[str, ...]:
    """The options on which an index depends, in the order of the catalogue; a composite has those of its indices."""
    composed = index.of([each for each, _direction in value(chosen, "composite")])
    return tuple(each for each in options() if each in composed.options)


def set_aside(chosen: Mapping[str, Any], among: Iterable[str]) -> tuple[str, ...]:
    """Those among some options that are not as they are by default, in the order of the catalogue."""
    wanted = set(among)
    return tuple(each.id for each in options().values() if each.id in wanted and value(chosen, each.id) != each.default)


def shown(option: str, given: Any, names: Mapping[str, Bilingual] | None = None) -> Text | Bilingual:
    """A value for people, as a phrase that says what it is a value of: "World excluding the reporter".

    `names` are those of the sectors, by id.
    """
    known = options()[option]
    if known.kind == "choice":
        return next(each.name for each in known.choices if each.value == given)
    if known.kind == "number":
        return text("{option}: {value}", option=known.name, value=exact(given))
    if known.kind == "sectors":
        if not given:
            return text("All sectors of the table")
        called = tuple((names or {}).get(each, Bilingual(each)) for each in given)
        return text("All sectors are: {sectors}", sectors=called)
    return text("{option}: {value}", option=known.name, value=tuple(_directed(*pair) for pair in given))


def in_words(
    chosen: Mapping[str, Any], among: Iterable[str], names: Mapping[str, Bilingual] | None = None
) -> tuple[Text | Bilingual, ...]:
    """What a reader must be told of some options: those set aside from their defaults, and those always stated."""
    wanted, aside = set(among), set(set_aside(chosen, among))
    said = [each.id for each in options().values() if each.id in aside or (each.id in wanted and each.stated)]
    return tuple(shown(each, value(chosen, each), names) for each in said)


def composed_of() -> tuple[str, ...]:
    """The indices that a composite can be made of: those with a value for each sector, but no composite itself."""
    return tuple(
        each.id
        for each in indices().values()
        if each.dimensions == ("reporter", "sector") and not each.components and "composite" not in each.own_options
    )


def _is_pair(given: Any) -> bool:
    return isinstance(given, list | tuple) and len(given) == 2 and all(isinstance(each, str) for each in given)


def _directed(index: str, direction: str) -> Text | str:
    found = indices().get(index)
    symbol = found.entry.symbol if found else index
    return symbol if direction == "higher" else text("{index} (lower is better)", index=symbol)


def _option(name: str, entry: Mapping[str, Any]) -> Option:
    option = Option(
        name,
        str(entry["kind"]),
        Bilingual.from_json(entry["name"]),
        Bilingual.from_json(entry["about"]),
        None,
        tuple(Possibility(each["value"], Bilingual.from_json(each["name"])) for each in entry.get("choices", ())),
        float(entry.get("above", -math.inf)),
        bool(entry.get("stated", False)),
        int(entry["order"]),
    )
    return replace(option, default=option.take(entry["default"]))
