"""The mapping step of an import: what the rows and columns of a sheet mean. A guess that a person can correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from core.files.cells import bilingual
from core.measures import is_exact, known_place, measure_label, measures, place_label, plain
from core.table import DIMENSIONS, Label
from core.units import Unit

CODES = tuple(f"{dimension}_code" for dimension in DIMENSIONS)
COLUMN_ROLES = ("ignore", *DIMENSIONS, *CODES, "year", "within_year", "value", "unit", "scale", "mark", "summed")
"""What a column can be. `…_code` is the code of what another column names (or alone names it); `within_year` a month
or quarter beside a year; `scale` a power of ten or a word such as "millions"; `summed` tells rows apart over which
values are added up."""
LEVEL_ROLES = ("ignore", *DIMENSIONS, "year", "within_year", "unit")
ORIENTATIONS = ("across", "down", "long", "one_year")
"""Years in a row; years in a column with a column for each series; one value column; one period, or none, for all."""
TWICE = ("", "first", "last", "sum")
"""What becomes of different values for one place: refused until a person decides, the first, the last, their sum."""

NO_UNIT = Unit()
Labels = Mapping[str, tuple[Label, ...]]


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How a sheet becomes a table. Rows and columns count from 0.

    `levels` says what each header row tells about the value columns, `columns` what each column is. What neither
    says is the same for the whole sheet: reporter, partner, sector, measure, year and unit. A header cell of the level
    "year" may say more than a year: a flow, a unit ("Exported value in 2009, US Dollar thousand").
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
    skipped: tuple[int, ...] = ()
    """Rows of the table that are not imported, such as headings and repeated headers."""
    headings: str = ""
    """The dimension, or "year", that a row with nothing but a label names for the rows below it."""
    missing: tuple[str, ...] = ()
    """Texts and numbers, as they are written, that stand for a missing value: "..", "-99"."""
    twice: str = ""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """Units of single value columns, by the number of the column, that a person stated."""
    meant: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By dimension: the label ids that a person confirmed for names of the file."""

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
        return role in self.columns or role in self.levels or f"{role}_code" in self.columns


class Names:
    """The labels that names in a file stand for: those of the project, in either language, before new ones."""

    def __init__(self, known: Labels) -> None:
        """`known` are the labels of the project by dimension."""
        self._of: dict[str, dict[str, Label]] = {dimension: {} for dimension in DIMENSIONS}
        self._ids: dict[str, dict[str, Label]] = {dimension: {} for dimension in DIMENSIONS}
        self._claimed: set[str] = set()
        """Measures of the catalogue that a name with further words has taken: "Exports of goods"."""
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
        return known_place(dimension, name) is not None

    def find(self, dimension: str, name: str) -> Label:
        """The label; a new one is named in the language of the file."""
        wanted = plain(name)
        found = self._of[dimension].get(wanted)
        if found is None:
            new = self._measure(name) if dimension == "measure" else place_label(dimension, name)
            own = new.id not in measures() if dimension == "measure" else known_place(dimension, name) is None
            found = self._ids[dimension].get(new.id) or (
                replace(new, name=bilingual(" ".join(name.split()))) if own else new
            )
            self._of[dimension][wanted] = found
            self._ids[dimension].setdefault(found.id, found)
        return found

    def reserve(self, names: Iterable[str]) -> None:
        """Names of measures that stand beside each other: what one says exactly no other takes with further words."""
        self._claimed |= {measure_label(name).id for name in names if is_exact(name)}

    def _measure(self, name: str) -> Label:
        """Of several names with further words only the first is the catalogue's: goods are not services."""
        found = measure_label(name)
        if found.id not in measures() or is_exact(name):
            return found
        if found.id in self._claimed:
            return Label(plain(name), bilingual(name))
        self._claimed.add(found.id)
        return found
