"""Formulas with their numbers filled in: as many digits as it takes to compute them again, and no more."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Set
from decimal import Decimal

from core.explain.arithmetic import computed

SHORT = 6
"""Digits of numbers that were computed, where their last one does not matter."""
_DIGITS = 12
"""Far more than any statistic prints, and few enough to hide what sums of binary fractions leave over."""
_CLOSE = 1e-8
"""How far numbers that were cut to their digits may lead from the value; far less than is ever shown."""
_BEGIN, _END = "\x01", "\x02"
_BEFORE = r"(?<![^\WΣ])(?<![\^_])"
_AFTER = r"(?![^\W²³])(?![\^_*\u2032])"
_FACTORS = re.compile(rf"(?<=[\d)\]])\s*(?={_BEGIN})|(?<={_END})\s*(?=[\d(\[{_BEGIN}])")


def readable(value: float, digits: int = _DIGITS) -> str:
    """A number without exponent, binary noise or grouped thousands, with a real minus; "–" for NaN."""
    if not math.isfinite(value):
        return "–"
    text = format(Decimal(f"{value:.{digits}g}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−") if text.strip("-0.") else "0"


def leading_to(
    value: float, formula: str, numbers: Mapping[str, float], results: Set[str] = frozenset(), close: float = _CLOSE
) -> str:
    """The right side of a formula with numbers, "" where it does not lead to the value.

    Of several forms it is the one that does, which is the one that the settings chose. Of a sum only the shape and the
    numbers outside are said. The symbols in `results` stand for numbers that were computed and have no last digit:
    they get as few as lead to the value but for `close`.
    """
    if not all(map(math.isfinite, numbers.values())):
        return ""
    for digits in (SHORT, _DIGITS - 3, _DIGITS) if results else (_DIGITS,):
        near = _CLOSE if digits == _DIGITS else close
        said = {each: readable(number, digits if each in results else _DIGITS) for each, number in numbers.items()}
        for form in forms(formula):
            text = filled(form, said)
            found = computed(text)
            if "Σ" in text or (found is not None and math.isclose(found, value, rel_tol=_CLOSE, abs_tol=near)):
                return text
    return ""


def forms(formula: str) -> tuple[str, ...]:
    """The right sides of a formula: "TII = a / b; a / (b − c)" has two, of which the settings choose one.

    Definitions of symbols behind a comma ("…, s_k = X_k / X") are none.
    """
    depth, parts = 0, [""]
    for sign in formula.partition(" = ")[2]:
        depth += (sign in "([") - (sign in ")]")
        if sign in ",;" and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return tuple(part for each in parts if " = " not in each and (part := each.strip().removeprefix("or ")))


def filled(form: str, numbers: Mapping[str, str]) -> str:
    """A form with numbers in the place of symbols; "" where none of them stands in it, unless it is a sum.

    Symbols that `numbers` does not name stay, so that of a sum the shape is left. Factors that stand side by side get
    a sign between them and negative numbers get brackets: "100 M" becomes "100 × (−3)".
    """
    if not numbers:
        return form if "Σ" in form else ""
    symbols = "|".join(re.escape(symbol) for symbol in sorted(numbers, key=len, reverse=True))
    text, count = re.subn(
        f"{_BEFORE}(?:{symbols}){_AFTER}", lambda found: _BEGIN + _bracketed(numbers[found[0]]) + _END, form
    )
    if not count and "Σ" not in form:
        return ""
    return _FACTORS.sub(" × ", text).replace(_BEGIN, "").replace(_END, "")


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("−") else text
