"""The models of all cells, kept in step with one session."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Signal

from core.claims import Check
from core.project import Project
from core.results import Results
from gui.session import Session
from gui.swot.cards import Card, cards, tested
from gui.swot.cell_model import CellModel
from gui.swot.cells import CELLS
from gui.swot.drops import Plan


class BoardModels(QObject):
    """One model for each cell; they change when the board or what the data say of it changes."""

    changed = Signal()
    """After all models are up to date."""
    done = Signal(object)
    """A `Plan` that was just carried out by a drop, a key or a click."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._models = {cell: CellModel(session, cell, self) for cell in CELLS}
        for model in self._models.values():
            model.done.connect(self.done)
        self._show()
        session.project_changed.connect(self._project_changed)
        session.results_changed.connect(self._results_changed)

    def __getitem__(self, cell: str) -> CellModel:
        """The model of a cell."""
        return self._models[cell]

    def cards(self) -> Iterator[Card]:
        """Every card, cell after cell."""
        for model in self._models.values():
            yield from (card for card in map(model.card, range(model.rowCount())) if card.id)

    def card(self, card_id: str) -> Card | None:
        """The card with this id, wherever it is."""
        return next((card for card in self.cards() if card.id == card_id), None)

    def find(self, card_id: str) -> tuple[str, int] | None:
        """Cell and row of a card."""
        found = ((cell, model.row(card_id)) for cell, model in self._models.items())
        return next(((cell, row) for cell, row in found if row >= 0), None)

    def carry_out(self, plan: Plan) -> bool:
        """Do what a key or a click asks for; selection and announcement follow as after a drop."""
        return self._models["S"].carry_out(plan)

    def _project_changed(self, before: Project, after: Project) -> None:
        if before.board is not after.board or before.id != after.id:
            self._show()

    def _results_changed(self, results: Results) -> None:
        """Most edits of numbers leave every claim as it is, and then no card is worked out again."""
        if self._shown[0] is not self.session.project.board or self._shown[1:] != _tests(self.session.project, results):
            self._show()

    def _show(self) -> None:
        self._shown = (self.session.project.board, *_tests(self.session.project, self.session.results))
        made: Mapping[str, tuple[Card, ...]] = cards(self.session.project, self.session.results)
        for cell, model in self._models.items():
            model.show(made[cell])
        self.changed.emit()


def _tests(project: Project, results: Results) -> tuple[list[Check], ...]:
    """What the data say of each factor, in the order of the board."""
    return tuple([check for _evidence, check in tested(factor, results)] for factor in project.board.factors)
