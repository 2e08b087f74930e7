"""What a denominator is made of where tables say little or too much: cases that random projects have shown."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from core.analysis import analyse
from core.results import Line, Results
from core.status import Status
from core.table import Key
from tests.core.oracle.worlds import World

Row = tuple[str, str]


def exports(row: Row, *numbers: int | None, measure: str = "exports") -> dict[Key, dict[int, Fraction]]:
    """Exports of a row in the sectors 10, 20 … of the year 2000."""
    return {
        (*row, str(10 * (n + 1)), measure): {} if each is None else {2000: Fraction(each)}
        for n, each in enumerate(numbers)
    }


def imports(row: Row, *numbers: int | None) -> dict[Key, dict[int, Fraction]]:
    return exports(row, *numbers, measure="imports")


def whole(economy: str, **numbers: int) -> dict[Key, dict[int, Fraction]]:
    return {(economy, "", "", measure): {2000: Fraction(each)} for measure, each in numbers.items()}


def results(cells: dict[Key, dict[int, Fraction]], years: tuple[int, ...] = (2000,), **options: Any) -> Results:
    return analyse(World(years, cells, options=options).project())


def line(found: Results, index: str, row: Row, sector: str = "", component: str = "") -> Line:
    one = found.find((index, component, "t", *row, sector))
    assert one is not None
    return one


def value(found: Results, index: str, row: Row, sector: str = "") -> float:
    return float(line(found, index, row, sector).values[0])


def status(found: Results, index: str, row: Row, sector: str = "") -> int:
    return int(line(found, index, row, sector).statuses[0])


BY_PARTNER = (
    exports(("AAA", "BBB"), 3, 5) | exports(("BBB", "AAA"), 2, 2) | exports(("AAA", "CCC"), 1, 1)
    | exports(("CCC", "AAA"), 4, 0) | exports(("BBB", "CCC"), 6, 1) | exports(("CCC", "BBB"), 0, 7)
)  # fmt: skip


def test_the_product_of_a_bound_table_serves_a_table_by_partner() -> None:
    """Sales of A to B in sector 10 are 3, B's purchases there 3, and the product of A is 60."""
    purchases = {(j, i, k, "imports"): each for (i, j, k, _), each in BY_PARTNER.items()}
    incomes = (
        whole("AAA", gdp=60, population=6) | whole("BBB", gdp=20, population=1) | whole("CCC", gdp=30, population=1)
    )
    found = analyse(World((2000,), BY_PARTNER | purchases, incomes, (2000,)).project())
    assert value(found, "openness", ("AAA", "BBB"), "10") == pytest.approx((3 + 2) / 60, rel=1e-12)
    shares, products = [4 / 10, 8 / 11, 4 / 11], [10, 20, 30]
    prody = sum(s * y for s, y in zip(shares, products, strict=True)) / sum(shares)
    assert value(found, "prody", ("", ""), "10") == pytest.approx(prody, rel=1e-12)
    assert value(found, "ims", ("AAA", "BBB"), "10") == pytest.approx(3 / 3, rel=1e-12)


def test_an_economy_with_nothing_but_a_product_has_no_part_in_the_world() -> None:
    """A of 30 of A and B; nothing is known of the trade of C."""
    cells = exports(("AAA", ""), 10, 5) | exports(("BBB", ""), 20, 5) | whole("CCC", gdp=7, population=2)
    found = results(cells)
    assert value(found, "ims", ("AAA", ""), "10") == pytest.approx(1 / 3, rel=1e-12)
    assert value(found, "similarity", ("AAA", "BBB")) == pytest.approx(2 / 3 + 1 / 5, rel=1e-12)


def test_the_partners_of_a_single_economy_are_not_the_world() -> None:
    found = results(exports(("AAA", "BBB"), 3, 5) | exports(("AAA", "CCC"), 2, 2))
    for index in ("ims", "rca"):
        assert index not in found.tables["t"].available
        assert "of the world, or of two or more economies" in str(found.tables["t"].lacking(index)[0].reason)


def test_results_say_by_which_rule_each_measure_finds_its_world() -> None:
    """The table states what the world exports, and the world's imports have to be added up."""
    sold = exports(("AAA", ""), 1, 2) | exports(("BBB", ""), 3, 4) | exports(("WLD", ""), 5, 7)
    found = results(sold | imports(("AAA", ""), 1, 2) | imports(("BBB", ""), 3, 4)).tables["t"]
    assert found.variants["ca"]["world"] == "exports stated+imports sum of 2"
    assert found.variants["ims"]["world"] == "stated"
    assert found.variants["drysdale"]["world"] == "stated"
    assert found.variants["complementarity_product"]["world"] == "sum of 2"


def test_the_imports_of_partners_are_not_what_a_single_economy_sells_there() -> None:
    found = results(exports(("AAA", "BBB"), 3, 5) | exports(("AAA", "CCC"), 2, 2)).tables["t"]
    assert "tii" not in found.available
    assert [str(each.reason) for each in found.lacking("tii")] == ["needs imports"]


def test_a_world_that_must_be_stated_is_never_summed() -> None:
    found = results(BY_PARTNER, world_rows="stated").tables["t"]
    for index in ("tii", "drysdale", "sector_complementarity"):
        assert index not in found.available
        assert "needs stated" in str(found.lacking(index)[0].reason)


def test_the_world_towards_one_partner_is_not_the_world_towards_all() -> None:
    """Nobody but the world sells to A; imports of the world are those stated towards all partners, 100."""
    cells = (
        exports(("WLD", "AAA"), 1, 1) | exports(("AAA", "BBB"), 4, 4) | exports(("AAA", ""), 8, 8)
        | exports(("BBB", ""), 5, 5) | imports(("WLD", "AAA"), 9, 9) | imports(("BBB", ""), 20, 20)
        | imports(("AAA", ""), 10, 10) | imports(("WLD", ""), 50, 50)
    )  # fmt: skip
    assert value(results(cells), "tii", ("AAA", "BBB")) == pytest.approx((8 / 16) / (40 / 100), rel=1e-12)


def test_intensity_needs_the_imports_of_the_exporter_only_where_they_are_taken_off() -> None:
    cells = (
        exports(("AAA", "BBB"), 4, 4) | exports(("AAA", ""), 8, 8) | imports(("AAA", ""), None, None)
        | imports(("BBB", ""), 20, 20) | imports(("WLD", ""), 50, 50) | exports(("BBB", ""), 1, 1)
    )  # fmt: skip
    found = results(cells)
    assert value(found, "tii", ("AAA", "BBB")) == pytest.approx((8 / 16) / (40 / 100), rel=1e-12)
    assert value(found, "tii_sector", ("AAA", "BBB"), "10") == pytest.approx((4 / 8) / (20 / 50), rel=1e-12)
    assert status(found.under({"tii_world": "less_reporter"}), "tii", ("AAA", "BBB")) == Status.MISSING


@pytest.mark.parametrize("index", ["rca", "rsca"])
def test_advantage_has_no_value_in_a_world_that_trades_a_sector_but_in_all_nothing(index: str) -> None:
    """Refunds can bring a total to zero; over it even an economy that sells nothing has no advantage of 0."""
    cells = exports(("AAA", ""), 0, 5) | exports(("WLD", ""), 7, -7)
    assert status(results(cells), index, ("AAA", ""), "10") == Status.ZERO_BASE


def test_a_total_alone_does_not_say_that_the_sectors_are_zero() -> None:
    """A states 100 and no sector: it is not an economy without trade, and B is not alone in the world."""
    cells = exports(("AAA", ""), None, None) | exports(("BBB", ""), 3, None) | exports(("CCC", ""), 1, 1)
    cells["AAA", "", "total", "exports"] = {2000: Fraction(100)}
    found = results(cells, missing="zero")
    assert status(found, "hhi", ("AAA", "")) == Status.MISSING
    assert value(found, "hhi", ("BBB", "")) == 1.0
    assert status(found, "ims", ("BBB", ""), "10") == Status.MISSING


def test_a_series_that_one_economy_lacks_is_missing_in_its_own_pairs_alone() -> None:
    cells = exports(("AAA", ""), 10, 5) | exports(("BBB", ""), 20, 5) | exports(("CCC", ""), 4)
    found = results(cells | imports(("AAA", ""), 0, 0) | imports(("BBB", ""), 1, 1))
    assert value(found, "similarity", ("AAA", "BBB")) == pytest.approx(2 / 3 + 1 / 5, rel=1e-12)
    assert {each.key[3:5] for each in found.lines("similarity")} == {("AAA", "BBB"), ("BBB", "AAA")}
    assert {each.key[3:5] for each in found.lines("tci")} == {("AAA", "BBB"), ("BBB", "AAA")}
    assert [str(each.reason) for each in found.tables["t"].lacking("tci")] == [
        "needs exports of 20", "needs imports of 10", "needs imports of 20",
    ]  # fmt: skip
    assert status(found, "tci", ("BBB", "AAA")) == Status.NO_TRADE


def test_what_a_third_economy_lacks_is_no_reason_for_a_pair() -> None:
    """Nobody knows what C exports; A and B are not alike because A exports nothing."""
    cells = exports(("AAA", ""), 0, 0) | exports(("BBB", ""), 20, 5) | exports(("CCC", ""), 4, None)
    found = results(cells)
    assert status(found, "similarity", ("AAA", "BBB")) == Status.NO_TRADE
    assert status(found, "similarity", ("AAA", "CCC")) == Status.MISSING


def test_where_the_world_stops_trading_no_effect_of_a_share_is_left() -> None:
    cells = exports(("AAA", ""), 4, 4) | exports(("BBB", ""), 4, 2)
    for numbers in cells.values():
        numbers[2001] = Fraction(0)
    found = results(cells, (2000, 2001))
    for part in ("competitiveness", "structure", "adaptation"):
        one = line(found, "share_decomposition", ("AAA", ""), component=part)
        assert one.statuses.tolist() == [Status.NO_EARLIER_YEAR, Status.NO_TRADE]
        assert np.isnan(one.values).all()
