"""The builder of tables against a plain reading cell by cell, on sheets and mappings drawn at random."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.edits import apply
from core.errors import UserError
from core.files.build import build
from core.files.cells import address, common_kind
from core.files.grid import Cell, Sheet, sheet_of
from core.files.mapping import SheetMapping
from core.project import Project
from core.provenance import trace
from core.table import Key, Table
from core.text import Bilingual
from core.units import Unit
from tests.core.files.reference import Cells, Found, RefusedError, read_cells

Draw = Any
USD = Unit("USD", 1e6)
VALUES = st.sampled_from(
    [None, 1.0, 1.0, 2.0, 3.5, -99.0, "4", "1,503", "..", "n/a", "#N/A", "3 (1)", "2.5e", "≈ 0", "1/2"]
)
CELLS: dict[str, st.SearchStrategy[Cell]] = {
    "reporter": st.sampled_from([None, "China", "India", "World", "Nowhere"]),
    "reporter_code": st.sampled_from([None, "CHN", "IND", "WLD", "XX9"]),
    "partner": st.sampled_from([None, "China", "India", "World"]),
    "partner_code": st.sampled_from([None, "CHN", "XX9"]),
    "sector": st.sampled_from([None, "Food", "Fuel"]),
    "sector_code": st.sampled_from([None, "01", "85"]),
    "measure": st.sampled_from([None, "Exports", "Imports", "Own thing"]),
    "year": st.sampled_from([2015.0, "2016", 2017.0, None, "text"]),
    "within_year": st.sampled_from(["Jan", "2", "March", None, "Spring"]),
    "unit": st.sampled_from([None, "US$ million", "US$ billion", "CNY million"]),
    "scale": st.sampled_from([None, 3.0, 6.0]),
    "mark": st.sampled_from([None, "p", "x"]),
    "summed": st.sampled_from([None, "China", "India", "World"]),
    "ignore": st.sampled_from([None, "China", 7.0]),
}
HEADS: dict[str, list[Cell]] = {
    "year": [2015.0, "2016", "2017e", "2018(1)", 2019.0],
    "measure": ["Exports", "Imports", "Own thing"],
    "sector": ["Food", "Fuel"],
    "partner": ["China", "India"],
    "within_year": ["Jan", "Feb", "March"],
    "unit": ["US$ million", "US$ billion"],
    "ignore": [None, "text"],
}


@st.composite
def uses(draw: Draw) -> tuple[Sheet, SheetMapping]:
    """A sheet with a mapping that fits it: any roles of columns and of rows of the header, in any order."""
    levels = draw(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, max_size=3, unique=True))
    roles = draw(st.lists(st.sampled_from(sorted(CELLS)), max_size=5, unique=True))
    roles = [role for role in roles if role not in levels and not (role == "summed" and "partner" in roles)]
    roles = [role for role in roles if not (role == "sector_code" and "sector" in levels)]
    roles = [role for role in roles if role == "sector" or f"{role}_code" not in roles]
    if "within_year" in levels and "year" not in levels:
        levels.remove("within_year")
        levels = levels or ["ignore"]
    if "within_year" in levels and levels.index("within_year") < levels.index("year"):
        levels.remove("within_year")
    if "within_year" in roles and "year" not in roles and "year" not in levels:
        roles.remove("within_year")
    if "year" not in levels and "measure" in levels:
        levels = ["measure"]
    width = draw(st.integers(1, 3))
    columns = [*roles, *["value"] * width]
    columns = draw(st.permutations(columns))
    first = columns.index("value")
    top = draw(st.integers(0, 1))
    grid: list[list[Cell]] = [["A title"]] * top
    for level, meaning in enumerate(levels):
        names = draw(st.permutations(HEADS[meaning]))
        line: list[Cell] = ["" if role == "value" else "Head" for role in columns]
        for at, role in enumerate(columns):
            if role == "value":
                n = columns[:at].count("value")
                blank = level + 1 < len(levels) and at > first and draw(st.booleans())
                line[at] = None if blank else names[n % len(names)]
        grid.append([cell or None for cell in line])
    kinds = [VALUES if role == "value" else CELLS[role] for role in columns]
    grid += draw(st.lists(st.tuples(*kinds).map(list), min_size=1, max_size=8))
    start = top + len(levels)
    headed = [each for each in ("reporter", "sector", "measure") if each in roles or f"{each}_code" not in roles]
    headed = [each for each in headed if each not in levels]
    mapping = SheetMapping(
        "Title",
        top,
        tuple(levels),
        tuple(columns),
        draw(st.integers(start + 1, len(grid) + 1)),
        reporter=draw(st.sampled_from(["", "China"])),
        sector=draw(st.sampled_from(["", "Food"])),
        measure=draw(st.sampled_from(["Exports", "Exports", ""])),
        year=draw(st.sampled_from([None, 2015])),
        unit=draw(st.sampled_from([USD, USD, Unit()])),
        skipped=tuple(draw(st.sets(st.integers(start, len(grid)), max_size=2))),
        headings=draw(st.sampled_from(["", "", *headed])),
        missing=draw(st.sampled_from([(), ("..", "-99")])),
        twice=draw(st.sampled_from(["", "first", "last", "sum"])),
        units=draw(st.sampled_from([{}, {}, {str(first): Unit("USD", 1e9)}])),
        meant=draw(st.sampled_from([{}, {"reporter": {"Nowhere": "IND"}}])),
    )
    return replace(sheet_of("Sheet", grid), file="file.xlsx"), mapping


slow = settings(
    deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


@slow
@given(st.lists(uses(), min_size=1, max_size=2))
def test_the_builder_reads_what_stands_in_the_cells(given_uses: list[tuple[Sheet, SheetMapping]]) -> None:
    cells: Cells = {}
    series, refused = set[Key](), False
    try:
        cells, series = read_cells(given_uses, _twice(given_uses))
        values = _values(cells)
    except RefusedError:
        refused = True
    table = _built(given_uses)
    if table is None:
        assert refused or _must_be_refused(cells, values, _twice(given_uses))
        return
    assert not refused
    assert {table.key(at) for at in range(len(table.series))} == series
    _check(table, values, _twice(given_uses))


@slow
@given(st.booleans(), st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1), st.data())
def test_numbers_are_traced_to_their_cells_whatever_is_edited(long: bool, filled: set[Place], data: Draw) -> None:
    sheet, mapping = _numbered(long, sorted(filled))
    project = Project("p", Bilingual("P"), tables=(build([(sheet, mapping)], {}, "t")[0],))
    for name in data.draw(st.lists(st.sampled_from(["write", "move", "drop", "add", "without"]), max_size=5)):
        project = _edited(project, name, data.draw)
    table = project.tables[0]
    for series in range(len(table.series)):
        for period in range(len(table.periods.values)):
            found, value = trace(table, series, period), table.value(series, period)
            if value > 0:
                assert found is not None
                assert found.cell == address(int(value) // 10, int(value) % 10)
            elif found is not None and value == -1.0:  # written over the number of a cell, or beside all numbers
                assert isinstance(sheet.rows.cell(int(found.cell[1:]) - 1, ord(found.cell[0]) - 65), float | None)


Place = tuple[int, int]


def _numbered(long: bool, filled: list[Place]) -> tuple[Sheet, SheetMapping]:
    """A sheet in which each number says where it stands: 10 × row + column."""
    years = [2015.0, 2016.0, 2017.0, 2018.0]
    if long:
        grid: list[list[Cell]] = [["Sector", "Year", "Value"]]
        grid += [[f"Part {a}", years[b], 10.0 * row + 2] for row, (a, b) in enumerate(filled, 1)]
        levels, columns = ("ignore",), ("sector", "year", "value")
    else:
        grid = [["Sector", *years]]
        grid += [
            [f"Part {a}", *(10.0 * (a + 1) + b + 1 if (a, b) in filled else None for b in range(4))] for a in range(4)
        ]
        levels, columns = ("year",), ("sector", "value", "value", "value", "value")
    mapping = SheetMapping("Title", 0, levels, columns, len(grid), measure="Exports", unit=USD)
    return replace(sheet_of("Sheet", grid), file="file.xlsx"), mapping


def _edited(project: Project, name: str, draw: Draw) -> Project:
    table = project.tables[0]
    years, count = table.periods.values, len(table.series)
    if not years or not count:
        return project
    key, year = table.key(draw(st.integers(0, count - 1))), draw(st.sampled_from(years))
    if name == "write":
        return apply(project, "set_cells", table="t", series=(key,), periods=(year,), values=((-1.0,),))
    if name == "move":
        to = draw(st.integers(2010, 2025).filter(lambda each: each not in years))
        return apply(project, "set_period", table="t", period=year, to=to)
    if name == "drop":
        return apply(project, "remove_periods", table="t", periods=(year,))
    if name == "without":
        return apply(project, "remove_series", table="t", series=(key,))
    return apply(project, "add_periods", table="t", periods=(draw(st.integers(2010, 2025)),))


def _built(given_uses: list[tuple[Sheet, SheetMapping]]) -> Table | None:
    try:
        return build(given_uses, {}, "t")[0]
    except UserError:
        return None


def _twice(given_uses: list[tuple[Sheet, SheetMapping]]) -> str:
    if any("summed" in mapping.columns for _, mapping in given_uses):
        return "sum"
    return next((mapping.twice for _, mapping in given_uses if mapping.twice), "")


Values = dict[tuple[Key, int], list[tuple[Found, float]]]


def _values(cells: Cells) -> Values:
    """The cells by series and period of the table, with their numbers in the unit of the series."""
    _, value_of = common_kind({period for _, period in cells})
    of_series: dict[Key, list[Found]] = {}
    for (key, _), found in cells.items():
        of_series.setdefault(key, []).extend(found)
    values: Values = {}
    for (key, period), found in cells.items():
        own = {use: _own_unit([each for each in of_series[key] if each.use == use]) for use in (0, 1)}
        unit = next((own[use] for use in (0, 1) if own[use] not in {None, Unit()}), Unit())
        place = values.setdefault((key, value_of[period]), [])
        place += [(each, each.number * _factor(each.unit or own[each.use], unit)) for each in found]
    return values


def _own_unit(found: list[Found]) -> Unit | None:
    ordered = sorted(found, key=lambda each: (each.column, each.row))
    return next((each.unit for each in ordered if each.unit is not None), ordered[0].default if ordered else None)


def _factor(unit: Unit | None, wanted: Unit | None) -> float:
    assert unit is not None
    assert wanted is not None
    if Unit() in {unit, wanted}:
        return 1.0
    factor = unit.factor_to(wanted)
    if factor is None:
        raise RefusedError
    return factor


def _must_be_refused(cells: Cells, values: Values, twice: str) -> bool:
    found = [each for place in values.values() for each, _ in place]
    if all(math.isnan(each.number) and not each.marks for each in found):
        return True
    kinds, _ = common_kind({period for _, period in cells})
    return len(kinds) > 1 or (not twice and any(_differ(place) for place in values.values()))


def _differ(place: list[tuple[Found, float]]) -> bool:
    numbers = [value for _, value in place if not math.isnan(value)]
    return any(not math.isclose(value, numbers[-1], rel_tol=1e-12) for value in numbers)


def _check(table: Table, values: Values, twice: str) -> None:
    """Number, mark and origin of each place of the table."""
    nothing: list[tuple[Found, float]] = []
    for series in range(len(table.series)):
        for period, year in enumerate(table.periods.values):
            place = values.get((table.key(series), year), nothing)
            full = [(cell, value) for cell, value in place if not math.isnan(value)]
            mark = table.marks.get((series, period))
            if not full:
                assert math.isnan(table.value(series, period))
                raws = [each for cell, _ in place for each in cell.marks]
                assert (mark in raws) if raws else mark is None
                found = trace(table, series, period)
                assert found is None or found.cell in {address(cell.row, cell.column) for cell, _ in place}
                continue
            if twice == "sum":
                taken, expected = full, sum(value for _, value in full)
            else:
                taken = full[:1] if twice == "first" else full[-1:]
                expected = taken[0][1]
            assert math.isclose(table.value(series, period), expected, rel_tol=1e-12)
            raws = [each for cell, _ in taken for each in cell.marks]
            assert (mark in raws) if raws else mark is None
            found = trace(table, series, period)
            assert found is not None
            where = address(taken[0][0].row, taken[0][0].column) if len(taken) == 1 else ""
            assert (found.cell, found.rows) == (where, len(taken))
