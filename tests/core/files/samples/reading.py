"""The sample files as tables, read the way a user's file is; values are asked for by the names in the file."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from core.files.importing import Detected, Imported, detect, import_part, known_labels
from core.files.mapping import Labels
from core.files.readers import read
from core.files.report import Report
from core.measures import measure_label, place_label, plain
from core.table import DIMENSIONS, Label, Mark, Table
from tests.core.files.samples.corrections import with_corrections

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "import-samples"
KNOWN: Labels = known_labels(None)
NEEDS_SAMPLES = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the folder ../shared/import-samples does not stand beside the project"
)

Names = str | tuple[str, ...]
"""A name, or several of which any will do: a label may come out under the name of a catalogue."""


@dataclass(frozen=True, eq=False, slots=True)
class Read:
    """A file after detection, corrections and import."""

    detected: Detected
    imported: tuple[Imported, ...]

    @property
    def table(self) -> Table:
        """The only table."""
        assert len(self.imported) == 1, [each.part.name for each in self.imported]
        return table_of(self.imported[0])

    @property
    def report(self) -> Report:
        """The report of the only table."""
        assert len(self.imported) == 1, [each.part.name for each in self.imported]
        report = self.imported[0].report
        assert report is not None, str(self.imported[0].problem)
        return report

    @property
    def left(self) -> dict[str, str]:
        """Sheets that were left out, and why."""
        return {each.sheet.name: str(each.reason) for each in self.detected.left}


@cache
def sample(file: str) -> Read:
    """One sample file."""
    found = with_corrections(detect([read(FOLDER / file)], KNOWN), file)
    return Read(found, tuple(import_part(part, KNOWN) for part in found.parts))


def table_of(imported: Imported) -> Table:
    assert imported.table is not None, str(imported.problem)
    return imported.table


def labels(table: Table, dimension: str) -> dict[str, Label]:
    """The labels that series of the table have, by id."""
    used = {int(code) for code in np.unique(table.series.codes(dimension)) if code >= 0}
    return {label.id: label for code, label in enumerate(table.labels[dimension]) if code in used}


def label(table: Table, dimension: str, name: Names) -> Label:
    """The only label of a dimension that a name means."""
    found = [each for each in labels(table, dimension).values() if _means(each, dimension, name)]
    assert len(found) == 1, f"{dimension} {name}: {found or list(labels(table, dimension).values())[:20]}"
    return found[0]


def series(table: Table, *anywhere: Names, **names: Names) -> int:
    """The only series with these names; those without a dimension may stand in any."""
    fits = np.ones(len(table.series), dtype=np.bool_)
    for dimension, name in names.items():
        fits &= _named(table, dimension, name)
    for name in anywhere:
        fits &= np.any([_named(table, dimension, name) for dimension in DIMENSIONS], axis=0)
    found = np.flatnonzero(fits).tolist()
    assert len(found) == 1, f"{anywhere} {names}: {[table.key(at) for at in found or range(len(fits))][:12]}"
    return int(found[0])


def value(table: Table, period: int, *anywhere: Names, **names: Names) -> float | None:
    """The number of a series in a period, as stored; None where it is missing."""
    at = table.period(period)
    assert at >= 0, f"no {period} in {table.periods}"
    number = table.value(series(table, *anywhere, **names), at)
    return None if math.isnan(number) else number


def mark(table: Table, period: int, *anywhere: Names, **names: Names) -> Mark | None:
    """What a cell says beside its number."""
    return table.marks.get((series(table, *anywhere, **names), table.period(period)))


def values(table: Table) -> NDArray[np.float64]:
    """All numbers, periods × series."""
    return np.array([table.column(at) for at in range(len(table.values))])


def missing(table: Table) -> int:
    """How many places have no number."""
    return int(np.isnan(values(table)).sum())


def of_year(table: Table, year: int, *anywhere: Names, **names: Names) -> float:
    """A number that is there."""
    found = value(table, year, *anywhere, **names)
    assert found is not None
    return found


def _named(table: Table, dimension: str, name: Names) -> NDArray[np.bool_]:
    codes = [code for code, each in enumerate(table.labels[dimension]) if _means(each, dimension, name)]
    return np.isin(table.series.codes(dimension), codes)


def _means(each: Label, dimension: str, name: Names) -> bool:
    if not isinstance(name, str):
        return any(_means(each, dimension, one) for one in name)
    wanted = plain(name)
    known = {plain(each.id), plain(each.name.en), plain(each.name.zh)}
    meant = measure_label(name) if dimension == "measure" else place_label(dimension, name)
    behind_code = any(text.endswith(f" {wanted}") and text.startswith(f"{plain(each.id)} ") for text in known)
    return wanted in known or meant.id == each.id or behind_code
