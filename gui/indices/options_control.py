"""What becomes of the settings of the index that is shown: edits of the project, and the comparison of two of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from core.indices.registry import Index
from core.options import concerning, options, shown, value
from core.project import Project
from core.results import Results
from gui.indices.comparison_bar import ComparisonBar
from gui.indices.options_button import OptionsButton, Shown
from gui.session import Session

Compared = tuple[str, object]
"""An option and the value that the one in force is compared with."""


class OptionsControl(QObject):
    """Between the button with the settings, the bar of the comparison and the session."""

    changed = Signal()
    """Something else is compared, or nothing."""

    def __init__(self, session: Session, button: OptionsButton, bar: ComparisonBar, parent: QWidget) -> None:
        """Escape anywhere in `parent` ends a comparison."""
        super().__init__(parent)
        self._session, self._button, self._bar = session, button, bar
        self.compared: Compared | None = None
        """Kept while indices are shown that it does not concern."""
        button.chosen.connect(self._choose)
        button.compared.connect(self.compare)
        button.reset.connect(self._reset)
        bar.taken.connect(self._take)
        bar.left.connect(self.end)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), parent, self.end)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)

    def compare(self, option: str, other: object) -> None:
        """Show every line under the setting in force and under another one; the same again ends it."""
        self.compared = None if self.compared == (option, other) else (option, other)
        self.changed.emit()

    def end(self) -> None:
        """One line each again."""
        self.compared = None
        self.changed.emit()

    def comparison(self, index: Index, project: Project) -> Compared | None:
        """What is compared under an index: nothing where it does not concern it, or where both are the same."""
        if self.compared is None:
            return None
        option, other = self.compared
        chosen = project.analysis.options
        return self.compared if option in concerning(index, chosen) and value(chosen, option) != other else None

    def show_index(self, index: Index, results: Results, project: Project) -> None:
        """Bring the button and the bar up to an index; `project` may be newer than the results."""
        sectors = {label.id: label.name for label in project.labels("sector") if label.role != "total"}
        compared = self.comparison(index, results.project)
        self._button.show_options(Shown(index, project.analysis.options, compared, sectors))
        self._bar.setVisible(compared is not None)
        self._escape.setEnabled(compared is not None)
        if compared is not None:
            option, other = compared
            now = value(results.project.analysis.options, option)
            self._bar.say(shown(option, now, sectors), shown(option, other, sectors))

    def _choose(self, option: str, wanted: object) -> None:
        self._session.attempt("set_option", name=option, value=wanted)

    def _reset(self, aside: tuple[str, ...]) -> None:
        """One step to undo."""
        together = object()
        for each in aside:
            self._session.attempt("set_option", merge=together, name=each, value=options()[each].default)

    def _take(self) -> None:
        if self.compared is not None:
            (option, other), self.compared = self.compared, None
            self._choose(option, other)
            self.changed.emit()
