"""The list of all indices; those that no table can feed are grey and say why, others by which settings they differ."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from core.charts import computable, lacking, settings_aside
from core.indices import indices
from core.project import Project
from core.results import Results
from gui.style import bold, colours
from gui.text import _, show, tip

_ID = Qt.ItemDataRole.UserRole
_SYMBOL = Qt.ItemDataRole.UserRole + 1
_POSSIBLE = Qt.ItemDataRole.UserRole + 2
_SETTINGS = Qt.ItemDataRole.UserRole + 3
_PADDING = 6


class IndexList(QListWidget):
    """Symbol and name of each index in the order of the catalogue."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Filled from the registry; `show_results` says what can be computed."""
        super().__init__(parent)
        self.setObjectName("indexList")
        self.setAccessibleName(_("Indices"))
        self.setItemDelegate(_Delegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for index in indices().values():
            item = QListWidgetItem(show(index.entry.name))
            item.setData(_ID, index.id)
            item.setData(_SYMBOL, index.entry.symbol)
            item.setData(_POSSIBLE, True)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{index.entry.symbol} {show(index.entry.name)}")
            self.addItem(item)
        self.currentItemChanged.connect(self._current_changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap at the width of the list, so rows change their height with it."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def show_results(self, results: Results, project: Project) -> None:
        """Grey out what cannot be computed, with the reasons as tooltip."""
        for item in self._items():
            index = str(item.data(_ID))
            possible = computable(results, index, project)
            name = f"{item.data(_SYMBOL)} · {item.text()}"
            reasons = [] if possible else [show(each) for each in lacking(results, index, project)]
            item.setData(_POSSIBLE, possible)
            item.setData(_SETTINGS, _("; ").join(show(each) for each in settings_aside(index, results.project)))
            item.setToolTip(tip(name, item.data(_SETTINGS), *(reasons and [_("Cannot be computed:"), *reasons[:10]])))
            said = filter(None, [item.data(_SETTINGS), *reasons])
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, _("; ").join(said))

    def current(self) -> str:
        """The chosen index; "" for none."""
        row = self.currentRow()
        return str(self.item(row).data(_ID)) if row >= 0 else ""

    def choose(self, index: str) -> None:
        """Make an index the current one."""
        for item in self._items():
            if item.data(_ID) == index:
                self.setCurrentItem(item)

    def first_possible(self) -> str:
        """The first index with a value somewhere; "" where there is none."""
        return next((str(item.data(_ID)) for item in self._items() if item.data(_POSSIBLE)), "")

    def possible(self, index: str) -> bool:
        """False where it is grey."""
        return any(item.data(_ID) == index and bool(item.data(_POSSIBLE)) for item in self._items())

    def show_only(self, wanted: Collection[str]) -> None:
        """Hide the other indices."""
        for item in self._items():
            item.setHidden(item.data(_ID) not in wanted)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _current_changed(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(_ID)))


class _Delegate(QStyledItemDelegate):
    """Bold symbol, name below it in as many lines as it needs."""

    def __init__(self, parent: QListWidget) -> None:
        super().__init__(parent)
        self._list = parent

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        widget: QWidget = option.widget
        rect: QRect = option.rect
        option.text = ""
        widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
        possible = bool(index.data(_POSSIBLE))
        theme = colours()
        inside = rect.adjusted(_PADDING + 2, _PADDING, -_PADDING, -_PADDING)
        painter.save()
        painter.setFont(bold(widget.font()))
        painter.setPen(QColor(theme.text if possible else theme.muted))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, str(index.data(_SYMBOL)))
        painter.setFont(_small(widget.font()))
        painter.setPen(QColor(theme.muted))
        below = inside.adjusted(0, QFontMetrics(bold(widget.font())).height(), 0, 0)
        name, settings = _said(index), str(index.data(_SETTINGS) or "")
        painter.drawText(below, _wrapped(), name)
        if settings:
            below.adjust(0, _height(_small(widget.font()), below.width(), name), 0, 0)
            painter.setPen(QColor(theme.accent))
            painter.drawText(below, _wrapped(), settings)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        widget: QWidget = option.widget
        width = max(80, self._list.viewport().width() - 2 * _PADDING - 2)
        small = _small(widget.font())
        below = sum(_height(small, width, text) for text in (_said(index), str(index.data(_SETTINGS) or "")) if text)
        return QSize(80, QFontMetrics(bold(widget.font())).height() + below + 2 * _PADDING)


def _said(index: QModelIndex | QPersistentModelIndex) -> str:
    """What stands below the symbol."""
    name = str(index.data(Qt.ItemDataRole.DisplayRole))
    return name if index.data(_POSSIBLE) else _("{name}: cannot be computed").format(name=name)


def _height(font: QFont, width: int, text: str) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 1000), _wrapped(), text).height()


def _wrapped() -> int:
    return int(Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value | Qt.AlignmentFlag.AlignLeft.value)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    return small
