"""Which series of an index a chart draws: what the study suggests, or what a person chose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis import TableResults
from core.project import Project
from core.results import Results
from core.table import Label
from core.text import Bilingual

EVERY_YEAR = (-(10**6), 10**6)


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
    """Apply a choice. What was chosen but is gone is left out; where nothing is left of a part, all of it is taken."""
    project = project or results.project
    titles = {table.id: table.title for table in project.tables}
    having = [
        found for found in results.tables.values() if index in found.available and found.years and found.table in titles
    ]
    names = {found.table: titles[found.table] for found in having}
    tables = Offer(names, _wanted(names, choice.tables, ()))
    masks = [(found, found.available[index]) for found in having if found.table in tables.chosen]
    study = project.study
    masks, reporters = _narrowed(masks, index, "reporter", choice.reporters, (study.home, *study.peers, ""))
    world = [partner.id for found, _ in masks for _, partner in found.axes_of(index).rows if partner.role == "world"]
    masks, partners = _narrowed(masks, index, "partner", choice.partners, (*world, ""))
    masks, sectors = _narrowed(masks, index, "sector", choice.sectors, (study.sector, ""))
    return Selection(tuple(masks), tables, reporters, partners, sectors)


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
