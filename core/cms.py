"""Constant market shares: exports of economies against what their markets bought from everyone, in two years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.indices.rounding import difference
from core.table import Floats


@dataclass(frozen=True, eq=False, slots=True)
class Sales:
    """What was sold to each market and what the market bought from everyone; cells are rows × sectors.

    A row is one market of one economy: `reporters` says whose, by its position among `economies`. Every sum is over
    the rows of an economy and the sectors, economies × 1; NaN for an economy without rows.
    """

    sold: Floats
    sold_before: Floats
    bought: Floats
    bought_before: Floats
    reporters: NDArray[np.int64]
    economies: int

    def total(self, cells: Floats) -> Floats:
        """The sum of cells (rows × any number of columns) over each economy."""
        return self.by_sector(cells.sum(axis=1, keepdims=True))

    def by_sector(self, cells: Floats) -> Floats:
        """The sum of cells over each economy's markets, economies × columns."""
        sums = np.full((self.economies, cells.shape[1]), np.nan)
        order = np.argsort(self.reporters, kind="stable")
        reporters, starts = np.unique(self.reporters[order], return_index=True)
        for economy, rows in zip(reporters.tolist(), np.split(order, starts)[1:], strict=True):
            sums[economy] = cells[rows].sum(axis=0)
        return sums


def known_sales(
    sold: Floats,
    sold_before: Floats,
    bought: Floats,
    bought_before: Floats,
    reporters: NDArray[np.int64],
    economies: int,
) -> Sales:
    """The sales to markets whose purchases are known in both years, at least in part.

    A market of which nothing is known has no share; what went there is part of the change `elsewhere`.
    """
    known = ~(np.isnan(bought).all(axis=1) | np.isnan(bought_before).all(axis=1))
    return Sales(sold[known], sold_before[known], bought[known], bought_before[known], reporters[known], economies)


@dataclass(frozen=True, eq=False, slots=True)
class Effects:
    """The change of sales to the markets, explained cell by cell; the four add up to it, economies × 1.

    With the share s = q / Q of a cell: Σ s₀ΔQ, Σ Δs·Q₀ and Σ Δs·ΔQ. Where a market bought nothing before there is no
    share to hold constant: all that changed is `new_markets`. Where it buys nothing any more the share counts as held,
    and what is still sold there, by other records, is `new_markets` too.
    """

    structural: Floats
    competitive: Floats
    second_order: Floats
    new_markets: Floats


@dataclass(frozen=True, eq=False, slots=True)
class Demand:
    """What constant shares of all markets, of each sector's and of each market's purchases would have given.

    s₀ΔQ, Σ_k s₀_kΔQ_k and Σ_j s₀_jΔQ_j, economies × 1, with shares of sums over all markets, new ones too; what had
    no purchases before gives 0.
    """

    overall: Floats
    by_sector: Floats
    by_market: Floats


def effects(sales: Sales) -> Effects:
    """The first level (Jepma 1986): structural, competitive and second-order effect, and new markets."""
    growth = sales.bought - sales.bought_before
    share = _share(sales.sold_before, sales.bought_before)
    lasting = (sales.bought_before != 0) & (sales.bought != 0)
    gained = np.where(lasting, difference(_share(sales.sold, sales.bought), share), 0.0)
    unheld = np.where(sales.bought_before == 0, sales.sold - sales.sold_before, sales.sold)
    new = np.where(lasting, 0.0, unheld)
    parts = (share * growth, gained * sales.bought_before, gained * growth, new)
    return Effects(*map(sales.total, parts))


def demand(sales: Sales) -> Demand:
    """What the growth of demand alone would have given, by how finely shares are held constant."""
    sold, before = sales.sold_before, sales.bought_before
    growth = sales.bought - before
    of_sectors = _share(sales.by_sector(sold), sales.by_sector(before)) * sales.by_sector(growth)
    of_markets = [each.sum(axis=1, keepdims=True) for each in (sold, before, growth)]
    return Demand(
        _share(sales.total(sold), sales.total(before)) * sales.total(growth),
        of_sectors.sum(axis=1, keepdims=True),
        sales.total(_share(of_markets[0], of_markets[1]) * of_markets[2]),
    )


def general_competitiveness(sales: Sales) -> Floats:
    """Δs·Q₀ of the share in all purchases of all markets, economies × 1; 0 where they bought nothing in a year."""
    before, now = sales.total(sales.bought_before), sales.total(sales.bought)
    gained = difference(_share(sales.total(sales.sold), now), _share(sales.total(sales.sold_before), before))
    effect: Floats = np.where(now == 0, 0.0, gained) * before
    return effect


def pure_second_order(sales: Sales, competitive: Floats) -> Floats:
    """(Q₁/Q₀ − 1) times the competitive effect, economies × 1; 0 where the markets bought nothing before."""
    before = sales.total(sales.bought_before)
    return _share(sales.total(sales.bought) - before, before) * competitive


def elsewhere(sales: Sales, total: Floats, total_before: Floats) -> Floats:
    """The change of all exports that the cells do not hold: other markets and sectors; economies × 1."""
    now = difference(total, sales.total(sales.sold))
    return now - difference(total_before, sales.total(sales.sold_before))


def complete(*parts: Floats) -> tuple[Floats, ...]:
    """The parts of a change, economies × 1; all are NaN where one is, because a part alone explains nothing."""
    missing = np.isnan(parts).any(axis=0)
    return tuple(np.where(missing, np.nan, each) for each in parts)


def _share(part: Floats, whole: Floats) -> Floats:
    """Part over whole; 0 where the whole is 0, NaN where either is missing."""
    share: Floats = np.divide(part, whole, out=np.where(np.isnan(part), np.nan, 0.0), where=whole != 0)
    return share
