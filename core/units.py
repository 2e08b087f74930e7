"""Units of series: a currency or another base, and the scale of the numbers."""

from __future__ import annotations

import math
import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from core.errors import refuse
from core.places import DATA
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Unit:
    """`base` is a currency ("USD"; "USD 2015" at constant prices), "%", "" (a pure number), "t", "kWh" or free text.

    `scale` multiplies it: a value v in this unit is v × scale units of the base; USD with scale 1e8 is 亿美元.
    """

    base: str = ""
    scale: float = 1.0

    @property
    def is_money(self) -> bool:
        """True for a currency that the application knows, at constant prices too; GDP and TEU are no money."""
        return self._currency in _words().money

    @property
    def _currency(self) -> str:
        """The base without the year of its prices."""
        return _CONSTANT_BASE.sub("", self.base)

    def factor_to(self, other: Unit) -> float | None:
        """What to multiply values of this unit by to get `other`; None where the base differs."""
        return self.scale / other.scale if self.base == other.base else None

    def show(self, language: str) -> str:
        """The customary name: "US$ billion", "亿元", "10 thousand t", "US$ million (constant 2015 prices)"."""
        words = _words()
        if (self.base, self.scale) in words.shown:
            return words.shown[self.base, self.scale].show(language)
        scale = words.scales.get(self.scale)
        if self.is_money:
            return self._money(words.money[self._currency], scale, language)
        base = words.shown.get((self.base, 1.0), Bilingual(self.base)).show(language)
        if self.scale == 1:
            return base
        if scale is None:
            return f"{self.scale:g} {base}".strip()
        return scale.zh + base if language == "zh" and base != self.base else f"{scale.show(language)} {base}".strip()

    def _money(self, name: Bilingual, scale: Bilingual | None, language: str) -> str:
        year = _CONSTANT_BASE.search(self.base)
        if language == "zh":
            constant = f"（{year[1]}年不变价）" if year and year[1].isdigit() else "（不变价）" if year else ""
            return ("" if self.scale == 1 else scale.zh if scale else f"{self.scale:g} ") + name.zh + constant
        constant = (
            f" (constant {year[1]} prices)" if year and year[1].isdigit() else " (constant prices)" if year else ""
        )
        return f"{name.en} {'' if self.scale == 1 else scale.en if scale else f'× {self.scale:g}'}".strip() + constant

    @property
    def name(self) -> Bilingual:
        """The unit in both languages, for messages."""
        return Bilingual(self.show("en"), self.show("zh"))


def parse_unit(text: str) -> Unit:
    """The unit that a person typed or a file states, e.g. "US$ billion", "亿美元", "万吨标准煤", "%", "USD mn", "t".

    What is no known unit is a base of its own, as it was written. Raises UserError where a text has a scale but no
    base ("billion"), because a guess would be a wrong number.
    """
    written = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").split())
    unit = _read(written)
    if unit is None:
        raise refuse(
            "“{text}” is no unit: it names a scale but not of what. Write for example “US$ billion”.",
            text=text,
        )
    return unit


@lru_cache(maxsize=4096)
def _read(written: str) -> Unit | None:
    """The unit of a text in its plain form; None for a scale of nothing."""
    if not written or len(written) > _LONGEST or written.count("(") != written.count(")"):
        return Unit(written)
    known = _words().exact.get(written) or _words().units.get(written.casefold())
    if known is not None:
        return known
    bare, constant = _without_prices(written)
    unit = _chinese(bare) if _HAN.search(bare) else None
    unit = unit or _parsed(bare)
    if unit is not None and unit.base:
        money = unit.base in _words().money
        return Unit(unit.base + constant, unit.scale) if money or not constant else Unit(written)
    if unit is not None and unit.scale != 1:
        return None
    return Unit(written)


def is_known_unit(unit: Unit) -> bool:
    """Whether the base of a unit is money, per cent or a unit of quantity of data/units.toml, not only some text."""
    return unit.is_money or (unit.base, 1.0) in _words().shown or unit.base.startswith(_INDEX)


@dataclass(frozen=True, slots=True)
class _Words:
    money: Mapping[str, Bilingual]
    scales: Mapping[float, Bilingual]
    shown: Mapping[tuple[str, float], Bilingual]
    units: Mapping[str, Unit]
    """All units of one word or phrase, without case."""
    exact: Mapping[str, Unit]
    """Words in which case matters: "Mt" is a million tonnes, "MT" a tonne."""
    zh_scales: Mapping[str, float]
    capitals: frozenset[str]
    """Codes of currencies that are words as well, such as "pen" and "try", unless they are written in capitals."""
    meant: Mapping[str, tuple[str, Any]]
    """What a phrase is in a longer text: ("money", code), ("scale", value), ("short", value) or ("silent", "")."""


_INDEX = "index, "
_LONGEST, _LARGEST = 200, 1e15
_HAN = re.compile(r"[\u3400-\u9fff]")
_BASE_YEAR = re.compile(r"\(?\b(\d{4})(?:年)? ?= ?100\)?")
_CONSTANT = re.compile(
    r"\(?(?:at )?\b(?:constant|const\.?|chained|fixed)\b(?: base)? ?\(?(?P<a>\d{4})?(?:[-/]\d{2,4})?\)?"
    r"(?: ?prices?)?\)?"
    r"|\b(?P<b>(?:19|20)\d\d) (?:constant )?(?=prices?\b|us\$|usd\b|us dollars|dollars)"
    r"|\(?[按以]?(?P<c>\d{4})?年?(?:不变|可比)价格?(?:计算?)?的?\)?",
    re.IGNORECASE,
)
_CONSTANT_BASE = re.compile(r" (\d{4}|const)$")
_GLUED = re.compile(r"\b(k|m|mn|bn|mio|mrd)(usd|eur|gbp|cny|rmb)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"× ?\d+(?:\.\d+)?(?:e[+-]?\d+)?|\d{1,3}(?:,\d{3})+|[1-9]\d*(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE
)
_YEAR = re.compile(r"(?:18|19|20)\d\d")
"""In "US$ million 2015" it is the year of the numbers or of their prices, never a factor of 2,015."""
_PIECE = re.compile(r"\w+|.")
_BRACKETS = re.compile(r"[()\[\]*,.:;×_\s-]+")


def _without_prices(written: str) -> tuple[str, str]:
    """A unit without what it says of constant prices, and the year of these as a base has it: " 2015"."""
    found = _CONSTANT.search(written)
    if found is None:
        return written, ""
    year = found["a"] or found["b"] or found["c"] or "const"
    return f"{written[: found.start()]} {written[found.end() :]}".strip(), f" {year}"


def _chinese(written: str) -> Unit | None:
    """A scale and a base without a space between them, in either order: 亿美元, 万吨标准煤, 美元(百万), 人民币亿元."""
    words = _words()
    text = "".join(_BRACKETS.sub("", written).split()).casefold()
    for silent in sorted(_SILENT_ZH, key=len, reverse=True):
        text = text.removeprefix(silent)
    times, number = 1.0, re.match(r"\d+", text)
    if number is not None:
        times, text = float(number[0]), text[number.end() :]
        if _YEAR.fullmatch(number[0]) or not 0 < times <= _LARGEST:
            return None
    whole = text.replace("人民币", "") if text not in words.units else text
    for rest in (text, whole, whole and f"{whole}元" if text != whole else ""):
        for scale in ("", *words.zh_scales):
            for base in {rest.removeprefix(scale), rest.removesuffix(scale)} if scale else {rest}:
                unit = words.units.get(base) if base != rest or not scale else None
                if unit is not None and unit.base:
                    return Unit(unit.base, times * words.zh_scales.get(scale, 1.0) * unit.scale)
    scale_only = words.zh_scales.get(text)
    return Unit("", times * scale_only) if scale_only else None


def _parsed(written: str) -> Unit | None:
    """The unit of a text of several words; with an empty base where it states a scale only, None for other texts."""
    words = _words()
    year = _BASE_YEAR.search(written)
    if year is not None:
        rest = words.units.get(_BRACKETS.sub(" ", _BASE_YEAR.sub("", written)).strip().casefold(), Unit("index"))
        return Unit(f"{_INDEX}{year[1]}=100") if rest.base == "index" else None
    text, money, scale, short, left = _GLUED.sub(r"\1 \2", written.replace("_", " ")), "", 1.0, 1.0, ""
    at, counted = 0, False
    while at < len(text):
        found = _phrase().match(text, at)
        if found is not None and found[0].casefold() in words.capitals and not found[0].isupper():
            found = None
        number = None if found else _NUMBER.match(text, at)
        if number is not None and _YEAR.fullmatch(number[0]):
            return None
        if found is not None:
            kind, meant = words.meant[" ".join(found[0].casefold().split())]
            if kind == "money":
                named = {money, meant} - {""}
                if len(named) > 1 and not (named & _RUPEES and "Rs" in named):
                    return None
                money = max(named, key=lambda each: each != "Rs")
            elif kind == "scale":
                scale, counted = scale * meant, True
            elif kind == "short":
                short, left = short * meant, f"{left} {found[0]}"
            at = found.end()
        elif number is not None and not left.strip():
            times = float(number[0].lstrip("× ").replace(",", ""))
            if not 0 < times <= _LARGEST:
                return None
            scale, counted = scale * times, counted or math.log10(times).is_integer()
            at = number.end()
        else:
            piece = _PIECE.findall(text, at)[0]
            left += f" {piece}" if piece.isalnum() else piece if piece not in "()[]*,.:;× -" else " "
            at += len(piece)
    left = " ".join(left.split())
    if money:
        letters = all(words.meant.get(each.casefold(), ("",))[0] == "short" for each in left.split())
        return Unit(money, scale * short) if letters else None
    unit = words.exact.get(left) or words.units.get(left.casefold()) if left else Unit()
    if unit is None or (not left and not counted):
        return None
    return Unit(unit.base, scale * unit.scale)


_RUPEES = frozenset({"INR", "PKR", "NPR", "LKR"})
_SILENT_ZH = ("单位", "按现价计算的", "按", "以", "现价", "当年价格", "当年价", "现行价格")


@cache
def _words() -> _Words:
    table = tomllib.loads((DATA / "units.toml").read_text(encoding="utf-8"))
    money, shown, units, exact = (
        dict[str, Bilingual](),
        dict[tuple[str, float], Bilingual](),
        dict[str, Unit](),
        dict[str, Unit](),
    )
    meant: dict[str, tuple[str, Any]] = dict.fromkeys(table["silent"], ("silent", ""))
    scales = {float(each["value"]): Bilingual(each["en"], each["zh"]) for each in table["scale"]}
    for each in table["scale"]:
        meant |= dict.fromkeys((*each.get("words", ()), each["zh"]), ("scale", each["value"]))
        meant |= dict.fromkeys(each.get("short", ()), ("short", each["value"]))
    for each in table["physical"]:
        unit = Unit(each["base"], float(each.get("scale", 1.0)))
        if "en" in each:
            shown[unit.base, unit.scale] = Bilingual(each["en"], each["zh"])
        names = (each.get("en", ""), each.get("zh", ""), each["base"] if unit.scale == 1 else "", *each["words"])
        for name in names:
            if name:
                units.setdefault(_plain(name), unit)
        exact |= dict.fromkeys(each.get("exact", ()), unit)
    for each in table["money"]:
        money[each["code"]] = Bilingual(each["en"], each["zh"])
        for name in (each["code"], each["en"], each["zh"], *each["words"]):
            meant[_plain(name)] = ("money", each["code"])
            if len(name) > 3 or not name.isascii():
                units.setdefault(_plain(name), Unit(each["code"]))
    zh_scales = {each["zh"]: float(each["value"]) for each in table["scale"]}
    return _Words(
        money,
        scales,
        shown,
        units,
        exact,
        dict(sorted(zh_scales.items(), key=lambda pair: -len(pair[0]))),
        frozenset(_plain(each["code"]) for each in table["money"] if _plain(each["code"]) not in each["words"]),
        meant,
    )


@cache
def _phrase() -> re.Pattern[str]:
    """Any of the phrases, the longest first, never a part of a word. Slow to make, and only needed to read units."""
    meant, forms = _words().meant, []
    for word in sorted(meant, key=len, reverse=True):
        form = re.escape(word).replace(r"\ ", r"\s+")
        before = (
            r"(?<![^\W\d_])" if word[0].isascii() and word[0].isalpha() else r"(?<!\d)" if word[0].isdigit() else ""
        )
        letters = r"(?![^\W_])" if meant[word][0] == "short" else r"(?![^\W\d_])"
        after = letters if word[-1].isascii() and word[-1].isalpha() else r"(?!\d)" if word[-1].isdigit() else ""
        forms.append(before + form + after)
    return re.compile("|".join(forms), re.IGNORECASE)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
