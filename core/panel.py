"""A table seen as labelled arrays: economies × sectors in one year, with world and totals already resolved."""

from __future__ import annotations

import numpy as np

from core.annual import fitting, rule_of, values_of_year
from core.indices.registry import Index, Input
from core.measures import summable
from core.project import Project
from core.scopes import Scopes, any_of, total_of
from core.status import Status, Statuses
from core.structure import (
    DERIVED,
    NOWHERE,
    Axes,
    Mask,
    Structure,
    inline,
    is_whole,
    measure_name,
    structure_identity,
)
from core.table import Floats

__all__ = [
    "NOWHERE",
    "Axes",
    "Mask",
    "Panel",
    "Statuses",
    "Structure",
    "inline",
    "measure_name",
    "structure_identity",
]
_REASONS = (Status.UNIT_MISMATCH, Status.INCOMPLETE_YEAR, Status.NO_YEAR_VALUE)


class Panel:
    """The numbers of one year under a `Structure`."""

    def __init__(self, scopes: Scopes, project: Project, year: int) -> None:
        """Reads numbers lazily; a year that a table lacks gives no values at all."""
        self.scopes, self.structure = scopes, scopes.structure
        self.project = project
        self.year = year
        self._read: dict[str, tuple[Floats, Statuses | None]] = {}
        self._inputs: dict[tuple[str, ...], tuple[Floats, Statuses]] = {}

    def input(self, index: Index, each: Input) -> tuple[Floats, Statuses]:
        """Values and statuses of an input of an index, broadcastable over its results. NaN with a status if missing."""
        parts = self.scopes.columns(index).tobytes().hex() if each.part == "parts" or index.mixes_economies else ""
        fixed = str("world" in index.fixed) if each.whose == "world" else ""
        key = (each.what, each.whose, each.part, parts, fixed, str(index.mixes_economies))
        if key not in self._inputs:
            if each.what in self.structure.cells or each.what not in DERIVED:
                self._inputs[key] = self._input(index, each)
            else:
                over, under = (
                    Input(each.parameter, name, each.when, each.whose, each.part) for name in DERIVED[each.what]
                )
                (a, a_said), (b, b_said) = self._input(index, over), self._input(index, under)
                with np.errstate(all="ignore"):
                    ratio = np.where(b > 0, a / b, np.nan)
                said = np.maximum(a_said, b_said)
                self._inputs[key] = ratio, np.where(np.isnan(ratio), np.maximum(said, Status.MISSING), said)
        return self._inputs[key]

    def _input(self, index: Index, each: Input) -> tuple[Floats, Statuses]:
        source = self.structure.sources(each.what)[0]
        values, reasons = self._all(source)
        resolve = self.scopes.resolve
        found: Floats = resolve(index, each, values, total_of)
        missing = np.isnan(found)
        statuses = missing.view(np.uint8) * np.uint8(Status.MISSING)
        if reasons is not None:
            for why in _REASONS:
                if (reasons == why).any():
                    flags = resolve(index, each, reasons == why, any_of)
                    statuses[missing & flags] = why
        return found, statuses

    def _all(self, measure: str) -> tuple[Floats, Statuses | None]:
        """The numbers of a measure over all rows and columns; its statuses where one is more than missing."""
        if measure not in self._read:
            self._read[measure] = self._numbers(measure)
        return self._read[measure]

    def _numbers(self, measure: str) -> tuple[Floats, Statuses | None]:
        of = self.structure
        cells = of.cells[measure]
        table = self.project.table(of.owner[measure])
        if table is None:
            return np.full(of.shape, np.nan), None
        rule = rule_of(self.project, table)
        fits = fitting(table, rule, of.own[measure], measure)
        read, why = values_of_year(table, rule, self.year, cells.grid[0] if cells.grid else cells.series, fits)
        if not cells.is_plain:
            mismatch = np.isinf(cells.factor)
            read = np.where(mismatch, np.nan, read * np.where(mismatch, 1.0, cells.factor))
        statuses: Statuses | None = None
        if why != Status.MISSING or cells.mismatched:
            statuses = np.full(of.shape, Status.MISSING, dtype=np.uint8)
            statuses[cells.row, cells.column] = np.where(np.isinf(cells.factor), Status.UNIT_MISMATCH, why)
        values = self._placed(measure, read)
        if of.settings.missing == "zero" and summable(measure) and not is_whole(measure):
            values = values if values.flags.writeable else values.copy()
            self._count_as_zero(measure, values, statuses)
        return values, statuses

    def _placed(self, measure: str, read: Floats) -> Floats:
        """Numbers in their rows and columns; without a copy where the table has them in that order already."""
        of, cells = self.structure, self.structure.cells[measure]
        if cells.grid and read.ndim and len(read) == of.shape[0] * of.shape[1]:
            return read.reshape(of.shape)
        values = np.full(of.shape, np.nan)
        if cells.grid and read.ndim:
            _, rows, columns = cells.grid
            values[rows, columns] = read.reshape(rows.stop - rows.start, -1)
        else:
            values[cells.row, cells.column] = read
        return values

    def _count_as_zero(self, measure: str, values: Floats, statuses: Statuses | None) -> None:
        """Fill what is missing in rows that have numbers of some parts in this year; totals and other reasons stay.

        A total or a group alone says that there was trade.
        """
        columns = self.scopes.zero_columns(measure)
        rows = np.flatnonzero(~np.isnan(values[: len(self.structure.rows), columns]).all(axis=1))
        where = np.ix_(rows, columns)
        block = values[where]
        empty = np.isnan(block)
        if statuses is not None:
            empty &= statuses[where] == Status.MISSING
        block[empty] = 0.0
        values[where] = block
