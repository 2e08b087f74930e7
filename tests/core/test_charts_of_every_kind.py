"""Charts and claims of pairs, of sectors, of components and of whole economies: what is drawn, named and said."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from core.analysis import analyse
from core.charts import SUM, Chart, Choice, comparison_chart, line_chart, offered
from core.charts.selection import READABLE
from core.claims import claim_of, place, propose, sentence, statement, subject
from core.edits import apply
from core.indices import indices
from core.project import Project, Study
from core.results import LineKey, Results
from core.table import Label, Periods, new_table
from core.text import Bilingual
from tests.core.test_micro_world_in_projects import MICRO, PAIRS, by_economy, by_pair

HOME = Study(home="B", peers=("C",))


def chart_of(project: Project, index: str, choice: Choice = Choice()) -> Chart:  # noqa: B008 - frozen
    return line_chart(analyse(project), index, choice)


def names(chart: Chart) -> list[str]:
    return [line.name.en for line in chart.lines]


def at_home(project: Project) -> Project:
    return apply(project, "set_study", study=HOME)


def many(economies: int, sectors: int) -> Project:
    """Exports of two years, all different."""
    reporter, sector = (each.ravel() for each in np.indices((economies, sectors)))
    labels = {
        "reporter": [Label(f"e{at}", Bilingual(f"E{at}")) for at in range(economies)],
        "sector": [Label(f"s{at}", Bilingual(f"S{at}")) for at in range(sectors)],
        "measure": [Label("exports", Bilingual("Exports"))],
    }
    columns = {"reporter": reporter, "sector": sector, "measure": np.zeros(len(sector), dtype=np.int32)}
    exports = 1.0 + (reporter * 7 + sector * 3) % 11
    periods = Periods("year", (2000, 2001))
    return Project("p", tables=(new_table("t", Bilingual("Many"), labels, columns, periods, [exports, exports + 1]),))


@pytest.mark.parametrize("world", [by_economy, by_pair])
def test_indices_of_two_are_symmetric_exactly_where_their_entry_says_so(world: Any) -> None:
    results = analyse(world())
    found: dict[str, bool] = {}
    for index in indices().values():
        if index.dimensions not in {("economy", "economy"), ("sector", "sector")}:
            continue
        values = results.tables["t"].computed(index.id, 2000).parts[""][0]
        square = values.reshape(3, 3)
        off = ~np.eye(3, dtype=np.bool_)
        found[index.id] = np.allclose(square[off], square.T[off], rtol=1e-12, equal_nan=True)
    assert found == {each: indices()[each].entry.symmetric for each in found}
    assert {"similarity", "proximity", "tci"} <= set(found)


def test_two_economies_are_one_name_that_says_who_exports() -> None:
    assert names(chart_of(by_economy(), "tci")) == ["A → B", "A → C", "B → A", "B → C", "C → A", "C → B"]
    assert names(chart_of(by_pair(), "tii"))[0] == "A → B"
    assert names(chart_of(by_pair(), "tii_sector"))[0] == "A → B · k1"


def test_a_symmetric_pair_is_drawn_once() -> None:
    """In the reference the similarity of A and B is that of B and A."""
    chart = chart_of(by_economy(), "similarity")
    assert names(chart) == ["A – B", "A – C", "B – C"]
    assert chart.lines[0].values[0] == pytest.approx(float(Fraction(PAIRS["pairs"]["similarity"]["AB"])))
    both = chart_of(by_economy(), "similarity", Choice(reporters=("B",), partners=("A",)))
    assert [line.key[3:5] for line in both.lines] == [("B", "A")], "whoever asks for it gets it in this order"


def test_a_sector_is_not_compared_with_itself() -> None:
    assert names(chart_of(by_economy(), "proximity")) == ["k1 – k2", "k1 – k3", "k2 – k3"]


def test_pairs_begin_with_the_home_economy_beside_its_peers() -> None:
    chart = chart_of(at_home(by_economy()), "tci")
    assert names(chart) == ["B → C"]
    assert names(chart_of(at_home(by_economy()), "tci", Choice(partners=()))) == ["B → A", "B → C"]


def test_beside_a_single_economy_partners_have_their_own_colours() -> None:
    study = Study(home="A", peers=("B", "C"))
    project = apply(by_economy(), "set_study", study=study)
    colours = {line.key[3]: line.slot for line in chart_of(project, "hhi").lines}
    assert {line.key[4]: line.slot for line in chart_of(project, "tci").lines} == {
        each: colours[each] for each in ("B", "C")
    }


@pytest.mark.parametrize(
    ("index", "drawn"), [("rca", 16), ("hhi", 16), ("ubiquity", 16), ("proximity", 16), ("similarity", 16)]
)
def test_by_itself_a_chart_draws_what_can_be_read(index: str, drawn: int) -> None:
    results = analyse(many(20, 30))
    chart = line_chart(results, index)
    assert len(chart.lines) == drawn <= READABLE
    assert chart.notes == ()
    everything = line_chart(results, index, Choice(reporters=(), partners=(), sectors=()))
    assert len(everything.lines) > drawn


def test_what_is_drawn_by_itself_does_not_depend_on_what_else_is_chosen() -> None:
    results = analyse(many(20, 30))
    suggested = offered(results, "rca", Choice())
    assert suggested.reporters.chosen == {"e0"}
    assert offered(results, "rca", Choice(sectors=("s3",))).reporters.chosen == {"e0"}
    assert offered(results, "rca", Choice(reporters=("e1", "e2"))).sectors.chosen == suggested.sectors.chosen


def test_the_home_economy_is_never_cut_off() -> None:
    project = apply(many(20, 30), "set_study", study=Study(home="e19"))
    assert offered(analyse(project), "rca", Choice(), project).reporters.chosen == {"e19"}


def test_the_components_of_an_economy_stand_together_above_their_sum() -> None:
    """The reference: the change of A's exports in CMS is PAIRS["changes"]["total"]."""
    chart = chart_of(by_pair(), "cms_leamer_stern")
    effects = [name.en for name in indices()["cms_leamer_stern"].entry.components.values()]
    rows = [row.name.en for row in chart.rows]
    assert rows[: len(effects) + 1] == [*(f"A · {each}" for each in effects), "A · Sum: the whole change"]
    total = chart.rows[len(effects)]
    assert total.side == SUM
    assert not total.is_drawn
    assert np.isnan(total.values[0])
    assert total.values[1] == pytest.approx(float(PAIRS["changes"]["total"]), rel=1e-12)


def test_the_sum_of_the_effects_is_the_change_of_the_share() -> None:
    """Shares from the flows of the reference: exports of A over those of all economies."""
    flows = MICRO["flows"]
    sold = {t: {i: sum(map(sum, flows[t][i].values())) for i in MICRO["economies"]} for t in ("t0", "t1")}
    shares = {t: sold[t]["A"] / sum(sold[t].values()) for t in sold}
    chart = chart_of(by_economy(), "share_decomposition", Choice(reporters=("A",)))
    assert [row.name.en for row in chart.rows if row.side == SUM] == ["Sum: the whole change"]
    assert chart.rows[-1].values[1] == pytest.approx(shares["t1"] - shares["t0"])


def test_a_sum_follows_an_edit_and_stays_where_nothing_changes() -> None:
    project = by_pair()
    results = analyse(project)
    before = line_chart(results, "cms_leamer_stern")
    key = ("A", "B", "k1", "exports")
    edited = apply(project, "set_cells", table="t", series=(key,), periods=(2001,), values=((1000.0,),))
    after = line_chart(analyse(edited, results), "cms_leamer_stern", previous=before)
    sums = [[row for row in chart.rows if row.side == SUM] for chart in (before, after)]
    assert after.made_from is before.made_from
    assert sums[1][0].values[1] > sums[0][0].values[1] + 900
    effects = after.lines[: len(indices()["cms_leamer_stern"].components)]
    assert sums[1][0].values[1] == pytest.approx(sum(line.values[1] for line in effects))


def test_two_settings_of_a_decomposition_are_compared_effect_by_effect() -> None:
    chart = comparison_chart(analyse(by_pair()), "cms_leamer_stern", Choice(), "cms_order", "market_first")
    assert {row.side for row in chart.rows} == {0, 1, 2}


def claimed(results: Results, project: Project, key: LineKey) -> tuple[str, str, str]:
    line = results.find(key)
    assert line is not None
    claim = propose(line)
    assert claim is not None
    said = sentence(claim, project, results)
    return said.en, said.zh, str(statement(claim))


def test_a_claim_about_two_economies_names_both() -> None:
    project = by_economy()
    results = analyse(project)
    said, chinese, short = claimed(results, project, ("tci", "", "t", "A", "B", ""))
    assert said.startswith("A → B: TCI ")
    assert chinese.startswith("A → B：")
    assert short.startswith("TCI, 2000–2001, change ")
    assert claimed(results, project, ("similarity", "", "t", "A", "B", ""))[0].startswith("A – B: ESI ")


def test_a_claim_about_an_effect_names_it() -> None:
    project = by_pair()
    results = analyse(project)
    said, chinese, short = claimed(results, project, ("cms_jepma", "growth", "t", "A", "", ""))
    assert said.startswith("A, growth effect: CMS above 0 in 2001")
    assert chinese.startswith("A、增长效应：")
    assert short == "CMS (growth effect), 2001: > 0"


def test_a_claim_about_home_names_it_unless_its_sector_is_enough() -> None:
    project = apply(by_economy(), "set_study", study=Study(home="A"))
    results = analyse(project)
    assert claimed(results, project, ("hhi", "", "t", "A", "", ""))[0].startswith("A: HHI ")
    assert claimed(results, project, ("rca", "", "t", "A", "", "k1"))[0].startswith("k1: RCA ")
    assert claimed(results, project, ("rca", "", "t", "B", "", "k2"))[0].startswith("B, k2: RCA ")
    bilateral = apply(by_pair(), "set_study", study=Study(home="A"))
    said = claimed(analyse(bilateral), bilateral, ("rca", "", "t", "A", "B", "k1"))[0]
    assert said.startswith("A → B, k1: RCA ")


def test_a_claim_about_sectors_names_them() -> None:
    project = by_economy()
    results = analyse(project)
    assert claimed(results, project, ("prody", "", "t", "", "", "k1"))[0].startswith("k1: PRODY ")
    line = results.find(("proximity", "", "t", "", "k2", "k1"))
    assert line is not None
    assert subject(claim_of(line), project) == (Bilingual("k1 – k2", "k1 – k2"),)
    assert place(claim_of(line), project)[0] == Bilingual()


def test_the_footnote_says_which_flows_come_from_the_partners() -> None:
    """The bilateral reference states exports only; what an economy imports is what the others export to it."""
    said = [str(each) for each in chart_of(by_pair(), "tii").footnote]
    assert "Mirror data: imports as reported by the partners." in said
    assert not any("Mirror" in str(each) for each in chart_of(by_pair(), "rca").footnote)
    assert not any("Mirror" in str(each) for each in chart_of(by_economy(), "tci").footnote)


def test_a_single_partner_stays_in_the_name_of_what_is_drawn() -> None:
    chart = chart_of(by_pair(), "share_decomposition", Choice(reporters=("A",), partners=("B",)))
    assert chart.subtitle.en == "A → B · 2000–2001"
    assert names(chart_of(by_pair(), "rca", Choice(reporters=("A",), partners=("B",)))) == ["k1", "k2", "k3"]


def test_effects_are_never_cut_apart_where_there_are_too_many_lines() -> None:
    """80 economies with 3 effects each: 66 whole ones fit into 200 lines."""
    chart = chart_of(many(80, 3), "share_decomposition", Choice(reporters=()))
    assert len(chart.lines) == 198
    assert str(chart.notes[0]).startswith("198 of 240 lines are drawn.")
    assert sum(row.side == SUM for row in chart.rows) == 66
