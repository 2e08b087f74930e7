"""What an explanation shows beside the inputs: margins, threshold, tied results, components, ranks, other units."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from core.analysis import analyse
from core.edits import apply
from core.explain import Terms, Wanted, explain, printed, sentence
from core.project import Project, Study
from core.results import LineKey, Results
from core.status import Status
from core.table import Label, Periods, Source, new_table
from core.text import Bilingual
from core.units import Unit
from tests.core.explained import explained, project
from tests.core.test_micro_world_in_projects import NAMES, SECTORS, by_economy

MICRO = json.loads((Path(__file__).parent / "golden" / "microworld.json").read_text(encoding="utf-8"))


def columns(terms: Terms) -> dict[str, list[float]]:
    """The numbers of a table of terms under their symbols."""
    return {symbol: [row.values[at] for row in terms.rows] for at, symbol in enumerate(terms.symbols)}


@pytest.fixture(scope="module")
def full() -> Results:
    return analyse(project())


@pytest.fixture(scope="module")
def micro() -> Results:
    return analyse(by_economy())


def of(results: Results, index: str, economy: str = "", sector: str = "", component: str = "") -> LineKey:
    return index, component, next(iter(results.tables)), economy, "", sector


def test_a_specialisation_is_shown_with_the_four_sums_and_the_threshold(micro: Results) -> None:
    # Exports of the micro-world, summed here from its flows.
    flows = {
        (name, sector): sum(MICRO["flows"]["t0"][name][other][k] for other in NAMES if other != name)
        for name in NAMES
        for k, sector in enumerate(SECTORS)
    }
    said = explained(micro, of(micro, "presence", "B", SECTORS[1]), 2000)
    numbers = {each.symbol: each.value for each in said.operands}
    assert numbers == {
        "X_ik": flows["B", SECTORS[1]],
        "X_i": sum(flows["B", each] for each in SECTORS),
        "W_k": sum(flows[each, SECTORS[1]] for each in NAMES),
        "W": sum(flows.values()),
        "t": 1,
    }
    share = Fraction(int(numbers["X_ik"]), int(numbers["X_i"])) / Fraction(int(numbers["W_k"]), int(numbers["W"]))
    assert said.value == (share >= 1)
    assert said.filled.endswith(" ≥ 1]")
    above = explained(micro, said.wanted.key, 2000, threshold_side="above")
    assert above.filled.endswith(" > 1]")


@pytest.mark.parametrize("index", ["diversity", "ubiquity"])
def test_a_count_of_specialisations_is_that_of_the_advantages_beside_its_terms(full: Results, index: str) -> None:
    key = of(full, index, "BBB") if index == "diversity" else of(full, index, sector="s2")
    said = explained(full, key, 2012)
    advantages = columns(said.terms[0])["(X_ik / X_i) / (W_k / W)"]
    assert said.value == sum(each >= 1 for each in advantages)


def test_density_and_fitness_can_be_computed_from_what_stands_there(full: Results) -> None:
    density = columns(explained(full, of(full, "density", "AAA", "s2"), 2012).terms[0])
    weights = np.array(density["φ_lk"])
    found = explained(full, of(full, "density", "AAA", "s2"), 2012)
    assert found.value == pytest.approx(float(np.dot(density["M_il"], weights) / weights.sum()))
    fitness = {}
    for economy in ("AAA", "BBB", "CCC", "DDD"):
        said = explained(full, of(full, "fitness", economy), 2012)
        terms = columns(said.terms[0])
        fitness[economy] = said.value, float(np.dot(terms["M_ik"], terms["Q_k"]))
    mean = sum(raw for _value, raw in fitness.values()) / 4
    for value, raw in fitness.values():
        assert value == pytest.approx(raw / mean, abs=1e-3)  # the rounds end before all of it stands still


def test_the_outlook_can_be_computed_from_what_stands_there(full: Results) -> None:
    sums = {}
    for economy in ("AAA", "BBB", "CCC", "DDD"):
        terms = columns(explained(full, of(full, "coi", economy), 2012).terms[0])
        triples = zip(terms["M_ik"], terms["d_ik"], terms["PCI_k"], strict=True)
        sums[economy] = sum((1 - present) * density * worth for present, density, worth in triples)
    said = explained(full, of(full, "coi", "BBB"), 2012)
    raw = np.array(list(sums.values()))
    assert said.value == pytest.approx((sums["BBB"] - raw.mean()) / raw.std())
    assert [each.value for each in said.operands] == pytest.approx([sums["BBB"], raw.mean(), raw.std()])
    gain = explained(full, of(full, "cog", "AAA", "s2"), 2012)
    terms = columns(gain.terms[0])
    rows = zip(*(terms[each] for each in ("M_ik", "PCI_l", "φ_lk", "Σ_m φ_lm")), strict=True)
    assert gain.value == pytest.approx(sum((1 - m) * worth * near / all_near for m, worth, near, all_near in rows))
    own = explained(full, of(full, "coi", "BBB"), 2012, complexity_norm="own_population")
    terms = columns(own.terms[0])
    triples = zip(terms["M_ik"], terms["d_ik"], terms["PCI_k"], strict=True)
    assert own.value == pytest.approx(sum((1 - present) * density * worth for present, density, worth in triples))


def test_complexity_says_where_it_stands_and_from_how_many_it_was_computed(full: Results) -> None:
    values = {each: explained(full, of(full, "eci", each), 2012).value for each in ("AAA", "BBB", "CCC", "DDD")}
    said = explained(full, of(full, "eci", "BBB"), 2012)
    rank = 1 + sum(each > said.value for each in values.values())
    assert str(said.standing) == f"Number {rank} of 4 economies, the highest first"
    assert "from 4 economies and 4 sectors together" in sentence(said, "en")
    assert "Office of Statistics" in sentence(said, "en")
    terms = columns(said.terms[0])
    own = [each for each, there in zip(terms["PCI_k"], terms["M"], strict=True) if there]
    assert said.value == pytest.approx(sum(own) / len(own))


def test_the_components_of_a_change_stand_together_with_their_sum(micro: Results) -> None:
    # The fractions: golden/microworld.json.
    said = explained(micro, of(micro, "share_decomposition", "A", component="structure"), 2001)
    parts = said.terms[-1]
    expected = [
        100 * float(Fraction(MICRO["expected_share_decomposition"][each]["A"]))
        for each in ("competitiveness", "structure", "adaptation")
    ]
    assert [row.values[0] for row in parts.rows] == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert parts.sums[0] == pytest.approx(math.fsum(expected))
    assert [row.behind[0] for row in parts.rows][1] == Wanted(said.wanted.key, 2001)
    assert "  Components\n" in printed(said, "en")


def test_a_growth_rate_says_the_year_that_it_looks_back_at(full: Results) -> None:
    assert "(compared with 2011; " in sentence(explained(full, of(full, "growth_exports", "AAA", "s1"), 2012), "en")
    assert "(compared with 2010; " in sentence(explained(full, of(full, "cagr_exports", "AAA", "s1"), 2012), "en")
    first = explained(full, of(full, "cagr_exports", "AAA", "s1"), 2010)
    assert first.status is Status.NO_EARLIER_YEAR
    assert "choose an earlier base year" in sentence(first, "en")


def test_results_in_a_formula_have_as_few_digits_as_lead_to_the_value(sample_project: Project) -> None:
    results = analyse(sample_project)
    said = explained(results, ("rsca", "", "worldbank", "CHN", "", "services"), 2020)
    assert said.filled == "(0.35258 − 1) / (0.35258 + 1)"
    assert pytest.approx(said.value, abs=1e-5) == (0.35258 - 1) / (0.35258 + 1)


def test_missing_figures_that_count_as_zero_are_not_offered_to_count_as_zero() -> None:
    cell = ("AAA", "", "s1", "quantity_exports")
    cleared = apply(
        project(missing="zero"), "set_cells", table="alone", series=(cell,), periods=(2012,), values=((None,),)
    )
    said = explained(analyse(cleared), ("unit_value_exports", "", "alone", "AAA", "", "s1"), 2012)
    assert sentence(said, "en").endswith("Fill in the cell on the Data tab.")


def test_a_cell_in_another_unit_is_said_with_what_stands_in_it() -> None:
    def table(name: str, measures: tuple[str, ...], values: list[float], unit: Unit, notes: str = "") -> object:
        return new_table(
            name,
            Bilingual(name),
            {
                "reporter": [Label("CHN", Bilingual("China"))],
                "measure": [Label(each, Bilingual(each)) for each in measures],
            },
            {"reporter": [0] * len(measures), "measure": range(len(measures))},
            Periods("year", (2020,)),
            [values],
            units=(unit,),
            sources=(Source("n", Bilingual(notes)),),
        )

    notes = "Office: yearbook, A1 (exports); all of it\nOffice: yearbook, B2 (imports); all of it"
    flows = table("flows", ("exports", "imports"), [11.0, 31.0], Unit("USD", 1e6), notes)
    income = table("income", ("gdp",), [1.6], Unit("USD", 1e9))
    made = Project("p", tables=(flows, income), study=Study(bindings={"gdp": "income"}))  # type: ignore[arg-type]
    said = explain(analyse(made), ("openness", "", "flows", "CHN", "", ""), 2020)
    assert said is not None
    text = printed(said, "en")
    assert "GDP of China, 2020  1,600  US$ million  income, 2020: 1.6 US$ billion" in text.replace("gdp of", "GDP of")
    assert "Office: yearbook, A1, B2" in text.split("\n")[0]
    assert "\n      Office: yearbook, B2 (imports); all of it" in text
