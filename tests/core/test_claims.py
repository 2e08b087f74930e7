"""Claims: what is proposed, and what the data say of it afterwards."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.analysis import analyse
from core.board import Claim, Evidence, Factor
from core.claims import (
    State,
    check,
    line_of,
    propose,
    sentence,
    shown_beside,
    shown_limit,
    shown_value,
    snapshot,
    state_text,
    statement,
    worst,
)
from core.edits import apply
from core.project import Project
from core.results import Results
from core.text import Bilingual

CHINA = {"exports": ("CHN", "", "services", "exports"), "imports": ("CHN", "", "services", "imports")}
TC = ("tc", "", "table3", "CHN", "", "services")
IMS = ("ims", "", "table4", "CHN", "", "services")


def with_cell(project: Project, table: str, flow: str, year: int, value: float | None) -> Project:
    return apply(project, "set_cells", table=table, series=(CHINA[flow],), periods=(year,), values=((value,),))


def evidence(results: Results, key: tuple[str, str, str, str, str, str]) -> Evidence:
    line = results.find(key)
    assert line is not None
    claim = propose(line)
    assert claim is not None
    return Evidence("e", "claim", claim=claim, snapshot=snapshot(claim, results, "2024-01-31"))


def test_a_deficit_in_all_ten_years_is_proposed_as_a_claim_about_all_years(sample_project: Project) -> None:
    """TC of the paper's Table 3 is negative in 10 of 10 years, -0.0183 to -0.3261 (golden/paper_table3.csv)."""
    results = analyse(sample_project)
    proof = evidence(results, TC)
    assert proof.claim == Claim(
        "tc", "table3", "CHN", sector="services", window=(2009, 2018), quantifier="all", operator="<", threshold=0.0
    )
    assert proof.snapshot is not None
    assert len(proof.snapshot.values) == 10
    assert proof.snapshot.margin == pytest.approx(0.01829122, abs=5e-9)
    assert check(proof, results).state is State.SUPPORTED
    assert check(proof, results).latest == (2018, pytest.approx(-0.32605950, abs=5e-9))


def test_a_claim_is_contradicted_by_one_year_and_supported_again_when_it_is_put_back(sample_project: Project) -> None:
    """Exports of 2018 raised from 2668.4 to 5300 against imports of 5250.4 give TC = 49.6/10550.4 = +0.0047."""
    proof = evidence(analyse(sample_project), TC)
    broken = with_cell(sample_project, "table3", "exports", 2018, 5300.0)
    found = check(proof, analyse(broken))
    assert (found.state, found.failing) == (State.CONTRADICTED, (2018,))
    assert found.values[2018] == pytest.approx(49.6 / 10550.4)
    mended = with_cell(broken, "table3", "exports", 2018, 2668.4)
    assert check(proof, analyse(mended)).state is State.SUPPORTED


@pytest.mark.parametrize("flow", ["exports", "imports"])
def test_a_cleared_year_is_no_data_and_never_support(sample_project: Project, flow: str) -> None:
    proof = evidence(analyse(sample_project), TC)
    found = check(proof, analyse(with_cell(sample_project, "table3", flow, 2012, None)))
    assert (found.state, found.failing) == (State.NO_DATA, (2012,))


def test_a_claim_that_holds_by_a_hair_is_weaker(sample_project: Project) -> None:
    """The margin of the snapshot is 0.0183 (2009); a quarter of it is 0.0046."""
    proof = evidence(analyse(sample_project), TC)
    for imports, state in ((1448.0, State.WEAKER), (1464.0, State.SUPPORTED)):
        results = analyse(with_cell(sample_project, "table3", "imports", 2009, imports))
        assert check(proof, results).margin == pytest.approx((imports - 1435.7) / (imports + 1435.7))
        assert check(proof, results).state is state


def test_a_removed_table_is_no_data(sample_project: Project) -> None:
    proof = evidence(analyse(sample_project), TC)
    without = replace(sample_project, tables=sample_project.tables[:1])
    assert check(proof, analyse(without)).state is State.NO_DATA
    assert line_of(proof.claim or Claim("tc", ""), analyse(without)) is None


def test_a_share_without_a_neutral_value_is_said_to_have_fallen(sample_project: Project) -> None:
    """IMS of the paper's Table 4: 4.474 % in 2015, 4.288 % in 2017."""
    results = analyse(sample_project)
    proof = evidence(results, IMS)
    assert proof.claim is not None
    assert (proof.claim.transform, proof.claim.operator, proof.claim.window) == ("change", "<", (2015, 2017))
    assert check(proof, results).margin == pytest.approx(0.04474144 - 0.04288366, abs=2e-8)
    assert str(statement(proof.claim)) == "IMS, 2015–2017, change < 0%"
    assert sentence(proof.claim, sample_project, results).en == "Services: IMS fell from 2015 to 2017 (4.29% in 2017)"


def test_a_single_year_makes_no_claim_about_every_year(sample_project: Project) -> None:
    """Table 1 has the year 2017 only; TC of telecommunications there is +0.183."""
    results = analyse(sample_project)
    line = results.find(("tc", "", "table1", "CHN", "", "telecom_computer_information"))
    assert line is not None
    claim = propose(line)
    assert claim is not None
    assert (claim.quantifier, claim.operator, str(statement(claim))) == ("last", ">", "TC, 2017: > 0")
    assert sentence(claim, sample_project, results).en.endswith("TC above 0 in 2017 (0.18)")


def test_a_sum_of_money_is_written_with_its_unit(sample_project: Project) -> None:
    """The deficit of 2018 is 2,582.0 (100 million US$) in the paper's Table 3."""
    results = analyse(sample_project)
    line = results.find(("balance", "", "table3", "CHN", "", "services"))
    assert line is not None
    claim = propose(line)
    assert claim is not None
    said = sentence(claim, sample_project, results)
    assert "-2582.0 US$ 100 million" in said.en
    assert "-2582.0亿美元" in said.zh


def test_balanced_trade_in_the_last_year_is_read_as_a_movement_and_not_as_a_side(sample_project: Project) -> None:
    balanced = with_cell(sample_project, "table3", "exports", 2018, 5250.4)
    line = analyse(balanced).find(TC)
    assert line is not None
    claim = propose(line)
    assert claim is not None
    assert (claim.transform, claim.operator) == ("change", ">")
    assert propose(line, (2018, 2018)) is None


def test_no_claim_is_made_of_a_window_without_values(sample_project: Project) -> None:
    line = analyse(sample_project).find(TC)
    assert line is not None
    assert propose(line, (1990, 1995)) is None


def test_a_window_of_the_study_bounds_the_claim(sample_project: Project) -> None:
    line = analyse(sample_project).find(TC)
    assert line is not None
    claim = propose(line, (2014, 2030))
    assert claim is not None
    assert claim.window == (2014, 2018)


def test_a_claim_about_some_year_holds_as_long_as_one_year_does(sample_project: Project) -> None:
    results = analyse(sample_project)
    claim = Claim("tc", "table3", "CHN", sector="services", quantifier="any", operator="<", threshold=-0.3)
    assert check(Evidence("e", "claim", claim=claim), results).state is State.SUPPORTED
    beyond = replace(claim, threshold=-0.9)
    assert check(Evidence("e", "claim", claim=beyond), results).state is State.CONTRADICTED


def test_a_card_shows_the_worst_of_its_evidence(sample_project: Project) -> None:
    results = analyse(sample_project)
    good = evidence(results, TC)
    words = Evidence("w", "citation", Bilingual("source"))
    assert good.claim is not None
    bad = replace(good, claim=replace(good.claim, operator=">"))
    card = Factor("f", "W", Bilingual("x"))
    assert worst(card, results) is None
    assert worst(replace(card, evidence=(words,)), results) is State.TEXT
    assert worst(replace(card, evidence=(words, good)), results) is State.SUPPORTED
    assert worst(replace(card, evidence=(good, bad, words)), results) is State.CONTRADICTED
    assert [str(state_text(each)) for each in State] == [
        "supported", "weaker", "no longer supported", "no data", "text only",
    ]  # fmt: skip


def test_limits_and_values_have_the_decimals_of_the_catalogue() -> None:
    claim = Claim("ims", "table4", threshold=0.05)
    assert shown_limit(claim) == "5%"
    assert shown_limit(replace(claim, index="tc")) == "0.05"
    assert shown_value("ims", 0.04288366) == "4.29%"
    assert shown_value("tc", -0.3260595) == "-0.33"
    assert shown_value("ims", float("nan")) == ""


def test_a_value_close_to_the_limit_has_as_many_decimals_as_show_its_side() -> None:
    """TC of 2018 with exports of 5300 is +0.0047: with two decimals it would look like no deficit and no surplus."""
    claim = Claim("tc", "table3", threshold=0.0)
    assert shown_beside(claim, 49.6 / 10550.4) == "0.005"
    assert shown_beside(claim, -0.3260595) == "-0.33"
    assert shown_beside(claim, 0.0) == "0.00"
    assert shown_beside(Claim("ims", "table4", threshold=0.043), 0.04300003) == "4.300003%"
    assert shown_beside(claim, 1e-30) == "0.00000000"
    assert shown_beside(replace(claim, transform="change"), 0.0001) == "0.00"
