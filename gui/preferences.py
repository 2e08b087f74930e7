"""A person's own settings: language, theme, window, recent files. Not part of any project, not undoable."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QSettings

from core.about import NAME

RECENT = 10
IMPORTS = 300
"""Places of imported files that are remembered."""
THEMES = ("system", "light", "dark")


class Preferences:
    """Typed access to one settings file; tests and the self-test give a path of their own."""

    def __init__(self, path: Path | None = None) -> None:
        """Without a path the settings of this user on this system."""
        if path is None:
            self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, NAME, NAME)
        else:
            self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """Either "en" or "zh"; the system's language until one is chosen."""
        system = "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"
        chosen = str(self._store.value("language", system))
        return chosen if chosen in {"en", "zh"} else system

    @language.setter
    def language(self, language: str) -> None:
        self._store.setValue("language", language)

    @property
    def theme(self) -> str:
        """One of `THEMES`."""
        chosen = str(self._store.value("theme", "system"))
        return chosen if chosen in THEMES else "system"

    @theme.setter
    def theme(self, theme: str) -> None:
        self._store.setValue("theme", theme)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened or saved last, newest first."""
        stored = self._store.value("recent", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return tuple(Path(str(name)) for name in names if name)

    def remember(self, path: Path) -> None:
        """Put a file in front of the recent ones."""
        path = path.absolute()
        names = [str(path), *(str(each) for each in self.recent if each != path)]
        self._store.setValue("recent", names[:RECENT])

    def forget(self) -> None:
        """Clear the recent files."""
        self._store.setValue("recent", [])

    @property
    def layouts_path(self) -> Path:
        """The file in which the layouts of imported files are remembered, beside the settings."""
        return Path(self._store.fileName()).with_name("layouts.json")

    def import_path(self, table: str, file: str) -> Path | None:
        """Where a file was that a table (by its id) was imported from; projects keep the name only."""
        return next((Path(path) for each, name, path in self._imports() if (each, name) == (table, file)), None)

    def remember_import(self, table: str, file: str, path: Path) -> None:
        """Put the place of a file in front of the others."""
        rest = [each for each in self._imports() if each[:2] != (table, file)]
        places = [(table, file, str(path.absolute())), *rest][:IMPORTS]
        self._store.setValue("imports", json.dumps(places, ensure_ascii=False))

    def _imports(self) -> list[tuple[str, str, str]]:
        try:
            stored = json.loads(str(self._store.value("imports", "[]")))
            return [(str(table), str(file), str(path)) for table, file, path in stored]
        except (TypeError, ValueError):
            return []

    @property
    def beside(self) -> bool:
        """Whether the data are shown beside the other tabs."""
        return self._store.value("beside", "false") in {True, "true"}

    @beside.setter
    def beside(self, beside: bool) -> None:
        self._store.setValue("beside", "true" if beside else "false")

    @property
    def geometry(self) -> QByteArray:
        """Place and size of the window as Qt saves it; empty at first."""
        stored = self._store.value("geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("geometry", geometry)
