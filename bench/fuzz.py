"""Ten thousand broken files of every format: each is read, or refused in one plain sentence."""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from pathlib import Path

from core.files.child.process import kept
from tests.core.files.fuzzing import mutations, outcome, seeds

_DEAD = re.compile(r"needs more memory than is safe|took more than")


def main(count: int = 10_000) -> None:
    """Print what became of them; anything but a table or a sentence ends the run."""
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, kept():
        (Path(folder) / "seeds").mkdir()
        whole = seeds(Path(folder) / "seeds")
        path = Path(folder) / "broken"
        begun = time.perf_counter()
        for data in mutations(whole, count, seed=2026):
            path.write_bytes(data)
            started = time.perf_counter()
            sentence = outcome(path)
            slowest = max(slowest, time.perf_counter() - started)
            outcomes["child ended" if _DEAD.search(sentence) else "refused" if sentence else "read"] += 1
        taken = time.perf_counter() - begun
    print(f"Broken files ({len(whole)} files of every format, {count:,} mutations)")
    for name in ("read", "refused", "child ended"):
        print(f"  {name:<36}{outcomes[name]:7,}")
    print(f"  neither: 0 (aim: 0); slowest {slowest * 1000:.0f} ms, all in {taken:.0f} s")


if __name__ == "__main__":
    main()
