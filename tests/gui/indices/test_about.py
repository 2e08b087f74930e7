"""The page about an index: readable, copyable, in two languages, written when it is seen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from core.indices import indices
from gui.formula import typeset
from gui.indices.about import AboutIndex
from gui.text import language, set_language


@pytest.fixture
def chinese() -> Iterator[None]:
    before = language()
    set_language("zh")
    yield
    set_language(before)


def page_about(qtbot: QtBot, index: str) -> AboutIndex:
    page = AboutIndex()
    qtbot.addWidget(page)
    page.resize(500, 400)
    page.show_index(indices()[index], None)
    return page


def test_the_page_is_copied_with_the_formula_as_text(qtbot: QtBot) -> None:
    page = page_about(qtbot, "tc")
    page.show()
    page.selectAll()
    page.copy()
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(
        "Trade competitiveness index (TC)\nFormula\nTC = (X − M) / (X + M)\nX exports and M imports"
    )
    assert "\nX\texports of the sector\nM\timports of the sector\n" in copied
    assert "\n[−1, 1], neutral value 0\n" in copied
    assert copied == page.plain_text()


def test_all_band_sets_other_names_and_literature_are_there(qtbot: QtBot) -> None:
    text = page_about(qtbot, "tc").plain_text()
    for bands in indices()["tc"].entry.bands:
        assert f"Bands: {bands.name.en}" in text
        assert f"Source: {bands.source.en}" in text
    assert "[−0.6, −0.3)\tLarge disadvantage" in text
    assert "none of them is the right one" in text
    assert "贸易专业化指数" in text
    assert "UNCTAD (2013)" in text


def test_the_page_speaks_chinese(qtbot: QtBot, chinese: None) -> None:
    text = page_about(qtbot, "rca").plain_text()
    assert text.startswith("显性比较优势指数（RCA）\n公式\nRCA = (X_k / X) / (W_k / W)")
    assert "[0.8, 1.25)\t竞争力中等" in text


def test_nothing_is_typeset_before_the_page_is_seen(qtbot: QtBot) -> None:
    typeset.cache_clear()
    page = page_about(qtbot, "rca")
    assert typeset.cache_info().currsize == 0
    page.show()
    qtbot.waitUntil(lambda: typeset.cache_info().currsize == 1)


def test_the_same_index_again_keeps_the_place_where_one_reads(qtbot: QtBot) -> None:
    page = page_about(qtbot, "tc")
    page.show()
    bar = page.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    page.show_index(indices()["tc"], None)
    assert bar.value() == bar.maximum()
    page.show_index(indices()["ims"], None)
    assert bar.value() == 0


def test_the_formula_can_be_copied_as_latex(qtbot: QtBot) -> None:
    page = page_about(qtbot, "rca")
    page.show()
    page.copy_latex()
    assert QGuiApplication.clipboard().text() == r"\mathrm{RCA} = \frac{X_k / X}{W_k / W}"
    assert page.contextMenuPolicy() == Qt.ContextMenuPolicy.DefaultContextMenu
