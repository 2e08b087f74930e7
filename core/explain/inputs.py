"""The inputs of one value: those that are one number each, and those that are many, such as all sectors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.composite import weights
from core.conversion import is_amount
from core.explain.behind import series_behind
from core.explain.beside import as_operand, components, margins, outlook, single, threshold, tied
from core.explain.cells import Made, made_of
from core.explain.explanation import Cell, Operand, Term, Terms, Wanted
from core.explain.words import quantity, total, world
from core.indices import indices
from core.indices.registry import Index, Input
from core.measures import summable
from core.options import value as value_of
from core.project import Project
from core.status import Status, Statuses
from core.structure import DERIVED, NOWHERE, is_whole
from core.table import Floats, Label
from core.table_results import TableResults
from core.text import Bilingual, Text, text
from core.units import Unit

MOST_TERMS = 15
"""Rows of a table of terms; the others are said as one."""
_MOST_PLACES = 100_000
"""Numbers beyond which an input is no longer listed: nobody could judge what it adds to."""
Places = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Rows and columns of the numbers of an input that a value rests on; both are of the same length."""


@dataclass(frozen=True, eq=False, slots=True)
class Read:
    """An input with its numbers as the index receives them, and those places that this value rests on."""

    input: Input
    values: Floats
    statuses: Statuses
    places: Places
    year: int
    symbol: str

    @property
    def one(self) -> bool:
        """Whether it enters as a single number."""
        return len(self.places[0]) == 1


class Inputs:
    """What the value of an index in one place and year was made from."""

    def __init__(self, project: Project, found: TableResults, wanted: Wanted, place: tuple[int, int]) -> None:
        """`place` is a row and column of the results of the index."""
        self.project, self.found, self.wanted, self.year = project, found, wanted, wanted.year
        self.index: Index = found.index(wanted.key[0])
        self.structure, self.scopes = found.structure, found.scopes
        self.row, self.column = place
        self.read = tuple(self._reads())

    def of(self, wanted: Wanted) -> Inputs:
        """Those of another index in the same table."""
        place = self.found.position(wanted.key[0], wanted.key)
        assert place is not None
        return Inputs(self.project, self.found, wanted, place)

    @cached_property
    def operands(self) -> tuple[Operand, ...]:
        """The inputs that are one number."""
        of_all = (as_operand(each) for read in self.read for each in margins(self, read) if single(each))
        found = (self._operand(each) for each in self.read if each.one)
        return (*found, *of_all, *threshold(self), *outlook(self), *self._span(), *self._weights())

    @cached_property
    def terms(self) -> tuple[Terms, ...]:
        """Tables of the inputs that are many numbers, one for each kind of rows."""
        groups: dict[tuple[Label, ...], list[Read]] = {}
        for each in (*self.read, *self._tied()):
            if 1 < len(each.places[0]) <= _MOST_PLACES:
                groups.setdefault(tuple(self._term_labels(each)), []).append(each)
        return (*(self._terms(labels, group) for labels, group in groups.items()), *components(self))

    def _tied(self) -> Iterator[Read]:
        """Results that the value goes with, as if they were inputs."""
        for symbol, each, values in tied(self):
            fine = np.zeros(values.shape, dtype=np.uint8)
            at = self.column if indices()[each.what].dimensions == ("sector", "sector") else 0
            places = _grid(np.array([at], dtype=np.int64), np.arange(values.shape[1], dtype=np.int64))
            yield Read(each, values, fine, places, self.year, symbol)

    def _reads(self) -> Iterator[Read]:
        numbers = self.found.inputs(self.index.id, self.year)
        for each in self.index.inputs:
            values, statuses = numbers[each.parameter]
            for places in self._places(each, values.shape):
                symbol = self.index.entry.symbols.get(each.parameter, "")
                statuses = np.broadcast_to(statuses, values.shape)
                yield Read(each, values, statuses, places, self.when(each.when), symbol)

    def when(self, when: str) -> int:
        """The year that an input is of."""
        return self.found.when(self.year, when)

    def _places(self, each: Input, shape: tuple[int, ...]) -> Iterator[Places]:
        """The places that the value rests on; two lists of them where it compares two economies or two sectors."""
        rows, columns = np.arange(shape[0], dtype=np.int64), np.arange(shape[1], dtype=np.int64)
        if not self.index.mixes_economies:
            columns = (
                columns if each.part == "parts" or not self.index.has_sectors else columns[_at(columns, self.column)]
            )
            yield _grid(rows[_at(rows, self.row)], columns)
            return
        if each.whose in {"flow", "market"}:
            own = self.structure.economies[self.row]
            yield _grid(np.flatnonzero(self.structure.sender[self.structure.pairs] == own), columns)
            return
        kinds = self._kinds(each)
        seen: list[tuple[int, ...]] = []
        for bound in self._bound():
            own = tuple(bound.get(kind, -1) if size > 1 else 0 for kind, size in zip(kinds, shape, strict=True))
            if own not in seen:
                seen.append(own)
                yield _grid(
                    *(axis if at < 0 else axis[at : at + 1] for axis, at in zip((rows, columns), own, strict=True))
                )

    def _kinds(self, each: Input) -> tuple[str, str]:
        """What stands along the sides of an input where all economies are looked at together."""
        if not each.is_index:
            return "economy", "" if each.part == "total" or is_whole(each.what) else "sector"
        kinds = indices()[each.what].dimensions
        return "economy" if "economy" in kinds else "", "sector" if "sector" in kinds else ""

    def _bound(self) -> Iterator[dict[str, int]]:
        """The economy and the sector of the result, or one after the other where it compares two of a kind.

        Under a sum it is all sectors of the economy that count, not the one of the result.
        """
        dimensions = self.index.dimensions
        if dimensions == ("economy", "economy"):
            yield from ({"economy": at} for at in divmod(self.row, len(self.structure.economies)))
        elif dimensions == ("sector", "sector"):
            yield from ({"sector": at} for at in (self.row, self.column))
        else:
            whole = "Σ" in self.index.entry.formula
            bound = {"economy": self.row} if "economy" in dimensions else {}
            yield bound | ({"sector": self.column} if dimensions[-1] == "sector" and not (bound and whole) else {})

    def _operand(self, read: Read) -> Operand:
        each, row, column = read.input, int(read.places[0][0]), int(read.places[1][0])
        symbol, words = read.symbol, self.words(each, row, column, read.values.shape, read.year)
        value, status = _number(read.values, row, column), Status(int(_number(read.statuses, row, column)))
        if each.is_index:
            return Operand(
                each.parameter, symbol, words, value, status, None, None, index=self.wanted_of(read, row, column)
            )
        made = self.made(each, row, column, read.year)
        unit = self.unit(each, made)
        return Operand(
            each.parameter, symbol, words, value, status, unit, self._how(each, made), made.parts, made.count, made.rest
        )

    def _how(self, each: Input, made: Made) -> Text | None:
        """How an input is made where that is not one series as it stands."""
        if each.what in DERIVED and each.what not in self.structure.cells:
            over, under = map(self.structure.name, DERIVED[each.what])
            return text("{over} over {under}", over=over, under=under)
        return text("sum of {count} series", count=f"{made.count:,}") if made.count > 1 else None

    def _span(self) -> Iterator[Operand]:
        """The number of years between, where the index asks for it."""
        if "span" in self.index.special:
            symbol = self.index.entry.symbols.get("span", "")
            when = next((each.when for each in self.index.inputs if each.when), "")
            years = float(self.year - self.when(when))
            yield Operand("span", symbol, text("number of years between the two years"), years, Status.OK, None, None)

    def _weights(self) -> Iterator[Operand]:
        """What each of the chosen indices weighs, where the index is made of such."""
        if "chosen" in self.index.special:
            chosen = {each.input.parameter: each.values for each in self.read}
            found = weights(chosen, value_of(self.project.analysis.options, "composite"))
            for each in self.read:
                weight = found[each.input.parameter][self.column]
                words = text("weight of {index}", index=indices()[each.input.what].entry.symbol)
                yield Operand("", "w", words, float(weight), Status.OK, None, None)

    def made(self, each: Input, row: int, column: int, year: int) -> Made:
        """The series behind one number of an input."""
        if each.is_index:
            return Made()
        found = series_behind(self.scopes, self.index, each, row, column)
        return made_of(self.project, self.structure, found, year)

    def unit(self, each: Input, made: Made) -> Unit | None:
        """The unit of an input: the common one for money, else that of its series."""
        if is_amount(each.what):
            return self.found.unit
        units = dict.fromkeys(part.unit for part in made.parts)
        return next(iter(units)) if len(units) == 1 else None

    def words(self, each: Input, row: int, column: int, shape: tuple[int, ...], year: int) -> Text:
        """One number of an input in words."""
        reporter, partner = self._economies(each, row, shape)
        sector = self._sector(each, column, shape)
        economy: Bilingual | Text = reporter.name
        if each.whose in {"world", "global"}:
            aside = self.structure.settings.world == "excluding" and "world" not in self.index.fixed
            economy = world(reporter.name if aside and each.whose == "world" else None)
        name: Bilingual | Text | str = (
            indices()[each.what].entry.symbol if each.is_index else self.structure.name(each.what)
        )
        if each.part == "total" and not is_whole(each.what) and isinstance(name, Bilingual):
            name = total(name)
        return quantity(each.what, name, economy, partner.name, sector.name, year)

    def _economies(self, each: Input, row: int, shape: tuple[int, ...]) -> tuple[Label, Label]:
        """Whose number stands in a row of an input, and the partner towards whom it is."""
        of = self.structure
        if self.index.mixes_economies:
            if each.whose in {"flow", "market"}:
                reporter, partner = of.rows[int(of.pairs[row])]
                return (reporter, partner) if each.whose == "flow" else (partner, NOWHERE)
            alone = self._kinds(each)[0] == "economy" and shape[0] > 1
            return (of.everybody[int(of.economies[row])] if alone else NOWHERE), NOWHERE
        reporter, partner = of.rows[self.row if shape[0] == 1 else row]
        if each.whose == "partner":
            return partner, NOWHERE
        alone = each.whose in {"reporter", "global"} or (not each.is_index and is_whole(each.what))
        return reporter, NOWHERE if alone else partner

    def _sector(self, each: Input, column: int, shape: tuple[int, ...]) -> Label:
        of = self.structure
        if each.part == "total" or (not each.is_index and is_whole(each.what)):
            return NOWHERE
        if each.is_index and not indices()[each.what].has_sectors:
            return NOWHERE
        if each.part == "parts" or self.index.mixes_economies:
            return of.sectors[int(self.scopes.columns(self.index)[column])]
        return of.sectors[column] if shape[1] == len(of.sectors) else NOWHERE

    def wanted_of(self, read: Read, row: int, column: int) -> Wanted | None:
        """The value of another index that an input is."""
        each = read.input
        if read.year not in self.found.years:
            return None
        below = indices()[each.what]
        axes = self.found.axes_of(each.what)
        at = int(self.scopes.columns(self.index)[column]) if each.part == "parts" else column
        reporter, partner = axes.rows[row if len(axes.rows) > 1 else 0]
        sector = axes.sectors[at if len(axes.sectors) > 1 else 0]
        component = (below.components or ("",))[0]
        key = each.what, component, self.found.table, reporter.id, partner.id, sector.id
        return Wanted(key, read.year, self.wanted.settings)

    def _term_labels(self, read: Read) -> Iterator[Label]:
        """What tells the many numbers of an input apart: sectors, economies, or both."""
        rows, columns = read.places
        across, down = len(set(columns.tolist())) > 1, len(set(rows.tolist())) > 1
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            economy, partner = self._economies(read.input, row, read.values.shape)
            sector = self._sector(read.input, column, read.values.shape)
            other = partner if partner is not NOWHERE and read.input.whose == "flow" else economy
            parts = [label for label, wanted in ((other, down), (sector, across)) if wanted]
            yield parts[0] if len(parts) == 1 else _joined(parts)

    def _terms(self, labels: Sequence[Label], group: Sequence[Read]) -> Terms:
        more = [each for read in group for each in margins(self, read) if not single(each)]
        beside = {each.symbol for each in more}
        numbers = np.stack([*(each.values[each.places] for each in group), *(each.values for each in more)], axis=1)
        weight = np.where(np.isnan(numbers).any(axis=1), np.inf, np.abs(numbers[:, 0]))
        order = np.argsort(-weight, kind="stable")
        listed = order if len(order) <= MOST_TERMS else order[: MOST_TERMS - 1]
        added_up = np.array(
            [not each.input.is_index and summable(each.input.what) for each in group] + [False] * len(more)
        )
        totals = np.where(added_up, numbers, np.nan)
        rest = totals[order[len(listed) :]]
        made = [self._first(each, int(at)) for each in group for at in listed[:1]]
        units = {self.unit(each.input, one) for each, one in zip(group, made, strict=True)}
        return Terms(
            (*("" if each.symbol in beside else each.symbol for each in group), *(each.symbol for each in more)),
            (*(self._heading(each) for each in group), *(each.words for each in more)),
            units.pop() if len(units) == 1 else None,
            tuple(
                Term(
                    labels[at].name,
                    tuple(map(float, numbers[at])),
                    (*(self._behind(each, at) for each in group), *(None for _ in more)),
                )
                for at in listed.tolist()
            ),
            len(order),
            tuple(map(float, rest.sum(axis=0))) if len(rest) else (),
            tuple(map(float, totals.sum(axis=0))) if added_up.any() else (),
        )

    def _heading(self, read: Read) -> Text:
        """What all numbers of a column have in common."""
        row, column = int(read.places[0][0]), int(read.places[1][0])
        said = dict(self.words(read.input, row, column, read.values.shape, read.year).values)
        pairs = {self._economies(read.input, each, read.values.shape) for each in set(read.places[0].tolist())}
        economy = said["economy"] if len({each for each, _ in pairs}) == 1 else text("each economy")
        partner = said["partner"] if len({each for _, each in pairs}) == 1 else text("each partner")
        sector = self._sector(read.input, column, read.values.shape).name
        sector = sector if len(set(read.places[1].tolist())) == 1 else Bilingual()
        return quantity(read.input.what, said["measure"], economy, partner, sector, read.year)

    def _first(self, read: Read, at: int) -> Made:
        return self.made(read.input, int(read.places[0][at]), int(read.places[1][at]), read.year)

    def _behind(self, read: Read, at: int) -> Cell | Wanted | None:
        """What a term leads to: its cell, where it is one, or the value of another index."""
        if read.input.is_index:
            row, column = int(read.places[0][at]), int(read.places[1][at])
            of_itself = indices()[read.input.what].dimensions == ("sector", "sector") and row == column
            return None if of_itself else self.wanted_of(read, row, column)
        made = self._first(read, at)
        cells = [cell for part in made.parts for cell in part.cells]
        return cells[0] if len(cells) == 1 and made.count == 1 else None


def _grid(rows: NDArray[np.int64], columns: NDArray[np.int64]) -> Places:
    return np.repeat(rows, len(columns)), np.tile(columns, len(rows))


def _at(axis: NDArray[np.int64], wanted: int) -> slice:
    """The place wanted, or the only one where the axis has the length 1."""
    at = wanted if len(axis) > 1 else 0
    return slice(at, at + 1)


def _number(array: NDArray[np.generic], row: int, column: int) -> float:
    return float(array[row, column])


def _joined(labels: Iterable[Label]) -> Label:
    parts = list(labels)
    names = (" · ".join(each.name.show(language) for each in parts) for language in ("en", "zh"))
    return Label("|".join(each.id for each in parts), Bilingual(*names))
