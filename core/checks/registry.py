"""How a check is declared, and the thresholds that checks read from data/checks.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from core.checks.finding import Finding
from core.checks.view import View
from core.places import DATA
from core.project import Project
from core.text import Bilingual

TableCheck = TypeVar("TableCheck", bound=Callable[[View], Iterable[Finding]])
ProjectCheck = TypeVar("ProjectCheck", bound=Callable[[Sequence[View], Project], Iterable[Finding]])

TABLE_CHECKS: dict[str, Callable[[View], Iterable[Finding]]] = {}
PROJECT_CHECKS: dict[str, Callable[[Sequence[View], Project], Iterable[Finding]]] = {}


def table_check(function: TableCheck) -> TableCheck:
    """Register a check of one table under the name of its function."""
    TABLE_CHECKS[function.__name__] = function
    return function


def project_check(function: ProjectCheck) -> ProjectCheck:
    """Register a check that compares the tables of a project under the name of its function."""
    PROJECT_CHECKS[function.__name__] = function
    return function


@dataclass(frozen=True, slots=True)
class Threshold:
    """From where on something is found, and the reason why just there."""

    value: float
    why: Bilingual


@cache
def thresholds() -> Mapping[str, Threshold]:
    """All thresholds of data/checks.toml by name."""
    entries = tomllib.loads((DATA / "checks.toml").read_text(encoding="utf-8"))
    return {
        name: Threshold(float(entry["value"]), Bilingual.from_json(entry["why"])) for name, entry in entries.items()
    }


def limit(name: str) -> float:
    """The value of a threshold."""
    return thresholds()[name].value
