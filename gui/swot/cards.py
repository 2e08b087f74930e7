"""What each card of the board shows, worked out from the project and its results without any widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.board import QUADRANTS, STRATEGY_TYPES, Board, Evidence, Factor, Recommendation, Strategy
from core.claims import BY_SEVERITY, Check, State, check, shown_beside, state_text
from core.indices import indices
from core.project import Project
from core.results import Results
from gui.swot import cells
from gui.text import _, show


@dataclass(frozen=True, slots=True)
class Chip:
    """A short code on a card; `fits` is False where a strategy cites a letter that is not in its type."""

    code: str
    fits: bool = True

    @property
    def letters(self) -> str:
        """The code without its number: the cell it belongs to."""
        return self.code.rstrip("0123456789")


@dataclass(frozen=True, slots=True)
class Card:
    """One card. Cards that are equal look equal, so only those that differ are painted again."""

    id: str
    cell: str
    code: str = ""
    heading: str = ""
    text: str = ""
    state: State | None = None
    word: str = ""
    value: str = ""
    points: tuple[float, ...] = ()
    limit: float | None = None
    chips: tuple[Chip, ...] = ()
    spoken: str = ""

    @property
    def title(self) -> str:
        """What names the card in one line: the heading of a strategy, the text of a factor."""
        return self.heading or self.text


def cards(project: Project, results: Results) -> Mapping[str, tuple[Card, ...]]:
    """The cards of every cell in their order."""
    board, codes = project.board, project.board.codes()
    made: dict[str, tuple[Card, ...]] = {}
    for quadrant in QUADRANTS:
        made[quadrant] = tuple(_factor(each, board, codes, results) for each in board.quadrant(quadrant))
    for kind in STRATEGY_TYPES:
        made[kind] = tuple(_strategy(each, codes) for each in board.of_type(kind))
    made[cells.ADVICE] = tuple(_advice(each, codes) for each in board.recommendations)
    return {cell: _numbered(found) for cell, found in made.items()}


def tested(factor: Factor, results: Results) -> list[tuple[Evidence, Check]]:
    """The factor's evidence with what the data say; claims are left out until there are results."""
    known = bool(results.tables) or not results.project.tables
    return [(each, check(each, results)) for each in factor.evidence if known or each.claim is None]


def _factor(factor: Factor, board: Board, codes: Mapping[str, str], results: Results) -> Card:
    found = sorted(tested(factor, results), key=lambda pair: BY_SEVERITY.index(pair[1].state))
    card = Card(factor.id, factor.quadrant, codes[factor.id], text=show(factor.text))
    chips = tuple(Chip(codes[each.id]) for each in board.cited_by(factor.id))
    if not found:
        return replace(card, chips=chips, word="" if factor.evidence else _("no evidence"))
    evidence, result = found[0]
    card = replace(card, chips=chips, state=result.state, word=show(state_text(result.state)))
    claim = evidence.claim
    if claim is None or result.latest is None:
        return card
    year, value = result.latest
    return replace(
        card,
        value=_("{symbol} {value} ({year})").format(
            symbol=indices()[claim.index].entry.symbol, value=shown_beside(claim, value), year=year
        ),
        points=tuple(value for _year, value in sorted(result.values.items())),
        limit=claim.threshold if claim.transform == "level" else None,
    )


def _strategy(strategy: Strategy, codes: Mapping[str, str]) -> Card:
    chips = tuple(Chip(codes[each], codes[each][0] in strategy.type) for each in strategy.cites)
    return Card(
        strategy.id,
        strategy.type,
        codes[strategy.id],
        heading=show(strategy.title) or _("Untitled strategy"),
        text=show(strategy.text),
        chips=chips,
        word="" if chips else _("cites no factor"),
    )


def _advice(advice: Recommendation, codes: Mapping[str, str]) -> Card:
    return Card(
        advice.id,
        cells.ADVICE,
        codes[advice.id],
        heading=show(advice.title) or _("Untitled recommendation"),
        text=_("; ").join(show(each) for each in advice.actions),
        chips=tuple(Chip(codes[each]) for each in (*advice.strategies, *advice.factors)),
    )


def _numbered(found: tuple[Card, ...]) -> tuple[Card, ...]:
    return tuple(replace(each, spoken=_spoken(each, at, len(found))) for at, each in enumerate(found, 1))


def _spoken(card: Card, place: int, count: int) -> str:
    """The card as a screen reader says it: "Weakness 2 of 6: … Evidence: text only. Cited by WO1."."""
    parts = [
        _("{kind} {place} of {count}: {text}.").format(
            kind=cells.singular(card.cell), place=place, count=count, text=card.title.rstrip(".。")
        )
    ]
    if cells.is_quadrant(card.cell):
        parts.append(_("Evidence: {state}.").format(state=card.word or _("not yet tested")))
        if card.value:
            parts.append(card.value + _("."))
    if card.chips:
        listed = _(", ").join(chip.code for chip in card.chips)
        says = _("Cited by {codes}.") if cells.is_quadrant(card.cell) else _("Cites {codes}.")
        parts.append(says.format(codes=listed))
    misfits = [chip.code for chip in card.chips if not chip.fits]
    if misfits:
        parts.append(_("Outside its type: {codes}.").format(codes=_(", ").join(misfits)))
    return " ".join(parts)
