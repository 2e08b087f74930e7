"""The legend above a chart: painted names that are text whatever they say, wrapping, never over the data."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.charts import Chart, LineKey
from gui.indices.strokes import SWATCH, Stroke, stroke
from gui.style import colours
from gui.text import _, show, tip

_ROWS = 3
_WIDEST = 300
_GAP = 14


class Legend(QWidget):
    """Swatch and name of each line; at most three rows, the rest is named in the table of values."""

    picked = Signal(object)
    """The key of a line whose name was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a chart is shown."""
        super().__init__(parent)
        self.setObjectName("chartLegend")
        self.setAccessibleName(_("Legend"))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._entries: list[tuple[LineKey, str, Stroke]] = []
        self._hidden: frozenset[LineKey] = frozenset()
        self._bold: frozenset[LineKey] = frozenset()
        self._height = 0

    @property
    def names(self) -> list[str]:
        """All names, those that do not fit included."""
        return [name for _key, name, _stroke in self._entries]

    def set_chart(self, chart: Chart) -> None:
        """Show the lines of a chart."""
        self._entries = [(line.key, show(line.name), stroke(line.slot, line.side)) for line in chart.lines]
        self.setAccessibleDescription(", ".join(self.names))
        self.setVisible(len(self._entries) > 0)
        self.updateGeometry()
        self.update()

    def mark(self, hidden: Collection[LineKey], highlighted: Collection[LineKey]) -> None:
        """Grey out lines that are not drawn, underline those that are selected."""
        self._hidden, self._bold = frozenset(hidden), frozenset(highlighted)
        self.update()

    def heightForWidth(self, width: int) -> int:
        """As many rows as needed, up to three."""
        places, _rest = self._places(width)
        return (places[-1].bottom() + 1) if places else 0

    def hasHeightForWidth(self) -> bool:
        """The rows depend on the width."""
        return True

    def sizeHint(self) -> QSize:
        """Any width."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        """As high as its rows are now, so that a splitter does not push the plot over them."""
        self._height = self.heightForWidth(self.width())
        return QSize(80, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width can need other rows."""
        super().resizeEvent(event)
        if self.heightForWidth(event.size().width()) != self._height:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's name
        """Swatches and elided names."""
        painter = QPainter(self)
        theme = colours()
        places, rest = self._places(self.width())
        named = places[:-1] if rest else places
        for place, (key, name, look) in zip(named, self._entries, strict=False):
            painter.setOpacity(0.35 if key in self._hidden else 1.0)
            look.paint(painter, QRectF(place.left(), place.top(), SWATCH.width(), place.height()))
            painter.setPen(theme.text)
            font = self.font()
            font.setUnderline(key in self._bold)
            painter.setFont(font)
            text = place.adjusted(SWATCH.width() + 6, 0, 0, 0)
            elided = self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, text.width())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        if rest:
            painter.setOpacity(1.0)
            painter.setFont(self.font())
            painter.setPen(theme.muted)
            more = places[-1]
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._more(rest))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick the line under the mouse."""
        at = self._at(event.position().toPoint())
        if at >= 0:
            self.picked.emit(self._entries[at][0])

    def event(self, event: QEvent) -> bool:
        """The whole name as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._at(event.pos())
            QToolTip.showText(event.globalPos(), tip(self._entries[at][1]) if at >= 0 else "", self)
            return True
        return super().event(event)

    def _at(self, point: QPoint) -> int:
        places, rest = self._places(self.width())
        named = places[:-1] if rest else places
        return next((at for at, place in enumerate(named) if place.contains(point)), -1)

    def _more(self, count: int) -> str:
        return _("+ {count} more in the table").format(count=count)

    def _row(self) -> int:
        return self.fontMetrics().height() + 4

    def _places(self, width: int) -> tuple[list[QRect], int]:
        """Where each entry stands; with a rest, the last place is for the sentence that counts it."""
        metrics, height = self.fontMetrics(), self._row()
        places: list[QRect] = []
        x = y = 0
        for _key, name, _look in self._entries:
            wide = min(_WIDEST, SWATCH.width() + 6 + metrics.horizontalAdvance(name) + 2, max(width, 80))
            if x and x + wide > width:
                x, y = 0, y + height
            if y >= _ROWS * height:
                break
            places.append(QRect(x, y, wide, height))
            x += wide + _GAP
        rest = len(self._entries) - len(places)
        if not rest:
            return places, 0
        note = metrics.horizontalAdvance(self._more(len(self._entries)))
        while places and places[-1].top() == y - height and places[-1].right() + _GAP + note > width:
            places.pop()
        last = places[-1] if places else QRect(0, 0, 0, height)
        if last.top() != y - height:
            places.append(QRect(0, y - height, width, height))
        else:
            places.append(QRect(last.right() + _GAP, last.top(), max(note, 1), height))
        return places, len(self._entries) - len(places) + 1
