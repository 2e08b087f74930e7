"""For which series an index has its inputs, why not for the others, and which rules its denominators follow."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from core.indices import indices
from core.indices.registry import Index, Input
from core.panel import Axes, Mask, Structure, inline, measure_name
from core.results import Lacking
from core.text import Bilingual, Text, text


def availability(index: Index, structure: Structure) -> tuple[Mask | None, list[Lacking]]:
    """Where an index has its inputs, and plain reasons where not; None where it has them nowhere."""
    shape = (len(structure.axes.rows), len(structure.axes.sectors))
    mask: Mask = np.ones(shape, dtype=np.bool_)
    reasons: list[Lacking] = []
    for each in index.inputs:
        if each.is_index:
            below, _ = availability(indices()[each.what], structure)
            if below is None:
                return None, [Lacking(index.id, text("needs {measure}", measure=indices()[each.what].entry.symbol))]
            mask = mask & below
            continue
        if each.what not in structure.cells:
            return None, [Lacking(index.id, text("needs {measure}", measure=inline(measure_name(None, each.what))))]
        name = structure.names[each.what]
        if each.scope:
            world, total = structure.rules(each.what)
            lacking = (world.lacking if "world" in each.scope else None) or (
                total.lacking if "total" in each.scope else None
            )
            if lacking is not None:
                return None, [Lacking(index.id, lacking)]
        present = np.broadcast_to(structure.present(each.what, each.scope), shape)
        found = _missing_series(index.id, each, name, mask & ~present, structure.axes)
        reasons += [reason for reason in found if reason not in reasons]
        mask = mask & present
    if index.dimensions == ("reporter",):
        mask = np.all(mask, axis=1, keepdims=True).astype(np.bool_)
    return (mask if mask.any() else None), reasons


def _missing_series(index: str, each: Input, name: Bilingual, absent: Mask, axes: Axes) -> Iterator[Lacking]:
    """One reason for each sector (for totals: one), naming the economies that lack it."""
    if not absent.any():
        return
    measure: Text | Bilingual = name
    if each.scope:
        words = {
            "total": text("total {measure}", measure=name),
            "world": text("{measure} of the world", measure=name),
        }
        words["world_total"] = text("total {measure} of the world", measure=name)
        measure = words[each.scope]

    def who(missing: Mask) -> tuple[Bilingual, ...]:
        return tuple(dict.fromkeys(axes.rows[row][0].name for row in np.flatnonzero(missing).tolist()))

    if "total" in each.scope:
        yield Lacking(index, text("needs {measure}", measure=measure), who(np.any(absent, axis=1).astype(np.bool_)))
        return
    for sector in np.flatnonzero(absent.any(axis=0)).tolist():
        name = axes.sectors[sector].name
        if name == Bilingual():
            reason = text("needs {measure}", measure=measure)
        else:
            reason = text("needs {measure} of {sector}", measure=measure, sector=inline(name))
        yield Lacking(index, reason, who(absent[:, sector]))


def variant(index: Index, structure: Structure) -> dict[str, str]:
    """The rules behind the denominators of an index: {"world": "stated", "total": "sum of 2"}; empty without."""
    found: dict[str, str] = {}
    for each in index.inputs:
        if each.is_index:
            found |= variant(indices()[each.what], structure)
            continue
        if not each.scope:
            continue
        world, total = structure.rules(each.what)
        if "world" in each.scope:
            found["world"] = world.kind if world.kind == "stated" else f"sum of {world.parts}"
        if "total" in each.scope:
            found["total"] = total.kind if total.kind == "stated" else f"sum of {total.parts}"
    return found
