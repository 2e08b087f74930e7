"""The cells of the board: what they are called, where they stand, and what an empty one says."""

from __future__ import annotations

from core.board import QUADRANTS, STRATEGY_TYPES
from core.text import Bilingual
from gui.text import _, language

ADVICE = "P"
"""The cell of the recommendations."""
CELLS = (*QUADRANTS, *STRATEGY_TYPES, ADVICE)
READING_ORDER = ("S", "W", "O", "SO", "WO", "T", "ST", "WT", ADVICE)

_NAMES = {
    "S": Bilingual("Strengths", "优势"),
    "W": Bilingual("Weaknesses", "劣势"),
    "O": Bilingual("Opportunities", "机会"),
    "T": Bilingual("Threats", "威胁"),
    "SO": Bilingual("Growth", "增长型战略"),
    "WO": Bilingual("Turnaround", "扭转型战略"),
    "ST": Bilingual("Stability", "稳定型战略"),
    "WT": Bilingual("Defence", "防御型战略"),
    ADVICE: Bilingual("Recommendations", "政策建议"),
}


def name(cell: str) -> str:
    """The cell's name in the language of the window."""
    return _NAMES[cell].show(language())


def both_names(cell: str) -> Bilingual:
    """Both names: a board is often shown to readers of either language."""
    return _NAMES[cell]


def other_name(cell: str) -> str:
    """The name in the language that the window does not speak, set small beside the first."""
    return _NAMES[cell].show("en" if language() == "zh" else "zh")


def singular(cell: str) -> str:
    """What one card of the cell is called when it is read aloud."""
    return {
        "S": _("Strength"),
        "W": _("Weakness"),
        "O": _("Opportunity"),
        "T": _("Threat"),
        ADVICE: _("Recommendation"),
    }.get(cell) or _("{cell} strategy").format(cell=cell)


def meaning(cell: str) -> str:
    """One line that says what belongs here; the tool tip of the header."""
    return {
        "S": _("What the subject does well and can change itself"),
        "W": _("What the subject lacks and can change itself"),
        "O": _("What helps from outside and cannot be changed"),
        "T": _("What harms from outside and cannot be changed"),
        "SO": _("Use strengths to take opportunities"),
        "WO": _("Overcome weaknesses with the help of opportunities"),
        "ST": _("Use strengths to withstand threats"),
        "WT": _("Reduce weaknesses and avoid threats"),
        ADVICE: _("Groups of actions that carry out the strategies"),
    }[cell]


def hint(cell: str) -> str:
    """What an empty cell says."""
    if cell in QUADRANTS:
        return _("Press + or Enter to write a factor. A line of results dropped here becomes one with live evidence.")
    if cell == ADVICE:
        return _("Press + or Enter to write a recommendation, then drop strategies and factors on it.")
    return _("Drop {first} and {second} here to draft a strategy that cites them.").format(
        first=name(cell[0]), second=name(cell[1])
    )


def is_quadrant(cell: str) -> bool:
    """True for S, W, O and T."""
    return cell in QUADRANTS


def kin(cell: str) -> tuple[str, ...]:
    """The cells whose cards are of the same kind, in the order of Alt+1 to Alt+4."""
    return QUADRANTS if cell in QUADRANTS else STRATEGY_TYPES if cell in STRATEGY_TYPES else (ADVICE,)
