"""Slips of the hand: how one number can have become another by a mistyped digit, two swapped ones or a lost point."""

from __future__ import annotations

from decimal import Decimal

from core.numbers import rounded
from core.text import Text, text

_NEAR = 0.02


def slip_of(value: float, other: float, half: float) -> Text | None:
    """What a slip would have to be for `value` to stand where `other` should; None where it was none.

    `half` is half a unit of the last decimal that both are printed with.
    """
    if value == 0 or other in {0, value}:
        return None
    if abs(value + other) <= 2 * half:
        return text("Only the sign differs.")
    power = tenfold(value / other)
    if power:
        return text("They differ by a factor of {factor}.", factor=f"{10 ** abs(power):,}")
    first, second = _digits(value, half), _digits(other, half)
    if len(first) != len(second):
        return None
    places = [at for at, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(places) == 1:
        gap = Decimal(first) - Decimal(second)
        return text("They differ in one digit, by exactly {gap}.", gap=f"{abs(gap)}")
    if len(places) == 2 and first[places[0]] == second[places[1]] and first[places[1]] == second[places[0]]:
        return text("Two digits are swapped.")
    return None


def is_slip(value: float, other: float, half: float) -> bool:
    """Whether a number can have become another by a slip of the hand."""
    return slip_of(value, other, half) is not None


def tenfold(ratio: float, near: float = _NEAR) -> int:
    """The power of ten (1 to 6, or negative) that a ratio is, within `near`; 0 where it is none."""
    for power in (1, 2, 3, 4, 5, 6):
        for signed in (power, -power):
            if abs(ratio / 10.0**signed - 1) <= near:
                return signed
    return 0


def _digits(value: float, half: float) -> str:
    """The number with the decimals of the coarser of two printed tables, without its sign."""
    decimals = 0
    while decimals < 12 and half * 10**decimals < 0.49:
        decimals += 1
    return rounded(abs(value), decimals)
