"""What a cell of numbers says: the number, and what stands beside it that a number cannot say."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import UserError
from core.numbers import parse_number

ERRORS = frozenset(
    {
        "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!",
        "#GETTING_DATA", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
    }
)  # fmt: skip
KINDS = ("blank", "", "near_zero", "estimated", "revised", "flag", "note", "two_numbers", "error", "text")
"""What a cell can be; "" is a plain number. Those before "two_numbers" hold a number, "blank" and the rest none."""
_NUMBERS = KINDS.index("two_numbers")

_NUMBER = r"[+\-−–‒]?\s*(?:\d[\d.,' \u00a0\u202f\u2009’]*|[.,]\d+)(?:[eE][+-]?\d+)?"  # noqa: RUF001
_NEAR_ZERO = re.compile(r"[-−–]?\s*[≈~∼～≃≅]\s*[-−–]?\s*0*(?:[.,]0*)?|\(\s*[-−–]\s*\)")  # noqa: RUF001
_NOTED = re.compile(
    rf"(?P<number>{_NUMBER}|\(\s*{_NUMBER}\))"
    r"(?P<beside>(?:\s*(?:[¹²³⁰⁴⁵⁶⁷⁸⁹⁾⁽ᵃᵇᶜᵈᵉᵖʳ]+|\*+|[†‡§]+|[(\[]\s*(?:\d{1,2}|[a-zA-Z]{1,3}|\*+)\s*[)\]]))+"
    r"|\s*(?:[bcdefinprsuz]|be|bep|bd|bp|bu|cd|de|du|ep|eu|pu|est\.?)|\s*[EFPR]|\s*%)"
)
_MONEY = re.compile(r"(?:US|HK|A|C)?[$€£¥￥₹]\s*(?=[\d(.+−-])")
_TWO = re.compile(rf"{_NUMBER}\s*[/~～|]\s*{_NUMBER}|\d[\d.,]*\s*[–—]\s*\d[\d.,]*")
_INDIAN = re.compile(r"[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d*)?")
_LETTERS = str.maketrans("ᵃᵇᶜᵈᵉᵖʳ", "abcdepr")
_PIECE = 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """The number of a cell, NaN for none, and its kind, one of `KINDS`."""

    number: float
    kind: str


def read_value(text: str, decimal: str = ".") -> Reading:
    """What a text in a number cell says: "1,503", "≈ 0", "2018 (1)", "12.3 b", "63.5/61.0", "#N/A", "n/a".

    Letters that stand for thousands, millions or billions are no flags, so "5k", "3 m" and "2.1 B" are texts and no
    numbers; a small "b" is the break in a series of Eurostat and OECD.
    """
    written = text.strip()
    if not written:
        return Reading(math.nan, "blank")
    if written in ERRORS:
        return Reading(math.nan, "error")
    number = _plain(written, decimal)
    if number is not None:
        return Reading(number, "")
    if _NEAR_ZERO.fullmatch(written):
        return Reading(0.0, "near_zero")
    noted = _NOTED.fullmatch(written)
    if noted and (number := _plain(noted["number"].strip(), decimal)) is not None:
        return Reading(number, _kind_of(noted["beside"]))
    money = _MONEY.match(written)
    if money and (number := _plain(written[money.end() :], decimal)) is not None:
        return Reading(number, "note")
    return Reading(math.nan, "two_numbers" if _TWO.fullmatch(written) else "text")


def read_values(texts: Sequence[str], decimal: str = ".") -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    """Numbers (NaN for none) and places in `KINDS` of many texts; plain numbers in ASCII take a short way."""
    numbers, kinds = np.full(len(texts), np.nan), np.empty(len(texts), dtype=np.uint8)
    for start in range(0, len(texts), _PIECE):
        piece = texts[start : start + _PIECE]
        found = _ascii_floats(piece) if decimal == "." else None
        if found is None:
            readings = [read_value(text, decimal) for text in piece]
            numbers[start : start + len(piece)] = [each.number for each in readings]
            kinds[start : start + len(piece)] = [KINDS.index(each.kind) for each in readings]
        else:
            numbers[start : start + len(piece)] = found
            kinds[start : start + len(piece)] = 1
    return numbers, kinds


def holds_number(kinds: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where places in `KINDS` are those of numbers."""
    held: NDArray[np.bool_] = (kinds > 0) & (kinds < _NUMBERS)
    return held


def _ascii_floats(texts: Sequence[str]) -> NDArray[np.float64] | None:
    """The numbers if all texts are plain ones; Python's own parser takes more than that: "1_000", "nan"."""
    joined = "".join(texts)
    if not joined.isascii() or "_" in joined:
        return None
    try:
        found = np.fromiter(map(float, texts), dtype=np.float64, count=len(texts))
    except ValueError:
        return None
    return found if bool(np.isfinite(found).all()) else None


def _plain(text: str, decimal: str) -> float | None:
    """A number and nothing else. NFKC would make digits of superscripts, so a text with one is none."""
    if any(character in "¹²³⁰⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾₀₁₂₃₄₅₆₇₈₉" for character in text):
        return None
    if decimal == "," and text.count(",") < 2:
        text = text.replace(".", " ").replace(",", ".")
    try:
        return parse_number(text)
    except UserError:
        return float(text.replace(",", "")) if _INDIAN.fullmatch(text) else None


def _kind_of(beside: str) -> str:
    letters = re.sub(r"[^a-z]", "", beside.translate(_LETTERS).casefold())
    if letters in {"e", "est"}:
        return "estimated"
    if letters == "r":
        return "revised"
    return "flag" if letters else "note"
