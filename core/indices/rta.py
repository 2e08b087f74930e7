"""Relative trade advantage."""

from core.indices.registry import index
from core.table import Floats


@index()
def rta(rxa: Floats, rmp: Floats) -> Floats:
    """RXA − RMP, neutral 0; a zero flow is no obstacle (Vollrath 1991)."""
    return rxa - rmp
