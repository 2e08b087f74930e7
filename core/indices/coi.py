"""How many complex sectors are within reach."""

import numpy as np

from core.complexity.network import complete, network
from core.complexity.ordering import centred_sectors, standardised
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("economy",))
def coi(presence: Floats, density: Floats, pci: Floats, *, complexity_norm: str) -> Marked:
    """Σ_k (1 − M_ik) d_ik PCI_k (Hausmann et al. 2014).

    Under "growth_lab" as that group's programs have it: product complexity before its mean was chosen, and the
    result standardised over the economies.
    """
    net = network(presence)
    worth = pci[0, net.columns]
    if not complete(worth):
        return net.per_economy(None)
    reach = (1 - net.matrix) * net.inside(density)
    if complexity_norm != "growth_lab":
        return net.per_economy(reach @ worth)
    total = reach @ centred_sectors(worth, net)
    return net.per_economy(standardised(total, complexity_norm) if np.ptp(total) > 0 else None)
