"""Results of random projects against the same indices worked out by hand in exact fractions (`formulas`)."""

from __future__ import annotations

import math

import pytest

from core.analysis import analyse
from core.results import Line
from core.status import UNDEFINED, Status
from tests.core.oracle.formulas import Answer, answers
from tests.core.oracle.worlds import random_world


def said(line: Line | None, year: int) -> Answer:
    """What the program says at a place: its number, or which of the two reasons there is none."""
    if line is None:
        return "missing"
    at = line.years.index(year)
    if line.statuses[at] < UNDEFINED:
        return float(line.values[at])
    return "missing" if line.statuses[at] >= Status.MISSING else "undefined"


def same(a: Answer, b: Answer) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-10)


def compare(seed: int, bilateral: bool) -> int:
    """How many places were compared, of which all have to agree."""
    world = random_world(seed, bilateral)
    found = analyse(world.project()).tables["t"]
    lines: dict[tuple[str, str], dict[tuple[str, str, str], Line]] = {}
    wrong, count = [], 0
    for (index, component, *where, sector, year), expected in answers(world):
        if (index, component) not in lines:
            each = found.lines(index, component)
            lines[index, component] = {line.key[3:]: line for line in each}
        line = lines[index, component].get((where[0], where[1], sector))
        count += 1
        if not same(said(line, year), expected):
            wrong.append(f"{index} {component} {where} {sector} {year}: {said(line, year)}, by hand {expected}")
    assert not wrong, (seed, world.options, wrong[:5])
    return count


@pytest.mark.parametrize("bilateral", [False, True], ids=["by economy", "by partner"])
@pytest.mark.parametrize("first", range(0, 24, 6))
def test_random_projects_have_the_values_worked_out_by_hand(first: int, bilateral: bool) -> None:
    assert sum(compare(seed, bilateral) for seed in range(first, first + 6)) > 1000


@pytest.mark.nightly
@pytest.mark.parametrize("bilateral", [False, True], ids=["by economy", "by partner"])
@pytest.mark.parametrize("first", range(24, 1024, 50))
def test_many_more_projects_have_the_values_worked_out_by_hand(first: int, bilateral: bool) -> None:
    assert sum(compare(seed, bilateral) for seed in range(first, first + 50)) > 1000
