"""One score out of several chosen indices."""

from collections.abc import Mapping

from core.composite import scores
from core.indices.registry import index
from core.status import Marked
from core.table import Floats


@index()
def composite(chosen: Mapping[str, Floats], *, composite: tuple[tuple[str, str], ...]) -> Marked:
    """Σ w_j z_j of the chosen indices, each brought to 0–1 among the economies of the year, with entropy weights."""
    return scores(chosen, composite)
