"""Complexity of sectors in the sense of fitness."""

from core.complexity.network import network
from core.complexity.ordering import sector_quality
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("sector",))
def product_fitness(presence: Floats, fitness: Floats) -> Marked:
    """Q_k = 1 / Σ_i (M_ik / F_i), with mean 1 (Tacchella et al. 2012)."""
    net = network(presence)
    return net.per_sector(None if net.is_small else sector_quality(fitness[net.rows, 0], net))
