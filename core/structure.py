"""What depends on keys, labels, roles and units of a table and its bound tables, but on no number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.annual import cumulative_of, rule_of, years_of
from core.conversion import common_unit, is_apart, within_sectors
from core.measures import measures
from core.project import Project
from core.sectors import nested
from core.status import Statuses
from core.table import Floats, Label, Table
from core.text import Bilingual
from core.units import Unit

Mask = NDArray[np.bool_]
Codes = NDArray[np.int64]
NOWHERE = Label("", Bilingual())
"""Stands for a dimension that the table does not have."""
DERIVED: Mapping[str, tuple[str, str]] = {"gdp_per_capita": ("gdp", "population")}
"""Measures that are one measure over another where no series states them."""
MIRRORED: Mapping[str, str] = {"imports": "exports"}
"""What others say of the same flow: imports from all are what all export there."""

__all__ = ["DERIVED", "MIRRORED", "NOWHERE", "Axes", "Cells", "Mask", "Settings", "Statuses", "Structure"]


@dataclass(frozen=True, eq=False, slots=True)
class Axes:
    """The rows (reporter, partner) and sectors of values; the world is not a row but a role."""

    rows: tuple[tuple[Label, Label], ...]
    sectors: tuple[Label, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Cells:
    """Where the series of one measure go: positions in the table, row, column, factor to the common unit.

    `grid` is the same as two slices where they fill a rectangle in the order of the table, whose rows are its rows.
    """

    series: Codes
    row: Codes
    column: Codes
    factor: Floats
    present: Mask
    grid: tuple[slice, slice, slice] | None = None
    """Positions in the table, rows and columns."""
    is_plain: bool = True
    """Whether all are in the common unit already."""
    mismatched: bool = False
    """Whether some cannot be converted to it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of the analysis by which denominators are found, and of which nothing is left for the index."""

    world: str = "including"
    world_rows: str = "automatic"
    total: str = "automatic"
    universe: tuple[str, ...] = ()
    missing: str = "propagate"
    mirror: str = "automatic"

    @staticmethod
    def of(options: Mapping[str, Any]) -> Settings:
        """Those of a project; what is not there has its default."""
        fallback = Settings()
        return Settings(
            world=str(options.get("world", fallback.world)),
            world_rows=str(options.get("world_rows", fallback.world_rows)),
            total=str(options.get("total", fallback.total)),
            universe=tuple(map(str, options.get("universe", ()))),
            missing=str(options.get("missing", fallback.missing)),
            mirror=str(options.get("mirror", fallback.mirror)),
        )


class Structure:
    """Where each number of a table goes in arrays of rows × columns.

    Rows are the pairs of reporter and partner, behind them the world's rows, one for each partner. Columns are the
    sectors, behind them one for values of the whole economy where the table has no sector for them.
    """

    def __init__(self, project: Project, table: Table) -> None:
        """Reads the bindings of the study; numbers are read by `core.panel.Panel`."""
        self.settings = Settings.of(project.analysis.options)
        self._index_rows(table, _of_whole_economies(project, table))
        self._index_sectors(table)
        self._parts: dict[frozenset[str], Mask] = {}
        self.unit = common_unit(table)
        self.apart = is_apart(table, self.unit)
        """Whether each economy has a currency of its own under one name, so that amounts cannot be added up."""
        self.years = len(years_of(table, rule_of(project, table)))
        self.owner: dict[str, str] = {}
        self.own: dict[str, str] = {}
        self.names: dict[str, Bilingual] = {}
        self.cells: dict[str, Cells] = {}
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
        placed = {measure: self._placed(other, measure, own) for measure, (other, own) in served.items()}
        wide = any((column == self.whole).any() for _, _, column, _ in placed.values())
        self.shape = (len(self.rows) + self.worlds, len(self.sectors) + wide)
        total = next((at for at, sector in enumerate(self.sectors) if sector.role == "total"), -1)
        candidates = (total, self.sector_of.get("", -1), self.whole if wide else -1)
        self.totals = tuple(each for each in candidates if each >= 0)
        """The columns in which a stated total can stand, the likeliest first."""
        self.cells = {measure: _cells(self.shape, *each) for measure, each in placed.items()}
        self._count()

    def _count(self) -> None:
        """Find whom a world is made of: an economy of which there is nothing but its product has no part in trade."""
        trading = np.zeros(len(self.rows), dtype=np.bool_)
        for measure, cells in self.cells.items():
            if not is_whole(measure):
                trading |= cells.present[: len(self.rows)].any(axis=1)
        self.counted = trading & np.array([r.role == "" for r, _ in self.rows], dtype=np.bool_)
        """The rows that are added up to the world."""
        reporters = np.zeros(len(self.everybody), dtype=np.bool_)
        reporters[self.sender[(self.sender >= 0) & trading]] = True
        self.economies = np.flatnonzero(self.single & reporters)
        """Positions in `everybody` of the single economies that report trade."""

    def _index_rows(self, table: Table, more: Iterable[tuple[Label, Label]]) -> None:
        series, labels = table.series, table.labels

        def label(dimension: str, code: int) -> Label:
            return labels[dimension][code] if code >= 0 else NOWHERE

        codes = (series.reporter + 1).astype(np.int64) * (len(labels["partner"]) + 1) + series.partner + 1
        _, first = np.unique(codes, return_index=True)
        first.sort()
        pairs = zip(series.reporter[first].tolist(), series.partner[first].tolist(), strict=True)
        named = [(label("reporter", r), label("partner", p)) for r, p in pairs]
        known = {(r.id, p.id) for r, p in named}
        added = [pair for pair in dict.fromkeys(more) if (pair[0].id, pair[1].id) not in known]
        named += added
        self.rows = tuple(pair for pair in named if pair[0].role != "world")
        self.row_of = {(r.id, p.id): at for at, (r, p) in enumerate(self.rows)}
        partners = {p.id: p for _, p in named}
        self.group_of = {partner: at for at, partner in enumerate(partners)}
        self.overall = tuple(at for at, p in enumerate(partners.values()) if p.role == "world" or not p.id)
        """Which partners are all partners, by `group_of`."""
        self.groups = np.array([self.group_of[p.id] for _, p in self.rows], dtype=np.int64)
        for r, p in named:
            if r.role == "world":
                self.row_of[r.id, p.id] = len(self.rows) + self.group_of[p.id]
        self.worlds = len(partners) if any(r.role == "world" for r, _ in named) else 0
        everybody = dict.fromkeys(each for pair in self.rows for each in pair if each.id and each.role != "world")
        by_id = {each.id: each for each in reversed(everybody)}
        self.everybody = tuple(reversed(by_id.values()))
        """Each economy or group once that is a reporter or a partner."""
        place = {each.id: at for at, each in enumerate(self.everybody)}
        self.sender = np.array([place.get(r.id, -1) for r, _ in self.rows], dtype=np.int64)
        self.receiver = np.array([place.get(p.id, -1) for _, p in self.rows], dtype=np.int64)
        single = np.array([each.role == "" for each in self.everybody], dtype=np.bool_)
        self.single = single
        self.bilateral = bool((self.receiver >= 0).any())
        self.by_reporter = self.bilateral or bool(added)
        """Whether what belongs to a whole economy stands in another row than its trade."""
        paired = (self.receiver >= 0) & (self.sender >= 0)
        self.pairs = np.flatnonzero(paired)
        self.pairs = self.pairs[single[self.sender[self.pairs]] & single[self.receiver[self.pairs]]]
        """Rows between two single economies."""
        self.pairs = self.pairs[self.sender[self.pairs] != self.receiver[self.pairs]]
        self.senders = len(np.unique(self.sender[self.pairs]))
        """How many single economies report trade with others: what one alone says is not the trade of its partners."""

    def _index_sectors(self, table: Table) -> None:
        labels = table.labels["sector"]
        codes, first = np.unique(table.series.sector, return_index=True)
        order = codes[np.argsort(first)].tolist()
        self.sectors = tuple(labels[code] if code >= 0 else NOWHERE for code in order)
        self.sector_of = {sector.id: at for at, sector in enumerate(self.sectors)}
        self.axes = Axes(self.rows, self.sectors)
        self.whole = len(self.sectors)
        """The column of values that belong to no sector of the table."""

    def _placed(self, table: Table, measure: str, own: str) -> tuple[Codes, Codes, Codes, Floats]:
        """Positions in the table, rows, columns and factors, by look-ups over codes: tables have millions of series."""
        series, labels = table.series, table.labels
        positions = np.flatnonzero(series.measure == table.code("measure", own))
        reporters = self._row_table(labels)
        row = reporters[series.reporter[positions] + 1, series.partner[positions] + 1]
        columns = [self.sector_of.get(each.id, -1) for each in labels["sector"]]
        total = next((at for at, sector in enumerate(self.sectors) if sector.role == "total"), -1)
        for at, each in enumerate(labels["sector"]):
            if columns[at] < 0 and each.role == "total":
                columns[at] = total if total >= 0 else self.whole
        column = np.array([self.sector_of.get("", self.whole), *columns], dtype=np.int64)[series.sector[positions] + 1]
        kept = (row >= 0) & (column >= 0)
        if not kept.all():
            positions, row, column = positions[kept], row[kept], column[kept]
        known = measures().get(measure)
        if known is not None and known.kind == "quantity":
            return positions, row, column, within_sectors(table, series.unit[positions], column)
        factors = np.array([self._factor(measure, unit) for unit in table.units])
        return positions, row, column, factors[series.unit[positions]]

    def _row_table(self, labels: Mapping[str, tuple[Label, ...]]) -> Codes:
        """The row of each pair of codes of a table, −1 where there is none; the first of each side is no label."""
        reporters = {each.id: at + 1 for at, each in enumerate(labels["reporter"])} | {"": 0}
        partners = {each.id: at + 1 for at, each in enumerate(labels["partner"])} | {"": 0}
        rows = np.full((len(labels["reporter"]) + 1, len(labels["partner"]) + 1), -1, dtype=np.int64)
        for (reporter, partner), row in self.row_of.items():
            if reporter in reporters and partner in partners:
                rows[reporters[reporter], partners[partner]] = row
        return rows

    def _factor(self, measure: str, unit: Unit) -> float:
        """To the common unit; infinite where the currencies differ. Only money is converted."""
        known = measures().get(measure)
        if not (unit.is_money if known is None else known.unit == "money"):
            return 1.0
        factor = unit.factor_to(self.unit)
        return np.inf if factor is None else factor

    def has(self, measure: str, whose: str = "") -> bool:
        """Whether there are series for a measure, or others from which it is made."""
        if measure in self.cells:
            return True
        if measure in DERIVED:
            return all(each in self.cells for each in DERIVED[measure])
        return self.mirrors(measure) and whose in {"reporter", "partner", "global", "market", "economy"}

    def mirrors(self, measure: str) -> bool:
        """Whether a measure of all partners is read from what the partners report."""
        other = MIRRORED.get(measure, "")
        absent = measure not in self.cells and other in self.cells
        return absent and self.senders > 1 and self.settings.mirror == "automatic"

    def sources(self, measure: str) -> tuple[str, ...]:
        """The measures with series of their own from which a measure is read."""
        if measure in self.cells:
            return (measure,)
        if measure in DERIVED:
            return tuple(each for each in DERIVED[measure] if each in self.cells)
        return (MIRRORED[measure],) if self.mirrors(measure) else ()

    def name(self, measure: str) -> Bilingual:
        """What a measure is called inside a sentence."""
        return self.names.get(measure) or inline(measure_name(None, measure))

    def parts(self, names: Iterable[str]) -> Mask:
        """The sectors that add up to the total of some measures: no groups, and no code within one that is there."""
        wanted = frozenset(each for name in names for each in self.sources(name) if not is_whole(each))
        if wanted not in self._parts:
            count = len(self.sectors)
            there = np.zeros(count, dtype=np.bool_)
            for each in wanted:
                there |= self.cells[each].present[:, :count].any(axis=0)
            universe = self.settings.universe
            within = {each.id for each in self.sectors if not universe or each.id in universe}
            some = [each.id for each, has in zip(self.sectors, there.tolist(), strict=True) if has]
            inside = nested(each for each in some if each in within)
            fits = [each.id in within and each.id not in inside for each in self.sectors]
            if not universe:
                named = count > 1
                single = [each.role == "" and (bool(each.id) or not named) for each in self.sectors]
                fits = [fit and one for fit, one in zip(fits, single, strict=True)]
            self._parts[wanted] = np.array(fits, dtype=np.bool_) & there
        return self._parts[wanted]


def _cells(shape: tuple[int, int], positions: Codes, row: Codes, column: Codes, factor: Floats) -> Cells:
    present = np.zeros(shape, dtype=np.bool_)
    present[row, column] = True
    grid, plain, mismatched = _grid(positions, row, column), bool((factor == 1).all()), bool(np.isinf(factor).any())
    return Cells(positions, row, column, factor, present, grid, plain, mismatched)


def _grid(positions: Codes, row: Codes, column: Codes) -> tuple[slice, slice, slice] | None:
    """Three slices where series stand without gaps in a rectangle, row after row: then numbers need no look-ups."""
    if not len(positions):
        return None
    top, left, width = int(row[0]), int(column[0]), int(column.max()) - int(column[0]) + 1
    if left != int(column.min()) or len(positions) % width:
        return None
    height = len(positions) // width
    at = np.arange(len(positions))
    if not (
        np.array_equal(positions, positions[0] + at)
        and np.array_equal(row, top + at // width)
        and np.array_equal(column, left + at % width)
    ):
        return None
    first = int(positions[0])
    return slice(first, first + len(at)), slice(top, top + height), slice(left, left + width)


def is_whole(measure: str) -> bool:
    """Whether a measure belongs to the economy and to no sector."""
    known = measures().get(measure)
    return known is not None and known.whole


def _served(project: Project, table: Table) -> dict[str, str]:
    """The measures that a table gives, and for each which of its own it is; a choice comes before a name."""
    own = [label.id for label in table.labels["measure"]]
    chosen = project.study.serving.get(table.id, {})
    served = {each: each for each in own}
    if rule_of(project, table) == "december":
        served |= cumulative_of(table)
    return served | {measure: each for measure, each in chosen.items() if each in own}


def _of_whole_economies(project: Project, table: Table) -> Iterator[tuple[Label, Label]]:
    """Rows for what a bound table says of the economies of a table by partner: their product has no partner."""
    own = table.labels["reporter"]
    if not (table.series.partner >= 0).any():
        return
    for measure, bound in sorted(project.study.bindings.items()):
        other = project.table(bound)
        if other is None or not is_whole(measure) or table.code("measure", measure) is not None:
            continue
        codes = np.unique(other.series.reporter[other.series.partner < 0]).tolist()
        known = {other.labels["reporter"][code].id for code in codes if code >= 0}
        yield from ((label, NOWHERE) for label in own if label.id in known and label.role != "world")


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
    settings = Settings.of(project.analysis.options)
    parts: list[Any] = [tuple(sorted(bound.items())), serving]
    parts.append(tuple(getattr(settings, name) for name in settings.__slots__))
    parts.append(tuple(rule_of(project, each) for each in (table, *others)))
    for each in (table, *others):
        parts += [each.series, each.labels, each.units, each.periods]
    return tuple(parts)


def inline(name: Bilingual) -> Bilingual:
    """A name inside an English sentence: "exports", but "GDP"."""
    lower = name.en[:1].lower() + name.en[1:] if name.en[1:2].islower() else name.en
    return Bilingual(lower, name.zh or name.en)
