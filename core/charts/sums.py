"""What the components of a decomposition add up to, below them among the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from core.charts.chart import SUM, ChartLine
from core.text import Bilingual, text


def whole() -> Bilingual:
    """What stands in the place of a component in the name of a sum."""
    said = text("Sum: the whole change")
    return Bilingual(said.show("en"), said.show("zh"))


def sums(lines: Sequence[ChartLine], names: Sequence[Bilingual]) -> tuple[ChartLine | None, ...]:
    """What stands below each line: the sum of its series below the last component, one for each name."""
    count = len(lines) // max(len(names), 1)
    found: list[ChartLine | None] = [None] * len(lines)
    for at, name in enumerate(names):
        last = (at + 1) * count
        found[last - 1] = _sum(lines[last - count : last], name)
    return tuple(found)


def sums_again(lines: Sequence[ChartLine], before: Sequence[ChartLine | None]) -> tuple[ChartLine | None, ...]:
    """The sums of the same series with other numbers; those that have not changed are the same objects."""
    names = [each.name for each in before if each is not None]
    new = sums(lines, names) if names else ()
    return tuple(
        old if old is not None and each is not None and old.same_numbers(each) else each
        for old, each in zip(before, new, strict=True)
    )


def _sum(lines: Sequence[ChartLine], name: Bilingual) -> ChartLine:
    index, _component, *where = lines[0].key
    values = np.sum([line.values for line in lines], axis=0)
    statuses = np.max([line.statuses for line in lines], axis=0)
    for each in (values, statuses):
        each.setflags(write=False)
    table, reporter, partner, sector = where
    return replace(
        lines[0],
        key=(index, "", table, reporter, partner, sector),
        name=name,
        values=values,
        statuses=statuses,
        side=SUM,
    )
