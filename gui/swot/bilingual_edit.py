"""A text in both languages, written into the project when one leaves it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPlainTextEdit, QWidget

from core.text import LANGUAGES, Bilingual
from gui.swot.arrangement import small
from gui.text import _, language

_FRAME = 8
"""Border and padding of a field, with a little air for Chinese, whose lines are higher."""
_SIGNS = {"en": "EN", "zh": "中"}


class BilingualEdit(QWidget):
    """Two fields, the window's language first. Leaving both applies what changed; Escape takes it back."""

    edited = Signal(object)
    """The new `Bilingual`."""

    def __init__(self, name: str, label: str, lines: int, parent: QWidget | None = None, *, many: bool = False) -> None:
        """`many`: each line is a text of its own, so that Enter begins a new one instead of applying."""
        super().__init__(parent)
        self._shown = Bilingual()
        self._many = many
        self._fields: dict[str, QPlainTextEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(3)
        spoken = {"en": _("{label}, English"), "zh": _("{label}, Chinese")}
        for row, each in enumerate(sorted(LANGUAGES, key=lambda other: other != language())):
            field = QPlainTextEdit(self)
            field.setObjectName(f"{name}_{each}")
            field.setAccessibleName(spoken[each].format(label=label))
            field.setTabChangesFocus(True)
            height = QFontMetrics(field.font()).lineSpacing() * lines + 2 * round(field.document().documentMargin())
            field.setFixedHeight(height + 2 * _FRAME)
            field.installEventFilter(self)
            sign = QLabel(_SIGNS[each], self)
            sign.setFont(small(sign.font()))
            sign.setProperty("muted", True)
            grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1)
            self._fields[each] = field
        grid.setColumnMinimumWidth(0, QFontMetrics(self.font()).horizontalAdvance("EN") + 2)

    def show_text(self, text: Bilingual) -> None:
        """Show a text; what a person is writing over the same text is left alone."""
        if text == self._shown and self.text() != self._shown:
            return
        self._shown = text
        for each, field in self._fields.items():
            if field.toPlainText() != getattr(text, each):
                field.setPlainText(getattr(text, each))

    def text(self) -> Bilingual:
        """What stands in the fields."""
        return Bilingual(*(self._plain(self._fields[each].toPlainText()) for each in LANGUAGES))

    def commit(self) -> None:
        """Apply what was written."""
        text = self.text()
        if text != self._shown:
            self._shown = text
            self.edited.emit(text)

    def revert(self) -> None:
        """Forget what was written and not applied."""
        for each, field in self._fields.items():
            field.setPlainText(getattr(self._shown, each))

    def write(self) -> None:
        """Put the cursor into the first field."""
        first = self._fields[language()]
        first.setFocus()
        first.selectAll()

    def _plain(self, written: str) -> str:
        lines = [" ".join(line.split()) for line in written.splitlines()]
        return "\n".join(lines).strip("\n") if self._many else " ".join(line for line in lines if line)

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and QApplication.focusWidget() not in self._fields.values():
            self.commit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and self.text() != self._shown:
                self.revert()
                return True
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and (not self._many or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
                self.commit()
                return True
        return super().eventFilter(field, event)
