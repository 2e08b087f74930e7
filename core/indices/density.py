"""How much of what is near a sector an economy already has."""

from core.complexity import relatedness
from core.complexity.network import network
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("economy", "sector"))
def density(presence: Floats, *, phi_diagonal: float) -> Marked:
    """d_ik = Σ_l M_il φ_lk / Σ_l φ_lk, between 0 and 1 (Hidalgo, Klinger, Barabási and Hausmann 2007)."""
    net = network(presence)
    return net.per_pair(relatedness.density(net, phi_diagonal))
