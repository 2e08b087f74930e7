"""Results as charts: which lines, named how, over which years and bands; values only, no drawing."""

from core.charts.build import chosen_bands, line_chart
from core.charts.chart import DIFFERENCE, NO_YEAR, OTHER, OURS, SUM, Chart, ChartLine, LineKey, Shade, said
from core.charts.comparison import comparison_chart
from core.charts.footnote import settings_aside
from core.charts.lacking import computable, lacking
from core.charts.scale import value_range
from core.charts.selection import EVERY_YEAR, PAIRS, Choice, Offer, Selection, offered

__all__ = [
    "DIFFERENCE",
    "EVERY_YEAR",
    "NO_YEAR",
    "OTHER",
    "OURS",
    "PAIRS",
    "SUM",
    "Chart",
    "ChartLine",
    "Choice",
    "LineKey",
    "Offer",
    "Selection",
    "Shade",
    "chosen_bands",
    "comparison_chart",
    "computable",
    "lacking",
    "line_chart",
    "offered",
    "said",
    "settings_aside",
    "value_range",
]
