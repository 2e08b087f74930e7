"""The mapping step of an import: what the rows and columns of a sheet mean. A guess that a person can correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.files.cells import bilingual
from core.measures import measure_label, measures, place_label, plain
from core.table import DIMENSIONS, Label
from core.units import Unit

COLUMN_ROLES = ("ignore", *DIMENSIONS, "year", "value", "unit", "mark")
LEVEL_ROLES = ("ignore", *DIMENSIONS, "year", "unit")
ORIENTATIONS = ("across", "down", "long", "one_year")
"""Years in a row; years in a column with a column for each series; one value column; one year for all numbers."""

NO_UNIT = Unit()
Labels = Mapping[str, tuple[Label, ...]]


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How a sheet becomes a table. Rows and columns count from 0.

    `levels` says what each header row tells about the value columns, `columns` what each column is. What neither
    says is the same for the whole sheet: reporter, partner, sector, measure, year and unit.
    """

    title: str
    header: int
    levels: tuple[str, ...]
    columns: tuple[str, ...]
    end: int
    reporter: str = ""
    partner: str = ""
    sector: str = ""
    measure: str = ""
    year: int | None = None
    unit: Unit = NO_UNIT
    decimal: str = "."
    source: str = ""
    note: str = ""

    @property
    def first(self) -> int:
        """The first row of data."""
        return self.header + len(self.levels)

    @property
    def orientation(self) -> str:
        """One of `ORIENTATIONS`."""
        if "year" in self.levels:
            return "across"
        if "year" not in self.columns:
            return "one_year"
        return "long" if set(self.levels) <= {"ignore"} else "down"

    def says(self, role: str) -> bool:
        """Whether rows or columns say it, so that no value for the whole sheet is needed."""
        return role in self.columns or role in self.levels


class Names:
    """The labels that names in a file stand for: those of the project, in either language, before new ones."""

    def __init__(self, known: Labels) -> None:
        """`known` are the labels of the project by dimension."""
        self._of: dict[str, dict[str, Label]] = {dimension: {} for dimension in DIMENSIONS}
        self._ids: dict[str, dict[str, Label]] = {dimension: {} for dimension in DIMENSIONS}
        for dimension, labels in known.items():
            for label in labels:
                self._ids[dimension].setdefault(label.id, label)
                for name in (label.name.en, label.name.zh, label.id):
                    if name.strip():
                        self._of[dimension].setdefault(plain(name), label)

    def knows(self, dimension: str, name: str) -> bool:
        """Whether the project or the catalogues know the name in this dimension."""
        wanted = plain(name)
        if not wanted:
            return False
        if wanted in self._of[dimension]:
            return True
        if dimension == "measure":
            return measure_label(name).id in measures()
        return bool(place_label(dimension, name).role)

    def find(self, dimension: str, name: str) -> Label:
        """The label; a new one is named in the language of the file."""
        wanted = plain(name)
        found = self._of[dimension].get(wanted)
        if found is None:
            new = measure_label(name) if dimension == "measure" else place_label(dimension, name)
            own = dimension != "measure" or new.id not in measures()
            found = self._ids[dimension].get(new.id) or (
                replace(new, name=bilingual(" ".join(name.split()))) if own else new
            )
            self._of[dimension][wanted] = found
            self._ids[dimension].setdefault(found.id, found)
        return found
