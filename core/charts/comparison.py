"""One index under two settings of an option: each line twice, and by how much they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from core.charts.build import MOST, line_chart
from core.charts.chart import DIFFERENCE, NO_YEAR, OTHER, OURS, Chart, ChartLine, Compared
from core.charts.naming import joined
from core.charts.selection import Choice
from core.options import shown, value
from core.project import Project
from core.results import Results
from core.status import UNDEFINED
from core.structure import inline
from core.text import Bilingual, Text, text


def comparison_chart(
    results: Results,
    index: str,
    choice: Choice,
    option: str,
    other: Any,
    project: Project | None = None,
    previous: Chart | None = None,
) -> Chart:
    """The chart of an index with each line under the setting in force and with `option` at the value `other`.

    Differences are the other less the one in force. Otherwise as for `line_chart`: `previous` itself where nothing has
    changed, and every line of it that has not.
    """
    project = project or results.project
    before = previous.compared if previous is not None else None
    if before is not None and (before.option, before.value) != (option, other):
        before = None
    ours = line_chart(results, index, choice, project, before.ours if before else None)
    theirs = line_chart(results.under({option: other}), index, choice, project, before.other if before else None)
    compared = Compared(option, other, ours, theirs)
    if before is None or previous is None:
        return _Builder(compared, results.project).chart()
    if ours is before.ours and theirs is before.other:
        return previous
    same = ours.made_from is before.ours.made_from and theirs.made_from is before.other.made_from
    return _Builder(compared, results.project).chart(previous if same else None)


class _Builder:
    """Puts the lines of two charts beside each other, over the years of both and in the unit of ours."""

    def __init__(self, compared: Compared, project: Project) -> None:
        self.compared = compared
        self.charts = {OURS: compared.ours, OTHER: compared.other}
        names = {label.id: label.name for label in project.labels("sector")}
        now = value(project.analysis.options, compared.option)
        self.settings = {OURS: shown(compared.option, now, names), OTHER: shown(compared.option, compared.value, names)}
        self.phrases = {side: _inside(setting) for side, setting in self.settings.items()}
        self.years = tuple(sorted({*compared.ours.years, *compared.other.years}))

    def chart(self, previous: Chart | None = None) -> Chart:
        """The chart; lines of `previous`, which differs in numbers only, are taken over where they are the same."""
        groups = self._groups()
        kept = groups[: MOST // 2]
        lines: list[ChartLine] = []
        differences: list[ChartLine | None] = []
        for group in kept:
            made = [self._line(line, side, group[0][0].slot) for line, side in group]
            lines += made
            if len(made) == 2:
                differences += [None, _difference(made[0], made[1], group[0][0].name)]
            else:
                differences.append(None)
        if previous is not None:
            lines = [old if old.same_numbers(new) else new for old, new in zip(previous.lines, lines, strict=True)]
            pairs = zip(previous.below, differences, strict=True)
            differences = [old if old and new and old.same_numbers(new) else new for old, new in pairs]
        ours, other = self.charts[OURS], self.charts[OTHER]
        more = [each for each in other.notes if each not in ours.notes]
        return replace(
            ours if ours.lines else other,
            years=self.years,
            lines=tuple(lines),
            below=tuple(differences),
            footnote=tuple(self._footnote()),
            notes=(*ours.notes, *more, *_cut(len(kept), len(groups))),
            made_from=previous.made_from if previous else (self.compared.option, ours.made_from, other.made_from),
            compared=self.compared,
            picks=(),
            reads=(),
        )

    def _groups(self) -> list[list[tuple[ChartLine, int]]]:
        """The lines of each series with their sides, those first that ours has; amounts only in one unit."""
        ours, other = self.charts[OURS], self.charts[OTHER]
        there = {line.key: line for line in other.lines if other.unit == ours.unit or not ours.lines}
        groups = [[(line, OURS)] for line in ours.lines]
        for group in groups:
            match = there.pop(group[0][0].key, None)
            if match is not None:
                group.append((match, OTHER))
        return [*groups, *([(line, OTHER)] for line in there.values())]

    def _line(self, line: ChartLine, side: int, slot: int) -> ChartLine:
        places = np.searchsorted(self.years, self.charts[side].years)
        values = np.full(len(self.years), np.nan)
        statuses = np.full(len(self.years), NO_YEAR, dtype=np.uint8)
        steps = np.zeros(len(self.years), dtype=np.bool_)
        values[places], statuses[places], steps[places] = line.values, line.statuses, line.steps
        for each in (values, statuses, steps):
            each.setflags(write=False)
        return ChartLine(line.key, joined([line.name, self.phrases[side]]), values, statuses, steps, slot, side)

    def _footnote(self) -> Iterator[Text | Bilingual]:
        """What looks how, what holds for both, and where they differ."""
        yield text("Solid lines: {setting}.", setting=self.phrases[OURS])
        yield text("Dashed lines: {setting}.", setting=self.phrases[OTHER])
        ours, other = self.charts[OURS].footnote, self.charts[OTHER].footnote
        yield from (each for each in ours if each in other)
        for side, mine, theirs in ((OURS, ours, other), (OTHER, other, ours)):
            setting = text("{setting}.", setting=self.settings[side])
            for each in mine:
                if each not in theirs and each != setting:
                    yield text("{setting}: {rule}", setting=_both(self.settings[side]), rule=each)


def _difference(ours: ChartLine, other: ChartLine, name: Bilingual) -> ChartLine:
    values = other.values - ours.values
    worst = np.maximum(ours.statuses, other.statuses)
    statuses = np.where(np.isnan(values), np.maximum(worst, UNDEFINED), worst).astype(np.uint8)
    for each in (values, statuses):
        each.setflags(write=False)
    named = joined([name, _both(text("difference"))])
    return ChartLine(ours.key, named, values, statuses, ours.steps | other.steps, ours.slot, DIFFERENCE)


def _cut(shown_lines: int, count: int) -> Iterator[Text]:
    if shown_lines < count:
        yield text(
            "{shown} of {count} lines are drawn. Choose fewer economies, sectors or tables.",
            shown=shown_lines,
            count=count,
        )


def _both(phrase: Text | Bilingual) -> Bilingual:
    return Bilingual(phrase.show("en"), phrase.show("zh"))


def _inside(phrase: Text | Bilingual) -> Bilingual:
    """A phrase as it stands behind other words."""
    return inline(_both(phrase))
