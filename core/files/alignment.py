"""Which series of one table are those of another, and what brings their numbers to the same unit."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.errors import refuse
from core.table import DIMENSIONS, Codes, Floats, Label, Table
from core.text import Bilingual, Text, text
from core.units import Unit

Numbers = NDArray[np.int64]
_WORD, _HAN = re.compile(r"[^\W\d_]{4,}"), re.compile(r"[\u3400-\u9fff]")
"""Words that say something, in names of sectors: not "and", not the code."""
KINDS = {
    "year": text("years"),
    "quarter": text("quarters"),
    "month": text("months"),
    "date": text("days"),
    "none": text("no periods"),
}


@dataclass(frozen=True, eq=False, slots=True)
class Alignment:
    """A table against another one, `into`: labels are matched by their ids."""

    labels: dict[str, tuple[Label, ...]]
    """Those of `into`, and behind them those that only the other table has."""
    codes: dict[str, Codes]
    """The label codes of the other table's series in `labels`."""
    place: Numbers
    """For each series of the other table its position in `into`, or −1."""
    gone: Numbers
    """Positions of the series of `into` that the other table does not have."""
    factor: Floats
    """For each series of the other table: what brings its numbers to the unit of its series in `into`."""
    notes: tuple[Text, ...]


def align(into: Table, new: Table, restated: bool = False) -> Alignment:
    """Match the series of `new` with those of `into`.

    With `restated` the other table comes from the same file: where its numbers are those of `into` as they stand,
    the unit of `into` is taken for a correction that a person made, and nothing is converted. Raises UserError where
    the periods are of different kinds, or where a series has units between which nothing converts.
    """
    if into.periods.kind != new.periods.kind:
        raise refuse(
            "“{into}” has {kind} and “{new}” has {other}. Make a table of its own of it.",
            into=into.title,
            kind=KINDS[into.periods.kind],
            new=new.title,
            other=KINDS[new.periods.kind],
        )
    labels, codes = {}, {}
    mine = np.zeros(len(into.series), dtype=np.int64)
    theirs = np.zeros(len(new.series), dtype=np.int64)
    for dimension in DIMENSIONS:
        known = {label.id: at for at, label in enumerate(into.labels[dimension])}
        fresh = [label for label in new.labels[dimension] if label.id not in known]
        known |= {label.id: len(known) + at for at, label in enumerate(fresh)}
        code = np.array([-1, *(known[label.id] for label in new.labels[dimension])], dtype=np.int32)
        labels[dimension] = (*into.labels[dimension], *fresh)
        codes[dimension] = code[new.series.codes(dimension) + 1]
        mine = mine * (len(known) + 1) + into.series.codes(dimension) + 1
        theirs = theirs * (len(known) + 1) + codes[dimension] + 1
    place = _places(mine, theirs)
    gone = np.flatnonzero(~np.isin(mine, theirs))
    factor, notes = _factors(into, new, place, restated)
    if not restated:
        notes = (*_unlike(into, new), *notes)
    return Alignment(labels, codes, place, gone, factor, notes)


def _unlike(into: Table, new: Table) -> tuple[Text, ...]:
    """A doubt about codes: the first sector that both have, under names with no word in common."""
    theirs = {label.id: label for label in new.labels["sector"]}
    for label in into.labels["sector"]:
        other = theirs.get(label.id)
        if other is not None and label.id[-1].isdigit() and _share_nothing(label.name, other.name):
            return (
                text(
                    "“{label}” and “{other}” have the same code. Make sure that “{into}” and “{new}” are of one "
                    "classification.",
                    label=label.name,
                    other=other.name,
                    into=into.title,
                    new=new.title,
                ),
            )
    return ()


def _share_nothing(name: Bilingual, other: Bilingual) -> bool:
    """Whether two names say something in the same language, but nothing alike: no word, or no sign, of both."""
    pairs = [
        (set(_WORD.findall(name.en.casefold())), set(_WORD.findall(other.en.casefold()))),
        (set(_HAN.findall(name.zh)), set(_HAN.findall(other.zh))),
    ]
    spoken = [(mine, theirs) for mine, theirs in pairs if mine and theirs]
    return bool(spoken) and not any(mine & theirs for mine, theirs in spoken)


def _places(mine: Numbers, theirs: Numbers) -> Numbers:
    if not len(mine):
        return np.full(len(theirs), -1, dtype=np.int64)
    order = np.argsort(mine, kind="stable")
    at = order[np.minimum(np.searchsorted(mine, theirs, sorter=order), len(order) - 1)]
    return np.where(mine[at] == theirs, at, -1).astype(np.int64)


def _factors(into: Table, new: Table, place: Numbers, restated: bool) -> tuple[Floats, tuple[Text, ...]]:
    factor = np.ones(len(new.series))
    notes: list[Text] = []
    known = np.flatnonzero(place >= 0)
    pairs = np.stack([new.series.unit[known], into.series.unit[place[known]]], axis=1)
    for theirs, mine in np.unique(pairs, axis=0).tolist():
        unit, wanted = new.units[theirs], into.units[mine]
        if unit == wanted:
            continue
        of_pair = known[(pairs[:, 0] == theirs) & (pairs[:, 1] == mine)]
        converting = unit.factor_to(wanted)
        if restated and _as_they_stand(into, new, place, of_pair, converting):
            notes.append(text("The unit {unit} stays as it was stated in the table.", unit=_named(wanted)))
        elif converting is None:
            raise refuse(
                "“{series}” is in {unit} in “{into}” and in {other} in “{new}”. State the same unit first.",
                series=_series_name(new, int(of_pair[0])),
                unit=_named(wanted),
                into=into.title,
                other=_named(unit),
                new=new.title,
            )
        else:
            factor[of_pair] = converting
            notes.append(text("Converted from {unit} to {other}.", unit=_named(unit), other=_named(wanted)))
    return factor, tuple(notes)


def _as_they_stand(into: Table, new: Table, place: Numbers, series: Numbers, converting: float | None) -> bool:
    """Whether more numbers agree without converting than with it, and at least half of those that can be compared."""
    plain = converted = both = 0
    for at, period in enumerate(new.periods.values):
        mine = into.period(period)
        if mine < 0:
            continue
        theirs, own = new.column(at)[series], into.column(mine)[place[series]]
        there = ~(np.isnan(theirs) | np.isnan(own)) & (own != 0)
        both += int(there.sum())
        plain += int((theirs == own)[there].sum())
        if converting is not None:
            converted += int((np.abs(theirs * converting - own) <= 1e-12 * np.abs(own))[there].sum())
    return plain > converted and 2 * plain >= both


def _series_name(table: Table, series: int) -> tuple[Bilingual, ...]:
    found = (table.label(dimension, series) for dimension in DIMENSIONS)
    return tuple(label.name for label in found if label is not None)


def _named(unit: Unit) -> Text | Bilingual:
    return text("no stated unit") if unit == Unit() else unit.name
