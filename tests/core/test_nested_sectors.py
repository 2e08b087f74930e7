"""Totals that are formed of sectors count each number once, whatever levels of a classification a table holds."""

from __future__ import annotations

import numpy as np
import pytest

from core.analysis import analyse
from core.project import Project
from core.table import Label, Periods, Table, new_table
from core.text import Bilingual
from core.units import Unit

CHINA, JAPAN = (
    {"84": 100.0, "85": 200.0, "8517": 150.0, "8542": 50.0},
    {"84": 50.0, "85": 60.0, "8517": 20.0, "8542": 40.0},
)


def table(codes: tuple[str, ...]) -> Table:
    """Exports of two economies in one year; the headings 8517 and 8542 are all of chapter 85."""
    cells = [(reporter, code) for reporter in (0, 1) for code in range(len(codes))]
    return new_table(
        "t",
        Bilingual("Exports"),
        {
            "reporter": [Label("CHN", Bilingual("China")), Label("JPN", Bilingual("Japan"))],
            "sector": [Label(code, Bilingual(code)) for code in codes],
            "measure": [Label("exports", Bilingual("Exports"))],
        },
        {
            "reporter": [reporter for reporter, _ in cells],
            "sector": [code for _, code in cells],
            "measure": [0] * len(cells),
        },
        Periods("year", (2015,)),
        [[(CHINA, JAPAN)[reporter][codes[code]] for reporter, code in cells]],
        units=(Unit("USD"),),
    )


def rca(found: Table) -> dict[tuple[str, str], float]:
    results = analyse(Project("p", Bilingual("P"), tables=(found,)))
    return {(line.reporter.id, line.sector.id): float(line.values[0]) for line in results.lines("rca")}


def test_headings_are_not_added_to_their_chapter() -> None:
    """RCA of China in 84: (100/300) / (150/410)."""
    both = rca(table(("84", "85", "8517", "8542")))
    chapters = rca(table(("84", "85")))
    assert both["CHN", "84"] == pytest.approx(100 / 300 / (150 / 410), rel=1e-12)
    assert {key: both[key] for key in chapters} == chapters
    assert both["CHN", "8517"] == pytest.approx(150 / 300 / (170 / 410), rel=1e-12)


def test_headings_are_parts_where_their_chapter_is_missing() -> None:
    found = rca(table(("84", "8517", "8542")))
    assert found == pytest.approx(rca(table(("84", "8542", "8517"))))
    assert np.isclose(found["CHN", "84"], 100 / 300 / (150 / 410))
