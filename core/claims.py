"""Claims: what a result is said to show, tested again whenever the data change."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from core.board import Claim, Evidence, Factor, Snapshot
from core.charts.naming import of_two
from core.indices import indices
from core.numbers import exact, rounded
from core.project import Project
from core.results import Line, Results
from core.structure import inline
from core.text import Bilingual, Text, text

_OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_WEAKER = 0.25
"""Below this share of the snapshot's margin a claim that still holds is called weaker."""


class State(StrEnum):
    """What the present data say of a piece of evidence."""

    SUPPORTED = "supported"
    WEAKER = "weaker"
    CONTRADICTED = "contradicted"
    NO_DATA = "no data"
    TEXT = "text"


BY_SEVERITY = (State.CONTRADICTED, State.NO_DATA, State.WEAKER, State.SUPPORTED, State.TEXT)

_WORDS = {
    State.SUPPORTED: text("supported"),
    State.WEAKER: text("weaker"),
    State.CONTRADICTED: text("no longer supported"),
    State.NO_DATA: text("no data"),
    State.TEXT: text("text only"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """A claim against the present results: its state, the values it was tested on, and the distance kept."""

    state: State
    values: Mapping[int, float]
    margin: float = 0.0
    failing: tuple[int, ...] = ()

    @property
    def latest(self) -> tuple[int, float] | None:
        """Year and value of the last point."""
        return max(self.values.items()) if self.values else None


def state_text(state: State) -> Text:
    """A state for people."""
    return _WORDS[state]


def line_of(claim: Claim, results: Results) -> Line | None:
    """The line of results that a claim speaks of."""
    return results.find((claim.index, claim.component, claim.table, claim.reporter, claim.partner, claim.sector))


def check(evidence: Evidence, results: Results) -> Check:
    """Test evidence against results.

    Years without a value are left out, but one that had a value in the snapshot makes it "no data": a claim
    about every year must not stay supported because a year was cleared.
    """
    claim = evidence.claim
    if claim is None:
        return Check(State.TEXT, {})
    values = _values(claim, results)
    tested = _tested(claim, values)
    gone = tuple(year for year in evidence.snapshot.values if year not in values) if evidence.snapshot else ()
    if not tested or gone:
        return Check(State.NO_DATA, values, failing=gone)
    holds = {year: _OPERATORS[claim.operator](value, claim.threshold) for year, value in tested.items()}
    true = any(holds.values()) if claim.quantifier == "any" else all(holds.values())
    margin = _margin(claim, tested)
    failing = tuple(year for year, held in holds.items() if not held)
    if not true:
        return Check(State.CONTRADICTED, values, margin, failing)
    before = evidence.snapshot.margin if evidence.snapshot else 0.0
    state = State.WEAKER if margin < _WEAKER * before else State.SUPPORTED
    return Check(state, values, margin, failing)


def worst(factor: Factor, results: Results) -> State | None:
    """The state a card shows: the worst of its evidence; None without evidence."""
    states = {check(each, results).state for each in factor.evidence}
    return next((state for state in BY_SEVERITY if state in states), None)


def snapshot(claim: Claim, results: Results, taken: str) -> Snapshot:
    """The numbers of a claim as they are now; `taken` is an ISO date given by the caller."""
    values = _values(claim, results)
    tested = _tested(claim, values)
    return Snapshot(taken, values, max(0.0, _margin(claim, tested)) if tested else 0.0)


def claim_of(line: Line) -> Claim:
    """A claim about a line that says nothing of its values yet."""
    index, component, table, reporter, partner, sector = line.key
    return Claim(index, table, reporter, partner, sector, component)


def propose(line: Line, window: tuple[int, int] | None = None) -> Claim | None:
    """The plain claim that a line supports now, or None where it has no value in the window, or no direction.

    With a neutral value: on which side all years (else the last one) lie. Without, or exactly on it: whether it
    rose or fell.
    """
    span = window or ((line.years[0], line.years[-1]) if line.years else None)
    values = _within(line, span) if span else {}
    if not values:
        return None
    first, last = min(values), max(values)
    neutral = indices()[line.index].entry.neutral
    claim = replace(claim_of(line), window=(first, last))
    if neutral is None or values[last] == neutral:
        if values[last] == values[first]:
            return None
        return _with(claim, "change", "last", "<" if values[last] < values[first] else ">", 0.0)
    side = "<" if values[last] < neutral else ">"
    every = len(values) > 1 and all(_OPERATORS[side](value, neutral) for value in values.values())
    return _with(claim, "level", "all" if every else "last", side, neutral)


def sentence(claim: Claim, project: Project, results: Results) -> Bilingual:
    """A factor's first text for a claim, in both languages, with the latest value."""
    entry = indices()[claim.index].entry
    values = _values(claim, results)
    first, last = (min(values), max(values)) if values else (claim.window[0] or 0, claim.window[1] or 0)
    said = {
        "symbol": Bilingual(entry.symbol, entry.symbol),
        "subject": subject(claim, project, without_home=True) or (project.title,),
        "limit": shown_limit(claim),
        "value": _with_unit(claim, shown_value(claim.index, values[last]), results) if values else "–",
        "first": first,
        "last": last,
    }
    message = _SENTENCES[claim.transform, claim.quantifier, claim.operator[0]]
    return Bilingual(*(Text(message.message, said).show(language) for language in ("en", "zh")))


def subject(claim: Claim, project: Project, *, without_home: bool = False) -> tuple[Bilingual, ...]:
    """What a claim speaks of, as far as it has them: economies, sectors and component.

    A home that stands alone goes without saying beside its sector, where `without_home` is wanted.
    """
    economy, sector, component = place(claim, project)
    if without_home and sector != Bilingual() and claim.reporter == project.study.home:
        label = project.label("partner", claim.partner)
        if not claim.partner or (label is not None and label.role == "world"):
            economy = Bilingual()
    return tuple(name for name in (economy, sector, inline(component)) if name != Bilingual())


def place(claim: Claim, project: Project) -> tuple[Bilingual, Bilingual, Bilingual]:
    """The economy of a claim or two of them, its sector or two of them, and its component; empty what it lacks."""
    index = indices()[claim.index]
    symmetric, component = index.entry.symmetric, index.entry.components.get(claim.component, Bilingual())
    sector = _name(project, claim.sector, "sector")
    if index.dimensions == ("sector", "sector"):
        return Bilingual(), of_two(sector, _name(project, claim.partner, "sector"), symmetric), component
    reporter, partner = (_name(project, each, "reporter", "partner") for each in (claim.reporter, claim.partner))
    return of_two(reporter, partner, symmetric), sector, component


def _name(project: Project, label_id: str, *dimensions: str) -> Bilingual:
    labels = (project.label(each, label_id) for each in dimensions if label_id)
    return next((label.name for label in labels if label is not None), Bilingual())


_SENTENCES = {
    ("level", "all", "<"): text("{subject}: {symbol} below {limit} in every year {first}–{last} ({value} in {last})"),
    ("level", "all", ">"): text("{subject}: {symbol} above {limit} in every year {first}–{last} ({value} in {last})"),
    ("level", "last", "<"): text("{subject}: {symbol} below {limit} in {last} ({value})"),
    ("level", "last", ">"): text("{subject}: {symbol} above {limit} in {last} ({value})"),
    ("level", "any", "<"): text("{subject}: {symbol} below {limit} in some year {first}–{last}"),
    ("level", "any", ">"): text("{subject}: {symbol} above {limit} in some year {first}–{last}"),
    ("change", "last", "<"): text("{subject}: {symbol} fell from {first} to {last} ({value} in {last})"),
    ("change", "last", ">"): text("{subject}: {symbol} rose from {first} to {last} ({value} in {last})"),
}


def _with_unit(claim: Claim, value: str, results: Results) -> Bilingual:
    """A value of an index that is money with the unit of its table."""
    if indices()[claim.index].entry.unit != "money":
        return Bilingual(value, value)
    unit = results.tables[claim.table].unit.name
    return Bilingual(f"{value} {unit.en}".strip(), f"{value}{unit.zh}")


def statement(claim: Claim) -> Text:
    """The claim itself in short: "TC, 2009–2018, all years < 0"."""
    first, last = claim.window
    entry = indices()[claim.index].entry
    component = entry.components.get(claim.component)
    symbol = (
        text("{symbol} ({component})", symbol=entry.symbol, component=inline(component)) if component else entry.symbol
    )
    if first == last and first is not None:
        return text(
            "{symbol}, {year}: {operator} {limit}",
            symbol=symbol,
            year=first,
            operator=claim.operator,
            limit=shown_limit(claim),
        )
    kinds = {"all": text("all years"), "last": text("last year"), "any": text("some year")}
    return text(
        "{symbol}, {first}–{last}, {kind} {operator} {limit}",
        symbol=symbol,
        first=first if first is not None else "",
        last=last if last is not None else "",
        kind=text("change") if claim.transform == "change" else kinds[claim.quantifier],
        operator=claim.operator,
        limit=shown_limit(claim),
    )


def shown_limit(claim: Claim) -> str:
    """The threshold without needless decimals."""
    if indices()[claim.index].entry.unit == "%":
        return exact(claim.threshold * 100) + "%"
    return exact(claim.threshold)


def shown_value(index: str, value: float) -> str:
    """A value of an index with the decimals of its catalogue entry, per cent where it is one."""
    entry = indices()[index].entry
    if entry.unit == "%":
        return rounded(value * 100, entry.decimals) + "%" if np.isfinite(value) else ""
    return rounded(value, entry.decimals)


def shown_beside(claim: Claim, value: float) -> str:
    """A value with as many decimals more as it takes to see on which side of the claim's threshold it lies."""
    entry = indices()[claim.index].entry
    percent = entry.unit == "%"
    scale = 100 if percent else 1
    decimals = entry.decimals
    while (
        claim.transform == "level"
        and value != claim.threshold
        and rounded(value * scale, decimals) == rounded(claim.threshold * scale, decimals)
        and decimals < entry.decimals + 6
    ):
        decimals += 1
    return rounded(value * scale, decimals) + "%" * (percent and bool(np.isfinite(value)))


def _with(claim: Claim, transform: str, quantifier: str, operator_: str, threshold: float) -> Claim:
    return replace(claim, transform=transform, quantifier=quantifier, operator=operator_, threshold=threshold)


def _values(claim: Claim, results: Results) -> dict[int, float]:
    line = line_of(claim, results)
    if line is None or not line.years:
        return {}
    first, last = claim.window
    return _within(line, (first if first is not None else line.years[0], last if last is not None else line.years[-1]))


def _within(line: Line, span: tuple[int, int]) -> dict[int, float]:
    return {
        year: float(value)
        for year, value in zip(line.years, line.values, strict=True)
        if span[0] <= year <= span[1] and np.isfinite(value)
    }


def _tested(claim: Claim, values: Mapping[int, float]) -> dict[int, float]:
    if not values:
        return {}
    first, last = (
        end if end is not None else close(values) for end, close in zip(claim.window, (min, max), strict=True)
    )
    if claim.transform == "change":
        return {last: values[last] - values[first]} if first in values and last in values and first < last else {}
    if claim.quantifier == "last":
        return {last: values[last]} if last in values else {}
    return dict(values)


def _margin(claim: Claim, tested: Mapping[int, float]) -> float:
    sign = 1 if claim.operator[0] == ">" else -1
    distances = [sign * (value - claim.threshold) for value in tested.values()]
    return max(distances) if claim.quantifier == "any" else min(distances)
