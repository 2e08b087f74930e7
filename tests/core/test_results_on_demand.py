"""An index is computed when somebody asks for it; after a change only what is in use is computed at once."""

from __future__ import annotations

import pytest

from core.analysis import analyse
from core.edits import apply
from core.project import Project
from core.results import Results
from core.table_results import TableResults

KEY = ("CHN", "", "services", "exports")


def edited(project: Project) -> Project:
    return apply(project, "set_cells", table="worldbank", series=(KEY,), periods=(2012,), values=((1.0,),))


def computed(results: Results) -> set[str]:
    return {index for index, _year in results.tables["worldbank"].done()}


def test_nothing_is_computed_before_it_is_asked_for(sample_project: Project) -> None:
    results = analyse(sample_project)
    assert "rca" in results.tables["worldbank"].available
    assert computed(results) == set()
    assert [*results.tables["worldbank"].lines("rsca")]
    assert computed(results) == {"rca", "rsca"}


def test_what_was_asked_for_is_there_after_the_next_edit(sample_project: Project) -> None:
    before = analyse(sample_project)
    assert [*before.lines("rca")]
    after = analyse(edited(sample_project), before)
    assert computed(after) == {"rca"}
    old, new = before.tables["worldbank"].done(), after.tables["worldbank"].done()
    assert [year for (_index, year), each in new.items() if each is not old["rca", year]] == [2012]


def test_of_a_large_table_only_the_latest_and_what_the_board_claims_are_computed_at_once(
    monkeypatch: pytest.MonkeyPatch, sample_project: Project
) -> None:
    claimed = {
        each.claim.index
        for factor in sample_project.board.factors
        for each in factor.evidence
        if each.claim is not None
    }
    before = analyse(sample_project)
    asked = ["tc", "ims", "rca", "arca", "nrca_yu", "rxa", "hhi", "theil"]
    for index in asked:
        assert [*before.lines(index)]
    monkeypatch.setattr(TableResults, "is_ready", lambda self, index: False)
    assert computed(analyse(edited(sample_project), before)) == claimed.intersection(asked) | {"hhi", "theil"}


def test_what_is_let_go_is_computed_again_when_it_is_asked_for(sample_project: Project) -> None:
    results = analyse(sample_project)
    first = results.tables["worldbank"].computed("rca", 2012)
    results.forget(("rca",))
    assert computed(results) == set()
    again = results.tables["worldbank"].computed("rca", 2012)
    assert again is not first
    assert again.parts[""][0].tolist() == first.parts[""][0].tolist()
