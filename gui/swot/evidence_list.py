"""The evidence of one factor: what is claimed, what the numbers were and what they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from core.board import Claim, Evidence
from core.claims import Check, State, shown_beside, state_text, statement, subject
from core.project import Project
from gui.style import bold, colours
from gui.swot.arrangement import small
from gui.swot.asking import number_behind
from gui.swot.cell import TARGET
from gui.swot.glyphs import STATE_GLYPHS, draw, icon, state_colour
from gui.text import _, show

_MOST_YEARS = 3


class StateLabel(QWidget):
    """A state as sign and word in its colour."""

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._word = show(state_text(state))
        self.setFont(bold(self.font()))
        self.setAccessibleName(self._word)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.height() + 7 + metrics.horizontalAdvance(self._word), metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, side = QPainter(self), self.fontMetrics().height()
        rect = QRectF(self.rect())
        draw(
            painter,
            STATE_GLYPHS[self._state],
            QRectF(0, (rect.height() - side) / 2, side, side),
            state_colour(self._state),
        )
        painter.setPen(QColor(state_colour(self._state)))
        painter.drawText(rect.adjusted(side + 6, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._word)
        painter.end()


class EvidenceRow(QWidget):
    """One piece of evidence with what can be done with it."""

    detached = Signal(str)
    show_line = Signal(object, object)
    """The key of a line of results, and the window of the claim."""
    asked = Signal(object)
    """The number behind the evidence, to be explained."""

    def __init__(self, evidence: Evidence, result: Check, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._evidence, self._number = evidence, number_behind(evidence, result)
        column = QVBoxLayout(self)
        column.setContentsMargins(9, 6, 5, 6)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(StateLabel(result.state, self), 1)
        away = QToolButton(self)
        away.setObjectName(f"detach-{evidence.id}")
        away.setAutoRaise(True)
        away.setIcon(icon("cross", colours().muted))
        away.setIconSize(QSize(12, 12))
        away.setMinimumSize(TARGET, TARGET)
        away.setToolTip(_("Detach this evidence"))
        away.setAccessibleName(away.toolTip())
        away.clicked.connect(self._detach)
        head.addWidget(away)
        column.addLayout(head)
        for text, pale in described(evidence, result, project):
            label = QLabel(text, self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if pale:
                label.setFont(small(label.font()))
                label.setProperty("muted", True)
            column.addWidget(label)
        if evidence.claim is not None:
            plot = QPushButton(icon("evidence"), _("Show in plot"), self)
            plot.setObjectName(f"showLine-{evidence.id}")
            plot.setMinimumHeight(TARGET)
            plot.clicked.connect(self._show)
            why = QPushButton(_("Explain"), self)
            why.setObjectName(f"explain-{evidence.id}")
            why.setAccessibleName(_("Explain this number"))
            why.setToolTip(_("Explain the number behind this evidence"))
            why.setMinimumHeight(TARGET)
            why.setEnabled(self._number is not None)
            why.clicked.connect(self._ask)
            foot = QHBoxLayout()
            foot.addWidget(plot)
            foot.addWidget(why)
            foot.addStretch(1)
            column.addLayout(foot)

    def _detach(self) -> None:
        self.detached.emit(self._evidence.id)

    def _ask(self) -> None:
        self.asked.emit(self._number)

    def _show(self) -> None:
        claim = self._evidence.claim
        if claim is not None:
            key = (claim.index, claim.component, claim.table, claim.reporter, claim.partner, claim.sector)
            self.show_line.emit(key, claim.window)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours().border), 1))
        painter.setBrush(QColor(colours().surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()


class EvidenceList(QWidget):
    """All evidence of a factor."""

    detached = Signal(str)
    show_line = Signal(object, object)
    asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("evidenceList")
        self._shown: list[tuple[Evidence, Check]] | None = None
        self._rows: list[EvidenceRow] = []
        self._empty = QLabel(_("Nothing backs this factor yet."), self)
        self._empty.setProperty("muted", True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._empty)

    def show_evidence(self, found: Sequence[tuple[Evidence, Check]], project: Project) -> None:
        """Show the evidence with what the data say of it."""
        if list(found) == self._shown:
            return
        self._shown = list(found)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [EvidenceRow(evidence, result, project, self) for evidence, result in found]
        for row in self._rows:
            row.detached.connect(self.detached)
            row.show_line.connect(self.show_line)
            row.asked.connect(self.asked)
            self._column.addWidget(row)
            row.show()  # at once; a layout would do it when the loop comes round
        self._empty.setVisible(not self._rows)


def described(evidence: Evidence, result: Check, project: Project) -> list[tuple[str, bool]]:
    """The lines under a state: what is claimed, was and now, where it fails, where it comes from."""
    claim = evidence.claim
    if claim is None:
        return [(show(evidence.note) or _("Without a note"), False)]
    lines = [(show(statement(claim)), False)]
    taken = evidence.snapshot.values if evidence.snapshot else {}
    years = result.failing if result.state is State.CONTRADICTED and claim.quantifier == "all" else ()
    for year in years[:_MOST_YEARS] or (max(taken),) * bool(taken):
        was = shown_beside(claim, taken[year]) if year in taken else "–"
        now = shown_beside(claim, result.values[year]) if year in result.values else "–"
        lines.append((_("{year}: was {was}, now {now}").format(year=year, was=was, now=now), False))
    if result.failing:
        failing = _(", ").join(str(year) for year in result.failing)
        says = _("No value in {years}") if result.state is State.NO_DATA else _("Fails in {years}")
        lines.append((says.format(years=failing), False))
    source = _(", ").join(_subject(claim, project))
    if evidence.snapshot is None:
        return [*lines, (source, True)]
    return [*lines, (_("{source}; values kept on {date}").format(source=source, date=evidence.snapshot.taken), True)]


def _subject(claim: Claim, project: Project) -> list[str]:
    """Economies, sectors, component and table that a claim speaks of."""
    table = project.table(claim.table)
    named = [show(name) for name in subject(claim, project)]
    return [*named, show(table.title) if table is not None else _("a table that is gone")]
