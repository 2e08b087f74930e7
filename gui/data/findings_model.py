"""The findings as a tree: a branch for each table, below it a row for each finding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QIcon

from core.checks.finding import Finding
from core.review import LEVELS, level_word
from gui.data.findings_signs import sign_icon
from gui.style import bold, colours
from gui.text import _, language, show, tip

if TYPE_CHECKING:
    from gui.data.findings_watch import Found

LEVEL, WHERE, WHAT = range(3)
"""Columns."""
Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """A finding as it is shown; `reason` is None where it was not dismissed."""

    finding: Finding
    key: str
    branch: str
    where: str
    what: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings are wanted."""

    levels: frozenset[str] = frozenset(LEVELS)
    kind: str = ""
    words: str = ""
    dismissed: bool = False

    def takes(self, row: Row) -> bool:
        """Whether a row is wanted; every word has to stand somewhere in it."""
        if row.reason is not None and not self.dismissed:
            return False
        if row.finding.level not in self.levels:
            return False
        if self.kind and all(sign.kind != self.kind for sign in row.finding.signs):
            return False
        also = " ".join(sign.line(language()) for sign in row.finding.also) if self.words else ""
        said = f"{row.branch} {row.where} {row.what} {row.reason or ''} {also}".casefold()
        return all(word in said for word in self.words.casefold().split())


def rows_of(found: Found | None) -> list[Row]:
    """All findings as rows, in their order."""
    if found is None:
        return []
    made = []
    for at, (finding, key) in enumerate(zip(found.all, found.keys, strict=True)):
        branch, *rest = (show(part) for part in finding.where) if finding.where else ("",)
        made.append(Row(finding, key, branch, _(", ").join(rest), show(finding.text), found.reason(at)))
    return made


class FindingsModel(QAbstractItemModel):
    """Branches are in the order of their worst finding; dismissed findings have a branch of their own at the end."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Empty until `set_rows`."""
        super().__init__(parent)
        self._branches: list[tuple[str, list[Row]]] = []
        self._icons: dict[str, QIcon] = {level: sign_icon(level) for level in LEVELS}
        self._bold = bold(QGuiApplication.font())
        self._muted = QBrush(QColor(colours().muted))

    def set_rows(self, rows: Sequence[Row]) -> bool:
        """Show other findings; False where they say what is shown already, and the view stays as it is."""
        branches: dict[str, list[Row]] = {}
        for each in rows:
            if each.reason is None:
                branches.setdefault(each.branch, []).append(each)
        dismissed = [each for each in rows if each.reason is not None]
        fresh = [*branches.items(), *([(_("Dismissed"), dismissed)] if dismissed else [])]
        if _said(fresh) == _said(self._branches):
            self._branches = fresh
            return False
        self.beginResetModel()
        self._branches = fresh
        self.endResetModel()
        return True

    def row(self, index: Index) -> Row | None:
        """The finding of a row; None for a branch."""
        at = _branch(index)
        return self._branches[at][1][index.row()] if at >= 0 else None

    def find(self, wanted: Callable[[Row], bool]) -> QModelIndex:
        """The first row that is wanted."""
        for at, (_name, rows) in enumerate(self._branches):
            for number, row in enumerate(rows):
                if wanted(row):
                    return self.index(number, 0, self.index(at, 0))
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Branches carry 0, findings the number of their branch and 1."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = QModelIndex()) -> Any:  # noqa: B008 - Qt's signature
        """The branch of a finding."""
        at = _branch(index)
        return self.createIndex(at, 0, 0) if at >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Branches, or the findings of one."""
        if not parent.isValid():
            return len(self._branches)
        return len(self._branches[parent.row()][1]) if _branch(parent) < 0 and parent.column() == 0 else 0

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Level, where, what."""
        return 3

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        """What the columns are."""
        if orientation == Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return (_("Level"), _("Where"), _("What"))[section]
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        """The level as sign and word, the place and the sentence."""
        if not index.isValid():
            return None
        row = self.row(index)
        if row is None:
            return self._branch_data(index, role)
        if role == _Role.DisplayRole:
            return (level_word(row.finding.level, language()), row.where, row.what)[index.column()]
        if role == _Role.DecorationRole and index.column() == LEVEL:
            return self._icons[row.finding.level]
        if role == _Role.ForegroundRole and row.reason is not None:
            return self._muted
        if role == _Role.ToolTipRole:
            because = _("Dismissed: {reason}").format(reason=row.reason) if row.reason else ""
            return tip(_(", ").join(filter(None, [row.branch, row.where])), row.what, because)
        return None

    def _branch_data(self, index: Index, role: int) -> Any:
        name, rows = self._branches[index.row()]
        if role == _Role.DisplayRole and index.column() == LEVEL:
            return f"{name} ({len(rows):,})"
        if role == _Role.ToolTipRole:
            return tip(name)
        return self._bold if role == _Role.FontRole else None


def _branch(index: Index) -> int:
    """The number of the branch that a finding lies below; −1 for a branch."""
    return int(index.internalId()) - 1 if index.isValid() else -1


def _said(branches: Sequence[tuple[str, Sequence[Row]]]) -> list[tuple[object, ...]]:
    return [(name, [(row.key, row.branch, row.where, row.what, row.reason) for row in rows]) for name, rows in branches]
