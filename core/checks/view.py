"""A table as the checks see it: columns in common units, printed decimals, names, and growth beyond the common one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.checks.finding import Spot, Where
from core.files.progress import Tick
from core.headers import Names
from core.measures import measures
from core.numbers import exact
from core.table import DIMENSIONS, Floats, Table
from core.text import Bilingual, Text, text

T = TypeVar("T")
Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]
CHUNK = 65_536
"""Series that are looked at together, so that what is needed on the way stays small beside the table."""
_DECIMALS = 7
_TELLING = 20
"""So many numbers end in zeros only where all are printed in tens, hundreds or thousands; one in a hundred of them may
have more decimals, because it was computed or comes from elsewhere."""
_SEASONS = {"year": 1, "quarter": 4, "month": 12}
_SAMPLE = 20_000


class View:
    """One table of the project and what several checks ask of it, each computed once.

    `Amounts` are values × the scale of their unit, so that series in billions and in millions can be compared.
    """

    def __init__(self, table: Table, tick: Tick) -> None:
        """`tick` is called between pieces of work and may raise to stop it."""
        self.table = table
        self.tick = tick
        self.series = table.series
        self.scale: Floats = np.array([unit.scale for unit in table.units], dtype=np.float64)[table.series.unit]
        self._names = Names(table)
        self._growth: dict[bytes, Floats] = {}
        self._largest: dict[int, tuple[Floats, Floats]] = {}
        self._kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What several checks need, made at the first call with a key."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def __len__(self) -> int:
        """Number of series."""
        return len(self.series)

    @cached_property
    def periods(self) -> int:
        return len(self.table.periods.values)

    def amounts(self, period: int) -> Floats:
        """All series of one period in the bases of their units."""
        amounts: Floats = self.table.column(period) * self.scale
        return amounts

    def matrix(self, series: Positions) -> Floats:
        """Some series × periods in their own units; NaN is missing."""
        out = np.empty((len(series), self.periods))
        for at in range(self.periods):
            out[:, at] = self.table.column(at)[series]
        return out

    def chunks(self, series: Positions) -> Iterator[Positions]:
        """The series in pieces; ticks before each."""
        for start in range(0, len(series), CHUNK):
            self.tick()
            yield series[start : start + CHUNK]

    def measured(self, *kinds: str) -> Mask:
        """Which series have a measure of the catalogue of one of these kinds ("flow", "stated", "macro" …)."""
        known = [measures().get(label.id) for label in self.table.labels["measure"]]
        return self._by_code("measure", [each is not None and each.kind in kinds for each in known])

    def has_role(self, dimension: str, role: str) -> Mask:
        """Which series have a label with this role; one without the dimension has the role ""."""
        return self._by_code(dimension, [label.role == role for label in self.table.labels[dimension]], role == "")

    def _by_code(self, dimension: str, flags: list[bool], without: bool = False) -> Mask:
        found: Mask = np.array([*flags, without], dtype=np.bool_)[self.series.codes(dimension)]
        return found

    @cached_property
    def half(self) -> Floats:
        """By series: half a unit of the last decimal that series of its measure, unit and source are printed with."""
        group = self.groups("measure", "unit", "source")
        half = np.empty(int(group.max(initial=-1)) + 1)
        for each in range(len(half)):
            self.tick()
            chosen = np.flatnonzero(group == each)
            half[each] = 0.5 * 10.0 ** -self._decimals(chosen[:: max(1, len(chosen) // _SAMPLE)])
        return half[group] * (1 + 1e-9)

    def _decimals(self, series: Positions) -> int:
        values = self.matrix(series)
        values = values[np.isfinite(values) & (values != 0)]
        several = len(values) >= _TELLING
        odd = max(1, len(values) // 100) if several else 0
        for decimals in range(-_DECIMALS + 1 if several else 0, _DECIMALS):
            scaled = values * 10.0**decimals
            if int((np.abs(scaled - np.rint(scaled)) > 1e-6 + 1e-12 * np.abs(scaled)).sum()) <= odd:
                return decimals
        return 12

    def groups(self, *dimensions: str) -> Positions:
        """A number for each series that is equal exactly where its codes in these dimensions are."""
        numbers = np.zeros(len(self), dtype=np.int64)
        for dimension in dimensions:
            codes = self.series.codes(dimension).astype(np.int64)
            numbers = numbers * (int(codes.max(initial=0)) + 2) + codes + 1
            numbers = np.unique(numbers, return_inverse=True)[1].astype(np.int64).reshape(-1)
        return numbers

    def weights(self, series: Positions, period: int) -> tuple[Floats, Floats]:
        """The largest amounts beside some series in a period: of the same reporter and measure, and of the measure."""
        if period not in self._largest:
            amounts = np.nan_to_num(np.abs(self.amounts(period)), nan=0.0)
            groups = self.groups_of_reporter
            own, measure = np.zeros(int(groups.max(initial=0)) + 1), np.zeros(len(self.table.labels["measure"]))
            np.maximum.at(own, groups, amounts)
            np.maximum.at(measure, self.series.measure, amounts)
            self._largest[period] = own, measure
        own, measure = self._largest[period]
        return own[self.groups_of_reporter[series]], measure[self.series.measure[series]]

    @cached_property
    def groups_of_reporter(self) -> Positions:
        """A number for each series by its reporter and measure."""
        return self.groups("reporter", "measure")

    @cached_property
    def seasons(self) -> tuple[Positions, ...]:
        """Periods that can be compared with each other: all years, all Januaries …; none for days."""
        count = _SEASONS.get(self.table.periods.kind, 0)
        if not count:
            return ()
        values = np.array(self.table.periods.values, dtype=np.int64)
        part = values % (100 if count == 12 else 10) if count > 1 else np.zeros_like(values)
        return tuple(np.flatnonzero(part == each) for each in np.unique(part))

    def season_growth(self, season: Positions) -> Floats:
        """What all flows did together: the median growth (log) from each period of a season to the next.

        With fewer than five series it is the growth of the world where the table has it, else 0.
        """
        key = season.tobytes()
        if key not in self._growth:
            self._growth[key] = self._common(season)
        return self._growth[key]

    def _common(self, periods: Positions) -> Floats:
        flows = np.flatnonzero(self.measured("flow"))
        world = flows[self.has_role("reporter", "world")[flows]]
        chosen = flows[:: max(1, len(flows) // _SAMPLE)] if len(flows) >= 5 else world
        growth = np.diff(logs(self.matrix(chosen)[:, periods]), axis=1)
        known = np.isfinite(growth)
        out = np.zeros(growth.shape[1])
        for at in np.flatnonzero(known.sum(axis=0) >= (5 if len(flows) >= 5 else 1)):
            out[at] = np.median(growth[known[:, at], at])
        return out

    def spot(self, series: int, period: int | None = None) -> Spot:
        """The place of a cell, or of a whole series."""
        value = None if period is None else self.table.periods.values[period]
        return Spot(self.table.id, self.table.key(int(series)), value)

    def where(self, series: int, period: int | None = None, *, without: str = "") -> tuple[Where, ...]:
        """Table, labels and period; the dimension `without` is left out."""
        parts: list[Where] = [self.table.title]
        for dimension in DIMENSIONS:
            code = int(self.series.codes(dimension)[series])
            if code >= 0 and dimension != without:
                parts.append(self._names.of(dimension)[code])
        if period is not None and self.table.periods.kind != "none":
            parts.append(self.table.periods.name(period))
        return tuple(parts)

    def where_all(self, series: int, period: int) -> tuple[Where, ...]:
        """The same for many series of an economy and partner: without sector and measure."""
        places = [self.name(each, series) for each in ("reporter", "partner")]
        return (self.table.title, *(each for each in places if each != Bilingual()), self.period_name(period))

    def name(self, dimension: str, series: int) -> Bilingual:
        """What the label of a series in a dimension is called; empty where it has none."""
        code = int(self.series.codes(dimension)[series])
        return self._names.of(dimension)[code] if code >= 0 else Bilingual()

    def period_name(self, period: int) -> str:
        """What a header says about a period."""
        return self.table.periods.name(int(period))

    def with_unit(self, series: int, value: float) -> Text | str:
        """A number with the unit of a series."""
        unit = self.table.unit(int(series)).name
        return text("{value} {unit}", value=number(value), unit=unit) if unit.en else number(value)


def logs(values: Floats) -> Floats:
    """Natural logarithms; NaN where a value is missing or not positive."""
    return np.log(values, out=np.full(values.shape, np.nan), where=values > 0)


def number(value: float) -> str:
    """A number in a sentence: its own digits where they are few, else seven of them; millions have commas."""
    said = exact(float(value))
    said = said if len(said) <= 10 else exact(float(f"{value:.7g}"))
    return said if abs(value) < 1e6 or not said.lstrip("-").isdigit() else f"{int(said):,}"


def times(size: float, digits: int = 3) -> str:
    """A factor from its logarithm; small ones as fractions, for nobody sees how little 0.00278 times is."""
    factor = float(np.exp(size))
    return number(float(f"{factor:.{digits}g}")) if factor >= 0.5 else f"1/{number(float(f'{1 / factor:.{digits}g}'))}"


def percent(value: float) -> str:
    """A share as per cent, with as many decimals as it takes to see it; the smallest is 0.0001%."""
    size = abs(value) * 100
    if 0 < size < 0.005:
        return f"{max(size, 0.0001):.{3 if size >= 0.0005 else 4}f}%"
    return f"{value * 100:,.{0 if size >= 10 else 1 if size >= 1 else 2}f}%"
