"""Formulas as typeset mathematics: sharp at any scale, in the colour of the text, loaded when first needed."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgRenderer

_SIZE = 100.0


@dataclass(frozen=True, slots=True)
class Typeset:
    """A formula set at a font size of 1: its width, its height, and how much of that lies below the baseline."""

    svg: str
    width: float
    height: float
    depth: float


@lru_cache(maxsize=256)
def typeset(latex: str) -> Typeset:
    """Set a formula; `currentColor` stands for its colour in the picture.

    Raises an exception of the library for mathematics that it cannot set; a test sets every formula of the catalogue.
    """
    with warnings.catch_warnings():
        # It opens its font by a function that Python 3.11 and 3.12 called deprecated and 3.13 does not (ziamath 0.13).
        warnings.simplefilter("ignore", DeprecationWarning)
        from ziamath.config import config
        from ziamath.zmath import Latex

    config.svg2 = False  # Qt draws no <symbol>
    made = Latex(latex, size=_SIZE, color="currentColor")
    width, height = made.getsize()
    return Typeset(made.svg(), width / _SIZE, height / _SIZE, max(0.0, -made.getyofst()) / _SIZE)


@lru_cache(maxsize=256)
def _renderer(latex: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(typeset(latex).svg.replace("currentColor", colour).encode()))


def size_of(latex: str, font_size: float) -> QSizeF:
    """How much room a formula takes at a font size, in the unit of that size."""
    made = typeset(latex)
    return QSizeF(made.width * font_size, made.height * font_size)


def draw(painter: QPainter, latex: str, place: QRectF, colour: str) -> None:
    """Draw a formula into a rectangle of its own proportions."""
    _renderer(latex, colour).render(painter, place)
