"""Names and colours of lines: as little as tells them apart, and the same colour for an economy everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count

from core.project import Study
from core.text import Bilingual

COLOURS = 8
"""Colours of a theme; from there on lines differ by dashes and symbols."""


def named(
    parts: Sequence[tuple[Bilingual, ...]], titles: Sequence[Bilingual]
) -> tuple[tuple[Bilingual, ...], tuple[Bilingual, ...]]:
    """A name for each line, and what all lines share (for the subtitle).

    `parts` are economy (or two of them), sector and component, empty where a line has none; `titles` are those of
    their tables, which are named only where two lines would be called the same.
    """
    if not parts:
        return (), ()
    varying = [at for at in range(len(parts[0])) if len({each[at] for each in parts}) > 1]
    shared = [at for at, each in enumerate(parts[0]) if at not in varying and each != Bilingual()]
    used = varying or shared[:1]
    names = [joined(each[at] for at in used) for each in parts]
    names = [name if name != Bilingual() else title for name, title in zip(names, titles, strict=True)]
    names = list(_told_apart(names, titles))
    return tuple(_numbered(names)), tuple(parts[0][at] for at in shared if at not in used)


def of_two(one: Bilingual, other: Bilingual, symmetric: bool) -> Bilingual:
    """Two economies or sectors as one name, with an arrow where the first one is the exporter."""
    if Bilingual() in (one, other):
        return other if one == Bilingual() else one
    between = " – " if symmetric else " → "
    return Bilingual(one.show("en") + between + other.show("en"), one.show("zh") + between + other.show("zh"))


def joined(names: Iterable[Bilingual]) -> Bilingual:
    """Names in a row, in both languages, without the empty ones."""
    kept = [name for name in names if name != Bilingual()]
    return Bilingual(" · ".join(name.show("en") for name in kept), " · ".join(name.show("zh") for name in kept))


def _told_apart(names: Sequence[Bilingual], titles: Sequence[Bilingual]) -> Iterator[Bilingual]:
    counts = Counter(names)
    for name, title in zip(names, titles, strict=True):
        if counts[name] == 1 or name == title or title == Bilingual():
            yield name
        else:
            yield Bilingual(f"{name.show('en')} ({title.show('en')})", f"{name.show('zh')}（{title.show('zh')}）")


def _numbered(names: Sequence[Bilingual]) -> Iterator[Bilingual]:
    counts, seen = Counter(names), Counter[Bilingual]()
    for name in names:
        seen[name] += 1
        again = f" [{seen[name]}]" if counts[name] > 1 else ""
        yield Bilingual(name.show("en") + again, name.show("zh") + again) if again else name


def slots(reporters: Sequence[str], study: Study) -> tuple[int, ...]:
    """A place among the colours for each line: home, peers, then the others; further lines of one take free ones."""
    fixed = [study.home, *study.peers] if study.home else []
    rank = {each: at for at, each in enumerate(dict.fromkeys([*fixed, *reporters]))}
    reserved = {rank[each] for each in reporters}
    free = (
        slot
        for slot in chain(range(len(rank), COLOURS), range(min(len(rank), COLOURS)), count(max(COLOURS, len(rank))))
        if slot not in reserved
    )
    taken: set[int] = set()
    found = []
    for each in reporters:
        slot = rank[each] if rank[each] not in taken else next(free)
        taken.add(slot)
        found.append(slot)
    return tuple(found)
