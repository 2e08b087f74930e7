"""The catalogue of measures, and the words by which a clean import recognises dimensions and roles."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Any

from core.economies import Economy, economy, looks_aggregate
from core.places import DATA
from core.sectors import is_total_code, is_total_name, sector
from core.table import Label
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Measure:
    """What a series measures. Only a summable one may be added over sectors or economies.

    A `whole` one belongs to the economy and to no sector, such as its gross domestic product.
    """

    id: str
    name: Bilingual
    summable: bool
    kind: str
    unit: str
    whole: bool
    aliases: tuple[str, ...]


@cache
def measures() -> dict[str, Measure]:
    """All measures of data/measures.toml by id."""
    return {
        key: Measure(
            key,
            Bilingual.from_json(entry["name"]),
            bool(entry["summable"]),
            str(entry["kind"]),
            str(entry["unit"]),
            bool(entry.get("whole", False)),
            tuple(plain(alias) for alias in entry.get("aliases", ())),
        )
        for key, entry in _read("measures.toml").items()
    }


@cache
def role_words() -> dict[str, frozenset[str]]:
    """Words for "world", "total" and for the headers of dimensions, from data/roles.toml."""
    return {key: frozenset(plain(word) for word in words) for key, words in _read("roles.toml").items()}


def measure_label(text: str) -> Label:
    """The catalogue's measure that a header names, else a measure of the user's own (not summable).

    Words that do not change what is measured may stand around it: "Merchandise exports", "出口总值当期值". Growth,
    shares, ratios ("Exports to GDP"), cumulative values and trade with one partner ("Exports to China") never become
    exports or imports themselves.
    """
    wanted = plain(text)
    found = _found(wanted)
    if found is None and len(halves := in_two_languages(wanted)) == 2:
        both = {each.id: each for half in halves if (each := _found(half)) is not None}
        said = all(_found(half) is not None or _OTHER_HALF.fullmatch(half) for half in halves)
        found = both.popitem()[1] if said and len(both) == 1 else None
    return Label(found.id, found.name) if found is not None else Label(wanted, Bilingual(text.strip()))


def _found(wanted: str) -> Measure | None:
    bare = " ".join(wanted.replace("_", " ").strip(" :：").split())
    forms = (wanted, bare, _bare(bare), _BETWEEN_HAN.sub("", bare))
    return next((found for form in forms if (found := _by_name().get(form)) is not None), None)


def in_two_languages(text: str) -> tuple[str, ...]:
    """A text that says the same in Chinese and in English as its two halves: "出口总额 Total Exports"; else itself."""
    for form in (_ZH_EN, _EN_ZH):
        found = form.fullmatch(text.strip(" ()（）"))
        if found is not None:
            return found[1].strip(" /|-–()（）"), found[2].strip(" /|-–()（）")
    return (text,)


def is_exact(text: str) -> bool:
    """Whether a text is a name of the catalogue as it stands, not one with further words around it."""
    return plain(text) in _by_name()


@cache
def _by_name() -> dict[str, Measure]:
    """Measures by id, name and alias; the first one keeps a name that two have."""
    found: dict[str, Measure] = {}
    for measure in measures().values():
        for name in (measure.id, plain(measure.name.en), plain(measure.name.zh), *measure.aliases):
            found.setdefault(name, measure)
    return found


def _bare(wanted: str) -> str:
    """A header without the words that say nothing about what is measured."""
    wanted = _VALUE.sub("", _BEFORE.sub("", wanted))
    english = _FLOW.fullmatch(wanted)
    if english:
        return english[1] + "s"
    return _AFTER_ZH.sub("", _BEFORE_ZH.sub("", wanted))


_HAN = r"[\u3400-\u9fff]"
_ZH_EN = re.compile(rf"([^A-Za-z]*{_HAN}[^A-Za-z]*?)[\s/|(（]+([A-Za-z][^\u3400-\u9fff]{{2,}})")
_EN_ZH = re.compile(rf"([A-Za-z][^\u3400-\u9fff]{{2,}}?)[\s/|(（]+({_HAN}[^A-Za-z]*)")
_BETWEEN_HAN = re.compile(rf"(?<={_HAN}) (?={_HAN})")
_OTHER_HALF = re.compile(
    r"(?:(?:the|total|value|volume|of|and|&|imports?|exports?|balance|trade|foreign|goods|services|merchandise|net"
    r"|commodities|gdp|population|gross|domestic|product)(?:[ ,]+|$))+"
)
"""What may stand beside a Chinese name of a measure without changing it."""
_VALUE = re.compile(r"^(?:values?(?! of)|amount|金额|数额)[ :：]+| (?:amount|金额|数额)$")
_BEFORE = re.compile(r"^(?:(?:international )?trade(?: in goods)?\s*[:\-–]\s*|goods, |trade values? )")
_FLOW = re.compile(
    r"(?:(?:total|merchandise|goods|services|national|bilateral|annual|gross|domestic|value of|trade|commercial) )*"
    r"(export|import)(?:ed|s)?(?:,?:? (?:trade )?values?| trade| flows?)?"
    r"(?: of (?:all )?(?:goods|services|goods and services|goods & services|merchandise|commercial services|products))?"
    r"(?:,? (?:total|all products|all commodities))?"
    r"(?:,? by [^,;:%]*\b(?:sector|product|commodity|categor(?:y|ie)|countr(?:y|ie)|econom(?:y|ie)|partner|destination"
    r"|origin|industr(?:y|ie)|group|section|chapter|region)s?"
    r"|,? (?:to|from) (?:(?:all|the|main|major|individual|partner|trading) )*"
    r"(?:world|partners?|countr(?:y|ies)|econom(?:y|ies)|destinations?|origins?))?"
    r"(?:,? (?:free on board|cost,? insurance,? (?:and )?freight))?"
    r"(?:,? \(?(?:fob|cif|f\.o\.b\.|c\.i\.f\.|bop|customs basis)\)?)?(?: [-–] (?:annual|quarterly|monthly))?"
    r"(?:,? (?:in )?\(?(?:18|19|20)\d\d\)?)?"
)
_BEFORE_ZH = re.compile(r"^(?:全国|货物|商品|服务|对外|中国|我国)+(?=进|出|贸)")
_AFTER_ZH = re.compile(r"(?:[_ ]?(?:当期值|当月值|本期值|本月值|本月|当月|当年值|全年|\(人民币\)|\(美元\)))+$")


def place_label(dimension: str, text: str, *, codes: bool = False, scheme: str = "") -> Label:
    """A reporter, partner or sector named in a file: the one that the tables know, else a new one by its own name.

    A name that only looks like a group ("Other Africa") has the role of one. The rest as for `known_place`.
    """
    found = known_place(dimension, text, codes=codes, scheme=scheme)
    if found is not None:
        return found
    role = "aggregate" if dimension != "sector" and looks_aggregate(text) else ""
    return Label(plain(text), Bilingual(text.strip()), role)


def known_place(dimension: str, text: str, *, codes: bool = False, scheme: str = "") -> Label | None:
    """The label of an economy ("CHN"), of a sector with a code ("85") or of all sectors ("total"); None for others.

    `codes` says that the text is a code, where "NA" is Namibia and "S" all services; `scheme` which classification a
    code of a sector belongs to, for "01" means something else in each.
    """
    if dimension != "sector":
        found = economy(text, codes=codes) or _in_both(text)
        return Label(found.id, found.name, found.role) if found is not None else None
    if all(map(_is_total, in_two_languages(text))) or (codes and is_total_code(text)):
        return Label("total", Bilingual("Total", "总计"), "total")
    part = sector(text, scheme) if scheme or codes else None
    return Label(part.code, part.label) if part is not None else None


def _is_total(text: str) -> bool:
    closed = _BETWEEN_HAN.sub("", plain(text))
    return closed in role_words()["total"] or is_total_name(closed)


def _in_both(text: str) -> Economy | None:
    """An economy that is named in Chinese and in English beside each other."""
    found = [economy(half) for half in in_two_languages(text)]
    return found[0] if len(found) == 2 and found[0] == found[1] else None


def summable(measure_id: str) -> bool:
    """True where the catalogue allows sums; a measure of the user's own is never summed."""
    measure = measures().get(measure_id)
    return measure is not None and measure.summable


def plain(text: str) -> str:
    """A text reduced for comparison: full-width forms, case and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
