"""Other programs that compute our indices, in an environment of their own: they were written for pandas 1 and 2."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import dev

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = "bench/oracles.txt"
FOLDER = ".bench-oracles"

Arrays = dict[str, NDArray[np.float64]]

_BEGIN = """
import json, resource, sys, time, warnings
import numpy as np
warnings.simplefilter("ignore")
def peak():
    # of this program alone: the figure of getrusage begins with what the parent held
    if sys.platform.startswith("linux"):
        with open("/proc/self/status") as lines:
            return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
given, into = sys.argv[1:]
"""

_END = """
figures = {"seconds": seconds, "peak": peak()}
np.savez(into, **made())
print(json.dumps(figures))
"""

_AS_MAIN = """
import os
os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as main.py does
"""

APPLICATION = (
    _AS_MAIN
    + _BEGIN
    + """
from core.analysis import analyse
from core.indices import indices
from core.project import Project
from core.table import Label, Periods, new_table
from core.text import Bilingual
panel = np.load(given)
years, economies, sectors = panel.shape
reporter, sector = (each.ravel() for each in np.indices((economies, sectors)))
labels = {
    "reporter": [Label(f"e{at}", Bilingual(f"E{at}")) for at in range(economies)],
    "sector": [Label(f"s{at}x", Bilingual(f"S{at}")) for at in range(sectors)],
    "measure": [Label("exports", Bilingual("Exports"))],
}
columns = {"reporter": reporter, "sector": sector, "measure": np.zeros(reporter.size, dtype=np.int32)}
periods = Periods("year", tuple(range(2000, 2000 + years)))
values = [each.ravel() for each in panel]
project = Project("p", tables=(new_table("t", Bilingual("Panel"), labels, columns, periods, values),))
del panel, values, reporter, sector, columns
names = ("rca", "eci", "pci", "density", "coi", "cog")
indices()  # the catalogue is read when the program starts, as modules are imported
begun = time.perf_counter()
table = analyse(project).tables["t"]
for name in names:
    table.prepare(name)
seconds = time.perf_counter() - begun
def made():
    arrays = {
        name: np.stack([table.computed(name, year).parts[""][0] for year in table.years]) for name in names
    }
    return arrays | {name: arrays[name][:, :, 0] for name in ("eci", "coi")} | {"pci": arrays["pci"][:, 0]}
"""
    + _END
)

FUNCTIONS = (
    _AS_MAIN
    + _BEGIN
    + """
from core.indices.coi import coi
from core.indices.cog import cog
from core.indices.density import density
from core.indices.eci import eci
from core.indices.pci import pci
from core.indices.presence import presence
from core.indices.rca import rca
panel = np.load(given)
begun = time.perf_counter()
found = []
for exports in panel:
    economies, sectors = exports.sum(axis=1, keepdims=True), exports.sum(axis=0, keepdims=True)
    advantage = rca(exports, economies, sectors, sectors.sum(axis=1, keepdims=True))
    there = presence(exports, threshold=1.0, threshold_side="at_least").values
    complexity = eci(there, complexity_norm="growth_lab").values
    product = pci(there, complexity, complexity_norm="growth_lab").values
    near = density(there, phi_diagonal=1.0).values
    outlook = coi(there, near, product, complexity_norm="growth_lab").values
    gain = cog(there, product, phi_diagonal=1.0, complexity_norm="growth_lab").values
    found.append((advantage, complexity[:, 0], product[0], near, outlook[:, 0], gain))
seconds = time.perf_counter() - begun
def made():
    names = ("rca", "eci", "pci", "density", "coi", "cog")
    return {name: np.stack([year[at] for year in found]) for at, name in enumerate(names)}
"""
    + _END
)

ECOMPLEXITY = (
    _BEGIN
    + """
import pandas as pd
from ecomplexity import ecomplexity
panel = np.load(given)
place = np.nonzero(panel)
frame = pd.DataFrame(dict(zip(("year", "economy", "sector"), place)) | {"exports": panel[place]})
shape = panel.shape
del panel
names = {"time": "year", "loc": "economy", "prod": "sector", "val": "exports"}
begun = time.perf_counter()
table = ecomplexity(frame, names, check_logsupermodularity=False, verbose=False)
seconds = time.perf_counter() - begun
def made():
    year, economy, sector = (table[name].to_numpy(int) for name in ("year", "economy", "sector"))
    arrays = {name: np.full(shape, np.nan) for name in ("rca", "eci", "pci", "density", "coi", "cog")}
    for name, array in arrays.items():
        array[year, economy, sector] = table[name].to_numpy(float)
    return arrays | {name: arrays[name][:, :, 0] for name in ("eci", "coi")} | {"pci": arrays["pci"][:, 0, :]}
"""
    + _END
)

OTHERS = (
    _BEGIN
    + """
import econci
import economic_complexity
import pandas as pd
from inequality.theil import Theil
arrays = dict(np.load(given))
begun = time.perf_counter()
def of(exports, income):
    wide = pd.DataFrame(exports)
    long = wide.rename_axis("economy").reset_index().melt("economy", var_name="sector", value_name="exports")
    one = econci.Complexity(long, c="economy", p="sector", values="exports")
    one.calculate_indexes()
    advantage = economic_complexity.rca(wide)
    prody = economic_complexity.pgi(wide, advantage, pd.DataFrame({"income": income}), cutoff=0)
    return {
        "econci rca": one.rca.to_numpy(),
        "econci eci": one.eci["eci"].to_numpy(),
        "econci pci": one.pci["pci"].to_numpy(),
        "econci density": one.density.to_numpy(),
        "economic-complexity rca": advantage.to_numpy(),
        "economic-complexity density": economic_complexity.relatedness(advantage).to_numpy(),
        "economic-complexity prody": prody.to_numpy()[:, 0],
        "inequality theil": Theil(exports.T).T,
    }
found = [of(*each) for each in zip(arrays["exports"], arrays["income"])]
seconds = time.perf_counter() - begun
def made():
    return {name: np.stack([each[name] for each in found]) for name in found[0]}
"""
    + _END
)


def environment() -> str:
    """The Python that has the other programs; made with a network the first time."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    wanted = {"python": sys.version.split()[0], PACKAGES: dev.digest(PACKAGES)}
    return dev.filled(FOLDER, base, wanted, ["-r", PACKAGES])


def run(python: str, program: str, given: Path, into: Path) -> tuple[dict[str, float], Arrays]:
    """What a program measured of itself (seconds, peak in bytes) and the arrays it made."""
    command = [python, "-c", program, str(given), str(into)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    with np.load(into) as arrays:
        return figures, {name: arrays[name] for name in arrays.files}
