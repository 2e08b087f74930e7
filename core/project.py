"""The project: one immutable value that holds everything a user can change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any

import numpy as np

from core.board import Board
from core.table import Label, Table
from core.text import Bilingual


@dataclass(frozen=True, slots=True)
class Study:
    """What the project is about. Ids are label ids; `window` is the span of years shown, None for all.

    `bindings` says which table (id) serves for a measure (id) that a table lacks; `serving`, by table (id), which of
    its own measures serves as a measure of the catalogue: {"exports": "cumulative exports"}.
    """

    home: str = ""
    peers: tuple[str, ...] = ()
    sector: str = ""
    window: tuple[int, int] | None = None
    base_year: int | None = None
    bindings: Mapping[str, str] = field(default_factory=dict)
    serving: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysis:
    """Settings of the analysis: options by name, and the band set chosen for an index.

    `annual` says by table (id) how years are made of its finer periods, one of `core.annual.RULES`; `dismissed` by
    the key of a finding of the data checks why it is none.
    """

    options: Mapping[str, Any] = field(default_factory=dict)
    bands: Mapping[str, str] = field(default_factory=dict)
    annual: Mapping[str, str] = field(default_factory=dict)
    dismissed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class Project:
    """All that is undone, saved and journalled. What is the same object has not changed.

    `extra` keeps what a newer version of the program wrote and this one does not know.
    """

    id: str
    title: Bilingual = Bilingual()
    study: Study = Study()
    tables: tuple[Table, ...] = ()
    board: Board = field(default_factory=Board)
    analysis: Analysis = Analysis()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def table(self, table_id: str) -> Table | None:
        """The table with this id."""
        return next((table for table in self.tables if table.id == table_id), None)

    def label(self, dimension: str, label_id: str) -> Label | None:
        """The first label with this id in any table."""
        for table in self.tables:
            for label in table.labels[dimension]:
                if label.id == label_id:
                    return label
        return None

    def labels(self, dimension: str) -> tuple[Label, ...]:
        """The labels of all tables, each id once, in order of appearance."""
        found = {label.id: label for table in reversed(self.tables) for label in reversed(table.labels[dimension])}
        return tuple(reversed(found.values()))


def equal(a: Any, b: Any) -> bool:
    """Deep equality of values of the project, in which NaN equals NaN; identity is the fast way out."""
    if a is b:
        return True
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if is_dataclass(a) and not isinstance(a, type):
        return type(a) is type(b) and all(equal(getattr(a, each.name), getattr(b, each.name)) for each in fields(a))
    if isinstance(a, Mapping):
        return isinstance(b, Mapping) and a.keys() == b.keys() and all(equal(a[key], b[key]) for key in a)
    if isinstance(a, tuple | list):
        return isinstance(b, tuple | list) and len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, float) and isinstance(b, float):
        return a == b or (a != a and b != b)
    return bool(a == b)
