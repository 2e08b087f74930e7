"""What people see of the findings: levels in words, which ones are dismissed, and rows for a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from core.project import Project
from core.text import LANGUAGES, Bilingual, Text, text

if TYPE_CHECKING:
    from core.checks.finding import Finding

LEVELS: Mapping[str, Text] = MappingProxyType(
    {"error": text("error"), "warning": text("warning"), "note": text("note")}
)
"""The levels in words, the worst first."""


@dataclass(frozen=True, slots=True)
class Row:
    """A finding in both languages, for a table in a report; `dismissed` is the reason of whoever dismissed it."""

    level: Bilingual
    where: Bilingual
    what: Bilingual
    why: Bilingual
    advice: Bilingual
    dismissed: str = ""


def level_word(level: str, language: str) -> str:
    """A level as it stands by itself in a list."""
    return LEVELS[level].show(language).capitalize()


def counted(level: str, count: int) -> Text:
    """How many, as in "3 errors"; 1 has its own form in English."""
    if level == "error":
        return text("1 error") if count == 1 else text("{count} errors", count=f"{count:,}")
    if level == "warning":
        return text("1 warning") if count == 1 else text("{count} warnings", count=f"{count:,}")
    return text("1 note") if count == 1 else text("{count} notes", count=f"{count:,}")


def counts(found: Iterable[Finding]) -> dict[str, int]:
    """How many there are of each level; all levels, the worst first."""
    number = dict.fromkeys(LEVELS, 0)
    for each in found:
        number[each.level] += 1
    return number


def standing(project: Project, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that nobody dismissed in the project."""
    return tuple(each for each in found if each.key not in project.analysis.dismissed)


def dismissed(project: Project, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that were dismissed and are still there."""
    return tuple(each for each in found if each.key in project.analysis.dismissed)


def rows(project: Project, found: Iterable[Finding]) -> tuple[Row, ...]:
    """The findings for a report in any language: first those that stand, then those that were dismissed."""
    found = tuple(found)
    return tuple(
        Row(
            Bilingual(*(level_word(sign.level, language) for language in LANGUAGES)),
            _both(Text("{parts}", {"parts": sign.where})),
            _both(sign.text),
            _both(sign.why),
            _both(sign.advice),
            project.analysis.dismissed.get(each.key, ""),
        )
        for each in (*standing(project, found), *dismissed(project, found))
        for sign in each.signs
    )


def lines(project: Project, found: Iterable[Finding], language: str) -> Iterator[str]:
    """One line for each, the worst first, each beginning with a word for scripts that no language changes.

    "error: ", "warning: ", "note: ", or "dismissed: " for those that a person dismissed, with the reason.
    """
    worst = list(LEVELS)
    found = tuple(found)
    signs = [sign for each in standing(project, found) for sign in each.signs]
    for sign in sorted(signs, key=lambda each: worst.index(each.level)):
        yield f"{sign.level}: {sign.line(language)}"
    for each in sorted(dismissed(project, found), key=lambda each: worst.index(each.level)):
        reason = project.analysis.dismissed[each.key]
        for sign in each.signs:
            said = text("{finding} (dismissed: {reason})", finding=sign.line(language), reason=reason)
            yield f"dismissed: {said.show(language)}"


def _both(said: Text | None) -> Bilingual:
    return Bilingual(said.show("en"), said.show("zh")) if said is not None else Bilingual()
