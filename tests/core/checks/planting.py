"""One fault planted into a clean project, of many kinds, and what counts as finding it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from core.checks.finding import Finding, Level, Spot
from core.project import Project
from core.table import Floats, Key
from tests.core.checks.clean_tables import ECONOMIES, FLOWS, MAIN, OTHER, SECTORS, Book, World, clean


@dataclass(frozen=True, eq=False)
class Planted:
    """A project with a fault: what kind it is, where it sits, and by which kinds of findings it counts as found."""

    fault: str
    project: Project
    spots: frozenset[tuple[str, Key, int | None]]
    kinds: frozenset[str]

    def found(self, findings: tuple[Finding, ...]) -> bool:
        signs = (sign for each in findings for sign in each.signs)
        return any(each.kind in self.kinds and self.touches(each) for each in signs)

    def first(self, findings: tuple[Finding, ...]) -> bool:
        """Whether a finding of the right kind suspects the right cell before all others."""
        return any(
            sign.kind in self.kinds and sign.spots and self._is_spot(sign.spots[0])
            for each in findings
            for sign in each.signs
        )

    def touches(self, finding: Finding) -> bool:
        return any(self._is_spot(spot) for spot in finding.spots)

    def false(self, findings: tuple[Finding, ...]) -> list[Finding]:
        """Findings above a note that have nothing to do with the fault."""
        return [each for each in alarms(findings) if not self.touches(each)]

    def _is_spot(self, spot: Spot) -> bool:
        same = {period for table, series, period in self.spots if (table, series) == (spot.table, spot.series)}
        return bool(same) and (spot.period is None or None in same or spot.period in same)


def alarms(findings: tuple[Finding, ...]) -> list[Finding]:
    """Findings above a note."""
    return [each for each in findings if each.level != Level.NOTE]


def plant(fault: str, seed: int) -> Planted:
    """The clean project of a seed with one fault of a kind."""
    return FAULTS[fault](clean(seed), np.random.default_rng([seed, 2]))


def _cell(world: World, rng: np.random.Generator, covered: bool) -> tuple[Book, Key, int]:
    """A cell of a flow of an economy; `covered` by a second source."""
    book = world.books[MAIN]
    keys = [
        key
        for key in book.rows
        if key[3] in FLOWS and key[0] != "WLD" and (key in world.books[OTHER].rows) == covered and key[2] != "total"
    ]
    key = keys[int(rng.integers(len(keys)))]
    years = world.books[OTHER].years if covered else book.years
    return book, key, book.years.index(years[int(rng.integers(1, len(years) - 1))])


def _with(
    fault: str, world: World, book: Book, rows: dict[Key, Floats], where: list[tuple[Key, int | None]], *kinds: str
) -> Planted:
    """`where` holds keys and positions of periods."""
    changed = replace(world, books={**world.books, book.table: book.changed(rows)})
    spots = frozenset((book.table, key, None if at is None else book.years[at]) for key, at in where)
    return Planted(fault, changed.project(), spots, frozenset(kinds))


def _digits(book: Book, value: float) -> list[str]:
    return list(f"{value:.{book.decimals}f}")


def _mistyped(world: World, rng: np.random.Generator) -> Planted:
    """One of the first two digits is another one; a second source has the number."""
    book, key, at = _cell(world, rng, covered=True)
    digits = _digits(book, book.rows[key][at])
    place = int(rng.integers(0, min(2, sum(each.isdigit() for each in digits))))
    place = [i for i, each in enumerate(digits) if each.isdigit()][place]
    others = [each for each in "123456789" if each != digits[place]]
    digits[place] = others[int(rng.integers(len(others)))]
    return _cell_fault("digit mistyped", world, book, key, at, float("".join(digits)), "source", "sum", "stated")


def _swapped(world: World, rng: np.random.Generator) -> Planted:
    """Two digits beside each other change places."""
    while True:
        book, key, at = _cell(world, rng, covered=True)
        digits = _digits(book, book.rows[key][at])
        places = [i for i, each in enumerate(digits) if each.isdigit()][:3]
        pairs = [(a, b) for a, b in pairwise(places) if digits[a] != digits[b]]
        if pairs:
            break
    a, b = pairs[int(rng.integers(len(pairs)))]
    digits[a], digits[b] = digits[b], digits[a]
    return _cell_fault("digits swapped", world, book, key, at, float("".join(digits)), "source", "sum", "stated")


def _power(world: World, rng: np.random.Generator) -> Planted:
    """A decimal point is lost in one cell, and neither a total nor a second source is there to tell."""
    bare = _bare(world)
    book, key, at = _cell(bare, rng, covered=False)
    factor = float(rng.choice([10, 100, 1000, 0.1, 0.01]))
    value = round(book.rows[key][at] * factor, book.decimals)
    return _cell_fault("power of ten", bare, book, key, at, value, "outlier")


def _cell_fault(fault: str, world: World, book: Book, key: Key, at: int, value: float, *kinds: str) -> Planted:
    row = book.rows[key].copy()
    row[at] = value
    return _with(fault, world, book, {key: row}, [(key, at)], *kinds)


def _bare(world: World) -> World:
    """Without totals, stated columns and a second source: numbers that only their own neighbours can judge."""
    book = world.books[MAIN]
    rows = {key: row for key, row in book.rows.items() if key[3] in FLOWS and key[2] != "total" and key[0] != "WLD"}
    other = world.books[OTHER]
    return replace(world, books={MAIN: replace(book, rows=rows), OTHER: replace(other, rows={})})


def _unit_jump(world: World, rng: np.random.Generator) -> Planted:
    """From one year on a series counts in another unit."""
    bare = _bare(world)
    book, key, _ = _cell(bare, rng, covered=False)
    at = int(rng.integers(3, len(book.years) - 3))
    row = book.rows[key].copy()
    row[at:] = np.round(row[at:] * float(rng.choice([100, 1000, 10_000, 0.01, 10])), book.decimals + 4)
    return _with("unit changes", bare, book, {key: row}, [(key, at)], "unit")


def _unit_of_table(world: World, rng: np.random.Generator) -> Planted:
    """The unit of a second table is stated wrongly."""
    book = world.books[OTHER]
    scale = book.scale * float(rng.choice([10, 100, 1000, 0.1, 0.01, 0.001]))
    changed = replace(world, books={**world.books, OTHER: replace(book, scale=scale)})
    spots = frozenset((OTHER, key, None) for key in book.rows)
    return Planted("unit of a table", changed.project(), spots, frozenset({"unit"}))


def _broken(world: World, rng: np.random.Generator) -> Planted:
    """The level of one series changes by a factor of 2 to 4 and stays, with the totals or without them."""
    bare = _bare(world)
    book, key, _ = _cell(bare, rng, covered=False)
    at = int(rng.integers(3, len(book.years) - 3))
    row = book.rows[key].copy()
    factor = rng.uniform(2.0, 4.0) ** rng.choice([-1, 1])
    row[at:] = np.round(row[at:] * factor, book.decimals)
    return _with("series break", bare, book, {key: row}, [(key, at)], "break")


def _spliced(world: World, rng: np.random.Generator) -> Planted:
    """From one year on a series comes from a source that counts 2 to 15 % more."""
    book = world.books[OTHER]
    keys = list(book.rows)
    key = keys[int(rng.integers(len(keys)))]
    at = int(rng.integers(4, len(book.years) - 3))
    row = book.rows[key].copy()
    length = len(row) - at
    more = np.cumsum(rng.uniform(0.0, 0.02, length)) + rng.uniform(0.02, 0.10)
    row[at:] = np.round(row[at:] * (1 + more * rng.choice([-1, 1])), book.decimals)
    where: list[tuple[Key, int | None]] = [(key, each) for each in range(at, len(row))]
    return _with("splice", world, book, {key: row}, where, "splice")


def _disagreeing(world: World, rng: np.random.Generator) -> Planted:
    """One series of the second table is of another vintage throughout."""
    book = world.books[OTHER]
    keys = list(book.rows)
    key = keys[int(rng.integers(len(keys)))]
    factor = 1 + rng.choice([-1, 1]) * rng.uniform(0.02, 0.12, len(book.years))
    factor = 1 + (factor - 1) * np.sign(factor[0] - 1) * np.sign(factor - 1)
    row = np.round(book.rows[key] * factor, book.decimals)
    return _with("tables disagree", world, book, {key: row}, [(key, None)], "disagreement")


def _total(world: World, rng: np.random.Generator) -> Planted:
    """A stated total of an economy is off by 0.5 to 20 %."""
    book = world.books[MAIN]
    keys = [key for key in book.rows if key[2] == "total" and key[3] in FLOWS and key[0] != "WLD"]
    key = keys[int(rng.integers(len(keys)))]
    at = int(rng.integers(1, len(book.years) - 1))
    value = round(book.rows[key][at] * (1 + rng.choice([-1, 1]) * rng.uniform(0.005, 0.2)), book.decimals)
    return _cell_fault("wrong total", world, book, key, at, value, "sum")


def _column(world: World, rng: np.random.Generator) -> Planted:
    """A cell of a stated balance, sum or growth is wrong."""
    book = world.books[MAIN]
    measure = str(rng.choice(["stated_balance", "stated_trade", "stated_growth_exports"]))
    keys = [key for key in book.rows if key[3] == measure and key[2] != "total" and key[0] != "WLD"]
    key = keys[int(rng.integers(len(keys)))]
    at = int(rng.integers(1, len(book.years) - 1))
    old = book.rows[key][at]
    size = max(abs(old), 10.0 if "growth" in measure else book.rows[(*key[:3], "exports")][at])
    value = round(old + rng.choice([-1, 1]) * rng.uniform(0.2, 0.6) * size, 1 if "growth" in measure else book.decimals)
    return _cell_fault("stated column", world, book, key, at, value, "stated", "growth")


def _copied_series(world: World, rng: np.random.Generator) -> Planted:
    """A series is copied over another one."""
    bare = _bare(world)
    book, key, _ = _cell(bare, rng, covered=False)
    keys = [each for each in book.rows if each != key]
    other = keys[int(rng.integers(len(keys)))]
    return _with("series copied", bare, book, {key: book.rows[other]}, [(key, None)], "duplicate")


def _copied_year(world: World, rng: np.random.Generator) -> Planted:
    """All numbers of an economy are those of the year before."""
    book = world.books[MAIN]
    reporters = sorted({key[0] for key in book.rows} - {"WLD"})
    reporter = reporters[int(rng.integers(len(reporters)))]
    at = int(rng.integers(1, len(book.years)))
    rows = {}
    for key, row in book.rows.items():
        if key[0] == reporter:
            rows[key] = row.copy()
            rows[key][at] = row[at - 1]
    return _with("year copied", world, book, rows, [(key, at) for key in rows], "repeated")


def _negative(world: World, rng: np.random.Generator) -> Planted:
    """A minus is mistyped."""
    book, key, at = _cell(world, rng, covered=bool(rng.integers(2)))
    return _cell_fault("minus", world, book, key, at, -book.rows[key][at], "negative")


def _above(world: World, rng: np.random.Generator) -> Planted:
    """An economy exports more than the world: its row has been taken from a table in another unit."""
    book, key, at = _cell(world, rng, covered=False)
    whole = book.rows[("WLD", *key[1:])][at]
    value = round(float(whole * rng.uniform(1.1, 3.0)), book.decimals)
    return _cell_fault("above the world", world, book, key, at, value, "above world")


def _gap(world: World, rng: np.random.Generator) -> Planted:
    """A number is missing, or 0 stands for it."""
    bare = _bare(world)
    book, key, at = _cell(bare, rng, covered=False)
    return _cell_fault("gap", bare, book, key, at, float(rng.choice([0.0, np.nan])), "gap")


def _group(world: World, rng: np.random.Generator) -> Planted:
    """A group of economies stands beside its members without being marked."""
    bare = _bare(world)
    book = bare.books[MAIN]
    members = [each for each in ECONOMIES if (each, "", SECTORS[0], "exports") in book.rows]
    start = int(rng.integers(0, len(members) - 2))
    chosen = members[start : start + int(rng.integers(2, 4))]
    rows, added = {}, {}
    for key in book.rows:
        if key[0] == members[start]:
            added["GRP", *key[1:]] = np.sum([book.rows[(each, *key[1:])] for each in chosen], axis=0).round(6)
    for member in members:
        if member == members[start]:
            rows |= added
        rows |= {key: row for key, row in book.rows.items() if key[0] == member}
    changed = replace(bare, books={**bare.books, MAIN: replace(book, rows=rows)})
    spots = frozenset((MAIN, key, None) for key in added)
    return Planted("group beside parts", changed.project(), spots, frozenset({"group"}))


def _same_name(world: World, rng: np.random.Generator) -> Planted:
    """Two sectors have the same name."""
    sectors = [each for each in SECTORS if ("CHN", "", each, "exports") in world.books[MAIN].rows]
    one, two = rng.choice(sectors, 2, replace=False)
    changed = replace(world, names={str(one): f" {two} ".title()})
    spots = frozenset((table, key, None) for table, b in world.books.items() for key in b.rows if key[2] in {one, two})
    return Planted("same name", changed.project(), spots, frozenset({"duplicate"}))


def _vintage(world: World, rng: np.random.Generator) -> Planted:
    """One economy comes from an older vintage."""
    book = world.books[MAIN]
    reporters = sorted({key[0] for key in book.rows} - {"WLD"})
    reporter = reporters[int(rng.integers(len(reporters)))]
    old = {"|".join(key): "2019" for key in book.rows if key[0] == reporter}
    spots = frozenset((table, key, None) for table, b in world.books.items() for key in b.rows if key[0] == reporter)
    return Planted("mixed vintages", replace(world, vintages=old).project(), spots, frozenset({"vintage"}))


FAULTS: dict[str, Callable[[World, np.random.Generator], Planted]] = {
    "digit mistyped": _mistyped,
    "digits swapped": _swapped,
    "power of ten": _power,
    "unit changes": _unit_jump,
    "unit of a table": _unit_of_table,
    "series break": _broken,
    "splice": _spliced,
    "tables disagree": _disagreeing,
    "wrong total": _total,
    "stated column": _column,
    "series copied": _copied_series,
    "year copied": _copied_year,
    "minus": _negative,
    "above the world": _above,
    "gap": _gap,
    "group beside parts": _group,
    "same name": _same_name,
    "mixed vintages": _vintage,
}
