"""What the inputs of an index are called: "total exports of the world, 2020"."""

from __future__ import annotations

from core.structure import inline
from core.text import Bilingual, Text, text

_WORLD = text("the world")
_ALONE = {False: text("{measure}, {year}"), True: text("{measure} of {sector}, {year}")}
_NAMES = {
    ("", False): text("{measure} of {economy}, {year}"),
    ("", True): text("{measure} of {economy} in {sector}, {year}"),
    ("exports", False): text("{measure} of {economy} to {partner}, {year}"),
    ("exports", True): text("{measure} of {economy} to {partner} in {sector}, {year}"),
    ("imports", False): text("{measure} of {economy} from {partner}, {year}"),
    ("imports", True): text("{measure} of {economy} from {partner} in {sector}, {year}"),
    ("other", False): text("{measure} of {economy} with {partner}, {year}"),
    ("other", True): text("{measure} of {economy} with {partner} in {sector}, {year}"),
}


def quantity(
    measure: str,
    name: Bilingual | Text | str,
    economy: Bilingual | Text,
    partner: Bilingual | Text,
    sector: Bilingual,
    time: int | str,
) -> Text:
    """A number in words; `measure` is the id that decides between "to" and "from" a partner, if there is one."""
    direction = "" if partner == Bilingual() else measure if ("exports", "imports").count(measure) else "other"
    message = _NAMES[direction, sector != Bilingual()]
    if economy == Bilingual() == partner:
        message = _ALONE[sector != Bilingual()]
    said = {
        "measure": name,
        "economy": economy,
        "partner": partner,
        "sector": in_sentence(sector),
        "year": time,
    }
    return Text(message.message, said)


def in_sentence(name: Bilingual) -> Bilingual:
    """The name of a sector inside an English sentence; what is written in capitals stays."""
    return inline(name)


def world(but: Bilingual | None = None) -> Text:
    """The world as an economy, without one of them where `but` says so."""
    return _WORLD if but is None else text("the world without {economy}", economy=but)


def total(name: Bilingual) -> Text:
    """A measure over all sectors."""
    return text("total {measure}", measure=name)


def possessive(name: Bilingual) -> Bilingual:
    """An economy as the owner of a number: "China's"; Chinese needs nothing."""
    english = name.show("en")
    return Bilingual(f"{english}'" if english.endswith("s") else f"{english}'s", name.show("zh"))
