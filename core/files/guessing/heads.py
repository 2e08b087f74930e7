"""What the words of a header say about its column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from core.files.cells import split_note, unit_and_name
from core.measures import in_two_languages, plain, role_words
from core.table import DIMENSIONS

_DIRECT = (
    *DIMENSIONS, "flow", "unit", "year", "value", "reporter_code", "partner_code", "sector_code", "measure_code",
    "within_year", "scale", "mark", "ignored",
)  # fmt: skip
_SCHEME = re.compile(r"([a-z]+)(?: ?r(?:ev)?[ .]?\d+| ?\d{2,4})")
"""A classification with its version: "sitc06", "nace r2", "hs 2022"."""
_LETTERS = {"t": "year", "i": "reporter_code", "j": "partner_code", "k": "sector_code", "v": "value", "q": "ignored"}
"""The columns of BACI, believed only together."""


def tidied(header: str) -> str:
    """A header as plain words: "reporterISO" is "reporter iso", "OBS_VALUE" is "obs value"."""
    text = unicodedata.normalize("NFKC", split_note(header)[0]).partition("\\")[0]
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    text = re.sub(r"[_.\-]+(?=\w)", " ", text)
    return plain(text).strip(" :：.*'\"")


@cache
def roles_of(header: str) -> tuple[str, ...]:
    """What a header may say about its column, the likeliest first: roles of columns, "flow", "ignored", "code"."""
    name, unit = unit_and_name(header)
    found: dict[str, None] = {}
    if "\\" in header and "," in header:
        return ("ignored",)
    for wanted in dict.fromkeys(map(_closed, (plain(name), tidied(name), plain(header)))):
        for role in _DIRECT:
            if wanted in role_words()[role] and not (role == "unit" and unit):
                found[role] = None
        found |= dict.fromkeys(_composed(wanted))
    return tuple(found)


def _closed(text: str) -> str:
    """A text without the spaces that spread a Chinese word: "项 目"."""
    return re.sub(r"(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])", "", text)


def _composed(wanted: str) -> list[str]:
    """Roles of a dimension with a word for code or name behind it: "product label", "国家代码", "GEO (Labels)"."""
    wanted = re.sub(r"\s*[(\[](\w+)[)\]]$", r" \1", wanted)
    if wanted.startswith("indic "):
        return ["measure"]
    if (scheme := _SCHEME.fullmatch(wanted)) is not None and scheme[1] in role_words()["sector_code"]:
        return ["sector_code"]
    if len(halves := in_two_languages(wanted)) == 2:
        both = [roles_of(half)[:1] for half in halves]
        return [*both[0]] if both[0] == both[1] or not both[1] else []
    if wanted in role_words()["code_words"]:
        return ["code"]
    for kind, suffix in (("code_words", "_code"), ("name_words", "")):
        rest = wanted
        while (shorter := _without_last(rest, kind)) != rest:
            rest = shorter
            for role in (*DIMENSIONS, "flow"):
                if rest in role_words()[role] or (role == "sector" and rest in role_words()["sector_code"]):
                    return [role if role == "flow" else role + suffix]
    return []


def _without_last(wanted: str, kind: str) -> str:
    """A header without the word for code or name at its end."""
    rest = re.sub(r" (?:hs|sitc|isic|naics|cpc|cn|nace)[ \d]*$", "", wanted) if kind == "code_words" else wanted
    for word in sorted(role_words()[kind], key=len, reverse=True):
        short = rest.removesuffix(word)
        if short != rest and short.strip(" -/:") and (word > "\u2fff" or short.endswith((" ", "-", "/", ":"))):
            return short.strip(" -/:")
    return rest


def letter_roles(headers: Sequence[str]) -> dict[int, str]:
    """The roles of single letters, where they are those of BACI: t, i, j, k, v, q."""
    found = {at: _LETTERS[text] for at, header in enumerate(headers) if (text := plain(header)) in _LETTERS}
    return found if {"year", "reporter_code", "value"} <= {*found.values()} and len(found) >= 4 else {}


def has_word(text: str, key: str) -> bool:
    """Whether a text has one of the words of `key` in data/roles.toml: whole words in English, parts in Chinese."""
    pattern = _pattern(key)
    return bool(pattern.search(plain(text)))


@cache
def _pattern(key: str) -> re.Pattern[str]:
    words = sorted(role_words()[key], key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(word) if word > "\u2fff" else rf"(?<![a-z]){re.escape(word)}(?![a-z])" for word in words)
    )


def says_value(header: str) -> bool:
    """Whether a header says that its column holds the numbers of the list."""
    return "value" in roles_of(header)
