"""Product complexity."""

from core.complexity.network import complete, network
from core.complexity.ordering import sector_axis
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("sector",))
def pci(presence: Floats, eci: Floats, *, complexity_norm: str) -> Marked:
    """The mean complexity of the economies present in a sector, on the chosen scale (Hausmann et al. 2014)."""
    net = network(presence)
    economies = eci[net.rows, 0]
    return net.per_sector(sector_axis(economies, net, complexity_norm) if complete(economies) else None)
