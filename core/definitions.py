"""What an index is, section by section: the panel in the window and the reference pages are made from this."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from core.indices import indices
from core.indices.catalogue import BandSet, Entry, cut_point
from core.indices.registry import Index, Input
from core.measures import measures
from core.options import options
from core.places import DATA
from core.structure import inline
from core.text import Bilingual, Text, text

Words = Text | Bilingual | str

_ONE_FOR = {
    ("reporter", "sector"): text("One value for each economy and sector."),
    ("reporter",): text("One value for each economy."),
    ("reporter", "partner"): text("One value for each economy and partner."),
    ("economy", "sector"): text("One value for each economy and sector; all economies are computed together."),
    ("economy",): text("One value for each economy; all economies are computed together."),
    ("sector",): text("One value for each sector; all economies are computed together."),
    ("economy", "economy"): text("One value for each pair of economies."),
    ("sector", "sector"): text("One value for each pair of sectors; all economies are computed together."),
}
_WHOSE = {
    "world": text("world"),
    "partner": text("partner"),
    "reporter": text("all partners"),
    "global": text("world, all partners"),
    "flow": text("to each partner"),
    "market": text("each partner, from everyone"),
}
_WHEN = {"previous": text("year before"), "base": text("base year")}
_SPECIAL = {
    "span": text("number of years between the two years"),
    "chosen": text("values of the chosen indices"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines; the first part of a line is a symbol or an interval, "" for a plain sentence."""

    heading: Text
    lines: tuple[tuple[str, Words], ...]


@cache
def families() -> Mapping[str, Bilingual]:
    """The names of the families by id, in their order."""
    data = tomllib.loads((DATA / "families.toml").read_text(encoding="utf-8"))
    return {family: Bilingual.from_json(each["name"]) for family, each in data.items()}


def sections(index: Index) -> Iterator[Section]:
    """Everything about an index that is the same for all data; the formula itself comes before."""
    entry = index.entry
    yield Section(text("Inputs"), (*inputs(index), ("", _ONE_FOR[index.dimensions])))
    if entry.components:
        yield Section(
            text("Components"),
            (
                *((entry.symbols.get(component, ""), name) for component, name in entry.components.items()),
                ("", text("They add up to what they explain.")),
            ),
        )
    if entry.range:
        yield Section(text("Range"), (("", range_of(entry)),))
    yield Section(text("What it says"), (("", entry.meaning),))
    yield Section(text("Keep in mind"), (("", entry.caveats),))
    if len(entry.bands) > 1:
        several = text("There are several ways to read the values. They differ, and none of them is the right one.")
        yield Section(text("Reading the values"), (("", several),))
    for bands in entry.bands:
        yield Section(text("Bands: {name}", name=bands.name), _read(bands, entry.unit == "%"))
    settings = [options()[each].name for each in index.options if each in options()]
    if settings:
        yield Section(text("Depends on the settings"), (("", _listed(settings)),))
    if entry.aliases:
        yield Section(text("Also known as"), (("", _listed([Bilingual(each, each) for each in entry.aliases])),))
    if entry.references:
        yield Section(text("References"), tuple(("", each) for each in entry.references))


def found(words: str) -> frozenset[str]:
    """The indices in whose symbol, names, other names or family each of the words occurs; all for no words."""
    wanted = words.casefold().split()
    return frozenset(index for index, known in _known().items() if all(word in known for word in wanted))


@cache
def _known() -> Mapping[str, str]:
    """Everything by which an index may be asked for."""
    return {
        index.id: "\n".join(
            (
                *(index.id, index.entry.symbol, index.entry.name.en, index.entry.name.zh, *index.entry.aliases),
                *(families()[index.entry.family].en, families()[index.entry.family].zh),
            )
        ).casefold()
        for index in indices().values()
    }


def inputs(index: Index) -> tuple[tuple[str, Words], ...]:
    """What the function of an index reads: the symbol in its formula, and what that is."""
    symbols = index.entry.symbols
    read = [(symbols.get(each.parameter, ""), _input(each, index)) for each in index.inputs]
    read += [(symbols.get(each, ""), _SPECIAL[each]) for each in index.special if each in _SPECIAL]
    return tuple(read)


def range_of(entry: Entry) -> Words:
    """The possible values as an interval, with the neutral one; "" where the entry says nothing."""
    percent = entry.unit == "%"
    if not entry.range:
        return ""
    low, high = (_end(each, percent) for each in entry.range)
    ends = f"{'(' if '∞' in low else '['}{low}, {high}{')' if '∞' in high else ']'}"
    if entry.neutral is None:
        return ends
    return text("{range}, neutral value {value}", range=ends, value=cut_point(entry.neutral, percent))


def _listed(names: Sequence[Bilingual]) -> Bilingual:
    return Bilingual(", ".join(each.en for each in names), "、".join(each.zh for each in names))


def _end(written: str, percent: bool) -> str:
    """An end of a range, which may be a number or a formula."""
    try:
        return cut_point(float(written), percent)
    except ValueError:
        return written


def _read(bands: BandSet, percent: bool) -> tuple[tuple[str, Words], ...]:
    named = tuple(zip(bands.intervals(percent), (band.name for band in bands.bands), strict=True))
    return (*named, ("", text("Source: {source}", source=bands.source)))


def _input(each: Input, index: Index) -> Words:
    if each.is_index:
        called = inline(indices()[each.what].entry.name)
        return text("{input} of each sector", input=called) if each.part == "parts" else called
    measure = measures()[each.what]
    name = inline(measure.name)
    words: Words = name
    if not measure.whole:
        every_sector = each.part == "parts" or (not each.part and index.mixes_economies)
        if each.part == "total":
            words = text("total {measure}", measure=name)
        elif every_sector:
            words = text("{input} of each sector", input=name)
        elif index.has_sectors:
            words = text("{measure} of the sector", measure=name)
    whose = text("every economy") if index.mixes_economies and not each.whose else _WHOSE.get(each.whose)
    which = tuple(said for said in (whose, _WHEN.get(each.when)) if said is not None)
    return text("{input} ({which})", input=words, which=which) if which else words
