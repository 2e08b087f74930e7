"""Trade complementarity of two economies."""

from core.indices.registry import index
from core.indices.similarity import shares_in_common
from core.table import Floats


@index(dimensions=("economy", "economy"))
def tci(exports: Floats, imports: Floats) -> Floats:
    """100 · (1 − ½ Σ_k |m_jk − s_ik|), from 0 to 100: exports of the row against imports of the column (Michaely 1996).

    NaN towards an economy without imports and from one without exports.
    """
    return 100 * shares_in_common(exports, imports)
