"""How the cost of an index grows with economies, sectors and years: draws docs/images/cost.png."""

from __future__ import annotations

import statistics
from math import log10
from pathlib import Path

import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from bench.panels import panel, seconds
from core.analysis import analyse

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "images" / "cost.png"
GROUPS = {
    "RCA": ("rca",),
    "RCA, ECI, PCI": ("rca", "eci", "pci"),
    "RCA, ECI, PCI, density, COI, COG": ("rca", "eci", "pci", "density", "coi", "cog"),
}
START = {"economies": 100, "sectors": 1000, "years": 5}
STEPS = {"economies": (25, 50, 100, 200, 400), "sectors": (250, 500, 1000, 2000, 4000), "years": (2, 5, 10, 20, 40)}
COLOURS = ("#1f6f8b", "#c8553d", "#5b8c3a")
SYMBOLS = ("o", "s", "t")


def main() -> None:
    """Measure, print and draw."""
    print(
        "how the cost grows (seconds; the other two dimensions at "
        + ", ".join(f"{n} {k}" for k, n in START.items())
        + ")"
    )
    measured: dict[str, dict[str, list[float]]] = {}
    for dimension, steps in STEPS.items():
        found: dict[str, list[float]] = {name: [] for name in GROUPS}
        for step in steps:
            results = analyse(panel(*(START | {dimension: step}).values()))
            for name, indices in GROUPS.items():
                found[name].append(statistics.median(seconds(results, indices) for _ in range(3)))
            said = "  ".join(f"{name} {times[-1]:.3f}" for name, times in found.items())
            print(f"  {step:>5} {dimension:<10} {said}")
        measured[dimension] = found
    _draw(measured)


def _draw(measured: dict[str, dict[str, list[float]]]) -> None:
    application = QApplication.instance() or QApplication([])
    assert application is not None
    pyqtgraph.setConfigOptions(background="w", foreground="#333333", antialias=True)
    view = pyqtgraph.GraphicsLayoutWidget()
    view.resize(1280, 460)
    for at, (dimension, found) in enumerate(measured.items()):
        plot = view.addPlot(row=0, col=at)
        plot.setLogMode(x=True, y=True)
        plot.showGrid(x=True, y=True, alpha=0.2)
        plot.setLabel("bottom", dimension)
        if not at:
            plot.setLabel("left", "seconds")
            legend = plot.addLegend(offset=(10, 10))
            legend.setBrush(QColor(255, 255, 255, 220))
        plot.setYRange(-3, 0)
        for (name, times), colour, symbol in zip(found.items(), COLOURS, SYMBOLS, strict=True):
            pen = pyqtgraph.mkPen(colour, width=2, style=Qt.PenStyle.SolidLine)
            plot.plot(STEPS[dimension], times, pen=pen, symbol=symbol, symbolBrush=colour, symbolPen=None, name=name)
        plot.getAxis("bottom").setTicks([[(log10(step), str(step)) for step in STEPS[dimension]]])
    QApplication.processEvents()
    PICTURE.parent.mkdir(exist_ok=True)
    view.grab().save(str(PICTURE))
    print(f"  drawn: {PICTURE.relative_to(PICTURE.parents[2]).as_posix()}")


if __name__ == "__main__":
    main()
