"""How the denominators of an index were found, in words."""

from __future__ import annotations

from collections.abc import Iterator

from core.indices import indices
from core.indices.registry import Index
from core.panel import Structure
from core.text import Text, text


def rules(index: Index, structure: Structure) -> Iterator[Text]:
    """One sentence for each denominator that is the world or a total: stated by the table, or a sum."""
    seen = set()
    for measure, scope in _denominators(index):
        world, total = structure.rules(measure)
        name = structure.names[measure]
        for part, rule in (("world", world), ("total", total)):
            if part not in scope or (measure, part) in seen:
                continue
            seen.add((measure, part))
            if part == "world" and rule.kind == "stated":
                yield text("World {measure}: as stated in the table.", measure=name)
            elif part == "world":
                yield text("World {measure}: sum of {count} economies.", measure=name, count=rule.parts)
            elif rule.kind == "stated":
                yield text("Total {measure}: as stated in the table.", measure=name)
            else:
                yield text("Total {measure}: sum of {count} sectors.", measure=name, count=rule.parts)


def _denominators(index: Index) -> Iterator[tuple[str, str]]:
    for each in index.inputs:
        if each.is_index:
            yield from _denominators(indices()[each.what])
        elif each.scope:
            yield each.what, each.scope
