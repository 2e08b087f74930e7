"""How an index is declared: the names of its parameters are what it reads, and it can read nothing else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from core.indices.catalogue import Entry, read_entry

Function = TypeVar("Function", bound=Callable[..., Any])

WHENS = ("previous", "base")
WHOSE = ("world", "partner", "reporter", "global", "flow", "market")
PARTS = ("total", "parts")
SPECIAL = ("span", "reporters", "chosen")
"""Parameters that are no numbers of a table: years between, who sends each flow, results of the chosen indices."""
DIMENSIONS = (
    ("reporter", "sector"),
    ("reporter",),
    ("reporter", "partner"),
    ("economy", "sector"),
    ("economy",),
    ("sector",),
    ("economy", "economy"),
    ("sector", "sector"),
)


@dataclass(frozen=True, slots=True)
class Input:
    """What one parameter asks for: `what` is a measure, or an index where `is_index`.

    `when` is "", "previous" or "base"; `whose` is "" (of the row itself) or one of `WHOSE`; `part` is "" (each
    sector), "total", or "parts" (the sectors that make up the total).
    """

    parameter: str
    what: str
    when: str = ""
    whose: str = ""
    part: str = ""
    is_index: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """A declared index.

    `reads` holds every (when, measure) it depends on and `options` every setting, through other indices too.
    `special` are the parameters of `SPECIAL` and `own_options` the options that it takes itself.
    """

    id: str
    function: Callable[..., Any]
    inputs: tuple[Input, ...]
    special: tuple[str, ...]
    own_options: tuple[str, ...]
    options: tuple[str, ...]
    dimensions: tuple[str, ...]
    components: tuple[str, ...]
    fixed: tuple[str, ...]
    only: Mapping[str, tuple[str, Any]]
    reads: frozenset[tuple[str, str]]
    entry: Entry

    @property
    def mixes_economies(self) -> bool:
        """Whether its inputs are economies × parts of the total, all economies at once."""
        return "economy" in self.dimensions or self.dimensions[0] == "sector"

    @property
    def has_sectors(self) -> bool:
        """Whether it has a value for each sector."""
        return self.dimensions[-1] == "sector"

    def under(self, value: Callable[[str], Any]) -> Index:
        """The index without the inputs that it does not need; `value` gives what is chosen for an option."""
        idle = {parameter for parameter, (option, wanted) in self.only.items() if value(option) != wanted}
        return replace(self, inputs=tuple(each for each in self.inputs if each.parameter not in idle)) if idle else self

    def of(self, chosen: Iterable[str]) -> Index:
        """The index as it is for the chosen indices, where it takes their results; itself where it does not."""
        if "chosen" not in self.special:
            return self
        known = registered()
        below = [known[each] for each in chosen if each in known and each != self.id]
        inputs = tuple(Input(each.id, each.id, is_index=True) for each in below)
        reads = frozenset().union(*(each.reads for each in below))
        options = dict.fromkeys((*self.options, *(name for each in below for name in each.options)))
        return replace(self, inputs=inputs, reads=reads, options=tuple(options))


@dataclass(frozen=True, slots=True)
class _Declaration:
    """What the decorator noted; which parameters are indices is known when all files are imported."""

    function: Callable[..., Any]
    dimensions: tuple[str, ...]
    components: tuple[str, ...]
    fixed: tuple[str, ...]
    only: Mapping[str, tuple[str, Any]]
    entry: Entry


_DECLARED: dict[str, _Declaration] = {}


def index(
    *,
    dimensions: tuple[str, ...] = DIMENSIONS[0],
    components: tuple[str, ...] = (),
    fixed: tuple[str, ...] = (),
    only: Mapping[str, tuple[str, Any]] | None = None,
    entry: Entry | None = None,
) -> Callable[[Function], Function]:
    """Register a NumPy function under its own name.

    A parameter is named `[previous_|base_][world_|partner_|reporter_|global_][total_|parts_]measure`, or as another
    index; one of `SPECIAL`; or, keyword-only, as an option. It receives float64 arrays (NaN is missing) of rows ×
    sectors, × 1 for totals, × parts; where `dimensions` hold economies, of economies × parts. It returns one array or
    `Marked`, or one for each component. Division by zero may give inf or NaN: the analysis turns both into a status.
    `fixed` names options of denominators that have no meaning for it; `only` says of a parameter with a default under
    which value of which option it is read. Raises ValueError for a name that is taken and for dimensions that results
    cannot have.
    """

    def register(function: Function) -> Function:
        name = function.__name__
        if name in _DECLARED:
            raise ValueError(f"two indices are called {name}")
        if dimensions not in DIMENSIONS:
            raise ValueError(f"{name}: results over {dimensions} are not supported")
        _DECLARED[name] = _Declaration(function, dimensions, components, fixed, only or {}, entry or read_entry(name))
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
    parameters = inspect.signature(declared.function).parameters.values()
    own = tuple(each.name for each in parameters if each.kind is each.KEYWORD_ONLY)
    plain = [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY]
    inputs = tuple(_input(each) for each in plain if each not in SPECIAL)
    reads: set[tuple[str, str]] = set()
    options = dict.fromkeys(own)
    for each in inputs:
        if each.is_index:
            below = _resolve(each.what, made, (*above, name))
            below_reads = below.reads
            options |= dict.fromkeys(below.options)
        else:
            below_reads = frozenset({("", each.what)})
        if each.when and any(when for when, _ in below_reads):
            raise ValueError(f"{name}: {each.parameter} would look back twice")
        reads |= {(each.when or when, measure) for when, measure in below_reads}
    mixes = "economy" in declared.dimensions or declared.dimensions[0] == "sector"
    options |= dict.fromkeys(each for each in _denominators(inputs, mixes) if each not in declared.fixed)
    made[name] = Index(
        name,
        declared.function,
        inputs,
        tuple(each for each in plain if each in SPECIAL),
        own,
        tuple(options),
        declared.dimensions,
        declared.components,
        declared.fixed,
        declared.only,
        frozenset(reads),
        declared.entry,
    )
    return made[name]


def _denominators(inputs: Iterable[Input], mixes: bool) -> Iterator[str]:
    """The settings by which the inputs are found before the index sees them."""
    for each in inputs:
        if each.when == "previous":
            yield "against"
        if each.is_index:
            continue
        yield "missing"
        if each.whose == "world":
            yield "world"
        if each.whose in {"world", "global"}:
            yield "world_rows"
        if each.part == "total":
            yield "total"
        if each.part or mixes:
            yield "universe"
        if each.whose in {"partner", "market", "global", "reporter"} and each.what == "imports":
            yield "mirror"


def _input(parameter: str) -> Input:
    rest = parameter
    found: dict[str, str] = {}
    for key, prefixes in (("when", WHENS), ("whose", WHOSE), ("part", PARTS)):
        prefix = next((each for each in prefixes if rest.startswith(each + "_")), "")
        found[key], rest = prefix, rest.removeprefix(prefix + "_") if prefix else rest
    is_index = rest in _DECLARED
    if is_index and (found["whose"] or found["part"] == "total"):
        raise ValueError(f"{parameter}: an index has no world and no total")
    return Input(parameter, rest, is_index=is_index, **found)


@contextmanager
def temporarily() -> Iterator[None]:
    """Forget indices that are declared inside the block; for tests of the contract."""
    before = dict(_DECLARED)
    try:
        yield
    finally:
        _DECLARED.clear()
        _DECLARED.update(before)
