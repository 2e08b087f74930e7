"""Edits of what the project is about: its title, the study, and the settings of the analysis."""

from __future__ import annotations

from dataclasses import replace

from core.annual import offered
from core.edits import edit, index_of
from core.errors import refuse
from core.measures import measures
from core.project import Project, Study
from core.table import Table
from core.text import Bilingual, text


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
    if project.analysis.bands.get(index) == bands:
        return project
    return replace(project, analysis=replace(project.analysis, bands={**project.analysis.bands, index: bands}))


@edit(text("Choose years"))
def set_annual_rule(project: Project, table: str, rule: str) -> Project:
    """Say how years are made of the months, quarters or days of a table, one of `core.annual.RULES`."""
    found = _table(project, table)
    if rule and rule not in offered(found):
        raise refuse(
            "The years of “{table}” cannot be made that way. Choose another way.",
            table=found.title,
        )
    rules = {each: chosen for each, chosen in project.analysis.annual.items() if each != table}
    if rule:
        rules[table] = rule
    if rules == project.analysis.annual:
        return project
    return replace(project, analysis=replace(project.analysis, annual=rules))


@edit(text("Choose measure"))
def set_serving(project: Project, table: str, measure: str, own: str) -> Project:
    """Let a measure of a table serve as one of the catalogue: its cumulative exports as "exports"; "" for none."""
    found = _table(project, table)
    if measure not in measures():
        raise refuse("No index reads a measure “{measure}”.", measure=measure)
    if own and found.code("measure", own) is None:
        raise refuse("{what} is no longer there.", what=own)
    chosen = {each: which for each, which in project.study.serving.get(table, {}).items() if each != measure}
    if own and own != measure:
        chosen[measure] = own
    serving = {each: which for each, which in project.study.serving.items() if each != table}
    if chosen:
        serving[table] = chosen
    if serving == project.study.serving:
        return project
    return replace(project, study=replace(project.study, serving=serving))


def _table(project: Project, table: str) -> Table:
    return project.tables[index_of(tuple(each.id for each in project.tables), table, text("The table"))]
