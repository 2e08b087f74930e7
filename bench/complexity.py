"""RCA, ECI, PCI, density, COI and COG against ecomplexity, and agreement with the other packages that have them.

The panels are made here from a seed. Each program runs in a process of its own, and both must come to the same
numbers. ecomplexity runs without its check of log-supermodularity, which no result depends on.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import dev
from bench import oracles
from core.indices.density import density
from core.indices.eci import eci
from core.indices.expy import expy
from core.indices.pci import pci
from core.indices.presence import presence
from core.indices.prody import prody
from core.indices.rca import rca
from core.indices.theil import theil

Floats = NDArray[np.float64]

SMALL, LONG = ((100, 500, 2),), ((200, 1000, 10), (200, 5000, 5))
AIMS = {(200, 1000, 10): 50, (200, 5000, 5): 100}
TOLERANCE = 1e-9
ROUNDS = 3
"""Of ours, of which the median counts; the other program takes minutes and runs once."""


def nested(economies: int, sectors: int, years: int, seed: int = 20261123) -> Floats:
    """Exports, years × economies × sectors: able economies export nearly everything, others what asks little."""
    draw = np.random.default_rng(seed)
    ability, demand = draw.normal(size=(economies, 1)), draw.normal(size=sectors)
    panel = np.empty((years, economies, sectors))
    for exports in panel:
        fit = ability - demand
        exports[:] = np.exp(3 + 1.5 * fit + draw.normal(0, 1.5, fit.shape))
        exports[draw.random(fit.shape) > 1 / (1 + np.exp(-1 - 2 * fit))] = 0
        ability += draw.normal(0, 0.05, ability.shape)
    return panel


def main(long: bool = False) -> None:
    """Print ratios of time and peak memory, and the largest differences."""
    try:
        python = oracles.environment()
    except dev.Stop as stop:
        print(f"Complexity: not compared, the other programs could not be installed.\n  {stop}")
        return
    with tempfile.TemporaryDirectory() as folder:
        for shape in LONG if long else SMALL:
            _race(python, shape, Path(folder))
        _agree(python, Path(folder))


def _race(python: str, shape: tuple[int, int, int], folder: Path) -> None:
    given = folder / "panel.npy"
    np.save(given, nested(*shape))
    print(f"RCA, ECI, PCI, density, COI, COG of {' × '.join(map(str, shape))} (economies, sectors, years)")
    programs = {"Balassa": oracles.APPLICATION, "its functions alone": oracles.FUNCTIONS}
    ours = {}
    for name, program in programs.items():
        runs = [oracles.run(sys.executable, program, given, folder / "ours.npz") for _round in range(ROUNDS)]
        ours[name] = sorted(runs, key=lambda run: run[0]["seconds"])[ROUNDS // 2]
    theirs, expected = oracles.run(python, oracles.ECOMPLEXITY, given, folder / "theirs.npz")
    aim = f", aim: at least {AIMS[shape]}" if shape in AIMS else ""
    for name, (figures, _made) in ours.items():
        fast, peak = theirs["seconds"] / figures["seconds"], figures["peak"] / theirs["peak"]
        print(_line(name, figures, f"(n={ROUNDS}; {fast:.0f} times as fast{aim}; {peak:.2f} of the memory, aim: 0.5)"))
    print(_line("ecomplexity 0.5.3", theirs, "(n=1)"))
    print("  largest difference to ecomplexity")
    made = ours["Balassa"][1]
    _compare({name: (made[name], values) for name, values in expected.items()})


def _line(name: str, figures: dict[str, float], more: str) -> str:
    return f"  {name:<24}{figures['seconds']:8.3f} s   {figures['peak'] / 2**20:6.0f} MB  {more}"


def _agree(python: str, folder: Path) -> None:
    """Small random panels, one after the other through every package."""
    count, economies, sectors = 20, 15, 40
    draw = np.random.default_rng(20261124)
    exports = draw.lognormal(3, 2, (count, economies, sectors))
    income = draw.lognormal(9, 1, (count, economies))
    given = folder / "panels.npz"
    np.savez(given, exports=exports, income=income)
    _figures, expected = oracles.run(python, oracles.OTHERS, given, folder / "others.npz")
    ours = [_ours(*each) for each in zip(exports, income, strict=True)]
    made = {name: np.stack([each[name] for each in ours]) for name in ours[0]}
    print(f"{count} random panels of {economies} × {sectors}: largest difference to")
    # econci turns product complexity against ubiquity, not with the complexity of economies
    expected["econci pci"] *= np.sign((expected["econci pci"] * made["pci"]).sum(axis=1, keepdims=True))
    _compare({name: (made[name.split()[-1]], values) for name, values in expected.items()})
    shares = exports / exports.sum(axis=2, keepdims=True)
    baskets = (shares * expected["economic-complexity prody"][:, None, :]).sum(axis=2)
    _compare({"its baskets, expy": (made["expy"], baskets)})


def _ours(exports: Floats, income: Floats) -> dict[str, Floats]:
    economies, sectors = exports.sum(axis=1, keepdims=True), exports.sum(axis=0, keepdims=True)
    there = presence(exports, threshold=1.0, threshold_side="at_least").values
    complexity = eci(there, complexity_norm="own_population").values
    sophistication = prody(exports, income[:, None])
    return {
        "rca": rca(exports, economies, sectors, sectors.sum(axis=1, keepdims=True)),
        "eci": complexity[:, 0],
        "pci": pci(there, complexity, complexity_norm="own_population").values[0],
        "density": density(there, phi_diagonal=0.0).values,
        "prody": sophistication[0],
        "expy": expy(exports, sophistication)[:, 0],
        "theil": theil(exports, hhi_n="classification").values[:, 0],
    }


def _compare(pairs: dict[str, tuple[Floats, Floats]]) -> None:
    for name, (ours, theirs) in pairs.items():
        known = ~np.isnan(theirs)
        scale = max(float(np.abs(theirs[known]).max()), 1.0)
        off = float(np.abs(ours[known] - theirs[known]).max())
        print(f"    {name:<32}{off:.1e}")
        if not off <= TOLERANCE * scale:
            raise RuntimeError(f"{name}: other numbers than {theirs[known][:3]}")
