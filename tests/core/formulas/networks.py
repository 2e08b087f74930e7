"""The formulas of complexity, written out as loops over who is specialised in what."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import fmean, pstdev, stdev

import numpy as np

from tests.core.formulas.loops import Options, Rows, written
from tests.core.formulas.trade import Trade, Year


def standard(values: list[float], norm: object) -> list[float]:
    deviation = stdev(values) if norm == "own_sample" else pstdev(values)
    return [(each - fmean(values)) / deviation for each in values]


class Network:
    """The formulas about who is specialised in what; all economies and sectors hang together."""

    def __init__(self, world: Trade, options: Options) -> None:
        self.year: Year = world.now
        self.options = options
        t = float(str(options["threshold"]))
        self.m = [[float(self.year.advantage(i, k) >= t) for k in self.year.sectors] for i in self.year.economies]
        self.k = [sum(row) for row in self.m]
        self.u = [sum(row[k] for row in self.m) for k in self.year.sectors]

    def vector(self) -> tuple[list[float], float]:
        """The second eigenvector of D⁻¹ M U⁻¹ Mᵀ towards diversity, and its eigenvalue."""
        n, p = self.year.economies, self.year.sectors
        square = [[math.fsum(self.m[a][k] * self.m[b][k] / self.u[k] for k in p) / self.k[a] for b in n] for a in n]
        roots, vectors = np.linalg.eig(np.array(square))
        second = int(np.argsort(-roots.real)[1])
        v = [float(each) for each in vectors[:, second].real]
        along = math.fsum((d - fmean(self.k)) * (each - fmean(v)) for d, each in zip(self.k, v, strict=True))
        return [each if along > 0 else -each for each in v], float(roots[second].real)

    def sectors_of(self, v: list[float], root: float) -> list[float]:
        return [
            math.fsum(self.m[i][k] * v[i] for i in self.year.economies) / self.u[k] / root for k in self.year.sectors
        ]

    def pci(self) -> list[float]:
        v, root = self.vector()
        q = self.sectors_of(v, root)
        if self.options["complexity_norm"] == "growth_lab":
            return [(each - fmean(v)) / pstdev(v) for each in q]
        return standard(q, self.options["complexity_norm"])

    def worth(self) -> list[float]:
        """The complexity of sectors in COI and COG: with the Growth Lab before the mean of the ECI is subtracted."""
        v, root = self.vector()
        if self.options["complexity_norm"] == "growth_lab":
            return [each / pstdev(v) for each in self.sectors_of(v, root)]
        return self.pci()

    def phi(self, a: int, b: int) -> float:
        if a == b:
            return float(str(self.options["phi_diagonal"]))
        return sum(row[a] * row[b] for row in self.m) / max(self.u[a], self.u[b])

    def density(self, i: int, k: int) -> float:
        every = self.year.sectors
        return math.fsum(self.m[i][b] * self.phi(b, k) for b in every) / math.fsum(self.phi(b, k) for b in every)

    def gain(self, i: int, k: int) -> float:
        every, worth = self.year.sectors, self.worth()
        near = math.fsum(
            (1 - self.m[i][a]) * self.phi(a, k) / math.fsum(self.phi(a, b) for b in every) * worth[a] for a in every
        )
        return (1 - self.m[i][k]) * near

    def fitness(self) -> tuple[list[float], list[float]]:
        f, q = [1.0] * len(self.k), [1.0] * len(self.u)
        for _ in range(200):
            raw = [math.fsum(m * each for m, each in zip(row, q, strict=True)) for row in self.m]
            other = [1 / math.fsum(self.m[i][k] / f[i] for i in self.year.economies) for k in self.year.sectors]
            f, q = [each / fmean(raw) for each in raw], [each / fmean(other) for each in other]
        last = [1 / math.fsum(self.m[i][k] / f[i] for i in self.year.economies) for k in self.year.sectors]
        return f, [each / fmean(last) for each in last]


def cells(world: Trade, value: Callable[[int, int], float]) -> Rows:
    return [[value(i, k) for k in world.now.sectors] for i in world.now.economies]


@written("M_ik = [(X_ik / X_i) / (W_k / W) ≥ t]")
def _(world: Trade, options: Options) -> Rows:
    return Network(world, options).m


@written("k_i = Σ_k [(X_ik / X_i) / (W_k / W) ≥ t]")
def _(world: Trade, options: Options) -> Rows:
    return [[each] for each in Network(world, options).k]


@written("u_k = Σ_i [(X_ik / X_i) / (W_k / W) ≥ t]")
def _(world: Trade, options: Options) -> Rows:
    return [Network(world, options).u]


@written("ECI = (v − mean(v)) / sd(v), D⁻¹ M U⁻¹ Mᵀ v = λ₂ v")
def _(world: Trade, options: Options) -> Rows:
    v, _ = Network(world, options).vector()
    return [[each] for each in standard(v, options["complexity_norm"])]


@written("PCI = (q − mean(v)) / sd(v), q = U⁻¹ Mᵀ v / λ₂")
def _(world: Trade, options: Options) -> Rows:
    return [Network(world, options).pci()]


@written("φ_kl = Σ_i M_ik M_il / max(u_k, u_l)")
def _(world: Trade, options: Options) -> Rows:
    net = Network(world, {**options, "phi_diagonal": 1.0})
    return [[net.phi(a, b) for b in world.now.sectors] for a in world.now.sectors]


@written("d_ik = Σ_l M_il φ_lk / Σ_l φ_lk")
def _(world: Trade, options: Options) -> Rows:
    return cells(world, Network(world, options).density)


@written("COI_i = Σ_k (1 − M_ik) d_ik PCI_k")
def _(world: Trade, options: Options) -> Rows:
    net = Network(world, options)
    worth, every = net.worth(), world.now.sectors
    sums = [math.fsum((1 - net.m[i][k]) * net.density(i, k) * worth[k] for k in every) for i in world.now.economies]
    lab = options["complexity_norm"] == "growth_lab"
    return [[each] for each in (standard(sums, "growth_lab") if lab else sums)]


@written("COG_ik = (1 − M_ik) Σ_l (1 − M_il) PCI_l φ_lk / Σ_m φ_lm")
def _(world: Trade, options: Options) -> Rows:
    return cells(world, Network(world, options).gain)


@written("F_i = F′_i / mean(F′), F′_i = Σ_k M_ik Q_k, Q_k = Q′_k / mean(Q′), Q′_k = 1 / Σ_i (M_ik / F_i)")
def _(world: Trade, options: Options) -> Rows:
    return [[each] for each in Network(world, options).fitness()[0]]


@written("Q_k = Q′_k / mean(Q′), Q′_k = 1 / Σ_i (M_ik / F_i)")
def _(world: Trade, options: Options) -> Rows:
    return [Network(world, options).fitness()[1]]
