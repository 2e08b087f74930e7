"""Symmetric revealed comparative advantage."""

from core.indices.registry import index
from core.table import Floats


@index()
def rsca(rca: Floats) -> Floats:
    """(RCA − 1) / (RCA + 1), between −1 and 1, neutral 0 (Laursen 1998)."""
    return (rca - 1) / (rca + 1)
