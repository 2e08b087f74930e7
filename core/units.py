"""Units of series: a currency or another base, and the scale of the numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TypeVar

from core.errors import refuse
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Unit:
    """`base` is an ISO currency code, "%", "" (a pure number) or free text such as "t"; `scale` multiplies it.

    A value v in this unit is v × scale units of the base: USD with scale 1e8 is 亿美元.
    """

    base: str = ""
    scale: float = 1.0

    @property
    def is_money(self) -> bool:
        """True for an ISO currency code that the application knows; GDP and TEU are no money."""
        return self.base in _CURRENCIES

    def factor_to(self, other: Unit) -> float | None:
        """What to multiply values of this unit by to get `other`; None where the base differs."""
        return self.scale / other.scale if self.base == other.base else None

    def show(self, language: str) -> str:
        """The customary name: "US$ billion", "亿元", "RMB 100 million"."""
        if not self.is_money:
            return self.base if self.scale == 1 else f"{self.scale:g} {self.base}".strip()
        if language == "zh":
            return _SCALES_ZH.get(self.scale, f"{self.scale:g} ") + _CURRENCIES_ZH.get(self.base, self.base)
        scale = _SCALES_EN.get(self.scale, f"× {self.scale:g}")
        return f"{_CURRENCIES_EN.get(self.base, self.base)} {scale}".strip()

    @property
    def name(self) -> Bilingual:
        """The unit in both languages, for messages."""
        return Bilingual(self.show("en"), self.show("zh"))


_SCALES_EN = {
    1.0: "",
    1e3: "thousand",
    1e4: "10 thousand",
    1e6: "million",
    1e8: "100 million",
    1e9: "billion",
}
_SCALES_EN |= {1e12: "trillion"}
_SCALES_ZH = {1.0: "", 1e3: "千", 1e4: "万", 1e6: "百万", 1e8: "亿", 1e9: "十亿", 1e12: "万亿"}
_CURRENCIES_EN = {"USD": "US$", "CNY": "RMB", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "INR": "INR"}
_CURRENCIES_ZH = {
    "USD": "美元",
    "CNY": "元",
    "EUR": "欧元",
    "GBP": "英镑",
    "JPY": "日元",
    "INR": "卢比",
    "HKD": "港元",
}

# fmt: off
_CURRENCIES = frozenset({
    "USD", "CNY", "EUR", "GBP", "JPY", "INR", "HKD", "KRW", "TWD", "SGD", "MYR", "THB", "VND", "IDR",
    "PHP", "AUD", "NZD", "CAD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RUB", "TRY", "ZAR",
    "BRL", "MXN", "ARS", "CLP", "COP", "PEN", "EGP", "NGN", "KES", "SAR", "AED", "ILS", "PKR", "BDT",
    "LKR", "KZT", "UAH", "MOP", "XDR",
})
# fmt: on
_CURRENCY_WORDS = [
    ("美元", "USD"),
    ("元人民币", "CNY"),
    ("人民币元", "CNY"),
    ("人民币", "CNY"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("港元", "HKD"),
    ("港币", "HKD"),
    ("卢比", "INR"),
    ("us dollar", "USD"),
    ("u.s. dollar", "USD"),
    ("us$", "USD"),
    ("dollars", "USD"),
    ("dollar", "USD"),
    ("renminbi", "CNY"),
    ("rmb", "CNY"),
    ("yuan", "CNY"),
    ("euros", "EUR"),
    ("euro", "EUR"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("$", "USD"),
    ("元", "CNY"),
]  # fmt: skip
_SCALE_WORDS = [
    ("100 million", 1e8), ("100 thousand", 1e5), ("10 thousand", 1e4), ("hundred million", 1e8),
    ("十亿", 1e9), ("万亿", 1e12), ("百万", 1e6), ("千万", 1e7), ("亿", 1e8), ("万", 1e4), ("千", 1e3),
    ("trillions", 1e12), ("trillion", 1e12), ("billions", 1e9), ("billion", 1e9), ("bn", 1e9),
    ("millions", 1e6), ("million", 1e6), ("mio", 1e6), ("mn", 1e6), ("thousands", 1e3), ("thousand", 1e3),
    ("'000", 1e3),
]  # fmt: skip


def parse_unit(text: str) -> Unit:
    """The unit that a person typed or a file states, e.g. "US$ billion", "亿美元", "%", "USD mn", "t".

    Raises UserError where a text has a scale but no base ("billion"), because a guess would be a wrong number.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").split())
    if not plain:
        return Unit()
    if plain in {"%", "per cent", "percent", "百分比"}:
        return Unit("%")
    rest, scale = _take(plain.casefold(), _SCALE_WORDS, 1.0)
    rest, currency = _take(rest, _CURRENCY_WORDS, "")
    left = re.sub(r"[\s()*×,.:;-]+|\bof\b|\bcurrent\b|现价", "", rest)
    if not currency:
        code = re.search(r"(?<![a-z])([a-z]{3})(?![a-z])", rest)
        if code and (scale != 1 or plain[:3].isupper()) and code.group(1).upper() in _CURRENCIES:
            currency, left = code.group(1).upper(), left.replace(code.group(1), "", 1)
    if currency and left in {"", currency.casefold(), "us"}:
        return Unit(currency, scale)
    if scale != 1 and not left:
        raise refuse(
            "“{text}” is no unit: it names a scale but not of what. Write for example “US$ billion”.",
            text=text,
        )
    return Unit(plain)


_Meaning = TypeVar("_Meaning", str, float)


def _take(text: str, words: list[tuple[str, _Meaning]], default: _Meaning) -> tuple[str, _Meaning]:
    for word, meaning in words:
        if word in text:
            return text.replace(word, " ", 1), meaning
    return text, default
