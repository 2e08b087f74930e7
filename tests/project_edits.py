"""Strategies of hypothesis for whole projects and for every registered edit; shared by the property tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from core.board import (
    OPERATORS,
    QUADRANTS,
    QUANTIFIERS,
    STRATEGY_TYPES,
    TRANSFORMS,
    Board,
    Claim,
    Evidence,
    Factor,
    Recommendation,
    Snapshot,
    Strategy,
)
from core.edits import apply
from core.errors import UserError
from core.files.merging import RULES
from core.options import DIRECTIONS, composed_of, options
from core.project import Analysis, Project, Study
from core.table import DIMENSIONS, LAYOUTS, Key, Label, Table
from tests.table_values import (
    Draw,
    bilinguals,
    cells,
    keys,
    label_ids,
    labels,
    names,
    new_ids,
    numbers,
    sources,
    tables,
    texts,
    units,
    years,
)  # fmt: skip

Arguments = dict[str, Any]
OPTIONS = options()
quadrants, strategy_types = st.sampled_from(QUADRANTS), st.sampled_from(STRATEGY_TYPES)
claims = st.builds(
    Claim,
    index=st.sampled_from(["tc", "rca", "ims", "gone"]),
    table=st.sampled_from(["table3", "worldbank", "gone"]),
    reporter=st.sampled_from(label_ids["reporter"]),
    sector=st.sampled_from(label_ids["sector"]),
    transform=st.sampled_from(TRANSFORMS),
    window=st.tuples(st.none() | years, st.none() | years),
    quantifier=st.sampled_from(QUANTIFIERS),
    operator=st.sampled_from(OPERATORS),
    threshold=numbers,
)
snapshots = st.builds(Snapshot, st.just("2026-11-22"), st.dictionaries(years, numbers, max_size=3), margin=numbers)
evidence = st.builds(
    Evidence,
    new_ids,
    st.sampled_from(["claim", "text"]),
    bilinguals,
    st.none() | claims,
    st.none() | snapshots,
)


@st.composite
def boards(draw: Draw) -> Board:
    """A board whose links all lead somewhere."""
    own = st.lists(new_ids, unique=True, max_size=4)
    factors = tuple(
        Factor(each, draw(quadrants), draw(bilinguals), draw(bilinguals), tuple(found))
        for each in draw(own)
        for found in [draw(st.lists(evidence, max_size=2, unique_by=lambda one: one.id))]
    )
    some = st.lists(st.sampled_from([each.id for each in factors]), unique=True).map(tuple) if factors else st.just(())
    strategies = tuple(
        Strategy(each, draw(strategy_types), draw(bilinguals), draw(bilinguals), draw(some)) for each in draw(own)
    )
    plans = st.lists(st.sampled_from([s.id for s in strategies]), unique=True).map(tuple) if strategies else st.just(())
    recommendations = tuple(
        Recommendation(each, draw(bilinguals), tuple(draw(st.lists(bilinguals, max_size=2))), draw(plans), draw(some))
        for each in draw(own)
    )
    return Board(draw(bilinguals), draw(bilinguals), factors, strategies, recommendations)


studies = st.builds(
    Study,
    st.sampled_from(["", "CHN"]),
    st.lists(st.sampled_from(["IND", "IRL"]), unique=True).map(tuple),
    st.sampled_from(["", "services"]),
    st.none() | st.tuples(years, years).map(lambda pair: (min(pair), max(pair))),
    st.none() | years,
    st.dictionaries(st.sampled_from(["gdp", "imports"]), st.sampled_from(["table3", "worldbank"])),
    st.dictionaries(st.sampled_from(["table3", "new-a"]), st.just({"exports": "widgets"}), max_size=1),
)
projects = st.builds(
    Project,
    id=new_ids,
    title=bilinguals,
    study=studies,
    tables=st.lists(tables(), max_size=3, unique_by=lambda table: table.id).map(tuple),
    board=boards(),
    analysis=st.builds(
        Analysis,
        st.dictionaries(texts, st.booleans() | numbers | texts, max_size=2),
        st.dictionaries(st.sampled_from(["tc", "rca"]), texts),
        st.dictionaries(st.sampled_from(["table3", "new-a"]), st.sampled_from(["sum", "last"]), max_size=1),
        st.dictionaries(st.sampled_from(["a finding", "another"]), texts, max_size=2),
    ),
)


class Impossible(Exception):
    """The project has nothing that this edit could change."""


def _some_of(draw: Draw, items: Any, most: int = 3) -> tuple[Any, ...]:
    found = list(items)
    if not found:
        raise Impossible
    return tuple(draw(st.lists(st.sampled_from(found), min_size=1, max_size=most, unique=True)))


def _one_of(draw: Draw, items: Any) -> Any:
    found = list(items)
    if not found:
        raise Impossible
    return draw(st.sampled_from(found))


def _position(draw: Draw) -> int | None:
    return draw(st.none() | st.integers(0, 20))


def _table(draw: Draw, project: Project) -> Table:
    return _one_of(draw, project.tables)


def _keys(draw: Draw, table: Table) -> tuple[Key, ...]:
    return tuple(table.key(at) for at in _some_of(draw, range(len(table.series))))


def _periods(draw: Draw, table: Table) -> tuple[int, ...]:
    return _some_of(draw, table.periods.values)


def _set_cells(draw: Draw, project: Project) -> Arguments:
    """Sometimes cells that exist, sometimes a block that makes the table grow."""
    table = _table(draw, project)
    grows = draw(st.booleans()) or not len(table.series) or not table.periods.values
    series = tuple(draw(st.lists(keys, min_size=1, max_size=3, unique=True))) if grows else _keys(draw, table)
    periods = tuple(draw(st.lists(years, min_size=1, max_size=3, unique=True))) if grows else _periods(draw, table)
    values = tuple(tuple(draw(cells) for _ in periods) for _ in series)
    arguments: Arguments = {"table": table.id, "series": series, "periods": periods, "values": values}
    return arguments | ({"labels": labels} if grows else {})


def _factor_ids(project: Project) -> list[str]:
    return [each.id for each in project.board.factors]


def _strategy_ids(project: Project) -> list[str]:
    return [each.id for each in project.board.strategies]


def _recommendation(draw: Draw, project: Project, own_id: str) -> Recommendation:
    some = (
        st.lists(st.sampled_from(_factor_ids(project)), max_size=2, unique=True)
        if _factor_ids(project)
        else st.just([])
    )
    return Recommendation(own_id, draw(bilinguals), (draw(bilinguals),), (), tuple(draw(some)))


def _label_of(draw: Draw, project: Project) -> tuple[str, Label]:
    dimension = draw(st.sampled_from(DIMENSIONS))
    return dimension, _one_of(draw, project.labels(dimension))


def _rename_label(draw: Draw, project: Project) -> Arguments:
    dimension, label = _label_of(draw, project)
    return {"dimension": dimension, "label": label.id, "name": draw(names)}


def _set_label_role(draw: Draw, project: Project) -> Arguments:
    dimension, label = _label_of(draw, project)
    return {"dimension": dimension, "label": label.id, "role": draw(st.sampled_from(["", "world", "total"]))}


def _add_series(draw: Draw, project: Project) -> Arguments:
    series = tuple(draw(st.lists(keys, min_size=1, max_size=3, unique=True)))
    return {"table": _table(draw, project).id, "series": series, "labels": labels}


def _remove_series(draw: Draw, project: Project) -> Arguments:
    table = _table(draw, project)
    return {"table": table.id, "series": _keys(draw, table)}


def _set_unit(draw: Draw, project: Project) -> Arguments:
    table = _table(draw, project)
    series = None if draw(st.booleans()) else _keys(draw, table)
    return {"table": table.id, "unit": draw(units), "series": series}


def _set_source(draw: Draw, project: Project) -> Arguments:
    table = _table(draw, project)
    series = None if draw(st.booleans()) else _keys(draw, table)
    return {"table": table.id, "source": draw(sources), "series": series}


def _merging(draw: Draw, project: Project) -> Arguments:
    """Another table of the same kind; and cells, most of which both have."""
    table = _table(draw, project)
    new = draw(tables(kind=table.periods.kind))
    cell = st.tuples(keys, st.sampled_from([*table.periods.values, *new.periods.values, 2000]))
    return {"table": table.id, "new": new, "by_hand": tuple(draw(st.lists(cell, max_size=3)))}


def _set_serving(draw: Draw, project: Project) -> Arguments:
    measure = draw(st.sampled_from(["exports", "imports"]))
    return {"table": _table(draw, project).id, "measure": measure, "own": draw(st.sampled_from(["", "widgets"]))}


def _set_option(draw: Draw, project: Project) -> Arguments:
    option = draw(st.sampled_from([*OPTIONS.values()]))
    if option.kind == "choice":
        return {"name": option.id, "value": draw(st.sampled_from([each.value for each in option.choices]))}
    if option.kind == "number":
        return {"name": option.id, "value": draw(numbers)}
    if option.kind == "sectors":
        return {"name": option.id, "value": draw(st.lists(st.sampled_from(label_ids["sector"]), max_size=2))}
    pairs = st.tuples(st.sampled_from(composed_of()), st.sampled_from(DIRECTIONS))
    return {"name": option.id, "value": draw(st.lists(pairs, max_size=3))}


def _copy_factors(draw: Draw, project: Project) -> Arguments:
    chosen = _some_of(draw, _factor_ids(project))
    fresh = draw(st.lists(new_ids, min_size=len(chosen), max_size=len(chosen), unique=True))
    return {"factors": chosen, "new_ids": tuple(fresh), "quadrant": draw(quadrants)}


def _new_factor(draw: Draw) -> Factor:
    return Factor(draw(new_ids), draw(quadrants), draw(bilinguals), evidence=(draw(evidence),))


def _new_strategy(draw: Draw, project: Project) -> Strategy:
    cites = draw(st.lists(st.sampled_from(_factor_ids(project)), max_size=2)) if _factor_ids(project) else []
    return Strategy(draw(new_ids), draw(strategy_types), draw(bilinguals), cites=tuple(cites))


BUILDERS: dict[str, Callable[[Draw, Project], Arguments]] = {
    "set_cells": _set_cells,
    "add_periods": lambda d, p: {"table": _table(d, p).id, "periods": (d(years),)},
    "remove_periods": lambda d, p: {"table": (t := _table(d, p)).id, "periods": _periods(d, t)},
    "set_period": lambda d, p: {"table": (t := _table(d, p)).id, "period": _periods(d, t)[0], "to": d(years)},
    "add_series": _add_series,
    "remove_series": _remove_series,
    "add_table": lambda d, p: {"table": d(tables()), "position": d(st.none() | st.integers(0, len(p.tables)))},
    "add_tables": lambda d, p: {"tables": tuple(d(st.lists(tables(), max_size=2, unique_by=lambda t: t.id)))},
    "remove_table": lambda d, p: {"table": _table(d, p).id},
    "move_table": lambda d, p: {"table": _table(d, p).id, "position": d(st.integers(0, 5))},
    "set_table_title": lambda d, p: {"table": _table(d, p).id, "title": d(names)},
    "set_table_note": lambda d, p: {"table": _table(d, p).id, "note": d(bilinguals)},
    "merge_table": lambda d, p: _merging(d, p) | {"rule": d(st.sampled_from(RULES))},
    "refresh_table": lambda d, p: _merging(d, p) | {"remove": d(st.booleans())},
    "set_annual_rule": lambda d, p: {"table": _table(d, p).id, "rule": d(st.sampled_from(["", "sum", "december"]))},
    "set_serving": _set_serving,
    "set_layout": lambda d, p: {"table": _table(d, p).id, "layout": d(st.sampled_from(LAYOUTS))},
    "set_unit": _set_unit,
    "set_source": _set_source,
    "rename_label": _rename_label,
    "set_label_role": _set_label_role,
    "set_title": lambda d, p: {"title": d(bilinguals)},
    "set_study": lambda d, p: {"study": d(studies)},
    "dismiss_finding": lambda d, p: {"key": d(st.sampled_from(["a finding", "another"])), "reason": d(texts)},
    "restore_finding": lambda d, p: {"key": _one_of(d, p.analysis.dismissed)},
    "set_option": _set_option,
    "set_bands": lambda d, p: {"index": d(st.sampled_from(["tc", "rca"])), "bands": d(texts)},
    "add_factor": lambda d, p: {"factor": _new_factor(d), "position": _position(d)},
    "add_factors": lambda d, p: {"factors": (_new_factor(d), _new_factor(d)), "quadrant": d(quadrants)},
    "set_factor_text": lambda d, p: {
        "factor": _one_of(d, _factor_ids(p)), "text": d(bilinguals), "note": d(bilinguals)
    },
    "move_factors": lambda d, p: {
        "factors": _some_of(d, _factor_ids(p)), "quadrant": d(quadrants), "position": _position(d)
    },
    "copy_factors": _copy_factors,
    "remove_factors": lambda d, p: {"factors": _some_of(d, _factor_ids(p))},
    "add_evidence": lambda d, p: {"factor": _one_of(d, _factor_ids(p)), "evidence": d(evidence)},
    "remove_evidence": lambda d, p: {
        "factor": (f := _one_of(d, [each for each in p.board.factors if each.evidence])).id,
        "evidence": f.evidence[0].id,
    },
    "add_strategy": lambda d, p: {"strategy": _new_strategy(d, p), "position": _position(d)},
    "set_strategy_text": lambda d, p: {
        "strategy": _one_of(d, _strategy_ids(p)), "title": d(bilinguals), "text": d(bilinguals)
    },
    "move_strategies": lambda d, p: {
        "strategies": _some_of(d, _strategy_ids(p)), "kind": d(strategy_types), "position": _position(d)
    },
    "remove_strategies": lambda d, p: {"strategies": _some_of(d, _strategy_ids(p))},
    "cite": lambda d, p: {"strategy": _one_of(d, _strategy_ids(p)), "factors": _some_of(d, _factor_ids(p))},
    "uncite": lambda d, p: {"strategy": _one_of(d, _strategy_ids(p)), "factors": _some_of(d, _factor_ids(p))},
    "add_recommendation": lambda d, p: {"recommendation": _recommendation(d, p, d(new_ids))},
    "set_recommendation": lambda d, p: {
        "recommendation": _recommendation(d, p, _one_of(d, p.board.recommendations).id)
    },
    "move_recommendation": lambda d, p: {
        "recommendation": _one_of(d, p.board.recommendations).id, "position": d(st.integers(0, 5))
    },
    "remove_recommendation": lambda d, p: {"recommendation": _one_of(d, p.board.recommendations).id},
    "set_board_texts": lambda d, p: {"title": d(bilinguals), "objective": d(bilinguals)},
}  # fmt: skip


_NAMES = sorted([*BUILDERS, *["set_cells"] * 6])


def draw_edit(draw: Draw, project: Project) -> tuple[str, Arguments] | None:
    """An edit with arguments that fit the project, though it may still be refused; None where none was found."""
    for _ in range(4):
        name = draw(st.sampled_from(_NAMES))
        try:
            return name, BUILDERS[name](draw, project)
        except Impossible:
            continue
    return None


@st.composite
def edited(draw: Draw, project: Project, most: int = 6) -> Project:
    """A project after some edits."""
    for _ in range(draw(st.integers(0, most))):
        step = draw_edit(draw, project)
        if step is not None:
            try:
                project = apply(project, step[0], **step[1])
            except UserError:
                continue
    return project
