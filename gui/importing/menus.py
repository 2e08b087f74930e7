"""The choices for a column and for a row of the preview, as menus."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from core.files.cells import column_name
from core.files.mapping import CODES, LEVEL_ROLES, SheetMapping
from core.table import DIMENSIONS
from core.units import parse_unit
from gui.importing.corrections import (
    with_column_role,
    with_end,
    with_first,
    with_heading,
    with_level_role,
    with_skipped,
    with_top,
    with_unit,
)
from gui.importing.findings import Findings
from gui.importing.words import roles, said_of_columns
from gui.text import _, language

UNITS = ("US$", "US$ thousand", "US$ million", "US$ 100 million", "US$ billion", "RMB million", "RMB 100 million",
         "EUR million", "%", "t")  # fmt: skip
"""Units that are offered; any other can be written."""
_GROUPS = (
    (*(name for pair in zip(DIMENSIONS, CODES, strict=True) for name in pair),),
    ("year", "within_year"),
    ("value", "unit", "scale", "mark", "summed"),
    ("ignore",),
)
"""The roles of columns, in the order of the menu, related ones together."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the menus speak of and to whom they say what was chosen."""

    findings: Findings
    correct: Callable[[SheetMapping], None]
    head: Callable[[int], None]
    """A row is to be the (last) header row, and the rest to be guessed again."""


def unit_names() -> list[str]:
    """The units that are offered, in the window's language."""
    return [parse_unit(name).show(language()) for name in UNITS]


def column_menu(choosing: Choosing, columns: Sequence[int], parent: QWidget) -> QMenu:
    """What columns can hold."""
    menu = QMenu(parent)
    menu.setObjectName("importColumnMenu")
    menu.setToolTipsVisible(True)
    mapping = choosing.findings.mapping
    if mapping is None:
        menu.addAction(_("Choose a header row first")).setEnabled(False)
        return menu
    names, tips = roles(), said_of_columns()
    found = {choosing.findings.role(at) for at in columns}
    group = QActionGroup(menu)
    for at, part in enumerate(_GROUPS):
        if at:
            menu.addSeparator()
        for role in part:
            action = _choice(menu, names[role], role in found and len(found) == 1, group)
            action.setToolTip(tips.get(role, ""))
            action.triggered.connect(partial(_set_role, choosing, columns, role))
    if found == {"value"}:
        _add_units(menu, choosing, mapping, columns)
    return menu


def row_menu(choosing: Choosing, row: int, rows: Sequence[int], parent: QWidget) -> QMenu:
    """What a row can be; `rows` are those that are selected with it."""
    menu = QMenu(parent)
    menu.setObjectName("importRowMenu")
    mapping, kind = choosing.findings.mapping, choosing.findings.row_is(row)
    _add(menu, _("This row is the header"), lambda: choosing.head(row), kind != "header")
    if mapping is None:
        return menu
    if kind == "header":
        _add_levels(menu, choosing, mapping, row)
    _add(
        menu,
        _("The header begins here"),
        lambda: choosing.correct(with_top(mapping, row)),
        mapping.header - 6 <= row < mapping.first and row != mapping.header,
    )
    _add(menu, _("The table begins here"), lambda: choosing.correct(with_first(mapping, row)), row != mapping.first)
    _add(menu, _("The table ends here"), lambda: choosing.correct(with_end(mapping, row)), row >= mapping.first)
    menu.addSeparator()
    inside = [each for each in rows if mapping.first <= each < mapping.end] or [row]
    skip = _choice(menu, _("Not imported"), kind == "skipped", None)
    skip.setEnabled(mapping.first <= row < mapping.end)
    skip.triggered.connect(lambda on: choosing.correct(with_skipped(mapping, inside, on)))
    _add_headings(menu, choosing, mapping, row)
    return menu


def cell_menu(choosing: Choosing, row: int, column: int, rows: Sequence[int], columns: Sequence[int],
              parent: QWidget) -> QMenu:  # fmt: skip
    """Both, for the keyboard and for those who click into the grid."""
    menu = QMenu(parent)
    menu.setObjectName("importCellMenu")
    for part, words in (
        (column_menu(choosing, columns or [column], menu), column_words(columns or [column])),
        (row_menu(choosing, row, rows, menu), _("Row {row}").format(row=row + 1)),
    ):
        part.setTitle(words)
        menu.addMenu(part)
    return menu


def column_words(columns: Sequence[int]) -> str:
    """One column by its letter, several by the first and the last."""
    if len(columns) == 1:
        return _("Column {name}").format(name=column_name(columns[0]))
    return _("Columns {first} to {last}").format(first=column_name(columns[0]), last=column_name(columns[-1]))


def _set_role(choosing: Choosing, columns: Sequence[int], role: str) -> None:
    if choosing.findings.mapping is not None:
        choosing.correct(with_column_role(choosing.findings.mapping, columns, role))


def _add_units(menu: QMenu, choosing: Choosing, mapping: SheetMapping, columns: Sequence[int]) -> None:
    menu.addSeparator()
    units = _submenu(menu, _("Unit of these numbers"))
    units.setObjectName("importColumnUnits")
    stated = {mapping.units.get(str(at)) for at in columns}
    _choice(units, _("As the sheet says"), stated == {None}, None).triggered.connect(
        lambda: choosing.correct(with_unit(mapping, columns, None))
    )
    units.addSeparator()
    for name in UNITS:
        unit = parse_unit(name)
        _choice(units, unit.show(language()), stated == {unit}, None).triggered.connect(
            partial(_set_unit, choosing, mapping, columns, name)
        )


def _set_unit(choosing: Choosing, mapping: SheetMapping, columns: Sequence[int], name: str) -> None:
    choosing.correct(with_unit(mapping, columns, parse_unit(name)))


def _add_levels(menu: QMenu, choosing: Choosing, mapping: SheetMapping, row: int) -> None:
    level, names = choosing.findings.level(row), roles()
    said = _submenu(menu, _("This header row says"))
    said.setObjectName("importLevelMenu")
    group = QActionGroup(said)
    for role in LEVEL_ROLES:
        words = _("Column names") if role == "ignore" else names[role]
        action = _choice(said, words, mapping.levels[level] == role, group)
        action.triggered.connect(partial(_set_level, choosing, mapping, level, role))


def _set_level(choosing: Choosing, mapping: SheetMapping, level: int, role: str) -> None:
    choosing.correct(with_level_role(mapping, level, role))


def _add_headings(menu: QMenu, choosing: Choosing, mapping: SheetMapping, row: int) -> None:
    headings = _submenu(menu, _("Heading for the rows below"))
    headings.setObjectName("importHeadingMenu")
    headings.setEnabled(mapping.first <= row < mapping.end)
    group, names = QActionGroup(headings), roles()
    for dimension in ("", *DIMENSIONS, "year"):
        words = names[dimension] if dimension else _("No heading")
        action = _choice(headings, words, mapping.headings == dimension, group)
        action.triggered.connect(partial(_set_heading, choosing, mapping, row, dimension))


def _set_heading(choosing: Choosing, mapping: SheetMapping, row: int, dimension: str) -> None:
    choosing.correct(with_heading(mapping, row, dimension))


def _add(menu: QMenu, words: str, do: Callable[[], object], enabled: bool) -> None:
    action = menu.addAction(words)
    action.setEnabled(enabled)
    action.triggered.connect(do)


def _submenu(menu: QMenu, title: str) -> QMenu:
    """With a parent from the beginning: one that a menu makes for itself may go with its Python name."""
    inside = QMenu(title, menu)
    menu.addMenu(inside)
    return inside


def _choice(menu: QMenu, words: str, on: bool, group: QActionGroup | None) -> QAction:
    action = menu.addAction(words)
    action.setCheckable(True)
    action.setChecked(on)
    if group is not None:
        group.addAction(action)
    return action
