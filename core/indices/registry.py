"""How an index is declared: the names of its parameters are what it reads, and it can read nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from core.indices.catalogue import Entry, read_entry

Function = TypeVar("Function", bound=Callable[..., Any])

SCOPES = ("world_total_", "world_", "total_")
WHENS = ("previous_", "base_")
DIMENSIONS = (("reporter", "sector"), ("reporter",))


@dataclass(frozen=True, slots=True)
class Input:
    """What one parameter asks for: `what` is a measure, or an index where `is_index`.

    `when` is "", "previous" or "base"; `scope` is "", "world", "total" or "world_total".
    """

    parameter: str
    what: str
    when: str = ""
    scope: str = ""
    is_index: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """A declared index. `reads` holds every (when, measure) it depends on, through other indices too."""

    id: str
    function: Callable[..., Any]
    inputs: tuple[Input, ...]
    reads_options: bool
    dimensions: tuple[str, ...]
    components: tuple[str, ...]
    reads: frozenset[tuple[str, str]]
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Declaration:
    """What the decorator noted; which parameters are indices is known when all files are imported."""

    function: Callable[..., Any]
    dimensions: tuple[str, ...]
    components: tuple[str, ...]
    entry: Entry


_DECLARED: dict[str, _Declaration] = {}


def index(
    *, dimensions: tuple[str, ...] = DIMENSIONS[0], components: tuple[str, ...] = (), entry: Entry | None = None
) -> Callable[[Function], Function]:
    """Register a NumPy function under its own name.

    A parameter is named `[previous_|base_][world_|total_|world_total_]measure`, or as another index, or
    `options`. It receives float64 arrays (economies × sectors, × 1 for totals; NaN is missing) and returns one
    array, or one for each component. Division by zero may give inf or NaN: the analysis turns both into a
    status. Raises ValueError for a name that is taken and for dimensions that results cannot have.
    """

    def register(function: Function) -> Function:
        name = function.__name__
        if name in _DECLARED:
            raise ValueError(f"two indices are called {name}")
        if dimensions not in DIMENSIONS:
            raise ValueError(f"{name}: results over {dimensions} are not supported")
        _DECLARED[name] = _Declaration(function, dimensions, components, entry or read_entry(name))
        return function

    return register


def registered() -> Mapping[str, Index]:
    """The indices in the order of the catalogue. Raises ValueError where one reads itself or looks back twice."""
    made: dict[str, Index] = {}
    for name in _DECLARED:
        _resolve(name, made, ())
    return dict(sorted(made.items(), key=lambda item: (item[1].entry.order, item[0])))


def _resolve(name: str, made: dict[str, Index], above: tuple[str, ...]) -> Index:
    if name in made:
        return made[name]
    if name in above:
        raise ValueError(f"{name} reads itself")
    declared = _DECLARED[name]
    parameters = list(inspect.signature(declared.function).parameters)
    inputs = tuple(_input(each) for each in parameters if each != "options")
    reads: set[tuple[str, str]] = set()
    for each in inputs:
        below = _resolve(each.what, made, (*above, name)).reads if each.is_index else frozenset({("", each.what)})
        if each.when and any(when for when, _ in below):
            raise ValueError(f"{name}: {each.parameter} would look back twice")
        reads |= {(each.when or when, measure) for when, measure in below}
    made[name] = Index(
        name,
        declared.function,
        inputs,
        "options" in parameters,
        declared.dimensions,
        declared.components,
        frozenset(reads),
        declared.entry,
    )
    return made[name]


def _input(parameter: str) -> Input:
    rest, when, scope = parameter, "", ""
    for prefix in WHENS:
        if rest.startswith(prefix):
            when, rest = prefix.rstrip("_"), rest.removeprefix(prefix)
    for prefix in SCOPES:
        if not scope and rest.startswith(prefix):
            scope, rest = prefix.rstrip("_"), rest.removeprefix(prefix)
    if rest in _DECLARED and scope:
        raise ValueError(f"{parameter}: an index has no world and no total")
    return Input(parameter, rest, when, scope, rest in _DECLARED)


@contextmanager
def temporarily() -> Iterator[None]:
    """Forget indices that are declared inside the block; for tests of the contract."""
    before = dict(_DECLARED)
    try:
        yield
    finally:
        _DECLARED.clear()
        _DECLARED.update(before)
