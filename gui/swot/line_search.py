"""Finding lines of results by words, without building more lines than are shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from core.indices import indices
from core.project import Project
from core.results import Line, Results
from core.table_results import TableResults
from core.text import LANGUAGES, Bilingual

MOST = 400
"""More lines than this are narrowed by another word."""


def find_lines(project: Project, results: Results, words: str) -> tuple[list[Line], bool]:
    """Lines that match every word in either language, those of the home economy first; True if there are more."""
    found = list(islice(_matching(project, results, words.casefold().split()), MOST + 1))
    return found[:MOST], len(found) > MOST


def _matching(project: Project, results: Results, words: list[str]) -> Iterator[Line]:
    masks = [
        (table, index, _mask(project, table, index, words))
        for index in indices()
        for table in results.tables.values()
        if index in table.available
    ]
    for at_home in (True, False):
        for table, index, mask in masks:
            home = np.array([row[0].id == project.study.home for row in table.axes_of(index).rows], dtype=bool)
            chosen = mask & (home == at_home)[:, None]
            for row, sector in np.argwhere(chosen).tolist():
                for component in indices()[index].components or ("",):
                    yield table.line(index, component, row, sector)


def _mask(project: Project, table: TableResults, index: str, words: list[str]) -> NDArray[np.bool_]:
    entry = indices()[index].entry
    source = project.table(table.table)
    head = _said(entry.name, Bilingual(entry.symbol), source.title if source else Bilingual())
    axes = table.axes_of(index)
    rows = [_said(reporter.name, partner.name) for reporter, partner in axes.rows]
    sectors = [_said(each.name) for each in axes.sectors]
    mask = table.available[index].copy()
    for word in words:
        if word not in head:
            in_rows = np.array([word in each for each in rows], dtype=bool)
            in_sectors = np.array([word in each for each in sectors], dtype=bool)
            mask &= in_rows[:, None] | in_sectors[None, :]
    return mask


def _said(*names: Bilingual) -> str:
    return " ".join(name.show(language) for name in names for language in LANGUAGES).casefold()
