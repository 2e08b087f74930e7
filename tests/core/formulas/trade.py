"""A small made-up world of trade between all pairs of economies in two years, and what an index reads of it."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np

from core.indices import indices
from core.indices.registry import Index, Input
from core.table import Floats

Cube = list[list[list[int]]]
"""What economy i sells to economy j of sector k."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year; sums are written out, so that they are those of the formulas."""

    x: Cube
    economies: range
    sectors: range

    def sold(self, i: int, k: int) -> int:
        return sum(self.x[i][j][k] for j in self.economies)

    def bought(self, j: int, k: int) -> int:
        return sum(self.x[i][j][k] for i in self.economies)

    def world(self, k: int) -> int:
        return sum(self.sold(i, k) for i in self.economies)

    def all_sold(self, i: int) -> int:
        return sum(self.sold(i, k) for k in self.sectors)

    def all_bought(self, j: int) -> int:
        return sum(self.bought(j, k) for k in self.sectors)

    def whole(self) -> int:
        return sum(self.world(k) for k in self.sectors)

    def share(self, i: int, k: int) -> float:
        """Of the sector in the economy's exports."""
        return self.sold(i, k) / self.all_sold(i)

    def share_bought(self, j: int, k: int) -> float:
        return self.bought(j, k) / self.all_bought(j)

    def advantage(self, i: int, k: int) -> float:
        return self.share(i, k) / (self.world(k) / self.whole())

    def advantage_bought(self, j: int, k: int) -> float:
        return self.share_bought(j, k) / (self.world(k) / self.whole())


@dataclass(frozen=True, slots=True)
class Trade:
    """`income` is the GDP per head of each economy; `chosen` are values of two indices for each."""

    before: Year
    now: Year
    income: list[float]
    chosen: dict[str, list[float]]

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return [(i, j) for i in self.now.economies for j in self.now.economies if i != j]


def trade(seed: int, economies: int = 6, sectors: int = 5, empty: float = 0.2) -> Trade:
    """A world at random: economies differ in what they are good at, and some pairs do not trade a sector."""
    draw = random.Random(seed)
    good = [[draw.lognormvariate(0, 1) for _ in range(sectors)] for _ in range(economies)]

    def year() -> Year:
        flows = [
            [
                [
                    0 if i == j or (k and draw.random() < empty) else 1 + round(40 * good[i][k] * draw.random())
                    for k in range(sectors)
                ]
                for j in range(economies)
            ]
            for i in range(economies)
        ]
        return Year(flows, range(economies), range(sectors))

    chosen = {each: [round(draw.uniform(-1, 3), 2) for _ in range(economies)] for each in ("tc", "rca")}
    return Trade(year(), year(), [draw.uniform(500, 60_000) for _ in range(economies)], chosen)


def computed(index: Index, world: Trade, options: dict[str, object]) -> list[Floats]:
    """What the function of an index gives, one array for each component."""
    own = {name: options[name] for name in index.own_options}
    parameters: dict[str, object] = {each.parameter: _input(index, each, world, options) for each in index.inputs}
    if "reporters" in index.special:
        parameters["reporters"] = np.array([i for i, _ in world.pairs], dtype=np.int64)
    if "span" in index.special:
        parameters["span"] = 3.0
    if "chosen" in index.special:
        parameters["chosen"] = {name: np.array(values)[:, None] for name, values in world.chosen.items()}
    with np.errstate(all="ignore"):
        found = index.function(**parameters, **own)
    parts = found if isinstance(found, tuple) else (found,)
    return [np.asarray(getattr(each, "values", each)) for each in parts]


def _input(index: Index, each: Input, world: Trade, options: dict[str, object]) -> Floats:
    if each.is_index:
        return computed(indices()[each.what], world, options)[0]
    if each.what == "gdp_per_capita":
        return np.array(world.income)[:, None]
    year = world.before if each.when else world.now
    flows = np.array(year.x, dtype=np.float64)
    if each.what == "imports":
        flows = flows.transpose(1, 0, 2)
    everywhere = flows.sum(axis=1)
    senders, receivers = np.array(world.pairs).T
    by_pair = "partner" in index.dimensions or any(i.whose in {"reporter", "partner"} for i in index.inputs)
    if each.whose in {"world", "global"}:
        found = everywhere.sum(axis=0, keepdims=True)
    elif each.whose == "flow" or (by_pair and not each.whose):
        found = flows[senders, receivers]
    elif each.whose in {"market", "partner"}:
        found = everywhere[receivers]
    elif each.whose == "reporter":
        found = everywhere[senders]
    else:
        found = everywhere
    return found.sum(axis=1, keepdims=True) if each.part == "total" else found
