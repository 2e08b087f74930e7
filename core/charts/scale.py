"""Round ends of the value axis, so that a small edit moves a curve and not the axis."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np

from core.charts.chart import Chart, LineKey

_LEAST = 1e-300
"""Below it, numbers lose digits and their powers of ten vanish."""


def nice_step(span: float, count: int) -> float:
    """1, 2 or 5 times a power of ten: the smallest such step that divides a span into at most `count` parts."""
    power = 10.0 ** math.floor(math.log10(max(span, _LEAST) / count))
    return next(float(f"{power * part:.12g}") for part in (1, 2, 5, 10) if power * part * count >= span * (1 - 1e-9))


def value_range(chart: Chart, hidden: Collection[LineKey] = ()) -> tuple[float, float]:
    """Ends of the value axis for the lines that are not hidden, as shown (per cent times 100)."""
    shown = [line.values for line in chart.lines if line.key not in hidden] or [line.values for line in chart.lines]
    values = np.concatenate(shown) if shown else np.empty(0)
    values = values[np.isfinite(values)] * chart.factor
    ends = [float(values.min()), float(values.max())] if len(values) else []
    if chart.neutral is not None:
        ends.append(chart.neutral * chart.factor)
    if not ends:
        return 0.0, 1.0
    low, high = min(ends), max(ends)
    if low == high:
        margin = abs(low) * 0.1 or 10.0**-chart.decimals
        low, high = low - margin, high + margin
    margin = (high - low) * 0.04
    step = nice_step(high - low + 2 * margin, 12)
    return (
        float(f"{math.floor((low - margin) / step) * step:.12g}"),
        float(f"{math.ceil((high + margin) / step) * step:.12g}"),
    )
