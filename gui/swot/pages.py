"""What the inspector shows of a factor, a strategy, a recommendation, or the board itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from core.board import QUADRANTS, STRATEGY_TYPES, Factor, Recommendation, Strategy
from core.text import Bilingual
from gui.swot.board_models import BoardModels
from gui.swot.cards import Card, tested
from gui.swot.commands import Commands
from gui.swot.drops import Plan
from gui.swot.evidence_list import EvidenceList
from gui.swot.link_menu import with_link
from gui.swot.page import Head, Page, button_of
from gui.swot.writing import item
from gui.text import _


class FactorPage(Page):
    """Texts, evidence and citations of a factor."""

    show_line = Signal(object, object)
    asked = Signal(object)

    def __init__(self, models: BoardModels, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(models, parent)
        self.head = Head(QUADRANTS, self)
        self.head.chosen.connect(self._move)
        self.column.addWidget(self.head)
        self.words = self.field("factorText", _("Text"), 2)
        self.heading(_("Evidence"), button_of(commands, "evidence", self))
        self.evidence = EvidenceList(self)
        self.evidence.detached.connect(self._detach)
        self.evidence.show_line.connect(self.show_line)
        self.evidence.asked.connect(self.asked)
        self.column.addWidget(self.evidence)
        self.heading(_("Cited by"), button_of(commands, "cite", self))
        self.cited_by = self.links("citedBy", _("No strategy cites this factor."))
        self.cited_by.removed.connect(self._uncite)
        self.note = self.field("factorNote", _("Note"), 4)
        for edit in (self.words, self.note):
            edit.edited.connect(self._write)
        self.column.addStretch(1)

    def show_factor(self, factor: Factor, card: Card) -> None:
        """Show a factor."""
        self.shown = factor.id
        self.head.show_card(card)
        self.words.show_text(factor.text)
        self.note.show_text(factor.note)
        session = self.models.session
        self.evidence.show_evidence(tested(factor, session.results), session.project)
        citing = session.project.board.cited_by(factor.id)
        self.cited_by.show_cards([(card, True) for card, _fits in self.cards(each.id for each in citing)])

    def _write(self) -> None:
        arguments = {"factor": self.shown, "text": self.words.text(), "note": self.note.text()}
        self.models.session.attempt("set_factor_text", **arguments)

    def _move(self, cell: str) -> None:
        arguments = {"factors": (self.shown,), "quadrant": cell}
        self.models.carry_out(Plan("move_factors", arguments, (self.shown,), "moved"))

    def _detach(self, evidence: str) -> None:
        self.models.session.attempt("remove_evidence", factor=self.shown, evidence=evidence)

    def _uncite(self, strategy: str) -> None:
        self.models.session.attempt("uncite", strategy=strategy, factors=(self.shown,))


class StrategyPage(Page):
    """Texts and citations of a strategy."""

    def __init__(self, models: BoardModels, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(models, parent)
        self.head = Head(STRATEGY_TYPES, self)
        self.head.chosen.connect(self._move)
        self.column.addWidget(self.head)
        self.title = self.field("strategyTitle", _("Title"), 2)
        self.heading(_("Cites"), button_of(commands, "cite", self))
        self.cites = self.links("cites", _("Drop factors on this strategy to cite them."))
        self.cites.removed.connect(self._uncite)
        self.words = self.field("strategyText", _("Text"), 5)
        for edit in (self.title, self.words):
            edit.edited.connect(self._write)
        self.column.addStretch(1)

    def show_strategy(self, strategy: Strategy, card: Card) -> None:
        """Show a strategy."""
        self.shown = strategy.id
        self.head.show_card(card)
        self.title.show_text(strategy.title)
        self.words.show_text(strategy.text)
        self.cites.show_cards(self.cards(strategy.cites, strategy.type))

    def _write(self) -> None:
        before = self.models.session.project.board.strategy(self.shown)
        merge = ("drafted", self.shown) if before is not None and before.title == Bilingual() else None
        arguments = {"strategy": self.shown, "title": self.title.text(), "text": self.words.text()}
        self.models.session.attempt("set_strategy_text", merge=merge, **arguments)

    def _move(self, cell: str) -> None:
        arguments = {"strategies": (self.shown,), "kind": cell}
        self.models.carry_out(Plan("move_strategies", arguments, (self.shown,), "moved"))

    def _uncite(self, factor: str) -> None:
        self.models.session.attempt("uncite", strategy=self.shown, factors=(factor,))


class AdvicePage(Page):
    """Title, actions and links of a recommendation."""

    def __init__(self, models: BoardModels, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(models, parent)
        self.head = Head((), self)
        self.column.addWidget(self.head)
        self.title = self.field("adviceTitle", _("Title"), 2)
        self.actions_text = self.field("adviceActions", _("Actions, one on each line"), 6, many=True)
        for edit in (self.title, self.actions_text):
            edit.edited.connect(self._write)
        self.heading(_("Carries out and answers"), button_of(commands, "cite", self))
        self.linked = self.links("linked", _("Drop strategies and factors on this recommendation to link them."))
        self.linked.removed.connect(self._unlink)
        self.column.addStretch(1)

    def show_advice(self, advice: Recommendation, card: Card) -> None:
        """Show a recommendation."""
        self.shown = advice.id
        self.head.show_card(card)
        self.title.show_text(advice.title)
        lines = [
            Bilingual("\n".join(each.en for each in advice.actions), "\n".join(each.zh for each in advice.actions))
        ]
        self.actions_text.show_text(lines[0])
        self.linked.show_cards(self.cards((*advice.strategies, *advice.factors)))

    def _write(self) -> None:
        advice = item(self.models.session.project.board, self.shown)
        if isinstance(advice, Recommendation):
            written = self.actions_text.text()
            pairs = zip_longest(written.en.split("\n"), written.zh.split("\n"), fillvalue="")
            actions = tuple(Bilingual(*pair) for pair in pairs if any(pair))
            changed = replace(advice, title=self.title.text(), actions=actions)
            self.models.session.attempt("set_recommendation", recommendation=changed)

    def _unlink(self, linked: str) -> None:
        advice = item(self.models.session.project.board, self.shown)
        if isinstance(advice, Recommendation):
            changed = with_link(advice, self.models, linked, on=False)
            self.models.session.attempt("set_recommendation", recommendation=changed)


class BoardPage(Page):
    """Title and objective of the board; shown while nothing is selected."""

    def __init__(self, models: BoardModels, parent: QWidget | None = None) -> None:
        super().__init__(models, parent)
        label = QLabel(_("Select a card to see its evidence and citations."), self)
        label.setWordWrap(True)
        label.setProperty("muted", True)
        self.column.addWidget(label)
        self.title = self.field("boardTitleText", _("Title"), 2)
        self.objective = self.field("boardObjectiveText", _("Objective"), 4)
        for edit in (self.title, self.objective):
            edit.edited.connect(self._write)
        self.column.addStretch(1)

    def show_board(self) -> None:
        """Show the texts of the board."""
        board = self.models.session.project.board
        self.title.show_text(board.title)
        self.objective.show_text(board.objective)

    def _write(self) -> None:
        arguments = {"title": self.title.text(), "objective": self.objective.text()}
        self.models.session.attempt("set_board_texts", **arguments)
