"""The sample project: the paper's tables, the World Bank series, and a board with its factors and strategies."""

from __future__ import annotations

import json
from typing import Any

from core.board import Board
from core.codec import decode
from core.places import DATA
from core.project import Analysis, Project, Study
from core.table import Table
from core.text import Bilingual

_FOLDER = DATA / "sample"
_TABLES = ("table1", "table3", "table4", "worldbank")


def sample() -> Project:
    """The project that opens when nothing else is asked for; always the same, with the id "sample"."""
    settings = _read("settings.json")
    return Project(
        id=settings["id"],
        title=decode(Bilingual, settings["title"]),
        study=decode(Study, settings["study"]),
        tables=tuple(decode(Table, _read(f"tables/{name}.json")) for name in _TABLES),
        board=decode(Board, _read("board.json")),
        analysis=decode(Analysis, settings["analysis"]),
    )


def _read(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))
