"""What the rows of a sheet come to before they are joined: numbers with their series, period and unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from core.files.building.columns import Codes
from core.files.building.heads import ValueColumn
from core.text import Text


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
    codes: Mapping[str, Codes]
    """What each row says: the codes of its labels by dimension, −1 for none."""
    own: tuple[Mapping[str, int], ...]
    """For each value column the codes that its header says in place of the rows, or the sheet for all of it."""
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
    rows_left_count: int = 0
    undated: int = 0
    aggregates: int = 0
    """Rows of the world and of groups that were not added to their parts."""
    rows: int = 0

    def leave(self, use: int, rows: NDArray[np.int64], reason: Text) -> None:
        """Note that rows were left out."""
        self.rows_left_count += len(rows)
        self.rows_left += [(use, row, reason) for row in rows[:100].tolist()]


def rows_of(piece: Piece, keep: NDArray[np.bool_]) -> Piece:
    """A piece, which has no odd cells yet, with some of its rows."""
    if keep.all():
        return piece
    return replace(
        piece,
        rows=piece.rows[keep],
        codes={name: each[keep] for name, each in piece.codes.items()},
        values=piece.values[:, keep],
        periods=piece.periods[keep] if piece.periods is not None else None,
        units=piece.units[keep] if piece.units is not None else None,
    )


def by_column(piece: Piece, periods: Sequence[Codes]) -> list[Piece]:
    """A piece for each value column, because rows have other periods in each: months down, years across."""
    return [
        replace(
            piece,
            heads=(head,),
            own=(piece.own[at],),
            values=piece.values[at : at + 1],
            periods=periods[at],
            period_of=(-1,),
            odd=tuple(replace(odd, column=0) for odd in piece.odd if odd.column == at),
        )
        for at, head in enumerate(piece.heads)
    ]
