"""Typeset formulas: every one of the catalogue, in any colour, at any scale, inside a page of text."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCursor
from PySide6.QtWidgets import QTextEdit
from pytestqt.qtbot import QtBot

from core.indices import indices
from core.places import ROOT
from gui.formula import draw, size_of
from gui.formula_text import FormulaObject, text_of

RCA = indices()["rca"].entry


def picture(latex: str, colour: str, font_size: float) -> np.ndarray:
    """Red, green, blue and opacity of each pixel."""
    size = size_of(latex, font_size)
    image = QImage(int(size.width()) + 1, int(size.height()) + 1, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw(painter, latex, QRectF(0, 0, size.width(), size.height()), colour)
    painter.end()
    return np.frombuffer(image.constBits(), dtype=np.uint8).reshape(image.height(), image.width(), 4).copy()


@pytest.mark.parametrize("index", list(indices().values()), ids=list(indices()))
def test_every_formula_of_the_catalogue_is_drawn(qtbot: QtBot, index: object) -> None:
    latex = indices()[index.id].entry.latex  # type: ignore[attr-defined]
    opacity = picture(latex, "#000000", 20)[:, :, 3]
    assert (opacity > 128).mean() > 0.01
    # Four lines of sums and fractions are the most; a bracket that grows without bound would be higher.
    assert size_of(latex, 1).height() < 12


def test_a_formula_has_the_colour_that_is_asked_for(qtbot: QtBot) -> None:
    wanted = QColor("#e8ecf2")
    pixels = picture(RCA.latex, wanted.name(), 30)
    solid = pixels[pixels[:, :, 3] == 255]
    assert len(solid) > 100
    assert (solid[:, :3] == (wanted.red(), wanted.green(), wanted.blue())).all()


def test_a_formula_is_drawn_anew_at_each_scale_and_not_enlarged(qtbot: QtBot) -> None:
    """Of a shape drawn sharply, the share of half-covered pixels on its outline falls as it grows."""

    def blur(size: float) -> float:
        opacity = picture(RCA.latex, "#000000", size)[:, :, 3]
        return float(((opacity > 0) & (opacity < 255)).sum() / (opacity > 0).sum())

    assert blur(80) < 0.6 * blur(20)


def test_a_formula_in_a_page_is_copied_in_the_form_that_can_be_typed(qtbot: QtBot) -> None:
    page = QTextEdit()
    qtbot.addWidget(page)
    formulas = FormulaObject(page.document(), page)
    cursor = page.textCursor()
    cursor.insertText("𝒳 before ")
    formulas.insert(cursor, RCA.latex, RCA.formula)
    cursor.insertText(" after\nnext")
    page.selectAll()
    assert text_of(page.textCursor()) == f"𝒳 before {RCA.formula} after\nnext"
    some = QTextCursor(page.document())
    some.setPosition(3)
    some.setPosition(page.document().characterCount() - 6, QTextCursor.MoveMode.KeepAnchor)
    assert text_of(some) == f"before {RCA.formula} after"


def test_a_formula_wider_than_the_page_is_made_to_fit(qtbot: QtBot) -> None:
    page = QTextEdit()
    qtbot.addWidget(page)
    formulas = FormulaObject(page.document(), page)
    formulas.insert(page.textCursor(), indices()["lafay"].entry.latex, "LFI")
    page.resize(1200, 300)
    page.show()
    wide = page.document().firstBlock().layout().lineAt(0).naturalTextWidth()
    page.resize(200, 300)
    narrow = page.document().firstBlock().layout().lineAt(0).naturalTextWidth()
    assert wide > 300
    assert narrow < 200


def test_the_library_is_loaded_when_the_first_formula_is_needed() -> None:
    code = "import sys, gui.formula, gui.formula_text, gui.indices.about; sys.exit('ziamath' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=50, check=False).returncode == 0
