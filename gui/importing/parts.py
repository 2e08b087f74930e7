"""What the files hold: the tables that will come out with their sheets, and the sheets that are left out."""

from __future__ import annotations

import re

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.files.grid import Sheet
from core.files.parts import Left
from gui.importing.words import short
from gui.importing.work import Candidate, Workbench
from gui.style import colours
from gui.text import _, show, tip

_ROLE = Qt.ItemDataRole.UserRole
Chosen = tuple[str, int, int]
""" "part" with its number and −1, "sheet" with the numbers of part and sheet, "left" with its number and −1."""


class Parts(QWidget):
    """Shows the workbench's candidates and what it leaves out; tells it which sheets are wanted."""

    chosen = Signal()
    """Another sheet is to be shown."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        """Empty until the workbench has something."""
        super().__init__(parent)
        self._bench = bench
        self.tree = QTreeWidget()
        self.tree.setObjectName("importParts")
        self.tree.setAccessibleName(_("Tables and sheets"))
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(14)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.split = self._button("importSplit", _("Split off"), _("Make a table of its own of the selected sheets"))
        self.join = self._button("importJoin", _("Join"), _("Make one table of the selected tables"))
        self.adopt = self._button("importAdopt", _("Import it too"), _("Take in a sheet that was left out"))
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.split, self.join, self.adopt):
            row.addWidget(button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree, 1)
        column.addLayout(row)
        self.tree.currentItemChanged.connect(self._moved)
        self.tree.itemSelectionChanged.connect(self._renew_buttons)
        self.tree.itemChanged.connect(self._checked)
        self.tree.customContextMenuRequested.connect(self._open_menu)
        self.split.clicked.connect(self.split_off)
        self.join.clicked.connect(self.join_selected)
        self.adopt.clicked.connect(self.adopt_current)
        self._renew_buttons()

    # ---- what is shown ----

    @property
    def current(self) -> tuple[Candidate, int] | None:
        """The candidate that is shown, and the number of its sheet."""
        kind, at, sheet = self._of(self.tree.currentItem())
        if kind not in {"part", "sheet"} or at >= len(self._bench.candidates):
            return None
        candidate = self._bench.candidates[at]
        first = next((n for n in range(len(candidate.part.uses)) if n not in candidate.off), 0)
        return candidate, min(max(sheet, first if kind == "part" else 0), len(candidate.part.uses) - 1)

    @property
    def left(self) -> Left | None:
        """The sheet that is shown though it is left out."""
        kind, at, _sheet = self._of(self.tree.currentItem())
        return self._bench.left[at] if kind == "left" and 0 <= at < len(self._bench.left) else None

    def renew(self) -> None:
        """Show what the workbench has now; what was selected stays so where it is still there."""
        with QSignalBlocker(self.tree):
            if self._shape() != self._shown_shape():
                before = self._of(self.tree.currentItem())
                self.tree.clear()
                self._fill()
                self._select(before)
            for at, candidate in enumerate(self._bench.candidates):
                self._describe(self.tree.topLevelItem(at), candidate)
        self._renew_buttons()
        self.setVisible(self._has_choice())
        self.chosen.emit()

    def _has_choice(self) -> bool:
        """A single sheet needs no list."""
        uses = sum(len(each.part.uses) for each in self._bench.candidates)
        return uses + len(self._bench.left) > 1 or not uses

    def select(self, part: int, sheet: int = -1) -> None:
        """Show a table, or one of its sheets."""
        item = self._find(("sheet" if sheet >= 0 else "part", part, sheet))
        if item is not None:
            self.tree.setCurrentItem(item)

    # ---- what a person does ----

    def split_off(self) -> None:
        """Make a table of the selected sheets."""
        sheets = [found for found in map(self._of, self.tree.selectedItems()) if found[0] == "sheet"]
        if sheets:
            part = sheets[0][1]
            self._bench.split(self._bench.candidates[part], sorted(each[2] for each in sheets if each[1] == part))

    def join_selected(self) -> None:
        """Make one table of the selected ones."""
        parts = self._selected_parts()
        if len(parts) > 1:
            self._bench.join([self._bench.candidates[at] for at in parts])

    def adopt_current(self) -> None:
        """Import a sheet that was left out."""
        if self.left is not None:
            self._bench.adopt(self.left)

    # ---- inside ----

    def _button(self, name: str, words: str, hint: str) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setToolTip(tip(hint))
        button.setAutoDefault(False)
        return button

    def _of(self, item: QTreeWidgetItem | None) -> Chosen:
        found = item.data(0, _ROLE) if item is not None else None
        return (str(found[0]), int(found[1]), int(found[2])) if found else ("", -1, -1)

    def _shape(self) -> list[object]:
        """What the tree consists of: another shape is another tree."""
        parts = [tuple(id(use.sheet) for use in each.part.uses) for each in self._bench.candidates]
        return [*parts, *((id(each.sheet), show(each.reason)) for each in self._bench.left)]

    def _shown_shape(self) -> list[object]:
        return list(getattr(self, "_filled", [None]))

    def _fill(self) -> None:
        self._filled = self._shape()
        for at, candidate in enumerate(self._bench.candidates):
            top = QTreeWidgetItem(self.tree)
            top.setData(0, _ROLE, ("part", at, -1))
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            uses = candidate.part.uses
            if len(uses) > 1:
                for sheet in sorted(range(len(uses)), key=lambda n: natural(uses[n].sheet.name)):
                    child = QTreeWidgetItem(top)
                    child.setData(0, _ROLE, ("sheet", at, sheet))
                    child.setFlags(child.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    child.setText(0, self._name(uses[sheet].sheet))
                    child.setToolTip(0, tip(self._name(uses[sheet].sheet)))
        if self._bench.left:
            group = QTreeWidgetItem(self.tree)
            group.setText(0, _("Left out: {count}").format(count=len(self._bench.left)))
            group.setData(0, _ROLE, ("group", -1, -1))
            group.setFlags(Qt.ItemFlag.ItemIsEnabled)
            for at, left in enumerate(self._bench.left):
                child = QTreeWidgetItem(group)
                child.setData(0, _ROLE, ("left", at, -1))
                child.setText(0, f"{self._name(left.sheet)}\n{show(left.reason)}")
                child.setToolTip(0, tip(self._name(left.sheet), show(left.reason)))
                child.setForeground(0, QBrush(QColor(colours().muted)))
            group.setExpanded(len(self._bench.left) <= 6 or not self._bench.candidates)

    def _describe(self, item: QTreeWidgetItem | None, candidate: Candidate) -> None:
        if item is None:
            return
        result, uses = candidate.result, candidate.part.uses
        report = result.report if result.table is not None else None
        problem = result.problem
        several = len(uses) > 1
        title = uses[0].mapping.title if several else self._name(uses[0].sheet)
        counted = _("{count} sheets, one table").format(count=len(uses)) if several else ""
        if candidate.off:
            counted = _("{count} of {all} sheets, one table").format(
                count=len(uses) - len(candidate.off), all=len(uses)
            )
        said = short(report) if report is not None else _("no table") if problem is not None else "…"
        item.setText(0, "\n".join(filter(None, (title, counted, said))))
        item.setToolTip(0, tip(title, show(problem) if problem is not None else said))
        some = Qt.CheckState.PartiallyChecked if candidate.off else Qt.CheckState.Checked
        item.setCheckState(0, some if candidate.chosen else Qt.CheckState.Unchecked)
        for at in range(item.childCount()):
            child = item.child(at)
            off = self._of(child)[2] in candidate.off or not candidate.chosen
            child.setCheckState(0, Qt.CheckState.Unchecked if off else Qt.CheckState.Checked)

    def _name(self, sheet: Sheet) -> str:
        """With the file where there are several."""
        several = len(self._bench.sources) > 1 and sheet.file
        return f"{sheet.file} · {sheet.name}" if several and not sheet.file.startswith(sheet.name) else (
            sheet.file if several else sheet.name
        )  # fmt: skip

    def _select(self, before: Chosen) -> None:
        first = next((at for at, each in enumerate(self._bench.candidates) if each.chosen), 0)
        wanted = self._find(before) if before[0] else None
        wanted = wanted or self._find(("part", first, -1)) or self._find(("left", 0, -1))
        if wanted is not None:
            self.tree.setCurrentItem(wanted)

    def _find(self, wanted: Chosen) -> QTreeWidgetItem | None:
        for at in range(self.tree.topLevelItemCount()):
            top = self.tree.topLevelItem(at)
            if top is None:
                continue
            for item in (top, *(top.child(n) for n in range(top.childCount()))):
                if self._of(item) == wanted:
                    return item
        return None

    def _moved(self) -> None:
        self._renew_buttons()
        self.chosen.emit()

    def _checked(self, item: QTreeWidgetItem) -> None:
        kind, at, sheet = self._of(item)
        if kind not in {"part", "sheet"}:
            return
        candidate, on = self._bench.candidates[at], item.checkState(0) == Qt.CheckState.Checked
        everything = frozenset(range(len(candidate.part.uses)))
        if kind == "part":
            self._bench.choose_sheets(candidate, frozenset() if on else everything)
        else:
            off = candidate.off if candidate.chosen else everything
            self._bench.choose_sheets(candidate, off - {sheet} if on else off | {sheet})

    def _selected_parts(self) -> list[int]:
        found = {at for kind, at, _sheet in map(self._of, self.tree.selectedItems()) if kind == "part"}
        return sorted(found)

    def _renew_buttons(self) -> None:
        kinds = [self._of(item)[0] for item in self.tree.selectedItems()]
        several = any(len(each.part.uses) > 1 for each in self._bench.candidates)
        self.split.setVisible(several)
        self.split.setEnabled("sheet" in kinds)
        self.join.setVisible(len(self._bench.candidates) > 1)
        self.join.setEnabled(len(self._selected_parts()) > 1)
        self.adopt.setVisible(bool(self._bench.left))
        self.adopt.setEnabled(self.left is not None)

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setObjectName("importPartsMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for button, do in ((self.split, self.split_off), (self.join, self.join_selected),
                           (self.adopt, self.adopt_current)):  # fmt: skip
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(do)
        menu.popup(self.tree.viewport().mapToGlobal(place))


def natural(name: str) -> list[tuple[int, int, str]]:
    """A key by which “Sheet 2” stands before “Sheet 10”."""
    pieces = re.findall(r"\d+|\D+", name.casefold())
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]
