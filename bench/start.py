"""From the start of the process to the first painted window, against a bare PySide6 and pyqtgraph window."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_WATCH = """
import os, sys
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.painted = True
        return False
    def wait(self, application):
        while not self.painted:
            application.processEvents()
        loaded = sorted({name.partition(".")[0] for name in sys.modules})
        print("painted", *loaded, flush=True)
        for _round in range(5):
            application.processEvents()
        print("ready", flush=True)
"""

BARE = (
    _WATCH
    + """
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
application = QApplication([])
window = QMainWindow()
plot = pyqtgraph.PlotWidget()
window.setCentralWidget(plot)
window.resize(1280, 800)
watch = Watch()
plot.viewport().installEventFilter(watch)
window.show()
watch.wait(application)
os._exit(0)
"""
)

OURS = (
    _WATCH
    + """
import tempfile
from pathlib import Path
from core.sample import sample
from gui.application import Desk, make_application
from gui.background import Background
from gui.data.table_view import TableView
from gui.preferences import Preferences
from gui.prompts import QtPrompts
application = make_application()
with tempfile.TemporaryDirectory() as folder:
    preferences = Preferences(Path(folder) / "settings.ini")
    preferences.theme = "light"
    desk = Desk(application, sample(), Background(), QtPrompts(), preferences)
    watch = Watch()
    desk.window.findChild(TableView).viewport().installEventFilter(watch)
    desk.window.show()
    watch.wait(application)
    desk.session.wait()
os._exit(0)
"""
)


def once(code: str) -> tuple[float, float, set[str]]:
    """Seconds until "painted" and until "ready" arrive, and the top-level modules loaded at the first paint."""
    begun = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline().split()
        painted = time.perf_counter() - begun
        process.stdout.readline()
        ready = time.perf_counter() - begun
    if line[:1] != ["painted"]:
        raise RuntimeError("the window was not painted")
    return painted, ready, set(line[1:])


def main(rounds: int = 11) -> None:
    """Print medians and their ratio; the runs of both are mixed at random."""
    programs = {"bare PySide6 + pyqtgraph window": BARE, "Balassa with the sample project": OURS}
    times: dict[str, list[float]] = {name: [] for name in programs}
    ready: dict[str, list[float]] = {name: [] for name in programs}
    loaded: dict[str, set[str]] = {}
    for name, code in programs.items():
        loaded[name] = once(code)[2]  # warms the page cache
    order = [name for name in programs for _round in range(rounds)]
    random.shuffle(order)
    for name in order:
        painted, all_built, _loaded = once(programs[name])
        times[name].append(painted)
        ready[name].append(all_built)
    print("Start of the process to the first painted window")
    for name, taken in times.items():
        print(f"  {name:<36}{statistics.median(taken) * 1000:7.0f} ms  (n={rounds}, best {min(taken) * 1000:.0f})")
    bare, ours = (statistics.median(taken) for taken in times.values())
    print(f"  ratio {ours / bare:.2f} (aim: at most 1.5)")
    bare, ours = (statistics.median(taken) for taken in ready.values())
    print(f"  until all three tabs are built and nothing is left to do: {ours * 1000:.0f} ms, ratio {ours / bare:.2f}")
    heavy = {"pandas", "openpyxl", "xlsxwriter", "docx", "python_calamine", "lxml"}
    early = heavy & loaded["Balassa with the sample project"]
    print(f"  heavy libraries loaded by then: {', '.join(sorted(early)) or 'none'}")
