"""The page of an explanation: typeset formula, links, and plain text for whoever copies from it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from gui.explain.page import FORMULA, Page
from gui.formula_text import FormulaObject, text_of
from gui.text import _


class ExplanationView(QTextBrowser):
    """Shows one page. What did not change stays where it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty."""
        super().__init__(parent)
        self.setObjectName("explainText")
        self.setAccessibleName(_("Explanation"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(10)
        self._formulas = FormulaObject(self.document(), self)
        self.page: Page | None = None

    def show_page(self, page: Page, *, from_start: bool) -> None:
        """Show a page, at its beginning or where the one before was being read."""
        before, self.page = self.page, page
        at = 0 if from_start else self.verticalScrollBar().value()
        if before is None or before.html != page.html:
            self.setHtml(page.html)
            mark = self.document().find(FORMULA)
            if not mark.isNull():
                mark.removeSelectedText()
                self._formulas.insert(mark, page.latex, page.formula)
        self.verticalScrollBar().setValue(at)

    def show_sentence(self, sentence: str) -> None:
        """A sentence where there is nothing to explain."""
        self.page = None
        self.setPlainText(sentence)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Plain text, with the formula as people type it."""
        data = QMimeData()
        data.setText(text_of(QTextCursor(self.textCursor())))
        return data
