"""Explanations as plain text: for a terminal, and separated by tabs for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator

from core.explain.explanation import Explanation
from core.explain.wording import Piece, result, sections, sentence, subject
from core.numbers import exact
from core.text import Bilingual, Text

_FORMULA = ("=", "+", "-", "@")


def printed(explanation: Explanation, language: str) -> str:
    """All of an explanation as lines of text, the sentence first."""
    return "\n".join(_lines(explanation, language))


def _lines(explanation: Explanation, language: str) -> Iterator[str]:
    yield sentence(explanation, language)
    for section in sections(explanation):
        yield f"  {section.heading.show(language)}"
        for depth, pieces in section.rows:
            said = [each for piece in pieces if (each := _said(piece, language))]
            yield "    " + "  " * depth + "  ".join(said)


def tabular(explanation: Explanation, language: str) -> str:
    """All of an explanation for a spreadsheet: a heading for each part, columns separated by tabs."""
    rows = [[_harmless(_shown(each, language)) for each in (subject(explanation), result(explanation))]]
    for section in sections(explanation):
        rows.append([_harmless(section.heading.show(language))])
        rows += [[_cell(piece, language) for piece in pieces] for _depth, pieces in section.rows]
    return "\n".join("\t".join(row) for row in rows)


def _said(piece: Piece, language: str) -> str:
    return _shown(piece.said, language)


def _cell(piece: Piece, language: str) -> str:
    """A number as a spreadsheet reads it, a text that it takes for nothing else."""
    return exact(float(f"{piece.value:.15g}")) if piece.value is not None else _harmless(_said(piece, language))


def _shown(said: Text | Bilingual | str, language: str) -> str:
    return said if isinstance(said, str) else said.show(language)


def _harmless(said: str) -> str:
    """A text that no spreadsheet takes for a formula or for two cells."""
    plain = " ".join(said.split())
    return f"'{plain}" if plain.startswith(_FORMULA) else plain
