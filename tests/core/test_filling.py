"""Formulas with numbers in the place of symbols, and what they come to."""

from __future__ import annotations

import math

import pytest

from core.explain.arithmetic import computed
from core.explain.filling import filled, forms, leading_to, readable


def test_a_formula_that_does_not_lead_to_the_value_is_not_filled_in() -> None:
    assert leading_to(0.5, "TC = (X − M) / (X + M)", {"X": 9.0, "M": 3.0}) == "(9 − 3) / (9 + 3)"
    assert leading_to(0.6, "TC = (X − M) / (X + M)", {"X": 9.0, "M": 3.0}) == ""
    assert leading_to(0.5, "TC = (X − M) / (X + M)", {"X": 9.0, "M": math.nan}) == ""


@pytest.mark.parametrize(
    ("formula", "numbers", "expected"),
    [
        ("A = (X_k / X) / W", {"X_k": 1.5, "X": 2.0, "W": 3.0}, "(1.5 / 2) / 3"),
        ("A = X_t / X_(t−1) − 1", {"X_t": 4.0, "X_(t−1)": 3.0}, "4 / 3 − 1"),
        ("A = 100 X (Y − 1)", {"X": -2.0, "Y": 0.5}, "100 × (−2) × (0.5 − 1)"),
        ("A = W² − XA", {"W": 2.0, "X": 3.0}, "2² − XA"),
        ("A = Σ (X_k / X)², X = Σ X_k", {"X": 4.0}, "Σ (X_k / 4)²"),
        ("A = min(X, Y)", {"X": 1.0, "Y": 2.0}, "min(1, 2)"),
        ("A = X / Y, or Y − X", {"X": 1.0, "Y": 2.0}, "1 / 2"),
        ("A = X", {"B": 1.0}, ""),
    ],
)
def test_numbers_stand_where_their_symbols_stood(formula: str, numbers: dict[str, float], expected: str) -> None:
    written = {symbol: readable(number) for symbol, number in numbers.items()}
    assert filled(forms(formula)[0], written) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.1 + 0.2, "0.3"), (-5.0, "−5"), (1e-9, "0.000000001"), (22549803000000.0, "22549803000000"), (-0.0, "0"),
     (float("nan"), "–"), (5344.724999999999, "5344.725")],
)  # fmt: skip
def test_numbers_are_written_without_the_noise_of_binary_fractions(value: float, expected: str) -> None:
    assert readable(value) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("1 − |(−2) − 3| / (2 + 3)", 0.0), ("ln 2 − ln (1 / 2)", 2 * math.log(2)), ("(4 / 1)^(1 / 2) − 1", 1.0),
     ("½ × 3²", 4.5), ("1 / 0", None), ("Σ 3", None), ("__import__('os')", None), ("x + 1", None)],
)  # fmt: skip
def test_filled_formulas_are_worked_out_and_nothing_else_is(formula: str, expected: float | None) -> None:
    found = computed(formula)
    assert found is None if expected is None else found == pytest.approx(expected)
