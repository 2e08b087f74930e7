"""What holds of results whatever the project, the settings and the edits are."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from threading import Thread

import numpy as np
import pytest

from core.analysis import analyse
from core.indices import indices
from core.results import Results
from core.status import UNDEFINED, Status
from core.table_results import TableResults
from tests.core.oracle.edits_at_random import Hands, rich_project, some_indices
from tests.core.oracle.worlds import Cells, World

NIGHTLY = pytest.mark.nightly


def check(results: Results) -> int:
    """Every index of every table; how many have values."""
    return sum(_check(results, each, index) for each in results.tables.values() for index in indices())


def _check(results: Results, found: TableResults, index: str) -> int:
    axes = found.axes_of(index)
    shape = (len(axes.rows), len(axes.sectors))
    if index not in found.available:
        assert found.lacking(index), index
        assert not any(each.table == found.table for each in results.lines(index)), index
        return 0
    mask = found.available[index]
    assert mask.shape == shape, index
    assert mask.any(), index
    assert found.variants[index] is not None
    for year in found.years:
        parts = found.computed(index, year).parts
        assert tuple(parts) == (indices()[index].components or ("",))
        for values, statuses in parts.values():
            assert values.shape == statuses.shape == shape, index
            assert values.dtype == np.float64
            assert not np.isinf(values).any(), index
            assert np.array_equal(np.isnan(values), statuses >= UNDEFINED), index
            assert set(np.unique(statuses).tolist()) <= set(map(int, Status)), index
            if not _is_of_two(index):
                assert (statuses[~mask] >= UNDEFINED).all(), (index, "has values where it says that it has none")
    for component in indices()[index].components or ("",):
        keys = set()
        for line in found.lines(index, component):
            again = results.find(line.key)
            assert again is not None, line.key
            assert again.key == line.key
            assert np.array_equal(again.values, line.values, equal_nan=True)
            assert np.array_equal(again.statuses, line.statuses)
            place = found.position(index, line.key)
            assert place is not None
            assert mask[place]
            keys.add(line.key)
        assert len(keys) == mask.sum(), index
    return 1


def _is_of_two(index: str) -> bool:
    """Whether an index is of pairs of economies: what it says of an economy and itself is never looked at."""
    known = indices()[index]
    partners = any(each.whose == "partner" for each in known.inputs)
    return partners or known.dimensions in {("economy", "economy"), ("reporter", "partner")}


def same(a: Results, b: Results, wanted: tuple[str, ...]) -> None:
    """Two analyses of one project say the same; where the project is the same, numbers are so to the last bit."""
    assert a.tables.keys() == b.tables.keys()
    for name, one in a.tables.items():
        other = b.tables[name]
        assert one.years == other.years
        for index in wanted:
            assert (index in one.available) == (index in other.available), index
            assert one.lacking(index) == other.lacking(index), index
            if index not in one.available:
                continue
            assert np.array_equal(one.available[index], other.available[index]), index
            assert one.variants[index] == other.variants[index]
            for year in one.years:
                mine, yours = one.computed(index, year).parts, other.computed(index, year).parts
                assert mine.keys() == yours.keys()
                for part, (values, statuses) in mine.items():
                    assert np.array_equal(statuses, yours[part][1]), (index, part, year)
                    assert np.array_equal(values, yours[part][0], equal_nan=True), (index, part, year)


def follow(seed: int, bilateral: bool, steps: int, count: int) -> int:
    """Edit a project again and again, keep the results up to date, and compare them with those from nothing."""
    hands, wanted = Hands(seed), some_indices(seed, count)
    project = rich_project(seed, bilateral)
    results, changes = analyse(project, wanted=wanted), 0
    for _ in range(steps):
        name, after = hands.change(project)
        changes += after is not project
        results = analyse(after, results)
        try:
            same(results, analyse(after), wanted)
        except AssertionError as error:
            raise AssertionError(f"seed {seed}, after {name}") from error
        project = after
    return changes


@pytest.mark.parametrize("bilateral", [False, True], ids=["by economy", "by partner"])
@pytest.mark.parametrize("seed", range(6))
def test_every_value_is_a_number_or_has_a_reason(seed: int, bilateral: bool) -> None:
    assert check(analyse(rich_project(seed, bilateral))) > 0


@pytest.mark.parametrize("bilateral", [False, True], ids=["by economy", "by partner"])
@pytest.mark.parametrize("seed", range(8))
def test_results_kept_up_to_date_are_those_computed_from_nothing(seed: int, bilateral: bool) -> None:
    assert follow(seed, bilateral, steps=8, count=12) > 0


def test_another_base_year_that_is_no_year_of_another_table_gives_another_reason() -> None:
    """Imports of a bound table have no number of 2000 and of 1990; of 1990 the table itself has none either."""
    sold: Cells = {("AAA", "", "10", "exports"): {2000: Fraction(1), 2001: Fraction(2)}}
    bought: Cells = {("AAA", "", "10", "imports"): {2001: Fraction(3)}}
    project = World((2000, 2001), sold, bought, (2001,), base_year=2000).project()
    results = analyse(project, wanted=("cagr_imports",))
    after = replace(project, study=replace(project.study, base_year=1990))
    for found, reason in ((results, Status.MISSING), (analyse(after, results), Status.NO_EARLIER_YEAR)):
        line = next(found.lines("cagr_imports"))
        assert line.statuses[1] == reason


@pytest.mark.parametrize("seed", [1, 2])
def test_two_threads_that_ask_the_same_results_get_one_answer(seed: int) -> None:
    project = rich_project(seed, bilateral=False)
    shared, failures = analyse(project), []

    def ask(order: list[str]) -> None:
        try:
            for each in order:
                list(shared.lines(each))
                shared.tables["t"].lacking(each)
        except Exception as error:  # noqa: BLE001 - what went wrong in a thread is told by the test
            failures.append(error)

    names = sorted(indices())
    threads = [Thread(target=ask, args=(order,)) for order in (names, names[::-1], names[20:] + names[:20])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failures
    same(shared, analyse(project), tuple(names))


@NIGHTLY
@pytest.mark.parametrize("bilateral", [False, True], ids=["by economy", "by partner"])
@pytest.mark.parametrize("first", range(6, 306, 20))
def test_every_value_of_many_more_projects_is_a_number_or_has_a_reason(first: int, bilateral: bool) -> None:
    found = [check(analyse(rich_project(seed, bilateral))) for seed in range(first, first + 20)]
    assert sum(found) > 0


@NIGHTLY
@pytest.mark.parametrize("bilateral", [False, True], ids=["by economy", "by partner"])
@pytest.mark.parametrize("first", range(8, 308, 20))
def test_results_of_many_more_projects_stay_up_to_date(first: int, bilateral: bool) -> None:
    assert sum(follow(seed, bilateral, steps=12, count=20) for seed in range(first, first + 20)) > 0
