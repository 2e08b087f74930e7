"""How the rows of the list of indices are painted: families as headings, indices as symbol and name."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QWidget

from gui.style import bold, colours
from gui.text import _

ID = Qt.ItemDataRole.UserRole
SYMBOL = Qt.ItemDataRole.UserRole + 1
POSSIBLE = Qt.ItemDataRole.UserRole + 2
SETTINGS = Qt.ItemDataRole.UserRole + 3
COUNT = Qt.ItemDataRole.UserRole + 4
"""Of a heading: how many of its indices can be computed."""
CHOSEN = Qt.ItemDataRole.UserRole + 5
"""Of an index: whether it is the one that is shown; of a heading: its symbol, where it is one of the family."""
_PADDING = 6
_INDENT = 10
_SAFETY = 3
"""A painter breaks lines a little earlier than measuring says."""
_Index = QModelIndex | QPersistentModelIndex


class IndexRows(QStyledItemDelegate):
    """Headings with a mark for open or closed; below, bold symbols with names in as many lines as needed."""

    def __init__(self, parent: QTreeWidget) -> None:
        """Wraps at the width of this list."""
        super().__init__(parent)
        self._list = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """A row without the text of the style, which would not wrap."""
        self.initStyleOption(option, index)
        widget: QWidget = option.widget
        option.text = ""
        if index.data(CHOSEN) is True:
            option.state |= QStyle.StateFlag.State_Selected
        painter.save()
        if index.parent().isValid():
            widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
            self._paint_index(painter, option.rect, widget.font(), index)
        else:
            painter.fillRect(option.rect, QColor(colours().raised))
            widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, widget)
            self._paint_heading(painter, option.rect, widget.font(), index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as its lines at the width of the list."""
        widget: QWidget = option.widget
        font = bold(widget.font())
        width = max(80, self._list.viewport().width() - 2 * _PADDING - _INDENT)
        if not index.parent().isValid():
            name = _height(font, self._name_width(font, width, index), str(index.data()))
            return QSize(80, name + 2 * _PADDING)
        small = _small(widget.font())
        below = sum(_height(small, width, text) for text in (_said(index), str(index.data(SETTINGS) or "")) if text)
        return QSize(80, QFontMetrics(font).height() + below + 2 * _PADDING)

    def _paint_heading(self, painter: QPainter, rect: QRect, font: QFont, index: _Index) -> None:
        theme = colours()
        inside = rect.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        painter.setFont(_small(font))
        painter.setPen(QColor(theme.muted))
        right = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        painter.drawText(inside, right, _beside(index, self._list.isExpanded(index)))
        open_ = "▾" if self._list.isExpanded(index) else "▸"
        painter.setFont(bold(font))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, open_)
        painter.setPen(QColor(theme.text if index.data(POSSIBLE) else theme.muted))
        width = self._name_width(bold(font), inside.width() - _INDENT, index)
        painter.drawText(
            QRect(inside.left() + _INDENT + 4, inside.top(), width, inside.height()), _wrapped(), str(index.data())
        )

    def _paint_index(self, painter: QPainter, rect: QRect, font: QFont, index: _Index) -> None:
        theme = colours()
        inside = rect.adjusted(_PADDING + _INDENT, _PADDING, -_PADDING, -_PADDING)
        painter.setFont(bold(font))
        painter.setPen(QColor(theme.text if index.data(POSSIBLE) else theme.muted))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, str(index.data(SYMBOL)))
        painter.setFont(_small(font))
        painter.setPen(QColor(theme.muted))
        below = inside.adjusted(0, QFontMetrics(bold(font)).height(), 0, 0)
        name, settings = _said(index), str(index.data(SETTINGS) or "")
        painter.drawText(below, _wrapped(), name)
        if settings:
            below.adjust(0, _height(_small(font), below.width(), name), 0, 0)
            painter.setPen(QColor(theme.accent))
            painter.drawText(below, _wrapped(), settings)

    def _name_width(self, font: QFont, width: int, index: _Index) -> int:
        """What the name of a family has, whether it is open or closed."""
        beside = max(
            QFontMetrics(_small(self._list.font())).horizontalAdvance(_beside(index, each)) for each in (True, False)
        )
        return max(40, width - beside - 8 - QFontMetrics(font).horizontalAdvance(" "))


def _beside(index: _Index, is_open: bool) -> str:
    """What stands at the right of a heading: a closed family with the chosen index names it."""
    symbol = str(index.data(CHOSEN) or "")
    return symbol if symbol and not is_open else str(index.data(COUNT) or "")


def _said(index: _Index) -> str:
    """What stands below the symbol."""
    name = str(index.data(Qt.ItemDataRole.DisplayRole))
    return name if index.data(POSSIBLE) else _("{name}: cannot be computed").format(name=name)


def _height(font: QFont, width: int, text: str) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, width - _SAFETY, 1000), _wrapped(), text).height()


def _wrapped() -> int:
    return int(Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value | Qt.AlignmentFlag.AlignLeft.value)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    return small
