"""Growth over several years, and what a unit of quantity is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from core.indices.cagr_exports import cagr_exports
from core.indices.cagr_imports import cagr_imports
from core.indices.relative_unit_value import relative_unit_value
from core.indices.unit_value_exports import unit_value_exports
from core.indices.unit_value_imports import unit_value_imports
from core.indices.unit_value_ratio import unit_value_ratio
from core.status import Marked, Status
from core.table import Floats

GROWTH = [cagr_exports, cagr_imports]


@pytest.fixture(autouse=True)
def as_the_analysis_calls_indices() -> Iterator[None]:
    """Divisions by zero are the affair of the statuses."""
    with np.errstate(all="ignore"):
        yield


def one(*values: float) -> Floats:
    return np.array([values], dtype=np.float64)


@pytest.mark.parametrize("growth", GROWTH)
def test_the_steady_rate_leads_from_the_base_to_the_year(growth: Callable[..., Marked]) -> None:
    answer = growth(one(121, 1600, 50, 0), one(100, 100, 50, 8), 2.0)
    assert answer.values[0].tolist() == pytest.approx([0.1, 3, 0, -1], abs=1e-12)
    assert not answer.statuses.any()


def test_the_paper_s_exports_of_services_grew_by_seven_per_cent_a_year() -> None:
    """Table 3 of the paper (golden/paper_table3.csv): 1435.7 in 2009, 2668.4 in 2018."""
    rate = cagr_exports(one(2668.4), one(1435.7), 9.0).values[0, 0]
    assert rate == pytest.approx(math.exp(math.log(2668.4 / 1435.7) / 9) - 1, rel=1e-12)
    assert f"{rate:.1%}" == "7.1%"


@pytest.mark.parametrize("growth", GROWTH)
@pytest.mark.parametrize("base", [0.0, -4.0])
def test_growth_needs_a_positive_base(growth: Callable[..., Marked], base: float) -> None:
    assert np.isinf(growth(one(5), one(base), 3.0).values).all()


@pytest.mark.parametrize("growth", GROWTH)
@pytest.mark.parametrize("span", [0.0, -2.0])
def test_the_base_year_and_those_before_it_have_nothing_earlier(growth: Callable[..., Marked], span: float) -> None:
    answer = growth(one(5, 6), one(5, 7), span)
    assert np.isnan(answer.values).all()
    assert answer.statuses.tolist() == [[Status.NO_EARLIER_YEAR, Status.NO_EARLIER_YEAR]]


@pytest.mark.parametrize("growth", GROWTH)
def test_no_steady_rate_leads_to_a_negative_flow(growth: Callable[..., Marked]) -> None:
    assert growth(one(-5, 5), one(4, 4), 2.0).statuses.tolist() == [[Status.LOG_OF_ZERO, 0]]


def test_a_missing_year_gives_no_rate() -> None:
    assert np.isnan(cagr_exports(one(math.nan, 4), one(3, math.nan), 2.0).values).all()


@pytest.mark.parametrize("index", [unit_value_exports, unit_value_imports])
def test_a_unit_value_is_value_over_quantity(index: Callable[..., Floats]) -> None:
    assert index(one(30, 0), one(12, 4)).tolist() == [[2.5, 0]]
    assert np.isinf(index(one(30), one(0))).all()
    assert np.isnan(index(one(0), one(0))).all()


def test_unit_values_are_compared_with_those_of_imports_and_of_the_world() -> None:
    assert unit_value_ratio(one(30), one(12), one(20), one(10)).tolist() == [[1.25]]
    assert relative_unit_value(one(30), one(12), one(400), one(200)).tolist() == [[1.25]]
    assert relative_unit_value(one(30), one(12), one(30), one(12)).tolist() == [[1]]
