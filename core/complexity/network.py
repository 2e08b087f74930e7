"""Who is specialised in what, and which part of that network hangs together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.status import Marked, Status
from core.table import Floats

Mask = NDArray[np.bool_]

FEWEST_ECONOMIES, FEWEST_SECTORS = 3, 2

_NOISE = 1e-12
"""An advantage of exactly the threshold must not depend on the order in which sums were formed."""


@dataclass(frozen=True, eq=False, slots=True)
class Network:
    """The connected part of a presence matrix.

    `rows` and `columns` say which economies and sectors of the full matrix are in it; `matrix` is n × p with 0
    and 1, `diversity` (n) and `ubiquity` (p) are its margins, none of them 0.
    """

    rows: Mask
    columns: Mask
    matrix: Floats
    diversity: Floats
    ubiquity: Floats

    @property
    def is_small(self) -> bool:
        """Whether there are fewer than three economies or two sectors: too few to say how complex they are."""
        economies, sectors = self.matrix.shape
        return bool(economies < FEWEST_ECONOMIES or sectors < FEWEST_SECTORS)

    def inside(self, values: Floats) -> Floats:
        """The n × p values of the network from those of all economies and sectors (N × P)."""
        return values if self.rows.all() and self.columns.all() else values[np.ix_(self.rows, self.columns)]

    def per_economy(self, values: Floats | None) -> Marked:
        """N × 1 from n values; too few where the network is small, and where there are none."""
        return self._placed(self.rows[:, None], values)

    def per_sector(self, values: Floats | None) -> Marked:
        """1 × P from p values; too few as for economies."""
        return self._placed(self.columns[None, :], values)

    def per_pair(self, values: Floats | None) -> Marked:
        """N × P from n × p values; too few as for economies."""
        return self._placed(np.logical_and.outer(self.rows, self.columns), values)

    def per_sectors(self, values: Floats) -> Marked:
        """P × P from p × p values; too few as for economies."""
        return self._placed(np.logical_and.outer(self.columns, self.columns), values)

    def _placed(self, kept: Mask, values: Floats | None) -> Marked:
        if values is not None and not self.is_small and values.size == kept.size:
            return Marked(values.reshape(kept.shape), np.zeros(kept.shape, np.uint8))
        placed = np.full(kept.shape, np.nan)
        statuses = np.where(kept, np.uint8(0), np.uint8(Status.UNCONNECTED))
        if values is None or self.is_small:
            statuses[kept] = Status.TOO_FEW
        else:
            placed[kept] = values.ravel()
        return Marked(placed, statuses)


def network(presence: Floats) -> Network:
    """The network in a presence matrix (N × P) whose cells outside the connected part are NaN."""
    known = ~np.isnan(presence)
    rows: Mask = np.any(known, axis=1)
    columns: Mask = np.any(known, axis=0)
    matrix = presence if rows.all() and columns.all() else presence[np.ix_(rows, columns)]
    return Network(rows, columns, matrix, matrix.sum(axis=1), matrix.sum(axis=0))


def complete(values: Floats) -> bool:
    """Whether there are values and none is missing."""
    return values.size > 0 and not np.isnan(values).any()


def advantage(exports: Floats, threshold: float, threshold_side: str) -> Mask:
    """Where revealed comparative advantage reaches ("at_least") or exceeds ("above") the threshold; N × P.

    The totals are the sums of the matrix itself. Nobody has an advantage where an economy or a sector has no exports.
    """
    expected = exports.sum(axis=1, keepdims=True) * (exports.sum(axis=0) / exports.sum())
    traded = expected > 0
    if threshold_side == "above":
        expected *= threshold * (1 + _NOISE)
        return np.asarray((exports > expected) & traded)
    expected *= threshold * (1 - _NOISE)
    return np.asarray((exports >= expected) & traded)


def connected(present: Mask, exports: Floats) -> tuple[Mask, Mask]:
    """The economies and the sectors of the largest part in which each reaches each other over shared sectors.

    Largest is by economies, then by sectors, then by exports. An economy without a sector is in no part.
    """
    rows, columns = np.zeros(present.shape[0], bool), np.zeros(present.shape[1], bool)
    size = (0, 0, 0.0)
    left = present.any(axis=1)
    while left.sum() >= max(size[0], 1):
        part, sectors = _reached(present, int(np.argmax(left)))
        found = int(part.sum()), int(sectors.sum()), float(exports[np.ix_(part, sectors)].sum())
        if found > size:
            rows, columns, size = part, sectors, found
        left &= ~part
    return rows, columns


def _reached(present: Mask, start: int) -> tuple[Mask, Mask]:
    part = np.zeros(present.shape[0], bool)
    sectors = np.zeros(present.shape[1], bool)
    fresh = part.copy()
    fresh[start] = True
    while fresh.any():
        part |= fresh
        new = present[fresh].any(axis=0) & ~sectors
        sectors |= new
        fresh = present[:, new].any(axis=1) & ~part
    return part, sectors
