"""The formulas of constant market shares, written out as loops over markets and sectors."""

from __future__ import annotations

import math
from collections.abc import Callable

from tests.core.formulas.loops import Options, Rows, written
from tests.core.formulas.trade import Trade


class Sales:
    """q and Q of one economy: what it sells to each market and what the market buys from everyone."""

    def __init__(self, world: Trade, i: int) -> None:
        old, now = world.before, world.now
        self.markets = [j for j in now.economies if j != i]
        self.sectors = list(now.sectors)
        self.cells = [(j, k) for j in self.markets for k in self.sectors]
        self.q0 = {(j, k): old.x[i][j][k] for j, k in self.cells}
        self.q1 = {(j, k): now.x[i][j][k] for j, k in self.cells}
        self.b0 = {(j, k): old.bought(j, k) for j, k in self.cells}
        self.b1 = {(j, k): now.bought(j, k) for j, k in self.cells}

    def sums(self, chosen: Callable[[int, int], bool]) -> tuple[int, int, int, int]:
        """q and Q of the earlier and of this year, of some markets and sectors together."""
        cells = [each for each in self.cells if chosen(*each)]
        q0, q1, b0, b1 = (sum(of[each] for each in cells) for of in (self.q0, self.q1, self.b0, self.b1))
        return q0, q1, b0, b1

    def held(self, chosen: Callable[[int, int], bool]) -> float:
        """s₀ ΔQ; what was not bought in the earlier year has no share."""
        q0, _, b0, b1 = self.sums(chosen)
        return q0 / b0 * (b1 - b0) if b0 else 0.0

    @property
    def G(self) -> float:
        return self.held(lambda j, k: True)

    @property
    def A(self) -> float:
        return math.fsum(self.held(lambda a, b, at=each: (a, b) == at) for each in self.cells)

    @property
    def B(self) -> float:
        return math.fsum(self.held(lambda a, b, k=each: b == k) for each in self.sectors)

    @property
    def C(self) -> float:
        return math.fsum(self.held(lambda a, b, j=each: a == j) for each in self.markets)

    @property
    def D(self) -> float:
        q0, q1, b0, b1 = self.sums(lambda j, k: True)
        return (q1 / b1 - q0 / b0) * b0

    def gained(self) -> list[tuple[float, int, int]]:
        """Δs, Q₀ and ΔQ of the cells in which something is bought in both years."""
        both = [each for each in self.cells if self.b0[each] and self.b1[each]]
        return [(self.q1[c] / self.b1[c] - self.q0[c] / self.b0[c], self.b0[c], self.b1[c] - self.b0[c]) for c in both]

    @property
    def E(self) -> float:
        return math.fsum(gain * before for gain, before, _ in self.gained())

    @property
    def R(self) -> float:
        return math.fsum(gain * growth for gain, _, growth in self.gained())

    @property
    def N(self) -> float:
        new = math.fsum(self.q1[c] - self.q0[c] for c in self.cells if not self.b0[c])
        return new + math.fsum(self.q1[c] for c in self.cells if self.b0[c] and not self.b1[c])

    @property
    def P(self) -> float:
        _, _, b0, b1 = self.sums(lambda j, k: True)
        return (b1 / b0 - 1) * self.E


def components(world: Trade, terms: Callable[[Sales], tuple[float, ...]]) -> list[Rows]:
    found = [terms(Sales(world, i)) for i in world.now.economies]
    return [[[each] for each in effect] for effect in zip(*found, strict=True)]


@written(
    "X_1 − X_0 = G + (A − B) + (A − C) + (B − G − A + C) + D + (E − D) + P + (R − P) + N + O; "
    "G = s ΔQ, A = Σ_kj s_kj ΔQ_kj, B = Σ_k s_k ΔQ_k, C = Σ_j s_j ΔQ_j, D = Δs Q_0, E = Σ_kj Δs_kj Q_(kj,0), "
    "P = (Q_1 / Q_0 − 1) E, R = Σ_kj Δs_kj ΔQ_kj, s = q_0 / Q_0, Δs = q_1 / Q_1 − q_0 / Q_0"
)
def _(world: Trade, options: Options) -> list[Rows]:
    def terms(s: Sales) -> tuple[float, ...]:
        return s.G, s.A - s.B, s.A - s.C, s.B - s.G - s.A + s.C, s.D, s.E - s.D, s.P, s.R - s.P, s.N, 0.0

    return components(world, terms)


@written(
    "X_1 − X_0 = Σ_kj s_kj ΔQ_kj + Σ_kj Δs_kj Q_(kj,0) + Σ_kj Δs_kj ΔQ_kj + N + O; "
    "s = q_0 / Q_0, Δs = q_1 / Q_1 − q_0 / Q_0, ΔQ = Q_1 − Q_0"
)
def _(world: Trade, options: Options) -> list[Rows]:
    return components(world, lambda s: (s.A, s.E, s.R, s.N, 0.0))


@written(
    "X_1 − X_0 = r Σ_kj q_0 + Σ_kj (r_k − r) q_0 + Σ_kj (r_kj − r_k) q_0 + Σ_kj (q_1 − q_0 − r_kj q_0) + N + O; "
    "r = Q_1 / Q_0 − 1"
)
def _(world: Trade, options: Options) -> list[Rows]:
    def growth(before: int, now: int) -> float:
        return now / before - 1 if before else 0.0

    def terms(s: Sales) -> tuple[float, ...]:
        r = growth(*s.sums(lambda j, k: True)[2:])
        r_k = {k: growth(*s.sums(lambda a, b, k=k: b == k)[2:]) for k in s.sectors}
        r_j = {j: growth(*s.sums(lambda a, b, j=j: a == j)[2:]) for j in s.markets}
        r_kj = {c: growth(s.b0[c], s.b1[c]) for c in s.cells}
        both = [c for c in s.cells if s.b0[c] and s.b1[c]]
        rest = math.fsum(s.q1[c] - s.q0[c] - r_kj[c] * s.q0[c] for c in both)
        if options["cms_order"] == "sector_first":
            sectors = math.fsum((r_k[k] - r) * s.q0[j, k] for j, k in s.cells)
            markets = math.fsum((r_kj[j, k] - r_k[k]) * s.q0[j, k] for j, k in s.cells)
        else:
            sectors = math.fsum((r_kj[j, k] - r_j[j]) * s.q0[j, k] for j, k in s.cells)
            markets = math.fsum((r_j[j] - r) * s.q0[j, k] for j, k in s.cells)
        return r * sum(s.q0.values()), sectors, markets, rest, s.N, 0.0

    return components(world, terms)
