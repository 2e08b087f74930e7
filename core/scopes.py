"""How an input is found among the numbers of a structure: denominators, and what belongs to a partner or to all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.conversion import is_amount
from core.indices import indices
from core.indices.registry import Index, Input
from core.measures import summable
from core.structure import MIRRORED, Codes, Mask, Structure, is_whole
from core.text import Text, text

Array = NDArray[Any]
Reduce = Callable[[Array, int], Array]
"""Turns an axis of an array into one of length 1: a sum for numbers, "all" for what is there, "any" for flags."""


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """How a denominator is found: "stated" rows or the "sum" of `parts`; or `lacking` says what is needed."""

    kind: str
    parts: int = 0
    lacking: Text | None = None


def total_of(values: Array, axis: int) -> Array:
    """Sums, in which one missing number makes the sum missing."""
    found: Array = values.sum(axis=axis, keepdims=True)
    return found


def all_of(values: Array, axis: int) -> Array:
    """Whether everything is there."""
    return np.asarray(np.all(values, axis=axis, keepdims=True))


def any_of(values: Array, axis: int) -> Array:
    """Whether something is so."""
    return np.asarray(np.any(values, axis=axis, keepdims=True))


class Scopes:
    """Which rows and columns make each input, by one rule for every economy and the world."""

    def __init__(self, structure: Structure) -> None:
        """Rules are found when first asked for."""
        self.structure = structure
        self._rules: dict[str, tuple[Rule, Rule]] = {}
        self._parts: dict[str, Codes] = {}
        self._homes: dict[str, tuple[str, Codes]] = {}
        self._filled: dict[str, Mask] = {}

    def rules(self, measure: str) -> tuple[Rule, Rule]:
        """How the world and the totals of a measure are found; the same rule for every economy and the world."""
        source = self.structure.sources(measure)[0]
        if source not in self._rules:
            self._rules[source] = self._world_rule(source), self._total_rule(source)
        return self._rules[source]

    def _world_rule(self, measure: str) -> Rule:
        of, name = self.structure, self.structure.name(measure)
        present = of.cells[measure].present
        economies = len(of.rows)
        stated = bool(present[economies:].any())
        counted = len(np.unique(of.sender[of.counted & present[:economies].any(axis=1)]))
        wanted = of.settings.world_rows
        if of.apart and is_amount(measure):
            return Rule("", 0, text("needs {measure} of all economies in one currency", measure=name))
        if stated and wanted != "sum":
            return Rule("stated")
        if wanted == "stated":
            return Rule("", 0, text("needs stated {measure} of the world", measure=name))
        if not summable(measure):
            return Rule("", 0, text("needs {measure} of the world", measure=name))
        if counted >= 2:
            return Rule("sum", counted)
        return Rule("", 0, text("needs {measure} of the world, or of two or more economies", measure=name))

    def global_rule(self, measure: str) -> Rule:
        """How the world towards all partners is found, and where economies are looked at together."""
        of, name = self.structure, self.structure.name(measure)
        if of.apart and is_amount(measure):
            return Rule("", 0, text("needs {measure} of all economies in one currency", measure=name))
        if self._stated_world(measure) >= 0:
            return Rule("stated")
        if of.settings.world_rows == "stated":
            return Rule("", 0, text("needs stated {measure} of the world", measure=name))
        count = len(self._everyone(measure))
        if count >= 2:
            return Rule("sum", count)
        return Rule("", 0, text("needs {measure} of the world, or of two or more economies", measure=name))

    def _total_rule(self, measure: str) -> Rule:
        of, name = self.structure, self.structure.name(measure)
        present, wanted, universe = of.cells[measure].present, of.settings.total, of.settings.universe
        if is_whole(measure):
            return Rule("stated")
        parts = int(of.parts((measure,)).sum())
        can_sum = parts >= 2 and summable(measure)
        if universe:
            if parts >= 1 and summable(measure):
                return Rule("sum", parts)
            return Rule("", 0, text("needs {measure} of the chosen sectors", measure=name))
        column = self._total_column(measure)
        stated = present[:, column] if column >= 0 else np.zeros(len(present), dtype=np.bool_)
        active = present.any(axis=1)
        if stated.any() and wanted != "sum" and (bool(stated[active].all()) or not can_sum or wanted == "stated"):
            return Rule("stated")
        if wanted == "stated":
            return Rule("", 0, text("needs stated total {measure}", measure=name))
        if can_sum:
            return Rule("sum", parts)
        return Rule("", 0, text("needs total {measure}, or {measure} of two or more sectors", measure=name))

    def _total_column(self, measure: str) -> int:
        """The column of the stated total, −1 for none; values of the whole economy stand for it beside sectors."""
        of = self.structure
        present = of.cells[measure].present
        lone = len(of.sectors) == 1 and of.sectors[0].role != "total" and not is_whole(measure)
        candidates = [each for each in of.totals if not (lone and each < of.whole)]
        return next((each for each in candidates if present[:, each].any()), next(iter(candidates), -1))

    def columns(self, index: Index) -> Codes:
        """The columns that are the parts of the total for an index: those of all measures that it reads by sector."""
        if index.id not in self._parts:
            self._parts[index.id] = np.flatnonzero(self.structure.parts(self._by_sector(index)))
        return self._parts[index.id]

    def _by_sector(self, index: Index) -> set[str]:
        found: set[str] = set()
        for each in index.inputs:
            if each.is_index:
                found |= self._by_sector(indices()[each.what])
            elif each.part != "total" and not is_whole(each.what):
                found.add(each.what)
        return {each for each in found if self.structure.has(each, "economy")}

    def resolve(self, index: Index, each: Input, values: Array, reduce: Reduce) -> Array:
        """The input of an index from the values of its measure over all rows and columns of the structure.

        Numbers, what is there and flags take the same way. Exports of the world are those of the economy less where
        the settings exclude it: of numbers the difference, of the others both.
        """
        narrow = self._columns_of(index, each, values, reduce)
        if index.mixes_economies and each.whose not in {"flow", "market"}:
            return self._economies(index, each, narrow, reduce)
        of, rows = self.structure, len(self.structure.rows)
        if each.whose == "flow":
            return narrow[of.pairs]
        if each.whose in {"market", "partner", "reporter"} or (each.whose == "" and self.is_of_reporter(each)):
            everywhere = self._everywhere(each.what, narrow, reduce)
            people = of.sender if each.whose in {"reporter", ""} else of.receiver
            people = people[of.pairs] if each.whose == "market" else people
            return _taken(everywhere, people)
        if each.whose == "global":
            return self._global(each.what, narrow, reduce)
        if each.whose == "world":
            world = self._world(each.what, narrow, reduce)
            if self.excludes(index):
                return _without(world, narrow[:rows], reduce)
            return world
        return narrow[:rows]

    def is_of_reporter(self, each: Input) -> bool:
        """What belongs to the whole economy holds on all its rows, whoever the partner is."""
        return self.structure.by_reporter and is_whole(each.what)

    def excludes(self, index: Index) -> bool:
        """Whether an index reads the world without the reporter."""
        return self.structure.settings.world == "excluding" and "world" not in index.fixed

    def _columns_of(self, index: Index, each: Input, values: Array, reduce: Reduce) -> Array:
        if each.part == "total" or is_whole(each.what):
            columns = self.total_columns(each.what)
            return values[:, columns] if len(columns) == 1 else reduce(_picked(values, columns), 1)
        if each.part == "parts" or index.mixes_economies:
            return _picked(values, self.columns(index))
        return values[:, : len(self.structure.sectors)]

    def total_columns(self, measure: str) -> Codes:
        """The columns that make the total of a measure: the stated one, or those that are added up."""
        _, total = self.rules(measure)
        if total.kind == "sum":
            return np.flatnonzero(self.structure.parts((measure,)))
        return np.array([self._total_column(self.structure.sources(measure)[0])], dtype=np.int64)

    def rows_world(self, measure: str, row: int) -> Codes:
        """The rows that make the world towards the partner of a row."""
        of = self.structure
        world, _ = self.rules(measure)
        if world.kind == "stated":
            return np.array([len(of.rows) + of.groups[row]], dtype=np.int64)
        return np.flatnonzero(of.counted & (of.groups == of.groups[row]))

    def rows_everywhere(self, measure: str, person: int) -> Codes:
        """The rows that make somebody's values towards all partners; `person` is a position in `everybody`."""
        of = self.structure
        kind, home = self._home(measure)
        if kind == "stated":
            return home[[person]]
        side: Codes = (of.receiver if kind == "mirrored" else of.sender)[of.pairs]
        found: Codes = of.pairs[side == person]
        return found

    def rows_global(self, measure: str) -> Codes:
        """The rows that make the world towards all partners."""
        stated = self._stated_world(measure)
        if stated >= 0:
            return np.array([stated], dtype=np.int64)
        return np.concatenate([self.rows_everywhere(measure, person) for person in self._everyone(measure).tolist()])

    def _economies(self, index: Index, each: Input, narrow: Array, reduce: Reduce) -> Array:
        own = self._everywhere(each.what, narrow, reduce)[self.structure.economies]
        if each.whose not in {"world", "global"}:
            return own
        world = self._global(each.what, narrow, reduce)
        if each.whose == "world" and self.excludes(index):
            return _without(world, own, reduce)
        return world

    def _world(self, measure: str, values: Array, reduce: Reduce) -> Array:
        of, rows = self.structure, len(self.structure.rows)
        world, _ = self.rules(measure)
        if world.kind == "stated":
            found = values[rows:]
        else:
            sums = [
                reduce(_of_rows(values, np.flatnonzero(of.counted & (of.groups == group))), 0)
                for group in range(len(of.group_of))
            ]  # fmt: skip
            found = np.concatenate(sums) if sums else values[rows:]
        return found if len(found) == 1 else found[of.groups]

    def _everywhere(self, measure: str, values: Array, reduce: Reduce) -> Array:
        """For everybody the values towards all partners: stated, or summed over the partners that are economies."""
        of = self.structure
        kind, home = self._home(measure)
        if kind == "stated":
            return _taken(values, home)
        groups = of.receiver if kind == "mirrored" else of.sender
        found = np.full((len(of.everybody), values.shape[1]), np.nan if values.dtype.kind == "f" else False)
        order = of.pairs[np.argsort(groups[of.pairs], kind="stable")]
        codes, starts = np.unique(groups[order], return_index=True)
        for code, rows in zip(codes.tolist(), np.split(order, starts)[1:], strict=True):
            found[code] = reduce(values[rows], 0)[0]
        return found

    def _home(self, measure: str) -> tuple[str, Codes]:
        """How the values towards all partners are found, and where stated their row for everybody (−1 for none)."""
        if measure not in self._homes:
            of = self.structure
            if measure not in of.cells and measure in MIRRORED:
                self._homes[measure] = "mirrored", np.empty(0, dtype=np.int64)
            else:
                self._homes[measure] = self._stated_home(of.sources(measure)[0])
        return self._homes[measure]

    def _stated_home(self, measure: str) -> tuple[str, Codes]:
        of = self.structure
        rows = np.asarray(of.cells[measure].present[: len(of.rows)].any(axis=1))
        home = np.full(len(of.everybody), -1, dtype=np.int64)
        lone = np.flatnonzero((of.receiver < 0) & rows & (of.sender >= 0))
        home[of.sender[lone]] = lone
        senders = np.unique(of.sender[of.pairs[rows[of.pairs]]])
        stated = bool((home[of.economies] >= 0).any())
        if stated and (bool((home[senders] >= 0).all()) or not summable(measure)):
            return "stated", home
        return ("sum", home) if len(senders) else ("stated", home)

    def _global(self, measure: str, values: Array, reduce: Reduce) -> Array:
        """The world towards all partners, one row."""
        stated = self._stated_world(measure)
        if stated >= 0:
            return values[stated : stated + 1]
        return reduce(self._everywhere(measure, values, reduce)[self._everyone(measure)], 0)

    def _stated_world(self, measure: str) -> int:
        """The row of the world towards all partners, −1 where it is a sum."""
        of = self.structure
        if measure not in of.cells or of.settings.world_rows == "sum":
            return -1
        present = np.asarray(of.cells[measure].present[len(of.rows) :].any(axis=1))
        if not len(present):
            return -1
        return next((len(of.rows) + at for at in of.overall if present[at]), -1)

    def _everyone(self, measure: str) -> Codes:
        """The positions in `everybody` that are added up to the world."""
        of = self.structure
        kind, _ = self._home(measure)
        return np.unique(of.receiver[of.pairs]) if kind == "mirrored" else of.economies

    def present(self, index: Index, each: Input) -> Mask:
        """Where there are series for an input, in the shape in which its numbers come."""
        of = self.structure
        found: Mask | None = None
        for source in of.sources(each.what):
            mask = self.resolve(index, _reading(each, source), self._present(source), all_of).astype(np.bool_)
            found = mask if found is None else found & mask
        assert found is not None
        return found

    def _present(self, measure: str) -> Mask:
        """Where the series of a measure are; where missing counts as zero, all parts of the rows that have any."""
        of = self.structure
        present = of.cells[measure].present
        if of.settings.missing != "zero" or is_whole(measure) or not summable(measure):
            return present
        if measure not in self._filled:
            filled, columns = present.copy(), self.zero_columns(measure)
            rows = np.flatnonzero(present[: len(of.rows), columns].any(axis=1))
            filled[np.ix_(rows, columns)] = True
            self._filled[measure] = filled
        return self._filled[measure]

    def zero_columns(self, measure: str) -> Codes:
        """The columns in which a missing flow can count as none: the parts of the total."""
        return np.flatnonzero(self.structure.parts((measure,)))


def _reading(each: Input, source: str) -> Input:
    """The input as it reads a source; what the partners report keeps its own name, by which it is turned round."""
    return each if MIRRORED.get(each.what) == source else Input(
        each.parameter, source, each.when, each.whose, each.part
    )  # fmt: skip


def _picked(values: Array, columns: Codes) -> Array:
    """Some columns; without a copy where they stand together."""
    if len(columns) and int(columns[-1]) - int(columns[0]) + 1 == len(columns):
        return values[:, int(columns[0]) : int(columns[-1]) + 1]
    return values[:, columns]


def _of_rows(values: Array, rows: Codes) -> Array:
    """Some rows; without a copy where they stand together."""
    if len(rows) and int(rows[-1]) - int(rows[0]) + 1 == len(rows):
        return values[int(rows[0]) : int(rows[-1]) + 1]
    return values[rows]


def _taken(values: Array, rows: Codes) -> Array:
    """Some rows; what has none is missing."""
    if not len(values):
        return np.full((len(rows), values.shape[1]), np.nan if values.dtype.kind == "f" else False)
    found = values[np.maximum(rows, 0)]
    if (rows < 0).any():
        found[rows < 0] = np.nan if values.dtype.kind == "f" else False
    return found


def _without(world: Array, own: Array, reduce: Reduce) -> Array:
    if world.dtype.kind == "f":
        return world - own
    return world & own if reduce is all_of else world | own
