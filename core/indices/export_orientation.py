"""Export orientation of production."""

from core.indices.registry import index
from core.table import Floats


@index()
def export_orientation(exports: Floats, output: Floats) -> Floats:
    """X / Y as a fraction of 1, which re-exports may exceed."""
    return exports / output
