"""What an index is: typeset formula, inputs, meaning, caveats, bands and literature of its catalogue entry."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import (
    QContextMenuEvent,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from core.charts import Chart
from core.definitions import Words, sections
from core.indices.registry import Index
from core.text import text
from gui.formula_text import FormulaObject, text_of
from gui.style import bold
from gui.text import _, show

_GAP = 14.0
"""Between a symbol or interval and what it means, in pixels."""


class AboutIndex(QTextEdit):
    """A page to read and copy from. Texts are inserted as text, never as HTML; it is written when it is first seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until an index is shown."""
        super().__init__(parent)
        self.setObjectName("aboutIndex")
        self.setAccessibleName(_("About this index"))
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(10)
        self._formulas = FormulaObject(self.document(), self)
        self._index: Index | None = None
        self._data: tuple[str, ...] = ()
        self._written: tuple[Index | None, tuple[str, ...]] = (None, ())

    def show_index(self, index: Index, chart: Chart | None) -> None:
        """Describe an index, and the data of a chart of it."""
        self._index = index
        self._data = () if chart is None else tuple(show(each) for each in (*chart.footnote, *chart.sources))
        self.setAccessibleDescription(index.entry.formula)
        if self.isVisible():
            self._write()

    def plain_text(self) -> str:
        """The whole page as it is copied, the formula in its plain form."""
        self._write()
        whole = QTextCursor(self.document())
        whole.select(QTextCursor.SelectionType.Document)
        return text_of(whole)

    def showEvent(self, event: QShowEvent) -> None:
        """Typesetting needs a library that nobody waits for before this page is seen."""
        self._write()
        super().showEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text: that is what every other program understands."""
        data = QMimeData()
        data.setText(text_of(self.textCursor()))
        return data

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, and the formula for those who write papers."""
        menu = self.createStandardContextMenu(event.pos())
        if self._index is not None and self._index.entry.latex:
            menu.addSeparator()
            menu.addAction(_("Copy the formula as LaTeX")).triggered.connect(self.copy_latex)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def copy_latex(self) -> None:
        """Put the formula on the clipboard as it is written in papers."""
        if self._index is not None:
            QGuiApplication.clipboard().setText(self._index.entry.latex)

    def _write(self) -> None:
        if self._index is None or self._written == (self._index, self._data):
            return
        place = self.verticalScrollBar().value() if self._written[0] is self._index else 0
        self._written = (self._index, self._data)
        entry = self._index.entry
        self.clear()
        self._heading(show(text("{name} ({symbol})", name=entry.name, symbol=entry.symbol)), 3, 0)
        self._part(_("Formula"), [])
        cursor = self._block(QTextBlockFormat())
        if entry.latex:
            self._formulas.insert(cursor, entry.latex, entry.formula)
        else:
            cursor.insertText(entry.formula, self._plain())
        if show(entry.notes):
            self._block(QTextBlockFormat()).insertText(show(entry.notes), self._plain())
        for section in sections(self._index):
            self._part(show(section.heading), section.lines)
        self._part(_("Data in this chart"), [("", each) for each in self._data])
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(place)

    def _part(self, heading: str, lines: Iterable[tuple[str, Words]]) -> None:
        kept = [(lead, show(words)) for lead, words in lines if show(words)]
        if not kept and heading != _("Formula"):
            return
        self._heading(heading, 0, 12)
        metrics = QFontMetricsF(self.font())
        indent = max((metrics.horizontalAdvance(lead) for lead, said in kept if lead), default=0.0) + _GAP
        for lead, said in kept:
            shape = QTextBlockFormat()
            if lead:
                shape.setLeftMargin(indent)
                shape.setTextIndent(-indent)
                shape.setTabPositions([QTextOption.Tab(indent, QTextOption.TabType.LeftTab)])
            self._block(shape).insertText(f"{lead}\t{said}" if lead else said, self._plain())

    def _heading(self, text: str, larger: int, above: int) -> None:
        shape, style = QTextBlockFormat(), QTextCharFormat()
        shape.setTopMargin(above)
        shape.setBottomMargin(2)
        font = bold(self.font())
        font.setPointSizeF(font.pointSizeF() + larger)
        style.setFont(font)
        self._block(shape).insertText(text, style)

    def _block(self, shape: QTextBlockFormat) -> QTextCursor:
        """A new paragraph at the end; the first one is there already."""
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self.document().isEmpty():
            cursor.setBlockFormat(shape)
        else:
            cursor.insertBlock(shape)
        return cursor

    def _plain(self) -> QTextCharFormat:
        style = QTextCharFormat()
        style.setFont(QFont(self.font()))
        return style
