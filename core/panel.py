"""A table seen as labelled arrays: economies × sectors in one year, with world and totals already resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.annual import cumulative_of, fitting, rule_of, values_of_year, years_of
from core.economies import economy
from core.measures import measures, summable
from core.project import Project
from core.sectors import nested
from core.status import Status
from core.table import Floats, Label, Table
from core.text import Bilingual, Text, text
from core.units import Unit, is_known_unit

Statuses = NDArray[np.uint8]
Mask = NDArray[np.bool_]
MOST_PLACES = 12_000_000
"""Rows × sectors × years of the results of an index; of more none is computed, for each index takes 9 bytes a place."""
_LOCAL = "LCU"
_OF_SEVERAL = ("Rs",)
"""Currencies of several economies under one name: the rupees of India are not those of Pakistan."""
NOWHERE = Label("", Bilingual())
"""Stands for a dimension that the table does not have."""


@dataclass(frozen=True, eq=False, slots=True)
class Axes:
    """The rows (reporter, partner) and sectors of a panel; the world is not a row but a role."""

    rows: tuple[tuple[Label, Label], ...]
    sectors: tuple[Label, ...]


@dataclass(frozen=True, eq=False, slots=True)
class _Cells:
    """Where the series of one measure go: positions in the table, row, sector, factor to the common unit."""

    series: NDArray[np.int64]
    row: NDArray[np.int64]
    sector: NDArray[np.int64]
    factor: Floats
    present: Mask


@dataclass(frozen=True, eq=False, slots=True)
class Rule:
    """How a denominator is found: "stated" rows or the "sum" of `parts`; or `lacking` says what is needed."""

    kind: str
    parts: int = 0
    lacking: Text | None = None


class Structure:
    """What depends on keys, labels, roles and units of a table and its bound tables, but on no number.

    All arrays are rows × sectors, with the world's rows (one for each partner) behind the economies' rows.
    """

    def __init__(self, project: Project, table: Table) -> None:
        """Reads the bindings of the study; numbers are read by `Panel`."""
        self._index_axes(table)
        self.unit = _common_unit(table)
        self.apart = _is_apart(table, self.unit)
        """Whether each economy has a currency of its own under one name, so that amounts cannot be added up."""
        self.owner: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self.names: dict[str, Bilingual] = {}
        self.cells: dict[str, _Cells] = {}
        self._rules: dict[str, tuple[Rule, Rule]] = {}
        self.places = self.shape[0] * self.shape[1] * max(1, len(years_of(table, rule_of(project, table))))
        if self.places <= MOST_PLACES:
            self._serve(project, table)

    def _serve(self, project: Project, table: Table) -> None:
        served = {measure: (table, own) for measure, own in _served(project, table).items()}
        for measure, bound in project.study.bindings.items():
            other = project.table(bound)
            if other is not None and years_of(other, rule_of(project, other)):
                own = _served(project, other).get(measure)
                if own is not None:
                    served.setdefault(measure, (other, own))
        self.owner = {measure: other.id for measure, (other, _) in served.items()}
        self.own = {measure: own for measure, (_, own) in served.items()}
        self.names = {measure: inline(measure_name(other, own)) for measure, (other, own) in served.items()}
        self.cells = {measure: self._cells(other, measure, own) for measure, (other, own) in served.items()}

    def _index_axes(self, table: Table) -> None:
        series, labels = table.series, table.labels

        def label(dimension: str, code: int) -> Label:
            return labels[dimension][code] if code >= 0 else NOWHERE

        pairs = dict.fromkeys(zip(series.reporter.tolist(), series.partner.tolist(), strict=True))
        named = [(label("reporter", r), label("partner", p)) for r, p in pairs]
        economies = [pair for pair in named if pair[0].role != "world"]
        sectors = tuple(label("sector", code) for code in dict.fromkeys(series.sector.tolist()))
        self.axes = Axes(tuple(economies), sectors)
        self.row_of = {(r.id, p.id): at for at, (r, p) in enumerate(economies)}
        partners = dict.fromkeys(p.id for _, p in named)
        self.group_of = {partner: at for at, partner in enumerate(partners)}
        self.groups = np.array([self.group_of[p.id] for _, p in economies], dtype=np.int64)
        for r, p in named:
            if r.role == "world":
                self.row_of[r.id, p.id] = len(economies) + self.group_of[p.id]
        self.sector_of = {sector.id: at for at, sector in enumerate(sectors)}
        self.shape = (len(economies) + len(partners), len(sectors))
        self._parts: dict[str, Mask] = {}
        self.counted = np.array([r.role == "" for r, _ in economies], dtype=np.bool_)
        self.total = next((at for at, sector in enumerate(sectors) if sector.role == "total"), -1)

    def _cells(self, table: Table, measure: str, own: str) -> _Cells:
        """Look-ups over codes, because a world table has millions of series."""
        series, labels = table.series, table.labels
        positions = np.flatnonzero(series.measure == table.code("measure", own))
        pairs, inverse = np.unique(
            (series.reporter[positions] + 1) * np.int64(len(labels["partner"]) + 1) + series.partner[positions] + 1,
            return_inverse=True,
        )
        reporters, partners = (NOWHERE, *labels["reporter"]), (NOWHERE, *labels["partner"])
        named = (divmod(pair, len(partners)) for pair in pairs.tolist())
        rows = np.array([self.row_of.get((reporters[r].id, partners[p].id), -1) for r, p in named], dtype=np.int64)
        sectors = np.array([self.sector_of.get(sector.id, -1) for sector in (NOWHERE, *labels["sector"])])
        row = rows[inverse]
        sector = sectors[series.sector[positions] + 1]
        kept = (row >= 0) & (sector >= 0)
        positions, row, sector = positions[kept], row[kept], sector[kept]
        factors = np.array([self._factor(measure, unit) for unit in table.units])
        present = np.zeros(self.shape, dtype=np.bool_)
        present[row, sector] = True
        return _Cells(positions, row, sector, factors[series.unit[positions]], present)

    def _factor(self, measure: str, unit: Unit) -> float:
        """To the common unit; infinite where the currencies differ. Only money is converted."""
        known = measures().get(measure)
        if not (unit.is_money if known is None else known.unit == "money"):
            return 1.0
        factor = unit.factor_to(self.unit)
        return np.inf if factor is None else factor

    def parts(self, measure: str) -> Mask:
        """The sectors that are summed to the total of a measure: no groups, and no code within one that is there."""
        if measure not in self._parts:
            there: Mask = np.asarray(self.cells[measure].present.any(axis=0))
            inside = nested(each.id for each, has in zip(self.axes.sectors, there.tolist(), strict=True) if has)
            part = np.array([each.role == "" and each.id not in inside for each in self.axes.sectors], dtype=np.bool_)
            self._parts[measure] = part & there
        return self._parts[measure]

    def rules(self, measure: str) -> tuple[Rule, Rule]:
        """How the world and the totals of a measure are found; the same rule for every economy and the world."""
        if measure not in self._rules:
            self._rules[measure] = self._find_rules(measure)
        return self._rules[measure]

    def _find_rules(self, measure: str) -> tuple[Rule, Rule]:
        present = self.cells[measure].present
        economies = len(self.axes.rows)
        name = self.names[measure]
        stated_world = bool(present[economies:].any())
        counted = present[:economies][self.counted].any(axis=1).sum()
        if self.apart and _is_amount(measure):
            world = Rule("", 0, text("needs {measure} of all economies in one currency", measure=name))
        elif stated_world:
            world = Rule("stated")
        elif counted >= 2 and summable(measure):
            world = Rule("sum", int(counted))
        else:
            world = Rule("", 0, text("needs {measure} of the world, or of two or more economies", measure=name))
        active = present.any(axis=1)
        stated = present[:, self.total] if self.total >= 0 else np.zeros(len(present), dtype=np.bool_)
        parts = int(self.parts(measure).sum())
        can_sum = parts >= 2 and summable(measure)
        if stated.any() and (bool(stated[active].all()) or not can_sum):
            total = Rule("stated")
        elif can_sum:
            total = Rule("sum", parts)
        else:
            total = Rule("", 0, text("needs total {measure}, or {measure} of two or more sectors", measure=name))
        return world, total

    def present(self, measure: str, scope: str) -> Mask:
        """Where the series exist that an input needs; economies × sectors, or × 1 for totals."""
        present = self.cells[measure].present
        economies = len(self.axes.rows)
        world, total = self.rules(measure)
        if "total" in scope:
            if total.kind == "stated":
                present = present[:, [self.total]]
            else:
                present = np.all(present[:, self.parts(measure)], axis=1, keepdims=True).astype(np.bool_)
        if "world" not in scope:
            return present[:economies]
        if world.kind == "stated":
            return present[economies:][self.groups]
        own = present[:economies]
        complete = np.array(
            [
                own[self._members(group)].all(axis=0)
                for group in range(len(self.group_of))
            ]
        )  # fmt: skip
        return complete.reshape(len(self.group_of), -1)[self.groups]

    def _members(self, group: int) -> Mask:
        """The economies that are summed to the world towards one partner."""
        members: Mask = self.counted & (self.groups == group)
        return members

    def scoped(self, measure: str, scope: str, values: Floats) -> Floats:
        """Values of all rows as the input `scope` of an index: itself, "total", "world" or "world_total"."""
        economies = len(self.axes.rows)
        world, total = self.rules(measure)
        if "total" in scope:
            if total.kind == "stated":
                values = values[:, [self.total]]
            else:
                values = values[:, self.parts(measure)].sum(axis=1, keepdims=True)
        if "world" not in scope:
            return values[:economies]
        if world.kind == "stated":
            return values[economies:][self.groups]
        own = values[:economies]
        sums = [own[self._members(group)].sum(axis=0) for group in range(len(self.group_of))]
        return np.array(sums).reshape(len(self.group_of), -1)[self.groups]


class Panel:
    """The numbers of one year under a `Structure`."""

    def __init__(self, structure: Structure, project: Project, year: int) -> None:
        """Reads numbers lazily; a year that a table lacks gives no values at all."""
        self.structure = structure
        self.project = project
        self.year = year
        self._read: dict[str, tuple[Floats, Statuses]] = {}

    def input(self, measure: str, scope: str) -> tuple[Floats, Statuses]:
        """Values and statuses, broadcastable over economies × sectors. NaN with a status where missing."""
        values, statuses = self._all(measure)
        scoped = self.structure.scoped(measure, scope, values)
        if not scope:
            return scoped, statuses[: len(scoped)]
        missing = np.where(np.isnan(scoped), Status.MISSING, Status.OK)
        for why in (Status.UNIT_MISMATCH, Status.INCOMPLETE_YEAR, Status.NO_YEAR_VALUE):
            if (statuses == why).any():
                flags = self.structure.scoped(measure, scope, np.where(statuses == why, np.inf, 0.0))
                missing = np.where(flags > 0, why, missing)
        return scoped, missing.astype(np.uint8)

    def _all(self, measure: str) -> tuple[Floats, Statuses]:
        if measure not in self._read:
            cells = self.structure.cells[measure]
            table = self.project.table(self.structure.owner[measure])
            values = np.full(self.structure.shape, np.nan)
            statuses = np.full(self.structure.shape, Status.MISSING, dtype=np.uint8)
            if table is not None:
                rule = rule_of(self.project, table)
                fits = fitting(table, rule, self.structure.own[measure], measure)
                read, fine = values_of_year(table, rule, self.year, cells.series, fits)
                mismatch = np.isinf(cells.factor)
                values[cells.row, cells.sector] = read * np.where(mismatch, np.nan, cells.factor)
                statuses[cells.row, cells.sector] = np.where(mismatch, Status.UNIT_MISMATCH, fine)
            self._read[measure] = values, statuses
        return self._read[measure]


def _served(project: Project, table: Table) -> dict[str, str]:
    """The measures that a table gives, and for each which of its own it is; a choice comes before a name."""
    own = [label.id for label in table.labels["measure"]]
    chosen = project.study.serving.get(table.id, {})
    served = {each: each for each in own}
    if rule_of(project, table) == "december":
        served |= cumulative_of(table)
    return served | {measure: each for measure, each in chosen.items() if each in own}


def _common_unit(table: Table) -> Unit:
    """The unit to which all money of a table is converted: that of its first series in money.

    Where no series has a currency that is known, "LCU" and names of others do as well.
    """
    money = (table.units[code] for code in np.unique(table.series.unit).tolist() if table.units[code].is_money)
    amounts = [at for at, label in enumerate(table.labels["measure"]) if _is_amount(label.id)]
    codes = np.unique(table.series.unit[np.isin(table.series.measure, amounts)]).tolist()
    others = (unit for unit in map(table.units.__getitem__, codes) if unit.base == _LOCAL or not is_known_unit(unit))
    found: Unit = next(chain(money, others), Unit())
    return found


def _is_apart(table: Table, unit: Unit) -> bool:
    """Whether a unit can be of several currencies in a table of several economies; provinces share theirs."""
    if unit.base in {"", "%"} or (unit.is_money and unit.base.partition(" ")[0] not in _OF_SEVERAL):
        return False
    used = [table.labels["reporter"][code].id for code in np.unique(table.series.reporter).tolist() if code >= 0]
    return sum(1 for each in used if not unit.is_money or economy(each) is not None) > 1


def _is_amount(measure: str) -> bool:
    known = measures().get(measure)
    return known is not None and known.unit == "money"


def measure_name(table: Table | None, measure: str) -> Bilingual:
    """What people call a measure: the table's label, else the catalogue's name, else the id."""
    for label in table.labels["measure"] if table else ():
        if label.id == measure:
            return label.name
    known = measures().get(measure)
    return known.name if known else Bilingual(measure.replace("_", " "))


def structure_identity(project: Project, table: Table) -> tuple[Any, ...]:
    """The objects on which a `Structure` depends; all the same objects means the same structure."""
    bound: Mapping[str, str] = project.study.bindings
    others = [other for each in sorted(set(bound.values())) if (other := project.table(each)) is not None]
    serving = tuple((each, *sorted(chosen.items())) for each, chosen in sorted(project.study.serving.items()))
    parts: list[Any] = [tuple(sorted(bound.items())), serving]
    parts.append(tuple(rule_of(project, each) for each in (table, *others)))
    for each in (table, *others):
        parts += [each.series, each.labels, each.units, each.periods]
    return tuple(parts)


def inline(name: Bilingual) -> Bilingual:
    """A name inside an English sentence: "exports", but "GDP"."""
    lower = name.en[:1].lower() + name.en[1:] if name.en[1:2].islower() else name.en
    return Bilingual(lower, name.zh)
