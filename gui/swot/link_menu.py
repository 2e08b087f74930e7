"""The menu by which citations and links are made and undone with single clicks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QMenu

from core.board import QUADRANTS, STRATEGY_TYPES, Recommendation, Strategy
from core.text import Bilingual
from gui.swot import cells
from gui.swot.board_models import BoardModels
from gui.swot.cards import Card
from gui.swot.drops import Plan, new_id
from gui.swot.writing import item
from gui.text import _

_LONGEST = 60


def fill_link_menu(menu: QMenu, models: BoardModels, cards: Sequence[Card]) -> None:
    """For factors the strategies that may cite them; for a strategy the factors, for a recommendation both."""
    if not cards:
        return
    found = item(models.session.project.board, cards[0].id)
    if isinstance(found, Strategy):
        for quadrant in QUADRANTS:
            _submenu(menu, models, quadrant, {*found.cites}, partial(_toggle_citation, models, found.id))
    elif isinstance(found, Recommendation):
        linked = {*found.strategies, *found.factors}
        for cell in (*STRATEGY_TYPES, *QUADRANTS):
            _submenu(menu, models, cell, linked, partial(_toggle_link, models, found.id))
    elif found is not None:
        _strategies(menu, models, [card.id for card in cards])


def _strategies(menu: QMenu, models: BoardModels, factors: list[str]) -> None:
    board = models.session.project.board
    for kind in STRATEGY_TYPES:
        for strategy in board.of_type(kind):
            cited = {*factors} <= {*strategy.cites}
            card = models.card(strategy.id)
            if card is not None:
                _entry(menu, card, cited, partial(_cite, models, strategy.id, factors, not cited))
    menu.addSeparator()
    for kind in STRATEGY_TYPES:
        action = menu.addAction(_("New {kind} strategy").format(kind=kind))
        action.setObjectName(f"new{kind}")
        action.triggered.connect(lambda _checked=False, kind=kind: _draft(models, kind, factors))


def _submenu(
    menu: QMenu, models: BoardModels, cell: str, chosen: set[str], toggle: Callable[[str, bool], object]
) -> None:
    below = menu.addMenu(f"{cell}  {cells.name(cell)}")
    below.setObjectName(f"link{cell}")
    model = models[cell]
    for row in range(model.rowCount()):
        card = model.card(row)
        if card.id:
            _entry(below, card, card.id in chosen, partial(toggle, card.id, card.id not in chosen))
    below.setEnabled(bool(model.rowCount()))


def _entry(menu: QMenu, card: Card, chosen: bool, run: Callable[[], object]) -> None:
    title = card.title if len(card.title) <= _LONGEST else card.title[: _LONGEST - 1] + "…"
    action = menu.addAction(f"{card.code}  {title}".replace("&", "&&"))
    action.setObjectName(f"link-{card.id}")
    action.setCheckable(True)
    action.setChecked(chosen)
    action.triggered.connect(lambda _checked=False: run())


def _cite(models: BoardModels, strategy: str, factors: list[str], on: bool) -> None:
    arguments = {"strategy": strategy, "factors": tuple(factors)}
    selected = tuple(factors)
    models.carry_out(Plan("cite" if on else "uncite", arguments, selected, "cited" if on else "uncited", strategy))


def _draft(models: BoardModels, kind: str, factors: list[str]) -> None:
    strategy = Strategy(new_id(), kind, Bilingual(), cites=tuple(factors))
    models.carry_out(Plan("add_strategy", {"strategy": strategy}, (strategy.id,), "drafted", names=True))


def _toggle_citation(models: BoardModels, strategy: str, factor: str, on: bool) -> None:
    arguments = {"strategy": strategy, "factors": (factor,)}
    models.carry_out(Plan("cite" if on else "uncite", arguments, (strategy,), "cited" if on else "uncited"))


def _toggle_link(models: BoardModels, advice: str, linked: str, on: bool) -> None:
    found = item(models.session.project.board, advice)
    if isinstance(found, Recommendation):
        changed = with_link(found, models, linked, on)
        deed = "cited" if on else "uncited"
        models.carry_out(Plan("set_recommendation", {"recommendation": changed}, (advice,), deed))


def with_link(advice: Recommendation, models: BoardModels, linked: str, on: bool) -> Recommendation:
    """The recommendation with a strategy or factor linked, or no longer."""
    strategy = models.session.project.board.strategy(linked) is not None
    before = advice.strategies if strategy else advice.factors
    after = tuple(each for each in before if each != linked) + ((linked,) if on else ())
    return replace(advice, strategies=after) if strategy else replace(advice, factors=after)
