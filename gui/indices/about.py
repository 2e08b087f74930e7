"""What an index is: formula, meaning, caveats, bands and references of its catalogue entry, and the data used."""

from __future__ import annotations

import math
from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from core.charts import Chart
from core.indices.catalogue import BandSet, Entry
from core.numbers import exact
from gui.style import bold
from gui.text import _, show


class AboutIndex(QTextEdit):
    """A page to read and copy from. Texts are inserted as text, never as HTML."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until an index is shown."""
        super().__init__(parent)
        self.setObjectName("aboutIndex")
        self.setAccessibleName(_("About this index"))
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.document().setDocumentMargin(10)

    def show_entry(self, entry: Entry, chart: Chart | None) -> None:
        """Write the page."""
        self.clear()
        self._heading(f"{show(entry.name)} ({entry.symbol})")
        self._part(_("Formula"), [entry.formula, show(entry.notes)])
        if entry.range:
            ends = "[{}, {}]".format(*(each.replace("-", "−") for each in entry.range))
            neutral = _("neutral value {value}").format(value=exact(entry.neutral)) if entry.neutral is not None else ""
            self._part(_("Range"), [_(", ").join(filter(None, [ends, neutral]))])
        self._part(_("What it says"), [show(entry.meaning)])
        self._part(_("Keep in mind"), [show(entry.caveats)])
        for each in entry.bands:
            self._part(
                _("Bands: {name}").format(name=show(each.name)),
                [*_intervals(each, entry.unit == "%"), _("Source: {source}").format(source=show(each.source))],
            )
        self._part(_("References"), entry.references)
        if chart is not None:
            self._part(_("Data in this chart"), [show(each) for each in (*chart.footnote, *chart.sources)])
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _heading(self, text: str) -> None:
        style = QTextCharFormat()
        style.setFont(bold(self.font()))
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(text, style)

    def _part(self, heading: str, texts: Iterable[str]) -> None:
        kept = [text for text in texts if text]
        if not kept:
            return
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        plain, strong = QTextCharFormat(), QTextCharFormat()
        plain.setFont(self.font())
        strong.setFont(bold(self.font()))
        cursor.insertText(f"\n\n{heading}\n", strong)
        cursor.insertText("\n".join(kept), plain)


def _intervals(bands: BandSet, percent: bool) -> list[str]:
    """Each band with its ends, brackets saying to which band a cut point belongs."""
    found, lower = [], -math.inf
    for band in bands.bands:
        opening = "[" if bands.closed == "left" and lower > -math.inf else "("
        closing = "]" if bands.closed == "right" and band.upper < math.inf else ")"
        ends = f"{opening}{_end(lower, percent)}, {_end(band.upper, percent)}{closing}"
        found.append(f"{ends}  {show(band.name)}")
        lower = band.upper
    return found


def _end(value: float, percent: bool) -> str:
    if math.isinf(value):
        return "−∞" if value < 0 else "∞"
    shown = exact(round(value * 100, 10)) + "%" if percent else exact(round(value, 4))
    return shown.replace("-", "−")
