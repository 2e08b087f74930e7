"""Trade complementarity as a sum of products of advantages."""

from core.indices.drysdale import mean_advantage
from core.indices.registry import index
from core.table import Floats


@index(dimensions=("economy", "economy"))
def complementarity_product(exports: Floats, imports: Floats, global_imports: Floats) -> Floats:
    """Σ_k RCA^X_ik · RCA^M_jk · W_k / W, neutral 1: export advantages of the row times import ones of the column.

    W_k / W is the base of RCA^X and cancels, which leaves Σ_k s_ik · RCA^M_jk. Infinite where the row exports what the
    world does not import.
    """
    return mean_advantage(imports, global_imports, exports).T
