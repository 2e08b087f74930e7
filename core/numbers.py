"""Numbers as people write and read them; arithmetic never passes through here."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse

_PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}([,' ]\d{3})+)?(\.\d*)?([eE][+-]?\d+)?")
_PIECE = 65_536  # so that what is needed on the way is small beside the numbers
_MINUS = str.maketrans({"−": "-", "–": "-", "‒": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})  # noqa: RUF001


def parse_number(text: str) -> float | None:
    """The number that a person typed or pasted; None for an empty cell.

    Takes full-width digits, the Unicode minus, thousands separated by comma, space or apostrophe and a
    decimal point; raises UserError for anything else, so that no text becomes a number by accident.
    """
    plain = unicodedata.normalize("NFKC", text.translate(_MINUS)).translate(_MINUS).strip()
    if not plain:
        return None
    bracketed = re.fullmatch(r"\((.+)\)", plain)
    if bracketed:
        plain = "-" + bracketed.group(1).strip()
    if not _PLAIN.fullmatch(plain) or not any(character.isdigit() for character in plain):
        raise refuse("“{text}” is no number. Type digits with a decimal point, or clear the cell.", text=text.strip())
    value = float(re.sub(r"[, ']", "", plain))
    if not math.isfinite(value):
        raise refuse("“{text}” is too large for a number.", text=text.strip())
    return value


def rounded(value: float, decimals: int) -> str:
    """`value` with that many decimals, halves away from zero as printed tables do; "" for NaN."""
    if not math.isfinite(value):
        return ""
    with localcontext() as context:
        context.prec = 400
        shown = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{shown:f}"
    return text[1:] if text.startswith("-") and not text.strip("-0.") else text


def exact(value: float) -> str:
    """The shortest text that reads back as the same number: what a cell shows; "" for NaN."""
    if not math.isfinite(value):
        return ""
    text = repr(float(value))
    return text.removesuffix(".0")


def fifteen_digits(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Numbers as 15 significant digits say them: sums of decimals without what binary fractions leave over.

    What is smaller than 1e-7 or larger than 1e15 stays as it is, because its power of ten is no exact number.
    """
    said = values.copy()
    flat = said.reshape(-1)
    for start in range(0, len(flat), _PIECE):
        piece = flat[start : start + _PIECE]
        with np.errstate(divide="ignore", invalid="ignore"):
            decimals = 14 - np.floor(np.log10(np.abs(piece)))
            scale = 10.0 ** np.clip(decimals, 0, 22)
            piece[:] = np.where((decimals >= 0) & (decimals <= 22), np.rint(piece * scale) / scale, piece)
    return said


def grouped(text: str, separator: str = ",") -> str:
    """Thousands separated in a decimal text such as "-1234.50"."""
    whole, point, fraction = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    if not digits.isdigit():
        return text
    return sign + f"{int(digits):,}".replace(",", separator) + point + fraction
