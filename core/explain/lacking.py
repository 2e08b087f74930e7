"""Why there is no value: which input, which cell, and what can be done about it."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from core.explain.cells import Made
from core.explain.explanation import Cell, Lack
from core.explain.inputs import Inputs, Read
from core.explain.words import quantity
from core.options import value as value_of
from core.project import Project
from core.status import UNDEFINED, Status, status_text
from core.structure import inline, measure_name
from core.text import Bilingual, Text, text

MOST_LACKS = 8
"""Missing numbers that are named; whoever fills them sees the next ones."""


def lacks(inputs: Inputs) -> tuple[Lack, ...]:
    """The inputs that are missing, each with the cell to fill where there is one.

    Where all economies are computed together, a number of any of them may be what is missing.
    """
    found: dict[object, Lack] = {}
    for everywhere in (False, True) if inputs.index.mixes_economies else (False,):
        for read in inputs.read:
            for lack in _of_read(inputs, read, everywhere=everywhere):
                found.setdefault(
                    (lack.cell.table, lack.cell.key, lack.cell.period) if lack.cell else str(lack.reason), lack
                )
                if len(found) == MOST_LACKS:
                    return tuple(found.values())
        if found:
            break
    return tuple(found.values())


def _of_read(inputs: Inputs, read: Read, *, everywhere: bool) -> Iterator[Lack]:
    missing = read.statuses >= UNDEFINED
    rows, columns = np.nonzero(missing) if everywhere else read.places
    bad = np.flatnonzero(missing[rows, columns])[:MOST_LACKS]
    for row, column in zip(rows[bad].tolist(), columns[bad].tolist(), strict=True):
        status = Status(int(read.statuses[row, column]))
        words = inputs.words(read.input, row, column, read.values.shape, read.year)
        if read.input.is_index:
            wanted = inputs.wanted_of(read, row, column)
            below = lacks(inputs.of(wanted)) if wanted is not None else ()
            yield from below or (Lack(text("{input}: {reason}", input=words, reason=status_text(status))),)
        else:
            yield from _of_parts(inputs, words, status, inputs.made(read.input, row, column, read.year))


def _of_parts(inputs: Inputs, words: Text, status: Status, made: Made) -> Iterator[Lack]:
    """What is missing of one number: series, years or cells."""
    if not made.parts:
        yield Lack(text("{input}: no table has such a series", input=words))
        return
    empty = [part for part in made.parts if math.isnan(part.value)]
    for part in empty:
        if not part.cells:
            yield Lack(text("{input}: the table has no such year", input=words))
        for cell in part.cells:
            if math.isnan(cell.value):
                yield Lack(_empty(inputs.project, cell), cell)
            elif status == Status.UNIT_MISMATCH:
                yield Lack(_unit(inputs, words, cell), cell)
    if not empty:
        yield Lack(text("{input}: {reason}", input=words, reason=status_text(status)))


def _empty(project: Project, cell: Cell) -> Text:
    """The series and period of an empty cell, and what the file says there instead of a number."""
    labels = [project.label(*pair) for pair in zip(("reporter", "partner", "sector"), cell.key[:3], strict=True)]
    economy, partner, sector = (label.name if label is not None else Bilingual() for label in labels)
    measure = inline(measure_name(project.table(cell.table), cell.key[3]))
    words = quantity(cell.key[3], measure, economy, partner, sector, cell.name)
    if cell.mark is not None and cell.mark.raw:
        return text(
            "“{table}” has no number for {input}: it says “{raw}”", input=words, table=cell.title, raw=cell.mark.raw
        )
    return text("“{table}” lacks {input}", input=words, table=cell.title)


def _unit(inputs: Inputs, words: Text, cell: Cell) -> Text:
    return text(
        "{input} is in {unit}, which cannot be turned into {common}",
        input=words,
        unit=cell.unit.name,
        common=inputs.found.unit.name,
    )


def advice(status: Status, inputs: Inputs) -> Text | None:
    """What a person can do so that there is a value."""
    asked = value_of(inputs.project.analysis.options, "missing")
    if status == Status.MISSING and "missing" in inputs.index.options and asked != "zero":
        return text("Fill in the cell on the Data tab, or let missing figures count as zero in the settings.")
    if status == Status.NO_EARLIER_YEAR and any(each.when == "base" for each in inputs.index.inputs):
        return text("It begins after the base year: look at a later year, or choose an earlier base year.")
    return _ADVICE.get(status)


_ADVICE = {
    Status.MISSING: text("Fill in the cell on the Data tab."),
    Status.NO_EARLIER_YEAR: text("Add the earlier year on the Data tab, or compare with a base year in the settings."),
    Status.UNIT_MISMATCH: text("Give the series one currency on the Data tab."),
    Status.INCOMPLETE_YEAR: text("Fill in the months or quarters that are missing on the Data tab."),
    Status.NO_YEAR_VALUE: text("Choose on the Data tab how years are made, or import figures of years."),
    Status.NO_TRADE: text("Nothing is traded here; that is no mistake unless a cell should not be zero."),
    Status.ZERO_BASE: text("The number that is divided by is zero or negative; check whether its cells should be."),
    Status.LOG_OF_ZERO: text("A logarithm needs numbers above zero; check whether the cells should be zero."),
    Status.UNCONNECTED: text("It shares no sector with the other economies, so that there is nothing to compare."),
    Status.TOO_FEW: text("Add economies or sectors on the Data tab."),
}
