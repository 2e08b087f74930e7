"""The whole import of a large workbook against pandas with openpyxl, and the first preview of files of any size."""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parent.parent
ROWS, COLUMNS, LINES = 100_000, 20, 10_000_000

_TIMED = """
import sys, time
from pathlib import Path
path = Path(sys.argv[1])
begun = time.perf_counter()
{work}
print(time.perf_counter() - begun)
"""
_PANDAS = "import pandas\npandas.read_excel(path, engine='openpyxl')"
_READ = "from core.files.readers import read\nread(path)"
_IMPORT = (
    "from core.files.importing import detect, import_part, known_labels\n"
    "from core.files.readers import read\n"
    "known = known_labels(None)\n"
    "parts = detect([read(path)], known).parts\n"
    "assert [import_part(part, known).problem for part in parts] == [None]"
)
_PREVIEW = "from core.files.readers import glance, read\nglance(path) or read(path)"


def seconds(work: str, path: Path) -> float:
    """How long some work on a file takes in a fresh process, its imports included."""
    command = [sys.executable, "-c", _TIMED.format(work=work), str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return float(done.stdout)


def workbook(path: Path, rows: int) -> Path:
    """Years across, two columns of labels, numbers with decimals."""
    rng = random.Random(3)
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Exports")
        sheet.write_row(0, 0, ["Reporter", "Product", *range(2003, 2003 + COLUMNS - 2)])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, [f"Economy {row % 200}", f"Product {row // 200:04d}"])
            sheet.write_row(row, 2, [round(rng.uniform(0, 1e6), 2) for _column in range(COLUMNS - 2)])
    return path


def long_text(path: Path, lines: int) -> Path:
    """A list in the layout of BACI: year, exporter, importer, product, value, quantity."""
    block = "".join(
        f"2022,{i},{j},{k:06d},{i * j / k:.3f},{k / j:.3f}\n"
        for i in range(4, 104)
        for j in (156, 276, 392, 410, 842)
        for k in range(10111, 10611)
    )
    with path.open("w", encoding="ascii") as stream:
        stream.write("t,i,j,k,v,q\n")
        for _time in range(lines // 250_000):
            stream.write(block)
    return path


def main(rounds: int = 3) -> None:
    """Print medians and their ratio; the runs are mixed at random."""
    with tempfile.TemporaryDirectory() as folder:
        large = workbook(Path(folder) / "large.xlsx", ROWS)
        works = {
            "pandas.read_excel, openpyxl": _PANDAS,
            "Balassa: read": _READ,
            "Balassa: read, detect and build": _IMPORT,
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        order = [name for name in works for _round in range(rounds)]
        random.shuffle(order)
        for name in order:
            times[name].append(seconds(works[name], large))
        print(f"Import of a workbook of {ROWS:,} × {COLUMNS} cells, {large.stat().st_size / 2**20:.0f} MB")
        for name, taken in times.items():
            print(f"  {name:<36}{statistics.median(taken) * 1000:7.0f} ms  (n={rounds}, best {min(taken) * 1000:.0f})")
        pandas, _read, ours = (statistics.median(taken) for taken in times.values())
        print(f"  {pandas / ours:.1f} times as fast (aim: at least 4)")
        files = {
            f"workbook, {ROWS:,} × {COLUMNS}": large,
            "workbook, 500 × 20": workbook(Path(folder) / "small.xlsx", 500),
            f"text, {LINES:,} lines": long_text(Path(folder) / "long.csv", LINES),
        }
        print("First preview, program running, libraries not loaded yet")
        for name, path in files.items():
            shown = statistics.median(seconds(_PREVIEW, path) for _round in range(rounds))
            print(f"  {name:<36}{shown * 1000:7.0f} ms  (aim: at most 1000)")


if __name__ == "__main__":
    main()
