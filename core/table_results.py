"""The results of one table: each index is computed when it is first asked for, and no year twice."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from threading import RLock
from typing import Any, Generic, TypeVar

import numpy as np

from core.annual import positions, rule_of, without_years, years_of
from core.availability import availability, axes_of, variant
from core.indices import indices
from core.indices.registry import Index, Input
from core.judging import judged
from core.options import composed_of, value
from core.panel import Panel
from core.project import Project
from core.results import Computed, Lacking, Line, LineKey
from core.scopes import Scopes
from core.status import Status, Statuses
from core.structure import Axes, Mask, Structure
from core.table import Floats, Table
from core.text import text
from core.units import Unit

MOST_PLACES = 40_000_000
"""Rows × columns × years of the results of one index; each takes 9 bytes."""
_WORKERS = min(4, os.cpu_count() or 1)
"""Years of a large table that are computed at the same time; NumPy lets go of the interpreter meanwhile."""
_PANELS = 2 * _WORKERS + 1
"""Years whose numbers are kept as arrays: those of the results that are made and those that they look back at."""
Value = TypeVar("Value")


class _Lazy(Mapping[str, Value], Generic[Value]):
    """Something for some indices, found out when first asked for."""

    def __init__(self, find: Callable[[str], Value | None]) -> None:
        self._find = find

    def __getitem__(self, index: str) -> Value:
        found = self._find(index) if index in indices() else None
        if found is None:
            raise KeyError(index)
        return found

    def __iter__(self) -> Iterator[str]:
        return (index for index in indices() if self._find(index) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class TableResults:
    """All indices of one table, each computed when it is first asked for. Safe to ask from several threads."""

    def __init__(
        self,
        project: Project,
        table: Table,
        scopes: Scopes,
        identity: tuple[Any, ...],
        read: tuple[Any, ...],
        before: TableResults | None,
    ) -> None:
        """`identity` are the objects behind `scopes`, `read` those behind all: the same again means the same."""
        self.project, self.table, self.scopes = project, table.id, scopes
        self.identity, self.read = identity, read
        self.years = years_of(table, rule_of(project, table))
        self.asked: dict[str, None] = {}
        """The indices that somebody read, the latest at the end."""
        self._table = table
        self._lock = RLock()
        self._panels: dict[int, Panel] = {}
        self._done: dict[tuple[str, int], Computed] = {}
        self._old: dict[tuple[str, int], Computed] = {}
        self._indices: dict[str, Index] = {}
        self._plans: dict[str, tuple[Mask | None, tuple[Lacking, ...]]] = {}
        self._axes: dict[str, Axes] = {}
        self._options = project.analysis.options
        if before is not None:
            with before._lock:
                self._old = dict(before._done)
            if before._options == self._options:
                self._plans, self._axes, self._indices = before._plans, before._axes, before._indices
        self.available: Mapping[str, Mask] = _Lazy(lambda index: self._plan(index)[0])
        """Where an index has its inputs, over the rows and columns of its `axes_of`."""
        self.variants: Mapping[str, Mapping[str, str]] = _Lazy(self._variant)

    @property
    def structure(self) -> Structure:
        """Where the numbers of the table go."""
        return self.scopes.structure

    @property
    def axes(self) -> Axes:
        """The rows and sectors of the table."""
        return self.structure.axes

    @property
    def unit(self) -> Unit:
        """The unit of results that are money."""
        return self.structure.unit

    def index(self, index: str) -> Index:
        """An index as the settings make it: with its inputs, where those are chosen."""
        if index not in self._indices:
            found = indices()[index].under(lambda option: value(self._options, option))
            if "chosen" in found.special:
                possible = composed_of()
                found = found.of(each for each, _direction in value(self._options, "composite") if each in possible)
            self._indices[index] = found
        return self._indices[index]

    def axes_of(self, index: str) -> Axes:
        """The rows and columns of the values of an index; a nameless one stands for a side that it does not have."""
        if index not in self._axes:
            self._axes[index] = axes_of(self.index(index), self.scopes)
        return self._axes[index]

    def lacking(self, index: str) -> tuple[Lacking, ...]:
        """Why an index cannot be computed for some series, or for all."""
        return self._plan(index)[1] if index in indices() else ()

    def _plan(self, index: str) -> tuple[Mask | None, tuple[Lacking, ...]]:
        with self._lock:
            if index not in self._plans:
                self._plans[index] = self._planned(self.index(index))
            return self._plans[index]

    def _planned(self, index: Index) -> tuple[Mask | None, tuple[Lacking, ...]]:
        if not self.years:
            return None, (Lacking(index.id, without_years(self._table)),)
        mask, reasons = availability(index, self.scopes)
        if mask is None:
            return mask, reasons
        looks_back = any(when == "previous" for when, _ in index.reads) and self._options.get("against") != "base"
        if looks_back and not any(year - 1 in self.years for year in self.years):
            return None, (Lacking(index.id, text("needs two years in a row")),)
        if any(when for when, _ in index.reads) and len(self.years) < 2:
            return None, (Lacking(index.id, text("needs two or more years")),)
        places = mask.size * len(self.years)
        if places > MOST_PLACES:
            reason = text(
                "needs a smaller table: this one has {count} places for results, of at most {most}",
                count=f"{places:,}",
                most=f"{MOST_PLACES:,}",
            )
            return None, (Lacking(index.id, reason),)
        return mask, reasons

    def _variant(self, index: str) -> Mapping[str, str] | None:
        found = self.index(index)
        if self._plan(index)[0] is None:
            return None
        said = variant(found, self.scopes, self._options)
        rules = dict.fromkeys(rule_of(self.project, each) for each in self._owners(found))
        years = "+".join(filter(None, rules))
        return said | ({"years": years} if years else {})

    def _owners(self, index: Index) -> list[Table]:
        sources = {source for _, measure in index.reads for source in self.structure.sources(measure)}
        found = dict.fromkeys(self.structure.owner[each] for each in sorted(sources))
        return [table for each in found if (table := self.project.table(each)) is not None]

    def computed(self, index: str, year: int) -> Computed:
        """An index in one year of `years`, of which it has its inputs somewhere (`available`)."""
        self.asked.pop(index, None)
        self.asked[index] = None
        return self._compute(self.index(index), year)

    def plan(self) -> None:
        """Find out for all indices whether they can be computed, so that nobody waits for it later."""
        for index in indices():
            self._plan(index)

    def prepare(self, index: str) -> None:
        """Compute an index for all years, if it can be computed."""
        if self.is_ready(index):
            for year in self.years if index in self.available else ():
                self._compute(self.index(index), year)
            return
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(_WORKERS) as pool:
            list(pool.map(partial(self._compute, self.index(index)), self.years))

    def is_ready(self, index: str) -> bool:
        """Whether an index can be read without much work."""
        if index not in self.available:
            return True
        missing = sum((index, year) not in self._done for year in self.years)
        numbers = missing * max(self.available[index].size, len(self.axes.rows) * len(self.axes.sectors))
        return numbers < (100_000 if self.index(index).mixes_economies else 500_000)

    def forget(self, wanted: Iterable[str]) -> None:
        """Let go of the numbers of some indices."""
        with self._lock:
            for index in wanted:
                self.asked.pop(index, None)
                for year in self.years:
                    self._done.pop((index, year), None)

    def release(self) -> None:
        """Let go of all numbers that were computed or read."""
        with self._lock:
            self.asked.clear()
            self._done.clear()
            self._old.clear()
            self._panels.clear()

    def done(self) -> Mapping[tuple[str, int], Computed]:
        """What has been computed so far, by index and year."""
        with self._lock:
            return dict(self._done)

    def inputs(self, index: str, year: int) -> Mapping[str, tuple[Floats, Statuses]]:
        """What an index reads in a year, by parameter, as it reads it."""
        found = self.index(index)
        return {each.parameter: self._read(found, each, year) for each in found.inputs}

    def lines(self, index: str, component: str = "") -> Iterator[Line]:
        """Every series for which the index has its inputs, one economy after the other, made as they are asked for."""
        mask = self.available.get(index)
        if mask is None:
            return
        parts = [self.computed(index, year).parts[component] for year in self.years]
        axes = self.axes_of(index)
        for row in np.flatnonzero(mask.any(axis=1)).tolist():
            reporter, partner = axes.rows[row]
            values = np.stack([values[row] for values, _ in parts], axis=1)
            statuses = np.stack([statuses[row] for _, statuses in parts], axis=1)
            for at in np.flatnonzero(mask[row]).tolist():
                sector = axes.sectors[at]
                yield Line(
                    index, component, self.table, reporter, partner, sector, self.years, values[at], statuses[at]
                )

    def position(self, index: str, key: LineKey) -> tuple[int, int] | None:
        """Row and column of a line, or None; an index without sectors takes any."""
        axes, (reporter, partner, sector) = self.axes_of(index), key[3:]
        row = next((n for n, (r, p) in enumerate(axes.rows) if (r.id, p.id) == (reporter, partner)), None)
        if not self.index(index).has_sectors:
            return None if row is None else (row, 0)
        at = next((n for n, each in enumerate(axes.sectors) if each.id == sector), None)
        return None if row is None or at is None else (row, at)

    def line(self, index: str, component: str, row: int, column: int) -> Line:
        """One series, whether or not it has its inputs."""
        parts = [self.computed(index, year).parts[component] for year in self.years]
        axes = self.axes_of(index)
        reporter, partner = axes.rows[row]
        return Line(
            index,
            component,
            self.table,
            reporter,
            partner,
            axes.sectors[column],
            self.years,
            np.array([values[row, column] for values, _ in parts], dtype=np.float64),
            np.array([statuses[row, column] for _, statuses in parts], dtype=np.uint8),
        )

    def when(self, year: int, when: str) -> int:
        """The year that an input of "previous" or "base" is read from, for results of a year."""
        if when == "previous" and self._options.get("against") != "base":
            return year - 1
        if when:
            base = self.project.study.base_year
            return base if base is not None else min(self.years)
        return year

    def _compute(self, index: Index, year: int) -> Computed:
        """Two threads that ask at the same time both do the work, and get the same object."""
        key = (index.id, year)
        known = self._done.get(key)
        if known is not None:
            return known
        inputs = self._objects(index, year)
        old = self._old.get(key)
        found = old if old is not None and same(inputs, old.inputs) else self._answer(index, year, inputs)
        return self._done.setdefault(key, found)

    def _objects(self, index: Index, year: int) -> tuple[object, ...]:
        """The blocks of numbers that this index reads in this year, which years these are, and its settings."""
        found: list[object] = [tuple((name, _plain(self._options.get(name))) for name in index.options)]
        sources = {(when, source) for when, measure in index.reads for source in self.structure.sources(measure)}
        for when, owner in sorted({(when, self.structure.owner[source]) for when, source in sources}):
            table, wanted = self.project.table(owner), self.when(year, when)
            if table is not None:
                rule = rule_of(self.project, table)
                found.append((rule, wanted, wanted in self.years))
                found += [table.values[at] for at in positions(table, rule, wanted)]
            found.append(None)
        return tuple(found)

    def _panel(self, year: int) -> Panel:
        with self._lock:
            if year not in self._panels:
                while len(self._panels) >= _PANELS:
                    self._panels.pop(next(iter(self._panels)))
                self._panels[year] = Panel(self.scopes, self.project, year)
            return self._panels[year]

    def _read(self, index: Index, each: Input, year: int) -> tuple[Floats, Statuses]:
        wanted = self.when(year, each.when)
        if each.is_index:
            values, statuses = self._below(self.index(each.what), wanted)
            if each.part == "parts":
                columns = self.scopes.columns(index)
                values, statuses = values[:, columns], statuses[:, columns]
        else:
            values, statuses = self._panel(wanted).input(index, each)
        if each.when and wanted not in self.years:
            statuses = np.where(statuses == Status.MISSING, Status.NO_EARLIER_YEAR, statuses).astype(np.uint8)
        return values, statuses

    def _below(self, below: Index, year: int) -> tuple[Floats, Statuses]:
        if year in self.years:
            return self._compute(below, year).parts[(below.components or ("",))[0]]
        axes = self.axes_of(below.id)
        shape = (len(axes.rows), len(axes.sectors))
        return np.full(shape, np.nan), np.full(shape, Status.MISSING, dtype=np.uint8)

    def _answer(self, index: Index, year: int, objects: tuple[object, ...]) -> Computed:
        read = {each.parameter: self._read(index, each, year) for each in index.inputs}
        arguments: dict[str, Any] = {name: value(self._options, name) for name in index.own_options}
        for name in index.special:
            arguments[name] = self._special(name, index, read, year)
        if "chosen" not in index.special:
            arguments |= {parameter: values for parameter, (values, _) in read.items()}
        with np.errstate(all="ignore"):
            answer = index.function(**arguments)
        components = index.components or ("",)
        answers = answer if index.components else (answer,)
        axes = self.axes_of(index.id)
        shape = (len(axes.rows), len(axes.sectors))
        excluding = self.scopes.excludes(index)
        parts = {
            name: judged(index, values, read, shape, excluding)
            for name, values in zip(components, answers, strict=True)
        }
        return Computed(objects, parts)

    def _special(self, name: str, index: Index, read: Mapping[str, tuple[Floats, Statuses]], year: int) -> Any:
        if name == "span":
            when = next((each.when for each in index.inputs if each.when), "")
            return float(year - self.when(year, when))
        of = self.structure
        if name == "reporters":
            return np.searchsorted(of.economies, of.sender[of.pairs])
        single = np.isin(of.sender, of.economies)[:, np.newaxis]
        return {parameter: np.where(single, values, np.nan) for parameter, (values, _) in read.items()}


def _plain(value: Any) -> Any:
    return tuple(map(_plain, value)) if isinstance(value, list | tuple) else value


def same(a: tuple[Any, ...], b: tuple[Any, ...]) -> bool:
    """The same objects; plain text and numbers may be equal instead."""
    return len(a) == len(b) and all(
        x is y or (isinstance(x, tuple | str | int | float) and _equal_plain(x, y)) for x, y in zip(a, b, strict=True)
    )


def _equal_plain(a: Any, b: Any) -> bool:
    if isinstance(a, tuple):
        return isinstance(b, tuple) and len(a) == len(b) and all(map(_equal_plain, a, b))
    return a is b or (isinstance(a, str | int | float | None) and a == b)
