"""Below the preview: what will come out, what is still open, and the names that a person can confirm."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.files.importing import Imported
from core.files.mapping import SheetMapping
from core.files.parts import Part
from core.files.questions import Question, questions
from core.files.report import Suggestion
from core.measures import measures
from core.units import Unit
from gui.importing.words import contradictions, outcome, roles, series_names
from gui.style import colours
from gui.text import _, show

_MOST_SERIES, _MOST_NAMES = 200, 30


class Outcome(QWidget):
    """Shows what came of a table; a person confirms or rejects names here."""

    meant = Signal(object)
    """A tuple of `Suggestion`s that are right."""
    rejected = Signal(object)
    """A `Suggestion` that is wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty at first."""
        super().__init__(parent)
        self.problem, self.headline, self.asked = QLabel(), QLabel(), QLabel()
        self.summary, self.series = QLabel(), QListWidget()
        for label, name, words in (
            (self.problem, "importProblem", _("What is in the way")),
            (self.headline, "importHeadline", _("What will come out")),
            (self.asked, "importAsked", _("What is not certain")),
            (self.summary, "importSummary", _("What will come out")),
        ):
            label.setObjectName(name)
            label.setAccessibleName(words)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem.setStyleSheet(f"color: {colours().bad};")
        self.asked.setStyleSheet(f"color: {colours().warning};")
        self.headline.setProperty("heading", True)
        self.series.setObjectName("importSeries")
        self.series.setAccessibleName(_("Series that will come out"))
        self.series.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._names = QWidget()
        self._rows = QVBoxLayout(self._names)
        self._rows.setContentsMargins(0, 0, 0, 6)
        self._rows.setSpacing(4)
        self._shown: tuple[Suggestion, ...] = ()
        self._names.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for widget in (self.problem, self.headline, self.asked, self._names, self.summary):
            column.addWidget(widget)
        column.addStretch()
        self._area = QScrollArea()
        self._area.setObjectName("importOutcome")
        self._area.setAccessibleName(_("What will come out"))
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._area, 3)
        row.addWidget(self.series, 2)

    def show_result(
        self,
        result: Imported | None,
        problem: str,
        more: Sequence[str],
        dismissed: set[tuple[str, str]],
        asked: Sequence[str] = (),
    ) -> None:
        """Show what came of a part.

        `more` are further sentences, `asked` those about what is not certain, and `dismissed` names are no longer
        asked about.
        """
        table = result.table if result is not None and not problem else None
        report = result.report if table is not None and result is not None else None
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        headline, *said = outcome(report) if report is not None else [""]
        if problem and result is not None and result.report is not None:
            said = contradictions(result.report)
        self.summary.setText("\n".join([*more, *said]))
        self.headline.setText(headline)
        self.asked.setText("\n".join(asked) if report is not None else "")
        for label in (self.headline, self.asked, self.summary):
            label.setVisible(bool(label.text()))
        self.series.clear()
        if table is not None:
            self.series.addItems(series_names(table, _MOST_SERIES))
        found = tuple(
            each
            for each in (report.suggestions if report is not None else ())
            if (each.dimension, each.name) not in dismissed
        )
        if found != self._shown:
            self._shown = found
            self._fill_names()

    # ---- names ----

    def _fill_names(self) -> None:
        while (taken := self._rows.takeAt(0)) is not None:
            widget = taken.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._names.setVisible(bool(self._shown))
        if not self._shown:
            return
        by_name = self._by_name()
        heading = QLabel(_("Names that are not known. Do they mean these?"))
        heading.setProperty("heading", True)
        top = QWidget()
        row = QHBoxLayout(top)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(heading, 1)
        if sum(len(each) == 1 for each in by_name) > 1:
            row.addWidget(self._button("importMeantAll", _("Yes to all"), _("Yes to all"), self._confirm_all))
        self._rows.addWidget(top)
        for at, each in enumerate(by_name[:_MOST_NAMES]):
            self._rows.addWidget(self._question(at, each))
        if len(by_name) > _MOST_NAMES:
            self._rows.addWidget(QLabel(_("… and {count} more").format(count=len(by_name) - _MOST_NAMES)))

    def _by_name(self) -> list[tuple[Suggestion, ...]]:
        """The suggestions for each name, in the order of the names."""
        found: dict[tuple[str, str], list[Suggestion]] = {}
        for each in self._shown:
            found.setdefault((each.dimension, each.name), []).append(each)
        return [tuple(each) for each in found.values()]

    def _question(self, at: int, meanings: tuple[Suggestion, ...]) -> QWidget:
        """Yes or no where there is one suggestion, else a choice."""
        box, one = QWidget(), meanings[0]
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        role = roles()[one.dimension]
        if len(meanings) == 1:
            asked = _("{role}: “{name}” means {meant}?").format(role=role, name=one.name, meant=show(one.shown))
        else:
            asked = _("{role}: “{name}” means").format(role=role, name=one.name)
        label = QLabel(asked)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        row.addWidget(label, 1)
        if len(meanings) > 1:
            row.addWidget(self._choice(at, asked, meanings), 1)
            return box
        for name, words, do in (
            (f"importMeantYes{at}", _("Yes"), partial(self._confirm, one)),
            (f"importMeantNo{at}", _("No"), partial(self._reject, one)),
        ):
            row.addWidget(self._button(name, words, f"{asked} {words}", do))
        return box

    def _choice(self, at: int, asked: str, meanings: tuple[Suggestion, ...]) -> QComboBox:
        """One of several meanings, or none."""
        choice = QComboBox()
        choice.setObjectName(f"importMeant{at}")
        choice.setAccessibleName(asked)
        choice.addItem(_("Choose …"))
        for each in meanings:
            choice.addItem(show(each.shown), each)
        choice.addItem(_("None of them"), meanings[0])
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        choice.setMinimumContentsLength(10)
        choice.activated.connect(partial(self._choose, choice))
        return choice

    def _choose(self, choice: QComboBox, at: int) -> None:
        if 0 < at < choice.count() - 1:
            self._confirm(choice.itemData(at))
        elif at:
            self._reject(choice.itemData(at))

    def _button(self, name: str, words: str, said: str, do: object) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.setAccessibleName(said)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _confirm(self, each: Suggestion) -> None:
        self.meant.emit((each,))

    def _reject(self, each: Suggestion) -> None:
        self.rejected.emit(each)

    def _confirm_all(self) -> None:
        """What is certain to be meant if anything is; names with several meanings stay open."""
        self.meant.emit(tuple(each[0] for each in self._by_name() if len(each) == 1))


def asked_of(part: Part, fields: set[str]) -> list[Question]:
    """What is to be asked about a part, given the fields that nothing answers; rates have no unit to ask for."""
    return [each for each in questions(part) if each.kind in fields or each.kind not in {"unit", "measure", "year"}]


def open_questions(mapping: SheetMapping | None, result: Imported | None) -> set[str]:
    """The fields that nothing in the file answers: "unit", "year", "measure", "twice".

    Only the last has to be answered.
    """
    found: set[str] = set()
    if mapping is None or result is None:
        return found
    table, report = result.table, result.report
    if table is None and report is not None and report.duplicate_count:
        found.add("twice")
    if mapping.year is None and not mapping.says("year"):
        found.add("year")
    if table is not None:
        ids = [label.id for label in table.labels["measure"]]
        pairs = set(zip(table.series.measure.tolist(), table.series.unit.tolist(), strict=True))
        known = measures()
        found |= {
            "unit"
            for code, unit in pairs
            if table.units[unit] == Unit() and ids[code] in known and known[ids[code]].unit == "money"
        }
        found |= {"measure"} if "value" in ids else set()
    return found
