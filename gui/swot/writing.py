"""Texts written on cards: which edit puts them into the project, in the language of the window."""

from __future__ import annotations

from dataclasses import replace

from core.board import STRATEGY_TYPES, Board, Factor, Recommendation, Strategy
from core.text import Bilingual
from gui.swot import cells
from gui.swot.drops import Plan, new_id
from gui.text import language


def item(board: Board, card_id: str) -> Factor | Strategy | Recommendation | None:
    """What a card stands for."""
    advice = next((each for each in board.recommendations if each.id == card_id), None)
    return board.factor(card_id) or board.strategy(card_id) or advice


def written(board: Board, card_id: str) -> str:
    """What an editor on the card begins with: a factor's text, or the title of another card."""
    found = item(board, card_id)
    if found is None:
        return ""
    return (found.text if isinstance(found, Factor) else found.title).show(language())


def writing(board: Board, card_id: str, text: str) -> tuple[Plan, object] | None:
    """The edit that writes `text` on a card, and the steps it becomes one with."""
    found = item(board, card_id)
    if isinstance(found, Factor):
        new = found.text.with_text(language(), text)
        return Plan("set_factor_text", {"factor": card_id, "text": new}, (card_id,), "written"), None
    if isinstance(found, Strategy):
        new = found.title.with_text(language(), text)
        merge = ("drafted", card_id) if found.title == Bilingual() else None
        return Plan("set_strategy_text", {"strategy": card_id, "title": new}, (card_id,), "written"), merge
    if isinstance(found, Recommendation):
        renamed = replace(found, title=found.title.with_text(language(), text))
        return Plan("set_recommendation", {"recommendation": renamed}, (card_id,), "written"), None
    return None


def creating(cell: str, row: int, text: str) -> Plan:
    """The edit that makes a new card of a cell."""
    made, new = new_id(), Bilingual().with_text(language(), text)
    if cells.is_quadrant(cell):
        return Plan("add_factor", {"factor": Factor(made, cell, new), "position": row}, (made,), "added")
    if cell in STRATEGY_TYPES:
        return Plan("add_strategy", {"strategy": Strategy(made, cell, new), "position": row}, (made,), "added")
    return Plan("add_recommendation", {"recommendation": Recommendation(made, new)}, (made,), "added")
