"""`python dev.py bench [--long]`: every figure is a ratio to a named other program, measured in this run."""

from __future__ import annotations

import platform
import sys

import numpy
import pyqtgraph
import PySide6

from bench import checks, complexity, cost, edit, fuzz, importing, panels, reading, start


def main() -> None:
    """Print each comparison."""
    print(
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, pyqtgraph {pyqtgraph.__version__}, "
        f"NumPy {numpy.__version__}, {platform.system()} {platform.machine()}"
    )
    rounds = 4 if "--long" in sys.argv else 1
    start.main(11 * rounds)
    edit.main(200 * rounds)
    reading.main(3 * rounds)
    importing.main(3)
    panels.main(5 * rounds)
    checks.main(12 * rounds)
    complexity.main("--long" in sys.argv)
    if "--long" in sys.argv:
        cost.main()
        fuzz.main()


if __name__ == "__main__":
    main()
