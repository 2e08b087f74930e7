"""Export coverage of imports."""

from core.indices.registry import index
from core.table import Floats


@index()
def coverage(exports: Floats, imports: Floats) -> Floats:
    """X / M, neutral 1; NaN where there are no imports. Equals (1 + TC) / (1 − TC)."""
    return exports / imports
