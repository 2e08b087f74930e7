"""The panel “Explain this number”: one value with its formula, inputs, cells, settings and bands, kept up to date."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.explain import Cell, Explanation, Wanted, explain, sentence, tabular
from core.text import text
from gui.explain.page import Page
from gui.explain.view import ExplanationView
from gui.session import Session
from gui.text import _, language


class ExplainPanel(QDockWidget):
    """Explains one value at a time; follows every change of the data while it is open."""

    cell_wanted = Signal(object)
    """A `Cell` whose place in the data is to be shown."""
    said = Signal(object)
    """A `Text`: what has just been done."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        """Empty until a value is asked for."""
        super().__init__(_("Explain this number"), parent)
        self.setObjectName("explainPanel")
        self.setAccessibleName(_("Explain this number"))
        self.setAllowedAreas(Qt.DockWidgetArea.LeftDockWidgetArea | Qt.DockWidgetArea.RightDockWidgetArea)
        self._session = session
        self._wanted: Wanted | None = None
        self._before: list[Wanted] = []
        self._explanation: Explanation | None = None
        self._build()
        session.results_changed.connect(self._follow)
        self.visibilityChanged.connect(self._follow)

    def _build(self) -> None:
        self.back = QToolButton()
        self.back.setObjectName("explainBack")
        self.back.setText("◀")
        self.back.setAccessibleName(_("Back to the number explained before"))
        self.back.setToolTip(self.back.accessibleName())
        self.back.clicked.connect(self._go_back)
        self.view = ExplanationView()
        self.view.anchorClicked.connect(self._open)
        self.copy_sentence = _button("explainCopy", _("Copy sentence"), _("Copy the explanation as one sentence"))
        self.copy_sentence.clicked.connect(self._copy_sentence)
        other = _("Copy in Chinese") if language() == "en" else _("Copy in English")
        self.copy_other = _button("explainCopyOther", other, other)
        self.copy_other.clicked.connect(self._copy_other)
        self.copy_table = _button("explainCopyTable", _("Copy table"), _("Copy all of it for a spreadsheet"))
        self.copy_table.clicked.connect(self._copy_table)
        buttons = QHBoxLayout()
        for each in (self.back, self.copy_sentence, self.copy_other, self.copy_table):
            buttons.addWidget(each)
        buttons.addStretch(1)
        body = _Body()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 6)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        self.setWidget(body)
        close = QShortcut(QKeySequence("Escape"), self)
        close.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        close.activated.connect(self.close)

    @property
    def wanted(self) -> Wanted | None:
        """What is explained; None while the panel is closed."""
        return self._wanted if not self.isHidden() else None

    def show_value(self, wanted: Wanted) -> None:
        """Explain a number; asked for it again, take the keyboard. The one before can be gone back to."""
        if self.wanted == wanted:
            self.view.setFocus()
            return
        if self._wanted is not None and self._wanted != wanted:
            self._before.append(self._wanted)
        self._turn_to(wanted)

    def turn_to(self, wanted: Wanted) -> None:
        """Explain another number if the panel is open, without a way back: a person moves through the values."""
        if self.isVisible() and self._wanted != wanted:
            self._before.clear()
            self._turn_to(wanted)

    def _turn_to(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.show()
        self.raise_()
        self._refresh(from_start=True)

    def _go_back(self) -> None:
        if self._before:
            self._turn_to(self._before.pop())

    def _follow(self, *_what: object) -> None:
        if self._wanted is not None and not self.isHidden():
            self._refresh()

    def _refresh(self, *, from_start: bool = False) -> None:
        """Explain again; what is read stays in place where nothing has changed."""
        assert self._wanted is not None
        wanted = self._wanted
        self._explanation = explain(self._session.results, wanted.key, wanted.year, wanted.settings)
        self.back.setVisible(bool(self._before))
        for button in (self.copy_sentence, self.copy_other, self.copy_table):
            button.setEnabled(self._explanation is not None)
        if self._explanation is None:
            self.view.show_sentence(
                _("This number is gone: its table, series or year is no longer there, or it cannot be computed.")
            )
        else:
            self.view.show_page(Page(self._explanation), from_start=from_start)

    def _open(self, link: QUrl) -> None:
        target = self.view.page.targets[int(link.toString())] if self.view.page is not None else None
        if isinstance(target, Cell):
            self.cell_wanted.emit(target)
        elif target is not None:
            self.show_value(target)

    def _copy_sentence(self) -> None:
        self._copy_in(language())

    def _copy_other(self) -> None:
        self._copy_in("zh" if language() == "en" else "en")

    def _copy_in(self, wanted: str) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(sentence(self._explanation, wanted))
            self.said.emit(text("The sentence is copied."))

    def _copy_table(self) -> None:
        if self._explanation is not None:
            QGuiApplication.clipboard().setText(tabular(self._explanation, language()))
            self.said.emit(text("The table is copied."))


class _Body(QWidget):
    def sizeHint(self) -> QSize:
        """Wide enough for a number beside its words."""
        return QSize(420, 600)


def _button(name: str, words: str, more: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName(name)
    button.setToolTip(more)
    button.setAccessibleName(more)
    return button
