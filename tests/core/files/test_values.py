"""Cells of numbers as publishers write them. The texts are those that reference files and their documentation show."""

from __future__ import annotations

import math

import numpy as np
import pytest

from core.files.values import KINDS, read_value, read_values


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("1,503", 1503, ""), (" 1 245.5 ", 1245.5, ""), ("−3", -3, ""), ("(4)", -4, ""), ("1e5", 1e5, ""),
        ("0", 0, ""), ("12,34,567", 1234567, ""), ("≈ 0", 0, "near_zero"), ("~0", 0, "near_zero"),
        ("~0.0", 0, "near_zero"), ("-~0.0", 0, "near_zero"), ("(-)", 0, "near_zero"), ("123(1)", 123, "note"),
        ("123 [2]", 123, "note"), ("123¹", 123, "note"), ("12*", 12, "note"), ("$1,234.5", 1234.5, "note"),
        ("2018e", 2018, "estimated"), ("12.3 (e)", 12.3, "estimated"), ("12 (R)", 12, "revised"),
        ("12.3 b", 12.3, "flag"), ("45 p", 45, "flag"), ("12.3 bep", 12.3, "flag"),
    ],
)  # fmt: skip
def test_a_number_is_read_with_what_stands_beside_it(text: str, number: float, kind: str) -> None:
    found = read_value(text)
    assert (found.number, found.kind) == (number, kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "blank"), ("  ", "blank"), ("63.5/61.0", "two_numbers"), ("#DIV/0!", "error"), ("#N/A", "error"),
        ("..", "text"), ("n/a", "text"), ("nan", "text"), ("inf", "text"), ("1_000", "text"), ("5k", "text"),
        ("3 m", "text"), ("2018-07-06", "text"), ("Q1", "text"), ("~5", "text"), ("TRUE", "text"), (".../...", "text"),
    ],
)  # fmt: skip
def test_what_is_no_number_becomes_none_by_accident(text: str, kind: str) -> None:
    found = read_value(text)
    assert math.isnan(found.number)
    assert found.kind == kind


def test_a_decimal_comma_turns_points_into_thousands() -> None:
    texts = ("74,4", "1.250,5", "1.250,5 p", "1 245")
    assert [read_value(text, ",").number for text in texts] == [74.4, 1250.5, 1250.5, 1245]


def test_many_texts_are_read_as_each_of_them_is() -> None:
    texts = [*map(str, range(3000)), "nan", "1_000", "1,503", "..", "¹", "2²"]
    numbers, kinds = read_values(texts)
    one_by_one = [read_value(text) for text in texts]
    assert np.array_equal(numbers, [each.number for each in one_by_one], equal_nan=True)
    assert [KINDS[kind] for kind in kinds] == [each.kind for each in one_by_one]
