"""What has been done, as one sentence for the status line and for screen readers."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from core.text import Bilingual, Text, text
from gui.swot import cells
from gui.swot.board_models import BoardModels
from gui.swot.drops import Plan


def sentence(plan: Plan, models: BoardModels) -> Text | None:
    """What a plan that was carried out has changed: "Moved to Threats, position 2 of 5: now T2"."""
    about = plan.about or (plan.ids[0] if plan.ids else "")
    place, card = models.find(about), models.card(about)
    if place is None or card is None:
        return None
    cell, row = place
    values = {
        "code": card.code,
        "cell": cells.both_names(cell),
        "place": row + 1,
        "count": models[cell].rowCount(),
        "cards": len(plan.ids),
        "cited": tuple(Bilingual(chip.code) for chip in card.chips),
    }
    if plan.deed == "moved" and len(plan.ids) > 1:
        return text("Moved {cards} cards to {cell}, from position {place} of {count}.", **values)
    if plan.deed == "moved":
        return text("Moved to {cell}, position {place} of {count}: now {code}.", **values)
    if plan.deed == "copied":
        return text("Copied to {cell}, position {place} of {count}: {code}.", **values)
    if plan.deed == "added" and len(plan.ids) > 1:
        return text("Added {cards} cards to {cell}.", **values)
    if plan.deed in {"added", "drafted"}:
        return text("Added to {cell}, position {place} of {count}: {code}.", **values)
    if plan.deed == "backed":
        return text("Added evidence to {code}.", **values)
    if plan.deed == "cited":
        return text("{code} now cites {cited}.", **values)
    return None


def announce(widget: QWidget, said: str) -> None:
    """Let a screen reader say it."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, said))
