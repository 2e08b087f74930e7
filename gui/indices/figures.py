"""Values of a chart as people read them: decimals and per cent of the index, and plain text in tooltips."""

from __future__ import annotations

import math

from core.charts import Chart
from gui.text import _, number, show

MISSING = "–"


def figure(chart: Chart, value: float) -> str:
    """A value with the decimals of its index, per cent where it is one; a dash for NaN."""
    if not math.isfinite(value):
        return MISSING
    text = number(value * chart.factor, chart.decimals)
    return text + "%" if chart.percent else text


def figure_with_unit(chart: Chart, value: float) -> str:
    """The same with the unit of an amount."""
    unit = show(chart.unit.name) if chart.unit is not None else ""
    return f"{figure(chart, value)} {unit}".strip()


def change(chart: Chart, value: float) -> str:
    """A difference of two values with its sign; of percentages in percentage points."""
    if not math.isfinite(value):
        return MISSING
    text = number(value * chart.factor, chart.decimals)
    signed = text if text.startswith("-") or not text.strip("0.,") else "+" + text
    return _("{change} pp").format(change=signed) if chart.percent else signed


def band_name(chart: Chart, value: float) -> str:
    """The name of the band that a value falls in; empty without bands."""
    band = chart.band(value)
    return show(band.name) if band else ""
