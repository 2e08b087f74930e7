"""What stands in the menus of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from core.about import NAME
from gui.actions import Action, Entry, build_menu
from gui.documents import Documents
from gui.preferences import Preferences
from gui.session import Session
from gui.text import _, language

if TYPE_CHECKING:
    from gui.main_window import MainWindow

_KEY = QKeySequence.StandardKey


def menus(window: MainWindow, session: Session, documents: Documents, preferences: Preferences) -> list[Entry]:
    """The whole menu bar; the shortcuts of a view stand in its own context menu."""
    return [
        ("fileMenu", _("&File"), _file(window, documents)),
        ("editMenu", _("&Edit"), _edit(window, session)),
        ("viewMenu", _("&View"), _view(window, preferences)),
        ("dataMenu", _("&Data"), _data(window)),
        ("helpMenu", _("&Help"), [_about(window)]),
    ]


def _file(window: MainWindow, documents: Documents) -> list[Entry]:
    return [
        Action("new", _("&New"), documents.new, _KEY.New),
        Action("open", _("&Open…"), documents.choose_and_open, _KEY.Open),
        ("recentMenu", _("Open &recent"), []),
        Action("openSample", _("Open the sample &project"), documents.open_sample),
        None,
        Action("save", _("&Save"), documents.save, _KEY.Save),
        Action("saveAs", _("Save &as…"), documents.save_as, "Ctrl+Shift+S"),
        None,
        Action("import", _("&Import data…"), window.import_data, "Ctrl+I"),
        None,
        Action("quit", _("&Quit"), window.close, "Ctrl+Q", role=QAction.MenuRole.QuitRole),
    ]


def _edit(window: MainWindow, session: Session) -> list[Entry]:
    return [
        Action("undo", _("&Undo"), session.undo, _KEY.Undo),
        Action("redo", _("&Redo"), session.redo, "Ctrl+Shift+Z"),
        None,
        Action("pasteTable", _("&Paste as table…"), window.paste_table, "Ctrl+Shift+V"),
    ]


def _data(window: MainWindow) -> list[Entry]:
    data = window.workspace.data
    return [
        Action("refresh", _("Import a&gain…"), data.tables.import_again),
        Action("report", _("Import &report"), data.show_report),
        Action("checks", _("Data &checks"), window.workspace.show_findings, "Ctrl+K"),
        None,
        Action("origin", _("&Where this number comes from"), data.origins.tell_origin),
    ]


def _view(window: MainWindow, preferences: Preferences) -> list[Entry]:
    chinese, theme = language() == "zh", preferences.theme
    return [
        Action("showData", _("&Data"), window.workspace.show_data, "Ctrl+1"),
        Action("showIndices", _("&Indices"), window.workspace.show_indices, "Ctrl+2"),
        Action("showSwot", _("&SWOT"), window.workspace.show_swot, "Ctrl+3"),
        None,
        Action("explain", _("&Explain this number"), window.workspace.explain_current, "Ctrl+E"),
        None,
        Action("beside", _("Data &beside the other tabs"), window.switch_beside, "Ctrl+B", preferences.beside),
        None,
        ("languageMenu", "&Language · 语言", [
            Action("english", "English", lambda: window.speak("en"), checked=not chinese),
            Action("chinese", "简体中文", lambda: window.speak("zh"), checked=chinese),
        ]),
        ("themeMenu", _("&Theme"), [
            Action("themeSystem", _("As the &system"), lambda: window.dress("system"), checked=theme == "system"),
            Action("themeLight", _("&Light"), lambda: window.dress("light"), checked=theme == "light"),
            Action("themeDark", _("&Dark"), lambda: window.dress("dark"), checked=theme == "dark"),
        ]),
    ]  # fmt: skip


def _about(window: MainWindow) -> Action:
    return Action("about", _("&About {name}").format(name=NAME), window.about, role=QAction.MenuRole.AboutRole)


def fill_recent(menu: QMenu, documents: Documents, window: MainWindow) -> None:
    """The recent files, those that are gone greyed, and a way to clear the list."""
    menu.clear()
    entries: list[Entry] = []
    made: dict[str, QAction] = {}
    for number, path in enumerate(documents.recent, 1):
        name = f"&{number}  {path.stem.replace('&', '&&')}"
        entries.append(Action(f"recent{number}", name, lambda path=path: documents.open(path)))  # type: ignore[misc]
    nothing = not entries
    entries += [None, Action("clearRecent", _("&Clear the list"), documents.forget_recent)]
    build_menu(menu, entries, window, made)
    made["clearRecent"].setEnabled(not nothing)
    for number, path in enumerate(documents.recent, 1):
        made[f"recent{number}"].setEnabled(path.is_file())
        made[f"recent{number}"].setToolTip(str(path))
