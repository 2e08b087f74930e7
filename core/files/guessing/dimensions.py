"""Which dimension some names belong to, and which columns only repeat others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from core.economies import economy
from core.files.cells import unit_and_name
from core.files.grid import Cell
from core.files.guessing.heads import has_word
from core.files.guessing.look import Look, is_gap


def dimension_of(
    look: Look,
    texts: Iterable[str],
    taken: Iterable[str],
    rest: Sequence[str] = ("reporter", "sector", "measure"),
) -> str:
    """The dimension that most of the texts belong to; else the first of `rest` that is free. "" without a text."""
    names = [name for text in texts if (name := unit_and_name(text)[0])]
    if not names:
        return ""
    used = {role.removesuffix("_code") for role in taken}
    free = [each for each in ("measure", "reporter", "sector", "partner") if each not in used]
    different = dict.fromkeys(names)
    hits = {each: sum(look.names.knows(each, name) for name in different) for each in free}
    best = max(free, key=lambda each: hits[each], default="")
    if best and hits[best]:
        return best
    if any(has_word(name, "derived") for name in different) and "measure" in free:
        return "measure"
    return next((each for each in rest if each in free), "")


def without_copies(look: Look, row: int, columns: Sequence[int], headers: dict[int, str], *, single: bool) -> list[int]:
    """The columns without those that repeat header and cells of one before, and without nameless empty ones.

    Below several header rows equal headers may stand in different groups.
    """
    seen: set[tuple[str, tuple[Cell, ...]]] = set()
    kept = []
    below = look.below(row)
    for at in columns:
        cells = tuple(look.cell(each, at) for each in below)
        if not headers[at] and all(map(is_gap, cells)):
            continue
        if single and headers[at] and (headers[at], cells) in seen:
            continue
        seen.add((headers[at], cells))
        kept.append(at)
    return kept


def codes_of_their_own(look: Look, row: int, roles: Mapping[int, str]) -> list[int]:
    """The columns of codes that mean other economies than the names beside them: a publisher's own numbering."""
    at_role, found = {role: at for at, role in roles.items()}, []
    for dimension in ("reporter", "partner"):
        name, code = at_role.get(dimension), at_role.get(f"{dimension}_code")
        if name is None or code is None:
            continue
        pairs = {(look.words(at, name), look.words(at, code)) for at in look.below(row)}
        known = [(economy(each), economy(its, codes=True)) for each, its in pairs]
        both = [each is its for each, its in known if each is not None and its is not None]
        if both and 2 * sum(both) < len(both):
            found.append(code)
    return found
