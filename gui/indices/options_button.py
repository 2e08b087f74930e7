"""The button that opens the settings of the index that is shown, with the number of those that were changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from core.indices.registry import Index
from core.options import concerning, options, set_aside, shown, value
from core.text import Bilingual
from gui.indices.options_boxes import Offered, OptionBox, option_box
from gui.indices.picker import DOWN, below
from gui.style import bold
from gui.text import _, show, tip

_SHARE = 0.62
"""Of the height of the screen that the settings take at most."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An index with the settings of its project, and what is compared: an option and its other value."""

    index: Index
    chosen: Mapping[str, Any]
    compared: tuple[str, Any] | None = None
    sectors: Mapping[str, Bilingual] = field(default_factory=dict)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that matter for the index, in the order of the catalogue."""
        return concerning(self.index, self.chosen)

    @property
    def aside(self) -> tuple[str, ...]:
        """Those of them that are not as they are by default."""
        return set_aside(self.chosen, self.options)


class OptionsButton(QToolButton):
    """Shows "Settings of RCA: 1 changed"; each change below it is an edit of the project."""

    chosen = Signal(str, object)
    """Id of an option and the value that it shall have."""
    compared = Signal(str, object)
    """Id of an option and the value to compare with."""
    reset = Signal(object)
    """Ids of options that shall be as they are by default."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden until an index is shown."""
        super().__init__(parent)
        self.setObjectName("indexOptions")
        self.popup = _Popup(self)
        self.popup.reset.clicked.connect(self._reset)
        self._shown: Shown | None = None
        self.clicked.connect(self.open)
        self.hide()

    def show_options(self, shown_now: Shown) -> None:
        """Another index, other settings, or another comparison."""
        self._shown = shown_now
        aside = shown_now.aside
        symbol = shown_now.index.entry.symbol
        said = (
            _("Settings of {symbol}: {count} changed").format(symbol=symbol, count=len(aside))
            if aside
            else _("Settings of {symbol}").format(symbol=symbol)
        )
        self.setText(said + DOWN)
        self.setAccessibleName(said)
        values = [show(shown(each, value(shown_now.chosen, each), shown_now.sectors)) for each in aside]
        self.setToolTip(tip(*values) or tip(_("By which rules the index is computed, where studies differ")))
        self.setVisible(bool(shown_now.options))
        if self.popup.isVisible():
            self._fill(shown_now)

    def open(self) -> None:
        """Show the settings below the button."""
        if self._shown is None:
            return
        self._fill(self._shown)
        self.popup.fit(self.screen().availableGeometry().height() * _SHARE)
        self.popup.move(self._place())
        self.popup.show()
        self.popup.setFocus()

    def _place(self) -> QPoint:
        """Below the button, within the window where it is wide enough, and within the screen."""
        room, place, size = self.screen().availableGeometry(), below(self), self.popup.size()
        right = min(room.right(), self.window().frameGeometry().right())
        left = max(room.left(), min(place.x(), right - size.width()))
        return QPoint(left, max(room.top(), min(place.y(), room.bottom() - size.height())))

    def _fill(self, shown_now: Shown) -> None:
        if self.popup.show_boxes(shown_now):
            for box in self.popup.boxes:
                box.chosen.connect(self.chosen)
                box.compared.connect(self._compare)

    def _compare(self, option: str, other: object) -> None:
        """Out of the way, so that the lines can be seen."""
        self.popup.hide()
        self.compared.emit(option, other)

    def _reset(self) -> None:
        if self._shown is not None:
            self.reset.emit(self._shown.aside)


class _Popup(QFrame):
    """The settings below each other; Escape closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("indexOptionsPopup")
        self.setAccessibleName(_("Settings"))
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.boxes: list[OptionBox] = []
        self._made_for: tuple[object, ...] = ()
        self._inside = QWidget()
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setFont(bold(self.heading.font()))
        self.reset = QPushButton(_("Back to the defaults"))
        self.reset.setObjectName("resetOptions")
        self.reset.setAutoDefault(False)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.reset)
        self.area = QScrollArea()
        self.area.setObjectName("indexOptionsScroll")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 8)
        layout.addLayout(top)
        layout.addWidget(self.area)

    def show_boxes(self, shown_now: Shown) -> bool:
        """Bring the boxes up to date; True where they had to be made anew."""
        entry = shown_now.index.entry
        self.heading.setText(_("How {symbol} is computed").format(symbol=entry.symbol))
        self.reset.setEnabled(bool(shown_now.aside))
        wanted = (shown_now.options, tuple(shown_now.sectors.items()))
        anew = wanted != self._made_for
        if anew:
            self._made_for = wanted
            self._make(shown_now)
        option, other = shown_now.compared or ("", None)
        for box in self.boxes:
            now = value(shown_now.chosen, box.option.id)
            box.show_value(now, other if box.option.id == option else None)
        return anew

    def fit(self, most: float) -> None:
        """As high as the settings need, within limits."""
        inside = self._inside
        inside.adjustSize()
        wanted = inside.sizeHint() + QSize(self.area.verticalScrollBar().sizeHint().width() + 6, 4)
        self.area.setMinimumWidth(wanted.width())
        self.area.setFixedHeight(min(inside.heightForWidth(wanted.width()) + 4, int(most)))
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; every change has done its work already."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _make(self, shown_now: Shown) -> None:
        offered = Offered(shown_now.sectors)
        self.boxes = [option_box(options()[each], offered) for each in shown_now.options]
        self._inside = inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 4, 0)
        column.setSpacing(8)
        for box in self.boxes:
            column.addWidget(box)
        column.addStretch(1)
        self.area.setWidget(inside)
