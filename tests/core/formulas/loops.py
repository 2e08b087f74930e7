"""Formulas with sums, written out as loops; each stands under the very text of the catalogue that it spells out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import fmean

from tests.core.formulas.trade import Trade

Options = Mapping[str, object]
Rows = list[list[float]]
Loop = Callable[[Trade, Options], "Rows | list[Rows]"]
LOOPS: dict[str, Loop] = {}


def written(formula: str) -> Callable[[Loop], Loop]:
    def keep(loop: Loop) -> Loop:
        LOOPS[formula] = loop
        return loop

    return keep


def of_economies(world: Trade, value: Callable[[int], float]) -> Rows:
    return [[value(i)] for i in world.now.economies]


def of_pairs(world: Trade, value: Callable[[int, int], float]) -> Rows:
    return [[value(i, j) for j in world.now.economies] for i in world.now.economies]


def counted(flows: list[int], options: Options) -> int:
    return sum(1 for each in flows if each or options["hhi_n"] == "classification")


def exports(world: Trade, i: int) -> list[int]:
    return [world.now.sold(i, k) for k in world.now.sectors]


def imports(world: Trade, i: int) -> list[int]:
    return [world.now.bought(i, k) for k in world.now.sectors]


def squares(flows: list[int]) -> float:
    return math.fsum((each / sum(flows)) ** 2 for each in flows)


def logs(flows: list[int], n: int) -> float:
    return math.fsum(s * math.log(n * s) for s in (each / sum(flows) for each in flows) if s)


@written("WRCA = (X_k / W_k) / (Σ_j (X_j / W_j) / n)")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    mean = [fmean(now.sold(i, j) / now.world(j) for j in now.sectors) for i in now.economies]
    return [[now.sold(i, k) / now.world(k) / mean[i] for k in now.sectors] for i in now.economies]


@written("HHI = Σ (X_k / X)²")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: squares(exports(world, i)))


@written("HHIM = Σ (M_k / M)²")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: squares(imports(world, i)))


@written("HHI* = (Σ (X_k / X)² − 1 / n) / (1 − 1 / n)")
def _(world: Trade, options: Options) -> Rows:
    def value(i: int) -> float:
        n = counted(exports(world, i), options)
        return (squares(exports(world, i)) - 1 / n) / (1 - 1 / n)

    return of_economies(world, value)


def concentration(flows: list[int], options: Options) -> float:
    n = counted(flows, options)
    return (math.sqrt(squares(flows)) - math.sqrt(1 / n)) / (1 - math.sqrt(1 / n))


@written("CONC = (√Σ (X_k / X)² − √(1 / n)) / (1 − √(1 / n))")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: concentration(exports(world, i), options))


@written("CONCM = (√Σ (M_k / M)² − √(1 / n)) / (1 − √(1 / n))")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: concentration(imports(world, i), options))


@written("EN = 1 / Σ (X_k / X)²")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: 1 / squares(exports(world, i)))


@written("DX = Σ |X_k / X − W_k / W| / 2")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return of_economies(
        world,
        lambda i: math.fsum(abs(now.share(i, k) - now.world(k) / now.whole()) for k in now.sectors) / 2,
    )


@written("MICH = Σ |X_k / X − M_k / M| / 2")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return of_economies(
        world, lambda i: math.fsum(abs(now.share(i, k) - now.share_bought(i, k)) for k in now.sectors) / 2
    )


@written("THEIL = Σ s_k · ln(n · s_k), s_k = X_k / X")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: logs(exports(world, i), counted(exports(world, i), options)))


@written("ENT = −Σ s_k · ln s_k, s_k = X_k / X")
def _(world: Trade, options: Options) -> Rows:
    return of_economies(world, lambda i: -logs(exports(world, i), 1))


@written("GLA = 1 − Σ |X_k − M_k| / Σ (X_k + M_k)")
def _(world: Trade, options: Options) -> Rows:
    def value(i: int) -> float:
        both = list(zip(exports(world, i), imports(world, i), strict=True))
        return 1 - sum(abs(x - m) for x, m in both) / sum(x + m for x, m in both)

    return of_economies(world, value)


@written("GLC = (Σ (X_k + M_k) − Σ |X_k − M_k|) / (Σ (X_k + M_k) − |Σ X_k − Σ M_k|)")
def _(world: Trade, options: Options) -> Rows:
    def value(i: int) -> float:
        both = list(zip(exports(world, i), imports(world, i), strict=True))
        whole = sum(x + m for x, m in both)
        return (whole - sum(abs(x - m) for x, m in both)) / (whole - abs(sum(x - m for x, m in both)))

    return of_economies(world, value)


@written("TII = (x_ij / X_i) / (M_j / M_w); (x_ij / X_i) / (M_j / (M_w − M_i))")
def _(world: Trade, options: Options) -> Rows:
    now, found = world.now, []
    for i, j in world.pairs:
        market = now.whole() - (now.all_bought(i) if options["tii_world"] == "less_reporter" else 0)
        found.append([sum(now.x[i][j]) / now.all_sold(i) / (now.all_bought(j) / market)])
    return found


@written("TII_k = (x_ijk / X_ik) / (M_jk / M_wk); (x_ijk / X_ik) / (M_jk / (M_wk − M_ik))")
def _(world: Trade, options: Options) -> Rows:
    now = world.now

    def value(i: int, j: int, k: int) -> float:
        market = now.world(k) - (now.bought(i, k) if options["tii_world"] == "less_reporter" else 0)
        return now.x[i][j][k] / now.sold(i, k) / (now.bought(j, k) / market)

    return [[value(i, j, k) for k in now.sectors] for i, j in world.pairs]


@written("CI_k = [(X_ik / X_i) / (W_k / W)] × [(M_jk / M_j) / (M_wk / M_w)]")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return [[now.advantage(i, k) * now.advantage_bought(j, k) for k in now.sectors] for i, j in world.pairs]


@written("TCI = 100 × (1 − ½ Σ_k |M_jk / M_j − X_ik / X_i|)")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return of_pairs(
        world,
        lambda i, j: 100 * (1 - math.fsum(abs(now.share_bought(j, k) - now.share(i, k)) for k in now.sectors) / 2),
    )


@written("CI = Σ_k [(X_ik / X_i) / (W_k / W)] × [(M_jk / M_j) / (M_wk / M_w)] × (W_k / W)")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return of_pairs(
        world,
        lambda i, j: math.fsum(
            now.advantage(i, k) * now.advantage_bought(j, k) * now.world(k) / now.whole() for k in now.sectors
        ),
    )


@written("C_ij = Σ_k [(X_ik / X_i) / (W_k / W)] × (M_jk / M_j)")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return of_pairs(world, lambda i, j: math.fsum(now.advantage(i, k) * now.share_bought(j, k) for k in now.sectors))


@written("ESI = Σ_k min(X_ik / X_i, X_jk / X_j)")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return of_pairs(world, lambda i, j: math.fsum(min(now.share(i, k), now.share(j, k)) for k in now.sectors))


@written("PRODY_k = Σ_i y_i (X_ik / X_i) / Σ_i (X_ik / X_i)")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    return [
        [
            math.fsum(world.income[i] * now.share(i, k) for i in now.economies)
            / math.fsum(now.share(i, k) for i in now.economies)
            for k in now.sectors
        ]
    ]


@written("EXPY_i = Σ_k (X_ik / X_i) PRODY_k")
def _(world: Trade, options: Options) -> Rows:
    now = world.now
    worth = LOOPS["PRODY_k = Σ_i y_i (X_ik / X_i) / Σ_i (X_ik / X_i)"](world, options)[0]
    return of_economies(world, lambda i: math.fsum(now.share(i, k) * float(worth[k]) for k in now.sectors))


@written("EWS = Σ w_j · z_j, w_j = (1 − e_j) / Σ (1 − e_j), e_j = −Σ p_ij · ln p_ij / ln m, p_ij = z_ij / Σ z_ij")
def _(world: Trade, options: Options) -> Rows:
    scaled, spread = [], []
    for name, direction in options["composite"]:
        values = world.chosen[name]
        z = [(v - min(values)) / (max(values) - min(values)) for v in values]
        scaled.append(z if direction == "higher" else [1 - each for each in z])
        parts = [each / sum(scaled[-1]) for each in scaled[-1]]
        spread.append(1 + math.fsum(p * math.log(p) for p in parts if p) / math.log(len(values)))
    weights = [each / sum(spread) for each in spread]
    return of_economies(world, lambda i: math.fsum(w * z[i] for w, z in zip(weights, scaled, strict=True)))


@written(
    "ΔMS = Σ w⁰_k · Δs_k + Σ s⁰_k · Δw_k + Σ Δs_k · Δw_k, s_k = X_k / W_k, w_k = W_k / W, "
    "s⁰_k = X⁰_k / W⁰_k, w⁰_k = W⁰_k / W⁰"
)
def _(world: Trade, options: Options) -> list[Rows]:
    old, now = world.before, world.now
    effects: list[Rows] = [[], [], []]
    for i in now.economies:
        rows = []
        for k in now.sectors:
            s0, s1 = old.sold(i, k) / old.world(k), now.sold(i, k) / now.world(k)
            w0, w1 = old.world(k) / old.whole(), now.world(k) / now.whole()
            rows.append((w0 * (s1 - s0), s0 * (w1 - w0), (s1 - s0) * (w1 - w0)))
        for effect, terms in zip(effects, zip(*rows, strict=True), strict=True):
            effect.append([math.fsum(terms)])
    return effects
