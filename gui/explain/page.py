"""An explanation as a page of rich text with links. Texts of users and files are escaped, never taken for HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable

from core.explain import Cell, Explanation, Piece, Section, Wanted, result, sections, subject
from core.status import Status, status_text
from core.text import text
from gui.style import colours
from gui.text import show

Target = Cell | Wanted
FORMULA = "\ue000"
"""Stands where the typeset formula belongs."""
VALUE = "\ue001"


class Page:
    """The text of one explanation, and what its links lead to: a link is the position of its target."""

    def __init__(self, explanation: Explanation) -> None:
        """`latex` and `formula` are what stands at `FORMULA`."""
        self.targets: list[Target] = []
        self.latex, self.formula = explanation.entry.latex, explanation.entry.formula
        self.html = "".join(self._parts(explanation))

    def _parts(self, explanation: Explanation) -> Iterable[str]:
        value = show(result(explanation)) if explanation.fine else "–"
        heading = show(text("{subject}: {value}", subject=subject(explanation), value=VALUE))
        value = f"<b>{_text(value)}</b>"
        yield f"<p style='font-size:large'>{_text(heading).replace(VALUE, value)}</p>"
        yield f"<p style='color:{colours().muted}'>{_text(show(explanation.table))}</p>"
        if explanation.fine and explanation.status != Status.OK:
            yield f"<p style='color:{colours().warning}'>{_text(show(status_text(explanation.status)))}</p>"
        for each in sections(explanation):
            colour = colours().bad if each.id == "missing" else colours().muted
            yield f"<h4 style='color:{colour}; margin-top:14px; margin-bottom:2px'>{_text(show(each.heading))}</h4>"
            yield from self._section(each)

    def _section(self, section: Section) -> Iterable[str]:
        if section.id == "inputs":
            yield from self._inputs(section)
        elif section.id.startswith("terms"):
            yield from self._table(section)
        else:
            for at, (depth, pieces) in enumerate(section.rows):
                if section.id == "formula" and at == 0 and self.latex:
                    yield f"<p>{FORMULA}</p>"
                    continue
                muted = f"color:{colours().muted};" if depth or (section.id == "formula" and at > 1) else ""
                said = " ".join(map(self._said, pieces))
                yield f"<p style='margin-top:2px; margin-bottom:2px; margin-left:{12 * depth}px; {muted}'>{said}</p>"

    def _inputs(self, section: Section) -> Iterable[str]:
        """Each input with its number, its words and its cell; the series of a sum below it."""
        yield "<table width='100%' cellspacing='0' cellpadding='3'>"
        for depth, pieces in section.rows:
            symbol, words, number, unit, *origin = pieces
            said = "<br>".join(map(self._said, (words, *(each for each in origin if each.said))))
            amount = self._said(number)
            if depth:
                cells = f"<td style='color:{colours().muted}'>{said}</td><td align='right'>{amount}</td>"
            else:
                of = "<br>".join(filter(None, (f"<b>{amount}</b>", self._said(unit))))
                cells = f"<td>{said}</td><td align='right'>{of}</td>"
            yield f"<tr><td width='15%'><b>{self._said(symbol)}</b></td>{cells}</tr>"
        yield "</table>"

    def _table(self, section: Section) -> Iterable[str]:
        yield "<table width='100%' cellspacing='0' cellpadding='3'>"
        for at, (_depth, pieces) in enumerate(section.rows):
            tag = "th" if at == 0 else "td"
            cells = (
                f"<{tag} align='{'left' if number == 0 else 'right'}'>{self._said(each)}</{tag}>"
                for number, each in enumerate(pieces)
            )
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</table>"

    def _said(self, piece: Piece) -> str:
        said = _text(show(piece.said))
        if piece.leads_to is None or not said:
            return said
        self.targets.append(piece.leads_to)
        return f"<a href='{len(self.targets) - 1}' style='color:{colours().accent}'>{said}</a>"


def _text(said: str) -> str:
    return html.escape(said)
