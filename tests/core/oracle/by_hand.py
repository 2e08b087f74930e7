"""What numbers an index needs and where they come from, as the words of the options explain it to a person.

Nothing here comes from the program: sums are loops over dictionaries, and each rule stands as it would be explained
to a person. Slow, and meant to be read.
"""

from __future__ import annotations

from fractions import Fraction

from tests.core.oracle.worlds import ROLES, World

Number = Fraction | float


class Missing(Exception):
    """A number that is needed is not there."""


class Undefined(Exception):
    """All numbers are there, but the formula has no value for them."""


class ByHand:
    """What a world says, and what its indices are. All amounts are in the unit of the table's first series."""

    def __init__(self, world: World) -> None:
        self.world, self.options = world, world.options
        self.cells = dict(world.cells)
        self.rows = list(dict.fromkeys((key[0], key[1]) for key in world.cells))
        own = {key[3] for key in world.cells}
        places = {key[2] for key in world.cells}
        for key, numbers in world.other.items():
            row = (key[0], key[1]) in self.rows or key[3] in {"gdp", "population"}
            if key[3] not in own and row and (key[2] in places or key[2] in {"", "total"}):
                self.cells[key] = numbers
        self.sectors = list(dict.fromkeys(key[2] for key in world.cells))
        trading = {key[:2] for key in self.cells if key[3] not in {"gdp", "population"}}
        self.trading = [row for row in self.rows if row in trading]
        """Rows of which more is known than the product of the economy."""
        self.singles = [
            each for each in dict.fromkeys(i for i, _ in self.trading) if each and ROLES.get(each, "") == ""
        ]
        self.pairs = [
            (i, j)
            for i, j in self.rows
            if i != j and i in self.singles and j and ROLES.get(j, "") == ""
        ]  # fmt: skip

    def option(self, name: str, default: str) -> str:
        return str(self.options.get(name, default))

    # What is there.

    def exists(self, measure: str, row: tuple[str, str], sector: str) -> bool:
        return (*row, sector, measure) in self.cells

    def has_any(self, measure: str, row: tuple[str, str]) -> bool:
        return any(key[:2] == row and key[3] == measure for key in self.cells)

    def parts(self, *measures: str) -> list[str]:
        """Sectors that make "all": no totals, no groups, no code within another one; or those that were chosen."""
        universe = self.options.get("universe", ())
        there = [s for s in self.sectors if any(key[2] == s and key[3] in measures for key in self.cells)]
        wanted = universe or [s for s in there if s and ROLES.get(s, "") == ""]
        found = [s for s in there if s in wanted]
        return [s for s in found if not any(o != s and o.isdigit() and s.startswith(o) for o in found)]

    def number(self, measure: str, row: tuple[str, str], sector: str, year: int) -> Fraction:
        numbers = self.cells.get((*row, sector, measure), {})
        scale = self.world.scales.get((*row, sector, measure), Fraction(1))
        if scale is None:
            raise Missing
        if year in numbers:
            return numbers[year] * scale
        fills = self.option("missing", "propagate") == "zero" and measure in {"exports", "imports"}
        if fills and ROLES.get(row[0]) != "world" and sector in self.parts(measure) and self.speaks(measure, row, year):
            return Fraction(0)
        raise Missing

    def speaks(self, measure: str, row: tuple[str, str], year: int) -> bool:
        """Whether a row says anything of its sectors in that year, so that silence can mean no trade."""
        return any(
            year in numbers and self.world.scales.get(key, Fraction(1)) is not None
            for key, numbers in self.cells.items()
            if key[:2] == row and key[3] == measure and key[2] in self.parts(measure)
        )  # fmt: skip

    # Totals and the world, by one rule for all.

    def total_rule(self, measure: str) -> str:
        """The column of the stated total, or "sum"."""
        parts = self.parts(measure)
        if self.options.get("universe"):
            if parts:
                return "sum"
            raise Missing
        columns = [c for c in ("total", "") if any(k[2] == c and k[3] == measure for k in self.cells)]
        wanted = self.option("total", "automatic")
        active = [row for row in self.rows if self.has_any(measure, row)]
        can_sum = len(parts) >= 2
        if columns and wanted != "sum":
            everywhere = all(self.exists(measure, row, columns[0]) for row in active)
            if everywhere or wanted == "stated" or not can_sum:
                return "stated:" + columns[0]
        if wanted == "stated" or not can_sum:
            raise Missing
        return "sum"

    def total(self, measure: str, row: tuple[str, str], year: int) -> Fraction:
        rule = self.total_rule(measure)
        if rule == "sum":
            return sum((self.number(measure, row, s, year) for s in self.parts(measure)), Fraction(0))
        return self.number(measure, row, rule.removeprefix("stated:"), year)

    def of_row(self, measure: str, row: tuple[str, str], sector: str, year: int) -> Fraction:
        """One sector, or with "∑" the total."""
        return self.total(measure, row, year) if sector == "∑" else self.number(measure, row, sector, year)

    def world_towards(self, measure: str, row: tuple[str, str], sector: str, year: int, whole: bool) -> Fraction:
        """The world's trade with the partner of a row; without the row's reporter where that is chosen."""
        partner = row[1]
        found = sum(
            (self.of_row(measure, each, sector, year) for each in self.world_rows(measure, partner)), Fraction()
        )
        if not whole and self.option("world", "including") == "excluding":
            found -= self.of_row(measure, row, sector, year)
        return found

    def world_rows(self, measure: str, partner: str) -> list[tuple[str, str]]:
        wanted = self.option("world_rows", "automatic")
        stated = any(self.has_any(measure, row) for row in self.rows if ROLES.get(row[0]) == "world")
        if stated and wanted != "sum":
            return [("WLD", partner)]
        if wanted == "stated":
            raise Missing
        if sum(any(self.has_any(measure, row) for row in self.rows if row[0] == i) for i in self.singles) < 2:
            raise Missing
        return [row for row in self.trading if row[1] == partner and row[0] in self.singles]

    # Towards all partners.

    def everywhere(self, measure: str, who: str, sector: str, year: int) -> Fraction:
        """All that an economy sells or buys: as it states, or the sum over its partners; imports perhaps mirrored."""
        if self.mirrored(measure):
            rows = [(i, j) for i, j in self.pairs if j == who]
            if not rows:
                raise Missing
            return sum((self.of_row("exports", row, sector, year) for row in rows), Fraction(0))
        lone = [row for row in self.rows if not row[1] or ROLES.get(row[1]) == "world"]
        home = {row[0]: row for row in lone if self.has_any(measure, row)}
        senders = {i for i, j in self.pairs if self.has_any(measure, (i, j))}
        if (any(i in home for i in self.singles) and all(i in home for i in senders)) or not senders:
            if who not in home:
                raise Missing
            return self.of_row(measure, home[who], sector, year)
        rows = [(i, j) for i, j in self.pairs if i == who]
        if not rows:
            raise Missing
        return sum((self.of_row(measure, row, sector, year) for row in rows), Fraction(0))

    def mirrored(self, measure: str) -> bool:
        absent = measure == "imports" and not any(key[3] == "imports" for key in self.cells)
        several = len({i for i, _ in self.pairs}) > 1
        return absent and several and self.option("mirror", "automatic") == "automatic"

    def everybodys(self, measure: str, sector: str, year: int) -> Fraction:
        """The world's trade with all partners."""
        wanted = self.option("world_rows", "automatic")
        stated = [
            (i, j)
            for i, j in self.rows
            if ROLES.get(i) == "world" and (not j or ROLES.get(j) == "world") and self.has_any(measure, (i, j))
        ]
        if stated and wanted != "sum":
            return self.of_row(measure, stated[0], sector, year)
        if wanted == "stated":
            raise Missing
        people = sorted({j for _, j in self.pairs}) if self.mirrored(measure) else self.singles
        if len(people) < 2:
            raise Missing
        return sum((self.everywhere(measure, who, sector, year) for who in people), Fraction(0))

    def earlier(self, year: int) -> int:
        if len(self.world.years) < 2:
            raise Missing
        if self.option("against", "previous") != "base":
            return year - 1
        base = self.world.base_year
        return min(self.world.years) if base is None else base

    def income(self, who: str, year: int) -> Fraction:
        gdp, people = (self.number(each, (who, ""), "", year) for each in ("gdp", "population"))
        if people <= 0:
            raise Missing
        return gdp / people
