"""The unit of each series, and what brings numbers in another scale to it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.files.building.joining import Series
from core.files.building.pieces import Piece
from core.files.building.rows import Rows
from core.files.cells import address
from core.files.mapping import SheetMapping
from core.measures import measures
from core.table import Label
from core.text import Bilingual, Text, text
from core.units import Unit

_RATE = re.compile(
    r"\b(growth|rate|rates|share|ratio|index|per cent|percent|change)\b|%|增长|同比|环比|比重|占比|份额|指数|比率|率$",
    re.IGNORECASE,
)
Ids = NDArray[np.int64]


class Units:
    """Settles the unit of each series; raises UserError where one has two between which nothing converts."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        series: Series,
        rows: Mapping[int, Rows],
        labels: Sequence[Label],
        stated: Unit | None = None,
    ) -> None:
        """`rows` are the readers of the sheets by use, `labels` those of the measures. `stated` is said of all."""
        self.pieces, self.series, self.rows, self.labels = pieces, series, rows, labels
        self.measure = series.codes("measure")
        self.found: list[Unit] = []
        self._ids: dict[Unit, int] = {}
        self.notes: list[Text] = []
        self.of = np.full(len(series.keys), -1, dtype=np.int64)
        self._silent: dict[int, list[Ids]] = {}
        """Series with numbers whose unit a use does not state."""
        self.factors: dict[tuple[int, int], NDArray[np.float64]] = {}
        rates = np.array([is_rate(label) for label in labels], dtype=np.bool_)
        self._rate = rates[self.measure] if len(rates) else np.zeros(len(self.of), dtype=np.bool_)
        for use in sorted({piece.use for piece in pieces}):
            self._settle([n for n, piece in enumerate(pieces) if piece.use == use], rows[use].mapping)
        self._tell_assumed()
        if not pieces:
            mapping = rows[0].mapping
            ids = [self._id(stated or default_unit(label, mapping)) for label in labels]
            self.of = np.array(ids, dtype=np.int64)[self.measure]

    def _id(self, unit: Unit) -> int:
        at = self._ids.setdefault(unit, len(self._ids))
        if at == len(self.found):
            self.found.append(unit)
        return at

    def _settle(self, numbers: Sequence[int], mapping: SheetMapping) -> None:
        own = np.full(len(self.of), -1, dtype=np.int64)
        said: dict[tuple[int, int], tuple[Ids, Ids]] = {}
        for n in numbers:
            for column in range(len(self.pieces[n].heads)):
                where = self.series.of(self.pieces[n], column)
                ids = self._said(n, column, where, mapping)
                said[n, column] = where, ids
                stated = np.flatnonzero((ids >= 0) & (own[where] < 0))[::-1]
                own[where[stated]] = ids[stated]
        there = np.zeros(len(self.of), dtype=np.bool_)
        for where, _ in said.values():
            there[where] = True
        bare = there & (own < 0)
        for measure in np.unique(self.measure[bare]).tolist():
            own[bare & (self.measure == measure)] = self._id(default_unit(self.labels[measure], mapping))
        unstated = self._ids.get(Unit(), -1)
        take = there & ((self.of < 0) | (self.of == unstated))
        self.of[take] = own[take]
        for (n, column), (where, ids) in said.items():
            stated_or_own = np.where(ids >= 0, ids, own[where])
            silent = where[(stated_or_own == unstated) & ~np.isnan(self.pieces[n].values[column])]
            if len(silent):
                self._silent.setdefault(self.pieces[n].use, []).append(np.unique(silent))
            self._convert(n, column, where, stated_or_own, unstated)

    def _tell_assumed(self) -> None:
        """Which sheets say no unit of numbers that stand in a series with a unit of another sheet."""
        unstated = self._ids.get(Unit(), -1)
        sheets: dict[int, dict[str, None]] = {}
        for use, silent in self._silent.items():
            for taken in np.unique(self.of[np.concatenate(silent)]).tolist():
                if taken != unstated:
                    sheets.setdefault(taken, {})[self.rows[use].sheet.name] = None
        self.notes += [
            text(
                "The unit is not stated in {sheets}. Its numbers are taken to be in {unit}, as those beside them are.",
                sheets=tuple(names),
                unit=self.found[taken].name,
            )
            for taken, names in sheets.items()
        ]

    def _said(self, n: int, column: int, where: Ids, mapping: SheetMapping) -> Ids:
        """The unit that each row of a column states, −1 for none."""
        piece = self.pieces[n]
        head = piece.heads[column]
        base = self._id(head.unit) if head.unit is not None else -1
        if piece.units is None or str(head.at) in mapping.units:
            return np.full(len(where), base, dtype=np.int64)
        table = []
        for unit, factor in self.rows[piece.use].units:
            said = unit or head.unit
            if factor != 1.0:
                said = said or mapping.unit
                said = Unit(said.base, said.scale * factor)
            table.append(-1 if said is None else self._id(said))
        ids = np.array(table, dtype=np.int64)[piece.units]
        amount = np.array([*(each.base != "%" for each in self.found), False], dtype=np.bool_)  # −1 is the last one
        ids[self._rate[where] & amount[ids]] = base
        return ids

    def _convert(self, n: int, column: int, where: Ids, ids: Ids, unstated: int) -> None:
        wanted = self.of[where]
        other = (ids != wanted) & (ids != unstated) & (wanted != unstated)
        if not other.any():
            return
        factors = np.ones(len(where))
        for mine, theirs in np.unique(np.stack([ids[other], wanted[other]]), axis=1).T.tolist():
            factor = self.found[mine].factor_to(self.found[theirs])
            rows = other & (ids == mine) & (wanted == theirs)
            if factor is None:
                raise self._two_units(n, column, int(np.flatnonzero(rows)[0]), mine, theirs)
            factors[rows] = factor
            note = text(
                "Numbers in {unit} were converted to {other}.",
                unit=self.found[mine].name,
                other=self.found[theirs].name,
            )
            if note not in self.notes:
                self.notes.append(note)
        self.factors[n, column] = factors

    def _two_units(self, n: int, column: int, row: int, mine: int, theirs: int) -> Exception:
        piece = self.pieces[n]
        series = int(self.series.of(piece, column)[row])
        first = next(
            (each, at, int(rows[0]))
            for each in self.pieces
            for at in range(len(each.heads))
            if len(rows := np.flatnonzero(self.series.of(each, at) == series))
        )
        return refuse(
            "{series} has two units: {first} at {a} and {second} at {b}. Convert one of them in the file.",
            series=self.named(series),
            first=self.found[theirs].name,
            a=address(int(first[0].rows[first[2]]), first[0].heads[first[1]].at),
            second=self.found[mine].name,
            b=address(int(piece.rows[row]), piece.heads[column].at),
        )

    def named(self, series: int) -> tuple[Bilingual, ...]:
        """What people call a series."""
        coder = self.rows[int(self.series.first_use[series])].coder
        return coder.named(self.series.labels_of(series))


def default_unit(label: Label, mapping: SheetMapping) -> Unit:
    """The unit of the sheet as far as it can be one of this measure."""
    known = measures().get(label.id)
    if known is not None and known.unit == "percent":
        return Unit("%")
    if known is not None and known.unit == "any" and mapping.unit.is_money:
        return Unit()
    return Unit() if is_rate(label) and not mapping.unit.base.startswith(("%", "index")) else mapping.unit


def is_rate(label: Label) -> bool:
    """Whether a measure is no amount, so that units of amounts beside it are not its own."""
    known = measures().get(label.id)
    if known is not None:
        return known.unit == "percent"
    return bool(_RATE.search(label.name.en) or _RATE.search(label.name.zh))
