"""Edits of what the project is about: its title, the study, and the settings of the analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from core.annual import offered
from core.edits import edit, index_of
from core.errors import refuse
from core.measures import measures
from core.options import Option, composed_of, options
from core.project import Project, Study, equal
from core.sectors import nested
from core.table import Table
from core.text import Bilingual, text

Value = TypeVar("Value")


@edit(text("Rename project"))
def set_title(project: Project, title: Bilingual) -> Project:
    """Give the project another title."""
    return project if title == project.title else replace(project, title=title)


@edit(text("Change study"))
def set_study(project: Project, study: Study) -> Project:
    """Change home, peers, subject sector, window, base year or bindings."""
    if study == project.study:
        return project
    if study.window is not None and study.window[0] > study.window[1]:
        raise refuse("The window ends before it begins: {first}–{last}.", first=study.window[0], last=study.window[1])
    if study.home and study.home in study.peers:
        raise refuse("The home economy cannot be its own peer.")
    return replace(project, study=study)


@edit(text("Choose bands"))
def set_bands(project: Project, index: str, bands: str) -> Project:
    """Choose the set of interpretation bands shown for an index ("" for none)."""
    return _analysed(project, bands={**project.analysis.bands, index: bands})


@edit(text("Choose years"))
def set_annual_rule(project: Project, table: str, rule: str) -> Project:
    """Say how years are made of the months, quarters or days of a table, one of `core.annual.RULES`."""
    found = _table(project, table)
    if rule and rule not in offered(found):
        raise refuse(
            "The years of “{table}” cannot be made that way. Choose another way.",
            table=found.title,
        )
    return _analysed(project, annual=_with(project.analysis.annual, table, rule))


@edit(text("Change setting"))
def set_option(project: Project, name: str, value: Any) -> Project:
    """Choose one of `core.options.options()`; lists may stand for tuples. The default is not kept."""
    if name not in options():
        raise refuse("There is no setting “{name}”.", name=name)
    option = options()[name]
    taken = option.take(value)
    if option.kind == "sectors":
        _check_sectors(project, taken)
    if option.kind == "indices":
        _check_indices(option, [index for index, _direction in taken])
    kept = {each: chosen for each, chosen in project.analysis.options.items() if each != name}
    return _analysed(project, options=kept if taken == option.default else {**kept, name: taken})


@edit(text("Choose measure"))
def set_serving(project: Project, table: str, measure: str, own: str) -> Project:
    """Let a measure of a table serve as one of the catalogue: its cumulative exports as "exports"; "" for none."""
    found = _table(project, table)
    if measure not in measures():
        raise refuse("No index reads a measure “{measure}”.", measure=measure)
    if own and found.code("measure", own) is None:
        raise refuse("{what} is no longer there.", what=own)
    chosen = _with(project.study.serving.get(table, {}), measure, own if own != measure else "")
    study = replace(project.study, serving=_with(project.study.serving, table, chosen))
    return project if study == project.study else replace(project, study=study)


def _with(mapping: Mapping[str, Value], key: str, value: Value) -> dict[str, Value]:
    """The mapping with another value behind its others, or without the key where the value is empty."""
    others = {each: kept for each, kept in mapping.items() if each != key}
    return {**others, key: value} if value else others


def _analysed(project: Project, **settings: Mapping[str, Any]) -> Project:
    """The project with other settings of the analysis; itself where they are no others."""
    analysis = replace(project.analysis, **settings)
    return project if equal(analysis, project.analysis) else replace(project, analysis=analysis)


def _check_sectors(project: Project, sectors: tuple[str, ...]) -> None:
    for each in sectors:
        label = project.label("sector", each)
        if label is None:
            raise refuse("No table has a sector “{sector}”. Choose sectors of the tables.", sector=each)
        if label.role == "total":
            raise refuse("“{sector}” is a total already. Choose the sectors that it is made of.", sector=label.name)
    for each in sorted(nested(sectors)):
        label = project.label("sector", each)
        name = label.name if label is not None else each
        raise refuse("“{sector}” is a part of another chosen sector. Choose one of the two.", sector=name)


def _check_indices(option: Option, chosen: Iterable[str]) -> None:
    for each in chosen:
        if each not in composed_of():
            raise refuse("“{option}” cannot hold “{index}”. Choose another index.", option=option.name, index=each)


def _table(project: Project, table: str) -> Table:
    return project.tables[index_of(tuple(each.id for each in project.tables), table, text("The table"))]
