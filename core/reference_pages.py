"""The reference pages about the indices, in Markdown, made from the entries that the window shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from core.definitions import Words, families, sections
from core.indices import indices
from core.indices.registry import Index
from core.text import LANGUAGES, Bilingual, text

_ENDINGS = {"en": ".md", "zh": ".zh.md"}
_LANGUAGE_NAMES = {"en": "English", "zh": "中文"}


def pages() -> Mapping[str, str]:
    """The text of each page by file name: a table of all indices, and a page for each family, in each language."""
    made: dict[str, str] = {}
    for language in LANGUAGES:
        made[_file("README", language)] = _lines(_overview(language))
        for family, name in families().items():
            members = [index for index in indices().values() if index.entry.family == family]
            if members:
                made[_file(family, language)] = _lines(_page(family, name, members, language))
    return made


def _overview(language: str) -> Iterator[str]:
    yield from _top(text("The indices"), "README", language)
    count = len(indices())
    yield _show(text("Balassa knows {count} indices. The program shows the same descriptions.", count=count), language)
    heads = (text("Symbol"), text("Name"), text("Formula"), text("Identifier"))
    for family, name in families().items():
        members = [index for index in indices().values() if index.entry.family == family]
        if not members:
            continue
        yield ""
        yield f"## [{_plain(_show(name, language))}]({_file(family, language)})"
        yield ""
        yield "| " + " | ".join(_show(head, language) for head in heads) + " |"
        yield "| --- | --- | --- | --- |"
        for index in members:
            entry = index.entry
            link = f"[{_plain(entry.symbol)}]({_file(family, language)}#{index.id})"
            formula = _code(entry.formula).replace("|", "\\|")
            yield f"| {link} | {_plain(_show(entry.name, language))} | {formula} | `{index.id}` |"


def _page(family: str, name: Bilingual, members: Sequence[Index], language: str) -> Iterator[str]:
    yield from _top(name, family, language)
    overview = text("All indices")
    yield f"[{_plain(_show(overview, language))}]({_file('README', language)})"
    for index in members:
        yield from _entry(index, language)


def _entry(index: Index, language: str) -> Iterator[str]:
    entry = index.entry
    yield ""
    yield f'<a id="{index.id}"></a>'
    yield ""
    title = text("{name} ({symbol})", name=entry.name, symbol=entry.symbol)
    yield f"## {_plain(_show(title, language))}"
    yield ""
    # A fenced block: between dollar signs Markdown takes `\,` and `\\` of the mathematics for its own.
    yield "```math"
    yield entry.latex
    yield "```"
    yield ""
    yield _code(entry.formula)
    yield ""
    yield _plain(_show(entry.notes, language))
    for section in sections(index):
        yield ""
        yield f"**{_plain(_show(section.heading, language))}**"
        yield ""
        several = len(section.lines) > 1
        for lead, words in section.lines:
            said = _plain(_show(words, language))
            yield ("- " if several else "") + (f"{_code(lead)} {said}" if lead else said)


def _top(title: Words, page: str, language: str) -> Iterator[str]:
    others = [f"[{_LANGUAGE_NAMES[each]}]({_file(page, each)})" for each in LANGUAGES if each != language]
    yield f"# {_plain(_show(title, language))}"
    yield ""
    yield " · ".join(others)
    yield ""


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _file(page: str, language: str) -> str:
    return page.replace("_", "-") + _ENDINGS[language]


def _show(words: Words, language: str) -> str:
    return words if isinstance(words, str) else words.show(language)


def _plain(said: str) -> str:
    """A text as it is: what Markdown would take for a sign of its own is escaped."""
    return re.sub(r"([\\`*_<>|\[\]])", r"\\\1", said)


def _code(said: str) -> str:
    return f"`{said}`"
