"""Names in the headers of a grid: as short as they can be without two headers being the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from core.table import DIMENSIONS, Label, Table
from core.text import LANGUAGES, Bilingual, Text

Part = Bilingual | Text | str
"""One level of a header, shown in the language of the window."""
ABSENT = "–"
"""Stands for a dimension that a series does not have, where leaving it out would be ambiguous."""


class Names:
    """Names of labels in headers, told apart by a number where two labels of a dimension have the same."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._of: dict[str, tuple[Bilingual, ...]] = {}

    @cached_property
    def varying(self) -> tuple[str, ...]:
        """The dimensions in which series differ; together they tell all series apart."""
        if not len(self._table.series):
            return ()
        codes = ((dimension, self._table.series.codes(dimension)) for dimension in DIMENSIONS)
        return tuple(dimension for dimension, each in codes if int(each.min()) != int(each.max()))

    @cached_property
    def constant(self) -> dict[str, int]:
        """The code that all series share, for the dimensions that have one."""
        if not len(self._table.series):
            return {}
        others = (dimension for dimension in DIMENSIONS if dimension not in self.varying)
        codes = {dimension: int(self._table.series.codes(dimension)[0]) for dimension in others}
        return {dimension: code for dimension, code in codes.items() if code >= 0}

    def of(self, dimension: str) -> tuple[Bilingual, ...]:
        """The names of all labels of a dimension by code."""
        if dimension not in self._of:
            self._of[dimension] = distinct_names(self._table.labels[dimension])
        return self._of[dimension]

    @cached_property
    def _gaps(self) -> bool:
        """True where leaving an absent dimension out could make two headers the same."""
        mixed = [each for each in self.varying if int(self._table.series.codes(each).min()) < 0]
        if not mixed:
            return False
        for language in LANGUAGES:
            names = [name.show(language) for each in self.varying for name in self.of(each)]
            if len(set(names)) < len(names):
                return True
        return False

    def parts(self, series: int, dimensions: Sequence[str]) -> tuple[Part, ...]:
        """What a header says about some dimensions of a series."""
        codes = [(each, int(self._table.series.codes(each)[series])) for each in dimensions]
        shown = [self.of(each)[code] if code >= 0 else ABSENT for each, code in codes]
        if not self._gaps:
            shown = [part for part in shown if part is not ABSENT]
        return tuple(shown) or (ABSENT,)


def distinct_names(labels: Sequence[Label]) -> tuple[Bilingual, ...]:
    """What labels are called, with "(2)" behind a name that stands before already, in either language."""
    taken: set[tuple[str, str]] = set()
    names = []
    for label in labels:
        plain = label.name if label.name.en or label.name.zh else Bilingual(label.id)
        name, number = plain, 1
        while any((language, name.show(language)) in taken for language in LANGUAGES):
            number += 1
            name = Bilingual(*(f"{plain.show(language)} ({number})" for language in LANGUAGES))
        taken.update((language, name.show(language)) for language in LANGUAGES)
        names.append(name)
    return tuple(names)
