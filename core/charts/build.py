"""Builds charts from results; what an edit left alone is taken over from the chart before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from core.annual import how
from core.charts.chart import NO_YEAR, Chart, ChartLine, LineKey, Pick
from core.charts.footnote import rules, settings, settings_aside
from core.charts.naming import joined, named, of_two, slots
from core.charts.selection import PAIRS, Choice, offered
from core.charts.sums import sums, sums_again, whole
from core.indices import indices
from core.indices.catalogue import BandSet
from core.panel import Statuses
from core.project import Project
from core.results import Computed, Results
from core.table import Floats, Label, Table
from core.table_results import TableResults
from core.text import Bilingual, Text, text
from core.units import Unit

MOST = 200
"""Lines in one chart: nobody can read more, and the window would become slow."""


def line_chart(
    results: Results,
    index: str,
    choice: Choice = Choice(),  # noqa: B008 - frozen
    project: Project | None = None,
    previous: Chart | None = None,
) -> Chart:
    """The chart of an index. `project` may be newer than the results (titles, study, bands).

    Returns `previous` itself where nothing has changed, and otherwise takes over every line that has not.
    """
    project = project or results.project
    made_from = _made_from(results, index, choice, project)
    if previous is not None and previous.made_from == made_from:
        return _updated(previous, results)
    return _Builder(results, index, choice, project).chart(made_from)


def chosen_bands(project: Project, index: str) -> BandSet | None:
    """The band set that the project shows for an index: the catalogue's first unless another or none is chosen."""
    sets = indices()[index].entry.bands
    chosen = project.analysis.bands.get(index)
    if chosen is None:
        return sets[0] if sets else None
    return next((each for each in sets if each.id == chosen), None)


def _made_from(results: Results, index: str, choice: Choice, project: Project) -> tuple[object, ...]:
    tables = [
        (found.structure, table.id, table.title, table.sources)
        for found in results.tables.values()
        if (table := project.table(found.table)) is not None
    ]
    under = settings(indices()[index], results.project)
    return indices()[index], choice, project.study, project.analysis.bands.get(index), under, *tables


def _updated(chart: Chart, results: Results) -> Chart:
    """The same chart with the numbers of newer results."""
    reads: list[tuple[Computed, ...]] = []
    lines: list[ChartLine] = []
    at = 0
    for pick, before in zip(chart.picks, chart.reads, strict=True):
        found = results.tables[pick.table]
        read = _read(found, chart.index, pick)
        old = chart.lines[at : at + len(pick.rows)]
        at += len(pick.rows)
        if all(map(_is, read, before)):
            reads.append(before)
            lines += old
        else:
            reads.append(read)
            lines += _renewed(old, *_numbers(read, pick, len(chart.years)))
    if all(map(_is, reads, chart.reads)):
        return chart
    return replace(chart, lines=tuple(lines), reads=tuple(reads), below=sums_again(lines, chart.below))


def _is(a: object, b: object) -> bool:
    return a is b


def _renewed(lines: Sequence[ChartLine], values: Floats, statuses: Statuses) -> Iterator[ChartLine]:
    for line, *numbers in zip(lines, values, statuses, strict=True):
        new = replace(line, values=numbers[0], statuses=numbers[1])
        yield line if line.same_numbers(new) else new


def _read(found: TableResults, index: str, pick: Pick) -> tuple[Computed, ...]:
    return tuple(found.computed(index, year) for year in pick.years)


def _numbers(read: Sequence[Computed], pick: Pick, years: int) -> tuple[Floats, Statuses]:
    """Values and statuses of the picked series, one row each, aligned to the years of the chart."""
    values = np.full((len(pick.rows), years), np.nan)
    statuses = np.full((len(pick.rows), years), NO_YEAR, dtype=np.uint8)
    for at, each in zip(pick.at.tolist(), read, strict=True):
        numbers, reasons = each.parts[pick.component]
        values[:, at] = numbers[pick.rows, pick.columns]
        statuses[:, at] = reasons[pick.rows, pick.columns]
    if pick.factor != 1:
        values *= pick.factor
    values.setflags(write=False)
    statuses.setflags(write=False)
    return values, statuses


class _Builder:
    """Everything of a chart that does not change when only numbers do."""

    def __init__(self, results: Results, index: str, choice: Choice, project: Project) -> None:
        self.index, self.entry, self.project = indices()[index], indices()[index].entry, project
        self.window = choice.window or project.study.window
        self.settings = settings(self.index, results.project)
        self.aside = settings_aside(index, results.project)
        self.notes: list[Text] = []
        self.unit: Unit | None = None
        self.masks = self._in_one_unit(offered(results, index, choice, project).masks)
        self.years, self.steps = self._years()

    def chart(self, made_from: tuple[object, ...]) -> Chart:
        picks = self._picks()
        reads = tuple(_read(found, self.index.id, pick) for found, pick in picks)
        lines, below, shared = self._lines(picks, reads)
        tables = [self._table(found) for found, _ in self.masks]
        return Chart(
            index=self.index.id,
            title=text("{name} ({symbol})", name=self.entry.name, symbol=self.entry.symbol),
            subtitle=joined([*shared, self._span()]),
            axis=self._axis(),
            years=self.years,
            lines=lines,
            band_set=chosen_bands(self.project, self.index.id),
            neutral=self.entry.neutral,
            unit=self.unit,
            percent=self.entry.unit == "%",
            decimals=self.entry.decimals,
            footnote=self._footnote(tables),
            sources=tuple(dict.fromkeys(source.text for table in tables for source in table.sources)),
            notes=tuple(self.notes),
            made_from=made_from,
            picks=tuple(pick for _, pick in picks),
            reads=reads,
            below=below,
        )

    def _table(self, found: TableResults) -> Table:
        table = self.project.table(found.table)
        assert table is not None
        return table

    def _in_one_unit(
        self, masks: Sequence[tuple[TableResults, NDArray[np.bool_]]]
    ) -> list[tuple[TableResults, NDArray[np.bool_]]]:
        """Amounts share an axis only in one currency: that of the first table; the notes say what became of others."""
        if self.entry.unit != "money" or not masks:
            return list(masks)
        self.unit = unit = masks[0][0].unit
        for found, _ in masks:
            factor, title = found.unit.factor_to(unit), self._table(found).title
            if factor is None:
                self.notes.append(
                    text("“{table}” is not drawn: its amounts are in {unit}.", table=title, unit=found.unit.name)
                )
            elif factor != 1:
                self.notes.append(text("“{table}” is converted to {unit}.", table=title, unit=unit.name))
        return [(found, mask) for found, mask in masks if found.unit.factor_to(unit) is not None]

    def _years(self) -> tuple[tuple[int, ...], dict[str, NDArray[np.bool_]]]:
        """The years of the axis, and for each table those by which it goes.

        A table with every fifth year is drawn without gaps; one that lacks a year of its usual step shows a gap.
        """
        stepped: dict[str, set[int]] = {}
        for found, _ in self.masks:
            own = [year for year in found.years if self._within(year)]
            step = min((b - a for a, b in pairwise(own)), default=1)
            stepped[found.table] = {*own, *(range(own[0], own[-1], step) if own else ())}
        years = tuple(sorted(set().union(*stepped.values())))
        return years, {
            table: np.array([year in steps for year in years], dtype=np.bool_) for table, steps in stepped.items()
        }

    def _within(self, year: int) -> bool:
        return self.window is None or self.window[0] <= year <= self.window[1]

    def _picks(self) -> list[tuple[TableResults, Pick]]:
        """What to read, up to the limit."""
        picks, left, count = [], MOST, 0
        position = {year: at for at, year in enumerate(self.years)}
        for found, mask in self.masks:
            rows, columns = np.nonzero(mask)
            years = tuple(year for year in found.years if self._within(year))
            factor = found.unit.factor_to(self.unit) if self.unit is not None else None
            at = np.array([position[year] for year in years], dtype=np.intp)
            components = self.index.components or ("",)
            count += len(rows) * len(components)
            # The components of a series stand together, and are never cut apart.
            left_rows = left // len(components) if years else 0
            each_row = [slice(row, row + 1) for row in range(min(len(rows), left_rows))]
            for taken in each_row if self.index.components else [slice(0, left_rows)] * (left_rows > 0):
                for component in components:
                    pick = Pick(found.table, component, rows[taken], columns[taken], years, at, factor or 1.0)
                    picks.append((found, pick))
                    left -= len(pick.rows)
        if count > MOST:
            self.notes.append(
                text(
                    "{shown} of {count} lines are drawn. Choose fewer economies, sectors or tables.",
                    shown=MOST - left,
                    count=count,
                )
            )
        return picks

    def _lines(
        self, picks: Sequence[tuple[TableResults, Pick]], reads: Sequence[tuple[Computed, ...]]
    ) -> tuple[tuple[ChartLine, ...], tuple[ChartLine | None, ...], tuple[Bilingual, ...]]:
        """The lines, what stands below them, and what all of them share."""
        keys: list[LineKey] = []
        parts: list[tuple[Bilingual, Bilingual, Bilingual, Bilingual]] = []
        titles: list[Bilingual] = []
        numbers: list[tuple[Floats, Statuses, NDArray[np.bool_]]] = []
        of_sectors, beyond = self.index.dimensions == ("sector", "sector"), False
        for (found, pick), read in zip(picks, reads, strict=True):
            values, statuses = _numbers(read, pick, len(self.years))
            axes = found.axes_of(self.index.id)
            name = self.entry.components.get(pick.component, Bilingual(pick.component.replace("_", " ")))
            for at, (row, column) in enumerate(zip(pick.rows.tolist(), pick.columns.tolist(), strict=True)):
                reporter, partner = axes.rows[row]
                sector: Label = axes.sectors[column]
                keys.append((self.index.id, pick.component, pick.table, reporter.id, partner.id, sector.id))
                beyond |= bool(partner.id) and partner.role != "world"
                if of_sectors and row < column:
                    sector, partner = partner, sector
                parts.append((reporter.name, sector.name, partner.name, name))
                titles.append(self._table(found).title)
                numbers.append((values[at], statuses[at], self.steps[pick.table]))
        several = beyond or len({key[4] for key in keys}) > 1 or self.index.dimensions in PAIRS
        each_series = slice(0, len(parts), len(self.index.components)) if self.index.components else slice(0, 0)
        added = [(one, sector, other, whole()) for one, sector, other, _component in parts[each_series]]
        names, shared = named(
            [self._parts(each, several) for each in (*parts, *added)], [*titles, *titles[each_series]]
        )
        # Beside a single economy, its partners have the colours that they have as economies.
        side = 4 if len({key[3] for key in keys}) == 1 and not of_sectors else 3
        places = slots([key[side if several else 3] for key in keys], self.project.study)
        lines = [
            ChartLine(key, name, *number, slot)
            for key, name, number, slot in zip(keys, names, numbers, places, strict=False)
        ]
        below = sums(lines, names[len(lines) :]) if added else ()
        return tuple(lines), below, shared

    def _parts(self, place: tuple[Bilingual, Bilingual, Bilingual, Bilingual], several: bool) -> tuple[Bilingual, ...]:
        """What a line is named after; two economies are one name unless the other is only the world."""
        reporter, sector, partner, component = place
        if self.index.dimensions == ("sector", "sector"):
            return Bilingual(), of_two(sector, partner, self.entry.symmetric), Bilingual(), component
        if several:
            return of_two(reporter, partner, self.entry.symmetric), sector, Bilingual(), component
        return reporter, sector, partner, component

    def _axis(self) -> Text | Bilingual:
        symbol = self.entry.symbol
        if self.entry.unit == "%":
            return text("{symbol} ({unit})", symbol=symbol, unit="%")
        if self.unit is not None and self.unit != Unit():
            return text("{symbol} ({unit})", symbol=symbol, unit=self.unit.name)
        return Bilingual(symbol, symbol)

    def _span(self) -> Bilingual:
        if not self.years:
            return Bilingual()
        first, last = self.years[0], self.years[-1]
        return Bilingual(str(first) if first == last else f"{first}–{last}")

    def _footnote(self, tables: Sequence[Table]) -> tuple[Text | Bilingual, ...]:
        """The settings that were changed, the data with their vintages, and how the rest was settled and found."""
        said: list[Text | Bilingual] = [text("{setting}.", setting=each) for each in self.aside]
        for table in tables:
            vintages = tuple(dict.fromkeys(source.vintage for source in table.sources if source.vintage))
            if vintages:
                said.append(text("Data: {table} (version: {vintages}).", table=table.title, vintages=vintages))
            else:
                said.append(text("Data: {table}.", table=table.title))
            if (years := how(self.project, table)) is not None:
                said.append(years)
        said += [text("{setting}.", setting=each) for each in self.settings if each not in self.aside]
        found = {self._table(each): tuple(rules(self.index, each.scopes)) for each, _ in self.masks}
        if len(set(map(str, found.values()))) <= 1:
            return (*said, *next(iter(found.values()), ()))
        for table, each in found.items():
            said += [text("{table}: {rule}", table=table.title, rule=rule) for rule in each]
        return tuple(said)
