"""Everything the menus offer, as one table of data; the window builds its menus from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

Shortcut = QKeySequence.StandardKey | str | None


@dataclass(frozen=True, slots=True)
class Action:
    """One entry: its id is the object name; `checked` is None for entries that are not switches."""

    id: str
    text: str
    run: Callable[[], object]
    shortcut: Shortcut = None
    checked: bool | None = None
    role: QAction.MenuRole = QAction.MenuRole.NoRole


Entry = Action | tuple[str, str, list["Entry"]] | None
"""An action, a submenu (object name, text, entries), or a separator."""


def build_menu(menu: QMenu, entries: list[Entry], parent: QWidget, made: dict[str, QAction]) -> None:
    """Fill a menu; every action is kept in `made` under its id."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        elif isinstance(entry, Action):
            menu.addAction(_build(entry, parent, made))
        else:
            name, text, below = entry
            submenu = menu.addMenu(text)
            submenu.setObjectName(name)
            build_menu(submenu, below, parent, made)


def build_menus(bar: QMenuBar, entries: list[Entry], parent: QWidget) -> dict[str, QAction]:
    """Fill a menu bar from submenus; returns the actions by id."""
    made: dict[str, QAction] = {}
    for entry in entries:
        if isinstance(entry, tuple):
            name, text, below = entry
            menu = bar.addMenu(text)
            menu.setObjectName(name)
            build_menu(menu, below, parent, made)
    return made


def _build(entry: Action, parent: QWidget, made: dict[str, QAction]) -> QAction:
    action = QAction(entry.text, parent)
    action.setObjectName(entry.id)
    action.setMenuRole(entry.role)
    if entry.shortcut is not None:
        if isinstance(entry.shortcut, QKeySequence.StandardKey):
            action.setShortcuts(QKeySequence.keyBindings(entry.shortcut))
        else:
            action.setShortcut(QKeySequence(entry.shortcut))
    if entry.checked is not None:
        action.setCheckable(True)
        action.setChecked(entry.checked)
    action.triggered.connect(lambda _checked=False, run=entry.run: run())
    made[entry.id] = action
    return action
