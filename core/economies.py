"""Economies by the names and codes that trade data give them: ISO 3166, former economies and groups."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from core.places import DATA
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Economy:
    """An economy, or a group of them.

    `id` is the ISO 3166-1 alpha-3 code, for the rest the code that the World Bank uses or a word of our own. `role` is
    "" for an economy, "world", or "aggregate" for a group. `codes` are all others: alpha-2, numeric, of other bodies.
    """

    id: str
    name: Bilingual
    role: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Index:
    names: Mapping[str, Economy]
    codes: Mapping[str, Economy]
    ids: Mapping[str, Economy]
    words: tuple[tuple[str, frozenset[str], Economy], ...]
    """All names with their words, for those that are only similar."""


def economies() -> tuple[Economy, ...]:
    """All economies and groups of the tables in data/."""
    return tuple(_index().ids.values())


def economy(text: str, *, codes: bool = False) -> Economy | None:
    """The economy that a text names exactly, but for case, accents, punctuation, order of words and footnote marks.

    Codes of three letters and more count where they are written in capitals; `codes` says that the text comes from a
    column of codes, where "NA" is Namibia, "0" the world, "156" and "chn" are China.
    """
    index, written = _index(), text.strip()
    if len(written) > _LONGEST:
        return None
    code = written.upper() if codes else written
    if codes or (len(code) > 2 and code.isupper() and not code.isdigit()):
        found = index.codes.get(code) or (index.codes.get(code.zfill(3)) if code.isdigit() else None)
        if found is not None:
            return found
    return _named(index, written)


def suggestions(text: str, most: int = 3) -> tuple[Economy, ...]:
    """Economies with a name like this, the likeliest first. Never to be taken without asking a person."""
    index, key = _index(), name_key(text[: 2 * _LONGEST])
    words = set(key.split())
    if not key or len(key) > _LONGEST:
        return ()
    scores: dict[str, float] = {}
    matcher = SequenceMatcher(b=key, autojunk=False)
    for name, its_words, each in index.words:
        score = 1.0
        if not words <= its_words:
            if 2 * min(len(name), len(key)) < _LIKE * (len(name) + len(key)):
                continue
            matcher.set_seq1(name)
            score = _likeness(matcher)
        if score >= _LIKE:
            # Of two names that hold all words, the shorter is likelier; a group is less likely than an economy.
            score -= len(name) / 1000 + (0.2 if each.role else 0.0)
            scores[each.id] = max(score, scores.get(each.id, -1.0))
    ranked = sorted(scores, key=lambda each: (-scores[each], each))
    return tuple(index.ids[each] for each in ranked[:most])


def looks_aggregate(text: str) -> bool:
    """Whether a name that no table knows speaks of a group or a rest, such as "Other Africa" or "其他国家"."""
    found = economy(text)
    if found is not None:
        return bool(found.role)
    written = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold()
    return bool(_GROUP.search(written) or _GROUP_ZH.search(written))


def name_key(text: str) -> str:
    """What is compared of a name: its words, spelled out and sorted; a Chinese name as a whole."""
    folded = unicodedata.normalize("NFKD", _UNWRITTEN.sub("", text)).casefold()
    bare = folded if folded.isascii() else "".join(each for each in folded if not unicodedata.combining(each))
    words = _WORD.findall(bare.replace("_", " "))
    if _HAN.search(folded):
        return "".join(words)
    spelled = [_SHORT.get(word, word) for word in words]
    return " ".join(sorted(word for word in spelled if word not in _SILENT) or sorted(spelled))


_LIKE = 0.75
_LONGEST = 200
"""Characters; a longer text is no name of an economy, and cells may hold any amount of text."""


def _likeness(matcher: SequenceMatcher[str]) -> float:
    """The ratio of two texts, or 0 where its upper bounds already say that they differ too much."""
    bounds = (matcher.real_quick_ratio, matcher.quick_ratio)
    return matcher.ratio() if all(bound() >= _LIKE for bound in bounds) else 0.0


_GROUP = re.compile(
    r"\b(?:incomes?|other|others|rest|remaining|residual|nes|nec|n\.e\.[sc]\.?|not elsewhere|not specified|unspecified"
    r"|excl|excluding|except|total|totals|subtotal|all|countries|economies|nations|members?|regions?|regional|areas?"
    r"|groups?|grouping|communit(?:y|ies)|cooperation|association|agreement|commonwealth of independent|alliance"
    r"|league|organi[sz]ation|markets?|blocs?|developing|developed|emerging|industriali[sz]ed|selected|major|least"
    r"|l?ldcs?|hipcs?|lifdcs?|sids|ida|ibrd|oecd|asean|eu\W?\d+|ea\W?\d+|g\W?\d+|extra|intra|former members"
    r"|average|aggregates?|world|continents?|top \d+|dividend|exporters|importers|bunkers|zones|categories"
    r"|union|partnership|development|asia|europe|oceania|caribbean|pacific|(?<!south )africa|(?<!of )americas?)\b"
)
_GROUP_ZH = re.compile(
    r"其他|其它|其余|合计|总计|小计|总额|总数|平均|不详|未列名|未列明|未分类"
    r"|(?:沿线|收入|发展中|发达|新兴|成员|转型|工业|伙伴|主要|非洲|欧洲|亚洲|美洲).*(?:国家|经济体|国)$|地区合计|集团$|联盟$|组织$|协定$|共同体$"
)

_SHORT = {
    "arch": "archipelago", "br": "british", "dem": "democratic", "fed": "federated", "federal": "federated",
    "fmr": "former", "fr": "french", "int": "international", "is": "islands", "isd": "islands", "isds": "islands",
    "island": "islands", "isl": "islands", "neth": "netherlands", "peop": "peoples", "people": "peoples",
    "plur": "plurinational", "prov": "province", "rep": "republic", "so": "southern", "st": "saint", "state": "states",
    "sts": "states", "sainte": "saint", "ste": "saint", "terr": "territories", "territory": "territories",
    "excl": "excluding", "incl": "including", "exc": "excluding", "economy": "economies", "country": "countries",
}  # fmt: skip
_SILENT = frozenset({"the", "of", "and", "et", "de"})
_MARK = re.compile(
    r"(?:[*†‡§#\u00b9\u00b2\u00b3\u2070-\u2079]|\s*[(\[]\s*(?:\d{1,2}|[a-z])\s*[)\]]|\s+\d{1,2}/)+\s*$", re.IGNORECASE
)
_BRACKET = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<again>[^()]+)\)$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"\w+")
_UNWRITTEN = re.compile("['’‘`.\u00b4\u02bc\uff07]")


def _named(index: _Index, written: str) -> Economy | None:
    found = index.names.get(name_key(written))
    if found is not None:
        return found
    bare = _MARK.sub("", written)
    if bare != written:
        return _named(index, bare) if bare else None
    twice = _BRACKET.match(unicodedata.normalize("NFKC", written))
    if twice is not None:  # "ASEAN (Association of Southeast Asian Nations)", "China (CHN)"
        name, again = (index.names.get(name_key(each)) or index.codes.get(each) for each in twice.groups())
        return name if name is not None and name is again else None
    return None


@cache
def _index() -> _Index:
    names: dict[str, Economy] = {}
    codes: dict[str, Economy] = {}
    ids: dict[str, Economy] = {}
    for found, spellings in _entries():
        ids[found.id] = found
        for code in (found.id, *found.codes):
            codes.setdefault(code.upper(), found)
        for spelling in spellings:
            names.setdefault(name_key(spelling), found)
    words = tuple((name, frozenset(name.split()), each) for name, each in names.items())
    return _Index(names, codes, ids, words)


def _entries() -> Iterator[tuple[Economy, Iterable[str]]]:
    """Each economy with all its spellings; what comes first keeps a spelling or a code that two have."""
    own = tomllib.loads((DATA / "economies.toml").read_text(encoding="utf-8"))
    with (DATA / "economies.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(line for line in stream if not line.startswith("#")):
            each = Economy(row["id"], Bilingual(row["en"], row["zh"]), "", (row["alpha2"], row["numeric"]))
            more = tuple(own["codes"].get(each.id, ()))
            shown = _shown(own["names"].get(each.id)) or each.name
            spellings = (shown.en, shown.zh, row["en"], row["zh"], *own["aliases"].get(each.id, ()))
            yield replace(each, name=shown, codes=(*each.codes, *more)), spellings
    for table, role in (("former", ""), ("world", "world"), ("groups", "aggregate")):
        for key, entry in own[table].items():
            name = Bilingual(*entry["name"])
            yield (
                Economy(key, name, role, tuple(entry.get("codes", ()))),
                (name.en, name.zh, *entry.get("aliases", ())),
            )


def _shown(pair: Any) -> Bilingual | None:
    return Bilingual(*pair) if pair else None
