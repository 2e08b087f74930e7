"""Every change a user can make, as a registered pure function `Project -> Project`.

An edit never reads files, the clock, random numbers or results: new ids, times and snapshots are arguments.
It returns the same object where nothing changes, and raises UserError where it cannot be done.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar, get_type_hints

from core.codec import Malformed, decode
from core.errors import refuse
from core.project import Project
from core.text import Text

Function = TypeVar("Function", bound=Callable[..., Project])


@dataclass(frozen=True, slots=True)
class Edit:
    """A registered edit: what the undo menu calls it, and the types of its arguments by name."""

    name: str
    label: Text
    function: Callable[..., Project]
    arguments: Mapping[str, Any]


_EDITS: dict[str, Edit] = {}


def edit(label: Text) -> Callable[[Function], Function]:
    """Register the function under its own name; keyword arguments with type hints are its arguments."""

    def register(function: Function) -> Function:
        hints = get_type_hints(function)
        names = list(inspect.signature(function).parameters)[1:]
        _EDITS[function.__name__] = Edit(function.__name__, label, function, {name: hints[name] for name in names})
        return function

    return register


@cache
def edits() -> Mapping[str, Edit]:
    """All edits by name. Every module of this package is imported, so adding a file adds its edits."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _EDITS


def apply(project: Project, name: str, /, **arguments: Any) -> Project:
    """The project after the edit `name`. Raises KeyError for an unknown name, UserError for a refused edit."""
    return edits()[name].function(project, **arguments)


def decode_arguments(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments from JSON, typed by the edit's signature. Raises `Malformed` for an unknown edit or argument."""
    known = edits().get(name)
    if known is None or not data.keys() <= known.arguments.keys():
        raise Malformed(f"unknown edit {name} or arguments")
    return {each: decode(known.arguments[each], value, each) for each, value in data.items()}


def index_of(ids: tuple[str, ...], wanted: str, what: Text) -> int:
    """The position of an id, or a UserError that says what is gone."""
    if wanted not in ids:
        raise refuse("{what} is no longer there.", what=what)
    return ids.index(wanted)
