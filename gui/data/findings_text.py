"""The kinds of findings in words."""

from __future__ import annotations

from gui.text import _


def kind_name(kind: str) -> str:
    """What a person calls a kind of finding; its id where it has no name."""
    return _kinds().get(kind, kind)


def _kinds() -> dict[str, str]:
    return {
        "sum": _("Total and parts"),
        "stated": _("Stated balance or sum"),
        "growth": _("Stated growth"),
        "duplicate": _("The same series twice"),
        "repeated": _("The same number again"),
        "group": _("Group beside its members"),
        "negative": _("Negative flow"),
        "above world": _("More than the world"),
        "above total": _("More than the total"),
        "unit": _("Unit"),
        "break": _("Break in a series"),
        "splice": _("Two series joined"),
        "disagreement": _("Two tables disagree"),
        "source": _("Another table says otherwise"),
        "outlier": _("Single odd number"),
        "gap": _("Gap"),
        "vintage": _("Versions mixed"),
        "not checked": _("Not checked"),
    }
