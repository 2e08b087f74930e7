"""Small signs of cards and buttons, drawn sharp at every scale and in any colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from core.claims import State
from gui.style import colours

STATE_GLYPHS = {
    State.SUPPORTED: "supported",
    State.WEAKER: "weaker",
    State.CONTRADICTED: "contradicted",
    State.NO_DATA: "no data",
    State.TEXT: "page",
}

_SIGNS = {
    "supported": '<circle cx="8" cy="8" r="6"/><path d="M5.2 8.2l2 2 3.6-4.2"/>',
    "weaker": '<circle cx="8" cy="8" r="6"/><path d="M8 2a6 6 0 0 0 0 12z" fill="COLOUR"/>',
    "contradicted": '<path d="M9.6 2.2a6 6 0 0 1 4.2 4.2M13.8 9.6a6 6 0 0 1-4.2 4.2M6.4 13.8a6 6 0 0 1-4.2-4.2'
    'M2.2 6.4a6 6 0 0 1 4.2-4.2M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6"/>',
    "no data": '<path d="M5.4 6C5.5 2.9 10.6 2.9 10.5 6.2 10.5 8 8 8 8 10.2M8 13v.1"/>',
    "page": '<path d="M9.4 2H3.8v12h8.4V4.8zM6.2 7.4h3.6M6.2 10.6h3.6"/>',
    "up": '<path d="M8 13V3M4 7l4-4 4 4"/>',
    "down": '<path d="M8 3v10M4 9l4 4 4-4"/>',
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "cross": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "pencil": '<path d="M3 13l.8-3.2 7-7 2.4 2.4-7 7zM9 4.6L11.4 7"/>',
    "bin": '<path d="M3 4.5h10M6.2 4.5V2.6h3.6v1.9M4.3 4.5l.7 9.3h6l.7-9.3"/>',
    "move": '<path d="M2 8h12M8 2v12M6 4l2-2 2 2M6 12l2 2 2-2M4 6L2 8l2 2M12 6l2 2-2 2"/>',
    "link": '<path d="M6.8 9.2l2.4-2.4M7.5 4.8l1.6-1.6a2.6 2.6 0 0 1 3.7 3.7l-1.6 1.6'
    'M8.5 11.2l-1.6 1.6a2.6 2.6 0 0 1-3.7-3.7l1.6-1.6"/>',
    "evidence": '<path d="M2.5 2.5v11h11M4.8 10.5l2.6-3.3 2.2 1.6L13 4.2"/>',
    "panel": '<path d="M2 3h12v10H2zM9.6 3v10"/>',
}


def draw(painter: QPainter, name: str, rect: QRectF, colour: str) -> None:
    """Draw a sign into a square."""
    _sign(name, colour).render(painter, rect)


def icon(name: str, colour: str = "") -> QIcon:
    """The sign as an icon of a button, paler where the button is disabled."""
    made = QIcon()
    for mode, shade in ((QIcon.Mode.Normal, colour or colours().text), (QIcon.Mode.Disabled, colours().border)):
        pixmap = QPixmap(64, 64)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        draw(painter, name, QRectF(2, 2, 60, 60), shade)
        painter.end()
        made.addPixmap(pixmap, mode)
    return made


def state_colour(state: State | None) -> str:
    """The colour of a state; its sign and its word say the same."""
    c = colours()
    shades = {State.SUPPORTED: c.good, State.WEAKER: c.warning, State.CONTRADICTED: c.bad}
    return c.muted if state is None else shades.get(state, c.muted)


@lru_cache(maxsize=256)
def _sign(name: str, colour: str) -> QSvgRenderer:
    style = f'fill="none" stroke="{colour}" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
    body = _SIGNS[name].replace("COLOUR", colour)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><g {style}>{body}</g></svg>'
    return QSvgRenderer(QByteArray(svg.encode()))
