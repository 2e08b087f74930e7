"""The strongest of many findings; the others are counted, never dropped in silence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.checks.finding import LEVELS, Finding, Level
from core.checks.registry import limit
from core.checks.view import Positions, View
from core.table import Floats
from core.text import text


def strongest(scores: Floats) -> Positions:
    """Positions from the highest score on, as many as are listed one by one."""
    order = np.argsort(-scores, kind="stable").astype(np.int64)
    return order[: int(limit("most_findings"))]


def worst(levels: Sequence[Level], sizes: Sequence[float]) -> list[int]:
    """Positions from the worst level and the largest size on; all of them."""
    return sorted(range(len(sizes)), key=lambda at: (LEVELS.index(levels[at]), -sizes[at]))


def more(view: View, kind: str, level: Level, count: int) -> Iterator[Finding]:
    """The finding that says how many places of a table were found and not listed; nothing where all were."""
    left = count - int(limit("most_findings"))
    if left > 0:
        what = text("{count} more places like the ones listed were found here.", count=left)
        yield Finding(kind, (view.table.title,), what, level, advice=text("Correct the listed ones first."))
