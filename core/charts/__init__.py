"""Results as charts: which lines, named how, over which years and bands; values only, no drawing."""

from core.charts.build import chosen_bands, line_chart
from core.charts.chart import NO_YEAR, Chart, ChartLine, LineKey, Shade, said
from core.charts.lacking import computable, lacking
from core.charts.scale import value_range
from core.charts.selection import EVERY_YEAR, Choice, Offer, Selection, offered

__all__ = [
    "EVERY_YEAR",
    "NO_YEAR",
    "Chart",
    "ChartLine",
    "Choice",
    "LineKey",
    "Offer",
    "Selection",
    "Shade",
    "chosen_bands",
    "computable",
    "lacking",
    "line_chart",
    "offered",
    "said",
    "value_range",
]
