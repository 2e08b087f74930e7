"""For which series an index has its inputs, why not for the others, and which rules its denominators follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from core.indices import indices
from core.indices.registry import Index, Input
from core.judging import complete_pairs
from core.options import options as known
from core.options import value
from core.results import Lacking
from core.scopes import Rule, Scopes
from core.structure import NOWHERE, Axes, Codes, Mask, Structure, inline, is_whole
from core.text import Bilingual, Text, text

_SAID = ("missing", "universe", "against")
_OF_DENOMINATORS = ("world", "world_rows", "total", "mirror", *_SAID)
"""Settings by which inputs are found; those of `_SAID` are not told by the rules that were found."""


def axes_of(index: Index, scopes: Scopes) -> Axes:
    """Rows and columns of the results of an index. A missing side is one nameless row or column.

    Pairs of economies are rows as pairs of reporter and partner are; of pairs of sectors the other one is the partner.
    """
    of = scopes.structure
    if not index.mixes_economies:
        return of.axes if index.has_sectors else Axes(of.rows, (NOWHERE,))
    single = [of.everybody[at] for at in of.economies.tolist()]
    parts = tuple(of.sectors[at] for at in scopes.columns(index).tolist())
    if index.dimensions == ("economy", "economy"):
        return Axes(tuple((a, b) for a in single for b in single), (NOWHERE,))
    if index.dimensions == ("sector", "sector"):
        return Axes(tuple((NOWHERE, other) for other in parts), parts)
    rows = ((NOWHERE, NOWHERE),) if index.dimensions == ("sector",) else tuple((each, NOWHERE) for each in single)
    return Axes(rows, parts if index.has_sectors else (NOWHERE,))


def availability(index: Index, scopes: Scopes) -> tuple[Mask | None, tuple[Lacking, ...]]:
    """Where an index has its inputs, and plain reasons where not; None where it has them nowhere."""
    if index.special == ("chosen",) and not index.inputs:
        return None, (Lacking(index.id, text("needs two or more chosen indices")),)
    of = scopes.structure
    axes = axes_of(index, scopes)
    mask = _at_all(index, of, axes)
    reasons: list[Lacking] = []
    complete: dict[str, Mask] = {}
    for each in index.inputs:
        if each.is_index:
            below, why = availability(indices()[each.what], scopes)
            if below is None:
                return None, tuple(Lacking(index.id, reason.reason, reason.where) for reason in why)
            mask = mask & _fitted(below, mask.shape)
            continue
        lacking = _nothing(index, each, scopes)
        if lacking is not None:
            return None, (Lacking(index.id, lacking),)
        present = scopes.present(index, each)
        if index.mixes_economies:
            some = each.whose in {"flow", "market"} or is_whole(each.what)
            enough = bool(present.any() if some else present.all())
            if not enough and index.dimensions == ("economy", "economy"):
                complete[each.parameter] = np.asarray(present.all(axis=1, keepdims=True))
                enough = bool(complete[each.parameter].any())
                reasons += [why for why in _missing_series(index, each, ~present, scopes) if why not in reasons]
            if not enough:
                found = tuple(_missing_series(index, each, ~present, scopes))
                return None, found or (Lacking(index.id, text("needs {measure}", measure=of.name(each.what))),)
            continue
        if present.all():
            continue
        shown = np.broadcast_to(~present, (len(of.rows), present.shape[1]))
        named = _missing_series(index, each, shown & _fitted(mask, shown.shape), scopes)
        reasons += [reason for reason in named if reason not in reasons]
        by_row = each.part == "parts" or present.shape[1] > mask.shape[1]
        mask = mask & (np.all(present, axis=1, keepdims=True) if by_row else present)
    if complete:
        mask = mask & complete_pairs(index, complete, len(of.economies))
    if mask.any():
        return mask, tuple(reasons)
    return None, tuple(reasons) or (Lacking(index.id, _too_few(index)),)


def _at_all(index: Index, of: Structure, axes: Axes) -> Mask:
    """Where an index means something, whatever there is: between two economies, or of single ones."""
    mask: Mask = np.ones((len(axes.rows), len(axes.sectors)), dtype=np.bool_)
    if index.mixes_economies:
        if index.dimensions == ("economy", "economy"):
            mask = ~np.eye(len(of.economies), dtype=np.bool_).reshape(-1, 1)
        return mask
    if index.dimensions == ("reporter", "partner") or any(each.whose == "partner" for each in index.inputs):
        mask[np.setdiff1d(np.arange(len(of.rows)), of.pairs)] = False
    if "chosen" in index.special:
        mask[~np.isin(of.sender, of.economies)] = False
    return mask


def _nothing(index: Index, each: Input, scopes: Scopes) -> Text | None:
    """Why an input is nowhere, or None."""
    of = scopes.structure
    if not of.has(each.what, "economy" if index.mixes_economies else each.whose):
        return text("needs {measure}", measure=of.name(each.what))
    by_partner = {"partner", "reporter", "flow", "market", *(() if index.mixes_economies else ("global",))}
    if each.whose in by_partner and not of.bilateral:
        return text("needs {measure} by partner", measure=of.name(each.what))
    if index.mixes_economies and len(of.economies) < 2:
        return text("needs {measure} of two or more economies", measure=of.name(each.what))
    if is_whole(each.what):
        return None
    by_part = each.part == "parts" or (index.mixes_economies and each.part != "total")
    if by_part and len(scopes.columns(index)) < 2:
        return text("needs {measure} of two or more sectors", measure=of.name(each.what))
    world, total = scopes.rules(each.what)
    if each.whose in {"world", "global"}:
        found = scopes.global_rule(each.what) if each.whose == "global" or index.mixes_economies else world
        if found.lacking is not None:
            return found.lacking
    return total.lacking if each.part == "total" else None


def _too_few(index: Index) -> Text:
    if index.dimensions == ("reporter", "partner"):
        return text("needs trade between two economies")
    return text("needs more series")


def _fitted(mask: Mask, shape: tuple[int, ...]) -> Mask:
    """A mask as one of another shape: where a side differs, there is something only if there is everything."""
    for axis in (0, 1):
        if mask.shape[axis] not in {1, shape[axis]}:
            mask = np.asarray(np.any(mask, axis=axis, keepdims=True))
    found: Mask = np.broadcast_to(mask, shape)
    return found


def _missing_series(index: Index, each: Input, absent: Mask, scopes: Scopes) -> Iterator[Lacking]:
    """One reason for each sector (for totals: one), naming the economies that lack it."""
    if not absent.any():
        return
    of = scopes.structure
    name = of.name(each.what)
    measure: Text | Bilingual = name
    if each.part == "total" and each.whose in {"world", "global"}:
        measure = text("total {measure} of the world", measure=name)
    elif each.whose in {"world", "global"}:
        measure = text("{measure} of the world", measure=name)
    elif each.whose in {"partner", "market"}:
        measure = text("{measure} of the partner", measure=name)
    elif each.part == "total":
        measure = text("total {measure}", measure=name)
    people = _people(index, each, absent, of)

    def who(missing: Mask) -> tuple[Bilingual, ...]:
        if people is None:
            return ()
        codes, first = np.unique(people[missing], return_index=True)
        ordered = codes[np.argsort(first)].tolist()
        return tuple(dict.fromkeys(of.everybody[at].name if at >= 0 else Bilingual() for at in ordered))

    if absent.shape[1] == 1:
        yield Lacking(index.id, text("needs {measure}", measure=measure), who(absent[:, 0]))
        return
    narrow = index.mixes_economies or each.part == "parts"
    columns = scopes.columns(index).tolist() if narrow else range(len(of.sectors))
    sectors = [of.sectors[at] for at in columns]
    for at in np.flatnonzero(absent.any(axis=0)).tolist():
        sector = sectors[at].name
        if sector == Bilingual():
            reason = text("needs {measure}", measure=measure)
        else:
            reason = text("needs {measure} of {sector}", measure=measure, sector=inline(sector))
        yield Lacking(index.id, reason, who(absent[:, at]))


def _people(index: Index, each: Input, absent: Mask, of: Structure) -> Codes | None:
    """The economy of each row of a mask by its position in `everybody`; None where its rows are no economies."""
    if each.whose in {"flow", "market"}:
        return (of.sender if each.whose == "flow" else of.receiver)[of.pairs]
    whole = of.receiver if each.whose == "partner" else of.sender
    found = of.economies if index.mixes_economies else whole
    return found if len(found) == len(absent) else None


def variant(index: Index, scopes: Scopes, options: Mapping[str, Any]) -> dict[str, str]:
    """The rules and settings behind the results of an index: {"world": "stated", "total": "sum of 2"}.

    Settings are said as they are written in a project: those of denominators that are not at their default, and all
    that belong to the definition of the index.
    """
    rules: dict[str, dict[str, str]] = {}
    for rule, measure, said in _rules(index, scopes):
        rules.setdefault(rule, {})[measure] = said
    found = {rule: _joined(said) for rule, said in rules.items()}
    for name in index.options:
        chosen = value(options, name)
        if name not in _OF_DENOMINATORS or (name in _SAID and chosen != known()[name].default):
            found[name] = "+".join(map(_written, chosen)) if isinstance(chosen, tuple) else str(chosen)
    return found


def _rules(index: Index, scopes: Scopes) -> Iterator[tuple[str, str, str]]:
    """Which rule holds for which measure, and how it is said."""
    of = scopes.structure
    for each in index.inputs:
        if each.is_index:
            yield from _rules(indices()[each.what], scopes)
            continue
        if is_whole(each.what):
            continue
        world, total = scopes.rules(each.what)
        if each.whose == "global" or index.mixes_economies:
            world = scopes.global_rule(each.what)
        if each.whose in {"world", "global"} and world.kind:
            aside = each.whose == "world" and of.settings.world == "excluding" and "world" not in index.fixed
            yield "world", each.what, _kind(world) + " excluding the reporter" * aside
        if each.part == "total":
            yield "total", each.what, _kind(total)
        if of.mirrors(each.what):
            yield each.what, each.what, "mirrored"


def _kind(rule: Rule) -> str:
    return rule.kind if rule.kind == "stated" else f"sum of {rule.parts}"


def _joined(said: Mapping[str, str]) -> str:
    """What holds for all measures once, else for each by its name."""
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    return "+".join(f"{measure} {each}" for measure, each in said.items())


def _written(chosen: object) -> str:
    return " ".join(map(str, chosen)) if isinstance(chosen, tuple) else str(chosen)
