"""The list of the project's tables: titles that can be edited, with units and years below them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.project import Project
from core.table import Table
from core.text import text
from gui.session import Session
from gui.style import colours
from gui.text import _, language, show, tip

Index = QModelIndex | QPersistentModelIndex
DETAILS = int(Qt.ItemDataRole.UserRole)
_MARGIN = 6


class TablesModel(QAbstractListModel):
    """One row for each table, in the order of the project."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Follows the session."""
        super().__init__(parent)
        self._session = session
        self._tables = session.project.tables
        session.project_changed.connect(self._follow)

    def table_id(self, index: Index) -> str | None:
        """The table of a row."""
        return self._tables[index.row()].id if 0 <= index.row() < len(self._tables) else None

    def row_of(self, table_id: str | None) -> int:
        """The row of a table, or −1."""
        return next((row for row, table in enumerate(self._tables) if table.id == table_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The number of tables."""
        return 0 if parent.isValid() else len(self._tables)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Titles can be edited in the list."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Title, details, and the whole of both with the note as tooltip."""
        if not 0 <= index.row() < len(self._tables):
            return None
        table = self._tables[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return show(table.title)
        if role == DETAILS:
            return details(table)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(show(table.title), details(table), show(table.note))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{show(table.title)}, {details(table)}"
        return None

    def setData(self, index: Index, value: Any, role: int = int(Qt.ItemDataRole.EditRole)) -> bool:
        """Another title in the language of the window."""
        if role != Qt.ItemDataRole.EditRole or not 0 <= index.row() < len(self._tables):
            return False
        table, typed = self._tables[index.row()], str(value).strip()
        if typed == show(table.title):
            return True
        if not typed:
            self._session.refused.emit(text("A table needs a title."))
            return False
        title = table.title.with_text(language(), typed)
        return self._session.attempt("set_table_title", table=table.id, title=title)

    def _follow(self, _before: Project, after: Project) -> None:
        if after.tables is self._tables:
            return
        old, new = [table.id for table in self._tables], [table.id for table in after.tables]
        nowhere = QModelIndex()
        if old == new:
            changed = [row for row, table in enumerate(after.tables) if not _look_alike(table, self._tables[row])]
            self._tables = after.tables
            for row in changed:
                self.dataChanged.emit(self.index(row), self.index(row))
        elif len(new) == len(old) + 1 and [each for each in new if each in old] == old:
            at = next(row for row, each in enumerate(new) if each not in old)
            self.beginInsertRows(nowhere, at, at)
            self._tables = after.tables
            self.endInsertRows()
        elif len(new) == len(old) - 1 and [each for each in old if each in new] == new:
            at = next(row for row, each in enumerate(old) if each not in new)
            self.beginRemoveRows(nowhere, at, at)
            self._tables = after.tables
            self.endRemoveRows()
        elif set(old) == set(new):
            self._reorder(after.tables, new)
        else:
            self.beginResetModel()
            self._tables = after.tables
            self.endResetModel()

    def _reorder(self, tables: tuple[Table, ...], ids: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        wanted = [self.index(ids.index(self._tables[each.row()].id)) for each in before]
        self._tables = tables
        self.changePersistentIndexList(before, wanted)
        self.layoutChanged.emit()


def _look_alike(a: Table, b: Table) -> bool:
    """Whether the list says the same of both; it shows no numbers."""
    same_objects = a.units is b.units and a.series is b.series and a.periods is b.periods
    return a is b or (same_objects and a.title == b.title and a.note == b.note)


class TableDelegate(QStyledItemDelegate):
    """Draws the title and below it, smaller in importance, unit and years."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Two lines, each cut at its end where it is too long."""
        self.initStyleOption(option, index)
        title, below = option.text, str(index.data(DETAILS))
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        c = colours()
        line = option.fontMetrics.lineSpacing()
        box = option.rect.adjusted(_MARGIN + 2, _MARGIN, -_MARGIN, -_MARGIN)
        painter.save()
        painter.setFont(option.font)
        for words, colour, top in ((title, c.text, box.top()), (below, c.muted, box.top() + line + 2)):
            painter.setPen(QColor(colour))
            cut = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
            painter.drawText(box.left(), top, box.width(), line, int(Qt.AlignmentFlag.AlignVCenter), cut)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Room for two lines."""
        return QSize(100, option.fontMetrics.lineSpacing() * 2 + 2 + 2 * _MARGIN)


def details(table: Table) -> str:
    """Unit and span of a table, such as "US$ billion · 2005–2020"; a unit that few series have is not its unit."""
    unit = table.units[0].show(language())
    if len(table.units) > 1 and 2 * int((table.series.unit == 0).sum()) < len(table.series):
        unit = _("several units")
    count = len(table.periods.values)
    if not count:
        span = _("no years")
    else:
        first, last = table.periods.name(0), table.periods.name(count - 1)
        span = first if count == 1 else f"{first}–{last}"
    return " · ".join(each for each in (unit, span) if each)
