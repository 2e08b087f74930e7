"""Faults planted into clean tables are found where they sit, and clean tables raise almost no alarm."""

from __future__ import annotations

import pytest

from core.checks import check_project
from tests.core.checks.clean_tables import clean
from tests.core.checks.planting import FAULTS, alarms, plant

SEEDS = range(200, 212)
"""Not those on which the thresholds were chosen (below 100)."""


def test_two_hundred_planted_faults_are_found_at_their_places_with_hardly_a_false_alarm() -> None:
    planted = [plant(fault, seed) for fault in FAULTS for seed in SEEDS]
    checked = [(case, check_project(case.project)) for case in planted]
    missed = [case.fault for case, findings in checked if not case.found(findings)]
    assert len(planted) >= 200
    assert len(missed) <= 0.05 * len(planted), missed
    assert max(len(case.false(findings)) for case, findings in checked) <= 1


@pytest.mark.parametrize("fault", FAULTS)
def test_each_kind_of_fault_is_found_in_most_tables(fault: str) -> None:
    cases = [plant(fault, seed) for seed in range(300, 306)]
    assert sum(case.found(check_project(case.project)) for case in cases) >= 5


def test_clean_tables_raise_at_most_one_alarm_each_and_most_of_them_none() -> None:
    counts = [len(alarms(check_project(clean(seed).project()))) for seed in range(400, 440)]
    assert max(counts) <= 1
    assert sum(counts) <= 0.1 * len(counts)
