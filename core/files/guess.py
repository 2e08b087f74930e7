"""Guesses what a clean sheet means: where the header is, what each column holds, what stands above and below."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from core.errors import refuse
from core.files.cells import blank, number_of, period_of, unit_and_name, words
from core.files.grid import Cell, Row, Sheet
from core.files.mapping import Labels, Names, SheetMapping
from core.files.margins import Margins, margin_key, read_margins
from core.measures import plain, role_words
from core.table import DIMENSIONS

_LOOK = 40
"""Filled rows in which the header is looked for, and rows below it that are looked at."""
_MARKS = {"mark", "marks", "flag", "flags", "obs_status", "标记", "注记"}
_HEADERS = ("reporter", "partner", "sector", "measure", "unit", "year", "value")
_GAPS = {"na", "n/a", "n.a.", "nan", "null", "none", "无"}
_CODES = ("code", "iso", "iso3", "代码", "编码")


def guess(sheet: Sheet, known: Labels, orientation: str = "", header: int | None = None) -> SheetMapping:
    """The most likely mapping; a person may say the orientation or the (last) header row.

    Raises UserError for a sheet without numbers.
    """
    return _Guess(sheet, known).mapping(orientation, header)


def guess_again(
    sheet: Sheet, known: Labels, before: SheetMapping, orientation: str = "", header: int | None = None
) -> SheetMapping:
    """Another guess of where things are, which keeps what a person may have written."""
    found = guess(sheet, known, orientation, header)
    kept = {each: "" if found.says(each) else getattr(before, each) or getattr(found, each) for each in DIMENSIONS}
    return replace(
        found,
        title=before.title,
        unit=before.unit,
        decimal=before.decimal,
        source=before.source,
        note=before.note,
        year=None if found.says("year") else before.year if before.year is not None else found.year,
        reporter=kept["reporter"],
        partner=kept["partner"],
        sector=kept["sector"],
        measure=kept["measure"],
    )


class _Guess:
    def __init__(self, sheet: Sheet, known: Labels) -> None:
        self.sheet, self.rows = sheet, sheet.rows
        self.names = Names(known)
        self.filled = [at for at, row in enumerate(self.rows) if not all(map(blank, row))]
        if not self.filled:
            raise refuse("The sheet “{sheet}” is empty.", sheet=sheet.name)
        if not any(number_of(cell) is not None for at in self.filled for cell in self.rows[at]):
            raise refuse("The sheet “{sheet}” holds no numbers.", sheet=sheet.name)
        self.width = max(len(row) for row in self.rows)
        self.decimal = _decimal_of(self.rows[at] for at in self.filled[:2000])
        self.numeric = [at for at in self.filled[: 10 * _LOOK] if self._is_numeric(at)]
        """The first rows with numbers; header levels, headings and footers are not among them."""

    def mapping(self, orientation: str, header: int | None) -> SheetMapping:
        found = self._shape(orientation, header)
        end = self._end(found)
        margins = read_margins(
            [self.rows[at] for at in self.filled if at < found.header],
            [self.rows[at] for at in self.filled if at >= end],
            self.sheet.name,
        )
        return self._with_margins(replace(found, end=end), margins)

    # ---- where the header is ----

    def _shape(self, orientation: str, header: int | None) -> SheetMapping:
        allowed = [at for at in self.filled[:_LOOK] if at == header or (header is None and not self._is_margin(at))]
        stated = not orientation and self._states_the_year()
        down, across = orientation in {"", "down", "long"}, orientation in {"", "across"} and not stated
        if down and (found := self._word_for_year(allowed)) is not None:
            return self._rowwise(*found)
        if across and (row := self._years_across(allowed, 2)) is not None:
            return self._across(row)
        if down and not stated and (found := self._years_down(header)) is not None:
            return self._rowwise(*found)
        if across and (row := self._years_across(allowed, 1)) is not None:
            return self._across(row)
        return self._rowwise(self._last_header() if header is None else header, None)

    def _states_the_year(self) -> bool:
        """Whether a line above says that all numbers are of one year; then numbers that look like years are none."""
        return any("year" in read_margins([self.rows[at]], [], "").keys for at in self.filled[:_LOOK])

    def _word_for_year(self, allowed: Sequence[int]) -> tuple[int, int] | None:
        """A row that names a column of periods."""
        for row in allowed:
            for column, cell in enumerate(self.rows[row]):
                if plain(words(cell)) in role_words()["year"] and self._periods_below(row, column):
                    return row, column
        return None

    def _years_across(self, allowed: Sequence[int], least: int) -> int | None:
        """A row of periods right of labels, with numbers below."""
        for row in allowed:
            columns = [at for at, cell in enumerate(self.rows[row]) if period_of(cell)]
            if len(columns) < least or columns[0] == 0:
                continue
            rest = [cell for cell in self.rows[row][columns[0] :] if not blank(cell) and not period_of(cell)]
            if any(number_of(cell) is not None for cell in rest):
                continue
            named = any(self._named_role(words(cell)) for cell in self.rows[row][: columns[0]])
            if not named and self._periods_below(row, columns[0]):
                continue
            if len(allowed) > 1 and self._are_data(row, columns):
                continue
            below = self._below(row)
            labelled = any(isinstance(cell, str) for at in (row, *below) for cell in self.rows[at][: columns[0]])
            numbers = any(self._number(at, column) is not None for at in below for column in columns)
            if labelled and numbers:
                return row
        return None

    def _are_data(self, row: int, columns: Sequence[int]) -> bool:
        """Whether what looks like years are numbers below a header of their own; years that repeat are none."""
        above = [words(self._cell(row - 1, at)) for at in columns]
        periods = [period_of(self.rows[row][at]) for at in columns]
        return all(above) and len({*above}) == len(above) and len({*periods}) == len(periods)

    def _years_down(self, header: int | None) -> tuple[int, int] | None:
        """The row above a column of periods that no word announces."""
        for column in range(min(self.width, _LOOK)):
            for start in self.filled[:_LOOK]:
                if header is not None and start <= header:
                    continue
                if not period_of(self._cell(start, column)) or not self._periods_below(start - 1, column):
                    continue
                others = (self._number(start, at) is not None for at in range(self.width) if at != column)
                above = [at for at in self.filled if at < start]
                if any(others) and above and not self._named_role(words(self._cell(above[-1], column))):
                    return above[-1], column
        return None

    def _last_header(self) -> int:
        """The last row above the first one that holds numbers right of its first cell."""
        rows = [at for at in self.filled[: 10 * _LOOK] if not self._is_margin(at)] or self.filled
        numbers = (at for at in rows if any(number_of(cell, self.decimal) is not None for cell in self.rows[at][1:]))
        first = next(numbers, rows[-1])
        above = [at for at in rows if at < first]
        return above[-1] if above else first

    # ---- what the columns are ----

    def _across(self, row: int) -> SheetMapping:
        years = [at for at, cell in enumerate(self.rows[row]) if period_of(cell)]
        roles = self._roles(row, row, [at for at in range(self.width) if at not in years], values=False)
        levels = ["year"]
        if len({period_of(self.rows[row][at]) for at in years}) < len(years):
            levels = [*self._levels(row - 1, row, years, roles), "year"]
        columns = tuple("value" if at in years else roles.get(at, "ignore") for at in range(self.width))
        return SheetMapping("", row - len(levels) + 1, tuple(levels), columns, len(self.rows), decimal=self.decimal)

    def _rowwise(self, row: int, year: int | None) -> SheetMapping:
        """`row` is a header row, `year` the column of periods where there is one."""
        first = next(
            (at for at in self.filled if at > row and (year is None or period_of(self._cell(at, year)))), row + 1
        )
        top = row
        while year is not None and self._is_level(top - 1, first, year):
            top -= 1
        roles = self._roles(top, first - 1, [at for at in range(self.width) if at != year], values=True)
        if year is not None:
            roles[year] = "year"
        values = [at for at in range(self.width) if roles.get(at) == "value"]
        levels = self._levels(top, first, values, roles)
        columns = tuple(roles.get(at, "ignore") for at in range(self.width))
        return SheetMapping("", top, tuple(levels), columns, len(self.rows), decimal=self.decimal)

    def _is_level(self, row: int, first: int, year: int) -> bool:
        """Whether a row above the header names something over the value columns and nothing over the years."""
        if row < 0 or not blank(self._cell(row, year)):
            return False
        filled = [at for at, cell in enumerate(self.rows[row]) if not blank(cell)]
        texts = all(isinstance(self.rows[row][at], str) for at in filled)
        over = [at for at in filled if self._number(first, at) is not None]
        return texts and bool(over) and not (len(over) == 1 and unit_and_name(words(self.rows[row][over[0]]))[1])

    def _roles(self, top: int, row: int, columns: Sequence[int], *, values: bool) -> dict[int, str]:
        """Roles of columns by the words above them, then by what they hold; each role but "value" once.

        `values` says whether columns of numbers among them are values, or labels such as codes.
        """
        roles: dict[int, str] = {}
        headers = {at: self._header(top, row, at) for at in columns}
        for at in columns:
            role = self._named_role(headers[at])
            if role == "value":
                role = role if values and (self._holds_numbers(row, at, share=0.1) or self._holds_gaps(row, at)) else ""
            if role and (role == "value" or role not in roles.values()):
                roles[at] = role
        explicit = any(role == "value" and _says_value(headers[at]) for at, role in roles.items())
        numeric = [at for at in columns if at not in roles and self._holds_numbers(row, at)]
        if values:
            gaps = [at for at in columns if at not in roles and headers[at] and self._holds_gaps(row, at, signs=True)]
            roles |= dict.fromkeys([*numeric, *gaps], "ignore" if explicit else "value")
        end = min((at for at, role in roles.items() if role == "value"), default=self.width)
        end = min([end, *(at for at in range(self.width) if at not in columns and not values)])
        texts = [at for at in columns if at < end and at not in roles and at not in numeric]
        for at in [*texts, *([] if values else numeric)]:
            named = {*roles.values()} & {*DIMENSIONS}
            if named if at in numeric else any(word in plain(headers[at]).split() for word in _CODES):
                continue
            texts_below = [words(cell) for each in self._below(row) if not _is_gap(cell := self._cell(each, at))]
            found = "sector" if at in numeric else self._dimension(texts_below, roles.values())
            if found:
                roles[at] = found
        return roles

    def _named_role(self, header: str) -> str:
        name, unit = unit_and_name(header)
        wanted = plain(name)
        if wanted in _MARKS:
            return "mark"
        if wanted in role_words()["flow"]:
            return "measure"
        for role in _HEADERS:
            if wanted in role_words()[role] and not (role == "unit" and unit):
                return "" if role == "year" else role
        return "value" if self.names.knows("measure", name) else ""

    def _levels(self, top: int, first: int, values: Sequence[int], roles: dict[int, str]) -> list[str]:
        """What each row from `top` up to `first` says about the value columns; known names decide before places."""
        texts = {row: [words(self._cell(row, at)) for at in values] for row in range(top, first)}
        levels = {row: "ignore" for row in texts if len(values) == 1 and _says_value(texts[row][0])}
        order = ("reporter", "sector", "measure") if self._measure_above(top) else ("measure", "reporter", "sector")
        for rest in ((), order):
            for row in reversed(texts):
                if row not in levels:
                    taken = [*roles.values(), *levels.values()]
                    if found := self._dimension(texts[row], taken, rest):
                        levels[row] = found
        return [levels.get(row, "ignore") for row in texts]

    def _measure_above(self, top: int) -> bool:
        """Whether the lines above the header say what the numbers measure."""
        margins = read_margins([self.rows[at] for at in self.filled if at < top], [], self.sheet.name)
        return bool(margins.measure or margins.named.get("measure"))

    def _dimension(
        self, texts: Iterable[str], taken: Iterable[str], rest: Sequence[str] = ("reporter", "sector", "measure")
    ) -> str:
        """The dimension that most of the texts belong to; else the first of `rest` that is free. "" without a text."""
        names = [name for text in texts if (name := unit_and_name(text)[0])]
        if not names:
            return ""
        taken = set(taken)
        free = [each for each in ("measure", "reporter", "sector", "partner") if each not in taken]
        hits = {each: sum(self.names.knows(each, name) for name in names) for each in free}
        best = max(free, key=lambda each: hits[each], default="")
        if best and hits[best]:
            return best
        return next((each for each in rest if each in free), "")

    # ---- what stands around ----

    def _end(self, found: SheetMapping) -> int:
        """The row after the last one with a number in a value column."""
        columns = [at for at, role in enumerate(found.columns) if role == "value"]
        for at in reversed(self.filled):
            if at < found.first:
                break
            if any(self._number(at, column) is not None for column in columns) or self._is_empty_series(at, found):
                return at + 1
        return found.first

    def _is_empty_series(self, row: int, found: SheetMapping) -> bool:
        """Whether a row without numbers belongs to the table: by its period, its labels, or a sign for "missing"."""
        if "year" in found.columns:
            return period_of(self._cell(row, found.columns.index("year"))) is not None
        cells = {at: cell for at in range(len(found.columns)) if not blank(cell := self._cell(row, at))}
        labels = [at for at in cells if found.columns[at] in DIMENSIONS]
        gaps = any(found.columns[at] == "value" and _is_gap(cell) for at, cell in cells.items())
        return (gaps or len(labels) >= 2) and not self._is_margin(row)

    def _with_margins(self, found: SheetMapping, margins: Margins) -> SheetMapping:
        free = {each: "" if found.says(each) else margins.named.get(each, "") for each in DIMENSIONS}
        if not found.says("measure") and not free["measure"]:
            free["measure"] = margins.measure
        return replace(
            found,
            reporter=free["reporter"],
            partner=free["partner"],
            sector=free["sector"],
            measure=free["measure"],
            title=margins.title,
            source=margins.source,
            note=margins.note,
            unit=margins.unit,
            year=None if found.says("year") else margins.year,
        )

    # ---- looking ----

    def _cell(self, row: int, column: int) -> Cell:
        cells = self.rows[row] if 0 <= row < len(self.rows) else ()
        return cells[column] if column < len(cells) else None

    def _is_numeric(self, row: int) -> bool:
        return any(number_of(cell, self.decimal) is not None for cell in self.rows[row]) and not self._is_margin(row)

    def _is_margin(self, row: int) -> bool:
        """Whether a row says something of the whole table. "Sector | Name" right above a number is a header."""
        key = margin_key(self.rows[row])
        heads = key in DIMENSIONS and self._number(row + 1, 1) is not None and not margin_key(self.rows[row + 1])
        return bool(key) and not heads

    def _number(self, row: int, column: int) -> float | None:
        return number_of(self._cell(row, column), self.decimal)

    def _below(self, row: int) -> list[int]:
        return [at for at in self.numeric if at > row][:_LOOK]

    def _periods_below(self, row: int, column: int) -> bool:
        cells = [cell for at in self._below(row) if not blank(cell := self._cell(at, column))]
        return bool(cells) and sum(period_of(cell) is not None for cell in cells) >= 0.8 * len(cells)

    def _holds_numbers(self, row: int, column: int, share: float = 0.5) -> bool:
        """Whether numbers are at least that share of what a column holds; signs of missing values do not count."""
        cells = [cell for at in self._below(row) if not _is_gap(cell := self._cell(at, column))]
        return sum(number_of(cell, self.decimal) is not None for cell in cells) >= share * len(cells) > 0

    def _holds_gaps(self, row: int, column: int, *, signs: bool = False) -> bool:
        """Whether a column holds nothing but blanks and, `signs` says at least once, signs of missing values."""
        rows = (at for at in self.filled[: 10 * _LOOK] if at > row and not self._is_margin(at))
        cells = [self._cell(at, column) for at in itertools.islice(rows, _LOOK)]
        return all(map(_is_gap, cells)) and not (signs and all(map(blank, cells)))

    def _header(self, top: int, row: int, column: int) -> str:
        """The lowest text of a header over a column."""
        texts = (words(self._cell(at, column)) for at in range(row, top - 1, -1))
        return next((text for text in texts if text), "")


def _is_gap(cell: Cell) -> bool:
    """Blank, or one of the signs that stand for a missing value: "..", "-", "n/a", "#N/A"."""
    if not isinstance(cell, str):
        return cell is None
    text = plain(cell)
    return text in _GAPS or text.startswith("#") or not any(character.isalnum() for character in text)


def _says_value(header: str) -> bool:
    return plain(unit_and_name(header)[0]) in role_words()["value"]


def _decimal_of(rows: Iterable[Row]) -> str:
    """A comma where texts such as "74,4" occur and none with a decimal point does."""
    commas = points = 0
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and cell[-1:].isdigit():
                commas += number_of(cell) is None and number_of(cell, ",") is not None
                points += "." in cell and number_of(cell) is not None
    return "," if commas and not points else "."
