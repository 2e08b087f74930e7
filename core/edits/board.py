"""Edits of the SWOT board. Ids are arguments; every move keeps each factor exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from core.board import QUADRANTS, STRATEGY_TYPES, Board, Evidence, Factor, Recommendation, Strategy
from core.edits import edit, index_of
from core.errors import refuse
from core.project import Project
from core.text import Bilingual, text


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


Item = TypeVar("Item", bound=_HasId)


def _with_board(project: Project, **changes: Any) -> Project:
    return replace(project, board=replace(project.board, **changes))


def _ids(items: Sequence[_HasId]) -> tuple[str, ...]:
    return tuple(item.id for item in items)


def _factor(board: Board, factor: str) -> Factor:
    return board.factors[index_of(_ids(board.factors), factor, text("The factor"))]


def _replaced(items: tuple[Item, ...], new: Item) -> tuple[Item, ...]:
    return tuple(new if item.id == new.id else item for item in items)


def _inserted(rest: list[Item], members: list[Item], moved: list[Item], position: int | None) -> tuple[Item, ...]:
    """`moved` put before the `position`-th of `members` (those of the target cell), else after the last."""
    if position is not None and position < len(members):
        at = rest.index(members[max(position, 0)])
    else:
        at = rest.index(members[-1]) + 1 if members else len(rest)
    return (*rest[:at], *moved, *rest[at:])


@edit(text("Add factor"))
def add_factor(project: Project, factor: Factor, position: int | None = None) -> Project:
    """Put a new factor into its quadrant, at the end unless a position in the quadrant is given."""
    _check_quadrant(factor.quadrant)
    if project.board.factor(factor.id) is not None:
        raise refuse("The board has a factor with this id already.")
    board = project.board
    factors = _inserted(list(board.factors), list(board.quadrant(factor.quadrant)), [factor], position)
    return _with_board(project, factors=factors)


@edit(text("Add factors"))
def add_factors(project: Project, factors: tuple[Factor, ...], quadrant: str, position: int | None = None) -> Project:
    """Put several new factors into one quadrant in the order given, as one step."""
    _check_quadrant(quadrant)
    if not factors:
        return project
    board, new = project.board, _ids(factors)
    if len({*new}) < len(new) or {*new} & {*_ids(board.factors)}:
        raise refuse("The board has a factor with this id already.")
    placed = [_placed(each, quadrant) for each in factors]
    return _with_board(
        project, factors=_inserted(list(board.factors), list(board.quadrant(quadrant)), placed, position)
    )


@edit(text("Edit factor"))
def set_factor_text(project: Project, factor: str, text: Bilingual, note: Bilingual | None = None) -> Project:
    """Write a factor's text, and its note where one is given."""
    before = _factor(project.board, factor)
    after = replace(before, text=text, note=before.note if note is None else note)
    if after == before:
        return project
    return _with_board(project, factors=_replaced(project.board.factors, after))


@edit(text("Move factors"))
def move_factors(project: Project, factors: tuple[str, ...], quadrant: str, position: int | None = None) -> Project:
    """Move factors, in the order given, before the `position`-th factor of a quadrant as it is now.

    Without a position they go to its end. Factors of the quadrant itself are reordered.
    """
    _check_quadrant(quadrant)
    board = project.board
    moved = [_placed(_factor(board, each), quadrant) for each in dict.fromkeys(factors)]
    members = board.quadrant(quadrant)
    taken = {each.id for each in moved}
    if position is not None:
        position -= sum(each.id in taken for each in members[:position])
    rest = [each for each in board.factors if each.id not in taken]
    after = _inserted(rest, [each for each in members if each.id not in taken], moved, position)
    return project if after == board.factors else _with_board(project, factors=after)


@edit(text("Copy factors"))
def copy_factors(
    project: Project,
    factors: tuple[str, ...],
    new_ids: tuple[str, ...],
    quadrant: str,
    position: int | None = None,
) -> Project:
    """Put copies under new ids into a quadrant; evidence goes along, citations do not."""
    _check_quadrant(quadrant)
    board = project.board
    distinct = len({*new_ids}) == len(new_ids) == len(factors)
    if not distinct or {*new_ids} & {*_ids(board.factors)}:
        raise refuse("The copies need ids of their own.")
    copies = [
        replace(_factor(board, each), id=new, quadrant=quadrant) for each, new in zip(factors, new_ids, strict=True)
    ]
    return _with_board(
        project, factors=_inserted(list(board.factors), list(board.quadrant(quadrant)), copies, position)
    )


@edit(text("Delete factors"))
def remove_factors(project: Project, factors: tuple[str, ...]) -> Project:
    """Delete factors and every citation of them."""
    board = project.board
    gone = {_factor(board, each).id for each in factors}
    if not gone:
        return project
    return _with_board(
        project,
        factors=tuple(each for each in board.factors if each.id not in gone),
        strategies=tuple(
            replace(each, cites=tuple(c for c in each.cites if c not in gone)) if gone & {*each.cites} else each
            for each in board.strategies
        ),
        recommendations=tuple(
            replace(each, factors=tuple(f for f in each.factors if f not in gone)) if gone & {*each.factors} else each
            for each in board.recommendations
        ),
    )


@edit(text("Add evidence"))
def add_evidence(project: Project, factor: str, evidence: Evidence) -> Project:
    """Attach evidence to a factor; the same claim twice is refused."""
    before = _factor(project.board, factor)
    if any(each.id == evidence.id for each in before.evidence):
        raise refuse("The factor has this evidence already.")
    if evidence.claim is not None and any(each.claim == evidence.claim for each in before.evidence):
        raise refuse("The factor rests on this claim already.")
    after = replace(before, evidence=(*before.evidence, evidence))
    return _with_board(project, factors=_replaced(project.board.factors, after))


@edit(text("Detach evidence"))
def remove_evidence(project: Project, factor: str, evidence: str) -> Project:
    """Take evidence off a factor."""
    before = _factor(project.board, factor)
    index_of(_ids(before.evidence), evidence, text("The evidence"))
    after = replace(before, evidence=tuple(each for each in before.evidence if each.id != evidence))
    return _with_board(project, factors=_replaced(project.board.factors, after))


@edit(text("Add strategy"))
def add_strategy(project: Project, strategy: Strategy, position: int | None = None) -> Project:
    """Put a new strategy into its cell; every factor it cites must exist."""
    _check_type(strategy.type)
    board = project.board
    if board.strategy(strategy.id) is not None:
        raise refuse("The board has a strategy with this id already.")
    for each in strategy.cites:
        _factor(board, each)
    strategy = replace(strategy, cites=tuple(dict.fromkeys(strategy.cites)))
    strategies = _inserted(list(board.strategies), list(board.of_type(strategy.type)), [strategy], position)
    return _with_board(project, strategies=strategies)


@edit(text("Edit strategy"))
def set_strategy_text(project: Project, strategy: str, title: Bilingual, text: Bilingual | None = None) -> Project:
    """Write a strategy's title, and its text where one is given."""
    before = _strategy(project.board, strategy)
    after = replace(before, title=title, text=before.text if text is None else text)
    if after == before:
        return project
    return _with_board(project, strategies=_replaced(project.board.strategies, after))


@edit(text("Move strategies"))
def move_strategies(project: Project, strategies: tuple[str, ...], kind: str, position: int | None = None) -> Project:
    """Move strategies before the `position`-th strategy of a cell as it is now; citations stay."""
    _check_type(kind)
    board = project.board
    found = [_strategy(board, each) for each in dict.fromkeys(strategies)]
    moved = [each if each.type == kind else replace(each, type=kind) for each in found]
    taken = {each.id for each in moved}
    members = board.of_type(kind)
    if position is not None:
        position -= sum(each.id in taken for each in members[:position])
    rest = [each for each in board.strategies if each.id not in taken]
    after = _inserted(rest, [each for each in members if each.id not in taken], moved, position)
    return project if after == board.strategies else _with_board(project, strategies=after)


@edit(text("Delete strategies"))
def remove_strategies(project: Project, strategies: tuple[str, ...]) -> Project:
    """Delete strategies and the links of recommendations to them."""
    board = project.board
    gone = {_strategy(board, each).id for each in strategies}
    if not gone:
        return project
    return _with_board(
        project,
        strategies=tuple(each for each in board.strategies if each.id not in gone),
        recommendations=tuple(
            replace(each, strategies=tuple(s for s in each.strategies if s not in gone))
            if gone & {*each.strategies}
            else each
            for each in board.recommendations
        ),
    )


@edit(text("Cite factors"))
def cite(project: Project, strategy: str, factors: tuple[str, ...]) -> Project:
    """Let a strategy cite factors; those it cites already are left alone."""
    before = _strategy(project.board, strategy)
    new = [_factor(project.board, each).id for each in dict.fromkeys(factors) if each not in before.cites]
    if not new:
        return project
    after = replace(before, cites=(*before.cites, *new))
    return _with_board(project, strategies=_replaced(project.board.strategies, after))


@edit(text("Remove citation"))
def uncite(project: Project, strategy: str, factors: tuple[str, ...]) -> Project:
    """Take factors out of a strategy's citations."""
    before = _strategy(project.board, strategy)
    kept = tuple(each for each in before.cites if each not in factors)
    if kept == before.cites:
        return project
    return _with_board(project, strategies=_replaced(project.board.strategies, replace(before, cites=kept)))


@edit(text("Add recommendation"))
def add_recommendation(project: Project, recommendation: Recommendation) -> Project:
    """Put a new recommendation at the end."""
    if recommendation.id in _ids(project.board.recommendations):
        raise refuse("The board has a recommendation with this id already.")
    _check_links(project.board, recommendation)
    return _with_board(project, recommendations=(*project.board.recommendations, recommendation))


@edit(text("Edit recommendation"))
def set_recommendation(project: Project, recommendation: Recommendation) -> Project:
    """Replace a recommendation: its title, actions and links. What it links to must exist."""
    board = project.board
    at = index_of(_ids(board.recommendations), recommendation.id, text("The recommendation"))
    if board.recommendations[at] == recommendation:
        return project
    _check_links(board, recommendation)
    return _with_board(project, recommendations=_replaced(board.recommendations, recommendation))


@edit(text("Move recommendation"))
def move_recommendation(project: Project, recommendation: str, position: int) -> Project:
    """Move a recommendation before the `position`-th one as they stand now."""
    found = project.board.recommendations
    at = index_of(_ids(found), recommendation, text("The recommendation"))
    rest = [each for each in found if each.id != recommendation]
    after = _inserted(rest, list(rest), [found[at]], position - (at < position))
    return project if after == found else _with_board(project, recommendations=after)


@edit(text("Delete recommendation"))
def remove_recommendation(project: Project, recommendation: str) -> Project:
    """Delete a recommendation."""
    board = project.board
    index_of(_ids(board.recommendations), recommendation, text("The recommendation"))
    return _with_board(
        project, recommendations=tuple(each for each in board.recommendations if each.id != recommendation)
    )


@edit(text("Edit objective"))
def set_board_texts(project: Project, title: Bilingual, objective: Bilingual) -> Project:
    """Write the board's title and objective."""
    board = project.board
    if (board.title, board.objective) == (title, objective):
        return project
    return _with_board(project, title=title, objective=objective)


def _strategy(board: Board, strategy: str) -> Strategy:
    return board.strategies[index_of(_ids(board.strategies), strategy, text("The strategy"))]


def _placed(factor: Factor, quadrant: str) -> Factor:
    """The factor in a quadrant; the same object where it is there already."""
    return factor if factor.quadrant == quadrant else replace(factor, quadrant=quadrant)


def _check_links(board: Board, recommendation: Recommendation) -> None:
    for factor in recommendation.factors:
        _factor(board, factor)
    for strategy in recommendation.strategies:
        _strategy(board, strategy)


def _check_quadrant(quadrant: str) -> None:
    if quadrant not in QUADRANTS:
        raise refuse("There is no quadrant “{quadrant}”.", quadrant=quadrant)


def _check_type(kind: str) -> None:
    if kind not in STRATEGY_TYPES:
        raise refuse("There is no strategy cell “{kind}”.", kind=kind)
