"""How complex economies and sectors are: the second eigenvector of the network, and the fixed point of fitness."""

from __future__ import annotations

import numpy as np

from core.complexity.network import Network
from core.table import Floats

GAP = 1e-9
"""Where two eigenvalues (all lie between 0 and 1) are nearer, rounding decides the eigenvector."""

ITERATIONS = 200
SETTLED = 1e-12


def economy_axis(net: Network) -> Floats | None:
    """The eigenvector of D_c⁻¹ M D_p⁻¹ M' that belongs to its second largest eigenvalue, of any length (n).

    It comes from the symmetric form S S', S = D_c^-½ M D_p^-½, on the smaller side, and points towards diversity.
    None where the network is small, and where it does not decide the vector: all export the same, two eigenvalues
    are equal, or neither diversity nor ubiquity gives it a direction.
    """
    if net.is_small:
        return None
    balanced = net.matrix / np.sqrt(net.diversity)[:, None]
    balanced /= np.sqrt(net.ubiquity)
    by_economy = net.diversity.size <= net.ubiquity.size
    roots, vectors = np.linalg.eigh(balanced @ balanced.T if by_economy else balanced.T @ balanced)
    third = roots[-3] if roots.size > 2 else 0.0
    if roots[-2] - third <= GAP:
        return None
    if by_economy:
        axis = vectors[:, -2] / np.sqrt(net.diversity)
    else:
        axis = net.matrix @ (vectors[:, -2] / np.sqrt(net.ubiquity)) / net.diversity
    return _directed(axis, net)


def _directed(axis: Floats, net: Network) -> Floats | None:
    """The more diverse economies get the higher values; where all are as diverse, those in rarer sectors."""
    rarity = -(net.matrix @ net.ubiquity) / net.diversity
    for guide in (net.diversity, rarity):
        along = float((guide - guide.mean()) @ (axis - axis.mean()))
        if abs(along) > GAP * float(np.linalg.norm(guide) * np.linalg.norm(axis)):
            return axis if along > 0 else -axis
    return None


def standardised(values: Floats, norm: str) -> Floats:
    """Mean 0 and standard deviation 1: of the sample (n − 1) for "own_sample", else of the population (n)."""
    scaled: Floats = (values - values.mean()) / values.std(ddof=int(norm == "own_sample"))
    return scaled


def centred_sectors(pci: Floats, net: Network) -> Floats:
    """Product complexity (p) before its mean was chosen: its mean over all presences is 0, as an eigenvector's is."""
    centred: Floats = pci - (net.ubiquity @ pci) / net.ubiquity.sum()
    return centred


def sector_axis(eci: Floats, net: Network, norm: str) -> Floats:
    """Product complexity (p) from economic complexity (n) of any normalisation.

    With `norm` "growth_lab" it is measured by the mean and deviation of economic complexity, so that an economy's
    complexity is the mean of its sectors'; else by its own mean and deviation.
    """
    economies = eci - (net.diversity @ eci) / net.diversity.sum()
    sectors = (economies @ net.matrix) / net.ubiquity
    if norm != "growth_lab":
        return standardised(sectors, norm)
    seen = (net.matrix @ sectors) / net.diversity
    weighted = net.diversity * economies
    root = float(weighted @ seen) / float(weighted @ economies)
    on_scale: Floats = (sectors / root - economies.mean()) / eci.std()
    return on_scale


def fitness(net: Network) -> Floats:
    """Fitness of economies (n, mean 1): F = M Q and Q = 1 / (M' (1/F)), each divided by its mean, from all 1.

    It ends after 200 rounds, earlier when no value changes by more than 10⁻¹² of itself. The fitness of some
    economies may tend to 0 for ever; theirs is the value reached then.
    """
    economies, sectors = np.ones(net.matrix.shape[0]), np.ones(net.matrix.shape[1])
    for _round in range(ITERATIONS):
        before, economies = economies, net.matrix @ sectors
        economies /= economies.mean()
        sectors = sector_quality(before, net)
        if np.all(np.abs(economies - before) <= SETTLED * economies):
            break
    return economies


def sector_quality(economies: Floats, net: Network) -> Floats:
    """Complexity of sectors (p, mean 1) from the fitness of economies: the least fit exporter bounds it."""
    quality = 1 / ((1 / economies) @ net.matrix)
    quality /= quality.mean()
    return quality
