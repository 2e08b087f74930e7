"""What the rows of a sheet come to before they are joined: numbers with their series, period and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from core.files.building.columns import Codes
from core.files.building.heads import ValueColumn
from core.text import Text


@dataclass(frozen=True, eq=False, slots=True)
class Group:
    """Different labels of rows, for columns that leave the same dimensions to the rows."""

    keys: NDArray[np.int64]
    first: NDArray[np.int64]
    """The first row of each key, among those of the piece."""
    of: NDArray[np.intp]
    """For each row its place in `keys`."""


@dataclass(frozen=True, eq=False, slots=True)
class Odd:
    """A cell that says more or less than a number."""

    row: int
    """Among the rows of the piece."""
    column: int
    """Among the value columns."""
    kind: str
    raw: str
    number: bool


@dataclass(frozen=True, eq=False, slots=True)
class Piece:
    """Numbers of one sheet: `values` is value columns × rows, NaN where there is none."""

    use: int
    rows: NDArray[np.int64]
    """The numbers of the rows in the sheet, from 0."""
    heads: tuple[ValueColumn, ...]
    groups: tuple[Group, ...]
    group_of: tuple[int, ...]
    """For each value column its place in `groups`."""
    keys: tuple[int, ...]
    """For each value column what it adds to the keys of its group."""
    values: NDArray[np.float64]
    periods: Codes | None
    """The period of each row; None where the columns say it."""
    period_of: tuple[int, ...]
    """The period of each value column; −1 where the rows say it."""
    units: Codes | None
    """What each row says of units, as places in `Rows.units`."""
    odd: tuple[Odd, ...]


@dataclass(slots=True)
class Tally:
    """What became of everything that is no number of the table."""

    missing: Counter[str] = field(default_factory=Counter)
    rows_left: list[tuple[int, int, Text]] = field(default_factory=list)
    """Use, row from 0, and reason; the first hundred of each reason and sheet."""
    undated: int = 0
    aggregates: int = 0
    """Rows of the world and of groups that were not added to their parts."""
    rows: int = 0

    def leave(self, use: int, rows: NDArray[np.int64], reason: Text) -> None:
        """Note that rows were left out."""
        self.rows_left += [(use, row, reason) for row in rows[:100].tolist()]


def by_column(piece: Piece, periods: Sequence[Codes]) -> list[Piece]:
    """A piece for each value column, because rows have other periods in each: months down, years across."""
    return [
        replace(
            piece,
            heads=(head,),
            group_of=(piece.group_of[at],),
            keys=(piece.keys[at],),
            values=piece.values[at : at + 1],
            periods=periods[at],
            period_of=(-1,),
            odd=tuple(replace(odd, column=0) for odd in piece.odd if odd.column == at),
        )
        for at, head in enumerate(piece.heads)
    ]
