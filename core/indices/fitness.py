"""Fitness of economies."""

from core.complexity import ordering
from core.complexity.network import network
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("economy",))
def fitness(presence: Floats) -> Marked:
    """The fixed point of F = M Q, Q = 1 / (M' (1/F)), each with mean 1 (Tacchella et al. 2012)."""
    net = network(presence)
    return net.per_economy(None if net.is_small else ordering.fitness(net))
