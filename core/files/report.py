"""What an import made of a file: shown before and after it, and kept with the table as its provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import UserError
from core.text import Bilingual, Text


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a file, as people look it up: sheet and address ("B5"). Of a text file the line is the row."""

    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two cells that speak of the same series and period."""

    series: tuple[Bilingual, ...]
    period: str
    first: Place
    first_value: float
    second: Place
    second_value: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name of the file that resembles one that is known: a guess that a person has to confirm."""

    dimension: str
    name: str
    label: str
    """Id of the label that may be meant."""
    shown: Bilingual


@dataclass(frozen=True, slots=True)
class Report:
    """What came out, and what became of everything else. Counts are exact; lists hold the first hundred."""

    series: int
    periods: tuple[str, ...]
    cells: int
    """Numbers imported, near zeros among them."""
    empty: int
    """Places of the table without a value."""
    texts: tuple[tuple[str, str], ...] = ()
    """Address and content of cells that were no numbers and became marks."""
    notes: tuple[Text, ...] = ()
    missing: Mapping[str, int] = field(default_factory=dict)
    """How often each mark of a missing value was met."""
    near_zero: int = 0
    text_count: int = 0
    error_count: int = 0
    """Cells with an Excel error, among the texts."""
    uncalculated: int = 0
    """Formulas without a value in the file."""
    rows_left: tuple[tuple[int, Text], ...] = ()
    """Numbers of rows and the reason why they were left out: outside the table, headings, without a period."""
    rows_left_count: int = 0
    columns_left: tuple[str, ...] = ()
    """Headers of columns that were left out."""
    columns_left_count: int = 0
    aggregates: tuple[tuple[str, Bilingual], ...] = ()
    """Dimension and name of labels with a role: world, totals, groups."""
    aggregate_count: int = 0
    duplicates: tuple[Duplicate, ...] = ()
    """Different values for one place; how it was decided says `SheetMapping.twice`."""
    duplicate_count: int = 0
    repeated: int = 0
    """Equal values for one place, which do no harm."""
    suggestions: tuple[Suggestion, ...] = ()
    """For names that no table knows; of a list of thousands of such names, which are no economies, for the first."""
    suggestion_count: int = 0
    rows_read: int = 0


class Contradictory(UserError):
    """Different values for one place, about which nobody has decided; `report` lists them."""

    def __init__(self, message: Text, report: Report) -> None:
        """`message` names the first two cells."""
        super().__init__(message)
        self.report = report
