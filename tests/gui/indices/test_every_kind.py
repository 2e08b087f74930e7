"""The tab with indices of pairs, of sectors and of components, and with tables of a single year."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from core.charts import SUM
from core.indices import indices
from core.project import Project
from gui import mime
from gui.background import Background, Immediate
from gui.indices.line_model import BAND, LATEST, NAME, YEARS
from gui.indices.tab import IndicesTab
from gui.prompts import Prompts
from gui.session import Session
from gui.style import DARK, LIGHT, Colours, colours
from gui.swot.drops import Place, Plan, lines_plan
from tests.core.test_micro_world_in_projects import by_economy, by_pair

Opened = Callable[[Project], IndicesTab]


@pytest.fixture
def opened(qtbot: QtBot, prompts: Prompts) -> Iterator[Opened]:
    def open_(project: Project) -> IndicesTab:
        tab = IndicesTab(Session(project, Immediate()), prompts)
        qtbot.addWidget(tab)
        tab.resize(1100, 720)
        with qtbot.waitExposed(tab):
            tab.show()
        return tab

    return open_


@pytest.mark.parametrize(
    ("index", "label"), [("tci", "Other economies"), ("proximity", "Other sectors"), ("tii", "Partners")]
)
def test_the_second_filter_is_called_after_what_it_offers(opened: Opened, index: str, label: str) -> None:
    tab = opened(by_pair())
    tab.show_index(index)
    assert tab.bar.partners.text().startswith(f"{label}: 3 of 3")
    assert tab.bar.partners.accessibleName() == label
    assert tab.bar.partners.popup.list.accessibleName() == label


def test_an_index_of_whole_economies_offers_no_sectors(opened: Opened) -> None:
    tab = opened(by_economy())
    tab.show_index("hhi")
    assert [picker.isVisible() for picker in (tab.bar.reporters, tab.bar.partners, tab.bar.sectors)] == [
        True,
        False,
        False,
    ]


def test_the_list_of_a_filter_follows_the_index(opened: Opened) -> None:
    tab = opened(by_economy())
    tab.show_index("rca")
    tab.bar.sectors.open()
    assert tab.bar.sectors.popup.list.count() == 3
    tab.bar.sectors.popup.hide()
    tab.show_index("proximity")
    shown = tab.bar.partners.popup.list
    assert [shown.item(row).text() for row in range(shown.count())] == ["k1", "k2", "k3"]


def test_the_sum_of_effects_is_a_row_without_a_curve_that_is_neither_hidden_nor_dragged(opened: Opened) -> None:
    tab = opened(by_pair())
    tab.show_index("cms_leamer_stern")
    effects = len(indices()["cms_leamer_stern"].components)
    row = effects
    place = tab.model.index(row, NAME)
    assert tab.model.chart.rows[row].side == SUM
    assert place.data() == "A · Sum: the whole change"
    assert place.data(Qt.ItemDataRole.CheckStateRole) is None
    assert not place.flags() & Qt.ItemFlag.ItemIsDragEnabled
    assert tab.model.index(row, BAND).data() == ""
    assert tab.model.index(row, LATEST).data().endswith("(2001)")
    shown = [float(tab.model.index(at, YEARS + 1).data()) for at in range(effects + 1)]
    assert shown[-1] == pytest.approx(sum(shown[:-1]), abs=0.05 * effects)
    assert len(tab.view.legend.names) == len(tab.model.chart.lines)
    tab.table.selectRow(row)
    assert tab.table.selected_keys() == []
    assert tab.asking.current() is None


def test_hiding_effects_leaves_the_sum_where_it_is(opened: Opened) -> None:
    tab = opened(by_pair())
    tab.show_index("cms_leamer_stern")
    tab.model.setData(tab.model.index(0, NAME), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    effects = len(indices()["cms_leamer_stern"].components)
    assert tab.model.index(effects, NAME).data() == "A · Sum: the whole change"
    assert len(tab.view.hidden) == 1


@pytest.mark.parametrize(
    ("index", "said"),
    [
        ("tci", "A → B: TCI"),
        ("similarity", "A – B: ESI"),
        ("tii", "A → B: TII"),
        ("tii_sector", "A → B, k1: TII_k"),
        ("cms_jepma", "A, growth effect: CMS"),
        ("share_decomposition", "A → B, competitiveness: ΔMS"),
        ("hhi", "A → B: HHI"),
    ],
)
def test_a_row_of_any_kind_becomes_a_card_that_says_what_it_is_about(opened: Opened, index: str, said: str) -> None:
    tab = opened(by_pair())
    tab.show_index(index)
    data = tab.model.mimeData([tab.model.index(0, NAME)])
    content = mime.unpack(data, mime.LINES, tab.session.project.id)
    assert content is not None
    plan = lines_plan(tab.session, content["lines"], Place("S", 0))
    assert isinstance(plan, Plan)
    assert plan.arguments["factor"].text.en.startswith(said)


def test_the_points_of_a_single_year_stand_in_a_row_and_are_found_where_they_are(tab: IndicesTab, qtbot: QtBot) -> None:
    tab.show_index("lafay")
    chart = tab.view.chart
    assert chart.years == (2017,)
    places = [curve.markers.getData()[0] for curve in tab.view._curves[: len(chart.lines)]]
    assert len({float(place[0]) for place in places}) == len(chart.lines) == 13
    assert max(abs(float(place[0]) - 2017) for place in places) < 0.35
    at = QPointF(float(places[3][0]), float(chart.lines[3].values[0]) * chart.factor)
    found = tab.view.point_at(tab.view._view.mapViewToScene(at))
    assert found == (chart.lines[3], 0)


def test_lines_of_several_years_stand_at_their_years(tab: IndicesTab) -> None:
    tab.show_index("rca")
    assert not tab.view._aside.any()
    assert np.array_equal(tab.view._curves[0].path.getData()[0], tab.view.chart.years)


def test_while_an_index_is_computed_the_page_of_values_stays(qtbot: QtBot, prompts: Prompts) -> None:
    session = Session(by_economy(), Background())
    session.wait()
    tab = IndicesTab(session, prompts)
    qtbot.addWidget(tab)
    with qtbot.waitExposed(tab):
        tab.show()
    tab._preparation.can_read = lambda _wanted: False  # type: ignore[method-assign]
    tab.show_index("eci")
    assert tab.message.text() == "Computing ECI …"
    assert tab.below.currentWidget() is tab.values


def test_a_value_that_never_changes_says_that_it_makes_no_claim(opened: Opened) -> None:
    """In the reference every sector is exported with an advantage by one economy, in both years."""
    tab = opened(by_economy())
    tab.show_index("ubiquity")
    line = tab.view.chart.lines[0]
    assert line.change() == 0
    refused = lines_plan(tab.session, [line.key], Place("S", 0))
    assert not isinstance(refused, Plan)
    assert str(refused).startswith("A value that does not change over the years of the study makes no claim.")


def test_bands_are_red_and_green_only_where_a_higher_value_is_better(tab: IndicesTab) -> None:
    """Concentration and intensity are read without a verdict."""
    shades = {}
    for index in ("rca", "hhi"):
        tab.show_index(index)
        shades[index] = [colour.name() for *_ends, colour, _name in tab.view.backdrop._bands]
    theme = colours()
    assert (shades["rca"][0], shades["rca"][-1]) == (theme.bands[0], theme.bands[-1])
    assert (shades["hhi"][0], shades["hhi"][-1]) == (theme.steps[0], theme.steps[-1])


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_names_of_bands_can_be_read_on_their_shades(theme: Colours) -> None:
    """4.5 to 1 (WCAG 2.2, 1.4.3)."""
    assert min(contrast(theme.muted, shade) for shade in (*theme.bands, *theme.steps)) >= 4.5


def test_a_chart_without_any_value_says_why(opened: Opened) -> None:
    """Each sector of the reference has one economy with an advantage, so that no two of them are connected."""
    tab = opened(by_economy())
    tab.show_index("eci")
    assert not any(np.isfinite(line.values).any() for line in tab.view.chart.lines)
    assert tab.view.notes.text().startswith("There is no value to draw: ")
    tab.show_index("hhi")
    assert tab.view.notes.text() == ""
