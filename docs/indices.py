"""Writes docs/indices, the reference pages about the indices: python dev.py docs."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from core.reference_pages import pages  # noqa: E402 - the project is not installed


def main(folder: Path) -> None:
    """Write every page and remove those of families that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(made)} pages in {folder.relative_to(ROOT)}")


if __name__ == "__main__":
    main(ROOT / "docs/indices")
