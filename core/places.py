"""Where the files that ship with the application are, from source and in the packaged application."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent))
DATA = ROOT / "data"
RESOURCES = ROOT / "resources"
