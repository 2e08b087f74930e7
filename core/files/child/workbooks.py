"""Workbooks through calamine, with what calamine drops put back: errors, hidden rows, formulas without a value.

Calamine knows the XML that Excel writes. A workbook that is right but written otherwise goes to openpyxl.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

import python_calamine as calamine

from core.files import gate
from core.files.archive import Damaged, Excessive, opened
from core.files.child.binary import admit_records
from core.files.child.packing import Packed, Refused
from core.files.child.repeats import admit_repeats

_AT_ONCE = 16 * 2**20
"""Inflated bytes from which gate and parser work at the same time: a small file can claim the largest area, and is
searched first; a large one costs the seconds that it is worth."""
_SUFFIXES = {"xlsx": {".xlsx", ".xlsm"}, "xlsb": {".xlsb"}, "ods": {".ods"}, "xls": {".xls"}}
_USUAL = {"_rels/.rels", "xl/_rels/workbook.xml.rels"}
"""Calamine looks for these parts by their names; by the standard others may name them."""


def read_workbook(path: Path, kind: str, most_cells: int) -> list[Packed]:
    """All sheets of cells. Empty rows and columns before the cells are kept: an address is an address."""
    if kind == "xls":
        return _with_errors(_parsed(path, kind, most_cells), path, kind)
    with opened(path) as archive:
        large = archive.bytes_inflated > _AT_ONCE
        odd = kind == "xlsx" and not {name.casefold() for name in archive.names} >= _USUAL
    gated = _Gated(path, kind)
    if not large:
        gated.run()
    else:
        gated.start()
    sheets = {}
    if not (odd or gated.looks.odd):
        try:
            sheets = _parsed(path, kind, most_cells)
        except (calamine.CalamineError, OSError):
            gated.raise_or_go()
            if not gated.looks.odd:
                raise
    gated.raise_or_go()
    if kind != "xlsx":
        return _with_errors(sheets, path, kind)
    if odd or gated.looks.odd:
        from core.files.child.second import read_second

        sheets = read_second(path, most_cells)
    _put_back(sheets, gated.looks.sheets, path)
    return list(sheets.values())


class _Gated(threading.Thread):
    """The gate in a thread: calamine works without the interpreter's lock."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(daemon=True)
        self._path, self._kind = path, kind
        self._error: Exception | None = None
        self.looks = gate.Looks()

    def run(self) -> None:
        """Runs at once where it is called, and in the background after `start`."""
        try:
            with opened(self._path) as archive:
                self.looks = gate.inspect(archive)
                if self._kind == "ods":
                    admit_repeats(archive)
                elif self._kind == "xlsb":
                    admit_records(archive)
        except (OSError, Damaged) as error:
            self._error = error
        if threading.current_thread() is not self:
            self.raise_or_go()

    def raise_or_go(self) -> None:
        """Wait for the verdict."""
        if self.is_alive():
            self.join()
        if isinstance(self._error, Excessive):
            raise Refused("large") from self._error
        if self._error is not None:
            raise Refused("damaged", str(self._error)) from self._error


def _parsed(path: Path, kind: str, most_cells: int) -> dict[str, Packed]:
    """The sheets by name."""
    try:
        with path.open("rb") as stream:
            trusted = path.suffix.casefold() in _SUFFIXES[kind]  # which calamine believes more than the content
            given = str(path) if trusted else stream
            workbook = calamine.CalamineWorkbook.from_object(given)
    except calamine.PasswordError as error:
        raise Refused("locked") from error
    found = {}
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_index(place)
        height, width = (at + 1 for at in sheet.end or (-1, -1))  # total_height and total_width are one too small
        most_cells -= height * width
        if most_cells < 0:
            raise Refused("large")
        if about.name in found:
            raise Refused("damaged", "two sheets of one name")
        packed = Packed(about.name, hidden=about.visible != calamine.SheetVisibleEnum.Visible)
        packed.fill(sheet.to_python(skip_empty_area=False), width)
        packed.merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        found[about.name] = packed
    return found


def _put_back(sheets: Mapping[str, Packed], looks: Mapping[str, gate.Look], path: Path) -> None:
    from core.files.child.parts import sheet_parts

    with opened(path) as archive:
        for name, part in sheet_parts(archive).items():
            look, sheet = looks.get(part), sheets.get(name)
            if look is None or sheet is None:
                continue
            if look.rows and not sheet.rows and gate.filled_area(archive, part, look) != (0, 0):
                raise Damaged(f"{part}: cells that the parser does not see")
            sheet.widen(max((row + 1 for row, _, _ in look.errors), default=0),
                        max((column + 1 for _, column, _ in look.errors), default=0))  # fmt: skip
            for error in look.errors:
                sheet.put(*error)
            sheet.hidden_rows = {row for row in look.hidden_rows if row < sheet.rows}
            sheet.hidden_columns = {column for column in look.hidden_columns if column < sheet.columns}
            sheet.uncalculated = look.uncalculated


def _with_errors(sheets: Mapping[str, Packed], path: Path, kind: str) -> list[Packed]:
    from core.files.child import binary, opendocument

    {"xls": binary.look_xls, "xlsb": binary.look_xlsb, "ods": opendocument.look_ods}[kind](sheets, path)
    return list(sheets.values())
