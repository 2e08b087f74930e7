"""Labels of the table that is made, and the codes by which series refer to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from core.files.cells import bilingual, split_note
from core.files.mapping import Labels, Names
from core.measures import known_place, measure_label, measures, plain, role_words
from core.sectors import is_total_name
from core.table import DIMENSIONS, Label
from core.text import Bilingual

VALUE = Label("value", Bilingual("Value", "数值"))
"""The measure of numbers of which nothing says what they measure."""


_REST = re.compile(r"\b(nes|n\.e\.s|other|rest|unspecified|not specified|bunkers|free zones|special)\b", re.IGNORECASE)
"""What is left over counts nothing twice, unlike a group of what stands beside it."""
_NOTE_ENDS = frozenset(")]*†‡§¹²³⁰⁴⁵⁶⁷⁸⁹")


class Coder:
    """Gives each label a code, in the order in which they are met."""

    def __init__(self, known: Labels) -> None:
        """`known` are the labels of the project, which win over those of the tables in data/."""
        self.names = Names(known)
        self.labels: dict[str, list[Label]] = {dimension: [] for dimension in DIMENSIONS}
        self.unknown: dict[str, dict[str, str]] = {"reporter": {}, "partner": {}}
        """Names of economies that no table knows, by the id of their label."""
        self._codes: dict[str, dict[str, int]] = {dimension: {} for dimension in DIMENSIONS}
        self._sectors = {
            plain(name): label
            for label in reversed(known.get("sector", ()))
            for name in (label.id, label.name.zh, label.name.en)
            if name.strip()
        }
        self._own = {each: {label.id: label for label in known.get(each, ())} for each in DIMENSIONS}

    def code(self, dimension: str, name: str, code: str, meant: Mapping[str, str], scheme: str = "") -> int:
        """The code of the label that a name, a code or both stand for; −1 where both are empty."""
        if not name and not code:
            return -1
        return self.of(dimension, self._label(dimension, name, code.lstrip("'’"), meant, scheme))

    def of(self, dimension: str, label: Label) -> int:
        """The code of a label."""
        codes = self._codes[dimension]
        at = codes.setdefault(label.id, len(codes))
        if at == len(self.labels[dimension]):
            self.labels[dimension].append(label)
        return at

    def named(self, codes: Mapping[str, int]) -> tuple[Bilingual, ...]:
        """The names of the labels of a series."""
        return tuple(self.labels[each][codes[each]].name for each in DIMENSIONS if codes[each] >= 0)

    def _label(self, dimension: str, name: str, code: str, meant: Mapping[str, str], scheme: str) -> Label:
        confirmed = meant and (meant.get(name) or meant.get(code) or meant.get(plain(name)))
        if confirmed:
            return self._own[dimension].get(confirmed) or self.names.find(dimension, confirmed)
        if dimension == "measure":
            return self._measure(name, code)
        if dimension == "sector":
            return self._sector(name, code, scheme)
        return self._economy(dimension, name, code)

    def _measure(self, name: str, code: str) -> Label:
        if not name or not code or self.names.knows("measure", name):
            return self.names.find("measure", name or code)
        found = measure_label(code)
        return found if found.id in measures() else self._named("measure", code, name)

    def _economy(self, dimension: str, name: str, code: str) -> Label:
        name = split_note(name)[0] or name
        if name and self.names.knows(dimension, name):
            return self.names.find(dimension, name)
        found = known_place(dimension, code, codes=True) if code else None
        found = found or (known_place(dimension, name) if name else None)
        if found is not None:
            return self._own[dimension].get(found.id, found)
        label = self._named(dimension, code, name) if code and name else self.names.find(dimension, name or code)
        if not label.role:
            self.unknown[dimension].setdefault(label.id, name or code)
        return label

    def _sector(self, name: str, code: str, scheme: str) -> Label:
        if not code:
            return self._sector_name(name)
        name = split_note(name)[0] or name
        found = known_place("sector", code, codes=True, scheme=scheme)
        if found is not None and (found.role or not name):
            return self._own["sector"].get(found.id, found)
        return self._named("sector", code, f"{code} {name}" if name and not name.startswith(code) else name or code)

    def _sector_name(self, name: str) -> Label:
        """A sector by its name alone; a file may have a hundred thousand of them."""
        name = (split_note(name)[0] or name) if name[-1] in _NOTE_ENDS else name
        wanted = plain(name)
        own = self._sectors.get(wanted)
        if own is not None:
            return own
        if is_total_name(name) or wanted in role_words()["total"]:
            return self.names.find("sector", name)
        name = " ".join(name.split())
        return self._own["sector"].get(wanted) or Label(wanted, Bilingual(name) if name.isascii() else bilingual(name))

    def _named(self, dimension: str, label_id: str, name: str) -> Label:
        """A label with a code of the file for its id; its name in the language of the file."""
        own = self._own[dimension].get(label_id)
        if own is not None:
            return own
        role = self.names.find(dimension, name).role if dimension != "measure" else ""
        return Label(label_id, bilingual(" ".join(name.split())), role)


def scheme_of(codes: Iterable[str]) -> str:
    """The classification that codes without names belong to: chapters of the Harmonized System, or of services."""
    found = [code for code in codes if code and plain(code) not in {"total", "s", "200"}]
    if len(found) >= 5 and all(re.fullmatch(r"\d\d", code) for code in found):
        return "hs"
    return "ebops" if len(found) >= 2 and all(re.fullmatch(r"S[A-Z]\d*", code) for code in found) else ""


def is_aggregate(name: str, roles: Sequence[str]) -> bool:
    """Whether a name or code is that of the world, of a group or of all sectors; a number alone is an economy's."""
    dimensions = [each for each in ("partner", "sector") if each not in roles and f"{each}_code" not in roles]
    codes = name.isdigit() or (name.isupper() and len(name) <= 4)
    found = [known_place(dimension, name, codes=codes) for dimension in dimensions]
    return any(each is not None and each.role != "" and not _REST.search(each.name.en) for each in found)
