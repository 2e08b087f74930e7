"""What a drop would do: which edit, or why it is refused; nothing here changes anything."""

from __future__ import annotations

import datetime
import re
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QMimeData, Qt

from core.board import QUADRANTS, STRATEGY_TYPES, Claim, Evidence, Factor, Strategy
from core.claims import propose, sentence, snapshot
from core.results import Line
from core.text import Bilingual, Text, text
from gui.mime import FACTORS, LINES, STRATEGIES, unpack
from gui.session import Session
from gui.swot import cells

MOST_LINES = 200
"""More lines of text than this are a document, not a list of factors."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is dropped: before the `row`-th card of a cell, or on the card with the id `on`."""

    cell: str
    row: int
    on: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An edit that a drop, key or click asks for; `ids` are selected afterwards, `deed` says what is announced."""

    edit: str
    arguments: Mapping[str, Any]
    ids: tuple[str, ...]
    deed: str
    about: str = ""
    """The card that the announcement is about, where that is not the first of `ids`."""
    names: bool = False
    """The card is new and has no title yet: write it now."""


def plan(session: Session, data: QMimeData, action: Qt.DropAction, place: Place) -> Plan | Text:
    """The edit for a drop, or the reason why there is none."""
    for kind, make in ((FACTORS, _factors), (STRATEGIES, _strategies), (LINES, _lines)):
        if data.hasFormat(kind):
            content = unpack(data, kind, session.project.id)
            if content is None:
                return text("This comes from another project and cannot be dropped here.")
            return make(session, content, action, place)
    if data.hasText() and not data.hasUrls():
        return _text(session, data.text(), place)
    return text("This cannot be dropped on the board.")


def aims_at_cards(data: QMimeData, cell: str) -> str:
    """Whether a drop in this cell means the card under the pointer: "always", "middle" of the card, or "never"."""
    if cell in QUADRANTS:
        return "middle" if data.hasFormat(LINES) else "never"
    if data.hasFormat(FACTORS) or (cell == cells.ADVICE and data.hasFormat(STRATEGIES)):
        return "always"
    return "never"


def new_id() -> str:
    """An id for something that a person makes now."""
    return uuid.uuid4().hex


def live_evidence(session: Session, claim: Claim) -> Evidence:
    """A claim with the numbers of today."""
    taken = datetime.date.today().isoformat()
    return Evidence(new_id(), "claim", claim=claim, snapshot=snapshot(claim, session.results, taken))


def lines_plan(session: Session, keys: Sequence[Sequence[str]], place: Place) -> Plan | Text:
    """Lines of results become factors of a quadrant, or evidence of the factor they fall on."""
    if place.cell not in QUADRANTS:
        return text("A line of results backs a factor: drop it on S, W, O or T.")
    claims = [claim for key in keys if (claim := _claim(session, key)) is not None]
    if not claims:
        if any(_has_values(session, key) for key in keys):
            return text("A value that does not change over the years of the study makes no claim. Choose another line.")
        return text("There is no value in the window of the study to make a claim of.")
    if place.on:
        if len(claims) > 1:
            return text("One line at a time can back a factor that is there already.")
        evidence = live_evidence(session, claims[0])
        return Plan("add_evidence", {"factor": place.on, "evidence": evidence}, (place.on,), "backed")
    factors = tuple(
        Factor(
            new_id(),
            place.cell,
            sentence(claim, session.project, session.results),
            evidence=(live_evidence(session, claim),),
        )
        for claim in claims
    )
    return _new_factors(factors, place)


def text_factors(pasted: str) -> list[Bilingual]:
    """One text for each line, without bullets and numbers; Chinese where it has Chinese characters."""
    plain = [_BULLET.sub("", " ".join(line.split())) for line in unicodedata.normalize("NFC", pasted).splitlines()]
    return [Bilingual("", line) if _HAN.search(line) else Bilingual(line) for line in plain if line]


_BULLET = re.compile(
    r"^(?:(?:[•‣▪●○◦·■□◆※①-⑳]|[-*+–—](?=\s)|\(?\d{1,3}[.)、）](?!\d)|[（(][\d一二三四五六七八九十]+[)）])\s*)+"
)
_HAN = re.compile(r"[\u3400-\u9fff]")


def _factors(session: Session, content: Mapping[str, Any], action: Qt.DropAction, place: Place) -> Plan | Text:
    board = session.project.board
    ids = _known(content.get("ids"), {each.id for each in board.factors})
    if not ids:
        return text("These factors are no longer on the board.")
    if place.cell in QUADRANTS:
        where = {"quadrant": place.cell, "position": place.row}
        if action == Qt.DropAction.CopyAction:
            new = tuple(new_id() for _each in ids)
            return Plan("copy_factors", {"factors": ids, "new_ids": new, **where}, new, "copied")
        return Plan("move_factors", {"factors": ids, **where}, ids, "moved")
    if place.cell == cells.ADVICE:
        return _link(session, place, factors=ids)
    if place.on:
        strategy = board.strategy(place.on)
        if strategy is not None and {*ids} <= {*strategy.cites}:
            return text("The strategy cites this already.")
        return Plan("cite", {"strategy": place.on, "factors": ids}, ids, "cited", place.on)
    strategy = Strategy(new_id(), place.cell, Bilingual(), cites=ids)
    return Plan("add_strategy", {"strategy": strategy, "position": place.row}, (strategy.id,), "drafted", names=True)


def _strategies(session: Session, content: Mapping[str, Any], action: Qt.DropAction, place: Place) -> Plan | Text:
    ids = _known(content.get("ids"), {each.id for each in session.project.board.strategies})
    if not ids:
        return text("These strategies are no longer on the board.")
    if place.cell == cells.ADVICE:
        return _link(session, place, strategies=ids)
    if place.cell not in STRATEGY_TYPES:
        return text("A strategy belongs in SO, WO, ST or WT.")
    if action == Qt.DropAction.CopyAction:
        return text("A strategy can be moved but not copied.")
    return Plan("move_strategies", {"strategies": ids, "kind": place.cell, "position": place.row}, ids, "moved")


def _lines(session: Session, content: Mapping[str, Any], _action: Qt.DropAction, place: Place) -> Plan | Text:
    keys = content.get("lines")
    return lines_plan(session, keys if isinstance(keys, list) else [], place)


def _text(_session: Session, pasted: str, place: Place) -> Plan | Text:
    if place.cell not in QUADRANTS:
        return text("Text becomes factors: drop it on S, W, O or T.")
    texts = text_factors(pasted)
    if not texts:
        return text("There is no text to drop.")
    if len(texts) > MOST_LINES:
        return text("This text has {count} lines; drop at most {most} at once.", count=len(texts), most=MOST_LINES)
    return _new_factors(tuple(Factor(new_id(), place.cell, each) for each in texts), place)


def _new_factors(factors: tuple[Factor, ...], place: Place) -> Plan:
    ids = tuple(each.id for each in factors)
    if len(factors) == 1:
        return Plan("add_factor", {"factor": factors[0], "position": place.row}, ids, "added")
    return Plan("add_factors", {"factors": factors, "quadrant": place.cell, "position": place.row}, ids, "added")


def _link(
    session: Session, place: Place, strategies: tuple[str, ...] = (), factors: tuple[str, ...] = ()
) -> Plan | Text:
    advice = next((each for each in session.project.board.recommendations if each.id == place.on), None)
    if advice is None:
        return text("Drop it on a recommendation to link it.")
    linked = replace(
        advice,
        strategies=tuple(dict.fromkeys((*advice.strategies, *strategies))),
        factors=tuple(dict.fromkeys((*advice.factors, *factors))),
    )
    if linked == advice:
        return text("The recommendation is linked to this already.")
    return Plan("set_recommendation", {"recommendation": linked}, (*strategies, *factors), "cited", advice.id)


def _claim(session: Session, key: Sequence[str]) -> Claim | None:
    line = _line(session, key)
    return propose(line, session.project.study.window) if line is not None else None


def _has_values(session: Session, key: Sequence[str]) -> bool:
    line, window = _line(session, key), session.project.study.window
    return line is not None and any(
        value == value and (window is None or window[0] <= year <= window[1])
        for year, value in zip(line.years, line.values.tolist(), strict=True)
    )


def _line(session: Session, key: Sequence[str]) -> Line | None:
    if len(key) != 6 or not all(isinstance(part, str) for part in key):
        return None
    index, component, table, reporter, partner, sector = key
    return session.results.find((index, component, table, reporter, partner, sector))


def _known(ids: object, present: set[str]) -> tuple[str, ...]:
    """The ids that exist, in the order of the drag; what another process sends may be anything."""
    listed = ids if isinstance(ids, list) else []
    return tuple(dict.fromkeys(each for each in listed if isinstance(each, str) and each in present))
