"""Which label a name means: one that the project knows already, one of the catalogue, or a new one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.headers import distinct_names
from core.measures import known_place, measure_label, measures, place_label, plain
from core.project import Project
from core.table import Label, Table
from core.text import LANGUAGES, Bilingual, Text, text

_NEW = {
    "reporter": text("Economy {number}"),
    "partner": text("Partner {number}"),
    "sector": text("Sector {number}"),
    "measure": text("Series {number}"),
}


def named(project: Project, dimension: str, name: str, table: Table | None = None) -> Label:
    """The label that a person means by a name: the table's own first, then the project's, then the catalogue's."""
    for labels in (table.labels[dimension] if table else (), project.labels(dimension)):
        found = _called(labels, name)
        if found is not None:
            return found
    label = measure_label(name) if dimension == "measure" else place_label(dimension, name)
    known = project.label(dimension, label.id)
    if known is None:
        return label
    if label.id in measures() if dimension == "measure" else known_place(dimension, name) is not None:
        return known
    return Label(_free(label.id, (each.id for each in project.labels(dimension))), label.name, label.role)


def unnamed(dimension: str, label_id: str, taken: Sequence[Label]) -> Label:
    """A label with a name that says only that it is new ("Series 3"), and that no other has."""
    names = {plain(label.name.show(language)) for label in taken for language in LANGUAGES}
    number = len(taken) + 1
    while True:
        message = Text(_NEW[dimension].message, {"number": number})
        name = Bilingual(message.show("en"), message.show("zh"))
        if not {plain(name.en), plain(name.zh)} & names:
            return Label(label_id, name)
        number += 1


def _called(labels: Sequence[Label], name: str) -> Label | None:
    wanted = plain(name)
    for label, shown in zip(labels, distinct_names(labels), strict=True):
        if wanted in {plain(shown.show(language)) for language in LANGUAGES}:
            return label
    code = name.strip()
    return next((label for label in labels if label.id == code and code.isupper()), None)


def _free(label_id: str, taken: Iterable[str]) -> str:
    known, number = set(taken), 2
    while f"{label_id} {number}" in known:
        number += 1
    return f"{label_id} {number}"
