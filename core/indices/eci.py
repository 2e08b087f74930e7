"""Economic complexity."""

from core.complexity.network import network
from core.complexity.ordering import economy_axis, standardised
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index(dimensions=("economy",))
def eci(presence: Floats, *, complexity_norm: str) -> Marked:
    """The second eigenvector of D_c⁻¹ M D_p⁻¹ M', standardised, towards diversity (Hausmann et al. 2014)."""
    net = network(presence)
    axis = economy_axis(net)
    return net.per_economy(None if axis is None else standardised(axis, complexity_norm))
