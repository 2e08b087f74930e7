"""What each cell of a sheet is under a mapping, for the preview to draw and for its tooltips to say."""

from __future__ import annotations

from core.files.cells import blank, words
from core.files.grid import Cell, Sheet
from core.files.mapping import CODES, SheetMapping
from core.files.values import read_value
from core.table import DIMENSIONS
from gui.importing.words import roles
from gui.text import _

_LABELS = {*DIMENSIONS, *CODES}
_MOST_SEEN = 20_000


class Findings:
    """Answers for single cells, so that a sheet of any length costs nothing before it is looked at."""

    def __init__(self, sheet: Sheet, mapping: SheetMapping | None) -> None:
        """Without a mapping nothing is imported."""
        self.sheet, self.mapping = sheet, mapping
        self._skipped = frozenset(mapping.skipped) if mapping is not None else frozenset()
        self._seen: dict[tuple[int, int], str] = {}
        """What was asked of late: a cell is asked for its colour, its ink, its font and its side."""
        self._missing = frozenset(mark.strip() for mark in mapping.missing) if mapping is not None else frozenset()

    def role(self, column: int) -> str:
        """The role of a column; "ignore" where there is no mapping."""
        mapping = self.mapping
        return mapping.columns[column] if mapping is not None and column < len(mapping.columns) else "ignore"

    def level(self, row: int) -> int:
        """Which header row it is, or −1."""
        mapping = self.mapping
        at = row - mapping.header if mapping is not None else -1
        return at if mapping is not None and 0 <= at < len(mapping.levels) else -1

    def row_is(self, row: int) -> str:
        """A row is "outside" the table, "header", "skipped", a "heading" of the rows below, or "data"."""
        mapping = self.mapping
        if mapping is None or not mapping.header <= row < mapping.end:
            return "outside"
        if row < mapping.first:
            return "header"
        if row in self._skipped:
            return "skipped"
        return "heading" if mapping.headings and self._is_heading(row) else "data"

    def meaning(self, row: int, column: int) -> str:
        """What a cell is.

        One of "header", "labels", "year", "value", "missing", "text" (no number where one should be), "rest" (unit,
        marks), "skipped" (inside the table, not imported) and "" (outside the table).
        """
        found = self._seen.get((row, column))
        if found is None:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            found = self._seen[row, column] = self._meaning(row, column)
        return found

    def _meaning(self, row: int, column: int) -> str:
        kind, role = self.row_is(row), self.role(column)
        if kind == "outside" or self.mapping is None:
            return ""
        if kind == "skipped" or role == "ignore":
            return "skipped"
        if kind == "heading":
            return "year" if self.mapping.headings == "year" else "labels"
        if kind == "header":
            said = self.mapping.levels[self.level(row)]
            if role != "value" or self.mapping.orientation == "long":
                return "header"
            return {"year": "year", "within_year": "year", "ignore": "skipped"}.get(said, "header")
        if role == "value":
            return self._value(self.sheet.rows.cell(row, column))
        return "labels" if role in _LABELS else "year" if role in {"year", "within_year"} else "rest"

    def why(self, row: int, column: int) -> str:
        """A sentence about a cell that is not what its colour alone makes plain; "" for others."""
        meaning = self.meaning(row, column)
        if meaning in {"text", "value"} and self.mapping is not None:
            return _said_of_values().get(_kind(self.sheet.rows.cell(row, column), self.mapping.decimal), "")
        if meaning == "missing":
            return _("This mark stands for a missing value.")
        if meaning == "skipped":
            return _("This row is not imported.") if self.row_is(row) == "skipped" else _("This is not imported.")
        return "" if meaning or self.mapping is None else _("This is outside the table.")

    def row_words(self, row: int) -> str:
        """What a row is, for its header: what a header row says, or what becomes of the row."""
        mapping, kind = self.mapping, self.row_is(row)
        if mapping is None or kind in {"data", "outside"}:
            return ""
        if kind == "header":
            said = mapping.levels[self.level(row)]
            return _("Header") if said == "ignore" else roles()[said]
        return _("Left out") if kind == "skipped" else roles()[mapping.headings]

    def _value(self, cell: Cell) -> str:
        if blank(cell) or self.mapping is None:
            return "value"
        if words(cell) in self._missing:
            return "missing"
        return "text" if _kind(cell, self.mapping.decimal) in {"two_numbers", "error", "text"} else "value"

    def _is_heading(self, row: int) -> bool:
        """Whether nothing but a label stands in a row."""
        rows = self.sheet.rows
        filled = [at for at in range(rows.width) if not blank(rows.cell(row, at))]
        return bool(filled) and all(self.role(at) in _LABELS | {"year"} for at in filled)


def _kind(cell: Cell, decimal: str) -> str:
    """What a number cell is, one of `core.files.values.KINDS`."""
    return read_value(cell, decimal).kind if isinstance(cell, str) else ""


def _said_of_values() -> dict[str, str]:
    return {
        "text": _("This is no number. It is kept as a mark, and the cell stays empty."),
        "error": _("The spreadsheet has an error here. It is kept as a mark, and the cell stays empty."),
        "two_numbers": _("These are two numbers. They are kept as a mark, and the cell stays empty."),
        "near_zero": _("This is written as nearly zero. It becomes 0 with a mark."),
        "estimated": _("The number is taken, with the mark that it is an estimate."),
        "revised": _("The number is taken, with the mark that it is revised."),
        "flag": _("The number is taken, and the letters beside it are kept as a mark."),
        "note": _("The number is taken, and the note beside it is kept as a mark."),
    }
