"""Several findings about one wrong cell, or many of one kind, as one: the strongest, with the others as its signs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.checks.finding import LEVELS, Finding, Level, Spot
from core.checks.registry import limit
from core.text import text

_ABOVE = ("above world", "above total")
_CULPRITS = ("source", "sum", "stated", "negative", "outlier", "growth", *_ABOVE)
"""Kinds whose first spot is the cell that is most likely wrong, those first that say what it would have to be."""
_DERIVED = ("sum", "stated", "growth")
"""Kinds that compare numbers with each other: a wrong one makes each of them fail that it is a part of."""

_REVISED = ("splice", "source")
"""Kinds that come in numbers where one of two tables was revised."""


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings from the worst on, without those that another one explains; these are in its `also`."""
    rank = {level: at for at, level in enumerate(LEVELS)}
    order = sorted(found, key=lambda each: rank[each.level])
    leaders = sorted(filter(_leads, order), key=lambda each: (rank[each.level], _CULPRITS.index(each.kind)))
    touching: dict[Spot, list[Finding]] = {}
    for each in order:
        if each.kind in _CULPRITS:
            for spot in each.spots if each.kind in _DERIVED else each.spots[:1]:
                if spot.period is not None:
                    touching.setdefault(spot, []).append(each)
    taken: set[int] = set()
    also: dict[int, list[Finding]] = {}
    for leader in leaders:
        if id(leader) in taken:
            continue
        taken.add(id(leader))
        for each in (each for spot in _cells(leader) for each in touching.get(spot, ())):
            if id(each) not in taken and _explains(leader, each):
                taken.add(id(each))
                also.setdefault(id(leader), []).append(each)
    gone = {id(each) for others in also.values() for each in others}
    return tuple(
        replace(each, also=tuple(also[id(each)])) if id(each) in also else each
        for each in order
        if id(each) not in gone
    )


def _leads(finding: Finding) -> bool:
    return finding.kind in _CULPRITS and finding.level != Level.NOTE and bool(_cells(finding))


def _cells(finding: Finding) -> tuple[Spot, ...]:
    """The cells that are wrong: all of an outlier, for they are those of one slip; else the likeliest."""
    cells = finding.spots if finding.kind == "outlier" else finding.spots[:1]
    return tuple(spot for spot in cells if spot.period is not None)


def _explains(leader: Finding, other: Finding) -> bool:
    """Whether a wrong cell accounts for another finding; a note about rounding stays by itself."""
    if len(other.spots) > 1 and other.kind == "outlier":
        return set(other.spots) <= set(leader.spots)
    if other.kind in _ABOVE:
        return {spot.period for spot in other.spots} <= {spot.period for spot in _cells(leader)}
    return other.level != Level.NOTE or other.spots[0] == leader.spots[0]


def folded(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Many findings that say the same of a table as one: its strongest, with the others in its `also`.

    Doubts about single cells stay by themselves; notes, what holds for whole series, and what a revision explains are
    folded.
    """
    alike: dict[tuple[object, ...], list[Finding]] = {}
    for each in found:
        ends = each.spots[:1] + each.spots[-1:]
        revised = each.kind in _REVISED and each.level != Level.ERROR
        folds = bool(ends) and (each.level == Level.NOTE or revised or ends[0].period is None)
        tables = (spot.table for spot in ends)
        about = (*tables, each.kind, each.level, each.text.message) if folds else (id(each),)
        alike.setdefault(about, []).append(each)
    return tuple(kept for group in alike.values() for kept in _one(group))


def _one(group: list[Finding]) -> Iterable[Finding]:
    if len(group) <= limit("few_notes"):
        return group
    first, others = group[0], [sign for each in group[1:] for sign in each.signs]
    what = text("{what} {count} more are like it.", what=first.text, count=f"{len(group) - 1:,}")
    return (replace(first, text=what, also=(*first.also, *others)),)
