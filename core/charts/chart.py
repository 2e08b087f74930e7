"""The values of a chart: lines over years with everything that a reader needs beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.indices.catalogue import Band, BandSet
from core.panel import Statuses
from core.results import Computed
from core.status import status_text
from core.table import Floats
from core.text import Bilingual, Text, text
from core.units import Unit

LineKey = tuple[str, str, str, str, str, str]
"""Ids of index, component, table, reporter, partner and sector, as in `core.results.Line.key`."""

NO_YEAR = 255
"""Stands among statuses where the table of a line does not have the year."""


def said(status: int) -> Text:
    """A status of a chart for people."""
    return text("the table does not have this year") if status == NO_YEAR else status_text(status)


OURS, OTHER, DIFFERENCE, SUM = range(4)
"""Where two settings are compared: the line under the one in force, under the other, and the other less ours.

`SUM` adds up the components of a decomposition.
"""


@dataclass(frozen=True, eq=False, slots=True)
class ChartLine:
    """One line, aligned to the years of its chart; NaN where a status says why.

    `steps` marks the years by which its table goes: a NaN there is a gap, other years do not break the line.
    `slot` is its place among colours, the same for an economy in every chart of a study. `side` is `OURS`, or where
    two settings are compared one of the others; the lines of one series have the same key on all sides. What is not
    drawn, a difference or a sum, has only its place among the values (`is_drawn`).
    """

    key: LineKey
    name: Bilingual
    values: Floats
    statuses: Statuses
    steps: NDArray[np.bool_]
    slot: int
    side: int = OURS

    @property
    def is_drawn(self) -> bool:
        """Whether there is a curve beside the values."""
        return self.side in {OURS, OTHER}

    def same_numbers(self, other: ChartLine) -> bool:
        """Whether another line says the same in every year."""
        return np.array_equal(self.values, other.values, equal_nan=True) and np.array_equal(
            self.statuses, other.statuses
        )

    def latest(self) -> int:
        """Position of the last value, or −1."""
        found = np.flatnonzero(np.isfinite(self.values))
        return int(found[-1]) if len(found) else -1

    def earliest(self) -> int:
        """Position of the first value, or −1."""
        found = np.flatnonzero(np.isfinite(self.values))
        return int(found[0]) if len(found) else -1

    def change(self) -> float:
        """Last value less first value; NaN with fewer than two."""
        first, last = self.earliest(), self.latest()
        return float(self.values[last] - self.values[first]) if first < last else math.nan


@dataclass(frozen=True, slots=True)
class Shade:
    """One band of a chart; the lowest begins at −∞, the highest ends at ∞."""

    lower: float
    upper: float
    name: Bilingual


@dataclass(frozen=True, eq=False, slots=True)
class Pick:
    """The series of one table and component that a chart draws: positions in results and in the chart's years."""

    table: str
    component: str
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    years: tuple[int, ...]
    at: NDArray[np.intp]
    factor: float


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """The two charts of a comparison: under the setting in force, and with `option` at another `value`."""

    option: str
    value: Any
    ours: Chart
    other: Chart


@dataclass(frozen=True, eq=False, slots=True)
class Chart:
    """A line chart of one index. Values are those of the index: per cent is a fraction until it is shown.

    A chart of the same `made_from` differs in numbers only; a line that is the same object has not changed.
    """

    index: str
    title: Text
    subtitle: Bilingual
    axis: Text | Bilingual
    years: tuple[int, ...]
    lines: tuple[ChartLine, ...]
    band_set: BandSet | None
    neutral: float | None
    unit: Unit | None
    percent: bool
    decimals: int
    footnote: tuple[Text | Bilingual, ...]
    sources: tuple[Bilingual, ...]
    notes: tuple[Text, ...]
    made_from: tuple[Any, ...]
    picks: tuple[Pick, ...]
    reads: tuple[tuple[Computed, ...], ...]
    compared: Compared | None = None
    below: tuple[ChartLine | None, ...] = ()
    """What stands below each line among the values: the difference of two settings, or the sum of components."""

    @property
    def rows(self) -> tuple[ChartLine, ...]:
        """The lines with what stands below them, as a table lists them."""
        if not self.below:
            return self.lines
        pairs = zip(self.lines, self.below, strict=True)
        return tuple(each for pair in pairs for each in pair if each is not None)

    @property
    def factor(self) -> float:
        """What a value is multiplied by when it is shown."""
        return 100.0 if self.percent else 1.0

    @property
    def shades(self) -> tuple[Shade, ...]:
        """The bands from the lowest to the highest, in units of the values."""
        bands = self.band_set.bands if self.band_set else ()
        lowers = (-math.inf, *(band.upper for band in bands))
        return tuple(Shade(lower, band.upper, band.name) for lower, band in zip(lowers, bands, strict=False))

    def band(self, value: float) -> Band | None:
        """The band that a value falls in."""
        return self.band_set.find(value) if self.band_set else None

    def line(self, key: LineKey) -> ChartLine | None:
        """The line with this key."""
        return next((line for line in self.lines if line.key == key), None)
