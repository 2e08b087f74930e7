"""Checks of the data of a project: functions in the files of this package; adding a file adds its checks."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

import numpy as np

from core.checks.finding import Finding
from core.checks.merging import folded, merged
from core.checks.registry import PROJECT_CHECKS, TABLE_CHECKS
from core.checks.view import View
from core.files.progress import Tick, tick_at
from core.project import Project


def check_project(project: Project, tick: Tick | None = None) -> tuple[Finding, ...]:
    """The findings of all checks about the tables of a project, the worst first.

    There is one for each wrong cell and one for many notes of a kind; it has the others in its `also`.
    `tick` is called between pieces of work and may raise to stop it.
    """
    _load()
    step = tick or _go_on
    views = [View(table, step) for table in project.tables if len(table.series) and table.periods.values]
    steps, done = len(views) * len(TABLE_CHECKS) + len(PROJECT_CHECKS), 0
    found: list[Finding] = []
    with np.errstate(all="ignore"):  # what cannot be computed from numbers is NaN and never a finding
        for view in views:
            for check in TABLE_CHECKS.values():
                tick_at(step, done, steps)
                found += check(view)
                done += 1
        for check_all in PROJECT_CHECKS.values():
            tick_at(step, done, steps)
            found += check_all(views, project)
            done += 1
    return folded(merged(found))


@cache
def _load() -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")


def _go_on() -> None:
    pass
