"""Edits of what the project is about: its title, the study, and the settings of the analysis."""

from __future__ import annotations

from dataclasses import replace

from core.edits import edit
from core.errors import refuse
from core.project import Project, Study
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
