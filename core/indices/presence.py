"""In which sectors economies are specialised, as a network."""

import numpy as np

from core.complexity.network import advantage, connected
from core.indices.registry import index
from core.status import Marked, Status
from core.table import Floats


@index(dimensions=("economy", "sector"))
def presence(exports: Floats, *, threshold: float, threshold_side: str) -> Marked:
    """M_ik: 1 where RCA_ik reaches the threshold, else 0 (Hidalgo and Hausmann 2009).

    The totals of the RCA are the sums of these economies and sectors. Economies and sectors outside the largest
    connected part are unconnected: the indices that read this network can say nothing about them.
    """
    present = advantage(exports, threshold, threshold_side)
    rows, columns = connected(present, exports)
    apart = ~np.logical_and.outer(rows, columns)
    values = present.astype(np.float64)
    values[apart] = np.nan
    return Marked(values, np.where(apart, np.uint8(Status.UNCONNECTED), np.uint8(0)))
