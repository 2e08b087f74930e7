"""How the numbers behind an index were found and under which settings, in words."""

from __future__ import annotations

from collections.abc import Iterator

from core.indices import indices
from core.indices.registry import Index
from core.options import concerning, in_words, set_aside, shown, value
from core.project import Project
from core.scopes import Scopes
from core.structure import is_whole
from core.text import Bilingual, Text, text


def rules(index: Index, scopes: Scopes) -> Iterator[Text]:
    """One sentence for each denominator that is the world or a total, and for what the partners report."""
    for measure in dict.fromkeys(_measures(index)):
        if scopes.structure.mirrors(measure):
            yield text("Mirror data: {measure} as reported by the partners.", measure=scopes.structure.name(measure))
    seen = set()
    for measure, part in _denominators(index):
        if (measure, part) not in seen and not is_whole(measure) and scopes.structure.has(measure, "economy"):
            seen.add((measure, part))
            world, total = scopes.rules(measure)
            rule, name = (world if part == "world" else total), scopes.structure.name(measure)
            if part == "world" and rule.kind == "stated":
                yield text("World {measure}: as stated in the table.", measure=name)
            elif part == "world":
                yield text("World {measure}: sum of {count} economies.", measure=name, count=rule.parts)
            elif rule.kind == "stated":
                yield text("Total {measure}: as stated in the table.", measure=name)
            else:
                yield text("Total {measure}: sum of {count} sectors.", measure=name, count=rule.parts)


def settings(index: Index, project: Project) -> tuple[Text | Bilingual, ...]:
    """The settings of a project by which an index differs from its usual form, or which are a part of it."""
    chosen = project.analysis.options
    return in_words(chosen, concerning(index, chosen), _sector_names(project))


def settings_aside(index: str, project: Project) -> tuple[Text | Bilingual, ...]:
    """The settings of a project by which an index differs from its usual form."""
    chosen = project.analysis.options
    aside = set_aside(chosen, concerning(indices()[index], chosen))
    return tuple(shown(each, value(chosen, each), _sector_names(project)) for each in aside)


def _sector_names(project: Project) -> dict[str, Bilingual]:
    if not value(project.analysis.options, "universe"):
        return {}
    return {label.id: label.name for label in project.labels("sector")}


def _measures(index: Index) -> Iterator[str]:
    for each in index.inputs:
        if each.is_index:
            yield from _measures(indices()[each.what])
        elif not is_whole(each.what):
            yield each.what


def _denominators(index: Index) -> Iterator[tuple[str, str]]:
    for each in index.inputs:
        if each.is_index:
            yield from _denominators(indices()[each.what])
            continue
        if each.whose == "world" and not index.mixes_economies:
            yield each.what, "world"
        if each.part == "total":
            yield each.what, "total"
