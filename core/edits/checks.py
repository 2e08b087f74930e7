"""Edits of what is thought of the findings of the data checks: that one is none, and why."""

from __future__ import annotations

from dataclasses import replace

from core.edits import edit
from core.errors import refuse
from core.project import Project
from core.text import text


@edit(text("Dismiss finding"))
def dismiss_finding(project: Project, key: str, reason: str) -> Project:
    """Keep a finding (by `Finding.key`) from being counted and marked, for a reason that the project remembers."""
    why = reason.strip()
    if not why:
        raise refuse("Write why the finding is no problem. The reason is kept with the project.")
    if project.analysis.dismissed.get(key) == why:
        return project
    return _with(project, {**project.analysis.dismissed, key: why})


@edit(text("Restore finding"))
def restore_finding(project: Project, key: str) -> Project:
    """Count a dismissed finding again."""
    if key not in project.analysis.dismissed:
        return project
    return _with(project, {each: why for each, why in project.analysis.dismissed.items() if each != key})


def _with(project: Project, dismissed: dict[str, str]) -> Project:
    return replace(project, analysis=replace(project.analysis, dismissed=dismissed))
