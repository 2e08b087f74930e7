"""What the rest of the program relies on in a project that was read from a file."""

from __future__ import annotations

from collections.abc import Iterable

from core.board import OPERATORS, QUADRANTS, QUANTIFIERS, STRATEGY_TYPES, TRANSFORMS, Board
from core.codec import Malformed
from core.project import Project
from core.table import LAYOUTS, Table

PERIOD_KINDS = ("year", "quarter", "month", "date", "none")


def checked_project(project: Project) -> Project:
    """The project, or Malformed where ids repeat, a link leads nowhere or a word is none of those known."""
    _distinct("tables", (table.id for table in project.tables))
    for table in project.tables:
        _check_table(table)
    _check_board(project.board)
    return project


def _check_table(table: Table) -> None:
    _known("layout", table.layout, LAYOUTS)
    _known("periods", table.periods.kind, PERIOD_KINDS)
    count, periods = len(table.series), len(table.periods.values)
    if any(not (0 <= series < count and 0 <= period < periods) for series, period in table.marks):
        raise Malformed(f"table {table.id}: a mark outside the table")
    if not table.units or not table.sources:
        raise Malformed(f"table {table.id}: no unit or no source")


def _check_board(board: Board) -> None:
    factors = _distinct("factors", (each.id for each in board.factors))
    strategies = _distinct("strategies", (each.id for each in board.strategies))
    _distinct("recommendations", (each.id for each in board.recommendations))
    for factor in board.factors:
        _known("quadrant", factor.quadrant, QUADRANTS)
        _distinct("evidence", (each.id for each in factor.evidence))
        for claim in (each.claim for each in factor.evidence if each.claim is not None):
            _known("operator", claim.operator, OPERATORS)
            _known("quantifier", claim.quantifier, QUANTIFIERS)
            _known("transform", claim.transform, TRANSFORMS)
    for strategy in board.strategies:
        _known("type", strategy.type, STRATEGY_TYPES)
        _linked(strategy.cites, factors)
    for recommendation in board.recommendations:
        _linked(recommendation.factors, factors)
        _linked(recommendation.strategies, strategies)


def _distinct(what: str, ids: Iterable[str]) -> set[str]:
    found = list(ids)
    if len(set(found)) != len(found) or "" in found:
        raise Malformed(f"{what}: ids repeat or are empty")
    return set(found)


def _known(what: str, word: str, words: Iterable[str]) -> None:
    if word not in words:
        raise Malformed(f"{what}: {word!r} is not known")


def _linked(links: Iterable[str], ids: set[str]) -> None:
    if not set(links) <= ids:
        raise Malformed("a link leads nowhere")
