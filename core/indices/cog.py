"""What a new sector would open up."""

from core.complexity import relatedness
from core.complexity.network import complete, network
from core.complexity.ordering import centred_sectors
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("economy", "sector"))
def cog(presence: Floats, pci: Floats, *, phi_diagonal: float, complexity_norm: str) -> Marked:
    """(1 − M_ik) Σ_l (1 − M_il) PCI_l φ_lk / Σ_m φ_lm, 0 where the economy is present (Hausmann et al. 2014).

    Under "growth_lab" with product complexity before its mean was chosen, as that group's programs have it.
    """
    net = network(presence)
    worth = pci[0, net.columns]
    if not complete(worth):
        return net.per_pair(None)
    if complexity_norm == "growth_lab":
        worth = centred_sectors(worth, net)
    return net.per_pair(relatedness.outlook_gain(net, worth, phi_diagonal))
