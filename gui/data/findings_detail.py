"""One finding in full: what, why, what to do, and links to its cells."""

from __future__ import annotations

import html
from collections.abc import Iterable

from PySide6.QtCore import QUrl, Signal
from PySide6.QtWidgets import QTextBrowser, QWidget

from core.checks.finding import Finding, Spot
from core.project import Project
from core.review import level_word
from core.table import DIMENSIONS
from gui.data.findings_model import Row
from gui.data.findings_signs import SIGNS, colour
from gui.text import _, language, show

_MOST_LINKS = 12
_PARAGRAPH = "<p style='margin: 0 0 5px 0'>"


class FindingDetail(QTextBrowser):
    """A page to read and copy from; texts of users and files are escaped."""

    spot_chosen = Signal(object)
    """The `Spot` of a link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until a finding is shown."""
        super().__init__(parent)
        self.setObjectName("findingDetail")
        self.setAccessibleName(_("The chosen finding"))
        self.setOpenLinks(False)
        self.document().setDocumentMargin(8)
        self._spots: tuple[Spot, ...] = ()
        self._html = ""
        self.anchorClicked.connect(self._follow)

    def show_row(self, project: Project, row: Row | None) -> None:
        """Write the page; empty without a finding."""
        self._spots = row.finding.spots if row is not None else ()
        written = "".join(self._written(project, row)) if row is not None else ""
        if written != self._html:
            self._html = written
            self.setHtml(written)

    def _written(self, project: Project, row: Row) -> Iterable[str]:
        finding = row.finding
        sign = f"<span style='color:{colour(finding.level)}'>{SIGNS[finding.level]}</span>"
        level = _escaped(level_word(finding.level, language()))
        yield f"{_PARAGRAPH}{sign} <b>{level}</b>&nbsp; {_escaped(row.what)}</p>"
        parts = [
            (_("Dismissed"), row.reason),
            (_("Why we think so"), finding.why),
            (_("What to do"), finding.advice),
            (_("Where"), None if finding.spots else _(", ").join(filter(None, [row.branch, row.where]))),
        ]
        for heading, said in parts:
            if said:
                yield f"{_PARAGRAPH}<b>{_escaped(heading)}</b><br>{_escaped(show(said))}</p>"
        yield from self._also(finding)
        links = [f"<a href='spot:{at}'>{_escaped(spot_words(project, spot))}</a>"
                 for at, spot in enumerate(finding.spots[:_MOST_LINKS])]  # fmt: skip
        more = len(finding.spots) - len(links)
        if more > 0:
            links.append(_escaped(_("… and {count} more").format(count=f"{more:,}")))
        if links:
            yield f"{_PARAGRAPH}<b>{_escaped(_('Cells'))}</b><br>{'<br>'.join(links)}</p>"

    def _also(self, finding: Finding) -> Iterable[str]:
        """The findings that the chosen one stands for, each with a link to its first cell."""
        lines = []
        for sign in finding.also[:_MOST_LINKS]:
            near = sign.where[1:] if sign.where[:1] == finding.where[:1] else ()
            said = _escaped(_(", ").join(show(part) for part in near or sign.where))
            if sign.spots:
                said = f"<a href='spot:{len(self._spots)}'>{said}</a>"
                self._spots = (*self._spots, sign.spots[0])
            lines.append(f"{said} – {_escaped(show(sign.text))}")
        more = len(finding.also) - len(lines)
        if more > 0:
            lines.append(_escaped(_("… and {count} more").format(count=f"{more:,}")))
        if lines:
            yield f"{_PARAGRAPH}<b>{_escaped(_('Also'))}</b><br>{'<br>'.join(lines)}</p>"

    def _follow(self, link: QUrl) -> None:
        if link.scheme() == "spot":
            self.spot_chosen.emit(self._spots[int(link.path())])


def spot_words(project: Project, spot: Spot) -> str:
    """A cell in words: its table, its series and its period."""
    table = project.table(spot.table)
    if table is None:
        return spot.table
    labels = (
        next((label for label in table.labels[dimension] if label.id == wanted), None)
        for dimension, wanted in zip(DIMENSIONS, spot.series, strict=True)
    )
    names = [show(label.name) for label in labels if label is not None]
    at = table.period(spot.period) if spot.period is not None else -1
    return " · ".join(filter(None, [show(table.title), *names, table.periods.name(at) if at >= 0 else ""]))


def _escaped(said: str) -> str:
    return html.escape(said).replace("\n", "<br>")
