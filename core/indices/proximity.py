"""How near two sectors are."""

from core.complexity import relatedness
from core.complexity.network import network
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("sector", "sector"))
def proximity(presence: Floats) -> Marked:
    """φ_kl = Σ_i M_ik M_il / max(u_k, u_l) (Hidalgo, Klinger, Barabási and Hausmann 2007)."""
    net = network(presence)
    return net.per_sectors(relatedness.proximity(net, 1.0))
