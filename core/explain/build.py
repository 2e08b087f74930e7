"""Puts an explanation together from results."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from core.annual import how
from core.charts import chosen_bands, footnote
from core.claims import shown_value
from core.explain.beside import STANDARDISED, compared_with, form, standing, world_of_its_own
from core.explain.explanation import Cell, Citation, Explanation, Reading, Wanted
from core.explain.filling import leading_to
from core.explain.inputs import Inputs
from core.explain.lacking import advice, lacks
from core.indices.catalogue import BandSet, Entry
from core.numbers import exact
from core.options import shown
from core.options import value as value_of
from core.results import LineKey, Results
from core.status import Status
from core.text import Bilingual, Text, text


def explain(
    results: Results, key: LineKey, year: int, settings: tuple[tuple[str, Any], ...] = ()
) -> Explanation | None:
    """Everything behind one value of a line; None where results have no such line or year.

    With `settings` it is the value under these instead of those of the project.
    """
    results = results.under(dict(settings)) if settings else results
    id_, component, table_id = key[:3]
    found, table = results.tables.get(table_id), results.project.table(table_id)
    if found is None or table is None or id_ not in found.available or year not in found.years:
        return None
    index, place = found.index(id_), found.position(id_, key)
    if place is None or component not in (index.components or ("",)):
        return None
    values, statuses = found.computed(id_, year).parts[component]
    value, status = float(values[place]), Status(int(statuses[place]))
    axes, project = found.axes_of(id_), results.project
    (reporter, partner), sector = axes.rows[place[0]], axes.sectors[place[1]]
    wanted = Wanted((id_, component, table_id, reporter.id, partner.id, sector.id), year, settings)
    inputs = Inputs(project, found, wanted, place)
    cells = tuple(_cells(inputs))
    readings = tuple(_readings(index.entry, value))
    fine = math.isfinite(value)
    return Explanation(
        wanted,
        index.entry,
        index.entry.components.get(component, Bilingual(component)),
        reporter.name,
        partner.name,
        sector.name,
        table.title,
        value,
        shown_value(id_, value).replace("-", "−"),
        found.unit if index.entry.unit == "money" else None,
        status,
        _filled(inputs, value) if not component else "",
        inputs.operands,
        inputs.terms,
        tuple(_basis(inputs, cells)),
        readings,
        _chosen(chosen_bands(project, id_), readings),
        _neutral(index.entry, value),
        standing(inputs, value) if fine else None,
        tuple(_sources(cells)),
        () if fine else lacks(inputs),
        None if fine else advice(status, inputs),
    )


def _filled(inputs: Inputs, value: float) -> str:
    """The formula with the inputs that are one number each; two of one name have no place in it."""
    entry, operands = inputs.index.entry, inputs.operands
    symbols = [each.symbol for each in operands]
    numbers = {each.symbol: each.value for each in operands if each.symbol and symbols.count(each.symbol) == 1}
    results = {each.symbol for each in operands if each.index is not None or each.symbol in STANDARDISED}
    shown = 10.0 ** -(entry.decimals + (2 if entry.unit == "%" else 0))
    return leading_to(value, form(inputs), numbers, results, shown / 100)


def _basis(inputs: Inputs, cells: Iterable[Cell]) -> Iterator[Text | Bilingual]:
    """The settings in force, the world's always, how the denominators were found and how years were made."""
    index, project = inputs.index, inputs.project
    chosen = project.analysis.options
    world = (shown("world", value_of(chosen, "world")),) if "world" in index.options else ()
    yield from dict.fromkeys((*map(_both, world), *map(_both, footnote.settings(index, project))))
    yield from (each for each in (compared_with(inputs), world_of_its_own(inputs)) if each is not None)
    yield from footnote.rules(index, inputs.scopes)
    for name in dict.fromkeys(cell.table for cell in cells):
        table = project.table(name)
        made = how(project, table) if table is not None else None
        if made is not None:
            yield made


def _both(said: Text | Bilingual) -> Bilingual:
    return said if isinstance(said, Bilingual) else Bilingual(said.show("en"), said.show("zh"))


def _readings(entry: Entry, value: float) -> Iterator[Reading]:
    for bands in entry.bands:
        band = bands.find(value)
        if band is not None:
            yield Reading(bands, band, bands.intervals(entry.unit == "%")[bands.bands.index(band)])


def _chosen(bands: BandSet | None, readings: tuple[Reading, ...]) -> Reading | None:
    return next((each for each in readings if each.bands is bands), None)


def _neutral(entry: Entry, value: float) -> Text | None:
    if entry.neutral is None or not math.isfinite(value):
        return None
    percent = entry.unit == "%"
    neutral = exact(entry.neutral * 100) + "%" if percent else exact(entry.neutral)
    if value == entry.neutral:
        return text("Exactly the neutral value {neutral}", neutral=neutral)
    if value > entry.neutral:
        return text("Above the neutral value {neutral}", neutral=neutral)
    return text("Below the neutral value {neutral}", neutral=neutral)


def _sources(cells: Iterable[Cell]) -> Iterator[Citation]:
    groups: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        groups.setdefault((cell.table, cell.source.id), []).append(cell)
    for first, *others in groups.values():
        traces = (each.trace for each in (first, *others) if each.trace is not None)
        files = dict.fromkeys((trace.file, trace.sheet) for trace in traces)
        yield Citation(first.title, first.source.text, first.source.vintage, tuple(files))


def _cells(inputs: Inputs, seen: set[str] | None = None) -> Iterator[Cell]:
    """Cells of all series behind a value, through the indices that it is made from.

    Of an index that enters with many values the first one stands for all.
    """
    seen = set() if seen is None else seen
    for operand in inputs.operands:
        for part in operand.parts:
            yield from part.cells[:1]
        if operand.index is not None:
            yield from _cells(inputs.of(operand.index), seen)
    for each in inputs.terms:
        for row in each.rows:
            yield from (cell for cell in row.behind if isinstance(cell, Cell))
    for read in inputs.read:
        if read.input.is_index and not read.one and read.input.what not in seen:
            seen.add(read.input.what)
            wanted = inputs.wanted_of(read, int(read.places[0][0]), int(read.places[1][0]))
            if wanted is not None:
                yield from _cells(inputs.of(wanted), seen)
