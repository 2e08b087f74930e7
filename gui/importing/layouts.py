"""The layouts of files that are remembered, and the menu in which a person names, chooses, shares and forgets them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from core.errors import UserError, refuse
from core.files.atomic import atomic_write
from core.files.families import Families, from_json
from core.files.parts import Use
from core.text import Text
from gui.prompts import Prompts
from gui.text import _, show

_MOST_BYTES = 20 * 2**20


class Layouts:
    """What is remembered, kept in a file of this user; without a path only as long as the object lives."""

    def __init__(self, path: Path | None = None) -> None:
        """A damaged file gives an empty memory, and `problem` says so."""
        self._path = path
        self.families = Families()
        self.problem: Text | None = None
        if path is not None and path.is_file():
            try:
                self.families, self.problem = from_json(_content(path))
            except UserError as error:
                self.problem = error.message

    def keep(self, families: Families) -> None:
        """Remember from now on; raises UserError where the file cannot be written."""
        if families == self.families:
            return
        self.families = families
        if self._path is not None:
            with contextlib.suppress(OSError):  # what is in the way, the writing says
                self._path.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(self._path, families.to_json().encode())


class LayoutBox(QWidget):
    """Says by which remembered layout a sheet was recognised, and offers what can be done with layouts."""

    applied = Signal(object)
    """A `SheetMapping` that a person chose by its name."""
    refused = Signal(str)

    def __init__(self, layouts: Layouts, prompts: Prompts, parent: QWidget | None = None) -> None:
        """Nothing is shown before `show_use`."""
        super().__init__(parent)
        self._layouts, self._prompts = layouts, prompts
        self._use: Use | None = None
        self.said, self.button = QLabel(), QToolButton()
        self.said.setObjectName("importLayoutName")
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setProperty("muted", True)
        self.said.setWordWrap(True)
        self.button.setObjectName("importLayouts")
        self.button.setText("⋯")
        self.button.setAccessibleName(_("Saved layouts"))
        self.button.setToolTip(_("Save this layout under a name, choose another, share it"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self.menu.setObjectName("importLayoutMenu")
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.said, 1)
        row.addWidget(self.button)

    def show_use(self, use: Use | None) -> None:
        """Speak of a sheet."""
        if use is not None and self._use is not None and use.sheet is self._use.sheet:
            self._use = use
            return
        self._use = use
        self._say()

    def _say(self) -> None:
        family = self._layouts.families.family(self._use.sheet) if self._use is not None else None
        if self._layouts.problem is not None:
            self.said.setText(show(self._layouts.problem))
        elif family is None:
            self.said.setText(_("Layout: new"))
        elif family.name:
            self.said.setText(_("Layout: recognised as “{name}”").format(name=family.name))
        else:
            self.said.setText(_("Layout: as it was imported last"))

    def _fill(self) -> None:
        menu, names = self.menu, self._layouts.families.names()
        menu.clear()
        save = menu.addAction(_("Save this layout…"))
        save.setEnabled(self._use is not None)
        save.triggered.connect(self.save)
        for title, name, do in (
            (_("Use"), "importUseLayout", self.use),
            (_("Export"), "importExportLayout", self.export),
            (_("Forget"), "importForgetLayout", self.forget),
        ):
            part = QMenu(title, menu)
            menu.addMenu(part)
            part.setObjectName(name)
            part.setEnabled(bool(names))
            for each in names:
                part.addAction(each.replace("&", "&&")).triggered.connect(partial(_call, do, each))
        menu.addAction(_("Import a layout…")).triggered.connect(self.take_in)

    # ---- what a person does ----

    def save(self) -> None:
        """Under a name that is asked for."""
        if self._use is None:
            return
        family = self._layouts.families.family(self._use.sheet)
        name = self._prompts.ask_text(_("Save this layout"), _("Name"), family.name if family is not None else "")
        if name and name.strip():
            use = self._use
            self._keep(lambda families: families.remembered(use.sheet, use.mapping, name))

    def use(self, name: str) -> None:
        """Read the sheet as a saved layout says."""
        if self._use is None:
            return
        try:
            self.applied.emit(self._layouts.families.applied(name, self._use.sheet))
        except UserError as error:
            self.refused.emit(show(error.message))

    def forget(self, name: str) -> None:
        """Forget a saved layout."""
        self._keep(lambda families: families.forgotten(name))

    def export(self, name: str) -> None:
        """Write a saved layout to a file that somebody else can use."""
        path = self._prompts.save_file(_("Export the layout"), _layout_filter(), f"{name}.json")
        if path is None:
            return
        try:
            atomic_write(path, self._layouts.families.exported(name).encode())
        except UserError as error:
            self.refused.emit(show(error.message))

    def take_in(self) -> None:
        """Take in what somebody exported."""
        path = self._prompts.open_file(_("Import a layout"), _layout_filter())
        if path is not None:
            self._keep(lambda families: families.with_file(_content(path)))

    def _keep(self, change: Callable[[Families], Families]) -> None:
        try:
            self._layouts.keep(change(self._layouts.families))
        except UserError as error:
            self.refused.emit(show(error.message))
        self._say()


def _call(do: Callable[[str], None], name: str) -> None:
    do(name)


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise refuse("“{name}” is too large for a layout. Choose another file.", name=path.name)
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise refuse("“{name}” cannot be read. Choose another file.", name=path.name) from error


def _layout_filter() -> str:
    return _("Layouts (*.json)")
