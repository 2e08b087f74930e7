"""Trade balance."""

from core.indices.registry import index
from core.table import Floats


@index()
def balance(exports: Floats, imports: Floats) -> Floats:
    """X − M in the unit of the flows."""
    return exports - imports
