"""Years from quarters, months and days: by a rule that is chosen, and with the reason where a year has no value."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from core.analysis import analyse
from core.annual import fitting, how, offered
from core.charts import lacking
from core.edits import apply
from core.errors import UserError
from core.project import Project, Study
from core.results import Line, Results
from core.status import Status
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "import-samples" / "china_customs_monthly.xlsx"
NAN = math.nan
YEAR = [200001 + month for month in range(12)]
TWO_YEARS = [*YEAR, *(200101 + month for month in range(12))]


def table(
    measures: Mapping[str, Sequence[float]], periods: Sequence[int], kind: str = "month", table_id: str = "t"
) -> Table:
    """China's numbers by measure; the id of a measure is its name."""
    return new_table(
        table_id,
        Bilingual("Customs"),
        {
            "reporter": [Label("CHN", Bilingual("China"))],
            "measure": [Label(each, Bilingual(each)) for each in measures],
        },
        {"reporter": [0] * len(measures), "measure": range(len(measures))},
        Periods(kind, tuple(periods)),
        np.array(list(measures.values()), dtype=np.float64).T,
        units=(Unit("USD", 1e3),),
    )


def line(project: Project, index: str, rule: str = "", results: Results | None = None) -> Line:
    if rule:
        project = apply(project, "set_annual_rule", table="t", rule=rule)
    (found,) = analyse(project, results).lines(index)
    return found


def values(found: Line) -> dict[int, tuple[float, Status]]:
    return {
        year: (value, Status(status))
        for year, value, status in zip(found.years, found.values.tolist(), found.statuses.tolist(), strict=True)
    }


MONTHS = Project("p", tables=(table({"exports": range(24), "imports": [1.0] * 24}, TWO_YEARS),))


def test_without_a_choice_there_are_no_years_and_the_reason_says_what_to_choose() -> None:
    results = analyse(MONTHS)
    assert not [*results.lines("balance")]
    assert [str(each) for each in lacking(results, "balance")] == ["Customs: choose how years are made of its months"]


def test_the_sum_of_twelve_months_is_the_year() -> None:
    found = values(line(MONTHS, "balance", "sum"))
    assert found == {2000: (sum(range(12)) - 12, Status.OK), 2001: (sum(range(12, 24)) - 12, Status.OK)}


def test_growth_compares_the_years_that_were_made() -> None:
    found = values(line(MONTHS, "growth_exports", "sum"))
    assert found[2000][1] == Status.NO_EARLIER_YEAR
    assert found[2001][0] == pytest.approx(sum(range(12, 24)) / sum(range(12)) - 1)


@pytest.mark.parametrize("gap", ["no number", "no month"])
def test_a_year_with_a_month_missing_has_no_sum_and_says_so(gap: str) -> None:
    numbers: list[float] = [1.0] * 24
    months = list(TWO_YEARS)
    if gap == "no number":
        numbers[15] = NAN
    else:
        del numbers[15], months[15]
    project = Project("p", tables=(table({"exports": numbers, "imports": numbers}, months),))
    found = values(line(project, "balance", "sum"))
    assert found[2000] == (0.0, Status.OK)
    assert math.isnan(found[2001][0])
    assert found[2001][1] == Status.INCOMPLETE_YEAR


def test_quarters_and_their_last_cumulative_value() -> None:
    exports = {"exports": [1.0, 3.0, 6.0, 10.0, 2.0], "imports": [1.0] * 5}
    project = Project("p", tables=(table(exports, [20001, 20002, 20003, 20004, 20011], "quarter"),))
    assert values(line(project, "balance", "sum"))[2000] == (16.0, Status.OK)
    found = values(line(project, "balance", "december"))
    assert found[2000] == (9.0, Status.OK)
    assert found[2001][1] == Status.INCOMPLETE_YEAR


def test_irregular_days_give_their_last_value_and_how_many_there_were() -> None:
    exports = {"exports": [1.0, 3.0, 6.0, NAN], "imports": [1.0, 1.0, 2.0, NAN]}
    project = Project("p", tables=(table(exports, [20000110, 20000704, 20010301, 20011231], "date"),))
    assert offered(project.tables[0]) == ("", "last")
    found = values(line(project, "balance", "last"))
    assert found == {2000: (2.0, Status.OK), 2001: (4.0, Status.OK)}
    chosen = apply(project, "set_annual_rule", table="t", rule="last")
    assert str(how(chosen, chosen.tables[0])) == "Years of Customs: last value of the year, of 2 in a year."
    with pytest.raises(UserError, match="cannot be made that way"):
        apply(project, "set_annual_rule", table="t", rule="sum")


@pytest.mark.parametrize(
    "own", ["出口总值累计值", "Exports, cumulative", "stated_growth_exports", "share of exports", "population", "value"]
)
def test_cumulative_values_growth_shares_and_stocks_are_never_added_up(own: str) -> None:
    months = table({own: range(24), "exports": [1.0] * 24, "quantity_exports": [1.0] * 24}, TWO_YEARS)
    assert not fitting(months, "sum", own, own)
    assert fitting(months, "sum", "exports", "exports")
    assert fitting(months, "sum", "quantity_exports", "quantity_exports")


def test_a_cumulative_measure_that_serves_as_exports_is_not_added_up_either() -> None:
    project = Project("p", tables=(table({"出口总值累计值": range(24), "imports": [1.0] * 24}, TWO_YEARS),))
    project = apply(project, "set_serving", table="t", measure="exports", own="出口总值累计值")
    found = values(line(project, "balance", "sum"))
    assert math.isnan(found[2000][0])
    assert found[2000][1] == Status.NO_YEAR_VALUE


def test_the_cumulative_value_of_december_is_the_year_of_the_flow_it_names() -> None:
    monthly = [10.0] * 24
    cumulative = [10.0 * (at % 12 + 1) + 1 for at in range(24)]
    own = {"exports": monthly, "出口总值累计值": cumulative, "imports": monthly, "进口总值累计值": monthly}
    project = Project("p", tables=(table(own, TWO_YEARS),))
    assert values(line(project, "balance", "december"))[2000] == (121.0 - 10.0, Status.OK)
    assert values(line(project, "balance", "sum"))[2000] == (0.0, Status.OK)


def test_in_december_a_measure_that_is_not_cumulative_has_no_year_beside_ones_that_are() -> None:
    own = {"exports": [1.0] * 12, "imports": [1.0] * 12, "进口总值累计值": [1.0] * 12}
    found = values(line(Project("p", tables=(table(own, YEAR),)), "balance", "december"))
    assert found[2000][1] == Status.NO_YEAR_VALUE


def test_a_measure_of_the_users_own_serves_as_exports_where_that_is_chosen() -> None:
    project = Project("p", tables=(table({"outward": [5.0], "imports": [3.0]}, [2000], "year"),))
    assert not [*analyse(project).lines("balance")]
    chosen = apply(project, "set_serving", table="t", measure="exports", own="outward")
    assert values(line(chosen, "balance"))[2000] == (2.0, Status.OK)
    assert apply(chosen, "set_serving", table="t", measure="exports", own="").study == project.study
    with pytest.raises(UserError, match="no longer there"):
        apply(project, "set_serving", table="t", measure="exports", own="gone")


def test_the_rule_is_echoed_and_computing_again_takes_over_what_is_the_same() -> None:
    project = apply(MONTHS, "set_annual_rule", table="t", rule="sum")
    first = analyse(project)
    assert first.tables["t"].variants["balance"] == {"years": "sum"}
    key = ("CHN", "", "", "exports")
    edited = apply(project, "set_cells", table="t", series=(key,), periods=(200105,), values=((100.0,),))
    before = {year: first.tables["t"].computed("balance", year) for year in (2000, 2001)}
    second = analyse(edited, first)
    after = {year: second.tables["t"].computed("balance", year) for year in (2000, 2001)}
    assert after[2000] is before[2000]
    assert after[2001] is not before[2001]
    other = analyse(apply(project, "set_annual_rule", table="t", rule="last"), second)
    assert values(next(other.lines("balance")))[2000] == (10.0, Status.OK)


def test_a_bound_table_of_months_is_read_by_its_rule() -> None:
    years = table({"exports": [100.0, 200.0]}, [2000, 2001], "year")
    months = table({"imports": [1.0] * 24}, TWO_YEARS, table_id="m")
    project = Project("p", tables=(years, months), study=Study(bindings={"imports": "m"}))
    assert not [*analyse(project).lines("balance")]
    chosen = apply(project, "set_annual_rule", table="m", rule="sum")
    found = next(each for each in analyse(chosen).lines("balance") if each.table == "t")
    assert values(found)[2001] == (188.0, Status.OK)


def test_the_rule_goes_with_its_table() -> None:
    project = apply(MONTHS, "set_annual_rule", table="t", rule="sum")
    project = apply(project, "set_serving", table="t", measure="gdp", own="imports")
    gone = apply(project, "remove_table", table="t")
    assert (gone.analysis, gone.study) == (Project("p").analysis, Project("p").study)


@pytest.mark.skipif(
    not SAMPLE.is_file(), reason="the folder ../shared/import-samples does not stand beside the project"
)
def test_the_exports_of_a_year_are_the_cumulative_value_of_december_in_chinas_customs_statistics() -> None:
    """Cumulative exports of December 2025 as the National Bureau of Statistics publishes them: 3,771,842,417."""
    from core.files.importing import import_tables

    (months,) = import_tables(SAMPLE)
    project = apply(Project("p", tables=(months,)), "set_annual_rule", table=months.id, rule="december")
    results = analyse(project)
    (balance,) = results.lines("balance")
    imports = months.value(months.find(("", "", "", "进口总值累计值")), months.period(202512))
    at = balance.years.index(2025)
    assert balance.values[at] * results.tables[months.id].unit.scale / 1e3 == 3771842417 - imports
    assert Status(int(balance.statuses[balance.years.index(2026)])) == Status.INCOMPLETE_YEAR
