"""Which series of an index a chart draws: what the study suggests, or what a person chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.indices import indices
from core.project import Project, Study
from core.results import Results
from core.table import Label
from core.table_results import TableResults
from core.text import Bilingual

EVERY_YEAR = (-(10**6), 10**6)
PAIRS = (("economy", "economy"), ("reporter", "partner"), ("sector", "sector"))
"""Dimensions of the indices that speak of two economies, or of two sectors."""
READABLE = 16
"""Lines that a chart shows by itself; more are there for whoever chooses them."""
_PARTS = ("reporters", "partners", "sectors")


@dataclass(frozen=True, slots=True)
class Choice:
    """Ids of what is drawn. None stands for what the study suggests, an empty tuple for all."""

    tables: tuple[str, ...] = ()
    reporters: tuple[str, ...] | None = None
    partners: tuple[str, ...] | None = None
    sectors: tuple[str, ...] | None = None
    window: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What one part of a choice can be for an index, names by id, and what of it is drawn now."""

    names: Mapping[str, Bilingual]
    chosen: frozenset[str]


@dataclass(frozen=True, eq=False, slots=True)
class Selection:
    """The series to draw as masks over the results of each table, and what else could be chosen."""

    masks: tuple[tuple[TableResults, NDArray[np.bool_]], ...]
    tables: Offer
    reporters: Offer
    partners: Offer
    sectors: Offer


def offered(results: Results, index: str, choice: Choice, project: Project | None = None) -> Selection:
    """Apply a choice. What was chosen but is gone is left out; where nothing is left of a part, all of it is taken.

    What the study suggests is cut down to what one chart can show, economies first, whatever else is chosen.
    """
    project = project or results.project
    suggestion = _suggestion(index, project.study)
    readable = Choice(choice.tables)
    found = _selected(results, index, readable, project, suggestion)
    for part in _PARTS:
        lines = _count(found, index)
        offer: Offer = getattr(found, part)
        if lines > READABLE and len(offer.chosen) > 1:
            rank = {each: at for at, each in enumerate(suggestion[part])}
            first = sorted((each for each in offer.names if each in offer.chosen), key=lambda e: rank.get(e, len(rank)))
            keep = max(1, READABLE * len(first) // lines)
            fewer: dict[str, Any] = {part: tuple(first[:keep])}
            readable = replace(readable, **fewer)
            found = _selected(results, index, readable, project, suggestion)
    chosen: dict[str, Any] = {part: getattr(choice, part) for part in _PARTS if getattr(choice, part) is not None}
    return _selected(results, index, replace(readable, **chosen), project, suggestion) if chosen else found


def _suggestion(index: str, study: Study) -> dict[str, tuple[str, ...]]:
    """What each part of a choice is by itself, the first first: home and its peers, or home beside its peers.

    The effects of a decomposition are lines already, so that home stands alone.
    """
    everybody = (study.home, *study.peers)
    alone = indices()[index].components or indices()[index].dimensions in PAIRS
    reporters = (study.home, "") if alone and study.home else (*everybody, "")
    return {"reporters": reporters, "partners": (*everybody, ""), "sectors": (study.sector, "")}


def _selected(
    results: Results, index: str, choice: Choice, project: Project, suggestion: Mapping[str, tuple[str, ...]]
) -> Selection:
    titles = {table.id: table.title for table in project.tables}
    having = [
        found for found in results.tables.values() if index in found.available and found.years and found.table in titles
    ]
    names = {found.table: titles[found.table] for found in having}
    tables = Offer(names, _wanted(names, choice.tables, ()))
    masks = [(found, _without_itself(found, index)) for found in having if found.table in tables.chosen]
    masks, reporters = _narrowed(masks, index, "reporter", choice.reporters, suggestion["reporters"])
    world = [partner.id for found, _ in masks for _, partner in found.axes_of(index).rows if partner.role == "world"]
    beside = suggestion["partners"] if indices()[index].dimensions in PAIRS else ("",)
    masks, partners = _narrowed(masks, index, "partner", choice.partners, (*world, *beside))
    masks, sectors = _narrowed(masks, index, "sector", choice.sectors, suggestion["sectors"])
    if indices()[index].entry.symmetric:
        masks = [(found, _once(index, mask)) for found, mask in masks]
    return Selection(tuple(masks), tables, reporters, partners, sectors)


def _count(selection: Selection, index: str) -> int:
    return sum(int(mask.sum()) for _, mask in selection.masks) * len(indices()[index].components or ("",))


def _without_itself(found: TableResults, index: str) -> NDArray[np.bool_]:
    """Where an index has its inputs, except for a sector beside itself, which says nothing."""
    mask = found.available[index]
    if indices()[index].dimensions != ("sector", "sector"):
        return mask
    return mask & ~np.eye(*mask.shape, dtype=np.bool_)


def _once(index: str, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Each pair in one order only, where both say the same."""
    if indices()[index].dimensions == ("sector", "sector"):
        return mask & ~np.triu(mask.T, 1)
    count = round(len(mask) ** 0.5)
    square = mask.reshape(count, count)
    return np.asarray(square & ~np.tril(square.T, -1)).reshape(mask.shape)


def _narrowed(
    masks: Sequence[tuple[TableResults, NDArray[np.bool_]]],
    index: str,
    dimension: str,
    choice: tuple[str, ...] | None,
    suggestion: Iterable[str],
) -> tuple[list[tuple[TableResults, NDArray[np.bool_]]], Offer]:
    """The masks without what was not chosen in one dimension."""
    axis = 1 if dimension == "sector" else 0
    labels = [_labels(found, index, dimension) for found, _ in masks]
    names: dict[str, Bilingual] = {}
    for each, (_found, mask) in zip(labels, masks, strict=True):
        for at in np.flatnonzero(np.any(mask, axis=1 - axis)).tolist():
            names.setdefault(each[at].id, each[at].name)
    chosen = _wanted(names, choice, suggestion)
    kept = []
    for each, (found, mask) in zip(labels, masks, strict=True):
        wanted = np.array([label.id in chosen for label in each], dtype=np.bool_)
        narrower = mask & (wanted[np.newaxis, :] if axis else wanted[:, np.newaxis])
        if narrower.any():
            kept.append((found, narrower))
    return kept, Offer(names, chosen)


def _labels(found: TableResults, index: str, dimension: str) -> list[Label]:
    """The labels along one side of the results; an index without sectors has a single unnamed column."""
    axes = found.axes_of(index)
    if dimension == "sector":
        return list(axes.sectors)
    return [row[0 if dimension == "reporter" else 1] for row in axes.rows]


def _wanted(names: Iterable[str], choice: tuple[str, ...] | None, suggestion: Iterable[str]) -> frozenset[str]:
    everything = frozenset(names)
    wanted = everything.intersection(suggestion if choice is None else choice)
    return wanted or everything
