"""The typeset formula, read as mathematics, gives what the function gives; sums are worked out by hand elsewhere."""

from __future__ import annotations

import ast
import math
import random
import re

import numpy as np
import pytest

from core.indices import indices
from core.indices.registry import Index

CHANGES = {r"\Delta X": "(X_t - X_{t-1})", r"\Delta M": "(M_t - M_{t-1})"}
"""What the second half of the formula of marginal intra-industry trade says."""


def simple(index: Index) -> bool:
    """A formula of one economy and sector, without sums and without options."""
    special = set(index.special) - {"span"}
    one = not (special or index.own_options or index.components or index.mixes_economies)
    return one and "sum" not in index.entry.latex and index.id not in {"tii", "tii_sector"}


SIMPLE = [each for each in indices().values() if simple(each)]


def group(text: str, start: int) -> int:
    """Where the group in braces that begins at `start` ends."""
    depth = 0
    for at in range(start, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    raise ValueError(text)


def flat(latex: str) -> str:
    """Fractions as divisions."""
    while (at := latex.find(r"\frac")) >= 0:
        over = group(latex, at + 5)
        under = group(latex, over + 1)
        numerator, denominator = latex[at + 6 : over], latex[over + 2 : under]
        latex = f"{latex[:at]}(({numerator}) / ({denominator})){latex[under + 1 :]}"
    return latex


def value(latex: str, symbols: dict[str, float]) -> float:
    right = latex.partition("=")[2].split(r", \quad")[0]
    for written, meant in CHANGES.items():
        right = right.replace(written, meant)
    text = flat(re.sub(r"\\(left|right)\b", "", right))
    text = re.sub(r"\\mathrm\{(\w+)\}", r"\1", text).replace(r"\times", "*").replace("[", "(").replace("]", ")")
    names = {}
    for at, (symbol, number) in enumerate(sorted(symbols.items(), key=lambda each: -len(each[0]))):
        head, _, below = symbol.replace("−", "-").partition("_")
        below = below.strip("()")
        forms = (
            {f"{head}_{{{below}}}", f"{head}_{{{below.replace(',', ', ')}}}", f"{head}_{below}"} if below else {head}
        )
        for form in sorted(forms, key=len, reverse=True):
            text = re.sub(rf"(?<![A-Za-z_@]){re.escape(form)}(?![A-Za-z0-9_,])", f" @{at} ", text)
        names[f"v{at}"] = number
    text = re.sub(r"@(\d+)", r"v\1", text)
    text = re.sub(r"\|([^|]+)\|", r"abs(\1)", text)
    text = re.sub(r"\\ln\s+(\w+)", r"log(\1)", text)
    text = re.sub(r"\^\{([^{}]+)\}", r"**(\1)", text).replace("^", "**")
    text = re.sub(r"(v\d+|\))\s+(?=v\d)", r"\1 * ", text)
    tree = ast.parse(text.strip(), mode="eval")
    return float(eval(compile(tree, latex, "eval"), {"abs": abs, "log": math.log}, names))


@pytest.mark.parametrize("index", SIMPLE, ids=lambda index: index.id)
def test_the_typeset_formula_gives_what_the_function_gives(index: Index) -> None:
    draw = random.Random(index.entry.order)
    values = {
        each.parameter: draw.uniform(1, 2) * 10 ** (each.parameter.count("world") + each.parameter.count("total"))
        for each in index.inputs
    } | dict.fromkeys(index.special, 3.0)
    arrays = {name: number if name == "span" else np.full((1, 1), number) for name, number in values.items()}
    given = index.function(**arrays)
    symbols = {index.entry.symbols[parameter]: number for parameter, number in values.items()}
    found = np.asarray(getattr(given, "values", given)).item()
    assert value(index.entry.latex, symbols) == pytest.approx(found, rel=1e-12)


def test_most_indices_of_one_economy_and_sector_are_checked() -> None:
    assert len(SIMPLE) > 30
